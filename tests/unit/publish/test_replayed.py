"""What replay says of publish: the same rules give the same decisions, whatever overtook what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from stories import ECONOMY, POLITICS, attributed, enriched, guid, received

from dateline_kernel.deciding import Because, Decide, Decision
from dateline_kernel.deliberating import Deliberate
from dateline_operate.replay.comparing import Compared, compare
from dateline_publish import RULES
from dateline_publish.announce import announce
from dateline_publish.lifecycle import decide
from dateline_schemas.events import (
    Event,
    Recorded,
    StoryCanceled,
    StoryEnriched,
    StoryHeld,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)
from dateline_schemas.identity import stamp
from dateline_schemas.subjects import story_subject

BEGAN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SAYS = (StoryReleased, StoryHeld, StoryWithdrawn)
HEARS = (StoryEnriched, StoryCanceled, StoryRefused)


class World:
    """One story's log, and a publish that gets to it whenever the test says, by a clock that is not the log's."""

    def __init__(self) -> None:
        self.name = guid()
        self.clock = BEGAN
        self.log: list[Recorded[Event]] = []
        self.came: dict[int, Event] = {}

    def add(self, event: Event) -> None:
        """Append an event a moment later."""
        self.clock += timedelta(milliseconds=1)
        self.log.append(Recorded(event, len(self.log) + 1, self.clock))

    def version(self, ordinal: int, **story: object) -> None:
        """A version comes in; nobody has looked at it yet."""
        self.came[ordinal] = received(self.name, ordinal, **story)
        self.add(self.came[ordinal])

    def enriched(self, ordinal: int, rules: str = "enrichment/test") -> None:
        """A version's facts come; under other rules they replace those that were there."""
        known = enriched(attributed(self.came[ordinal]), (POLITICS,) if rules.endswith("test") else (ECONOMY,))  # type: ignore[arg-type]
        self.add(replace(known, id=f"{len(self.log) + 1:032x}", rules=rules))

    def refused(self, ordinal: int) -> None:
        """Enrichment could not deal with a version."""
        cause = self.came[ordinal]
        refusal = StoryRefused(
            story_id=cause.story_id, version=cause.version, ordinal=ordinal, service="enrichment", error="-", attempts=1
        )
        self.add(stamp(refusal, cause, "enrichment/test"))

    def published(self, ahead: timedelta = timedelta(0), decide: Decide = decide) -> list[Event]:
        """Publish gets to the story, its clock so far ahead of the log's."""
        said = [stamp(one.event, one.cause, RULES) for one in decide(loaded(self.log), self.clock + ahead).says]
        for event in said:
            self.add(event)
        return said

    def replayed(self, heard: Recorded[Event], decide: Decide = decide) -> tuple[Compared, int]:
        """What replay finds about one event: differences, and how much was overtaken."""
        replayed = Deliberate(decide, announce).replayed(self.log, heard, RULES, self.clock)
        return compare(self.log, heard, replayed.said, SAYS), len(replayed.overtaken)

    def told(self, decide: Decide = decide) -> tuple[list[tuple[str, str]], int]:
        """All differences, as (event, kind), and how much was overtaken."""
        there = {recorded.seq for recorded in loaded(self.log)}
        found = [self.replayed(one, decide) for one in self.log if isinstance(one.event, HEARS) and one.seq in there]
        differences = [(one.event, one.kind) for compared, _ in found for one in compared.differences]
        return differences, sum(overtaken for _, overtaken in found)


