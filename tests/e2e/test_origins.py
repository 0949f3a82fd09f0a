"""An uncredited copy of an agency's story is marked as one, by a service that was there and by one that was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from copytexts import FERRY, OWN
from nats.aio.client import Client
from stories import arrived, guid, received

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.installed import build_service
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.service import Service
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_operate.commands.replay import Options, replay_range
from dateline_operate.quarantine.retrying import Again
from dateline_operate.replay.comparing import Tally
from dateline_schemas.codec import encode
from dateline_schemas.credit import Credit
from dateline_schemas.events import Arrival, StoryAttributed
from dateline_schemas.feeds import Contract
from dateline_schemas.quarantine import Quarantined

WIRE = {"feed": "afp-en", "provider": "AFP", "headline": "Potato ferry aground"}
COPY = ("Islanders saved a cargo of potatoes.", *FERRY[1:2], FERRY[4], FERRY[3].replace("Villagers", "Neighbours"))


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    """A server for the test."""
    with real_server() as running:
        yield running


def attribution(server: EmbeddedServer, **settings: str) -> Service:
    """The real service."""
    env = {f"DATELINE_{name.upper()}": value for name, value in settings.items()}
    return build_service("attribution", {"DATELINE_NATS_URL": server.url, "DATELINE_LOG_LEVEL": "error", **env})


async def take_in(
    client: Client, paragraphs: tuple[str, ...], ordinal: int = 1, name: str = "", **said: Any
) -> Arrival:
    """A story as ingest puts it into the log."""
    story = await arrived(client, name or guid(), ordinal, paragraphs=paragraphs, **{"feed": "courier", **said})
    return story


async def credit_of(client: Client, story: Arrival) -> Credit:
    """The credit of a version, once there is one."""

    async def look() -> Credit | None:
        for one in await Journal(client, "ingest").load(story.story_id):
            if isinstance(one.event, StoryAttributed) and one.event.ordinal == story.ordinal:
                return one.event.credit
        return None

    found = await eventually(look)
    assert found is not None
    return found


async def replay(client: Client, service: Service, start: int = 1) -> Tally:
    """A dry run over the log."""
    tally = Tally(service=service.name, rules=service.rules, dry_run=True)
    await replay_range(client, service, tally, Options(service=service.name, start=str(start), dry_run=True))
    return tally


async def test_a_copy_without_a_credit_is_marked_and_one_with_a_credit_is_not(server: EmbeddedServer) -> None:
    """The origin is named with the share and the passages; nobody is credited for it; a person is asked to look."""
    async with provisioned(server) as client, attribution(server).running():
        wire = await take_in(client, FERRY, **WIRE)
        assert (await credit_of(client, wire)).agencies == ("AFP",)
        copy = await credit_of(client, await take_in(client, COPY))
        assert copy.agencies == ()
        assert copy.origin is not None
        assert (copy.origin.story_id, copy.origin.version, copy.origin.agency) == (wire.story_id, "1", "AFP")
        assert copy.origin.headline == "Potato ferry aground"
        assert copy.origin.overlap > 0.8
        assert copy.origin.passages[0].text in COPY[1]
        assert copy.needs_review
        assert wire.story_id in copy.reason
        credited = await credit_of(client, await take_in(client, (*COPY, "AFP")))
        assert (credited.agencies, credited.origin) == (("AFP",), None)
        own = await credit_of(client, await take_in(client, OWN))
        assert (own.agencies, own.origin, own.needs_review) == ((), None, False)


async def test_a_service_that_starts_later_reads_the_past_first(server: EmbeddedServer) -> None:
    """What went before the start is an origin as well, and two services give the same answer."""
    async with provisioned(server) as client:
        async with attribution(server).running():
            wire = await take_in(client, FERRY, **WIRE)
            await credit_of(client, wire)
        async with attribution(server).running(), attribution(server).running() as second:
            copies = [await take_in(client, COPY) for _ in range(20)]
            origins = {(await credit_of(client, copy)).origin for copy in copies}
            assert {origin and origin.story_id for origin in origins} == {wire.story_id}
            assert len(origins) == 1
            async with httpx.AsyncClient(base_url=second.url, timeout=PATIENCE) as http:

                async def built() -> bool:
                    checks: dict[str, str] = (await http.get("/readyz")).json()["checks"]
                    return checks["origins"] == "ok"

                await eventually(built)
                page = (await http.get("/metrics")).text
                assert 'dateline_consulted_total{outcome="amended",projection="origins",service="attribution"}' in page


async def test_a_replay_finds_nothing_to_say_anew(server: EmbeddedServer) -> None:
    """As of each event: a copy that came before its origin is none then, and none in a replay years later."""
    async with provisioned(server) as client:
        async with attribution(server).running():
            early = await credit_of(client, await take_in(client, COPY))
            assert early.origin is None
            wire = await take_in(client, FERRY, **WIRE)
            await credit_of(client, wire)
            late = await credit_of(client, await take_in(client, COPY))
            assert late.origin is not None
            await credit_of(client, await take_in(client, (*FERRY[:2], *OWN), 2, name=wire.story.guid, **WIRE))
            later = await credit_of(client, await take_in(client, COPY))
            assert later.origin is None
        start = (await Journal(client, "ingest").load(wire.story_id))[0].seq
        for since in (1, start + 1):
            tally = await replay(client, attribution(server), since)
            assert (tally.differ, tally.failed) == (0, 0), tally.examples
            assert tally.equal == tally.looked_at


async def test_a_killed_story_stays_an_origin_and_is_called_withdrawn(server: EmbeddedServer) -> None:
    """A copy of what an agency has killed is what an editor must know of most."""
    async with provisioned(server) as client, attribution(server).running():
        wire = await take_in(client, FERRY, **WIRE)
        await credit_of(client, wire)
        assert not _withdrawn(await credit_of(client, await take_in(client, COPY)))
        await take_in(client, (), 2, name=wire.story.guid, pubstatus="canceled", **WIRE)
        copy = await credit_of(client, await take_in(client, COPY))
        assert _withdrawn(copy)
        assert "withdrawn" in copy.reason


def _withdrawn(credit: Credit) -> bool:
    assert credit.origin is not None
    return credit.origin.withdrawn


async def test_no_origins_are_looked_for_where_a_house_wants_none(server: EmbeddedServer) -> None:
    """``origin_stories = 0`` turns it off, under rules of another name."""
    async with provisioned(server) as client:
        service = attribution(server, origin_stories="0")
        assert service.rules != attribution(server).rules
        async with service.running():
            await credit_of(client, await take_in(client, FERRY, **WIRE))
            assert (await credit_of(client, await take_in(client, COPY))).origin is None


async def test_the_contract_of_a_feed_credits_and_nothing_is_looked_up(server: EmbeddedServer) -> None:
    """A text that says nothing, in an agency's own feed, is that agency's."""
    async with provisioned(server) as client, attribution(server).running():
        await credit_of(client, await take_in(client, FERRY, **WIRE))
        bare = received(guid(), feed="dpa", paragraphs=COPY)
        agreed = type(bare)(
            **{name: getattr(bare, name) for name in bare.__struct_fields__ if name != "contract"},
            contract=Contract(agency="dpa", trust="agency"),
        )
        await Journal(client, "ingest").append([agreed])
        credit = await credit_of(client, agreed)
        assert (credit.agencies, credit.origin) == (("dpa",), None)


async def test_a_copy_that_is_tried_again_is_told_as_if_the_service_had_been_there(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operator's process has no index of the log yet, and makes one however long that takes."""
    async with provisioned(server) as client:
        async with attribution(server).running():
            wire = await take_in(client, FERRY, **WIRE)
            await credit_of(client, wire)
        copy = await take_in(client, COPY)
        [recorded] = await Journal(client, "ingest").load(copy.story_id)
        what = Quarantined(
            kind="event",
            service="attribution",
            reason="made by a test",
            at=recorded.time,
            story_id=copy.story_id,
            event=encode(copy),
            seq=recorded.seq,
        )
        kept = await Quarantine(client).get(await Quarantine(client).keep(what))
        monkeypatch.setattr("dateline_kernel.projections.PATIENCE", 0.0)
        verdict = await Again(client, server.url).take(kept)
        assert verdict.done, verdict
        origin = (await credit_of(client, copy)).origin
        assert origin is not None
        assert origin.story_id == wire.story_id
