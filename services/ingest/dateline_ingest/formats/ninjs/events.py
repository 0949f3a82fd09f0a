"""What a ninjs item says of an event (``eventdetails``, ninjs 2.2 and 3.0 on), for editors. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.values.words import fold

_NAMELESS = frozenset(("name", "title", "value", "literal", "uri"))
"""Members that say themselves what they are."""


def event_note(item: JsonObject) -> str:
    """When it is due and who sends for the press, a line for each of its members: ``dates: startDate 2026-03-26``."""
    if not item.has("eventdetails"):
        return ""
    lines = [(name, ", ".join(dict.fromkeys(_said(value, "")))) for name, value in item.members("eventdetails")]
    return "\n".join(f"{name}: {text}" for name, text in lines if text)


def _said(value: Any, name: str) -> Iterator[str]:
    """Every text and number within a value, with the name of its member. Decoding bounds the depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _said(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner, name)
    elif isinstance(value, str | int | float) and (text := fold(str(value))):
        yield text if name.lower() in _NAMELESS or not name else f"{name} {text}"
