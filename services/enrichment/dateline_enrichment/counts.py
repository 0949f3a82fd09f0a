"""How long a text is."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction takes 238 words a minute (Brysbaert 2019, over 190 studies); 230 is used."""
CHARACTERS_A_WORD = 2
"""Chinese and Japanese write no spaces: this many characters count as a word."""
LETTERS_A_WORD = 5
"""The same for Thai, Lao, Burmese and Khmer, which write letters and marks for sounds."""

_SMALL = bytes(range(256)).lower()
_AS_SPACE = bytes(_SMALL[at] if at >= 0x80 or chr(at).isalnum() or chr(at) == "_" else ord(" ") for at in range(256))
"""Takes every ASCII character that belongs to no word to a space, and capitals to small letters."""
_SHAPE = bytes(ord(" ") if at < 0x80 and chr(at).isspace() else ord("x") for at in range(256))
"""Takes spaces to a space and all other bytes to x, so that words begin at `` x``."""
_SIGNS = re.compile(r"[^\w\x00-\x7f]")
"""Characters beyond ASCII that are no letters; some of them are marks."""
_MARKS = ("Mn", "Mc")
"""Vowels of Indic scripts and accents apart from their letter: no letters to Python, and inside a word all the same."""
FEW_SIGNS = 16
"""Most different signs that are replaced one by one; a text with more is no plain copy."""
FINAL_SIGMA = "Σ"
"""The one capital whose small letter depends on what stands around it."""
_ASCII = bytes(range(0x80))
_LETTERS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_CHARACTERS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_DASHES = ("–", "—")


def tokens(text: str) -> list[bytes]:
    """The words of a text as UTF-8 in small letters, split at every hyphen and apostrophe."""
    return _spaced(text).split()


def token_line(text: str) -> bytes:
    """The same words in one line, a space before and after each; one space where there are none.

    Bytes, because one table lookup over the whole text parts them; a pattern costs four times as much.
    """
    parts = filter(None, map(bytes.strip, _spaced(text).split(b"  ")))
    return b" %b " % line if (line := b" ".join(parts)) else b" "


def _spaced(text: str) -> bytes:
    """A text in small letters and in UTF-8, spaces instead of what belongs to no word."""
    line, beyond = encoded(text)
    if beyond.lower() != beyond:
        line = _lowered(text, line, beyond)
        beyond = beyond.lower()
    if beyond and not beyond.isalnum():
        signs = [one for one in beyond if not (one.isalnum() or _is_mark(one))]
        if len(signs) > FEW_SIGNS:
            line, signs = _SIGNS.sub(_mark_or_space, line.decode()).encode(), []
        for one in signs:
            line = line.replace(one.encode(), b" ")
    return line.translate(_AS_SPACE)


def _lowered(text: str, line: bytes, beyond: str) -> bytes:
    """The text with its capitals beyond ASCII in small letters: one after the other where there are few of them."""
    capitals = [one for one in beyond if one.lower() != one]
    if len(capitals) > FEW_SIGNS or FINAL_SIGMA in capitals:
        return text.lower().encode()
    for one in capitals:
        line = line.replace(one.encode(), one.lower().encode())
    return line


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in _MARKS


def _mark_or_space(sign: re.Match[str]) -> str:
    return sign[0] if _is_mark(sign[0]) else " "


@lru_cache(maxsize=2)
def encoded(text: str) -> tuple[bytes, str]:
    """A text in UTF-8, and its characters that are not ASCII's, each once: few, so that looking at each costs little.

    A story's headline and body are asked for again and again, so they are kept. Raises UnicodeEncodeError.
    """
    line = text.encode()
    return line, "" if text.isascii() else "".join(set(line.translate(None, _ASCII).decode()))


def words(text: str) -> int:
    """Number of words, as a word processor counts; in scripts without spaces, by the number of characters."""
    line, beyond = encoded(text)
    dashes = text.count(" - ") if "-" in text else 0
    if beyond:
        if _CHARACTERS.search(beyond) or _LETTERS.search(beyond):
            return _unspaced_words(text)
        dashes += sum(text.count(f" {one} ") for one in _DASHES if one in beyond)
        for one in beyond:
            if one.isspace():
                line = line.replace(one.encode(), b" ")
    return max(0, (b" %b" % line.translate(_SHAPE)).count(b" x") - dashes)


def _unspaced_words(text: str) -> int:
    text, characters = _CHARACTERS.subn(" ", text)
    text, letters = _LETTERS.subn(" ", text)
    spaced = sum(any(map(str.isalnum, part)) for part in text.split())
    return spaced + (characters + 1) // CHARACTERS_A_WORD + -(-letters // LETTERS_A_WORD)


def reading_seconds(count: int) -> int:
    """Seconds that a reader needs for so many words."""
    return round(count * 60 / WORDS_A_MINUTE)
