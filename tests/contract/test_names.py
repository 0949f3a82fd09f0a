from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline_schemas.events import EVENTS, Event
from dateline_schemas.example_story import FEED, GUID, STORY_ID
from dateline_schemas.examples import EXAMPLES, HISTORY, RECEIVED, WITHDRAWN
from dateline_schemas.feeds import Contract, Feed, space_of
from dateline_schemas.identity import event_id, stamp, stamp_arrival, story_id
from dateline_schemas.subjects import (
    BUCKETS,
    STORIES,
    STREAMS,
    TOPICS,
    fact_filter,
    quarantine_subject,
    story_filter,
    story_subject,
    token,
    topic_filter,
    topic_subject,
)

SAFE = re.compile(r"[A-Za-z0-9_-]+")
IDS = st.from_regex(r"[a-z0-9]{1,64}", fullmatch=True)
PARTS = st.tuples(*[st.text(max_size=12)] * 4)


def matches(pattern: str, subject: str) -> bool:
    """NATS wildcards: ``*`` is one token, ``>`` at the end is one or more."""
    wanted, given = pattern.split("."), subject.split(".")
    for place, part in enumerate(wanted):
        if part == ">":
            return place == len(wanted) - 1 and len(given) > place
        if place >= len(given) or part not in ("*", given[place]):
            return False
    return len(wanted) == len(given)


def test_the_matcher_follows_nats() -> None:
    """The tests below lean on this: the wildcards as the server's documentation has them."""
    assert matches("a.*.c", "a.b.c") and matches("a.>", "a.b.c") and matches(">", "a")
    assert not matches("a.*", "a.b.c") and not matches("a.>", "a") and not matches("a.>.c", "a.b.c")


@given(st.text())
def test_a_token_is_one_safe_token(text: str) -> None:
    """Whatever goes in, no dot, wildcard, blank or control character comes out, and never nothing."""
    assert SAFE.fullmatch(token(text))


@given(st.text())
def test_a_token_stays_as_it_is(text: str) -> None:
    """Making a token of a token changes nothing."""
    assert token(token(text)) == token(text)


@given(PARTS, IDS)
def test_a_topic_subject_has_six_tokens_and_belongs_to_its_stream(parts: tuple[str, str, str, str], name: str) -> None:
    """No text can add or remove a level, so a filter always means what it says."""
    subject = topic_subject(*parts, name)
    assert len(subject.split(".")) == 6
    assert all(SAFE.fullmatch(part) for part in subject.split("."))
    assert matches(TOPICS.subjects[0], subject)


@given(PARTS, IDS, st.lists(st.booleans(), min_size=5, max_size=5))
def test_a_filter_catches_the_subject_of_the_same_parts(
    parts: tuple[str, str, str, str], name: str, given_parts: list[bool]
) -> None:
    """A filter made from any of a story's parts catches the story's subject."""
    chosen = [part if take else "" for part, take in zip((*parts, name), given_parts, strict=True)]
    assert matches(topic_filter(*chosen), topic_subject(*parts, name))


@pytest.mark.parametrize(
    ("wanted", "caught"),
    [
        ({}, True),
        ({"topic": "07000000"}, True),
        ({"language": "en-GB"}, True),
        ({"agency": "AFP", "language": "EN"}, True),
        ({"topic": "11000000"}, False),
        ({"language": "fr"}, False),
        ({"agency": "AP"}, False),
        ({"story_id": STORY_ID}, True),
        ({"story_id": "another"}, False),
    ],
)
def test_a_filter_tells_stories_apart(wanted: dict[str, str], caught: bool) -> None:
    """The example's subject is caught by filters on its own parts alone."""
    subject = topic_subject("07000000", "none", "en", "AFP", STORY_ID)
    assert matches(topic_filter(**wanted), subject) is caught


def test_a_kill_goes_wherever_the_story_went() -> None:
    """The example's withdrawal names subjects that its filters catch like those of the release."""
    assert all(matches(topic_filter(story_id=STORY_ID), subject) for subject in WITHDRAWN.subjects)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_the_filters_of_the_log_catch_their_events_alone(kind: type[Event]) -> None:
    """By fact, by story and as a stream: the subject of an event is caught by its own filters and by no other."""
    subject = story_subject(EXAMPLES[kind])
    assert [other for other in EVENTS if matches(fact_filter(other), subject)] == [kind]
    assert len(subject.split(".")) == 4 and all(SAFE.fullmatch(part) for part in subject.split("."))
    assert matches(story_filter(STORY_ID), subject)
    assert not matches(story_filter(story_id(FEED, "another")), subject)
    assert [stream for stream in STREAMS if any(matches(one, subject) for one in stream.subjects)] == [STORIES]


def test_each_event_of_a_story_has_a_subject_of_its_own() -> None:
    """The last message of each subject of a story is its whole history."""
    assert len({story_subject(event) for event in HISTORY}) == len(HISTORY)


