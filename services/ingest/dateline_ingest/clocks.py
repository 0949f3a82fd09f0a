"""Stories from the future: their sender's clock is ahead. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from dateline_ingest.ordering import value
from dateline_schemas.story import Story

AHEAD = timedelta(hours=1)
"""A story dated further in the future than this is flagged."""
ABSURD = timedelta(days=366)
"""Further than this the sender's clock is wrong: as a version it would make every later story a latecomer."""


class ClockAhead(ValueError):
    """The story claims to be from a time that is too far ahead to be believed."""


def clock_flags(story: Story, now: datetime) -> tuple[str, ...]:
    """``clock-ahead`` for a story from the future. Raises ClockAhead where it is beyond belief."""
    claims = {
        "version_created": story.version_created,
        "first_created": story.first_created,
        "version": value(story.version),
    }
    times = [(name, claim) for name, claim in claims.items() if isinstance(claim, datetime)]
    for name, claim in times:
        if claim > now + ABSURD:
            raise ClockAhead(
                f"{name} is {claim.isoformat()}, {(claim - now).days} days ahead of now: "
                "the sender's clock is wrong. Correct the time and push again."
            )
    return ("clock-ahead",) if any(claim > now + AHEAD for _, claim in times) else ()
