"""A story's events as a timeline: who said what, when, because of what, and how long it took. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dateline_operate.console.counting import counted
from dateline_schemas.events import (
    Arrival,
    CreditOverridden,
    Event,
    Recorded,
    StoryAttributed,
    StoryEnriched,
    StoryHeld,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)
from dateline_schemas.flow import FLOW


class Moment(Struct, frozen=True, kw_only=True):
    """One event of a story."""

    seq: int
    time: datetime
    event: str
    """Its type, e.g. ``StoryReceived``."""
    service: str
    """Who said it."""
    version: str
    ordinal: int
    rules: str
    id: str
    cause: str
    """Id of the event it follows from; empty for what came from outside."""
    cause_seq: int | None
    milliseconds: float | None
    """From the cause to this event, by the log's clock."""
    said: str
    """The gist of it."""
    original: str = ""
    subjects: tuple[str, ...] = ()


class Timeline(Struct, frozen=True, kw_only=True, rename={"moments": "events"}):
    """A whole story. To programs its moments are ``events``."""

    story_id: str
    feed: str
    guid: str
    headline: str
    moments: tuple[Moment, ...]


def timeline(log: Sequence[Recorded[Event]]) -> Timeline:
    """The timeline of a story's log, which must not be empty."""
    by_id = {recorded.event.id: recorded for recorded in log}
    intakes = [recorded.event for recorded in log if isinstance(recorded.event, Arrival)]
    newest = intakes[-1] if intakes else None
    return Timeline(
        story_id=log[0].event.story_id,
        feed=newest.feed if newest else "",
        guid=newest.story.guid if newest else "",
        headline=headline_of(log),
        moments=tuple(_moment(recorded, by_id.get(recorded.event.cause)) for recorded in log),
    )


def headline_of(log: Sequence[Recorded[Event]]) -> str:
    """The newest headline that a story came with; a kill often has none."""
    arrived = (recorded.event.story.headline for recorded in reversed(log) if isinstance(recorded.event, Arrival))
    return next(filter(None, arrived), "")


def _moment(recorded: Recorded[Event], cause: Recorded[Event] | None) -> Moment:
    event = recorded.event
    took = None if cause is None else round((recorded.time - cause.time).total_seconds() * 1000, 3)
    return Moment(
        seq=recorded.seq,
        time=recorded.time,
        event=type(event).__name__,
        service=speaker(event),
        version=event.version,
        ordinal=event.ordinal,
        rules=event.rules,
        id=event.id,
        cause=event.cause,
        cause_seq=cause.seq if cause else None,
        milliseconds=took,
        said=gist(event),
        original=event.original if isinstance(event, Arrival) else "",
        subjects=event.subjects if isinstance(event, (StoryReleased, StoryWithdrawn)) else (),
    )


def speaker(event: Event) -> str:
    """The service that says an event of this kind."""
    if isinstance(event, StoryRefused):
        return event.service
    return next((row.service for row in FLOW if isinstance(event, row.says)), "")


def gist(event: Event) -> str:
    """What an event says, in a line."""
    match event:
        case Arrival():
            flags = "".join(f", {_why_withheld(event) if flag == 'withheld' else flag}" for flag in event.flags)
            size = f"{event.original_bytes:,} bytes"
            return f"{event.format} by {event.door} from feed {event.feed}, {size}, {event.standing}{flags}"
        case StoryAttributed(credit=credit):
            review = f", needs review: {credit.reason}" if credit.needs_review else ""
            return (credit.credit_line or ", ".join(credit.agencies) or "no agency") + f" ({credit.role}){review}"
        case CreditOverridden(credit=credit):
            what = "back to the rules" if event.cleared else f"{credit.credit_line or 'no credit'} ({credit.role})"
            return f"{event.by}: {what}; {event.reason}"
        case StoryEnriched(facts=facts):
            found = (
                counted(len(facts.places), "place"),
                counted(len(facts.people), "person", "people"),
                counted(len(facts.organisations), "organisation"),
                counted(len(facts.topics), "topic"),
            )
            return ", ".join((facts.language.code, *found))
        case StoryReleased():
            return f"announcement {event.number} on {counted(len(event.subjects), 'subject')}"
        case StoryHeld():
            return event.reason + (f" until {event.until.isoformat()}" if event.until else "")
        case StoryWithdrawn():
            what = ", withheld" if event.pubstatus == "withheld" else ""
            return f"announcement {event.number}{what}: {event.reason}"
        case StoryRefused():
            return f"{event.error} (tried {counted(event.attempts, 'time')})"
        case _:
            return ""


def _why_withheld(event: Arrival) -> str:
    return "withheld by its provider" if event.story.pulled else "withheld in doubt or in part: what is out stays"
