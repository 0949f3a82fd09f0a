"""What the next version of a story costs that has very many: seconds, and messages read from the server.

    .venv/bin/python tests/bench/bench_versions.py [versions, 100 500 1000 2000]

Each version of some 5 kB goes the whole path by itself: taken in, credited, enriched, released on its topics. It prints
the mean of the last ten up to each number.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable
from typing import TypeVar

from dateline_attribution.app import build as attribution
from dateline_attribution.settings import AttributionSettings
from dateline_enrichment.app import build as enrichment
from dateline_enrichment.settings import EnrichmentSettings
from dateline_ingest.deliveries import Delivery
from dateline_ingest.intake import Intake
from dateline_kernel.delivery import recorded_time
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.logs import configure_logs
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.runtime import Runtime, assemble
from dateline_kernel.service import Service
from dateline_kernel.testing import provisioned, real_server
from dateline_publish.app import build as publish
from dateline_publish.settings import PublishSettings
from dateline_schemas.codec import decode
from dateline_schemas.events import Event, Recorded, StoryAttributed, StoryEnriched, StoryReceived
from dateline_schemas.feeds import Feed
from dateline_schemas.subjects import STORIES

T = TypeVar("T")
Spent = dict[str, list[tuple[float, int]]]
"""By service: seconds and messages of each version."""

LAST = 10
LINE = "The harbour office of Quayside counted {} crates before noon, and its clerk read the list aloud twice.\n\n"
FEED = Feed(name="live", door="http", language="en")


def version(nth: int) -> bytes:
    """A live blog that says something else each time, as ninjs."""
    text = LINE.format(nth) + LINE.format("many") * 48
    body = text.replace("\n", "\\n")
    return (
        f'{{"uri": "urn:example:live", "version": "{nth}", "headline": "Crates, count {nth}", "body_text": "{body}"}}'
    ).encode()


class Path:
    """The services one after another, in one process."""

    def __init__(self, server: EmbeddedServer, client: QuickClient) -> None:
        self._client = client
        log = configure_logs("bench", "error")
        url = server.url
        self._services: dict[type[Event], tuple[Service, Runtime]] = {}
        for kind, service in (
            (StoryReceived, attribution(AttributionSettings(nats_url=url, origin_stories=0))),
            (StoryAttributed, enrichment(EnrichmentSettings(nats_url=url))),
            (StoryEnriched, publish(PublishSettings(nats_url=url))),
        ):
            runtime = assemble(service.name, service.rules, service.settings, client, log)
            self._services[kind] = (service, runtime)
        settings = publish(PublishSettings(nats_url=url)).settings
        self._ingest = assemble("ingest", "ingest/bench", settings, client, log)
        self._intake = Intake(self._ingest)

    async def walk(self, nth: int, spent: Spent) -> None:
        """Take one version from its bytes to outlets."""
        taken = self._intake.take_in(Delivery(feed=FEED, door="http", data=version(nth)))
        story = (await self._timed("ingest", spent, taken)).receipts[0].story_id
        for kind, (service, runtime) in self._services.items():
            [message] = await runtime.journal.direct.latest(STORIES.name, f"story.{story}.{kind.fact}.{nth}")
            headers = message.headers or {}
            heard = Recorded(decode(message.data), int(headers["Nats-Sequence"]), recorded_time(headers))
            await self._timed(service.name, spent, service.reactions[kind](runtime, heard, 1))

    async def _timed(self, name: str, spent: Spent, work: Awaitable[T]) -> T:
        read, began = self._client.stats["in_msgs"], time.perf_counter()
        answer = await work
        spent.setdefault(name, []).append((time.perf_counter() - began, self._client.stats["in_msgs"] - read))
        return answer


def shown(spent: Spent) -> str:
    """The mean of the last few."""
    parts = []
    for name, each in spent.items():
        seconds, messages = (sum(column) / len(each[-LAST:]) for column in zip(*each[-LAST:], strict=True))
        parts.append(f"{name} {seconds * 1000:.1f} ms, {messages:.0f} messages")
    return "; ".join(parts)


async def measure(server: EmbeddedServer, marks: list[int]) -> None:
    """Print it."""
    async with provisioned(server) as client:
        path, spent = Path(server, client), Spent()
        for nth in range(1, marks[-1] + 1):
            await path.walk(nth, spent)
            if nth in marks:
                print(f"version {nth:>5,}: {shown(spent)}", flush=True)
        begun = Spent()
        await Path(server, client).walk(marks[-1] + 1, begun)
        print(f"the first in processes that begin: {shown(begun)}")


if __name__ == "__main__":
    with real_server() as one:
        asyncio.run(measure(one, [int(arg) for arg in sys.argv[1:]] or [100, 500, 1_000, 2_000]))
