"""One story in an agency's own XML: its values by the paths of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from dateline_ingest.formats.agencyxml_table import Field, List, Mapping, Place
from dateline_ingest.formats.body import Body
from dateline_ingest.formats.bodywriter import BodyWriter
from dateline_ingest.formats.markup import any_body
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.words import unmarked
from dateline_ingest.formats.xmltree import Element, local
from dateline_ingest.instants import instant, named_zone

_ZONED = re.compile(r"(?:[Zz]|GMT|UTC|[+-]\d\d:?\d\d)$")
_ESCAPED_TWICE = re.compile(r"&amp;(?=#\d{1,6};|[a-z]{2,8};)")
_STEP = re.compile(r"([^/\[]+)(?:\[([^=\]]+)=([^\]]*)\])?")
_PART = re.compile(r"\{([^}]+)\}")
_NO = frozenset(("", "0", "false", "no", "n"))


class Item:
    """The element of a story, asked by the names of fields."""

    __slots__ = ("_element", "_mapping", "_root")

    def __init__(self, element: Element, root: Element, mapping: Mapping) -> None:
        """``root`` is that of the message, for paths that begin there."""
        self._element, self._root, self._mapping = element, root, mapping

    @property
    def is_one(self) -> bool:
        """Whether the element holds what tells a story of this kind."""
        return all(any(True for _ in self._at(name)) for name in self._mapping.needs)

    def text(self, field: Field) -> str:
        """The field's value without markup, empty if nothing states it."""
        return next(filter(None, map(self.value, self._places(field))), "")

    def moment(self, field: Field, language: str) -> datetime | None:
        """The field's value as an instant, aware UTC; None if it is not stated or no date."""
        text, row = self.text(field), self._mapping
        found = next((when for form in row.times if (when := _by_form(text, form))), None) or instant(text)
        if found is None or _ZONED.search(text):
            return found
        zone = row.zones.get(field) or row.zones.get(language.partition("-")[0].lower()) or row.zone
        try:
            return found.replace(tzinfo=named_zone(zone) or UTC).astimezone(UTC)
        except OverflowError:
            return None

    def body(self, limits: Limits, headline: str) -> Body:
        """The first text that has words: markup, markup written as text, or plain text. Raises Unparseable."""
        for element in self._places("body"):
            if isinstance(element, str):
                continue
            body = _body(element, limits, headline)
            if body.paragraphs:
                return body
        return Body()

    def values(self, field: List) -> Iterator[tuple[Place, str, Element | str]]:
        """Each value of a list, with its row of the table and the element that it is in."""
        for place in self._mapping.lists.get(field, ()):
            for found in self._at(place.path):
                text = self.value(found, place.name)
                for value in text.split(place.split) if place.split else (text,):
                    if value := value.strip():
                        yield place, value.zfill(place.digits) if value.isdigit() else value, found

    def value(self, found: Element | str, attribute: str = "") -> str:
        """The text of an element, or of its attribute; without markup, empty if it stands for none."""
        text = found if isinstance(found, str) else found.get(attribute, "") if attribute else "".join(found.itertext())
        value = unmarked(_ESCAPED_TWICE.sub("&", text))
        return "" if value in self._mapping.absent else value

    def beside(self, element: Element | str, name: str) -> str:
        """The text of an element beside another one; empty if it is not there."""
        around = None if isinstance(element, str) or not name else element.getparent()
        return next((self.value(one) for one in around if local(one) == name), "") if around is not None else ""

    def flagged(self, name: str) -> bool:
        """Whether an element says true, or says anything that is neither yes nor no."""
        found = (self.value(one) for path in self._mapping.flags.get(name, ()) for one in self._at(path))
        return any(value.lower() not in _NO for value in found)

    def _places(self, field: Field) -> Iterator[Element | str]:
        for path in self._mapping.text.get(field, ()):
            yield from self._at(path)

    def _at(self, path: str) -> Iterator[Element | str]:
        """Elements, or texts of attributes, where the path leads."""
        if "{" in path:
            parts = {name: next(map(self.value, self._at(name)), "") for name in _PART.findall(path)}
            return iter([_PART.sub(lambda part: parts[part[1]], path)] if all(parts.values()) else [])
        return self._from(self._root if path.startswith("/") else self._element, path)

    def _from(self, element: Element, path: str) -> Iterator[Element | str]:
        found = [element]
        for name, where, wanted in _STEP.findall(path):
            if name.startswith("@"):
                yield from (value for one in found if (value := one.get(name[1:])))
                return
            found = found if name == "." else [child for one in found for child in one if local(child) == name]
            if where:
                found = [one for one in found if self._says(one, where, wanted.lower())]
        yield from found

    def _says(self, element: Element, path: str, wanted: str) -> bool:
        return any(self.value(one).lower() == wanted for one in self._from(element, path))


def _by_form(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _body(element: Element, limits: Limits, headline: str) -> Body:
    if not len(element):
        return any_body(_ESCAPED_TWICE.sub("&", element.text or ""), limits, headline=headline)
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, headline=headline)
    writer.add(element)
    return writer.body()
