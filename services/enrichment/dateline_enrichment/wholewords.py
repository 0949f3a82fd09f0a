"""Whether a name found in a text is a whole word there, by the rules of its script and language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dateline_enrichment.language import spoken
from dateline_enrichment.tables import toml_table

_CLITICS = re.compile(r"(?<![^\W_])(?:[وف]?[بلك]?(?:ال)?|[והבלמשכ]{1,2})\Z")
"""Words that Arabic and Hebrew write together with a name: and, in, to, like, the."""
_REST = re.compile(r"\w+")
_LONGEST_ENDING = 12
"""Most letters after a name that are looked at: what follows may be the rest of the text."""
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")


def whole(text: str, start: int, end: int, endings: frozenset[str] = frozenset()) -> bool:
    """Whether the name at [start, end) is a word of its own; ``endings`` are letters that may follow it."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if not before.isalnum() and not after.isalnum():
        return after < "\u0300" or unicodedata.category(after) not in ("Mn", "Mc")
    first = text[start]
    if first >= "\u2e80":
        return _whole_eastern(text, end, first, before, after, endings)
    if before.isalnum() and not ("\u0590" <= first <= "\u06ff" and _CLITICS.search(text, max(0, start - 5), start)):
        return False
    if not after.isalnum():
        return True
    rest = _REST.match(text, end, end + _LONGEST_ENDING + 1)
    return bool(endings) and rest is not None and rest[0] in endings


def _whole_eastern(text: str, end: int, first: str, before: str, after: str, endings: frozenset[str]) -> bool:
    if _KATAKANA.match(first):
        return not _KATAKANA.match(before) and not _KATAKANA.match(after) and "・" not in (before, after)
    if "\uac00" <= first <= "\ud7a3":
        rest = _REST.match(text, end, end + _LONGEST_ENDING + 1)
        return not before.isalnum() and (rest is None or rest[0] in endings)
    return True


def endings_of(tag: str) -> frozenset[str]:
    """Letters that may follow a name in a language before the word ends."""
    return _endings().get(spoken(tag), frozenset())


def name_endings(tag: str) -> frozenset[str]:
    """Letters that may follow a name of a person."""
    return _names().get(spoken(tag), frozenset())


def apostrophe_endings(tag: str) -> frozenset[str]:
    """What a language writes after a name and an apostrophe: ``Ankara'dan``."""
    return _apostrophes().get(spoken(tag), frozenset())


@lru_cache(maxsize=1)
def _endings() -> dict[str, frozenset[str]]:
    return {language: frozenset(all_of) for language, all_of in toml_table("inflections.toml")["endings"].items()}


@lru_cache(maxsize=1)
def _apostrophes() -> dict[str, frozenset[str]]:
    return {language: frozenset(all_of) for language, all_of in toml_table("inflections.toml")["apostrophe"].items()}


@lru_cache(maxsize=1)
def _names() -> dict[str, frozenset[str]]:
    """Those of places, and those of people where places are found by their forms."""
    names = toml_table("inflections.toml")["names"].items()
    return {**_endings(), **{language: frozenset(all_of) for language, all_of in names}}
