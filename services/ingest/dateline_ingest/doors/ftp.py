"""FTP pull (RFC 959, MLSD of RFC 3659, TLS of RFC 4217): files of one folder, in passive mode.

``ftp://`` is plain, ``ftpes://`` asks for TLS before the login, ``ftps://`` speaks TLS from the first byte (port 990).
The path is seen from the login's folder, as RFC 1738 has it: ``ftp://user@host/out`` is ``out``, and
``ftp://user@host//srv/out`` is ``/srv/out``.
"""

from __future__ import annotations

import asyncio
import codecs
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from dateline_ingest.doors.filework import FileFault
from dateline_ingest.doors.pulling_files import MOST_FILES, Entry
from dateline_ingest.doors.remote_folder import Explained, RemoteFolder, find, pull
from dateline_ingest.doors.renewals import NOWHERE, Shelf
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    MOST_BYTES,
    Address,
    Found,
    address,
    reason,
    trusted,
)
from dateline_schemas.feeds import Feed

if TYPE_CHECKING:
    import aioftp

PORTS = {"ftp": 21, "ftpes": 21, "ftps": 990}
MOST_LINES = 4 * MOST_FILES
"""Lines of one listing, subfolders and files that do not match included."""
NAMES = "dateline-ftp-names"
"""Python codec for FTP's lines: UTF-8 (RFC 2640), and bytes that are not survive as surrogates."""


async def door(room: Room) -> None:
    """Take the folder's files in, until cancelled. Raises DoorFault."""
    await pull(room, lambda: _connected(room.feed, room.secret() if room.feed.secret else ""))


async def probe(feed: Feed, secret: str, _: Shelf = NOWHERE) -> Found:
    """Connect once and say what is there. Raises DoorFault."""
    return await find(feed, lambda: _connected(feed, secret))


