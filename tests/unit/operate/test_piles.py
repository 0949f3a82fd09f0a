"""What many quarantined things have in common, and which of them are meant."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from dateline_operate.console.terminal import console
from dateline_operate.quarantine.kept import as_object, describe, pile_table, thing_table
from dateline_operate.quarantine.piles import Pile, Which, piles
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
    assert which.empty == (len(numbers) == len(THINGS))


def test_piles_and_things_are_lines_and_reasons_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    """A reason may have brackets in it, as paths in messages have."""
    console().print(pile_table(piles(THINGS)))
    console().print(thing_table(THINGS))
    said = capsys.readouterr().out
    assert said.count("[3] is bad") == 2
    assert len(said.splitlines()) == 1 + 4 + 1 + 5


@pytest.fixture
def kathmandu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that stands in another zone than UTC."""
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("kathmandu")
def test_what_is_known_of_refused_input_is_shown_line_by_line() -> None:
    """What it has not is left out; times are this machine's, and say so."""
    what = Quarantined(
        kind="input",
        service="ingest",
        reason="broken JSON",
        at=BEGAN,
        error="Unparseable",
        feed="wire",
        door="http",
        format="ninjs",
        url="https://wire.example/1",
        original="ab12",
        original_bytes=5_096,
    )
    assert describe(Kept(7, BEGAN, what)) == [
        "number    7",
        "since     2031-05-06 08:25:00 +0545",
        "service   ingest",
        "reason    broken JSON",
        "feed      wire by http",
        "format    ninjs",
        "url       https://wire.example/1",
        "original  sha256 ab12, 5,096 bytes",
    ]
    assert as_object(Kept(7, BEGAN, what))["event"] is None


@pytest.mark.parametrize(
    ("data", "value", "lines"),
    [
        (b'{"id":"1"}', {"id": "1"}, ["{", '  "id": "1"', "}"]),
        (b"no \xff JSON", "no \ufffd JSON", ['"no \ufffd JSON"']),
    ],
)
def test_an_event_is_shown_with_what_was_tried_and_where_it_stands(
    data: bytes, value: object, lines: list[str]
) -> None:
    """Its traceback and its bytes follow, as JSON where they are any."""
    what = Quarantined(
        kind="event",
        service="publish",
        reason="KeyError: 1",
        at=BEGAN,
        attempts=5,
        story_id="abc",
        version="2",
        seq=41,
        traceback="Traceback\n  here\n",
        event=data,
    )
    said = describe(Kept(8, BEGAN, what))
    assert said[4:7] == ["tried     5 times", "story     abc version 2", "log       event 41"]
    assert said[7:] == ["", "Traceback", "  here", "", *lines]
    assert as_object(Kept(8, BEGAN, what))["event"] == value
