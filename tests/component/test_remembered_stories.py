"""What a process remembers of long stories: never more than the log has, and read on from where it was."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from stories import attributed, guid, received

from dateline_kernel.journal import Journal
from dateline_kernel.longstories import APART, LONG, Folding, LongStories
from dateline_kernel.provision import provision
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import provisioned, real_server
from dateline_schemas.events import Event, Recorded
from dateline_schemas.subjects import STORIES, story_subject

Seqs = tuple[int, ...]
A_STORY = 1_000


def seqs(log: Sequence[Recorded[Event]]) -> Seqs:
    """All that is remembered here of a story."""
    return tuple(one.seq for one in log)


def following(known: Seqs, log: Sequence[Recorded[Event]]) -> Seqs:
    """With what came."""
    return (*known, *seqs(log))


FOLDING = Folding(seqs, following, lambda known: A_STORY)
FOLDING_BY_VERSION: Folding[tuple[str, ...]] = Folding(
    lambda log: tuple(one.event.version for one in log),
    lambda known, log: (*known, *(one.event.version for one in log)),
    lambda known: A_STORY,
)


async def long_story(journal: Journal, count: int = LONG) -> tuple[str, str]:
    """A story of so many versions: its guid and its id."""
    name = guid()
    await journal.append([received(name, nth) for nth in range(1, count + 1)])
    return name, received(name).story_id


async def test_only_what_came_since_is_read(client: QuickClient) -> None:
    """However much there was, and one event that is known, which shows that the log is the same."""
    journal, remembered = Journal(client, "ingest"), LongStories(FOLDING)
    for count in (LONG, 4 * LONG):
        name, story = await long_story(journal, count)
        first = await remembered.look(journal, story)
        await journal.append([received(name, count + 1), received(name, count + 2)])
        read = client.stats["in_msgs"]
        second = await remembered.look(journal, story)
        assert client.stats["in_msgs"] - read == 4  # the word that there are no more is a message, too
        assert second.state == seqs(await journal.load(story)) and second.seq == first.seq + 2


async def test_a_story_of_a_few_events_is_not_remembered(client: QuickClient) -> None:
    """It is read as quickly."""
    journal, remembered = Journal(client, "ingest"), LongStories(FOLDING)
    _, story = await long_story(journal, LONG - 1)
    await remembered.look(journal, story)
    assert remembered.state(story) is None and remembered.weight == 0


async def test_what_was_remembered_of_an_event_that_is_gone_counts_no_more(client: QuickClient) -> None:
    """As where an older backup was put back: the story is read whole."""
    journal, remembered = Journal(client, "ingest"), LongStories(FOLDING)
    name, story = await long_story(journal)
    await remembered.look(journal, story)
    await client.jetstream().purge_stream("STORIES", subject=story_subject(received(name, LONG)))
    await journal.append([received(name, LONG + 1)])
    again = await remembered.look(journal, story)
    assert again.state == seqs(await journal.load(story))


async def test_another_event_of_the_story_under_the_same_number_is_not_the_one_that_was_there() -> None:
    """As where an older backup was put back, and the story went on before this process saw it."""
    with real_server() as server:
        async with provisioned(server) as client:
            journal, remembered = Journal(client, "ingest"), LongStories(FOLDING_BY_VERSION)
            name, story = await long_story(journal)
            known = await remembered.look(journal, story)
            await client.jetstream().delete_stream(STORIES.name)
            await provision(client)
            others = [received(name, nth) for nth in range(2, LONG + 1)]
            await journal.append([replace(received(name, 1), version="1a"), *others])
            again = await remembered.look(journal, story)
            assert (again.seq, again.state) == (known.seq, ("1a", *known.state[1:]))


async def test_a_refusal_with_nothing_new_behind_it_has_the_story_read_whole(client: QuickClient) -> None:
    """Something is there that was not seen, and does not stand behind what is known."""
    journal, remembered = Journal(client, "ingest"), LongStories(FOLDING)
    _, story = await long_story(journal)
    known = await remembered.look(journal, story)
    read = client.stats["in_msgs"]
    assert await remembered.look(journal, story, refused=True) == known
    assert client.stats["in_msgs"] - read > LONG


async def test_what_cannot_be_read_is_not_remembered(client: QuickClient) -> None:
    """Neither with the first look nor behind it: what is lost is looked for each time."""
    journal, remembered = Journal(client, "ingest"), LongStories(FOLDING)
    _, story = await long_story(journal)
    await remembered.look(journal, story)
    await client.jetstream().publish(f"story.{story}.received.{LONG + 1}", b"not an event")
    for _ in range(2):
        assert len((await remembered.look(journal, story)).state) == LONG + 1
        assert remembered.state(story) is None


async def test_events_that_do_not_follow_have_the_story_read_whole(client: QuickClient) -> None:
    """It is for who folds them to say."""
    journal, remembered = (
        Journal(client, "ingest"),
        LongStories(Folding(seqs, lambda known, log: None, lambda known: A_STORY)),
    )
    name, story = await long_story(journal)
    await remembered.look(journal, story)
    await Journal(client, "attribution").append([attributed(received(name))])
    assert len((await remembered.look(journal, story)).state) == LONG + 1


async def test_what_went_on_longest_ago_is_forgotten_where_there_is_no_more_room(client: QuickClient) -> None:
    """It is read whole when it goes on, and remembered again."""
    journal, remembered = Journal(client, "ingest"), LongStories(FOLDING, room=2 * (A_STORY + APART))
    stories = [(await long_story(journal))[1] for _ in range(3)]
    for story in (stories[0], stories[1], stories[0], stories[2]):
        await remembered.look(journal, story)
        assert remembered.weight <= 2 * (A_STORY + APART)
    assert [remembered.state(story) is not None for story in stories] == [True, False, True]
    assert (await remembered.look(journal, stories[1])).state == seqs(await journal.load(stories[1]))


async def test_one_that_needs_more_than_all_the_room_is_read_whole_each_time(client: QuickClient) -> None:
    """And takes nothing."""
    journal, remembered = Journal(client, "ingest"), LongStories(FOLDING, room=A_STORY)
    _, story = await long_story(journal)
    for _ in range(2):
        assert len((await remembered.look(journal, story)).state) == LONG
    assert remembered.weight == 0
