"""A log on three servers, of which one is cut off or stands still: what nobody may decide from what that one has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import httpx
import msgspec
import pytest
from cluster import Cluster, Member, caught_up, cluster, connected, provisioned_on_all
from desk import Desk, damage, opened
from stories import attributed, enriched, guid, received

from dateline_ingest.deliveries import Delivery
from dateline_ingest.intake import Intake
from dateline_kernel.deliberating import Deliberate
from dateline_kernel.delivery import delivery_of
from dateline_kernel.errors import Conflict, Duplicate, Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.logs import configure_logs
from dateline_kernel.longstories import LONG
from dateline_kernel.originals import Originals
from dateline_kernel.posted import posted_of
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.runtime import assemble
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import eventually
from dateline_operate.watching.following import Follower, Start
from dateline_publish import RULES
from dateline_publish.announce import announce
from dateline_publish.lifecycle import alone_unless, decide
from dateline_schemas.events import Event, Recorded, StoryCanceled, StoryReceived, StoryReleased
from dateline_schemas.feeds import Feed
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import ORIGINALS, STORIES, TOPICS, story_subject

BYTES = b"a picture as it came"
OFTEN = 40
"""Any of three servers answers: that one of them never does is less likely than once in ten million times."""
SOME = 12
"""Reads while one lags: mostly the first three met it when nobody looked whether it did."""


@pytest.fixture(scope="module")
def servers() -> Iterator[Cluster]:
    """Three servers for the module."""
    with cluster() as running:
        yield running


@pytest.fixture
async def client(servers: Cluster) -> AsyncIterator[QuickClient]:
    """A connection to any of them, with everything declared on all."""
    async with connected(servers.urls) as connection:
        await provisioned_on_all(connection)
        yield connection


async def said(desk: Desk, name: str, hour: int, *, status: str = "usable", text: str = "") -> httpx.Response:
    """Push a version that has a time and no number."""
    story = {
        "uri": name,
        "type": "text",
        "versionCreated": f"2026-03-26T{hour:02}:00:00Z",
        "pubStatus": status,
        "headlines": [{"value": f"Ferry late {text}"}],
        "bodies": [{"contentType": "text/plain", "value": "The ferry was late on Monday."}],
    }
    return await desk.http.post("/v1/stories", content=msgspec.json.encode(story))


async def taken(desk: Desk, name: str, hour: int, **told: str) -> dict[str, object]:
    """The answer when it is taken: servers that lose sight of others choose leaders."""
    answer = await eventually(lambda: said(desk, name, hour, **told), lambda one: one.status_code != 503)
    return outcome(answer)


def outcome(answer: httpx.Response) -> dict[str, object]:
    """What became of it."""
    assert answer.status_code == 202, answer.text
    return {one: answer.json()[one] for one in ("standing", "duplicate")}


async def test_a_second_kill_is_no_repeat_of_the_first_where_the_story_came_back_meanwhile(
    servers: Cluster, client: QuickClient
) -> None:
    """A server that does not see the log's leader knows of the first kill alone, and can still have originals kept."""
    leader, _, follower = await servers.parts(client, leads=ORIGINALS.name)
    name, news = guid(), {"standing": "current", "duplicate": False}
    async with opened(leader) as there, opened(follower) as here:
        assert await taken(here, name, 1) == news
        assert await taken(here, name, 2, status="canceled") == news

        async def answers_alone() -> bool:
            servers.wires.cut(follower.number, leader.number)
            try:
                return len(await here.log(name)) == 2
            except Unavailable:  # it begins to answer only some time after it has all
                servers.wires.mend()
                raise

        try:
            await eventually(answers_alone)
            assert await taken(there, name, 3, text="after all") == news
            answer = await said(here, name, 4, status="canceled")
            assert answer.status_code == 503 or outcome(answer) == news  # by a leader that it sees, some time later
        finally:
            servers.wires.mend()
        if answer.status_code == 503:  # which also says a write whose answer was lost: then this is a repeat of it
            assert (await taken(here, name, 4, status="canceled"))["standing"] == "current"

        async def kills() -> int:
            return [type(one.event) for one in await there.log(name)].count(StoryCanceled)

        assert await eventually(kills, lambda count: count == 2) == 2


