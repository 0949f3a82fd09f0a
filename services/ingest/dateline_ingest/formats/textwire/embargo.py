"""Embargo lines of text wires: until when a story must not be published.

An embargo must never leak: where a line says that there is one and its time cannot be told, the story is withheld.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache, partial

from msgspec import Struct

from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.agencytimes import agency_of
from dateline_ingest.formats.values.wiretimes import when
from dateline_ingest.timewords import plain, time_words
from dateline_kernel.remembering import remembered_word

_PARTS = re.compile(r"\s*[(/;]\s*(?=[^)]{3})|\s+[–—-]\s+")
_NEXT_SENTENCE = re.compile(r"(?<=[a-z)\d]{2})[.!]\s+(?=[A-ZÀ-Þ][a-zß-ÿ]+\s[a-zß-ÿ])")
_WORDS = re.compile(r"[^\W\d_]+")
_WORD = 3
"""Letters from which a word may say something."""
_LONGEST = 400


class Embargo(Struct, frozen=True):
    """What a message says about an embargo."""

    line: str
    """As written; what editors must see."""
    until: datetime | None
    """Aware UTC; None where it cannot be told."""
    beside: str = ""
    """The next line, where that says when and nothing else."""


def embargo_in(line: str, *, after: str = "", anywhere: bool, sent: datetime | None, agency: str) -> Embargo | None:
    """The embargo that a line states, None if it states none.

    ``after`` is the next line, where the time may stand. ``anywhere`` says that the line is for editors: then the
    words may stand within it. ``agency``, by any of its names, is whose clock a time without a zone is of.
    Raises nothing.
    """
    if not (may_state(line) if anywhere else may_hold(line)):
        return None
    text, table = line.replace("’", "'"), marks().embargo
    agency = agency_of((agency,)) or agency
    stated = None
    for language, (opening, within) in table.opens.items():
        found = within.search(text) if anywhere else opening.match(text)
        if found is None:
            continue
        if table.lifted.search(text, found.start()):
            return None
        rest = text[found.end() :][:_LONGEST]
        if table.noun.fullmatch(found[1]) and not table.until.match(plain(rest)):
            continue
        until, beside = _until(rest, sent=sent, language=language, agency=agency), ""
        if until is None and after and len(after) < _LONGEST / 4:
            until = _until(f"{rest} {after}", sent=sent, language=language, agency=agency)
            beside = after if until and _names_time(after) else ""
        stated = Embargo(line.strip(), until, beside)
        if until is not None:
            break
    return stated


@remembered_word
def may_hold(text: str) -> bool:
    """Whether one of the words is in a text without which nothing is said about an embargo."""
    low, table = text.lower(), marks().embargo
    for stem in table.stems:
        if stem in low:
            return True
    return any(before in low and word.search(low) for before, word in table.words)


@remembered_word
def may_state(text: str) -> bool:
    """Whether anywhere in a text words stand that state an embargo."""
    return may_hold(text) and next(marks().embargo.any.within(text.replace("’", "'")), None) is not None


def _until(text: str, *, sent: datetime | None, language: str, agency: str) -> datetime | None:
    """The moment in the text; the latest one where it names several, as for print and for broadcast."""
    whole = when(_sentence(text), sent=sent, language=language, agency=agency)
    if whole.instant is not None:
        return whole.instant
    parts = [part for part in _PARTS.split(_sentence(text)) if any(char.isdigit() for char in part)]
    if len(parts) < 2:
        return None
    at = partial(when, language=language, agency=agency)
    found = [at(part, sent=sent) for part in parts]
    if found[0].instant is None:
        return None
    dated = max((one.instant for one in found if one.instant and one.day), default=None)
    if dated:  # "1600 London time / 1100 Eastern on 12 March": the day is said once
        around = dated - timedelta(hours=12)
        found = [one if one.day else at(part, sent=around) for one, part in zip(found, parts, strict=True)]
    return max(one.instant for one in found if one.instant)


def _names_time(line: str) -> bool:
    """Whether a line has no words but those for times and zones."""
    return all(len(word) < _WORD or word in _time_words() for word in _WORDS.findall(plain(line)))


@lru_cache(maxsize=1)
def _time_words() -> frozenset[str]:
    table = time_words()
    rows = (*table.months, *table.weekdays, *table.days, *table.times, *table.zones, "uhr heures horas hours")
    return frozenset(word for row in rows for word in row.split())


def _sentence(text: str) -> str:
    """The text up to where another sentence begins."""
    ended = _NEXT_SENTENCE.search(text)
    return text[: ended.start()] if ended else text
