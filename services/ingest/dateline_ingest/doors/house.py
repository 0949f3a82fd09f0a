"""What all doors of a process share: which feeds there are and how fast each may push, and the way into the log."""

from __future__ import annotations

from msgspec import Struct

from dateline_ingest.feeds import Feeds
from dateline_ingest.heard import Heard
from dateline_ingest.intake import Intake
from dateline_ingest.settings import IngestSettings
from dateline_kernel.runtime import Runtime


class House(Struct, frozen=True):
    """One for each process: a feed has one rate, and a story one memory, whatever doors they come by."""

    runtime: Runtime
    settings: IngestSettings
    heard: Heard
    feeds: Feeds
    intake: Intake


def house_of(runtime: Runtime, settings: IngestSettings) -> House:
    """The house of a service that is connected."""
    heard = Heard()
    return House(runtime, settings, heard, Feeds(runtime), Intake(runtime, heard))
