"""From bytes to durable events: parse, keep the original, tell the version, append. The same for every door."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dateline_ingest.feeds import Feeds
from dateline_ingest.formats import DEFAULT_LIMITS, Parsed, Unparseable, is_bundle, open_bundle, parse
from dateline_ingest.formats.linkedtext import text_flags
from dateline_ingest.heard import heard_of
from dateline_ingest.takes import MISSING, flag_of, joined, missing, number_of, with_take
from dateline_ingest.turns import Turns
from dateline_ingest.versions import (
    OTHER_FEED,
    ClockAhead,
    Versions,
    clock_flags,
    content_hash,
    evolve,
    fold,
    goes_on,
    is_stranger,
    judge,
    takes_over,
)
from dateline_kernel.errors import Conflict, Duplicate, TooLarge, Unavailable
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded, Standing, StoryCanceled, StoryReceived
from dateline_schemas.events import Intake as Arrival
from dateline_schemas.feeds import Feed, space_of
from dateline_schemas.identity import stamp_intake, story_id
from dateline_schemas.quarantine import Quarantined
from dateline_schemas.story import Story

BESIDE_THE_LOOP = 256 * 1024
"""Bodies of more bytes are parsed in a thread, so that one giant does not hold up the others."""
TRIES = 20
IMPORT = "import"
"""Door of copy that an operator brings in from an archive: it does not mean that the feed was heard."""
KNOWN_STORIES = 100_000
"""Weeks of a large agency; some 15 MB."""


class Receipt(Struct, frozen=True, kw_only=True):
    """What became of one story of a push. It is on disk when a door hands this out."""

    story_id: str
    version: str
    event_id: str
    arrival: int
    """Which of the story's arrivals it was, from 1; of the earlier one, for a repeat."""
    standing: Standing
    duplicate: bool = False
    """True when the log had this version already and nothing was appended."""
    flags: tuple[str, ...] = ()
    headline: str = ""

    @property
    def number(self) -> str:
        """By which it can be asked for later: ``GET /v1/receipts/<number>``."""
        return f"{self.story_id}-{self.arrival}"


class Delivery(Struct, frozen=True, kw_only=True):
    """Bytes that came in by a door."""

    feed: Feed
    door: str
    data: bytes
    hint: str = ""
    """Media type or format name that the sender states."""
    url: str = ""
    """Where the bytes came from, for pages that do not say."""
    dated: datetime | None = None
    """When its stories were made, for those that do not say; UTC. Known for files of an archive only."""
    archive: bool = False
    """Old copy, for the record: publish does not let it out."""


CAUSES = (Unparseable, ClockAhead, TooLarge)
"""Why input cannot be taken, however often it is sent."""
Cause = Unparseable | ClockAhead | TooLarge


class Refused(Exception):
    """The input cannot be taken; it stands in quarantine under ``number``."""

    def __init__(self, cause: Cause, number: int) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.number = number


