"""Answers are kept for short words only."""

from __future__ import annotations

from dateline_kernel.remembering import KEPT, LONGEST, remembered_word


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
