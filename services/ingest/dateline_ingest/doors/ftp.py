"""FTP pull (RFC 959, MLSD of RFC 3659, TLS of RFC 4217): files of one folder, in passive mode.

``ftp://`` is plain, ``ftpes://`` asks for TLS before the login, ``ftps://`` speaks TLS from the first byte (port 990).
The path is seen from the login's folder, as RFC 1738 has it: ``ftp://user@host/out`` is ``out``, and
``ftp://user@host//srv/out`` is ``/srv/out``.
"""

from __future__ import annotations

import asyncio
import codecs
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from dateline_ingest.doors.ftp_folder import NAMES, FtpFolder, answered, closed
from dateline_ingest.doors.remote_folder import RemoteFiles, find, pull
from dateline_ingest.doors.renewals import NO_STORE, TokenStore
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.secret import without
from dateline_ingest.doors.source import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    MOST_BYTES,
    Address,
    Found,
    address,
    advice,
    reason,
    trusted,
)
from dateline_schemas.feeds import Feed

if TYPE_CHECKING:
    import aioftp

PORTS = {"ftp": 21, "ftpes": 21, "ftps": 990}
MOST_REPLY = 64 * 1024
"""Characters of a reply."""


async def door(room: Room) -> None:
    """Take the folder's files in, until cancelled. Raises DoorFault."""
    await pull(room, lambda: _connected(room.feed, room.secret() if room.feed.secret else "", room.now()))


async def probe(feed: Feed, secret: str, _: TokenStore = NO_STORE) -> Found:
    """Connect once and say what is there. Raises DoorFault."""
    return await find(feed, lambda: _connected(feed, secret, datetime.now(UTC)))


@asynccontextmanager
async def _connected(feed: Feed, secret: str, now: datetime) -> AsyncIterator[RemoteFiles]:
    """Logged in, and in the folder.

    The limit is a stream's, by which it stops reading meanwhile: where it does, uvloop forgets what TLS brought before
    an end without close_notify (RFC 8446, 6.1), as many servers end a listing or a file. So it never has to.
    """
    import aioftp

    where, password = address(feed, PORTS), secret.strip("\r\n")
    if any(ord(letter) < 32 for letter in password):
        raise DoorFault(f"feed {feed.name}: the password has control characters; FTP cannot send it")
    client = _client(
        socket_timeout=ANSWER_SECONDS,
        connection_timeout=CONNECT_SECONDS,
        encoding=NAMES,
        ssl=trusted() if where.scheme == "ftps" else None,
        limit=MOST_BYTES,
    )
    explain = partial(_explained, where, password)
    try:
        with explain():
            await _log_in(client, where, password)
            await _enter(client, where)
        yield RemoteFiles(FtpFolder(client, where.host, now), explain)
        with suppress(aioftp.AIOFTPException, OSError):  # it has all been read
            await client.quit()
    finally:
        with suppress(ConnectionError):  # it has no stream before it is connected
            await closed(client.stream.writer)


def _client(**options: Any) -> aioftp.Client:
    """A client that hears no reply out that does not end: the library keeps any number of lines (RFC 959, 4.2)."""
    import aioftp

    class Client(aioftp.Client):
        _said = 0

        async def parse_response(self) -> Any:
            self._said = 0
            return await super().parse_response()

        async def parse_line(self) -> Any:
            code, rest = await super().parse_line()
            self._said += len(rest)
            if self._said > MOST_REPLY:
                raise aioftp.AIOFTPException(f"it says more than {MOST_REPLY} characters at once")
            return code, rest

    return Client(**options)


@contextmanager
def _explained(where: Address, password: str) -> Iterator[None]:
    import aioftp

    try:
        yield
    except aioftp.StatusCodeError as error:
        said = without(answered(error), password)
        raise DoorFault(f"{where.place} answered {said}; ask the provider if it stays so") from error
    except (TimeoutError, aioftp.AIOFTPException, OSError, ValueError, IndexError) as error:
        said = reason(error, password)
        raise DoorFault(f"{where.place}: {said}; {advice(error, 'the feed has the right scheme')}") from error


async def _log_in(client: aioftp.Client, where: Address, password: str) -> None:
    import aioftp

    async with asyncio.timeout(CONNECT_SECONDS):
        await client.connect(where.host, where.port)
        if where.scheme == "ftpes":
            try:
                await client.command("AUTH TLS", "234")
            except aioftp.StatusCodeError as error:
                raise DoorFault(f"{where.place} offers no TLS ({answered(error)}); ftp:// would go without") from error
            await client.stream.start_tls(trusted(), where.host)
        try:
            await client.login(where.user or "anonymous", password)
        except aioftp.StatusCodeError as error:
            said = without(answered(error), password)
            raise DoorFault(f"{where.place} refuses the login ({said}); check user and secret") from error
        if where.scheme != "ftp":
            # After the login, as curl does: some servers take them from nobody else.
            await client.command("PBSZ 0", "200")
            await client.command("PROT P", "200")
        await client.command("TYPE I", "200")


async def _enter(client: aioftp.Client, where: Address) -> None:
    """Into the folder, once: to LIST of one that is not there some servers answer that it is empty."""
    import aioftp

    path = where.path.removeprefix("/")
    if not path:
        return
    try:
        await client.command(f"CWD {path}", "2xx")
    except aioftp.StatusCodeError as error:
        said = f"has no folder {path} for this user ({answered(error)}); correct the path in the feed's url"
        raise DoorFault(f"{where.place} {said}") from error


def _codec(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != NAMES:
        return None
    return codecs.CodecInfo(
        name=NAMES,
        encode=lambda text, errors="strict": codecs.utf_8_encode(text, "surrogateescape"),
        decode=lambda data, errors="strict": codecs.utf_8_decode(data, "surrogateescape", True),
    )


codecs.register(_codec)
