"""From bytes to durable events: parse, keep the original, tell the version, append. The same for every door."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from dateline_ingest.feeds import Feeds
from dateline_ingest.formats import Parsed, Unparseable, parse
from dateline_ingest.versions import ClockAhead, Versions, clock_flags, content_hash, evolve, fold, judge
from dateline_kernel.errors import Conflict, Unavailable
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded, Standing, StoryCanceled, StoryReceived
from dateline_schemas.events import Intake as Arrival
from dateline_schemas.feeds import Feed
from dateline_schemas.identity import stamp_intake, story_id
from dateline_schemas.quarantine import Quarantined
from dateline_schemas.story import Story

BESIDE_THE_LOOP = 256 * 1024
"""Bodies of more bytes are parsed in a thread, so that one giant does not hold up the others."""
TRIES = 20
KNOWN_STORIES = 100_000
"""Weeks of a large agency; some 15 MB."""


class Receipt(Struct, frozen=True, kw_only=True):
    """What became of one story of a push. It is on disk when a door hands this out."""

    story_id: str
    version: str
    event_id: str
    standing: Standing
    duplicate: bool = False
    """True when the log had this version already and nothing was appended."""
    flags: tuple[str, ...] = ()
    headline: str = ""


class Delivery(Struct, frozen=True, kw_only=True):
    """Bytes that came in by a door."""

    feed: Feed
    door: str
    data: bytes
    hint: str = ""
    """Media type or format name that the sender states."""
    url: str = ""
    """Where the bytes came from, for pages that do not say."""


class Refused(Exception):
    """The input cannot be taken; it stands in quarantine under ``number`` (0: it could not be kept)."""

    def __init__(self, cause: Unparseable | ClockAhead, number: int) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.number = number


class Intake:
    """Takes deliveries in, for all doors of a process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known = Known(KNOWN_STORIES)

    async def take_in(self, delivery: Delivery) -> list[Receipt]:
        """Take a delivery in: all of its stories, or none. A receipt each.

        Raises Refused for input that cannot be taken (kept in QUARANTINE), Unavailable when the log does not answer.
        """
        try:
            return await self.admit(delivery)
        except (Unparseable, ClockAhead) as error:
            raise Refused(error, await _quarantine(self._runtime, delivery, error)) from error

    async def admit(self, delivery: Delivery) -> list[Receipt]:
        """The same, without keeping what cannot be taken. Raises Unparseable, ClockAhead, Unavailable."""
        runtime = self._runtime
        parsed = await _parse(delivery)
        flagged = [(story, clock_flags(story, runtime.now())) for story in parsed.stories]
        original = await runtime.originals.keep(delivery.data)
        drafts = [_draft(delivery, parsed.format, original, story, *flags) for story, flags in flagged]
        for _ in range(TRIES):
            try:
                receipts = await _append(runtime, drafts, self._known)
            except Conflict:
                self._known.add(draft.story_id for draft in drafts)
                continue
            self._known.add(draft.story_id for draft in drafts)
            _tell(runtime, delivery, receipts)
            return receipts
        raise Unavailable("these stories change faster than they can be taken in")


