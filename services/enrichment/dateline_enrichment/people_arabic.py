"""Names of people in Arabic and Persian copy, which has no capitals: by titles and verbs of speech before them."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.alternation import one_of
from dateline_enrichment.cues import cues
from dateline_enrichment.tables import typed_table

Span = tuple[int, int, str]
"""(start, end, name)"""


class ArabicCues(Struct, frozen=True):
    """``arabic`` of ``people.toml``, which explains its rows."""

    titles: tuple[str, ...]
    said: tuple[str, ...]
    stop: frozenset[str]
    bodies: frozenset[str]
    links: frozenset[str]
    compounds: frozenset[str]
    with_article: frozenset[str]


@lru_cache(maxsize=1)
def _cues() -> ArabicCues:
    return typed_table("people.toml", ArabicCues, "arabic")


_WORD = "[\u0621-\u06ff]{2,}"
_ARTICLE = "ال"
"""The article. Before a second word that is no surname, it shows that both words are a thing: *the roads authority*."""
_OF_FAMILIES = "ي"
"""Ending of the names of families and tribes: العوفي."""
_DRAWN_IN = ("بال", "وال", "كال", "فال", "لل")
"""The article in one word with a conjunction or preposition before it."""
_AND = "و"
"""And; written in one word with the word after it."""
_OF_VERBS = "يت"
"""First letters of verbs in the present, and of few given names."""
_PLAIN = 3
"""Words of the longest name without a link, compound ones counted once."""
_LINKED = 4
"""Most links in a name: son of, son of, house of."""


@lru_cache(maxsize=1)
def _before_names() -> re.Pattern[str]:
    """A title with up to four adjectives, after which a comma may stand; or a verb of speech."""
    titles = (*_cues().titles, *(f"لل{title[2:]}" for title in _cues().titles if title.startswith(_ARTICLE)))
    return re.compile(
        rf"(?<!\w)[وفب]?(?:(?P<title>(?:{one_of(titles)})(?: ال{_WORD}){{0,4}}(?P<comma>،)?)|{one_of(_cues().said)}) "
    )


_WORDS = re.compile(rf"{_WORD}(?: {_WORD}){{0,9}}")


def arabic_people(text: str) -> list[Span]:
    """The people of a text by the words before them, from left to right."""
    found: list[Span] = []
    given, behind = cues().given, 0
    for match in _before_names().finditer(text):
        at = match.end()
        words = after[0].split(" ") if at >= behind and (after := _WORDS.match(text, at)) else []
        sure = match["title"] is not None and match["comma"] is None
        if len(words) > 1 and (length := _length(words, given, sure=sure)) > 1:
            name = " ".join(words[:length])
            behind = at + len(name)
            found.append((at, behind, name))
    return found


def _length(words: list[str], given: frozenset[str], *, sure: bool) -> int:
    """Number of words that are a name; 0 for none. If no title makes it ``sure``, it begins with a given name."""
    known, first = _cues(), words[0]
    named = (first in given and first not in known.bodies) or first in known.compounds or first in known.with_article
    named = named or words[1] in known.links
    if first in known.stop or (first.startswith(_ARTICLE) and not named):
        return 0
    doubtful = first[0] in _OF_VERBS or words[1].startswith(_ARTICLE)
    if not named and (doubtful or not sure):
        return 0
    end = 2 if first in known.compounds else 1
    parts, links = 1, 0
    while end < len(words) and (step := _step(words, end, known)):
        if words[end] in known.links:
            links += 1
        else:
            parts += 1
        known_part = words[end] in given or words[end] in known.links or words[end] in known.compounds
        if links > _LINKED or parts > _PLAIN or not (known_part or _may_end(words[end], parts, links)):
            break
        end += step
    return end


def _may_end(word: str, parts: int, links: int) -> bool:
    """Whether a word in no list may be the second or the third part of a name; after ``son of ...`` a family's."""
    articled = word.startswith(_ARTICLE)
    return articled and word.endswith(_OF_FAMILIES) if links else articled or parts < _PLAIN


def _step(words: list[str], at: int, known: ArabicCues) -> int:
    """Number of words of the next part of a name: one, two after a link or for a compound, 0 at its end."""
    word = words[at]
    if word in known.links:
        rest = _step(words, at + 1, known) if at + 1 < len(words) and words[at + 1] not in known.links else 0
        return 1 + rest if rest else 0
    if word in known.stop or word.startswith(_DRAWN_IN) or (word[0] == _AND and word[1:] in known.stop):
        return 0
    return 2 if word in known.compounds and at + 1 < len(words) else 1
