"""A service on a real nats-server: hears, answers, fails, recovers, drains."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from nats.aio.client import Client
from nats.aio.msg import Msg
from stories import arrived, attributed, enriched, guid, received

from dateline_attribution.attributing import attribute_anew
from dateline_kernel.deciding import Decision
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Misconfigured, NotAllowed, Unavailable
from dateline_kernel.inflow import Inflow
from dateline_kernel.journal import Journal
from dateline_kernel.provision import declare_consumers
from dateline_kernel.pulling import patient
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.reactions import Log, Replayed
from dateline_kernel.runtime import Runtime
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_operate.commands import credit
from dateline_operate.overriding import override
from dateline_schemas.codec import decode, encode
from dateline_schemas.credit import Credit
from dateline_schemas.events import (
    CreditOverridden,
    Event,
    Recorded,
    StoryAttributed,
    StoryCanceled,
    StoryEnriched,
    StoryHeld,
    StoryReceived,
    StoryRefused,
)
from dateline_schemas.examples import HELD, example
from dateline_schemas.flow import step
from dateline_schemas.identity import stamp
from dateline_schemas.subjects import story_subject

TESTS = str(Path(__file__).resolve().parents[1])
NOW = datetime(2031, 5, 6, 12, tzinfo=UTC)


def credited(heard: StoryReceived) -> list[StoryAttributed]:
    """A plain handler; a story headlined ``poison`` makes it fail."""
    if heard.story.headline == "poison":
        raise ValueError("cannot digest this")
    return [
        StoryAttributed(
            story_id=heard.story_id,
            version=heard.version,
            ordinal=heard.ordinal,
            feed=heard.feed,
            story=heard.story,
            credit=Credit(credit_line="AFP"),
        )
    ]


def service(server: EmbeddedServer, handler: Any = credited, **settings: Any) -> Service:
    """Attribution with a handler of the test's."""
    return Service("attribution", ServiceSettings(nats_url=server.url, **settings), rules="test/1").on(
        StoryReceived, handler
    )


async def said(client: Client, story: str, kind: type[Event], count: int = 1) -> list[Recorded[Event]]:
    """Wait until a story has so many events of a kind."""

    async def look() -> list[Recorded[Event]]:
        return [one for one in await Journal(client, "ingest").load(story) if isinstance(one.event, kind)]

    return await eventually(look, lambda found: len(found) >= count)


async def acknowledged(client: Client, consumer: str) -> bool:
    """Whether a consumer has nothing to hear and nothing in work."""
    info = await client.jetstream().consumer_info("STORIES", consumer)
    return (info.num_pending, info.num_ack_pending) == (0, 0)


async def test_an_event_is_answered_with_its_cause_named() -> None:
    """What a handler says is in the log, stamped with cause, correlation and rules."""
    with real_server() as server:
        async with provisioned(server) as client, service(server).running():
            heard = await arrived(client, guid())
            answer = (await said(client, heard.story_id, StoryAttributed))[0].event
            assert (answer.cause, answer.correlation, answer.rules) == (heard.id, heard.id, "test/1")


async def test_a_poisoned_event_goes_to_quarantine_and_does_not_block_others(monkeypatch: Any) -> None:
    """It is tried as often as the settings say, kept with its traceback, told in the story's log; others pass."""
    monkeypatch.setattr("dateline_kernel.hearing.BACKOFF", (0.01,))
    with real_server() as server:
        async with provisioned(server) as client, service(server, attempts=3).running():
            poison, healthy = received(guid(), headline="poison"), received(guid())
            await Journal(client, "ingest").append([poison])
            await Journal(client, "ingest").append([healthy])
            await said(client, healthy.story_id, StoryAttributed)
            refused = (await said(client, poison.story_id, StoryRefused))[0].event
            assert isinstance(refused, StoryRefused)
            assert (refused.service, refused.attempts, refused.cause) == ("attribution", 3, poison.id)
            kept = [one async for one in Quarantine(client).all()]
            assert [one.what.story_id for one in kept] == [poison.story_id]
            assert "cannot digest this" in kept[0].what.reason
            assert "credited" in kept[0].what.traceback


