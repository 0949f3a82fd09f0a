"""Two processes that write about one story at one moment, to a lone server and to a cluster of three."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial

import msgspec
import pytest
from cluster import SERVERS, caught_up, cluster, connected, provisioned_on_all
from desk import Desk, opened
from stories import guid, received

from dateline_attribution.app import (
    attribute,
    attribute_anew,
    needed_for_override,
    needed_for_version,
)
from dateline_attribution.app import build as build_attribution
from dateline_attribution.settings import AttributionSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.logs import configure_logs
from dateline_kernel.reactions import Recall
from dateline_kernel.runtime import assemble
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import eventually, real_server
from dateline_operate.commands.credit import Options, change, overrides
from dateline_operate.replay.comparing import Tally
from dateline_operate.replay.rerun import Rerun
from dateline_schemas.events import Arrival, CreditOverridden, Event, Recorded, StoryAttributed, StoryReceived
from dateline_schemas.identity import stamp

STORIES = 8
VERSIONS = 4


@pytest.fixture(scope="module", params=[1, SERVERS], ids=["lone server", "cluster"])
def members(request: pytest.FixtureRequest) -> Iterator[Sequence[EmbeddedServer]]:
    """The servers that keep the log."""
    with ExitStack() as stack:
        if request.param == 1:
            yield [stack.enter_context(real_server())]
        else:
            yield stack.enter_context(cluster()).members


@pytest.fixture
async def doors(members: Sequence[EmbeddedServer]) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two processes of ingest, each by a server of its own where there are several."""
    if len(members) > 1:
        async with connected(members[0].url) as client:
            await provisioned_on_all(client)
    async with opened(members[0]) as one, opened(members[-1]) as other:
        yield one, other


async def push(desk: Desk, name: str, version: int, text: str = "", **members: object) -> int:
    """The status of the answer, once it is taken: who is asked to come again does."""
    story = {
        "uri": name,
        "version": str(version),
        "type": "text",
        "headlines": [{"value": f"Version {version} {text}"}],
        "bodies": [{"contentType": "text/plain", "value": "The tide was high."}],
        **members,
    }
    body = msgspec.json.encode(story)

    async def pushed() -> int:
        answer = await desk.http.post("/v1/stories", content=body)
        return answer.status_code

    return await eventually(pushed, lambda status: status != 503)


async def arrivals(desk: Desk, name: str) -> list[Arrival]:
    """The versions of a story that the log has."""
    return [one.event for one in await desk.log(name) if isinstance(one.event, Arrival)]


async def test_versions_that_come_by_two_doors_at_one_moment_are_numbered_one_after_another(
    doors: tuple[Desk, Desk],
) -> None:
    """Also where one door brings a kill: each is judged by the one before it, whichever that is."""
    for _ in range(STORIES):
        name = guid()
        versions = range(1, VERSIONS + 1)
        taken = [push(doors[0], name, version) for version in versions]
        taken += [push(doors[1], name, version, "", pubStatus="canceled") for version in versions]
        assert await asyncio.gather(*taken) == [202] * 2 * VERSIONS
        said = await eventually(partial(arrivals, doors[0], name), lambda there: len(there) == 2 * VERSIONS)
        assert [one.arrival for one in said] == list(range(1, 2 * VERSIONS + 1))
        current = [one for one in said if one.standing == "current"]
        assert [one.ordinal for one in current] == list(range(1, len(current) + 1))


