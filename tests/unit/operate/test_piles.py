"""What many quarantined things have in common, and which of them are meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dateline_operate.kept import pile_table, thing_table
from dateline_operate.piles import Pile, Which, piles
from dateline_operate.terminal import console
from dateline_schemas.quarantine import Kept, Quarantined

BEGAN = datetime(2031, 5, 6, 2, 40, tzinfo=UTC)


def thing(number: int, feed: str = "wire", error: str = "Unparseable", service: str = "ingest") -> Kept:
    """Refused so many minutes after it began."""
    what = Quarantined(
        kind="input" if feed else "event",
        service=service,
        reason=f"[{number}] is bad",
        at=BEGAN,
        error=error,
        feed=feed,
    )
    return Kept(number, BEGAN + timedelta(minutes=number), what)


THINGS = [thing(1), thing(2, "other"), thing(3), thing(4, "wire", "ClockAhead"), thing(5, "", "KeyError", "publish")]


def test_things_that_have_service_feed_and_failure_in_common_are_one_pile() -> None:
    """The largest first; each with its first time and its newest member."""
    found = piles(THINGS)
    assert found[0] == Pile(2, "ingest", "wire", "Unparseable", THINGS[0].recorded, THINGS[2])
    assert [(pile.count, pile.newest.seq) for pile in found] == [(2, 3), (1, 5), (1, 4), (1, 2)]


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        (Which(), [1, 2, 3, 4, 5]),
        (Which(feed="wire"), [1, 3, 4]),
        (Which(feed="wire", error="Unparseable"), [1, 3]),
        (Which(service="publish"), [5]),
        (Which(since=4), [4, 5]),
        (Which(since=BEGAN + timedelta(minutes=3)), [3, 4, 5]),
        (Which(feed="unheard of"), []),
    ],
)
def test_what_is_meant_has_all_that_was_said(which: Which, numbers: list[int]) -> None:
    """And everything is meant where nothing was said."""
    assert [one.seq for one in THINGS if which.takes(one)] == numbers
    assert which.anything == (len(numbers) == len(THINGS))


def test_piles_and_things_are_lines_and_reasons_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    """A reason may have brackets in it, as paths in messages have."""
    console().print(pile_table(piles(THINGS)))
    console().print(thing_table(THINGS))
    said = capsys.readouterr().out
    assert said.count("[3] is bad") == 2
    assert len(said.splitlines()) == 1 + 4 + 1 + 5