async def test_a_poisoned_event_of_any_size_goes_to_quarantine() -> None:
    """One that does not fit into a message together with its reason is told as others are, and read from the log."""
    with real_server() as server:
        async with provisioned(server) as client, service(server, attempts=1).running():
            poison = received(guid(), headline="poison", paragraphs=("a" * 7_000_000,))
            seq = await Journal(client, "ingest").append([poison])
            await said(client, poison.story_id, StoryRefused)
            await eventually(lambda: acknowledged(client, "attribution-received"))
            [kept] = [one async for one in Quarantine(client).all()]
            assert (kept.what.seq, kept.what.error) == (seq, "ValueError")
            assert decode(kept.what.event) == decode((await Quarantine(client).get(kept.seq)).what.event) == poison


DEADLY = """
import os, sys
from dateline_kernel.service import Service, run
from dateline_kernel.settings import ServiceSettings
from dateline_schemas.events import StoryReceived
from stories import attributed

def handle(heard):
    if heard.story.headline == "deadly":
        os._exit(9)
    return [attributed(heard)]

settings = ServiceSettings(nats_url=sys.argv[1], ack_wait=0.5)
run(lambda: Service("attribution", settings, rules="test/1").on(StoryReceived, handle))
"""


async def test_an_event_that_ends_its_process_takes_none_of_its_neighbours_along() -> None:
    """They are pulled together and die together; handed out again they are answered, while it is still tried."""
    stories = [received(guid(), headline="deadly" if nth == 3 else "healthy") for nth in range(7)]
    healthy = [one.story_id for one in stories if one.story.headline == "healthy"]
    with real_server() as server:
        async with provisioned(server) as client:
            await Journal(client, "ingest").append(stories)

            async def answers() -> list[Event]:
                logs = await asyncio.gather(*(Journal(client, "ingest").load(story) for story in healthy))
                return [one.event for log in logs for one in log if not isinstance(one.event, StoryReceived)]

            found: list[Event] = []
            while len(found) < len(healthy):
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-c", DEADLY, server.url, env={**os.environ, "PYTHONPATH": TESTS}
                )
                try:
                    async with asyncio.timeout(PATIENCE):
                        assert await process.wait() == 9
                finally:
                    if process.returncode is None:
                        process.kill()
                found = await answers()
    assert {type(event) for event in found} == {StoryAttributed}


async def test_an_event_that_never_gets_an_answer_goes_to_quarantine_in_the_end(monkeypatch: Any) -> None:
    """It is told from one whose handler fails, which says so."""
    monkeypatch.setattr("dateline_kernel.hearing.ENDS_IT", 1)
    with real_server() as server:
        async with provisioned(server) as client:
            heard = await arrived(client, guid())
            runs = service(server, ack_wait=0.5)
            await declare_consumers(client, step("attribution"), runs.settings)
            for _ in range(2):
                reader = await client.jetstream().pull_subscribe_bind("attribution-received", "STORIES")
                await reader.fetch(1, timeout=PATIENCE)  # by a process that does not live to answer it
            async with runs.running():
                await said(client, heard.story_id, StoryRefused)
                [kept] = [one async for one in Quarantine(client).all()]
    assert "without an answer" in kept.what.reason


async def test_bytes_that_are_no_event_go_to_quarantine() -> None:
    """Somebody wrote rubbish into the log: it is set aside, and the service goes on."""
    with real_server() as server:
        async with provisioned(server) as client, service(server).running():
            await client.jetstream().publish("story.abc.received.1", b"not an event")

            async def kept() -> list[str]:
                return [one.what.error async for one in Quarantine(client).all()]

            assert await eventually(kept) == ["UnreadableEvent"]
            heard = await arrived(client, guid())
            await said(client, heard.story_id, StoryAttributed)


