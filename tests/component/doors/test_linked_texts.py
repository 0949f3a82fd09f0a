"""Texts at links: a polled interface that hands out items, and their texts by link with a key, as agencies do."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from stage import Stage
from web import Answered, Asked, web

from dateline_ingest.app import build
from dateline_ingest.doors import linkedtexts, poll
from dateline_ingest.doors.context import context_of
from dateline_ingest.doors.feedroom import FeedRoom
from dateline_ingest.doors.linkedtexts import LinkedTexts
from dateline_ingest.formats import parse
from dateline_ingest.intake import retake
from dateline_ingest.settings import IngestSettings
from dateline_ingest.trying import try_feed
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import provisioned
from dateline_schemas.feeds import Feed
from dateline_schemas.identity import story_id
from dateline_schemas.interfaces import Texts

KEY = "tide-key-4471"
NITF = "<nitf><body><body.content><block><p>{}</p></block></body.content></body></nitf>"


class Agency:
    """Items under /feed; texts under /text/<n>, each with an answer of its own; both want the key."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: dict[str, list[Answered]] = {}
        self.items: list[dict[str, Any]] = []
        self.url = ""

    def add(self, number: int, *answers: Answered, **members: Any) -> None:
        """An item whose text is at a link."""
        self.answers[f"/text/{number}"] = list(answers) or [text(f"Text {number}.")]
        link = {"name": "nitf", "type": "text", "mimetype": "text/xml", "href": f"{self.url}/text/{number}"}
        plain = {"altids": {"itemid": f"n{number}"}, "version": 1, "type": "text", "headline": f"Headline {number}"}
        self.items.append({"item": {**plain, "renditions": {"nitf": link}, **members}})

    async def __call__(self, asked: Asked) -> Answered:
        """Answer, or 401."""
        self.asked.append(asked)
        if asked.headers.get("x-api-key") != KEY:
            return Answered(401, f"wrong key, not {KEY}".encode())
        if asked.path == "/feed":
            body = json.dumps({"method": "/content/feed.GET", "data": {"items": self.items}}).encode()
            return Answered(200, body, [("content-type", "application/json")])
        answers = self.answers[asked.path]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def tries(self, number: int) -> int:
        """How often a text was asked for."""
        return sum(asked.path == f"/text/{number}" for asked in self.asked)


def text(words: str) -> Answered:
    """A text as NITF."""
    return Answered(200, NITF.format(words).encode(), [("content-type", "text/xml")])


@asynccontextmanager
async def agency() -> AsyncIterator[Agency]:
    """The server."""
    found = Agency()
    async with web(found) as url:
        found.url = url
        yield found


def feed(at: Agency, name: str = "tide", **texts: Any) -> Feed:
    """A feed of it, as an entry says."""
    asking = Texts(
        **{"hosts": ("127.0.0.1",), "header": "x-api-key", "secret": "env:TIDE_KEY", "per_second": 100, **texts}
    )
    url = f"{at.url}/feed"
    return Feed(name=name, door="poll", url=url, header="x-api-key", secret="env:TIDE_KEY", texts=asking)


@pytest.fixture(autouse=True)
def at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is in the environment; tries follow one another at once."""
    monkeypatch.setenv("TIDE_KEY", KEY)
    monkeypatch.setattr(linkedtexts, "PAUSE", 0.0)


async def whole(at: Agency, **texts: Any) -> tuple[linkedtexts.Whole, Stage]:
    """What becomes of the agency's page."""
    entry = feed(at, **texts)
    assert entry.texts is not None
    stage = Stage(entry, KEY)
    page = json.dumps({"data": {"items": at.items}}).encode()
    return await LinkedTexts(entry, entry.texts, KEY, stage.log).whole(page, "", f"{at.url}/feed"), stage


async def test_texts_are_fetched_with_the_key_and_go_with_the_message(server: EmbeddedServer) -> None:
    """From poll to log: whole stories, whose original holds message and texts and reads the same without a network."""
    async with (
        agency() as at,
        provisioned(server) as client,
        build(IngestSettings(nats_url=server.url)).running() as run,
    ):
        at.add(1)
        at.add(2, headline="Second")
        runtime = run.runtime
        room = FeedRoom(context_of(runtime, IngestSettings()), feed(at))
        stage = Stage(room.feed, KEY)
        stage.take = room.take  # type: ignore[method-assign]
        async with stage.playing(poll.door):
            await stage.look()
        for number in (1, 2):
            [recorded] = await Journal(client, "ingest").load(story_id("tide", f"n{number}"))
            received = recorded.event
            assert received.story.paragraphs == (f"Text {number}.",)  # type: ignore[union-attr]
            assert (received.format, received.flags) == ("ap-media-api-json", ())  # type: ignore[union-attr]
            original = await runtime.originals.get(received.original)  # type: ignore[union-attr]
            assert received.story in parse(original).stories  # type: ignore[union-attr]
            assert KEY.encode() not in original


