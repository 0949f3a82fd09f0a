"""Links to other stories that stand in boxes among a story's paragraphs."""

from __future__ import annotations

from dateline_ingest.cleaning import related_title, verdict
from dateline_ingest.formats.markup.hrefs import safe_href
from dateline_ingest.formats.page.clutter import Clutter
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import visible, within
from dateline_ingest.formats.values.words import letters
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import Link

_LEAST_TITLE = 20
"""Letters of another story's title."""
_LONGEST_TITLE = 150
"""Characters of one."""
_LARGEST = 12
"""Elements of a box that is a pointer and nothing else."""
_MOST = 20


def other_stories(part: Element, clutter: Clutter, base: str) -> list[Link]:
    """Links to the stories that teasers and boxes within a part point to."""
    found: list[Link] = []
    stack = [part]
    while stack and len(found) < _MOST:
        one = stack.pop()
        if one not in clutter.noise:
            stack.extend(reversed(one))
        elif one in clutter.teasers or _points_elsewhere(one):
            found += [link for anchor in one.iter("a") if (link := _link(anchor, base)) is not None]
    return found[:_MOST]


def _points_elsewhere(box: Element) -> bool:
    """Whether a box is called one of other stories, or says no more than that there is one."""
    names = names_of(box)
    if tells(names, "related") or tells(names, "teaser"):
        return True
    if len(list(within(box, _LARGEST + 1))) > _LARGEST or next(box.iter("a"), None) is None:
        return False
    text = visible(box, most=2 * _LONGEST_TITLE)
    return len(text) < 2 * _LONGEST_TITLE and verdict(text, begun=True) == "related"


def _link(anchor: Element, base: str) -> Link | None:
    href, text = safe_href(anchor.get("href") or "", base), visible(anchor, most=_LONGEST_TITLE * 2)
    title = related_title(text)
    if not href or letters(title) < _LEAST_TITLE or len(title) > _LONGEST_TITLE:
        return None
    return Link(href=href, rel="related", title=title)
