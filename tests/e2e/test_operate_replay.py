"""Replay with rules that changed, on a real server: what differs is appended, once."""

from __future__ import annotations

from collections.abc import Callable

from nats.aio.client import Client
from stories import attributed, guid, received

from dateline_kernel.journal import Journal
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_operate.commands.replay import Options, replay_range
from dateline_operate.replaying import Tally
from dateline_schemas.events import Event, Intake, StoryAttributed, StoryReceived


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


async def taken_in(client: Client, **story: str) -> tuple[Intake, int]:
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


async def test_an_event_that_fails_is_a_finding_and_not_the_end(client: Client) -> None:
    """The others are replayed, and the failure is told with its place."""
    bad, at = await taken_in(client, headline="poison")
    await taken_in(client)
    tally = await replay(client, attribution("AFP", "attribution/1"), at, dry_run=True)
    assert (tally.looked_at, tally.equal, tally.failed) == (2, 1, 1)
    assert bad.story_id in tally.failures[0]


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