async def test_a_leader_that_was_cut_off_does_not_say_how_far_the_log_is(servers: Cluster, client: QuickClient) -> None:
    """It believes for long that it leads; whoever asks it waits until it hears of the others again."""
    leader = await servers.leader(client)
    others = [member for member in servers.members if member is not leader]
    async with connected(leader.url) as by_leader, connected(",".join(one.url for one in others)) as by_others:
        journal = Journal(by_leader, "ingest")
        before = await eventually(journal.last_sequence)
        servers.wires.cut(leader.number)
        try:
            await eventually(lambda: servers.leader(by_others), lambda now: now is not leader)
            await eventually(lambda: Journal(by_others, "ingest").append([received(guid())]))
            info = await by_leader.jetstream().stream_info(STORIES.name)
            assert info.state.last_seq == before
            with pytest.raises(Unavailable, match="does not hear enough"):
                await journal.last_sequence()
        finally:
            servers.wires.mend()
        assert await eventually(journal.last_sequence) > before


async def lagging_copy_answers(servers: Cluster, behind: Member, client: QuickClient, reader: QuickClient) -> bool:
    """Whether one that is cut off from the log's leader now does: it begins to only some time after it has all."""
    await eventually(lambda: caught_up(client))
    servers.wires.cut(behind.number, (await servers.leader(client)).number)
    news = received(guid())
    await eventually(partial(Journal(client, "ingest").append, [news]))
    if all([await Journal(reader, "publish").load(news.story_id) for _ in range(OFTEN)]):
        servers.wires.mend()
        return False
    return True


@pytest.mark.chaos
async def test_a_version_that_was_enriched_after_its_kill_is_not_released_by_who_reads_a_copy_that_lags(
    servers: Cluster, client: QuickClient
) -> None:
    """What came before the event that is heard is known only where that event is: nothing refuses the write."""
    leader, keeper, behind = await servers.parts(client)
    deliberate = Deliberate(decide, announce, alone_unless=alone_unless)
    async with connected(leader.url) as by_leader, connected(keeper.url) as by_keeper:
        publish = assemble("publish", RULES, ServiceSettings(), by_keeper, configure_logs("publish", "error"))

        async def said(service: str, event: Event) -> int:
            return await eventually(partial(Journal(by_leader, service).append, [event]))

        try:
            await eventually(lambda: lagging_copy_answers(servers, behind, by_leader, by_keeper))
            for _ in range(SOME):
                first = received(guid())
                version = enriched(attributed(first))
                await said("ingest", first)
                await said("ingest", received(first.story.guid, 2, pubstatus="canceled"))
                seq = await said("enrichment", version)
                with suppress(Unavailable):
                    await deliberate(publish, Recorded(version, seq, datetime.now(UTC)), 1)
                log = await eventually(partial(Journal(by_leader, "publish").load, first.story_id, at_least=seq))
                assert not any(isinstance(one.event, StoryReleased) for one in log)
        finally:
            servers.wires.mend()


@pytest.mark.chaos
async def test_a_kill_that_is_heard_again_by_who_reads_a_copy_that_lags_is_told_once(
    servers: Cluster, client: QuickClient
) -> None:
    """Outlets have its number already, and the log does not where that copy ends: it is not the log that lost it."""
    leader, keeper, behind = await servers.parts(client, leads=TOPICS.name)
    deliberate = Deliberate(decide, announce)
    async with connected(leader.url) as by_leader, connected(keeper.url) as by_keeper:
        publish = assemble("publish", RULES, ServiceSettings(), by_keeper, configure_logs("publish", "error"))

        async def killed_again(kill: Recorded[Event]) -> list[int]:
            for delivered in range(1, 1 + SOME):
                with suppress(Unavailable):
                    await deliberate(publish, kill, delivered)
            return [one.number for one in (await posted_of(publish.journal.direct, kill.event.story_id)).values()]

        kills: list[Recorded[Event]] = []
        for _ in range(3):
            kill = received(guid(), pubstatus="canceled")
            seq = await eventually(partial(Journal(by_leader, "ingest").append, [kill]))
            kills.append(Recorded(kill, seq, datetime.now(UTC)))
        try:
            await eventually(lambda: lagging_copy_answers(servers, behind, by_leader, by_keeper))
            for one in kills:
                assert await killed_again(one) in ([1], [])
        finally:
            servers.wires.mend()


async def test_a_repeat_is_not_taken_for_what_was_expected(client: QuickClient) -> None:
    """A cluster drops it before it looks at what it expects; what is decided of it may be another thing by now."""
    journal, first = Journal(client, "ingest"), received(guid())
    await eventually(lambda: journal.append([first], expected={first.story_id: 0}))
    with pytest.raises((Conflict, Duplicate)):
        await journal.append([first], expected={first.story_id: 0})


