"""Which messages a story still lacks on TOPICS: made from what was said of it and from what stands there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline_kernel.posted import Posted
from dateline_publish.announcements import body_of, due, is_left_out, is_of_version
from dateline_publish.ontopics import collides
from dateline_publish.renditions import ninjs
from dateline_schemas.events import Recorded, StoryReleased, StoryWithdrawn
from dateline_schemas.examples import RELEASED, WITHDRAWN

NOW = datetime(2031, 5, 6, 12, tzinfo=UTC)
EXPECTS = "Nats-Expected-Last-Subject-Sequence"
FIRST = replace(RELEASED, number=1, subjects=("topic.a", "topic.b"))
UPDATE = replace(RELEASED, id="1" * 32, version="2", ordinal=2, number=2, subjects=("topic.c", "topic.a", "topic.b"))
MOST = 8_000_000
KILL = replace(WITHDRAWN, number=3, subjects=("topic.c", "topic.a", "topic.b"))


def lacking(
    *events: StoryReleased | StoryWithdrawn, posted: dict[str, Posted] | None = None
) -> list[tuple[str, str, str | None]]:
    """Subject, number and expectation of each message that is due."""
    messages = due(events, posted or {}, "publish", NOW, MOST)
    return [(one.subject, one.headers["Dateline-Number"], one.headers.get(EXPECTS)) for one in messages]


def test_a_first_release_is_due_on_each_subject_where_nothing_stands() -> None:
    """The server refuses it where something does: another process was faster."""
    assert lacking(FIRST) == [("topic.a", "1", "0"), ("topic.b", "1", "0")]


@pytest.mark.parametrize(
    ("stands", "known", "rules", "in_the_way"),
    [
        (Posted(7, 2, NOW, "released", "2" * 32), "", "publish/2", True),
        (Posted(7, 3, NOW, "withdrawn", "2" * 32), "", "publish/2", True),
        (Posted(7, 1, NOW, "released", "2" * 32), "", "publish/2", False),
        (Posted(7, 2, NOW, "released", UPDATE.id), "", "publish/2", False),
        (Posted(7, 3, NOW, "released", "2" * 32), "2" * 32, "publish/2", False),
        (Posted(7, 2, NOW, "released", "2" * 32), "", "publish/2+replay.x", False),
        (Posted(7, 2, NOW), "", "publish/2", False),
    ],
)
def test_what_the_log_does_not_know_is_in_the_way_of_what_has_its_number(
    stands: Posted, known: str, rules: str, in_the_way: bool
) -> None:
    """Not what stands before it, nor itself, nor what the story's events have, nor what a replay says otherwise."""
    newest = replace(UPDATE, rules=rules)
    log = [Recorded(newest, 2, NOW), Recorded(replace(KILL, id=known), 1, NOW)]
    assert collides(log, newest, {"topic.a": stands}) == in_the_way
    assert not collides(log, KILL, {"topic.a": stands})


def test_what_follows_on_a_subject_expects_nothing_since_it_comes_with_what_is_before_it() -> None:
    """Only the first message on each subject says what it expects there; oldest first."""
    assert lacking(FIRST, UPDATE, KILL) == [
        ("topic.a", "1", "0"),
        ("topic.b", "1", "0"),
        ("topic.c", "2", "0"),
        ("topic.a", "2", None),
        ("topic.b", "2", None),
        ("topic.c", "3", None),
        ("topic.a", "3", None),
        ("topic.b", "3", None),
    ]


def test_what_stands_there_is_not_due_and_what_is_due_expects_it() -> None:
    """By the number of the newest message on each subject: an announcement that was broken off is made whole."""
    posted = {"topic.a": Posted(17, 2, NOW), "topic.b": Posted(12, 1, NOW)}
    assert lacking(FIRST, UPDATE, posted=posted) == [("topic.c", "2", "0"), ("topic.b", "2", "12")]
    assert lacking(KILL, posted=posted) == [("topic.c", "3", "0"), ("topic.a", "3", "17"), ("topic.b", "3", "12")]
    whole = {subject: Posted(20, 3, NOW) for subject in KILL.subjects}
    assert lacking(FIRST, UPDATE, KILL, posted=whole) == []


