"""What a service that holds state decides from; and replaying it: as of the time at which it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import AsyncMock, MagicMock

import pytest
from msgspec.structs import replace
from stories import attributed, enriched, guid, received

from dateline_kernel import deliberating
from dateline_kernel.deciding import CLOCKS_APART, Because, Decision
from dateline_kernel.deliberating import Deliberate
from dateline_kernel.errors import Behind, Conflict
from dateline_kernel.pasts import Pruning
from dateline_kernel.posted import Posted
from dateline_kernel.reactions import Log
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded
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


class Story:
    """Takes down what is read of a story, and what is remembered of it. ``refused``: what the first tries meet with."""

    def __init__(self, *, alone: bool = False, remembered: bool = True, refused: Sequence[Exception] = ()) -> None:
        self.alone = alone
        self.remembered = remembered
        self.refused = list(refused)
        self.did: list[str] = []

    async def is_alone(self, heard: object, places: object) -> bool:
        """A look at a few places."""
        self.did.append("looked")
        return self.alone

    async def load_with(self, heard: Recorded[Event], *, whole: bool) -> list[Recorded[Event]]:
        """All of it, or all that can be read."""
        self.did.append("read whole" if whole else "read")
        return [heard]

    async def append(self, events: object, *, expected: object) -> int:
        """The next event."""
        if self.refused and isinstance(self.refused[0], Conflict):
            raise self.refused.pop(0)
        return 2

    async def announce(self, runtime: object, log: object, again: object) -> None:
        """To the outside."""
        if self.refused:
            raise self.refused.pop(0)
        if again:
            self.did.append("announced again")

    async def of(self, journal: object, heard: Recorded[Event], *, refused: bool) -> list[Recorded[Event]] | None:
        """What is remembered."""
        self.did.append("asked memory anew" if refused else "asked memory")
        return [heard] if self.remembered else None

    def keep(self, *_: object) -> None:
        """For the next decision."""
        self.did.append("kept")


KILL = Recorded(received(guid(), 2, pubstatus="canceled"), 1, NOON)
PLACE = ("received.1",)


@pytest.mark.parametrize(
    ("story", "places", "heard", "delivered", "did"),
    [
        (Story(), None, HEARD, 1, ["asked memory", "kept"]),
        (Story(remembered=False), None, HEARD, 1, ["asked memory", "read whole", "kept"]),
        (Story(), None, HEARD, 2, ["read whole", "announced again", "kept"]),
        (Story(alone=True), PLACE, HEARD, 1, ["looked"]),
        (Story(), (), HEARD, 1, []),
        (Story(), PLACE, HEARD, 1, ["looked", "asked memory", "kept"]),
        (Story(alone=True), PLACE, HEARD, 2, ["read whole", "announced again", "kept"]),
        (Story(alone=True, refused=[Conflict("")]), PLACE, HEARD, 1, ["looked", "asked memory anew", "kept"]),
        (Story(refused=[Behind("")]), None, HEARD, 1, ["asked memory", "read whole", "posted", "kept"]),
        (Story(remembered=False), None, KILL, 1, ["asked memory", "read", "posted", "kept"]),
    ],
    ids=["known", "unknown", "again", "alone", "always", "not", "alone again", "refused", "behind", "a kill"],
)
async def test_a_decision_is_taken_from_no_more_than_it_needs_and_from_no_less(
    monkeypatch: pytest.MonkeyPatch,
    story: Story,
    places: Sequence[str] | None,
    heard: Recorded[Event],
    delivered: int,
    did: list[str],
) -> None:
    """What is delivered again may be announced by nobody; after a refusal there is more to read; and what was decided
    without its story is no story to remember.
    """

    async def posted_of(*_: object) -> dict[str, object]:
        story.did.append("posted")
        return {}

    monkeypatch.setattr(deliberating, "posted_of", posted_of)
    one = Deliberate(says_held, story.announce, alone_unless=lambda _: places, pruning=cast(Pruning, MagicMock()))
    one._pasts = cast(Any, story)
    assert await one(room(story), heard, delivered) is None
    assert story.did == did


def says_held(log: Log, now: datetime) -> Decision:
    """Holds the story, for a minute."""
    held = replace(HELD, story_id=log[0].event.story_id)
    return Decision((Because(log[0].event, held),), again_at=NOON + timedelta(minutes=1))


def room(story: Story) -> Runtime:
    """What publish has, with this story alone in its log."""
    journal = MagicMock(is_alone=story.is_alone, load_with=story.load_with, append=story.append)
    told = {"rules": RULES, "service": "publish", "telemetry": MagicMock(), "log": MagicMock(), "client": None}
    one = SimpleNamespace(journal=journal, now=lambda: NOON, **told)
    return cast(Runtime, one)


@pytest.mark.parametrize(
    ("heard", "again_at"), [(HEARD.event, None), (KILL.event, None), (HELD, NOON + timedelta(minutes=1))]
)
async def test_only_what_waits_beside_the_line_is_heard_again_at_its_time(
    monkeypatch: pytest.MonkeyPatch, heard: Event, again_at: datetime | None
) -> None:
    """Of a version that is held its hold is delivered again, and not the version, whose consumer hands out fewer."""
    monkeypatch.setattr(deliberating, "posted_of", AsyncMock(return_value={}))
    story = Story()
    assert await Deliberate(says_held, story.announce)(room(story), Recorded(heard, 1, NOON), 1) == again_at


@pytest.mark.parametrize(("heard", "known"), [(HEARD, 1), (KILL, 2)], ids=["an update", "a kill"])
async def test_what_stands_on_subjects_that_the_log_does_not_name_matters_to_what_takes_it_back(
    monkeypatch: pytest.MonkeyPatch, heard: Recorded[Event], known: int
) -> None:
    """A story that came again, its log lost, may be on other subjects: that keeps no update of it back."""
    elsewhere = Posted(1, 0, NOON, release=heard.event.id)
    monkeypatch.setattr(deliberating, "posted_of", AsyncMock(return_value={"topic.none.none.en.none.x": elsewhere}))
    story, seen = Story(refused=[Behind("")]), list[int]()

    def says(log: Log, now: datetime) -> Decision:
        seen.append(len(log))
        return Decision()

    await Deliberate(says, story.announce)(room(story), heard, 1)
    assert seen[-1] == known


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=1)])
async def test_what_may_not_be_said_yet_by_the_clock_of_the_log_is_heard_again_when_it_may(
    monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    """The wait is counted by our own clock: one that is ahead has come further by then."""
    ends = NOON + timedelta(minutes=10)
    there = ends - ahead
    monkeypatch.setattr(deliberating, "log_time", AsyncMock(return_value=there))

    def says(log: Log, now: datetime) -> Decision:
        return Decision(again_at=ends) if now < ends else Decision(not_before=ends)

    one = room(story := Story())
    one.now = lambda: ends  # type: ignore[method-assign]
    again_at = await Deliberate(says, story.announce)(one, Recorded(HELD, 1, NOON), 1)
    assert again_at == (ends + ahead if ahead else None)
