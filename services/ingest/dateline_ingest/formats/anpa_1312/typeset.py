"""Typesetting codes of ANPA 1312: the text of a message into lines, and lines into paragraphs, headings and rows."""

from __future__ import annotations

import re
from functools import partial

from msgspec import Struct

from dateline_ingest.formats.markup.body import Block
from dateline_ingest.formats.textwire.body import row_of
from dateline_ingest.formats.values.words import codes_in, fold, is_even

_SPACES = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f")
"""Fixed spaces: em, en, thin. All other codes say nothing to a reader."""
_NO_COLUMNS = re.compile("\x1e(?: *\x1e)+")
"""Fixed spaces with nothing but spaces between them."""
_EXPRESSION = re.compile("\x0b[^\x0b\x0c\n]{0,80}\x0c")
"""An instruction to the typesetter between its signs."""
_SINGLE = re.compile(r"`(?<![\w`].)(?=\w)")
_DASH = re.compile(r"_(?<![^\s].)(?!\S)")
_BRACKETS = {"]": "[", "}": "{"}
_LONGEST_BRACKET = 300
_LONGEST_WORD = 80
_MOST_TAKEN_BACK = 1000
"""Words that were taken back. What has more of the sign does not mean it."""
_BEFORE = "\x00\x02\x0e\x0f"
_CLOSES = "<=> \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0"
"""Signs and spaces that end a line."""
_OPENS = ("\t", " ", "=")
"""What opens a paragraph; the last one the line that says who made the story (``==Kyodo``)."""


class Line(Struct, frozen=True):
    """A line of the text."""

    kind: str
    """``head``: set apart by ``^``; ``text``: opens a paragraph; ``more``: goes on; ``row``: of a table; ``blank``."""
    text: str
    ended: bool = False
    """Whether a sign says that it is at its end: else the next line goes on with it."""


class Signs:
    """Signs that stand for fractions: after a figure, or alone in a line or column."""

    def __init__(self, signs: str, letters: str) -> None:
        """Signs, and the letters of Unicode that they stand for, in the same order."""
        each = re.escape(signs)
        before = r"(?<=\d.)|(?<=\d-.)|(?<=[\n\t^;\x08\x1e\x1f].)|(?<=[;\x1e\x1f] .)"
        self._letters = [
            (sign, re.compile(rf"{re.escape(sign)}(?:{before})(?![\w{each}])"), letter)
            for sign, letter in zip(signs, letters, strict=True)
        ]

    def read(self, text: str) -> str:
        """The text with fractions."""
        for sign, pattern, letter in self._letters:
            if sign in text:
                text = pattern.sub(partial(_fraction, letter), text)
        return text


def _fraction(letter: str, found: re.Match[str]) -> str:
    """The letter for a sign, or the sign where it closes a bracket: ``[in 2012]``."""
    opens = _BRACKETS.get(found[0])
    if opens is None:
        return letter
    before = found.string[max(0, found.start() - _LONGEST_BRACKET) : found.start()]
    return found[0] if before.rfind(opens) > before.rfind(found[0]) else letter


