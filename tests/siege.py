"""Stories that are pushed while processes and servers are in trouble, and what the log must then prove."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
from cluster import caught_up, read_at_each

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import PATIENCE, eventually, own_port
from dateline_schemas.events import Arrival, Event, Recorded, StoryReleased, StoryWithdrawn
from dateline_schemas.feeds import Feed, encode_feed, key_digest
from dateline_schemas.flow import FLOW, consumer_name
from dateline_schemas.subjects import FEEDS, STORIES, TOPICS

ROUNDS = int(os.environ.get("DATELINE_CHAOS_ROUNDS", "1"))
SEED = int(os.environ.get("DATELINE_CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
KEY = "chaos"
AT_ONCE = 48
SHOWN = 20
"""Most sequences that a failure names."""
RUN = "from dateline_kernel.installed import build_service; from dateline_kernel.service import run; import sys; "


@dataclass
class Process:
    """One service, killed and started again on the same port."""

    name: str
    env: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it comes to life by itself."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-c", RUN + f"run(lambda: build_service({self.name!r}))"]
            self.running = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)

    def end(self, how: signal.Signals) -> None:
        """End it and wait for that."""
        if self.running is not None:
            self.running.send_signal(how)
            self.running.wait(PATIENCE)


@dataclass
class Pushed:
    """What was pushed and accepted, by story id."""

    accepted: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """(version, pubstatus), in the order of acceptance."""
    count: int = 0
    stories: int = 0
    """Number of stories of which all versions were accepted."""
    let_in: int = 0
    """How many stories may be pushed by now: each trouble gets its share."""
    turned_away: int = 0
    """How often a sender was asked to come again."""


Trouble = Callable[[Pushed], Awaitable[None]]
"""Causes a trouble; the trouble is over when it returns."""


def killed(target: Process | EmbeddedServer) -> Trouble:
    """SIGKILL, and started again at once."""

    async def trouble(pushed: Pushed) -> None:
        if isinstance(target, EmbeddedServer):
            target.kill()
        else:
            target.end(signal.SIGKILL)
        target.start()

    return trouble


def versions(mix: random.Random, number: int, began: datetime) -> list[bytes]:
    """The versions of one story: one to three, some ending with a kill; some that come alone wait for their time."""
    name = f"urn:chaos:{SEED}:{number}"
    count = mix.choice((1, 1, 1, 2, 3))
    is_killed, waits = mix.random() < 0.1, mix.random() < 0.1
    embargo = {"embargoed": (began + timedelta(seconds=mix.uniform(2, 20))).isoformat()} if waits and count == 1 else {}
    return [
        msgspec.json.encode(
            {
                "uri": name,
                "version": str(version),
                "type": "text",
                "language": "en",
                "pubStatus": "canceled" if is_killed and version == count and count > 1 else "usable",
                "headlines": [{"value": f"Storm {number} moves on, version {version}"}],
                "bodies": [{"contentType": "text/plain", "value": "RIVERTON (AFP) - The storm moved on.\n\nAFP"}],
                "subjects": [{"uri": "http://cv.iptc.org/newscodes/mediatopic/17000000", "name": "weather"}],
                **embargo,
            }
        )
        for version in range(1, count + 1)
    ]


async def push(http: httpx.AsyncClient, doors: Sequence[str], bodies: Sequence[bytes], pushed: Pushed) -> None:
    """Push a story's versions one after another, each until it is accepted, by one door and the other in turn."""
    turns = itertools.cycle(doors)
    for body in bodies:
        while True:
            try:
                answer = await http.post(f"{next(turns)}/v1/stories", content=body)
            except httpx.TransportError:
                await asyncio.sleep(0.05)
                continue
            if answer.status_code == 202:
                break
            assert answer.status_code == 503, answer.text
            pushed.turned_away += 1
            await asyncio.sleep(0.1)
        receipt = answer.json()
        assert receipt["standing"] == "current", receipt
        status = msgspec.json.decode(body)["pubStatus"]
        pushed.accepted[receipt["story_id"]].append((receipt["version"], status))
        pushed.count += 1


