"""Bodies that a text names by an abbreviation alone, ``JSW``: known by the words beside them.

Letters are a body's after an office or a kind of body (``prezesa JSW``, ``spółka JSW``), or before an office
(``FNV-bestuurder``). Then they are one everywhere in the text. Beside another body they may be anything.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.bodywords import Span
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.gazetteer import Atlas
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


@lru_cache(maxsize=1)
def letters() -> Letters:
    """``letters`` of ``organisations.toml``. Raises TableError."""
    return typed_table("organisations.toml", Letters, "letters")


_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶŁĻŃŅŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΑ-ΩА-ЯЁІЇЄҐ"
_LETTERS = re.compile(
    rf"[{_UPPER}]{{3}}(?<![\w&.@#/+-]...)(?<![{_UPPER}]{{2}} ...)[{_UPPER}]{{0,3}}"
    rf"(?=[^\w&/@.+-]|[.-](?![{_UPPER}\d])|\Z)(?! [{_UPPER}]{{2}})(?! \d)"
)
"""Capital letters that are a whole word, not part of a longer one, of an address, or of a line in capitals."""
_AFTER = re.compile(r"(?:['’:-]\w{1,4})?[ -](\w+)")
_SEEN = 4
"""Characters after a run that show what follows the letters at its end."""
_FARTHEST = 40
"""Characters before the letters that are looked at."""


def lettered(copy: Copy, runs: Runs, places: list[Hit], known: list[Span], atlas: Atlas) -> list[Span]:
    """Spans of such abbreviations. ``places`` and ``known``: the names of places and bodies found in the text."""
    text = copy.text
    written = _written(text, runs)
    told = {text[start:end] for start, end in written if _beside(text, start, end)}
    if not told:
        return []
    taken = {*(start for _, start, _ in places), *(start for start, _ in known)}
    names = {word for word in told if not _is_other(word, atlas)}
    return [span for span in written if span[0] not in taken and text[slice(*span)] in names]


def _written(text: str, runs: Runs) -> list[Span]:
    """Spans of three to six capital letters that are a whole word."""
    found = [_LETTERS.match(text, at) for at, word in runs.singles if word.isupper() or "-" in word]
    for run in runs.many:
        if not run.text.istitle():
            end = run.start + len(run.text)
            found += [match for match in _LETTERS.finditer(text, run.start, end + _SEEN) if match.start() < end]
    return [match.span() for match in found if match]


def _is_other(word: str, atlas: Atlas) -> bool:
    """Whether the letters mean something else: a word, or a town written in capitals."""
    return word in letters().none or word.lower() in cues().common or word.title() in atlas.by_name


def _beside(text: str, start: int, end: int) -> bool:
    """Whether the word or body beside the letters shows that they are a body's."""
    table = letters()
    after = _AFTER.match(text, end)
    if after and after[1].lower() in table.follows:
        return True
    *words, article = text[max(0, start - _FARTHEST) : start].lower().split(" ")
    if not words or (article and article[1:] not in ("'", "’")):
        return False
    second = words[-1]
    if second in table.kinds or second in table.leads:
        return True
    first = words[-2] if len(words) > 1 else ""
    return first in table.kinds or (first in table.leads and second in table.joints)
