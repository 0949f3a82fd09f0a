"""A JSON object read leniently: keys in any case, a wrong type counts as absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline_ingest.formats.words import fold


class JsonObject:
    """Read-only view of a decoded JSON object."""

    __slots__ = ("_members",)

    def __init__(self, members: dict[str, Any]) -> None:
        """Take the decoded object."""
        self._members = {name.lower(): value for name, value in members.items()}

    def has(self, *names: str) -> bool:
        """Whether any of these members is there."""
        return any(name in self._members for name in names)

    def raw(self, *names: str) -> str:
        """The first member of these that is a non-empty string or a number, as it is."""
        for name in names:
            value = self._members.get(name)
            if value is None:
                continue
            if isinstance(value, str):
                if value.strip():
                    return value
                continue
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return str(value)
        return ""

    def text(self, *names: str) -> str:
        """Like raw, folded."""
        value = self.raw(*names)
        return fold(value) if value else ""

    def texts(self, *names: str) -> tuple[str, ...]:
        """Strings of a list (or of a single string), or the names of its objects."""
        found: list[str] = []
        for name in names:
            value = self._members.get(name)
            if value is None:
                continue
            for entry in value if isinstance(value, list) else [value]:
                text = JsonObject(entry).text("name", "value", "literal") if isinstance(entry, dict) else entry
                if isinstance(text, str) and (folded := fold(text)):
                    found.append(folded)
        return tuple(dict.fromkeys(found))

    def objects(self, *names: str) -> list[JsonObject]:
        """Objects of a list, of a single object, or of an object of objects (each with its key as ``name``)."""
        members = self._members
        return [found for name in names if name in members for found in _objects(members[name])]

    def starting(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Names and values of the string members whose name begins so."""
        for name, value in self._members.items():
            if isinstance(value, str) and name.startswith(prefix):
                yield name, value


def _objects(value: Any) -> list[JsonObject]:
    if isinstance(value, list):
        return [JsonObject(entry) for entry in value if isinstance(entry, dict)]
    if not isinstance(value, dict):
        return []
    inner = [(name, entry) for name, entry in value.items() if isinstance(entry, dict)]
    if inner and len(inner) == len([entry for entry in value.values() if entry is not None]):
        return [JsonObject({"name": name, **entry, "rel": entry.get("rel") or name}) for name, entry in inner]
    return [JsonObject(value)]
