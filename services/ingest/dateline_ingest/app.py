"""Ingest: the way in. Says StoryReceived and StoryCanceled; hears nothing."""

from __future__ import annotations

from dateline_ingest import RULES
from dateline_ingest.doors.callbacks import callback_door
from dateline_ingest.doors.http import http_door
from dateline_ingest.doors.keeper import Keeper
from dateline_ingest.doors.request_reply import request_reply
from dateline_ingest.heard import Heard
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
    heard = Heard()

    def way_in(runtime: Runtime) -> Asgi:
        by_http = http_door(runtime, settings, heard) if "http" in settings.doors else None
        return callback_door(runtime, settings, heard, by_http)

    async def doors(runtime: Runtime) -> None:
        await Keeper(runtime, settings, heard).run()

    async def silence(runtime: Runtime) -> None:
        await SilenceWatch(runtime).run()

    async def pushes(runtime: Runtime) -> None:
        await request_reply(runtime, settings, heard)

    service = Service("ingest", settings, rules=RULES).door(way_in, retake)
    if "nats" in settings.doors:
        service.background("pushes by nats", pushes)
    service.background("doors", doors).background("heard", heard.run).background("silence", silence)
    return service.background("backups", watch_backups)


def main() -> None:
    """Command ``dateline-ingest``."""
    run(lambda: build(load_settings(IngestSettings, "ingest")))
