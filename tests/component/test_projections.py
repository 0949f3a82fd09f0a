"""A projection of the log on a real nats-server: as far as an event needs, in order, each event once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from nats.aio.client import Client
from stories import arrived, attributed, guid, received

from dateline_kernel import orderedreader, projections
from dateline_kernel.consulting import Consultation
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.projections import Follower
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE, eventually, real_server
from dateline_schemas.events import (
    Arrival,
    CreditOverridden,
    Event,
    Recorded,
    StoryAttributed,
    StoryCanceled,
    StoryReceived,
)


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    """A real server."""
    with real_server() as running:
        yield running


class Seen:
    """A projection that writes down what it is given."""

    kinds: tuple[type[Event], ...] = (StoryReceived, StoryCanceled)
    reach = timedelta(days=1)

    def __init__(self) -> None:
        self.sequences: list[int] = []
        self.unseen = ""

    def passes_over(self, story_id: str, data: bytes) -> bool:
        """One story, if the test says so."""
        return story_id == self.unseen

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take it down."""
        self.sequences.append(recorded.seq)


async def fill(client: Client, count: int) -> list[int]:
    """Stories, every third killed; the sequences of all of them."""
    stories: list[Arrival] = [
        received(guid(), pubstatus="canceled" if not nth % 3 else "usable") for nth in range(count)
    ]
    last = await Journal(client, "ingest").append(stories)
    return list(range(last - count + 1, last + 1))


def at(seq: int, time: datetime | None = None) -> Recorded[Event]:
    """An event at a place in the log."""
    return Recorded(received(guid()), seq, time or datetime.now(UTC))


async def test_everything_before_an_event_and_nothing_from_it_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the kinds that the projection is made from, in the order of the log, pages and kinds apart or not."""
    monkeypatch.setattr(orderedreader, "PAGE", 50)
    sequences = await fill(client, 3 * orderedreader.PAGE)
    journal, seen = Journal(client, "attribution"), Seen()
    follower = Follower("seen", seen)
    for seq in (sequences[0], sequences[7], sequences[orderedreader.PAGE + 1], sequences[-1] + 1, sequences[3]):
        await follower.reach(journal, at(seq))
        assert seen.sequences == sequences[: len(seen.sequences)]
        assert len(seen.sequences) >= seq - sequences[0]
    assert seen.sequences == sequences
    later = await fill(client, 5)
    await follower.reach(journal, at(later[-1]))
    assert seen.sequences == [*sequences, *later[:-1]]


async def test_it_begins_as_far_back_as_the_first_event_needs(client: Client) -> None:
    """What is older than that is not read."""
    old = await fill(client, 5)
    new_since = datetime.now(UTC)
    new = await fill(client, 5)
    seen = Seen()
    await Follower("seen", seen).reach(Journal(client, "attribution"), at(new[-1] + 1, new_since + seen.reach))
    assert seen.sequences == new
    assert old[-1] < new[0]


async def test_a_kind_that_the_log_has_nothing_of_is_not_looked_for_from_the_beginning_again(client: Client) -> None:
    """That would take the server longer with each story; one that comes at last is taken in, and once."""
    last = await Journal(client, "ingest").append([received(guid()) for _ in range(5)])
    journal, seen = Journal(client, "attribution"), Seen()
    follower = Follower("seen", seen)
    await follower.reach(journal, at(last + 1))
    assert all("seq" in reader._next for reader in follower._readers)
    canceled = await Journal(client, "ingest").append([received(guid(), pubstatus="canceled")])
    for _ in range(2):
        await follower.reach(journal, at(canceled + 1))
    assert seen.sequences == [*range(last - 4, last + 1), canceled]


async def test_reading_that_is_broken_off_goes_on_where_it_was(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """No event is lost or taken in twice, wherever it was cancelled."""
    monkeypatch.setattr(orderedreader, "PAGE", 50)
    sequences = await fill(client, 2 * orderedreader.PAGE)
    journal, seen = Journal(client, "attribution"), Seen()
    follower = Follower("seen", seen)
    for turns in range(40):
        reading = asyncio.create_task(follower.reach(journal, at(sequences[-1] + 1)))
        for _ in range(turns):
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    await follower.reach(journal, at(sequences[-1] + 1))
    assert seen.sequences == sequences


async def test_what_makes_no_difference_is_not_even_decoded(client: Client) -> None:
    """The projection tells by the story and the bytes."""
    stories = [received(guid()) for _ in range(3)]
    last = await Journal(client, "ingest").append(stories)
    seen = Seen()
    seen.unseen = stories[1].story_id
    await Follower("seen", seen).reach(Journal(client, "attribution"), at(last + 1))
    assert seen.sequences == [last - 2, last]


async def test_an_event_that_would_wait_too_long_comes_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience has an end, and what is told then is how far the log is read."""
    monkeypatch.setattr(projections, "PATIENCE", 0.0)
    [seq] = await fill(client, 1)
    with pytest.raises(Unavailable, match=f"read up to event 0, not yet to {seq}"):
        await Follower("seen", Seen()).reached(Journal(client, "attribution"), at(seq))


async def test_a_running_service_follows_and_consults(server: EmbeddedServer, client: Client) -> None:
    """It is ready when the past is read; an answer is amended with all that was before its event in view."""
    past = await fill(client, 30)
    seen = Seen()
    service = Service("attribution", ServiceSettings(nats_url=server.url, log_level="error"), rules="test/1")

    def answer(heard: StoryReceived, log: Sequence[Recorded[Event]]) -> list[Event]:
        return [attributed(heard, ())]

    def amended(said: Sequence[Event], heard: Recorded[Event]) -> list[Event]:
        assert isinstance(heard.event, StoryReceived)
        before = sum(seq < heard.seq for seq in seen.sequences)
        return [attributed(heard.event, (f"after {before}",))]

    consultation = Consultation(service.following("seen", seen), asks=lambda said: bool(said), amended=amended)
    service.on_recalling(StoryReceived, answer, lambda heard: (), CreditOverridden, consultation)
    async with service.running() as running, httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http:
        story = await arrived(client, guid())

        async def credited() -> tuple[str, ...]:
            log = await Journal(client, "ingest").load(story.story_id)
            return next((one.event.credit.agencies for one in log if isinstance(one.event, StoryAttributed)), ())

        assert await eventually(credited) == (f"after {len(past)}",)

        async def ready() -> bool:
            checks: dict[str, str] = (await http.get("/readyz")).json()["checks"]
            return checks["seen"] == "ok"

        await eventually(ready)
        new = await fill(client, 4)

        async def followed() -> bool:
            return bool(seen.sequences) and seen.sequences[-1] == new[-1]

        await eventually(followed)
