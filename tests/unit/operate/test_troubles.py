"""What ``status`` says is wrong: the urgent first, each with what to do; nothing where nothing is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline_kernel.agreement import Silent
from dateline_kernel.consumers import Untold
from dateline_kernel.errors import Unavailable
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import PATIENCE
from dateline_operate.feeds.state import State
from dateline_operate.health.looking import Seen, seen_with
from dateline_operate.health.overview import ConsumerSeen, Overview, StreamSeen
from dateline_operate.health.sealed import LostEnd
from dateline_operate.health.troubles import NAMED, Trouble, troubles_of
from dateline_operate.health.unlogged import Unlogged
from dateline_operate.outlets.behind import Behind
from dateline_operate.outlets.killed import KillAtOutlet, Killed, Kills
from dateline_operate.up.room import FULL
from dateline_operate.up.vitals import Vitals
from dateline_schemas.doors import Failing
from dateline_schemas.outlets import Kill, Taken

NOW = datetime(2031, 5, 6, 3, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3)
AWAY = Vitals(name="publish", url="http://127.0.0.1:1", checks={"nats": "not connected", "log": "ok"})
FULL_UP = Vitals(name="ingest", url="http://127.0.0.1:1", checks={"writes": "no room"})


def overview(**more: Any) -> Overview:
    """A look at which all was well."""
    ready = Vitals(name="ingest", url="http://127.0.0.1:2", ready=True)
    members = {"streams": (), "consumers": (), "quarantine": {}, "services": (ready,), **more}
    return Overview(nats_url="nats://127.0.0.1:4222", **members)


def kill(minutes: int, state: Taken = "waiting") -> Killed:
    """One that the log took so long ago, for an outlet."""
    said = NOW - timedelta(minutes=minutes)
    of = Kill(story_id="abc", version="2", number=2, headline="Quay 4", reason="wrong", said=said, seq=9)
    return Killed(kill=of, outlets=(KillAtOutlet(outlet="harbour-news", state=state, waiting=1, active=None),))


def told(**seen: Any) -> list[Trouble]:
    """What is wrong by what was seen."""
    return troubles_of(Seen(**{"overview": overview(), "data": Path("/srv/dateline"), "now": NOW, **seen}))


@pytest.mark.parametrize(
    ("seen", "what", "do"),
    [
        ({"overview": overview(services=(AWAY,))}, "publish is not ready: nats: not connected", "logs/publish.log"),
        ({"overview": overview(services=(FULL_UP,))}, "not ready: writes: no room", "DatelineWritesFailing"),
        (
            {"overview": overview(streams=(StreamSeen(name="TOPICS", there=False),))},
            "stream TOPICS is not there",
            "docs",
        ),
        (
            {"overview": overview(streams=(StreamSeen(name="KV_FEEDS", there=False),))},
            "stream KV_FEEDS is not there",
            "Make the feeds anew",
        ),
        ({"free": FULL - 1}, "16 MB are left on the disk of /srv/dateline", "make room"),
        ({"kills": [kill(3)]}, "1 kill not taken by harbour-news", "kills --open"),
        ({"lost": LostEnd(0, 9)}, "the log ends at 0, and was sealed at 9", "put a backup back"),
        ({"gone": 4_147, "unlogged": [Unlogged("abc", 2)]}, "the log has lost 4,147 events", "dateline verify"),
        ({"unasked": ("the log does not answer",)}, "the log does not answer", "dateline verify"),
        ({"untold": "how far desk of stream TOPICS got is not told"}, "how far desk", "a server that is away"),
    ],
    ids=["service", "writes", "stream", "feeds", "disk", "kill", "end", "amid", "silence", "outlet"],
)
def test_what_cannot_wait_is_urgent(seen: dict[str, Any], what: str, do: str) -> None:
    """Each is said with where it is, and with what to do."""
    [one] = told(**seen)
    assert what in one.what and do in one.do and one.urgent


def elsewhere(waiting: int, idle: timedelta, newest: timedelta) -> Overview:
    """Publish as the server knows it, which runs on another machine: idle for so long, with a newest event that old."""
    consumer = ConsumerSeen(
        name="publish-canceled", pending=waiting, ack_pending=0, redelivered=0, acked_to=7, active=NOW - idle
    )
    log = StreamSeen(name="STORIES", there=True, last=NOW - newest)
    return overview(services=(), consumers=(consumer,), streams=(log,))


HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("waiting", "idle", "newest", "wrong"),
    [(1, HOUR, HOUR, True), (100, HOUR, SECOND, True), (3, HOUR, SECOND, False), (5_000, SECOND, SECOND, False)],
    ids=["a quiet night", "a busy day", "it came just now", "it is worked off"],
)
def test_a_service_that_takes_nothing_is_missed_wherever_it_should_run(
    waiting: int, idle: timedelta, newest: timedelta, wrong: bool
) -> None:
    """The server knows that nobody takes what waits, though no service of this machine is asked."""
    found = told(overview=elsewhere(waiting, idle, newest))
    assert [one.urgent for one in found] == [True] * wrong
    assert all("publish-canceled wait" in one.what and "does publish run?" in one.do for one in found)


@pytest.mark.parametrize(
    ("seen", "what", "do"),
    [
        ({"overview": overview(quarantine={"ingest": 2, "publish": 1})}, "3 things in quarantine", "quarantine ls"),
        ({"feeds": {"b": State(silent=LONG_AGO), "a": State(silent=LONG_AGO)}}, "2 feeds silent: a, b", "feeds ls"),
        ({"feeds": {"a": State(failing=Failing(since=NOW, reason="away"))}}, "1 feed failing: a", "feeds ls"),
        (
            {
                "behind": (
                    Behind(outlet="harbour-news", waiting=3, since=NOW - timedelta(hours=7)),
                    Behind(outlet="morning-post", waiting=900, since=LONG_AGO),
                )
            },
            "2 outlets stopped reading, the longest 3 d behind: morning-post, harbour-news",
            "outlets ls",
        ),
        (
            {"overview": overview(services=(Vitals(name="publish", url="", ready=True, clock_ahead=-90),))},
            "the clock of publish is 90 s behind the message server's",
            "timedatectl",
        ),
        ({"unsaved": LONG_AGO}, "what came in the last 3 d is in no backup", "backup DIR"),
        ({"silent": Silent(("log-2",), 3)}, "nothing is heard of log-2: the log stands on 2 of 3 servers", "start it"),
    ],
    ids=["quarantine", "silent", "failing", "outlets", "clock", "backup", "a server"],
)
def test_what_is_for_the_morning_is_not(seen: dict[str, Any], what: str, do: str) -> None:
    """It stands below what is urgent."""
    [one] = told(**seen)
    assert (one.what, one.urgent) == (what, False) and do in one.do
    assert [each.urgent for each in told(kills=[kill(3)], **seen)] == [True, False]


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"kills": [kill(1)]},
        {"kills": [kill(60, "taken")]},
        {"feeds": {"a": State(heard=LONG_AGO)}},
        {"free": FULL},
        {"unsaved": NOW - timedelta(hours=30)},
    ],
    ids=["nothing", "a kill on its way", "a kill that was taken", "a feed", "room", "a backup of yesterday"],
)
def test_nothing_is_wrong_with_what_is_as_it_should_be(seen: dict[str, Any]) -> None:
    """Who is got up for nothing looks away the next time."""
    assert told(**seen) == []


def test_of_many_feeds_some_are_named() -> None:
    """The list of all is what ``feeds ls`` is for."""
    feeds = {f"feed-{number}": State(silent=LONG_AGO) for number in range(NAMED + 3)}
    [one] = told(feeds=feeds)
    assert one.what.endswith("feed-4 and 3 more")


async def test_all_is_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a server that stands still does not answer is waited for together, and told once."""
    there = asyncio.Barrier(7)

    async def silent(*_: object) -> None:
        await there.wait()
        raise Unavailable("the log does not answer")

    for question in ("feeds_of", "behind_of", "remembered", "newest_unlogged", "silent", "unsaved_since"):
        monkeypatch.setattr(f"dateline_operate.health.looking.{question}", silent)
    kills = Kills(client := QuickClient(), NOW)
    monkeypatch.setattr(kills, "look", silent)
    kills.untold = Untold("TOPICS", frozenset(("harbour",)), [])
    async with asyncio.timeout(PATIENCE):
        streams = [StreamSeen(name=name, there=True, messages=4, last_seq=6) for name in ("STORIES", "TOPICS")]
        seen = await seen_with(client, overview(streams=tuple(streams)), kills, Path("/srv/dateline"), None)
    assert (seen.unasked, seen.untold, seen.gone) == (("the log does not answer",), str(kills.untold), 2)
