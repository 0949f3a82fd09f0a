"""A kill that cannot be read itself is a kill all the same: its subject and headers say what it takes back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import msgspec
import pytest
from desk import FLIPPED, Desk, opened, publishing
from nats.js.api import ConsumerConfig
from stories import guid, received

from dateline_kernel.deciding import Decision
from dateline_kernel.delivery import delivery_of
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.reactions import Log
from dateline_kernel.testing import PATIENCE, eventually
from dateline_operate.main import main
from dateline_operate.quarantine.retrying import Again
from dateline_publish.app import build as build_publish
from dateline_publish.lifecycle import decide
from dateline_publish.outlets import Outlets
from dateline_publish.settings import PublishSettings
from dateline_schemas.codec import cloudevent_headers, encode
from dateline_schemas.events import Arrival, StoryCanceled, StoryWithdrawn
from dateline_schemas.headers import ORDINAL
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import TOPICS

NEXT_YEAR = b'{"type":"StoryCanceled","schema":999,"why":["as","a","list"]}'


def kill(name: str, arrival: int, ordinal: int) -> Arrival:
    """As a release says it that both can read."""
    said = received(name, arrival, pubstatus="canceled", headline="Ferry sunk")
    return msgspec.structs.replace(said, ordinal=ordinal, standing="current" if ordinal else "late")


async def killed_unread(desk: Desk, said: Arrival, name: str, headers: dict[str, str] | None = None) -> int:
    """A later release, of which this one reads the headers alone, says a kill; its sequence."""
    known = cloudevent_headers(said, "ingest", datetime.now(UTC)) if headers is None else headers
    return await desk.break_event(name, f"canceled.{said.arrival}", NEXT_YEAR, known)


async def withdrawals(desk: Desk, name: str) -> list[StoryWithdrawn]:
    """What publish said of the kills of a story."""
    return [one.event for one in await desk.log(name) if isinstance(one.event, StoryWithdrawn)]


async def test_it_reaches_every_topic_of_the_story_and_is_kept(desk: Desk, name: str) -> None:
    """Outlets are told with the headline that they have. A later kill of the story that can be read is one more."""
    async with publishing(desk):
        subjects = await desk.out(name)
        said = kill(name, 2, 2)
        seq = await killed_unread(desk, said, name)
        assert await desk.stands(name, "withdrawn", 2, count=1) == subjects
        assert (await desk.kept(seq)).what.event == NEXT_YEAR
        [told] = await withdrawals(desk, name)
        assert (told.cause, told.correlation, told.ordinal) == (said.id, said.id, 2)
        assert (told.headline, told.reason) == ("Ferry late, version 1", "withdrawn by the provider")
        assert (await desk.kill(name, 3)).status_code == 202
        await desk.stands(name, "withdrawn", 3, count=1)


async def test_who_can_read_it_later_has_nothing_more_to_say(desk: Desk, name: str) -> None:
    """`dateline quarantine retry` by the later release: the kill was answered, and it goes out of quarantine."""
    async with publishing(desk):
        await desk.out(name)
        said = kill(name, 2, 2)
        kept = await desk.kept(await killed_unread(desk, said, name))
        await desk.stands(name, "withdrawn", 2, count=1)
    await desk.break_event(name, "canceled.2", encode(said))  # the same, as the later release reads it
    what = msgspec.structs.replace(kept.what, event=encode(said))
    verdict = await Again(desk.client, desk.server.url).take(msgspec.structs.replace(kept, what=what))
    assert (verdict.done, verdict.said) == (True, "nothing more was to be said")
    assert len(await withdrawals(desk, name)) == 1


@pytest.mark.parametrize("ordinal", ["0", "", "x", "9" * 30])
async def test_what_does_not_say_that_it_counts_takes_nothing_back(desk: Desk, ordinal: str, name: str) -> None:
    """A kill of an older version, or from somebody without a say; or bytes that no service wrote. It is kept."""
    async with publishing(desk):
        await desk.out(name)
        headers = cloudevent_headers(kill(name, 2, 2), "ingest", datetime.now(UTC)) | {ORDINAL: ordinal}
        await desk.kept(await killed_unread(desk, kill(name, 2, 2), name, headers if ordinal else {}))
        assert set((await desk.topics(name)).values()) == {("released", "1")}
    assert await withdrawals(desk, name) == []


async def test_of_a_story_that_never_went_out_the_notice_says_nothing(desk: Desk, name: str) -> None:
    """Whatever there is to know may be under embargo."""
    async with publishing(desk):
        await desk.push(name, 1, language="en", headlines=[{"value": "The bank will close"}])
        await killed_unread(desk, kill(name, 2, 2), name)
        [notice] = await desk.stands(name, "withdrawn", 1, count=1)
    assert notice == f"topic.none.none.en.none.{story_id('test', name)}"
    [told] = await withdrawals(desk, name)
    assert told.headline == ""


async def test_one_that_publish_fails_on_is_tried_again(desk: Desk) -> None:
    """As any other event, and kept at the end."""
    name, failures = guid(), [ValueError("not this time")]

    def fails_once(log: Log, now: datetime) -> Decision:
        if failures:
            raise failures.pop()
        return decide(log, now)

    async with publishing(desk):
        await desk.out(name)
    service = build_publish(PublishSettings(nats_url=desk.server.url))
    for reaction in service.reactions.values():
        reaction._decide = fails_once  # type: ignore[attr-defined]
    async with service.running():
        seq = await killed_unread(desk, kill(name, 2, 2), name)
        await desk.stands(name, "withdrawn", 2, count=1)
        await desk.kept(seq)


async def test_one_that_ends_whoever_answers_it_is_kept_in_the_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As any other event that was handed out again and again: it must not end publish for ever."""
    monkeypatch.setattr("dateline_kernel.hearing.ENDS_IT", 1)
    name = guid()
    async with publishing(desk, ack_wait=0.5):
        await desk.out(name)
    seq = await killed_unread(desk, kill(name, 2, 2), name)
    reader = await desk.client.jetstream().pull_subscribe_bind("publish-canceled", "STORIES")
    while delivery_of((await reader.fetch(1, timeout=PATIENCE))[0]).delivered < 2:
        pass  # by a process that does not live to answer it
    async with publishing(desk, ack_wait=0.5):
        assert "without an answer" in (await desk.kept(seq)).what.reason
    assert await withdrawals(desk, name) == []