@pytest.mark.parametrize(
    ("event", "kind", "agencies"),
    [(FIRST, "released", "AFP"), (replace(FIRST, credit=replace(FIRST.credit, agencies=())), "released", None)],
)
def test_a_message_says_in_its_headers_what_it_is_about(event: Any, kind: str, agencies: str | None) -> None:
    """What a reader decides by, so that it need not open the body; none of them makes the server drop a repeat."""
    [message, _] = due([event], {}, "publish", NOW, MOST)
    headers = dict(message.headers)
    assert headers.pop(EXPECTS) == "0"
    assert "Nats-Msg-Id" not in headers
    assert headers.get("Dateline-Agencies") == agencies
    assert (headers["Dateline-Release"], headers["Dateline-Kind"]) == (event.id, kind)
    assert (headers["Dateline-Story"], headers["Dateline-Version"]) == (event.story_id, event.version)
    assert (headers["ce-source"], headers["ce-time"]) == ("/dateline/publish", "2031-05-06T12:00:00Z")


def test_the_body_is_the_same_on_each_subject() -> None:
    """That of a release, or that of a kill."""
    assert {one.payload for one in due([FIRST], {}, "publish", NOW, MOST)} == {ninjs.released(FIRST)}
    assert {one.payload for one in due([KILL], {}, "publish", NOW, MOST)} == {ninjs.withdrawn(KILL)}
    assert msgspec.json.decode(ninjs.withdrawn(KILL))["pubStatus"] == "canceled"


def test_what_the_server_does_not_take_keeps_nothing_else_back() -> None:
    """Least of all a kill: what comes after it expects what stands there before it."""
    large = replace(UPDATE, story=replace(UPDATE.story, paragraphs=("A long text. " * 800_000,)))
    assert lacking(FIRST, large, KILL) == [
        ("topic.a", "1", "0"),
        ("topic.b", "1", "0"),
        ("topic.c", "3", "0"),
        ("topic.a", "3", None),
        ("topic.b", "3", None),
    ]
    posted = {"topic.a": Posted(17, 1, NOW), "topic.b": Posted(12, 1, NOW)}
    assert lacking(large, posted=posted) == []
    assert lacking(large, KILL, posted=posted) == [
        ("topic.c", "3", "0"),
        ("topic.a", "3", "17"),
        ("topic.b", "3", "12"),
    ]


def test_that_the_newest_is_left_out_is_seen() -> None:
    """It is not on its topics, and not among what is due."""
    standing = {subject: Posted(20, 2, NOW) for subject in UPDATE.subjects}
    assert is_left_out(UPDATE, {}, due([FIRST], {}, "publish", NOW, MOST))
    assert not is_left_out(UPDATE, {}, due([FIRST, UPDATE], {}, "publish", NOW, MOST))
    assert not is_left_out(UPDATE, standing, [])


VERSIONS = st.sampled_from(["1", "", "2", " 2", "x" * 200 + "y", "x" * 199 + " y"])
SAID = st.lists(
    st.builds(
        lambda version, headline, withdrawn, subjects: replace(
            KILL if withdrawn else FIRST,
            version=version,
            subjects=tuple(subjects),
            **({"reason": headline} if withdrawn else {"story": replace(FIRST.story, headline=headline)}),
        ),
        VERSIONS,
        st.sampled_from(["Quay 4 shut", "Quay 4 open"]),
        st.booleans(),
        st.lists(st.sampled_from(["topic.a", "topic.b", "topic.c"]), min_size=1, max_size=3, unique=True),
    ),
    max_size=6,
)


@given(SAID, VERSIONS, st.booleans())
def test_what_was_told_last_of_a_version_is_found_on_any_subject(
    said: list[StoryReleased | StoryWithdrawn], version: str, withdrawn: bool
) -> None:
    """Whatever its topics were, and whatever was told of other versions, or killed, since."""
    wanted = replace(KILL if withdrawn else FIRST, version=version)
    told = [one for event in said for one in due([event], {}, "publish", NOW, MOST)]
    found = [one.payload for one in told if is_of_version(wanted, one.headers)]
    same = [one for one in said if one.fact == wanted.fact and one.version[:200].strip() == version[:200].strip()]
    assert found[-1:] == [body_of(one) for one in same[-1:]]
