"""Links to other stories that stand in boxes among a story's paragraphs."""

from __future__ import annotations

from dateline_ingest.cleaning import related_title
from dateline_ingest.formats.hrefs import safe_href
from dateline_ingest.formats.pageclutter import Clutter
from dateline_ingest.formats.pageparts import names_of, tells, visible
from dateline_ingest.formats.words import letters
from dateline_ingest.formats.xmltree import Element
from dateline_schemas.story import Link

_LEAST_TITLE = 20
"""Letters of another story's title."""
_LONGEST_TITLE = 150
"""Characters of one."""
_MOST = 20


def other_stories(part: Element, clutter: Clutter, base: str) -> list[Link]:
    """Links to the stories that teasers and boxes within a part point to."""
    found: list[Link] = []
    stack = [part]
    while stack and len(found) < _MOST:
        one = stack.pop()
        if one not in clutter.noise:
            stack.extend(reversed(one))
        elif one in clutter.teasers or tells(names_of(one), "related") or tells(names_of(one), "teaser"):
            found += [link for anchor in one.iter("a") if (link := _link(anchor, base)) is not None]
    return found[:_MOST]


def _link(anchor: Element, base: str) -> Link | None:
    href, text = safe_href(anchor.get("href") or "", base), visible(anchor, most=_LONGEST_TITLE * 2)
    title = related_title(text)
    if not href or letters(title) < _LEAST_TITLE or len(title) > _LONGEST_TITLE:
        return None
    return Link(href=href, rel="related", title=title)
