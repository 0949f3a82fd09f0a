"""Bodies that a text names by letters alone, ``JSW``, or before a hyphen, ``Velatron-Aktie``: by the words beside them.

Letters are a body's after an office or a kind of body (``prezesa JSW``, ``spółka JSW``), before an office
(``FNV-bestuurder``), beside another body (``CFDT ou UNSA``), or where the text has them more than once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.abbreviated import spelled
from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import Span, lone_words
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.gazetteer import Atlas
from dateline_enrichment.language import LANGUAGES_KEPT, spoken
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.runs import Runs
from dateline_enrichment.tables import typed_table


class Letters(Struct, frozen=True):
    """``letters`` of ``organisations.toml``, which explains its rows."""

    none: frozenset[str]
    leads: frozenset[str]
    kinds: frozenset[str]
    joints: frozenset[str]
    follows: frozenset[str]
    hyphened: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def letters() -> Letters:
    """``letters`` of ``organisations.toml``. Raises TableError."""
    return typed_table("organisations.toml", Letters, "letters")


_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶŁĻŃŅŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΑ-ΩА-ЯЁІЇЄҐ"
_LETTERS = re.compile(
    rf"[{_UPPER}]{{3}}(?<![\w&.@#/+-]...)(?<![A-Z]: ...)[{_UPPER}]{{0,3}}"
    rf"(?=[^\w&/@.+-]|[.-](?![{_UPPER}\d])|\Z)(?! [{_UPPER}]{{2}})(?! \d)"
)
"""Letters as a word of their own, none of a longer one, of an address, of a ticker or of a line in capitals."""
_SHOUTED = re.compile(rf"[{_UPPER}]{{2}} \Z")
_WORDS_BEFORE = re.compile(r"(\w+)[ ](?:(\w+)[ ])?(?:\w['’])?\Z")
_LIST_BEFORE = re.compile(r"(?:,| (?:and|or|und|oder|et|ou|y|e|o|en|og|och|eller|i|lub|și|sau|a|ja|ve|и|і|та|или|і))"
                          r" (?:\w{1,3}[ '’])?\Z")  # fmt: skip
_AFTER = re.compile(r"(?:['’:-]\w{1,4})?[ -](\w+)")
_SHORTEST = 3
"""Letters of the shortest that are looked at."""
_FARTHEST = 40
"""Characters before the letters that are looked at."""


_LONGEST_JOINT = 12
"""Characters of the longest joint of a list, with an article."""


def lettered(
    copy: Copy, language: str, runs: Runs, places: list[Hit], known: list[Span], atlas: Atlas
) -> Iterator[Span]:
    """Where such names stand in the text; ``places`` and ``known`` are the names of places and bodies found in it."""
    yield from _hyphened(language, runs, places)
    written = list(_written(copy.text, runs))
    if not written:
        return
    ends = {end for _, end in known}
    for spans in _candidates(copy.text, written, {*_starts(places), *(start for start, _ in known)}, ends, atlas):
        if len(spans) > 1 or _beside(copy.text, *spans[0], ends):
            yield from spans


def _starts(places: list[Hit]) -> set[int]:
    return {start for _, start, _ in places}


def _written(text: str, runs: Runs) -> Iterator[Span]:
    """Where three to six letters stand as a word of their own."""
    for at, word in runs.singles:
        if word[:_SHORTEST].isupper() and (match := _LETTERS.match(text, at)):
            yield match.span()
    for run in runs.many:
        for nth, word in enumerate(run.words) if not run.text.istitle() else ():
            if word[:_SHORTEST].isupper() and (match := _LETTERS.match(text, run.offsets[nth])):
                yield match.span()


def _candidates(text: str, written: list[Span], taken: set[int], ends: set[int], atlas: Atlas) -> Iterable[list[Span]]:
    """Letters that may be a body's, each with where it stands; not those that the text spells out in other words.

    ``taken`` is where names begin that are known, ``ends`` where those of bodies end.
    """
    found, told = dict[str, list[Span]](), set[str]()
    for start, end in written:
        word = text[start:end]
        if start in taken or _is_other(word, atlas) or _SHOUTED.search(text, max(0, start - 3), start):
            continue
        if text.startswith(" (", start - 2) and (start - 2 in ends or spelled(text, start - 2, word)):
            told.add(word)
        found.setdefault(word, []).append((start, end))
    return [spans for word, spans in found.items() if word not in told]


def _is_other(word: str, atlas: Atlas) -> bool:
    """Whether letters are known for something else, a word or a town in capitals."""
    return word in letters().none or word.lower() in cues().common or word.title() in atlas.by_name


def _beside(text: str, start: int, end: int, ends: set[int]) -> bool:
    """Whether a word or a body beside the letters tells that they are a body's."""
    table = letters()
    before = _WORDS_BEFORE.search(text, max(0, start - _FARTHEST), start)
    if before:
        first, second = before[1].lower(), (before[2] or "").lower()
        if (second or first) in table.kinds or (second or first) in table.leads:
            return True
        if second and (first in table.kinds or (first in table.leads and second in table.joints)):
            return True
    after = _AFTER.match(text, end)
    return (after is not None and after[1].lower() in table.follows) or _listed(text, start, ends)


def _listed(text: str, start: int, ends: set[int]) -> bool:
    """Whether a known body stands right before, in one list with it."""
    joint = _LIST_BEFORE.search(text, max(0, start - _LONGEST_JOINT), start)
    return joint is not None and joint.start() in ends


def _hyphened(language: str, runs: Runs, places: list[Hit]) -> Iterator[Span]:
    """``Velatron-Aktie``: a name before a hyphen and a word that only companies have."""
    pattern = _companys(spoken(language))
    if pattern is None:
        return
    starts, known = _starts(places), cues()
    for at, word in lone_words(runs):
        match = pattern.fullmatch(word) if "-" in word and at not in starts else None
        if match and not (match[1].lower() in known.common or match[1] in letters().none or match[1] in known.family):
            yield at, at + match.end(1)


@lru_cache(maxsize=LANGUAGES_KEPT)
def _companys(language: str) -> re.Pattern[str] | None:
    words = letters().hyphened.get(language)
    return re.compile(rf"(\w{{3,}})-(?:{one_of(words)})", re.IGNORECASE) if words else None
