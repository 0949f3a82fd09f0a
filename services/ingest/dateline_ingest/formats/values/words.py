"""Normalises plain text: whitespace folded, NFC, no control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape
from html.entities import html5

_STRAY = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_C1 = {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", "") for code in range(0x80, 0xA0)}
"""ISO-8859-1 control codes read as windows-1252, as the WHATWG Encoding Standard does: wires mean quotes."""
_C1_CODE = re.compile("[\x80-\x9f]")
_CODES = "".join(code for code in map(chr, (*range(0x20), 0x7F)) if code not in "\t\n\r")
_ASCII = bytes(range(128))
_EVEN = frozenset(
    char
    for char in map(chr, (*range(0xA1, 0x530), *range(0x2010, 0x20D0)))
    if char.isprintable() and not unicodedata.combining(char) and unicodedata.is_normalized("NFC", char)
)
"""Letters of Latin, Greek and Cyrillic and the signs of typography, of which none joins with the letter before it."""

_CLOSING = ",.;:!?)]\u2019"
_OPENING = ("(", "[")
_WESTERN = re.compile(r"[^\u2e80-\U0010ffff]+")
"""What is of no East Asian script."""
_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|sub|sup|a|font|small|div|h[1-6])(?:\s[^<>=]*=[^<>]*|[\s/]*)>", re.IGNORECASE
)
"""A tag of HTML, with attributes that have values if with any: ``a<b and c>d`` has none."""
_BREAKS = re.compile(r"<(?:p|br|div|h[1-6])\b", re.IGNORECASE)
_MOST_ESCAPED = 2
_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#x?[0-9A-Fa-f]{1,6});")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31})(?:;|(?![0-9A-Za-z=]))")
"""A reference, without a semicolon only as in a value of HTML (13.2.5.73): no other sign of a name may follow."""
_NOT_WORD = re.compile(r"[\W_]+")
_NEXT_KEYWORD = re.compile(r"\s*[;\n]\s*|,(?=[^\s\d])")
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def letters(text: str) -> int:
    """Characters of a text, as many as one in letters would have: those of East Asia say three times as much."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WESTERN.sub("", text))


def fold(text: str) -> str:
    """``text`` on one line, runs of whitespace made one space, ends stripped, in NFC."""
    if text.isascii():
        text = text.strip()  # often the line breaks around an element's text are all there is to do
        if text.isprintable() and "  " not in text:
            return text
        folded = " ".join(text.split())
        return folded if folded.isprintable() else _repair(folded)
    if "\x85" in text:
        text = _western(text)
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return unicodedata.normalize("NFC", text)
    return _repair(" ".join(text.split()))


def fold_xml(text: str) -> str:
    """``fold`` for a text out of XML: of ASCII's codes that has these four at the most (XML 1.0, section 2.2).

    Four signs are looked for at the speed of memory, where ``isprintable`` asks a table of every letter.
    """
    if text.isascii():
        text = text.strip()
        if not ("\n" in text or "\t" in text or "\r" in text or "\x7f" in text or "  " in text):
            return text
    return fold(text)


def side_by_side(pieces: Iterable[str]) -> str:
    """The texts of elements joined: with a space between them, except before a comma, a full stop and the like.

    ``By<person>Jo Doe</person><byttl>AP</byttl>`` needs a space, ``<location>OSLO</location>, 1 Jan`` must get none.
    """
    line = ""
    for piece in pieces:
        line += piece if piece[:1] in _CLOSING or line.endswith(_OPENING) else f" {piece}"
    return fold(line)


def _repair(text: str) -> str:
    if not text.isprintable():
        text = " ".join(_STRAY.sub("", _western(text)).split())
    return unicodedata.normalize("NFC", text)


def _western(text: str) -> str:
    """The text with what its control codes mean in windows-1252; ``translate`` would ask a table of every letter."""
    return _C1_CODE.sub(lambda code: _C1[ord(code[0])], text)


def codes_in(text: str) -> str:
    """The control characters that a text has in it but for tabulators and line breaks: in nearly all texts none.

    Each is looked for by itself, which is a search through memory; a pattern or a table would look at every letter.
    """
    return "".join([code for code in _CODES if code in text])


def is_even(text: str) -> bool:
    """Whether ``fold`` would repair nothing in a text except space; asked of a whole message at once.

    True for ASCII without control characters and for the letters and signs of Europe; False may be said of other normal
    texts, too.
    """
    if codes_in(text):
        return False
    return text.isascii() or _EVEN.issuperset(_beyond(text))


def _beyond(text: str) -> str:
    """The signs of a text that are not of ASCII."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def fold_all(texts: Sequence[str]) -> list[str]:
    """``fold`` of each of these texts, which have no line breaks in them."""
    if not is_even("\n".join(texts)):
        return [fold(text) for text in texts]
    return [" ".join(text.split()) if "  " in text or "\t" in text or "\r" in text else text.strip() for text in texts]


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
    return fold(unescaped(text) if "&" in text else text)


def plain_line(text: str) -> str:
    """A line that was taken from a page, without its tags and with what its references stand for; any other as it is.

    JSON and plain text need neither. Signs in ``<ABC.N>`` are no tag of HTML and stay.
    """
    if "<" in text and _TAG.search(text):
        text = _TAG.sub(" ", text) if _BREAKS.search(text) else _TAG.sub("", text)
    return fold(unescaped(text)) if "&" in text else fold(text)


def unescaped(text: str) -> str:
    """A text with what its references stand for, also where they were escaped once or twice more than need be.

    ``?id=1&section=2`` has none, though HTML knows a ``&sect``.
    """
    text = _REFERENCE.sub(_meant, text)
    for _ in range(_MOST_ESCAPED):
        if "&" not in text or not _ESCAPED.search(text):
            break
        text = _REFERENCE.sub(_meant, text)
    return text


def _meant(reference: re.Match[str]) -> str:
    found = reference[0]
    return unescape(found) if found[1] == "#" or found[1:] in html5 else found


def keywords_in(text: str) -> list[str]:
    """Keywords of a list in one text: parted by semicolons, line breaks, commas without a space (``fax,malware``).

    ``Lagos, Nigeria`` is one, and so is ``10,000 metres``.
    """
    return [word for part in _NEXT_KEYWORD.split(text) if (word := part.strip())]


def listed(text: str) -> tuple[str, ...]:
    """The words of a table that is written as one string."""
    return tuple(text.split())
