"""Connecting to servers that want a login or a certificate, that refuse, or that are not there."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import trustme
from nats.aio.msg import Msg

from dateline_kernel.connection import connect, leave, reachable
from dateline_kernel.direct import DirectReader
from dateline_kernel.embedded import server_binary
from dateline_kernel.errors import Misconfigured, Unavailable
from dateline_kernel.jetstreamapi import LOOK, StreamInfo, asked
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE, bare_server, eventually
from dateline_operate.main import main

PASSWORD = "opensesame"
Start = Callable[..., int]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts nats-servers with options of their own; gives the port."""
    with ExitStack() as running:

        def one(*options: str) -> int:
            return running.enter_context(bare_server(tmp_path, *options))

        yield one


async def test_what_a_login_may_not_ask_is_not_waited_for(start: Start, tmp_path: Path) -> None:
    """The server says that it may not, and answers nothing: whoever asked hears that at once."""
    rights = 'permissions: { publish: ["$JS.API.INFO"], subscribe: ["_INBOX.>"] }'
    (tmp_path / "nats.conf").write_text(f"authorization {{ users: [ {{ user: desk, password: desk, {rights} }} ] }}")
    client = await connect(f"nats://desk:desk@127.0.0.1:{start('-c', str(tmp_path / 'nats.conf'))}", "test")
    try:
        async with asyncio.timeout(PATIENCE / 2):
            with pytest.raises(Unavailable, match=r"(?i)permissions violation"):
                await asked(client, "STREAM.INFO.STORIES", StreamInfo, within=PATIENCE)
    finally:
        await leave(client)


async def test_each_of_many_that_may_not_be_asked_at_once_hears_that_at_once(start: Start, tmp_path: Path) -> None:
    """Not only the one of which the server said so last."""
    rights = 'permissions: { publish: ["$JS.API.INFO"], subscribe: ["_INBOX.>"] }'
    (tmp_path / "nats.conf").write_text(f"authorization {{ users: [ {{ user: desk, password: desk, {rights} }} ] }}")
    client = await connect(f"nats://desk:desk@127.0.0.1:{start('-c', str(tmp_path / 'nats.conf'))}", "test")
    subjects = [f"STREAM.INFO.MANY_{number}" for number in range(5)]
    try:
        async with asyncio.timeout(PATIENCE / 2):
            together = (asked(client, subject, StreamInfo, within=PATIENCE) for subject in subjects)
            told = await asyncio.gather(*together, return_exceptions=True)
    finally:
        await leave(client)
    assert all(isinstance(one, Unavailable) for one in told)
    assert all(f'"$js.api.{subject}"'.lower() in str(one).lower() for one, subject in zip(told, subjects, strict=True))


async def test_what_another_may_not_ask_ends_no_request(start: Start, tmp_path: Path) -> None:
    """Though the one subject begins as the other does, and the server says so while it is waited for."""
    rights = 'permissions: { publish: { deny: ["$JS.API.DESK.STORIES_OLD"] } }'
    (tmp_path / "nats.conf").write_text(f"authorization {{ users: [ {{ user: desk, password: desk, {rights} }} ] }}")
    client = await connect(f"nats://desk:desk@127.0.0.1:{start('-c', str(tmp_path / 'nats.conf'))}", "test")

    async def reply(message: Msg) -> None:
        with pytest.raises(Unavailable, match=r"(?i)permissions violation"):
            await asked(client, "DESK.STORIES_OLD", StreamInfo, within=PATIENCE)
        await asyncio.sleep(2 * LOOK)  # the other looks as often whether it is denied
        await message.respond(b"{}")

    try:
        await client.subscribe("$JS.API.DESK.STORIES", cb=reply)
        assert await asked(client, "DESK.STORIES", StreamInfo, within=PATIENCE) == StreamInfo()
        with pytest.raises(Unavailable) as gone:
            await asked(client, "DESK.OTHER", StreamInfo, within=LOOK)
        assert "violation" not in str(gone.value)
    finally:
        await leave(client)


