"""Values in an answer of a provider's interface, by path: JSON Pointer (RFC 6901) in JSON, ElementPath in XML. Pure."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from lxml import etree
from msgspec import Struct

from dateline_ingest.doors.room import DoorFault
from dateline_ingest.formats import Unparseable
from dateline_ingest.formats.message import Message
from dateline_ingest.formats.xml.tree import read_xml

_NEXT = re.compile(r"<([^<>]*)>[^,<>]*;\s*+rel\s*+=\s*+\"?[^\",;]*\bnext\b", re.IGNORECASE)


class Entry(Struct, frozen=True):
    """An entry of a list."""

    id: str
    data: bytes
    """The entry by itself."""


def value_at(data: bytes, path: str) -> str:
    """The text or number there; empty where there is none. Raises DoorFault for what is neither JSON nor XML."""
    found = _found(_read(data), path)
    return _text(found[0]) if found else ""


def count_at(data: bytes, path: str) -> int:
    """How many values are there: entries of an array, elements, or one."""
    return len(_listed(_read(data), path))


def entries_at(data: bytes, items: str, id: str) -> list[Entry]:
    """The entries of a list, each with its identifier. Raises DoorFault for one without."""
    found = []
    for one in _listed(_read(data), items):
        known = _found(one, id)
        name = _text(known[0]) if known else ""
        if not name:
            raise DoorFault(f"an entry at {items} has nothing at {id}; correct `id` in the feed's listing")
        found.append(
            Entry(
                name,
                etree.tostring(one, with_tail=False) if isinstance(one, etree._Element) else msgspec.json.encode(one),
            )
        )
    return found


def next_link(links: str) -> str:
    """The address of rel=next in ``Link`` headers (RFC 8288); empty where there is none."""
    found = _NEXT.search(links)
    return found[1] if found else ""


def _read(data: bytes) -> Any:
    try:
        if data.lstrip()[:1] == b"<":
            return read_xml(Message(data=data), "xml")
        return msgspec.json.decode(data)
    except (Unparseable, msgspec.DecodeError) as error:
        raise DoorFault(f"the answer is neither JSON nor XML ({error}); see what the address answers") from error


def _listed(answer: Any, path: str) -> list[Any]:
    found = _found(answer, path)
    if len(found) == 1 and isinstance(found[0], list):
        return list(found[0])
    return [one for one in found if one is not None]


def _found(answer: Any, path: str) -> list[Any]:
    if isinstance(answer, etree._Element):
        try:
            return [answer] if path in ("", ".") else list(answer.iterfind(path))
        except SyntaxError as error:
            raise DoorFault(f"{path!r} is no path into XML ({error}); correct the feed's entry") from error
    value = answer
    for step in path.split("/")[1:] if path.startswith("/") else [path] if path else []:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return []
    return [value]


def _text(value: Any) -> str:
    if isinstance(value, etree._Element):
        return "".join(value.itertext()).strip()
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
