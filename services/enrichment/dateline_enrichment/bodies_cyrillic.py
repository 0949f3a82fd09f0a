"""Bodies in Cyrillic: a word for a body with an adjective before it or an area after it: ``Пермский суд``."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import Span, shapes
from dateline_enrichment.copytext import Copy
from dateline_enrichment.language import LANGUAGES_KEPT, spoken

_ADJECTIVE = r"[А-ЯІЇЄҐЈЉЊЋЂЏ][а-яёіїєґјљњћђџ'’-]{2,24}"
_ENDING = (
    "(?:ий|ый|ой|ая|ое|ого|его|ому|ему|ым|им|ой|ую|ом|ем|а|у|ої|ій|ою|е|ата|ото|ия|ият|ки|ог|ом|ска|ски|ско|ске|ску)"
)
_LEADING = rf"(?:{_ADJECTIVE}(?:с|ц|з)ьк{_ENDING}|{_ADJECTIVE}(?:с|ц|з)к{_ENDING})"
_SMALL = r"(?:[а-яёіїєґ]{4,18}(?:ый|ий|ой|ая|ое|ого|ому|ым|ую|ом|на|ної|ну|ні|ний|ного|ва|вої|ский|ская|ского) )?"


def cyrillic_bodies(copy: Copy, language: str) -> list[Span]:
    """Spans of such names in the body of a text."""
    pattern = _pattern(spoken(language))
    if pattern is None:
        return []
    nations = shapes().cyrillic_nations
    found = pattern.finditer(copy.text, copy.body_start)
    return [match.span() for match in found if not match[0].startswith(nations)]


@lru_cache(maxsize=LANGUAGES_KEPT)
def _pattern(language: str) -> re.Pattern[str] | None:
    heads, areas = shapes().cyrillic.get(language, ()), one_of(shapes().areas)
    if not heads:
        return None
    head = rf"(?:{one_of(heads)})(?!\w)"
    area = rf" {_ADJECTIVE}(?:ого|его|ой|ої|ського|ської) (?:{areas})(?!\w)"
    return re.compile(rf"(?<!\w){_LEADING} {_SMALL}{head}(?:{area})?")
