"""How stories and events get their names: deterministic, so that the same work done twice is seen to be the same."""

from __future__ import annotations

import base64
import hashlib
from typing import TypeVar

import msgspec

from dateline_schemas.events import Event, Intake

E = TypeVar("E", bound=Event)
IntakeT = TypeVar("IntakeT", bound=Intake)


def story_id(feed: str, guid: str) -> str:
    """Name of a story: 26 lower-case base32 characters made from the feed and the provider's identifier.

    Never made from content, so that every version of a story, and the same item through another door of the
    same feed, is the same story. The token is safe in a NATS subject.
    """
    digest = hashlib.blake2b(f"{feed}\x00{guid}".encode(), digest_size=16, person=b"dateline-story").digest()
    return base64.b32encode(digest).decode().rstrip("=").lower()


def event_id(kind: str, cause: str, rules: str, nth: int = 0) -> str:
    """Name of an event: 32 hex digits. ``nth`` tells apart events of one kind that one cause brings about."""
    said = "\x00".join((kind, cause, rules, str(nth)))
    return hashlib.blake2b(said.encode(), digest_size=16, person=b"dateline-event").hexdigest()


def stamp_intake(intake: IntakeT) -> IntakeT:
    """Fill in the identity of an event that comes from outside: what was said, not when, makes it."""
    said = f"{intake.story_id} {intake.version} {intake.content} {intake.arrival} {intake.standing}"
    name = event_id(type(intake).__name__, said, intake.rules)
    return msgspec.structs.replace(intake, id=name, correlation=name, schema=intake.current_schema)


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
