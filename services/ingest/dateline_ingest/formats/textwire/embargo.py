"""Embargo lines of text wires: until when a story must not be published.

An embargo must never leak: where a line says that there is one and its time cannot be told, the story is withheld.
"""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.agencytimes import agency_of
from dateline_ingest.formats.values.wiretimes import when
from dateline_kernel.remembering import remembered_word

_PARTS = re.compile(r"\s*[(/;]\s*(?=[^)]{3})|\s+[–—-]\s+")
_NEXT_SENTENCE = re.compile(r"(?<=[a-z)\d]{2})[.!]\s+(?=[A-ZÀ-Þ][a-zß-ÿ]+\s[a-zß-ÿ])")
_LONGEST = 400


class Embargo(Struct, frozen=True):
    """What a message says about an embargo."""

    line: str
    """As written; what editors must see."""
    until: datetime | None
    """Aware UTC; None where it cannot be told."""


def embargo_in(line: str, *, after: str = "", anywhere: bool, sent: datetime | None, agency: str) -> Embargo | None:
    """The embargo that a line states, None if it states none.

    ``after`` is the next line, where the time may stand. ``anywhere`` says that the line is for editors: then the
    words may stand within it. ``agency``, by any of its names, is whose clock a time without a zone is of.
    Raises nothing.
    """
    if not (may_state(line) if anywhere else may_hold(line)):
        return None
    text, table = line.replace("’", "'"), marks()
    agency = agency_of((agency,)) or agency
    stated = None
    for language, (opening, within) in table.embargo.items():
        found = within.search(text) if anywhere else opening.match(text)
        if found is None:
            continue
        if table.embargo_lifted.search(text, found.start()):
            return None
        rest = text[found.end() :][:_LONGEST]
        until = _until(rest, sent=sent, language=language, agency=agency)
        if until is None and after and len(after) < _LONGEST / 4:
            until = _until(f"{rest} {after}", sent=sent, language=language, agency=agency)
        stated = Embargo(line.strip(), until)
        if until is not None:
            break
    return stated


@remembered_word
def may_hold(text: str) -> bool:
    """Whether one of the words is in a text without which nothing is said about an embargo."""
    low, table = text.lower(), marks()
    for stem in table.embargo_stems:
        if stem in low:
            return True
    return any(before in low and word.search(low) for before, word in table.embargo_words)


@remembered_word
def may_state(text: str) -> bool:
    """Whether anywhere in a text words stand that state an embargo."""
    return may_hold(text) and next(marks().embargo_any.within(text.replace("’", "'")), None) is not None


def _until(text: str, *, sent: datetime | None, language: str, agency: str) -> datetime | None:
    """The moment in the text; the latest one where it names several, as for print and for broadcast."""
    whole = when(_sentence(text), sent=sent, language=language, agency=agency)
    if whole.instant is not None:
        return whole.instant
    parts = [part for part in _PARTS.split(_sentence(text)) if any(char.isdigit() for char in part)]
    if len(parts) < 2:
        return None
    found = [when(part, sent=sent, language=language, agency=agency).instant for part in parts]
    if found[0] is None:
        return None
    return max(moment for moment in found if moment is not None)


def _sentence(text: str) -> str:
    """The text up to where another sentence begins."""
    ended = _NEXT_SENTENCE.search(text)
    return text[: ended.start()] if ended else text
