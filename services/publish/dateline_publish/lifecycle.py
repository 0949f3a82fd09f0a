"""The life of a story towards outlets: what may go out now, what must wait, what must come back. Pure.

``decide`` says what follows from what has happened to a story. Deciding again says nothing new.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from dateline_kernel.deciding import Because, Decision
from dateline_publish.holds import hold, waits
from dateline_publish.life import Life, evolve, folded
from dateline_publish.topics import release_subjects
from dateline_publish.withdrawals import kills, pulled, told_after
from dateline_schemas.events import Event, Recorded, StoryEnriched, StoryHeld, StoryReleased, StoryWithdrawn


def alone_unless(event: Event) -> tuple[str, ...] | None:
    """Places of the story that must be free for this event to be all there is to decide from; None if it never is.

    A first version is, unless the story had a second arrival, publish has said something already, or an editor has:
    after that the event does not say whether it is copy of an archive. One that takes the story back never is: outlets
    may have what the log has lost. A hold without an end calls for nothing, whatever else the story has.
    """
    if isinstance(event, StoryEnriched) and event.ordinal == 1 and not event.takes_back:
        return ("received.2", "canceled.2", "released.1", "held.1", "overridden.1")
    return () if isinstance(event, StoryHeld) and event.until is None else None


def decide(log: Sequence[Recorded[Event]], now: datetime) -> Decision:
    """What is to be said of a story at this moment: what takes it back first, then every version that is due, in order.

    A version waits for the ones before it, unless they were refused; one under embargo or withheld is held and
    does not keep a newer one back. What the newest version says of embargo and withholding counts for older ones that
    are still here, too. Copy of an archive is held for good: it is on record with all that is known of it.
    Where the log has lost something of the story, nothing but what takes it back is said, and what went under a number
    that had been given is said again.
    """
    life, came = folded(log), {one.event.id: one.time for one in log}
    says = [*kills(life, came, now), *pulled(life, came)]
    waiting: dict[int, datetime] = {}
    not_before = told_after(life, says)
    if life.missing:
        withdrawn = [one for one in says if isinstance(one.event, StoryWithdrawn)]
        return Decision((*withdrawn, *_retold(life)), not_before=not_before)
    for ordinal in sorted(life.received):
        if ordinal <= life.newest or ordinal in life.given_up:
            continue
        enriched = life.enriched.get(ordinal)
        if enriched is None:
            if ordinal in life.refused:
                continue
            break
        if _is_out(life, enriched):
            continue
        held = _held(life, enriched, now)
        if held is None:
            says.append(_release(life, enriched, _waited_until(life, enriched)))
            not_before = max(filter(None, (not_before, *_embargoes(life, enriched))), default=None)
        else:
            if held.until is not None:
                waiting[ordinal] = held.until
            if _is_news(life, enriched, held):
                says.append(Because(enriched, held))
    if (corrected := _overridden(life)) is not None:
        says.append(_release(life, corrected))
    # What something newer has overtaken will not go out: nobody has to come back for it.
    again_at = min((until for ordinal, until in waiting.items() if ordinal > life.newest), default=None)
    return Decision(tuple(says), again_at, not_before)


def _is_out(life: Life, enriched: StoryEnriched) -> bool:
    """Whether outlets have exactly this: its sender sent it again after the log had lost its arrival."""
    out = life.out
    return (
        out is not None
        and out.version == enriched.version
        and (out.story, out.credit, out.facts) == (enriched.story, enriched.credit, enriched.facts)
    )


def _overridden(life: Life) -> StoryEnriched | None:
    """The version that outlets have, if an editor has said since whose copy it is, or taken that back."""
    if life.out is None:
        return None
    enriched = life.enriched.get(life.out.ordinal)
    if enriched is None or enriched.credit.overridden == life.out.credit.overridden:
        return None
    return enriched


def _retold(life: Life) -> tuple[Because, ...]:
    """The newest release once more, where outlets lack it: behind all that they have, on every subject of the story."""
    if life.out is None or not life.untold:
        return ()
    subjects = tuple(dict.fromkeys((*life.out.subjects, *life.subjects)))
    return (Because(life.out, replace(life.out, number=life.number + 1, subjects=subjects)),)


def _held(life: Life, enriched: StoryEnriched, now: datetime) -> StoryHeld | None:
    if enriched.ordinal in life.archived:
        return hold(enriched, "archive", None)
    why = waits(enriched.story, now)
    if why is None and life.latest is not None:
        # An embargo put off, or a story taken aside: the older text must not go out at its own time.
        why = waits(life.latest.story, now)
    return hold(enriched, *why) if why else None


def _is_news(life: Life, enriched: StoryEnriched, held: StoryHeld) -> bool:
    """Whether it has to be said that it waits: once, unless it was enriched anew and waits for another time."""
    told = life.held.get(enriched.ordinal)
    return told is None or (told.cause != enriched.id and told.until != held.until)


def _waited_until(life: Life, enriched: StoryEnriched) -> datetime | None:
    """The end of the embargo that it was held for; None if it could go out when it came."""
    told = life.held.get(enriched.ordinal)
    if told is None or told.until is None:
        return None
    return max(filter(None, (told.until, *_embargoes(life, enriched))))


def _embargoes(life: Life, enriched: StoryEnriched) -> tuple[datetime | None, ...]:
    """Those that a version is under: its own, and what the newest one says."""
    return enriched.story.embargo, life.latest.story.embargo if life.latest else None


def _release(life: Life, enriched: StoryEnriched, due: datetime | None = None) -> Because:
    fresh = release_subjects(enriched.story_id, enriched.credit, enriched.facts)
    event = StoryReleased(
        story_id=enriched.story_id,
        version=enriched.version,
        ordinal=enriched.ordinal,
        number=life.number + 1,
        # An update also goes wherever an earlier version went, or that outlet would keep the old text.
        subjects=tuple(dict.fromkeys((*fresh, *life.subjects))),
        story=enriched.story,
        credit=enriched.credit,
        facts=enriched.facts,
    )
    evolve(life, event)
    return Because(enriched, event, due)
