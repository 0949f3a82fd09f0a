"""Which outlets have still to take which kill, and what is said of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import msgspec
import pytest
from stories import attributed, enriched, received

from dateline_kernel.consumers import Untold
from dateline_kernel.logs import configure_logs
from dateline_kernel.losses import Unread
from dateline_kernel.runtime import Runtime
from dateline_publish import outlets
from dateline_publish.owed import MOST, SLOW, WATCHED, Owed
from dateline_schemas.events import Recorded, StoryWithdrawn
from dateline_schemas.identity import stamp
from dateline_schemas.outlets import Kill, Reader
from dateline_schemas.subjects import TOPICS

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
SUBJECT = "topic.11000000.none.en.AFP.story1"


def outlet(taken_to: int = 0, name: str = "harbour-news", made: datetime = NOON - timedelta(days=1)) -> Reader:
    """One that reads everything."""
    return Reader(
        name=name,
        named=True,
        acknowledges=True,
        made=made,
        taken_to=taken_to,
        handed_to=taken_to,
        waiting=0,
        in_hand=0,
        again=0,
    )


def kill(seq: int = 1, place: int = 7, said: datetime = NOON) -> Kill:
    """One that stands at a place of TOPICS."""
    return Kill(
        story_id=f"story{seq}",
        version="2",
        number=2,
        headline="H",
        reason="R",
        said=said,
        seq=seq,
        posted=((SUBJECT, place),),
    )


def logged(seq: int) -> Recorded[StoryWithdrawn]:
    """A kill as the log has it."""
    heard = received(f"urn:test:{seq}", 2, pubstatus="canceled")
    event = StoryWithdrawn(story_id=heard.story_id, version="2", ordinal=2, number=2, subjects=(SUBJECT,), reason="R")
    return Recorded(stamp(event, heard, "publish/test"), seq, NOON)


def test_an_outlet_owes_a_kill_until_it_has_acknowledged_it() -> None:
    """And then it is told, with the time that it took."""
    owed = Owed(NOON - timedelta(hours=1))
    assert owed.look([kill()], [outlet(6)], NOON) == []
    assert owed.by_outlet() == {"harbour-news": (1, NOON)}
    [told] = owed.look([], [outlet(7)], NOON + timedelta(seconds=4))
    assert (told.outlet, told.taken, told.seconds) == ("harbour-news", True, 4.0)
    assert owed.by_outlet() == {}


def test_a_kill_that_cannot_be_read_is_owed_as_any_other() -> None:
    """A later release wrote it: outlets have it all the same."""
    owed = Owed(NOON - timedelta(hours=1))
    unread = Unread(story_id="story1", version="", ordinal=0, of="withdrawn", at="2", why="of a later release")
    owed.apply(Recorded(unread, 1, NOON))
    assert [one.seq for one in owed.unposted] == [1]


def test_of_several_kills_the_oldest_tells_since_when() -> None:
    """Each outlet has a count of its own."""
    owed = Owed(NOON - timedelta(hours=1))
    owed.look([kill(1, 7, NOON + timedelta(seconds=9)), kill(2, 8)], [outlet(), outlet(7, "evening-post")], NOON)
    assert owed.by_outlet() == {"harbour-news": (2, NOON), "evening-post": (1, NOON)}


def test_what_is_long_not_taken_is_told_once_and_that_it_is_taken_once() -> None:
    """A line for the log each, and no more."""
    owed = Owed(NOON - timedelta(hours=1))
    owed.look([kill()], [outlet()], NOON)
    assert owed.look([], [outlet()], NOON + SLOW) == []
    late = owed.look([], [outlet()], NOON + SLOW + timedelta(seconds=1))
    assert [told.taken for told in late] == [False]
    assert owed.look([], [outlet()], NOON + SLOW + timedelta(seconds=2)) == []
    assert [told.taken for told in owed.look([], [outlet(7)], NOON + timedelta(hours=1))] == [True]
    assert owed.look([], [outlet(7)], NOON + timedelta(hours=2)) == []


def test_what_is_taken_before_the_first_look_is_told_all_the_same() -> None:
    """Outlets that are quick are no less told of."""
    owed = Owed(NOON - timedelta(hours=1))
    [told] = owed.look([kill()], [outlet(7)], NOON + timedelta(seconds=2))
    assert (told.taken, told.seconds) == (True, 2.0)


def test_a_kill_that_stands_nowhere_yet_keeps_no_other_from_being_watched() -> None:
    """It is asked for again; those behind it have places."""
    owed = Owed(NOON - timedelta(hours=1))
    for seq in (1, 2):
        owed.apply(logged(seq))
    owed.look([msgspec.structs.replace(kill(1), posted=()), kill(2, 8)], [outlet()], NOON)
    assert owed.by_outlet() == {"harbour-news": (1, NOON)}
    assert [one.seq for one in owed.unposted] == [1]


def test_what_was_taken_before_the_process_began_is_not_told_again() -> None:
    """What is still open counts."""
    owed = Owed(NOON + timedelta(seconds=1))
    assert owed.look([kill()], [outlet(7), outlet(6, "evening-post")], NOON + timedelta(seconds=2)) == []
    assert owed.by_outlet() == {"evening-post": (1, NOON)}


@pytest.mark.parametrize(
    "now_there", [[], [outlet(made=NOON + timedelta(seconds=1))]], ids=["gone", "made anew under its name"]
)
def test_who_does_not_read_any_more_owes_nothing(now_there: list[Reader]) -> None:
    """A reader that begins anew finds the kill behind the story."""
    owed = Owed(NOON - timedelta(hours=1))
    owed.look([kill()], [outlet()], NOON)
    assert owed.look([], now_there, NOON + timedelta(hours=1)) == []
    assert owed.by_outlet() == {}


def test_after_some_days_nobody_waits_for_it() -> None:
    """An outlet that is gone for good must not stay on the list."""
    owed = Owed(NOON - timedelta(hours=1))
    owed.look([kill()], [outlet()], NOON)
    owed.look([], [outlet()], NOON + WATCHED + timedelta(seconds=1))
    assert owed.by_outlet() == {}


def test_a_kill_is_looked_up_until_it_is_posted() -> None:
    """The log has it a moment before the topics."""
    owed = Owed(NOON)
    owed.apply(logged(1))
    owed.look([msgspec.structs.replace(kill(1), posted=())], [outlet()], NOON)
    assert [one.seq for one in owed.unposted] == [1]
    owed.look([kill(1)], [outlet()], NOON)
    assert owed.unposted == ()


def test_a_kill_that_is_never_posted_is_let_go_of() -> None:
    """Its story has come back meanwhile."""
    owed = Owed(NOON)
    owed.apply(logged(1))
    owed.look([], [], NOON + WATCHED)
    assert owed.unposted == ()


def test_of_a_flood_of_kills_the_newest_are_looked_after() -> None:
    """Memory and time are bounded."""
    owed = Owed(NOON)
    for seq in range(1, MOST + 2):
        owed.apply(logged(seq))
    assert (owed.unposted[0].seq, len(owed.unposted)) == (2, MOST)
    owed.look([kill(seq, seq) for seq in range(1, MOST + 2)], [outlet()], NOON)
    assert owed.by_outlet() == {"harbour-news": (MOST, NOON)}


def test_only_kills_count() -> None:
    """Other events are no matter of this."""
    owed = Owed(NOON)
    owed.apply(Recorded(enriched(attributed(received("urn:test:1"))), 1, NOON))
    assert owed.unposted == ()


@pytest.mark.parametrize("known", [True, False], ids=["known before", "publish was started meanwhile"])
async def test_an_outlet_of_whom_nobody_tells_owes_what_it_owed_and_what_comes(
    monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """A server of the cluster is away; who read on it without a name owes nothing, and hides nobody."""
    said = configure_logs("publish", "error")
    runtime = SimpleNamespace(now=lambda: NOON, journal=SimpleNamespace(direct=None), client=None, log=said)
    watched, answers = outlets.Outlets(cast(Runtime, runtime)), list[tuple[list[Reader], Untold | None]]()
    untold = Untold(TOPICS.name, frozenset({"tail", "slow"}), [])

    async def told_of(*_: object) -> tuple[list[Reader], Untold | None]:
        return answers.pop(0)

    async def kills_of(*_: object) -> list[Kill]:
        return [kill()]

    monkeypatch.setattr(outlets, "told_of", told_of)
    monkeypatch.setattr(outlets, "kills_of", kills_of)

    async def owing(*told: Reader, all_of_them: bool = False) -> set[str]:
        answers.append((list(told), None if all_of_them else untold))
        await watched.look()
        return set(watched._owed.by_outlet())

    if known:
        assert await owing(outlet(6, "quick"), outlet(6, "slow"), all_of_them=True) == set()
    watched._owed.apply(logged(1))
    assert await owing(outlet(6, "quick")) == ({"quick", "slow"} if known else {"quick"})
    assert await owing(outlet(7, "quick")) == ({"slow"} if known else set())
    assert await owing(outlet(7, "quick"), outlet(6, "slow"), all_of_them=True) == {"slow"}
    assert await owing(outlet(7, "quick"), outlet(7, "slow"), all_of_them=True) == set()


def test_an_outlet_of_whom_nobody_tells_from_the_start_is_judged_when_somebody_does() -> None:
    """Publish was started while a server of the cluster is away. Whoever read there without a name never comes back."""
    owed = Owed(NOON + timedelta(seconds=1))
    untold = frozenset({"slow", "quick", "later", "tail"})
    assert owed.look([kill()], [outlet(6, "here")], NOON, untold) == []
    assert owed.by_outlet() == {"here": (1, NOON)}
    late = NOON + 2 * SLOW
    came_back = [outlet(7, "here"), outlet(6, "slow"), outlet(7, "quick"), outlet(6, "later", made=late)]
    told = owed.look([], came_back[:2], late, untold - {"slow"})
    assert [(one.outlet, one.taken) for one in told] == [("here", True), ("slow", False)]
    assert owed.look([], came_back, late) == []
    assert owed.by_outlet() == {"slow": (1, NOON)}
