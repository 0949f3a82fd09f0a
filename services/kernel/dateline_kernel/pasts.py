"""The events of long stories, kept in memory from one decision to the next, without those that no longer matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from dateline_kernel.journal import Journal
from dateline_kernel.longstories import Folding, LongStories
from dateline_kernel.losses import TopicsState
from dateline_schemas.events import Event, Recorded
from dateline_schemas.subjects import story_subject


class Pruning(Struct, frozen=True):
    """Which of a story's events are kept in memory. Pure."""

    pruned: Callable[[Sequence[Recorded[Event]]], Sequence[Recorded[Event]]]
    """A story's events -> those that the next decision depends on, always with the last one. It is given only events
    that can be read and have been announced."""
    weight: Callable[[Sequence[Recorded[Event]]], int]
    """Bytes of memory that events take, about."""


class _Past(Struct, frozen=True):
    log: Sequence[Recorded[Event]]
    heard: Mapping[type[Event], int]
    """For each kind, the sequence of the last event that was decided about."""


class Pasts:
    """The remembered events of the stories that this process decided about lately."""

    def __init__(self, pruning: Pruning) -> None:
        self._pruned = pruning.pruned
        folding = Folding(lambda log: _Past(log, {}), _further, lambda past: pruning.weight(past.log))
        self._long_stories = LongStories(folding)

    async def of(self, journal: Journal, heard: Recorded[Event], *, refused: bool) -> list[Recorded[Event]] | None:
        """The story's events that matter, the one heard among them; None if they are not remembered.

        None as well if the event heard is no newer than the last one of its kind: then the consumer was made anew, and
        what was announced may be lost. ``refused``: a write was refused, so the log must have more. Raises Unavailable.
        """
        folded = await self._long_stories.further(journal, heard.event.story_id, least=heard.seq, refused=refused)
        if folded is None or heard.seq <= folded.state.heard.get(type(heard.event), 0):
            return None
        log = list(folded.state.log)
        if any(story_subject(one.event) == story_subject(heard.event) for one in log):
            return log
        return sorted([*log, heard], key=lambda one: one.seq)

    def keep(self, heard: Recorded[Event], log: Sequence[Recorded[Event]], wrote: int) -> None:
        """Remember a story's ``log``, decided about and announced; ``wrote`` is the sequence of its last event now."""
        story = heard.event.story_id
        if isinstance(log[-1].event, TopicsState):
            self._long_stories.forget(story)
            return
        before = self._long_stories.state(story)
        last = {**(before.heard if before else {}), type(heard.event): heard.seq}
        self._long_stories.keep(story, _Past(self._pruned(log), last), log)
        self._long_stories.wrote(story, wrote)


def _further(past: _Past, came: Sequence[Recorded[Event]]) -> _Past:
    """The past with newer events; one that a replay has said anew is in it once, at its new place."""
    newer = {story_subject(one.event): one for one in came}
    log = [one for one in past.log if story_subject(one.event) not in newer]
    return _Past([*log, *sorted(newer.values(), key=lambda one: one.seq)], past.heard)
