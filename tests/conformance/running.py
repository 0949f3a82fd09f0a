"""All files through the parser, each with its findings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conformance.compare import Check, checks
from conformance.stated import WIRES, Stated, statements
from msgspec import Struct

from dateline_ingest.formats import Unparseable, parse

KNOWN = Path(__file__).with_name("known_misses.toml")


class Finding(Struct, frozen=True, kw_only=True):
    """A check, of which file, and why it fails where the file is at fault."""

    file: str
    format: str
    check: Check
    reason: str = ""

    @property
    def unexplained(self) -> bool:
        """Whether the parser is to blame."""
        return self.check.verdict != "right" and not self.reason


def run(formats: frozenset[str] = frozenset()) -> list[Finding]:
    """Findings for the files of these formats (folders), or of all."""
    known = tomllib.loads(KNOWN.read_text("utf-8"))
    found: list[Finding] = []
    for stated in statements():
        if not formats or stated.format in formats:
            found += _findings(stated, known.get(stated.file, {}))
    return found


def _findings(stated: Stated, known: dict[str, Any]) -> Iterator[Finding]:
    for check in _checks(stated):
        why = known.get(check.field, "")
        if isinstance(why, dict):
            why = why.get(check.expected, "")
        reason = "" if check.verdict == "right" else why
        yield Finding(file=stated.file, format=stated.format, check=check, reason=reason)


def _checks(stated: Stated) -> Iterator[Check]:
    try:
        parsed = parse((WIRES / stated.file).read_bytes())
    except Unparseable as fault:
        yield Check(field="parsed", verdict="absent", expected="a story", found=str(fault))
        return
    except Exception as fault:  # what a parser may never raise is a finding, not the end of the run
        yield Check(field="parsed", verdict="wrong", expected="a story", found=repr(fault))
        return
    if not parsed.stories:
        yield Check(field="parsed", verdict="absent", expected="a story", found=f"{parsed.format}, no story")
        return
    yield Check(field="parsed", verdict="right", expected="a story", found=parsed.format)
    yield from checks(stated, parsed.stories)
