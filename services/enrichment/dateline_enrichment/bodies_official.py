"""Bodies in Slavic languages by a capital adjective of office and a small word for a body: ``Krajský soud v Brně``."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import CAPITALISED, Span, shapes
from dateline_enrichment.copytext import Copy
from dateline_enrichment.language import LANGUAGES_KEPT, spoken
from dateline_enrichment.runs import Runs

_OPENS = (*".!?:–—-„“”«»", '"', "\n")
"""What stands before the first word of a sentence."""
_AREA = r"[А-ЯІЇЄҐ][а-яіїєґ'’-]+(?:ого|его|ой|ої)"
"""``Свердловской`` before области."""


def official_bodies(copy: Copy, language: str, runs: Runs, ends: dict[int, int]) -> list[Span]:
    """Spans of such names; ``ends``: of places, by their starts.

    Of two words at the beginning of a sentence nothing tells whether they are a name.
    """
    row, text = shapes().official[spoken(language)], copy.text
    if not row.leads:
        return []
    leads, pattern, found = row.leads, _pattern(spoken(language)), list[Span]()
    words = [at for at, word in runs.singles if word.startswith(leads) and at >= copy.body_start]
    words += [at for run in runs.many if text.startswith(leads, at := run.offsets[-1]) and at >= copy.body_start]
    for match in filter(None, (pattern.match(text, at) for at in words)):
        start, end = match.span()
        seat = _seat(text, end, language, ends) if match["seated"] else 0
        if seat or match["small"] or match["more"] or not _opens(text, start):
            found.append((start, seat or end))
    return found


def with_seat(text: str, span: Span, language: str, ends: dict[int, int]) -> Span:
    """A court found otherwise, with its seat: ``Sąd Okręgowy w Rzeszowie``. ``ends``: of places, by their starts."""
    row = shapes().official[spoken(language)]
    if row.leads or not text.startswith(row.seated, *span):
        return span
    return span[0], _seat(text, span[1], language, ends) or span[1]


def _seat(text: str, end: int, language: str, ends: dict[int, int]) -> int:
    """Where the seat ends that stands behind a body, after a joint or as the gazetteer knows it; 0 for none."""
    joint = _joint(spoken(language)).match(text, end)
    at = joint.end() if joint else end + 1
    if joint is None and at not in ends:
        return 0
    # The gazetteer's names stand without their cases.
    known = ends.get(at, at)
    return next((i for i in range(known, len(text)) if not (text[i].isalnum() or text[i] == "-")), len(text))


def _opens(text: str, start: int) -> bool:
    return not start or text[:start].rstrip(" ").endswith(_OPENS)


@lru_cache(maxsize=LANGUAGES_KEPT)
def _pattern(language: str) -> re.Pattern[str]:
    """Adjective, small adjectives, the word for a body in any case; what the table says may follow."""
    table = shapes()
    row = table.official[language]
    cases, adjective = rf"(?:{one_of(row.cases)})(?!\w)", rf"(?:{one_of(row.adjectives)})"
    head = rf"(?:(?P<seated>{one_of(row.seated)})|(?:{one_of(row.heads)})){cases}"
    small = rf"(?P<small>(?: (?!{head.replace('?P<seated>', '?:')})[^\W\dA-Z]{{2,}}{adjective}){{1,2}})?"
    more = rf" (?:{one_of(row.further)})(?!\w)| {_AREA} (?:{one_of(table.areas)})(?!\w)"
    return re.compile(rf"(?:{one_of(row.leads)}){adjective}{small} {head}(?P<more>{more})?")


@lru_cache(maxsize=LANGUAGES_KEPT)
def _joint(language: str) -> re.Pattern[str]:
    return re.compile(rf" (?:{one_of(shapes().official[language].towns)}) (?={CAPITALISED})")
