"""WebSub subscriber (W3C Recommendation, 2018): the hub that a document names delivers its changes to us.

The document is looked at as by the poll door: often while no hub delivers, slowly while one does, so that what a hub
loses is found. The subscription lies in the feed's place, where every process sees it: a hub's call may reach any of
them, not only the one that reads the feed. The secret makes the callback's address and the signatures' key.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs

import msgspec
from msgspec import Struct

from dateline_ingest.doors.addresses import reach_of
from dateline_ingest.doors.discovery import discover
from dateline_ingest.doors.fetching import fetch, http_client
from dateline_ingest.doors.looking import Looked, PollPlace, check_read, wanted
from dateline_ingest.doors.poll import look
from dateline_ingest.doors.renewals import NO_STORE, TokenStore
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import ANSWER_SECONDS, Found, keep_place, reason
from dateline_ingest.doors.source import recall as recall_place
from dateline_ingest.doors.subscription import (
    LEASE,
    Subscription,
    WebSubPlace,
    asking,
    callback_of,
    granted,
    hub_secret,
    lost,
    next_look,
    settled,
    signed,
    token,
)
from dateline_schemas.feeds import Feed

if TYPE_CHECKING:
    import httpx

MOST_REST = 3600.0
MOST_QUERY = 100
"""Members of a hub's query."""
MOST_SAID = 200
"""Bytes of a hub's answer that are told."""
MOST_TAKING = 25.0
"""Seconds until a hub is told to bring it again."""


class PublicRoom(Room, Protocol):
    """A room whose ingest can be reached from outside."""

    @property
    def public_url(self) -> str:
        """Scheme, host and perhaps a path under which hubs reach ingest's HTTP door; empty if they cannot."""


class Reply(Struct, frozen=True):
    """What a hub is answered."""

    status: int
    body: bytes = b""


async def door(room: PublicRoom) -> None:
    """Subscribe, look, renew, until cancelled. Raises DoorFault."""
    if not room.feed.secret:
        raise DoorFault(f"feed {room.feed.name}: WebSub needs a secret of your choice, long and random; name one")
    callback = callback_of(room.public_url, room.secret(), room.feed.name)
    if not callback:
        room.log.warning("no hub can deliver", reason="ingest has no public_url; the feed is polled")
    looking = room.now()
    async with http_client(reach_of(room.feed)) as http:
        while True:
            fault: DoorFault | None = None
            if room.now() >= looking:
                try:
                    looking = room.now() + timedelta(seconds=await _look(room, http, callback))
                except DoorFault as one:  # the hub may deliver all the same
                    fault = one
            due = (await _recall(room)).subscription.due()
            if due is not None and room.now() >= due:
                await _subscribe(room, http)
                due = (await _recall(room)).subscription.due()
            if fault is not None:
                raise fault
            until = min(looking, due) if due is not None else looking
            await room.rest(min(max(0.0, (until - room.now()).total_seconds()), MOST_REST))


async def probe(feed: Feed, secret: str, _: TokenStore = NO_STORE) -> Found:
    """Fetch once; say what is there and whether a hub is named. Raises DoorFault."""
    async with http_client(reach_of(feed)) as http:
        fetched = await fetch(http, wanted(feed, "", PollPlace(url=feed.url)))
    if fetched.status != 200:
        raise DoorFault(f"{fetched.url} answered {fetched.status}; check the feed's url")
    hubs = discover(fetched.links, fetched.data, fetched.media, fetched.url)
    note = f"hub {hubs.hubs[0]}, topic {hubs.topic}" if hubs.hubs else "no hub is named: it would be polled"
    name = fetched.url
    return Found(new=1, name=name, sample=fetched.data, hint=fetched.media, url=name, note=note)


async def verify(room: Room, query: bytes) -> Reply:
    """Answer a hub's GET, which ``is_ours``: verification of intent, or a denial (WebSub 5.2, 5.3)."""
    said = _Query(query)
    place = await _recall(room)
    held = place.subscription
    if not held.topic or said.of("hub.topic") != held.topic:
        room.log.warning("hub asks about another topic", topic=said.of("hub.topic")[:200], ours=held.topic)
        return Reply(404)
    if said.of("hub.mode") == "denied":
        why = said.of("hub.reason")[:200] or "no reason given"
        room.log.warning("hub denies the subscription", topic=held.topic, reason=why)
        await _remember(room, place, lost(held))
        return Reply(200)
    challenge = said.of("hub.challenge").encode()
    if said.of("hub.mode") != "subscribe" or not challenge:
        return Reply(404)
    held = granted(held, room.now(), said.of("hub.lease_seconds"))
    await _remember(room, place, held)
    room.log.info("subscribed", topic=held.topic, lease=held.lease)
    return Reply(200, challenge)


