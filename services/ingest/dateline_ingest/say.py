"""Who has a say in a story: its own feed, and whoever speaks for the agency whose story it is. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline_schemas.events import Arrival
from dateline_schemas.feeds import agency_of

if TYPE_CHECKING:
    from dateline_ingest.history import Versions

OTHER_FEED = "other-feed"
"""Flag of a version that came by a feed which has no say in the story."""

AGREED, UNKNOWN, OUTLET = 2, 1, 0
"""How much weight a feed has: it was agreed for which agency it speaks; nothing was agreed; it runs copy of others."""


def weight_of(event: Arrival) -> int:
    """How much weight the feed has that an event came by."""
    if event.contract and event.contract.trust == "outlet":
        return OUTLET
    return AGREED if agency_of(event.contract) else UNKNOWN


def is_stranger(versions: Versions, event: Arrival) -> bool:
    """Whether a version comes from somebody who has no say in the story that is current.

    Its own feed has one, and so have other feeds of the same agency. A feed for which an agency was agreed has one in
    what came by feeds that speak for none. Where nothing was agreed with either, the name of the provider counts, which
    anybody can write into a message: never against a feed of more weight.
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
    """Whether an agency speaks for the first time in a story that feeds have brought with which no agency was agreed.

    Then nothing that these said makes its version a late or disputed one.
    """
    current = versions.current
    if current is None or event.feed == current.feed:
        return False
    return weight_of(event) == AGREED and current.weight != AGREED