class Known:
    """Stories that are known to be in the log, so many at most: the log is read for these before it is written to.

    For any other story it is written at once, expecting that there is none; if there is, the write is refused, and then
    the log is read. Most stories are new, so most are never read.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._stories: dict[str, None] = {}

    def __contains__(self, story: str) -> bool:
        return story in self._stories

    def add(self, stories: Iterable[str]) -> None:
        """Remember them; the ones that came first are forgotten first."""
        self._stories.update(dict.fromkeys(stories))
        while len(self._stories) > self._most:
            del self._stories[next(iter(self._stories))]


def _tell(runtime: Runtime, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
    for receipt in receipts:
        runtime.log.info(
            "taken in",
            feed=delivery.feed.name,
            door=delivery.door,
            story=receipt.story_id,
            version=receipt.version,
            standing=receipt.standing,
            duplicate=receipt.duplicate,
            event_id=receipt.event_id,
            correlation=receipt.event_id,
        )


async def _parse(delivery: Delivery) -> Parsed:
    hint = delivery.hint or delivery.feed.format
    if len(delivery.data) > BESIDE_THE_LOOP:
        return await asyncio.to_thread(parse, delivery.data, hint=hint, url=delivery.url)
    return parse(delivery.data, hint=hint, url=delivery.url)


def _draft(delivery: Delivery, wire_format: str, original: str, story: Story, *flags: str) -> Arrival:
    feed = delivery.feed
    story = msgspec.structs.replace(
        story, language=story.language or feed.language, provider=story.provider or feed.provider
    )
    kind = StoryCanceled if story.pubstatus == "canceled" else StoryReceived
    return kind(
        story_id=story_id(feed.name, story.guid),
        version=story.version,
        ordinal=0,
        arrival=0,
        feed=feed.name,
        door=delivery.door,
        format=wire_format,
        original=original,
        original_bytes=len(delivery.data),
        content=content_hash(story),
        flags=flags,
        contract=feed.contract,
        story=story,
    )


async def _append(runtime: Runtime, drafts: Sequence[Arrival], recent: Known) -> list[Receipt]:
    """Judge each draft against what its story has so far, and append what is new in one atomic write."""
    logs: dict[str, list[Recorded[Event]]] = {draft.story_id: [] for draft in drafts}
    there = [story for story in logs if story in recent]
    logs.update(zip(there, await asyncio.gather(*(runtime.journal.load(story) for story in there)), strict=True))
    known = {story: fold(recorded.event for recorded in log) for story, log in logs.items()}
    receipts: list[Receipt] = []
    events: list[Event] = []
    for draft in drafts:
        event, receipt = _judged(draft, known[draft.story_id], runtime.rules)
        receipts.append(receipt)
        if event is not None:
            evolve(known[draft.story_id], event)
            events.append(event)
    if events:
        said = {event.story_id for event in events}
        await runtime.journal.append(events, expected={s: logs[s][-1].seq if logs[s] else 0 for s in said})
    for said_event in events:
        runtime.telemetry.said.labels(runtime.service, type(said_event).__name__).inc()
    return receipts


def _judged(draft: Arrival, versions: Versions, rules: str) -> tuple[Arrival | None, Receipt]:
    verdict = judge(versions, draft.story, draft.content)
    receipt = Receipt(
        story_id=draft.story_id,
        version=verdict.version,
        event_id=verdict.repeats,
        standing=verdict.standing,
        duplicate=bool(verdict.repeats),
        flags=draft.flags,
        headline=draft.story.headline,
    )
    if verdict.repeats:
        return None, receipt
    event = stamp_intake(
        msgspec.structs.replace(
            draft,
            version=verdict.version,
            ordinal=verdict.ordinal,
            arrival=len(versions.seen) + 1,
            standing=verdict.standing,
            rules=rules,
        )
    )
    return event, msgspec.structs.replace(receipt, event_id=event.id)


async def _quarantine(runtime: Runtime, delivery: Delivery, error: Unparseable | ClockAhead) -> int:
    original = await runtime.originals.keep(delivery.data)
    what = Quarantined(
        kind="input",
        service=runtime.service,
        reason=str(error)[:2000],
        error=type(error).__name__,
        at=runtime.now(),
        feed=delivery.feed.name,
        door=delivery.door,
        original=original,
        original_bytes=len(delivery.data),
        format=delivery.hint,
        url=delivery.url,
    )
    runtime.telemetry.quarantined.labels(runtime.service).inc()
    runtime.log.warning("input refused", feed=delivery.feed.name, original=original, reason=what.reason)
    return await runtime.quarantine.keep(what, key=f"input-{delivery.feed.name}-{original}")


async def retake(runtime: Runtime, what: Quarantined) -> str:
    """Take refused input in again, under the rules of today; says what came of it.

    Raises Unparseable or ClockAhead where it is refused again (it stands in quarantine already), Unavailable.
    """
    data = await runtime.originals.get(what.original)
    feed = await Feeds(runtime).by_name(what.feed)
    delivery = Delivery(feed=feed, door=what.door, data=data, hint=what.format, url=what.url)
    receipts = await Intake(runtime).admit(delivery)
    return ", ".join(f"{receipt.story_id} version {receipt.version}" for receipt in receipts)
