"""What all doors of a process share: which feeds there are and how fast each may push, and the way into the log."""

from __future__ import annotations

from msgspec import Struct

from dateline_ingest.feeds import Feeds
from dateline_ingest.heard import Heard
from dateline_ingest.intake import Intake
from dateline_ingest.settings import IngestSettings
from dateline_kernel.runtime import Runtime


class DoorContext(Struct, frozen=True):
    """One for each process: the rate of a feed, and what is remembered of a story, count over all doors together."""

    runtime: Runtime
    settings: IngestSettings
    heard: Heard
    feeds: Feeds
    intake: Intake


def context_of(runtime: Runtime, settings: IngestSettings) -> DoorContext:
    """The context of a connected service. Call it once for each."""
    heard = Heard()
    return DoorContext(runtime, settings, heard, Feeds(runtime), Intake(runtime, heard))
