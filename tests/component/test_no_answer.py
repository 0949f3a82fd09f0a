"""What commands say at three in the morning of servers that are not as they should be: what, where, and what to do."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from exitcodes import ended

from dateline_kernel.connection import connect, leave
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.testing import bare_server, provisioned, real_server, scratch_folder
from dateline_operate.main import main
from dateline_operate.outlets.login import login

LOOKS = (
    ("status",),
    ("story", "abc"),
    ("story", "--guid", "urn:x"),
    ("verify",),
    ("kills",),
    ("outlets", "ls"),
    ("quarantine", "ls"),
    ("quarantine", "show", "3"),
    ("tail", "--no-follow"),
    ("replay", "--service", "attribution", "--from", "1", "--dry-run"),
)


def said(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """A command's exit code, and the two lines that it ends with; the same as JSON is compared."""
    found = []
    for form in ((), ("--json",)):
        code = ended(*words, *form)
        shown = capfd.readouterr()
        found.append((code, (shown.err or shown.out).splitlines()))
    (code, lines), (same, spoken) = found
    assert code == same
    if words[0] == "status" and code == 1:  # its answer says what is wrong
        [wrong] = json.loads(spoken[-1])["troubles"]
        assert wrong["what"] in "\n".join(lines)
        return code, wrong["what"], wrong["do"]
    told = msgspec.json.decode(spoken[-1], type=dict[str, str | int])
    assert (f"dateline: {told['error']}", told["advice"]) == (lines[0], " ".join(line.strip() for line in lines[1:]))
    return code, lines[0], str(told["advice"])


@pytest.mark.parametrize("look", LOOKS, ids=" ".join)
def test_on_a_server_that_nothing_ran_on_every_look_says_so(
    look: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    """And makes no stream: a backup may have to be put there."""
    with scratch_folder() as folder, bare_server(folder) as port:
        code, what, advice = said(capfd, *look, "--nats", f"nats://127.0.0.1:{port}")
        assert code == (1 if look == ("status",) else 3)
        assert "STORIES" in what
        assert f"127.0.0.1:{port}" in what
        assert "docs/monitoring.md" in advice
        assert not list(folder.glob("jetstream/*/streams/*"))


@pytest.mark.parametrize("look", LOOKS, ids=" ".join)
def test_a_server_without_jetstream_is_told_from_one_that_is_away(
    look: tuple[str, ...], without_jetstream: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Or is not there for this login: it is another server, or badly configured."""
    code, what, advice = said(capfd, *look, "--nats", without_jetstream)
    assert code == 3
    where = without_jetstream.replace("desk:desk@", "")
    assert what.startswith(f"dateline: the NATS server at {where} has no JetStream: ")
    assert "configuration" in advice


def test_a_server_that_is_too_old_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    """By its own greeting, before anything is asked."""
    with greeting(b"2.10.4") as port, pytest.raises(SystemExit) as end:
        main(["status", "--nats", f"nats://127.0.0.1:{port}"])
    assert end.value.code == 2
    assert "is nats-server 2.10.4: Dateline needs 2.12 or newer" in capfd.readouterr().err


def test_an_address_of_something_else_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is asked of it."""
    code, what, _ = said(capfd, "verify", "--nats", "https://127.0.0.1:4222")
    assert (code, "is no address of a server: write it as nats://" in what) == (2, True)


def test_what_takes_connections_and_says_nothing_is_told_from_nothing(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as an HTTP port, or a machine that hangs."""
    monkeypatch.setattr("dateline_kernel.connection.SILENT", 1.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        code, what, advice = said(capfd, "kills", "--nats", f"nats://127.0.0.1:{silent.getsockname()[1]}")
    assert code == 3
    assert "says nothing" in what
    assert "no NATS server" in advice


def test_a_login_that_may_not_look_is_told_what_it_may_not(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """At once, with the server's own words."""
    config = tmp_path / "nats.conf"
    rights = 'permissions: { publish: ["$JS.API.INFO"], subscribe: ["_INBOX.>"] }'
    config.write_text(f"authorization {{ users: [ {{ user: desk, password: desk, {rights} }} ] }}", "utf-8")
    with scratch_folder() as folder, bare_server(folder, "-c", str(config)) as port:
        code, what, advice = said(capfd, "verify", "--nats", f"nats://desk:desk@127.0.0.1:{port}")
    assert code == 3
    assert "permissions violation" in what.lower()
    assert "desk:desk" not in what
    assert "login" in advice


def test_an_outlets_login_that_may_look_no_further_is_told_what_was_seen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """That its stream is gone, and not that nothing answers."""
    config = tmp_path / "nats.conf"
    services = 'DATELINE { jetstream: enabled, exports: [ { service: "$JS.API.>" }, { service: "$JS.ACK.>" } ] }'
    config.write_text(f"accounts {{\n{services}\n{login('desk', 'desk', 'topic.*.*.*.*.*')}\n}}", "utf-8")
    with scratch_folder() as folder, bare_server(folder, "-c", str(config)) as port:
        words = ("tail", "--no-follow", "--name", "desk", "--nats", f"nats://desk:desk@127.0.0.1:{port}")
        code, what, _ = said(capfd, *words)
    assert code == 3
    assert what == f"dateline: stream TOPICS is not there, at nats://127.0.0.1:{port}."


def test_a_half_provisioned_server_is_told_by_what_it_lacks(capfd: pytest.CaptureFixture[str]) -> None:
    """What can be seen is shown; whoever needs the missing stream says which it is."""
    with real_server() as server:
        asyncio.run(without_topics(server))
        for look in (("status",), ("kills",), ("outlets", "ls"), ("tail", "--no-follow")):
            code, what, advice = said(capfd, *look, "--nats", server.url)
            assert code == (1 if look == ("status",) else 3)
            assert what.removeprefix("dateline: ").startswith("stream TOPICS is not there, at ")
            assert "TOPICS is lost" in advice


async def without_topics(server: EmbeddedServer) -> None:
    """All streams but one."""
    async with provisioned(server):
        pass
    client = await connect(server.url, "test")
    await client.jetstream().delete_stream("TOPICS")
    await leave(client)


@pytest.fixture(scope="module")
def without_jetstream(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a login of an account that has none."""
    folder = tmp_path_factory.mktemp("without")
    config = folder / "nats.conf"
    config.write_text("accounts { DESK { users: [ { user: desk, password: desk } ] } }", "utf-8")
    with bare_server(folder, "-c", str(config)) as port:
        yield f"nats://desk:desk@127.0.0.1:{port}"


@contextmanager
def greeting(release: bytes) -> Iterator[int]:
    """The port of something that greets as a nats-server of a release does, once, and knows nothing else."""
    info = b'INFO {"server_id":"x","version":"%s","max_payload":1048576,"headers":true}\r\n' % release

    def serve(connection: socket.socket) -> None:
        with connection:
            connection.sendall(info)
            while heard := connection.recv(65_536):
                if b"PING" in heard:
                    connection.sendall(b"PONG\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: serve(server.accept()[0]), daemon=True).start()
        yield server.getsockname()[1]
