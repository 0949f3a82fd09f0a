"""The state of a story towards outlets, folded from its events. Pure."""

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
    """Versions that publish itself could not release under the present rules."""
    held: dict[int, StoryHeld] = field(default_factory=dict)
    """The last StoryHeld of each version that waits or waited."""
    latest: StoryReceived | StoryEnriched | None = None
    """The newest version that is not of an archive: its embargo and pubstatus are its provider's word of today."""
    archived: set[int] = field(default_factory=set)
    """Versions that were imported from an archive, for the record."""
    kills: dict[int, StoryCanceled | Unread] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    subjects: tuple[str, ...] = ()
    """Every subject that the story ever went out on."""
    newest: int = 0
    """Ordinal of the newest version that went out or was withdrawn."""
    out: StoryReleased | None = None
    """What outlets have of the story now; None before its first release and after a withdrawal."""
    headline: str = ""
    """The newest headline that outlets have been told; a kill may have none of its own."""
    number: int = 0
    """Number of the newest announcement; 0 for none."""
    missing: set[str] = field(default_factory=set)
    """``fact`` of each stand-in (``dateline_kernel.losses``) among the events. Not empty: the log has lost some."""
    untold: bool = False
    """Whether ``out`` never reached outlets: a lost announcement stands on TOPICS under its number."""
    notices: tuple[str, ...] = ()
    """Subjects without a topic (``topics.is_notice``) on which a lost announcement of the story stands."""


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
            # A replay or a retry may have enriched the version again: the last one counts.
            life.enriched[event.ordinal] = event
            if event.ordinal in life.given_up:
                life.given_up.discard(event.ordinal)
                life.held.pop(event.ordinal, None)
            life.received.add(event.ordinal)
            _note_latest(life, event)
        case StoryRefused(service="publish", rules=rules):
            # It must not keep the next version back. Under other rules publish may try again.
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
    """Older kills are done with: they were announced before this, even if the log has lost the withdrawal."""
    life.newest, life.number = max(life.newest, event.ordinal), event.number
    told = event.story.headline if isinstance(event, StoryReleased) else event.headline
    life.headline = told or life.headline
    life.kills = {ordinal: kill for ordinal, kill in life.kills.items() if ordinal >= event.ordinal}


def _note_unread(life: Life, event: Unread) -> None:
    """Count an announcement that cannot be read, and note a kill. A TopicsState may correct the number later."""
    life.missing.add(event.of)
    if event.of in (StoryReleased.fact, StoryWithdrawn.fact):
        life.number += 1
    if event.of == StoryWithdrawn.fact:
        life.withdrawn.add(event.nth)
    if event.kills:
        life.kills[event.ordinal] = event
        if life.archived and life.latest is None:
            # The stand-in does not say whether the kill is of an archive; all other versions of the story are.
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