class Intake:
    """Takes deliveries in, for all doors of a process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known = Known(KNOWN_STORIES)
        self._turns = Turns()
        self._heard = heard_of(runtime)

    async def take_in(self, delivery: Delivery, parsed: Parsed | None = None, *, repeat: bool = False) -> list[Receipt]:
        """Take a delivery in: all of its stories, or none. A receipt each; of one story in the order of the calls.

        Stories from beyond belief in time are left out where the message has others; it is kept in QUARANTINE, too.
        A bundle is taken in message by message: those that cannot be taken are kept in QUARANTINE, each by itself, and
        only if that is all of them is the bundle refused.
        ``parsed`` is what was read of it before. ``repeat``: the log probably has it, so it is looked there first,
        which costs less than a write that is refused.
        Raises Refused for input that cannot be taken (kept in QUARANTINE), Unavailable when the log does not answer.
        """
        try:
            parts = await apart(delivery)
            if parts is None:
                return await self.admit(delivery, parsed, repeat=repeat, whole=False)
        except CAUSES as error:
            raise Refused(error, await quarantine_input(self._runtime, delivery, error)) from error
        return await self._take_parts(parts, repeat=repeat)

    async def _take_parts(self, parts: Sequence[Delivery], *, repeat: bool) -> list[Receipt]:
        """One after the other, since a bundle may hold several versions of a story in their order."""
        receipts: list[Receipt] = []
        refused: list[Refused] = []
        for part in parts:
            try:
                receipts += await self.admit(part, repeat=repeat, whole=False)
            except CAUSES as error:
                refused.append(Refused(error, await quarantine_input(self._runtime, part, error)))
        if refused and not receipts:
            raise refused[0]
        return receipts

    async def again(self, delivery: Delivery) -> list[Receipt]:
        """Take in what stands in quarantine already. Raises CAUSES, Unavailable."""
        parts = await apart(delivery)
        if parts is None:
            return await self.admit(delivery)
        try:
            return await self._take_parts(parts, repeat=False)
        except Refused as refused:
            raise refused.cause from refused

    async def admit(
        self, delivery: Delivery, parsed: Parsed | None = None, *, repeat: bool = False, whole: bool = True
    ) -> list[Receipt]:
        """The same, without keeping what cannot be taken: all stories must do, unless it need not be the ``whole``.

        Raises CAUSES, Unavailable.
        """
        runtime = self._runtime
        parsed = parsed or await read(delivery)
        believed, fault = _believed(parsed, runtime.now())
        if fault is not None and (whole or not believed):
            raise fault
        space = space_of(delivery.feed)
        named = [(story_id(space, story.guid), story, flags) for story, flags in believed]
        async with self._turns.of(name for name, _, _ in named):
            if fault is not None:
                await quarantine_input(runtime, delivery, fault)
            original = await runtime.originals.keep(delivery.data, repeat=repeat)
            drafts = [_draft(delivery, parsed.format, original, name, story, flags) for name, story, flags in named]
            receipts = await self._append(drafts, repeat)
        _tell(runtime, delivery, receipts)
        if delivery.door != IMPORT and not all(receipt.duplicate for receipt in receipts):
            self._heard.note(delivery.feed.name, runtime.now())
        return receipts

    async def _append(self, drafts: Sequence[Arrival], repeat: bool) -> list[Receipt]:
        stories = [draft.story_id for draft in drafts]
        if repeat:
            self._known.add(stories)
        for _ in range(TRIES):
            try:
                return await _append(self._runtime, drafts, self._known)
            except (Conflict, Duplicate):
                continue
            finally:
                self._known.add(stories)
        raise Unavailable("these stories change faster than they can be taken in")


def _believed(parsed: Parsed, now: datetime) -> tuple[list[tuple[Story, tuple[str, ...]]], ClockAhead | None]:
    """The stories whose times can be, with their flags; and what is wrong with the first of the others."""
    found, fault = [], None
    for story in parsed.stories:
        try:
            found.append((story, clock_flags(story, now) + text_flags(story)))
        except ClockAhead as error:
            named = error if len(parsed.stories) == 1 else ClockAhead(f"story {story.guid}: {error}")
            fault = fault or named
    return found, fault


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


async def apart(delivery: Delivery) -> list[Delivery] | None:
    """A bundle's messages, a delivery each; None for what is no bundle. Raises Unparseable for one that is refused."""
    if not is_bundle(delivery.data):
        return None
    parts = await asyncio.to_thread(open_bundle, delivery.data, DEFAULT_LIMITS)
    return [msgspec.structs.replace(delivery, data=part.data, hint=part.hint, url="") for part in parts or ()]