def loaded(log: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
    """The log as the journal loads it: of each subject the newest."""
    newest = {story_subject(one.event): one for one in log}
    return sorted(newest.values(), key=lambda one: one.seq)


def test_a_release_that_a_kill_overtook_is_no_difference() -> None:
    """Publish came to the first version when the kill was there: it is told as overtaken, and nothing differs."""
    world = World()
    world.version(1)
    world.enriched(1)
    world.version(2, pubstatus="canceled")
    assert [event.fact for event in world.published()] == ["withdrawn"]
    assert world.told() == ([], 1)


def test_an_embargo_that_an_update_overtook_is_no_difference() -> None:
    """The embargoed version never goes out: that its hour has passed since makes nothing of it."""
    world = World()
    world.version(1, embargo=BEGAN + timedelta(hours=1))
    world.enriched(1)
    world.published()
    world.version(2)
    world.enriched(2)
    world.published()
    world.clock += timedelta(hours=2)
    assert world.published() == []
    assert world.told() == ([], 0)


def test_a_release_at_the_end_of_its_embargo_is_decided_again_at_that_time() -> None:
    """Held, and then released because of the same event: both are looked at, both are the same."""
    world = World()
    world.version(1, embargo=BEGAN + timedelta(hours=1))
    world.enriched(1)
    world.published()
    world.clock += timedelta(hours=1)
    world.published()
    compared, _ = world.replayed(next(one for one in world.log if isinstance(one.event, StoryEnriched)))
    assert (compared.equal, compared.differences) == (2, ())


def test_a_version_that_waited_for_one_that_was_refused_is_decided_again_as_of_its_release() -> None:
    """When it was heard nothing could be said; when the one before it was refused it went out."""
    world = World()
    world.version(1)
    world.version(2)
    world.enriched(2)
    assert world.published() == []
    world.refused(1)
    world.published()
    assert world.told() == ([], 0)


def test_a_decision_from_facts_that_were_replaced_since_is_found_to_be_the_same() -> None:
    """The second version went out when the first was on hold by facts that a replay has replaced."""
    world = World()
    world.version(1, embargo=BEGAN + timedelta(hours=1))
    world.enriched(1)
    world.version(2)
    world.enriched(2)
    world.published()
    world.enriched(1, "enrichment/newer")
    world.published()
    assert world.told() == ([], 0)


def test_what_nobody_has_said_yet_is_new() -> None:
    """Publish has not come to it: that is a difference between what the log calls for and what it has."""
    world = World()
    world.version(1)
    world.enriched(1)
    assert world.told() == ([("StoryReleased", "new")], 0)


class Otherwise(Struct, frozen=True):
    """A rule that publish does not have, and what replay must say of it."""

    decide: Decide
    differences: list[tuple[str, str]]


def _other_numbers(log: Sequence[Recorded[Event]], now: datetime) -> Decision:
    """Releases count on by tens."""
    decision = decide(log, now)
    says = [
        Because(one.cause, replace(one.event, number=one.event.number * 10))
        if isinstance(one.event, StoryReleased)
        else one
        for one in decision.says
    ]
    return Decision(tuple(says))


def _no_embargo(log: Sequence[Recorded[Event]], now: datetime) -> Decision:
    """Embargoes are for others."""
    return decide(log, now + timedelta(days=365))


def _silence(log: Sequence[Recorded[Event]], now: datetime) -> Decision:
    """Nothing ever goes out."""
    return Decision()


@pytest.mark.parametrize(
    "rule",
    [
        Otherwise(_other_numbers, [("StoryReleased", "changed")]),
        Otherwise(_no_embargo, [("StoryHeld", "gone"), ("StoryReleased", "new")]),
        Otherwise(_silence, [("StoryReleased", "gone"), ("StoryHeld", "gone")]),
    ],
    ids=["numbers", "embargo", "silence"],
)
def test_other_rules_differ_in_what_they_would_have_said(rule: Otherwise) -> None:
    """One version out, one on hold: what another rule says to each is told, and nothing else."""
    world = World()
    world.version(1)
    world.enriched(1)
    world.published()
    world.version(2, embargo=BEGAN + timedelta(days=30))
    world.enriched(2)
    world.published()
    differences, _ = world.told(rule.decide)
    assert sorted(differences) == sorted(rule.differences)


Step = tuple[Literal["version", "kill", "facts", "newer facts", "refused", "publish", "hour"], int]
steps = st.lists(
    st.tuples(
        st.sampled_from(["version", "kill", "facts", "facts", "newer facts", "refused", "publish", "publish", "hour"]),
        st.integers(1, 4),
    ),
    max_size=24,
)
HELD = {1: None, 2: BEGAN + timedelta(hours=2), 3: None, 4: BEGAN + timedelta(hours=4)}


@given(steps, st.floats(-3, 3))
def test_an_unchanged_publish_differs_in_nothing(happened: list[Step], ahead: float) -> None:
    """Versions, kills, facts, refusals and time in any order, and a publish that comes by now and then, its clock up to
    three seconds off: once it has come to everything, replay says that nothing differs.
    """
    world = World()
    for what, ordinal in happened:
        match what:
            case "version" if ordinal not in world.came:
                world.version(ordinal, **({"embargo": HELD[ordinal]} if HELD[ordinal] else {}))
            case "kill" if ordinal not in world.came:
                world.version(ordinal, pubstatus="canceled")
            case "facts" | "newer facts" if not isinstance(world.came.get(ordinal), StoryCanceled | None):
                world.enriched(ordinal, "enrichment/test" if what == "facts" else "enrichment/newer")
            case "refused" if not isinstance(world.came.get(ordinal), StoryCanceled | None):
                world.refused(ordinal)
            case "publish":
                world.published(timedelta(seconds=ahead))
            case "hour":
                world.clock += timedelta(hours=1)
            case _:
                pass
    world.clock += timedelta(seconds=5)
    world.published()
    assert world.told()[0] == []
