"""From stories that came in to the events that are appended and the receipts that their senders get. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dateline_ingest.clocks import ClockAhead, clock_flags
from dateline_ingest.deliveries import Admitted, Delivery
from dateline_ingest.formats import Parsed, Unparseable
from dateline_ingest.formats.items import summed
from dateline_ingest.formats.linkedtext import text_flags
from dateline_ingest.formats.registry import REBUILT
from dateline_ingest.formats.textwire.said import DOUBTED
from dateline_ingest.history import Versions, evolve
from dateline_ingest.say import OTHER_FEED, say_of
from dateline_ingest.takes import MISSING, flag_of, joined, missing, number_of, with_take
from dateline_ingest.versions import WITHHELD, Verdict, content_hash, goes_on, judge, status_flags
from dateline_schemas.codec import UnreadableEvent
from dateline_schemas.events import Arrival, StoryCanceled, StoryReceived
from dateline_schemas.identity import stamp_arrival
from dateline_schemas.pushes import Taken
from dateline_schemas.story import Story


def believed(
    parsed: Parsed, now: datetime
) -> tuple[list[tuple[Story, str, tuple[str, ...]]], Unparseable | ClockAhead | None]:
    """The stories that can be taken, each with its entry's digest and its flags; and the first fault of the others.

    That is None if there is none. A story from the future is named before items that cannot be read: a web feed brings
    these at every look, and they are kept once only, which must not hide the other fault.
    """
    found: list[tuple[Story, str, tuple[str, ...]]] = []
    fault: Unparseable | ClockAhead | None = None
    alone = len(parsed.stories) == 1 and not parsed.refused
    for story, entry in zip(parsed.stories, parsed.entries or [""] * len(parsed.stories), strict=True):
        try:
            found.append((story, entry, clock_flags(story, now) + text_flags(story) + status_flags(story)))
        except ClockAhead as error:
            named = error if alone else ClockAhead(f"story {story.guid}: {error}")
            fault = fault or named
    return found, fault or (summed(parsed.refused) if parsed.refused else None)


def draft_of(
    delivery: Delivery,
    wire_format: str,
    original: str,
    name: str,
    story: Story,
    entry: str,
    flags: tuple[str, ...],
) -> Arrival:
    """A story as an event, its ordinal and arrival 0. ``original``: SHA-256 of the bytes. ``name``: story id.

    ``entry``: digest of the entry of a web feed that tells it; empty for other messages.
    """
    feed = delivery.feed
    # Before the feed's defaults are filled in: the same item by another feed is the same content.
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
        entry=entry,
        content=content,
        flags=flags,
        contract=feed.contract,
        archive=delivery.archive,
        story=story,
    )


def _sources(draft: Arrival, once: bool) -> tuple[str, str]:
    """By what a draft is known again: of a message that tells of its story several times not by the bytes of all."""
    return draft.entry, draft.original if once else ""


def undoubted(draft: Arrival, versions: Versions, *, once: bool = True) -> Arrival:
    """The draft; as a kill, if its words may be one and the story has other versions, which outlets may run.

    What came as these bytes before is no other one, as where an upgrade doubts news. ``once``: as for ``judged``.
    """
    story, known = draft.story, versions.story
    others = versions.arrivals - len(versions.came_as(_sources(draft, once)))
    if DOUBTED not in story.signals or not others or (known is not None and DOUBTED in known.signals):
        return draft
    signals = ("kill", *(signal for signal in story.signals if signal != DOUBTED))
    killed = msgspec.structs.replace(story, pubstatus="canceled", signals=signals)
    told = msgspec.structs.asdict(draft) | {"story": killed}
    told["flags"] = tuple(flag for flag in draft.flags if flag != WITHHELD)
    return StoryCanceled(**told)


def judged(
    draft: Arrival, versions: Versions, rules: str, *, overtaken: bool = False, once: bool = True
) -> tuple[Arrival | None, Taken]:
    """The event to append, stamped, and the receipt; None for the event if the draft repeats an earlier arrival.

    ``overtaken``: it came before the current version, was refused, and is tried again. ``once``: its message tells of
    the story once.
    """
    say, rebuilt = say_of(versions, draft), draft.format in REBUILT
    sources = _sources(draft, once)
    verdict = judge(
        versions, draft.story, draft.content, sources=sources, say=say, rebuilt=rebuilt, overtaken=overtaken
    )
    receipt = _receipt(draft, verdict, versions.arrivals + 1)
    if verdict.repeats:
        return None, receipt
    story = draft.story
    flags: tuple[str, ...] = (OTHER_FEED,) if say == "none" else ()
    if verdict.standing == "current":
        story, flags = _whole(versions, draft.story, verdict.version, alone=say == "first")
        if verdict.older and story.pulled:
            story = msgspec.structs.replace(story, pulled=False)
    event = stamp_arrival(
        msgspec.structs.replace(
            draft,
            version=verdict.version,
            ordinal=verdict.ordinal,
            arrival=versions.arrivals + 1,
            standing=verdict.standing,
            flags=(*draft.flags, *flags),
            story=story,
            rules=rules,
        )
    )
    return event, msgspec.structs.replace(receipt, event_id=event.id, flags=event.flags)


class Coming(Struct, frozen=True):
    """What is known of a message beside its stories."""

    came: datetime | None = None
    """When it came, if it was refused then and is tried again."""
    several: frozenset[str] = frozenset()
    """Stories that it tells of more than once."""


class Judged(Struct, frozen=True):
    """What becomes of drafts: the events to append, and what their senders are told."""

    events: tuple[Arrival, ...]
    admitted: Admitted


def all_judged(drafts: Sequence[Arrival], stories: Mapping[str, Versions], rules: str, coming: Coming) -> Judged:
    """What becomes of drafts, each in its turn, given the versions of their stories.

    Where a version of a story cannot be read, only a kill is judged: it is one in any case.
    """
    known: dict[str, Versions] = {}
    receipts: list[Taken] = []
    events: list[Arrival] = []
    fault: UnreadableEvent | None = None
    for draft in drafts:
        story = draft.story_id
        if story not in known:
            # Copied, as a later draft of the same story is judged by this one, too.
            known[story] = stories[story].copied() if story in stories else Versions()
        versions = known[story]
        once = story not in coming.several
        draft = undoubted(draft, versions, once=once)
        if versions.lost and not isinstance(draft, StoryCanceled):
            fault = fault or UnreadableEvent(versions.lost[0].event.why)
            continue
        overtaken = coming.came is not None and coming.came < versions.came
        event, receipt = judged(draft, versions, rules, overtaken=overtaken, once=once)
        receipts.append(receipt)
        if event is not None:
            events.append(event)
            evolve(versions, event)
    return Judged(tuple(events), Admitted(tuple(receipts), fault))


def _receipt(draft: Arrival, verdict: Verdict, arrival: int) -> Taken:
    """The receipt for the sender; ``arrival`` is the number that the draft gets unless it is a repeat."""
    repeats = verdict.repeats
    return Taken(
        receipt=f"{draft.story_id}-{repeats.arrival if repeats else arrival}",
        story_id=draft.story_id,
        version=verdict.version,
        event_id=repeats.event_id if repeats else "",
        standing=verdict.standing,
        duplicate=bool(repeats),
        flags=draft.flags,
        headline=draft.story.headline,
        pubstatus=draft.story.pubstatus,
        embargo=draft.story.embargo,
    )


def _whole(versions: Versions, story: Story, version: str, *, alone: bool) -> tuple[Story, tuple[str, ...]]:
    """The version that a story makes, by itself or as a take put into the current one; and its flags."""
    if alone or versions.story is None or not goes_on(versions, story):
        return story, (MISSING,) if missing((number_of(story),)) else ()
    parts = with_take(versions.parts, story, version)
    if len(parts) > len(versions.parts):
        story = msgspec.structs.replace(story, pulled=False)  # a take that outlets never had is held alone
    flags = (flag_of(story), MISSING) if missing(parts) else (flag_of(story),)
    return joined(versions.story, parts, story), flags
