"""Connecting to NATS: bounded at start, for ever afterwards."""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import suppress
from typing import Any

from msgspec.structs import replace
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.errors import NoServersError

from dateline_kernel.errors import Misconfigured, Unavailable, words
from dateline_kernel.keys import NO_KEYS, Keys
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.secured import NoTls, SecuredClient

RECONNECT: dict[str, Any] = {
    "max_reconnect_attempts": -1,
    "reconnect_time_wait": 0.25,
    "connect_timeout": 2,
    # A half-open connection (power cut, cut cable) is noticed after two missed pings.
    "ping_interval": 5,
    "max_outstanding_pings": 2,
    # Nothing may pile up unsaid while the server is away: writers are told at once instead.
    "pending_size": 8 * 1024 * 1024,
}

FIRST_TRY: dict[str, Any] = {
    "allow_reconnect": False,
    "max_reconnect_attempts": 1,
    "reconnect_time_wait": 0.05,
    "connect_timeout": 1,
}

SILENT = 10.0
"""Seconds, at least, for a server that is there and says nothing: it has just begun, or its machine is busy."""

_CLIENT_CERTIFICATE = ("CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "ALERT_UNKNOWN_CA", "HANDSHAKE_FAILURE")
"""What OpenSSL calls the alerts of a server that is not content with what its client showed."""
NOT_TLS = "WRONG_VERSION_NUMBER"
"""What OpenSSL calls an answer in clear where TLS was to be spoken."""
SCHEMES = ("nats://", "tls://", "ws://", "wss://")
NEEDED = (2, 12)
"""The first nats-server with atomic batches, of which the log is written."""
_NO_ADDRESS = "is no address of a server: write it as nats://host:4222, or tls://host:4222"
_RELEASE = re.compile(r"(\d{1,4})\.(\d{1,4})\.")
_USER = re.compile(r"//[^/]*@")


class TooOld(NatsError):
    """A server that lacks what the log needs. The text is its release."""


def servers_of(url: str) -> list[str]:
    """The addresses of a setting: one, or those of a cluster with commas between them."""
    return [part.strip() for part in url.split(",") if part.strip()]


def shown(url: str) -> str:
    """The addresses of a setting for people to read: without user, password and token."""
    return ", ".join(_USER.sub("//", server) for server in servers_of(url))


async def reachable(url: str, within: float, keys: Keys = NO_KEYS) -> None:
    """Wait until a server answers at ``url``, at most ``within`` seconds, or ``SILENT`` where one is that does not.

    Raises Unavailable with what to do, Misconfigured as soon as a server refuses us: it will do so again.
    """
    for server in servers_of(url):
        if "://" in server and not server.startswith(SCHEMES):
            raise Misconfigured(f"nats_url: {shown(server)} {_NO_ADDRESS}")
    began = asyncio.get_running_loop().time()
    while (error := await _try(url, keys)) is not None:
        refused = _refused(error) or (await _silent_before_tls(url, keys) if isinstance(error, TimeoutError) else None)
        if refused is not None:
            raise Misconfigured(f"nats_url: {shown(url)} {refused}") from error
        patience = max(within, SILENT) if isinstance(error, TimeoutError) else within
        if asyncio.get_running_loop().time() >= began + patience:
            if isinstance(error, TimeoutError):
                raise Unavailable(
                    f"something at {shown(url)} takes connections and says nothing for {patience:g} s. It is no NATS "
                    "server, or one whose machine hangs or is very busy: look there, and at the address."
                ) from error
            raise Unavailable(
                f"no NATS server at {shown(url)} within {patience:g} s ({words(error)}). "
                "Start one (`dateline up` does) or set DATELINE_NATS_URL to where it runs."
            ) from error
        await asyncio.sleep(0.1)


async def _silent_before_tls(url: str, keys: Keys) -> str | None:
    """What to do about a server that said nothing, if that is since it wants TLS first; None if it is silent there too.

    The login is said only to a server whose certificate is trusted.
    """
    if keys.tls_first:
        return None
    error = await _try(url, replace(keys, tls_first=True))
    if error is None:
        return "says nothing before TLS is spoken (handshake_first): set DATELINE_NATS_TLS_FIRST=true"
    refused = _refused(error)
    if refused is None or (isinstance(error, ssl.SSLError) and error.reason == NOT_TLS):
        return None
    return f"{refused}; and it says nothing before TLS is spoken (handshake_first): set DATELINE_NATS_TLS_FIRST=true"


async def _try(url: str, keys: Keys) -> Exception | None:
    """Connect and leave again; what went wrong, at the last of the servers."""
    said: list[Exception] = []

    async def note(error: Exception) -> None:
        said.append(error)

    client = SecuredClient(keys)
    try:
        await client.connect(servers_of(url), error_cb=note, **FIRST_TRY)
        if is_older(client, NEEDED):
            return TooOld(release_of(client))
    except NoServersError as error:
        return said[-1] if said else error
    except (OSError, NatsError, TimeoutError, ValueError) as error:
        return error
    finally:
        # Also when it came to nothing: nats-py leaves the socket open, and stumbles where it did not get that far.
        with suppress(AttributeError, AssertionError, TimeoutError):
            async with asyncio.timeout(1):
                await client.close()
    return None


def _refused(error: Exception) -> str | None:
    """Why a server, or nats-py, will not have it however often it is tried, and what to do; None for all else."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message or words(error)
        return f"has a certificate that is not trusted here ({why}): name the file of its authority in DATELINE_NATS_CA"
    if isinstance(error, ssl.SSLError) and any(word in str(error) for word in _CLIENT_CERTIFICATE):
        return (
            "wants a certificate of its clients, or another: name its file in DATELINE_NATS_CERT, and DATELINE_NATS_KEY"
        )
    if isinstance(error, ssl.SSLError) and error.reason == NOT_TLS:
        return (
            "greets before TLS, and DATELINE_NATS_TLS_FIRST says that it does not: take that away, "
            "or set handshake_first at the server"
        )
    if isinstance(error, TooOld):
        return f"is nats-server {error}: Dateline needs {'.'.join(map(str, NEEDED))} or newer"
    if isinstance(error, NoTls):
        return "does not offer TLS, and nothing was said to it: tls:// means TLS or nothing. Let the server offer it"
    if isinstance(error, NatsError) and "authorization violation" in str(error).lower():
        return (
            "does not take this login: write it as nats://user:password@host:4222 or nats://token@host:4222, "
            "or name a credentials file in DATELINE_NATS_CREDS"
        )
    if isinstance(error, ValueError) or "invalid connect url" in str(error):
        return _NO_ADDRESS
    return None


async def connect(
    url: str, name: str, within: float = 20.0, keys: Keys = NO_KEYS, inbox: str = "_INBOX"
) -> SecuredClient:
    """A connection that comes back by itself for ever. Raises Unavailable, Misconfigured as ``reachable`` does.

    What it asks is answered below ``inbox``; a login may be one that hears only one of its own.
    """
    await reachable(url, within, keys)
    client = SecuredClient(keys)
    await client.connect(servers_of(url), name=name, error_cb=_quiet, inbox_prefix=inbox.encode(), **RECONNECT)
    return client


def release_of(client: Client) -> str:
    """That of the server, as it greets: ``2.15.1``."""
    return str(client._server_info.get("version", ""))


def is_of_cluster(client: Client) -> bool:
    """Whether the server is one of several that choose leaders among them, by its greeting."""
    return bool(client._server_info.get("cluster"))


def is_older(client: Client, needed: tuple[int, int]) -> bool:
    """Whether the server is of a release before that; one that does not number its releases so is none."""
    found = _RELEASE.match(release_of(client))
    return found is not None and (int(found[1]), int(found[2])) < needed


def denied(client: QuickClient) -> str:
    """What the server last said that this login may not do; empty if nothing. Who asks for it gets no answer.

    Who can go on without the answer says so (``do_without``): it explains nothing that comes later.
    """
    return client.denials[-1].said if client.denials else ""


async def leave(client: Client) -> None:
    """Close a connection; where the server is gone already nobody has to be told."""
    with suppress(NatsError, OSError, TimeoutError):
        await client.close()


async def _quiet(error: Exception) -> None:
    """Losing a connection shows in readiness and in what the writers are told; a log line each try would flood."""
