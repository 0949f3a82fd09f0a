"""NewsML-G2 2.x: newsMessage, newsItem and packageItem, with XHTML, NITF or a provider's own markup inside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_shared, check_story
from dateline_ingest.formats.newsml_g2.envelope import ITEMS, Envelope
from dateline_ingest.formats.newsml_g2.plans import KINDS, tells_of_plans
from dateline_ingest.formats.newsml_g2.story import story_of
from dateline_ingest.formats.newsml_g2.table import table
from dateline_ingest.formats.plainlines import with_plain_lines
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local, outermost, read_elements, tagged
from dateline_schemas.story import Story

NAME = "newsml-g2"
ROOTS = frozenset(("newsMessage", *ITEMS, *KINDS, "catalogItem"))
CARRIED = frozenset(("newsMessage", *ITEMS))
"""What messages begin with that stand in an envelope."""
_STORY = frozenset(("itemMeta", "contentMeta", "contentSet"))


def read(message: Message) -> tuple[Found, ...]:
    """Every newsItem and packageItem of the message, and events and plans (``plans.py``). Raises Unparseable."""
    elements = read_elements(message, NAME)  # held while they are read
    found = items_in(elements, message.limits)
    check_count(len(found), message.limits, NAME)
    if not found:
        raise _no_story([item for root in outermost(elements, ROOTS) for item in _items(root)])
    alone = len(found) == 1
    return each_read(found, lambda one: story_in(*one, message.limits, alone=alone))


def items_in(elements: Sequence[Element], limits: Limits) -> list[tuple[Element, Envelope]]:
    """The items with a story in these elements, which come in their order, each with the message that it stands in.

    Raises Unparseable for a message that says too much of all of them.
    """
    found: list[tuple[Element, Envelope]] = []
    for root in outermost(elements, ROOTS):
        envelope, items = Envelope(root), _items(root)
        stories = [item for item in items if _is_story(item, root)]
        check_shared(chain(envelope.credits, map(spaced, envelope.signals)), len(stories), limits, NAME)
        found += [(item, envelope) for item in stories]
        if len(stories) < len(items):
            told = set(stories)
            envelope.explain([item for item in items if item not in told], len(stories))
    return found


def sole_story(item: Element, limits: Limits) -> Story:
    """The story of a newsItem or packageItem that comes without a message around it. Raises Unparseable."""
    return story_in(item, Envelope(item), limits, alone=True)


def story_in(item: Element, envelope: Envelope, limits: Limits, *, alone: bool) -> Story:
    """The story of one of these items; ``alone`` in its message, it has that one's identifier. Raises Unparseable."""
    try:
        story = story_of(item, envelope, limits, alone=alone)
        return check_story(with_plain_lines(story), limits, NAME)
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME, line=item.sourceline) from fault


def _items(root: Element) -> list[Element]:
    """What the message holds; items beside the header, outside of an itemSet, are read as if they were in one."""
    if local(root) != "newsMessage":
        return [root]
    parts = tagged(root)
    held = [item for name, part in parts if name == "itemSet" for item in children(part)]
    return held or [part for name, part in parts if name in ROOTS]


def _is_story(item: Element, root: Element) -> bool:
    """An item without guid, metadata and content is only a list of references within the message.

    One that is no more than its guid in an envelope of another kind is an element that only has the name.
    """
    if local(item) not in ITEMS:
        return tells_of_plans(item)
    if item is root:
        return item.getparent() is None or _has_parts(item)
    return bool(item.get("guid")) or _has_parts(item)


def _has_parts(item: Element) -> bool:
    return any(name in _STORY for name, _ in tagged(item))


def _no_story(items: list[Element]) -> Unparseable:
    """Why a message without stories is refused: what it holds instead."""
    refused = table().refused
    held = dict.fromkeys(f"a {name} ({refused[name]})" for item in items if (name := local(item)) in refused)
    if not held:
        return Unparseable("the message holds no newsItem or packageItem; nothing to take in", format=NAME)
    reason = f"it holds {', '.join(held)} and no story; only newsItem and packageItem are taken in"
    return Unparseable(f"{reason}, so leave it out of this feed", format=NAME, line=items[0].sourceline)
