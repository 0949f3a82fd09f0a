"""Stories that came in, written into the log: each judged by what its story has so far, those of a message together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime

from dateline_ingest.deliveries import Admitted, Receipt, joined
from dateline_ingest.history import came_of, evolve, fold
from dateline_ingest.judging import judged
from dateline_kernel.errors import Conflict, Duplicate, TooLarge, Unavailable
from dateline_kernel.losses import note_passed_over, unread_of
from dateline_kernel.runtime import Runtime
from dateline_schemas.codec import UnreadableEvent
from dateline_schemas.events import Event, Intake, Recorded, StoryCanceled, StoryReceived

AT_ONCE = 500
"""Stories of a message that are written together; the server takes less than a thousand. Only a web feed has more, and
what of it was written before a crash is told apart when it is fetched again."""
TRIES = 20
KNOWN_STORIES = 100_000
"""Weeks of a large agency; some 15 MB."""


class Arrivals:
    """Writes what came in by this process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known = Known(KNOWN_STORIES)

    async def write(self, drafts: Sequence[Intake], *, repeat: bool, came: datetime | None) -> Admitted:
        """Append what is new of them. ``repeat``: the log probably has them; ``came``: when, if that was before now.

        Raises Unavailable.
        """
        cut = [drafts[at : at + AT_ONCE] for at in range(0, len(drafts), AT_ONCE)]
        return joined([await self._some(part, repeat, came) for part in cut])

    async def _some(self, drafts: Sequence[Intake], repeat: bool, came: datetime | None) -> Admitted:
        """All of them in one write; where one is in the way, such as one too large for the log, each by itself."""
        try:
            return await self._together(drafts, repeat, came)
        except TooLarge as error:
            if len(drafts) == 1:
                return Admitted(fault=error)
        return joined([await self._some([draft], repeat, came) for draft in drafts])

    async def _together(self, drafts: Sequence[Intake], repeat: bool, came: datetime | None) -> Admitted:
        stories = [draft.story_id for draft in drafts]
        if repeat:
            self._known.add(stories)
        for _ in range(TRIES):
            try:
                return await _append(self._runtime, drafts, self._known, came)
            except (Conflict, Duplicate):
                continue
            finally:
                self._known.add(stories)
        raise Unavailable("these stories change faster than they can be taken in")


class Known:
    """Stories that are known to be in the log, so many at most: the log is read for these before it is written to.

    For any other story it is written at once, expecting that there is none; if there is, the write is refused, and then
    the log is read. Most stories are new, so most are never read.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._stories: OrderedDict[str, None] = OrderedDict()
        """Not a plain dict: to forget the first one of a full dict it walks over all that were forgotten before."""

    def __contains__(self, story: str) -> bool:
        return story in self._stories

    def add(self, stories: Iterable[str]) -> None:
        """Remember them; the ones that came first are forgotten first."""
        self._stories.update(dict.fromkeys(stories))
        while len(self._stories) > self._most:
            self._stories.popitem(last=False)


async def _append(runtime: Runtime, drafts: Sequence[Intake], recent: Known, came: datetime | None = None) -> Admitted:
    """Judge each draft against what its story has so far, and append what is new in one atomic write.

    What a version is depends on all that came before, so one is left out where some of that cannot be read. A kill is
    one whatever that was.
    """
    logs: dict[str, list[Recorded[Event]]] = {draft.story_id: [] for draft in drafts}
    if there := [story for story in logs if story in recent]:
        logs.update(await runtime.journal.load_all(there))
    known = {story: fold(recorded.event for recorded in log) for story, log in logs.items()}
    receipts: list[Receipt] = []
    events: list[Event] = []
    fault: UnreadableEvent | None = None
    for draft in drafts:
        if not isinstance(draft, StoryCanceled) and (lost := unread_of(logs[draft.story_id])):
            fault = fault or UnreadableEvent(lost[0].event.why)
            continue
        versions = known[draft.story_id]
        overtaken = came is not None and came < came_of(versions, logs[draft.story_id])
        event, receipt = judged(draft, versions, runtime.rules, overtaken=overtaken)
        receipts.append(receipt)
        if event is not None:
            events.append(event)
            if len(drafts) > 1:  # a later one may be of the same story
                evolve(versions, event)
    said = {event.story_id for event in events}
    # That nothing is to be said of a story may be so in a copy of the log alone that lags: no write would tell.
    quiet = {story: log for story, log in logs.items() if log and story not in said}
    await runtime.journal.confirm(quiet, (StoryReceived, StoryCanceled))
    if events:
        await runtime.journal.append(events, expected={s: logs[s][-1].seq if logs[s] else 0 for s in said})
        for story in said:
            note_passed_over(runtime, logs[story])
    runtime.telemetry.note_said(events)
    return Admitted(tuple(receipts), fault)
