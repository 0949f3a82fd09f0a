"""The pure functions alone, on one core: how many stories a second are read, credited and analysed."""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec import Struct

from dateline_operate.bench.wirecopy import newsml
from dateline_operate.functions import function

STORIES = 300
SECONDS = 2.0


class Alone(Struct, frozen=True, kw_only=True):
    """Stories a second, by processor time, so that others on the machine do not count."""

    words: float
    """Words of a story, on average."""
    read: float
    credited: float
    analysed: float


def measure_alone() -> Alone:
    """Takes some seconds. Raises Failure where a service is not installed."""
    parse = function("parse", "dateline-ingest")
    credit = function("credit", "dateline-attribution")
    facts = function("facts", "dateline-enrichment")
    bodies = [newsml(number, seed=5) for number in range(STORIES)]
    stories = [parse(body).stories[0] for body in bodies]
    credits = [credit(story) for story in stories]
    words = sum(facts(story, said).words for story, said in zip(stories, credits, strict=True)) / STORIES
    return Alone(
        words=words,
        read=_rate(lambda nth: parse(bodies[nth])),
        credited=_rate(lambda nth: credit(stories[nth])),
        analysed=_rate(lambda nth: facts(stories[nth], credits[nth])),
    )


def _rate(work: Callable[[int], object]) -> float:
    done, began = 0, time.process_time()
    while (taken := time.process_time() - began) < SECONDS:
        for nth in range(STORIES):
            work(nth)
        done += STORIES
    return done / taken
