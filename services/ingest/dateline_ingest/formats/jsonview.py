"""A JSON object read leniently: keys in any case, a wrong type counts as absent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, KeysView
from typing import Any, TypeVar

from dateline_ingest.formats.once import once
from dateline_ingest.formats.remembering import is_short
from dateline_ingest.formats.values.words import fold

Result = TypeVar("Result")
_MOST_KEPT = 4096
_kept: dict[tuple[Callable[..., Any], str], Any] = {}
"""Results by (function, object as written); quicker than ``lru_cache``."""
_UNKNOWN: Any = object()
_ADDRESS = re.compile(r"https?://\S+")
_CODE = re.compile(r"[A-Za-z][\w-]*:\d+|\d{8}")
_LONGEST_NUMBER = 10
"""Digits of a width, a height or a size; more is no measure."""


class JsonObject:
    """Read-only view of a decoded JSON object."""

    __slots__ = ("_members",)

    def __init__(self, members: dict[str, Any]) -> None:
        """Take the decoded object."""
        if not "".join(members).islower():  # seldom: ninjs 2 and 3 have capitals within their names
            members = dict(zip(map(str.lower, members), members.values(), strict=True))
        self._members = members

    @property
    def names(self) -> KeysView[str]:
        """Names of the members, in lower case."""
        return self._members.keys()

    def has(self, *names: str) -> bool:
        """Whether any of these members is there."""
        return not self._members.keys().isdisjoint(names)

    def value(self, name: str) -> Any:
        """A member as it was decoded; None where it is not there."""
        return self._members.get(name)

    def raw(self, *names: str) -> str:
        """The first member of these that is a non-empty string or a number, as it is."""
        members = self._members
        for name in names:
            if name in members:
                value = members[name]
                if value.__class__ is str:
                    if value and not value.isspace():
                        return str(value)
                elif value.__class__ is int or value.__class__ is float:
                    return str(value)
        return ""

    def text(self, *names: str) -> str:
        """Like raw, folded."""
        get = self._members.get
        for name in names:
            value = get(name)
            if value is None:
                continue
            if value.__class__ is str:
                if value and not value.isspace():
                    return fold(value)
            elif value.__class__ is int or value.__class__ is float:
                return str(value)
        return ""

    def said(self, names: frozenset[str]) -> dict[str, str]:
        """What ``text`` gives for each of these names, without those for which there is nothing to give."""
        members = self._members
        found = {}
        for name in members.keys() & names:
            value = members[name]
            if value.__class__ is str:
                if value and not value.isspace():
                    found[name] = fold(value)
            elif value.__class__ is int or value.__class__ is float:
                found[name] = str(value)
        return found

    def denies(self, name: str) -> bool:
        """Whether a member is false: as a boolean, as a word, or as schema.org's term."""
        value = self._members.get(name)
        return value is False or (isinstance(value, str) and value.strip().lower().rpartition("/")[2] == "false")

    def count(self, *names: str) -> int:
        """The first of these members that is a number above 0, or has one in digits, as a whole number; else 0."""
        for name in names:
            value = self._members.get(name)
            if isinstance(value, str):
                digits = value.strip().removesuffix("px")
                value = int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else 0
            if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 10**_LONGEST_NUMBER:
                return int(value)
        return 0

    def texts(self, *names: str) -> tuple[str, ...]:
        """Strings of a list (or of a single string), or the names of its objects."""
        if self._members.keys().isdisjoint(names):
            return ()
        found: list[str] = []
        for name in names:
            value = self._members.get(name)
            if value is None:
                continue
            for entry in value if isinstance(value, list) else [value]:
                text = JsonObject(entry).text("name", "value", "literal") if isinstance(entry, dict) else entry
                if isinstance(text, str) and (folded := fold(text)):
                    found.append(folded)
        return once(found)

    def objects(self, *names: str) -> list[JsonObject]:
        """Objects of a list, of a single object, or of an object of objects (each with its key as ``name``)."""
        members = self._members
        if members.keys().isdisjoint(names):
            return []
        return [found for name in names if name in members for found in _objects(members[name])]

    def widest(self, name: str) -> JsonObject:
        """The object in this member that has the most ``width``; one without members where there is none."""
        return max(self.objects(name), key=lambda file: file.count("width"), default=JsonObject({}))

    def each(self, names: tuple[str, ...], read: Callable[[JsonObject], Result]) -> list[Result]:
        """What ``read``, which is pure, makes of each of these objects.

        It is kept, as wires name the same concepts again and again.
        """
        members = self._members
        found: list[Result] = []
        for name in names:
            value = members.get(name)
            if value.__class__ is not list:
                found += [read(one) for one in _objects(value)]
                continue
            told = [_read_once(read, entry) for entry in value if entry.__class__ is dict]
            if len(told) != len(value):
                told += [read(_named_alone(entry)) for entry in value if entry.__class__ is str]
            found += told
        return found

    def members(self, name: str) -> list[tuple[str, Any]]:
        """Names, as written, and values of the object that is this member; none if it is no object."""
        value = self._members.get(name)
        return list(value.items()) if isinstance(value, dict) else []

    def starting(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Names and values of the string members whose name begins so."""
        found = self._members.items()
        return ((name, value) for name, value in found if name.startswith(prefix) and isinstance(value, str))


def _read_once(read: Callable[[JsonObject], Result], entry: dict[str, Any]) -> Result:
    """What ``read`` makes of an object; the kept result of an equal one, if it is small."""
    if not is_short(entry):
        return read(JsonObject(entry))
    key = read, repr(entry)  # unlike the values themselves it tells 1 from true
    found: Result = _kept.get(key, _UNKNOWN)  # asked once, since another thread may empty it
    if found is _UNKNOWN:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = read(JsonObject(entry))
    return found


def _named_alone(text: str) -> JsonObject:
    """The object that a single string stands for, a name, code or address: ``Zorgen``, ``medtop:04000000``."""
    member = "uri" if _ADDRESS.fullmatch(text) else "code" if _CODE.fullmatch(text) else "name"
    return JsonObject({member: text})


def each_of(value: Any) -> list[Any]:
    """A list as it is; a single value as a list of one; null or nothing as an empty list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _objects(value: Any) -> list[JsonObject]:
    if value.__class__ is list:
        return [JsonObject(entry) for entry in value if entry.__class__ is dict]
    if not isinstance(value, dict) or not value:
        return []
    inner = [(name, entry) for name, entry in value.items() if isinstance(entry, dict)]
    if inner and len(inner) == len([entry for entry in value.values() if entry is not None]):
        return [JsonObject({"name": name, **entry, "rel": entry.get("rel") or name}) for name, entry in inner]
    return [JsonObject(value)]
