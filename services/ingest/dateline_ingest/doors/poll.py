"""HTTP poll: a document that is fetched again and again, RSS, Atom, JSON Feed or any other that a reader knows.

One document is one message; one that did not change is not taken in again. Where an entry says that the source has a
cursor, or lists messages of their own, ``pages.py`` looks at it; where it wants a token, ``login.py`` gets it. A
``secret`` is the password of the url's user (Basic, RFC 7617), or a bearer token (RFC 6750) where the url names none.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

import msgspec

from dateline_ingest.deliveries import Handover
from dateline_ingest.doors import pages
from dateline_ingest.doors.addresses import reach_of
from dateline_ingest.doors.courtesy import fresh_for, pause
from dateline_ingest.doors.fetching import Fetched, http_client
from dateline_ingest.doors.login import Ask, asking
from dateline_ingest.doors.looking import PATIENCE, Looked, PollPlace, again, check, check_read, put_off, take, wanted
from dateline_ingest.doors.renewals import NO_STORE, TokenStore
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import Found, keep_place, recall
from dateline_schemas.feeds import Feed

WHOLE_EVERY = timedelta(hours=1)
"""After so long a document is asked for whatever it was: some servers say for ever that it did not change (304)."""


async def door(room: Room) -> None:
    """Take the document in whenever it changed, until cancelled. Raises DoorFault."""
    place = await recall(room, PollPlace)
    busy, whole = 0, room.now()
    async with http_client(reach_of(room.feed)) as http:
        ask = asking(room.feed, http, room)
        looking = pages.look if room.feed.cursor or room.feed.listing else look
        while True:
            asked = place if room.now() - whole < WHOLE_EVERY else msgspec.structs.replace(place, etag="", modified="")
            looked = await looking(room, ask, asked, room.secret() if room.feed.secret else "")
            whole = room.now() if looked.fetched.status == 200 else whole
            if looked.place != place:
                place = looked.place
                await keep_place(room, place)
            check_read(looked)
            busy = busy + 1 if looked.busy else 0
            await room.rest(looked.wait)
            if busy == PATIENCE:
                raise DoorFault(
                    f"{looked.fetched.url} asked {PATIENCE} times in a row to be left alone; look less often"
                )


async def probe(feed: Feed, secret: str, store: TokenStore = NO_STORE) -> Found:
    """Fetch once and say what is there. Raises DoorFault, Unavailable."""
    async with http_client(reach_of(feed)) as http:
        ask, nothing = asking(feed, http, store), PollPlace(url=feed.url)
        fetched = await ask(wanted(feed, secret, nothing))
        check(fetched, nothing)
        if feed.listing:
            return await pages.first(feed, ask, secret, fetched)
        if feed.cursor:
            return pages.brought(feed, fetched)
    note = f"moved permanently to {fetched.moved}; give the feed that url" if fetched.moved else ""
    url, media = fetched.url, fetched.media
    return Found(new=1, name=fetched.url, sample=fetched.data, hint=media, url=url, note=note)


async def look(room: Room, ask: Ask, place: PollPlace, secret: str) -> Looked:
    """Fetch the document, take it in if it changed. The new place is for the caller to remember."""
    fetched, place = await _fetch(room, ask, secret, place)
    if (busy := put_off(room, place, fetched)) is not None:
        return busy
    check(fetched, place)
    await room.reached()
    pausing = pause(room.feed.every, fresh_for(fetched.cache_control, fetched.age), fetched.data)
    digest = place.digest if fetched.status == 304 else hashlib.sha256(fetched.data).digest()
    if digest == place.digest:
        place, handed = again(place), Handover()
    else:
        place, handed = await take(room, place, fetched)
    if fetched.status == 200:
        place = msgspec.structs.replace(place, etag=fetched.etag, modified=fetched.modified, digest=digest)
    return Looked(place=place, fetched=fetched, wait=pausing, receipts=handed.receipts, refused=handed.refused)


async def _fetch(room: Room, ask: Ask, secret: str, place: PollPlace) -> tuple[Fetched, PollPlace]:
    """From where it moved to; if it is not there any more, from where it was."""
    if place.moved:
        try:
            fetched = await ask(wanted(room.feed, secret, place))
            if fetched.status not in (404, 410):
                return fetched, await _moved(room, place, fetched)
        except DoorFault as fault:
            room.log.warning("not where it moved to", moved=place.moved, reason=str(fault))
        await room.moved("")
        place = msgspec.structs.replace(place, moved="", etag="", modified="")
    fetched = await ask(wanted(room.feed, secret, place))
    return fetched, await _moved(room, place, fetched)


async def _moved(room: Room, place: PollPlace, fetched: Fetched) -> PollPlace:
    if not fetched.moved or fetched.moved == place.moved or fetched.status not in (200, 304):
        return place
    room.log.warning("feed moved permanently; give it this url", url=room.feed.url, moved=fetched.moved)
    await room.moved(fetched.moved)
    return msgspec.structs.replace(place, moved=fetched.moved)
