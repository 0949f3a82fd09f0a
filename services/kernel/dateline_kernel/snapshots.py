"""A stream as a file, and back: the server's own snapshots ($JS.API.STREAM.SNAPSHOT and RESTORE, NATS ADR-63).

nats-py has no call for either. Since nats-server 2.15 a snapshot is an archive of messages with their sequences and
times, up to the newest one at its beginning, and of the stream's consumers; what comes meanwhile is not in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Raw, Struct
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError

from dateline_kernel.connection import is_older, release_of
from dateline_kernel.errors import KernelError, Misconfigured, Unavailable, words
from dateline_kernel.jetstreamapi import NO_STREAM, Refusal, StreamState, asked, own_metadata, stream_info
from dateline_kernel.quickclient import QuickClient

NO_ROOM = (10005, 10047, 10122)
"""Numbers for a stream that may become larger than what a cluster or a server has left, or an account may have."""
NEEDED = (2, 15)
"""The first server whose snapshots are consistent while others write, and which sets consumers back."""
WITHIN = 10.0
"""Seconds for an answer."""
SILENT = 30.0
"""Seconds without the next piece after which a snapshot is given up; the server gives up sooner."""
KNOWN = (0.02, 0.2, 1.0)
"""Seconds until a piece is sent again: in a cluster the server that asks for it may do so before the others know."""
LOOKS = 600.0
"""Seconds that the server may take to look through what it was given."""
LOOK = 0.5
"""Seconds between looks whether its answer was lost."""
SETTLED = 10
"""Looks that find the stream with its end, and no consumer more, after which it is whole: its consumers come last."""
UNSETTLED = 60
"""The same where it had more: the server may stand still before them, or they have no name and are gone."""
DONE, TOO_SLOW = "204", "408"
"""How the server ends a snapshot: with all of it; as nothing was acknowledged for five seconds."""
UNFINISHED = "dateline.restore"
"""Where a stream's metadata name the backup that it is being restored from, until all of that is there."""

RESTORED = "dateline.restored"
"""Where a stream's metadata say when it was restored last, in seconds since 1970."""
MADE = "dateline.made."
"""Before a consumer's name: where they say when that was made first. Its own metadata are of who reads by it: a client
that finds other ones there than it would write refuses to go on, or takes them away.
"""


class NotTaken(KernelError):
    """The server does not give a snapshot, or takes none. The message has its reason."""


class Snapshot(Struct, frozen=True):
    """What the server says of a snapshot, and has to be told to restore it; ``nats stream backup`` keeps the same."""

    config: Raw
    state: Raw

    @property
    def holds(self) -> StreamState:
        """What is in it."""
        return msgspec.json.decode(self.state, type=StreamState)


class PutBack(Struct, frozen=True):
    """What a restored stream has not of what it had."""

    bound: int = 0
    """Its bound in bytes, as so much cannot be promised there; 0 if it has it, or had none."""
    lacks: int = 0
    """Messages that the server counted and did not put into the snapshot, as its disk had damaged them."""


class _Answer(Struct, frozen=True):
    error: Refusal | None = None
    config: Raw = Raw(b"{}")
    state: Raw = Raw(b"{}")
    deliver_subject: str = ""
    ts: datetime = datetime.min
    """By the server's clock."""


def check_server(client: QuickClient) -> None:
    """Raise Misconfigured where the server is too old for it."""
    if is_older(client, NEEDED):
        wanted = ".".join(map(str, NEEDED))
        raise Misconfigured(f"nats-server is {release_of(client)} there: backups need {wanted} or newer")


async def snapshot(
    client: QuickClient, stream: str, take: Callable[[bytes], None], *, consumers: bool = True
) -> Snapshot | None:
    """Have a stream's snapshot piece by piece; None if there is no such stream.

    ``consumers`` left out of it: a server gives no snapshot while one of them stands on another server alone that does
    not answer. The server sends 8 MB ahead at the most, so no more is ever in memory. Raises NotTaken, Unavailable.
    """
    inbox = client.new_inbox()
    subscription = await client.subscribe(inbox)
    try:
        request = {"deliver_subject": inbox, "no_consumers": not consumers}
        answer = await asked(client, f"STREAM.SNAPSHOT.{stream}", _Answer, request, WITHIN)
        if answer.error is not None and answer.error.err_code == NO_STREAM:
            return None
        _checked(answer, stream)
        while True:
            piece = await subscription.next_msg(timeout=SILENT)
            if not piece.data:
                headers = piece.headers or {}
                said = f"{headers.get('Status', '')} {headers.get('Description', '')}".strip()
                # All in one piece, the server ends it without a word.
                if said in ("", DONE):
                    return Snapshot(answer.config, answer.state)
                if said.startswith(TOO_SLOW):
                    raise Unavailable(f"the snapshot of stream {stream} broke off, its pieces were written too slowly")
                raise NotTaken(f"stream {stream}: {said}")
            take(piece.data)
            if piece.reply:
                await client.publish(piece.reply)
    except (NatsError, OSError, TimeoutError) as error:
        raise Unavailable(f"the snapshot of stream {stream} broke off: {words(error)}") from error
    finally:
        with suppress(NatsError, OSError):
            await subscription.unsubscribe()


