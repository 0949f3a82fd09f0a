"""The body of a text wire: paragraphs, tables drawn with strokes, and the closing lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from dateline_ingest.formats.markup.body import Block, escaped
from dateline_ingest.formats.markup.strings import paragraphs_of
from dateline_ingest.formats.textwire.closing import closing_lines, without_ends

_OPENED, _CLOSED = "<table><tbody>", "</tbody></table>"


class WireBody(Struct, frozen=True):
    """What stands in it, in order."""

    paragraphs: tuple[str, ...] = ()
    """Plain text, a paragraph each."""
    parts: tuple[str | Block, ...] = ()
    """The same with headings and rows as blocks; empty where there are plain paragraphs alone."""

    @property
    def html(self) -> str:
        """The same as HTML."""
        if not self.parts:
            return plain_html(self.paragraphs)
        return _html(self.parts)

    @property
    def endlines(self) -> tuple[str, ...]:
        """The lines at the end that say who made the story."""
        return closing_lines(self.paragraphs)

    def without(self, texts: frozenset[str]) -> WireBody:
        """Without what says nothing of the story: marks such as MORE, and the sign of its end."""
        body = self
        if texts and not texts.isdisjoint(self.paragraphs):
            body = body_of_parts([part for part in self.parts or self.paragraphs if _text(part) not in texts])
        kept = without_ends(body.paragraphs)
        if kept == body.paragraphs:
            return body
        pairs = zip(body.parts, kept, strict=False)
        return WireBody(kept, tuple(part if _text(part) == text else text for part, text in pairs))

    def with_line(self, text: str) -> WireBody:
        """With one more paragraph at its end."""
        return WireBody((*self.paragraphs, text), (*self.parts, text) if self.parts else ())


def body_of_parts(parts: Sequence[str | Block]) -> WireBody:
    """The body of paragraphs, which are texts, and of headings and rows."""
    paragraphs = tuple([part if isinstance(part, str) else part.text for part in parts])
    return WireBody(paragraphs, () if paragraphs == tuple(parts) else tuple(parts))


def _html(parts: Iterable[str | Block]) -> str:
    """Neighbouring rows of one group share their table."""
    html: list[str] = []
    table = 0
    for part in parts:
        if isinstance(part, str):
            row, group = f"<p>{escaped(part)}</p>", 0
        elif part.kind == "tr":
            row, group = f"<tr>{part.html}</tr>", part.group
        else:
            row, group = f"<{part.kind}>{escaped(part.text)}</{part.kind}>", 0
        if group != table:
            html.append(f"{_CLOSED if table else ''}{_OPENED if group else ''}")
            table = group
        html.append(row)
    return "".join([*html, _CLOSED]) if table else "".join(html)


def plain_html(paragraphs: tuple[str, ...]) -> str:
    """Plain paragraphs, which have no line breaks, as HTML."""
    if not paragraphs:
        return ""
    return "<p>" + escaped("\n".join(paragraphs)).replace("\n", "</p><p>") + "</p>"


def row_of(columns: str, table: int) -> Block:
    """A row of a table, out of even texts with tabulators between them."""
    text = columns.replace("\t", " ").strip(" ")
    while "  " in text:
        text = text.replace("  ", " ")
    html = escaped(columns).replace("\t", "</td><td>")
    return Block(text=text, html=f"<td>{html}</td>", kind="tr", group=table)


def body_of_text(text: str) -> WireBody:
    """The body in a text whose lines were broken at a measure; rows drawn with strokes become a table."""
    if "|" not in text:
        return WireBody(paragraphs_of(text))
    parts: list[str | Block] = []
    plain: list[str] = []
    group = 0
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 2:
            parts += paragraphs_of("\n".join(plain))
            row = "\t".join([" ".join(cell.split()) for cell in stripped[1:-1].split("|")])
            group += not (parts and isinstance(parts[-1], Block) and not plain)
            plain = []
            parts.append(row_of(row, group))
        else:
            plain.append(line)
    return body_of_parts([*parts, *paragraphs_of("\n".join(plain))])


def _text(part: str | Block) -> str:
    return part if isinstance(part, str) else part.text
