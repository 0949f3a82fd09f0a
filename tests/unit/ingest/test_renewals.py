"""Sealing a renewed token: what comes back, and for whom."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.doors.renewals import NONCE, opened, sealed

TOKENS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=200)
ABOUT = b"buoys https://login.example/token"
FRESH = bytes(range(NONCE))


@given(TOKENS, TOKENS)
def test_what_was_sealed_is_opened_by_the_first_token(newest: str, first: str) -> None:
    """Whatever signs they are made of."""
    assert opened(sealed(newest, first, ABOUT, FRESH), first, ABOUT) == newest


@given(TOKENS, TOKENS)
def test_another_first_token_or_another_feed_opens_nothing(first: str, other: str) -> None:
    """A feed of another name, or another login, is another feed."""
    data = sealed("r3fresh-1", first, ABOUT, FRESH)
    assert opened(data, first + other, ABOUT) == ""
    assert opened(data, first, ABOUT + b"x") == ""


@given(st.binary(max_size=60))
def test_what_was_never_sealed_opens_to_nothing(data: bytes) -> None:
    """Nor does what was damaged: the entry's own token is used then."""
    assert opened(data, "r3fresh-0", ABOUT) == ""


@given(st.integers(0, 40), st.integers(1, 255))
def test_a_single_changed_byte_is_noticed(place: int, change: int) -> None:
    """Nobody can change what stands in the bucket unseen."""
    data = bytearray(sealed("r3fresh-1", "r3fresh-0", ABOUT, FRESH))
    data[place % len(data)] ^= change
    assert opened(bytes(data), "r3fresh-0", ABOUT) == ""


def test_the_token_does_not_stand_in_what_is_kept() -> None:
    """Neither does the first one."""
    data = sealed("r3fresh-1", "r3fresh-0", ABOUT, FRESH)
    assert b"r3fresh" not in data
