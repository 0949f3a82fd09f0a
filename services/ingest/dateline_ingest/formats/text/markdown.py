"""Wire texts written in Markdown (CommonMark 0.31): headings, emphasis and links become text, links a list. Pure."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_ingest.formats.markup.hrefs import safe_href
from dateline_ingest.formats.values.words import fold
from dateline_schemas.story import Association, Link

_MOST = 200
"""Most links and pictures of one text."""
_TARGET = r"\(\s*<?(?P<href>(?:https?://|mailto:|/|#)[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+[\"'(][^\n]{0,300}[\"')])?\s*\)"
_INLINE = re.compile(rf"(?P<picture>!?)\[(?P<text>[^\[\]]{{0,600}})\]{_TARGET}")
_REFERENCE = re.compile(r"(?P<picture>!?)\[(?P<text>[^\[\]]{1,600})\] ?\[(?P<label>[^\[\]\n]{0,100})\]")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]\n]{1,100})\]:\s*<?(?P<href>https?://[^\s<>]+)>?[^\n]{0,300}$\n?", re.MULTILINE
)
_ADDRESS = re.compile(r"<(?P<href>https?://[^\s<>]{1,2000}|(?:mailto:)?[\w.+-]{1,80}@[\w.-]{1,120})>")
_STRONG = re.compile(r"(?<![*\w])(\*{2,3})(?=[^\s*])([^*\n]{1,2000}(?:\n[^*\n]{1,2000}){0,8}?)(?<=\S)\1(?![*\w])")
_UNDERLINED = re.compile(r"(?<![_\w])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=\S)\1(?![_\w])")
_SLANTED = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*(?![*\w])")
_CODE = re.compile(r"(?<!`)`([^`\n]{1,300})`(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_UNDER = re.compile(r"^(?P<text>\S[^\n]{0,300})\n {0,3}(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
_ITEM = re.compile(r"^ {0,3}(?:[*+-]|\d{1,3}[.)])[ \t]+(?=\S)", re.MULTILINE)
_BULLET = re.compile(r"^ {0,3}[*+-][ \t]+(?=\S)", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$\n?", re.MULTILINE)


class Plain(Struct, frozen=True):
    """A text without its markup."""

    text: str
    links: tuple[Link, ...] = ()
    pictures: tuple[Association, ...] = ()


def is_markdown(text: str) -> bool:
    """Whether a text is in Markdown: a link or strong emphasis in it, or a headline that is marked as one.

    A dash, a star or a number before a line, and ``#`` over notes, stand in wires that are none.
    """
    if text.startswith("# ") or ("\n===" in text and _titled(text)):
        return True
    if not ("](" in text or "**" in text or "__" in text or "]: http" in text):
        return False
    return any(pattern.search(text) for pattern in (_INLINE, _STRONG, _DEFINITION))


def _titled(text: str) -> bool:
    """Whether the first line is underlined with a row of equals signs."""
    first, _, rest = text.partition("\n")
    second = rest.partition("\n")[0].strip()
    return len(second) >= 3 and not second.strip("=") and bool(first.strip())


def plain_of(text: str) -> Plain:
    """The text of Markdown, a paragraph each for headings and items; its links and pictures in their order."""
    reading = _Reading({found["label"].casefold(): found["href"] for found in _DEFINITION.finditer(text)})
    text = _DEFINITION.sub("", text)
    text = _UNDER.sub(r"\n\g<text>\n", text)
    text = _RULE.sub("\n", text)
    text = _HEADING.sub(r"\n\1\n", _QUOTED.sub("", text))
    text = _BULLET.sub("", _ITEM.sub(r"\n\g<0>", text))
    text = _ADDRESS.sub(reading.address, _REFERENCE.sub(reading.referred, _INLINE.sub(reading.linked, text)))
    for pattern, group in ((_STRONG, 2), (_UNDERLINED, 2), (_SLANTED, 1), (_STRONG, 2), (_CODE, 1)):
        text = pattern.sub(rf"\g<{group}>", text)
    return Plain(_ESCAPE.sub(r"\1", text), tuple(reading.links), tuple(reading.pictures))


class _Reading:
    def __init__(self, targets: dict[str, str]) -> None:
        self.targets = targets
        self.links: list[Link] = []
        self.pictures: list[Association] = []

    def linked(self, found: re.Match[str]) -> str:
        """A link with its target, or a picture."""
        return self._taken(found, found["href"])

    def referred(self, found: re.Match[str]) -> str:
        """A link whose target is given elsewhere, under its label or its own text."""
        href = self.targets.get((found["label"] or found["text"]).casefold(), "")
        return self._taken(found, href) if href else found[0]

    def address(self, found: re.Match[str]) -> str:
        """An address that is its own text."""
        href = found["href"]
        self._link(href if ":" in href else f"mailto:{href}", "")
        return href.removeprefix("mailto:")

    def _taken(self, found: re.Match[str], href: str) -> str:
        said = fold(found["text"])
        if not found["picture"]:
            self._link(href, said)
            return found["text"]
        if safe_href(href, "") and len(self.pictures) < _MOST:
            self.pictures.append(Association(rel="picture", type="picture", href=href, caption=said))
        return ""

    def _link(self, href: str, title: str) -> None:
        if safe_href(href, "") and len(self.links) < _MOST:
            self.links.append(Link(href=href, rel="related", title=title))
