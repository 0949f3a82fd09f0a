"""The real path under load: four services and a server of their own, pushed by HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from dateline_kernel.journal import Journal
from dateline_operate.bench.ceiling import AT_ONCE, UNDER_WAY, Sizes
from dateline_operate.bench.latency import Latency, Stopwatch
from dateline_operate.bench.running import Bench, running
from dateline_operate.bench.sender import Window
from dateline_operate.bench.wirecopy import newsml
from dateline_schemas.codec import encode
from dateline_schemas.events import Event, StoryAttributed, StoryEnriched, StoryReceived, StoryReleased
from dateline_schemas.subjects import TOPICS

if TYPE_CHECKING:
    from dateline_operate.commands.bench import Options

ROUNDS = 6
"""Turns of ceiling and pipeline: a machine has better and worse minutes, and both get some of each."""
LATENCY_PARTS = 6
"""As many turns take about as long as latency does, for the progress bar."""
PARTS = 2 * ROUNDS + LATENCY_PARTS
Step = Callable[[str, float], None]
"""Called with what is done next, and with how many parts of the whole were done since the last call."""


class Measured(Struct, frozen=True, kw_only=True):
    """One configuration of the path."""

    stories_per_second: float
    turns: tuple[float, ...]
    """Stories a second in each turn."""
    latency_ms: Latency
    """Milliseconds from accepted to readable."""
    replay_per_second: float
    """Events read from the log and decoded in a second."""
    cpu_ms: dict[str, float]
    """Processor time a story, by process, while the throughput was measured; empty where the system does not tell."""
    rules_per_second: float
    """Stories a second that replay's re-run of attribution and enrichment manages, reading included."""


async def sizes_of_one(folder: Path) -> Sizes:
    """What one story weighs at each step: pushed through the real services once."""
    async with running(folder) as bench:
        body = newsml(0)
        answers: list[bytes] = []
        await bench.sender.send([body], 1, lambda _, answer: answers.append(answer))
        await bench.released(1)
        story = msgspec.json.decode(answers[0])["story_id"]
        events = [recorded.event for recorded in await Journal(bench.client, "publish").load(story)]
        release = next(event for event in events if isinstance(event, StoryReleased))
        state = (await bench.client.jetstream().stream_info(TOPICS.name)).state
        return Sizes(
            pushed=len(body),
            received=_size(events, StoryReceived),
            attributed=_size(events, StoryAttributed),
            enriched=_size(events, StoryEnriched),
            released=_size(events, StoryReleased),
            topic=state.bytes // state.messages,
            topics=len(release.subjects),
        )


def _size(events: list[Event], kind: type[Event]) -> int:
    return next(len(encode(event)) for event in events if isinstance(event, kind))


async def measure_pipeline(
    folder: Path,
    options: Options,
    step: Step,
    people: str = "rules",
    beside: Callable[[int], Awaitable[float]] | None = None,
) -> tuple[Measured, tuple[float, ...]]:
    """Throughput, latency and replay of one configuration; and each turn's stories a second of what runs ``beside`` it.

    The two take turns, round by round, since machines have better and worse minutes. Raises Unavailable.
    """
    count = max(1, (options.stories if people == "rules" else max(100, options.stories // 60)) // ROUNDS)
    async with running(folder, people) as bench:
        warm = 200 if people == "rules" else 20
        warm_rate = warm / await _throughput(bench, [newsml(n, seed=2) for n in range(warm)])
        # Before the throughput, which leaves much to write for the disk and to read for the index of origins. Twenty a
        # second would only measure the queue of a configuration that does not manage so many.
        rate = min(float(options.per_second), warm_rate / 2)
        latency = await _latency(bench, rate, round(rate * options.seconds), step)
        taken: list[float] = []
        taken_beside: list[float] = []
        cpu = dict.fromkeys(bench.cpu_seconds(), 0.0)
        for turn in range(ROUNDS):
            step(f"{count} stories through the bare hops, turn {turn + 1} of {ROUNDS}", min(turn, 1))
            if beside is not None:
                taken_beside.append(await beside(count))
            bodies = [newsml(number, seed=3) for number in range(turn * count, turn * count + count)]
            step(f"{count} stories through four services, turn {turn + 1} of {ROUNDS}", 1)
            before = bench.cpu_seconds()
            taken.append(await _throughput(bench, bodies))
            cpu = {name: cpu[name] + seconds - before[name] for name, seconds in bench.cpu_seconds().items()}
        step("the log, read as a replay does", 1)
        replay = await _replay(bench)
        rules = await _rules(bench)
    measured = Measured(
        stories_per_second=ROUNDS * count / sum(taken),
        turns=tuple(count / seconds for seconds in taken),
        latency_ms=latency,
        replay_per_second=replay,
        cpu_ms={name: seconds / (ROUNDS * count) * 1000 for name, seconds in cpu.items()},
        rules_per_second=rules,
    )
    return measured, tuple(count / seconds for seconds in taken_beside)


async def _throughput(bench: Bench, bodies: list[bytes]) -> float:
    """Seconds that so many new stories take."""
    window = Window(UNDER_WAY)
    began = time.perf_counter()
    watching = asyncio.create_task(bench.released(len(bodies), window))
    await bench.sender.send(bodies, AT_ONCE, lambda *_: None, window)
    await watching
    return time.perf_counter() - began


async def _latency(bench: Bench, per_second: float, count: int, step: Step) -> Latency:
    bodies = [newsml(number, seed=4) for number in range(count)]
    watch = Stopwatch(bench.client, TOPICS.name, lambda message: (message.headers or {})["Dateline-Story"])
    await watch.start(count)

    def accepted(_: int, answer: bytes) -> None:
        watch.accepted(msgspec.json.decode(answer)["story_id"])
        step(f"{count} stories through four services, one by one", LATENCY_PARTS / count)

    await bench.sender.paced(bodies, per_second, accepted)
    latency = await watch.stop()
    await bench.released(count)
    return latency


async def _replay(bench: Bench) -> float:
    """Events a second that a replay reads."""
    count = 0
    began = time.perf_counter()
    async for _ in Journal(bench.client, "publish").read():
        count += 1
    return count / (time.perf_counter() - began)


async def _rules(bench: Bench) -> float:
    """Stories a second through attribution's and enrichment's rules, as a replay runs them."""
    from dateline_operate.functions import function

    credit, facts = function("credit", "dateline-attribution"), function("facts", "dateline-enrichment")
    count = 0
    began = time.perf_counter()
    async for recorded in Journal(bench.client, "publish").read(1, 4000, kinds=[StoryReceived]):
        if isinstance(recorded.event, StoryReceived):
            facts(recorded.event.story, credit(recorded.event.story))
            count += 1
    return count / (time.perf_counter() - began)
