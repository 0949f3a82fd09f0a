"""Feeds as operators write them, ``[[feed]]`` tables in TOML: read strictly, and what applying them changes. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from dateline_operate.console.failure import Failure
from dateline_operate.feeds.faults import SCHEMES, faults_of
from dateline_operate.feeds.words import in_words, without
from dateline_schemas.feeds import Feed, key_digest

AGREED = ("agency", "trust")
"""Members of the contract that may stand in the entry itself instead."""


class _Feeds(Struct, frozen=True, forbid_unknown_fields=True):
    feed: tuple[dict[str, Any], ...] = ()


def feeds_of_file(text: str, there: Mapping[str, Feed] | None = None) -> list[Feed]:
    """The feeds of a TOML file. Raises Failure naming the feed and what is wrong with it.

    ``there`` are the feeds as they are: a table that names no key keeps the feed's key, and one that does not say
    ``paused`` leaves that as an operator set it.
    """
    there = there or {}
    feeds: list[Feed] = []
    faults: list[str] = []
    for table in _tables(text):
        try:
            feeds.append(_of_table(table, there.get(str(table.get("name", "")))))
        except Failure as failure:
            faults.append(str(failure))
    if faults:  # all of them, so that a file is not corrected fault by fault
        raise Failure("\n".join(faults))
    if twice := {feed.name for feed in feeds if [other.name for other in feeds].count(feed.name) > 1}:
        raise Failure(f"no feeds file: {', '.join(sorted(twice))} stands in it twice.")
    if clash := clashes([*({**there, **{feed.name: feed for feed in feeds}}).values()]):
        raise Failure(f"{clash} would have the same key, and nobody could tell who pushes.")
    return feeds


def _tables(text: str) -> tuple[dict[str, Any], ...]:
    try:
        return msgspec.convert(tomllib.loads(text), _Feeds).feed
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        said = in_words(error, _Feeds) if isinstance(error, msgspec.ValidationError) else str(error)
        raise Failure(f"no feeds file: {said}", "It has [[feed]] tables with name, door, url and so on.") from error


def _of_table(table: Mapping[str, Any], there: Feed | None) -> Feed:
    name = table.get("name", "without a name")
    members = {member: value for member, value in table.items() if member not in ("key", *AGREED)}
    if agreed := {member: table[member] for member in AGREED if member in table}:
        members["contract"] = _with_agreed(name, agreed, table.get("contract", {}))
    key = table.get("key", "")
    if key and "key_sha256" in table:
        raise Failure(f"feed {name}: give either key or key_sha256.")
    if not isinstance(key, str):
        raise Failure(f"feed {name}: key is a text.")
    if key:
        members["key_sha256"] = key_digest(key)
    feed = _converted(name, members)
    if there is not None:
        kept = {
            "key_sha256": feed.key_sha256 or (there.key_sha256 if feed.door not in SCHEMES else ""),
            "paused": table.get("paused", there.paused),
        }
        feed = msgspec.structs.replace(feed, **kept)
    if faults := faults_of(feed):
        raise Failure("\n".join(f"feed {feed.name}: {fault}" for fault in faults))
    return feed


def _converted(name: str, table: dict[str, Any]) -> Feed:
    """The feed that a table is. Raises Failure with every member that is at fault."""
    members: dict[str, Any] | None = table
    said: list[str] = []
    while members is not None:
        try:
            feed = msgspec.convert(members, Feed)
        except msgspec.ValidationError as error:
            if said and "missing required" in str(error):
                break  # perhaps by what was taken out here
            said.append(f"feed {name}: {in_words(error, Feed, ('key', *AGREED))}")
            members = without(members, error)
        else:
            if not said:
                return feed
            break
    raise Failure("\n".join(said))


def _with_agreed(name: str, agreed: dict[str, Any], contract: Any) -> Any:
    """The contract with the members that stand in the entry itself. Raises Failure if one stands in both."""
    if not isinstance(contract, dict):
        return contract
    if twice := sorted(agreed.keys() & contract.keys()):
        raise Failure(f"feed {name}: {twice[0]} stands both in the entry and in its contract; write it once.")
    return {**agreed, **contract}


class Change(Struct, frozen=True, kw_only=True):
    """What applying a file does to a feed."""

    feed: str
    what: str
    """``new``, ``changed`` or ``same``."""
    members: dict[str, tuple[Any, Any]] = {}
    """What changes: before and after, as JSON has it; digests are shortened."""


def change_of(before: Feed | None, after: Feed) -> Change:
    """What is different."""
    default = Feed(name=after.name)
    members = {
        name: (_shown(name, getattr(before or default, name)), _shown(name, getattr(after, name)))
        for name in Feed.__struct_fields__
        if getattr(before or default, name) != getattr(after, name)
    }
    what = "new" if before is None else "changed" if members else "same"
    return Change(feed=after.name, what=what, members=members)


def _shown(member: str, value: Any) -> Any:
    plain = msgspec.to_builtins(value)
    return f"{plain[:12]}…" if member == "key_sha256" and plain else plain


def clashes(feeds: Sequence[Feed]) -> str:
    """The names of two feeds with one key, which would make pushes ambiguous; empty if there are none."""
    by_key: dict[str, str] = {}
    for feed in feeds:
        other = by_key.setdefault(feed.key_sha256, feed.name) if feed.key_sha256 else feed.name
        if other != feed.name:
            return f"{other} and {feed.name}"
    return ""


def rival(feed: Feed, there: Iterable[Feed]) -> str:
    """What is to be said of a feed that takes what another one would take as well; empty if none does."""
    for other in there:
        same = other.name != feed.name and (other.door, other.url, other.pattern) == (feed.door, feed.url, feed.pattern)
        if feed.url and same and "keep" not in (feed.after, other.after):
            return (
                f"feed {other.name} takes from there, too: what one of them has moved or deleted the other never gets."
            )
    return ""
