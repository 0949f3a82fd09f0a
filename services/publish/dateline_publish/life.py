"""The state of a story as far as it matters to outlets, folded from its events. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline_kernel.losses import TopicsState, Unread
from dateline_publish import RULES
from dateline_publish.topics import is_notice
from dateline_schemas.events import (
    Event,
    Recorded,
    StoryCanceled,
    StoryEnriched,
    StoryHeld,
    StoryReceived,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)


@dataclass
class Life:
    """The state of a story. Versions are known by their ordinal."""

    received: set[int] = field(default_factory=set)
    enriched: dict[int, StoryEnriched] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    given_up: set[int] = field(default_factory=set)
    """Versions that publish itself could not release, under the rules of today."""
    held: dict[int, StoryHeld] = field(default_factory=dict)
    """What was last said of why a version waits."""
    latest: StoryReceived | StoryEnriched | None = None
    """The newest version that came as news: what its provider says now of when the story may go out."""
    archived: set[int] = field(default_factory=set)
    """Versions of old copy, brought in for the record."""
    kills: dict[int, StoryCanceled | Unread] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    subjects: tuple[str, ...] = ()
    """Every subject it ever went out on."""
    newest: int = 0
    """Ordinal of the newest version that went out or was withdrawn."""
    out: StoryReleased | None = None
    """What outlets have of the story now."""
    number: int = 0
    """Of the newest announcement."""
    missing: set[str] = field(default_factory=set)
    """``fact`` of each event that cannot be read, and of a TopicsState: if it is not empty, not all is known."""
    untold: bool = False
    """Whether outlets lack ``out``: on TOPICS its number is that of an announcement that the log has lost."""
    notices: tuple[str, ...] = ()
    """Subjects without a topic (``topics.is_notice``) where TOPICS has something of it that the log has lost."""


def folded(log: Iterable[Recorded[Event]]) -> Life:
    """The state after these events, in the order of the log."""
    life = Life()
    for recorded in log:
        evolve(life, recorded.event)
    return life


def evolve(life: Life, event: Event) -> None:
    """Take one event into account."""
    match event:
        case StoryReceived(standing="current"):
            life.received.add(event.ordinal)
            _note_latest(life, event)
        case StoryCanceled(standing="current"):
            life.kills[event.ordinal] = event
            _note_archive(life, event)
        case StoryEnriched():
            # A replay may have enriched a version anew, and a retry says a refused one anew: the latest counts.
            life.enriched[event.ordinal] = event
            if event.ordinal in life.given_up:
                life.given_up.discard(event.ordinal)
                life.held.pop(event.ordinal, None)
            life.received.add(event.ordinal)
            _note_latest(life, event)
        case StoryRefused(service="publish", rules=rules):
            # Tried and failed: it must not keep the next version back. Other rules may try again.
            if rules == RULES:
                life.given_up.add(event.ordinal)
        case StoryRefused():
            life.refused.add(event.ordinal)
        case StoryHeld():
            life.held[event.ordinal] = event
        case StoryReleased():
            life.subjects = tuple(dict.fromkeys((*life.subjects, *event.subjects)))
            life.out = event
            _note_said(life, event)
        case StoryWithdrawn():
            life.withdrawn.add(event.ordinal)
            life.out = None
            _note_said(life, event)
        case Unread():
            _note_unread(life, event)
        case TopicsState():
            _note_topics_state(life, event)
        case _:
            pass


def _note_said(life: Life, event: StoryReleased | StoryWithdrawn) -> None:
    """Kills of older versions were announced before it, whether or not the log still says so."""
    life.newest, life.number = max(life.newest, event.ordinal), event.number
    life.kills = {ordinal: kill for ordinal, kill in life.kills.items() if ordinal >= event.ordinal}


def _note_unread(life: Life, event: Unread) -> None:
    """Its subject says of which version it is. An announcement had a number; TOPICS knows better, while it keeps it."""
    life.missing.add(event.of)
    if event.of in (StoryReleased.fact, StoryWithdrawn.fact):
        life.number += 1
    if event.of == StoryWithdrawn.fact:
        life.withdrawn.add(event.nth)
    if event.kills:
        life.kills[event.ordinal] = event
        if life.archived and life.latest is None:
            # It does not say whether it is one of an archive. All else of the story is.
            life.archived.add(event.ordinal)


def _note_latest(life: Life, event: StoryReceived | StoryEnriched) -> None:
    _note_archive(life, event)
    is_newest = life.latest is None or life.latest.ordinal <= event.ordinal
    if is_newest and event.ordinal not in life.archived:
        life.latest = event


def _note_archive(life: Life, event: StoryReceived | StoryCanceled | StoryEnriched) -> None:
    if event.archive:
        life.archived.add(event.ordinal)


def _note_topics_state(life: Life, event: TopicsState) -> None:
    life.missing.add(event.fact)
    out = (subject for subject in event.subjects if not is_notice(subject))
    life.subjects = tuple(dict.fromkeys((*life.subjects, *out)))
    life.notices = tuple(filter(is_notice, event.subjects))
    life.number = max(life.number, event.number)
    life.untold = event.untold
