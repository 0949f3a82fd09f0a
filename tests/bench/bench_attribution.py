"""Stories a second through `credit`, one core: `python tests/bench/bench_attribution.py [seconds]`.

Stories are made up: 400 words in 16 paragraphs of invented sentences, of five makes (own wire, outlet with an end line,
staff copy that cites, no agency at all, German with a dateline), so that no rule is out of work.
"""

from __future__ import annotations

import random
import sys
import time

from dateline_attribution.credits import credit
from dateline_schemas.story import CreditElement, Story

WORDS = [
    "the",
    "council",
    "of",
    "river",
    "town",
    "said",
    "on",
    "market",
    "day",
    "that",
    "its",
    "harbour",
    "plan",
    "would",
    "cost",
    "more",
    "than",
    "last",
    "year",
    "while",
    "villagers",
    "waited",
    "for",
    "a",
    "ferry",
    "that",
    "never",
    "came",
    "and",
    "officials",
    "asked",
    "people",
    "to",
    "stay",
    "at",
    "home",
    "until",
    "the",
    "storm",
    "had",
    "passed",
]


def paragraphs(seed: int, words: int = 400, count: int = 16) -> list[str]:
    """Invented paragraphs."""
    rng = random.Random(seed)
    size = words // count
    return [" ".join(rng.choice(WORDS) for _ in range(size)).capitalize() + "." for _ in range(count)]


def made_up(seed: int) -> Story:
    """One of five makes of story."""
    text, make = paragraphs(seed), seed % 5
    if make == 0:
        text[0] = "OAKHAVEN, March 26 (AFP) - " + text[0]
        credits = (CreditElement(where="provider", value="AFP"), CreditElement(where="creditline", value="AFP"))
        return Story(
            guid=f"urn:newsml:afp.com:{seed}", language="en", provider="AFP", credits=credits, paragraphs=(*text, "AFP")
        )
    if make == 1:
        return Story(
            guid=f"x{seed}", language="en", byline="Jane Roe", paragraphs=(*text, "With files from The Canadian Press")
        )
    if make == 2:
        text[3] = "A clerk told Reuters the plan was late, and an aide told AFP it was not. " + text[3]
        return Story(guid=f"x{seed}", language="", byline="Jane Roe in Oakhaven", paragraphs=tuple(text))
    if make == 3:
        return Story(guid=f"x{seed}", language="en", byline="Jane Roe", paragraphs=tuple(text))
    text[0] = "Eichhafen (dpa) - " + text[0]
    return Story(guid=f"x{seed}", language="de", paragraphs=(*text, "© dpa-infocom, dpa:240101-99-1/2"))


def main(seconds: float) -> None:
    """Measure."""
    stories = [made_up(seed) for seed in range(500)]
    credit(stories[0])
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for story in stories:
            credit(story)
        done += len(stories)
    took = time.perf_counter() - start
    print(f"{done / took:,.0f} stories/s on one core, {took / done * 1e6:.0f} us a story ({done} stories of 400 words)")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
