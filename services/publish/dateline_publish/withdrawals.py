"""What takes a story back from outlets: its provider's kills, and its provider's word that it is withheld. Pure.

IPTC's pubstatus withheld is for what must not be public until further notice, and is to be taken back where it is: a
kill that may end. The embargo of a later version takes nothing back: what went out was free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dateline_kernel.deciding import Because
from dateline_kernel.losses import Unread
from dateline_publish.holds import hold, waits
from dateline_publish.life import Life, evolve
from dateline_publish.topics import notice_subject
from dateline_schemas.events import StoryCanceled, StoryEnriched, StoryReleased, StoryWithdrawn
from dateline_schemas.story import Story


def kills(life: Life, came: Mapping[str, datetime], now: datetime) -> list[Because]:
    """The kills that outlets have not been told of; ``came``: when the log took each event, by its id."""
    says = []
    for ordinal, kill in sorted(life.kills.items()):
        if ordinal in life.withdrawn:
            continue
        if ordinal in life.archived and not life.subjects and StoryReleased.fact not in life.missing:
            # Outlets never had the story: they are not told of kills of years ago.
            if ordinal not in life.held:
                says.append(Because(kill, hold(kill, "archive", None)))
            continue
        event = _withdrawn(life, kill, now)
        evolve(life, event)
        says.append(Because(kill, event, due=came[kill.id]))
    return says


def pulled(life: Life, came: Mapping[str, datetime]) -> list[Because]:
    """What outlets have, taken back since its provider's own word is that it is withheld; at most one."""
    word = _word(life)
    if word is None or (life.out is None and not (life.missing and life.subjects)):
        return []
    event = StoryWithdrawn(
        story_id=word.story_id,
        version=word.version,
        ordinal=word.ordinal,
        number=life.number + 1,
        subjects=tuple(dict.fromkeys((*life.subjects, *life.notices))),
        pubstatus="withheld",
        reason=word.story.ed_note or "withheld by the provider until further notice",
        # As outlets know it: the withheld version's own is not for them.
        headline=life.out.story.headline if life.out else "",
    )
    evolve(life, event)
    return [Because(word, event, due=came[word.id])]


def _word(life: Life) -> StoryEnriched | None:
    """The newest version that takes the story back, unless that is said, or one since then lets the story out again."""
    if life.latest is None or life.latest.story.pubstatus != "withheld":
        return None
    for ordinal, one in sorted(life.enriched.items(), reverse=True):
        if ordinal in life.archived:
            continue
        if ordinal <= life.newest or ordinal in life.withdrawn or one.story.pubstatus != "withheld":
            return None
        if one.takes_back:
            return one
    return None


def _withdrawn(life: Life, kill: StoryCanceled | Unread, now: datetime) -> StoryWithdrawn:
    known = kill.story if isinstance(kill, StoryCanceled) else None
    latest = life.latest.story if life.latest else None
    there = tuple(dict.fromkeys((*life.subjects, *life.notices)))
    said = known or latest
    return StoryWithdrawn(
        story_id=kill.story_id,
        version=kill.version,
        ordinal=kill.ordinal,
        number=life.number + 1,
        subjects=there or (notice_subject(said.language if said else "", kill.story_id),),
        reason=(known and known.ed_note) or "withdrawn by the provider",
        headline=_headline(life, known, now),
    )


def _headline(life: Life, kill: Story | None, now: datetime) -> str:
    """The headline in a kill; empty where outlets must not know it yet."""
    if kill is None:
        return life.out.story.headline if life.out else ""
    # What is lost may have been under embargo.
    secret = bool(life.missing) or any(
        waits(story, now) for story in (kill, *([life.latest.story] if life.latest else []))
    )
    return "" if secret and not life.subjects else kill.headline


def told_after(life: Life, kills: Sequence[Because]) -> datetime | None:
    """The end of the latest embargo that headlines in these kills would break; None if the story went out before."""
    ends = [
        story.embargo
        for one in kills
        if isinstance(one.event, StoryWithdrawn) and one.event.headline and isinstance(one.cause, StoryCanceled)
        for story in (one.cause.story, *([life.latest.story] if life.latest else []))
    ]
    return None if life.subjects else max(filter(None, ends), default=None)
