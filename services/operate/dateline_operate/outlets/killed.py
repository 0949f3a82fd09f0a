"""The kills in the log, and how far the outlets concerned have taken each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dateline_kernel.consumers import Untold, told_of
from dateline_kernel.journal import Journal
from dateline_kernel.kills import kills_of
from dateline_kernel.losses import Unread
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.failure import Failure
from dateline_operate.console.guessing import meant
from dateline_operate.console.noanswer import needed_stream
from dateline_operate.watching.timeline import headline_of
from dateline_schemas.events import Recorded, StoryWithdrawn
from dateline_schemas.outlets import Kill, Reader, Taken, owing
from dateline_schemas.subjects import TOPICS

TOLD = (StoryWithdrawn, Unread)
"""A kill of the log, and one that cannot be read."""


class KillAtOutlet(Struct, frozen=True, kw_only=True):
    """How far one outlet is with a kill."""

    outlet: str
    state: Taken
    waiting: int
    """Messages that the outlet has not taken yet; the kill is one of them unless it is taken."""
    active: datetime | None
    """When it last took something, UTC."""


class Killed(Struct, frozen=True, kw_only=True):
    """A kill and the outlets that it is for, by name."""

    kill: Kill
    outlets: tuple[KillAtOutlet, ...]
    unread: str = ""
    """Why the kill cannot be read: only its story is known, and where that stands as killed. Empty if it can."""

    @property
    def open(self) -> bool:
        """Whether some outlet has not taken it."""
        return any(one.state != "taken" for one in self.outlets)


class Kills:
    """The kills from a sequence or time on: of one ``story`` or all, for one ``outlet`` or all.

    For callers who look repeatedly: each look reads only what has come to the log since the last one.
    """

    def __init__(self, client: QuickClient, since: int | datetime, *, story: str = "", outlet: str = "") -> None:
        self._client = client
        self._journal = Journal(client, "publish")
        self._next = since
        self._story, self._outlet = story, outlet
        self._log: list[Recorded[StoryWithdrawn | Unread]] = []
        self.untold: Untold | None = None
        """Outlets that are looked for, and of whom the last look could not tell; None if there were none."""

    async def look(self) -> list[Killed]:
        """How far each kill is now. Raises Failure for an unknown outlet, Unavailable."""
        await needed_stream(self._client, TOPICS.name)
        read = self._journal.read(self._next, kinds=(StoryWithdrawn,), story_id=self._story, whole=False)
        said = [Recorded(one.event, one.seq, one.time) async for one in read if isinstance(one.event, TOLD)]
        if said:  # not the log's end, which a copy that lags has not come to
            self._next = said[-1].seq + 1
        self._log += said
        there, untold = await told_of(self._client, TOPICS.name)
        if untold is not None and self._outlet in untold.names:
            raise untold
        readers, self.untold = _wanted(there, self._outlet), None if self._outlet else untold
        kills = await kills_of(self._journal.direct, self._log)
        return [_killed(kill, readers, one.event) for kill, one in zip(kills, self._log, strict=True)]


async def headlined(client: QuickClient, killed: Sequence[Killed]) -> list[Killed]:
    """The kills, those that came without a headline with the newest that their story had. Raises Unavailable."""
    bare = [one.kill.story_id for one in killed if not one.kill.headline]
    logs = await Journal(client, "publish").load_all(bare)
    return [
        replace(one, kill=replace(one.kill, headline=headline_of(logs[one.kill.story_id])))
        if one.kill.story_id in logs and not one.kill.headline
        else one
        for one in killed
    ]


def _wanted(readers: Sequence[Reader], outlet: str) -> list[Reader]:
    if outlet and all(reader.name != outlet for reader in readers):
        names = meant(outlet, [reader.name for reader in readers])
        raise Failure(f"no outlet reads under the name {outlet!r}{names}.", "`dateline outlets ls` lists them.", code=2)
    return [reader for reader in readers if outlet in ("", reader.name)]


def _killed(kill: Kill, readers: Sequence[Reader], event: StoryWithdrawn | Unread) -> Killed:
    outlets = (
        KillAtOutlet(outlet=reader.name, state=state, waiting=reader.not_taken, active=reader.active)
        for reader, state in owing(readers, kill)
    )
    return Killed(kill=kill, outlets=tuple(outlets), unread=event.why if isinstance(event, Unread) else "")
