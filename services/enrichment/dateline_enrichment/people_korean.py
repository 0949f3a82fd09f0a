"""Names of people in Korean copy, which has no capitals: by titles and ages beside them, and by known names."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.cues import cues
from dateline_enrichment.eastern_titles import Span, eastern_titles

_HANGUL = "[\uac00-\ud7a3]"
_JOSA = "(?:은|는|이|가|을|를|의|과|와|도|에게|께서|씨가|씨는|씨의|씨를|씨)?"
"""Particles that are written in one word with a name."""
_AGED = re.compile(rf"(?<!\w)({_HANGUL}{{2,4}})(?:씨)?[（(]\d{{1,3}}(?:세|[)）·,])")
_CALLED = re.compile(rf"(?<!\w)({_HANGUL}{{3}})(?:씨|군|양)(?:가|는|이|은|를|을|의|와|과|도|에게)?(?!\w)")
_ALONE = re.compile(rf"(?<!\w)({_HANGUL}{{3}}){_JOSA}(?!\w)")


@lru_cache(maxsize=1)
def _titled_pattern() -> re.Pattern[str]:
    """A name before a title, over one or two words of the body and a word for former ones; or after some titles."""
    titles, known = one_of(eastern_titles()["korean"]), eastern_titles()
    former, first = one_of(known["korean_former"]), one_of(known["korean_before_names"])
    body = r"[\w·&]{2,10} "
    after = rf"(?P<former>(?:{former}) )?(?P<body>{body})?(?:{body})?(?:[\w·]{{1,8}}?)?(?:{titles})"
    return re.compile(rf"(?<!\w)(?:(?P<name>{_HANGUL}{{3}}) (?={after})|(?:{first}) (?P<led>{_HANGUL}{{3}})(?!\w))")


_WITH_SPACE = 4
"""Characters of a name and a space."""
_KOREAN_ENDINGS = tuple("은는이가을를에의도로과와서며고인한")
"""Particles at the end of a word before a body and an office: such a word is no name."""


def korean_people(text: str) -> list[Span]:
    """The people of a text, from left to right."""
    family, given = cues().family, cues().given
    found: dict[int, Span] = {}
    for pattern in (_AGED, _CALLED):
        for match in pattern.finditer(text):
            if match[1][0] in family and not match[1].endswith(tuple(eastern_titles()["korean"])):
                found[match.start(1)] = (match.start(1), match.end(1), match[1])
    for match in _titled_pattern().finditer(text):
        part = "led" if match["led"] else "name"
        if match[part][0] in family and (part == "led" or _may_be_name(match, family)):
            found.setdefault(match.start(part), (match.start(part), match.end(part), match[part]))
    for match in _ALONE.finditer(text):
        if match[1][0] in family and match[1][1:] in given:
            found.setdefault(match.start(1), (match.start(1), match.end(1), match[1]))
    return [found[at] for at in sorted(found)]


def _may_be_name(match: re.Match[str], family: frozenset[str]) -> bool:
    """Whether a word before a body and an office is a name, and the body is really one and no name itself."""
    name, body = match["name"], match["body"]
    if not body:
        return True
    if name[1:] in cues().given:
        return True
    if name.endswith(_KOREAN_ENDINGS):
        return False
    return match["former"] is not None or not (len(body) == _WITH_SPACE and body[0] in family)
