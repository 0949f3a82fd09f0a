"""In which fields two events differ, and in how many events each field does. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline_schemas.events import Event
from dateline_schemas.grounds import claimed

ENVELOPE = ("id", "cause", "correlation", "rules", "schema")
"""Members that the kernel fills in: who said it and why, not what was said."""
SHOWN = 300
_INDEX = re.compile(r"\[\d+\]")


class Change(Struct, frozen=True, kw_only=True):
    """A member of an event that would be different."""

    path: str
    """E.g. ``credit.agencies[1]``."""
    was: str
    would_be: str
    evidence: bool = False
    """Whether it is evidence (where, by which rule, how sure) and no claim."""


class ByField(Struct, kw_only=True):
    """How many events would be different in a field."""

    path: str
    """Without the numbers of lists: ``credit.authors[].where``."""
    evidence: bool
    events: int = 0


def count_fields(rows: list[ByField], found: Iterable[Change]) -> None:
    """Take the changes of one event into account."""
    for path, evidence in dict.fromkeys((_INDEX.sub("[]", one.path), one.evidence) for one in found):
        there = (row for row in rows if (row.path, row.evidence) == (path, evidence))
        row = next(there, None)
        if row is None:
            row = ByField(path=path, evidence=evidence)
            rows.append(row)
        row.events += 1


def in_order(rows: Iterable[ByField]) -> list[ByField]:
    """Claims before evidence, the most frequent first."""
    return sorted(rows, key=lambda row: (row.evidence, -row.events, row.path))


def changed_members(was: Event, would_be: Event) -> tuple[Change, ...]:
    """The members in which two events differ, without their envelopes: first claims, then evidence."""
    claims = {one.path for one in changes(_plain(claimed(was)), _plain(claimed(would_be)))}
    found = changes(_plain(msgspec.to_builtins(was)), _plain(msgspec.to_builtins(would_be)))
    of_claims = [one for one in found if one.path in claims]
    of_grounds = [replace(one, evidence=True) for one in found if one.path not in claims]
    return (*of_claims, *of_grounds)


def evidence_only(found: Sequence[Change]) -> bool:
    """Whether only evidence differs."""
    return all(one.evidence for one in found)


def changes(was: Any, would_be: Any, path: str = "") -> list[Change]:
    """Where two JSON values differ, leaf by leaf."""
    if was == would_be:
        return []
    if isinstance(was, dict) and isinstance(would_be, dict):
        names = dict.fromkeys((*was, *would_be))
        prefix = f"{path}." if path else ""
        return [one for name in names for one in changes(was.get(name), would_be.get(name), f"{prefix}{name}")]
    if isinstance(was, (list, tuple)) and isinstance(would_be, (list, tuple)) and len(was) == len(would_be):
        pairs = enumerate(zip(was, would_be, strict=True))
        return [one for nth, pair in pairs for one in changes(*pair, f"{path}[{nth}]")]
    return [Change(path=path, was=_short(was), would_be=_short(would_be))]


def _plain(members: Any) -> Any:
    return {name: value for name, value in members.items() if name not in (*ENVELOPE, "type")}


def _short(value: Any) -> str:
    said = "(nothing)" if value is None else msgspec.json.encode(value).decode()
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
