"""Why a server gave no answer: looked into on the server itself, and said with where and what to do."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError

from dateline_kernel.connection import denied, is_of_cluster, shown
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.jetstreamapi import Refusal, stream_info
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import FEEDS, STREAMS, TOPICS

NEEDED = (*(spec.name for spec in STREAMS), f"KV_{FEEDS.name}")
"""Streams, and the bucket without which no new key is known."""
WITHIN = 2.0
"""Seconds for an answer."""
NO_JETSTREAM = (10039, 10076)
"""Error codes of the server for: no JetStream, none for this account. Others pass, as while there is no leader."""
NOBODY_RAN = (
    "No service ran there yet, they are in another account (docs/outlets.md), or they were deleted: see "
    "docs/monitoring.md, Backups, before you start any."
)
ONE_LOST = {
    TOPICS.name: (
        "The log has all that stood there. No publish ran yet, or it was deleted: docs/monitoring.md, TOPICS is lost."
    ),
    NEEDED[-1]: "No feed and no key is known, so nothing more is taken in. Make the feeds anew, or put a backup back.",
}
"""What to do where all the others are there."""


class NoAnswer(Unavailable):
    """A server gave no answer. The text says what happened and where; ``advice`` says what to do about it."""

    def __init__(self, said: str, advice: str) -> None:
        super().__init__(said)
        self.advice = advice


class _Account(Struct, frozen=True):
    """As much of $JS.API.INFO as is needed."""

    error: Refusal | None = None


async def explained(client: QuickClient, url: str, error: Unavailable) -> NoAnswer:
    """The error, with what can be seen of its cause on the server. Raises nothing."""
    where = shown(client.connected_url.geturl()) if client.connected_url else shown(url)
    if not client.is_connected:
        said = f"the NATS server at {where} is gone: {error}."
        return NoAnswer(said, "What was begun is safe to begin again. Look whether the server runs, and at its log.")
    if refused := denied(client):
        advice = "Take the login of the services, or give this one the right (docs/outlets.md, docs/monitoring.md)."
        return NoAnswer(f"this login may not do that at {where}: {refused.removeprefix('nats: ')}.", advice)
    plain = NoAnswer(f"{str(error).splitlines()[0].rstrip('.')}, at {where}.", getattr(error, "advice", _BUSY))
    silent = await _silent(client, where)
    if denied(client):  # an outlet's login may not look any further
        return plain
    if silent is not None:
        return silent
    try:
        missing = [name for name in NEEDED if await stream_info(client, name) is None]
    except Unavailable as why:
        return NoAnswer(f"JetStream at {where} does not answer: {words(why)}.", _BUSY)
    if missing:
        return absent(where, missing)
    return plain


_ANOTHER = "It is another server, or its configuration lacks jetstream (deploy/nats/nats.conf)."
_AWAY = f"{_ANOTHER[:-1]}, or those of its cluster that have it are away."
_BUSY = "Try again; if it stays so, look at the server's log: its disk is full or slow, or its cluster has no leader."


def absent(where: str, missing: list[str]) -> NoAnswer:
    """The error for streams that are missing. Pure."""
    one = len(missing) == 1
    said = f"stream{'' if one else 's'} {', '.join(missing)} {'is' if one else 'are'} not there, at {where}."
    return NoAnswer(said, ONE_LOST.get(missing[0], NOBODY_RAN) if one else NOBODY_RAN)


async def _silent(client: QuickClient, where: str) -> NoAnswer | None:
    """The error if there is no JetStream for this login, or it does not answer; None if it does."""
    none = f"the NATS server at {where} has no JetStream"
    try:
        said = await client.request("$JS.API.INFO", b"", timeout=WITHIN)
        error = msgspec.json.decode(said.data, type=_Account).error
    except NoRespondersError:
        return NoAnswer(f"{none}.", _AWAY if is_of_cluster(client) else _ANOTHER)
    except (NatsError, OSError, TimeoutError, msgspec.DecodeError):
        return NoAnswer(f"JetStream at {where} does not answer.", _BUSY)
    if error is None:
        return None
    if error.err_code in NO_JETSTREAM:
        return NoAnswer(f"{none}: {error.description}.", _ANOTHER)
    return NoAnswer(f"JetStream at {where} does not answer: {error.description}.", _BUSY)


async def needed_stream(client: QuickClient, name: str) -> None:
    """Raise Unavailable if a stream is missing, which would otherwise look like an empty one."""
    if await stream_info(client, name) is None:
        raise Unavailable(f"stream {name} is not there")
