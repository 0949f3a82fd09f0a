"""A log whose end is gone, as a server leaves it that finds damage when it starts without its index: it looks whole."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from cluster import caught_up, cluster, connected, provisioned_on_all
from desk import damage, fed, opened, publishing
from exitcodes import ended
from stories import guid

from dateline_kernel.connection import connect, leave
from dateline_kernel.direct import DirectReader
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.provision import provision
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import bare_server, eventually, provisioned, real_server
from dateline_operate.health.sealed import LostEnd, lost_end, remembered
from dateline_operate.health.unlogged import NEWEST, TOGETHER, newest_unlogged, unlogged
from dateline_operate.up.stack import Plan, Stack
from dateline_schemas.headers import NUMBER
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import STORIES, TOPICS

SOON = 30.0
"""Seconds: it took minutes where each story was read with a consumer."""


def test_what_the_last_backup_had_and_the_log_has_lost_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """By verify, by status, by up as it starts, and by the next backup, which takes no older one's place until somebody
    says so.
    """
    with real_server() as server:
        asyncio.run(fed(server))
        assert ended("backup", str(tmp_path), "--nats", server.url) == 0
        [good] = tmp_path.glob("2*")
        assert ended("verify", "--log-only", "--nats", server.url) == 0
        damage(server, STORIES, "story.", forgets=True)
        capfd.readouterr()

        sealed = json.loads((good / "backup.json").read_bytes())["seal"]
        for look in ((), ("--behind", sealed)):
            assert ended("verify", "--log-only", "--json", *look, "--nats", server.url) == 1
            [fault] = json.loads(capfd.readouterr().out)["faults"]
            said = f"the log ends at 0, and was sealed at 3 (seal {sealed[:10]})"
            assert (fault["kind"], fault["said"]) == ("missing", said)

        assert ended("status", "--json", "--nats", server.url) == 1
        told = [one["what"] for one in json.loads(capfd.readouterr().out)["troubles"] if one["urgent"]]
        assert told == ["the log ends at 0, and was sealed at 3: its end is lost"]
        assert asyncio.run(_lost_at_start(tmp_path, server.url)) == LostEnd(0, 3)

        assert ended("backup", str(tmp_path), "--keep", "1", "--nats", server.url) == 1
        assert good.exists()
        assert ended("backup", str(tmp_path), "--keep", "1", "--anew", "--nats", server.url) == 0
        assert not good.exists()
        assert ended("verify", "--log-only", "--nats", server.url) == 0


async def _lost_at_start(data: Path, url: str) -> LostEnd | None:
    stack = Stack(Plan(data=data, nats_url=url, services=()))
    await stack.start()
    await stack.stop()
    return stack.lost


def test_with_a_login_that_may_not_ask_a_backup_is_made_and_says_that_nothing_was_compared(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """As with one that was made before there was something to ask."""
    rights = 'publish: { deny: ["$JS.API.DIRECT.GET.KV_UPKEEP"] }'
    old = f"{{ user: old, password: old, permissions: {{ {rights} }} }}"
    config = tmp_path / "nats.conf"
    config.write_text(f"authorization {{ users: [ {{ user: all, password: all }}, {old} ] }}", "utf-8")
    with bare_server(tmp_path, "-c", str(config)) as port:
        url = f"nats://all:all@127.0.0.1:{port}"
        asyncio.run(_declared(url))
        into = str(tmp_path / "backups")
        for _ in range(2):
            assert ended("backup", into, "--json", "--nats", f"nats://old:old@127.0.0.1:{port}") == 0
            told = capfd.readouterr()
            assert json.loads(told.out)["whole"]
            assert "the log is not compared with the last backup: no answer from stream KV_UPKEEP: " in told.err
            assert "permissions violation" in told.err.lower()


async def _declared(url: str) -> None:
    client = await connect(url, "test")
    await provision(client)
    await leave(client)


def test_a_log_that_is_restored_to_where_it_was_has_lost_nothing_more(tmp_path: Path) -> None:
    """Of three backups the second is put back: what its server remembers is the first. Nor has one that has grown."""
    with real_server() as server:
        asyncio.run(fed(server))
        assert ended("backup", str(tmp_path / "1"), "--nats", server.url) == 0
        for nth in ("2", "3"):
            asyncio.run(fed(server))
            assert ended("verify", "--log-only", "--nats", server.url) == 0
            assert ended("backup", str(tmp_path / nth), "--nats", server.url) == 0
    [second] = (tmp_path / "2").glob("2*")
    with real_server() as other:
        assert ended("restore", str(second), "--nats", other.url) == 0
        for look in (("verify", "--log-only"), ("status",)):
            assert ended(*look, "--nats", other.url) == 0
            assert ended("backup", str(tmp_path / look[0]), "--nats", other.url) == 0


def test_a_look_at_a_log_that_grew_meanwhile_is_no_alarm(tmp_path: Path) -> None:
    """A backup may end between the look at the streams and the question for its seal."""

    async def asked(seen: int) -> LostEnd | None:
        async with provisioned(server) as client:
            return await lost_end(client, (await remembered(client)).seal, seen)

    with real_server() as server:
        asyncio.run(fed(server))
        assert ended("backup", str(tmp_path), "--nats", server.url) == 0
        assert asyncio.run(asked(0)) is None
        damage(server, STORIES, "story.", forgets=True)
        assert asyncio.run(asked(0)) == LostEnd(0, 3)


def test_what_outlets_have_and_the_log_has_lost_is_told_without_any_backup(capfd: pytest.CaptureFixture[str]) -> None:
    """By status, and by verify also when the log has grown since: whatever stands on TOPICS was in the log before."""
    with real_server() as server:
        lost = asyncio.run(_told(server, guid()))
        for look in ("verify", "status"):
            assert ended(look, "--nats", server.url) == 0
        damage(server, STORIES, "story.", forgets=True)
        capfd.readouterr()
        said = f"outlets have what the log does not, of 1 story (announcement 1 of {lost}): that is lost"

        assert ended("status", "--json", "--nats", server.url) == 1
        assert [one["what"] for one in json.loads(capfd.readouterr().out)["troubles"] if one["urgent"]] == [said]

        asyncio.run(_told(server, guid()))
        assert ended("verify", "--json", "--nats", server.url) == 1
        [fault] = json.loads(capfd.readouterr().out.splitlines()[-1])["faults"]
        said = "outlets have announcement 1, and the log does not"
        assert (fault["kind"], fault["said"], fault["story_id"]) == ("missing", said, lost)


async def _told(server: EmbeddedServer, name: str) -> str:
    """A story that went out, whose original is kept: its id."""
    async with opened(server) as desk, publishing(desk):
        await desk.out(name)
    return story_id("test", name)


async def test_the_newest_of_what_outlets_have_is_looked_at_however_large_stories_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One answer of the server has no room for them all then; what a log has lost is told of the newest first."""
    monkeypatch.setattr(QuickClient, "room", 4_096)
    with real_server() as server:
        async with provisioned(server) as client:
            for story in (names := [f"told-{number}" for number in range(NEWEST)]):
                headers = {"Dateline-Story": story, NUMBER: "1"}
                await client.jetstream().publish(f"topic.harbour.{story}", b"x" * 1_000, headers=headers)
            assert [one.story_id for one in await newest_unlogged(client, NEWEST)] == names


