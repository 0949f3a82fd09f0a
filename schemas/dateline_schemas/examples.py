"""One canonical example of every event, for tests, documents and golden files. The story and its people are invented.

They hang together: ``received -> attributed -> enriched -> released`` is version 1 of one story and ``canceled ->
withdrawn`` its kill; ``overridden`` is an editor's word about version 1; ``held`` is version 2, under embargo;
``refused`` is version 3, which attribution failed on.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TypeVar

from msgspec.structs import replace

from dateline_schemas.events import (
    CreditOverridden,
    Event,
    StoryAttributed,
    StoryCanceled,
    StoryEnriched,
    StoryHeld,
    StoryReceived,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)
from dateline_schemas.example_story import CREDIT, FACTS, FEED, STORY, STORY_ID
from dateline_schemas.feeds import Contract
from dateline_schemas.identity import stamp, stamp_arrival
from dateline_schemas.story import CreditElement, Story
from dateline_schemas.subjects import topic_subject

E = TypeVar("E", bound=Event)

EMBARGO = datetime(2026, 3, 27, 5, 0, tzinfo=UTC)
KILL_NOTE = "KILL: the boats have not sailed. Do not use. A new story follows."

_ADVISORY = replace(STORY, version="2", headline="Niger's clinic boats: what they carry", embargo=EMBARGO)
_UPDATE = replace(STORY, version="3", headline="Niger clinic boats reach first villages", signals=("sig:update",))
_KILL = Story(
    guid=STORY.guid,
    version="4",
    language="en",
    headline=STORY.headline,
    slugline=STORY.slugline,
    pubstatus="canceled",
    version_created=datetime(2026, 3, 26, 11, 5, tzinfo=UTC),
    provider="AFP",
    ed_note=KILL_NOTE,
    signals=("kill",),
    credits=(CreditElement(where="provider", value="AFP"),),
)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _received(story: Story, ordinal: int) -> StoryReceived:
    event = StoryReceived(
        story_id=STORY_ID,
        version=story.version,
        ordinal=ordinal,
        arrival=ordinal,
        rules="ingest/1",
        feed=FEED,
        door="http",
        format="newsml-g2",
        original=_sha256(f"original bytes of version {story.version}"),
        original_bytes=5210 + ordinal,
        content=_sha256(f"content of version {story.version}"),
        contract=Contract(agency="AFP", trust="agency", archive="forbidden", days=30),
        story=story,
    )
    return stamp_arrival(event)


def _attributed(cause: StoryReceived) -> StoryAttributed:
    event = StoryAttributed(
        story_id=STORY_ID,
        version=cause.version,
        ordinal=cause.ordinal,
        feed=cause.feed,
        story=cause.story,
        credit=CREDIT,
    )
    return stamp(event, cause, "attribution/1")


def _enriched(cause: StoryAttributed) -> StoryEnriched:
    event = StoryEnriched(
        story_id=STORY_ID,
        version=cause.version,
        ordinal=cause.ordinal,
        feed=cause.feed,
        story=cause.story,
        credit=cause.credit,
        facts=FACTS,
    )
    return stamp(event, cause, "enrichment/1")


def _released(cause: StoryEnriched) -> StoryReleased:
    topic, agency = cause.facts.topics[0], cause.credit.agencies[0]
    event = StoryReleased(
        story_id=STORY_ID,
        version=cause.version,
        ordinal=cause.ordinal,
        number=1,
        subjects=(topic_subject(topic.code, "none", cause.facts.language.code, agency, STORY_ID),),
        story=cause.story,
        credit=cause.credit,
        facts=cause.facts,
    )
    return stamp(event, cause, "publish/1")


def _held(cause: StoryEnriched) -> StoryHeld:
    event = StoryHeld(
        story_id=STORY_ID, version=cause.version, ordinal=cause.ordinal, reason="embargo", until=cause.story.embargo
    )
    return stamp(event, cause, "publish/1")


def _overridden(cause: StoryAttributed) -> CreditOverridden:
    event = CreditOverridden(
        story_id=STORY_ID,
        version=cause.version,
        ordinal=cause.ordinal,
        nth=1,
        by="night desk",
        reason="The agency's duty editor confirmed by telephone that its stringer co-wrote it.",
        at=datetime(2026, 3, 26, 10, 20, tzinfo=UTC),
        credit=replace(cause.credit, credit_line="AFP, with our own correspondent", role="with"),
        found=cause.credit,
        feed=cause.feed,
        story=cause.story,
    )
    return stamp(event, cause, "attribution/1")


def _refused(cause: StoryReceived) -> StoryRefused:
    event = StoryRefused(
        story_id=STORY_ID,
        version=cause.version,
        ordinal=cause.ordinal,
        service="attribution",
        error="AgenciesUnreadable: line 12 of the agencies table has no id",
        attempts=5,
    )
    return stamp(event, cause, "attribution/1")


def _canceled() -> StoryCanceled:
    event = StoryCanceled(
        story_id=STORY_ID,
        version=_KILL.version,
        ordinal=4,
        arrival=4,
        rules="ingest/1",
        feed=FEED,
        door="http",
        format="newsml-g2",
        original=_sha256("original bytes of the kill"),
        original_bytes=1804,
        content=_sha256("content of the kill"),
        story=_KILL,
    )
    return stamp_arrival(event)


def _withdrawn(cause: StoryCanceled, released: StoryReleased) -> StoryWithdrawn:
    event = StoryWithdrawn(
        story_id=STORY_ID,
        version=cause.version,
        ordinal=cause.ordinal,
        number=released.number + 1,
        subjects=released.subjects,
        reason=cause.story.ed_note,
        headline=cause.story.headline,
    )
    return stamp(event, cause, "publish/1")


RECEIVED = _received(STORY, 1)
ATTRIBUTED = _attributed(RECEIVED)
OVERRIDDEN = _overridden(ATTRIBUTED)
ENRICHED = _enriched(ATTRIBUTED)
RELEASED = _released(ENRICHED)
RECEIVED_ADVISORY = _received(_ADVISORY, 2)
ATTRIBUTED_ADVISORY = _attributed(RECEIVED_ADVISORY)
ENRICHED_ADVISORY = _enriched(ATTRIBUTED_ADVISORY)
HELD = _held(ENRICHED_ADVISORY)
RECEIVED_UPDATE = _received(_UPDATE, 3)
REFUSED = _refused(RECEIVED_UPDATE)
CANCELED = _canceled()
WITHDRAWN = _withdrawn(CANCELED, RELEASED)

HISTORY: tuple[Event, ...] = (
    RECEIVED,
    ATTRIBUTED,
    ENRICHED,
    RELEASED,
    OVERRIDDEN,
    RECEIVED_ADVISORY,
    ATTRIBUTED_ADVISORY,
    ENRICHED_ADVISORY,
    HELD,
    RECEIVED_UPDATE,
    REFUSED,
    CANCELED,
    WITHDRAWN,
)
"""The whole story as the log would hold it, in order."""

EXAMPLES: dict[type[Event], Event] = {type(event): event for event in reversed(HISTORY)}
"""The canonical example of each kind: the first one in HISTORY."""


def example(kind: type[E]) -> E:
    """The canonical example of a kind of event. Raises KeyError for a kind that the contract does not have."""
    found = EXAMPLES[kind]
    assert isinstance(found, kind)
    return found