@pytest.mark.parametrize("recalls", [False, True])
async def test_an_event_that_was_answered_but_not_acknowledged_is_not_answered_twice(recalls: bool) -> None:
    """Handed out again when the server does not know the answer's id any more: the log itself is asked."""
    with real_server() as server:
        runs = Service("attribution", ServiceSettings(nats_url=server.url), rules="test/1")
        if recalls:
            kinds = (CreditOverridden,)
            runs.on_recalling(StoryReceived, lambda one, log: credited(one), lambda one: kinds, CreditOverridden)
        else:
            runs.on(StoryReceived, credited)
        async with provisioned(server) as client:
            heard = await arrived(client, guid())
            answer = stamp(credited(heard)[0], heard, "test/1")
            # Without the message id, which the server would know for two minutes.
            await client.jetstream().publish(story_subject(answer), encode(answer))
            await declare_consumers(client, step("attribution"), runs.settings)
            reader = await client.jetstream().pull_subscribe_bind("attribution-received", "STORIES")
            [first] = await reader.fetch(1, timeout=PATIENCE)
            await first.nak()
            before = await Journal(client, "attribution").last_sequence()
            async with runs.running():
                await eventually(lambda: acknowledged(client, "attribution-received"))
            assert await Journal(client, "attribution").last_sequence() == before


async def test_what_was_said_anew_since_is_not_answered_in_its_old_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event that another one took the place of is heard once more: what followed from the later one stands."""
    monkeypatch.setattr("dateline_kernel.reactions.may_be_known", lambda *_: True)  # as it is minutes later
    with real_server() as server:
        async with provisioned(server) as client:
            heard = received(guid())
            for nth, agencies in enumerate((("AFP",), ("AFP", "dpa"))):
                said_so = stamp(attributed(heard, agencies), heard, f"attribution/{nth}")
                for event in (said_so, stamp(enriched(said_so), said_so, "test/1")):
                    # Without the message id, which the server would know for two minutes.
                    await client.jetstream().publish(story_subject(event), encode(event))
            before = await Journal(client, "enrichment").last_sequence()
            again = Service("enrichment", ServiceSettings(nats_url=server.url), rules="test/1")
            again.on(StoryAttributed, lambda one: [enriched(one)])
            async with again.running():
                await eventually(lambda: acknowledged(client, "enrichment-attributed"))
            assert await Journal(client, "enrichment").last_sequence() == before


async def test_an_editors_word_that_comes_again_is_answered_though_its_place_is_taken() -> None:
    """What stands there follows from what came before the word."""
    with real_server() as server:
        async with provisioned(server) as client:
            heard = await arrived(client, guid())
            journal = Journal(client, "attribution")
            await journal.append([attributed(heard)])
            word = replace(example(CreditOverridden), story_id=heard.story_id, version="1", ordinal=1, nth=1)
            await journal.append([word])
            runs = Service("attribution", ServiceSettings(nats_url=server.url), rules="test/1")
            runs.on(CreditOverridden, lambda one: credited(heard))
            await declare_consumers(client, step("attribution"), runs.settings)
            reader = await client.jetstream().pull_subscribe_bind("attribution-overridden", "STORIES")
            [first] = await reader.fetch(1, timeout=PATIENCE)
            await first.nak()
            async with runs.running():
                await eventually(lambda: acknowledged(client, "attribution-overridden"))
            assert [one.event.cause async for one in journal.read(kinds=(StoryAttributed,))] == [heard.id, word.id]


async def test_of_two_that_took_each_others_place_the_later_one_alone_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A version was said anew before anybody answered it: nothing follows from its old form any more."""
    monkeypatch.setattr("dateline_kernel.reactions.may_be_known", lambda *_: True)  # as it is minutes later
    with real_server() as server:
        async with provisioned(server) as client:
            heard = received(guid())
            forms = [stamp(attributed(heard, (name,)), heard, f"attribution/{name}") for name in ("AFP", "dpa")]
            for form in forms:
                await Journal(client, "attribution").append([form])
            again = Service("enrichment", ServiceSettings(nats_url=server.url), rules="test/1")
            again.on(StoryAttributed, lambda one: [enriched(one)])
            async with again.running():
                await eventually(lambda: acknowledged(client, "enrichment-attributed"))
            said_of = [one.event.cause async for one in Journal(client, "enrichment").read(kinds=(StoryEnriched,))]
    assert said_of == [forms[1].id]


