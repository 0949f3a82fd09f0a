"""A backup of a running Dateline, put back into an empty server: what holds afterwards, and what is refused."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from cluster import Member, agreed, cluster
from desk import refused_event
from msgspec.structs import replace
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, StreamConfig
from stories import attributed, enriched, guid, received

from dateline_kernel.connection import connect, leave
from dateline_kernel.consumers import readers_of
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.ending import ended
from dateline_kernel.errors import KernelError, Misconfigured, Unavailable
from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.journal import Journal
from dateline_kernel.originals import Originals
from dateline_kernel.provision import provision
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.snapshots import PutBack, check_server, restore, snapshot
from dateline_kernel.testing import PATIENCE, bare_server, eventually, provisioned, real_server, scratch_folder
from dateline_kernel.upkeep import BACKUP, LastBackup, note
from dateline_operate.backup import restoring
from dateline_operate.backup.backingup import back_up, drop_older
from dateline_operate.backup.backups import ABOUT, CONTENT, LIST, ORDER, STREAM, UNFINISHED, Backup, whole_ones
from dateline_operate.backup.restoring import Restored, in_the_way, put_back, read_backup
from dateline_operate.console.failure import Failure
from dateline_operate.health.logcheck import LogCheck, seal_of
from dateline_operate.health.sealed import Sealed
from dateline_operate.health.verifying import Verified, Verifier
from dateline_operate.main import main
from dateline_operate.outlets.killed import Kills
from dateline_operate.quarantine.retrying import Again
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import Event, StoryEnriched, StoryHeld, StoryReleased, StoryWithdrawn
from dateline_schemas.feeds import Feed, encode_feed
from dateline_schemas.flow import consumer_name
from dateline_schemas.identity import stamp_arrival, story_id
from dateline_schemas.subjects import FEEDS, ORIGINALS, RECEIPTS, STORIES, TOPICS

OUTLET, HELD = "harbour-news", consumer_name("publish", StoryHeld)
HOUR = timedelta(hours=1)
PAGE = (Path(__file__).resolve().parents[2] / "docs/monitoring.md").read_text("utf-8")


def quietly(what: str, done: int, total: int) -> None:
    """Nobody watches."""


async def taken(client: QuickClient, into: Path) -> tuple[Path, Backup, Verified]:
    """A backup."""
    return await back_up(client, into, Sealed(), quietly)


async def restored(client: QuickClient, folder: Path, *, restart: bool = False) -> Restored:
    """The same put back."""
    return await put_back(client, folder, read_backup(folder, quietly), quietly, restart=restart, replicas=0)


@asynccontextmanager
async def connected(server: EmbeddedServer) -> AsyncIterator[QuickClient]:
    """A connection to a server that nothing was declared on."""
    client = await connect(server.url, "test", PATIENCE)
    try:
        yield client
    finally:
        await leave(client)


@contextmanager
def emptied(server: EmbeddedServer) -> Iterator[EmbeddedServer]:
    """The server after a crash that cost its store."""
    server.kill()
    shutil.rmtree(server.folder / "jetstream")
    server.start(PATIENCE)
    yield server


async def write(client: QuickClient, name: str = "", ordinal: int = 1, **story: Any) -> str:
    """A version of a story with its original, and all that comes before publish; the story's name."""
    name = name or guid()
    original = f"{name} {ordinal}".encode()
    heard = received(name, ordinal, **story)
    digest = await Originals(client).keep(original)
    heard = stamp_arrival(msgspec.structs.replace(heard, original=digest, original_bytes=len(original)))
    await Journal(client, "ingest").append([heard])
    if heard.story.pubstatus != "canceled":
        credited = attributed(heard)
        await Journal(client, "attribution").append([credited])
        await Journal(client, "enrichment").append([enriched(credited)])
    return name


async def log_of(client: QuickClient, name: str) -> list[Event]:
    """What the log has of a story."""
    return [one.event for one in await Journal(client, "publish").load(story_id("test", name))]


