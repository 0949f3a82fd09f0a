"""Whether the log is whole and unchanged: message by message, and by one number for all of them. Pure.

The server checks every message that it reads, and leaves out damaged ones without notice: these show as a gap. A change
that leaves everything consistent shows only by comparison with a number that was written down before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from dateline_kernel.remembering import Lately
from dateline_operate.console.failure import Failure
from dateline_schemas.codec import UnreadableEvent, decode
from dateline_schemas.events import Arrival, CreditOverridden, Event
from dateline_schemas.identity import event_id, stamp_arrival
from dateline_schemas.subjects import story_subject

Kind = Literal["missing", "unreadable", "misplaced", "renamed", "orphan", "altered", "original", "topic"]
"""What is wrong. Messages are gone; are no events; stand where others belong; have an id that their cause does not
make; follow from an event that is not there; are not what a seal was made of. The original bytes are not there, or the
message on a topic is not."""

REMEMBERED = 200_000
"""Number of newest events, and of originals read, that are kept in memory. Older causes are looked up in their story.
"""
ANSWERS = 8
"""Most events of one kind that one cause may have."""
_SEAL = re.compile(r"(\d{1,16}):([0-9a-f]{64})")
_ARE_GONE = "messages are gone: "
_GONE = re.compile(rf"([\d,]{{1,20}}) {_ARE_GONE}")


class Fault(Struct, frozen=True, kw_only=True):
    """Something that is wrong."""

    kind: Kind
    seq: int
    """Sequence in the log; of several missing messages the first, 0 where nobody knows."""
    said: str
    story_id: str = ""

    @property
    def gone(self) -> int:
        """Of how many messages it says that they are gone from amid the log."""
        found = _GONE.match(self.said)
        return int(found[1].replace(",", "")) if found else 0


class Raw(Struct, frozen=True):
    """A message of the log as it is stored."""

    seq: int
    subject: str
    data: bytes


class Seal(Struct, frozen=True):
    """All messages up to one of them, as one number: SHA-256 of its subject, its body and the seal before it."""

    seq: int = 0
    digest: bytes = bytes(32)

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest.hex()}"

    @property
    def short(self) -> str:
        """As much of it as tells it from others. A fault has it: the same one of another seal is not known yet."""
        return f"{self.seq}:{self.digest[:4].hex()}"

    def with_next(self, raw: Raw) -> Seal:
        """The seal with one message more."""
        subject = raw.subject.encode()
        head = b"%d %d %d\n" % (raw.seq, len(subject), len(raw.data))
        return Seal(raw.seq, hashlib.sha256(b"".join((self.digest, head, subject, raw.data))).digest())


def seal_of(said: str) -> Seal:
    """A seal as ``dateline verify`` shows it. Raises Failure."""
    found = _SEAL.fullmatch(said.strip())
    if found is None:
        raise Failure(
            f"{said!r} is no seal.", "It is a sequence, a colon and 64 hex digits, as verify shows it.", code=2
        )
    return Seal(int(found[1]), bytes.fromhex(found[2]))


class LogCheck:
    """Reads the log in its order. What it cannot decide by itself is in ``unknown`` until it is looked up."""

    def __init__(self, *, behind: Seal | None = None, sealed: Seal | None = None) -> None:
        """Begin behind a trusted seal, else with the first message. ``sealed``: a seal that the log must match."""
        self.seal = behind or Seal()
        self.events = 0
        self.unknown: list[tuple[int, Event]] = []
        """(sequence, event) whose cause is older than the events in memory."""
        self._sealed = sealed
        self._ids = Lately(REMEMBERED)

    def take(self, raw: Raw) -> tuple[Event | None, list[Fault]]:
        """The event of the next message, and what is wrong with it."""
        faults = list(self._gap(raw.seq))
        self.seal = self.seal.with_next(raw)
        self.events += 1
        if self._sealed is not None and raw.seq == self._sealed.seq and self.seal != self._sealed:
            said = f"up to here the log is not what seal {self._sealed.short} was made of"
            faults.append(Fault(kind="altered", seq=raw.seq, said=said))
        try:
            event = decode(raw.data)
        except UnreadableEvent as error:
            return None, [*faults, Fault(kind="unreadable", seq=raw.seq, said=f"{raw.subject}: {error}"[:300])]
        return event, [*faults, *self._event(event, raw)]

    def end(self, last: int) -> Iterator[Fault]:
        """What is missing between the last message that was read and the end that the log claims to have."""
        yield from self._gap(last + 1)
        sealed = max(self.seal, self._sealed or self.seal, key=lambda one: one.seq)
        if last < sealed.seq:
            said = f"the log ends at {last:,}, and was sealed at {sealed.seq:,} (seal {sealed.short})"
            yield Fault(kind="missing", seq=last + 1, said=said)

    def _gap(self, seq: int) -> Iterator[Fault]:
        expected = self.seal.seq + 1
        if seq > expected:
            until = f" to {seq - 1}" if seq - 1 > expected else ""
            yield Fault(kind="missing", seq=expected, said=f"{seq - expected:,} {_ARE_GONE}{expected}{until}")

    def _event(self, event: Event, raw: Raw) -> Iterator[Fault]:
        def fault(kind: Kind, said: str) -> Fault:
            return Fault(kind=kind, seq=raw.seq, said=said, story_id=event.story_id)

        if story_subject(event) != raw.subject:
            yield fault("misplaced", f"{type(event).__name__} stands at {raw.subject}, not at {story_subject(event)}")
        if not _is_named_right(event):
            yield fault("renamed", f"{type(event).__name__} has the id {event.id}, which its cause does not make")
        if event.cause and event.cause not in self._ids:
            self.unknown.append((raw.seq, event))
        self._ids.add(event.id)


def orphan(seq: int, event: Event) -> Fault:
    """An event whose cause is nowhere."""
    said = f"{type(event).__name__} follows from event {event.cause}, which is not in the log"
    return Fault(kind="orphan", seq=seq, said=said, story_id=event.story_id)


def _is_named_right(event: Event) -> bool:
    if isinstance(event, Arrival):
        return event.id == stamp_arrival(event).id
    # An editor's words about a version are counted in the event, answers of a service are not.
    answers = (event.nth,) if isinstance(event, CreditOverridden) else range(ANSWERS)
    return any(event.id == event_id(type(event).__name__, event.cause, event.rules, nth) for nth in answers)
