"""The journal on a real nats-server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from desk import damage
from nats.aio.client import Client
from stories import attributed, guid, received

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Conflict, NotAllowed, TooLarge, Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.provision import LONG_AGO, provision, whole_since
from dateline_kernel.settings import Keeping
from dateline_kernel.testing import eventually, provisioned, real_server
from dateline_schemas.events import Recorded, StoryAttributed, StoryReceived
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import STORIES, story_subject


async def test_what_is_appended_is_loaded_again_in_order(client: Client) -> None:
    """A story's events come back as they were said, in the order of the log."""
    first = received(guid())
    second = attributed(first)
    await Journal(client, "ingest").append([first])
    await Journal(client, "attribution").append([second])
    loaded = await Journal(client, "publish").load(first.story_id)
    assert [recorded.event for recorded in loaded] == [first, second]
    assert loaded[0].seq < loaded[1].seq
    assert loaded[0].time.utcoffset() == timedelta(0)


async def test_a_story_nobody_heard_of_is_empty(client: Client) -> None:
    """Loading an unknown story gives nothing, and is no error."""
    assert await Journal(client, "ingest").load(story_id("test", guid())) == []


@pytest.mark.parametrize("count", [1_024, 1_025, 1_300])
async def test_a_story_of_more_events_than_the_server_answers_with_is_loaded_whole(client: Client, count: int) -> None:
    """A live ticker has thousands of versions: each stays loadable, and can be followed by another."""
    journal, name = Journal(client, "ingest"), guid()
    events = [received(name, nth) for nth in range(1, count + 1)]
    for at in range(0, count, 400):
        await journal.append(events[at : at + 400])
    loaded = await journal.load(events[0].story_id)
    assert [one.event.ordinal for one in loaded] == list(range(1, count + 1))
    await journal.append([received(name, count + 1)], expected={events[0].story_id: loaded[-1].seq})


async def test_an_event_that_was_handed_out_belongs_to_its_story_whatever_a_copy_has_lost(client: Client) -> None:
    """Unless another one took its place; and nothing is known of a story from a copy that is not as late."""
    journal, name = Journal(client, "ingest"), guid()
    events = [received(name, nth) for nth in (1, 2, 3)]
    await journal.append(events)
    first, second, third = await journal.load(events[0].story_id)
    await client.jetstream().purge_stream("STORIES", subject=story_subject(second.event))
    assert await journal.load(events[0].story_id) == [first, third]
    assert await journal.load_with(second) == [first, second, third]
    assert await journal.load_with(third) == [first, third]
    again = msgspec.structs.replace(first, event=received(name, 1, headline="before it was said anew"))
    assert await journal.load_with(again) == [first, third]
    with pytest.raises(Unavailable, match="lags"):
        await journal.load_with(msgspec.structs.replace(third, seq=third.seq + 1))


async def test_a_read_ends_where_the_rest_of_the_log_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody brings what the leader cannot read either: without this nothing could be read up to it, ever."""
    monkeypatch.setattr("dateline_kernel.reader.SILENCE", 1.0)
    with real_server() as server:
        async with provisioned(server) as client:
            first, last = received(guid()), received(guid())
            await Journal(client, "ingest").append([first, last])
        damage(server, STORIES, story_subject(last))
        async with provisioned(server) as client:
            journal = Journal(client, "ingest")
            assert await journal.last_sequence() == 2
            assert [one.event async for one in journal.read()] == [first]
            assert [one.event async for one in journal.read(story_id=last.story_id)] == []


async def test_an_append_that_did_not_see_the_last_event_conflicts(client: Client) -> None:
    """Expecting no event where there is one raises Conflict, and nothing is written."""
    journal = Journal(client, "ingest")
    first = received(guid())
    await journal.append([first], expected={first.story_id: 0})
    with pytest.raises(Conflict):
        await journal.append([received(first.story.guid, 2)], expected={first.story_id: 0})
    assert len(await journal.load(first.story_id)) == 1


async def test_a_conflict_in_a_story_of_more_events_than_the_server_answers_with_is_one(client: Client) -> None:
    """Whether its disk has damaged anything there cannot be asked: whoever decided before has to look again."""
    journal, name = Journal(client, "ingest"), guid()
    for at in range(1, 1_101, 100):
        await journal.append([received(name, ordinal) for ordinal in range(at, at + 100)])
    with pytest.raises(Conflict):
        await journal.append([received(name, 2_000)], expected={story_id("test", name): 0})


@pytest.mark.parametrize("count", [2, 20])
async def test_several_events_of_a_story_share_one_expectation(client: Client, count: int) -> None:
    """They follow on one another in one write: all are there, or none where the story has gone on meanwhile."""
    journal, name = Journal(client, "ingest"), guid()
    events = [received(name, ordinal) for ordinal in range(1, count + 1)]
    last = await journal.append(events, expected={events[0].story_id: 0})
    loaded = await journal.load(events[0].story_id)
    assert [one.seq for one in loaded] == list(range(last - count + 1, last + 1))
    with pytest.raises(Conflict):
        await journal.append([received(name, count + 1)], expected={events[0].story_id: last - 1})


async def test_an_event_cannot_expect_two_things(client: Client) -> None:
    """What the story had last, and what stood in the event's own place, have one header."""
    first = received(guid())
    with pytest.raises(ValueError, match="cannot expect two things"):
        await Journal(client, "ingest").append([first], expected={first.story_id: 0}, over=[0])


