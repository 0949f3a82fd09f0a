"""Why a version waits: its embargo, its provider's word, or that it is copy of an archive. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from dateline_kernel.losses import Unread
from dateline_schemas.events import StoryCanceled, StoryEnriched, StoryHeld
from dateline_schemas.story import Story


def waits(story: Story, now: datetime) -> tuple[Literal["embargo", "withheld"], datetime | None] | None:
    """Why its provider does not want the story out yet, and until when; None if it may go out."""
    if story.pubstatus == "withheld":
        return "withheld", None
    if story.embargo is not None and story.embargo > now:
        return "embargo", story.embargo
    return None


def hold(
    event: StoryEnriched | StoryCanceled | Unread,
    reason: Literal["embargo", "withheld", "archive"],
    until: datetime | None,
) -> StoryHeld:
    """The StoryHeld of a version."""
    return StoryHeld(story_id=event.story_id, version=event.version, ordinal=event.ordinal, reason=reason, until=until)
