"""Word's documents (.docx: WordprocessingML, ECMA-376-1 section 17): the paragraphs of the text, read as plain text is.

Not by python-docx, the library for it: it unpacks every part of the file without a bound, and passes over text within
tracked insertions and content controls.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline_ingest.formats.documents.document import Document, story_in
from dateline_ingest.formats.documents.office import Package, office_kind
from dateline_ingest.formats.message import Message, check_story
from dateline_ingest.formats.xml.tree import Element, children, local
from dateline_schemas.story import Story

NAME = "docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PROPERTIES = "docProps/core.xml"
_ASIDE = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "sdtPr", "sectPr", "tblPr", "trPr", "tcPr", "rt")
)
"""Not read: deleted text, the second form of text that stands there twice, field commands, properties, readings."""
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def is_docx(data: bytes) -> bool:
    """Whether the bytes are such a document."""
    return office_kind(data) == NAME


def read(message: Message) -> tuple[Story, ...]:
    """The one story of the document. Raises Unparseable."""
    package = Package(message.data, message.limits, NAME)
    document = _document(package, tuple(_lines(package.xml(package.main()))))
    return (check_story(story_in(document, message.limits, NAME), message.limits, NAME),)


def _document(package: Package, lines: tuple[str, ...]) -> Document:
    """The lines with what the package says of itself (ECMA-376-2 section 8)."""
    said = {local(one): one.text or "" for one in children(package.xml(_PROPERTIES))} if _PROPERTIES in package else {}
    return Document(
        lines=lines,
        title=said.get("title", ""),
        author=said.get("creator", ""),
        language=said.get("language", "").strip(),
    )


def _lines(element: Element) -> Iterator[str]:
    """A line for each paragraph, and for each row of a table."""
    for one in children(element):
        name = local(one)
        if name == "p":
            boxes: list[Element] = []
            yield "".join(_pieces(one, boxes))
            for box in boxes:
                yield from _lines(box)
        elif name == "tr":
            cells = [" ".join(filter(None, map(str.strip, _lines(cell)))) for cell in children(one)]
            yield "\t".join(cells)
        elif name not in _ASIDE:
            yield from _lines(one)


def _pieces(element: Element, boxes: list[Element]) -> Iterator[str]:
    """The text of a paragraph; text boxes anchored in it are put into ``boxes``, to follow it."""
    for one in children(element):
        name = local(one)
        if name == "t":
            yield one.text or ""
        elif name == "txbxContent":
            boxes.append(one)
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "r" and _is_hidden(one):
            continue
        elif name not in _ASIDE:
            yield from _pieces(one, boxes)


def _is_hidden(run: Element) -> bool:
    """Whether a run of text has ``vanish`` among its properties."""
    for properties in children(run)[:1]:
        if local(properties) == "rPr":
            return any(local(one) == "vanish" and _is_on(one) for one in children(properties))
    return False


def _is_on(element: Element) -> bool:
    return not any(value in ("0", "false", "off") for value in element.values())
