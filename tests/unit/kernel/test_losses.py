"""What stands in the place of an event that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline_kernel.losses import is_behind, unread
from dateline_schemas.codec import UnreadableEvent, decode, encode
from dateline_schemas.events import Recorded
from dateline_schemas.examples import RELEASED
from dateline_schemas.headers import ORDINAL
from dateline_schemas.subjects import story_subject


@pytest.mark.parametrize(("place", "nth"), [("7", 7), ("", 0), ("attribution-2", 0), ("9" * 5000, 0)])
def test_its_place_is_a_number_where_the_subject_ends_with_one(place: str, nth: int) -> None:
    """What counts no further than events do is no number."""
    lost = unread(f"story.abc.released.{place}", "why")
    assert (lost.story_id, lost.of, lost.nth, lost.why) == ("abc", "released", nth, "why")


@given(st.lists(st.text("abc019-_", min_size=1, max_size=8), min_size=3, max_size=6))
def test_whoever_wrote_it_wherever_it_has_a_subject_of_its_own(tokens: list[str]) -> None:
    """No two that cannot be read are taken for one, nor for an event that can."""
    subject = ".".join(tokens)
    assert story_subject(unread(subject, "")).split(".")[3:] == (tokens[2:] if len(tokens) > 3 else [tokens[2], ""])


NAME = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("subject", "headers", "kills"),
    [
        ("story.abc.canceled.2", {"ce-id": NAME, ORDINAL: "2"}, True),
        ("story.abc.canceled.2", {"ce-id": NAME, ORDINAL: "0"}, False),
        ("story.abc.canceled.2", {"ce-id": NAME, ORDINAL: "-2"}, False),
        ("story.abc.canceled.2", {"ce-id": NAME, ORDINAL: "\u0662\u0662" * 9}, False),
        ("story.abc.canceled.2", {"ce-id": f"{NAME}\n", ORDINAL: "2"}, False),
        ("story.abc.canceled.2", {ORDINAL: "2"}, False),
        ("story.abc.canceled.2", None, False),
        ("story.abc.received.2", {"ce-id": NAME, ORDINAL: "2"}, False),
    ],
)
def test_it_is_a_kill_where_subject_and_headers_say_so(
    subject: str, headers: dict[str, str] | None, kills: bool
) -> None:
    """One that was current when it came, and that can be named; nothing less takes a story back."""
    assert unread(subject, "why", headers).kills == kills


def test_it_is_never_read_back() -> None:
    """Were it ever written, no release would take it for an event."""
    with pytest.raises(UnreadableEvent):
        decode(encode(unread("story.abc.released.1", "why")))


@pytest.mark.parametrize(
    ("announced", "unreadable", "told", "collides", "behind"),
    [
        ((), False, 0, False, False),
        ((), False, 1, False, True),
        ((1,), False, 2, False, True),
        ((1, 2), False, 2, False, False),
        ((1, 2), False, 2, True, True),
        ((1, 2), True, 2, False, True),
    ],
)
def test_a_log_is_behind_that_does_not_have_all_that_outlets_were_told(
    announced: tuple[int, ...], unreadable: bool, told: int, collides: bool, behind: bool
) -> None:
    """Or has it in an event that cannot be read, or as another one than they have."""
    said = [
        *(replace(RELEASED, number=number) for number in announced),
        *[unread("story.abc.released.9", "")] * unreadable,
    ]
    log = [Recorded(event, seq, datetime.now(UTC)) for seq, event in enumerate(said, 1)]
    assert is_behind(log, told, collides=collides) is behind


def test_a_log_is_behind_that_does_not_name_where_outlets_have_the_story() -> None:
    """What it names and they do not have any more is no loss: TOPICS may forget."""
    log = [Recorded(replace(RELEASED, number=2, subjects=("topic.a", "topic.b")), 1, datetime.now(UTC))]
    assert not is_behind(log, 2, ("topic.a",))
    assert is_behind(log, 2, ("topic.a", "topic.c"))
