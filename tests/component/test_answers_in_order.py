"""An event that is replaced while it is in work: what follows from its replacement counts, for good."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from nats.aio.client import Client
from stories import attributed, enriched, guid, received

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_schemas.events import CreditOverridden, Event, Recorded, StoryAttributed, StoryEnriched, StoryReceived
from dateline_schemas.identity import stamp


class SlowToBegin:
    """Enrichment that takes its time over the first event it hears, and none over others."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_end = threading.Event()

    def __call__(self, heard: StoryAttributed) -> Sequence[Event]:
        if not self.begun.is_set():
            self.begun.set()
            assert self.may_end.wait(PATIENCE)
        return [enriched(heard)]

    def service(self, server: EmbeddedServer) -> Service:
        """In a thread, as the model is asked."""
        settings = ServiceSettings(nats_url=server.url, ack_wait=2 * PATIENCE)
        return Service("enrichment", settings, rules="test/1").on(StoryAttributed, self, heavy=True)


async def enrichments(client: Client) -> list[str]:
    """Whose credit each enriched event of the log has, in the log's order."""
    read = Journal(client, "enrichment").read(kinds=[StoryEnriched])
    return [one.event.credit.credit_line async for one in read if isinstance(one.event, StoryEnriched)]


async def all_answered(client: Client) -> bool:
    """Whether enrichment has nothing to hear and nothing in work."""
    info = await client.jetstream().consumer_info("STORIES", "enrichment-attributed")
    return (info.num_pending, info.num_ack_pending) == (0, 0)


@pytest.mark.parametrize("apart", [False, True], ids=["in one process", "in two"])
async def test_an_older_credit_in_work_is_not_answered_after_the_one_that_replaced_it(apart: bool) -> None:
    """An editor's word or a replay overtakes it; it would put the credit back that was corrected."""
    with real_server() as server:
        async with provisioned(server) as client:
            slow, other = SlowToBegin(), SlowToBegin()
            other.begun.set()
            journal = Journal(client, "attribution")
            heard = received(guid())
            old, new = attributed(heard, ("AFP",)), stamp(attributed(heard, ("Reuters",)), heard, "attribution/new")
            try:
                async with slow.service(server).running():
                    await journal.append([old])
                    await eventually(slow.begun.is_set)
                    if apart:
                        async with other.service(server).running():
                            await journal.append([new])
                            assert await eventually(lambda: enrichments(client)) == ["Reuters"]
                    else:
                        await journal.append([new])
                        assert await eventually(lambda: enrichments(client)) == ["Reuters"]
                    slow.may_end.set()
                    await eventually(lambda: all_answered(client))
            finally:
                slow.may_end.set()
            assert await enrichments(client) == ["Reuters"]


async def test_the_replacement_is_answered_though_the_older_one_was_a_moment_before() -> None:
    """Its answer stands over the older one's, and is the last."""
    with real_server() as server:
        async with provisioned(server) as client:
            ready = SlowToBegin()
            ready.begun.set()
            journal = Journal(client, "attribution")
            heard = received(guid())
            async with ready.service(server).running():
                await journal.append([attributed(heard, ("AFP",))])
                await eventually(lambda: enrichments(client))
                await journal.append([stamp(attributed(heard, ("Reuters",)), heard, "attribution/new")])
                assert await eventually(lambda: enrichments(client), lambda found: len(found) > 1) == ["AFP", "Reuters"]


async def test_an_answer_that_depends_on_the_story_is_not_given_by_a_copy_that_has_not_come_to_the_event() -> None:
    """What stands before the event may be missing there, too, such as the contract that a credit is given under."""
    with real_server() as server:
        async with provisioned(server) as client:
            settings, heard = ServiceSettings(nats_url=server.url), received(guid())
            kinds = (CreditOverridden,)
            service = Service("attribution", settings, rules="test/1").on_recalling(
                StoryReceived, lambda event, log: [attributed(event)], lambda event: kinds, CreditOverridden
            )
            async with service.running() as running:
                early = Recorded(heard, 1, datetime.now(UTC))
                with pytest.raises(Unavailable, match="lags"):
                    await service.reactions[StoryReceived](running.runtime, early, 1)
            assert await Journal(client, "attribution").load(heard.story_id) == []
