"""Polled interfaces that have a cursor, or list entries that are messages of their own: queues, channels.

The order is the same as everywhere: take, which returns when it is on disk or in quarantine; then acknowledge; then
remember. What breaks in between is handed out again, and the version rules see that it is known.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from dateline_ingest.deliveries import Handover
from dateline_ingest.doors.courtesy import asked_wait
from dateline_ingest.doors.fetching import Fetched, Wanted, origin
from dateline_ingest.doors.login import Ask
from dateline_ingest.doors.looking import Looked, PollPlace, check, put_off, take, wanted
from dateline_ingest.doors.pointers import Entry, count_at, entries_at, next_link, value_at
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import Found
from dateline_schemas.feeds import Feed
from dateline_schemas.interfaces import Listing

MOST_SEEN = 10_000
"""Entries that are remembered of a source that lists them again and again."""
GONE = {404, 410}
"""Answers to an acknowledgement that came too late: the entry is handed out again."""


async def look(room: Room, ask: Ask, place: PollPlace, secret: str) -> Looked:
    """Take one answer in, with all that it lists. The new place is for the caller to remember. Raises DoorFault."""
    feed = room.feed
    fetched = await ask(_wanted(feed, secret, place))
    if place.next and feed.cursor and fetched.status in feed.cursor.expired:
        room.log.warning("the source forgot the place; begun anew", status=fetched.status)
        place = msgspec.structs.replace(place, next="")
        fetched = await ask(_wanted(feed, secret, place))
    if (busy := put_off(room, place, fetched)) is not None:
        return busy
    check(fetched)
    await room.reached()
    if feed.listing:
        place = await _entries(room, ask, place, secret, fetched)
    following = _following(feed, fetched, place)
    brought = not feed.cursor or not feed.cursor.items or count_at(fetched.data, feed.cursor.items) > 0
    handed = Handover()
    if brought and not feed.listing:
        place, handed = await take(room, place, fetched)
    moved = following != place.next
    place = msgspec.structs.replace(place, next=following)
    # A cursor is followed until it brings nothing more; a queue says in Retry-After when it has more.
    asked = asked_wait(fetched.retry_after, room.now())
    more = bool(feed.cursor and feed.cursor.items) and brought and moved
    wait = 0.0 if more else feed.every if asked is None else asked
    return Looked(place=place, fetched=fetched, wait=wait, refused=handed.refused)


async def first(feed: Feed, ask: Ask, secret: str, fetched: Fetched) -> Found:
    """What a listing has, with its first entry as the sample; nothing is acknowledged. Raises DoorFault."""
    assert feed.listing is not None
    entries = entries_at(fetched.data, feed.listing.items, feed.listing.id)
    if not entries:
        return Found(new=0)
    data, hint, url = await _message(feed, feed.listing, ask, secret, entries[0])
    note = "entries are acknowledged once they are on disk; none is now" if feed.listing.acknowledge else ""
    return Found(new=len(entries), name=f"entry {entries[0].id[:80]}", sample=data, hint=hint, url=url, note=note)


def brought(feed: Feed, fetched: Fetched) -> Found:
    """What the first answer of a cursor has. Raises DoorFault where it does not say what comes next."""
    assert feed.cursor is not None
    following = _following(feed, fetched, PollPlace(url=feed.url))
    if not following:
        raise DoorFault(f"{fetched.url}: the answer says no next address at {feed.cursor.next}; correct cursor.next")
    count = count_at(fetched.data, feed.cursor.items) if feed.cursor.items else 1
    note = f"{count} items at {feed.cursor.items or 'the root'}; the next answer is at {following}"
    name = fetched.url if count else ""
    return Found(new=min(count, 1), name=name, sample=fetched.data, hint=fetched.media, url=fetched.url, note=note)


async def _entries(room: Room, ask: Ask, place: PollPlace, secret: str, fetched: Fetched) -> PollPlace:
    listing = room.feed.listing
    assert listing is not None
    seen = dict.fromkeys(place.seen)
    late = 0
    for entry in entries_at(fetched.data, listing.items, listing.id):
        digest = hashlib.sha256(entry.id.encode()).digest()[:12]
        if digest in seen and not listing.acknowledge:
            continue
        data, hint, url = await _message(room.feed, listing, ask, secret, entry)
        handed = await room.take(data, hint=hint, url=url, name=f"entry {entry.id[:80]}")
        if handed.wall:  # the entry itself was not handed out: it is asked for again
            raise DoorFault(f"{url or fetched.url} answered with {handed.wall}, and no story: {handed.refused}")
        if listing.acknowledge:
            late += await _acknowledge(room.feed, listing, ask, secret, entry)
        else:
            seen[digest] = None
    if late:
        room.log.warning("acknowledged too late; they come again", entries=late)
    return msgspec.structs.replace(place, seen=tuple(seen)[-MOST_SEEN:])


async def _message(feed: Feed, listing: Listing, ask: Ask, secret: str, entry: Entry) -> tuple[bytes, str, str]:
    """Bytes, media type and address of what an entry stands for."""
    if not listing.fetch:
        return entry.data, "", ""
    fetched = await ask(_of_entry(feed, listing.fetch, secret, entry))
    check(fetched)
    return fetched.data, fetched.media, fetched.url


async def _acknowledge(feed: Feed, listing: Listing, ask: Ask, secret: str, entry: Entry) -> bool:
    """Whether it came too late. Raises DoorFault where the source does not take it."""
    wanted = msgspec.structs.replace(_of_entry(feed, listing.acknowledge, secret, entry), method="DELETE")
    fetched = await ask(wanted)
    if fetched.status in GONE:
        return True
    if not 200 <= fetched.status < 300:
        said = f"{fetched.url} answered {fetched.status} to the acknowledgement of an entry that is on disk"
        raise DoorFault(f"{said}; it will come again. Check `acknowledge`, or ask the provider")
    return False


def _of_entry(feed: Feed, template: str, secret: str, entry: Entry) -> Wanted:
    bare = _bare(feed, secret)
    return msgspec.structs.replace(bare, url=urljoin(bare.url, template.replace("{id}", quote(entry.id, safe=""))))


def _wanted(feed: Feed, secret: str, place: PollPlace) -> Wanted:
    bare = _bare(feed, secret)
    return msgspec.structs.replace(bare, url=place.next) if place.next else bare


def _bare(feed: Feed, secret: str) -> Wanted:
    return wanted(feed, secret, PollPlace(url=feed.url))


def _following(feed: Feed, fetched: Fetched, place: PollPlace) -> str:
    """Where the next answer is; where this one was, if it does not say. Raises DoorFault for another host."""
    if feed.cursor is None:
        return ""
    said = next_link(fetched.links) if feed.cursor.next == "link" else value_at(fetched.data, feed.cursor.next)
    if not said:
        return place.next
    url = urljoin(fetched.url, said)
    if feed.cursor.add:
        url += f"{'&' if urlsplit(url).query else '?'}{feed.cursor.add}"
    try:
        here, there = urlsplit(feed.url), urlsplit(url)
        if there.scheme == "http":
            url = there._replace(scheme=here.scheme).geturl()
        at_home = origin(url) == origin(feed.url)
    except ValueError as error:
        raise DoorFault(f"{fetched.url}: what is said to be the next address is none ({error})") from error
    if not at_home:
        theirs, ours = (one.netloc.rpartition("@")[2] for one in (there, here))
        raise DoorFault(f"the next answer is said to be at {theirs}, not at {ours}; ask the provider")
    return url