async def test_a_text_that_cannot_be_had_is_tried_thrice_then_told_of() -> None:
    """Not where another try would not help; a text that comes late is taken."""
    async with agency() as at:
        at.add(1, Answered(503), Answered(502), text("Late."))
        at.add(2, Answered(500))
        at.add(3, Answered(404))
        at.add(4, Answered(200, b"<html><body><form>Log in</form></body></html>", [("content-type", "text/html")]))
        found, stage = await whole(at)
        assert [at.tries(number) for number in (1, 2, 3, 4)] == [3, 3, 1, 1]
        assert [one.guid for one in found.missing] == ["n2", "n3", "n4"]
        assert "answered 404; ask the provider" in found.missing[1].reason
        stories = {story.guid: story.paragraphs for story in parse(found.data).stories}
        assert stories == {"n1": ("Late.",), "n2": (), "n3": (), "n4": ()}
        assert len(stage.said("text not fetched")) == 3
        assert KEY not in stage.everything()


async def test_limits_of_the_entry_are_kept() -> None:
    """Hosts, number, size, redirects."""
    async with agency() as at, web(Agency()) as elsewhere:
        at.add(1)
        at.add(2, text("x" * 5_000))
        at.add(3, Answered(302, headers=[("location", "/text/3")]))
        at.add(4, renditions={"nitf": {"type": "text", "mimetype": "text/xml", "href": "http://other.example/4"}})
        at.add(5, Answered(302, headers=[("location", f"{elsewhere}/text/5")]))
        at.add(6)
        found, _ = await whole(at, most=5, bytes=1_000, redirects=1)
        reasons = {one.guid: one.reason for one in found.missing}
        assert list(reasons) == ["n2", "n3", "n4", "n5", "n6"]
        assert "more than 1000 bytes" in reasons["n2"]
        assert "more than 1 redirects" in reasons["n3"]
        assert "other.example is not among the hosts of its texts" in reasons["n4"]
        assert "answered 401" in reasons["n5"], "the key goes to no other host"
        assert "more than 5 texts" in reasons["n6"]


async def test_a_host_that_is_down_does_not_hold_up_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the message says itself is news; texts that were not asked for in time are told of."""
    monkeypatch.setattr(linkedtexts, "MOST_SECONDS", 0.0)
    async with agency() as at:
        at.add(1)
        at.add(2)
        found, _ = await whole(at)
        assert [(one.guid, "took more than 0 s" in one.reason) for one in found.missing] == [("n2", True)]
        assert at.tries(2) == 0


async def test_stories_without_their_text_are_taken_with_the_link_or_kept_apart(server: EmbeddedServer) -> None:
    """As the entry says: flagged, or kept with the reason while others go on; a retry takes them as they are."""
    async with (
        agency() as at,
        provisioned(server) as client,
        build(IngestSettings(nats_url=server.url)).running() as run,
    ):
        at.add(1)
        at.add(2, Answered(404))
        runtime, journal = run.runtime, Journal(client, "ingest")
        context = context_of(runtime, IngestSettings())
        page = json.dumps({"data": {"items": at.items}}).encode()
        [receipt] = (await FeedRoom(context, feed(at, "ebb", missing="quarantine")).take(page)).receipts
        assert receipt.headline == "Headline 1"
        assert await journal.load(story_id("ebb", "n2")) == []
        [kept] = [one.what async for one in runtime.quarantine.all() if one.what.feed == "ebb"]
        assert "story n2:" in kept.reason and "answered 404; ask the provider" in kept.reason and KEY not in kept.reason
        assert "version 1" in await retake(runtime, kept)
        receipts = (await FeedRoom(context, feed(at, "ebb")).take(page)).receipts
        assert [(one.flags, one.duplicate) for one in receipts] == [((), True), (("text-missing",), True)]
        at.answers["/text/2"] = [text("It is there now.")]
        receipts = (await FeedRoom(context, feed(at, "ebb")).take(page)).receipts
        assert [(one.standing, one.duplicate) for one in receipts] == [("current", True), ("current", False)]
        first, second = [one.event for one in await journal.load(story_id("ebb", "n2"))]
        assert (first.flags, second.story.paragraphs) == (("text-missing",), ("It is there now.",))  # type: ignore[union-attr]


async def test_a_reader_that_breaks_costs_one_message_or_text(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which no reader should: the message goes to quarantine and the feed goes on; a text counts as missing."""

    def breaks(data: bytes, **said: Any) -> Any:
        if b"poison" in data and b"related" not in data:
            raise RecursionError("a fault in a reader")
        return parse(data, **said)

    monkeypatch.setattr("dateline_ingest.reading.parse", breaks)
    async with (
        agency() as at,
        provisioned(server),
        build(IngestSettings(nats_url=server.url)).running() as run,
    ):
        at.add(1, text("poison"))
        room = FeedRoom(context_of(run.runtime, IngestSettings()), feed(at, "reef"))
        page = json.dumps({"data": {"items": at.items}}).encode()
        [receipt] = (await room.take(page)).receipts
        assert receipt.flags == ("text-missing",)
        assert not (await room.take(page.replace(b"Headline", b"poison"))).receipts
        [kept] = [one.what async for one in run.runtime.quarantine.all() if one.what.feed == "reef"]
        assert "a reader broke, which is no fault of the message: RecursionError" in kept.reason


async def test_a_check_shows_whole_stories_and_what_is_missing() -> None:
    """``dateline feeds check`` finds a wrong host or key before the feed is applied."""
    async with agency() as at:
        at.add(1)
        tried = await try_feed(feed(at))
        assert (tried.fault, tried.note, tried.count) == ("", "", 1)
        tried = await try_feed(feed(at, hosts=("api.example",)))
        assert tried.note.startswith("1 of its texts cannot be had: 127.0.0.1 is not among the hosts")
