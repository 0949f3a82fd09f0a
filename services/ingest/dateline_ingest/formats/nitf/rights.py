"""Rights that an NITF document states in parts: doc.rights in its head, rights in its body (NITF 3.x)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.clocktimes import moment
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, tagged
from dateline_schemas.story import UsageRight

_PLACE = "location-code"
"""Where a story may be used, where no words say it."""


def rights_in(elements: Iterable[Element], agency: str) -> tuple[UsageRight, ...]:
    """What each of these elements allows; its dates are by the clock of the ``agency``."""
    found = []
    for said in map(_parts, elements):
        right = UsageRight(
            type=said.get("type", ""),
            geography=said.get("geography", "") or said.get(_PLACE, ""),
            holder=said.get("owner", ""),
            limitations=said.get("limitations", ""),
            start=moment(said.get("startdate", ""), agency),
            end=moment(said.get("enddate", ""), agency),
        )
        if right != UsageRight():
            found.append(right)
    return once(found)


def limitations_in(elements: Iterable[Element]) -> Iterator[str]:
    """The limitations alone."""
    return (_parts(element).get("limitations", "") for element in elements)


def _parts(element: Element) -> dict[str, str]:
    """What an element says, by the names that doc.rights gives its attributes; several of a kind are lines."""
    said = {name: [fold(value)] for name, value in element.items()}
    for name, part in tagged(element):
        if name.startswith("rights."):
            said.setdefault(name.removeprefix("rights."), []).append(spaced(part) or fold(part.get(_PLACE, "")))
    return {name: lines_once(values) for name, values in said.items()}
