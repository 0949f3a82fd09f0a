"""Answers are kept for short words only, and no more names than said."""

from __future__ import annotations

import itertools

import hypothesis.strategies as st
from hypothesis import given
from slowness import in_time

from dateline_kernel.remembering import KEPT, LONGEST, Lately, remembered_word


def test_an_answer_for_a_short_word_is_worked_out_once() -> None:
    """The second time it is kept; a long word is worked out each time, so that no text fills the memory."""
    asked: list[str] = []

    @remembered_word
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    long = "a" * (LONGEST + 1)
    assert [length("short"), length("short"), length(long), length(long)] == [5, 5, LONGEST + 1, LONGEST + 1]
    assert asked == ["short", long, long]


def test_the_oldest_answer_is_given_up() -> None:
    """Not more answers are kept than said."""
    asked: list[str] = []
    remember = remembered_word(lambda word: asked.append(word))
    for at in range(KEPT + 1):
        remember(str(at))
    remember("0")
    assert asked[-1] == "0" and len(asked) == KEPT + 2


@given(st.lists(st.integers(0, 50)), st.integers(1, 20))
def test_the_names_that_came_lately_are_known_and_no_others(names: list[int], most: int) -> None:
    """The newest ``most`` different ones; one that comes again is among them anew."""
    lately, recent = Lately(most), list[str]()
    for name in map(str, names):
        assert (name in lately) == (name in recent[-most:])
        assert lately.add(name) == (name in recent[-most:])
        recent = [one for one in recent if one != name] + [name]


def test_a_full_memory_costs_no_more_than_an_empty_one() -> None:
    """Ingest runs for months: each new story takes the place of an old one in no time."""
    lately, numbers = Lately(100_000), itertools.count()
    for number in itertools.islice(numbers, 100_000):
        lately.add(str(number))

    def take_in() -> None:
        for number in itertools.islice(numbers, 50_000):
            lately.add(str(number))

    in_time(0.8, take_in)
