"""What kind of value each member of a ninjs item has: after IPTC's JSON Schemas of ninjs 1.5, 2.1 and 3.1.

The schemas are stricter than the wire: providers add members, write numbers as strings and null for what they have
not, and leave out names that are required. None of this makes a story unreadable, so it is let through. A member
that holds another kind of value altogether is a fault of the message: what it says would be lost.
"""

from __future__ import annotations

from typing import Any

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.values.words import listed
from dateline_kernel.remembering import remembered_word

_TEXT = frozenset((str, int, float))
_ANY = frozenset[type]()
_LIST, _MAP = frozenset((list, dict)), frozenset((dict,))
"""A list may be an object by name, as in ninjs 1.x, or one object alone."""
_SAID = {_TEXT: "a string", _LIST: "an array of objects", _MAP: "an object"}
_NAMES = {dict: "an object", list: "an array", str: "a string", bool: "true or false"}

_KINDS: dict[str, frozenset[type]] = dict.fromkeys(
    listed(
        "uri guid type mimetype representationtype profile version firstcreated versioncreated contentcreated "
        "embargoed embargoeduntil pubstatus copyrightholder copyrightnotice usageterms ednote language title by byline "
        "headline slugline expires"
    ),
    _TEXT,
)
_KINDS |= dict.fromkeys(
    listed(
        "person people organisation organisations place places subject subjects event events object objects infosource "
        "infosources genre genres trustindicator trustindicators headlines descriptions bodies plannedcoverage "
        "renditions associations altids"
    ),
    _LIST,
)
_KINDS |= dict.fromkeys(("rightsinfo", "standard", "$standard", "eventdetails", "digitalsourcetype"), _MAP)
_PATTERNS = ("body_", "description_", "headline_")
"""Beginnings of members that are strings whatever follows (ninjs 1.x, patternProperties)."""
_VALUED = frozenset(("headlines", "descriptions", "bodies"))
"""Lists of objects whose ``value`` is the text (ninjs 2 and 3)."""


def check_item(entry: dict[str, Any], path: str) -> None:
    """Raise Unparseable, with the JSON path, for the first member that holds another kind of value than it may."""
    for name, value in entry.items():
        kinds = _kinds_of(name)
        if value.__class__ not in kinds:
            if value is None or not kinds:
                continue
            raise _fault(kinds, value, f"{path}.{name}")
        if kinds is _LIST:
            (_check_values if name.lower() in _VALUED else _check_objects)(value, f"{path}.{name}")


@remembered_word
def _kinds_of(name: str) -> frozenset[type]:
    """Nothing for a member that may be of any kind."""
    key = name.lower()
    return _KINDS.get(key) or (_TEXT if key.startswith(_PATTERNS) else _ANY)


def _check_values(value: Any, path: str) -> None:
    _check_objects(value, path)
    for at, part in enumerate(value if type(value) is list else [value]):
        text = part.get("value") if type(part) is dict else None
        if text is not None and type(text) not in _TEXT:
            raise _fault(_TEXT, text, f"{path}[{at}].value")


def _check_objects(parts: Any, path: str) -> None:
    for at, part in enumerate(parts if type(parts) is list else ()):
        if type(part) is not dict and type(part) is not str and part is not None:
            raise _fault(_MAP, part, f"{path}[{at}]")


def _fault(kinds: frozenset[type], value: Any, path: str) -> Unparseable:
    wanted = _SAID[kinds]
    reason = f"the member is {_NAMES.get(type(value), 'a number')}, but ninjs has {wanted} there"
    return Unparseable(f"{reason}; have the provider put it right", path=path)
