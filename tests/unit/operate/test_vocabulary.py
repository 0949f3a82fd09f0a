"""Names that a command is given: a format or an agency that nobody knows is told at once, and not for ever ignored."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dateline_operate.console.failure import Failure
from dateline_operate.console.guessing import nearest
from dateline_operate.console.vocabulary import check_hint, feed_doubt, feed_fault
from dateline_operate.feeds.file import feeds_of_file
from dateline_schemas.feeds import Feed

ROOT = Path(__file__).parents[3]


def feed_line(line: str) -> str:
    """A feed that pushes, with a line more."""
    return f'[[feed]]\nname = "wire"\nkey = "k"\n{line}'


@pytest.mark.parametrize("hint", ["", "nitf", "NITF", "application/nitf+xml; charset=utf-8", "text"])
def test_a_hint_is_a_name_or_a_media_type(hint: str) -> None:
    """Capitals and parameters count for nothing."""
    check_hint(hint)


def test_a_hint_that_fits_no_format_is_a_fault_and_names_what_may_be_meant() -> None:
    """Asked wrongly: exit code 2."""
    said = r"^--hint nitff: no format has that name; nitf, perhaps\. Read are .*iptc-7901"
    with pytest.raises(Failure, match=said) as raised:
        check_hint("nitff")
    assert raised.value.code == 2


def test_a_feed_with_an_unknown_format_is_at_fault() -> None:
    """It would be tried first, and never fit."""
    [good] = feeds_of_file(feed_line('format = "anpa-1312"'))
    [wrong] = feeds_of_file(feed_line('format = "anpa"'))
    assert feed_fault(good) == ""
    assert feed_fault(wrong).startswith("format = 'anpa': no format has that name; anpa-1312, perhaps")


def test_a_feed_for_an_unknown_agency_is_doubted_only() -> None:
    """A file of the house, which only attribution has, may know it."""
    [good] = feeds_of_file(feed_line('agency = "dpa"'))
    [wrong] = feeds_of_file(feed_line('agency = "DPA"'))
    assert feed_doubt(good) == ""
    assert feed_doubt(wrong).startswith("no agency has the id 'DPA'; dpa or ")


def test_what_was_meant_is_found_in_any_capitals() -> None:
    """Names come back as they are written."""
    assert nearest("REUTER", ["Reuters", "AFP"]) == ["Reuters"]
    assert nearest("xyz", ["Reuters", "AFP"]) == []


@pytest.mark.parametrize("file", sorted((ROOT / "deploy/feeds").glob("*.toml")), ids=lambda file: file.stem)
def test_the_entries_that_dateline_comes_with_name_agencies_and_formats_that_it_knows(file: Path) -> None:
    """Who copies one would have a contract that counts for nothing."""
    text = file.read_text()
    keyed = {table["name"]: Feed(name=table["name"], key_sha256="0" * 64) for table in tomllib.loads(text)["feed"]}
    assert [(feed_fault(feed), feed_doubt(feed)) for feed in feeds_of_file(text, keyed)] == [("", "")] * len(keyed)
