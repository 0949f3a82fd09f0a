"""Publish: enriched stories go out on their topics, in version order; a kill goes everywhere at once.

Hears StoryEnriched, StoryCanceled (of its own consumer, so that a kill never queues), StoryRefused (a version that
will not come must not keep the next one waiting) and StoryHeld (an embargo waits beside the line, not in it). Beside
that it watches whether outlets take the kills.
"""

from __future__ import annotations

from dateline_kernel.pasts import Counting
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings
from dateline_publish import RULES
from dateline_publish.announce import announce
from dateline_publish.lifecycle import alone_unless, decide
from dateline_publish.outlets import watch_outlets
from dateline_publish.overtaken import still_counts, weight
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import StoryCanceled, StoryEnriched, StoryHeld, StoryRefused

HEARD = (StoryCanceled, StoryEnriched, StoryRefused, StoryHeld)


def build(settings: PublishSettings) -> Service:
    """Wire the service; nothing is connected yet."""
    return (
        Service("publish", settings, rules=RULES)
        .on_story(HEARD, decide, announce, alone_unless, (StoryCanceled,), Counting(still_counts, weight))
        .background("outlets", watch_outlets)
    )


def main() -> None:
    """Command ``dateline-publish``."""
    run(lambda: build(load_settings(PublishSettings, "publish")))
