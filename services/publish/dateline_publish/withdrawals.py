"""What takes a story back from outlets: kills, and versions that their provider withholds. Pure.

IPTC's pubstatus withheld means: not public until further notice, and to be taken back where it is. So it works as a
kill that may end. An embargo in a later version takes nothing back: what is out was free to go out.
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


def kills(life: Life, logged_at: Mapping[str, datetime], now: datetime) -> list[Because]:
    """A withdrawal for each kill that outlets have not been told of. ``logged_at``: time in the log by event id."""
    says = []
    for ordinal, kill in sorted(life.kills.items()):
        if ordinal in life.withdrawn:
            continue
        if ordinal in life.archived and not life.subjects and StoryReleased.fact not in life.missing:
            # A kill in an archive of a story that outlets never had is no news to them.
            if ordinal not in life.held:
                says.append(Because(kill, hold(kill, "archive", None)))
            continue
        event = _withdrawn(life, kill, now)
        evolve(life, event)
        says.append(Because(kill, event, due=logged_at[kill.id]))
    return says


def pulled(life: Life, logged_at: Mapping[str, datetime]) -> list[Because]:
    """At most one withdrawal: of what outlets have, if a newer version says that its provider withholds the story."""
    withheld = _withholding(life)
    if withheld is None or (life.out is None and not (life.missing and life.subjects)):
        return []
    event = StoryWithdrawn(
        story_id=withheld.story_id,
        version=withheld.version,
        ordinal=withheld.ordinal,
        number=life.number + 1,
        subjects=tuple(dict.fromkeys((*life.subjects, *life.notices))),
        pubstatus="withheld",
        reason=withheld.story.ed_note or "withheld by the provider until further notice",
        # The headline that outlets have: the withheld version's own is not for them.
        headline=life.headline,
    )
    evolve(life, event)
    return [Because(withheld, event, due=logged_at[withheld.id])]


def _withholding(life: Life) -> StoryEnriched | None:
    """The newest version that takes the story back as withheld; None if there is none, or outlets have been told."""
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
    """The headline in a withdrawal, the kill's own or else the one that outlets know it by; empty for a secret."""
    if kill is None:
        return life.headline
    # An event that is lost may have had an embargo.
    secret = bool(life.missing) or any(
        waits(story, now) for story in (kill, *([life.latest.story] if life.latest else []))
    )
    return "" if secret and not life.subjects else kill.headline or life.headline


def headline_embargo(life: Life, kills: Sequence[Because]) -> datetime | None:
    """The end of the latest embargo on the headlines in these kills; None if there is none, or the story was out."""
    ends = [
        story.embargo
        for one in kills
        if isinstance(one.event, StoryWithdrawn) and one.event.headline and isinstance(one.cause, StoryCanceled)
        for story in (one.cause.story, *([life.latest.story] if life.latest else []))
    ]
    return None if life.subjects else max(filter(None, ends), default=None)