async def one_by_one(troubles: Sequence[Trouble], pushed: Pushed, total: int) -> None:
    """Start each trouble when most of its share of the stories is accepted; the next share is pushed meanwhile."""
    share = total // (len(troubles) + 1)
    pushed.let_in = share
    for nth, trouble in enumerate(troubles, 1):
        while pushed.stories < nth * share - min(share, AT_ONCE) // 2:
            await asyncio.sleep(0.005)
        pushed.let_in += share
        await trouble(pushed)
    pushed.let_in = total


async def settled(client: QuickClient) -> bool:
    """Whether no service has anything left to hear."""
    for step in FLOW:
        for kind in step.hears:
            info = await client.jetstream().consumer_info("STORIES", consumer_name(step.service, kind))
            if info.num_pending or info.num_ack_pending:
                return False
    return True


async def everything(client: QuickClient) -> list[Recorded[Event]]:
    """All events of the log, in order. Raises Unavailable while a cluster does not say where to read it."""
    return [recorded async for recorded in Journal(client, "publish").read()]


def check_embargoes(log: Sequence[Recorded[Event]]) -> None:
    """Nothing was released before its time."""
    for one in log:
        if isinstance(one.event, StoryReleased) and one.event.story.embargo is not None:
            assert one.time >= one.event.story.embargo


def check_log(events: Sequence[Event], pushed: Pushed) -> None:
    """Each accepted version is in the log once, and was released once in version order, unless a kill overtook it."""
    assert [event_id for event_id, count in Counter(event.id for event in events).items() if count > 1] == []
    stories: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        stories[event.story_id].append(event)
    assert set(stories) == set(pushed.accepted)
    for story, said in stories.items():
        taken = [(event.version, event.story.pubstatus) for event in said if isinstance(event, Arrival)]
        assert taken == pushed.accepted[story]
        outward = [event for event in said if isinstance(event, (StoryReleased, StoryWithdrawn))]
        assert [event.number for event in outward] == list(range(1, len(outward) + 1)), _in_short(said)
        told = [(event.version, "usable" if isinstance(event, StoryReleased) else "canceled") for event in outward]
        if taken[-1][1] == "usable":
            assert told == taken
        else:  # what the kill overtook need not have gone out; the kill must, last
            assert told[-1] == taken[-1]
            assert told == [one for one in taken if one in told]


def _in_short(said: Sequence[Event]) -> str:
    """A story's events in short, for failure messages."""
    lines = [
        f"{event.fact}.{event.place} version {event.version} number {getattr(event, 'number', '-')} id {event.id[:8]} "
        f"because of {event.cause[:8] or 'nothing'}"
        for event in said
    ]
    return "\n".join([f"story {said[0].story_id}", *lines])


class Copies(msgspec.Struct):
    """What each server has of a stream."""

    stream: str
    count: int
    """Messages, as their leader counts them."""
    each: dict[str, dict[int, int]]
    """By server: a digest of each message, by sequence."""

    @property
    def everywhere(self) -> set[tuple[int, int]]:
        """What all have: (sequence, digest)."""
        return set.intersection(*(set(kept.items()) for kept in self.each.values()))

    @property
    def are_alike(self) -> bool:
        """Whether all have the same, and as much as their leader counts."""
        return {len(kept) for kept in self.each.values()} == {len(self.everywhere)} == {self.count}

    def __repr__(self) -> str:
        """Who has how much, and what not all have."""
        apart = {server: sorted(set(kept.items()) - self.everywhere) for server, kept in self.each.items()}
        said = [f"{server or 'the server'} has {len(kept)} of {self.count}" for server, kept in self.each.items()]
        shown = [f"{server} alone: {[seq for seq, _ in more[:SHOWN]]}" for server, more in apart.items() if more]
        return "\n".join([self.stream, *said, *shown])


async def copies_of(client: QuickClient, stream: str) -> Copies:
    """A stream as it can be read at each server now."""
    each = await read_at_each(client, stream)
    return Copies(stream, (await client.jetstream().stream_info(stream)).state.messages, each)