def test_streams_and_buckets_have_names_of_their_own() -> None:
    """No two streams share a name or overlap, buckets (streams called KV_) included."""
    names = [stream.name for stream in STREAMS] + [f"KV_{bucket.name}" for bucket in BUCKETS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Z_]+", name) for name in names)


@pytest.mark.parametrize(("service", "story"), [("ingest", ""), ("attribution", STORY_ID), ("bad. name", "")])
def test_quarantine_subjects_have_three_tokens(service: str, story: str) -> None:
    """Also for input that never became a story."""
    subject = quarantine_subject(service, story)
    assert len(subject.split(".")) == 3 and all(SAFE.fullmatch(part) for part in subject.split("."))


def test_a_story_keeps_its_name_for_ever() -> None:
    """The id of a story is pinned: another one would part every story in the log from its next version."""
    assert story_id(FEED, GUID) == "xtknsjlfxtidm6uqzirhtje3iy"


@given(st.text(), st.text())
def test_a_story_id_is_26_letters_and_digits(feed: str, guid: str) -> None:
    """One subject token, the same length whatever the identifier."""
    assert re.fullmatch(r"[a-z2-7]{26}", story_id(feed, guid))


@given(st.text(alphabet="ab", max_size=4), st.text(alphabet="ab", max_size=4))
def test_another_feed_or_another_identifier_is_another_story(feed: str, guid: str) -> None:
    """Where feed ends and identifier begins makes a difference."""
    assert story_id(feed, guid) != story_id(feed + "x", guid)
    assert story_id(feed, guid) != story_id(feed, guid + "x")
    assert story_id(feed + "x", guid) != story_id(feed, "x" + guid)


def test_a_story_id_does_not_depend_on_content() -> None:
    """All versions of the example, its kill included, are one story; the name has no other input."""
    assert {event.story_id for event in HISTORY} == {story_id(FEED, GUID)}
    assert story_id.__code__.co_varnames[: story_id.__code__.co_argcount] == ("space", "guid")


def test_an_event_keeps_its_name_for_ever() -> None:
    """The id made from kind, cause and rules is pinned: replay compares ids across releases."""
    assert event_id("StoryAttributed", "0" * 32, "attribution/1") == "bf81e416365c4a725090e0b2850fc09a"


def test_the_same_work_has_the_same_name_and_other_rules_another() -> None:
    """Stamping again gives the same event; other rules, another kind of answer or a second one give another id."""
    event = replace(WITHDRAWN, id="", cause="", correlation="", rules="")
    first = stamp(event, RECEIVED, "publish/1")
    assert stamp(event, RECEIVED, "publish/1") == first
    others = {stamp(event, RECEIVED, "publish/2").id, stamp(event, RECEIVED, "publish/1", nth=1).id}
    assert len(others | {first.id}) == 3


def test_an_intake_is_named_by_what_was_said() -> None:
    """The same version with the same content is the same event, whatever the door; other content is another."""
    assert stamp_arrival(replace(RECEIVED, id="", door="folder")).id == RECEIVED.id
    assert stamp_arrival(replace(RECEIVED, content="0" * 64)).id != RECEIVED.id


def test_the_examples_hang_together() -> None:
    """Every cause stands earlier in the history, and all that follows from an intake has its id as correlation."""
    seen: dict[str, Event] = {}
    for event in HISTORY:
        if event.cause:
            assert event.correlation == seen[event.cause].correlation
            assert event.ordinal == seen[event.cause].ordinal
        else:
            assert event.correlation == event.id
        assert event.id not in seen
        seen[event.id] = event
    numbers = [event.number for event in HISTORY if hasattr(event, "number")]
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
    assert set(EXAMPLES) == set(EVENTS)


@pytest.mark.parametrize(
    "guid",
    [
        "urn:newsml:afp.example:20260326:42",
        "tag:agency.example,2026:story-7",
        "https://outlet.example/news/7",
        "<20260326.7@wire.example>",
        "0c7d5c1e-5b0a-4f6e-9d0b-2b7c3c1b9a10",
    ],
)
def test_an_identifier_that_counts_everywhere_is_one_story_in_all_feeds(guid: str) -> None:
    """The same item by two doors, which are two feeds, is one story."""
    assert story_id("one", guid) == story_id("other", guid)


def test_a_number_counts_in_its_feed_or_agency_alone() -> None:
    """Feeds of one agency share its numbers; an outlet that runs its copy does not."""
    agency = Contract(agency="AFP", trust="agency")
    one, other = Feed(name="afp-en", contract=agency), Feed(name="afp-fr", contract=agency)
    outlet = Feed(name="outlet", contract=Contract(agency="AFP", trust="outlet"))
    assert story_id(space_of(one), "4711") == story_id(space_of(other), "4711")
    assert story_id(space_of(outlet), "4711") not in (story_id(space_of(one), "4711"), story_id("other", "4711"))
