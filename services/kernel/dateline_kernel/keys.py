"""What opens a NATS server besides its address: an authority, a certificate of ours, a user's credentials, who begins.

They are named by path and read anew for each connection, so that a file which was renewed counts from the next one on.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline_kernel.errors import Misconfigured
from dateline_kernel.nkey import Credentials, Unreadable, read_credentials

LARGEST = 64 * 1024
"""Bytes of a credentials file at the most."""


class Keys(Struct, frozen=True, kw_only=True):
    """Paths, each empty where the server does not ask for it, and whether TLS comes first."""

    ca: str = ""
    """PEM: authorities whose certificates count, instead of those of the system."""
    cert: str = ""
    """PEM: our certificate, where the server wants one of its clients."""
    key: str = ""
    """PEM: its private key; empty if that stands in the same file."""
    creds: str = ""
    """A user's credentials file, or a file with a user's NKEY seed."""
    tls_first: bool = False
    """TLS before anything is said, for a server that does not greet before it (``handshake_first``)."""

    def context(self) -> ssl.SSLContext:
        """How TLS is spoken. Raises Misconfigured."""
        name = "nats_ca"
        try:
            context = ssl.create_default_context(cafile=self.ca or None)
            name = "nats_cert"
            if self.cert:
                # Without a prompt: a key with a passphrase would wait for somebody to type it.
                context.load_cert_chain(self.cert, self.key or None, password=lambda: b"")
        except (OSError, ValueError) as error:
            path = self.ca if name == "nats_ca" else ", ".join(filter(None, (self.cert, self.key)))
            raise Misconfigured(f"{name}: {path} cannot be used: {_why(error)}") from error
        return context

    def credentials(self) -> Credentials | None:
        """Who we are; None where nothing is set. Raises Misconfigured."""
        if not self.creds:
            return None
        try:
            with Path(self.creds).open("rb") as file:
                return read_credentials(file.read(LARGEST).decode())
        except (OSError, Unreadable, UnicodeDecodeError) as error:
            raise Misconfigured(f"nats_creds: {self.creds} cannot be used: {_why(error)}") from error

    def check(self) -> None:
        """Raises Misconfigured if something is missing, unreadable or does not fit together."""
        if self.key and not self.cert:
            raise Misconfigured("nats_key is the key of a certificate, and nats_cert names none")
        if self.ca or self.cert:
            self.context()
        if credentials := self.credentials():
            credentials.signature("")


NO_KEYS = Keys()


def keys_from(env: Mapping[str, str]) -> Keys:
    """As ``DATELINE_NATS_CA``, ``_CERT``, ``_KEY``, ``_CREDS`` and ``_TLS_FIRST`` say. Raises Misconfigured."""
    named = {name: f"DATELINE_NATS_{name.upper()}" for name in Keys.__struct_fields__}
    said = {name: env[variable] for name, variable in named.items() if variable in env}
    try:
        return msgspec.convert(said, Keys, strict=False)
    except msgspec.ValidationError as error:
        raise Misconfigured(f"DATELINE_NATS_TLS_FIRST is true or false: {error}") from error


def _why(error: Exception) -> str:
    """Never what stands in the file."""
    if isinstance(error, ssl.SSLError):
        return f"it is no PEM file of the kind, or certificate and key are no pair ({error.reason or 'OpenSSL'})"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "it is no text" if isinstance(error, UnicodeDecodeError) else str(error)
