"""Which feeds have a say in a story: the feed that brought it, and feeds that speak for its agency. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dateline_schemas.events import Arrival
from dateline_schemas.feeds import agency_of

if TYPE_CHECKING:
    from dateline_ingest.history import Versions

OTHER_FEED = "other-feed"
"""Flag of a version that came by a feed which has no say in the story."""

AGREED, UNKNOWN, OUTLET = 2, 1, 0
"""Weight of a feed by its contract: it speaks for an agency; nothing was agreed; it is an outlet."""
Say = Literal["none", "some", "first"]


def weight_of(event: Arrival) -> int:
    """How much weight the feed has that an event came by."""
    if event.contract and event.contract.trust == "outlet":
        return OUTLET
    return AGREED if agency_of(event.contract) else UNKNOWN


def say_of(versions: Versions, event: Arrival) -> Say:
    """What say the feed of a version has in its story.

    The feed of the current version has some, and so have other feeds of the same agency. A feed that speaks for an
    agency has the first say in a story that is current by one that speaks for none: its version becomes current,
    whatever number the other feed gave. Where neither speaks for an agency, the same provider in both messages gives
    some, unless the other feed has more weight: anybody can write that name.
    """
    current = versions.current
    if current is None or event.feed == current.feed:
        return "some"
    weight = weight_of(event)
    if weight == AGREED:
        if current.weight != AGREED:
            return "first"
        return "some" if agency_of(event.contract) == current.agency else "none"
    same_provider = bool(event.story.provider) and event.story.provider == current.provider
    return "some" if same_provider and weight >= current.weight else "none"
