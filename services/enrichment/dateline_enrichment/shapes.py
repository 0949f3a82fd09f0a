"""Names that are organisations' by their shape: ``Velatron GmbH``, ``University of Rabat``, ``Banco de Chile``."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from dateline_enrichment.alternation import one_of
from dateline_enrichment.authority import clubs
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.language import primary
from dateline_enrichment.runs import Run, Runs, small_word
from dateline_enrichment.tables import typed_table
from dateline_kernel.remembering import remembered_word

LONGEST = 80
"""Characters of the longest name."""

Span = tuple[int, int]


class Shapes(Struct, frozen=True):
    """``shapes`` of ``organisations.toml``, which explains them."""

    endings: frozenset[str]
    legal: frozenset[str]
    heads: frozenset[str]
    small_heads: dict[str, tuple[str, ...]]
    of_towns: dict[str, frozenset[str]]
    joints: tuple[str, ...]
    bodies: frozenset[str]
    no_ending: frozenset[str]


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """``shapes`` of ``organisations.toml``. Raises TableError."""
    return typed_table("organisations.toml", Shapes, "shapes")


@remembered_word
def _has_mark(run: str) -> bool:
    """Whether a run has a word without which it holds no such name."""
    return not _marks().isdisjoint(run.split(" "))


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    table, of_clubs = shapes(), clubs().marks
    return table.heads | table.endings | of_clubs.before | of_clubs.after


def shaped_names(copy: Copy, language: str, runs: Runs) -> list[Span]:
    """Where such names stand in the text, from left to right."""
    table, found = shapes(), list[Span]()
    of_towns = table.of_towns.get(primary(language), frozenset())
    for run in runs.many:
        span = _marked(copy.text, run, table)
        if of_towns and not span:
            span = _of_town(run, of_towns)
        if span:
            found.append(span)
    heads = table.heads
    for at, word in runs.singles:
        if word in heads and (match := _rest_of_name().match(copy.text, at + len(word))):
            found.append((at, _bare_end(match)))
    if pattern := _small_headed(primary(language)):
        found.extend(match.span() for match in pattern.finditer(copy.text, copy.body_start))
    return sorted(span for span in found if span[1] - span[0] <= LONGEST)


def _marked(text: str, run: Run, shapes: Shapes) -> Span | None:
    """The name in a run by a word that begins or ends it, or by the mark of a club."""
    if not _has_mark(run.text):
        return None
    return _headed(text, run, shapes) or _ended(text, run, shapes) or _club(text, run)


def _of_town(run: Run, heads: frozenset[str]) -> Span | None:
    """``Amtsgericht Lübeck``: a court or an office with the word after it, which is its town."""
    words = run.words
    if heads.isdisjoint(words):
        return None
    for i, (word, after) in enumerate(pairwise(words)):
        if word in heads and _is_name(after):
            return run.offsets[i], run.offsets[i + 1] + len(after)
    return None


def own_end(text: str, start: int, end: int, language: str) -> int:
    """Where the words of an office end that is called by its town; 0 for any other body."""
    head = text[start:end].partition(" ")[0]
    return start + len(head) if head in shapes().of_towns.get(primary(language), ()) else 0


def _ended(text: str, run: Run, shapes: Shapes) -> Span | None:
    """``Corvid Systems Inc`` in a run: from its first word that is no article or title to the ending."""
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
    while first < last and (small[first] in known.cuts or known.titled(small[first])):
        first += 1
    if all(words[i].isupper() or small[i] in known.nations for i in range(first, last)):
        return None
    if small[last - 1] in shapes.no_ending or small[last + 1 : last + 2] == ["station"]:
        return None
    offsets = run.offsets
    end = offsets[last] + len(words[last])
    if text.startswith(_SMALL_LEGAL, end) and not text[end + 4 : end + 5].isalnum():
        return offsets[first], end + 4
    return offsets[first], end + (
        text[end : end + 1] == "." and words[last] in shapes.legal and text[end + 1 : end + 2] != "\n"
    )


_SMALL_LEGAL = " plc"
"""The legal form that is written small: ``Lendal Bank plc``."""


def _headed(text: str, run: Run, shapes: Shapes) -> Span | None:
    """``Lagos State University of Science``: from the words before the head of a run over a joint to the end."""
    words, end = run.words, run.start + len(run.text)
    head = next((i for i, word in enumerate(words) if word in shapes.heads), None)
    if head is None or (head and words[head - 1] in shapes.joints):
        return None
    joint = next((i for i in (head + 1, head + 2) if i + 1 < len(words) and words[i] in shapes.joints), 0)
    if joint:
        small, last = run.small, joint + 2
        while last < len(words) and not cues().titled(small[last]):
            last += 1
        return run.offsets[head], run.offsets[last - 1] + len(words[last - 1])
    match = _rest_of_name().match(text, end) if head >= len(words) - 2 else None
    if match is None:
        return None
    first, small = head, run.small
    while first and small[first - 1] not in cues().cuts and not cues().titled(small[first - 1]):
        first -= 1
    return run.offsets[first], _bare_end(match)


_YEAR = re.compile(r" \d{2}(?:\d{2})?(?!\w)")


def _club(text: str, run: Run) -> Span | None:
    """``FC Utrecht``, ``FSV Mainz 05``, ``Malmö FF``: the word beside the mark of a club, no abbreviation."""
    words, marks = run.words, clubs().marks
    for i, (word, after) in enumerate(pairwise(words)):
        offsets = run.offsets
        if word in marks.before and _is_name(after):
            end = offsets[i + 1] + len(after)
            year = _YEAR.match(text, end) if i + 2 == len(words) else None
            return offsets[i], year.end() if year else end
        if after in marks.after and _is_name(word):
            return offsets[i], offsets[i + 1] + len(after)
    return None


def _is_name(word: str) -> bool:
    return len(word) > 2 and not word.isupper() and word[0].isupper() and word.lower() not in cues().cuts


def _bare_end(match: re.Match[str]) -> int:
    name, titled = match[0].removesuffix("'s").removesuffix("’s"), cues().titled
    while titled(small_word((rest := name.rpartition(" "))[2])):
        name = rest[0]
    return match.start() + len(name)


_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀŁŚŠŽÇİА-Я][\w\-]*(?:['’](?!s\b)[\w\-]+)*"


@lru_cache(maxsize=1)
def _rest_of_name() -> re.Pattern[str]:
    joints = one_of(shapes().joints)
    return re.compile(rf" (?:{joints}) ?{_CAPITALISED}(?: (?:and )?{_CAPITALISED}){{0,3}}")


@lru_cache(maxsize=32)
def _small_headed(language: str) -> re.Pattern[str] | None:
    """``ministère de la Justice``: heads that a language writes small."""
    table = shapes()
    heads = table.small_heads.get(language)
    if not heads:
        return None
    joints = one_of(table.joints)
    tail = rf"{_CAPITALISED}(?: (?:et (?:de la |du |des )?)?{_CAPITALISED}){{0,3}}"
    first = "".join(sorted({head[0] for head in heads}))
    rest = "|".join(rf"(?<={re.escape(head[0])}){re.escape(head[1:])}" for head in heads)
    return re.compile(rf"[{re.escape(first)}](?<!\w.)(?:{rest}) (?:{joints}) ?{tail}")
