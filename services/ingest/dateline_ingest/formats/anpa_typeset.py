"""Typesetting codes of ANPA 1312: lines of its text into headlines, paragraphs and rows."""

from __future__ import annotations

import re

from msgspec import Struct

_FIXED = re.compile("[\x1e\x1f\x1c\x1d\x0b]+")
"""Fixed spaces: em, en, thin."""
_BAND = re.compile("\x10 ?")
"""A space that is not to be broken at."""
_EXPRESSION = re.compile("\x0b[^\x0b\x0c\n]{0,80}\x0c")
"""An instruction to the typesetter between its signs."""
_OTHER = re.compile("[\x00-\x07\x0e\x0f\x11-\x18\x1a\x1b\x7f]")
_KILL_WORD = re.compile(r"\S*\x18")
_SINGLE = re.compile(r"`(?<![\w`].)(?=\w)")
_DASH = re.compile(r"_(?<=\s.)(?=\s)")
_FRACTION = re.compile(r"(?:(?<=\d)|(?<=\d-)|^)[\[\\\]{|}~](?![\w\[\\\]{|}~])")
_COLUMNS = re.compile(r"[ ]*[\x1e\x1f](?:[ ]*[\x1e\x1f])*[ ]*")
_INDENTS = ("\t", " ")


class Line(Struct, frozen=True):
    """A line of the text."""

    kind: str
    """``head``: set apart by ``^``; ``text``: opens a paragraph; ``more``: goes on; ``row``: of a table; ``blank``."""
    text: str
    centred: bool = False
    cells: tuple[str, ...] = ()


class Signs(Struct, frozen=True):
    """Signs that stand for fractions."""

    fractions: dict[str, str]


def lines_of(text: str, signs: Signs) -> list[Line]:
    """The lines of a message's text, codes taken out or put into signs of Unicode."""
    text = _quoted(text.replace("\r", ""))
    fractions = signs.fractions if any(sign in text for sign in signs.fractions) else {}
    return [_line(raw, fractions) for raw in text.split("\n")]


def _quoted(text: str) -> str:
    """The text without words that were taken back and instructions; quotation marks and dashes as readers know them."""
    if "\x18" in text:
        text = _KILL_WORD.sub("", text)
    if "\x0b" in text:
        text = _EXPRESSION.sub("", text)
    if "`" in text:
        text = _SINGLE.sub("‘", text.replace("`` ", "``").replace("``", "“"))
    text = text.replace("''", "”")
    return _DASH.sub("—", text) if "_" in text else text


def _line(raw: str, fractions: dict[str, str]) -> Line:
    if raw.startswith("\x08") or (";" in raw and "\x10" in raw):
        return Line("row", "", cells=_cells(raw.lstrip("\x08"), fractions))
    opened = raw.lstrip("\x00\x02\x0f\x0e")
    kind = "head" if opened.startswith("^") else "text" if opened[:1] in _INDENTS else "more"
    ended = opened.rstrip()
    clean = _even(ended.rstrip("<=> \t").lstrip("^ \t"), fractions)
    return Line(kind if clean else "blank", clean, ended.endswith("="))


def _even(text: str, fractions: dict[str, str]) -> str:
    if not text.isprintable():
        text = _OTHER.sub("", _BAND.sub(" ", _FIXED.sub(" ", text)))
    text = " ".join(text.split())
    return _FRACTION.sub(lambda found: fractions.get(found[0], found[0]), text) if fractions else text


def _cells(raw: str, fractions: dict[str, str]) -> tuple[str, ...]:
    """Columns, which semicolons part, or else fixed spaces."""
    raw = _BAND.sub(" ", raw.rstrip("\x10 ").lstrip("^"))
    parts = raw.split(";") if ";" in raw else _COLUMNS.split(raw)
    found = [_even(part.replace("^", " "), fractions) for part in parts]
    return tuple("—" if cell == "_" else cell for cell in found)
