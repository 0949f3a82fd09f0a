"""Boxes that ask the reader for something, whatever they are called: newsletter sign-ups, comment forms, log-ins."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from dateline_ingest.formats.pageparts import names_of, tells, visible
from dateline_ingest.formats.xmltree import Element

_FIELDS = frozenset(("email", "password", "tel"))
_MOST_FIELDS = 50
_HIGHEST = 6
"""Levels above a field up to which the box around it may reach."""
_LONGEST = 700
"""Characters of a box: what it promises, its buttons, its small print."""
_SHARE = 0.1
"""Share of the page's prose that a box may hold."""
_NEVER = frozenset(("html", "body", "main", "article"))


def asking_boxes(root: Element, prose: Callable[[Element], float], total: float) -> set[Element]:
    """The largest parts around fields for an address, a password or a comment that are not part of the story.

    ``prose`` gives the letters of prose in an element, ``total`` those of the page.
    """
    found: set[Element] = set()
    for field in islice(root.iter("input", "textarea"), _MOST_FIELDS):
        if field.tag == "textarea" or (field.get("type") or "").lower() in _FIELDS:
            box = _box(field, prose, _SHARE * total)
            if box is not None:
                found.add(box)
    return found


def _box(field: Element, prose: Callable[[Element], float], most: float) -> Element | None:
    box = None
    for above in islice(field.iterancestors(), _HIGHEST):
        if above.tag in _NEVER or tells(names_of(above), "body") or prose(above) > most:
            break
        if next(above.iter("h1", "article"), None) is not None or len(visible(above, most=_LONGEST + 1)) > _LONGEST:
            break
        box = above
    return box
