"""Real agency files say what they say: nothing that a file states about itself may be wrong or missing in its story.

The files are other people's copy and lie beside the repository; where they are absent the tests are skipped.
"""

from __future__ import annotations

import tomllib
from functools import cache

import pytest
from conformance.compare import findable, repaired, squeeze
from conformance.running import KNOWN, Finding, run
from conformance.stated import WIRES

FORMATS = (
    "anpa-1312",
    "ap-media-api-json",
    "atom",
    "iptc-7901",
    "newsml-1-x",
    "newsml-g2",
    "ninjs-json",
    "nitf",
    "rfc822-email",
)
with_wires = pytest.mark.skipif(not WIRES.is_dir(), reason="no wire files beside the repository")


@cache
def findings() -> tuple[Finding, ...]:
    """One run over all files, for all tests of this process."""
    return tuple(run())


@with_wires
@pytest.mark.parametrize("format", FORMATS)
def test_nothing_unexplained_is_wrong_or_absent(format: str) -> None:
    """Every file is read, and everything that it states is in its story, or known_misses.toml says why not."""
    missed = [
        f"{found.file} {found.check.field} is {found.check.verdict}: expected {found.check.expected!r}, "
        f"found {found.check.found!r}"
        for found in findings()
        if found.format == format and found.unexplained
    ]
    assert not missed, "\n".join(missed)


@with_wires
def test_every_folder_of_files_is_asked_about() -> None:
    """A new folder of wire files needs a row above."""
    assert {found.format for found in findings()} == set(FORMATS)


@with_wires
def test_known_misses_are_still_missed() -> None:
    """An explanation that explains nothing any more is to be removed, so that it hides no new fault."""
    known = {
        (file, field, expected)
        for file, fields in tomllib.loads(KNOWN.read_text("utf-8")).items()
        for field, why in fields.items()
        for expected in (why if isinstance(why, dict) else ("",))
    }
    explained = {(found.file, found.check.field) for found in findings() if found.reason}
    single = {(found.file, found.check.field, found.check.expected) for found in findings() if found.reason}
    assert not {row for row in known if row not in single and (row[2] or row[:2] not in explained)}


def test_a_credit_is_found_whole_or_in_its_parts() -> None:
    """One text holds it, or texts of the story make it up without rest; otherwise it is absent."""
    said = [squeeze(text) for text in ("By Ana Ruiz", "Harbour Desk", "© 2026 Tidewater Wire")]
    assert findable("Tidewater Wire", said)
    assert findable("By Ana RuizHarbour Desk", said)
    assert not findable("By Ana Ruiz, Hill Desk", said)


def test_text_that_was_decoded_twice_is_compared_as_it_was_meant() -> None:
    """UTF-8 that was read as Latin-1 is put right; Latin-1 that is meant stays."""
    assert repaired("Ã©tÃ©") == "été"
    assert repaired("été") == "été"
