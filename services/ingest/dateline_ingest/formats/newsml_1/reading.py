"""NewsML 1.0 to 1.2 (IPTC, 2000 to 2003): every NewsItem of a message, with NITF, XHTML or plain text inside."""

from __future__ import annotations

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_shared, check_story
from dateline_ingest.formats.newsml_1.envelope import Envelope, envelope_of
from dateline_ingest.formats.newsml_1.story import story_of
from dateline_ingest.formats.plainlines import with_plain_lines
from dateline_ingest.formats.xml.tree import Element, children, local_of, outermost, read_elements
from dateline_schemas.story import Story

NAME = "newsml-1-x"
ROOTS = frozenset(("NewsML", "NewsItem"))
_MOST_PARTS = 10_000


def read(message: Message) -> tuple[Found, ...]:
    """Every NewsItem of the message that has a story, those within another one included. Raises Unparseable."""
    elements = read_elements(message, NAME)
    root = elements[0]
    parts = root.iter("{*}NewsComponent", "{*}ContentItem") if len(elements) > _MOST_PARTS else ()
    if sum(1 for _ in parts) > _MOST_PARTS:
        reason = f"more than {_MOST_PARTS} NewsComponents and ContentItems in one message; have it split"
        raise Unparseable(reason, format=NAME)
    items = [(item, around) for around in outermost(elements, ROOTS) for item in around.iter("{*}NewsItem")]
    check_count(len(items), message.limits, NAME)
    if not items:
        raise Unparseable("the message holds no NewsItem; nothing to take in", format=NAME)
    alone = len(items) == 1
    envelopes = {around: envelope_of(around, alone=alone) for around in dict.fromkeys(around for _, around in items)}
    for envelope in envelopes.values():
        check_shared(envelope.credits, len(items), message.limits, NAME)
    read = each_read(items, lambda one: _story(one[0], envelopes[one[1]], message.limits))
    found = tuple([one for (item, _), one in zip(items, read, strict=True) if _counts(item, one)])
    if not found:
        reason = "no NewsItem has a NewsComponent (Update, TopicSet or NewsManagement alone); ask for the whole item"
        raise Unparseable(reason, format=NAME)
    return found


def _story(item: Element, envelope: Envelope, limits: Limits) -> Story:
    try:
        story = with_plain_lines(story_of(item, envelope, limits))
        return check_story(story, limits, NAME) if _counts(item, story) else story
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME, line=item.sourceline) from fault


def _counts(item: Element, story: Found) -> bool:
    """Whether the item is a version of a story: it has content, or takes the story back. What cannot be read may be.

    One that changes parts of an earlier revision (Update), or its management alone, would replace it with nothing.
    """
    if not isinstance(story, Story) or story.pubstatus != "usable":
        return True
    return any(local_of(child.tag) == "NewsComponent" for child in children(item))
