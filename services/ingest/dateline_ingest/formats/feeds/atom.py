"""Atom 1.0 (RFC 4287) with tombstones (RFC 6721), threading (RFC 4685), Dublin Core, GeoRSS and Media RSS.

A message is a feed of entries, an entry alone, or a deleted entry alone.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.feeds.about import atom_links
from dateline_ingest.formats.feeds.atombase64 import decode_texts
from dateline_ingest.formats.feeds.atomentry import UPDATED, Feed, feed_of, plain, story_of
from dateline_ingest.formats.feeds.digests import digests_of
from dateline_ingest.formats.feeds.item import FeedItem
from dateline_ingest.formats.feeds.names import ATOM, TOMBSTONE, normalise
from dateline_ingest.formats.feeds.parts import person
from dateline_ingest.formats.feeds.usage import embargo, is_pulled, pubstatus
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.message import Found, Limits, Message, check_entries, check_shared, check_story
from dateline_ingest.formats.newsml_g2.envelope import Envelope
from dateline_ingest.formats.newsml_g2.reading import items_in, story_in
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.status import latest, stricter
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, local, read_elements
from dateline_ingest.instants import instant, rfc3339
from dateline_schemas.story import CreditElement, Story, Subject

NAME = "atom"
ROOTS = frozenset(("feed", "entry", "deleted-entry"))
_ENTRIES = (f"{ATOM}entry", f"{TOMBSTONE}deleted-entry")


def read(message: Message) -> tuple[Found, ...]:
    """Every entry of the feed, deleted ones too. Raises Unparseable."""
    elements = read_elements(message, NAME)  # held while they are read
    root = elements[0]
    digests = digests_of(root)
    normalise(root, core=ATOM)
    decode_texts(root)
    entries = [root] if root.tag in _ENTRIES else [child for child in root if child.tag in _ENTRIES]
    check_entries(len(entries), message.limits, NAME)
    if not entries:
        raise Unparseable("the feed has no entries; nothing to take in", format=NAME, path=f"/{local(root)}")
    feed = Feed() if root.tag in _ENTRIES else feed_of(FeedItem(root), message.url)
    check_shared([*feed.credits, *feed.rights, feed.notice], len(entries), message.limits, NAME)
    told = [one for entry in entries for one in _told(FeedItem(entry), digests.get(entry, ""), message.limits)]
    return each_read(told, lambda one: _entry(one, feed, message), [one.digest for one in told])


class _Told(Struct, frozen=True):
    """What one story is read from."""

    entry: FeedItem
    digest: str
    """The entry's, if it tells of no other story."""
    carried: tuple[Element, Envelope] | None = None
    """The item of NewsML-G2 around which the entry is no more than an envelope."""


def _told(entry: FeedItem, digest: str, limits: Limits) -> list[_Told]:
    """The stories of an entry: its own, or those of the items that it carries."""
    filled = (content for content in entry.all(f"{ATOM}content") if len(content))
    carried = [item for content in filled for item in items_in(list(content.iter("*")), limits)]
    alone = digest if len(carried) == 1 else ""
    return [_Told(entry, alone, item) for item in carried] or [_Told(entry, digest)]


def _entry(told: _Told, feed: Feed, message: Message) -> Story:
    entry = told.entry
    if told.carried is None:
        is_deleted = entry.element.tag == _ENTRIES[1]
        own = _deleted(entry, message.url) if is_deleted else story_of(entry, feed, message.url, message.limits)
        return check_story(own, message.limits, NAME)
    story = story_in(*told.carried, message.limits, alone=False)
    guid = plain(entry, "id")
    return replace(
        story,
        alt_ids=once([*story.alt_ids, *([Subject(scheme="atom:id", code=guid)] if guid else [])]),
        pubstatus=stricter(story.pubstatus, pubstatus(entry)),
        pulled=story.pulled or is_pulled(entry),
        embargo=latest(story.embargo, embargo(entry)),
        version_created=story.version_created or entry.when(*UPDATED),
    )


def _deleted(entry: FeedItem, url: str) -> Story:
    """An entry that is taken back (RFC 6721): its identifier is ``ref``, the version is when that was."""
    when = instant(entry.element.get("when", ""))
    by = [CreditElement(where="author", value=said) for one in entry.all(f"{TOMBSTONE}by") if (said := person(one))]
    return Story(
        guid=fold(entry.element.get("ref", "")),
        version=rfc3339(when),
        language=entry.language,
        pubstatus="canceled",
        version_created=when,
        ed_note=entry.text(f"{TOMBSTONE}comment"),
        signals=("deleted",),
        credits=tuple(by),
        links=tuple(atom_links(entry, entry.base(url))),
    )
