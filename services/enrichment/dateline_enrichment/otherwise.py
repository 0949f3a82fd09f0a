"""Where the name of a kept organisation means something else: a member of it, a person, another body, a common word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.authority import Organisation
from dateline_enrichment.cues import cues
from dateline_enrichment.gazetteer import Atlas
from dateline_enrichment.locating import in_place, led_by_name
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.runs import small_word
from dateline_enrichment.tables import typed_table


class Otherwise(Struct, frozen=True):
    """``otherwise`` of ``bodies.toml``, which explains it."""

    words: frozenset[str]
    led: dict[str, tuple[str, ...]]
    followed: dict[str, str]


@lru_cache(maxsize=1)
def otherwise() -> Otherwise:
    """``otherwise`` of ``bodies.toml``. Raises TableError."""
    return typed_table("bodies.toml", Otherwise, "otherwise")


Meant = tuple[int, int, Organisation]
"""(start, end, the organisation that it names)"""


def meant(text: str, hits: Sequence[Hit], atlas: Atlas) -> list[Meant]:
    """The names that really mean their organisation in this text."""
    words, first, kept = otherwise().words, atlas.first_organisation, list[Meant]()
    doubtful = False
    for at, start, end in hits:
        name, organisation = text[start:end], atlas.organisations[at - first]
        if not _means_other(text, name, start, organisation, scoped=bool(atlas.scopes[at])):
            kept.append((start, end, organisation))
            doubtful = doubtful or name in words
    return _without_words(text, kept, words) if doubtful else kept


def _means_other(text: str, name: str, start: int, organisation: Organisation, *, scoped: bool) -> bool:
    """Whether the name means something else here. ``scoped``: it counts in some languages only."""
    end = start + len(name)
    after = text[end : end + 2]
    return (
        (scoped and led_by_name(text, start))
        or (organisation.member and _is_title(text, end))
        or (name in organisation.shared and _led_by_other(text, start))
        or (after[:1] == "-" and after[1:].isdigit() and name.isupper())
        or _around(text, name, start, after)
        or (_is_surname(text, start) and name.istitle() and " " not in name)
    )


def _without_words(text: str, kept: list[Meant], words: frozenset[str]) -> list[Meant]:
    """The names without common words that are capitalised only here: at a sentence's start or among capitals."""
    shown = [text[one[0] : one[1]] not in words or not _is_shown_by_nothing(text, one[0], one[1]) for one in kept]
    sure = {text[one[0] : one[1]] for one, is_shown in zip(kept, shown, strict=True) if is_shown}
    return [one for one in kept if text[one[0] : one[1]] in sure]


_SENTENCE = re.compile(r"(?:\A|[.!?:;\n]|[\n ][-–—])\s*\Z")
_CAPITALS = re.compile(r" (?=[^\W\d_]{2})(\w+)")
_GIVEN = re.compile(r" ([^\W\d_]+) [^\W\d_]")


def _is_shown_by_nothing(text: str, start: int, end: int) -> bool:
    """Whether a name's capital proves nothing: it begins a sentence, or the next word is in capitals, too."""
    if _SENTENCE.search(text, max(0, start - 3), start):
        return True
    after = _CAPITALS.match(text, end)
    return after is not None and after[1].isupper() and text[start:end].isupper()


def _around(text: str, name: str, start: int, after: str) -> bool:
    """Whether the characters around it make it another word: ``外交部长`` is a minister."""
    known = otherwise()
    if after and after[0] in known.followed.get(name[-1], ""):
        return True
    return name in known.led and text.endswith(known.led[name], 0, start)


def _is_surname(text: str, start: int) -> bool:
    """Whether a given name that is no town here stands right before: ``Ernest Solvay``, not ``in Florence Tesco``."""
    if text[start - 1 : start] != " ":
        return False
    word = text[text.rfind(" ", 0, start - 1) + 1 : start - 1].rpartition("\n")[2]
    return word in cues().given and not in_place(text, start - 1 - len(word))


def _led_by_other(text: str, start: int) -> bool:
    """Whether the word before it makes it another body: ``Delta Democratic Party``; ``British`` and ``US`` do not."""
    if not led_by_name(text, start):
        return False
    word = text[:start].rstrip().rpartition(" ")[2]
    return not word.isupper() and small_word(word) not in cues().nations


def _is_title(text: str, end: int) -> bool:
    """Whether the name of a body is a member's title here, as in ``Bundesrat Martin Pfister``."""
    after = _GIVEN.match(text, end)
    return after is not None and after[1] in cues().given
