"""The page for outlets is true: its reader and its permissions, word by word, on a real server."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from textwrap import indent
from typing import Any

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NoAnswer
from nats.js.api import ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError
from stories import feed, guid

from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.connection import connect
from dateline_kernel.ending import ended
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.provision import provision
from dateline_kernel.testing import PATIENCE, bare_server, eventually, provisioned, real_server, until
from dateline_operate.console.failure import Failure
from dateline_operate.link import connected_to
from dateline_operate.outlets.login import login
from dateline_operate.watching.following import Follower, Start
from dateline_operate.watching.wanted import wanted
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import Event, StoryReleased, StoryWithdrawn
from dateline_schemas.identity import story_id

PAGE = (Path(__file__).resolve().parents[2] / "docs/outlets.md").read_text("utf-8")
FILTER = "topic.*.*.en.AFP.>"
OUTLET = "harbour-news"


def block(kind: str) -> str:
    """The page's block of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.S | re.M)[0]


@pytest.fixture
def reader() -> dict[str, Any]:
    """What the page's program defines."""
    names: dict[str, Any] = {}
    exec(compile(block("python"), "docs/outlets.md", "exec"), names)
    return names


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Of a server with the page's logins."""
    folder = tmp_path_factory.mktemp("outlet")
    config = folder / "nats.conf"
    config.write_text(block("conf"), "utf-8")
    with bare_server(folder, "-c", str(config)) as one:
        yield one


def url(port: int, user: str = OUTLET, password: str = "for-the-outlet") -> str:
    """The server's address with a login."""
    return f"nats://{user}:{password}@127.0.0.1:{port}"


async def said(client: Client, name: str, kind: type[Event]) -> Event:
    """Wait until publish said this of a story."""

    async def look() -> list[Event]:
        events = [one.event for one in await Journal(client, "publish").load(story_id("test", name))]
        return [event for event in events if isinstance(event, kind)]

    return (await eventually(look))[0]


@asynccontextmanager
async def publishing(port: int) -> AsyncIterator[Client]:
    """Publish at work, and a connection that may say everything."""
    inside = url(port, "dateline", "for-the-services")
    client = await connect(inside, "test")
    await provision(client)
    async with build(PublishSettings(nats_url=inside)).running():
        yield client
    await client.close()


async def acknowledged(client: Client) -> bool:
    """Whether the outlet has acknowledged all that there is, on every topic."""
    state = await client.jetstream().consumer_info("TOPICS", OUTLET)
    return state.num_pending == state.num_ack_pending == 0


class Desk:
    """What was handed over."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, str]] = []

    async def take(self, kind: str, headers: dict[str, str], story: dict[str, Any]) -> None:
        """Note kind, number and status."""
        self.got.append((kind, headers["Dateline-Number"], story["pubStatus"]))

    async def has(self, *wanted: tuple[str, str, str]) -> None:
        """Wait for that many, and compare."""

        await eventually(lambda: self.got, lambda got: len(got) >= len(wanted))
        assert self.got == list(wanted)


def test_the_pages_login_is_what_the_command_writes() -> None:
    """For AFP's copy in English, but for the password."""
    asked = wanted("", "", "english", "afp")
    assert (asked.subject, asked.doubts) == ("topic.*.*.en.AFP.*", ())
    entry = login(OUTLET, "for-the-outlet", asked.subject)
    assert indent(entry, "  ") in block("conf")


@pytest.mark.parametrize("name", ["", "harbour news", "harbour.news", "harbour>", '"', "-x", "ä", "x" * 65])
def test_a_name_that_would_mean_something_else_to_the_server_gets_no_login(name: str) -> None:
    """It stands in subjects and in the configuration."""
    with pytest.raises(Failure, match="no name for a reader"):
        login(name, "p", FILTER)


async def test_release_update_and_kill_are_handed_over_once_and_in_order(port: int, reader: dict[str, Any]) -> None:
    """Whatever the number of topics; and who was away goes on where it was."""
    name, desk = guid(), Desk()
    async with publishing(port) as client:
        following = asyncio.create_task(reader["follow"](url(port), OUTLET, FILTER, desk.take))
        await feed(client, name, 1)
        await desk.has(("released", "1", "usable"))
        await feed(client, name, 2)
        await desk.has(("released", "1", "usable"), ("released", "2", "usable"))
        await eventually(lambda: acknowledged(client))
        await ended(following)
        await feed(client, name, 3, pubstatus="canceled")
        await said(client, name, StoryWithdrawn)
        back = Desk()
        following = asyncio.create_task(reader["follow"](url(port), OUTLET, FILTER, back.take))
        await back.has(("withdrawn", "3", "canceled"))
        await ended(following)


