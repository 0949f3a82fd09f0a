"""Real servers of files for the doors that fetch them: aioftp's and asyncssh's, each showing one folder."""

from __future__ import annotations

import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aioftp
import asyncssh

from dateline_schemas.feeds import Feed

PASSWORD = "pär=tïdge 44"


class FtpServer(aioftp.Server):
    """aioftp's server, which lacks AUTH TLS (RFC 4217), with it; and without MLSD if asked."""

    def __init__(self, folder: Path, *, mlsd: bool = True, **options: Any) -> None:
        super().__init__([aioftp.User("agency", PASSWORD, base_path=folder)], **options)
        self.commands_mapping["auth"] = self.auth
        self.explicit: ssl.SSLContext | None = None
        if not mlsd:
            del self.commands_mapping["mlsd"], self.commands_mapping["mlst"]

    async def auth(self, connection: aioftp.Connection, rest: object) -> bool:
        if self.explicit is None:
            connection.response("502", "no TLS here")
            return True
        writer = connection.command_connection.writer
        writer.transport.pause_reading()
        writer.write(b"234 go on\r\n")
        await writer.start_tls(self.explicit)
        self.ssl = self.explicit  # for the data connections that come
        return True


@asynccontextmanager
async def ftp_server(
    folder: Path, *, explicit: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[FtpServer]:
    """A server on a free port."""
    server = FtpServer(folder, **options)
    server.explicit = explicit
    await server.start("127.0.0.1", 0)
    try:
        yield server
    finally:
        await server.close()


def ftp_feed(
    server: aioftp.Server, path: str = "", scheme: str = "ftp", host: str = "127.0.0.1", **members: Any
) -> Feed:
    """A feed from that server."""
    url = f"{scheme}://agency@{host}:{server.server_port}{path}"
    return Feed(name="harbour", door="ftp", url=url, secret="env:NONE", every=60, **members)


class Login(asyncssh.SSHServer):
    """Lets the agency in by password."""

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("agency", PASSWORD)


class SftpSource:
    """A server on a free port, its host key, and a key that it lets in."""

    def __init__(self, port: int, host_key: asyncssh.SSHKey, user_key: asyncssh.SSHKey) -> None:
        self.port = port
        self.host_key = host_key
        self.user_key = user_key

    def feed(self, path: str = "/", **members: Any) -> Feed:
        url = f"sftp://agency@127.0.0.1:{self.port}{path}"
        shown = self.host_key.export_public_key().decode().strip()
        return Feed(**{"name": "harbour", "door": "sftp", "url": url, "secret": "env:NO", "host_key": shown} | members)


@asynccontextmanager
async def sftp_server(folder: Path, kind: type[asyncssh.SFTPServer] = asyncssh.SFTPServer) -> AsyncIterator[SftpSource]:
    """A server that shows one folder."""
    host_key, user_key = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    allowed = asyncssh.import_authorized_keys(user_key.export_public_key().decode())

    def files(channel: asyncssh.SSHServerChannel) -> asyncssh.SFTPServer:
        return kind(channel, chroot=os.fsencode(folder))

    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=Login,
        server_host_keys=[host_key],
        authorized_client_keys=allowed,
        sftp_factory=files,
        allow_scp=False,
    )
    try:
        yield SftpSource(server.get_port(), host_key, user_key)
    finally:
        server.close()
        await server.wait_closed()
