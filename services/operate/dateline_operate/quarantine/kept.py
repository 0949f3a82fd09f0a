"""Quarantined things shown, to programs and to people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from rich.markup import escape
from rich.table import Table

from dateline_operate.console.terminal import clean, day_and_clock, table
from dateline_operate.quarantine.piles import Pile
from dateline_schemas.quarantine import Kept


def as_object(kept: Kept) -> dict[str, Any]:
    """A quarantined thing as an object with every member; the event as JSON if it is one."""
    what = {name: getattr(kept.what, name) for name in kept.what.__struct_fields__}
    return {"number": kept.seq, "recorded": kept.recorded, **what, "event": _event_of(kept.what.event)}


def _event_of(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data) if data else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return data.decode("utf-8", "replace")


def describe(kept: Kept) -> list[str]:
    """A quarantined thing for people, line by line."""
    what = kept.what
    facts = {
        "number": str(kept.seq),
        "since": day_and_clock(kept.recorded),
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


def thing_table(things: Iterable[Kept]) -> Table:
    """A table for people, one row for each thing."""
    rows = table("number", "since", "service", "what", "reason")
    for one in things:
        what = one.what.story_id if one.what.kind == "event" else f"input from {one.what.feed}"
        rows.add_row(str(one.seq), day_and_clock(one.recorded), one.what.service, escape(what), _reason(one))
    return rows


def pile_table(piles: Iterable[Pile]) -> Table:
    """A table for people, one row for all that have service, feed and failure in common."""
    rows = table("things", "service", "feed", "error", "from", "to", "the newest of them")
    for pile in piles:
        span = (day_and_clock(pile.first), day_and_clock(pile.newest.recorded))
        rows.add_row(f"{pile.count:,}", pile.service, escape(pile.feed), pile.error, *span, _reason(pile.newest))
    return rows


def _reason(one: Kept) -> str:
    return escape(clean(one.what.reason)[:200])
