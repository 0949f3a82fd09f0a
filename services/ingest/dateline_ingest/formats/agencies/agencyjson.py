"""JSON that agencies, publishers' systems and aggregators made for themselves (tables/agencyjson.toml, ADR 22).

An item may lie anywhere in the message: alone, in a list, in an answer around a list.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from dateline_ingest.formats.agencies.agencyjson_item import JsonItem
from dateline_ingest.formats.agencies.agencystory import story_of
from dateline_ingest.formats.agencies.agencytable import JsonMapping, json_signs
from dateline_ingest.formats.charsets.utf16 import as_utf8
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.message import Found, Message, check_count

NAME = "agency-json"
_NINJS = (b'"versioncreated"', b'"versionCreated"')
"""Members that nearly every ninjs item has and no other JSON: most messages are told by these."""


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
    """What holds all that a story needs, the outermost first and nothing within it."""
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
