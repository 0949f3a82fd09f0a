"""What JetStream says of a message that it hands over: where it stands, when it was written, how often it came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from nats.aio.msg import Msg

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHORT = 9
"""Tokens of a reply subject without domain and account (NATS ADR-15)."""


class Delivery(Struct, frozen=True, gc=False):
    """Metadata of one delivery, read from the reply subject."""

    seq: int
    delivered: int
    """How often it was handed over, this time included."""
    nth: int
    """Of the messages that its consumer has handed over, repeats included: who misses one has lost a message."""
    time: datetime
    """When the stream took it, UTC, cut (never rounded up) to microseconds."""
    pending: int
    """Messages that wait behind it."""


def delivery_of(message: Msg) -> Delivery:
    """Metadata of a message that came by a consumer (ADR-15: ``$JS.ACK....``)."""
    tokens = message.reply.split(".")
    delivered, seq, nth, stamp, pending = tokens[4:9] if len(tokens) == _SHORT else tokens[6:11]
    time = _EPOCH + timedelta(microseconds=int(stamp) // 1000)
    return Delivery(int(seq), int(delivered), int(nth), time, int(pending))


def recorded_time(headers: Mapping[str, str]) -> datetime:
    """When the stream took a message that came by direct get (ADR-31), UTC, cut to microseconds."""
    return datetime.fromisoformat(headers["Nats-Time-Stamp"])
