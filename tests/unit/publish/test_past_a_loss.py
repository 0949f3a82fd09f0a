"""What publish says of a story of which the log has lost something: its kills, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import ECONOMY, POLITICS, attributed, enriched, guid, received

from dateline_kernel.deliberating import Deliberate
from dateline_kernel.losses import is_behind, unread, with_topics_state
from dateline_operate.replay.comparing import compare
from dateline_publish import RULES
from dateline_publish.announce import announce
from dateline_publish.lifecycle import decide
from dateline_schemas.events import Arrival, Event, Recorded, StoryCanceled, StoryReleased, StoryWithdrawn
from dateline_schemas.identity import stamp
from dateline_schemas.subjects import story_subject

NOW = datetime(2031, 5, 6, 12, tzinfo=UTC)
THERE = ("topic.15000000.none.en.Reuters.x", "topic.16000000.none.en.AFP.x")


class Story:
    """A story's log, and publish, which says at once what is to be said."""

    def __init__(self) -> None:
        self.name = guid()
        self.log: list[Recorded[Event]] = []

    def add(self, *events: Event) -> None:
        """Append events, a second each."""
        for event in events:
            self.log.append(Recorded(event, len(self.log) + 1, NOW + timedelta(seconds=len(self.log))))

    def version(self, ordinal: int, *, economy: bool = False, archive: bool = False, **story: object) -> Arrival:
        """A version comes in, and what there is to say of it before publish."""
        heard = replace(received(self.name, ordinal, **story), archive=archive)
        self.add(heard)
        if not isinstance(heard, StoryCanceled):
            credited = attributed(heard)
            self.add(credited, enriched(credited, (ECONOMY,) if economy else (POLITICS,)))
        return heard

    def published(self, topics: Sequence[str] = (), number: int = 0) -> list[Event]:
        """Publish says what follows; with the newest number on these topics, as it hears a kill."""
        log = with_topics_state(self.log, topics, number) if is_behind(self.log, number) else self.log
        said = [stamp(one.event, one.cause, RULES) for one in decide(log, NOW).says]
        self.add(*said)
        return said

    def broken(self, fact: str, place: int = 1) -> None:
        """One of its events cannot be read any more."""
        subject = f"story.{received(self.name).story_id}.{fact}.{place}"
        at = next(nth for nth, one in enumerate(self.log) if story_subject(one.event) == subject)
        self.log[at] = replace(self.log[at], event=unread(subject, "a flipped bit"))

    def lost(self, at: int) -> None:
        """The server leaves one of its events out."""
        del self.log[at]


def test_the_kill_is_numbered_after_what_cannot_be_read_and_goes_to_all_subjects_found() -> None:
    """Those that the log still knows, and those that only TOPICS does; no release that is due goes with it."""
    story = Story()
    story.version(1)
    [first] = story.published()
    story.version(2, economy=True)
    story.published()
    story.version(3)
    story.broken("released", 2)
    assert story.published() == []
    story.version(4, pubstatus="canceled")
    [kill] = story.published(THERE, 2)
    assert isinstance(first, StoryReleased) and isinstance(kill, StoryWithdrawn)
    assert (kill.number, kill.ordinal, kill.subjects) == (3, 4, (*first.subjects, *THERE))
    assert story.published() == []


def test_the_number_of_what_cannot_be_read_is_not_given_again() -> None:
    """Also where nothing of the story is on TOPICS any more."""
    story = Story()
    story.version(1)
    story.published()
    story.broken("released")
    story.version(2, pubstatus="canceled")
    assert [event.number for event in story.published() if isinstance(event, StoryWithdrawn)] == [2]


def test_a_kill_that_was_told_by_what_cannot_be_read_is_not_told_again() -> None:
    """A later one is."""
    story = Story()
    story.version(1)
    story.published()
    story.version(2, pubstatus="canceled")
    story.published()
    story.broken("withdrawn", 2)
    assert story.published() == []
    story.version(3, pubstatus="canceled")
    assert [(event.fact, event.ordinal) for event in story.published()] == [("withdrawn", 3)]