async def test_one_writers_conflict_is_not_anothers(client: Client) -> None:
    """Of many who write at the same moment, in one batch, only the one whose expectation fails hears of it."""
    journal = Journal(client, "ingest")
    taken = received(guid())
    await journal.append([taken])
    fresh = [received(guid()) for _ in range(40)]
    fresh.insert(20, received(taken.story.guid, 2))
    outcomes = await asyncio.gather(
        *(journal.append([event], expected={event.story_id: 0}) for event in fresh), return_exceptions=True
    )
    assert isinstance(outcomes[20], Conflict)
    sequences = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert len(set(sequences)) == 40
    for event, outcome in zip(fresh, outcomes, strict=True):
        if isinstance(outcome, int):
            assert (await journal.load(event.story_id))[0].seq == outcome


async def test_the_same_event_twice_is_in_the_log_once(client: Client) -> None:
    """Saying an event again, alone or among others, does not double it."""
    journal = Journal(client, "ingest")
    event = received(guid())
    seq = await journal.append([event])
    assert await journal.append([event]) == seq
    others = [received(guid()) for _ in range(5)]
    await asyncio.gather(*(journal.append([one]) for one in [*others, event]))
    [there] = await journal.load(event.story_id)
    assert there.seq == seq


async def test_several_events_are_all_written_or_none(client: Client) -> None:
    """An append of events of two stories fails as a whole when one expectation fails."""
    journal = Journal(client, "ingest")
    taken, fresh = received(guid()), received(guid())
    await journal.append([taken])
    update = received(taken.story.guid, 2)
    with pytest.raises(Conflict):
        await journal.append([fresh, update], expected={fresh.story_id: 0, update.story_id: 0})
    assert await journal.load(fresh.story_id) == []


async def test_a_service_may_say_only_what_its_row_of_the_flow_has(client: Client) -> None:
    """Ingest cannot say that a story was attributed."""
    event = attributed(received(guid()))
    with pytest.raises(NotAllowed, match="ingest may not say StoryAttributed"):
        await Journal(client, "ingest").append([event])


async def test_a_message_larger_than_the_server_takes_is_refused(client: Client) -> None:
    """Too large is told apart from unavailable: trying again cannot help."""
    journal = Journal(client, "ingest")
    with pytest.raises(TooLarge):
        await journal.append([received(guid(), paragraphs=("x" * 9_000_000,))])


async def test_reading_filters_by_kind_and_range_and_tells_progress() -> None:
    """A read gives the asked kinds between two sequences, both included, and ends by itself."""
    with real_server() as server:
        async with provisioned(server) as client:
            journal, attribution = Journal(client, "ingest"), Journal(client, "attribution")
            events = [received(guid()) for _ in range(30)]
            for event in events:
                await journal.append([event])
                await attribution.append([attributed(event)])
            seen: list[tuple[int, int]] = []
            read = [r async for r in journal.read(11, 40, kinds=[StoryReceived], progress=lambda *at: seen.append(at))]
            assert [recorded.event for recorded in read] == events[5:20]
            assert [at for at, _ in seen] == [recorded.seq for recorded in read]
            both = [recorded async for recorded in journal.read(kinds=[StoryReceived, StoryAttributed])]
            assert [recorded.seq for recorded in both] == list(range(1, 61))
            since = [recorded async for recorded in journal.read(both[50].time)]
            assert since[0].seq == 51
            assert [r.seq async for r in journal.read(1, both[3].time)] == [1, 2, 3, 4]


async def test_reading_an_empty_log_ends_at_once() -> None:
    """No events, no wait."""
    with real_server() as server:
        async with provisioned(server) as client:
            assert [recorded async for recorded in Journal(client, "publish").read()] == []


async def test_without_a_server_a_write_fails_at_once_and_works_again_afterwards() -> None:
    """Unavailable while the server is away; nothing was half written; the same connection goes on."""
    with real_server() as server:
        async with provisioned(server) as client:
            journal = Journal(client, "ingest")
            kept = received(guid())
            await journal.append([kept])
            server.kill()
            with pytest.raises(Unavailable):
                await journal.append([received(guid())])
            server.start()
            later = received(guid())
            await eventually(lambda: journal.append([later]))
            assert len(await journal.load(kept.story_id)) == 1
            assert len(await journal.load(later.story_id)) == 1


