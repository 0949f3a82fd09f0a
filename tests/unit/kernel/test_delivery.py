"""What the reply subject of a delivered message says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from nats.aio.msg import Msg

from dateline_kernel.delivery import Delivery, delivery_of
from dateline_kernel.journal import may_be_known

STAMP = 1_795_000_000_123_456_789
TIME = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=STAMP // 1000)


@pytest.mark.parametrize(
    "reply",
    [
        f"$JS.ACK.STORIES.publish-enriched.2.77.5.{STAMP}.9",
        f"$JS.ACK.hub.ACCHASH.STORIES.publish-enriched.2.77.5.{STAMP}.9.rAnDoM",
    ],
)
def test_both_forms_of_adr_15_are_read(reply: str) -> None:
    """With and without domain and account; the time is cut to microseconds, not rounded up."""
    message = Msg(_client=None, subject="story.x.enriched.1", reply=reply)  # type: ignore[arg-type]
    assert delivery_of(message) == Delivery(seq=77, delivered=2, nth=5, time=TIME, pending=9)


@pytest.mark.parametrize(
    ("delivered", "seconds", "expected"), [(1, 0, False), (1, 59, False), (1, 61, True), (2, 0, True)]
)
def test_the_log_is_asked_when_the_servers_memory_may_not_reach(delivered: int, seconds: int, expected: bool) -> None:
    """On a repeated delivery, or when the event is older than half the server's window for message ids."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert may_be_known(delivered, now - timedelta(seconds=seconds), now) is expected
