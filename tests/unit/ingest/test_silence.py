"""When a feed is silent, and what is said about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.silence import SLACK, Watched, silence_of
from dateline_schemas.feeds import Feed, FeedHeard, FeedSilent

NOON = datetime(2026, 3, 26, 12, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=30)


def after(seconds: float) -> datetime:
    """So long after noon."""
    return NOON + timedelta(seconds=seconds)


def watched(silent_after: int = 60, **more: Any) -> Watched:
    """What is known of a feed that has been there for long."""
    feed = Feed(name="wire", silent_after=silent_after, paused=more.pop("paused", False))
    return Watched(feed=feed, **{"changed": LONG_AGO, **more})


def test_a_feed_is_silent_when_its_story_is_overdue() -> None:
    """Said with the instant of the last story; not a moment before it is due, nor before a note of it is."""
    assert silence_of(watched(heard=NOON), LONG_AGO, after(60) + SLACK).say is None
    finding = silence_of(watched(heard=NOON), LONG_AGO, after(61) + SLACK)
    assert finding.silent
    assert finding.say == FeedSilent(feed="wire", since=NOON, silent_after=60)


def test_what_was_said_is_not_said_again() -> None:
    """The silence goes on, the alarm was raised."""
    said = FeedSilent(feed="wire", since=NOON, silent_after=60)
    finding = silence_of(watched(heard=NOON, silent=said), LONG_AGO, after(500))
    assert (finding.silent, finding.say) == (True, None)


def test_a_story_ends_the_silence_and_the_next_silence_is_another_one() -> None:
    """Heard again names the silence that it ends; the same feed may fall silent anew."""
    said = FeedSilent(feed="wire", since=NOON, silent_after=60)
    finding = silence_of(watched(heard=after(500), silent=said), LONG_AGO, after(501))
    assert (finding.silent, finding.say) == (False, FeedHeard(feed="wire", since=NOON))
    again = watched(heard=after(500), silent=said, back=FeedHeard(feed="wire", since=NOON))
    assert silence_of(again, LONG_AGO, after(501)).say is None
    assert silence_of(again, LONG_AGO, after(600)).say == FeedSilent(feed="wire", since=after(500), silent_after=60)


@pytest.mark.parametrize("more", [{"paused": True}, {"silent_after": 0}])
def test_a_paused_feed_or_one_without_a_limit_is_never_silent(more: Any) -> None:
    """However long ago its last story was."""
    assert not silence_of(watched(heard=LONG_AGO, **more), LONG_AGO, NOON).silent


def test_time_begins_anew_when_the_feed_was_changed_or_nobody_watched() -> None:
    """A resumed feed is not overdue at once, nor is any after a night in which ingest was away."""
    assert not silence_of(watched(heard=LONG_AGO, changed=NOON), LONG_AGO, after(30)).silent
    assert not silence_of(watched(heard=LONG_AGO), NOON, after(30)).silent
    assert silence_of(watched(heard=LONG_AGO, changed=NOON), LONG_AGO, after(90)).silent


def test_a_feed_that_was_never_heard_is_silent_since_it_was_made() -> None:
    """A feed that never worked is noticed too."""
    finding = silence_of(watched(changed=NOON), LONG_AGO, after(90))
    assert finding.say == FeedSilent(feed="wire", since=NOON, silent_after=60)


def test_a_feed_made_anew_under_an_old_name_has_a_silence_of_its_own() -> None:
    """What was said of the one that was taken away is not about it; then its own is said once."""
    old = FeedSilent(feed="wire", since=LONG_AGO, silent_after=60)
    own = FeedSilent(feed="wire", since=NOON, silent_after=60)
    assert silence_of(watched(changed=NOON, silent=old), LONG_AGO, after(90)).say == own
    assert silence_of(watched(changed=NOON, silent=own), LONG_AGO, after(90)).say is None


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 300)), max_size=40))
def test_silences_are_said_in_turns(steps: list[tuple[bool, int]]) -> None:
    """Whatever happens, silent and heard again alternate, and each pair names one silence."""
    now, known = NOON, watched(heard=NOON)
    said: list[FeedSilent | FeedHeard] = []
    for story, seconds in steps:
        now += timedelta(seconds=seconds)
        if story:
            known = Watched(feed=known.feed, changed=LONG_AGO, heard=now, silent=known.silent, back=known.back)
        event = silence_of(known, LONG_AGO, now).say
        if event is not None:
            said.append(event)
            silent = event if isinstance(event, FeedSilent) else known.silent
            back = event if isinstance(event, FeedHeard) else known.back
            known = Watched(feed=known.feed, changed=LONG_AGO, heard=known.heard, silent=silent, back=back)
    assert all(isinstance(event, FeedHeard) == bool(nth % 2) for nth, event in enumerate(said))
    assert all(one.since == other.since for one, other in zip(said[::2], said[1::2], strict=False))