@pytest.mark.parametrize("rights", ['publish: ["$JS.API.INFO"]', 'subscribe: ["desk.>"]'], ids=["asking", "hearing"])
async def test_what_was_denied_once_explains_nothing_after_the_right_was_given(
    start: Start, tmp_path: Path, rights: str
) -> None:
    """A request that merely gets no answer is not said to be denied. What may be heard counts from the next connection
    on: the server has dropped the subscription.
    """
    config = tmp_path / "nats.conf"
    config.write_text(f"authorization {{ users: [ {{ user: desk, password: desk, permissions: {{ {rights} }} }} ] }}")
    client = await connect(f"nats://desk:desk@127.0.0.1:{start('-c', str(config))}", "test")
    try:
        for _ in range(2):
            with pytest.raises(Unavailable, match=r"(?i)permissions violation"):
                await asked(client, "DESK.NOTES", StreamInfo, within=PATIENCE)
        config.write_text("authorization { users: [ { user: desk, password: desk } ] }")
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGHUP)
        await eventually(lambda: b"Reloaded server configuration" in (tmp_path / "said").read_bytes())
        if "subscribe" in rights:
            with pytest.raises(Unavailable, match=r"(?i)permissions violation"):
                await asked(client, "DESK.NOTES", StreamInfo, within=PATIENCE)
            await client._process_op_err(ConnectionResetError())  # as when the network breaks it
            await eventually(lambda: client.is_connected)
        hearing = await client.subscribe("$JS.API.DESK.NOTES")
        with pytest.raises(Unavailable) as gone:
            await asked(client, "DESK.NOTES", StreamInfo, within=LOOK)
        assert "violation" not in str(gone.value)
        assert (await hearing.next_msg(PATIENCE)).data
    finally:
        await leave(client)


