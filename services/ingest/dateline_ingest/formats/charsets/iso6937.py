"""ISO 6937 and T.61, which Python has no codec for: an accent comes as a byte of its own, before its letter."""

from __future__ import annotations

import unicodedata

_HIGH = (
    "\u00a0¡¢£$¥#§¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0―¹®©™♪¬¦\0\0\0\0⅛⅜⅝⅞"
    "ΩÆĐªĦ\0ĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\u00ad"
)
"""0xA0 to 0xFF; NUL where the place is empty or an accent."""
_ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0308\u030a\u0327\u0332\u030b\u0328\u030c"
"""0xC1 to 0xCF: grave, acute, circumflex, tilde, macron, breve, dot, diaeresis (twice), ring, cedilla, low line,
double acute, ogonek, caron."""


def decode_iso6937(data: bytes) -> str:
    """The text of bytes in ISO 6937 or T.61, in NFC. Raises ValueError for bytes that mean nothing in it."""
    out: list[str] = []
    accent = ""
    for byte in data:
        if 0xC1 <= byte <= 0xCF:
            if accent:
                raise ValueError("two accents in a row")
            accent = _ACCENTS[byte - 0xC1]
            continue
        char = chr(byte) if byte < 0x80 else _HIGH[byte - 0xA0] if byte >= 0xA0 else "\0"
        if byte >= 0x80 and char == "\0":
            raise ValueError(f"byte 0x{byte:02x} has no meaning in ISO 6937")
        if accent:
            char = _accented(char, accent)
            accent = ""
        out.append(char)
    if accent:
        raise ValueError("an accent at the end of the text")
    return "".join(out)


def _accented(char: str, accent: str) -> str:
    if char == " ":
        return ""  # an accent that stands alone says nothing in a text
    joined = unicodedata.normalize("NFC", char + accent)
    if len(joined) != 1:
        raise ValueError(f"no letter {char!r} with that accent")
    return joined
