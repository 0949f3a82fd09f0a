"""Ingest: the way in. Says StoryReceived and StoryCanceled; hears nothing."""

from __future__ import annotations

from dateline_ingest import RULES
from dateline_ingest.doors.callbacks import callback_door
from dateline_ingest.doors.context import DoorContext, context_of
from dateline_ingest.doors.http import http_door
from dateline_ingest.doors.keeper import Keeper
from dateline_ingest.doors.request_reply import request_reply
from dateline_ingest.intake import retake
from dateline_ingest.settings import IngestSettings
from dateline_ingest.silencewatch import SilenceWatch
from dateline_kernel.runtime import Runtime
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings
from dateline_kernel.telemetry import Asgi
from dateline_kernel.upkeep import watch_backups


def build(settings: IngestSettings) -> Service:
    """Wire the service; nothing is connected yet."""
    made: DoorContext | None = None

    def context(runtime: Runtime) -> DoorContext:
        nonlocal made
        if made is None or made.runtime is not runtime:
            made = context_of(runtime, settings)
        return made

    def way_in(runtime: Runtime) -> Asgi:
        by_http = http_door(context(runtime)) if "http" in settings.doors else None
        return callback_door(context(runtime), by_http)

    service = Service("ingest", settings, rules=RULES).door(way_in, retake)
    if "nats" in settings.doors:
        service.background("pushes by nats", lambda runtime: request_reply(context(runtime)))
    service.background("doors", lambda runtime: Keeper(context(runtime)).run())
    service.background("heard", lambda runtime: context(runtime).heard.run(runtime))
    service.background("silence", lambda runtime: SilenceWatch(runtime, context(runtime).feeds).run())
    return service.background("backups", watch_backups)


def main() -> None:
    """Command ``dateline-ingest``."""
    run(lambda: build(load_settings(IngestSettings, "ingest")))
