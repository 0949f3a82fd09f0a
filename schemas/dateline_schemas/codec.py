"""Events to bytes and back, for ever: an event written by any earlier schema still decodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from dateline_schemas.events import EVENTS, AnyEvent, Event
from dateline_schemas.headers import ORDINAL

Upcast = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the JSON object of one schema version into that of the next. Pure."""

UPCASTS: dict[tuple[str, int], Upcast] = {}
"""(event type, schema it reads) -> the step to the next schema. See docs/events.md before adding one."""

_CURRENT: dict[str, int] = {kind.__name__: kind.current_schema for kind in EVENTS}
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)
_NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class UnreadableEvent(ValueError):
    """These bytes are no event that this release can read. The message says why."""


class _Head(msgspec.Struct):
    type: str
    schema: int = 1


_head = msgspec.json.Decoder(_Head)


def encode(event: Event) -> bytes:
    """JSON, UTF-8, members in the order of declaration, defaults left out: the same event gives the same bytes."""
    return _encoder.encode(event)


def decode(data: bytes) -> AnyEvent:
    """Read an event written by this or any earlier schema; unknown members of a later one are passed over.

    Raises UnreadableEvent.
    """
    try:
        event = _decoder.decode(data)
        if event.schema >= event.current_schema:
            return event
    except msgspec.ValidationError as error:
        return _decode_old(data, error)
    except _NOT_JSON as error:
        raise UnreadableEvent(f"not JSON: {error}") from error
    return _decode_old(data, None)


def _decode_old(data: bytes, error: msgspec.ValidationError | None) -> AnyEvent:
    try:
        head = _head.decode(data)
        raw = msgspec.json.decode(data)
    except _NOT_JSON as fault:
        raise UnreadableEvent(f"no event: {fault}") from fault
    current = _CURRENT.get(head.type)
    if current is None:
        raise UnreadableEvent(f"unknown event type {head.type!r}") from error
    if head.schema >= current:
        raise UnreadableEvent(f"{head.type} of schema {head.schema}: {error}") from error
    return _convert(upcast(raw, UPCASTS, current))


def upcast(raw: dict[str, Any], steps: Mapping[tuple[str, int], Upcast], target: int) -> dict[str, Any]:
    """Bring the JSON object of an event up to schema ``target``, one step after another. Raises UnreadableEvent."""
    kind = raw["type"]
    for schema in range(raw.get("schema", 1), target):
        step = steps.get((kind, schema))
        if step is None:
            raise UnreadableEvent(f"{kind}: no way from schema {schema} to {schema + 1}")
        try:
            raw = {**step(raw), "type": kind, "schema": schema + 1}
        except Exception as error:  # a step is small and total, or the bytes are not what it was written for
            raise UnreadableEvent(f"{kind}: step from schema {schema} failed: {error!r}") from error
    return raw


def _convert(raw: dict[str, Any]) -> AnyEvent:
    try:
        return msgspec.convert(raw, AnyEvent)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        raise UnreadableEvent(f"{raw.get('type')} after upcasting: {error}") from error


def rfc3339(at: datetime) -> str:
    """A time as JSON has it, ``Z`` for UTC: ``isoformat`` writes +00:00, and takes ten times as long."""
    return str(msgspec.to_builtins(at))


def cloudevent_headers(event: Event, source: str, at: datetime) -> dict[str, str]:
    """CloudEvents 1.0 attributes in binary mode (NATS protocol binding, section 3.1), message id and ordinal.

    ``source`` is the service that says it; ``at`` the time it was said, UTC.
    """
    return {
        "Nats-Msg-Id": event.id,
        "ce-specversion": "1.0",
        "ce-id": event.id,
        "ce-type": f"dateline.{type(event).__name__}",
        "ce-source": f"/dateline/{source}",
        "ce-subject": event.story_id,
        "ce-time": rfc3339(at),
        "ce-datacontenttype": "application/json",
        ORDINAL: str(event.ordinal),
    }
