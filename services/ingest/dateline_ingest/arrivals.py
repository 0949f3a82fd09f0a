"""Writes what came in to the log: each story is judged by its earlier versions; those of one message go in together."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from dateline_ingest.deliveries import Admitted, all_of
from dateline_ingest.history import Versions, fold, further, weight
from dateline_ingest.judging import Coming, all_judged
from dateline_kernel.agreement import End
from dateline_kernel.errors import Conflict, Duplicate, TooLarge, Unavailable
from dateline_kernel.longstories import Folded, Folding, LongStories
from dateline_kernel.losses import note_passed_over
from dateline_kernel.remembering import Lately
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Arrival, StoryCanceled, StoryReceived

AT_ONCE = 500
"""Stories of a message that are written together; the server takes less than a thousand. Only a web feed has more, and
what of it was written before a crash is told apart when it is fetched again."""
TRIES = 20
KNOWN_STORIES = 100_000
"""Weeks of a large agency; some 15 MB."""


class Arrivals:
    """Writes what this process takes in."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known = Lately(KNOWN_STORIES)
        """Stories that the log is known to have. For these it is read before it is written to. Any other story is
        written at once, expecting that the log has nothing of it; if it has, the write is refused, and then it is read.
        Most stories are new, so most are never read.
        """
        self._long_stories = LongStories(Folding(fold, further, weight))

    async def write(self, drafts: Sequence[Arrival], *, repeat: bool, came: datetime | None) -> Admitted:
        """Append what is new. ``repeat``: the log probably has it. ``came``: when it came, if it is tried again.

        Raises Unavailable.
        """
        if repeat:
            self._note(drafts)
        counted = Counter(draft.story_id for draft in drafts)
        coming = Coming(came, frozenset(story for story, count in counted.items() if count > 1))
        cut = [drafts[at : at + AT_ONCE] for at in range(0, len(drafts), AT_ONCE)]
        return all_of([await self._some(part, coming) for part in cut])

    async def _some(self, drafts: Sequence[Arrival], coming: Coming) -> Admitted:
        """All in one write; or, if one of them is too large for the log, each in a write of its own."""
        try:
            return await self._together(drafts, coming)
        except TooLarge as error:
            if len(drafts) == 1:
                return Admitted(fault=error)
        return all_of([await self._some([draft], coming) for draft in drafts])

    async def _together(self, drafts: Sequence[Arrival], coming: Coming) -> Admitted:
        for attempt in range(TRIES):
            try:
                return await self._append(drafts, coming, refused=attempt > 0)
            except (Conflict, Duplicate):
                continue
            finally:
                self._note(drafts)
        raise Unavailable("these stories change faster than they can be taken in")

    def _note(self, drafts: Sequence[Arrival]) -> None:
        for draft in drafts:
            self._known.add(draft.story_id)

    async def _append(self, drafts: Sequence[Arrival], coming: Coming, *, refused: bool) -> Admitted:
        """Judge each draft by the earlier versions of its story, and append what is new in one atomic write.

        If an earlier version cannot be read, the draft is left out, as it cannot be judged; a kill is a kill in any
        case. Raises Conflict, Duplicate, TooLarge, Unavailable.
        """
        journal = self._runtime.journal
        there = list(dict.fromkeys(draft.story_id for draft in drafts if draft.story_id in self._known))
        looked = await asyncio.gather(*(self._long_stories.look(journal, story, refused=refused) for story in there))
        before = dict(zip(there, looked, strict=True))
        judged = all_judged(drafts, {story: one.state for story, one in before.items()}, self._runtime.rules, coming)
        said = {event.story_id for event in judged.events}
        # A repeat writes nothing, so no refused write would show that it was judged by a copy of the log that lags.
        await journal.confirm([_end(story, one) for story, one in before.items() if one.seq and story not in said])
        if judged.events:
            expected = {story: before[story].seq if story in before else 0 for story in said}
            last = await journal.append(judged.events, expected=expected)
            for story in said & before.keys():
                if len(said) == 1:  # of several stories it is not known whose event is the last one
                    self._long_stories.wrote(story, last)
                note_passed_over(self._runtime, before[story].state.lost)
        self._runtime.telemetry.note_said(judged.events)
        return judged.admitted


def _end(story: str, looked: Folded[Versions]) -> End:
    following = looked.state.arrivals + 1
    places = tuple(f"{kind.fact}.{following}" for kind in (StoryReceived, StoryCanceled))
    return End(story, looked.seq, looked.place, places)