@pytest.mark.chaos
async def test_who_looks_what_outlets_have_got_sees_all_of_it_or_hears_that_it_is_not_all(
    servers: Cluster, client: QuickClient
) -> None:
    """``tail --no-follow`` ends where the stream does, not where a copy of it does."""
    leader, keeper, behind = await servers.parts(client, TOPICS.name)
    subject = "topic.none.none.en.none.ferries"
    async with connected(leader.url) as by_leader, connected(keeper.url) as by_keeper:
        await eventually(lambda: caught_up(client))

        async def post() -> int:
            return (await by_leader.jetstream().publish(subject, b"late")).seq

        async def read(seq: int) -> list[int]:
            reader = Follower(by_keeper, TOPICS.name, subject, Start(seq=seq))
            return [delivery_of(one).seq async for one in reader.messages(forever=False)]

        seq = await eventually(post)
        servers.wires.cut(behind.number, leader.number)
        try:
            for _ in range(SOME):
                seq = await eventually(post)
                with suppress(Unavailable):
                    assert seq in await read(seq)
        finally:
            servers.wires.mend()
        assert seq in await eventually(lambda: read(seq))


@pytest.mark.chaos
async def test_a_read_comes_to_the_agreed_end_or_says_that_it_did_not(servers: Cluster, client: QuickClient) -> None:
    """Whichever server it stands on: one that lags has no more for now, and says so."""
    leader, keeper, behind = await servers.parts(client)
    name = guid()
    async with connected(leader.url) as by_leader, connected(keeper.url) as by_keeper:
        await eventually(lambda: caught_up(client))

        async def read() -> int:
            return len([one async for one in Journal(by_keeper, "ingest").read(story_id=story_id("test", name))])

        servers.wires.cut(behind.number, leader.number)
        try:
            for nth in range(1, SOME):
                await eventually(partial(Journal(by_leader, "ingest").append, [received(name, nth)]))
                with suppress(Unavailable):
                    assert await read() == nth
        finally:
            servers.wires.mend()
        assert await eventually(read) == SOME - 1


async def test_bytes_that_another_is_keeping_at_the_moment_are_not_kept_yet(
    servers: Cluster, client: QuickClient
) -> None:
    """What the leader has written down and no other server has is lost with it."""
    leader = await servers.leader(client, ORIGINALS.name)
    others = [member for member in servers.members if member is not leader]
    async with connected(leader.url) as by_leader:
        originals = Originals(by_leader)
        with others[0].paused(), others[1].paused():
            for _ in range(2):
                with pytest.raises(Unavailable):
                    await originals.keep(BYTES)
        name = await eventually(lambda: originals.keep(BYTES))
        assert await eventually(lambda: originals.get(name)) == BYTES


async def test_what_one_server_has_damaged_is_read_from_another_and_never_written_past(
    servers: Cluster, client: QuickClient
) -> None:
    """Whichever of them answers: a kill that it alone cannot read would be left out, and something newer said."""
    leader = await servers.leader(client)
    harmed = next(member for member in servers.members if member is not leader)
    first = received(guid())
    kill = received(first.story.guid, 2, pubstatus="canceled")
    journal = Journal(client, "ingest")
    seq = await eventually(lambda: journal.append([first]))
    await eventually(lambda: journal.append([kill]))
    await eventually(lambda: caught_up(client))
    damage(harmed, STORIES, story_subject(kill))
    await eventually(lambda: caught_up(client))
    for _ in range(OFTEN):
        assert [one.event for one in await journal.load(first.story_id)] == [first, kill]
        with pytest.raises(Conflict):
            await journal.append([received(first.story.guid, 3)], expected={first.story_id: seq})


async def test_a_repeat_is_told_also_where_the_last_version_was_taken_out_of_the_log(client: QuickClient) -> None:
    """Of a story that is remembered, with events behind it: that nothing newer came is seen by what is left."""
    intake = Intake(assemble("ingest", "test/1", ServiceSettings(), client, configure_logs("ingest", "error")))
    name = guid()

    async def push(nth: int) -> bool:
        body = f'{{"uri":"{name}","version":"{nth}","headlines":[{{"value":"Ferry {nth}"}}]}}'
        taking = await intake.take_in(Delivery(feed=Feed(name="test", door="http"), door="http", data=body.encode()))
        return taking.receipts[-1].duplicate

    for nth in range(1, LONG + 1):
        await eventually(partial(push, nth), lambda repeats: not repeats)
    last = (await Journal(client, "ingest").load(story_id("test", name)))[-1].event
    assert isinstance(last, StoryReceived)
    await Journal(client, "attribution").append([attributed(last)])
    assert await push(7)
    await client.jetstream().purge_stream(STORIES.name, subject=story_subject(last))
    assert await push(7)
