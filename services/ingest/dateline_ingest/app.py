"""Ingest: the way in. Says StoryReceived and StoryCanceled; hears nothing."""

from __future__ import annotations

from dateline_ingest import RULES
from dateline_ingest.doors.http import http_door
from dateline_ingest.intake import retake
from dateline_ingest.settings import IngestSettings
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings


def build(settings: IngestSettings) -> Service:
    """Wire the service; nothing is connected yet."""
    return Service("ingest", settings, rules=RULES).door(lambda runtime: http_door(runtime, settings), retake)


def main() -> None:
    """Command ``dateline-ingest``."""
    run(lambda: build(load_settings(IngestSettings, "ingest")))
