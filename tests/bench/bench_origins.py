"""Agency stories signed a second, uncredited texts looked up a second, memory a story: all on one core.

    .venv/bin/python tests/bench/bench_origins.py [stories]

Stories are made up: 400 words in 16 paragraphs, of a vocabulary in which words are as frequent as in a language (Zipf).
A tenth of the texts looked up are copies, cut to their first half and with every tenth word another.
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from dateline_attribution.credits import credit
from dateline_attribution.originindex import OriginIndex, Window
from dateline_attribution.tableset import package_tables
from dateline_schemas.credit import Credit
from dateline_schemas.events import Event, Recorded, StoryAttributed
from dateline_schemas.story import Story

BEGIN = datetime(2031, 5, 6, tzinfo=UTC)
ROUNDS = 3


def vocabulary(rng: random.Random) -> list[str]:
    """Invented words, the frequent ones short."""
    return ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=2 + min(8, nth // 60))) for nth in range(20_000)]


def texts(count: int, seed: int = 1) -> list[tuple[str, ...]]:
    """Bodies of stories."""
    rng = random.Random(seed)
    known = vocabulary(rng)
    weights = list(accumulate(1 / (nth + 1) for nth in range(len(known))))
    return [
        tuple(" ".join(rng.choices(known, cum_weights=weights, k=25)).capitalize() + "." for _ in range(16))
        for _ in range(count)
    ]


def agency_story(nth: int, paragraphs: tuple[str, ...]) -> Recorded[Event]:
    """An agency's story in the log."""
    event = StoryAttributed(
        story_id=f"s{nth}",
        version="1",
        ordinal=1,
        feed="wire",
        story=Story(guid=str(nth), headline="A headline of some eight or nine words", paragraphs=paragraphs),
        credit=Credit(agencies=("AFP",), role="sole"),
    )
    return Recorded(event, nth + 1, BEGIN + timedelta(seconds=nth))


def copied(paragraphs: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    """An edited copy."""
    return tuple(" ".join("other" if rng.random() < 0.1 else word for word in text.split()) for text in paragraphs[:8])


def best(work: Callable[[], object], of: int) -> float:
    """Microseconds of CPU a piece, the best of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds) / of * 1e6


def main(count: int) -> None:
    """Measure."""
    rules = package_tables().origins
    stories = [agency_story(nth, body) for nth, body in enumerate(texts(count))]
    fresh, rng = texts(900, seed=2), random.Random(3)
    copies = [copied(stories[rng.randrange(count)].event.story.paragraphs, rng) for _ in range(100)]  # type: ignore[attr-defined]
    index = OriginIndex(rules, Window(7, count))

    def sign(into: OriginIndex) -> None:
        for story in stories:
            into.apply(story)

    def look(bodies: list[tuple[str, ...]]) -> int:
        at = BEGIN + timedelta(seconds=count)
        found = (index.origin(Story(guid="x", paragraphs=body), "x", count + 1, at) for body in bodies)
        return sum(origin is not None for origin in found)

    signed = best(lambda: sign(OriginIndex(rules, Window(7, count))), count)
    tracemalloc.start()
    sign(index)
    memory = tracemalloc.get_traced_memory()[0] / count
    tracemalloc.stop()
    print(f"{count:,} agency stories of 400 words: {1e6 / signed:,.0f} signed a second ({signed:.0f} us each)")
    print(f"{memory / 1000:.1f} kB of memory a story")
    credited = best(lambda: [credit(Story(guid="x", paragraphs=body)) for body in fresh], len(fresh))
    print(f"to compare: crediting one of these texts takes {credited:.0f} us")
    for name, bodies in (("no copies", fresh), ("copies", copies), ("a tenth copies", fresh + copies)):
        each = best(lambda bodies=bodies: look(bodies), len(bodies))  # type: ignore[misc]
        print(
            f"{name}: {1e6 / each:,.0f} looked up a second ({each:.0f} us each), {look(bodies)} of {len(bodies)} found"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
