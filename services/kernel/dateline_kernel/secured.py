"""nats-py's client, which keeps to TLS where the address says ``tls://``, and opens servers with ``Keys``.

nats-py 2.16 takes ``tls://`` for ``nats://``: a server that does not ask for TLS, or somebody in between who takes that
word out of its greeting, gets the login and the copy in clear. Here nothing is said to it, at the first connection and
at every later one.
"""

from __future__ import annotations

import ssl
from typing import Any

from nats.errors import Error as NatsError

from dateline_kernel.errors import Misconfigured
from dateline_kernel.keys import NO_KEYS, Keys
from dateline_kernel.nkey import Credentials
from dateline_kernel.quickclient import QuickClient


class NoTls(NatsError):
    """A server that is to be reached by TLS alone does not offer it."""

    def __str__(self) -> str:
        return "it does not offer TLS"


class KeysUnusable(NatsError):
    """Keys could be used when the process began, and cannot now: for nats-py a reason to try again later."""


class SecuredClient(QuickClient):
    """A client whose connections are as safe as their address says."""

    def __init__(self, keys: Keys = NO_KEYS) -> None:
        super().__init__()
        self._keys = keys

    async def connect(self, servers: str | list[str], **options: Any) -> None:  # type: ignore[override]
        """As nats-py's, with our keys. Raises Misconfigured where these cannot be used."""
        self._keys.check()
        if credentials := self._keys.credentials():
            options["signature_cb"] = self._sign
            if credentials.jwt:
                options["user_jwt_cb"] = self._jwt
        await super().connect(servers, tls_handshake_first=self._keys.tls_first, **options)

    async def close(self) -> None:
        """As nats-py's. What was not sent yet has nowhere to go where the connection is lost.

        nats-py 2.16 writes it to the closed connection, over which Python 3.12 and later raise a TypeError.
        """
        writer = getattr(self._transport, "_io_writer", None)
        if writer is not None and writer.is_closing():
            self._pending.clear()
            self._pending_data_size = 0
        await super().close()

    @property
    def ssl_context(self) -> ssl.SSLContext:
        """Made anew for each connection."""
        try:
            return self._keys.context()
        except Misconfigured as error:
            raise KeysUnusable(str(error)) from error

    async def _process_connect_init(self) -> None:
        try:
            await super()._process_connect_init()
        except BaseException:
            # nats-py leaves the socket of every attempt that failed to the garbage collector.
            if self._transport is not None:
                self._transport.close()  # type: ignore[no-untyped-call]
            raise

    async def _process_info(self, info: dict[str, Any], initial_connection: bool = False) -> None:
        # nats-py looks at the same dict afterwards to see whether TLS is to be spoken.
        tls_only = self._current_server is not None and self._current_server.uri.scheme == "tls"
        if initial_connection and tls_only and not self._keys.tls_first:
            if not (info.get("tls_required") or info.get("tls_available")):
                raise NoTls
            info["tls_required"] = True
        await super()._process_info(info, initial_connection)

    def _sign(self, nonce: str) -> bytes:
        credentials = self._credentials()
        # nats-py sends the public key where there is no JWT, and makes it of a seed only that it has read itself.
        self._public_nkey = None if credentials.jwt else credentials.public
        return credentials.signature(nonce)

    def _jwt(self) -> bytearray:
        return bytearray(self._credentials().jwt.encode())

    def _credentials(self) -> Credentials:
        try:
            return self._keys.credentials() or Credentials("", b"")
        except Misconfigured as error:
            raise KeysUnusable(str(error)) from error
