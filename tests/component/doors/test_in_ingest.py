"""The doors inside a running ingest: leases, places in the bucket, and the hub's calls by its own HTTP door."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import aioftp
import pytest
from hub import Hub
from stage import newsfeed
from web import Answered, Asked, web

from dateline_ingest.app import build
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import eventually, own_port, provisioned
from dateline_schemas.feeds import Feed, encode_feed
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import FEEDS

WORD = "tide-and-lamp-19"


async def test_ftp_and_websub_bring_stories_to_the_log(
    server: EmbeddedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that lies there, a document, and what the hub delivers of it later."""
    monkeypatch.setenv("FTP_WORD", WORD)
    monkeypatch.setenv("HUB_WORD", WORD)
    (tmp_path / "wire.xml").write_bytes(newsfeed("Pier closed"))
    hub = Hub()

    files = aioftp.Server([aioftp.User("agency", WORD, base_path=tmp_path)])
    await files.start("127.0.0.1", 0)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(files.close)
        port = stack.enter_context(own_port())
        client = await stack.enter_async_context(provisioned(server))
        hub_url = await stack.enter_async_context(web(hub))

        async def site(asked: Asked) -> Answered:
            links = f'<{hub_url}>; rel="hub"'
            return Answered(200, newsfeed("Ferry adrift"), [("link", links), ("content-type", "application/rss+xml")])

        async with web(site) as site_url:
            bucket = await client.jetstream().key_value(FEEDS.name)
            for feed in (
                Feed(
                    name="pier",
                    door="ftp",
                    url=f"ftp://agency@127.0.0.1:{files.server_port}/",
                    secret="env:FTP_WORD",
                    every=0.1,
                ),
                Feed(name="ferry", door="websub", url=f"{site_url}/feed", secret="env:HUB_WORD", every=0.1),
            ):
                await bucket.put(feed.name, encode_feed(feed))
            settings = IngestSettings(nats_url=server.url, http_port=port, public_url=f"http://127.0.0.1:{port}")
            async with build(settings).running():
                journal = Journal(client, "ingest")

                async def there(feed: str, title: str) -> bool:
                    return bool(await journal.load(story_id(feed, f"urn:example:{title}")))

                await eventually(lambda: there("pier", "Pier-closed"))
                await eventually(lambda: there("ferry", "Ferry-adrift"))

                async def subscribed() -> bool:
                    return bool(hub.subscribers)

                await eventually(subscribed)
                assert await hub.publish(newsfeed("Ferry found")) == [202]
                assert await there("ferry", "Ferry-found")
