"""JSON of agencies', publishers' and aggregators' own design (tables/agencyjson.toml, ADR 22).

An item may lie anywhere in the message: alone, in a list, in an answer around a list.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from dateline_ingest.formats.agencies.agencyitem import Item
from dateline_ingest.formats.agencies.agencystory import story_of
from dateline_ingest.formats.agencies.agencytable import Blocks, Field, JsonMapping, json_signs
from dateline_ingest.formats.charsets.utf16 import as_utf8
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.feeds.pictures import pictures_in
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.strings import any_body, html_body
from dateline_ingest.formats.message import Found, Limits, Message, check_count
from dateline_ingest.formats.values.words import unmarked
from dateline_schemas.story import Association

NAME = "agency-json"
_NINJS = (b'"versioncreated"', b'"versionCreated"')
"""Members of nearly every ninjs item and of no other JSON: most messages need no further look."""
_BETWEEN = ", "
"""Between the names of several writers, as in feeds."""


def is_agency_json(data: bytes) -> bool:
    """Whether JSON has the members by which the table knows one of its kinds."""
    return not any(name in data for name in _NINJS) and _mapping(data) is not None


def read(message: Message) -> tuple[Found, ...]:
    """Every story of the message. Raises Unparseable."""
    mapping = _mapping(as_utf8(message.data, NAME))
    decoded = read_json(message, NAME)
    found = list(_items(decoded, mapping)) if mapping else []
    if not found:
        reason = "the JSON has the members of a kind that is known, but no item with all that a story of it needs"
        raise Unparseable(f"{reason}; leave it out of this feed", format=NAME, path="$")
    check_count(len(found), message.limits, NAME)
    return each_read(found, lambda item: story_of(item, message.limits, NAME))


def _mapping(data: bytes) -> JsonMapping | None:
    return next((row for row, signs in json_signs() if all(any(name in data for name in sign) for sign in signs)), None)


def _items(decoded: Any, mapping: JsonMapping) -> Iterator[JsonItem]:
    """The objects with all that a story needs: the outermost ones, nothing within them."""
    waiting = deque([decoded])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            item = JsonItem(value, decoded, mapping)
            if item.is_one:
                yield item
            else:
                waiting.extend(value.values())


class JsonItem(Item):
    """The object of a story, asked by the names of fields. A list on the way means each of its entries."""

    __slots__ = ("_item", "_json", "_root")

    def __init__(self, item: Any, root: Any, mapping: JsonMapping) -> None:
        """``root`` is the message, for paths that begin there."""
        super().__init__(mapping)
        self._item, self._root, self._json = item, root, mapping

    def text(self, field: Field) -> str:
        """The field's value without markup, empty if nothing states it; of a byline all names that are stated."""
        if field != "byline":
            return super().text(field)
        for path in self._mapping.text.get(field, ()):
            if names := list(dict.fromkeys(filter(None, map(self.value, self._at(path))))):
                return _BETWEEN.join(names)
        return ""

    def body(self, limits: Limits, headline: str) -> Body:
        """The text that is written in blocks, else the first that has words. Raises Unparseable."""
        if (blocks := self._json.blocks) and (markup := _markup_of(list(self._at(blocks.path)), blocks, limits)):
            return html_body(markup, limits, headline=headline)
        for text in self._places("body"):
            if not isinstance(text, str) or not text.strip() or text.strip() in self._mapping.absent:
                continue
            body = any_body(text, limits, headline=headline)
            if body.paragraphs:
                return body
        return Body()

    def pictures(self) -> tuple[Association, ...]:
        """Pictures with a caption in the text."""
        return pictures_in([text for text in self._places("body") if isinstance(text, str)], "")

    def value(self, found: Any, name: str = "") -> str:
        """A text or number, or that at a path within an object; without markup, empty if it stands for none."""
        if name:
            return next(filter(None, map(self.value, self._from(found, name))), "")
        if isinstance(found, bool):
            return "true" if found else "false"
        value = unmarked(str(found)) if isinstance(found, (str, int, float)) else ""
        return "" if value in self._mapping.absent else value

    def beside(self, found: Any, name: str) -> str:
        """The text at a path within the object in which the value is."""
        return self.value(found, name) if name and isinstance(found, dict) else ""

    def _start(self, path: str) -> Any:
        return self._root if path.startswith("/") else self._item

    def _step(self, found: Any, name: str) -> Iterator[Any]:
        if isinstance(found, dict):
            yield from _each(found.get(name))


def _each(value: Any) -> Iterator[Any]:
    """A value, or each of a list, in lists within it too."""
    if not isinstance(value, list):
        if value is not None:
            yield value
        return
    for one in value:
        yield from _each(one)


def _markup_of(found: Iterable[Any], blocks: Blocks, limits: Limits) -> str:
    """The blocks that are text, each in its tag; empty if there is none. What lies deeper than allowed is left out."""
    return "".join(_written(found, blocks, limits.depth))


def _written(found: Iterable[Any], blocks: Blocks, depth: int) -> Iterator[str]:
    for block in found if depth else ():
        kind = block.get(blocks.kind) if isinstance(block, dict) else None
        tag = blocks.tags.get(kind) if isinstance(kind, str) else None
        if tag is None:
            continue
        text = block.get(blocks.text)
        inner = [text] if isinstance(text, str) else []
        for name in blocks.within:
            within = block.get(name)
            listed = _written(within, blocks, depth - 1) if isinstance(within, list) else ()
            inner += [f"<li>{one}</li>" for one in listed] if tag == "ul" else listed
        yield f"<{tag}>{''.join(inner)}</{tag}>" if tag else "".join(inner)
