"""NewsML-G2 2.x: newsMessage, newsItem and packageItem, with XHTML, NITF or a provider's own markup inside."""

from __future__ import annotations

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_story
from dateline_ingest.formats.newsml_g2.envelope import ITEMS, Envelope
from dateline_ingest.formats.newsml_g2.plans import KINDS, tells_of_plans
from dateline_ingest.formats.newsml_g2.story import story_of
from dateline_ingest.formats.newsml_g2.table import table
from dateline_ingest.formats.plainlines import with_plain_lines
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
    limits = message.limits
    every = [(item, root) for root in outermost(elements, ROOTS) for item in _items(root)]
    found = [(item, root) for item, root in every if _is_story(item, root)]
    check_count(len(found), limits, NAME)
    if not found:
        raise _no_story([item for item, _ in every])
    envelopes = {root: Envelope(root) for _, root in found}
    alone = len(found) == 1
    return each_read(found, lambda one: _read(one[0], envelopes[one[1]], limits, alone=alone))


def sole_story(item: Element, limits: Limits) -> Story:
    """The story of a newsItem or packageItem that comes without a message around it. Raises Unparseable."""
    return _read(item, Envelope(item), limits, alone=True)


def _items(root: Element) -> list[Element]:
    """What the message holds; items beside the header, outside of an itemSet, are read as if they were in one."""
    if local(root) != "newsMessage":
        return [root]
    parts = tagged(root)
    held = [item for name, part in parts if name == "itemSet" for item in children(part)]
    return held or [part for name, part in parts if name in ROOTS]


def _is_story(item: Element, root: Element) -> bool:
    """An item without guid, metadata and content is only a list of references within the message."""
    if local(item) not in ITEMS:
        return tells_of_plans(item)
    return item is root or bool(item.get("guid")) or any(name in _STORY for name, _ in tagged(item))


def _no_story(items: list[Element]) -> Unparseable:
    """Why a message without stories is refused: what it holds instead."""
    refused = table().refused
    held = dict.fromkeys(f"a {name} ({refused[name]})" for item in items if (name := local(item)) in refused)
    if not held:
        return Unparseable("the message holds no newsItem or packageItem; nothing to take in", format=NAME)
    reason = f"it holds {', '.join(held)} and no story; only newsItem and packageItem are taken in"
    return Unparseable(f"{reason}, so leave it out of this feed", format=NAME, line=items[0].sourceline)


def _read(item: Element, envelope: Envelope, limits: Limits, *, alone: bool) -> Story:
    try:
        story = story_of(item, envelope, limits, alone=alone)
        return check_story(with_plain_lines(story), limits, NAME)
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME, line=item.sourceline) from fault
