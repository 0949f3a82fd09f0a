"""How long a text is."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction takes 238 words a minute (Brysbaert 2019, over 190 studies); 230 is used."""
CHARACTERS_A_WORD = 2
"""Chinese, Japanese and Thai write no spaces: this many characters count as a word."""

_AS_SPACE = bytes(at if at >= 0x80 or chr(at).isalnum() or chr(at) == "_" else ord(" ") for at in range(256))
"""Takes every ASCII character that belongs to no word to a space."""
_SIGNS = re.compile(r"[^\w\x00-\x7f]+")
"""The same kind of characters beyond ASCII."""
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_DASHES = (" - ", " – ", " — ")


def tokens(text: str) -> list[bytes]:
    """The words of a text in small letters and in UTF-8, parted at every hyphen and apostrophe.

    Bytes, because one table lookup over the whole text parts them; a pattern costs four times as much.
    """
    small = text.lower()
    if not small.isascii():
        small = _SIGNS.sub(" ", small)
    return small.encode().translate(_AS_SPACE).split()


def words(text: str) -> int:
    """How many words a text has, as an editor's word processor counts; unspaced scripts by the character."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    if unspaced:
        text = _UNSPACED.sub(" ", text)
        return sum(any(map(str.isalnum, part)) for part in text.split()) + (unspaced + 1) // CHARACTERS_A_WORD
    return max(0, len(text.split()) - sum(map(text.count, _DASHES)))


def reading_seconds(count: int) -> int:
    """How long a reader takes over so many words."""
    return round(count * 60 / WORDS_A_MINUTE)
