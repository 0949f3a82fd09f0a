"""The body of a text wire: paragraphs, tables drawn with strokes, and the closing lines."""

from __future__ import annotations

from html import escape

from msgspec import Struct

from dateline_ingest.formats.body import Block, body_of, body_of_lines
from dateline_ingest.formats.closing import closing_lines, without_ends
from dateline_ingest.formats.markup import paragraphs_of


class WireBody(Struct, frozen=True):
    """Blocks in order, and which of them close the story."""

    blocks: tuple[Block, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Plain text, a paragraph each."""
        return tuple(block.text for block in self.blocks)

    @property
    def html(self) -> str:
        """The same as HTML."""
        if all(block.kind == "p" and not block.html for block in self.blocks):
            return body_of_lines(self.paragraphs).html
        return body_of(tuple(block if block.html else _plain(block) for block in self.blocks)).html

    @property
    def endlines(self) -> tuple[str, ...]:
        """The lines at the end that say who made the story."""
        return closing_lines(self.paragraphs)

    def without(self, texts: frozenset[str]) -> WireBody:
        """Without blocks that say nothing of the story: marks such as MORE, and the sign of its end."""
        kept = tuple(block for block in self.blocks if block.text not in texts) if texts else self.blocks
        return WireBody(without_ends(kept))

    def with_line(self, text: str) -> WireBody:
        """With one more paragraph at its end."""
        return WireBody((*self.blocks, Block(text=text, html="")))


def _plain(block: Block) -> Block:
    return Block(text=block.text, html=escape(block.text, quote=False), kind=block.kind, group=block.group)


def cells(texts: list[str], group: int) -> Block:
    """A row of a table."""
    html = "".join(f"<td>{escape(text, quote=False)}</td>" for text in texts)
    return Block(text=" ".join(text for text in texts if text), html=html, kind="tr", group=group)


def body_of_text(text: str) -> WireBody:
    """The body in a text whose lines were broken at a measure; rows drawn with strokes become a table."""
    if "|" not in text:
        return WireBody(tuple(Block(text=part, html="") for part in paragraphs_of(text)))
    blocks: list[Block] = []
    plain: list[str] = []
    group = 0
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 2:
            blocks += _paragraphs(plain)
            row = [" ".join(cell.split()) for cell in stripped[1:-1].split("|")]
            group += not (blocks and blocks[-1].kind == "tr" and not plain)
            plain = []
            blocks.append(cells(row, group))
        else:
            plain.append(line)
    return WireBody((*blocks, *_paragraphs(plain)))


def _paragraphs(lines: list[str]) -> list[Block]:
    return [Block(text=part, html="") for part in paragraphs_of("\n".join(lines))]
