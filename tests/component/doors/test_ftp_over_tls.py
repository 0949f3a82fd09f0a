"""FTP over TLS on the loop that ingest runs on, against servers that end a TLS connection as many do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from threading import Thread

import pytest
import trustme
from stage import of

from dateline_ingest.doors import ftp
from dateline_ingest.doors.filework import FileFault
from dateline_ingest.doors.source import Found
from dateline_kernel.loop import run_loop
from dateline_kernel.testing import PATIENCE
from dateline_schemas.feeds import Feed

STORY = b"The harbour was closed on Monday.\n" * 30_000
"""A megabyte: more than any stream holds at a time."""
FILES = 6_000


class Abrupt:
    """Speaks FTP with TLS from the first byte, and closes each data connection without saying so (close_notify)."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._answering = ThreadPoolExecutor(1)
        self._data: Future[socket.socket] = Future()

    def run(self) -> None:
        """One session, until the client leaves."""
        with self._answering, closing(self._listener), suppress(OSError):
            accepted, _ = self._listener.accept()
            accepted.settimeout(PATIENCE)
            with self._context.wrap_socket(accepted, server_side=True) as control:
                control.sendall(b"220 here\r\n")
                for line in control.makefile("rb"):
                    control.sendall(self._answer(control, *line.decode().split(maxsplit=1)))

    def _answer(self, control: ssl.SSLSocket, command: str, name: str = "") -> bytes:
        if command == "EPSV":
            listener = socket.create_server(("127.0.0.1", 0))
            self._data = self._answering.submit(self._accept, listener)  # before any command is sent for it
            return b"229 here (|||%d|)\r\n" % listener.getsockname()[1]
        if command == "RETR" and name.strip() == "gone.txt":
            control.sendall(b"550 no such file\r\n")
            with suppress(OSError):
                self._data.result(PATIENCE).close()
            return b""
        if command in ("MLSD", "RETR"):
            control.sendall(b"150 comes\r\n")
            self._send(STORY if command == "RETR" else b"".join(_lines()))
            return b"226 was all\r\n"
        return {"USER": b"331 and\r\n", "PASS": b"230 in\r\n", "QUIT": b"221 bye\r\n"}.get(command, b"200 yes\r\n")

    def _accept(self, listener: socket.socket) -> socket.socket:
        listener.settimeout(PATIENCE)
        with closing(listener):
            accepted, _ = listener.accept()
        return self._context.wrap_socket(accepted, server_side=True)

    def _send(self, data: bytes) -> None:
        with self._data.result(PATIENCE) as stream:
            stream.sendall(data)


class Late(Abrupt):
    """Speaks TLS on a data connection once the command for it has come, as vsftpd and ProFTPD do, and as they do, in
    the session of the first one alone."""

    def _accept(self, listener: socket.socket) -> socket.socket:
        listener.settimeout(PATIENCE)
        with closing(listener):
            accepted, _ = listener.accept()
        accepted.settimeout(PATIENCE)
        return accepted

    def _send(self, data: bytes) -> None:
        with self._context.wrap_socket(self._data.result(PATIENCE), server_side=True) as stream:
            if stream.session_reused:
                stream.sendall(data)


def _lines() -> Iterator[bytes]:
    for number in range(FILES):
        yield b"type=file;size=%d;modify=20310101000000; story-%05d.txt\r\n" % (len(STORY), number)


@contextmanager
def serving(authority: trustme.CA, kind: type[Abrupt] = Abrupt) -> Iterator[int]:
    """Such a server on a free port, in a thread."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    server = kind(context)
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield server.port
    finally:
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.mark.parametrize("kind", [Abrupt, Late])
def test_a_listing_and_a_file_are_whole_whenever_tls_begins_and_ends(authority: trustme.CA, kind: type[Abrupt]) -> None:
    """Thousands of lines and a megabyte, each as fast as the server can: nothing is cut off in silence."""

    async def probe(port: int) -> Found:
        url = f"ftps://agency@localhost:{port}/out"
        return await ftp.probe(Feed(name="harbour", door="ftp", url=url, secret="env:X"), "a-password")

    with serving(authority, kind) as port:
        found = run_loop(probe(port))
    assert (found.new, found.sample == STORY) == (FILES, True)


@pytest.mark.parametrize("kind", [Abrupt, Late])
def test_a_file_that_is_gone_is_told_and_the_next_one_read(authority: trustme.CA, kind: type[Abrupt]) -> None:
    """Though its data connection waits for a handshake that never comes."""

    async def read(port: int) -> bytes | None:
        feed = Feed(name="harbour", door="ftp", url=f"ftps://agency@localhost:{port}/out", secret="env:X")
        async with ftp._connected(feed, "a-password", datetime.now(UTC)) as files:
            with pytest.raises(FileFault, match="550 no such file"):
                await files.read(of("gone.txt"))
            return await files.read(of("story.txt"))

    with serving(authority, kind) as port:
        assert run_loop(read(port)) == STORY
