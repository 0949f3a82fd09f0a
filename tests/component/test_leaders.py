"""A cluster in the seconds in which it has no leader, as commands and those that look how far outlets are see it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from cluster import READER, SERVERS, Cluster, Member, agreed, cluster, connected, spread
from exitcodes import ended
from stories import guid, received

from dateline_kernel.connection import connect, leave
from dateline_kernel.consumers import readers_of
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.logs import configure_logs
from dateline_kernel.provision import declare_consumers, provision
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.runtime import assemble
from dateline_kernel.settings import Keeping, ServiceSettings
from dateline_kernel.testing import PATIENCE, eventually, real_server, until
from dateline_kernel.watch import Watch
from dateline_schemas.events import StoryReceived
from dateline_schemas.flow import consumer_name, step
from dateline_schemas.subjects import BUCKETS, STORIES, STREAMS, TOPICS


@asynccontextmanager
async def kept_three_times(servers: Cluster) -> AsyncIterator[QuickClient]:
    """A connection to a cluster in which each server has all streams."""
    async with connected(servers.urls) as client:
        await provision(client, Keeping(replicas=SERVERS))
        await eventually(lambda: spread(client))
        yield client


def test_without_a_majority_commands_wait_and_say_so_and_go_on_when_it_is_back(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outlet whose place nobody can tell is not taken for one that has nothing to take."""
    with cluster() as servers:
        asyncio.run(_read_by_an_outlet(servers))
        last, *others = servers.members
        for member in others:
            member.kill()
        asyncio.run(_not_told(last.url))

        for command in ("kills", "status"):
            assert ended(command, "--wait", "1", "--nats", last.url) == 3
            assert "waiting up to 1 s for the cluster to choose a leader" in capfd.readouterr().err
        monkeypatch.setattr("dateline_operate.leaders.CHOOSING", 1.0)
        assert ended("kills", "--nats", last.url) == 3
        said = capfd.readouterr().err
        assert "waiting up to 1 s for the cluster to choose a leader" in said
        assert "has no JetStream" not in said

        monkeypatch.setattr("dateline_operate.leaders.CHOOSING", PATIENCE)
        back = threading.Timer(0.5, lambda: [member.start(PATIENCE) for member in others])
        back.start()
        # The streams' leaders may be there before those of their readers.
        until(lambda: ended("outlets", "ls", "--nats", last.url), lambda code: code == 0)
        back.join()
        shown = capfd.readouterr()
        assert "for the cluster to choose a leader" in shown.err
        assert "desk" in shown.out


async def _read_by_an_outlet(servers: Cluster) -> None:
    async with kept_three_times(servers) as client:
        await client.jetstream().pull_subscribe("topic.>", durable="desk", stream=TOPICS.name)


async def _not_told(url: str) -> None:
    client = await connect(url, "test")  # not ``connected``: that waits for a majority

    async def refused() -> bool:
        """Before, it may still tell what it knows, or stay silent: it has not noticed that it is alone."""
        try:
            await readers_of(client, TOPICS.name)
            return False
        except Unavailable as error:
            return "temporarily unavailable" in str(error)

    try:
        await eventually(refused)
    finally:
        await leave(client)


def test_a_look_while_a_leader_is_replaced_waits_for_the_next_one(capfd: pytest.CaptureFixture[str]) -> None:
    """`status` in that moment tells of the log, and not that nothing answers; and of the server that is gone."""
    with cluster() as servers:
        gone = asyncio.run(_leader_killed(servers))
        assert ended("status", "--json", "--nats", servers.urls) == 0
        [trouble] = json.loads(capfd.readouterr().out)["troubles"]
        assert trouble["what"] == f"nothing is heard of {gone.name}: the log stands on 2 of 3 servers"


def test_a_look_while_nobody_leads_the_cluster_itself_waits_for_who_will(capfd: pytest.CaptureFixture[str]) -> None:
    """Who leads the streams may be there all the time: consumers are listed by the server that leads the cluster."""
    with cluster() as servers:
        asyncio.run(_head_killed(servers))
        assert ended("status", "--nats", servers.urls) == 0
        assert "for the cluster to choose a leader" in capfd.readouterr().err


