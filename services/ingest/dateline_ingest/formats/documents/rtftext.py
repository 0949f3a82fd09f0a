"""Rich Text Format to plain text, or to the HTML that a mail program put into it (MS-OXRTFEX). Pure.

Not by striprtf, the library with a licence that we can take: it knows no HTML in RTF, no hidden text, no characters
beyond 16 bits, and it looks for the fonts with a pattern that is not linear.
"""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from dateline_ingest.formats.documents.rtf_table import rtf_table
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Limits

NAME = "rtf"
SIGN = b"{\\rtf"
_MOST = 400_000
"""Control words, groups and runs of text. A page of Word's has some 2,000."""
_TOKEN = re.compile(
    rb"\\(?:([A-Za-z]{1,32})(-?\d{1,9})?+ ?|'([0-9A-Fa-f]{2})|([^A-Za-z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_CODEPAGES = {10000: "mac_roman", 65001: "utf-8"}
_BULLET = "\uf0b7"
"""The bullet of the Symbol font, as Word writes it."""


class RichText(Struct, frozen=True):
    """What a document says."""

    text: str
    is_html: bool = False
    """Whether the text is HTML from which a mail program made the document."""
    title: str = ""
    author: str = ""
    company: str = ""


def rich_text(data: bytes, limits: Limits) -> RichText:
    """The text of a document. Raises Unparseable for one that is nested too deep or has too many pieces."""
    reader = _Reader(limits)
    reader.run(data)
    told = {name: " ".join(_whole(pieces).split()) for name, pieces in reader.told.items()}
    return RichText(_whole(reader.out), reader.html, told["title"], told["author"], told["company"])


def _whole(pieces: list[str]) -> str:
    """The pieces joined; characters beyond 16 bits are written as two (``\\u-10179?\\u-8704?``)."""
    text = "".join(pieces)
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace(_BULLET, "•")
    return text


class _Group(Struct):
    """State within a group; behind it the outer group's state holds again."""

    into: list[str] | None
    """Where its text goes; None for nowhere."""
    codec: str = "cp1252"
    fallback: int = 1
    """Signs behind a \\u for readers that do not know it."""
    hidden: bool = False
    fonts: bool = False
    info: bool = False
    starred: bool = False
    """Whether its first word is a destination that readers may pass over."""


class _Reader:
    """A document being read."""

    def __init__(self, limits: Limits) -> None:
        self.out: list[str] = []
        self.html = False
        self.told: dict[str, list[str]] = {name: [] for name in rtf_table().groups.told}
        self._limits = limits
        self._group = _Group(self.out)
        self._outer: list[_Group] = []
        self._codecs: dict[int, str] = {}
        self._font = self._default_font = 0
        self._codepage = "cp1252"
        self._spare = 0
        """Signs to pass over, after a \\u."""
        self._bytes = bytearray()
        """Text that is not decoded yet: characters of East Asia have two bytes, which may be written in two ways."""
        self._bytes_into, self._bytes_in = self.out, ""
        self._unescaped = False

    def run(self, data: bytes) -> None:
        """Read all of it, up to the end of the group that is the document."""
        at = 0
        for _ in range(_MOST):
            found = _TOKEN.match(data, at)
            if found is None:
                break
            at = found.end()
            word, number, code, sign, brace, text = found.groups()
            if word:
                at += self._word(word.decode("ascii"), None if number is None else int(number))
            elif text:
                self._unescaped = self._unescaped or not text.isascii()
                self._text(text)
            elif code:
                self._text(bytes((int(code, 16),)))
            elif brace:
                self._brace(brace)
                if not self._outer:
                    break
            elif sign:
                self._sign(sign)
        else:
            raise Unparseable(f"the RTF has more than {_MOST} pieces; no story needs that", format=NAME)
        self._flush()

    def _brace(self, brace: bytes) -> None:
        self._spare = 0
        if brace == b"{":
            if len(self._outer) >= self._limits.depth:
                raise Unparseable(f"groups lie more than {self._limits.depth} deep in the RTF", format=NAME)
            outer = self._group
            self._outer.append(outer)
            self._group = _Group(outer.into, outer.codec, outer.fallback, outer.hidden, outer.fonts, outer.info)
        elif self._outer:
            self._group = self._outer.pop()

    def _text(self, text: bytes) -> None:
        if self._spare:
            text, self._spare = text[self._spare :], max(0, self._spare - len(text))
        into, codec = self._group.into, self._group.codec
        if not text or into is None or self._group.hidden:
            return
        if self._bytes and (codec != self._bytes_in or into is not self._bytes_into):
            self._flush()
        self._bytes_into, self._bytes_in = into, codec
        self._bytes += text

    def _flush(self) -> None:
        if not self._bytes:
            return
        data, codec = bytes(self._bytes), self._bytes_in
        if self._unescaped:  # programs that write RTF without knowing it put UTF-8 there
            try:
                data.decode("utf-8")
                codec = "utf-8"
            except UnicodeDecodeError:
                pass
        self._bytes_into.append(data.decode(codec, "replace"))
        self._bytes.clear()
        self._unescaped = False

    def _put(self, text: str) -> None:
        if self._group.into is not None and not self._group.hidden:
            self._flush()
            self._group.into.append(text)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._group.starred = True
        elif sign in b"\\{}":
            self._text(sign)
        elif sign == b"~":
            self._put("\xa0")
        elif sign == b"_":
            self._put("-")
        elif sign in b"\r\n":
            self._put("\n")

    def _word(self, word: str, number: int | None) -> int:
        """Heed a control word; how many bytes behind it are no text."""
        group, table = self._group, rtf_table()
        if word == "bin":
            return max(0, number or 0)
        starred, group.starred = group.starred, False
        if sign := table.signs.get(word):
            self._put(sign)
        elif word == "u" and number is not None:
            self._put(chr(number % 0x10000))
            self._spare = group.fallback
        elif word in table.groups.aside or (starred and word not in table.groups.read):
            group.into, group.info = None, word == "info"
        elif word in table.groups.read and starred:
            self._begin(word)
        elif group.info and word in self.told:
            group.into = self.told[word]
        else:
            self._set(word, number)
        return 0

    def _begin(self, word: str) -> None:
        """The Unicode form of a group, or a piece of HTML."""
        self._group.into = self.out if word == "ud" or self.html else None
        self._group.codec = self._codepage

    def _set(self, word: str, number: int | None) -> None:
        """Words that change how what follows is read."""
        group, on = self._group, number != 0
        if word == "f":
            self._font = number or 0
            group.codec = self._codecs.get(self._font, self._codepage)
        elif word == "fcharset" and group.fonts:
            self._codecs[self._font] = rtf_table().charsets.get(str(number or 0), self._codepage)
        elif word == "uc":
            group.fallback = min(max(number or 0, 0), 8)
        elif word == "plain":
            group.hidden = group.hidden and self.html
            group.codec = self._codecs.get(self._default_font, self._codepage)
        elif (word in ("v", "deleted") and not self.html) or (word == "htmlrtf" and self.html):
            group.hidden = on
        elif word == "fonttbl":
            group.fonts, group.into = True, None
        elif word == "deff":
            self._default_font = number or 0
        elif word == "fromhtml":
            self.html = number == 1
        elif word in ("ansicpg", "mac", "pc", "pca"):
            self._codepage = group.codec = _codec({"mac": 10000, "pc": 437, "pca": 850}.get(word, number or 1252))


def _codec(codepage: int) -> str:
    name = _CODEPAGES.get(codepage, f"cp{codepage}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
