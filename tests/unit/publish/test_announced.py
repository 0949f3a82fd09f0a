"""What is announced of a story whose older messages TOPICS no longer keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from dateline_publish.announcements import announced, left_over
from dateline_schemas.events import Event, Recorded
from dateline_schemas.examples import ENRICHED, RELEASED, WITHDRAWN

NOW = datetime(2031, 5, 6, 12, tzinfo=UTC)
AGAIN = msgspec.structs.replace(RELEASED, number=RELEASED.number + 1)
LOG: list[Recorded[Event]] = [
    Recorded(ENRICHED, 1, NOW - timedelta(days=41)),
    Recorded(RELEASED, 2, NOW - timedelta(days=41)),
    Recorded(AGAIN, 3, NOW - timedelta(days=29)),
    Recorded(WITHDRAWN, 4, NOW),
]


def test_all_that_was_said_is_announced_where_topics_are_kept_for_ever() -> None:
    """Also what is years old, so that a lost TOPICS fills again from the log."""
    assert announced(LOG) == [RELEASED, AGAIN, WITHDRAWN]


def test_what_left_topics_by_its_age_does_not_come_back_when_the_story_goes_on() -> None:
    """A kill after forty days is told; the release that it takes back is not told again."""
    assert announced(LOG, NOW - timedelta(days=30)) == [AGAIN, WITHDRAWN]
    assert announced(LOG, NOW - timedelta(days=29)) == [WITHDRAWN]


def test_a_story_that_left_topics_as_a_whole_stays_away() -> None:
    """A replay or a new consumer goes through the whole log and announces nothing of it."""
    assert announced(LOG, NOW + timedelta(days=1)) == []


def again(event: Event, seq: int) -> Recorded[Event]:
    """It is heard once more."""
    return Recorded(event, seq, NOW)


def test_what_an_event_that_comes_again_called_for_may_be_left_over() -> None:
    """The newest that was said of its version behind it."""
    assert left_over(LOG[:3], again(ENRICHED, 1)) == LOG[2]
    assert left_over(LOG[:2], again(ENRICHED, 1)) == LOG[1]


def test_nothing_is_left_over_of_what_others_called_for() -> None:
    """An event that comes for the first time, one of another version, and one that came behind what was said."""
    newer = msgspec.structs.replace(ENRICHED, ordinal=ENRICHED.ordinal + 1)
    assert left_over(LOG[:3], None) is None
    assert left_over(LOG[:3], again(newer, 1)) is None
    assert left_over(LOG[:3], again(ENRICHED, 4)) is None
    assert left_over(LOG[:1], again(ENRICHED, 1)) is None
