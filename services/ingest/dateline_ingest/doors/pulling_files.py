"""What to take from a folder now: a pure decision over a listing, what was listed before and what was taken."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct
from msgspec.structs import replace

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
ASIDE = ".dateline"
"""End of the names of files that were taken and are about to be put away."""
_MARK_BYTES = 8
_ASIDE = re.compile(
    rf"(?P<name>.+)\.(?P<mark>[0-9a-f]{{{2 * _MARK_BYTES}}})\.(?P<where>{TAKEN}|{REFUSED}){re.escape(ASIDE)}", re.DOTALL
)


class Entry(Struct, frozen=True, kw_only=True):
    """A file as a listing has it."""

    name: str
    """Without its folder. Bytes that are not UTF-8 are surrogates, as in ``os.fsdecode``."""
    size: int
    """Bytes; -1 where the listing does not say."""
    modified: float
    """Seconds since 1970; 0.0 where the listing does not say. Compared with other files' times, never with a clock."""
    exact: bool = True
    """Whether its time has seconds: if not, a file may be written anew and be listed as before."""


class Marks(Struct, frozen=True):
    """Files that were taken and may lie there still: a mark of 8 bytes for each, one after the other."""

    marks: bytes = b""

    def __contains__(self, entry: Entry) -> bool:
        return mark(entry) in self.all()

    def __len__(self) -> int:
        return len(self.marks) // _MARK_BYTES

    def all(self) -> frozenset[bytes]:
        """The marks."""
        return frozenset(self.marks[at : at + _MARK_BYTES] for at in range(0, len(self.marks), _MARK_BYTES))

    def within(self, others: Marks) -> Marks:
        """Those that are among the others as well."""
        return Marks(b"".join(sorted(self.all() & others.all())))

    def first(self, most: int) -> Marks:
        """So many of them at most."""
        return Marks(self.marks[: most * _MARK_BYTES])

    def with_these(self, entries: Iterable[Entry]) -> Marks:
        """These too."""
        return Marks(b"".join(sorted(self.all() | {mark(entry) for entry in entries})))

    def still_in(self, listing: Iterable[Entry]) -> Marks:
        """Without what is not listed any more."""
        return Marks(b"".join(sorted(self.all() & {mark(entry) for entry in listing})))


class Look(Struct, frozen=True, kw_only=True):
    """What came of looking at a folder."""

    take: tuple[Entry, ...] = ()
    """Files to take, oldest first."""
    waiting: tuple[Entry, ...] = ()
    """Files that are new or still change: the next look decides."""
    too_large: tuple[Entry, ...] = ()
    odd: tuple[Entry, ...] = ()
    """Files that would be copy, but for a name that no door asks a server for."""
    taken: Marks = Marks()
    """What was taken before and lies there still."""
    stay: tuple[Entry, ...] = ()
    """The same as files: each is as it was when it was taken."""
    aside: tuple[Entry, ...] = ()
    """Of those that were renamed to be put away, the ones that are still as they were taken."""


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


def aside_name(entry: Entry, where: str) -> str:
    """Name under which a file that was taken waits to be put away (``TAKEN`` or ``REFUSED``).

    Nobody else writes under it, and it tells of which state the file was when it was taken: a door that starts again
    needs to remember nothing.
    """
    return f"{entry.name}.{mark(entry).hex()}.{where}{ASIDE}"


def original(entry: Entry) -> Entry:
    """A file as it was named before it was renamed to be put away; any other as it is."""
    found = _ASIDE.fullmatch(entry.name)
    return replace(entry, name=found["name"]) if found else entry


def where_to(entry: Entry) -> str:
    """Where a renamed file is to go: ``TAKEN`` or ``REFUSED``."""
    found = _ASIDE.fullmatch(entry.name)
    return found["where"] if found else TAKEN


def is_as_taken(entry: Entry) -> bool:
    """Whether a renamed file is the very one that was taken: its name tells, where times are exact."""
    found = _ASIDE.fullmatch(entry.name)
    return found is not None and entry.exact and found["mark"] == mark(original(entry)).hex()


def wanted(name: str, pattern: str) -> bool:
    """Whether a file of that name is copy: not hidden, not temporary, a plain name that matches the shell pattern."""
    return not is_odd(name) and _copy(name, pattern)


def is_odd(name: str) -> bool:
    """Whether a name has control characters or slashes in it, which would be commands or other folders."""
    return "/" in name or any(ord(letter) < 32 or ord(letter) == 127 for letter in name)


def _copy(name: str, pattern: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(TEMPORARY) and fnmatchcase(name, pattern)


def decide(
    listing: Sequence[Entry],
    before: Iterable[Entry],
    taken: Marks,
    *,
    pattern: str = "*",
    most_bytes: int,
    leave: bool = False,
) -> Look:
    """What to take now.

    A file is taken if the look before saw it with the same size and time: senders that write in place are given that
    long. ``before`` is the listing of that look, nothing at first. A file that changes after it was taken is taken
    again, under whatever name. An empty one is left alone: it was made, and not written yet. Where files ``leave`` once
    they were taken there may be any number, and some wait their turn. Raises TooMany.
    """
    fitting = [entry for entry in listing if wanted(original(entry).name, pattern)]
    marks, seen = taken.all(), {mark(entry) for entry in before}
    old = [entry for entry in fitting if is_as_taken(entry) or mark(entry) in marks]
    if len(fitting) > MOST_FILES and not leave:
        said = "let them be moved or deleted (after), or take fewer (pattern)"
        raise TooMany(f"{len(fitting)} files match, more than {MOST_FILES}; {said}")
    known = {mark(entry) for entry in old}
    fresh = [entry for entry in fitting if entry.size and mark(entry) not in known]
    large = [entry for entry in fresh if entry.size > most_bytes]
    fit = sorted((entry for entry in fresh if entry.size <= most_bytes), key=lambda entry: (entry.modified, entry.name))
    whole = [entry for entry in fit if mark(entry) in seen]
    return Look(
        take=tuple(whole[: max(0, MOST_FILES - len(old))]),
        waiting=tuple(entry for entry in fit if mark(entry) not in seen),
        too_large=tuple(large),
        odd=tuple(entry for entry in listing if is_odd(entry.name) and _copy(entry.name, pattern)),
        taken=taken.still_in(fitting),
        stay=tuple(entry for entry in old if original(entry) is entry),
        aside=tuple(entry for entry in old if original(entry) is not entry),
    )


def shown(name: str) -> str:
    """A name, or a server's words, that can be written down: what is no UTF-8 is read as Latin-1."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("latin-1")
    return name
