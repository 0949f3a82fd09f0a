"""Writes the blocks of a body: text and inline HTML are gathered until a block ends.

Every text is escaped here; only tags that the caller names come through.
"""

from __future__ import annotations

import unicodedata

from dateline_ingest.formats.markup.body import Block, Kind, escaped, trimmed
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import chunk, fold


class BlockWriter:
    """Paragraphs, and the one that is being written."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._line: list[str] = []
        self._inline: list[tuple[str, str]] = []
        self._hrefs: list[str] = []
        self._linked = 0
        self._in_link = False
        self._break_at = (-1, -1)
        self._kind: Kind = "p"
        self._group = 0
        self._soft = False

    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs so far."""
        self._end()
        return tuple(self._blocks)

    def _say(self, text: str) -> None:
        piece = chunk(text)
        if piece:
            self._text.append(piece)
            self._line.append(escaped(piece))
            if self._in_link:
                self._linked += len(piece)

    def _unmark(self, opening: str, closing: str) -> None:
        if self._line and self._line[-1] == opening:
            self._line.pop()
        else:
            self._line.append(closing)

    def _end(self) -> None:
        if not self._soft:
            self._flush()
        elif self._text and self._text[-1] != " ":
            self._text.append(" ")
            self._line.append("<br>")

    def _flush(self) -> None:
        if not self._text:
            return
        if self._text == [" "]:  # the line break between two elements
            self._reset()
            return
        credit = self._tail_credit() if self._break_at[0] >= 0 and not self._inline else ""
        if text := self._said():
            self._emit(text, trimmed(self._written()))
        self._reset()
        if credit:
            self._emit(credit, escaped(credit))

    def _said(self) -> str:
        """The text so far. Its pieces are folded already: they can only meet in two spaces, or join into one letter."""
        text = "".join(self._text).strip(" ")
        return unicodedata.normalize("NFC", " ".join(text.split()) if "  " in text else text)

    def _written(self) -> str:
        """The HTML so far, with the ends of the inline elements that are open."""
        if not self._inline:
            return "".join(self._line)
        return "".join([*self._line, *(closing for _, closing in reversed(self._inline))])

    def _emit(self, text: str, html: str) -> None:
        linked = min(1.0, self._linked / len(text))
        group = 0 if self._kind in ("p", "h2", "h3", "h4") else self._group
        block = Block(text=text, html=html, kind=self._kind, group=group, linked=linked, hrefs=tuple(self._hrefs))
        self._blocks.append(block)

    def _tail_credit(self) -> str:
        """A bare credit after the last line break is a paragraph of its own: ``... he said.<br>AFP``."""
        at, line_at = self._break_at
        if "<" in "".join(self._line[line_at + 1 :]) or not "".join(self._text[:at]).strip():
            return ""
        tail = fold("".join(self._text[at + 1 :]))
        if not is_plain_credit(tail):
            return ""
        del self._text[at:], self._line[line_at:]
        return tail

    def _reset(self) -> None:
        self._text, self._line = [], [opening for opening, _ in self._inline]
        self._hrefs, self._linked, self._break_at = [], 0, (-1, -1)
