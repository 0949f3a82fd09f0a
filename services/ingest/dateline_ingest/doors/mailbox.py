"""One IMAP mailbox (RFC 3501), while connected: calls that block, made in a thread that ends when they are abandoned.

IMAPClient over the standard library's imaplib: well kept, permissive, and with it come the parsing of answers, IDLE
(which imaplib has from Python 3.14 only), MOVE and UIDPLUS. The one asyncio library of note is under the GPL. A feed
has one connection that waits most of the time, so a thread each is no burden.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from dateline_ingest.doors.idling import begins_idle, told_already, told_meanwhile
from dateline_ingest.doors.source import ANSWER_SECONDS, CONNECT_SECONDS, MOST_BYTES, Address, trusted

if TYPE_CHECKING:
    import imapclient

T = TypeVar("T")

MOST_NAMED = 20
"""Mailboxes that are named where the feed's is not there."""
MOST_SAID = 2 * MOST_BYTES
"""Bytes that a server says at the most before it is asked something else."""
IDLE_SECONDS = 270.0
"""Length of one IDLE: below the five minutes after which many a router forgets a connection."""


class Selected(Struct, frozen=True):
    """What a mailbox says when it is opened."""

    validity: int
    """UIDVALIDITY: UIDs seen under another one mean nothing."""


class NoSuchMailbox(Exception):
    """The server does not open a mailbox of that name. The text has its own words."""

    def __init__(self, said: str, there: tuple[str, ...]) -> None:
        """``there`` are names of mailboxes that it has."""
        super().__init__(said)
        self.there = there


