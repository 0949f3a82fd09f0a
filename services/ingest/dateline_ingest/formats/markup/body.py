"""A story's body: plain paragraphs, and the same as clean HTML, put together from blocks."""

from __future__ import annotations

from html import escape
from typing import Literal

from msgspec import Struct

from dateline_ingest.formats.values.endline import endlines
from dateline_schemas.story import CreditElement

Kind = Literal["p", "h2", "h3", "h4", "ul", "ol", "tr", "bq"]
"""What a block is: ul and ol an item of such a list, tr a row of a table, bq a paragraph of a quotation."""

_GROUPS = {"ul": ("<ul>", "</ul>"), "ol": ("<ol>", "</ol>"), "tr": ("<table><tbody>", "</tbody></table>")}
_GROUPS |= {"bq": ("<blockquote>", "</blockquote>")}
_TAGS = {"ul": "li", "ol": "li", "bq": "p"}


class Block(Struct, frozen=True, kw_only=True, gc=False):
    """One paragraph, list item or table row."""

    text: str
    html: str
    """Inner HTML: inline markup, or the cells of a row."""
    kind: Kind = "p"
    group: int = 0
    """Blocks of one list, table or quotation have the same number."""
    linked: float = 0.0
    """Share of the text that is in links, 0 to 1."""
    hrefs: tuple[str, ...] = ()


class Body(Struct, frozen=True, gc=False):
    """Paragraphs as plain text, and as HTML of p, h2-h4, ul, ol, li, tables, blockquote, a, em, strong, b, i, br."""

    paragraphs: tuple[str, ...] = ()
    html: str = ""
    tabled: int = 0
    """How many paragraphs there are up to the end of the last table of more than one column; 0 without one."""

    def end_credits(self) -> list[CreditElement]:
        """Its ``endlines`` as credits, for formats in which nothing else shows what an end line is."""
        return [CreditElement(where="endline", value=line) for line in endlines(self.paragraphs, self.tabled)]

    @property
    def words(self) -> int:
        """Words in all paragraphs together, as whitespace parts them."""
        return sum(len(text.split()) for text in self.paragraphs)


def body_of(blocks: tuple[Block, ...]) -> Body:
    """A body of these blocks; neighbours of one list, table or quotation share its element."""
    html: list[str] = []
    opened: tuple[Kind, int] | None = None
    for block in blocks:
        kind = block.kind
        if opened and opened != (kind, block.group):
            html.append(_GROUPS[opened[0]][1])
            opened = None
        if kind not in _GROUPS:
            html.append(f"<{kind}>{block.html}</{kind}>")
            continue
        if not opened:
            opened = kind, block.group
            html.append(_GROUPS[kind][0])
        tag = _TAGS.get(kind, kind)
        html.append(f"<{tag}>{block.html}</{tag}>")
    if opened:
        html.append(_GROUPS[opened[0]][1])
    tabled = _tabled(blocks) if _GROUPS["tr"][0] in html else 0
    return Body(tuple([block.text for block in blocks]), "".join(html), tabled)


def _tabled(blocks: tuple[Block, ...]) -> int:
    last = range(len(blocks), 0, -1)
    return next((at for at in last if (row := blocks[at - 1]).kind == "tr" and row.html.count("</t") > 1), 0)


def body_of_lines(paragraphs: tuple[str, ...]) -> Body:
    """A body of plain paragraphs."""
    return Body(paragraphs, "".join([f"<p>{escaped(text)}</p>" for text in paragraphs]))


def escaped(text: str) -> str:
    """Text as HTML: ``&``, ``<`` and ``>`` escaped."""
    if "&" in text or "<" in text or ">" in text:  # seldom, and looking is quicker than replacing
        return escape(text, quote=False)
    return text


def trimmed(html: str) -> str:
    """A block's inside without space and line breaks at its ends."""
    html = html.strip()
    while html.endswith("<br>"):
        html = html[:-4].rstrip()
    while html.startswith("<br>"):
        html = html[4:].lstrip()
    return html
