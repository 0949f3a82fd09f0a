"""The logs of long stories, remembered from event to event and cut down to what counts for the next decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from dateline_kernel.journal import Journal
from dateline_kernel.longstories import Folding, LongStories
from dateline_kernel.losses import TopicsState
from dateline_schemas.events import Event, Recorded
from dateline_schemas.subjects import story_subject


class Counting(Struct, frozen=True):
    """What of a story's log has to be remembered. Pure."""

    still: Callable[[Sequence[Recorded[Event]]], Sequence[Recorded[Event]]]
    """Cuts a log down to the events that make a difference to the next decision, the last one always among them. All of
    the log it is given can be read, and is announced."""
    weight: Callable[[Sequence[Recorded[Event]]], int]
    """Bytes that events take, about."""


class _Past(Struct, frozen=True):
    log: Sequence[Recorded[Event]]
    heard: Mapping[type[Event], int]
    """Sequence of the last event of each kind that was decided about."""


class Pasts:
    """The pasts of the stories that a process decided about lately."""

    def __init__(self, counting: Counting) -> None:
        self._still = counting.still
        folding = Folding(lambda log: _Past(log, {}), _further, lambda past: counting.weight(past.log))
        self._long_stories = LongStories(folding)

    async def of(self, journal: Journal, heard: Recorded[Event], *, refused: bool) -> list[Recorded[Event]] | None:
        """What counts of a story's log, the event that was heard among it; None if that is not remembered.

        None as well where an event comes that is no newer than the last one of its kind: the consumer was made anew,
        and what was announced may be lost. ``refused``: a write was, so there must be more. Raises Unavailable.
        """
        folded = await self._long_stories.further(journal, heard.event.story_id, least=heard.seq, refused=refused)
        if folded is None or heard.seq <= folded.state.heard.get(type(heard.event), 0):
            return None
        log = list(folded.state.log)
        if any(story_subject(one.event) == story_subject(heard.event) for one in log):
            return log
        return sorted([*log, heard], key=lambda one: one.seq)

    def keep(self, heard: Recorded[Event], log: Sequence[Recorded[Event]], wrote: int) -> None:
        """Remember a story's ``log`` as it was read, now that it is decided about and announced; ``wrote`` is the last
        sequence behind that.
        """
        story = heard.event.story_id
        if isinstance(log[-1].event, TopicsState):
            self._long_stories.forget(story)
            return
        before = self._long_stories.state(story)
        last = {**(before.heard if before else {}), type(heard.event): heard.seq}
        self._long_stories.keep(story, _Past(self._still(log), last), log)
        self._long_stories.wrote(story, wrote)


def _further(past: _Past, came: Sequence[Recorded[Event]]) -> _Past:
    """With what came behind; an event that a replay said anew stands in its new place alone."""
    newer = {story_subject(one.event): one for one in came}
    log = [one for one in past.log if story_subject(one.event) not in newer]
    return _Past([*log, *sorted(newer.values(), key=lambda one: one.seq)], past.heard)
