"""What may go out of a story now, what must wait, what must be taken back: decided from the story's events. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from dateline_kernel.deciding import Because, Decision
from dateline_publish.holds import hold, waits
from dateline_publish.life import Life, evolve, folded
from dateline_publish.topics import release_subjects
from dateline_publish.withdrawals import headline_embargo, kills, pulled
from dateline_schemas.events import Event, Recorded, StoryEnriched, StoryHeld, StoryReleased, StoryWithdrawn


def alone_unless(event: Event) -> tuple[str, ...] | None:
    """Places of the story that must be empty for the event alone to be enough to decide from; None if it never is.

    A first version is enough, unless the story has a second arrival, or publish or an editor has said something of it
    (after an editor, the event may not say whether the version is of an archive). An event that takes the story back
    is not: outlets may have what the log has lost. Nothing ever follows from a hold without an end.
    """
    if isinstance(event, StoryEnriched) and event.ordinal == 1 and not event.takes_back:
        return ("received.2", "canceled.2", "released.1", "held.1", "overridden.1")
    return () if isinstance(event, StoryHeld) and event.until is None else None


def decide(log: Sequence[Recorded[Event]], now: datetime) -> Decision:
    """What is to be said of a story now: first what takes it back, then every version that is due, in order.

    - A version waits for the versions before it, unless these were refused.
    - A version under embargo, or withheld, is held; newer versions do not wait for it. The embargo and the pubstatus of
      the newest version count for older ones that are not out yet, too.
    - A version of an archive is held for good.
    - If the log has lost events of the story, only withdrawals are said, and the newest release once more if outlets
      lack it.

    Deciding again, with what was said in the log, says nothing new.
    """
    life, logged_at = folded(log), {one.event.id: one.time for one in log}
    says = [*kills(life, logged_at, now), *pulled(life, logged_at)]
    waiting: dict[int, datetime] = {}
    not_before = headline_embargo(life, says)
    if life.missing:
        withdrawn = [one for one in says if isinstance(one.event, StoryWithdrawn)]
        return Decision((*withdrawn, *_retold(life)), not_before=not_before)
    for enriched in _next(life):
        held = _held(life, enriched, now)
        if held is None:
            says.append(_release(life, enriched, _waited_until(life, enriched)))
            not_before = max(filter(None, (not_before, *_embargoes(life, enriched))), default=None)
        else:
            if held.until is not None:
                waiting[enriched.ordinal] = held.until
            if _is_new_hold(life, enriched, held):
                says.append(Because(enriched, held))
    if (corrected := _overridden(life)) is not None:
        says.append(_release(life, corrected))
    # A held version that a newer one has overtaken will not go out any more.
    again_at = min((until for ordinal, until in waiting.items() if ordinal > life.newest), default=None)
    return Decision(tuple(says), again_at, not_before)


def _next(life: Life) -> Iterator[StoryEnriched]:
    """The versions whose turn it is, by what ``life`` counts as said whenever one is asked for."""
    for ordinal in sorted(life.received):
        if ordinal <= life.newest or ordinal in life.given_up:
            continue
        enriched = life.enriched.get(ordinal)
        if enriched is None and ordinal not in life.refused:
            return  # it is still on its way
        if enriched is not None and not _is_out(life, enriched):
            yield enriched


def _is_out(life: Life, enriched: StoryEnriched) -> bool:
    """Whether outlets have exactly this: the log had lost the arrival, and the feed sent the version again."""
    out = life.out
    return (
        out is not None
        and out.version == enriched.version
        and (out.story, out.credit, out.facts) == (enriched.story, enriched.credit, enriched.facts)
    )


def _overridden(life: Life) -> StoryEnriched | None:
    """The version that outlets have, if an editor has changed its credit since."""
    if life.out is None:
        return None
    enriched = life.enriched.get(life.out.ordinal)
    if enriched is None or enriched.credit.overridden == life.out.credit.overridden:
        return None
    return enriched


def _retold(life: Life) -> tuple[Because, ...]:
    """The newest release once more if outlets lack it, numbered after all they have, on every subject of the story."""
    if life.out is None or not life.untold:
        return ()
    subjects = tuple(dict.fromkeys((*life.out.subjects, *life.subjects)))
    return (Because(life.out, replace(life.out, number=life.number + 1, subjects=subjects)),)


def _held(life: Life, enriched: StoryEnriched, now: datetime) -> StoryHeld | None:
    if enriched.ordinal in life.archived:
        return hold(enriched, "archive", None)
    why = waits(enriched.story, now)
    if why is None and life.latest is not None:
        # A newer version has a later embargo, or is withheld: then the older text must not go out either.
        why = waits(life.latest.story, now)
    return hold(enriched, *why) if why else None


def _is_new_hold(life: Life, enriched: StoryEnriched, held: StoryHeld) -> bool:
    """Whether the hold is not on record yet: the first of the version, or one with another end after a replay."""
    last = life.held.get(enriched.ordinal)
    return last is None or (last.cause != enriched.id and last.until != held.until)


def _waited_until(life: Life, enriched: StoryEnriched) -> datetime | None:
    """The end of the embargo that the version was held for; None if it could go out when it came."""
    last = life.held.get(enriched.ordinal)
    if last is None or last.until is None:
        return None
    return max(filter(None, (last.until, *_embargoes(life, enriched))))


def _embargoes(life: Life, enriched: StoryEnriched) -> tuple[datetime | None, ...]:
    """The embargoes that a version is under: its own and the newest version's; None for those that are not stated."""
    return enriched.story.embargo, life.latest.story.embargo if life.latest else None


def _release(life: Life, enriched: StoryEnriched, due: datetime | None = None) -> Because:
    """The version's release; ``life`` counts it as said, for the versions that are decided after it."""
    fresh = release_subjects(enriched.story_id, enriched.credit, enriched.facts)
    event = StoryReleased(
        story_id=enriched.story_id,
        version=enriched.version,
        ordinal=enriched.ordinal,
        number=life.number + 1,
        # An update also goes wherever an earlier version went; an outlet there would else keep the old text.
        subjects=tuple(dict.fromkeys((*fresh, *life.subjects))),
        story=enriched.story,
        credit=enriched.credit,
        facts=enriched.facts,
    )
    evolve(life, event)
    return Because(enriched, event, due)
