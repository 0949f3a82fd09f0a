"""What a ninjs item says of an event and of planned coverage (``eventdetails``, ``plannedcoverage``: ninjs 2.2 and 3.0
on), for editors. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline_ingest.formats.jsonview import JsonObject, each_of
from dateline_ingest.formats.notes import PLANNED
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.places import stated_places
from dateline_ingest.formats.values.words import fold
from dateline_schemas.story import Subject

_PLACES = ("place", "places")
_NAMELESS = frozenset(("name", "title", "value", "literal", "uri"))
"""Members that say themselves what they are."""


def event_note(item: JsonObject) -> str:
    """When it is due and who sends for the press, a line for each of its members: ``dates: startDate 2026-03-26``.

    Then how to get to its places, and a line for each plan of coverage.
    """
    told: list[tuple[str, Any]] = []
    if item.has("eventdetails"):
        told = item.members("eventdetails")
        told += [(one.text("name") or "place", one.value("contactinfo")) for one in item.objects(*_PLACES)]
    lines = [(f"{name}: ", value) for name, value in told]
    lines += [(PLANNED, plan) for plan in each_of(item.value("plannedcoverage"))]
    said = [(begins, ", ".join(dict.fromkeys(_said(value, "")))) for begins, value in lines]
    return "\n".join(begins + text for begins, text in said if text)


def event_places(item: JsonObject) -> tuple[Subject, ...]:
    """Town, area and country of the addresses of an event's places (``contactinfo``)."""
    if not item.has("eventdetails"):
        return ()
    contacts = [contact for place in item.objects(*_PLACES) for contact in place.objects("contactinfo")]
    found = [address for contact in contacts for address in contact.objects("address")]
    return once([part for one in found for part in stated_places(*map(one.text, ("locality", "area", "country")))])


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