async def on_topics(client: QuickClient) -> list[Msg]:
    """All that outlets find."""
    found: list[Msg] = []
    while page := await Journal(client, "publish").direct.get(
        TOPICS.name, seq=len(found) + 1, next_by_subj="topic.>", batch=500
    ):
        found += page
    return found


async def read_some(client: QuickClient, most: int) -> list[int]:
    """Sequences of what the outlet takes and acknowledges."""
    reader = await client.jetstream().pull_subscribe("topic.>", OUTLET, stream=TOPICS.name)
    messages = await reader.fetch(most, timeout=PATIENCE)
    for message in messages:
        await message.ack_sync()
    return [message.metadata.sequence.stream for message in messages]


async def everything(client: QuickClient) -> None:
    """See that all is there and as it was, and nothing twice."""
    found = await Verifier(client, LogCheck(), log_only=False).run(lambda at, last: None)
    assert found.faults == []
    state = (await client.jetstream().stream_info(STORIES.name, subjects_filter=">")).state
    assert state.subjects is not None
    assert len(state.subjects) == state.messages
    told = Counter(
        ((message.headers or {})["Nats-Subject"], (message.headers or {})["Dateline-Number"])
        for message in await on_topics(client)
    )
    assert [one for one, times in told.items() if times > 1] == []


