"""The path of a story, as data: guards, contract tests, AsyncAPI and the README's picture come from here."""

from __future__ import annotations

from msgspec import Struct

from dateline_schemas.events import (
    CreditOverridden,
    Event,
    StoryAttributed,
    StoryCanceled,
    StoryEnriched,
    StoryHeld,
    StoryReceived,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)
from dateline_schemas.subjects import PUSH


class Step(Struct, frozen=True, kw_only=True):
    """What one service hears, says and writes."""

    service: str
    does: str
    hears: tuple[type[Event], ...]
    says: tuple[type[Event], ...]
    by_operator: tuple[type[Event], ...] = ()
    """Those of ``says`` that only an operator's command appends, in the service's name."""
    waits: tuple[type[Event], ...] = ()
    """Those of ``hears`` whose events may be delivered again at a time of their own, as at the end of an embargo."""
    posts: tuple[str, ...] = ()
    """Streams, other than STORIES, that it writes to."""
    answers: tuple[str, ...] = ()
    """Subjects of NATS requests that it answers; a request has the name of a feed behind one of these."""


FLOW: tuple[Step, ...] = (
    Step(
        service="ingest",
        does="takes wire copy in, keeps the original, tells versions apart",
        hears=(),
        says=(StoryReceived, StoryCanceled),
        posts=("OBJ_ORIGINALS", "QUARANTINE", "FEED_EVENTS"),
        answers=(PUSH,),
    ),
    Step(
        service="attribution",
        does="decides whose copy it is, with evidence",
        hears=(StoryReceived, CreditOverridden),
        says=(StoryAttributed, CreditOverridden, StoryRefused),
        by_operator=(CreditOverridden,),
        posts=("QUARANTINE",),
    ),
    Step(
        service="enrichment",
        does="finds language, places, people, organisations, topics",
        hears=(StoryAttributed,),
        says=(StoryEnriched, StoryRefused),
        posts=("QUARANTINE",),
    ),
    Step(
        service="publish",
        does="releases, holds and withdraws, in version order",
        hears=(StoryEnriched, StoryCanceled, StoryRefused, StoryHeld),
        says=(StoryReleased, StoryHeld, StoryWithdrawn, StoryRefused),
        waits=(StoryHeld,),
        posts=("TOPICS", "QUARANTINE"),
    ),
)


class UnknownService(KeyError):
    """No row of the flow has this service."""


def step(service: str) -> Step:
    """The row of a service. Raises UnknownService."""
    for row in FLOW:
        if row.service == service:
            return row
    raise UnknownService(service)


def consumer_name(service: str, kind: type[Event]) -> str:
    """Name of the durable consumer by which a service hears a kind of event."""
    return f"{service}-{kind.fact}"
