"""How stories and events get their names: deterministic, so that the same work done twice is seen to be the same."""

from __future__ import annotations

import hashlib
import re
from typing import TypeVar

import msgspec

from dateline_schemas.events import Arrival, Event

REPLAYED = "+replay."
"""In the rules of an event that a replay said in the place of an older one."""

E = TypeVar("E", bound=Event)
ArrivalT = TypeVar("ArrivalT", bound=Arrival)


_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _BASE32 for second in _BASE32)
"""Base32 (RFC 4648, section 6), ten bits at a time: the standard library's takes five times as long."""
_SHIFTS = tuple(range(120, -1, -10))

_WORLDWIDE = re.compile(
    r"(?:urn|tag|info|https?):\S+|<[^<>\s@]+@[^<>\s@]+>|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    re.IGNORECASE,
)


def is_worldwide(guid: str) -> bool:
    """Whether an identifier means the same whoever says it: a URN, tag or web address, a message id, a UUID."""
    return _WORLDWIDE.fullmatch(guid) is not None


def story_id(space: str, guid: str) -> str:
    """Name of a story: 26 lower-case base32 characters made from the provider's identifier.

    ``space`` is where an identifier counts that is not unique by itself: see ``feeds.space_of``. Never made from
    content, so that every version of a story, and the same item through another door, is the same story. The token is
    safe in a NATS subject.
    """
    space = "" if is_worldwide(guid) else space
    digest = hashlib.blake2b(f"{space}\x00{guid}".encode(), digest_size=16, person=b"dateline-story").digest()
    bits = int.from_bytes(digest, "big") << 2  # 128 bits, filled up to 26 digits
    return "".join([_PAIRS[bits >> shift & 1023] for shift in _SHIFTS])


def event_id(kind: str, cause: str, rules: str, nth: int = 0) -> str:
    """Name of an event: 32 hex digits. ``nth`` tells apart events of one kind that one cause brings about."""
    said = "\x00".join((kind, cause, rules, str(nth)))
    return hashlib.blake2b(said.encode(), digest_size=16, person=b"dateline-event").hexdigest()


def stamp_arrival(arrival: ArrivalT) -> ArrivalT:
    """Fill in the identity of an event that comes from outside: what was said, not when, makes it."""
    said = f"{arrival.story_id} {arrival.version} {arrival.content} {arrival.arrival} {arrival.standing}"
    name = event_id(type(arrival).__name__, said, arrival.rules)
    return msgspec.structs.replace(arrival, id=name, correlation=name, schema=arrival.current_schema)


def stamp(event: E, cause: Event, rules: str, nth: int = 0) -> E:
    """Fill in identity, cause, correlation and rules of an event that follows from another one."""
    return msgspec.structs.replace(
        event,
        id=event_id(type(event).__name__, cause.id, rules, nth),
        cause=cause.id,
        correlation=cause.correlation or cause.id,
        rules=rules,
        schema=event.current_schema,
    )
