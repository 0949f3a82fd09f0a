"""Subjects by what they are about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline_schemas.subjects import feed_subject

NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,62}", fullmatch=True)


@given(NAMES, NAMES)
def test_no_two_feeds_share_a_subject(one: str, other: str) -> None:
    """Nor do ``my`` and ``my-``: a feed's name is in its subject as it is, one token."""
    first, second = feed_subject(one, "silent"), feed_subject(other, "silent")
    assert (first == second) is (one == other)
    assert first.count(".") == 2
    assert feed_subject(f"{one[:60]}-", "silent") != feed_subject(one[:60], "silent")
