"""The journal: append events to the log, load a story, read the log from anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from nats.aio.msg import Msg

from dateline_kernel.agreement import End, agreed, confirm
from dateline_kernel.appending import Appending
from dateline_kernel.delivery import Delivery, recorded_time
from dateline_kernel.direct import DirectReader
from dateline_kernel.directget import Incomplete, Lagging
from dateline_kernel.lookout import Lookout
from dateline_kernel.losses import Unread, unread
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.reader import messages_of
from dateline_schemas.codec import UnreadableEvent, decode
from dateline_schemas.events import Event, Recorded
from dateline_schemas.subjects import DUPLICATE_WINDOW, STORIES, story_filter, story_subject

Progress = Callable[[int, int], None]
"""Called with (events read, events there are to read)."""


class Journal:
    """The log as one service sees it. It refuses what the service's row of the flow does not allow."""

    def __init__(self, client: QuickClient, service: str) -> None:
        self.client = client
        self.service = service
        self.direct = DirectReader(client)
        self._lookout = Lookout(self.direct, STORIES.name)
        self._appending = Appending(client, self.direct, service)

    async def append(
        self,
        events: Sequence[Event],
        *,
        expected: Mapping[str, int] | None = None,
        among: type[Event] | None = None,
        over: Sequence[int] = (),
    ) -> int:
        """Append stamped events, all or none, fsynced; the sequence of the last one (they follow one another).

        ``expected`` says, by story id, the sequence of the last event that the story had when it was decided (0:
        none): Conflict is raised if another came since, or, with ``among``, another of that kind. ``over`` says, event
        by event, what stood in its own place then (0: nothing): Conflict is raised if something else stands there.
        Raises NotAllowed, Duplicate, TooLarge, Unavailable too; ValueError if both are said, as a message has room for
        one expectation.
        """
        if expected and over:
            raise ValueError("expected or over: an event cannot expect two things")
        return await self._appending.append(events, expected or {}, among, over)

    async def load(self, story_id: str, *, whole: bool = True, at_least: int = 0) -> list[Recorded[Event]]:
        """The events of a story in the order of the log, one for each of its subjects.

        Where a replay said something anew the newer event is given. Raises Unavailable, and codec.UnreadableEvent
        unless it need not be the ``whole``: then an Unread stands in the place of what cannot be read. Raises Lagging
        where a copy answers that has not come to the sequence ``at_least``.
        """
        messages = await self.direct.latest(STORIES.name, story_filter(story_id), at_least)
        return sorted((_recorded_direct(message, whole) for message in messages), key=lambda recorded: recorded.seq)

    async def load_of(self, heard: Recorded[Event], kinds: Sequence[type[Event]]) -> list[Recorded[Event]]:
        """``load_with`` for who needs these kinds only, of a story that may have very many events of others.

        Where one answer does not have them all, or what was heard has been lost, all kinds are among them.
        """
        story = heard.event.story_id
        found = await self._at_once(heard, [story_filter(story, kind) for kind in kinds])
        return await self.load_with(heard) if found is None else found

    async def _at_once(self, heard: Recorded[Event], subjects: Sequence[str]) -> list[Recorded[Event]] | None:
        """What stands on these subjects and in the place of what was heard; None where one answer cannot tell."""
        wanted = dict.fromkeys((_subject(heard.event), *subjects))
        try:
            messages = await self.direct.at_once(STORIES.name, list(wanted), heard.seq)
        except (Incomplete, Lagging):
            return None
        log = sorted((_recorded_direct(message, True) for message in messages), key=lambda recorded: recorded.seq)
        return log if any(place_of(one.event) == place_of(heard.event) for one in log) else None

    async def load_with(self, heard: Recorded[Event], *, whole: bool = True) -> list[Recorded[Event]]:
        """The events of the story of one that was heard: that is among them, unless another one took its place.

        A copy that lost it does not take it back from who holds it in his hands. Raises as ``load``, and Lagging where
        nothing is as late.
        """
        log = await self.load(heard.event.story_id, whole=whole)
        if not log or log[-1].seq < heard.seq:
            raise Lagging(f"the log answered without event {heard.seq}: a replica that lags")
        if any(place_of(one.event) == place_of(heard.event) for one in log):
            return log
        return sorted([*log, heard], key=lambda recorded: recorded.seq)

    async def pages(self, story_id: str, known: int, time: datetime) -> AsyncIterator[list[Recorded[Event]]]:
        """The events of a story behind one that is known by its sequence and by when the log took it, in the order of
        the log, some at a time.

        Where a replay said something anew both are given. An Unread stands in the place of what cannot be read. Raises
        Incomplete where these are not all, or the known one is not there; Unavailable.
        """
        async for messages in self.direct.pages(STORIES.name, story_filter(story_id), known):
            events = [_recorded_direct(message, False) for message in messages]
            if events[0].seq == known and events[0].time != time:
                raise Incomplete(f"event {known} is another one than it was")
            if behind := [one for one in events if one.seq > known]:
                yield behind

    async def confirm(self, ends: Sequence[End]) -> None:
        """See that these are the ends of their stories (``agreement``). Raises Conflict, Unavailable."""
        await confirm(self.client, self.direct, ends)

    async def load_all(self, stories: Iterable[str]) -> dict[str, list[Recorded[Event]]]:
        """The events of several stories, loaded at once; they need not be whole. Raises Unavailable."""
        asked = list(dict.fromkeys(stories))
        loaded = await asyncio.gather(*(self.load(story, whole=False) for story in asked))
        return dict(zip(asked, loaded, strict=True))

    async def stands(self, story_id: str, places: Sequence[str]) -> bool:
        """Whether the story has an event at any of these ``<fact>.<place>``. Raises Unavailable."""
        wanted = [f"story.{story_id}.{place}" for place in places]
        return await self._lookout.any_at(wanted)

    async def last_sequence(self) -> int:
        """Sequence of the newest event in the log; 0 for an empty log. Raises Unavailable."""
        return (await agreed(self.client)).last

    async def read(
        self,
        start: int | datetime = 1,
        end: int | datetime | None = None,
        *,
        kinds: Sequence[type[Event]] = (),
        story_id: str = "",
        progress: Progress | None = None,
        whole: bool = True,
    ) -> AsyncIterator[Recorded[Event]]:
        """Events from ``start`` to ``end``, both included, in the order of the log.

        A number is a sequence, a time is when the log took the event. ``end`` left out is the newest event at the
        time of the call, so a read always ends. Raises Unavailable, and codec.UnreadableEvent unless it need not be the
        ``whole``: then an Unread is given for what cannot be read.
        """
        last = await self.last_sequence()
        if isinstance(end, int):
            last = min(last, end)
        # Several kinds are picked out here: for a consumer of several subjects the server goes through all subjects of
        # the stream at each block of its files, and answers nobody meanwhile.
        subject = story_filter(story_id or "*", kinds[0] if len(kinds) == 1 else None)
        facts = frozenset(kind.fact for kind in kinds) or None
        async for message, at in self.messages(start, last, subject):
            if at.seq > last or (isinstance(end, datetime) and at.time > end):
                return
            if facts is not None and message.subject.split(".")[2] not in facts:
                continue
            yield _recorded(message, message.subject, at.seq, at.time, whole)
            if progress is not None:
                progress(at.seq, at.seq + at.pending)

    def messages(
        self, start: int | datetime, last: int, subject: str = "story.>"
    ) -> AsyncIterator[tuple[Msg, Delivery]]:
        """The messages on a subject from ``start`` to the sequence ``last`` or a little more, as they are stored.

        One that the server cannot read is left out by it, without a word. Raises Unavailable.
        """
        return messages_of(self.client, start, last, subject)

    async def unsaid(self, events: Sequence[Event], heard: Recorded[Event]) -> list[tuple[Event, int]]:
        """Those of the events that follow from ``heard`` for which the log has no answer yet, each with the sequence
        of what stands in its place, 0 for nothing. Raises Unavailable.

        None if another event took the place of ``heard``: what follows from that one counts.
        """
        if not events:
            return []
        log = await self._at_once(heard, [story_subject(event) for event in events])
        if log is None or any(
            one.event.cause != heard.event.id for one in log if place_of(one.event) != place_of(heard.event)
        ):
            # What something else follows from may have come behind what was heard.
            log = await self.load_with(heard)
        if log[-1].seq > heard.seq and all(one.event.id != heard.event.id for one in log):
            return []
        there = {story_subject(one.event): one for one in log}
        found = [(event, there.get(story_subject(event))) for event in events]
        return [(event, old.seq if old else 0) for event, old in found if not _answered(old, heard, log)]

    @property
    def failing(self) -> str:
        """Why nothing could be written to it for some seconds; else empty."""
        return self._appending.failing

    async def close(self) -> None:
        """Write what is still queued, then stop."""
        await self._appending.close()


