"""Doors that fetch, kept on a real nats-server: who works a feed, from where, and what is told when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import msgspec
import pytest
from nats.aio.client import Client
from stories import guid, plain

from dateline_ingest.doorbook import DoorBook
from dateline_ingest.doors.context import context_of
from dateline_ingest.doors.keeper import Keeper
from dateline_ingest.doors.room import Door, DoorFault, Room
from dateline_ingest.feeds import Feeds, Listed
from dateline_ingest.formats import parse as sound
from dateline_ingest.settings import IngestSettings
from dateline_kernel.connection import connect
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.logs import configure_logs
from dateline_kernel.originals import Originals
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.runtime import Runtime, assemble
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas.feeds import Feed, FeedEvent, decode_feed_event, encode_feed
from dateline_schemas.subjects import FEED_EVENTS, FEEDS

BRIEF = 1.0
"""Seconds of a lease, where another process is to take over."""


class Replica:
    """One process of ingest, as far as its keeper goes."""

    def __init__(self, runtime: Runtime, lease: float) -> None:
        self.runtime = runtime
        self.keeper = Keeper(context_of(runtime, IngestSettings(doors=("folder",), lease=lease)), every=0.05)
        self.task = asyncio.create_task(self.keeper.run())

    async def stop(self) -> None:
        """End in an orderly way."""
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task


@asynccontextmanager
async def replica(server: EmbeddedServer, lease: float = PATIENCE) -> AsyncIterator[Replica]:
    """A process with a connection of its own; its lease outlasts what a busy machine makes it wait."""
    client = await connect(server.url, "replica")
    settings = IngestSettings(nats_url=server.url)
    runtime = assemble("ingest", "test/1", settings, client, configure_logs("ingest", "error"))
    one = Replica(runtime, lease)
    try:
        yield one
    finally:
        await one.stop()
        await runtime.close()
        await client.close()


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Door], None]:
    """Puts a door of the test's in place of the folder."""
    monkeypatch.setattr("dateline_ingest.doors.failing.FIRST_WAIT", 0.02)
    return lambda door: monkeypatch.setattr("dateline_ingest.doors.shift.door_of", lambda name: door)


async def put(client: Client, name: str, **more: Any) -> Feed:
    """Write a feed into the bucket."""
    feed = Feed(name=name, door="folder", url="folder:///unused", every=0.05, **more)
    await (await client.jetstream().key_value(FEEDS.name)).put(name, encode_feed(feed))
    return feed


@pytest.fixture
async def name(client: Client) -> AsyncIterator[str]:
    """A feed's name that is the test's own; taken away afterwards."""
    own = f"feed-{guid()[-12:]}"
    yield own
    await (await client.jetstream().key_value(FEEDS.name)).delete(own)


async def told(client: Client, name: str, what: str) -> list[FeedEvent]:
    """Events of a feed so far."""
    runtime = assemble("ingest", "test/1", IngestSettings(), client, configure_logs("ingest", "error"))
    found = await runtime.journal.direct.get(FEED_EVENTS.name, seq=1, next_by_subj=f"feed.{name}.{what}", batch=100)
    return [decode_feed_event(message.data) for message in found]


async def test_of_two_processes_one_works_a_feed_and_the_other_takes_over(
    server: EmbeddedServer, client: Client, name: str, use: Any
) -> None:
    """At any moment one; when it goes, the other; when it vanishes without a word, the other after the lease."""
    at_work: list[str] = []
    most = 0

    async def door(room: Room) -> None:
        nonlocal most
        at_work.append(room.feed.name)
        most = max(most, len(at_work))
        try:
            await asyncio.Event().wait()
        finally:
            at_work.remove(room.feed.name)

    use(door)
    async with replica(server, BRIEF) as one, replica(server, BRIEF) as two:
        await put(client, name)
        await eventually(lambda: at_work)
        first, second = (one, two) if one.keeper._at_work else (two, one)
        await first.stop()
        await eventually(lambda: second.keeper._at_work)
        async with replica(server, BRIEF) as third:
            # The second one is cut off from the server: it can neither renew nor give back.
            await second.runtime.client.close()
            await eventually(lambda: third.keeper._at_work)
            await eventually(lambda: not second.keeper._at_work)
            assert most <= 1


