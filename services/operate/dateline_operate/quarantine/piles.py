"""Selects quarantined things, and groups them by what they have in common. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from dateline_schemas.quarantine import Kept


class Which(Struct, frozen=True, kw_only=True):
    """A selection: things that fit all members; empty members fit everything."""

    service: str = ""
    feed: str = ""
    error: str = ""
    """Type of the failure, e.g. ``Unparseable``."""
    since: datetime | int | None = None
    """A time, or a number in quarantine."""

    @property
    def empty(self) -> bool:
        """Whether no condition is set, so that it takes everything."""
        return self == Which()

    def takes(self, kept: Kept) -> bool:
        """Whether it selects this thing."""
        what = kept.what
        return (
            self.service in ("", what.service)
            and self.feed in ("", what.feed)
            and self.error.lower() in ("", what.error.lower())
            and self._is_since(kept)
        )

    def _is_since(self, kept: Kept) -> bool:
        if self.since is None:
            return True
        return kept.seq >= self.since if isinstance(self.since, int) else kept.recorded >= self.since


class Pile(Struct, frozen=True):
    """Things that one service refused of one feed, by one kind of failure."""

    count: int
    service: str
    feed: str
    """Empty for events, which a service could not deal with whatever feed they are of."""
    error: str
    first: datetime
    newest: Kept


def piles(things: Iterable[Kept]) -> list[Pile]:
    """The things in piles, the largest first; of equal ones the one that grew last."""
    found: dict[tuple[str, str, str], Pile] = {}
    for one in things:
        key = (one.what.service, one.what.feed, one.what.error)
        there = found.get(key)
        count, first = (there.count, there.first) if there else (0, one.recorded)
        found[key] = Pile(count + 1, *key, first, one)
    return sorted(found.values(), key=lambda pile: (pile.count, pile.newest.seq), reverse=True)
