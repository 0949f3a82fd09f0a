"""Bodies whose names are one word by its ending, ``Skatteverket``, or stand quoted after what they are: ``фонд «Х»``.

And bodies in Chinese, Japanese and Korean, which have no capitals: from the place or the word that begins a name
(``中国``, ``国家``, ``岡山``) to the word for a body that ends it; in Korean a word that ends so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import CAPITALISED, Span, after_openers
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.language import LANGUAGES_KEPT, spoken
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.runs import Runs
from dateline_enrichment.tables import typed_table


class Solid(Struct, frozen=True):
    """``solid`` of ``organisations.toml``, which explains its rows."""

    endings: dict[str, tuple[str, ...]]
    not_bodies: frozenset[str]
    quoted: dict[str, tuple[str, ...]]
    begin: dict[str, tuple[str, ...]]
    end: dict[str, tuple[str, ...]]
    inside: dict[str, str]
    national: dict[str, frozenset[str]]
    pairs: dict[str, tuple[str, ...]]


_SHORT = 6
"""Longest word that is too short to be such a name."""
LONGEST_BEFORE = 12
"""Characters between where a name in Chinese or Japanese begins and the word for a body."""


@lru_cache(maxsize=1)
def _solid() -> Solid:
    return typed_table("organisations.toml", Solid, "solid")


def solid_names(copy: Copy, language: str, runs: Runs, places: list[Hit]) -> list[Span]:
    """Where such names stand in the text; ``places`` are the names of places in it."""
    tongue, table = spoken(language), _solid()
    found: list[Span] = []
    if endings := table.endings.get(tongue):
        tails = _tails(endings)
        found += [
            (at, at + len(word))
            for at, word in chain(runs.singles, after_openers(runs, endings, table.national.get(tongue, frozenset())))
            if word[-_TAIL:] in tails
            and len(word) > _SHORT
            and word.endswith(endings)
            and at >= copy.body_start
            and word not in table.not_bodies
            and _is_solid(word, endings)
        ]
    if (pairs := table.pairs.get(tongue)) and f"- {pairs[0]} " in copy.text:
        matched = _paired(tongue).finditer(copy.text, copy.body_start)
        named = [one for one in matched if one[0].rpartition(" ")[2] not in table.not_bodies]
        found += [(start, one.end()) for one in named if (start := _from_field(copy.text, one.start())) >= 0]
    if (pattern := _quoted(tongue)) and ("«" in copy.text or '"' in copy.text or "“" in copy.text):
        found += [match.span("name") for match in pattern.finditer(copy.text)]
    if tongue in table.end:
        found += _korean(copy.text) if tongue == "ko" else _han(copy.text, tongue, places)
    return found


_TAIL = 3


@lru_cache(maxsize=LANGUAGES_KEPT)
def _tails(endings: tuple[str, ...]) -> frozenset[str]:
    """Last letters of the endings: most words are ruled out by them at once."""
    return frozenset(ending[-_TAIL:] for ending in endings)


_SHORTEST = 3
"""Letters of the shortest beginning of such a word."""


def _is_solid(word: str, endings: tuple[str, ...]) -> bool:
    """Whether the part before the ending is long enough that the word is a name, and not just what the ending means."""
    return any(word.endswith(ending) and len(word) - len(ending) >= _SHORTEST for ending in endings)


@lru_cache(maxsize=LANGUAGES_KEPT)
def _quoted(language: str) -> re.Pattern[str] | None:
    words = _solid().quoted.get(language)
    if not words:
        return None
    return re.compile(
        rf"(?<!\w)(?:{one_of(words)})\w{{0,4}} [«\"“„](?P<name>[^«»\"“”„\n]{{2,60}})[»\"“”]", re.IGNORECASE
    )


@lru_cache(maxsize=LANGUAGES_KEPT)
def _paired(language: str) -> re.Pattern[str]:
    """``Sosiaali- ja terveysministeriö``: two fields over a joint, of which the second is written with the body."""
    joint, *endings = _solid().pairs[language]
    return re.compile(rf"- {joint} \w{{3,}}(?:{one_of(endings)})(?!\w)")


_FIELD = re.compile(rf"(?:(?P<first>{CAPITALISED}) )?(?P<field>[^\W\d_]{{3,}})\Z")


def _from_field(text: str, hyphen: int) -> int:
    """Where the name begins whose first field ends at a position; -1 for none.

    Not at an article that begins the sentence: ``Das Wirtschafts- und Finanzministerium``.
    """
    found = _FIELD.search(text, max(0, hyphen - _LONGEST_FIELD), hyphen)
    if found is None:
        return -1
    if found["first"] and found["first"].lower() not in cues().cuts:
        return found.start()
    return found.start("field") if found["field"][0].isupper() else -1


_LONGEST_FIELD = 60


def _han(text: str, tongue: str, places: list[Hit]) -> list[Span]:
    """Names from a place or a word that begins names to the first word for a body after it, and over further ones."""
    rest, begins = _han_patterns(tongue)
    starts = [start for _, start, _ in places] + [match.start() for match in begins.finditer(text)]
    found: list[Span] = []
    free = 0
    for start in sorted(set(starts)):
        match = rest.match(text, start) if start >= free else None
        if match:
            free = match.end()
            found.append((start, free))
    return found


@lru_cache(maxsize=4)
def _han_patterns(tongue: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _solid()
    inside = rf"[^\W\d_{table.inside[tongue]}]"
    bodies = one_of(table.end[tongue])
    rest = rf"{inside}{{1,{LONGEST_BEFORE}}}?(?:{bodies})(?:{inside}{{0,6}}?(?:{bodies}))?"
    return re.compile(rest), re.compile(one_of(table.begin[tongue]))


@lru_cache(maxsize=1)
def _korean_pattern() -> re.Pattern[str]:
    table = _solid()
    return re.compile(
        rf"(?<!\w)(?P<name>[\w·]{{2,14}}?(?:{one_of(table.end['ko'])}))(?:[{table.inside['ko']}]{{1,2}}|에서|에게|으로)?(?!\w)"
    )


def _korean(text: str) -> list[Span]:
    return [
        match.span("name") for match in _korean_pattern().finditer(text) if match["name"] not in _solid().not_bodies
    ]