@asynccontextmanager
async def _connected(feed: Feed, secret: str) -> AsyncIterator[RemoteFolder]:
    import aioftp

    """Logged in.

    The limit is a stream's, by which it stops reading meanwhile: where it does, uvloop forgets what TLS brought before
    an end without close_notify (RFC 8446, 6.1), as many servers end a listing or a file. So it never has to.
    """
    where, password = address(feed, PORTS), secret.strip("\r\n")
    if any(ord(letter) < 32 for letter in password):
        raise DoorFault(f"feed {feed.name}: the password has control characters; FTP cannot send it")
    client = aioftp.Client(
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
        yield Explained(_Folder(client, where.path.removeprefix("/") or "."), explain)
        with suppress(aioftp.AIOFTPException, OSError):  # it has all been read
            await client.quit()
    finally:
        client.close()


@contextmanager
def _explained(where: Address, password: str) -> Iterator[None]:
    import aioftp

    try:
        yield
    except ssl.SSLError as error:
        raise DoorFault(f"{where.place}: TLS failed ({reason(error)}); check certificate and scheme") from error
    except (TimeoutError, aioftp.AIOFTPException, OSError, ValueError, IndexError) as error:
        said = reason(error, password)
        raise DoorFault(f"{where.place}: {said}; see that the server answers and the folder is there") from error


async def _log_in(client: aioftp.Client, where: Address, password: str) -> None:
    import aioftp

    async with asyncio.timeout(CONNECT_SECONDS):
        await client.connect(where.host, where.port)
        if where.scheme == "ftpes":
            try:
                await client.command("AUTH TLS", "234")
            except aioftp.StatusCodeError as error:
                raise DoorFault(f"{where.place} offers no TLS ({reason(error)}); ftp:// would go without") from error
            await client.stream.start_tls(trusted(), where.host)
        try:
            await client.login(where.user or "anonymous", password)
        except aioftp.StatusCodeError as error:
            said = reason(error, password)
            raise DoorFault(f"{where.place} refuses the login ({said}); check user and secret") from error
        if where.scheme != "ftp":
            # After the login, as curl does: some servers take them from nobody else.
            await client.command("PBSZ 0", "200")
            await client.command("PROT P", "200")


class _Folder:
    def __init__(self, client: aioftp.Client, path: str) -> None:
        self._client = client
        self._path = path
        self._facts = True
        """Whether the server has MLSD: exact times. LIST has minutes, or the day for files of last year."""

    async def listing(self) -> list[Entry]:
        import aioftp

        try:
            lines = await self._lines("MLSD")
        except aioftp.StatusCodeError as error:
            if not error.received_codes[-1].matches("50x"):
                raise
            self._facts = False
            lines = await self._lines("LIST")
        entries = (self._entry(line) for line in lines)
        return [entry for entry in entries if entry is not None]

    async def _lines(self, command: str) -> list[bytes]:
        lines, size = [], 0
        stream = await self._stream(f"{command} {self._path}")
        async with stream:
            while line := await stream.readline():
                lines.append(line)
                size += len(line)
                if len(lines) > MOST_LINES or size > MOST_BYTES:
                    raise DoorFault(f"the folder lists more than {MOST_LINES} lines or {MOST_BYTES} bytes; empty it")
        return lines

    async def _stream(self, command: str) -> aioftp.DataConnectionThrottleStreamIO:
        """The data connection of a command; the library's own way forgets it where the command is refused."""
        import aioftp

        reader, writer = await self._client.get_passive_connection()
        try:
            await self._client.command(command, "1xx")
        except BaseException:
            writer.close()
            raise
        throttles = {"_": self._client.throttle}
        return aioftp.DataConnectionThrottleStreamIO(self._client, reader, writer, throttles, timeout=ANSWER_SECONDS)

    def _entry(self, line: bytes) -> Entry | None:
        """None for what is no file, or a line that nobody can read (``total 12``)."""
        try:
            path, facts = self._client.parse_mlsx_line(line) if self._facts else self._client.parse_list_line(line)
        except ValueError:
            return None
        if facts.get("type") != "file" or not path.name:
            return None
        size = "" if "link_dst" in facts else str(facts.get("size", ""))
        modified = _instant(str(facts.get("modify", "")))
        # The library takes a name's last spaces for none of it; a server is asked for the name as it is.
        name = line.decode(NAMES).rstrip("\r\n").partition(" ")[2].rpartition("/")[2] if self._facts else path.name
        return Entry(name=name, size=int(size) if size.isdecimal() else -1, modified=modified)

    async def read(self, name: str, most: int) -> bytes | None:
        import aioftp

        data = bytearray()
        try:
            stream = await self._stream(f"RETR {self._at(name)}")
        except aioftp.StatusCodeError as error:
            # 550 is for one that is gone, too: then the next listing is without it.
            raise FileFault(f"it cannot be read: {reason(error)}") from error
        try:
            async for block in stream.iter_by_block(65_536):
                data += block
                if len(data) > most:
                    stream.close()
                    await self._client.command(None, ("2xx", "4xx", "5xx"), "1xx")
                    return None
            await stream.finish()
        finally:
            stream.close()
        return bytes(data)

    async def unchanged(self, entry: Entry) -> bool:
        import aioftp

        try:
            if self._facts:
                _, info = await self._client.command(f"MLST {self._at(entry.name)}", "2xx")
                listed = self._entry(info[1].lstrip().encode(NAMES))
                return listed is not None and (listed.size, listed.modified) == (entry.size, entry.modified)
            _, info = await self._client.command(f"SIZE {self._at(entry.name)}", "213")
            return entry.size < 0 or info[-1].strip() == str(entry.size)
        except aioftp.StatusCodeError as error:
            return error.received_codes[-1].matches("50x")  # it cannot say

    async def move(self, name: str, folder: str, to: str) -> None:
        import aioftp

        try:
            try:
                await self._rename(name, f"{folder}/{to}")
            except aioftp.StatusCodeError:
                await self._client.command(f"MKD {self._at(folder)}", "257")
                await self._rename(name, f"{folder}/{to}")
        except aioftp.StatusCodeError as error:
            raise FileFault(f"it cannot be moved to {folder}: {reason(error)}") from error

    async def _rename(self, name: str, to: str) -> None:
        await self._client.command(f"RNFR {self._at(name)}", "350")
        await self._client.command(f"RNTO {self._at(to)}", "2xx")

    async def delete(self, name: str) -> None:
        import aioftp

        try:
            await self._client.command(f"DELE {self._at(name)}", "2xx")
        except aioftp.StatusCodeError as error:
            raise FileFault(f"it cannot be deleted: {reason(error)}") from error

    def _at(self, name: str) -> str:
        return name if self._path == "." else f"{self._path.rstrip('/')}/{name}"


def _instant(stamp: str) -> float:
    """Seconds of an RFC 3659 time value, ``YYYYMMDDHHMMSS[.sss]``, UTC; 0.0 if there is none."""
    try:
        whole = datetime.strptime(stamp[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return whole.timestamp() + float("0" + stamp[14:])
    except ValueError:
        return 0.0


def _codec(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != NAMES:
        return None
    return codecs.CodecInfo(
        name=NAMES,
        encode=lambda text, errors="strict": codecs.utf_8_encode(text, "surrogateescape"),
        decode=lambda data, errors="strict": codecs.utf_8_decode(data, "surrogateescape", True),
    )


codecs.register(_codec)
