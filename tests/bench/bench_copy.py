"""How fast ``credit`` and ``facts`` are on real copy, one core: ``python tests/bench/bench_copy.py [rounds]``.

Real copy is what stands in ``wires`` of the shared directory beside the repository (``DATELINE_SHARED``), else invented
copy is measured and the first line says so. Processor time, the best of some rounds over the same stories: what is
kept by line, by word and by run of words is warm then, as far as it fits, so that the first stories of a process take
longer. The first round is printed too: no word of the stories was kept at its beginning, and tables that no story
needed before are loaded in it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dateline_attribution.credits import credit
from dateline_attribution.tableset import package_tables
from dateline_enrichment.analyse import facts
from dateline_ingest.formats import Unparseable, parse
from dateline_operate.bench.wirecopy import newsml
from dateline_schemas.story import Story

_SHARED = Path(os.environ.get("DATELINE_SHARED") or Path(__file__).resolve().parents[3] / "shared")
_INVENTED = 300
_FEWEST = 50
"""Words that copy has; less is a caption or an alert."""
_USUAL = 400


def words_of(story: Story) -> int:
    """Words of its text."""
    return sum(len(paragraph.split()) for paragraph in story.paragraphs)


def real_copy(wires: Path) -> list[Story]:
    """The stories in the wire files that can be read."""
    found: list[Story] = []
    for path in sorted(path for path in wires.glob("*/*") if path.is_file()):
        try:
            found += parse(path.read_bytes()).stories
        except Unparseable:
            continue
    return [story for story in found if words_of(story) > _FEWEST]


def invented_copy() -> list[Story]:
    """Stories that are made up."""
    return [parse(newsml(number, seed=5)).stories[0] for number in range(_INVENTED)]


def measured(name: str, work: Callable[[], object], stories: list[Story], rounds: int) -> str:
    """A line with what a step took."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    words = sum(map(words_of, stories))
    first, best = took[0], min(took)
    usual = best / words * _USUAL
    return (
        f"{name:8} {len(stories) / best:8,.0f} stories/s {best / len(stories) * 1e6:8,.0f} us"
        f" | of {_USUAL} words {1 / usual:8,.0f} stories/s {usual * 1e6:8,.0f} us"
        f" | first round {first / len(stories) * 1e6:8,.0f} us a story"
    )


def main(rounds: int) -> None:
    """Measure."""
    stories = real_copy(_SHARED / "wires")
    kind = "real"
    if not stories:
        print(f"no wire files in {_SHARED.name}/wires: invented copy is measured, which is not as varied as real copy")
        stories, kind = invented_copy(), "invented"
    print(f"{len(stories)} stories of {kind} copy, {sum(map(words_of, stories)) // len(stories)} words; ", end="")
    print(f"processor time, best of {rounds} rounds over the same stories,")
    print("so that lines and words are known from the round before; in the first round none is, and tables are loaded")
    package_tables()
    facts(Story(guid="bench", language="en", paragraphs=("The ferry came.",)), credit(Story(guid="bench")))
    print(measured("credit", lambda: [credit(story) for story in stories], stories, rounds))
    credits = [credit(story) for story in stories]
    pairs = list(zip(stories, credits, strict=True))
    print(measured("facts", lambda: [facts(story, its) for story, its in pairs], stories, rounds))


if __name__ == "__main__":
    main(max(1, int(sys.argv[1])) if len(sys.argv) > 1 else 5)
