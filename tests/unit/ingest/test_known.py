"""Stories that ingest remembers to be in the log."""

from __future__ import annotations

import itertools

from slowness import in_time

from dateline_ingest.arrivals import Known


def test_so_many_are_remembered_and_the_first_are_forgotten_first() -> None:
    """One that comes again keeps its place in the row."""
    known = Known(3)
    known.add(["a", "b"])
    known.add(["c", "a"])
    known.add(["d"])
    assert [story in known for story in "abcd"] == [False, True, True, True]


def test_a_full_memory_costs_no_more_than_an_empty_one() -> None:
    """Ingest runs for months: each new story takes the place of an old one in no time."""
    known = Known(100_000)
    known.add(map(str, range(100_000)))
    numbers = itertools.count(100_000)

    def take_in() -> None:
        for number in itertools.islice(numbers, 50_000):
            known.add([str(number)])

    in_time(0.8, take_in)