async def test_a_read_goes_on_when_the_server_has_forgotten_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes long over a page, or outlives a restart, gets every event once, in the order of the log."""
    monkeypatch.setattr("dateline_kernel.reader.PAGE", 10)
    monkeypatch.setattr("dateline_kernel.reader.SILENCE", 0.5)
    with real_server() as server:
        async with provisioned(server) as client:
            journal = Journal(client, "ingest")
            await journal.append([received(guid()) for _ in range(40)])
            read = []
            async for recorded in journal.read():
                read.append(recorded.seq)
                if len(read) == 3:
                    (forgotten,) = await client.jetstream().consumers_info("STORIES")
                    await client.jetstream().delete_consumer("STORIES", forgotten.name)
            assert read == list(range(1, 41))
            assert await client.jetstream().consumers_info("STORIES") == []


async def test_many_services_may_declare_the_streams_at_once(server: EmbeddedServer, client: Client) -> None:
    """Declaring is idempotent and survives a race; what an operator has set stays."""
    config = (await client.jetstream().stream_info("STORIES")).config
    await client.jetstream().update_stream(config.evolve(max_age=86_400.0 * 365))

    async def declared() -> bool:
        await provision(client)
        return True

    await asyncio.gather(*(eventually(declared) for _ in range(8)))
    assert (await client.jetstream().stream_info("STORIES")).config.max_age == 86_400.0 * 365


async def test_topics_are_kept_as_long_as_is_said_and_the_log_for_ever() -> None:
    """Said once, it stands until another length is said; who says nothing leaves it alone."""
    ages = []
    with real_server() as server:
        async with provisioned(server) as client:
            for days in (30, 0, 7):
                await provision(client, Keeping(topics_days=days))
                ages.append((await client.jetstream().stream_info("TOPICS")).config.max_age)
            assert not (await client.jetstream().stream_info("STORIES")).config.max_age
    assert ages == [30 * 86_400.0, 30 * 86_400.0, 7 * 86_400.0]


async def test_what_had_become_too_old_is_known_to_be_gone_when_more_is_kept_from_now_on() -> None:
    """A stream has all it was given since its age, and since it was kept for less the last time."""
    ages = []
    with real_server() as server:
        async with provisioned(server) as client:
            assert await whole_since(client, "TOPICS") == LONG_AGO
            for days in (2, 1, 30, 90):
                await provision(client, Keeping(topics_days=days))
                ages.append(datetime.now(UTC) - await whole_since(client, "TOPICS"))
    assert [round(age / timedelta(days=1), 1) for age in ages] == [2.0, 1.0, 1.0, 1.0]


async def test_two_writers_of_one_story_at_the_same_moment_cannot_both_win(client: Client) -> None:
    """Both expect an empty story: one gets it, the other a conflict, although they could share a batch."""
    journal = Journal(client, "ingest")
    first = received(guid())
    second = received(first.story.guid, 2)
    outcomes = await asyncio.gather(
        *(journal.append([event], expected={event.story_id: 0}) for event in (first, second)), return_exceptions=True
    )
    assert [isinstance(outcome, Conflict) for outcome in outcomes] == [False, True]


async def test_many_may_ask_at_once_what_stands_and_each_is_answered(client: Client) -> None:
    """Questions of one moment share requests, more of them than one request holds; each gets its own answer."""
    journal = Journal(client, "ingest")
    there = received(guid())
    seq = await journal.append([there])
    asked = [Recorded(there if nth % 7 == 0 else received(guid()), seq, LONG_AGO) for nth in range(600)]
    before = client.stats["out_msgs"]
    answers = await asyncio.gather(*(journal.is_alone(one, ("received.1", "canceled.1")) for one in asked))
    assert answers == [one.event is not there for one in asked]
    assert client.stats["out_msgs"] - before <= 2


async def test_a_copy_that_has_not_come_as_far_as_an_event_does_not_say_that_it_is_alone(client: Client) -> None:
    """What it lacks may be a kill that came before the event."""
    journal, first = Journal(client, "ingest"), received(guid())
    seq = await journal.append([first])
    assert await journal.is_alone(Recorded(first, seq, LONG_AGO), ("canceled.2",))
    assert not await journal.is_alone(Recorded(first, seq + 1, LONG_AGO), ("canceled.2",))


async def test_who_asks_what_stands_is_told_when_nobody_answers(server: EmbeddedServer) -> None:
    """A question that gets no answer raises Unavailable, and the next one is asked anew."""
    async with provisioned(server) as other:
        journal = Journal(other, "ingest")
        await other.close()
        for _ in range(2):
            with pytest.raises(Unavailable):
                await journal.is_alone(Recorded(received(guid()), 1, LONG_AGO), ("received.1",))
