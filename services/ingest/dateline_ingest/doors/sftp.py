"""SFTP pull (SSH File Transfer Protocol, version 3): files of one folder.

The path is absolute, ``sftp://user@host/srv/out``; ``sftp://user@host/~/out`` is seen from the login's folder. The
server must show the key in ``host_key``; an unknown server is never trusted.
"""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from dateline_ingest.doors.filework import FileFault, faulty
from dateline_ingest.doors.pulling_files import MOST_FILES, Entry, shown
from dateline_ingest.doors.remote_folder import Gone, Listing, RemoteFiles, find, pull
from dateline_ingest.doors.renewals import NO_STORE, TokenStore
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import ANSWER_SECONDS, CONNECT_SECONDS, Address, Found, address, advice, reason
from dateline_schemas.feeds import Feed

if TYPE_CHECKING:
    import asyncssh

PORTS = {"sftp": 22}
MOST_LISTED = 4 * MOST_FILES
"""Things in the folder, subfolders and files that do not match included."""
BLOCK = 32_768
"""Bytes of one request: what every server answers in one piece (draft-ietf-secsh-filexfer-02, 3)."""
BLOCKS_AT_ONCE = 32
"""Requests that are under way: a megabyte for each time that an answer takes to come."""


async def door(room: Room) -> None:
    """Take the folder's files in, until cancelled. Raises DoorFault."""
    await pull(room, lambda: _connected(room.feed, room.secret()))


async def probe(feed: Feed, secret: str, _: TokenStore = NO_STORE) -> Found:
    """Connect once and say what is there. Raises DoorFault."""
    return await find(feed, lambda: _connected(feed, secret))


@asynccontextmanager
async def _connected(feed: Feed, secret: str) -> AsyncIterator[RemoteFiles]:
    import asyncssh

    where = address(feed, PORTS)
    explain = partial(_explained, where, secret)
    async with AsyncExitStack() as stack:
        with explain():
            async with asyncio.timeout(CONNECT_SECONDS):
                options = _options(feed, where, secret, await _trusted_key(feed, where))
                connection = await stack.enter_async_context(asyncssh.connect(where.host, where.port, **options))
                client = await stack.enter_async_context(connection.start_sftp_client(path_encoding=None))
        yield RemoteFiles(_Folder(client, _path(where), where.place), explain)


@contextmanager
def _explained(where: Address, secret: str) -> Iterator[None]:
    import asyncssh

    try:
        yield
    except asyncssh.HostKeyNotVerifiable as error:
        said = "shows another key than host_key; ask the provider whether it changed before you connect"
        raise DoorFault(f"{where.place} {said}") from error
    except asyncssh.PermissionDenied as error:
        raise DoorFault(f"{where.place} refuses the login; check user and secret") from error
    except (TimeoutError, asyncssh.Error, OSError) as error:
        said = reason(error, secret)
        raise DoorFault(f"{where.place}: {said}; {advice(error, 'it speaks SSH at that port')}") from error


def _options(feed: Feed, where: Address, secret: str, key: asyncssh.SSHKey) -> dict[str, Any]:
    """Nothing of this machine's own SSH set-up takes part: no agent, no configuration, no keys of its user."""
    import asyncssh

    options: dict[str, Any] = {
        "username": where.user,
        "known_hosts": ([key], [], []),
        "config": None,
        "agent_path": None,
        "client_keys": None,
        "login_timeout": CONNECT_SECONDS,
        "keepalive_interval": ANSWER_SECONDS / 2,
    }
    if not where.user:
        raise DoorFault(f"feed {feed.name}: its url names no user; write sftp://user@{where.place}/...")
    if "PRIVATE KEY" not in secret:
        return {**options, "password": secret.strip("\r\n")}
    try:
        return {**options, "client_keys": [asyncssh.import_private_key(secret)]}
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        said = "its private key cannot be read; it must be whole and have no passphrase"
        raise DoorFault(f"feed {feed.name}: {said}") from error


async def _trusted_key(feed: Feed, where: Address) -> asyncssh.SSHKey:
    import asyncssh

    if feed.host_key:
        try:
            return asyncssh.import_public_key(feed.host_key)
        except asyncssh.KeyImportError as error:
            said = "host_key cannot be read; write it as in known_hosts, without the host"
            raise DoorFault(f"feed {feed.name}: {said}") from error
    shown = await asyncssh.get_server_host_key(where.host, where.port, config=None)
    if shown is None:
        raise DoorFault(f"{where.place} shows no key; it cannot be trusted")
    line = " ".join(shown.export_public_key().decode().split()[:2])
    raise DoorFault(
        f"feed {feed.name} has no host_key. {where.place} shows {line} ({shown.get_fingerprint()}); "
        "if the provider says the same, put it in the feed"
    )


