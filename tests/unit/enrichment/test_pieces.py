"""What of a run of capitalised words may be a person's name, by its words alone."""

from __future__ import annotations

import pytest
from slowness import in_time

from dateline_enrichment.stretches import stretches


def names(run: str, places: frozenset[str] = frozenset()) -> list[str]:
    """The pieces of a run, in a text that names these places."""
    chosen = [one.owner if one.after_von and one.after_von in places else one.piece for one in stretches(run)]
    return [run[piece.start : piece.end] for piece in chosen if piece]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("Jane Roe", ["Jane Roe"]),
        ("President Jane Roe", ["Jane Roe"]),
        ("Jane Roe President John Doe", ["Jane Roe", "John Doe"]),
        ("NATO Secretary General Jane Roe", ["Jane Roe"]),
        ("Monday Jane Roe", ["Jane Roe"]),
        ("Jane van der Roe", ["Jane van der Roe"]),
        ("Springfield University", []),
        ("Jane ROE", ["Jane"]),
    ],
)
def test_titles_and_words_that_no_name_holds_part_a_run(run: str, expected: list[str]) -> None:
    """What is left between them may be a name, unless it holds a word for a thing; an abbreviation parts a run too."""
    assert names(run) == expected


def test_after_von_the_name_of_a_place_makes_a_name_of_its_own() -> None:
    """``von`` before a place that the text names belongs to no person's name."""
    assert names("Jane von Roe") == ["Jane von Roe"]
    assert names("Jane von Roe", frozenset({"Roe"})) == ["Roe"]


def test_a_run_is_taken_apart_once() -> None:
    """Runs come again from story to story, so the answer is kept."""
    assert stretches("Jane Roe") is stretches("Jane Roe")


def test_time_for_a_run_of_many_names() -> None:
    """It grows with the run and not with its square: a title and a name again and again, which nothing ends."""
    assert len(in_time(2, lambda: stretches(("Minister John " * 40_000).rstrip()))) == 40_000
