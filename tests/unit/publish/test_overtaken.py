"""What publish remembers of a long story: as little as decides the same as all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import ECONOMY, POLITICS, attributed, enriched, guid, received

from dateline_publish import RULES
from dateline_publish.announcements import announced
from dateline_publish.lifecycle import decide
from dateline_publish.overtaken import still_counts
from dateline_schemas.events import Arrival, Event, Recorded, StoryCanceled, StoryRefused
from dateline_schemas.identity import REPLAYED, stamp
from dateline_schemas.subjects import story_subject

BEGAN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ARRIVE = ("version", "version", "embargo", "withheld", "kill", "archive", "dead")
ANSWER = ("enrich", "enrich", "enrich", "topic", "refuse", "give-up", "overrule", "anew")
ACTS = st.sampled_from((*ARRIVE, *ANSWER, "publish", "publish", "hour"))


class World:
    """A story, a publish that reads all of it, and one that remembers what counts."""

    def __init__(self) -> None:
        self.name = guid()
        self.clock = BEGAN
        self.log: list[Recorded[Event]] = []
        self.past: list[Recorded[Event]] = []
        self.came: list[Arrival] = []
        self.open: list[Arrival] = []

    def add(self, event: Event) -> None:
        """Append an event a moment later, in the place of one that stands there."""
        self.clock += timedelta(milliseconds=1)
        one = Recorded(event, self.log[-1].seq + 1 if self.log else 1, self.clock)
        self.log, self.past = ([*_without(log, event), one] for log in (self.log, self.past))

    def arrives(self, *, archive: bool = False, **story: object) -> None:
        """A version, or a kill."""
        heard = replace(received(self.name, len(self.came) + 1, **story), archive=archive)
        self.came.append(heard)
        if not isinstance(heard, StoryCanceled):
            self.open.append(heard)
        self.add(heard)

    def act(self, act: str, which: int) -> None:
        """One of the things that happen."""
        match act:
            case "version":
                self.arrives()
            case "embargo":
                self.arrives(embargo=self.clock + timedelta(hours=1 + which % 3))
            case "withheld":
                self.arrives(pubstatus="withheld")
            case "kill":
                self.arrives(pubstatus="canceled")
            case "archive" | "dead":
                self.arrives(archive=True, pubstatus="usable" if act == "archive" else "canceled")
            case "hour":
                self.clock += timedelta(hours=1)
            case "publish":
                self.published()
            case _ if self.open:
                self.answered(act, self.open[which % len(self.open)])

    def answered(self, act: str, heard: Arrival) -> None:
        """Somebody says something to a version."""
        nth = f"{len(self.log) + 1:032x}"
        if act in ("enrich", "topic", "overrule"):
            credited = attributed(heard)
            if act == "overrule":
                credited = replace(credited, credit=replace(credited.credit, overridden=nth))
            self.add(replace(enriched(credited, (ECONOMY,) if act == "topic" else (POLITICS,)), id=nth))
        elif act == "anew":
            said = announced(self.log)
            if said:
                self.add(replace(said[-1], rules=f"{RULES}{REPLAYED}", id=nth))
        else:
            service = "publish" if act == "give-up" else "enrichment"
            refusal = StoryRefused(
                story_id=heard.story_id,
                version=heard.version,
                ordinal=heard.ordinal,
                service=service,
                error="-",
                attempts=1,
            )
            self.add(replace(stamp(refusal, heard, RULES), id=nth))

    def published(self) -> None:
        """Both decide the same, and one forgets what does not count any more, but never the event that came last."""
        if not self.log:
            return
        decision = decide(self.log, self.clock)
        assert decide(self.past, self.clock) == decision
        read, seq = list(self.past), self.log[-1].seq
        for one in decision.says:
            self.add(stamp(one.event, one.cause, RULES))
        kept = still_counts(read)
        assert kept[-1] is read[-1]
        came = [one for one in self.past if one.seq > seq]
        newer = {story_subject(one.event) for one in came}
        self.past = [*(one for one in kept if story_subject(one.event) not in newer), *came]


def _without(log: Sequence[Recorded[Event]], event: Event) -> list[Recorded[Event]]:
    return [one for one in log if story_subject(one.event) != story_subject(event)]


@given(st.lists(st.tuples(ACTS, st.integers(0, 5)), min_size=10, max_size=60))
def test_what_is_remembered_decides_as_all_that_happened_does(acts: Sequence[tuple[str, int]]) -> None:
    """Versions, embargoes, kills, archives, refusals, editors and replays, in whatever order."""
    world = World()
    for act, which in acts:
        world.act(act, which)
        world.published()


@given(st.lists(st.tuples(ACTS, st.integers(0, 5)), min_size=10, max_size=60))
def test_it_may_come_to_the_story_late(acts: Sequence[tuple[str, int]]) -> None:
    """As a process does that has much to do."""
    world = World()
    for act, which in acts:
        world.act(act, which)
    world.published()


def test_of_a_story_without_end_little_is_remembered() -> None:
    """What is out, what it is decided from, and what the story went out on first."""
    world = World()
    for _ in range(300):
        world.arrives()
        world.answered("enrich", world.came[-1])
        world.published()
    world.published()
    assert len(world.log) == 900 and len(world.past) <= 6
