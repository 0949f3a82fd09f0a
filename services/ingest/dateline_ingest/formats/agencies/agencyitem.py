"""A story in an agency's own XML or JSON: its values, by the paths of the table."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from dateline_ingest.formats.agencies.agencytable import Field, List, Mapping, Place
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.values.clocktimes import by_clock
from dateline_ingest.instants import moment, named_zone
from dateline_schemas.story import Association

_STEP = re.compile(r"([^/\[]+)(?:\[([^=\]]+)=([^\]]*)\])?")
_PART = re.compile(r"\{([^}]+)\}")
_NO = frozenset(("", "0", "false", "no", "n"))


class Item(ABC):
    """A story whose values are asked for by field. A path leads to elements, objects or texts (``Any``)."""

    __slots__ = ("_mapping",)

    def __init__(self, mapping: Mapping) -> None:
        """Take what the table says of this kind of message."""
        self._mapping = mapping

    @property
    def mapping(self) -> Mapping:
        """What the table says of this kind of message."""
        return self._mapping

    @property
    def is_one(self) -> bool:
        """Whether it has what identifies a story of this kind."""
        return all(any(True for name in need.split("|") for _ in self._at(name)) for need in self._mapping.needs)

    def text(self, field: Field) -> str:
        """The field's value without markup, empty if nothing states it."""
        return next(filter(None, map(self.value, self._places(field))), "")

    def moment(self, field: Field, language: str) -> datetime | None:
        """The field's value as an instant, aware UTC; None if it is not stated or no date."""
        text, row = self.text(field), self._mapping
        found = next((when for form in row.times if (when := _by_form(text, form))), None) or moment(text)
        if found is None:
            return None
        zone = row.zones.get(field) or row.zones.get(language.partition("-")[0].lower()) or row.zone
        return by_clock(found, text, named_zone(zone) or UTC)

    @abstractmethod
    def body(self, limits: Limits, headline: str) -> Body:
        """The first text that has words. Raises Unparseable."""

    def pictures(self) -> tuple[Association, ...]:
        """Pictures with a caption in the text."""
        return ()

    @abstractmethod
    def value(self, found: Any, name: str = "") -> str:
        """The text of a value, or of its attribute or member ``name``: without markup, empty if it means none."""

    @abstractmethod
    def beside(self, found: Any, name: str) -> str:
        """The text beside what a path leads to; empty if it is not there."""

    def values(self, field: List) -> Iterator[tuple[Place, str, Any]]:
        """Each value of a list, with its row of the table and what it is in."""
        for place in self._mapping.lists.get(field, ()):
            for found in self._at(place.path):
                text = self.value(found, place.name)
                for value in text.split(place.split) if place.split else (text,):
                    if value := value.strip():
                        yield place, value.zfill(place.digits) if value.isdigit() else value, found

    def flagged(self, name: str) -> bool:
        """Whether a field says true, or anything that is neither yes nor no."""
        found = (self.value(one) for path in self._mapping.flags.get(name, ()) for one in self._at(path))
        return any(value.lower() not in _NO for value in found)

    def _places(self, field: Field) -> Iterator[Any]:
        for path in self._mapping.text.get(field, ()):
            yield from self._at(path)

    def _at(self, path: str) -> Iterator[Any]:
        """The values where the path leads."""
        if "{" in path:
            parts = {name: next(map(self.value, self._at(name)), "") for name in _PART.findall(path)}
            return iter([_PART.sub(lambda part: parts[part[1]], path)] if all(parts.values()) else [])
        return self._from(self._start(path), path)

    def _from(self, start: Any, path: str) -> Iterator[Any]:
        found = [start]
        for name, where, wanted in _STEP.findall(path):
            found = found if name == "." else [inner for one in found for inner in self._step(one, name)]
            if where:
                found = [one for one in found if self._says(one, where, wanted.lower())]
        yield from found

    def _says(self, found: Any, path: str, wanted: str) -> bool:
        return any(self.value(one).lower() == wanted for one in self._from(found, path))

    @abstractmethod
    def _start(self, path: str) -> Any:
        """Where the path begins: the story, or the message if it begins with ``/``."""

    @abstractmethod
    def _step(self, found: Any, name: str) -> Iterator[Any]:
        """What has this name in what was found."""


def _by_form(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None
