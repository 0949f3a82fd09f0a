"""A feed: who may push, and what to assume where its messages say nothing. Kept in the FEEDS bucket by name."""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

FeedName = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$(?!\n)")]


class Feed(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One feed of stories. Its API key is kept as a digest only."""

    name: FeedName
    key_sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    provider: str = ""
    """Provider to assume for messages that name none."""
    language: str = ""
    """BCP 47 tag to assume for messages that state none."""
    format: str = ""
    """Format to try first where the content is ambiguous."""
    per_second: Annotated[int, Meta(ge=0)] = 0
    """Pushes a second before it is asked to slow down; 0 is no limit."""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Feed)


def key_digest(key: str) -> str:
    """What is kept of an API key: SHA-256 in hex. Keys are random and long, so nothing slower is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def encode_feed(feed: Feed) -> bytes:
    """As JSON."""
    return _encoder.encode(feed)


def decode_feed(data: bytes) -> Feed:
    """From JSON. Raises msgspec.DecodeError."""
    return _decoder.decode(data)
