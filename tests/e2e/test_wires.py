"""Real agency files through the whole path: a story is on its topic with what the file says, or its absence is told.

The files are other people's copy and lie beside the repository; where they are absent the test is skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from nats.aio.msg import Msg

from dateline_enrichment.language import alike, normal_tag
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.installed import build_service
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_schemas.events import Arrival, StoryHeld, StoryReleased, StoryWithdrawn
from dateline_schemas.feeds import Feed, encode_feed, key_digest
from dateline_schemas.flow import FLOW
from dateline_schemas.subjects import FEEDS, TOPICS

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
WIRES = SHARED / "wires"
KEY = "wires"
pytestmark = pytest.mark.skipif(not WIRES.is_dir(), reason="no wire files beside the repository")


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    """A server for the test."""
    with real_server() as running:
        yield running


def files() -> list[Path]:
    """Every wire file."""
    return sorted(path for folder in WIRES.iterdir() if folder.is_dir() for path in folder.iterdir())


def repaired(value: object) -> str:
    """What a file says, where the list of facts has its UTF-8 decoded as Latin-1."""
    try:
        return str(value).encode("latin-1").decode()
    except UnicodeError:
        return str(value)


def stated() -> dict[str, dict[str, object]]:
    """What each file's own bytes say, by its name under wires/."""
    lines = (WIRES / "expected.jsonl").read_text("utf-8").splitlines()
    return {fact["file"]: fact for fact in map(json.loads, lines)}


async def test_every_story_is_on_its_topic_or_its_absence_is_told(server: EmbeddedServer) -> None:
    """Released with headline, language, version and guid as stated; or late, disputed, canceled, quarantined."""
    env = {"DATELINE_NATS_URL": server.url, "DATELINE_LOG_LEVEL": "error"}
    services = [build_service(step.service, env) for step in FLOW]
    async with (
        provisioned(server) as client,
        services[0].running() as ingest,
        services[1].running(),
        services[2].running(),
        services[3].running(),
        httpx.AsyncClient(base_url=ingest.url, headers={"X-API-Key": KEY}, timeout=PATIENCE) as http,
    ):
        bucket = await client.jetstream().key_value(FEEDS.name)
        await bucket.put("wires", encode_feed(Feed(name="wires", key_sha256=key_digest(KEY))))
        journal = Journal(client, "publish")
        refused: dict[str, str] = {}
        for path in files():
            name = f"{path.parent.name}/{path.name}"
            answer = await http.post("/v1/stories", content=path.read_bytes())
            if answer.status_code != 202:
                kept = await Quarantine(client).get(answer.json()["quarantine"])
                refused[name] = kept.what.reason
                continue
            for receipt in answer.json()["stories"]:
                await check(journal, receipt, stated()[name], len(answer.json()["stories"]))
        assert all(refused.values())
        assert not [name for name in refused if not name.startswith("ninjs-json/")], refused


async def check(journal: Journal, receipt: dict, fact: dict[str, object], stories: int) -> None:
    """One receipt: what must have become of it."""
    if receipt["standing"] != "current" or receipt["duplicate"]:
        return
    story_id, version = receipt["story_id"], receipt["version"]

    async def outcome() -> StoryReleased | StoryWithdrawn | StoryHeld | None:
        said = [one.event for one in await journal.load(story_id)]
        kinds = (StoryReleased, StoryWithdrawn, StoryHeld)
        return next((e for e in said if isinstance(e, kinds) and e.version == version), None)

    event = await eventually(outcome)
    assert event is not None
    if isinstance(event, StoryHeld):
        return
    subjects = list(event.subjects)

    async def posted_everywhere() -> list[Msg]:
        messages = await journal.direct.get(TOPICS.name, multi_last=subjects, batch=len(subjects))
        return messages if len(messages) == len(subjects) else []

    posted = await eventually(posted_everywhere)
    arrival = next(
        one.event
        for one in await journal.load(story_id)
        if isinstance(one.event, Arrival) and one.event.version == version
    )
    if stories > 1:  # expected.jsonl speaks of the message's main item only
        return
    story = arrival.story
    names = {story.guid, *(other.code for other in story.alt_ids)}
    for member, values in (("guid", names), ("headline", {story.headline}), ("version", {story.version})):
        if fact.get(member):
            assert {fact[member], repaired(fact[member])} & values, member
    if isinstance(event, StoryReleased):
        if language := str(fact.get("language") or ""):
            assert alike(event.facts.language.code, normal_tag(language))
        body = json.loads(posted[0].data)
        assert body["version"] == version
        assert [headline["value"] for headline in body.get("headlines", [])[:1]] == [event.story.headline][
            : bool(event.story.headline)
        ]
