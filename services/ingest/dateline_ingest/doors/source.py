"""What the doors that fetch have in common: an address, a place in the source, what a probe finds, how to fail."""

from __future__ import annotations

import socket
import ssl
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import Struct

from dateline_ingest.doors.pulling_files import shown
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.secret import without
from dateline_schemas.feeds import Feed

MOST_BYTES = 32 * 1024 * 1024
"""Of one file, mail or document; a larger one is left where it is, and told of."""
CONNECT_SECONDS = 20.0
"""Until a source has greeted."""
ANSWER_SECONDS = 60.0
"""Until a source that has greeted says the next thing."""


class Found(Struct, frozen=True, kw_only=True):
    """What a probe saw. Nothing was taken, moved or marked."""

    new: int
    """Files, mails or documents that an empty place would have taken."""
    name: str = ""
    """Of the sample; empty if there is none."""
    sample: bytes = b""
    hint: str = ""
    """Media type that the source states for the sample."""
    url: str = ""
    """Where the sample came from, for formats that do not say."""
    note: str = ""
    """What else an operator should know."""


class Place(Struct, frozen=True, kw_only=True, tag_field="door", tag=True):
    """A door's place in its source. Each door has its own kind."""

    url: str
    """The feed's address when this was remembered: a place in one source says nothing about another."""


P = TypeVar("P", bound=Place)


class Address(Struct, frozen=True, kw_only=True):
    """A feed's URL, taken apart (RFC 3986)."""

    scheme: str
    host: str
    port: int
    user: str
    """Percent-decoded; empty if there is none."""
    path: str
    """Percent-decoded, with its leading slash; empty if there is none."""

    @property
    def place(self) -> str:
        """Host and port, for messages."""
        return f"{self.host}:{self.port}"


def address(feed: Feed, ports: dict[str, int]) -> Address:
    """Where ``feed`` comes from. ``ports`` has the schemes that the door knows, with their ports.

    Raises DoorFault for an address that the door cannot use.
    """
    try:
        parts = urlsplit(feed.url)
        port = parts.port
    except ValueError as error:
        raise DoorFault(f"feed {feed.name}: its url cannot be read ({error}); correct it") from error
    known = ", ".join(f"{scheme}://" for scheme in ports)
    if parts.scheme not in ports:
        raise DoorFault(f"feed {feed.name}: door {feed.door} needs a url that begins with {known}")
    if not parts.hostname:
        raise DoorFault(f"feed {feed.name}: its url names no host; write {parts.scheme}://host/...")
    if parts.password is not None:
        raise DoorFault(f"feed {feed.name}: its url holds a password; take it out and name it with `secret`")
    user, path = unquote(parts.username or ""), unquote(parts.path)
    if any(ord(letter) < 32 for letter in user + path):
        raise DoorFault(f"feed {feed.name}: its url holds control characters; correct it")
    return Address(scheme=parts.scheme, host=parts.hostname, port=port or ports[parts.scheme], user=user, path=path)


async def recall(room: Room, kind: type[P]) -> P:
    """The door's place; a fresh one where there is none, or where it belongs to another url, door or release.

    What was taken from a source whose place is lost is fetched again, and the version rules see that it is not new.
    """
    data = await room.cursor()
    if not data:
        return kind(url=room.feed.url)
    try:
        place = msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError as error:
        room.log.warning("place forgotten", reason=f"it is not one of this door: {error}")
        return kind(url=room.feed.url)
    if place.url != room.feed.url:
        room.log.warning("place forgotten", reason="the feed has a new url", was=place.url)
        return kind(url=room.feed.url)
    return place


async def keep_place(room: Room, place: Place) -> None:
    """Remember it."""
    await room.remember(msgspec.msgpack.encode(place))


def advice(error: BaseException, otherwise: str) -> str:
    """What to do about a connection that fails. ``otherwise`` is what to see to beside the address."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "have its certificate put right, or name the file of its authority in SSL_CERT_FILE"
    if isinstance(error, ssl.SSLError):
        return f"see that it speaks TLS at that port, and that {otherwise}"
    if isinstance(error, socket.gaierror):
        return "correct the host in the feed's url, or see that names are resolved where ingest runs"
    return f"see that the server answers there and lets this machine in, and that {otherwise}"


def reason(error: BaseException, *secrets: str) -> str:
    """What an exception says, on one line, for a DoorFault: without the secrets, should a source repeat them."""
    name = "no answer in time" if isinstance(error, TimeoutError) else type(error).__name__
    text = " ".join(without(str(error), *secrets).split()) or name
    return shown(without(text, *secrets)[:300])


def trusted() -> ssl.SSLContext:
    """Checks certificates and names against the system's authorities; ``SSL_CERT_FILE`` names others, as ever."""
    return ssl.create_default_context()
