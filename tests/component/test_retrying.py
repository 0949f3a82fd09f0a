"""Trying again what publish failed on, on a real nats-server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from desk import refused_event
from msgspec.structs import replace
from stories import attributed, enriched, feed, guid, received

from dateline_kernel.deciding import Decision
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import eventually, provisioned, real_server
from dateline_operate.commands import quarantine
from dateline_operate.quarantine.retrying import Again
from dateline_publish.app import build
from dateline_publish.lifecycle import decide
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import Event, Recorded, StoryEnriched, StoryHeld, StoryRefused, StoryReleased
from dateline_schemas.identity import stamp, story_id
from dateline_schemas.quarantine import Kept, Quarantined
from dateline_schemas.subjects import STORIES, story_filter


@pytest.mark.parametrize(
    ("kind", "wait"),
    [(StoryEnriched, timedelta(0)), (StoryEnriched, timedelta(seconds=4)), (StoryHeld, timedelta(seconds=8))],
)
async def test_what_is_tried_again_after_publish_was_mended_goes_out(kind: type[Event], wait: timedelta) -> None:
    """At once, or when its embargo ends: nobody has to come back for it, whether it was held already or not."""
    name, until = guid(), datetime.now(UTC) + wait
    story = story_id("test", name)

    def broken(log: Sequence[Recorded[Event]], now: datetime) -> Decision:
        if isinstance(log[-1].event, kind):
            raise ZeroDivisionError("a fault that will be mended")
        return decide(log, until - timedelta(seconds=1))  # held, however late it comes to that

    with real_server() as server:
        async with provisioned(server) as client:
            journal = Journal(client, "publish")

            async def kept() -> list[Kept]:
                return [one async for one in Quarantine(client).all()]

            failing = build(PublishSettings(nats_url=server.url, attempts=1))
            for reaction in failing.reactions.values():
                reaction._decide = broken  # type: ignore[attr-defined]
            async with failing.running():
                await feed(client, name, embargo=until)
                [one] = await eventually(kept, lambda found: len(found) == 1)
                await eventually(
                    lambda: journal.load(story), lambda log: any(isinstance(one.event, StoryRefused) for one in log)
                )
            async with build(PublishSettings(nats_url=server.url)).running():
                verdict = await Again(client, server.url).take(one)
                log = await eventually(
                    lambda: journal.load(story), lambda log: any(isinstance(one.event, StoryReleased) for one in log)
                )
            assert verdict.done
            assert await kept() == []
    assert next(one.time for one in log if isinstance(one.event, StoryReleased)) >= until


class Shared(Quarantine):
    """Quarantine that somebody else works on: the first thing is dropped as soon as it was listed."""

    async def all(self, service: str = "") -> AsyncIterator[Kept]:
        """Everything that stood there a moment ago."""
        found = [one async for one in super().all(service)]
        await self.drop(found[0].seq)
        for one in found:
            yield one


@pytest.mark.parametrize("action", ["retry", "drop"])
async def test_what_somebody_else_has_dealt_with_meanwhile_stops_nothing(
    action: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Two operators in one night: it is said, and the others have their turn."""
    what = Quarantined(kind="event", service="publish", reason="r", error="E", at=datetime.now(UTC))
    with real_server() as server:
        async with provisioned(server) as client:
            numbers = [await Quarantine(client).keep(what) for _ in range(3)]
            options = quarantine.Options(action=action, all=True, json=True, nats=server.url)
            await quarantine.each(client, Shared(client), options)
    told = [msgspec.json.decode(line) for line in capfd.readouterr().out.splitlines() if line.startswith("{")]
    assert [one["number"] for one in told] == numbers
    assert ["gone" in one["said"] for one in told] == [True, False, False]


async def _refused(server: EmbeddedServer, client: QuickClient, heard: Event, seq: int) -> tuple[Kept, Again]:
    """An event at a place of the log that publish has refused, and something that tries it again."""
    number = await Quarantine(client).keep(refused_event(Recorded(heard, seq, datetime.now(UTC))))
    return await Quarantine(client).get(number), Again(client, server.url)


async def test_an_editors_word_that_comes_while_something_is_tried_again_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was said anew meanwhile is not replaced by what was said before, and the thing can be tried again."""
    append, name = Journal.append, guid()
    first = received(name)
    before, after = (enriched(attributed(first, (agency,))) for agency in ("AFP", "APA"))  # type: ignore[arg-type]
    after = replace(after, id="e" * 32)

    async def overtaken(journal: Journal, events: Sequence[Event], **expected: Any) -> int:
        if "+retry." in events[0].rules:
            await append(Journal(journal.client, "enrichment"), [after])
        return await append(journal, events, **expected)

    with real_server() as server:
        async with provisioned(server) as client:
            for service, event in (("ingest", first), ("enrichment", before), ("publish", refusal(before, "publish"))):
                await Journal(client, service).append([event])
            kept, again = await _refused(server, client, before, 2)
            publish, runtime = again._service("publish")
            publish.reactions[StoryEnriched] = nothing  # type: ignore[assignment]
            monkeypatch.setattr(Journal, "append", overtaken)
            verdict = await again.take(kept)
            assert (verdict.done, "try it again" in verdict.said) == (False, True)
            log = await runtime.journal.load(before.story_id)
            assert [one.event for one in log if isinstance(one.event, StoryEnriched)] == [after]
            assert await Quarantine(client).get(kept.seq)
            monkeypatch.undo()
            assert (await again.take(kept)).done
            [said] = [one.event for one in await runtime.journal.load(before.story_id) if one.seq > 4]
            assert isinstance(said, StoryEnriched) and said.credit == after.credit


async def nothing(*_: object) -> None:
    """A reaction that has nothing to say."""


async def later(*_: object) -> datetime:
    """A reaction that wants to hear the event again."""
    return datetime.now(UTC)


async def test_a_refusal_that_has_to_be_heard_again_is_said_by_who_refused() -> None:
    """Three services say refusals: each of them its own."""
    with real_server() as server:
        async with provisioned(server) as client:
            refused = refusal(received(guid()), "enrichment")
            await Journal(client, "enrichment").append([refused])
            kept, again = await _refused(server, client, refused, 1)
            publish, runtime = again._service("publish")
            publish.reactions[StoryRefused] = later  # type: ignore[assignment]
            verdict = await again.take(kept)
            assert verdict.done, verdict.said
            [said] = await runtime.journal.direct.latest(STORIES.name, story_filter(refused.story_id))
    headers = said.headers or {}
    assert (headers["Nats-Sequence"], headers["ce-source"]) == ("2", "/dateline/enrichment")


def refusal(heard: Event, service: str) -> StoryRefused:
    """That a service gives an event up."""
    refused = StoryRefused(
        story_id=heard.story_id, version="1", ordinal=1, service=service, error="ValueError: a fault", attempts=1
    )
    return stamp(refused, heard, f"{service}/test")
