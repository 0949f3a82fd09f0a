"""Bodies whose word for a body a language writes small: ``ministère de la Justice``, ``nemocnice Kyjov``."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import CAPITALISED, Span, shapes
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.language import primary


def small_headed(copy: Copy, language: str) -> list[Span]:
    """Where such names stand in the body of a text."""
    pattern = _pattern(primary(language))
    found = pattern.finditer(copy.text, copy.body_start) if pattern else ()
    return [(match.start(), _before_person(match)) for match in found]


def _before_person(match: re.Match[str]) -> int:
    """Where a name ends whose further words may be a person's: ``nemocnice Kyjov Jan Roe``."""
    end = match.end()
    words = list(_NAME_WORD.finditer(match.string, match.start(), end))
    first = next((at for at, word in enumerate(words) if word[0][0].isupper() and at), len(words))
    given = next((at for at in range(first + 1, len(words) - 1) if words[at][0] in cues().given), None)
    return words[given].start() - 1 if given and words[given - 1][0] not in cues().given else end


_NAME_WORD = re.compile(r"\S+")


@lru_cache(maxsize=32)
def _pattern(language: str) -> re.Pattern[str] | None:
    """``ministère de la Justice``: heads that a language writes small."""
    table = shapes()
    heads, named = table.small_heads.get(language, ()), table.small_named.get(language, ())
    if not heads and not named:
        return None
    joints = one_of(table.joints)
    tail = rf"{CAPITALISED}(?:[ -](?:et (?:de la |du |des )?|- |de |da )?{CAPITALISED}){{0,5}}"
    first = "".join(sorted({head[0] for head in (*heads, *named)}))
    rest = "|".join(rf"(?<={re.escape(head[0])}){re.escape(head[1:])} (?:{joints}) ?" for head in heads)
    more = "|".join(rf"(?<={re.escape(head[0])}){re.escape(head[1:])} " for head in named)
    return re.compile(rf"[{re.escape(first)}](?<!\w.)(?:{'|'.join(filter(None, (rest, more)))}){tail}")