async def test_a_story_whose_announcements_lie_far_apart_is_told_once() -> None:
    """Also where so many others were announced in between that the log is asked again."""
    with real_server() as server:
        async with provisioned(server) as client:
            stories = ["told-0", *(f"told-{number}" for number in range(1, TOGETHER + 1)), "told-0"]
            for at, story in enumerate(stories, 1):
                headers = {"Dateline-Story": story, NUMBER: str(at)}
                await client.jetstream().publish(f"topic.harbour.{story}", b"", headers=headers)
            found = await unlogged(client, DirectReader(client).every(TOPICS.name, "topic.>"))
            assert [one.number for one in found if one.story_id == "told-0"] == [len(stories)]


async def test_what_a_cluster_has_lost_is_told_while_a_server_of_it_stands_still() -> None:
    """Who leads the log tells it, story by story: no consumer is made, which may come to stand on that server."""
    with cluster() as servers:
        async with connected(servers.urls) as client:
            await provisioned_on_all(client)
            leader, keeper, still = await servers.parts(client)
            names = [guid() for _ in range(60)]
            for name in names:
                await client.jetstream().publish("topic.harbour", b"", headers={"Dateline-Story": name, NUMBER: "1"})
            await eventually(lambda: caught_up(client))
        async with connected(f"{leader.url},{keeper.url}") as client:
            with still.paused():
                async with asyncio.timeout(SOON):
                    found = await newest_unlogged(client, len(names))
        assert [one.story_id for one in found] == names
