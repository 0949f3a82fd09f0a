"""Scores how a character beyond ASCII fits those beside it, as words of a language. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import islice

SAMPLE = 400
"""Characters beyond ASCII that are looked at."""
_TYPOGRAPHY = frozenset("‘’“”„‚«»‹›–—…•·\u00a0°§€£©®™½¼¾²³×±¿¡†´`ºª")
_MEASURES = frozenset("½¼¾²³°%")
_ALONE = frozenset("àáèéìòùóúÅåâø")
"""Letters that are words by themselves."""


def beside(text: str, at: int) -> tuple[str, str]:
    """The characters before and after one; a space where there is none."""
    return text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "


def beyond(text: str) -> Counter[tuple[str, str, str]]:
    """The first characters beyond ASCII, each with those before and after it, and how often they stand there."""
    places = (place for place in zip(text, f" {text}", f"{text[1:]} ", strict=False) if place[0] > "\x7f")
    return Counter(islice(places, SAMPLE))


def looks_like(seen: Counter[tuple[str, str, str]], alphabet: frozenset[str]) -> float:
    """How well what ``beyond`` found fits a language with these letters, for each character."""
    total = sum(count * fits(*place, alphabet) for place, count in seen.items())
    return total / seen.total() if seen else 0.0


@lru_cache(maxsize=16_384)
def fits(char: str, before: str, after: str, alphabet: frozenset[str]) -> float:
    """From -2, cannot stand there, to 1, as it should be. A language has the same three letters again and again."""
    if char.isalpha() and char not in "ªº":
        return _cased(char, before, after) or _spelled(char, before, after, alphabet)
    return _as_sign(char, before, after)


def _cased(char: str, before: str, after: str) -> float:
    """Penalty for a letter in the wrong case for its word; 0 if it may be."""
    if char.isupper() and (before.islower() or (after.islower() and before.isalpha())):
        return -2.0
    if char.islower() and after.isupper():
        return -2.0 if before.isupper() else -1.0
    return 0.0


def _spelled(char: str, before: str, after: str, alphabet: frozenset[str]) -> float:
    """How well a letter goes with a language's own, and with those beside it."""
    if before >= "\x80" and before.isalpha() and after >= "\x80" and after.isalpha():
        return 1.0 if alphabet.issuperset(f"{before}{char}{after}".lower()) else -1.0
    known = char.lower() in alphabet
    if not before.isalpha() and not after.isalpha():
        return 1.0 if known and char.lower() in _ALONE else -0.5
    return 1.0 if known else -0.4


def _as_sign(char: str, before: str, after: str) -> float:
    inside = before.isalpha() and after.isalpha()
    if char == "\u00a0":
        return 0.3 if inside and after.islower() else 0.8
    if char in "’'":
        return 1.0 if inside or before.isalnum() or after.isalnum() else 0.2
    if char in "¡¿" and before.isalnum():  # they open a sentence
        return -0.5
    if char == "†" and after.isalpha():  # it stands before a year or after a name
        return -0.5
    if char not in _TYPOGRAPHY:
        return -3.0 if unicodedata.category(char) in ("Cc", "Co", "Cn") else -2.0
    if inside:
        return -2.0 if char not in "·–—" else -0.2
    return 0.8 if char not in _MEASURES or before.isdigit() or after.isdigit() else -0.5
