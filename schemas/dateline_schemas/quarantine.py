"""What stands in QUARANTINE: input that was refused and events that a service could not deal with, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from dateline_schemas.story import Utc


class Quarantined(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that waits for a person: try it again, or drop it."""

    kind: Literal["input", "event"]
    service: str
    reason: str
    """One sentence that a person understands."""
    at: Utc
    error: str = ""
    """Type of the failure, e.g. ``Unparseable``."""
    traceback: str = ""
    attempts: int = 1
    feed: str = ""
    door: str = ""
    story_id: str = ""
    version: str = ""
    original: str = ""
    """SHA-256 of the bytes that came in, for input."""
    original_bytes: int = 0
    format: str = ""
    """Format hint or detected format, for input."""
    url: str = ""
    event: bytes = b""
    """The bytes as they stand in the log, for events; in base64, since they may be anything. Empty where that is too
    large."""
    seq: int = 0
    """Its sequence in STORIES."""


class Kept(Struct, frozen=True):
    """A quarantined thing with its place in the stream, by which it is shown, retried and dropped."""

    seq: int
    recorded: datetime
    what: Quarantined


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Quarantined)


def encode_quarantined(what: Quarantined) -> bytes:
    """As JSON."""
    return _encoder.encode(what)


def decode_quarantined(data: bytes) -> Quarantined:
    """From JSON. Raises msgspec.DecodeError."""
    return _decoder.decode(data)
