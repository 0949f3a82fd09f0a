"""Boxes that point to other stories, known by what is in them, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import ENDS, holds, is_larger, is_link, leads_to_image, lies_in, visible
from dateline_ingest.formats.page.prose import Prose
from dateline_ingest.formats.values.words import bare
from dateline_ingest.formats.xml.tree import Element

_TEASER_SHARE = 0.25
"""Share of it that one teaser may hold."""
_NEVER_TEASER = frozenset(("html", "body", "main", "header"))
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_MOST_HEADINGS = 400
_DEEPEST = 5
"""Levels above a heading up to which the teaser around it may reach."""
_LEAST_TITLE = 20
_LONGEST_TEASER = 700
_MOST_TITLES = 5
_BESIDE = 3
"""Parts on either side of a box that are looked at."""
_LONGEST_POINTER = 60
"""Characters of a line that says that other stories follow."""
_LARGEST_BOX = 500
"""Elements of a box of links."""
_NO_BOXES = frozenset((*_HEADINGS, "ul", "ol"))
"""What is told by its lines: a heading, and a list, which goes with the heading over it."""
_LINES = ("p", "li", "div", "span", "h2", "h3", "h4")
_MOST_LINKS = 2000
_PARAGRAPHS = frozenset(("p", "blockquote", "table", "figcaption"))
_LEAST_TEASERS = 3
_LEAST_LEFT = 500
"""Letters of prose that must be left without the lists of other stories; a page with less is a list itself, and keeps
them.
"""


def teaser_lists(root: Element, prose: Prose) -> set[Element]:
    """Teasers of other stories: short parts of one kind side by side, each with one heading that links elsewhere."""
    alike: dict[tuple[Element, object, str | None], dict[Element, int]] = {}
    for heading in islice(root.iter(*_HEADINGS), _MOST_HEADINGS):
        if not _leads_elsewhere(heading):
            continue
        one = heading
        for above in islice(heading.iterancestors(), _DEEPEST):
            if one is not heading:
                group = alike.setdefault((above, one.tag, one.get("class")), {})
                group[one] = group.get(one, 0) + 1
            one = above
    found: set[Element] = set()
    for group in alike.values():
        teasers = [one for one, headings in group.items() if headings == 1 and _is_teaser(one)]
        if len(teasers) >= _LEAST_TEASERS:
            found.update(teasers)
    return found if prose.total - sum(prose.of(one) for one in found) >= _LEAST_LEFT else set()


def named_teasers(root: Element, prose: Prose) -> set[Element]:
    """Teasers of other stories that stand alone: the part around a link that is called a title, and no other text."""
    own = bare("".join(text for one in islice(root.iter("title", "h1"), _MOST_TITLES) for text in one.itertext()))
    found: set[Element] = set()
    for link in islice(root.iter("a"), _MOST_LINKS):
        if not _leads_away(link) or not _is_called_title(link):
            continue
        title = visible(link, most=_LONGEST_TEASER + 1)
        if len(title) < _LEAST_TITLE or bare(title) in own:
            continue
        box = _widest(link, prose)
        if box is not None and prose.of(box) <= _TEASER_SHARE * prose.total:
            found.add(box)
    return found


def pointing_boxes(root: Element, prose: Prose) -> set[Element]:
    """Boxes between paragraphs that lead elsewhere: links stand alone in them, and beside them no sentence.

    Under the last paragraph such a box is left standing: a line in it may tell where the story ends.
    """
    found: set[Element] = set()
    between: dict[Element, bool] = {}
    for link in islice(root.iter("a"), _MOST_LINKS):
        for above in islice(link.iterancestors(), _DEEPEST):
            if above.tag in _PARAGRAPHS:
                break
            if above not in between:
                between[above] = is_between(above, prose)
                if between[above] and _points(above):
                    found |= {above, *_heading_over(above)}
            if between[above]:
                break
    return found


def title_links(part: Element) -> Iterator[Element]:
    """The links in a part that are titles of other pages: those of headings, and those that are called a title."""
    for link in part.iter("a"):
        if not _leads_away(link):
            continue
        headed = holds(link, *_HEADINGS) or lies_in(link, *_HEADINGS)
        if headed or _is_called_title(link):
            yield link


def _is_called_title(link: Element) -> bool:
    return any(tells(names_of(one), "title") for one in _around(link))


def is_between(part: Element, prose: Prose) -> bool:
    """Whether prose of one kind stands both before and after a part."""
    before, behind = (
        {(one.tag, one.get("class")) for one in islice(part.itersiblings(preceding=above), _BESIDE) if prose.of(one)}
        for above in (True, False)
    )
    return not before.isdisjoint(behind)


def _points(box: Element) -> bool:
    """Whether a part says beside its links that they lead to other stories, or has links alone in their lines and says
    little beside them: no sentence, no line of a list.
    """
    if is_larger(box, _LARGEST_BOX) or box.tag in _NO_BOXES or not _is_teaser(box) or holds(box, "figcaption"):
        return False
    said = visible(box, is_link, most=_LONGEST_POINTER + 1)
    if len(said) <= _LONGEST_POINTER and verdict(said, begun=True) in ("others", "related"):
        return True
    if not any(map(_stands_alone, box.iter("a"))) or any(map(_is_sentence, box.iter(*_LINES))):
        return False
    return _is_of_links(box) and all(holds(one, "a") or not visible(one) for one in box.iter("li"))


def _is_of_links(box: Element) -> bool:
    """Whether a box says no more beside its links and headings than in its links."""
    beside = visible(box, lambda one: one.tag == "a" or one.tag in _HEADINGS, most=_LONGEST_TEASER)
    return len(beside) <= sum(len(visible(link, most=_LONGEST_TEASER)) for link in box.iter("a"))


def _heading_over(box: Element) -> Iterator[Element]:
    """The heading right before a box with several links."""
    before = box.getprevious()
    if before is not None and before.tag in _HEADINGS and len(list(islice(box.iter("a"), 2))) > 1:
        yield before


def _stands_alone(link: Element) -> bool:
    """Whether a link elsewhere has its line for itself."""
    above = link.getparent()
    if above is None or not _leads_away(link) or leads_to_image(link):
        return False
    own = visible(link, most=_LONGEST_TEASER)
    return bool(own) and visible(above, is_link, most=1) == ""


def _is_sentence(line: Element) -> bool:
    """Whether a line that is no link ends like a sentence."""
    if lies_in(line, "a"):
        return False
    return visible(line, is_link, most=_LONGEST_TEASER).endswith(ENDS)


def _around(link: Element) -> tuple[Element, ...]:
    """A link, and the heading or part around it if that holds nothing else."""
    above = link.getparent()
    single = link.getprevious() is None and link.getnext() is None  # to count what is beside a link takes long
    alone = above is not None and single and not (above.text or link.tail or "").strip()
    return (link, above) if above is not None and alone else (link,)


def _widest(link: Element, prose: Prose) -> Element | None:
    """The largest part around a link that is a teaser and tells nothing else."""
    box = None
    for above in islice(link.iterancestors(), _DEEPEST):
        more = box is not None and prose.of(above) > prose.of(box) > 0
        if more or above.tag in _PARAGRAPHS or not _is_teaser(above):
            break
        box = above
    return box


def _leads_away(link: Element) -> bool:
    """Whether a link leads to another page."""
    return not (link.get("href") or "#").startswith("#")


def _leads_elsewhere(heading: Element) -> bool:
    """Whether a heading is the title of another page, and a link to it."""
    links = [*heading.iter("a"), *islice(heading.iterancestors("a"), 1)]
    if not any(_leads_away(link) for link in links):
        return False
    return len(visible(heading, most=_LEAST_TITLE + 1)) >= _LEAST_TITLE


def _is_teaser(part: Element) -> bool:
    return (
        part.tag not in _NEVER_TEASER
        and len(visible(part, most=_LONGEST_TEASER + 1)) <= _LONGEST_TEASER
        and not holds(part, "h1")
    )