async def test_a_restarted_door_goes_on_at_the_place_it_remembered(
    server: EmbeddedServer, client: Client, name: str, use: Any
) -> None:
    """In this process and in the next; what was taken before is not fetched again."""
    fetched: list[int] = []
    remembered = 0
    stop_at = 3

    async def door(room: Room) -> None:
        nonlocal remembered
        at = int(await room.cursor() or b"0")
        while True:
            if at == stop_at:
                await asyncio.Event().wait()
            fetched.append(at)
            receipts = (await room.take(plain(f"{name} number {at}"), name=str(at))).receipts
            assert [receipt.standing for receipt in receipts] == ["current"]
            at += 1
            await room.remember(b"%d" % at)
            remembered = at

    use(door)
    await put(client, name)
    async with replica(server):
        await eventually(lambda: remembered == 3)
    stop_at = 5
    async with replica(server):
        await eventually(lambda: remembered == 5)
    assert fetched == [0, 1, 2, 3, 4]


async def test_a_paused_feed_is_stopped_and_a_changed_one_started_anew(
    server: EmbeddedServer, client: Client, name: str, use: Any
) -> None:
    """An operator's word counts within a moment."""
    running: list[Feed] = []

    async def door(room: Room) -> None:
        running.append(room.feed)
        try:
            await asyncio.Event().wait()
        finally:
            running.remove(room.feed)

    use(door)
    async with replica(server):
        await put(client, name)
        await eventually(lambda: [feed.pattern for feed in running] == ["*"])
        await put(client, name, pattern="*.xml")
        await eventually(lambda: [feed.pattern for feed in running] == ["*.xml"])
        await put(client, name, pattern="*.xml", paused=True)
        await eventually(lambda: not running)
        await put(client, name)
        await eventually(lambda: running)
        await (await client.jetstream().key_value(FEEDS.name)).delete(name)
        await eventually(lambda: not running)


async def test_a_row_of_failures_is_told_once(server: EmbeddedServer, client: Client, name: str, use: Any) -> None:
    """Also across processes; when the source answered for a round, the next failure is a new row."""
    tries = 0
    healthy = False

    async def door(room: Room) -> None:
        nonlocal tries
        tries += 1
        if tries % 2 and not healthy:
            raise ValueError("a fault in the door")
        if not healthy:
            raise DoorFault("the server is down; wait")
        await room.reached()
        await room.rest()
        await asyncio.Event().wait()

    use(door)
    await put(client, name)
    async with replica(server) as one:
        await eventually(lambda: tries >= 4)
        assert one.runtime.telemetry.registry.get_sample_value("dateline_feed_failing", {"feed": name}) == 1
    async with replica(server) as one:
        await eventually(lambda: tries >= 7)
        [failing] = await told(client, name, "failing")
        assert failing.feed == name
        book = DoorBook(one.runtime.client, one.runtime.journal.direct)
        assert (await book.get(f"failing.{name}")).value
        healthy = True

        async def works() -> bool:
            return not (await book.get(f"failing.{name}")).value

        await eventually(works)
        failing_now = partial(one.runtime.telemetry.registry.get_sample_value, "dateline_feed_failing", {"feed": name})
        await eventually(failing_now, lambda value: value == 0)
    healthy, tries = False, 0
    async with replica(server):
        await eventually(lambda: tries >= 2)

        async def twice() -> bool:
            return len(await told(client, name, "failing")) == 2

        await eventually(twice)
        [working] = await told(client, name, "working")
        assert (working.feed, working.since) == (name, failing.since)


