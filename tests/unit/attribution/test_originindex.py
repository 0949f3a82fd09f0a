"""Which agency stories an event sees: those that the log had before it, as they stood then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from copytexts import FERRY, FOOTER, OWN, RIVAL
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import attributed, received

from dateline_attribution.originindex import OriginIndex, Window
from dateline_attribution.origins import credits_nobody, marked, with_origin
from dateline_attribution.tableset import package_tables
from dateline_schemas.codec import encode
from dateline_schemas.credit import Credit, Origin
from dateline_schemas.events import Event, Recorded, StoryAttributed
from dateline_schemas.story import Story

RULES = package_tables().origins
BEGIN = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
COPY = (FERRY[1], FERRY[3])


class Log:
    """A log and the index of it."""

    def __init__(self, days: int = 7, stories: int = 100) -> None:
        self.index = OriginIndex(RULES, Window(days, stories))
        self.events: list[Recorded[Event]] = []
        self.now = BEGIN

    def add(self, event: Event) -> int:
        """Its sequence; a second passes with each event."""
        self.now += timedelta(seconds=1)
        self.events.append(Recorded(event, len(self.events) + 1, self.now))
        self.index.apply(self.events[-1])
        return len(self.events)

    def story(self, name: str, *paragraphs: str, ordinal: int = 1, agencies: tuple[str, ...] = ("AFP",)) -> int:
        """A credited version of a story."""
        return self.add(attributed(received(name, ordinal, paragraphs=paragraphs), agencies))

    def kill(self, name: str) -> int:
        """Its end."""
        return self.add(received(name, 2, pubstatus="canceled"))

    def origin(self, *paragraphs: str, seq: int = 0, at: datetime | None = None, name: str = "x") -> Origin | None:
        """What a text would be a copy of, now or as of an event."""
        story = received(name, paragraphs=paragraphs)
        seq = seq or len(self.events) + 1
        there = self.events[seq - 1].time if seq <= len(self.events) else self.now
        return self.index.origin(story.story, story.story_id, seq, at or there)


@pytest.fixture
def log() -> Log:
    """An empty one."""
    return Log()


def test_a_story_is_an_origin_from_the_next_event_on(log: Log) -> None:
    """Not for what the log has before it, whatever the index knows by now."""
    log.story("own", *OWN)
    seq = log.story("ferry", *FERRY)
    assert log.origin(*COPY, seq=seq) is None
    found = log.origin(*COPY)
    assert found is not None
    assert (found.agency, found.version, found.overlap) == ("AFP", "1", 1.0)


def test_a_new_version_takes_the_place_of_the_old_one(log: Log) -> None:
    """From its event on; for what came between the two the old one counts."""
    log.story("ferry", *FERRY)
    between = log.story("own", *OWN)
    log.story("ferry", *FERRY[:4], ordinal=2)
    assert (old := log.origin(*COPY, seq=between)) and old.version == "1"
    assert (new := log.origin(*COPY)) and new.version == "2"


def test_a_version_that_is_no_agency_copy_any_more_is_no_origin(log: Log) -> None:
    """An editor said that it is the outlet's own, or a later version is credited to several."""
    log.story("ferry", *FERRY)
    log.story("ferry", *FERRY, ordinal=2, agencies=())
    assert log.origin(*COPY) is None


@pytest.mark.parametrize("agencies", [(), ("AFP", "dpa"), ("generic",)])
def test_only_the_copy_of_one_named_agency_is_an_origin(log: Log, agencies: tuple[str, ...]) -> None:
    """Other copy is nobody's, or nobody knows whose."""
    log.story("ferry", *FERRY, agencies=agencies)
    assert (len(log.index), log.origin(*COPY)) == (0, None)


def test_a_story_is_no_copy_of_itself(log: Log) -> None:
    """A version that lost its credit is an update."""
    log.story("ferry", *FERRY)
    assert log.origin(*COPY, name="ferry") is None


def test_a_killed_story_is_withdrawn_from_its_kill_on(log: Log) -> None:
    """It stays an origin: its copies are what an editor must know of most."""
    log.story("ferry", *FERRY)
    killed = log.kill("ferry")
    assert (before := log.origin(*COPY, seq=killed)) and not before.withdrawn
    assert (after := log.origin(*COPY)) and after.withdrawn


def test_the_window_is_counted_from_the_event() -> None:
    """In days by the log's clock, and in versions of agency stories."""
    log = Log(days=1, stories=2)
    log.story("ferry", *FERRY)
    assert log.origin(*COPY, at=log.now + timedelta(days=1)) is not None
    assert log.origin(*COPY, at=log.now + timedelta(days=1, seconds=1)) is None
    log.story("own", *OWN)
    third = log.story("rival", *RIVAL)
    assert log.origin(*COPY, seq=third) is not None
    assert log.origin(*COPY) is None