async def test_a_story_whose_withdrawal_cannot_be_read_stays_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the kill is heard again by a release that would write otherwise what was out before."""
    name = guid()
    async with publishing(desk) as running:
        await desk.out(name)
        await desk.kill(name, 2)
        await desk.stands(name, "withdrawn", 2, count=1)
        await desk.break_event(name, "withdrawn.2", FLIPPED)
        [heard] = [one for one in await desk.log(name) if isinstance(one.event, StoryCanceled)]
        monkeypatch.setattr("dateline_publish.renditions.ninjs.released", lambda event: b"otherwise")
        reaction = build_publish(PublishSettings(nats_url=desk.server.url)).reactions[StoryCanceled]
        await reaction(running.runtime, heard, 2)
        assert set((await desk.topics(name)).values()) == {("withdrawn", "2")}


def test_kills_lists_those_that_it_cannot_read_and_goes_on(
    server: EmbeddedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """The story, where it stands as killed and who has taken that; what was passed over is said."""
    unread, after = guid(), guid()

    async def happens() -> int:
        async with opened(server) as desk, publishing(desk):
            await desk.out(unread, after)
            config = ConsumerConfig(durable_name="quay-news", filter_subject="topic.>", ack_policy="explicit")  # type: ignore[arg-type]
            await desk.client.jetstream().add_consumer(TOPICS.name, config)
            for name in (unread, after):
                await desk.kill(name, 2)
                await desk.stands(name, "withdrawn", 2, count=1)
                if name == unread:
                    lost = await desk.break_event(name, "withdrawn.2", FLIPPED)
            return lost

    lost = asyncio.run(happens())
    with pytest.raises(SystemExit) as end:
        main(["kills", "--since", str(lost), "--json", "--nats", server.url])
    out, err = capfd.readouterr()
    listed = [msgspec.json.decode(line) for line in out.splitlines() if line.startswith("{")]
    found = {one["kill"]["story_id"]: one for one in listed if "kill" in one}
    assert end.value.code == 1
    assert set(found) == {story_id("test", unread), story_id("test", after)}
    assert all([one["state"] for one in kill["outlets"]] == ["waiting"] for kill in found.values())
    assert found[story_id("test", unread)]["kill"]["number"] == 2
    assert f"event {lost} of the log cannot be read" in err


async def test_an_outlet_owes_one_that_cannot_be_read(desk: Desk, name: str) -> None:
    """The alarm rings for it as for any other."""
    async with publishing(desk) as running:
        await desk.out(name)
        config = ConsumerConfig(durable_name=f"o-{story_id('test', name)}", ack_policy="explicit")  # type: ignore[arg-type]
        await desk.client.jetstream().add_consumer(TOPICS.name, config)
        await desk.kill(name, 2)
        await desk.stands(name, "withdrawn", 2, count=1)
        await desk.break_event(name, "withdrawn.3", FLIPPED)
        outlets = Outlets(running.runtime)
        following = asyncio.create_task(outlets.follow())

        async def owes() -> bool:
            await outlets.look()
            samples = [sample for family in outlets.collect() for sample in family.samples]
            return 2 in [one.value for one in samples if one.name == "dateline_outlet_kills"]

        await eventually(owes)
        following.cancel()
