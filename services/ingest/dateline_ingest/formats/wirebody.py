"""The body of a text wire: paragraphs, tables drawn with strokes, and the closing lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from msgspec import Struct

from dateline_ingest.formats.body import Block
from dateline_ingest.formats.closing import closing_lines, without_ends
from dateline_ingest.formats.markup import paragraphs_of


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
        return "".join(_html(key, members) for key, members in groupby(self.parts, _shape))

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
    paragraphs = tuple(part if isinstance(part, str) else part.text for part in parts)
    plain = all(isinstance(part, str) for part in parts)
    return WireBody(paragraphs, () if plain else tuple(parts))


def _shape(part: str | Block) -> tuple[str, int]:
    return ("p", 0) if isinstance(part, str) else (part.kind, part.group)


def _html(shape: tuple[str, int], parts: Iterable[str | Block]) -> str:
    """Neighbours of one shape."""
    kind, _ = shape
    if kind == "tr":
        rows = "</tr><tr>".join(part.html for part in parts if isinstance(part, Block))
        return f"<table><tbody><tr>{rows}</tr></tbody></table>"
    return f"<{kind}>{_joined(list(map(_text, parts)), f'</{kind}><{kind}>')}</{kind}>"


def plain_html(paragraphs: tuple[str, ...]) -> str:
    """Plain paragraphs, which have no line breaks, as HTML."""
    return f"<p>{_joined(paragraphs, '</p><p>')}</p>" if paragraphs else ""


def cells(texts: list[str], group: int) -> Block:
    """A row of a table."""
    html = f"<td>{_joined(texts, '</td><td>')}</td>"
    return Block(text=" ".join(filter(None, texts)), html=html, kind="tr", group=group)


def _joined(texts: Sequence[str], between: str) -> str:
    """Texts of one line each, escaped, with tags between them."""
    text = "\n".join(texts)
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    return text.replace("\n", between)


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
            row = [" ".join(cell.split()) for cell in stripped[1:-1].split("|")]
            group += not (parts and isinstance(parts[-1], Block) and not plain)
            plain = []
            parts.append(cells(row, group))
        else:
            plain.append(line)
    return body_of_parts([*parts, *paragraphs_of("\n".join(plain))])


def _text(part: str | Block) -> str:
    return part if isinstance(part, str) else part.text
