"""Outlets as readers of TOPICS, and whether each has taken an announcement, by how far the server knows it to be.

Only what the server remembers under a name can be seen: whoever reads without one, or acknowledges nothing, leaves no
trace of what it has taken. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from dateline_schemas.subjects import covers

Taken = Literal["taken", "handed over", "waiting"]
"""How far an announcement is with an outlet: acknowledged; sent, and it or one before it not acknowledged; not sent."""


class Reader(Struct, frozen=True, kw_only=True):
    """A consumer of a stream, as the server shows it."""

    name: str
    filters: tuple[str, ...] = ()
    """Subjects that it reads; empty for all of them."""
    named: bool
    """Whether it is durable: the server remembers how far it is while it is away."""
    acknowledges: bool
    made: datetime
    """By the server's clock, UTC."""
    taken_to: int
    """Sequence up to which it has acknowledged everything that it reads."""
    handed_to: int
    """Sequence of the last message that was sent to it."""
    waiting: int
    """Messages that were not sent to it yet."""
    in_hand: int
    """Messages that were sent and are not acknowledged."""
    again: int
    """Of these, the ones that were sent more than once."""
    active: datetime | None = None
    """When it last acknowledged something, UTC; None if it never did."""

    @property
    def not_taken(self) -> int:
        """Messages that it has not acknowledged: sent or not."""
        return self.waiting + self.in_hand

    def reads(self, subject: str) -> bool:
        """Whether what is posted on a subject is for it."""
        return not self.filters or any(covers(one, subject) for one in self.filters)


class Announcement(Struct, frozen=True, kw_only=True):
    """A release or a kill as outlets get it."""

    story_id: str
    version: str
    number: int
    """In the row of the story's releases and kills."""
    headline: str
    said: datetime
    """When the log took it, UTC."""
    seq: int
    """Where it stands in the log."""
    posted: tuple[tuple[str, int], ...] = ()
    """Subjects that have it, each with its sequence in TOPICS: none before it is posted and after it has left there."""


class Kill(Announcement, frozen=True, kw_only=True):
    """A kill as outlets get it, or the word that a story is withheld: it is to be taken back as well."""

    reason: str
    pubstatus: Literal["withheld", "canceled"] = "canceled"


def place_of(announcement: Announcement, reader: Reader) -> int | None:
    """Where in TOPICS a reader finds an announcement; None if it is not for it, or nothing can be told of it.

    What was said before the reader began to read is not for it, either: it finds a kill behind its story. Of
    several subjects that it reads, the first one counts, as the number is the same on all.
    """
    if not (reader.named and reader.acknowledges) or reader.made > announcement.said:
        return None
    return min((seq for subject, seq in announcement.posted if reader.reads(subject)), default=None)


def taken(reader: Reader, place: int) -> Taken:
    """How far what stands at a place of TOPICS is with a reader that reads it."""
    return "taken" if reader.taken_to >= place else "handed over" if reader.handed_to >= place else "waiting"


def owing(readers: Iterable[Reader], kill: Kill) -> list[tuple[Reader, Taken]]:
    """The readers that a kill is for, each with how far it is."""
    found = ((reader, place_of(kill, reader)) for reader in readers)
    return [(reader, taken(reader, place)) for reader, place in found if place is not None]
