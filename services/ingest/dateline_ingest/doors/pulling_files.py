"""What to take from a folder now: a pure decision over a listing, what was listed before and what was taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

MOST_FILES = 50_000
"""Files of one folder that can be told apart from new ones: 8 bytes each in the door's place."""
TEMPORARY = (
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".filepart",  # WinSCP
    ".crdownload",
    ".uploading",
    ".upload",
    ".writing",
    ".incomplete",
    ".inprogress",
    ".swp",
    ".lock",
    ".lck",
    "~",
)
"""Ends of names that senders give to files they are still writing, in any case."""
TAKEN, REFUSED = "taken", "refused"
"""Folders inside the feed's own, for files that were dealt with, if ``after`` is ``move``."""
_MARK_BYTES = 8


class Entry(Struct, frozen=True, kw_only=True):
    """A file as a listing has it."""

    name: str
    """Without its folder. Bytes that are not UTF-8 are surrogates, as in ``os.fsdecode``."""
    size: int
    """Bytes; -1 where the listing does not say."""
    modified: float
    """Seconds since 1970; 0.0 where the listing does not say. Compared with other files' times, never with a clock."""


class Taken(Struct, frozen=True):
    """Files that were taken and may lie there still: a mark of 8 bytes for each, one after the other."""

    marks: bytes = b""

    def __contains__(self, entry: Entry) -> bool:
        return mark(entry) in self.all()

    def all(self) -> frozenset[bytes]:
        """The marks."""
        return frozenset(self.marks[at : at + _MARK_BYTES] for at in range(0, len(self.marks), _MARK_BYTES))

    def with_these(self, entries: Iterable[Entry]) -> Taken:
        """These too."""
        return Taken(b"".join(sorted(self.all() | {mark(entry) for entry in entries})))

    def still_in(self, listing: Iterable[Entry]) -> Taken:
        """Without what is not listed any more."""
        return Taken(b"".join(sorted(self.all() & {mark(entry) for entry in listing})))


class Look(Struct, frozen=True, kw_only=True):
    """What came of looking at a folder."""

    take: tuple[Entry, ...] = ()
    """Files to take, oldest first."""
    waiting: tuple[Entry, ...] = ()
    """Files that are new or still change: the next look decides."""
    too_large: tuple[Entry, ...] = ()
    odd: tuple[Entry, ...] = ()
    """Files that would be copy, but for a name that no door asks a server for."""
    taken: Taken = Taken()
    """What was taken before and lies there still."""


class TooMany(Exception):
    """More files lie in the folder than can be told apart."""


def mark(entry: Entry) -> bytes:
    """Tells a file and its state from others: 8 bytes of a digest over name, size and time."""
    what = f"{entry.name}\0{entry.size}\0{entry.modified!r}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(what, digest_size=_MARK_BYTES).digest()


def put_away_as(entry: Entry) -> str:
    """Name for a file that is moved away: its own, with its mark, so that a later one of that name has another."""
    stem, dot, suffix = entry.name.rpartition(".")
    return f"{stem}.{mark(entry).hex()}.{suffix}" if stem and dot else f"{entry.name}.{mark(entry).hex()}"


def wanted(name: str, pattern: str) -> bool:
    """Whether a file of that name is copy: not hidden, not temporary, a plain name that matches the shell pattern."""
    return not is_odd(name) and _copy(name, pattern)


def is_odd(name: str) -> bool:
    """Whether a name has control characters or slashes in it, which would be commands or other folders."""
    return "/" in name or any(ord(letter) < 32 or ord(letter) == 127 for letter in name)


def _copy(name: str, pattern: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(TEMPORARY) and fnmatchcase(name, pattern)


def decide(
    listing: Sequence[Entry], before: Iterable[Entry], taken: Taken, *, pattern: str = "*", most_bytes: int
) -> Look:
    """What to take now.

    A file is taken if the look before saw it with the same size and time: senders that write in place are given that
    long. ``before`` is the listing of that look, nothing at first. A file that changes after it was taken is taken
    again. An empty one is left alone: it was made, and not written yet. Raises TooMany.
    """
    fitting = [entry for entry in listing if wanted(entry.name, pattern)]
    if len(fitting) > MOST_FILES:
        raise TooMany(f"{len(fitting)} files match, more than {MOST_FILES}")
    marks, seen = taken.all(), {mark(entry) for entry in before}
    fresh = [entry for entry in fitting if entry.size and mark(entry) not in marks]
    large = [entry for entry in fresh if entry.size > most_bytes]
    fit = sorted((entry for entry in fresh if entry.size <= most_bytes), key=lambda entry: (entry.modified, entry.name))
    return Look(
        take=tuple(entry for entry in fit if mark(entry) in seen),
        waiting=tuple(entry for entry in fit if mark(entry) not in seen),
        too_large=tuple(large),
        odd=tuple(entry for entry in listing if is_odd(entry.name) and _copy(entry.name, pattern)),
        taken=taken.still_in(fitting),
    )


def shown(name: str) -> str:
    """A name that can be printed: what is no UTF-8 is read as Latin-1."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("latin-1")
    return name