@pytest.mark.parametrize("instead", ["other rules", "an editor's word"])
async def test_what_was_answered_otherwise_since_is_not_answered_again(
    instead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version that is heard once more, as when a consumer is made anew, gets no second answer under the rules."""
    monkeypatch.setattr("dateline_kernel.reactions.may_be_known", lambda *_: True)  # as it is minutes later
    with real_server() as server:
        async with provisioned(server) as client:
            heard = received(guid())
            answers: list[Event] = [heard, attributed(heard)]
            if instead == "other rules":
                answers.append(stamp(attributed(heard, ("dpa",)), heard, "attribution/test+replay.0a"))
            else:
                options = credit.Options(action="set", story=heard.story_id, by="desk", reason="asked", agencies="dpa")
                word = override([Recorded(event, seq, NOW) for seq, event in enumerate(answers, 1)], options)
                [answer] = attribute_anew(word)
                answers += [word, stamp(answer, word, "attribution/test")]
            for event in answers:
                # Without the message id, which the server would know for two minutes.
                await client.jetstream().publish(story_subject(event), encode(event))
            before = await Journal(client, "attribution").last_sequence()
            async with service(server, lambda _: [attributed(heard)]).running():
                await eventually(lambda: acknowledged(client, "attribution-received"))
            assert await Journal(client, "attribution").last_sequence() == before


async def test_a_server_that_was_away_is_waited_for_and_the_work_goes_on() -> None:
    """SIGKILL of the server in the middle: the service comes back by itself and answers what it missed."""
    with real_server() as server:
        async with provisioned(server) as client, service(server, ack_wait=2.0).running():
            first = await arrived(client, guid())
            await said(client, first.story_id, StoryAttributed)
            server.kill()
            server.start()
            second = received(guid())

            async def written() -> bool:
                try:
                    await Journal(client, "ingest").append([second])
                except Unavailable:
                    return False
                return True

            await eventually(written)
            await said(client, second.story_id, StoryAttributed)


class Away:
    """A reaction to a log that does not answer for so many tries."""

    heavy = False
    though_unread = ()

    def __init__(self, tries: int) -> None:
        self.deliveries: list[int] = []
        self._tries = tries

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Fail until the last try."""
        self.deliveries.append(delivered)
        if len(self.deliveries) <= self._tries:
            raise Unavailable("a full disk")
        return None

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """Nothing."""
        return Replayed()


async def test_an_event_in_hand_while_the_log_is_away_counts_as_in_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not handed out again and again meanwhile, as one that ends its process would be; at each try after the
    first what was said of it may be in the log.
    """
    monkeypatch.setattr("dateline_kernel.hearing.AWAY", 0.25)
    away = Away(tries=20)
    with real_server() as server:
        runs = Service("attribution", ServiceSettings(nats_url=server.url, ack_wait=4.0), rules="test/1")
        runs.reactions[StoryReceived] = away
        async with provisioned(server) as client, runs.running():
            await Journal(client, "ingest").append([received(guid())])
            await eventually(lambda: len(away.deliveries) > 20)
            await eventually(lambda: acknowledged(client, "attribution-received"))
            info = await client.jetstream().consumer_info("STORIES", "attribution-received")
    assert away.deliveries == list(range(1, 22))
    assert info.delivered is not None and info.delivered.consumer_seq == 1


async def test_a_consumer_deleted_underneath_is_noticed_and_declared_again() -> None:
    """An operator's slip heals by itself."""
    with real_server() as server:
        async with provisioned(server) as client, service(server).running():
            await client.jetstream().delete_consumer("STORIES", "attribution-received")
            heard = await arrived(client, guid())
            await said(client, heard.story_id, StoryAttributed)


async def test_a_pull_that_stalls_while_events_wait_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was seen after restarts of the server: the connection lives, events wait, and none comes."""
    stalls = [True]

    async def stalled(flow: Inflow) -> list[Msg]:
        while stalls:
            stalls.clear()
            await asyncio.Event().wait()
        return await patient(flow)

    monkeypatch.setattr("dateline_kernel.pulling.patient", stalled)
    monkeypatch.setattr("dateline_kernel.watch.STALLED_AFTER", 0.5)
    with real_server() as server:
        async with provisioned(server) as client, service(server).running():
            heard = await arrived(client, guid())
            await said(client, heard.story_id, StoryAttributed)


async def test_asking_for_readiness_again_and_again_asks_the_server_no_more_often() -> None:
    """A hundred questions at one moment are answered by one look at the consumers."""
    with real_server() as server:
        async with (
            provisioned(server),
            service(server).running() as running,
            httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http,
        ):
            before = running.runtime.client.stats["out_msgs"]
            answers = await asyncio.gather(*(http.get("/readyz") for _ in range(100)))
            assert {answer.status_code for answer in answers} == {200}
            assert running.runtime.client.stats["out_msgs"] - before < 50


async def test_a_look_that_fails_is_told_and_looked_again(monkeypatch: Any) -> None:
    """Whatever goes wrong in looking after the consumers, readiness says what, and the watch goes on."""

    async def breaks(*_: object) -> None:
        raise ValueError("nobody thought of this")

    with real_server() as server:
        async with (
            provisioned(server) as client,
            service(server).running() as running,
            httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http,
        ):
            with monkeypatch.context() as patched:
                patched.setattr("dateline_kernel.watch.declare_consumers", breaks)
                await client.jetstream().delete_consumer("STORIES", "attribution-received")

                async def told() -> bool:
                    answer = await http.get("/readyz")
                    checks = answer.json()["checks"]
                    return answer.status_code == 503 and checks == {"watch": "ValueError: nobody thought of this"}

                await eventually(told)
            heard = await arrived(client, guid())
            await said(client, heard.story_id, StoryAttributed)


async def test_a_service_whose_port_is_taken_takes_no_event_on() -> None:
    """It says which port, and what waits in the log waits for another one."""
    with real_server() as server, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with provisioned(server) as client:
            await Journal(client, "ingest").append([received(guid())])
            with pytest.raises(Misconfigured, match=f"http_port: cannot listen on 127.0.0.1:{port}"):
                async with service(server, http_port=port).running():
                    pass
            info = await client.jetstream().consumer_info("STORIES", "attribution-received")
            assert (info.num_pending, info.delivered.consumer_seq) == (1, 0)


async def test_health_readiness_and_metrics_are_served() -> None:
    """Alive always; ready only with a server and its consumers; metrics count what was heard."""
    with real_server() as server:
        async with (
            provisioned(server) as client,
            service(server).running() as running,
            httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http,
        ):
            heard = await arrived(client, guid())
            await said(client, heard.story_id, StoryAttributed)
            assert (await http.get("/livez")).status_code == 200
            ready = await http.get("/readyz")
            assert (ready.status_code, ready.json()["checks"]["attribution-received"]) == (200, "ok")
            assert (
                'dateline_heard_total{kind="StoryReceived",service="attribution"} 1.0'
                in (await http.get("/metrics")).text
            )
            server.kill()

            async def not_ready() -> bool:
                return (await http.get("/readyz")).status_code == 503

            await eventually(not_ready)
            assert (await http.get("/livez")).status_code == 200


async def test_work_beside_is_cancelled_at_the_end_and_its_death_shows() -> None:
    """It starts with the service and ends before the connection does; one that dies makes the service not ready."""
    ended: list[bool] = []
    die = asyncio.Event()

    async def steady(runtime: Runtime) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await runtime.client.flush()
            ended.append(runtime.client.is_connected)

    async def frail(runtime: Runtime) -> None:
        await die.wait()
        raise ValueError("worn out")

    with real_server() as server:
        works = service(server).background("steady", steady).background("frail", frail)
        async with works.running() as running, httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http:
            ready = await http.get("/readyz")
            assert (ready.status_code, ready.json()["checks"]["frail"]) == (200, "ok")
            die.set()

            async def not_ready() -> Any:
                answer = await http.get("/readyz")
                return answer.json() if answer.status_code == 503 else None

            checks = (await eventually(not_ready))["checks"]
            assert (checks["steady"], checks["frail"]) == ("ok", "ended: ValueError: worn out")
        assert ended == [True]


async def test_readiness_is_answered_soon_while_the_server_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probes give up after a second, so the answer does not wait for one of the server, nor for its return."""
    monkeypatch.setattr("dateline_kernel.watch.FRESH", 0.0)
    with real_server() as server:
        async with (
            service(server).running() as running,
            httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http,
        ):
            assert (await http.get("/readyz")).status_code == 200
            assert server.pid is not None
            os.kill(server.pid, signal.SIGSTOP)
            os.waitpid(server.pid, os.WUNTRACED)  # it may answer until its next thread is scheduled
            try:
                answer = await http.get("/readyz")
            finally:
                os.kill(server.pid, signal.SIGCONT)
            assert answer.status_code == 503
            patience = re.fullmatch(r"no answer within (\S+) s", answer.json()["checks"]["nats"])
            assert patience is not None and float(patience[1]) < 1

            async def ready() -> bool:
                return (await http.get("/readyz")).status_code == 200

            await eventually(ready)


async def test_a_log_that_lost_its_end_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams are declared again where they are missing; nobody may take the empty log for the one that was there."""
    monkeypatch.setattr("dateline_kernel.watch.FRESH", 0.0)
    with real_server() as server:
        async with Service("ingest", ServiceSettings(nats_url=server.url)).running() as running:
            async with provisioned(server) as client:
                await Journal(client, "ingest").append([received(guid())])
            async with httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http:

                async def log() -> str:
                    return str((await http.get("/readyz")).json()["checks"].get("log", ""))

                assert await log() == "ok"
                server.kill()
                shutil.rmtree(server.folder / "jetstream")
                server.start()
                async with provisioned(server):

                    async def noticed() -> bool:
                        return (await log()).startswith("it ends at 0 and ended at 1 before")

                    await eventually(noticed)


async def test_what_waits_for_its_time_may_be_put_off_any_number_of_times() -> None:
    """An embargo that outlasts many restarts is no event that kills its process: it is decided about in the end."""
    put_off = 0

    def later(log: Sequence[Recorded[Event]], now: datetime) -> Decision:
        nonlocal put_off
        put_off += 1
        return Decision(again_at=now + timedelta(milliseconds=5)) if put_off <= 60 else Decision()

    async def nothing(runtime: object, log: object, again: object) -> None:
        """Announce nothing."""

    async def decided() -> bool:
        return put_off > 60 and await acknowledged(client, "publish-held")

    with real_server() as server:
        runs = Service("publish", ServiceSettings(nats_url=server.url)).on_story((StoryHeld,), later, nothing)
        async with provisioned(server) as client, runs.running():
            await Journal(client, "publish").append([HELD])
            await eventually(decided)
            assert [kept async for kept in Quarantine(client).all()] == []


async def test_no_server_at_all_is_explained() -> None:
    """Starting without a server ends with a sentence that says what to do."""
    nowhere = ServiceSettings(nats_url="nats://127.0.0.1:9", connect_timeout=0.3)
    with pytest.raises(Unavailable, match=r"no NATS server at nats://127\.0\.0\.1:9 .*DATELINE_NATS_URL"):
        async with Service("attribution", nowhere).running():
            pass


def test_a_service_cannot_hear_what_its_row_does_not_have() -> None:
    """The flow is the guard at building time too."""
    with pytest.raises(NotAllowed, match="attribution does not hear StoryAttributed"):
        Service("attribution", ServiceSettings()).on(StoryAttributed, credited)


async def test_a_refusal_that_cannot_be_dealt_with_is_kept_and_refused_no_further(monkeypatch: Any) -> None:
    """Publish hears its own refusals; if it fails on them too, that is the end of it."""
    monkeypatch.setattr("dateline_kernel.hearing.BACKOFF", (0.01,))

    def fails(log: object, now: object) -> Decision:
        raise ValueError("cannot decide")

    async def nothing(runtime: object, log: object, again: object) -> None:
        """Announce nothing."""

    with real_server() as server:
        settings = ServiceSettings(nats_url=server.url, attempts=2)
        broken = Service("publish", settings).on_story((StoryCanceled, StoryRefused), fails, nothing)
        async with provisioned(server) as client, broken.running():
            kill = await arrived(client, guid(), pubstatus="canceled")
            await said(client, kill.story_id, StoryRefused)

            async def both() -> bool:
                return len([one async for one in Quarantine(client).all()]) == 2

            await eventually(both)
            await eventually(lambda: acknowledged(client, "publish-refused"))
            assert len([one async for one in Quarantine(client).all()]) == 2