def _path(where: Address) -> bytes:
    path = where.path or "/"
    return (path[3:] or ".").encode() if path.startswith("/~/") or path == "/~" else path.encode()


class _Folder:
    def __init__(self, client: asyncssh.SFTPClient, path: bytes, place: str) -> None:
        self._client = client
        self._place = place
        self._path = path

    async def listing(self) -> Listing:
        import asyncssh

        entries = []
        count = 0
        try:
            async for item in self._client.scandir(self._path):
                count += 1
                if count > MOST_LISTED:
                    raise DoorFault(f"the folder lists more than {MOST_LISTED} things; have it emptied")
                if entry := _entry(_text(item.filename), item.attrs):
                    entries.append(entry)
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPPermissionDenied, asyncssh.SFTPFailure) as error:
            said = f"{self._place}: the folder {shown(_text(self._path))} cannot be listed ({reason(error)})"
            raise DoorFault(f"{said}; correct the path in the feed's url, or ask for the right") from error
        return Listing(entries=entries)

    async def read(self, entry: Entry, most: int) -> bytes | None:
        import asyncssh

        try:
            # Its own way to read asks for as many blocks at once as the most bytes have, whatever the file has.
            async with self._client.open(self._at(entry.name), "rb", block_size=0) as file:
                data = await _whole(file, min(entry.size, most), most)
        except asyncssh.SFTPNoSuchFile as error:
            raise Gone from error
        except (asyncssh.SFTPPermissionDenied, asyncssh.SFTPFailure) as error:
            raise FileFault(f"it cannot be read: {reason(error)}") from error
        return data if len(data) <= most else None

    async def unchanged(self, entry: Entry) -> bool:
        import asyncssh

        try:
            return _entry(entry.name, await self._client.stat(self._at(entry.name))) == entry
        except asyncssh.SFTPError:
            return False

    async def rename(self, name: str, to: str) -> None:
        with _faults("renamed"):
            await self._client.rename(self._at(name), self._at(to))

    async def move(self, name: str, folder: str, to: str) -> None:
        with _faults(f"moved to {folder}"):
            if not await self._client.isdir(self._at(folder)):
                await self._client.mkdir(self._at(folder))
            await self._client.rename(self._at(name), self._at(f"{folder}/{to}"))

    async def delete(self, name: str) -> None:
        with _faults("deleted"):
            await self._client.remove(self._at(name))

    def _at(self, name: str) -> bytes:
        return self._path.rstrip(b"/") + b"/" + name.encode("utf-8", "surrogateescape")


def _faults(what: str) -> AbstractContextManager[None]:
    import asyncssh

    return faulty(what, asyncssh.SFTPError, reason)


async def _whole(file: asyncssh.SFTPClientFile, size: int, most: int) -> bytes:
    """A file's bytes, some more than ``most`` if there are. ``size`` is what was listed; -1 if it was not."""
    data = bytearray()
    while len(data) <= most:
        wanted = [(at, min(BLOCK, size - at)) for at in range(len(data), size, BLOCK)][:BLOCKS_AT_ONCE]
        # Beside the last block the answer that nothing follows it.
        wanted += [(max(size, len(data)), BLOCK)] * (len(wanted) < BLOCKS_AT_ONCE)
        blocks = await asyncio.gather(*(file.read(length, at) for at, length in wanted), return_exceptions=True)
        for (_, length), block in zip(wanted, blocks, strict=True):
            if isinstance(block, BaseException):
                raise block
            if not block:
                return bytes(data)
            data += cast(bytes, block)
            if len(block) < length:  # what follows is asked for anew
                break
    return bytes(data)


def _text(name: bytes | str) -> str:
    return name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name


def _entry(name: str, attributes: asyncssh.SFTPAttrs) -> Entry | None:
    """None for what is no file. Servers of version 3 say what it is by its permissions."""
    mode = attributes.permissions
    if mode is not None and stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return None
    size, modified = attributes.size, attributes.mtime
    exact = size is not None and modified is not None
    return Entry(name=name, size=-1 if size is None else size, modified=float(modified or 0), exact=exact)
