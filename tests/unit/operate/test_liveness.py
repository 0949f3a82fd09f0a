"""When a service that runs is taken for one that hangs."""

from __future__ import annotations

from dateline_operate.up.liveness import BEGINS, MISSED, SILENT, STANDS, Pulse
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
