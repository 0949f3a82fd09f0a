"""Replaying a service that holds state: a decision is taken again at the time at which it was taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from stories import attributed, enriched, guid, received

from dateline_kernel.deciding import CLOCKS_APART, Because, Decision
from dateline_kernel.deliberating import Deliberate
from dateline_kernel.reactions import Log
from dateline_schemas.events import Recorded
from dateline_schemas.examples import HELD
from dateline_schemas.identity import stamp

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RULES = "publish/test"
HEARD = Recorded(enriched(attributed(received(guid()))), 1, NOON)


def decide(log: Log, now: datetime) -> Decision:
    """Said once; one member tells whether it was noon by then."""
    if len(log) > 1:
        return Decision()
    held = replace(HELD, story_id=HEARD.event.story_id, reason="embargo" if now < NOON else "withheld")
    return Decision((Because(HEARD.event, held),))


async def nothing(runtime: object, log: object) -> None:
    """Announce nothing."""


@pytest.mark.parametrize("clock", [-CLOCKS_APART, timedelta(0), CLOCKS_APART])
def test_what_was_decided_by_another_clock_is_found_to_be_the_same(clock: timedelta) -> None:
    """A little behind the log's, or ahead of it: the time that gives what stands in the log is the one."""
    taken = NOON - timedelta(seconds=1) if clock > timedelta(0) else NOON + timedelta(seconds=1)
    (said,) = decide([HEARD], taken + clock).says
    there = Recorded(stamp(said.event, HEARD.event, RULES), 2, taken)
    log = [replace(HEARD, time=taken), there]
    assert Deliberate(decide, nothing).replayed(log, HEARD, RULES, taken).said == (there.event,)