class Mailbox:
    """A mailbox. Methods raise IMAPClientError, OSError and ValueError; a cancelled one closes the connection."""

    def __init__(self) -> None:
        self._client: imapclient.IMAPClient | None = None
        self.can_idle = False
        self._said = 0
        """Bytes that the server said since it was asked last."""

    async def open(self, where: Address, secret: str, *, token: bool = False) -> None:
        """Connect with TLS, log in. ``imaps`` speaks TLS from the first byte, ``imap`` by STARTTLS.

        ``token`` says that the secret is an OAuth 2 access token, and no password.
        """
        await self._call(lambda: self._open(where, secret, token))

    def _open(self, where: Address, secret: str, token: bool) -> None:
        import imapclient

        timeout: Any = imapclient.SocketTimeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
        self._client = client = imapclient.IMAPClient(
            where.host,
            where.port,
            ssl=where.scheme == "imaps",
            ssl_context=trusted() if where.scheme == "imaps" else None,
            timeout=timeout,
        )
        client.normalise_times = False
        self._count(client._imap)
        if where.scheme == "imap":
            client.starttls(trusted())
        _log_in(client, where.user, secret, token)
        self.can_idle = client.has_capability("IDLE")

    def _count(self, protocol: Any) -> None:
        """Bound what the server says: a literal has whatever size it states (RFC 3501, 4.3), and no answer need end."""
        read, readline = protocol.read, protocol.readline

        def counted_read(size: int) -> bytes:
            self._hear(size)
            data: bytes = read(size)
            return data

        def counted_line() -> bytes:
            line: bytes = readline()
            self._hear(len(line))
            return line

        protocol.read, protocol.readline = counted_read, counted_line

    def _hear(self, size: int) -> None:
        self._said += size
        if self._said > MOST_SAID:
            raise OSError(f"it says more than {MOST_SAID} bytes at once")

    async def select(self, name: str, *, readonly: bool) -> Selected:
        """Open a mailbox. Raises NoSuchMailbox."""
        return await self._call(lambda: self._select(name, readonly))

    def _select(self, name: str, readonly: bool) -> Selected:
        import imapclient

        client = self._live()
        try:
            said = client.select_folder(name, readonly=readonly)
        except imapclient.IMAPClient.AbortError:
            raise
        except imapclient.IMAPClient.Error as error:
            folders = client.list_folders()[:MOST_NAMED]
            there = tuple(str(folder) for flags, _, folder in folders if rb"\Noselect" not in flags)
            raise NoSuchMailbox(str(error)[:200], there) from error
        return Selected(int(said.get(b"UIDVALIDITY", 0)))

    async def since(self, uid: int) -> list[int]:
        """UIDs above ``uid`` that are not marked as deleted, ascending."""
        found = await self._call(lambda: self._since(uid))
        return sorted(one for one in found if one > uid)  # ``*`` is the last one, even if it is below

    def _since(self, uid: int) -> list[int]:
        client = self._live()
        told_meanwhile(client)  # of what was told before, this look tells
        return list(client.search(["UID", f"{uid + 1}:*", "UNDELETED"]))

    async def sizes(self, uids: list[int]) -> dict[int, int]:
        """Bytes of each, as the server says; those that are gone are left out."""
        said = await self._call(lambda: self._live().fetch(uids, ["RFC822.SIZE"]))
        return {uid: int(items[b"RFC822.SIZE"]) for uid, items in said.items() if b"RFC822.SIZE" in items}

    async def read(self, uid: int, most: int) -> bytes | None:
        """A mail, unmarked; its first ``most`` bytes if there are more. None if it is gone."""
        said = await self._call(lambda: self._live().fetch([uid], [f"BODY.PEEK[]<0.{most}>"]))
        data = said.get(uid, {}).get(b"BODY[]<0>")
        return data if isinstance(data, bytes) else None

    async def move(self, uid: int, folder: str) -> None:
        """Into another folder, which is made if need be."""
        await self._call(lambda: self._move(uid, folder))

    def _move(self, uid: int, folder: str) -> None:
        client = self._live()
        if not client.folder_exists(folder):
            client.create_folder(folder)
        if client.has_capability("MOVE"):
            client.move([uid], folder)
            return
        client.copy([uid], folder)
        self._delete(uid)

    async def delete(self, uid: int) -> None:
        """Mark it as deleted; and remove it, where the server can remove one alone (UIDPLUS)."""
        await self._call(lambda: self._delete(uid))

    def _delete(self, uid: int) -> None:
        client = self._live()
        client.delete_messages([uid], silent=True)
        if client.has_capability("UIDPLUS"):
            client.uid_expunge([uid])

    async def idle(self) -> bool:
        """Wait until something has happened since the last look, ``IDLE_SECONDS`` at most. False without connection."""
        return await self._call(self._idle)

    def _idle(self) -> bool:
        import imapclient

        client = self._live()
        if told_meanwhile(client):
            return True
        try:
            if not (begins_idle(client) or told_already(client)):
                client.idle_check(timeout=IDLE_SECONDS)
            client.idle_done()
        except (imapclient.IMAPClient.Error, OSError):
            return False
        return True

    async def close(self) -> None:
        """Log out, if the server still listens."""
        client = self._client
        if client is not None:
            with suppress(Exception):
                async with asyncio.timeout(CONNECT_SECONDS):
                    await asyncio.to_thread(client.logout)
            self._abandon()

    def _live(self) -> imapclient.IMAPClient:
        if self._client is None:
            raise OSError("the connection is closed")
        return self._client

    async def _call(self, work: Callable[[], T]) -> T:
        self._said = 0
        task = asyncio.ensure_future(asyncio.to_thread(work))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._abandon()
            with suppress(Exception):
                await asyncio.wait([task], timeout=CONNECT_SECONDS)
            if task.done() and not task.cancelled():
                task.exception()
            raise

    def _abandon(self) -> None:
        """Close the socket, so that a thread that reads from it ends."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError):
                client.socket().shutdown(socket.SHUT_RDWR)
            with suppress(OSError):
                client.shutdown()


def _log_in(client: imapclient.IMAPClient, user: str, secret: str, token: bool) -> None:
    """By password or by token. A server that takes no tokens is shown none: raises CapabilityError."""
    from imapclient.exceptions import CapabilityError

    if token:
        if client.has_capability("AUTH=OAUTHBEARER"):  # RFC 7628
            client.oauthbearer_login(user, secret)
        elif client.has_capability("AUTH=XOAUTH2"):
            client.oauth2_login(user, secret)
        else:
            raise CapabilityError("the server takes no OAuth 2 tokens (neither OAUTHBEARER nor XOAUTH2)")
    # PLAIN carries any character; LOGIN, for servers without it, only ASCII.
    elif client.has_capability("AUTH=PLAIN"):
        client.plain_login(user, secret)
    else:
        client.login(user, secret)
