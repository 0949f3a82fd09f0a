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
from dateline_kernel.lookout import Lookout, Place
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

        A write may expect one of two things, and raises Conflict if it is not so (ValueError for both):

        - ``expected``, story id -> sequence: this is still the story's last event (0: it has none), or, with ``among``,
          its last event of that kind;
        - ``over``, a sequence for each event: this still stands in the place of the event (0: nothing does).

        Raises NotAllowed, Duplicate, TooLarge, Unavailable too.
        """
        if expected and over:
            raise ValueError("expected or over: an event cannot expect two things")
        return await self._appending.append(events, expected or {}, among, over)

    async def load(self, story_id: str, *, whole: bool = True, at_least: int = 0) -> list[Recorded[Event]]:
        """The events of a story in the order of the log; of those that a replay said anew, the newer ones.

        ``whole``: raises codec.UnreadableEvent if one cannot be read; else an Unread is given in its place. Raises
        Lagging if a copy of the log answers that has not come to the sequence ``at_least``; Unavailable.
        """
        messages = await self.direct.latest(STORIES.name, story_filter(story_id), at_least)
        return sorted((_recorded_direct(message, whole) for message in messages), key=lambda recorded: recorded.seq)

    async def load_of(self, heard: Recorded[Event], kinds: Sequence[type[Event]]) -> list[Recorded[Event]]:
        """As ``load_with``, but only these kinds of events: a story may have very many of others.

        If one answer of the server does not have them all, or has lost the event heard, the other kinds come as well.
        """
        story = heard.event.story_id
        found = await self._at_once(heard, [story_filter(story, kind) for kind in kinds])
        return await self.load_with(heard) if found is None else found

    async def _at_once(self, heard: Recorded[Event], subjects: Sequence[str]) -> list[Recorded[Event]] | None:
        """The event heard, or its replacement, and what stands on these subjects; None if one answer does not tell."""
        wanted = dict.fromkeys((_subject(heard.event), *subjects))
        try:
            messages = await self.direct.at_once(STORIES.name, list(wanted), heard.seq)
        except (Incomplete, Lagging):
            return None
        log = sorted((_recorded_direct(message, True) for message in messages), key=lambda recorded: recorded.seq)
        return log if any(place_of(one.event) == place_of(heard.event) for one in log) else None

    async def load_with(self, heard: Recorded[Event], *, whole: bool = True) -> list[Recorded[Event]]:
        """The events of the story of an event heard; that one is among them, unless a replay has replaced it.

        It is given even if the log has lost it since. Raises as ``load``; Lagging if all that answers is older.
        """
        log = await self.load(heard.event.story_id, whole=whole)
        if not log or log[-1].seq < heard.seq:
            raise Lagging(f"the log answered without event {heard.seq}: a replica that lags")
        if any(place_of(one.event) == place_of(heard.event) for one in log):
            return log
        return sorted([*log, heard], key=lambda recorded: recorded.seq)

    async def pages(self, story_id: str, known: int, time: datetime) -> AsyncIterator[list[Recorded[Event]]]:
        """A story's events after the one with the sequence ``known`` and this ``time``: in the log's order, in parts.

        What a replay has said anew is given in both forms, an Unread in place of what cannot be read. Raises Incomplete
        if some are missing, or the known one is no longer there; Unavailable.
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
        """Story id -> its events, an Unread in place of what cannot be read. Raises Unavailable."""
        asked = list(dict.fromkeys(stories))
        loaded = await asyncio.gather(*(self.load(story, whole=False) for story in asked))
        return dict(zip(asked, loaded, strict=True))

    async def is_alone(self, heard: Recorded[Event], places: Sequence[str]) -> bool:
        """Whether the story of an event that was heard has nothing at these places, ``<fact>.<place>`` each.

        By a copy that has all that came before the event; False also where none answers that has. Raises Unavailable.
        """
        wanted = [f"story.{heard.event.story_id}.{place}" for place in places]
        return await self._lookout.is_free(wanted, Place(_subject(heard.event), heard.seq))

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

        A number is a sequence, a time is when the log took the event. Without ``end`` it reads to the newest event at
        the time of the call, so that a read always ends. ``whole``: as for ``load``. Raises Unavailable.
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
        """The messages on a subject, as stored, from ``start`` to the sequence ``last`` or a little more.

        Messages that the server itself cannot read are missing without notice. Raises Unavailable.
        """
        return messages_of(self.client, start, last, subject)

    async def unsaid(self, events: Sequence[Event], heard: Recorded[Event]) -> list[tuple[Event, int]]:
        """Of these answers to ``heard``, those that the log lacks, each with the sequence of what stands in its place.

        The sequence is 0 where nothing does. The list is empty if a replay has replaced ``heard``: then the answers to
        its replacement count. Raises Unavailable.
        """
        if not events:
            return []
        log = await self._at_once(heard, [story_subject(event) for event in events])
        if log is None or any(
            one.event.cause != heard.event.id for one in log if place_of(one.event) != place_of(heard.event)
        ):
            # There is an answer to another event: only the whole story tells whether that event is newer.
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
    """``<fact>.<place>``: where an event stands in its story."""
    return event.place if isinstance(event, Unread) else f"{event.fact}.{event.place}"


def _subject(event: Event) -> str:
    return f"story.{event.story_id}.{place_of(event)}"


def _answered(there: Recorded[Event] | None, heard: Recorded[Event], log: Sequence[Recorded[Event]]) -> bool:
    """Whether what stands in an answer's place answers ``heard`` or a newer event of the story.

    Its id alone does not tell: other rules, a replay or an editor may have said something else there since.
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
    """Whether the log must be asked if the answer to an event is in it already.

    The server drops a repeated message id for DUPLICATE_WINDOW seconds. Half of that is relied on, and only at the
    first delivery.
    """
    return delivered > 1 or now - recorded_at > timedelta(seconds=DUPLICATE_WINDOW / 2)
