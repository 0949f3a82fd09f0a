"""When a service that runs is taken for one that hangs, and when one that ended is started again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline_operate.up.liveness import BEGINS, FIRST, LONGEST, MISSED, SILENT, STANDS, STEADY, Backoff, Pulse, pause
from dateline_operate.up.vitals import Vitals

DUMB = Vitals(name="publish", url="http://127.0.0.1:1")


def said(handled: int = 0, in_work: int = 0, *, ready: bool = True) -> Vitals:
    """A service that answers."""
    return Vitals(name="publish", url="http://127.0.0.1:1", answered=True, ready=ready, heard=handled, in_work=in_work)


def looked(pulse: Pulse, *seen: Vitals, every: float, start: float = 1_000.0) -> Pulse:
    """Looked at again and again; the clock has gone for some time."""
    for nth, one in enumerate(seen):
        pulse = pulse.looked(one, start + nth * every)
    return pulse


def test_who_has_answered_and_is_silent_for_long_hangs() -> None:
    """Not before, and one answer in between is enough to begin anew."""
    pulse = Pulse().looked(said(), 0.0)
    assert not looked(pulse, *[DUMB] * MISSED, every=(SILENT - 1) / (MISSED - 1)).hangs
    assert looked(pulse, *[DUMB] * MISSED, every=SILENT / (MISSED - 1)).hangs == f"did not answer for {SILENT:.0f} s"
    again = looked(pulse, *[DUMB] * (MISSED - 1), said(), *[DUMB] * (MISSED - 1), every=SILENT / (MISSED - 1))
    assert not again.hangs


def test_looks_that_were_not_made_tell_nothing() -> None:
    """A machine that slept, or an ``up`` that was stopped, comes back to services that had no chance to answer."""
    pulse = looked(Pulse().looked(said(), 0.0), DUMB, DUMB, every=100 * SILENT)
    assert not pulse.hangs


def test_who_has_not_answered_yet_may_take_long() -> None:
    """It may load a model."""
    assert not looked(Pulse(), *[DUMB] * MISSED, every=SILENT / (MISSED - 1)).hangs
    assert looked(Pulse(), *[DUMB] * MISSED, every=BEGINS / (MISSED - 1)).hangs


def test_who_stands_still_over_events_in_work_hangs() -> None:
    """Though it answers: it is ready, has some in work, and takes on none for long."""
    for in_work in (1, 2):
        stands = looked(Pulse(), *[said(7, in_work)] * 3, every=STANDS)
        assert stands.hangs == f"stood still for {STANDS:.0f} s"
    assert not looked(Pulse(), *[said(7, 2)] * 3, every=STANDS - 1).hangs


def test_who_has_nothing_in_work_or_knows_what_is_wrong_does_not_hang() -> None:
    """A quiet night is none, nor is a log that takes nothing: its service waits for it and says so."""
    assert not looked(Pulse(), *[said(7, 0)] * 9, every=STANDS).hangs
    assert not looked(Pulse(), *[said(7, 2, ready=False)] * 9, every=STANDS).hangs
    assert not looked(Pulse(), *[said(nth, 2) for nth in range(9)], every=STANDS).hangs


def test_pauses_double_up_to_a_limit() -> None:
    """The pause doubles from one end to the next and never exceeds the limit."""
    assert [pause(n) for n in (1, 2, 3)] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert pause(40) == LONGEST


def test_who_ends_waits_until_it_is_due() -> None:
    """After an end it is due when the pause is over, not before, and not while it runs."""
    state = Backoff().started(0.0)
    assert not state.due(100.0)
    state = state.ended(1.0)
    assert not state.running
    assert not state.due(1.0 + FIRST - 0.01)
    assert state.due(1.0 + FIRST)


def test_each_end_in_a_row_waits_longer() -> None:
    """As long as none of the runs between was a steady one, wherever the clock stands."""
    state, now = Backoff(), 1_000.0
    for nth in (1, 2, 3, 4):
        now += STEADY - 0.5
        state = state.started(now - STEADY + 0.5).ended(now)
        assert state.due_at == now + pause(nth)


def test_a_steady_run_begins_anew() -> None:
    """Who ran for long before it ended waits the shortest pause again, wherever the clock stands."""
    for began in (0.0, 1_000.0):
        state = Backoff(failures=9).started(began).ended(began + STEADY)
        assert state.failures == 1


def test_restarts_are_counted_and_the_first_start_is_none() -> None:
    """The first start is no restart; every later one is."""
    state = Backoff().started(0.0)
    assert state.restarts == 0
    state = state.ended(1.0).started(2.0)
    assert state.restarts == 1


@given(st.lists(st.floats(0.0, 5.0), min_size=1, max_size=60))
def test_it_is_always_due_in_the_end(runs: list[float]) -> None:
    """However it ends, it is due within the longest pause."""
    state, now = Backoff(), 0.0
    for run in runs:
        state = state.started(now)
        now += run
        state = state.ended(now)
        assert not state.due(now)
        assert state.due(now + LONGEST)
        now = state.due_at