class Typeset:
    """The text of one message."""

    def __init__(self, text: str, signs: Signs) -> None:
        """``text`` is what stands between STX and ETX."""
        text = text.replace("\r", "")
        self._codes = codes_in(text)
        """Those that are anywhere in it: most texts have none or two of them."""
        text = _without_words_taken_back(text) if self._codes else text
        text = signs.read(text)
        self._plain = text.isascii() and not self._codes
        """Whether no line has anything in it that is to be made even but space."""
        self.lines = text.split("\n")

    def line(self, at: int) -> Line:
        """One of the lines."""
        raw = self.lines[at]
        if raw[:1] == "\x08" or ("\x10" in raw and ";" in raw):
            return Line("row", raw)  # for the tabulator
        kind, text = self._kind_and_text(raw)
        return Line(kind if text else "blank", text, raw.rstrip()[-1:] in ("<", "="))

    def parts(self, start: int) -> list[str | Block]:
        """The lines from one on as paragraphs, which are texts, and as headings and rows."""
        out: list[str | Block] = []
        longer: dict[int, list[str]] = {}
        """Lines of the paragraphs that have several, by their place."""
        rows: list[str] = []
        tables, goes_on, even = 0, False, self._even
        columns = "\x10" in self._codes
        for raw in self.lines[start:]:
            first = raw[:1]
            if first == "\x08" or (columns and "\x10" in raw and ";" in raw):
                rows.append(raw)
                goes_on = False
                continue
            if not raw or raw.isspace():
                goes_on = False
                continue
            if rows:
                tables += 1
                out += self._table(rows, tables)
                rows = []
            kind, text = ("text", even(raw)) if first == "\t" else self._kind_and_text(raw)
            if not text:
                continue
            if kind == "more" and goes_on:
                longer.setdefault(len(out) - 1, []).append(text)
                continue
            heading = kind == "head" and raw.rstrip()[-1] == "=" and any(map(str.isalnum, text))
            out.append(Block(text=text, html="", kind="h3") if heading else text)
            goes_on = not heading
        for at, texts in longer.items():
            out[at] = " ".join([_text(out[at]), *texts])
        return [*out, *self._table(rows, tables + 1)] if rows else out

    def _kind_and_text(self, raw: str) -> tuple[str, str]:
        opened = raw.lstrip(_BEFORE)
        kind = "head" if opened[:1] == "^" else "text" if opened[:1] in _OPENS else "more"
        return kind, self._even(opened)

    def _even(self, raw: str) -> str:
        text = raw.rstrip(_CLOSES).lstrip("^ \t=")
        if self._plain or (text.isascii() and text.isprintable()):
            if "  " in text or "\t" in text:
                text = " ".join(text.split())
        else:
            text = fold(self._uncoded(text))
        if "_" in text or "`" in text or "''" in text:
            text = _punctuated(text)
        return text

    def _table(self, raws: list[str], number: int) -> list[Block]:
        """Rows that stand together. Semicolons part the columns, or else fixed spaces."""
        text = "\n".join(raws).replace("\x10 ", " ").replace("\x10", " ")
        text = "\n".join([raw.lstrip("\x08").rstrip(" <=").lstrip("^") for raw in text.split("\n")])
        text = text.replace("^", " ").replace("\t", " ")
        if "\x1e" in text or "\x1f" in text:
            text = _columns(text)
        text = _punctuated(self._uncoded(text.replace(";", "\t")))
        return [row_of(row, number) for row in _even_rows(text)]

    def _uncoded(self, text: str) -> str:
        if "\x10" in text:
            text = text.replace("\x10 ", " ").replace("\x10", " ")  # a space that is not to be broken at
        for code in self._codes:
            text = text.replace(code, " " if code in _SPACES else "")
        return text


def _columns(text: str) -> str:
    """Rows with tabulators for the fixed spaces between columns, but for those whose columns semicolons part."""
    if ";" in text:
        rows = text.split("\n")
        text = "\n".join([row.replace("\x1e", " ").replace("\x1f", " ") if ";" in row else row for row in rows])
    return _NO_COLUMNS.sub("\x1e", text.replace("\x1f", "\x1e")).replace("\x1e", "\t")


def _even_rows(text: str) -> list[str]:
    """The rows of a text with tabulators between columns, each of these folded."""
    if not is_even(text):
        return ["\t".join(map(fold, row.split("\t"))) for row in text.split("\n")]
    while "  " in text:
        text = text.replace("  ", " ")
    return [row.strip(" ") for row in text.replace(" \t", "\t").replace("\t ", "\t").split("\n")]


def _text(part: str | Block) -> str:
    return part if isinstance(part, str) else part.text


def _without_last_word(text: str) -> str:
    """The text without the word that it ends with, which was taken back while it was written."""
    start = max(0, len(text) - _LONGEST_WORD)
    return text[: max(start, *(text.rfind(code, start) + 1 for code in " \n\t^\x0b\x0c\x1c\x1d\x1e\x1f"))]


def _without_words_taken_back(text: str) -> str:
    """The text without them, and without instructions to the typesetter."""
    if 0 < text.count("\x18") <= _MOST_TAKEN_BACK:
        *taken_back, last = text.split("\x18")
        text = "".join(map(_without_last_word, taken_back)) + last
    return _EXPRESSION.sub("", text) if "\x0b" in text else text


def _punctuated(text: str) -> str:
    """The text with quotation marks and dashes as readers know them."""
    if "`" in text:
        text = _SINGLE.sub("‘", text.replace("`` ", "``").replace("``", "“"))
    if "''" in text:
        text = text.replace("''", "”")
    return _DASH.sub("—", text) if "_" in text else text
