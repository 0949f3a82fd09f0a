"""Which charset of one byte a sign a text in Cyrillic, Greek, Hebrew or Arabic writing is in, by its letters and words.

Read in the wrong charset of its script a text has rare letters, capitals within words and signs between letters; read
in one of another script it has none of its everyday words. Some words are enough. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.charsets.decoding import Script, charsets, decodes

_LEAST = 9
"""Least number of letters of the script to decide by."""
_BEFORE, _SAMPLE = 64, 4 * 1024
"""Bytes before the first one beyond ASCII, and bytes in all, that are looked at."""
_BEYOND = re.compile(rb"[\x80-\xff]")
_CONFIDENT = 0.5
"""Score a sign from which a reading can be right."""
_LEAD = 0.2
"""Least lead over any other reading, for each sign that differs."""
_OFTEN, _USUAL = 9, 20
"""How many of the letters, the commonest first, are everyday ones, and how many usual ones."""
_WORD = re.compile(r"[^\W_]+")
_EVERYDAY, _NO_WORD = 1.5, -1.5
"""Score of each letter in an everyday word, and in letters that are no word."""
_WITHOUT_VOWEL = 4
"""Letters from which a word has a vowel, where the script writes them."""
_SIGNS = frozenset("‘’“”„‚«»–—…•·\u00a0№§°،؛؟ـ€")


class _Reading(Struct, frozen=True):
    codec: str
    text: str
    fits: list[float]
    score: float


def by_script(data: bytes) -> str | None:
    """The text, if one reading of the bytes is clearly the best; None when it is not clear."""
    beyond = _BEYOND.search(data)
    if beyond is None:
        return None
    start = max(0, beyond.start() - _BEFORE)
    head = data[start : start + _SAMPLE]
    readings: list[_Reading] = []
    for script in charsets().scripts:
        for codec in script.codecs:
            try:
                text = head.decode(codec)
            except ValueError:
                continue
            if all(text != other.text for other in readings):
                fits, letters = _fits(text, script)
                if letters >= _LEAST:
                    readings.append(_Reading(codec, text, fits, sum(fits) / sum(char >= "\x80" for char in text)))
    if not readings:
        return None
    best = max(readings, key=lambda reading: reading.score)
    if best.score < _CONFIDENT or not all(_leads(best, other) for other in readings if other is not best):
        return None
    return data.decode(best.codec) if decodes(data, best.codec) else None


def _leads(best: _Reading, other: _Reading) -> bool:
    """Whether a reading is clearly better than another one, where they differ."""
    pairs = zip(best.text, other.text, best.fits, other.fits, strict=True)
    differing = [ours - theirs for one, two, ours, theirs in pairs if one != two]
    return sum(differing) >= _LEAD * len(differing)


def _fits(text: str, script: Script) -> tuple[list[float], int]:
    """How well each sign beyond ASCII fits, from -2 to 1.5 (0 for ASCII), and how many are letters of the script."""
    weights, words = _weights(script), _words(script)
    fits = [0.0 if char < "\x80" else _of_sign(text, at) for at, char in enumerate(text)]
    letters = 0
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isascii():
            continue
        low = word.lower()
        if not word.isalpha():  # letters and digits: a model, a time
            fits[found.start() : found.end()] = [0.0] * len(word)
            continue
        letters += sum(char in weights for char in low)
        if low in words:
            fits[found.start() : found.end()] = [_EVERYDAY] * len(word)
        elif not _is_word(word, script):
            fits[found.start() : found.end()] = [_NO_WORD] * len(word)
        else:
            fits[found.start() : found.end()] = [weights.get(char, -1.0) for char in word.casefold()[: len(word)]]
    return fits, letters


def _of_sign(text: str, at: int) -> float:
    """Score of a sign beyond ASCII that is no letter, where it stands."""
    if text[at] not in _SIGNS:
        return -2.0
    return _NO_WORD if text[at] == "\u00a0" and text[at - 1 : at + 2].count(" ") else 0.2


def _is_word(word: str, script: Script) -> bool:
    """Whether letters of the script may stand together like that: capitals, vowels, letters that end a word."""
    low = word.lower()
    if any(char < "\x80" for char in word):
        return False
    if not (word == low or word.isupper() or word.istitle()):
        return False
    if low[0] in script.inner or any(char in script.finals for char in low[:-1]):
        return False
    if not script.vowels or len(word) < _WITHOUT_VOWEL:
        return True
    return any(char in script.vowels for char in low)


@lru_cache(maxsize=8)
def _weights(script: Script) -> dict[str, float]:
    """What a letter says for the script: 1 for an everyday one, 0 for a rare one."""
    return {char: 1.0 if at < _OFTEN else 0.6 if at < _USUAL else 0.0 for at, char in enumerate(script.letters)}


@lru_cache(maxsize=8)
def _words(script: Script) -> frozenset[str]:
    return frozenset(script.words.split())
