"""Puts a backup into a message server that has nothing of Dateline, and says what is not in it.

Until all streams are there, the metadata of each says that it is being restored. Services do not start before. And the
streams of a restore that broke off are told from somebody's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline_kernel.consumers import OURS, readers_of, set_back
from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.provision import declare_consumers
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.snapshots import (
    UNFINISHED,
    NotTaken,
    PutBack,
    Snapshot,
    check_server,
    finished,
    restore,
    take_away,
)
from dateline_operate.backup.backups import CONTENT, ORDER, STREAM, Backup, Held, Progress, checked, pieces
from dateline_operate.console.counting import counted
from dateline_operate.console.failure import Failure
from dateline_operate.feeds.book import feeds_of
from dateline_operate.feeds.faults import SCHEMES
from dateline_schemas.flow import FLOW
from dateline_schemas.subjects import STORIES


class InTheWay(Struct, frozen=True):
    """A stream that is there already."""

    name: str
    messages: int
    unfinished: str
    """The backup that it was being restored from when that broke off; empty for one that is somebody's."""


class Unbounded(Struct, frozen=True):
    """A stream that may grow beyond its bound of before: the server has not the room to promise so much."""

    name: str
    max_bytes: int
    """The bound that it had."""


class Short(Struct, frozen=True):
    """A stream that lacks messages, as the disk of the server that the backup is of had damaged them."""

    name: str
    messages: int
    """How many."""


class Restored(Struct, frozen=True, kw_only=True):
    """What came of a restore."""

    backup: Backup
    ask_again: tuple[str, ...]
    """Feeds that push: only they have what they sent since the backup."""
    read_on: tuple[str, ...]
    """Feeds that are fetched: they go on from their place in the backup, if the source still has what follows."""
    unbounded: tuple[Unbounded, ...]
    short: tuple[Short, ...]


async def in_the_way(client: QuickClient, names: Sequence[str]) -> list[InTheWay]:
    """The streams of these ``names`` that the server has already. Raises Unavailable."""
    found = [(name, await stream_info(client, name)) for name in names]
    return [
        InTheWay(name, there.state.messages, there.config.metadata.get(UNFINISHED, ""))
        for name, there in found
        if there
    ]


def read_backup(folder: Path, progress: Progress) -> Backup:
    """A backup's description, once all of it was compared with its digests. Raises Failure, OSError."""
    total = sum(path.stat().st_size for path in folder.glob("**/*") if path.is_file())
    done = 0

    def told(size: int) -> None:
        nonlocal done
        done += size
        progress("reading the backup", done, total)

    return checked(folder, told)


async def put_back(
    client: QuickClient,
    folder: Path,
    about: Backup,
    progress: Progress,
    *,
    restart: bool,
    short: bool = False,
    replicas: int,
) -> Restored:
    """Restore a backup that was read. ``restart``: first delete what a restore left that broke off. ``short``: even if
    less comes out of the log than could be read when the backup was made.

    Raises Failure with what is in the way, Misconfigured, Unavailable, OSError.
    """
    check_server(client)
    await _make_room(client, [one.name for one in about.streams], restart=restart)
    # The log first: services that are started meanwhile declare it first, and wait when they see its mark.
    order = (STORIES.name, *(name for name in ORDER if name != STORIES.name))
    streams = sorted(about.streams, key=lambda one: order.index(one.name) if one.name in order else len(order))
    back = {one: await _put_back(client, folder, one, progress, short=short, replicas=replicas) for one in streams}
    for stream in about.streams:
        await _go_on(client, stream)
    for stream in reversed(about.streams):
        # The server counts consumers as made now; a kill of yesterday is for outlets of then all the same.
        await finished(client, stream.name, {place.name: place.made for place in stream.consumers})
    feeds = await feeds_of(client)
    return Restored(
        backup=about,
        ask_again=tuple(feed.name for feed in feeds if feed.door not in SCHEMES),
        read_on=tuple(feed.name for feed in feeds if feed.door in SCHEMES),
        unbounded=tuple(Unbounded(one.name, lost.bound) for one, lost in back.items() if lost.bound),
        short=tuple(Short(one.name, lost.lacks) for one, lost in back.items() if lost.lacks),
    )


async def _make_room(client: QuickClient, names: Sequence[str], *, restart: bool) -> None:
    there = await in_the_way(client, names)
    theirs = [one for one in there if not (restart and one.unfinished)]
    if theirs:
        raise blocked(theirs)
    for one in there:
        await take_away(client, one.name)


def blocked(there: Sequence[InTheWay]) -> Failure:
    """The failure for streams that are in the way. Pure."""
    said = ", ".join(f"{one.name} ({counted(one.messages, 'message')})" for one in there)
    if all(one.unfinished for one in there):
        advice = "A restore that was broken off has left them: --restart takes them away, and begins anew."
    else:
        advice = "Nothing is overwritten. End the services, and restore into a server without them."
    return Failure(f"streams are there already: {said}.", advice)


async def _put_back(
    client: QuickClient, folder: Path, stream: Held, progress: Progress, *, short: bool, replicas: int
) -> PutBack:
    """Restore one stream. Of the log the backup says how many messages could be read; of the others nobody knows."""
    inside, done = folder / stream.name, 0

    def told(size: int) -> None:
        nonlocal done
        done += size
        progress(stream.name, done, stream.file_bytes)

    taken = msgspec.json.decode((inside / STREAM).read_bytes(), type=Snapshot)
    try:
        parts = pieces(inside / CONTENT, told)
        back = await restore(client, stream.name, taken, parts, mark=folder.resolve().name, replicas=replicas)
    except (NotTaken, Unavailable) as error:
        # Said here: who looks for the cause later finds that streams are missing, and takes that for it.
        advice = "Mend that, then say --restart. --replicas N keeps everything on N servers of a cluster."
        code = 3 if isinstance(error, Unavailable) else 1
        raise Failure(f"the server does not take it: {error}.", advice, code=code) from error
    there, read = taken.holds.messages - back.lacks, stream.messages
    if stream.name == STORIES.name and there < read and not short:
        # In a cluster a copy with damage may have given the snapshot, and another one was read.
        said = f"{there:,} messages come out of the log, and {read:,} could be read when the backup was made."
        raise Failure(said, "Another backup may have all of them. --restart --short takes this one all the same.")
    return back


async def _go_on(client: QuickClient, stream: Held) -> None:
    """Set our consumers of the log back to their places when the backup began: later answers may not be in it. Others
    go on as the server's snapshot has them.
    """
    if stream.name != STORIES.name:
        return
    places = [place for place in stream.consumers if place.name in OURS]
    if not {place.name for place in places} <= {one.name for one in await readers_of(client, stream.name)}:
        # The log was taken without them, as a server was away; each service declares its own as it is set.
        for row in FLOW:
            await declare_consumers(client, row, ServiceSettings())
    for place in places:
        await set_back(client, stream.name, place.name, min(place.taken_to, stream.last_seq))