async def test_what_comes_by_two_doors_at_one_moment_is_taken_in_once(doors: tuple[Desk, Desk]) -> None:
    """Both senders hear that it is taken."""
    for _ in range(STORIES // 2):
        name = guid()
        assert await asyncio.gather(*(push(desk, name, 1) for desk in doors)) == [202, 202]
        assert len(await eventually(partial(arrivals, doors[0], name), bool)) == 1


async def two_versions(
    desk: Desk, name: str, by_ingest: Journal, by_editor: Journal
) -> tuple[Recorded[Event], Options]:
    """A story whose first version is credited: its second one as it is heard, and what an editor says just then."""
    first, second = received(name), received(name, 2)
    assert isinstance(first, StoryReceived)
    await eventually(partial(by_ingest.append, [first]))
    await eventually(partial(by_editor.append, [stamp(one, first, "test") for one in attribute(first, ())]))
    last = await eventually(partial(by_ingest.append, [second]))
    await eventually(partial(caught_up, desk.client))
    options = Options(action="set", story=first.story_id, by="Ida", reason="phoned", agencies="AFP")
    return Recorded(second, last, datetime.now(UTC)), options


async def test_an_editors_word_counts_for_a_version_that_is_credited_at_the_same_moment(
    doors: tuple[Desk, Desk],
) -> None:
    """Whichever of the two the log has first: the editor's word, or the rules' about the next version."""
    desk, other = doors
    runtime = assemble("attribution", "test", ServiceSettings(), desk.client, configure_logs("attribution", "error"))
    of_version = Recall(attribute, needed_for_version, CreditOverridden)
    of_override = Recall(attribute_anew, needed_for_override, CreditOverridden)
    by_editor, by_ingest = Journal(other.client, "attribution"), Journal(desk.client, "ingest")
    for _ in range(STORIES):
        name = guid()
        heard, options = await two_versions(desk, name, by_ingest, by_editor)
        await asyncio.gather(of_version(runtime, heard, 1), change(by_editor, options))
        for one in await desk.log(name):
            if isinstance(one.event, CreditOverridden):
                await of_override(runtime, one, 1)
        credited = [one.event for one in await desk.log(name) if isinstance(one.event, StoryAttributed)]
        assert {one.ordinal: one.credit.agencies for one in credited}[2] == ("AFP",)
    await by_editor.close()
    await by_ingest.close()


async def test_an_editors_word_counts_for_a_version_that_a_replay_credits_at_the_same_moment(
    doors: tuple[Desk, Desk],
) -> None:
    """As for one that attribution credits: whichever of the two the log has first."""
    desk, other = doors
    service = build_attribution(AttributionSettings(nats_url=desk.server.url))
    by_replay, by_editor = Journal(desk.client, "attribution"), Journal(other.client, "attribution")
    by_ingest = Journal(desk.client, "ingest")
    for _ in range(STORIES):
        name = guid()
        heard, options = await two_versions(desk, name, by_ingest, by_editor)
        rerun = Rerun(by_replay, service, Tally(service="attribution", rules="test", dry_run=False), 0)
        await asyncio.gather(rerun.some([heard]), change(by_editor, options))
        await eventually(partial(caught_up, desk.client))
        log = [one.event for one in await desk.log(name)]
        overruled = {one.ordinal for one in log if isinstance(one, CreditOverridden)}
        [credited] = [one for one in log if isinstance(one, StoryAttributed) and one.ordinal == 2]
        assert credited.credit.agencies == ("AFP",) or 2 in overruled  # of a word about it attribution hears yet
    for journal in (by_replay, by_editor, by_ingest):
        await journal.close()


async def test_an_editors_word_that_stands_is_said_to_stand_though_the_log_does_not_answer_after_it(
    doors: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a server stands still: whether it counts for the newest version has to be looked up."""
    desk, other = doors
    by_editor, by_ingest = Journal(other.client, "attribution"), Journal(desk.client, "ingest")
    first = received(guid())
    assert isinstance(first, StoryReceived)
    await eventually(partial(by_ingest.append, [first]))
    await eventually(partial(by_editor.append, [stamp(one, first, "test") for one in attribute(first, ())]))
    await eventually(partial(caught_up, desk.client))
    load = by_editor.load

    async def silent_then(story: str, *, whole: bool = True, at_least: int = 0) -> list[Recorded[Event]]:
        if at_least:
            raise Unavailable("no answer from stream STORIES")
        return await load(story, whole=whole)

    monkeypatch.setattr(by_editor, "load", silent_then)
    options = Options(action="set", story=first.story_id, by="Ida", reason="phoned", agencies="AFP")
    with pytest.raises(Unavailable, match=r"version 1 stands in the log, .*: no answer from stream STORIES"):
        await change(by_editor, options)
    await eventually(partial(caught_up, desk.client))
    assert [one.credit.agencies for one in overrides(await load(first.story_id))] == [("AFP",)]
    await by_editor.close()
    await by_ingest.close()
