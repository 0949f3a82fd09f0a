"""IMAP pull: the mails of one mailbox, in the order in which they came.

``imaps://user@host/INBOX`` speaks TLS from the first byte, ``imap://`` by STARTTLS; without TLS no password is sent.
Mails are read without being marked as read. Where the server has IDLE (RFC 2177), a mail is taken when it comes. A
``login`` in the feed's entry gives an OAuth 2 token, which is shown instead of a password (RFC 7628, or XOAUTH2).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import msgspec

from dateline_ingest.doors.addresses import reach_of
from dateline_ingest.doors.login import Tokens
from dateline_ingest.doors.mailbox import Mailbox, NoSuchMailbox, Selected
from dateline_ingest.doors.renewals import NO_STORE, TokenStore
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import (
    CONNECT_SECONDS,
    MOST_BYTES,
    Address,
    Found,
    Place,
    address,
    advice,
    keep_place,
    reason,
    recall,
)
from dateline_schemas.feeds import Feed

PORTS = {"imaps": 993, "imap": 143}
TAKEN = "Taken"
"""Mailbox where mails go that were dealt with, if ``after`` is ``move``."""
HINT = "message/rfc822"
AT_ONCE = 200
"""Mails whose sizes are asked for together."""


class MailPlace(Place, frozen=True, kw_only=True):
    """The last mail that was dealt with."""

    validity: int = 0
    last: int = 0


async def door(room: Room) -> None:
    """Take the mailbox's mails in, until cancelled. Raises DoorFault."""
    place = await recall(room, MailPlace)
    async with _tokens(room.feed, room) as tokens:
        while True:
            secret = (await tokens.current())[0] if tokens else room.secret()
            async with _connected(room.feed, secret) as (where, box, selected):
                place = _resumed(room, place, selected)
                alive = True
                while alive:
                    await room.reached()  # before all that is there is taken, which may be hours' work
                    place = await _take(room, where, box, place, secret)
                    alive = box.can_idle and await box.idle()
            await room.rest()


async def probe(feed: Feed, secret: str, store: TokenStore = NO_STORE) -> Found:
    """Connect once and say what is there, with the first mail as a sample. Raises DoorFault."""
    async with _tokens(feed, store) as tokens:
        secret = (await tokens.current())[0] if tokens else secret
    async with _connected(feed, secret, readonly=True) as (where, box, _):
        with _explained(where, secret):
            uids = await box.since(0)
            for uid, size in (await box.sizes(uids[:AT_ONCE])).items():
                data = await box.read(uid, MOST_BYTES) if size <= MOST_BYTES else None
                if data is not None:
                    return Found(new=len(uids), name=f"UID {uid}", sample=data, hint=HINT)
    return Found(new=len(uids))


@asynccontextmanager
async def _tokens(feed: Feed, store: TokenStore) -> AsyncIterator[Tokens | None]:
    """Where its tokens come from; None for a feed with a password."""
    if feed.login is None:
        yield None
        return
    from dateline_ingest.doors.fetching import http_client

    async with http_client(reach_of(feed)) as http:
        yield Tokens(feed, feed.login, http, store)


@asynccontextmanager
async def _connected(
    feed: Feed, secret: str, *, readonly: bool = False
) -> AsyncIterator[tuple[Address, Mailbox, Selected]]:
    where = address(feed, PORTS)
    if not where.user:
        raise DoorFault(f"feed {feed.name}: its url names no user; write {where.scheme}://user@{where.place}/INBOX")
    box, name = Mailbox(), where.path.strip("/") or "INBOX"
    try:
        with _explained(where, secret):
            async with asyncio.timeout(3 * CONNECT_SECONDS):
                kept = readonly or feed.after == "keep"
                await box.open(where, secret, token=feed.login is not None)
                try:
                    selected = await box.select(name, readonly=kept)
                except NoSuchMailbox as error:
                    there = ", ".join(error.there) or "none"
                    said = f"{where.place} does not open {name} ({error}); it has for this user: {there}"
                    raise DoorFault(f"{said[:1000]}. Write one of them, percent-encoded, in the feed's url") from error
        yield where, box, selected
    finally:
        await box.close()


@contextmanager
def _explained(where: Address, secret: str) -> Iterator[None]:
    from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError

    try:
        yield
    except CapabilityError as error:
        said = reason(error, secret)
        instead = "give the feed a password" if "OAuth" in said else "without TLS no password is sent, try imaps://"
        raise DoorFault(f"{where.place}: {said}; {instead}") from error
    except LoginError as error:
        raise DoorFault(f"{where.place} refuses the login ({reason(error, secret)}); check user and secret") from error
    except (TimeoutError, IMAPClientError, OSError, ValueError) as error:
        said = reason(error, secret)
        raise DoorFault(f"{where.place}: {said}; {advice(error, 'the feed has the right scheme')}") from error


def _resumed(room: Room, place: MailPlace, selected: Selected) -> MailPlace:
    """The place, if the mailbox still counts as it did (RFC 3501, 2.3.1.1); its beginning, if not."""
    if place.validity == selected.validity:
        return place
    if place.last:
        room.log.warning("mails are counted anew by the server; all are looked at again", validity=selected.validity)
    return MailPlace(url=room.feed.url, validity=selected.validity)


async def _take(room: Room, where: Address, box: Mailbox, place: MailPlace, secret: str) -> MailPlace:
    """Take in what came since. The place is remembered after each mail, then the mail is put away."""
    with _explained(where, secret):
        uids = await box.since(place.last)
    for at in range(0, len(uids), AT_ONCE):
        batch = uids[at : at + AT_ONCE]
        with _explained(where, secret):
            sizes = await box.sizes(batch)
        for uid in batch:
            with _explained(where, secret):
                data = await _read(room, box, uid, sizes.get(uid))
            if data is not None:
                await room.take(data, hint=HINT, name=f"UID {uid}")
            place = msgspec.structs.replace(place, last=uid)
            await keep_place(room, place)
            if data is not None:
                await _put_away(room, where, box, uid)
    return place


async def _read(room: Room, box: Mailbox, uid: int, size: int | None) -> bytes | None:
    """None for a mail that is gone, or too large: told of, left, and passed over. The stated size is not believed."""
    if size is None:
        return None
    data = await box.read(uid, MOST_BYTES + 1) if size <= MOST_BYTES else None
    if size > MOST_BYTES or (data is not None and len(data) > MOST_BYTES):
        room.log.error("mail not taken", uid=uid, reason=f"more than {MOST_BYTES} bytes; it stays where it is")
        return None
    return data


async def _put_away(room: Room, where: Address, box: Mailbox, uid: int) -> None:
    with _explained(where, ""):
        if room.feed.after == "delete":
            await box.delete(uid)
        elif room.feed.after == "move":
            await box.move(uid, TAKEN)
