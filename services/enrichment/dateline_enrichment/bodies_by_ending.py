"""Bodies known by the words that end their names: ``Corvid Systems Inc``, ``Velatron d.o.o.``, ``Nurses Union``."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import CAPITALISED, Shapes, Span, shapes
from dateline_enrichment.cues import cues
from dateline_enrichment.letters import letters
from dateline_enrichment.runs import Run, Runs

_LETTERS = 3
"""Shortest name that is letters alone."""
_FARTHEST = 60
"""Characters before a joint (``and``) that are searched for the beginning of the name."""
_FELLOW = re.compile(
    rf"(?:\A|[.,;:(\n]|[a-z] |\bThe )\s?"
    rf"((?!The )(?:{CAPITALISED} ){{0,3}}(?:[A-Z]\w+(?:s|ic|al|ing|ion|ment) (?:and|&) |{CAPITALISED} ve ))\Z"
)
_JOINED = (" and ", " & ", " ve ")


def ended(text: str, run: Run, shapes: Shapes) -> Span | None:
    """``Corvid Systems Inc`` in a run: from its first word that is no article or title, up to the ending."""
    words = run.words
    if shapes.endings.isdisjoint(words):
        return None
    small, known = run.small, cues()
    last = len(words) - 1
    while last and words[last] not in shapes.endings:
        last -= 1
    first = last
    while first and not words[first - 1].islower():
        first -= 1
    first = _past_openers(words, small, first, last)
    if all(_is_no_name(words[i]) or small[i] in known.nations for i in range(first, last)):
        return None
    if small[last - 1] in shapes.no_ending or small[last + 1 : last + 2] == ["station"]:
        return None
    offsets = run.offsets
    end = offsets[last] + len(words[last])
    if text[end : end + 1] == "-":
        return None
    if legal := _small_legal().match(text, end):
        return offsets[first], legal.end()
    start = offsets[first]
    if words[last] in shapes.widened:
        return _with_fellow(text, start) if first == 0 else start, end
    return start, end + (text[end : end + 1] == "." and words[last] in shapes.legal and text[end + 1 : end + 2] != "\n")


def _past_openers(words: list[str], small: list[str], first: int, last: int) -> int:
    """The first word that is no article, title or kind of company: of ``Společnost Velatron s.r.o.`` the second.

    A title before a given name is the body's, too: ``Queen Elizabeth Hospital``.
    """
    known, kinds = cues(), shapes().before_names
    while first < last and (
        (small[first] in known.cuts and small[first] != "new")
        or (known.titled(small[first]) and words[first + 1] not in known.given)
        or small[first].endswith(kinds)
    ):
        first += 1
    return first


def _is_no_name(word: str) -> bool:
    """Whether a word is an abbreviation of no organisation: a country's or a thing's."""
    return word.isupper() and (len(word) < _LETTERS or word in letters().none)


@lru_cache(maxsize=1)
def _small_legal() -> re.Pattern[str]:
    return re.compile(rf" (?:{one_of(chain.from_iterable(shapes().small_legal.values()))})(?!\w)")


def before_legal(text: str, language: str, runs: Runs) -> list[Span]:
    """``Velatron d.o.o.``: names right before a legal form that the language writes small, the form included."""
    if not any(form in text for form in shapes().small_legal.get(language, ())):
        return []
    legal = [found.span() for found in _small_legal().finditer(text)]
    starts = {at + len(word): at for at, word in runs.singles}
    for run in runs.many:
        starts[run.start + len(run.text)] = run.offsets[_past_openers(run.words, run.small, 0, run.text.count(" "))]
    return [(starts[end], after) for end, after in legal if end in starts]


def _with_fellow(text: str, start: int) -> int:
    """Where a name with a joint begins: ``Teachers and Nurses Association``; ``start`` if there is no joint."""
    found = _FELLOW.search(text, max(0, start - _FARTHEST), start) if text.endswith(_JOINED, 0, start) else None
    return found.start(1) if found else start
