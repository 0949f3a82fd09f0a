"""Providers' own markup that states by an attribute what its elements are, rewritten in XHTML's names."""

from __future__ import annotations

from dateline_ingest.formats.newsml_g2.table import Document, table
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, local
from dateline_schemas.story import CreditElement


def retold(root: Element) -> list[CreditElement]:
    """Rename the elements of a document as XHTML has them, in place, and keep its statements of origin.

    A document that the table does not know is left as it is.
    """
    document = table().documents.get(local(root))
    if document is None:
        return []
    credits: list[CreditElement] = []
    for element in list(root.iter("*")):
        kind = element.get(document.attribute, "")
        if where := document.says.get(kind):
            credits.append(CreditElement(where=where, value=spaced(element)))
        if tag := document.tags.get(kind):
            element.tag = tag
        elif kind == document.link.type:
            _link(element, document)
    return [credit for credit in credits if credit.value]


def _link(element: Element, document: Document) -> None:
    """A link whose address and words stand in elements of their own."""
    href = element.findtext(f".//{{*}}{document.link.href}") or ""
    words = element.findtext(f".//{{*}}{document.link.words}") or ""
    element.clear(keep_tail=True)
    element.tag, element.text = "a", words
    element.set("href", href)
