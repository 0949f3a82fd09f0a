"""What moving an event costs a service that does not think: `python tests/bench/bench_hop.py [rounds]`.

Microseconds of this process's processor time for an event, least and median of so many rounds, eight if it is not said:
a hop from StoryReceived to StoryAttributed that hands on what it was given, publish as it is, from StoryEnriched until
it stands on its topics, and of the parts that can be timed alone. The log's lines go to a file, as they mostly do.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.credits import credit
from dateline_enrichment.analyse import facts
from dateline_ingest.formats import parse
from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.consumers import readers_of
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.headers import write_lines
from dateline_kernel.logs import configure_logs
from dateline_kernel.loop import run_loop
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import provisioned
from dateline_operate.bench.wirecopy import newsml
from dateline_publish.app import build as build_publish
from dateline_publish.settings import PublishSettings
from dateline_schemas.codec import cloudevent_headers, decode, encode
from dateline_schemas.credit import Credit
from dateline_schemas.events import Event, StoryAttributed, StoryEnriched, StoryReceived
from dateline_schemas.examples import EXAMPLES
from dateline_schemas.flow import consumer_name
from dateline_schemas.identity import stamp, stamp_arrival, story_id
from dateline_schemas.subjects import STORIES, story_subject

EVENTS = 2_000
BATCH = 200
RULES = "bench/1"
_EXAMPLE = cast("StoryReceived", EXAMPLES[StoryReceived])


class Said(Struct, frozen=True):
    """What the services say about one story, each event the cause of the next."""

    received: StoryReceived
    attributed: StoryAttributed
    enriched: StoryEnriched


def said_of(number: int) -> Said:
    """About a story of about 400 words."""
    story = parse(newsml(number, seed=9)).stories[0]
    name = story_id("bench", f"hop {number}")
    received = stamp_arrival(replace(_EXAMPLE, story_id=name, story=story, ordinal=1, arrival=1))
    attributed = stamp(_attributed(received, credit(story)), received, RULES)
    found = facts(story, attributed.credit)
    enriched = StoryEnriched(
        story_id=name,
        version=received.version,
        ordinal=1,
        feed=received.feed,
        story=story,
        credit=attributed.credit,
        facts=found,
    )
    return Said(received, attributed, stamp(enriched, attributed, RULES))


def _attributed(received: StoryReceived, whose: Credit) -> StoryAttributed:
    return StoryAttributed(
        story_id=received.story_id,
        version=received.version,
        ordinal=received.ordinal,
        feed=received.feed,
        story=received.story,
        credit=whose,
    )


class _Hops:
    """Services in this process, each with a log full of what it hears."""

    def __init__(self, client: QuickClient, url: str) -> None:
        self._client = client
        self._commit = GroupCommit(client)
        self._url = url
        self._samples = [said_of(number) for number in range(BATCH)]
        self._written = 0

    async def hop(self) -> float:
        """Hand on StoryReceived; the answer is ready."""
        handed_on = self._samples[0].attributed.credit
        service = Service("attribution", ServiceSettings(nats_url=self._url, http_port=0), rules=RULES)
        service.on(StoryReceived, lambda received: [_attributed(received, handed_on)])
        return await self._through(service, StoryReceived, [lambda said: said.received])

    async def publish(self) -> float:
        """Release what was enriched."""
        service = build_publish(PublishSettings(nats_url=self._url, http_port=0))
        return await self._through(service, StoryEnriched, [lambda said: said.received, lambda said: said.enriched])

    async def _through(self, service: Service, kind: type[Event], first: Sequence[Callable[[Said], Event]]) -> float:
        for _ in range(EVENTS // BATCH):
            told = [_anew(said, self._written + nth) for nth, said in enumerate(self._samples)]
            self._written += len(told)
            for event_of in first:
                await self._commit.commit([_message(event_of(said)) for said in told])
        async with service.running():
            began = time.process_time()
            while not await self._all_heard(consumer_name(service.name, kind)):
                await asyncio.sleep(0.05)
            return (time.process_time() - began) / EVENTS * 1e6

    async def _all_heard(self, consumer: str) -> bool:
        readers = await readers_of(self._client, STORIES.name)
        return all(one.waiting == one.in_hand == 0 for one in readers if one.name == consumer)


def _anew(said: Said, number: int) -> Said:
    """The same about another story."""
    name = story_id("bench", f"hop {number}")
    received = stamp_arrival(replace(said.received, story_id=name))
    attributed = stamp(replace(said.attributed, story_id=name), received, RULES)
    return Said(received, attributed, stamp(replace(said.enriched, story_id=name), attributed, RULES))


def _message(event: Event) -> Message:
    return Message(story_subject(event), encode(event), cloudevent_headers(event, "bench", datetime.now(UTC)))


def _parts(said: Said) -> dict[str, Callable[[], object]]:
    """What is done for each event, or each message, and can be done without a server."""
    event, bytes_of = said.attributed, encode(said.attributed)
    message, now, log = _message(event), datetime.now(UTC), configure_logs("bench")
    return {
        f"decoding {len(bytes_of):,} bytes": lambda: decode(bytes_of),
        "encoding them": lambda: encode(event),
        "identity": lambda: stamp(event, said.received, RULES),
        "headers": lambda: cloudevent_headers(event, "bench", now),
        "headers as they go over the wire": lambda: write_lines(message.headers),
        "a line in the log": lambda: log.info(
            "handled", kind="StoryReceived", seq=1, story=event.story_id, version=event.version, event_id=event.id
        ),
    }


def _timed(part: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(EVENTS):
        part()
    return (time.process_time() - began) / EVENTS * 1e6


async def main(rounds: int) -> None:
    """Print a line for each hop and each part."""
    print("microseconds an event                          least  median")
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder) / "nats")
        server.start()
        try:
            with (Path(folder) / "log").open("w") as log, contextlib.redirect_stderr(log):
                async with provisioned(server) as client:
                    hops = _Hops(client, server.url)
                    _print("a hop that does not think", [await hops.hop() for _ in range(rounds)])
                    _print("publish", [await hops.publish() for _ in range(rounds)])
                for name, part in _parts(said_of(0)).items():
                    _print(f"  {name}", [_timed(part) for _ in range(rounds)])
        finally:
            server.stop()


def _print(name: str, taken: Sequence[float]) -> None:
    print(f"{name:44}{min(taken):8.1f}{statistics.median(taken):8.1f}")


if __name__ == "__main__":
    run_loop(main(int(sys.argv[1]) if sys.argv[1:] else 8))