async def restore(
    client: QuickClient, stream: str, taken: Snapshot, pieces: Iterable[bytes], *, mark: str, replicas: int = 0
) -> PutBack:
    """Make a stream of a snapshot's pieces, on so many servers, 0: as many as before. It must not be there.

    ``mark`` stands in its metadata until ``finished``. One that breaks off may leave a part of the stream. Raises
    NotTaken, Unavailable.
    """
    config: dict[str, Any] = msgspec.json.decode(taken.config)
    config["metadata"] = {**own_metadata(config.get("metadata")), UNFINISHED: mark}
    config["num_replicas"] = replicas or config.get("num_replicas", 1)
    restoring = f"STREAM.RESTORE.{stream}"
    answer = await asked(client, restoring, _Answer, {"config": config, "state": taken.state}, WITHIN)
    bound = max(0, config.get("max_bytes", 0)) if answer.error and answer.error.err_code in NO_ROOM else 0
    if bound:
        # What is in it may fit all the same.
        config["max_bytes"] = -1
        answer = await asked(client, restoring, _Answer, {"config": config, "state": taken.state}, WITHIN)
    _checked(answer, stream)
    try:
        for piece in pieces:
            said = await _handed(client, answer.deliver_subject, piece, SILENT)
            if said.data:
                _checked(msgspec.json.decode(said.data, type=_Answer), stream)
        holds = await _looked_through(client, answer.deliver_subject, stream, mark, taken.holds)
    except (NatsError, OSError, TimeoutError, msgspec.DecodeError) as error:
        raise Unavailable(f"restoring stream {stream} broke off: {words(error)}") from error
    if holds.last_seq != taken.holds.last_seq:
        raise NotTaken(f"stream {stream} ends at {holds.last_seq} now, and ended at {taken.holds.last_seq}")
    # What has become too old since may have left it again already.
    lacks = 0 if config.get("max_age") else taken.holds.messages - holds.messages
    return PutBack(bound, lacks)


async def _looked_through(client: QuickClient, subject: str, stream: str, mark: str, had: StreamState) -> StreamState:
    """What a stream that ``had`` so much holds when the server has looked through all that it was given.

    Its answer is lost if the connection is, as when it stood still for a while; then the stream with this ``mark``
    shows when it is there: it can be seen before it is whole. Raises NotTaken, NatsError, TimeoutError, OSError.
    """
    reconnects, consumers, whole = client.stats["reconnects"], 0, 0
    asking = asyncio.ensure_future(_handed(client, subject, b"", LOOKS))
    try:
        while not (await asyncio.wait((asking,), timeout=LOOK))[0]:
            there = await _put_there(client, stream, mark) if client.stats["reconnects"] > reconnects else None
            whole = whole + 1 if there and (there.last_seq, there.consumer_count) == (had.last_seq, consumers) else 0
            consumers = there.consumer_count if there else 0
            enough = SETTLED if consumers >= had.consumer_count else UNSETTLED
            if there and (whole >= enough or there.last_seq > had.last_seq):
                return there
        done = msgspec.json.decode(asking.result().data, type=_Answer)
    finally:
        asking.cancel()
    _checked(done, stream)
    return msgspec.json.decode(done.state, type=StreamState)


async def _put_there(client: QuickClient, stream: str, mark: str) -> StreamState | None:
    """What a stream holds that is being restored; None if it is not seen, or another one has its name."""
    with suppress(Unavailable):  # it may stand still again
        there = await stream_info(client, stream)
        return there.state if there and there.config.metadata.get(UNFINISHED) == mark else None
    return None


async def _handed(client: QuickClient, subject: str, piece: bytes, within: float) -> Msg:
    """What the server says to a piece. Raises NatsError, TimeoutError, OSError."""
    for wait in KNOWN:
        # Nobody has it then, so it may be sent again.
        with suppress(NoRespondersError):
            return await client.request(subject, piece, timeout=within)
        await asyncio.sleep(wait)
    return await client.request(subject, piece, timeout=within)


async def finished(client: QuickClient, stream: str, made: Mapping[str, datetime]) -> None:
    """Take the mark off a restored stream: whoever needs it may use it. ``made``: when its consumers were, by name.

    Raises NotTaken, Unavailable.
    """
    answer = await asked(client, f"STREAM.INFO.{stream}", _Answer, within=WITHIN)
    _checked(answer, stream)
    config: dict[str, Any] = msgspec.json.decode(answer.config)
    metadata = own_metadata(config.get("metadata")) | {RESTORED: str(int(answer.ts.timestamp()))}
    metadata.pop(UNFINISHED, None)
    config["metadata"] = metadata | {f"{MADE}{name}": when.isoformat() for name, when in made.items()}
    _checked(await asked(client, f"STREAM.UPDATE.{stream}", _Answer, config, WITHIN), stream)


async def take_away(client: QuickClient, stream: str) -> None:
    """Delete a stream. Raises NotTaken, Unavailable."""
    _checked(await asked(client, f"STREAM.DELETE.{stream}", _Answer, within=WITHIN), stream)


def _checked(answer: _Answer, stream: str) -> None:
    if answer.error is not None:
        raise NotTaken(f"stream {stream}: {answer.error.description}")
