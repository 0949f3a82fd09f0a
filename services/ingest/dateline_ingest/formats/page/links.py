"""Links to other stories that stand in boxes among a story's paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_ingest.cleaning import related_title, verdict
from dateline_ingest.formats.markup.hrefs import safe_href
from dateline_ingest.formats.page.boxes import is_between, title_links
from dateline_ingest.formats.page.clutter import Clutter
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import holds, is_larger, visible
from dateline_ingest.formats.page.phrases import is_title
from dateline_ingest.formats.values.words import fold, letters
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
        else:
            found += [link for anchor in _pointers(one, clutter) if (link := _link(anchor, base)) is not None]
    return found[:_MOST]


def _pointers(box: Element, clutter: Clutter) -> Iterator[Element]:
    """The links of a box that is none of the story: all of one about other stories, titles in one amid paragraphs."""
    if box in clutter.teasers or _points_elsewhere(box):
        yield from box.iter("a")
    elif is_between(box, clutter.prose):
        yield from title_links(box)


def _points_elsewhere(box: Element) -> bool:
    """Whether a box is called one of other stories, or says no more than that there is one."""
    names = names_of(box)
    if tells(names, "related") or tells(names, "teaser"):
        return True
    if is_larger(box, _LARGEST) or not holds(box, "a"):
        return False
    text = visible(box, most=2 * _LONGEST_TITLE)
    return len(text) < 2 * _LONGEST_TITLE and verdict(text, begun=True) == "related"


def _link(anchor: Element, base: str) -> Link | None:
    href, text = safe_href(anchor.get("href") or "", base), _title(anchor)
    title = related_title(text)
    if not href or letters(title) < _LEAST_TITLE or len(title) > _LONGEST_TITLE:
        return None
    return Link(href=href, rel="related", title=title)


def _title(anchor: Element) -> str:
    """The title in a link: of several parts the only one that may be one; labels and dates stand beside it."""
    parts = list(anchor.iterchildren("*"))
    if any(fold(text or "") for text in (anchor.text, *(part.tail for part in parts))):
        return visible(anchor, most=2 * _LONGEST_TITLE)
    if len(parts) == 1:
        return _title(parts[0])
    called = [part for part in parts if tells(names_of(part), "title")]
    said = [text for part in called or parts if is_title(text := visible(part, most=2 * _LONGEST_TITLE))]
    return said[0] if len(said) == 1 else visible(anchor, most=2 * _LONGEST_TITLE)
