"""A hub calls a running ingest: it verifies, delivers signed, and is refused what is not its own."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import urllib.error
import urllib.request
from urllib.parse import parse_qs

import httpx
import pytest
from nats.aio.client import Client
from stories import guid
from web import Answered, Asked, web

from dateline_ingest.app import build
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas.events import Arrival
from dateline_schemas.feeds import Feed, encode_feed
from dateline_schemas.subjects import FEEDS


def document(origin: str, *titles: str) -> bytes:
    """An RSS feed that names its hub."""
    items = "".join(f"<item><guid>{origin}/{title}</guid><title>{title}</title></item>" for title in titles)
    return (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Council</title>'
        f'<atom:link rel="hub" href="{origin}/hub"/><atom:link rel="self" href="{origin}/feed"/>{items}</channel></rss>'
    ).encode()


class Hub:
    """Serves the feed and takes subscriptions."""

    def __init__(self) -> None:
        self.origin = ""
        self.asked: list[dict[str, str]] = []

    async def __call__(self, asked: Asked) -> Answered:
        if asked.method == "POST":
            self.asked.append({name: values[0] for name, values in parse_qs(asked.body.decode()).items()})
            return Answered(202)
        return Answered(200, document(self.origin, "First"), [("content-type", "application/rss+xml")])


def status_at_last(url: str) -> int:
    """What a hub is answered that sends all of 20 MB before it looks for an answer."""
    request = urllib.request.Request(url, data=b"x" * 20_000_000, headers={"Content-Type": "application/rss+xml"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=PATIENCE)
    with refused.value as answer:
        return answer.code


async def test_a_hub_verifies_and_delivers_and_nobody_else_does(
    server: EmbeddedServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The challenge is echoed for the topic that was asked for; a wrong signature or address takes nothing in.

    Who is refused hears so, also when all of the body is sent first.
    """
    name = f"hubbed-{guid()[-12:]}"
    monkeypatch.setenv("HUB_SECRET", "long and random, in a test")
    bucket = await client.jetstream().key_value(FEEDS.name)
    settings = IngestSettings(nats_url=server.url, public_url="http://127.0.0.1:1")
    hub = Hub()
    async with (
        web(hub) as hub.origin,
        build(settings).running() as running,
        httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http,
    ):
        feed = Feed(name=name, door="websub", url=f"{hub.origin}/feed", secret="env:HUB_SECRET", every=0.2)
        await bucket.put(name, encode_feed(feed))
        [form] = await eventually(lambda: hub.asked)
        path = form["hub.callback"].removeprefix("http://127.0.0.1:1")
        query = {"hub.mode": "subscribe", "hub.topic": form["hub.topic"], "hub.challenge": "echo-me"}
        assert (await http.get(path, params={**query, "hub.topic": "http://other/"})).status_code == 404
        verified = await http.get(path, params={**query, "hub.lease_seconds": "600"})
        assert (verified.status_code, verified.text) == (200, "echo-me")
        for wrong in (f"/v1/websub/{name}/guessed", "/v1/websub/nobody/guessed", "/v1/websub/"):
            assert (await http.get(wrong, params=query)).status_code == 404
        body = document(hub.origin, "First", "Second")
        forged = await http.post(path, content=body, headers={"X-Hub-Signature": "sha256=00"})
        assert forged.status_code == 202

        async def titles() -> list[str]:
            events = [one.event async for one in Journal(client, "ingest").read()]
            return [event.story.headline for event in events if isinstance(event, Arrival) and event.feed == name]

        assert await titles() == ["First"]
        right = hmac.new(form["hub.secret"].encode(), body, hashlib.sha256).hexdigest()
        delivered = await http.post(path, content=body, headers={"X-Hub-Signature": f"sha256={right}"})
        assert delivered.status_code == 202
        assert await titles() == ["First", "Second"]
        assert (await http.put(path)).status_code == 405
        for where, status in ((f"/v1/websub/{name}/guessed", 404), (path, 413)):
            assert await asyncio.to_thread(status_at_last, f"{running.url}{where}") == status
        await bucket.delete(name)