def test_a_login_that_may_not_hear_any_answer_is_told_so_at_once(
    start: Start, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also by a command that begins with a question which it can do without: what may not be heard it hears of once."""
    rights = 'permissions: { subscribe: ["desk.>"] }'
    (tmp_path / "nats.conf").write_text(f"authorization {{ users: [ {{ user: desk, password: desk, {rights} }} ] }}")
    url = f"nats://desk:desk@127.0.0.1:{start('-c', str(tmp_path / 'nats.conf'))}"
    for words in (("verify",), ("backup", str(tmp_path / "backups"))):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--nats", url])
        assert ended.value.code == 3
        assert "this login may not do that" in capfd.readouterr().err


async def test_a_stream_that_may_not_be_read_says_so(start: Start, tmp_path: Path) -> None:
    """Not that its server was silent."""
    rights = 'permissions: { publish: { deny: ["$JS.API.DIRECT.GET.DESK"] } }'
    (tmp_path / "nats.conf").write_text(f"authorization {{ users: [ {{ user: desk, password: desk, {rights} }} ] }}")
    client = await connect(f"nats://desk:desk@127.0.0.1:{start('-c', str(tmp_path / 'nats.conf'))}", "test")
    try:
        with pytest.raises(Unavailable, match=r"(?i)stream DESK: .*permissions violation"):
            await DirectReader(client).get("DESK", seq=1)
    finally:
        await leave(client)


async def test_a_login_stands_in_the_url(start: Start) -> None:
    """User and password, as NATS has them."""
    port = start("--user", "desk", "--pass", PASSWORD)
    client = await connect(f"nats://desk:{PASSWORD}@127.0.0.1:{port}", "test", PATIENCE)
    assert client.is_connected
    await client.close()


@pytest.mark.parametrize("login", ["", "desk:wrong@", "token@"])
async def test_a_server_that_refuses_the_login_is_not_said_to_be_missing(start: Start, login: str) -> None:
    """It is said at once what is wrong and how a login is written; the wrong password is not repeated."""
    port = start("--user", "desk", "--pass", PASSWORD)
    with pytest.raises(Misconfigured, match=rf"nats://127.0.0.1:{port} does not take this login") as refused:
        await reachable(f"nats://{login}127.0.0.1:{port}", PATIENCE)
    assert "wrong" not in str(refused.value)


async def test_a_certificate_counts_if_its_authority_is_named(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSL_CERT_FILE names it, as for every program that uses OpenSSL, where DATELINE_NATS_CA does not."""
    authority, certificate, key = trustme.CA(), tmp_path / "certificate.pem", tmp_path / "key.pem"
    issued = authority.issue_cert("127.0.0.1")
    certificate.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    key.write_bytes(issued.private_key_pem.bytes())
    port = start("--tls", "--tlscert", str(certificate), "--tlskey", str(key))
    with pytest.raises(Misconfigured, match="not trusted here"):
        await reachable(f"tls://127.0.0.1:{port}", PATIENCE)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    await reachable(f"tls://127.0.0.1:{port}", PATIENCE)


async def test_one_server_of_a_cluster_is_enough(start: Start) -> None:
    """The setting names several, with commas; one that is down does not matter."""
    await reachable(f"nats://127.0.0.1:9, nats://127.0.0.1:{start()}", PATIENCE)


async def test_a_lost_connection_is_closed_though_something_was_not_sent(start: Start, tmp_path: Path) -> None:
    """Python 3.12 and later do not take what nats-py writes to a connection that is closed."""
    client = await connect(f"nats://127.0.0.1:{start()}", "test", PATIENCE)
    os.kill(int((tmp_path / "pid").read_text("utf-8")), signal.SIGKILL)
    await eventually(lambda: client.is_reconnecting)
    await client.publish("story.a", b"never sent")
    await client.close()
    assert client.is_closed


async def test_a_server_that_is_there_and_busy_is_waited_for(start: Start, tmp_path: Path) -> None:
    """Longer than one that is not there, for which a command waits a moment."""
    port = start()
    pid = int((tmp_path / "pid").read_text("utf-8"))
    os.kill(pid, signal.SIGSTOP)
    try:
        waiting = asyncio.create_task(reachable(f"nats://127.0.0.1:{port}", 0.0))
        done, _ = await asyncio.wait([waiting], timeout=1.5)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert not done
    await waiting


async def test_why_there_is_no_server_is_said() -> None:
    """The last reason of the network, and what to do; no login."""
    with pytest.raises(Unavailable, match=r"no NATS server at nats://127.0.0.1:9 .*Connect call failed.*dateline up"):
        await reachable("nats://desk:secret@127.0.0.1:9", 0.5)


@pytest.mark.parametrize("url", ["nats://127.0.0.1:99999", "x:y:z"])
async def test_what_is_no_address_is_a_wrong_setting(url: str) -> None:
    """Waiting for it would help nobody."""
    with pytest.raises(Misconfigured, match="is no address of a server"):
        await reachable(url, PATIENCE)


async def test_a_service_ends_when_the_server_has_thrown_it_out(start: Start, tmp_path: Path) -> None:
    """nats-py never comes back from a refusal, so only a new start can help; a supervisor sees the end."""
    config = tmp_path / "nats.conf"
    config.write_text("authorization { token: old }", "utf-8")
    port = start("-c", str(config))
    settings = ServiceSettings(nats_url=f"nats://old@127.0.0.1:{port}")
    async with Service("attribution", settings).running() as running:
        config.write_text("authorization { token: new }", "utf-8")
        pid = (tmp_path / "pid").read_text("utf-8")
        subprocess.run([server_binary(), "--signal", f"reload={pid}"], check=True, capture_output=True)

        async def ended() -> bool:
            return running.watching.done()

        assert await eventually(ended)
        assert "uthorization" in str(running.runtime.client.last_error)
