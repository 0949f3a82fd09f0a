"""Which feeds have a say in a story: the feed that brought it, and feeds that speak for its agency. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline_schemas.events import Arrival
from dateline_schemas.feeds import agency_of

if TYPE_CHECKING:
    from dateline_ingest.history import Versions

OTHER_FEED = "other-feed"
"""Flag of a version that came by a feed which has no say in the story."""

AGREED, UNKNOWN, OUTLET = 2, 1, 0
"""Weight of a feed by its contract: it speaks for an agency; nothing was agreed; it is an outlet."""


def weight_of(event: Arrival) -> int:
    """How much weight the feed has that an event came by."""
    if event.contract and event.contract.trust == "outlet":
        return OUTLET
    return AGREED if agency_of(event.contract) else UNKNOWN


def is_stranger(versions: Versions, event: Arrival) -> bool:
    """Whether a version comes by a feed that has no say in the story.

    The feed of the current version has a say, and so have other feeds of the same agency. A feed that speaks for an
    agency also has one in a story from a feed that speaks for none. Where neither speaks for an agency, the same
    provider in both messages gives a say, unless the other feed has more weight: anybody can write that name.
    """
    current = versions.current
    if current is None or event.feed == current.feed:
        return False
    weight = weight_of(event)
    if weight == AGREED:
        return current.weight == AGREED and agency_of(event.contract) != current.agency
    if weight < current.weight:
        return True
    return not event.story.provider or event.story.provider != current.provider


def takes_over(versions: Versions, event: Arrival) -> bool:
    """Whether a feed that speaks for an agency takes part in a story where none did before.

    Its version becomes current, whatever number the other feed gave.
    """
    current = versions.current
    if current is None or event.feed == current.feed:
        return False
    return weight_of(event) == AGREED and current.weight != AGREED