async def test_all_goes_on_after_the_server_and_its_store_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken while stories come in: the log is whole up to the seal, nothing goes out twice, and nothing is missing."""
    held, killed, ahead = guid(), guid(), [timedelta(0)]

    def now() -> datetime:
        return datetime.now(UTC) + ahead[0]

    async def log_time(_: QuickClient) -> datetime:
        return now()

    monkeypatch.setattr("dateline_kernel.deliberating.log_time", log_time)
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            await client.jetstream().add_consumer(
                TOPICS.name, ConsumerConfig(durable_name=OUTLET, ack_policy=AckPolicy.EXPLICIT, ack_wait=2)
            )
            await write(client, held, embargo=now() + HOUR)
            await write(client, killed)
            await eventually(lambda: log_of(client, killed), lambda log: any(map(is_release, log)))
            await write(client, killed, 2, pubstatus="canceled")
            await eventually(lambda: log_of(client, killed), lambda log: any(map(is_kill, log)))
            await eventually(lambda: log_of(client, held), lambda log: any(isinstance(one, StoryHeld) for one in log))
            read_before = await read_some(client, 2)
            failing = await quarantined(client)
            traffic = asyncio.create_task(write_on(client))
            began = datetime.now(UTC)
            place, about, seen = await taken(client, tmp_path)
            await ended(traffic)
        assert seen.faults == []
        with emptied(server):
            async with connected(server) as client:
                result = await restored(client, place)
                assert result.backup == about
                assert about.began >= began
                before = [type(one) for one in await log_of(client, held)]
                assert StoryHeld in before
                assert StoryReleased not in before
                check = LogCheck(sealed=seal_of(about.seal))
                assert (await Verifier(client, check, log_only=True).run(lambda at, last: None)).faults == []
                async with build(PublishSettings(nats_url=server.url)).running() as running:
                    object.__setattr__(running.runtime, "now", now)
                    [one] = [one async for one in Quarantine(client).all()]
                    assert (await Again(client, server.url).take(one)).done
                    await eventually(lambda: log_of(client, failing), lambda log: any(map(is_release, log)))
                    await eventually(lambda: idle(client))
                    assert not any(map(is_release, await log_of(client, held)))
                    ahead[0] = 2 * HOUR
                    await eventually(lambda: log_of(client, held), lambda log: any(map(is_release, log)))
                    await everything(client)
                assert [type(one).__name__ for one in await log_of(client, killed)][-1] == "StoryWithdrawn"
                await begins_again(client)
                [kill] = await Kills(client, 1, outlet=OUTLET).look()
                assert [told.outlet for told in kill.outlets] == [OUTLET]
                read_after = await read_some(client, 100)
                assert read_after[0] == read_before[-1] + 1


async def begins_again(client: QuickClient) -> None:
    """As clients of several languages say at each start that they have their name: it is as they made it."""
    config = {"durable_name": OUTLET, "name": OUTLET, "ack_policy": "explicit", "ack_wait": 2_000_000_000}
    for how in ({"action": "create"}, {}):
        request = msgspec.json.encode({"stream_name": TOPICS.name, "config": config, **how})
        said = await client.request(f"$JS.API.CONSUMER.CREATE.{TOPICS.name}.{OUTLET}", request)
        assert b'"error"' not in said.data, said.data


def is_release(event: Event) -> bool:
    """Whether it lets something out."""
    return isinstance(event, StoryReleased)


def is_kill(event: Event) -> bool:
    """Whether it takes something back."""
    return isinstance(event, StoryWithdrawn)


async def idle(client: QuickClient) -> bool:
    """Whether publish has answered all there is, but for embargoes."""
    readers = await readers_of(client, STORIES.name)
    return all(one.waiting == 0 and (one.in_hand == 0 or one.name == HELD) for one in readers)


async def write_on(client: QuickClient) -> None:
    """Stories, one after the other."""
    while True:
        await write(client)


async def quarantined(client: QuickClient) -> str:
    """A story that publish had in quarantine before it heard of it again; its name."""
    name = await write(client)
    [said] = [one for one in await Journal(client, "publish").load(story_id("test", name)) if is_enriched(one.event)]
    await Quarantine(client).keep(refused_event(said))
    return name


def is_enriched(event: Event) -> bool:
    """Whether it is what publish decides about."""
    return isinstance(event, StoryEnriched)


async def test_what_was_answered_while_the_backup_was_made_is_handed_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Published behind TOPICS, and noted in the log before that is taken: the restored log has it, TOPICS has not."""
    from dateline_operate.backup import backingup

    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            real, late = backingup.snapshot, ""

            async def between(asked: QuickClient, stream: str, take: object, **how: bool) -> object:
                nonlocal late
                if stream == STORIES.name:
                    late = await write(client)
                    await eventually(lambda: on_topics(client), lambda found: len(found) == 2)
                    await eventually(lambda: idle(client))
                return await real(asked, stream, take, **how)  # type: ignore[arg-type]

            monkeypatch.setattr(backingup, "snapshot", between)
            place, about, _ = await taken(client, tmp_path)
        assert {one.name: one.messages for one in about.streams}[TOPICS.name] == 0
        with emptied(server):
            async with connected(server) as client:
                await restored(client, place)
                assert any(map(is_release, await log_of(client, late)))
                assert await on_topics(client) == []
                async with build(PublishSettings(nats_url=server.url)).running():
                    await eventually(lambda: on_topics(client), lambda found: len(found) == 2)
                    await eventually(lambda: idle(client))
                    await everything(client)


async def test_a_kill_reaches_who_has_its_number_from_the_lost_time(tmp_path: Path) -> None:
    """The page's reader, which remembers numbers: the update that it took is lost, and the kill gets its number."""
    page = (Path(__file__).resolve().parents[2] / "docs/outlets.md").read_text("utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```", page, re.S | re.M)
    names: dict[str, Any] = {"KEPT": {}}
    exec(compile(code.replace("newest = {}", "newest = KEPT", 1), "docs/outlets.md", "exec"), names)
    got: list[tuple[str, str, bool]] = []

    async def take(kind: str, headers: dict[str, str], _: object) -> None:
        got.append((kind, headers["Dateline-Number"], "Dateline-Restored" in headers))

    async def reads(server: EmbeddedServer, last: tuple[str, str, bool]) -> None:
        following = asyncio.create_task(names["follow"](server.url, OUTLET, "topic.>", take))
        await eventually(lambda: got, lambda seen: seen[-1:] == [last])
        await ended(following)

    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            name = await write(client)
            await reads(server, ("released", "1", False))
            place, _, _ = await taken(client, tmp_path)
            await write(client, name, 2)
            await reads(server, ("released", "2", False))
        with emptied(server):
            async with connected(server) as client:
                await restored(client, place)
                async with build(PublishSettings(nats_url=server.url)).running():
                    await write(client, name, 2, pubstatus="canceled")
                    await reads(server, ("withdrawn", "2", True))
    assert [one[:2] for one in got] == [("released", "1"), ("released", "2"), ("withdrawn", "2")]