async def deliver(room: Room, headers: Mapping[bytes, bytes], body: bytes) -> int:
    """Take in what a hub delivers (WebSub 7), which ``is_ours``; the status to answer. Header names are in lower case.

    202 when it is on disk, or when it is ignored, as the standard wants, because its signature is wrong. 503 when the
    hub should bring it again: the log does not answer, or the feed is paused. Raises DoorFault without a secret.
    """
    if room.feed.paused:
        return 503
    held = (await _recall(room)).subscription
    if not held.callback or not signed(headers, body, hub_secret(room.secret(), held.callback)):
        room.log.warning("delivery ignored", reason="its signature is missing or wrong", bytes=len(body))
        return 202
    media = headers.get(b"content-type", b"").decode("latin-1")
    try:
        async with asyncio.timeout(MOST_TAKING):
            await room.take(body, hint=media, url=held.topic, name=f"delivery of {held.topic}")
    except TimeoutError:
        return 503
    return 202


def is_ours(room: Room, given: str) -> bool:
    """Whether a callback's path ends as this feed's does. Raises DoorFault without a secret."""
    right = token(room.secret(), room.feed.name)
    return hmac.compare_digest(right.encode(), given.encode("utf-8", "surrogateescape"))


class _Query:
    def __init__(self, query: bytes) -> None:
        try:
            self._members = parse_qs(query.decode("latin-1"), max_num_fields=MOST_QUERY, errors="replace")
        except ValueError:  # more members than any hub sends
            self._members = {}

    def of(self, name: str) -> str:
        return self._members.get(name, [""])[0]


async def _look(room: Room, http: httpx.AsyncClient, callback: str) -> float:
    """Look at the document as the poll door does; seconds until the next look."""
    looked = await look(room, partial(fetch, http), await _recall(room), "")
    place, seen = await _recall(room), looked.place
    held = place.subscription
    if looked.fetched.status == 200:
        fetched = looked.fetched
        held = settled(held, discover(fetched.links, fetched.data, fetched.media, fetched.url), callback)
    if held.active(room.now()) and _missed(looked):
        room.log.warning("hub delivers nothing", topic=held.topic, stories=len(looked.receipts), hub=held.hub)
        held = lost(held)
    new = msgspec.structs.replace(
        place, **{name: getattr(seen, name) for name in PollPlace.__struct_fields__}, subscription=held
    )
    if new != place:
        await keep_place(room, new)
    check_read(looked)
    return next_look(held, room.now(), looked.wait)


def _missed(looked: Looked) -> bool:
    """Whether a look found stories that no hub had delivered."""
    return any(not receipt.duplicate for receipt in looked.receipts)


async def _subscribe(room: Room, http: httpx.AsyncClient) -> None:
    """Ask the hub (WebSub 5.1). Whether it agrees, its verification says; what goes wrong is told, and tried again."""
    import httpx

    from dateline_ingest.doors.reaching import ONLY_INSIDE

    place = await _recall(room)
    held = place.subscription
    hub, secret = held.hub, hub_secret(room.secret(), held.callback)
    # First the note, then the question: the hub may verify before it answers.
    await _remember(room, place, asking(held, room.now()))
    form = {
        "hub.callback": held.callback,
        "hub.mode": "subscribe",
        "hub.topic": held.topic,
        "hub.lease_seconds": str(LEASE),
        "hub.secret": secret,
    }
    try:
        # Without TLS the secret would be shown to everybody between here and there.
        extensions = {ONLY_INSIDE: True} if hub.startswith("http://") else {}
        async with asyncio.timeout(2 * ANSWER_SECONDS):
            async with http.stream("POST", hub, data=form, extensions=extensions) as answer:
                fault = "" if answer.is_success else f"it answered {answer.status_code} {await _beginning(answer)!r}"
    except (httpx.HTTPError, httpx.InvalidURL, OSError, DoorFault) as error:
        fault = reason(error, secret)
    if fault:
        room.log.warning("hub refuses", hub=hub, topic=held.topic, reason=fault.replace(secret, "***"))


async def _beginning(answer: httpx.Response) -> str:
    """What a hub says, its first words: which hub that is, the document decides, and it may never stop."""
    said = bytearray()
    async for part in answer.aiter_bytes(MOST_SAID):
        said += part
        if len(said) >= MOST_SAID:
            break
    return said[:MOST_SAID].decode("utf-8", "replace")


async def _recall(room: Room) -> WebSubPlace:
    return await recall_place(room, WebSubPlace)


async def _remember(room: Room, place: WebSubPlace, held: Subscription) -> None:
    await keep_place(room, msgspec.structs.replace(place, subscription=held))