def test_no_more_is_kept_than_the_window_and_what_is_in_work() -> None:
    """Forgotten stories leave nothing behind."""
    log = Log(days=1, stories=3)
    for nth in range(3 + 1_000 + 50):
        log.story(f"s{nth}", *(f"{nth} {text}" for text in OWN))
    assert len(log.index) == 3 + 1_000
    log.now += timedelta(days=3)
    log.story("last", *FERRY)
    assert len(log.index) == 1
    assert log.origin(*OWN) is None
    assert log.origin(*COPY) is not None


def test_boilerplate_makes_no_copy(log: Log) -> None:
    """What stands in many different stories is nobody's, even if a text has little else; the story itself is."""
    for nth in range(RULES.common + 1):
        log.story(f"s{nth}", f"{OWN[nth % 3]} It was number {nth}.", *FOOTER)
    log.story("ferry", *FERRY, *FOOTER)
    assert log.origin("The baker of Mill Lane has won the island's prize for rye bread again.", *FOOTER) is None
    found = log.origin(*COPY, *FOOTER)
    assert found is not None
    assert found.overlap > 0.9


def test_only_bytes_that_make_a_difference_are_decoded(log: Log) -> None:
    """Those of agency copy, and whatever is said of a story that is kept."""
    log.story("ferry", *FERRY)
    ferry, other = received("ferry").story_id, received("other").story_id
    agency = encode(attributed(received("other"), ("AFP",)))
    own = encode(replace(attributed(received("other"), ()), credit=Credit()))
    assert not log.index.passes_over(other, agency)
    assert not log.index.passes_over(ferry, own)
    assert log.index.passes_over(other, own)


def test_the_nearest_story_is_named(log: Log) -> None:
    """Of several that are alike."""
    log.story("short", *FERRY[:2], *OWN)
    log.story("long", *FERRY)
    found = log.origin(*FERRY[:4])
    assert found is not None
    assert found.story_id == received("long").story_id


def test_a_text_of_a_few_words_is_not_looked_up() -> None:
    """A flash is anybody's."""
    log = Log()
    log.story("ferry", *FERRY)
    assert log.origin(FERRY[1][:100]) is None


@given(st.permutations(range(6)), st.integers(1, 12))
def test_what_comes_later_makes_no_difference(order: list[int], seq: int) -> None:
    """An index of all the log and one of its beginning answer an event alike: replay is a proof."""
    bodies = (FERRY, (*FERRY[:3], *OWN), RIVAL, OWN, (*FERRY, *FOOTER), FERRY[2:])
    log = Log(stories=3)
    for nth, which in enumerate((*order, *reversed(order))):
        log.story(f"s{which}", *bodies[which], ordinal=1 + nth // 6)
        if which == 2:
            log.kill(f"s{which}")
    until = OriginIndex(RULES, Window(7, 3))
    for recorded in log.events[: seq - 1]:
        until.apply(recorded)
    story = Story(guid="x", paragraphs=COPY)
    time = log.events[seq - 1].time
    assert until.origin(story, "x", seq, time) == log.index.origin(story, "x", seq, time)


def test_only_what_nobody_credited_is_asked_about_and_marked(log: Log) -> None:
    """An editor's word that it is nobody's stands; a credit is never touched."""
    log.story("ferry", *FERRY)
    heard = Recorded[Event](received("x", paragraphs=COPY), len(log.events) + 1, log.now)
    open_one = attributed(heard.event, ())  # type: ignore[arg-type]
    by_editor = replace(open_one, credit=Credit(overridden="0" * 32))
    credited = attributed(heard.event, ("dpa",))  # type: ignore[arg-type]
    assert [credits_nobody([one]) for one in (open_one, by_editor, credited)] == [True, False, False]
    said = with_origin([open_one, by_editor, credited], heard, log.index)
    first = said[0]
    assert isinstance(first, StoryAttributed)
    assert first.credit.origin is not None
    assert said[1:] == [by_editor, credited]


def test_the_reason_says_of_which_story_and_how_much() -> None:
    """Beside whatever else a person should look at."""
    origin = Origin(story_id="abc", version="2", agency="AFP", overlap=0.814, taken=0.5, words=90, withdrawn=True)
    credit = marked(Credit(needs_review=True, reason="the text is odd"), origin)
    assert credit.reason == (
        "the text is odd; an uncredited copy of AFP's story abc version 2, which the agency has withdrawn: "
        "81 % of its words stand there"
    )
    assert (credit.agencies, credit.needs_review, credit.origin) == ((), True, origin)
