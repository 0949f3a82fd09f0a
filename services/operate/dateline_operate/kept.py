"""Quarantined things shown, to programs and to people."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline_schemas.quarantine import Kept


def as_object(kept: Kept) -> dict[str, Any]:
    """For programs; every member is there, the event as JSON if it is any."""
    what = {name: getattr(kept.what, name) for name in kept.what.__struct_fields__}
    return {"number": kept.seq, "recorded": kept.recorded, **what, "event": _event_of(kept.what.event)}


def _event_of(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data) if data else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return data.decode("utf-8", "replace")


def describe(kept: Kept) -> list[str]:
    """For people, line by line."""
    what = kept.what
    facts = {
        "number": str(kept.seq),
        "since": kept.recorded.isoformat(),
        "service": what.service,
        "reason": what.reason,
        "tried": f"{what.attempts} times" if what.kind == "event" else "",
        "feed": f"{what.feed} by {what.door}" if what.feed else "",
        "format": what.format,
        "url": what.url,
        "story": f"{what.story_id} version {what.version}" if what.story_id else "",
        "log": f"event {what.seq}" if what.seq else "",
        "original": f"sha256 {what.original}, {what.original_bytes:,} bytes" if what.original else "",
    }
    lines = [f"{name:<9} {value}" for name, value in facts.items() if value]
    if what.traceback:
        lines += ["", *what.traceback.rstrip().splitlines()]
    if what.event:
        shown = msgspec.json.format(msgspec.json.encode(_event_of(what.event)), indent=2)
        lines += ["", *shown.decode().splitlines()]
    return lines