async def test_feeds_are_named_that_have_to_send_again(tmp_path: Path) -> None:
    """Those that push; those that are fetched are read on."""
    with real_server() as server, real_server() as other:
        async with provisioned(server) as client:
            bucket = await client.jetstream().key_value(FEEDS.name)
            for feed_ in (Feed(name="pusher"), Feed(name="drop", door="folder", url="folder:///srv/drop")):
                await bucket.put(feed_.name, encode_feed(feed_))
            place, _, _ = await taken(client, tmp_path)
        async with connected(other) as client:
            result = await restored(client, place)
            assert (result.ask_again, result.read_on) == (("pusher",), ("drop",))


async def test_a_backup_is_for_its_owner_alone_and_its_list_is_that_of_sha256sum(tmp_path: Path) -> None:
    """Every file is listed but the list; nobody else may read it."""
    with real_server() as server:
        async with provisioned(server) as client:
            await write(client)
            place, _, _ = await taken(client, tmp_path / "backups")
    files = [path for path in place.glob("**/*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (place, *place.iterdir()) if path.is_dir()} == {0o700}
    lines = (place / LIST).read_text().splitlines()
    assert sorted(lines, key=lambda line: line[66:]) == lines
    for line in lines:
        assert hashlib.sha256((place / line[66:]).read_bytes()).hexdigest() == line[:64]
    assert {line[66:] for line in lines} | {LIST} == {str(path.relative_to(place)) for path in files}
    assert {line[66:].partition("/")[0] for line in lines} == {ABOUT, *ORDER}


async def test_one_that_is_broken_off_leaves_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server dies between two streams; what a killed process leaves is no backup, and goes with the next one."""
    from dateline_operate.backup import backingup

    real = backingup.snapshot
    with real_server() as server:

        async def dies(client: QuickClient, stream: str, take: object, **how: bool) -> object:
            if stream == STORIES.name:
                server.kill()
            return await real(client, stream, take, **how)  # type: ignore[arg-type]

        async with provisioned(server) as client:
            await write(client)
            with monkeypatch.context() as patch:
                patch.setattr(backingup, "snapshot", dies)
                patch.setattr("dateline_kernel.snapshots.WITHIN", 1.0)
                with pytest.raises(Unavailable):
                    await taken(client, tmp_path)
            assert whole_ones(tmp_path) == []
            assert list(tmp_path.glob("[0-9]*")) == []
            server.start(PATIENCE)
            left = tmp_path / f"20310506T120000Z{UNFINISHED}"
            left.mkdir()
            (left / "STORIES").mkdir()
            with pytest.raises(Failure, match="broken off"):
                read_backup(left, quietly)
            place, _, _ = await eventually(lambda: taken(client, tmp_path))
            assert sorted(tmp_path.glob("[0-9]*")) == whole_ones(tmp_path) == [place]


@pytest.mark.parametrize("name", [ABOUT, LIST, f"{STORIES.name}/{STREAM}", f"{ORIGINALS.name}/{CONTENT}"])
async def test_a_backup_with_a_flipped_bit_is_refused(name: str, tmp_path: Path) -> None:
    """Before anything is asked of a server."""
    with real_server() as server:
        async with provisioned(server) as client:
            await write(client)
            place, _, _ = await taken(client, tmp_path)
    data = bytearray((place / name).read_bytes())
    data[len(data) // 2] ^= 1
    (place / name).write_bytes(data)
    with pytest.raises(Failure, match=r"damaged|missing"):
        read_backup(place, quietly)


async def test_a_backup_right_behind_another_one_has_a_folder_of_its_own(tmp_path: Path) -> None:
    """It waits for the next second, by which it is named."""
    with real_server() as server:
        async with provisioned(server) as client:
            first, second = [(await taken(client, tmp_path))[0] for _ in range(2)]
    assert first < second


async def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """What is in the way is named, with how much is in it; all stays as it was."""
    with real_server() as server:
        async with provisioned(server) as client:
            await write(client)
            place, about, _ = await taken(client, tmp_path)
            name = await write(client)
            with pytest.raises(Failure, match=r"STORIES \(6 messages\)") as refused:
                await restored(client, place)
            with pytest.raises(Failure):
                await restored(client, place, restart=True)
            assert "overwritten" in refused.value.advice
            assert len(await log_of(client, name)) == 3
            assert len(await in_the_way(client, [one.name for one in about.streams])) == len(ORDER)


async def test_services_wait_for_a_restore_that_has_not_ended_and_it_can_be_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left is told from what is somebody's."""
    with real_server() as server:
        async with provisioned(server) as client:
            name = await write(client)
            place, _, _ = await taken(client, tmp_path)
        with emptied(server):
            async with connected(server) as client:
                with monkeypatch.context() as patch:
                    patch.setattr(restoring, "_go_on", fails)
                    with pytest.raises(KernelError, match="cut off"):
                        await restored(client, place)
                assert await stream_info(client, STORIES.name) != await stream_info(client, "NONE") == None  # noqa: E711
                with pytest.raises(Unavailable, match="being restored"):
                    await provision(client)
                with pytest.raises(Failure, match="STORIES") as refused:
                    await restored(client, place)
                assert "--restart" in refused.value.advice
                with pytest.raises(Failure, match="being restored"):
                    await taken(client, tmp_path / "other")
                await restored(client, place, restart=True)
                await provision(client)
                assert len(await log_of(client, name)) == 3


async def fails(*_: object) -> None:
    """The connection is cut off."""
    raise Unavailable("cut off")


async def test_a_log_with_a_gap_is_backed_up_and_said_to_be_no_better(tmp_path: Path) -> None:
    """Something is better than nothing, and the fault is told."""
    with real_server() as server:
        async with provisioned(server) as client:
            for _ in range(2):
                await write(client)
            stream = client.jetstream()
            config = (await stream.stream_info(STORIES.name)).config
            await stream.delete_stream(STORIES.name)
            config.deny_delete = False
            await stream.add_stream(config)
            await write(client)
            await stream.delete_msg(STORIES.name, 2)
            _, about, seen = await taken(client, tmp_path)
            assert "missing" in {fault.kind for fault in seen.faults}
            assert about.faults == len(seen.faults)


async def test_what_has_become_too_old_since_is_missed_by_nobody() -> None:
    """A backup of a week ago has receipts that would not be there any more."""
    with real_server() as server, real_server() as other:
        async with connected(server) as client, connected(other) as empty:
            await client.jetstream().add_stream(StreamConfig(name="SHORT", subjects=["short.>"], max_age=2))
            for nth in range(20):
                await client.jetstream().publish(f"short.{nth}", b"x")
            parts: list[bytes] = []
            held = await snapshot(client, "SHORT", parts.append)
            assert held is not None
            assert held.holds.messages == 20
            await eventually(lambda: stream_info(client, "SHORT"), lambda there: there and there.state.messages == 0)
            assert await restore(empty, "SHORT", held, parts, mark="x") == PutBack()
            there = await eventually(
                lambda: stream_info(empty, "SHORT"), lambda there: there and there.state.messages == 0
            )
            assert there.state.last_seq == 20


async def test_a_log_of_which_less_comes_out_than_could_be_read_is_refused_unless_that_is_said(tmp_path: Path) -> None:
    """As where a copy with damage gave the snapshot, and another one was read."""
    with real_server() as server, real_server() as other:
        async with provisioned(server) as client, connected(other) as empty:
            await write(client)
            folder, about, _ = await taken(client, tmp_path)
            streams = (replace(one, messages=one.messages + (one.name == STORIES.name)) for one in about.streams)
            more = replace(about, streams=tuple(streams))
            with pytest.raises(Failure, match="3 messages come out of the log, and 4 could be read") as refused:
                await put_back(empty, folder, more, quietly, restart=False, replicas=0)
            assert "--restart --short" in refused.value.advice
            await put_back(empty, folder, more, quietly, restart=True, short=True, replicas=0)
            assert await Journal(empty, "ingest").last_sequence() == 3


def test_old_backups_are_dropped_when_that_is_said(tmp_path: Path) -> None:
    """The newest stay; what is no backup is left alone."""
    for day in range(1, 5):
        folder = tmp_path / f"203105{day:02}T120000Z"
        folder.mkdir()
        (folder / LIST).write_text("")
    (tmp_path / "notes").mkdir()
    assert [one.name[:8] for one in drop_older(tmp_path, 3)] == ["20310501"]
    assert drop_older(tmp_path, 3) == []
    assert sorted(one.name for one in tmp_path.iterdir())[:1] == ["20310502T120000Z"]
    assert (tmp_path / "notes").is_dir()


async def test_the_pages_login_makes_a_backup_and_can_write_nothing_else(tmp_path: Path) -> None:
    """Neither to the log nor to a bucket, but that it made one; and it restores nothing."""
    config = tmp_path / "nats.conf"
    config.write_text(re.findall(r"^```conf\n(.*?)^```", PAGE, re.S | re.M)[0], "utf-8")
    with scratch_folder() as folder, bare_server(folder, "-c", str(config)) as port:
        inside = await connect(f"nats://dateline:for-the-services@127.0.0.1:{port}", "test")
        client = await connect(f"nats://backup:for-the-backup@127.0.0.1:{port}", "test")
        try:
            await provision(inside)
            await write(inside)
            place, about, seen = await taken(client, tmp_path / "backups")
            assert (seen.events, seen.faults, len(about.streams)) == (3, [], len(ORDER))
            await note(client, BACKUP, LastBackup(began=about.began, seal=about.seal))
            assert "permission" not in str(client.last_error or "").lower()
            await client.publish("story.x.received.1", b"{}")
            await client.publish("$KV.FEEDS.x", b"{}")
            await client.flush()
            assert [one.messages for one in await in_the_way(client, [STORIES.name, "KV_FEEDS"])] == [3, 0]
            assert place.is_dir()
        finally:
            await leave(client)
            await leave(inside)


def said_by(capfd: pytest.CaptureFixture[str], code: int, *words: str) -> Any:
    """What a command answers in JSON, or says in JSON of its failure."""
    with pytest.raises(SystemExit) as end:
        main([*words, "--json"])
    out, err = capfd.readouterr()
    assert end.value.code == code, err
    return msgspec.json.decode(out if code == 0 else err.splitlines()[-1])


def test_the_commands_make_a_backup_and_put_it_into_a_data_folder(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where nothing runs a server is started for as long as it takes; a second time its streams are in the way."""
    data = ("--data", str(tmp_path / "data"))
    made = made_of_some(tmp_path, capfd)
    assert made["whole"]
    assert said_by(capfd, 0, "restore", made["backup"], *data, "--dry-run")["restored"] is False
    said = said_by(capfd, 0, "restore", made["backup"], *data)
    assert (said["restored"], said["unbounded"]) == (True, [])
    assert "STORIES" in said_by(capfd, 1, "restore", made["backup"], *data)["error"]
    elsewhere = str(tmp_path / "other data")
    with pytest.raises(SystemExit):
        main(["restore", made["backup"], "--data", elsewhere])
    assert f"dateline verify --data '{elsewhere}' --seal {made['seal']}\n" in capfd.readouterr().out
    assert made["backup"] in said_by(capfd, 2, "restore", str(tmp_path / "backups"), *data)["advice"]
    again = EmbeddedServer((tmp_path / "data" / "nats").resolve())
    again.start(PATIENCE)
    try:
        found = said_by(capfd, 0, "verify", "--seal", made["seal"], "--nats", again.url)
    finally:
        again.stop()
    assert (found["whole"], found["seal"]) == (True, made["seal"])


BOUNDED = f"KV_{RECEIPTS.name}"
SMALL = (
    "jetstream { max_file_store: 500MB }",
    "accounts { DESK { jetstream { disk_max_stream_bytes: 500MB }, users: [ { user: desk } ] } }\nno_auth_user: desk",
)


@pytest.mark.parametrize("configuration", SMALL, ids=["server", "account"])
def test_a_server_that_cannot_promise_what_another_did_takes_what_there_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], configuration: str
) -> None:
    """As for a rehearsal on a small disk: answers by idempotency key may take a gigabyte, and mostly take little."""
    made = made_of_some(tmp_path, capfd)
    config = tmp_path / "nats.conf"
    config.write_text(configuration, "utf-8")
    with scratch_folder() as folder, bare_server(folder, "-c", str(config)) as port:
        check_takes(made, f"nats://127.0.0.1:{port}", capfd)
    with scratch_folder() as folder, bare_server(folder, "-c", str(config)) as port, pytest.raises(SystemExit):
        main(["restore", made["backup"], "--nats", f"nats://127.0.0.1:{port}"])
    assert f"nats stream edit {BOUNDED} --max-bytes={RECEIPTS.max_bytes}\n" in capfd.readouterr().out


def test_nor_need_a_cluster_promise_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has another word for that."""
    made, plain = made_of_some(tmp_path, capfd), Member.configuration
    monkeypatch.setattr(Member, "configuration", lambda member: plain(member).replace("1TB", "500MB"))
    with cluster() as servers:
        asyncio.run(agreed(servers.urls))
        check_takes(made, servers.urls, capfd)


def test_a_restore_that_breaks_off_says_why_and_how_it_begins_anew(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not that streams are missing, which it was about to bring."""

    async def silent(*_: object) -> Msg:
        raise TimeoutError

    made = made_of_some(tmp_path, capfd)
    monkeypatch.setattr("dateline_kernel.snapshots._handed", silent)
    with scratch_folder() as folder, bare_server(folder) as port:
        said = said_by(capfd, 3, "restore", made["backup"], "--nats", f"nats://127.0.0.1:{port}")
    assert "restoring stream STORIES broke off" in said["error"]
    assert "--restart" in said["advice"]


def made_of_some(folder: Path, capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What is said of a backup that was made of a log with something in it."""

    async def prepared(server: EmbeddedServer) -> None:
        async with provisioned(server) as client:
            await write(client)

    with real_server() as server:
        asyncio.run(prepared(server))
        return said_by(capfd, 0, "backup", str(folder / "backups"), "--nats", server.url)


def check_takes(made: dict[str, Any], url: str, capfd: pytest.CaptureFixture[str]) -> None:
    """See that a server takes a backup whole, and says which bound it cannot promise."""
    said = said_by(capfd, 0, "restore", made["backup"], "--nats", url)
    assert (said["restored"], said["unbounded"]) == (True, [{"name": BOUNDED, "max_bytes": RECEIPTS.max_bytes}])
    assert said_by(capfd, 0, "verify", "--seal", made["seal"], "--nats", url)["whole"]


def test_a_server_of_an_older_release_is_refused() -> None:
    """Its snapshots may be ahead of themselves, and its consumers cannot be set back."""
    old = SimpleNamespace(_server_info={"version": "2.12.4"})
    with pytest.raises(Misconfigured, match=r"2\.12\.4 there: backups need 2\.15"):
        check_server(old)  # type: ignore[arg-type]
