"""Publish: enriched stories go out on their topics, in version order; a kill goes everywhere at once.

Each kind of event has a consumer of its own, so a kill (StoryCanceled) never queues behind other copy and a version
under embargo (StoryHeld) delays nothing. StoryRefused is heard so that nobody waits for a version that will not come.
"""

from __future__ import annotations

from dateline_kernel.pasts import Pruning
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings
from dateline_publish import RULES
from dateline_publish.announce import announce
from dateline_publish.lifecycle import alone_unless, decide
from dateline_publish.outlets import watch_outlets
from dateline_publish.overtaken import still_counts, weight
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import StoryCanceled, StoryEnriched, StoryHeld, StoryRefused


def build(settings: PublishSettings) -> Service:
    """Wire the service; nothing is connected yet."""
    return (
        Service("publish", settings, rules=RULES)
        .on_story(
            (StoryCanceled, StoryEnriched, StoryRefused, StoryHeld),
            decide,
            announce,
            alone_unless=alone_unless,
            though_unread=(StoryCanceled,),
            pruning=Pruning(still_counts, weight),
        )
        .background("outlets", watch_outlets)
    )


def main() -> None:
    """Command ``dateline-publish``."""
    run(lambda: build(load_settings(PublishSettings, "publish")))
