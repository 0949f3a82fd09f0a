"""Portals' extensions of RSS: whether an item is taken back, and links to other stories. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline_ingest.formats.feeds.names import extensions, folded, foreign
from dateline_ingest.formats.values.words import side_by_side
from dateline_ingest.formats.xml.tree import Element, local_of
from dateline_kernel.remembering import remembered_word

_NONE = frozenset[str]()


def is_deleted(children: Iterable[Element]) -> bool:
    """Whether one of an item's elements says that it is taken back."""
    return any((one.text or "").strip().lower() in taken for one in children if (taken := _taken_back(one.tag)))


@remembered_word
def _taken_back(tag: str) -> frozenset[str]:
    """Values with which an element of this tag takes the item back."""
    return extensions().deleted.get(_own(tag), _NONE)


def related(children: Iterable[Element]) -> Iterator[tuple[str, str]]:
    """Address and title of each other story that an item's elements point to."""
    for child in children:
        if _points(child.tag):
            for one in child.iter("*"):
                address, title = _said(one)
                if address:
                    yield address, title


@remembered_word
def _points(tag: str) -> bool:
    return _own(tag) in extensions().related.elements


def _own(tag: str) -> str:
    """The folded name of an extension's element; empty for one of known modules."""
    return foreign(tag) if tag[:1] == "{" or ":" in tag else folded(tag)


def _said(element: Element) -> tuple[str, str]:
    """What an element's attributes, and parts without any, say of one story; its own text is else the title."""
    names = extensions().related
    said = [(folded(name), value) for name, value in element.items()]
    plain = (part for part in element.iterchildren("*") if not part.attrib)
    said += [(folded(local_of(part.tag)), side_by_side(part.itertext())) for part in plain]
    address = next((value.strip() for name, value in said if name in names.address and value.strip()), "")
    title = next((value.strip() for name, value in said if name in names.title), "")
    return address, title or (element.text or "").strip()
