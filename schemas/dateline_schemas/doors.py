"""What the processes of ingest note of feeds in the bucket DOORS, for one another and for operators."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T")

WATCH = "watch.all"
"""Key under which a ``Watching`` stands."""


class Failing(Struct, frozen=True, kw_only=True):
    """Under ``failing.<feed>`` while its source cannot be read."""

    since: datetime
    """When it first failed in a row, UTC."""
    reason: str
    """Of the newest failure: what is wrong now may not be what was wrong at first."""


class Watching(Struct, frozen=True, kw_only=True):
    """Since when somebody watches for silences without a gap, and until when surely. UTC."""

    since: datetime
    until: datetime


def noted(value: bytes | None, kind: type[T]) -> T | None:
    """A value that is JSON; None where nothing stands, or what nobody can read."""
    try:
        return msgspec.json.decode(value, type=kind) if value else None
    except msgspec.DecodeError:
        return None


def heard_in(value: bytes | None) -> datetime | None:
    """Under ``heard.<feed>``: when its last story came in, UTC; None where nothing stands, or what nobody can read."""
    try:
        return datetime.fromisoformat(value.decode()).astimezone(UTC) if value else None
    except ValueError:
        return None
