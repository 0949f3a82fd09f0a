"""Texts of LibreOffice and OpenOffice (.odt: ISO/IEC 26300, OpenDocument): the paragraphs, read as plain text is."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_ingest.formats.documents.document import Document, story_in
from dateline_ingest.formats.documents.office import Package, office_kind
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Message, check_story
from dateline_ingest.formats.xml.tree import Element, children, local
from dateline_schemas.story import Story

NAME = "odt"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_ASIDE = frozenset(
    (
        "tracked-changes", "note", "annotation", "ruby-text", "forms", "sequence-decls", "variable-decls", "bookmark",
        "user-field-decls", "table-of-content", "font-face-decls", "automatic-styles", "scripts",
        "hidden-text", "hidden-paragraph",
    )
)  # fmt: skip
"""Not read: deleted text, notes, readings, declarations, tables of contents, hidden text."""
_MOST_SPACES = 100


def is_odt(data: bytes) -> bool:
    """Whether the bytes are such a document."""
    return office_kind(data) == NAME


def read(message: Message) -> tuple[Story, ...]:
    """The one story of the document. Raises Unparseable."""
    package = Package(message.data, message.limits, NAME)
    if _is_locked(package):
        raise Unparseable("the document is locked with a password; send it without one", format=NAME)
    document = _document(package, tuple(_lines(package.xml("content.xml"))))
    return (check_story(story_in(document, message.limits, NAME), message.limits, NAME),)


def _is_locked(package: Package) -> bool:
    name = "META-INF/manifest.xml"
    return name in package and any(local(one) == "encryption-data" for one in package.xml(name).iter())


def _document(package: Package, lines: tuple[str, ...]) -> Document:
    """The lines with what the file says of itself (section 4.3.2 of part 3)."""
    said: dict[str, str] = {}
    for one in package.xml("meta.xml").iter() if "meta.xml" in package else ():
        said.setdefault(local(one), one.text or "")
    return Document(
        lines=lines,
        title=said.get("title", ""),
        author=said.get("initial-creator", "") or said.get("creator", ""),
        language=said.get("language", "").strip(),
    )


def _lines(element: Element) -> Iterator[str]:
    """A line for each paragraph or heading, and for each row of a table."""
    for one in children(element):
        name = local(one)
        if name in ("p", "h"):
            boxes: list[Element] = []
            yield "".join(_pieces(one, boxes))
            for box in boxes:
                yield from _lines(box)
        elif name == "table-row":
            yield "\t".join([" ".join(filter(None, map(str.strip, _lines(cell)))) for cell in children(one)])
        elif name not in _ASIDE:
            yield from _lines(one)


def _pieces(element: Element, boxes: list[Element]) -> Iterator[str]:
    """A paragraph's text, runs of space written out; text boxes anchored in it go into ``boxes``, to follow it."""
    yield element.text or ""
    for one in children(element):
        name = local(one)
        if name == "s":
            count = next((value for key, value in one.items() if key.endswith("}c")), "1")
            yield " " * min(int(count[:4]) if count.isascii() and count.isdecimal() else 1, _MOST_SPACES)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name == "text-box":
            boxes.append(one)
        elif name not in _ASIDE:
            yield from _pieces(one, boxes)
        yield one.tail or ""