def test_the_state_is_told_and_a_backup_made_while_a_server_stands_still_on_which_somebody_reads_the_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nobody tells how far such a reader got, which goes by itself; how far services are is told by the others."""
    with cluster() as servers:
        with _read_on_one_that_stands_still(servers, STORIES.name) as others:
            until(lambda: ended("status", "--nats", others), lambda code: code == 0)
            said = capfd.readouterr().out
            until(lambda: ended("backup", str(tmp_path), "--nats", others), lambda code: code == 0)
        assert "attribution-received" in said
    [made] = tmp_path.glob("2*")
    with real_server() as server:
        assert ended("restore", str(made), "--replicas", "1", "--nats", server.url) == 0
        places = asyncio.run(_places(server.url))
    assert places["attribution-received"] == 1


async def _places(url: str) -> dict[str, int]:
    client = await connect(url, "test")
    try:
        return {one.name: one.taken_to for one in await readers_of(client, STORIES.name)}
    finally:
        await leave(client)


def test_a_backup_is_made_while_a_server_stands_still_on_which_an_outlet_reads_without_a_name(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It lacks how far outlets are, and says so: without it the whole day would be lost.

    Commands that look at outlets show the others, and then fail for the one of whom nobody tells.
    """
    with cluster() as servers:
        with _read_on_one_that_stands_still(servers, TOPICS.name) as others:
            until(
                lambda: (ended("outlets", "ls", "--nats", others), "desk" in capfd.readouterr().out), (3, True).__eq__
            )
            assert ended("kills", "--nats", others) == 3
            shown = capfd.readouterr()
            assert "the log has no kill" in shown.out
            assert "of stream TOPICS got is not told" in shown.err
            assert "read without a name" in shown.err
            until(lambda: ended("backup", str(tmp_path), "--nats", others), lambda code: code == 0)
        assert "TOPICS is taken without its consumers: " in capfd.readouterr().err
    [made] = tmp_path.glob("2*")
    with real_server() as server:
        assert ended("restore", str(made), "--replicas", "1", "--nats", server.url) == 0
        assert ended("verify", "--log-only", "--nats", server.url) == 0


@contextmanager
def _read_on_one_that_stands_still(servers: Cluster, stream: str) -> Iterator[str]:
    """The addresses of the others."""
    still = asyncio.run(_read_on_one(servers, stream))
    with still.paused():
        yield ",".join(one.url for one in servers.members if one is not still)


async def _read_on_one(servers: Cluster, stream: str) -> Member:
    """A server on which somebody reads a stream who has no name; an outlet reads that has one."""
    async with kept_three_times(servers) as client:
        await declare_consumers(client, step("attribution"), ServiceSettings())
        await Journal(client, "ingest").append([received(guid())])
        name = consumer_name("attribution", StoryReceived)
        [message] = await (await client.jetstream().pull_subscribe_bind(name, STORIES.name)).fetch(1)
        await message.ack_sync()
        await client.jetstream().pull_subscribe("topic.>", durable="desk", stream=TOPICS.name)
        found = await client.jetstream().add_consumer(stream, READER)
        assert found.cluster is not None
        return next(one for one in servers.members if found.cluster.leader == one.name)


async def _leader_killed(servers: Cluster) -> Member:
    async with kept_three_times(servers) as client:
        leader = await servers.leader(client, STORIES.name)
        leader.kill()
        return leader


def _began_to_lead(member: Member) -> str:
    """When it last began to lead the cluster, as it wrote into its log; empty if it never did."""
    said = member.last_words(1_000_000).splitlines()
    lines = [line for line in said if line.endswith("Self is new JetStream cluster metadata leader")]
    return lines[-1].partition("] ")[2] if lines else ""


async def _head_killed(servers: Cluster) -> None:
    """End the server that leads the cluster, once it leads no stream."""
    async with kept_three_times(servers) as client:
        head = max(servers.members, key=_began_to_lead)
        for name in (*(spec.name for spec in STREAMS), *(f"KV_{bucket.name}" for bucket in BUCKETS)):
            await servers.led_by_another(client, name, than=head)
        head.kill()


def test_nobody_waits_for_a_leader_where_there_is_no_jetstream_for_a_login(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster that has one says so at once."""
    plain = Member.configuration
    services = "DATELINE { jetstream: enabled, users: [ { user: all, password: all } ] }"
    accounts = f"{services}, DESK {{ users: [ {{ user: desk, password: desk }} ] }}"
    more = f"accounts {{ {accounts} }}\nno_auth_user: all\n"
    monkeypatch.setattr(Member, "configuration", lambda member: plain(member) + more)
    with cluster() as servers:
        asyncio.run(agreed(servers.urls))
        url = servers.members[0].url.replace("nats://", "nats://desk:desk@")
        assert ended("kills", "--nats", url) == 3
    said = capfd.readouterr().err
    assert "has no JetStream" in said
    assert "waiting" not in said


def test_a_server_whose_cluster_has_jetstream_without_it_says_that_the_others_may_be_away(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody listens to a question then, as where there is no JetStream at all."""
    plain = Member.configuration

    def configuration(member: Member) -> str:
        before, _, behind = plain(member).partition("jetstream {")
        return plain(member) if member.number else before + behind.partition("}\n")[2]

    monkeypatch.setattr(Member, "configuration", configuration)
    with cluster() as servers:
        desk, *others = servers.members
        asyncio.run(agreed(",".join(one.url for one in others)))
        for member in others:
            member.kill()
        assert ended("kills", "--nats", desk.url) == 3
    said = capfd.readouterr().err
    assert "has no JetStream" in said
    assert "those of its cluster that have it are away" in said


async def test_a_probe_of_a_cluster_at_rest_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its leader hears of the others once a second, which is longer than a probe has."""
    monkeypatch.setattr("dateline_kernel.agreement.AGAIN", PATIENCE)
    with cluster() as servers:
        async with kept_three_times(servers) as client:
            runtime = assemble("ingest", "test", ServiceSettings(), client, configure_logs("ingest", "error"))
            checks = await eventually(Watch(runtime, []).now, lambda seen: seen["nats"] == "ok", within=PATIENCE / 2)
    assert checks["log"] == "ok"
