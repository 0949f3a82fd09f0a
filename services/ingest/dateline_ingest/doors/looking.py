"""What a polled source is asked for, and what came of one look at it: shared by documents, cursors and queues."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.deliveries import Handover
from dateline_ingest.doors.addresses import PORTS
from dateline_ingest.doors.courtesy import pause_asked
from dateline_ingest.doors.fetching import Fetched, Wanted, origin
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import Place, address
from dateline_ingest.formats import PAGE, Unparseable, format_of
from dateline_ingest.reading import understood
from dateline_schemas.feeds import Feed
from dateline_schemas.pushes import Taken

PATIENCE = 3
"""Times in a row that a source may bring nothing, and is left alone, before the feed counts as failing."""


class PollPlace(Place, frozen=True, kw_only=True):
    """What the document was like when it was last taken in."""

    moved: str = ""
    """Where it is now, by a permanent redirect."""
    etag: str = ""
    modified: str = ""
    digest: bytes = b""
    format: str = ""
    """Of the document that could be read last."""
    unread: int = 0
    """Documents in a row that could not be read, the same one counted at each look."""
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
    receipts: tuple[Taken, ...] = ()
    refused: str = ""
    """Why the document could not be read, if it was looked at now."""
    busy: bool = False
    """The server asked to be left alone."""


def wanted(feed: Feed, secret: str, place: PollPlace) -> Wanted:
    """What to ask for. Raises DoorFault for an address that is none."""
    where = address(feed, PORTS)
    parts = urlsplit(feed.url)
    url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    if place.moved and origin(place.moved) != origin(url):
        secret = ""
    return Wanted(
        url=place.moved or url,
        etag=place.etag,
        modified=place.modified,
        user=where.user,
        secret=secret,
        header=feed.header,
    )


def put_off(room: Room, place: PollPlace, fetched: Fetched) -> Looked | None:
    """What came of a look at which the server asks to be left alone; None if it does not ask."""
    wait = pause_asked(fetched.status, fetched.retry_after, room.now())
    if wait is None:
        return None
    room.log.warning("source asks for a pause", url=fetched.url, status=fetched.status, seconds=wait)
    return Looked(place=place, fetched=fetched, wait=max(wait, room.feed.every), busy=True)


async def take(room: Room, place: PollPlace, fetched: Fetched) -> tuple[PollPlace, Handover]:
    """Take a document in: the place then, with what to remember of it.

    Raises DoorFault where something else stands in its place: a log-in page, a check for robots, or any page where the
    source had a format of agencies or of the web's feeds before. It may be there again at the next look.
    """
    format = format_of(fetched.data, fetched.media)
    if format == PAGE and place.format not in ("", PAGE):
        said = await _page(fetched)
        raise DoorFault(f"{fetched.url} answered with {said}, where it had {place.format}; correct the url if it moved")
    handed = await room.take(fetched.data, hint=fetched.media, url=fetched.url, name=fetched.url)
    if handed.wall:
        raise DoorFault(f"{fetched.url} answered with {handed.wall}, and no story: {handed.refused}")
    if handed.refused:
        return replace(place, unread=min(place.unread + 1, PATIENCE)), handed
    return replace(place, unread=0, format=format), handed


def again(place: PollPlace) -> PollPlace:
    """The place when the document is still the same."""
    return replace(place, unread=min(place.unread + 1, PATIENCE)) if place.unread else place


def check_read(looked: Looked) -> None:
    """Raises DoorFault if nothing could be read for a while: the source is there, and brings nothing."""
    if looked.place.unread >= PATIENCE:
        said = f"{looked.fetched.url}: {PATIENCE} looks in a row brought nothing that can be read"
        raise DoorFault(f"{said}{': ' * bool(looked.refused)}{looked.refused}; `dateline quarantine ls` shows it")


async def _page(fetched: Fetched) -> str:
    try:
        await understood(fetched.data, hint=fetched.media, url=fetched.url)
    except Unparseable as fault:
        return fault.wall or "a web page"
    return "a web page"


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
