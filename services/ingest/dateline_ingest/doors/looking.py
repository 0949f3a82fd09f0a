"""What a polled source is asked for, and what came of one look at it: shared by documents, cursors and queues."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct

from dateline_ingest.deliveries import Receipt
from dateline_ingest.doors.fetching import PORTS, Fetched, Wanted
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.source import Place, address
from dateline_schemas.feeds import Feed


class PollPlace(Place, frozen=True, kw_only=True):
    """What the document was like when it was last taken in."""

    moved: str = ""
    """Where it is now, by a permanent redirect."""
    etag: str = ""
    modified: str = ""
    digest: bytes = b""
    next: str = ""
    """Address of the next answer, for a source that has a cursor."""
    seen: tuple[bytes, ...] = ()
    """Digests of entries that were taken, newest last, for a source that lists them again and again."""


class Looked(Struct, frozen=True, kw_only=True):
    """What came of one look."""

    place: PollPlace
    fetched: Fetched
    wait: float
    """Seconds until the next."""
    receipts: tuple[Receipt, ...] = ()
    busy: bool = False
    """The server asked to be left alone."""


def wanted(feed: Feed, secret: str, place: PollPlace) -> Wanted:
    """What to ask for. Raises DoorFault for an address that is none."""
    where = address(feed, PORTS)
    parts = urlsplit(feed.url)
    url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    if place.moved and urlsplit(place.moved).hostname != where.host:
        secret = ""
    return Wanted(
        url=place.moved or url,
        etag=place.etag,
        modified=place.modified,
        user=where.user,
        secret=secret,
        header=feed.header,
    )


def check(fetched: Fetched, asked: PollPlace | None = None) -> None:
    """Raises DoorFault for an answer that brings nothing, with what to do.

    That nothing changed (304) is an answer only where it was ``asked`` what did (RFC 9110, 15.4.5): of a cache that
    says so to everybody nothing would ever come.
    """
    status = fetched.status
    if status == 200 or (status == 304 and asked and (asked.etag or asked.modified)):
        return
    advice = {
        304: "nothing was asked that this answers; have its server or cache put right",
        401: "check the feed's user, secret and header, or its login",
        403: "ask the provider whether this address and secret may read it",
        404: "check the feed's url",
        410: "the provider took it away for good: ask for another, and remove the feed",
    }.get(status, "try again later, or ask the provider")
    raise DoorFault(f"{fetched.url} answered {status}; {advice}")