def place_of(event: Event) -> str:
    """``<fact>.<place>``: where it stands in its story."""
    return event.place if isinstance(event, Unread) else f"{event.fact}.{event.place}"


def _subject(event: Event) -> str:
    return f"story.{event.story_id}.{place_of(event)}"


def _answered(there: Recorded[Event] | None, heard: Recorded[Event], log: Sequence[Recorded[Event]]) -> bool:
    """Whether what stands in an answer's place is an answer to ``heard``, or to what came behind it.

    Not by its id alone: other rules, a replay or an editor may have said something else there since.
    """
    if there is None or there.event.cause == heard.event.id:
        return there is not None
    return any(one.event.id == there.event.cause and one.seq > heard.seq for one in log)


def _recorded_direct(message: Msg, whole: bool) -> Recorded[Event]:
    headers = message.headers or {}
    at, time = int(headers["Nats-Sequence"]), recorded_time(headers)
    return _recorded(message, headers["Nats-Subject"], at, time, whole)


def _recorded(message: Msg, subject: str, seq: int, time: datetime, whole: bool) -> Recorded[Event]:
    try:
        return Recorded(decode(message.data), seq, time)
    except UnreadableEvent as error:
        said = f"event {seq} of the log cannot be read: {error}"
        if whole:
            raise UnreadableEvent(said) from error
        return Recorded(unread(subject, said, message.headers), seq, time)


def may_be_known(delivered: int, recorded_at: datetime, now: datetime) -> bool:
    """Whether what follows from an event may be in the log already, beyond what the server's own check catches.

    The server drops a repeated message id for DUPLICATE_WINDOW seconds; past half of that, or on a repeated
    delivery, the log itself must be asked.
    """
    return delivered > 1 or now - recorded_at > timedelta(seconds=DUPLICATE_WINDOW / 2)