async def read(delivery: Delivery) -> Parsed:
    """The stories of a delivery; large ones are read beside the loop. Raises Unparseable, and nothing else."""
    hint = delivery.hint or delivery.feed.format
    try:
        if len(delivery.data) > BESIDE_THE_LOOP:
            return await asyncio.to_thread(parse, delivery.data, hint=hint, url=delivery.url)
        return parse(delivery.data, hint=hint, url=delivery.url)
    except Unparseable:
        raise
    except Exception as error:
        # A sender that has to send it again and again would be held up by it for ever; kept, it can be retried.
        said = f"a reader broke, which is no fault of the message: {type(error).__name__}: {error}"
        raise Unparseable(f"{said[:500]}; report it, and try again when that is mended") from error


def _draft(
    delivery: Delivery, wire_format: str, original: str, name: str, story: Story, flags: tuple[str, ...]
) -> Arrival:
    feed = delivery.feed
    # What the feed's entry adds is left out of this: the same item by a feed with other defaults is no other content.
    content = content_hash(story)
    story = msgspec.structs.replace(
        story,
        language=story.language or feed.language,
        provider=story.provider or feed.provider,
        version_created=story.version_created or delivery.dated,
    )
    kind = StoryCanceled if story.pubstatus == "canceled" else StoryReceived
    return kind(
        story_id=name,
        version=story.version,
        ordinal=0,
        arrival=0,
        feed=feed.name,
        door=delivery.door,
        format=wire_format,
        original=original,
        original_bytes=len(delivery.data),
        content=content,
        flags=flags,
        contract=feed.contract,
        archive=delivery.archive,
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
    stranger = is_stranger(versions, draft)
    taking = takes_over(versions, draft)
    verdict = judge(versions, draft.story, draft.content, stranger=stranger, takes_over=taking)
    receipt = Receipt(
        story_id=draft.story_id,
        version=verdict.version,
        event_id=verdict.repeats.event_id if verdict.repeats else "",
        arrival=verdict.repeats.arrival if verdict.repeats else len(versions.seen) + 1,
        standing=verdict.standing,
        duplicate=bool(verdict.repeats),
        flags=draft.flags,
        headline=draft.story.headline,
    )
    if verdict.repeats:
        return None, receipt
    story = draft.story
    flags: tuple[str, ...] = (OTHER_FEED,) if stranger else ()
    if verdict.standing == "current":
        story, flags = _whole(versions, draft.story, verdict.version, alone=taking)
    event = stamp_intake(
        msgspec.structs.replace(
            draft,
            version=verdict.version,
            ordinal=verdict.ordinal,
            arrival=len(versions.seen) + 1,
            standing=verdict.standing,
            flags=(*draft.flags, *flags),
            story=story,
            rules=rules,
        )
    )
    return event, msgspec.structs.replace(receipt, event_id=event.id, flags=event.flags)


def _whole(versions: Versions, story: Story, version: str, *, alone: bool) -> tuple[Story, tuple[str, ...]]:
    """What is current with this story, the takes that it goes on with included; and what is to be flagged."""
    if alone or versions.story is None or not goes_on(versions, story):
        return story, (MISSING,) if missing((number_of(story),)) else ()
    parts = with_take(versions.parts, story, version)
    flags = (flag_of(story), MISSING) if missing(parts) else (flag_of(story),)
    return joined(versions.story, parts, story), flags


async def quarantine_input(runtime: Runtime, delivery: Delivery, error: Exception) -> int:
    """Keep what cannot be taken in, with the reason; its number in QUARANTINE. Raises Unavailable."""
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

    Raises CAUSES where it is refused again (it stands in quarantine already), Unavailable.
    """
    data = await runtime.originals.get(what.original)
    feed = await Feeds(runtime).by_name(what.feed)
    # What came by an import is old copy until somebody says otherwise: nothing is let out by a retry.
    archive = what.door == IMPORT
    delivery = Delivery(feed=feed, door=what.door, data=data, hint=what.format, url=what.url, archive=archive)
    receipts = await Intake(runtime).again(delivery)
    return ", ".join(f"{receipt.story_id} version {receipt.version}" for receipt in receipts)
