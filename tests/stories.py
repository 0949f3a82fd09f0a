"""Stories and messages for tests."""

from __future__ import annotations

import uuid
from typing import Any

from nats.aio.client import Client

from dateline_kernel.journal import Journal
from dateline_schemas.credit import Credit
from dateline_schemas.events import Arrival, StoryAttributed, StoryCanceled, StoryEnriched, StoryReceived
from dateline_schemas.facts import Facts, Language, Topic
from dateline_schemas.identity import stamp, stamp_arrival, story_id
from dateline_schemas.story import Story

POLITICS = Topic(code="20000593", name="government", level=2, path=("11000000", "20000593"), method="stated")
ECONOMY = Topic(code="04000000", name="economy", level=1, path=("04000000",), method="stated")


def guid() -> str:
    """An identifier that no other test has."""
    return f"urn:test:{uuid.uuid4()}"


def plain(said: str) -> bytes:
    """A plain-text message that begins with ``said``; without a time, only its bytes identify it."""
    return f"{said}\n\nPORT SELWYN, March 26 - The harbour opened again on Thursday, its master said.\n".encode()


def received(name: str, ordinal: int = 1, *, version: str = "", feed: str = "test", **story: Any) -> Arrival:
    """StoryReceived of a version as ingest says it; StoryCanceled with ``pubstatus="canceled"``."""
    stated = version or str(ordinal)
    said = Story(guid=name, version=stated, **{"headline": f"Version {stated}", "paragraphs": ("Some text.",), **story})
    kind = StoryCanceled if said.pubstatus == "canceled" else StoryReceived
    return stamp_arrival(
        kind(
            story_id=story_id(feed, name),
            version=stated,
            ordinal=ordinal,
            arrival=ordinal,
            feed=feed,
            door="test",
            format="ninjs",
            original="0" * 64,
            original_bytes=1,
            content=f"{stated}-content",
            story=said,
        )
    )


def attributed(heard: Arrival, agencies: tuple[str, ...] = ("AFP",)) -> StoryAttributed:
    """The StoryAttributed that answers it."""
    credit = Credit(agencies=agencies, role="sole", credit_line="/".join(agencies))
    event = StoryAttributed(
        **_version_of(heard), feed=heard.feed, archive=heard.archive, story=heard.story, credit=credit
    )
    return stamp(event, heard, "attribution/test")


def enriched(heard: StoryAttributed, topics: tuple[Topic, ...] = (POLITICS, ECONOMY)) -> StoryEnriched:
    """The StoryEnriched that answers it."""
    facts = Facts(language=Language(code="en", confidence=1.0, method="stated"), topics=topics, words=2)
    event = StoryEnriched(
        **_version_of(heard),
        feed=heard.feed,
        archive=heard.archive,
        story=heard.story,
        credit=heard.credit,
        facts=facts,
    )
    return stamp(event, heard, "enrichment/test")


def _version_of(event: Any) -> dict[str, Any]:
    return {"story_id": event.story_id, "version": event.version, "ordinal": event.ordinal}


async def arrived(client: Client, name: str, ordinal: int = 1, **story: Any) -> Arrival:
    """Append a version as received."""
    heard = received(name, ordinal, **story)
    await Journal(client, "ingest").append([heard])
    return heard


async def feed(
    client: Client, name: str, ordinal: int = 1, topics: tuple[Topic, ...] = (POLITICS, ECONOMY), **story: object
) -> None:
    """Append all events of a version that come before publish."""
    heard = await arrived(client, name, ordinal, **story)
    if heard.story.pubstatus != "canceled":
        credited = attributed(heard)
        await Journal(client, "attribution").append([credited])
        await Journal(client, "enrichment").append([enriched(credited, topics)])