async def test_a_reader_that_asks_for_more_than_its_login_allows_ends(
    port: int, reader: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    """With a time-out, as nobody answers; a line says what was refused."""
    async with publishing(port):
        with pytest.raises(NoAnswer):
            await reader["follow"](url(port), "morning-post", FILTER, Desk().take)
    assert "ermissions violation" in capfd.readouterr().err.lower()


async def test_a_reader_whose_server_restarts_says_lines_and_no_traceback(
    reader: dict[str, Any], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """And has what comes then."""
    with real_server() as server:
        async with provisioned(server) as client:
            desk, (before, behind) = Desk(), (guid(), guid())
            async with build(PublishSettings(nats_url=server.url)).running():
                following = asyncio.create_task(reader["follow"](server.url, "desk", "topic.>", desk.take))
                await feed(client, before, 1)
                await desk.has(("released", "1", "usable"))
                server.kill()
                await eventually(lambda: not client.is_connected)
                server.start(PATIENCE)
                await eventually(lambda: client.is_connected)
                await feed(client, behind, 1)
                await desk.has(("released", "1", "usable"), ("released", "1", "usable"))
                await ended(following)
    said = capfd.readouterr().err
    assert "NATS: " in said
    assert "Traceback" not in said
    assert [one for one in caplog.records if one.name.startswith("nats") and one.exc_info] == []


async def test_a_reader_to_whom_nothing_comes_for_long_is_still_there(port: int) -> None:
    """A night without news: each time that nothing came it asks again, and takes what comes then."""
    names: dict[str, Any] = {}
    hasty, quick = re.subn(r"timeout=\d+", "timeout=0.1", block("python"))
    assert quick == 1
    exec(compile(hasty, "docs/outlets.md", "exec"), names)
    desk, asked = Desk(), []
    async with publishing(port) as client:

        async def note(request: Msg) -> None:
            asked.append(request)

        await client.subscribe(f"$JS.API.CONSUMER.MSG.NEXT.TOPICS.{OUTLET}", cb=note)
        following = asyncio.create_task(names["follow"](url(port), OUTLET, FILTER, desk.take))
        await eventually(lambda: following.done() or len(asked) > 100)
        assert not following.done()
        before = len(desk.got)
        await feed(client, guid(), 1)
        await eventually(lambda: len(desk.got) > before)
        await ended(following)


def large(stories: int) -> list[Message]:
    """Releases of so many stories, of 900 kB each."""
    return [
        Message(
            f"topic.none.none.en.AFP.{'s' * 20}{nth:06}",
            b'{"pubStatus":"usable","x":"%s"}' % (b"x" * 900_000),
            {"Dateline-Kind": "released", "Dateline-Story": f"{nth:06}", "Dateline-Number": "1"},
        )
        for nth in range(stories)
    ]


async def test_a_busy_reader_of_large_stories_is_not_cut_off(tmp_path: Path, reader: dict[str, Any]) -> None:
    """No more is asked for at once than the server lets wait for it: each comes once, on one connection."""
    (tmp_path / "conf").write_text("max_payload: 1MB\nmax_pending: 40MB\n", "utf-8")
    got: list[str] = []

    async def take(kind: str, headers: dict[str, str], story: dict[str, Any]) -> None:
        time.sleep(0.01)  # as one who writes into a database and does not look at the socket meanwhile
        got.append(headers["Dateline-Story"])

    with bare_server(tmp_path, "-c", str(tmp_path / "conf")) as one:
        plain = f"nats://127.0.0.1:{one}"
        client = await connect(plain, "test")
        await provision(client)
        post = GroupCommit(client)
        for message in large(90):
            await post.commit([message])
        following = asyncio.create_task(reader["follow"](plain, OUTLET, "topic.>", take))
        await eventually(lambda: len(got) >= 90 or following.done())
        await ended(following)
        await client.close()
    assert got == [f"{nth:06}" for nth in range(90)]
    assert "Slow Consumer" not in (tmp_path / "said").read_text("utf-8", "replace")


async def tailed(port: int, subject: str) -> list[str]:
    """Kinds of what `dateline tail --name` reads with the page's login, up to the end."""
    async with connected_to(url(port), reader=OUTLET) as outlet:
        kinds = []
        async for message in Follower(outlet, "TOPICS", subject, Start(), OUTLET).messages(forever=False):
            kinds.append((message.headers or {})["Dateline-Kind"])
            await message.ack()
        await outlet.flush()
    return kinds


async def test_tail_reads_with_the_same_login(port: int) -> None:
    """And says what the login may not do, instead of waiting for an answer in silence."""
    subject = wanted("", "", "en", "AFP").subject
    async with publishing(port) as client:
        with suppress(NotFoundError):
            await client.jetstream().delete_consumer("TOPICS", OUTLET)
        name = guid()
        await feed(client, name, 1)
        await said(client, name, StoryReleased)
        await feed(client, name, 2, pubstatus="canceled")
        await said(client, name, StoryWithdrawn)
        await eventually(lambda: tailed(port, subject), lambda kinds: kinds[-1:] == ["withdrawn"])
        await client.jetstream().delete_consumer("TOPICS", OUTLET)
        with pytest.raises(Unavailable, match=r"(?i)permissions violation.*fr\.AFP"):
            await tailed(port, "topic.*.*.fr.AFP.*")


async def test_a_reader_with_a_backlog_can_ask_whether_a_story_still_stands(port: int, reader: dict[str, Any]) -> None:
    """The newest message of its subject says so."""
    name = guid()
    async with publishing(port) as client:
        await feed(client, name, 1)
        released = await said(client, name, StoryReleased)
        assert isinstance(released, StoryReleased)
        outlet = await nats.connect(url(port), inbox_prefix=f"_INBOX_{OUTLET}".encode())
        stream = outlet.jetstream()
        stands = reader["still_stands"]

        subject = released.subjects[0]
        # The server does not know it while it is said and not yet on its topics.
        await eventually(lambda: stands(stream, subject, 1), lambda answer: answer is True)
        await feed(client, name, 2, pubstatus="canceled")
        await eventually(lambda: stands(stream, subject, 1), lambda answer: answer is False)
        await outlet.close()


async def test_an_outlet_may_read_what_was_agreed_and_nothing_else(port: int) -> None:
    """Neither other copy, nor the log, nor what others are answered, nor may it say anything."""
    refused: list[str] = []

    async def note(error: Exception) -> None:
        refused.append(str(error).lower())

    async with publishing(port):
        outlet = await nats.connect(url(port), inbox_prefix=f"_INBOX_{OUTLET}".encode(), error_cb=note)
        stream = outlet.jetstream(timeout=0.5)
        for wanted, name in (("topic.>", OUTLET), ("topic.*.*.fr.AFP.>", OUTLET), (FILTER, "somebody-else")):
            with pytest.raises(NoAnswer):
                await stream.add_consumer("TOPICS", ConsumerConfig(name=name, durable_name=name, filter_subject=wanted))
        with pytest.raises(NoAnswer):
            await stream.get_last_msg("STORIES", f"story.{story_id('test', 'x')}.>", direct=True)
        await outlet.subscribe("_INBOX.>")
        await outlet.publish("topic.none.none.en.AFP.forged", b"{}")
        await outlet.flush()

        await eventually(lambda: refused, lambda said: len(said) >= 6)
        assert all("permissions violation" in one for one in refused)
        await outlet.close()


@pytest.mark.parametrize("asked", ["CONSUMER.MSG.NEXT", "CONSUMER.INFO"])
@pytest.mark.parametrize(
    "inbox",
    ["story.x.received.1", "$KV.FEEDS.x", "topic.none.none.en.AFP.x", "$JS.API.STREAM.DELETE.STORIES"],
    ids=["log", "feeds", "topics", "delete"],
)
async def test_an_answer_goes_nowhere_but_to_who_asked(port: int, asked: str, inbox: str) -> None:
    """The server lets every login name any subject as its inbox, and answers with rights of its own."""
    async with publishing(port) as client:
        outlet = await nats.connect(url(port), inbox_prefix=f"_INBOX_{OUTLET}".encode())
        stream = outlet.jetstream()
        with suppress(NotFoundError):
            await client.jetstream().delete_consumer("TOPICS", OUTLET)
        new = ConsumerConfig(OUTLET, OUTLET, filter_subject=FILTER, deliver_policy=DeliverPolicy.NEW)
        await stream.add_consumer("TOPICS", new)
        names = ("STORIES", "TOPICS", "KV_FEEDS")
        before = [(await client.jetstream().stream_info(name)).state.last_seq for name in names]
        await outlet.publish(f"$JS.API.{asked}.TOPICS.{OUTLET}", b'{"batch":1,"no_wait":true}', reply=inbox)
        await stream.consumer_info("TOPICS", OUTLET)  # answered behind it
        assert [(await client.jetstream().stream_info(name)).state.last_seq for name in names] == before
        await outlet.close()


async def test_an_outlet_that_was_added_reads_when_the_server_has_reloaded_twice(tmp_path: Path) -> None:
    """Nobody has to be disconnected for it. After one reload its account has nobody who answers."""
    config, said = tmp_path / "nats.conf", tmp_path / "said"
    services, _ = block("conf").split(f"  {OUTLET} {{")
    config.write_text(services + "}\n", "utf-8")
    with bare_server(tmp_path, "-c", str(config)) as port:
        client = await connect(url(port, "dateline", "for-the-services"), "test")
        await provision(client)
        config.write_text(block("conf"), "utf-8")
        for times in (1, 2):
            os.kill(int((tmp_path / "pid").read_text()), signal.SIGHUP)
            until(lambda times=times: said.read_text("utf-8").count("Reloaded server configuration") == times)
        assert client.is_connected
        assert await tailed(port, "topic.*.*.en.AFP.*") == []
        await client.close()


async def test_a_log_of_before_there_were_accounts_moves_with_its_folder(tmp_path: Path) -> None:
    """All that was said is there, and how far outlets had read; without that the services begin an empty log."""
    config = tmp_path / "nats.conf"
    config.write_text(block("conf"), "utf-8")
    with bare_server(tmp_path) as port:
        client = await connect(f"nats://127.0.0.1:{port}", "test")
        await provision(client)
        stream = client.jetstream()
        await GroupCommit(client).commit([_posted(1), _posted(2)], ["x"])
        outlet = await stream.pull_subscribe(FILTER, durable=OUTLET, stream="TOPICS")
        await (await outlet.fetch(1))[0].ack_sync()
        await client.close()
    (tmp_path / "jetstream/$G").rename(tmp_path / "jetstream/DATELINE")
    with bare_server(tmp_path, "-c", str(config)) as port:
        client = await nats.connect(url(port), inbox_prefix=f"_INBOX_{OUTLET}".encode())
        outlet = await client.jetstream().pull_subscribe_bind(OUTLET, "TOPICS")
        assert [message.data for message in await outlet.fetch(2, timeout=PATIENCE)] == [b"2"]
        await client.close()


async def test_a_request_may_wait_for_as_long_as_the_page_says_and_with_heartbeats_longer(tmp_path: Path) -> None:
    """The server forgets where an answer goes that takes longer than the account's export says, or two minutes."""
    config, page = tmp_path / "nats.conf", block("conf")
    assert 'response_threshold: "10m"' in page and "longer than ten minutes" in PAGE
    config.write_text(page.replace("10m", "1s"), "utf-8")
    with bare_server(tmp_path, "-c", str(config)) as port:
        client = await connect(url(port, "dateline", "for-the-services"), "test")
        await provision(client)
        outlet = await nats.connect(url(port), inbox_prefix=f"_INBOX_{OUTLET}".encode())
        await outlet.jetstream().pull_subscribe(FILTER, durable=OUTLET, stream="TOPICS")
        request = b'{"batch":1,"expires":60000000000%s}'
        beats = b',"idle_heartbeat":500000000'
        [patient, silent] = [await outlet.subscribe(outlet.new_inbox()) for _ in range(2)]
        for sub, more in ((patient, beats), (silent, b"")):
            await outlet.publish(f"$JS.API.CONSUMER.MSG.NEXT.TOPICS.{OUTLET}", request % more, reply=sub.subject)
        for _ in range(5):
            assert ((await patient.next_msg(5)).headers or {})["Description"] == "Idle Heartbeat"
        await GroupCommit(client).commit([_posted(1), _posted(2)])
        assert (await patient.next_msg(5)).data in (b"1", b"2")
        await eventually(lambda: client.jetstream().consumer_info("TOPICS", OUTLET), lambda seen: not seen.num_pending)
        assert not silent.pending_msgs
        await client.close()
        await outlet.close()


def _posted(nth: int) -> Message:
    return Message(f"topic.none.none.en.AFP.story{nth}", b"%d" % nth, {})
