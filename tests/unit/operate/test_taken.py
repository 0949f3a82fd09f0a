"""What there is to answer an outlet that misses a story: what was announced, and how far it is with that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dateline_operate.console.terminal import console
from dateline_operate.outlets.behind import BEHIND, may_be_behind
from dateline_operate.outlets.killed import Killed
from dateline_operate.outlets.tables import kill_table, outlet_table, summary
from dateline_operate.outlets.taken import announced
from dateline_schemas.credit import Credit
from dateline_schemas.events import Recorded, StoryReleased
from dateline_schemas.facts import Facts, Language
from dateline_schemas.outlets import Kill, Reader
from dateline_schemas.story import Story

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
SUBJECT = "topic.11000000.20000593.en.AFP.story1"
RELEASE = Recorded(
    StoryReleased(
        id="r2",
        story_id="story1",
        version="2",
        ordinal=2,
        number=2,
        subjects=(SUBJECT,),
        story=Story(guid="g", headline="Quay 4 to reopen"),
        credit=Credit(),
        facts=Facts(language=Language(code="en", confidence=1.0, method="stated")),
    ),
    seq=31,
    time=NOON,
)


def reader(**more: Any) -> Reader:
    """An outlet that has read everything up to message 7."""
    said = {"name": "harbour-news", "named": True, "acknowledges": True, "made": NOON - timedelta(days=1)}
    places = {"taken_to": 7, "handed_to": 7, "waiting": 0, "in_hand": 0, "again": 0}
    return Reader(**{**said, **places, **more})


@pytest.mark.parametrize(
    ("place", "outlet", "state"),
    [
        (7, reader(), "taken"),
        (8, reader(handed_to=8), "handed over"),
        (8, reader(), "waiting"),
        (7, reader(filters=("topic.*.*.fr.>",)), "reads other subjects"),
        (7, reader(acknowledges=False), "acknowledges nothing"),
        (7, reader(made=NOON + timedelta(hours=1)), "began to read later"),
        (None, reader(), "on no topic now"),
    ],
)
def test_an_announcement_is_with_an_outlet_as_far_as_it_has_read(place: int | None, outlet: Reader, state: str) -> None:
    """Or it is said why nothing can be."""
    places = {} if place is None else {"r2": [(SUBJECT, place)]}
    found = announced(RELEASE, places, [outlet])
    assert [(one.outlet, one.state) for one in found.outlets] == [("harbour-news", state)]
    assert (found.kind, found.announcement.number, found.announcement.headline) == ("released", 2, "Quay 4 to reopen")


def test_what_another_release_put_on_the_subject_does_not_count() -> None:
    """After a restore numbers are given again: a release is known by its id."""
    [one] = announced(RELEASE, {"another": [(SUBJECT, 7)]}, [reader()]).outlets
    assert one.state == "on no topic now"


@pytest.mark.parametrize(
    ("outlet", "suspected"),
    [
        (reader(waiting=1, active=NOON - BEHIND - timedelta(minutes=1)), True),
        (reader(in_hand=1, active=NOON - BEHIND - timedelta(minutes=1)), True),
        (reader(waiting=1), True),
        (reader(waiting=900, active=NOON), False),
        (reader(active=NOON - timedelta(days=9)), False),
        (reader(waiting=1, named=False), False),
        (reader(waiting=1, acknowledges=False), False),
    ],
    ids=["waiting", "in hand", "never took any", "busy", "read everything", "without a name", "acknowledges nothing"],
)
def test_an_outlet_is_missed_once_it_takes_nothing_of_what_waits(outlet: Reader, suspected: bool) -> None:
    """One that has read everything is not, however long ago that was."""
    assert may_be_behind(outlet, NOON) is suspected


def test_it_is_not_said_of_an_outlet_that_it_never_took_anything(capsys: pytest.CaptureFixture[str]) -> None:
    """The server forgets when that was each time that it starts, and keeps how far the outlet is."""
    console().print(outlet_table([reader(), reader(active=NOON - timedelta(minutes=5))], NOON))
    first, second = capsys.readouterr().out.splitlines()[1:]
    assert first.rstrip().endswith("not since the server started") and second.rstrip().endswith("5 min ago")


def test_a_story_that_is_withheld_is_not_said_to_be_killed(capsys: pytest.CaptureFixture[str]) -> None:
    """It stands among the kills, since outlets have to take it back as well, by its own word."""
    said = {"story_id": "abc", "version": "2", "number": 2, "headline": "Quay 4", "reason": "-", "said": NOON, "seq": 9}
    kills = [Killed(kill=Kill(**said, pubstatus=status), outlets=()) for status in ("withheld", "canceled")]  # type: ignore[arg-type]
    console().print(kill_table(kills, NOON))
    assert [line.split()[3] for line in capsys.readouterr().out.splitlines()[1:]] == ["withheld", "killed"]
    assert summary(kills) == "2 kills (1 withheld); 2 for no outlet that is known"
