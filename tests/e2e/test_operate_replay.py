"""Replay with rules that changed, on a real server: what differs is appended, once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from msgspec.structs import replace
from nats.aio.client import Client
from stories import arrived, attributed, feed, guid, received

from dateline_attribution.app import build as build_attribution
from dateline_attribution.attributing import attribute_anew
from dateline_attribution.settings import AttributionSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.reactions import Replayed
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import eventually, provisioned, real_server
from dateline_operate.commands import credit
from dateline_operate.commands.replay import Options, replay_range
from dateline_operate.console.failure import Failure
from dateline_operate.overriding import override
from dateline_operate.replay.comparing import Tally
from dateline_operate.replay.rerun import Rerun
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.credit import Evidence
from dateline_schemas.events import Arrival, Event, Recorded, StoryAttributed, StoryReceived, StoryReleased
from dateline_schemas.identity import stamp, story_id


def attribution(agency: str, rules: str) -> Service:
    """An attribution service that credits one agency, whatever the text."""

    def handler(heard: StoryReceived) -> list[Event]:
        if "poison" in heard.story.headline:
            raise ValueError("cannot be dealt with")
        return [attributed(heard, (agency,))]

    handle: Callable[[StoryReceived], list[Event]] = handler
    return Service("attribution", ServiceSettings(), rules=rules).on(StoryReceived, handle)


async def replay(client: Client, service: Service, start: int, *, dry_run: bool = False) -> Tally:
    """Replay from a sequence on."""
    tally = Tally(service=service.name, rules=service.rules, dry_run=dry_run)
    await replay_range(client, service, tally, Options(service=service.name, start=str(start)))
    return tally


async def taken_in(client: Client, **story: str) -> tuple[Arrival, int]:
    """A story in the log that attribution answered with AFP; where it begins."""
    first = received(guid(), **story)
    at = await Journal(client, "ingest").append([first])
    await Journal(client, "attribution").append([attributed(first, ("AFP",))])
    return first, at


async def test_what_differs_is_appended_once(client: Client) -> None:
    """A dry run appends nothing; a replay appends the new answer; another finds nothing; going back is news again."""
    first, at = await taken_in(client)
    there = Journal(client, "attribution")
    dry = await replay(client, attribution("AP", "attribution/2"), at, dry_run=True)
    assert (dry.changed, dry.appended) == (1, 0)
    assert dry.examples[0].changes[0].path == "credit.agencies[0]"
    for agency, rules in (("AP", "attribution/2"), ("dpa", "attribution/2"), ("AP", "attribution/2")):
        assert (await replay(client, attribution(agency, rules), at)).appended == 1
        again = await replay(client, attribution(agency, rules), at)
        assert (again.equal, again.differ, again.appended) == (1, 0, 0)
        newest = (await there.load(first.story_id))[-1].event
        assert isinstance(newest, StoryAttributed)
        assert newest.credit.agencies == (agency,)
        assert newest.cause == first.id


async def test_new_evidence_for_the_same_credit_is_appended_and_is_no_change(client: Client) -> None:
    """A log from before evidence stood in it gets its evidence, once; nobody is told that credits would change."""
    _, at = await taken_in(client)
    grounds = (Evidence(where="credits[0]", text="AFP", rule="provider", confidence=0.9, agency="AFP"),)

    def handler(heard: StoryReceived) -> list[Event]:
        answer = attributed(heard, ("AFP",))
        return [replace(answer, credit=replace(answer.credit, evidence=grounds))]

    service = Service("attribution", ServiceSettings(), rules="attribution/2").on(StoryReceived, handler)
    tally = await replay(client, service, at)
    assert (tally.changed, tally.evidence_only, tally.appended, tally.credits.stories) == (0, 1, 1, 0)
    assert (await replay(client, service, at)).equal == 1


async def test_an_event_that_fails_is_a_finding_and_not_the_end(client: Client) -> None:
    """The others are replayed, and the failure is told with its place."""
    bad, at = await taken_in(client, headline="poison")
    await taken_in(client)
    tally = await replay(client, attribution("AFP", "attribution/1"), at, dry_run=True)
    assert (tally.looked_at, tally.equal, tally.failed) == (2, 1, 1)
    assert bad.story_id in tally.failures[0]


async def test_an_event_that_cannot_be_read_is_a_finding_and_not_the_end() -> None:
    """What no service wrote, or a later release: others are replayed, and all of its story is told with its place."""
    with real_server() as server:
        async with provisioned(server) as client:
            first, _ = await taken_in(client)
            await taken_in(client)
            answers = client.jetstream()
            alone = await answers.publish("story.stranger.received.1", b"no event")
            beside = await answers.publish(f"story.{first.story_id}.attributed.2", b"no event")
            tally = await replay(client, attribution("AP", "attribution/2"), 1)
            assert (tally.looked_at, tally.changed, tally.failed) == (3, 1, 2)
            said = "\n".join(tally.failures)
            assert f"event {alone.seq} of the log cannot be read" in said
            assert f"of story {first.story_id}: event {beside.seq} of the log cannot be read" in said


async def test_a_replay_of_what_is_not_there_yet_is_asked_wrongly(client: Client) -> None:
    """That nothing differs there would say nothing: the end of the log is named."""
    _, at = await taken_in(client)
    service = attribution("AFP", "attribution/1")
    with pytest.raises(Failure, match=r"--from \d+ lies behind the end of the log, event \d+") as said:
        await replay(client, service, at + 1_000_000, dry_run=True)
    assert said.value.code == 2
    future = Options(service="attribution", start="2999-01-01", dry_run=True)
    with pytest.raises(Failure, match="--from 2999-01-01 lies in the future"):
        await replay_range(client, service, Tally(service="attribution", rules="", dry_run=True), future)


async def test_what_a_replay_replaced_is_not_replayed(client: Client) -> None:
    """Enrichment is not asked about an attribution that counts no more: its answer would replace a newer one."""
    first, at = await taken_in(client)
    await replay(client, attribution("AP", "attribution/2"), at)
    asked: list[StoryAttributed] = []

    def enrich(heard: StoryAttributed) -> list[Event]:
        asked.append(heard)
        return []

    service = Service("enrichment", ServiceSettings(), rules="enrichment/1").on(StoryAttributed, enrich)
    tally = await replay(client, service, at, dry_run=True)
    assert tally.superseded == 1
    assert [heard.credit.agencies for heard in asked] == [("AP",)]
    assert {heard.story_id for heard in asked} == {first.story_id}


async def test_an_editors_earlier_word_is_not_said_over_a_later_one(server: EmbeddedServer, client: Client) -> None:
    """Three words about one version, the last of which takes the others back: a replay appends nothing."""
    first, at = await taken_in(client)
    there = Journal(client, "attribution")
    for agency in ("dpa", "Reuters", ""):
        action: Literal["set", "clear"] = "set" if agency else "clear"
        words = credit.Options(action=action, story=first.story_id, by="desk", reason="asked", agencies=agency or None)
        word = override(await there.load(first.story_id), words)
        await there.append([word])
        [answer] = attribute_anew(word, await there.load(first.story_id))
        await there.append([stamp(answer, word, "attribution/test")])
    service = build_attribution(AttributionSettings(nats_url=server.url))
    tally = await replay(client, service, at)
    assert (tally.superseded, tally.differ, tally.appended) == (2, 0, 0)
    assert (await there.load(first.story_id))[-1].event.cause == word.id


async def test_of_a_publish_that_did_not_change_replay_says_that_nothing_differs(
    server: EmbeddedServer, client: Client
) -> None:
    """A kill and an update were there before publish came to what they overtook, and an embargo ended: 0 differ."""
    killed, updated, embargoed = guid(), guid(), guid()
    begin = await Journal(client, "publish").last_sequence() + 1
    await feed(client, killed, 1)
    await feed(client, killed, 2, pubstatus="canceled")
    await feed(client, updated, 1, embargo=datetime.now(UTC) + timedelta(hours=1))
    await feed(client, updated, 2)
    await feed(client, embargoed, 1, embargo=datetime.now(UTC) + timedelta(seconds=2))
    service = build(PublishSettings(nats_url=server.url))

    async def said(name: str) -> list[str]:
        return [one.event.fact for one in await Journal(client, "publish").load(story_id("test", name))]

    async with service.running():
        for name, last in ((killed, "withdrawn"), (updated, "released"), (embargoed, "released")):

            async def there(name: str = name, last: str = last) -> bool:
                return last in await said(name)

            await eventually(there)
    assert "released" not in await said(killed)
    tally = await replay(client, service, begin, dry_run=True)
    assert (tally.differ, tally.failed, tally.overtaken) == (0, 0, 1)
    assert tally.equal >= 4


async def test_a_decision_from_what_a_replay_replaced_since_is_found_in_the_whole_log(
    server: EmbeddedServer, client: Client
) -> None:
    """A version went out past one on hold, whose credit and facts were said anew afterwards: nothing differs."""
    name = guid()
    begin = await Journal(client, "publish").last_sequence() + 1
    await feed(client, name, 1, embargo=datetime.now(UTC) + timedelta(hours=1))
    await feed(client, name, 2)
    service = build(PublishSettings(nats_url=server.url))
    there = Journal(client, "publish")

    async def released() -> bool:
        return any(isinstance(one.event, StoryReleased) for one in await there.load(story_id("test", name)))

    async with service.running():
        await eventually(released)
    first = next(one.event for one in await there.load(story_id("test", name)) if one.event.fact == "enriched")
    again = replace(first, id="f" * 32, rules="enrichment/newer")
    await Journal(client, "enrichment").append([again])
    tally = await replay(client, service, begin, dry_run=True)
    assert (tally.superseded, tally.differ, tally.failed) == (1, 0, 0)


class Overtaken(Journal):
    """The log, where something else is written between a look and the first append."""

    meanwhile: tuple[Event, ...] = ()

    async def append(self, events: Sequence[Event], *, expected: Mapping[str, int] | None = None) -> int:
        """Append behind what came meanwhile."""
        meanwhile, self.meanwhile = self.meanwhile, ()
        for event in meanwhile:
            await super().append([event])
        return await super().append(events, expected=expected)


async def test_an_editors_word_at_the_moment_of_a_replay_stays_the_last_one(client: Client) -> None:
    """What a replay found before it was said is not said over it."""
    first, at = await taken_in(client)
    there = Overtaken(client, "attribution")
    words = credit.Options(action="set", story=first.story_id, by="desk", reason="asked", agencies="dpa")
    word = override(await there.load(first.story_id), words)
    [answer] = attribute_anew(word)
    there.meanwhile = (word, stamp(answer, word, "attribution/test"))
    service = build_attribution(AttributionSettings())
    tally = Tally(service=service.name, rules=service.rules, dry_run=False)
    heard = [one async for one in there.read(at, kinds=[StoryReceived])]
    await Rerun(there, service, tally, 0).some(heard)
    assert (await there.load(first.story_id))[-1].event.cause == word.id
    assert (tally.looked_at, tally.appended) == (1, 0)


async def test_an_editors_word_at_the_moment_of_an_update_goes_with_it(server: EmbeddedServer, client: Client) -> None:
    """Said between attribution's look into the story's log and its answer, it is not left out of that."""
    there, name = Journal(client, "attribution"), guid()
    async with build_attribution(AttributionSettings(nats_url=server.url)).running() as running:
        first, second = received(name, 1), received(name, 2)
        await Journal(client, "ingest").append([first])
        log = await eventually(lambda: there.load(first.story_id), lambda log: len(log) == 2)
        options = credit.Options(action="set", story=first.story_id, by="desk", reason="asked", agencies="dpa")
        words = [override(log, options)]
        journal = running.runtime.journal
        load = journal.load_of

        async def looked(heard: Recorded[Event], kinds: Sequence[type[Event]]) -> list[Recorded[Event]]:
            log = await load(heard, kinds)
            if words:
                await there.append([words.pop()])
            return log

        journal.load_of = looked  # type: ignore[method-assign]
        await Journal(client, "ingest").append([second])

        async def credited() -> list[tuple[str, ...]]:
            events = [one.event for one in await there.load(first.story_id)]
            return [one.credit.agencies for one in events if isinstance(one, StoryAttributed) and one.ordinal == 2]

        assert await eventually(credited) == [("dpa",)]
        assert not words


async def test_replays_at_the_same_moment_append_what_differs_once(client: Client, name: str) -> None:
    """Two operators, several versions of a story each: every answer is replaced once, and both come to an end."""
    at = await Journal(client, "ingest").last_sequence() + 1
    for ordinal in range(1, 6):
        version = await arrived(client, name, ordinal)
        await Journal(client, "attribution").append([attributed(version)])
    service = attribution("AP", "attribution/2")
    tallies = await asyncio.gather(*(replay(client, service, at) for _ in range(2)))
    assert sum(tally.appended for tally in tallies) == 5
    assert [tally.looked_at for tally in tallies] == [5, 5]
    assert (await replay(client, service, at)).equal == 5


async def test_a_replay_waits_for_a_server_that_is_started_again() -> None:
    """In the middle of it, and of what it is about to say: nothing is left out, nothing said twice."""
    with real_server() as server:
        async with provisioned(server) as client:
            for _ in range(3):
                await taken_in(client)
            service, crashes = attribution("AP", "attribution/2"), [server]
            answer = service.reactions[StoryReceived].replayed

            def crash(*heard: Any) -> Replayed:
                if crashes:
                    crashes.pop().kill()
                    server.start()
                return answer(*heard)

            service.reactions[StoryReceived].replayed = crash  # type: ignore[method-assign]
            tally = await replay(client, service, 1)
            assert (tally.looked_at, tally.changed) == (3, 3)
            assert (await replay(client, attribution("AP", "attribution/2"), 1)).equal == 3


async def test_a_replay_that_cannot_go_on_says_where_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is gone for good: what was done, and from which event on to do the rest."""
    monkeypatch.setattr("dateline_operate.replay.rerun.TOGETHER", 2)
    monkeypatch.setattr("dateline_operate.replay.rerun.AWAY", 0.01)
    with real_server() as server:
        async with provisioned(server) as client:
            places = [(await taken_in(client))[1] for _ in range(4)]

            seen: list[str] = []

            def handler(heard: StoryReceived) -> list[Event]:
                if len(seen) == 2:
                    server.stop()
                seen.append(heard.story_id)
                return [attributed(heard, ("AP",))]

            service = Service("attribution", ServiceSettings(), rules="attribution/2").on(StoryReceived, handler)
            with pytest.raises(Failure, match="2 events were looked at, 2 answers appended") as said:
                await replay(client, service, 1)
            assert (said.value.code, said.value.advice) == (3, f"Replay again --from {places[1] + 1}.")
