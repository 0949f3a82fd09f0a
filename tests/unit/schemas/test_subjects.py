"""Subjects by what they are about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_schemas.examples import RELEASED
from dateline_schemas.subjects import feed_subject, is_inbox, story_subject

NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,62}", fullmatch=True)


@given(NAMES, NAMES)
def test_no_two_feeds_share_a_subject(one: str, other: str) -> None:
    """Nor do ``my`` and ``my-``: a feed's name is in its subject as it is, one token."""
    first, second = feed_subject(one, "silent"), feed_subject(other, "silent")
    assert (first == second) is (one == other)
    assert first.count(".") == 2
    assert feed_subject(f"{one[:60]}-", "silent") != feed_subject(one[:60], "silent")


@pytest.mark.parametrize(
    ("subject", "inbox"),
    [
        ("_INBOX.a1b2.c3", True),
        ("desk.answers", True),
        ("$JS.API.STREAM.DELETE.STORIES", False),
        (story_subject(RELEASED), False),
        (feed_subject("pier", "silent"), False),
        ("topic.11000000.none.en.AFP.abc", False),
    ],
)
def test_an_answer_goes_where_neither_a_stream_nor_the_server_listens(subject: str, inbox: bool) -> None:
    """Who asks may name any subject for it, also one that only services may write to."""
    assert is_inbox(subject) is inbox
