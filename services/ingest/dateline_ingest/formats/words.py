"""Plain text made even: whitespace folded, NFC, no control characters."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

_STRAY = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_C1 = {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", "") for code in range(0x80, 0xA0)}
"""ISO-8859-1 control codes read as windows-1252, as the WHATWG Encoding Standard does: wires mean quotes."""

_NOT_WORD = re.compile(r"[\W_]+")
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def fold(text: str) -> str:
    """``text`` on one line, runs of whitespace made one space, ends stripped, in NFC."""
    if text.isascii():
        text = text.strip()  # often the line breaks around an element's text are all there is to do
        if text.isprintable() and "  " not in text:
            return text
        folded = " ".join(text.split())
        return folded if folded.isprintable() else _repair(folded)
    if "\x85" in text:
        text = text.translate(_C1)
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return unicodedata.normalize("NFC", text)
    return _repair(" ".join(text.split()))


def _repair(text: str) -> str:
    if not text.isprintable():
        text = " ".join(_STRAY.sub("", text.translate(_C1)).split())
    return unicodedata.normalize("NFC", text)


def chunk(text: str) -> str:
    """Like fold, but a space at either end stays one space: for a piece of running text."""
    if text.isprintable() and "  " not in text:
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if text.isspace() and "\x85" not in text:
        return " "
    folded = fold(text)
    if not folded:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{folded}{' ' if text[-1].isspace() else ''}"


def bare(text: str) -> str:
    """Letters and digits only, case folded: two texts that differ in punctuation alone become equal."""
    if text.isascii():
        return text.encode("ascii").translate(None, _SIGNS).decode("ascii").lower()
    return _NOT_WORD.sub("", text).casefold()


def unmarked(text: str) -> str:
    """Plain text out of a short string that may hold entities or tags, such as a feed's title."""
    if "<" in text:
        text = re.sub(r"</?[A-Za-z][^<>]*>", " ", text)
    return fold(unescape(text) if "&" in text else text)


def listed(text: str) -> tuple[str, ...]:
    """The words of a table that is written as running text."""
    return tuple(text.split())
