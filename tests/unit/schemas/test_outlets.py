"""Whether an outlet has taken a kill, told by how far the server knows it to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dateline_schemas.outlets import Kill, Reader, Taken, owing, place_of, taken
from dateline_schemas.subjects import covers, same_topics

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
POLITICS = "topic.11000000.20000593.en.AFP.story1"
ECONOMY = "topic.04000000.none.en.AFP.story1"


def reader(**more: Any) -> Reader:
    """An outlet that reads everything and has been sent nothing."""
    said = {"name": "harbour-news", "named": True, "acknowledges": True, "made": NOON - timedelta(days=1)}
    places = {"taken_to": 0, "handed_to": 0, "waiting": 0, "in_hand": 0, "again": 0}
    return Reader(**{**said, **places, **more})


def kill(*posted: tuple[str, int]) -> Kill:
    """One that the log took at noon."""
    return Kill(
        story_id="story1", version="2", number=2, headline="H", reason="R", said=NOON, seq=9, posted=tuple(posted)
    )


@pytest.mark.parametrize(
    ("pattern", "subject", "expected"),
    [
        ("topic.>", POLITICS, True),
        (">", POLITICS, True),
        ("topic.*.*.en.AFP.>", POLITICS, True),
        ("topic.*.*.en.AFP.*", POLITICS, True),
        (POLITICS, POLITICS, True),
        ("topic.*.*.fr.AFP.>", POLITICS, False),
        ("topic.*.*.en.AFP", POLITICS, False),
        (f"{POLITICS}.>", POLITICS, False),
        (f"{POLITICS}.*", POLITICS, False),
        ("*", POLITICS, False),
    ],
)
def test_a_pattern_covers_what_nats_says_that_it_does(pattern: str, subject: str, expected: bool) -> None:
    """One word for each star, one or more for the sign of the rest."""
    assert covers(pattern, subject) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("topic.>", "topic.*.*.*.*.*", True),
        ("topic.*.*.en.*.>", "topic.*.*.en.*.*", True),
        ("topic.11000000.>", "topic.11000000.*.*.*.*", True),
        ("topic.11000000.>", "topic.11000000.20000593.*.*.*", False),
        ("topic.>", "topic.*.*.en.*.*", False),
        ("topic.*", "topic.>", False),
    ],
)
def test_two_filters_are_the_same_if_every_subject_of_topics_fits_both_or_neither(
    one: str, other: str, expected: bool
) -> None:
    """An outlet's own reader may have been made with either."""
    assert same_topics(one, other) is expected
    assert same_topics(other, one) is expected


@pytest.mark.parametrize(
    ("places", "state"),
    [
        ({"taken_to": 6, "handed_to": 6}, "waiting"),
        ({"taken_to": 6, "handed_to": 7}, "handed over"),
        ({"taken_to": 7, "handed_to": 7}, "taken"),
        ({"taken_to": 8, "handed_to": 9}, "taken"),
    ],
)
def test_a_kill_is_taken_when_all_up_to_it_is_acknowledged(places: dict[str, int], state: Taken) -> None:
    """And handed over when it was sent."""
    outlet = reader(**places)
    assert owing([outlet], kill((POLITICS, 7))) == [(outlet, state)]


def test_of_several_subjects_the_first_that_an_outlet_reads_counts() -> None:
    """What comes after it says the same, with the same number."""
    both, economy = reader(), reader(filters=("topic.04000000.>", "topic.05000000.>"))
    said = kill((POLITICS, 7), (ECONOMY, 8))
    assert (place_of(said, both), place_of(said, economy)) == (7, 8)


@pytest.mark.parametrize(
    "outlet",
    [
        reader(filters=("topic.*.*.fr.>",)),
        reader(named=False),
        reader(acknowledges=False),
        reader(made=NOON + timedelta(seconds=1)),
    ],
    ids=["reads something else", "has no name", "acknowledges nothing", "began after it"],
)
def test_a_kill_is_not_for(outlet: Reader) -> None:
    """Some outlets: it may not be for them, or nothing can be told."""
    assert owing([outlet], kill((POLITICS, 7))) == []


def test_of_a_kill_that_is_not_posted_nothing_can_be_told() -> None:
    """It has no place of which a reader could be before or behind."""
    assert owing([reader()], kill()) == []
    assert taken(reader(taken_to=3), 3) == "taken"
