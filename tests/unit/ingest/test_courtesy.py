"""How long a polled document is left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.doors.courtesy import asked_wait, fresh_for, hinted, pause

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cache_control", "age", "seconds"),
    [("max-age=300", "", 300), ("public, Max-Age=300", "100", 200), ("max-age=300", "400", 0), ("s-maxage=300", "", 0),
     ("no-cache, max-age=300", "", 0), ("", "5", 0), ('max-age="60"', "x", 60), ("max-age=60", "9" * 5000, 0)],
)  # fmt: skip
def test_an_answer_stays_good_as_long_as_it_says(cache_control: str, age: str, seconds: float) -> None:
    """max-age less the age that it has already."""
    assert fresh_for(cache_control, age) == seconds


@pytest.mark.parametrize(
    ("document", "seconds"),
    [(b"<rss><channel><ttl> 15 </ttl>", 900), (b"<sy:updatePeriod> hourly </sy:updatePeriod>", 3600), (b"<rss/>", 0),
     (b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>24</sy:updateFrequency>", 3600)],
)  # fmt: skip
def test_a_document_hints_at_its_next_edition(document: bytes, seconds: float) -> None:
    """By ttl, in minutes, or by the syndication module."""
    assert hinted(document) == seconds


def test_the_longest_wish_counts_within_what_news_can_bear() -> None:
    """Never less than the feed's own pace; a hint up to a quarter of an hour, freshness up to an hour."""
    assert pause(60, 0, b"") == 60
    assert pause(60, 120, b"<ttl>1</ttl>") == 120
    assert pause(60, 0, b"<ttl>1440</ttl>") == 900
    assert pause(60, 1e9, b"") == 3600
    assert pause(7200, 1e9, b"") == 7200


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [("120", 120), (" 0 ", 0), ("999999999999", 86_400), ("Tue, 06 May 2031 07:10:00 GMT", 120), ("soon", None),
     ("Tue, 06 May 2031 07:00:00 GMT", 0), ("", None), ("-5", None), ("6 May 2031 07:00:00 +99999999999999", None)],
)  # fmt: skip
def test_a_source_may_ask_for_a_pause(retry_after: str, seconds: float | None) -> None:
    """In seconds or until an instant; a day at most."""
    assert asked_wait(retry_after, NOW) == seconds


@given(st.text(max_size=40), st.binary(max_size=200))
def test_nothing_that_a_server_says_breaks_it(text: str, document: bytes) -> None:
    """Whatever the bytes."""
    assert fresh_for(text, text) >= 0
    assert hinted(document) >= 0
    assert asked_wait(text, NOW) is None or asked_wait(text, NOW) >= 0  # type: ignore[operator]