def test_a_kill_behind_all_that_was_said_is_told_whatever_its_number() -> None:
    """The arrivals of two versions were lost before ingest counted it. One that came before what is newer was told."""
    story = Story()
    for version in (1, 2, 3):
        story.version(version)
        story.published()
    for version in (2, 3):
        at = next(nth for nth, one in enumerate(story.log) if one.event.place == str(version))
        story.lost(at)
    story.version(2, pubstatus="canceled")
    assert [(event.fact, event.ordinal) for event in story.published()] == [("withdrawn", 2)]
    back = Story()
    back.version(1)
    back.published()
    back.version(2, pubstatus="canceled")
    back.published()
    back.version(3)
    back.published()
    back.lost(next(nth for nth, one in enumerate(back.log) if isinstance(one.event, StoryWithdrawn)))
    assert back.published() == []


def test_of_a_story_that_is_not_known_to_have_been_out_the_kill_says_no_headline() -> None:
    """What cannot be read may have put it under an embargo."""
    story = Story()
    story.version(1)
    story.broken("received")
    story.version(2, pubstatus="canceled")
    [kill] = story.published()
    assert isinstance(kill, StoryWithdrawn)
    assert (kill.headline, kill.subjects[0].split(".")[:3]) == ("", ["topic", "none", "none"])


def test_a_kill_that_stands_on_topics_does_not_make_a_story_known() -> None:
    """It was told without a headline while the story was under embargo; so is the next one, at the same place."""
    story = Story()
    story.version(1, embargo=NOW + timedelta(hours=1))
    story.version(2, pubstatus="canceled", embargo=NOW + timedelta(hours=1))
    [first] = (event for event in story.published() if isinstance(event, StoryWithdrawn))
    story.broken("withdrawn", 2)
    story.version(3, pubstatus="canceled", language="fr")
    [second] = story.published(first.subjects, first.number)
    assert isinstance(second, StoryWithdrawn)
    assert second.number == first.number + 1
    assert (first.headline, second.headline, second.subjects) == ("", "", first.subjects)


def test_a_kill_from_an_archive_is_told_where_a_release_cannot_be_read() -> None:
    """Else outlets never had the story, and nothing is said."""
    never, out = Story(), Story()
    for story in (never, out):
        story.version(1)
        if story is out:
            story.published()
        story.version(2, archive=True, pubstatus="canceled")
        story.broken("released" if story is out else "enriched")
    assert never.published() == []
    assert [event.fact for event in out.published()] == ["withdrawn"]


@given(st.integers(1, 4), st.integers(0, 30), st.booleans(), st.booleans())
def test_whatever_is_lost_before_the_kill_it_goes_everywhere_and_replay_says_the_same(
    versions: int, which: int, readable: bool, embargoed: bool
) -> None:
    """Unreadable or left out by the server; replayed from the log alone, whatever stood on TOPICS then."""
    story = Story()
    for ordinal in range(1, versions + 1):
        story.version(ordinal, economy=ordinal % 2 == 0, embargo=NOW + timedelta(hours=1) if embargoed else None)
        story.published()
    posted = sorted(
        {one for event in story.log if isinstance(event.event, StoryReleased) for one in event.event.subjects}
    )
    lost = story.log[which % len(story.log)]
    if readable:
        story.lost(which % len(story.log))
    else:
        story.broken(lost.event.fact, int(lost.event.place))
    kill = story.version(versions + 2, pubstatus="canceled")
    [said] = story.published(posted, len(posted) and versions)
    assert isinstance(said, StoryWithdrawn)
    assert said.number > (versions if posted else 0)
    assert not posted or {*said.subjects} == {*posted}
    heard = next(one for one in story.log if one.event is kill)
    replayed = Deliberate(decide, announce, though_unread=(StoryCanceled,)).replayed(story.log, heard, RULES, NOW)
    compared = compare(story.log, heard, replayed.said, (StoryWithdrawn,))
    assert (compared.equal, compared.differences) == (1, ())
