"""Writes the tables of a body: a block for each row."""

from __future__ import annotations

from abc import ABC, abstractmethod

from dateline_ingest.formats.markup.blocks import BlockWriter
from dateline_ingest.formats.markup.body import Block, escaped, trimmed
from dateline_ingest.formats.markup.tags import tag_name
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, children


class TableWriter(BlockWriter, ABC):
    """Blocks, and tables row by row; what the elements of a cell are is for the class that walks the tree."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        super().__init__()
        self._groups = 0
        self._in_leaf = False
        self._cells: list[tuple[str, str]] | None = None

    @abstractmethod
    def add(self, element: Element, level: int = 0) -> None:
        """Write an element and everything in it, unless it is left out."""

    @abstractmethod
    def _inside(self, element: Element, name: str, level: int) -> None:
        """The text in an element and all elements in it, which may be anything."""

    def _table(self, element: Element, name: str, level: int) -> None:
        if self._soft or _is_layout(element):
            self._end()
            self._inside(element, name, level)
            self._end()
            return
        self._flush()
        begins = len(self._blocks)
        for caption in element.iterchildren("{*}caption"):
            self.add(caption, level + 1)
            self._flush()
        told, outer = len(self._blocks), self._group
        self._groups += 1
        self._group = self._groups
        for row in element.iter("{*}tr"):
            self._row(row, level)
        if len(self._blocks) == told:
            del self._blocks[begins:]  # over no words it is a picture's
        self._group = outer

    def _row(self, row: Element, level: int) -> None:
        self._cells, self._soft, outer = [], True, (self._soft, self._in_leaf)
        hrefs: list[str] = []
        for cell in children(row):
            self._cells.append(self._cell(cell, level, hrefs))
        if text := " ".join([text for text, _ in self._cells if text]):  # folded, all of them
            html = "".join([html for _, html in self._cells])
            self._blocks.append(Block(text=text, html=html, kind="tr", group=self._group, hrefs=tuple(hrefs)))
        self._cells, (self._soft, self._in_leaf) = None, outer

    def _cell(self, cell: Element, level: int, hrefs: list[str]) -> tuple[str, str]:
        """Text and HTML of a cell of the row that is being written. Where its links lead is added to ``hrefs``."""
        named = cell.tag
        name = tag_name(named) if named.__class__ is str else ""
        tag = "th" if name.endswith("th") else "td"
        if name and not len(cell) and not self._inline:
            text = fold(cell.text or "")
            return text, f"<{tag}>{escaped(text)}</{tag}>"
        self._in_leaf = True
        if name:
            self._inside(cell, name, level + 1)
        html, text = self._written(), fold("".join(self._text))
        hrefs += self._hrefs
        self._reset()
        return text, f"<{tag}>{trimmed(html)}</{tag}>"


def _is_layout(table: Element) -> bool:
    """A table that holds another one, or three paragraphs in a cell, only places things on a page."""
    if next(table.iterdescendants("{*}table"), None) is not None:
        return True
    if next(table.iter("{*}p"), None) is None:
        return False
    return any(len(cell.findall("{*}p")) > 2 for cell in table.iter("{*}td"))
