"""One spelling for what looks the same: every change keeps the length, so that spans fit the exact text."""

from __future__ import annotations

import re
import unicodedata

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_MENTIONS = "".join(chr(code) for code in range(0xE000, 0xE010))
_ZEROS = (
    *(0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66),
    *(0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0),
)
"""Where the digits of other scripts begin."""
_SAME: dict[int, str] = {
    **{ord(char): " " for char in _SPACES + _UNSEEN + _MENTIONS},
    **{ord(char): "-" for char in "\u2010\u2011"},
    **{ord(char): "'" for char in "\u2018\u2019\u02bc\u2032\u00b4"},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict(zip(range(0x1361, 0x1367), " .,;::", strict=True)),
    **{0x0589: ":", 0x055D: ","},
    **{zero + digit: str(digit) for zero in _ZEROS for digit in range(10)},
}
"""Full-width Latin, the stops of Ethiopic and Armenian and all digits become plain; private characters, which stand for
mentions in shapes, cannot come from outside."""
_SIGNS = re.compile(r"[\W_]+")
"""What is no letter and no digit; marks on letters are none, where they stand by themselves."""
_OTHER = re.compile(f"[{re.escape(''.join(map(chr, _SAME)))}]")
_LATIN = "latin-1"
_OTHER_LATIN = bytes(code for code in _SAME if code < 0x100)
"""The same among the 256 characters that one byte writes."""


def exact(text: str) -> str:
    """The text in NFC, as evidence quotes it."""
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def spelled(text: str) -> str:
    """The text as rules look at it: plain spaces, hyphens, apostrophes, brackets, digits. As long as ``text``."""
    if _is_plain(text):
        return text
    return _OTHER.sub(lambda match: _SAME[ord(match[0])], text)


def _is_plain(text: str) -> bool:
    """Whether a text of the west of Europe is spelled as it is: told from its bytes, far sooner than by a class."""
    if text.isascii():
        return "\t" not in text
    return len(text.encode(_LATIN, "ignore").translate(None, _OTHER_LATIN)) == len(text)


def letters(text: str) -> str:
    """Letters and digits alone, without case and marks: ``Țara ta`` and ``ŢARA TA`` are one name."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _SIGNS.sub("", text.casefold())
