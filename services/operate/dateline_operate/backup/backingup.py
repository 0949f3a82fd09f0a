"""Takes a backup of a running Dateline: snapshots of its streams in an order that keeps them consistent, and a seal.

The consumers' places are noted first. After a restore, services hear again what came after those places; they find it
answered, or answer it. So nothing is missing between two streams that were taken one after the other.
"""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from dateline_kernel.connection import release_of
from dateline_kernel.consumers import readers_of
from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.snapshots import UNFINISHED as IN_RESTORE
from dateline_kernel.snapshots import NotTaken, Snapshot, check_server, snapshot
from dateline_kernel.wholefile import flush
from dateline_operate.backup.backups import (
    ABOUT,
    CONTENT,
    LIST,
    ORDER,
    STREAM,
    UNFINISHED,
    Backup,
    Held,
    Place,
    Progress,
    named,
    new_file,
    whole_ones,
)
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.health.logcheck import LogCheck
from dateline_operate.health.sealed import Sealed
from dateline_operate.health.verifying import Verified, Verifier
from dateline_operate.up.locking import held
from dateline_schemas.subjects import STORIES, TOPICS


async def back_up(client: QuickClient, into: Path, known: Sealed, progress: Progress) -> tuple[Path, Backup, Verified]:
    """Make a backup below a folder: (its folder, what is in it, what was seen of the log).

    Raises Failure, NotTaken, Misconfigured, Unavailable, OSError; then there is no backup.
    """
    check_server(client)
    into.mkdir(0o700, parents=True, exist_ok=True)
    taken = Failure(f"another `dateline backup` writes to {into}.", "Wait for it, or name another folder.")
    with held(into / ".lock", lambda: taken):
        for broken_off in into.glob(f"[0-9]*{UNFINISHED}"):
            shutil.rmtree(broken_off)
        # A folder is named by the second: a backup right behind another one waits for the next.
        while (place := into / named(began := datetime.now(UTC))).exists():
            await asyncio.sleep(1 - began.microsecond / 1e6)
        draft = place.with_name(place.name + UNFINISHED)
        draft.mkdir(0o700)
        try:
            about, seen = await _Taking(client, draft, progress).all(began, known)
            draft.rename(place)
            flush(into)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            said = f"{into}: {error.strerror or error}; no backup was made."
            raise Failure(said, "Make room there, or name another folder.") from error
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return place, about, seen


class _Taking:
    """One backup while it is made."""

    def __init__(self, client: QuickClient, folder: Path, progress: Progress) -> None:
        self._client = client
        self._folder = folder
        self._progress = progress
        self._digests: dict[str, str] = {}

    async def all(self, began: datetime, known: Sealed) -> tuple[Backup, Verified]:
        """Everything, the list of digests last."""
        places = {name: await self._places(name) for name in (STORIES.name, TOPICS.name)}
        streams = [await self._stream(name, places.get(name, ())) for name in ORDER]
        if not any(streams):
            raise Failure("there is nothing to back up: no stream of Dateline is on this server.", code=3)
        verifier = Verifier(self._client, LogCheck(sealed=known.seal), log_only=True)
        there = [one for one in streams if one]
        last = next((one.last_seq for one in there if one.name == STORIES.name), 0)
        seen = await verifier.run(lambda at, end: self._progress("sealing the log", at, end), last)
        seen.pass_over(known.accepted)
        about = Backup(
            began=began,
            ended=datetime.now(UTC),
            server=release_of(self._client),
            seal=seen.seal,
            faults=len(seen.faults),
            # Of the log as many as can be read: damaged ones are in no snapshot, though the server counts them.
            streams=tuple(replace(one, messages=seen.events) if one.name == STORIES.name else one for one in there),
        )
        self._write(ABOUT, msgspec.json.format(msgspec.json.encode(about), indent=2))
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self._digests.items()))
        self._write(LIST, lines.encode())
        for folder in (*self._folder.iterdir(), self._folder):
            if folder.is_dir():
                flush(folder)
        return about, seen

    async def _places(self, stream: str) -> tuple[Place, ...]:
        readers = await readers_of(self._client, stream, known=True)
        return tuple(Place(name=one.name, taken_to=one.taken_to, made=one.made) for one in readers if one.named)

    async def _stream(self, name: str, places: tuple[Place, ...]) -> Held | None:
        """One stream; None if it is not there."""
        there = await stream_info(self._client, name)
        if there is None:
            return None
        if backup := there.config.metadata.get(IN_RESTORE):
            raise Failure(f"{name} is being restored from backup {backup}.", "Let `dateline restore` end first.")
        (self._folder / name).mkdir(0o700)
        try:
            taken, size = await self._snapshot(name, there.state.bytes)
        except NotTaken as error:
            advice = "`dateline verify` shows what is damaged, `dateline status` which server is away."
            raise Failure(f"{error}.", advice) from error
        if taken is None:
            raise Failure(f"stream {name} was taken away meanwhile.", "Begin again.")
        self._write(f"{name}/{STREAM}", msgspec.json.encode(taken))
        holds = taken.holds
        return Held(
            name=name,
            messages=holds.messages,
            bytes=holds.bytes,
            last_seq=holds.last_seq,
            file_bytes=size,
            consumers=places,
        )

    async def _snapshot(self, name: str, bytes_there: int) -> tuple[Snapshot | None, int]:
        """What was taken of a stream, and how large it is on disk. Raises NotTaken, Unavailable, OSError."""
        try:
            return await self._content(name, bytes_there, consumers=True)
        except NotTaken as error:
            # Who reads for a moment stands on one server, and nobody tells how far that got while it is away.
            after = "services go on where they were" if name == STORIES.name else "who reads it begins at its start"
            note(f"{error}; {name} is taken without its consumers: after a restore {after}")
        (self._folder / name / CONTENT).unlink()
        return await self._content(name, bytes_there, consumers=False)

    async def _content(self, name: str, bytes_there: int, *, consumers: bool) -> tuple[Snapshot | None, int]:
        digest, size = hashlib.sha256(), 0

        def take(piece: bytes) -> None:
            nonlocal size
            file.write(piece)
            digest.update(piece)
            size += len(piece)
            self._progress(name, size, max(size, bytes_there))

        with new_file(self._folder / name / CONTENT) as file:
            taken = await snapshot(self._client, name, take, consumers=consumers)
        self._digests[f"{name}/{CONTENT}"] = digest.hexdigest()
        return taken, size

    def _write(self, name: str, data: bytes) -> None:
        with new_file(self._folder / name) as file:
            file.write(data)
        self._digests[name] = hashlib.sha256(data).hexdigest()


def drop_older(into: Path, keep: int) -> list[Path]:
    """Delete all but the newest ``keep`` backups of a folder; the folders that are gone. Raises OSError."""
    older = whole_ones(into)[:-keep]
    for folder in older:
        # Under another name first: half of one must not pass for a backup.
        gone = folder.with_name(folder.name + UNFINISHED)
        folder.rename(gone)
        shutil.rmtree(gone)
    return older
