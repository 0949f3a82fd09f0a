"""Attribution: hears StoryReceived, says StoryAttributed. Whose copy is it, and how do we know?"""

from __future__ import annotations

from collections.abc import Sequence

from dateline_attribution import RULES
from dateline_attribution.credits import credit
from dateline_attribution.overruling import by_editor, counting, is_overruled, overruled
from dateline_attribution.settings import AttributionSettings
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings
from dateline_schemas.events import CreditOverridden, Event, Recorded, StoryAttributed, StoryReceived
from dateline_schemas.story import Story


def attribute(received: StoryReceived, log: Sequence[Recorded[Event]]) -> list[StoryAttributed]:
    """Credit the versions that count; latecomers and disputed ones are on record, and nothing follows from them.

    Nor does anything from one that an editor has overruled: what the editor said stands in its place.
    """
    said = [recorded.event for recorded in log]
    if received.standing != "current" or is_overruled(said, received.ordinal):
        return []
    found = credit(received.story)
    override = counting(said, received.ordinal)
    return [
        StoryAttributed(
            story_id=received.story_id,
            version=received.version,
            ordinal=received.ordinal,
            feed=received.feed,
            story=received.story,
            credit=found if override is None else overruled(found, override),
        )
    ]


def is_update(received: StoryReceived) -> bool:
    """Whether an editor may have overruled an earlier version."""
    return received.ordinal > 1


def attribute_anew(override: CreditOverridden) -> list[StoryAttributed]:
    """What an editor says replaces what was said of the version."""
    return [
        StoryAttributed(
            story_id=override.story_id,
            version=override.version,
            ordinal=override.ordinal,
            feed=override.feed,
            story=override.story,
            credit=credit(override.story) if override.cleared else by_editor(override.found, override),
        )
    ]


def build(settings: AttributionSettings) -> Service:
    """Wire the service; nothing is connected yet. The tables are read here, not at the first story."""
    credit(Story(guid="warm-up"))
    service = Service("attribution", settings, rules=RULES)
    return service.on_recalling(StoryReceived, attribute, is_update).on(CreditOverridden, attribute_anew)


def main() -> None:
    """Command ``dateline-attribution``."""
    run(lambda: build(load_settings(AttributionSettings, "attribution")))
