"""A folder of an FTP server while logged in (RFC 959): its files by passive transfers, with TLS or without."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dateline_ingest.doors.filework import HeldBack, faulty
from dateline_ingest.doors.listings import Unread, of_facts, of_list
from dateline_ingest.doors.pulling_files import MOST_FILES, Entry, shown
from dateline_ingest.doors.remote_folder import Listing
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.source import ANSWER_SECONDS, CONNECT_SECONDS, MOST_BYTES

if TYPE_CHECKING:
    import aioftp

MOST_LINES = 4 * MOST_FILES
"""Lines of one listing, subfolders and files that do not match included."""
CLOSE_SECONDS = 1.0
"""Until a connection is closed by force: what came over it is complete by then, or given up."""
NAMES = "dateline-ftp-names"
"""Python codec for FTP's lines: UTF-8 (RFC 2640), and bytes that are not survive as surrogates (``ftp.py``)."""


class FtpFolder:
    """The folder that the session is in. Raises the library's exceptions for what goes wrong with the connection."""

    def __init__(self, client: aioftp.Client, host: str, now: datetime) -> None:
        """``now`` (UTC) tells the year of listed times that have none."""
        self._client = client
        self._host = host
        self._now = now
        self._facts = True
        """Whether the server has MLSD: exact times. LIST has minutes, or the day for files of last year."""
        self._extended = True
        """Whether it has EPSV."""

    async def listing(self) -> Listing:
        """See RemoteFolder, here and below."""
        import aioftp

        try:
            lines = await self._lines("MLSD")
        except aioftp.StatusCodeError as error:
            if not error.received_codes[-1].matches("50x"):
                raise
            self._facts = False
            lines = await self._lines("LIST")
        entries, unread = [], []
        for line in lines:
            try:
                entry = of_facts(line) if self._facts else of_list(line, self._now)
            except Unread:
                unread.append(line)
                continue
            if entry is not None:
                entries.append(entry)
        return Listing(entries=entries, unread=tuple(unread))

    async def _lines(self, command: str) -> list[str]:
        lines, size = [], 0
        stream = await self._stream(command)
        try:
            while line := await stream.readline():
                lines.append(line.decode(NAMES).rstrip("\r\n"))
                size += len(line)
                if len(lines) > MOST_LINES or size > MOST_BYTES:
                    raise DoorFault(f"the folder lists more than {MOST_LINES} lines or {MOST_BYTES} bytes; empty it")
            await stream.finish()
        finally:
            await closed(stream.writer)
        return lines

    async def _stream(self, command: str) -> aioftp.DataConnectionThrottleStreamIO:
        """The data connection of a command.

        Whose end it is, the server says in a port; whose address it names instead is not asked. Its TLS begins with the
        command and not before: vsftpd and ProFTPD, as others, say nothing until they know what is wanted, while some
        are done with it before they answer. It goes on with the session of the first connection (RFC 4217, 10.2),
        without which many servers refuse it.
        """
        import aioftp

        port = await self._port()
        async with asyncio.timeout(CONNECT_SECONDS):
            reader, writer = await asyncio.open_connection(self._host, port, limit=MOST_BYTES)
        secured = asyncio.ensure_future(self._secured(writer))
        try:
            await self._client.command(command, "1xx")
            await secured
        except BaseException:
            secured.cancel()
            await asyncio.gather(secured, return_exceptions=True)
            await closed(writer)
            raise
        throttles = {"_": self._client.throttle}
        return aioftp.DataConnectionThrottleStreamIO(self._client, reader, writer, throttles, timeout=ANSWER_SECONDS)

    async def _port(self) -> int:
        import aioftp

        if self._extended:
            try:
                _, info = await self._client.command("EPSV", "229")
                return int(self._client.parse_epsv_response(info[-1])[1])
            except aioftp.StatusCodeError as error:
                if not error.received_codes[-1].matches("50x"):
                    raise
                self._extended = False
        _, info = await self._client.command("PASV", "227")
        return int(self._client.parse_pasv_response(info[-1])[1])

    async def _secured(self, writer: asyncio.StreamWriter) -> None:
        """Speak TLS, if the session does."""
        from aioftp.common import SSLSessionBoundContext

        session: Any = self._client.stream.writer.transport.get_extra_info("ssl_object")
        if session is not None:
            context = SSLSessionBoundContext(ssl.PROTOCOL_TLS_CLIENT, context=session.context, session=session.session)
            await writer.start_tls(context, server_hostname=self._host, ssl_handshake_timeout=ANSWER_SECONDS)

    async def read(self, entry: Entry, most: int) -> bytes | None:
        """A file's bytes."""
        data = bytearray()
        try:
            with _faults("read"):  # 550 is for one that is gone, too: then the next listing is without it
                stream = await self._stream(f"RETR {entry.name}")
        except TimeoutError as error:
            # vsftpd waits until its sender is done with it, as long as that takes.
            raise HeldBack(entry) from error
        try:
            async for block in stream.iter_by_block(65_536):
                data += block
                if len(data) > most:
                    stream.close()
                    await self._client.command(None, ("2xx", "4xx", "5xx"), "1xx")
                    return None
            await stream.finish()
        finally:
            await closed(stream.writer)
        return bytes(data)

    async def unchanged(self, entry: Entry) -> bool:
        """Whether it is as it was listed."""
        import aioftp

        try:
            if self._facts:
                _, info = await self._client.command(f"MLST {entry.name}", "2xx")
                listed = of_facts(info[1].lstrip())
                return listed is not None and (listed.size, listed.modified) == (entry.size, entry.modified)
            _, info = await self._client.command(f"SIZE {entry.name}", "213")
            return entry.size < 0 or info[-1].strip() == str(entry.size)
        except aioftp.StatusCodeError as error:
            return error.received_codes[-1].matches("50x")  # it cannot say

    async def rename(self, name: str, to: str) -> None:
        """Call it otherwise."""
        with _faults("renamed"):
            await self._rename(name, to)

    async def move(self, name: str, folder: str, to: str) -> None:
        """Put it away."""
        import aioftp

        with _faults(f"moved to {folder}"):
            try:
                await self._rename(name, f"{folder}/{to}")
            except aioftp.StatusCodeError:
                await self._client.command(f"MKD {folder}", "257")
                await self._rename(name, f"{folder}/{to}")

    async def _rename(self, name: str, to: str) -> None:
        await self._client.command(f"RNFR {name}", "350")
        await self._client.command(f"RNTO {to}", "2xx")

    async def delete(self, name: str) -> None:
        """Delete it."""
        with _faults("deleted"):
            await self._client.command(f"DELE {name}", "2xx")


def _faults(what: str) -> AbstractContextManager[None]:
    import aioftp

    return faulty(what, aioftp.StatusCodeError, answered)


def answered(error: aioftp.StatusCodeError) -> str:
    """The server's own words, as they can be written down."""
    lines = [error.info] if isinstance(error.info, str) else error.info
    return shown(" ".join(f"{error.received_codes[-1]} {' '.join(lines)}".split())[:300])


async def closed(writer: asyncio.StreamWriter) -> None:
    """Close a connection and see that it is: by force where the other side does not answer TLS's goodbye."""
    writer.close()
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await writer.wait_closed()
            return
    writer.transport.abort()
    await asyncio.sleep(0)
