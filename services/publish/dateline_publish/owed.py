"""Which kills an outlet has not read yet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct

from dateline_kernel.losses import Unread
from dateline_schemas.events import Event, Recorded, StoryWithdrawn
from dateline_schemas.outlets import Kill, Reader, place_of, taken

WATCHED = timedelta(days=7)
"""How long a kill is watched."""
MOST = 1_000
"""Most kills watched at a time; the oldest are dropped first."""
SLOW = timedelta(minutes=1)
"""After this an outlet that has not taken a kill is logged."""


class KillNews(Struct, frozen=True, kw_only=True):
    """What is logged of a kill and an outlet: that it took it, or that it is late. Each is logged once."""

    kill: Kill
    outlet: str
    taken: bool
    """True: the outlet has it now. False: it has not, after SLOW."""
    seconds: float
    """Since the log took the kill."""


@dataclass
class _Debt:
    kill: Kill
    outlet: str
    told: bool = False


class Owed:
    """The kills of the last days that some outlet has not taken, by the log and by how far outlets have read."""

    kinds: tuple[type[Event], ...] = (StoryWithdrawn,)
    reach = WATCHED

    def __init__(self, began: datetime) -> None:
        """``began``: start of this process; an earlier one has logged older kills that are taken by now."""
        self._began = began
        self._unposted: dict[int, Recorded[StoryWithdrawn | Unread]] = {}
        self._debts: dict[tuple[int, str], _Debt] = {}
        self._undecided: dict[int, tuple[Kill, frozenset[str]]] = {}
        """Posted kills with the readers for whom it is not decided yet whether they owe it."""

    def passes_over(self, story_id: str, data: bytes) -> bool:
        """Every kill counts."""
        return False

    def apply(self, recorded: Recorded[Event]) -> None:
        """Note a kill of the log; where it stands on TOPICS is looked up later."""
        if isinstance(recorded.event, (StoryWithdrawn, Unread)):
            self._unposted[recorded.seq] = Recorded(recorded.event, recorded.seq, recorded.time)
        while len(self._unposted) > MOST:
            del self._unposted[next(iter(self._unposted))]

    @property
    def unposted(self) -> Sequence[Recorded[StoryWithdrawn | Unread]]:
        """The kills whose place on TOPICS is not known yet."""
        return tuple(self._unposted.values())

    def look(
        self, kills: Iterable[Kill], readers: Sequence[Reader], now: datetime, unknown: frozenset[str] = frozenset()
    ) -> list[KillNews]:
        """Take in where the ``unposted`` kills stand, and how far outlets have read; what is to be logged of it.

        ``unknown``: others of whom nothing is told, and never was. They are judged once it is.
        """
        everyone = unknown.union(reader.name for reader in readers)
        for kill in kills:
            if kill.posted:
                self._unposted.pop(kill.seq, None)
                self._undecided[kill.seq] = kill, everyone
        for kill, names in self._undecided.values():
            self._owe(kill, [reader for reader in readers if reader.name in names])
        self._unposted = {seq: one for seq, one in self._unposted.items() if now - one.time < WATCHED}
        undecided = ((seq, kill, names & unknown) for seq, (kill, names) in self._undecided.items())
        self._undecided = {seq: (kill, left) for seq, kill, left in undecided if left and now - kill.said < WATCHED}
        there = {reader.name: reader for reader in readers}
        return [told for debt in list(self._debts.values()) for told in self._judged(debt, there, now)]

    def _owe(self, kill: Kill, readers: Iterable[Reader]) -> None:
        for reader in readers:
            place = place_of(kill, reader)
            if place is not None and (kill.said >= self._began or taken(reader, place) != "taken"):
                self._debts[kill.seq, reader.name] = _Debt(kill, reader.name)
        while len(self._debts) > MOST:
            del self._debts[next(iter(self._debts))]

    def _judged(self, debt: _Debt, there: dict[str, Reader], now: datetime) -> Iterator[KillNews]:
        kill, reader = debt.kill, there.get(debt.outlet)
        since = now - kill.said
        # An outlet whose consumer was made anew may begin behind the kill: then it owes nothing.
        place = place_of(kill, reader) if reader is not None else None
        gone = place is None
        has_it = reader is not None and place is not None and taken(reader, place) == "taken"
        if gone or has_it or since > WATCHED:
            del self._debts[kill.seq, debt.outlet]
        late = not gone and since > SLOW and not debt.told
        debt.told |= late
        if has_it or late:
            yield KillNews(kill=kill, outlet=debt.outlet, taken=has_it, seconds=since.total_seconds())

    def by_outlet(self) -> dict[str, tuple[int, datetime]]:
        """For each outlet that owes any: how many kills it has not taken, and when the oldest of them was said."""
        found: dict[str, tuple[int, datetime]] = {}
        for debt in self._debts.values():
            count, since = found.get(debt.outlet, (0, debt.kill.said))
            found[debt.outlet] = count + 1, min(since, debt.kill.said)
        return found
