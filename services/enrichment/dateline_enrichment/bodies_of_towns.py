"""Courts and offices with a town in their names, which stays a place: ``Amtsgericht Lübeck``."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import Span, is_name, shapes
from dateline_enrichment.copytext import Copy
from dateline_enrichment.language import LANGUAGES_KEPT, spoken
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.runs import Run


def before_town(run: Run, heads: frozenset[str]) -> Span | None:
    """``Amtsgericht Lübeck``: a court or an office with the word after it, which is its town."""
    words = run.words
    if heads.isdisjoint(words):
        return None
    for i, (word, after) in enumerate(pairwise(words)):
        if word in heads and is_name(after):
            return run.offsets[i], run.offsets[i + 1] + len(after)
    return None


def after_town(copy: Copy, language: str, places: list[Hit]) -> list[Span]:
    """Spans of place names with a word for a body behind them, that word included."""
    pattern = _after(spoken(language))
    if pattern is None:
        return []
    matched = ((start, pattern.match(copy.text, end)) for _, start, end in places if start >= copy.body_start)
    return [(start, match.end()) for start, match in matched if match]


@lru_cache(maxsize=LANGUAGES_KEPT)
def _after(language: str) -> re.Pattern[str] | None:
    words = shapes().after_towns.get(language)
    return re.compile(rf"\w{{0,3}} (?:{one_of(words)})(?!\w)") if words else None


def before_place(copy: Copy, language: str, places: list[Hit]) -> list[Span]:
    """``جامعة القاهرة``: where there are no capitals, places right after a word for a body, with that word."""
    heads = shapes().before_places.get(spoken(language))
    if not heads:
        return []
    led = ((start, end, _head(copy.text, start, heads)) for _, start, end in places if start >= copy.body_start)
    return [(start - len(head), end) for start, end, head in led if head]


def _head(text: str, start: int, heads: tuple[str, ...]) -> str:
    """The word for a body that ends right before a position, with the space after it if it has one."""
    return next((head for head in heads if text.endswith(head, 0, start)), "")


_QUOTES = tuple('«"“„')


def own_end(text: str, start: int, end: int, language: str) -> int:
    """End of the words before the town, if the name begins with them; else ``start``. 0 for other bodies."""
    tongue, table = spoken(language), shapes()
    first, _, last = text[start:end].partition(" ")
    if last in table.after_towns.get(tongue, ()) or (
        tongue in table.cyrillic and text[start - 1 : start] not in _QUOTES
    ):
        return start
    if heads := table.before_places.get(tongue):
        return start + max((len(head) for head in heads if text.startswith(head, start)), default=0)
    if first in table.of_towns.get(tongue, ()):
        return start + len(first)
    if (row := table.official.get(tongue)) and any(head in text[start:end] for head in row.seated):
        words = text[start:end].split(" ")
        small = max((at for at, word in enumerate(words) if word.islower()), default=0)
        return start + len(" ".join(words[: small + 1])) if 0 < small < len(words) - 1 else 0
    joint = _TOWN_LAST.match(text, start, end) if first in table.joined_to_towns.get(tongue, ()) else None
    return joint.end() - 1 if joint else 0


_TOWN_LAST = re.compile(r".*(?: d[aeio] | d['’])(?=[^\W\d_a-zà-ÿ][\w'’-]*(?: [^\W\d_a-zà-ÿ][\w'’-]*){0,2}\Z)")
"""All but the town: ``Audiencia Provincial de Sevilla``."""
