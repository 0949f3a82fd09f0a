"""Attribution: hears StoryReceived, says StoryAttributed. Whose copy is it, and how do we know?"""

from __future__ import annotations

from dateline_attribution import RULES
from dateline_attribution.credits import credit
from dateline_attribution.settings import AttributionSettings
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings
from dateline_schemas.events import StoryAttributed, StoryReceived
from dateline_schemas.story import Story


def attribute(received: StoryReceived) -> list[StoryAttributed]:
    """Credit the versions that count; latecomers and disputed ones are on record, and nothing follows from them."""
    if received.standing != "current":
        return []
    return [
        StoryAttributed(
            story_id=received.story_id,
            version=received.version,
            ordinal=received.ordinal,
            feed=received.feed,
            story=received.story,
            credit=credit(received.story),
        )
    ]


def build(settings: AttributionSettings) -> Service:
    """Wire the service; nothing is connected yet. The tables are read here, not at the first story."""
    credit(Story(guid="warm-up"))
    return Service("attribution", settings, rules=RULES).on(StoryReceived, attribute)


def main() -> None:
    """Command ``dateline-attribution``."""
    run(lambda: build(load_settings(AttributionSettings, "attribution")))
