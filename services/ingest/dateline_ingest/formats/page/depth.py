"""How deep a page may be nested: what browsers read is read, and no part of it lies deeper than a body may."""

from __future__ import annotations

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.xml.characters import NO_CHARACTER
from dateline_ingest.formats.xml.tree import Element, deeper_than


def level_page(root: Element, limits: Limits, format: str) -> None:
    """Raise what lies deeper than ``limits.depth``. Raises Unparseable for a page deeper than ``limits.page_depth``.

    Such pages never close what they open. What lies too deep comes to stand behind the element that holds it, which
    keeps its text and the paragraphs in their order, as browsers do from 512 levels on.
    """
    if not deeper_than(limits.depth)(root):
        return
    if deeper_than(limits.page_depth)(root):
        reason = f"the page is nested more than {limits.page_depth} levels deep; no browser reads that"
        raise Unparseable(reason, format=format)
    deepest = [root]
    for _ in range(limits.depth - 1):
        deepest = [child for one in deepest for child in one]
    for one in deepest:
        _raise(one)


def _raise(holder: Element) -> None:
    """Set all that lies in an element behind it, in the order of the page, with the texts between."""
    inside = list(holder.iterdescendants())
    for one in (*reversed(inside), holder):
        if len(one) and one.tail:  # what follows it follows the last of what lies in it
            last = one
            while len(last):
                last = last[-1]
            # The parser keeps characters that lxml does not take back.
            last.tail, one.tail = NO_CHARACTER.sub("", (last.tail or "") + one.tail), None
    for one in reversed(inside):
        holder.addnext(one)