async def check_copies(client: QuickClient, stream: str) -> list[int]:
    """Each server that keeps a stream has the same messages, as many as their leader counts: their sequences.

    A copy that is made anew is called current a moment before its messages can be read, so it is given time.
    """
    copies = await eventually(lambda: copies_of(client, stream), lambda seen: seen.are_alike, every=0.5)
    return sorted(seq for seq, _ in copies.everywhere)


async def check_topics(client: QuickClient, events: Sequence[Event]) -> None:
    """Every release and kill is on each of its subjects once, in order."""
    wanted = {
        (subject, event.number): event.id
        for event in events
        if isinstance(event, (StoryReleased, StoryWithdrawn))
        for subject in event.subjects
    }
    found: dict[tuple[str, int], str] = {}
    last: dict[str, int] = {}
    journal, seq = Journal(client, "publish"), 1
    while messages := await journal.direct.get(TOPICS.name, seq=seq, next_by_subj="topic.>", batch=500):
        for message in messages:
            headers = message.headers or {}
            subject, number = headers["Nats-Subject"], int(headers["Dateline-Number"])
            assert number > last.get(subject, 0), f"{subject}: {number} after {last[subject]}"
            last[subject] = number
            found[subject, number] = headers["Dateline-Release"]
            seq = int(headers["Nats-Sequence"]) + 1
    assert found == wanted


@contextmanager
def started(url: str, folder: Path, each: int = 1, **told: str) -> Iterator[list[Process]]:
    """``each`` processes of every service on a server or cluster, ingest on fixed ports; ended when the block ends."""
    with ExitStack() as ending:
        processes = []
        for step, number in itertools.product(FLOW, range(each)):
            env = {
                **os.environ,
                "DATELINE_NATS_URL": url,
                "DATELINE_ACK_WAIT": "3",
                "DATELINE_LOG_LEVEL": "warning",
                "DATELINE_HTTP_PORT": str(ending.enter_context(own_port()) if step.service == "ingest" else 0),
                **told,
            }
            processes.append(Process(step.service, env, folder / f"{step.service}-{number}.log"))
            processes[-1].start()
            ending.callback(processes[-1].end, signal.SIGTERM)
        yield processes


async def besieged(
    client: QuickClient,
    processes: Sequence[Process],
    troubles: Sequence[Trouble],
    stories: int,
) -> None:
    """Push ``stories`` stories while one trouble follows another; then check the log, the topics and the copies."""
    print(f"chaos seed {SEED}: DATELINE_CHAOS_SEED={SEED} repeats this run")
    await eventually(lambda: settled(client), every=0.1)  # all have declared what they hear
    mix = random.Random(SEED)
    began = datetime.now(UTC)
    bodies = [versions(mix, number, began) for number in range(stories)]
    total = sum(map(len, bodies))
    pushed = Pushed()
    bucket = await client.jetstream().key_value(FEEDS.name)
    await bucket.put("chaos", encode_feed(Feed(name="chaos", key_sha256=key_digest(KEY))))
    ingest = [process for process in processes if process.name == "ingest"]
    doors = [f"http://127.0.0.1:{process.env['DATELINE_HTTP_PORT']}" for process in ingest]
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {KEY}"}, timeout=PATIENCE) as http:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(nth: int, story: Sequence[bytes]) -> None:
            async with gate:
                while nth >= pushed.let_in:
                    await asyncio.sleep(0.005)
                await push(http, doors, story, pushed)
                pushed.stories += 1

        pushes = (one(nth, story) for nth, story in enumerate(bodies))
        await asyncio.gather(one_by_one(troubles, pushed, stories), *pushes)
    assert pushed.count == total
    await eventually(lambda: settled(client), every=0.1)
    await eventually(lambda: caught_up(client), every=0.1)
    log = await eventually(lambda: everything(client))
    assert [one.seq for one in log] == await check_copies(client, STORIES.name)
    await check_copies(client, TOPICS.name)
    check_embargoes(log)
    events = [one.event for one in log]
    check_log(events, pushed)
    await check_topics(client, events)
    assert [kept async for kept in Quarantine(client).all()] == []