async def test_while_a_feed_fails_what_is_wrong_now_is_shown(
    server: EmbeddedServer, client: Client, name: str, use: Any
) -> None:
    """Since when stays; the reason is the newest one, since a source that is back may refuse the login."""
    reasons = ["nobody listens"]

    async def door(room: Room) -> None:
        raise DoorFault(reasons[-1])

    use(door)
    await put(client, name)
    async with replica(server) as one:
        book = DoorBook(one.runtime.client, one.runtime.journal.direct)

        async def shown() -> dict[str, str]:
            value = (await book.get(f"failing.{name}")).value
            return dict(msgspec.json.decode(value)) if value else {}

        first = await eventually(shown)
        reasons.append("the login is refused")
        second = await eventually(shown, lambda row: row.get("reason") == "the login is refused")
    assert (first["reason"], second["since"]) == ("nobody listens", first["since"])
    assert [getattr(event, "reason", "") for event in await told(client, name, "failing")] == ["nobody listens"]


async def test_a_secret_that_an_exception_repeats_is_not_told(
    server: EmbeddedServer, client: Client, name: str, use: Any, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    """Neither in the log nor in the event, whether the door explains its fault or breaks."""
    monkeypatch.setenv("THE_SECRET", "hunter2 and more")
    tries = 0

    async def door(room: Room) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise DoorFault(f"login with {room.secret()} refused")
        raise ValueError(f"PASS {room.secret()}")

    use(door)
    await put(client, name, secret="env:THE_SECRET")
    async with replica(server):
        await eventually(lambda: tries >= 3)
    [failing] = await told(client, name, "failing")
    assert getattr(failing, "reason", "") == "login with *** refused"
    said = capfd.readouterr().err
    assert "PASS ***" in said
    assert "hunter2" not in said


async def test_what_cannot_be_read_is_quarantined_and_the_door_goes_on(
    server: EmbeddedServer, client: Client, name: str, use: Any
) -> None:
    """An empty list of receipts, the bytes kept with the reason."""
    results: list[int] = []

    async def door(room: Room) -> None:
        results.append(len((await room.take(b"<newsItem><broken", name="broken.xml")).receipts))
        results.append(len((await room.take(plain(f"{name} sound"))).receipts))
        await asyncio.Event().wait()

    use(door)
    await put(client, name)
    async with replica(server):
        await eventually(lambda: results == [0, 1])
    kept = [one.what async for one in Quarantine(client).all() if one.what.feed == name]
    assert [(one.kind, one.door) for one in kept] == [("input", "folder")]


async def test_a_fault_in_ingest_costs_one_message_and_not_the_feed(
    server: EmbeddedServer, client: Client, name: str, use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no reader should raise: the message is kept in quarantine, those after it are taken in."""
    results: list[int] = []
    poison = plain(f"{name} poison")

    def parse(data: bytes, **said: Any) -> Any:
        if data == poison:
            raise RecursionError("a fault in a reader")
        return sound(data, **said)

    monkeypatch.setattr("dateline_ingest.reading.parse", parse)

    async def door(room: Room) -> None:
        for data in (poison, plain(f"{name} sound")):
            results.append(len((await room.take(data)).receipts))
        await asyncio.Event().wait()

    use(door)
    await put(client, name)
    async with replica(server):
        await eventually(lambda: results == [0, 1])
    [kept] = [one.what async for one in Quarantine(client).all() if one.what.feed == name]
    assert "RecursionError" in kept.reason
    assert await Originals(client).get(kept.original) == poison


async def test_a_library_that_cancels_a_door_costs_no_other_feed(
    server: EmbeddedServer, client: Client, name: str, use: Any
) -> None:
    """Its own feed fails and is tried again; the others, and those that come later, are worked."""
    tries = 0
    working: list[str] = []

    async def door(room: Room) -> None:
        nonlocal tries
        if room.feed.name == name:
            tries += 1
            raise asyncio.CancelledError
        working.append(room.feed.name)
        await asyncio.Event().wait()

    use(door)
    await put(client, name)
    async with replica(server) as one:
        await eventually(lambda: tries >= 3)
        later = f"{name}-b"
        await put(client, later)
        await eventually(lambda: working == [later])
        assert not one.task.done()
        [failing] = await told(client, name, "failing")
        assert "CancelledError" in getattr(failing, "reason", "")
    await (await client.jetstream().key_value(FEEDS.name)).delete(later)


async def test_a_door_that_does_not_end_is_not_started_beside_itself(
    server: EmbeddedServer, client: Client, name: str, use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed changed and the old door clings to its work: the new one waits until it is gone."""
    monkeypatch.setattr("dateline_ingest.doors.keeper.GRACE", 0.05)
    at_work: list[str] = []
    most = 0
    let_go = asyncio.Event()

    async def door(room: Room) -> None:
        nonlocal most
        at_work.append(room.feed.pattern)
        most = max(most, len(at_work))
        try:
            await asyncio.Event().wait()
        finally:
            await let_go.wait()
            at_work.remove(room.feed.pattern)

    use(door)
    await put(client, name)
    async with replica(server) as one:
        await eventually(lambda: at_work == ["*"])
        await put(client, name, pattern="*.xml")
        await eventually(lambda: name not in one.keeper._at_work)
        await put(client, f"{name}-b", pattern="b")
        await eventually(lambda: "b" in at_work)
        assert at_work == ["*", "b"]
        let_go.set()
        await eventually(lambda: "*.xml" in at_work)
        assert most == 2
    await (await client.jetstream().key_value(FEEDS.name)).delete(f"{name}-b")


async def test_a_keeper_ends_though_a_library_swallows_that_it_should(
    server: EmbeddedServer, client: Client, name: str, use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``wait_for`` of Python 3.11 does when the answer comes in the same moment: the doors are closed."""
    at_work: list[str] = []
    asked = asyncio.Event()

    async def door(room: Room) -> None:
        at_work.append(room.feed.name)
        try:
            await asyncio.Event().wait()
        finally:
            at_work.remove(room.feed.name)

    async def answered(feeds: Feeds) -> list[Listed]:
        asked.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        return []

    use(door)
    await put(client, name)
    async with replica(server) as one:
        await eventually(lambda: at_work)
        monkeypatch.setattr(Feeds, "all", answered)
        await asked.wait()
        async with asyncio.timeout(PATIENCE):
            await one.stop()
    assert not at_work


async def test_a_door_waits_while_the_log_does_not_answer(use: Any) -> None:
    """The server is killed: what is being taken is taken when it is back, once."""
    from dateline_kernel.testing import provisioned, real_server

    ids: list[str] = []

    with real_server() as server:
        began, killed = asyncio.Event(), asyncio.Event()

        async def door(room: Room) -> None:
            began.set()
            await killed.wait()
            ids.extend(one.story_id for one in (await room.take(plain("While it was away"))).receipts)
            await asyncio.Event().wait()

        use(door)
        async with provisioned(server) as client:
            await put(client, "lonely")
            async with replica(server):
                await began.wait()
                server.kill()
                killed.set()
                server.start()
                await eventually(lambda: ids)
                [story] = ids
                assert len(await Journal(client, "ingest").load(story)) == 1


async def test_the_feeds_rate_is_kept(server: EmbeddedServer, client: Client, name: str, use: Any) -> None:
    """A second's worth at once, then at the rate."""
    taken: list[float] = []

    async def door(room: Room) -> None:
        for number in range(12):
            await room.take(plain(f"{name} number {number}"))
            taken.append(asyncio.get_running_loop().time())
        await asyncio.Event().wait()

    use(door)
    await put(client, name, per_second=10)
    async with replica(server):
        await eventually(lambda: len(taken) == 12)
    assert taken[-1] - taken[0] >= 0.1
