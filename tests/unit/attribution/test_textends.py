"""The text lies among lines of the page, and where it begins and ends is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.textends import is_twice, lead_of, tail_of

TEXT = (
    "The harbour of Oakhaven was opened again on Thursday after three weeks in which no ship had been able to leave, "
    "the council said."
)
EAST = "港口在关闭三周之后于星期四重新开放，市政府发言人表示所有渡轮都将按照夏季时刻表运行，游客可以像往年一样上岛。"
MENU = "Home | News | Sport | Weather | Culture | Travel | Food | Opinion | Letters | Puzzles | Archive | Help"


@pytest.mark.parametrize(
    ("lines", "lead"),
    [
        ((TEXT, TEXT), 0),
        (("Home", "News", "3 March 2026", TEXT, TEXT), 3),
        ((MENU, "By Jane Roe", TEXT), 2),
        (("首页", "新闻", EAST, EAST), 2),
        (("A short story.", "It has no long line."), 0),
        ((), 0),
    ],
)
def test_the_text_begins_with_the_first_long_line_that_is_no_list(lines: tuple[str, ...], lead: int) -> None:
    """Names, times and menus stand above it; where a character is a word, fewer of them are long."""
    assert lead_of(lines) == lead


@pytest.mark.parametrize(
    ("lines", "tail"),
    [
        ((TEXT, TEXT), 1),
        ((TEXT, TEXT, "Share", "Read also", "Ferry seen at noon", MENU), 1),
        ((TEXT, "(dpa)", "Comments are closed for this story at the moment.", "Imprint"), 0),
        ((TEXT, *["The ferry was late again, as it had been the week before."] * 4), 4),
        (("Share", "Print"), 1),
    ],
)
def test_the_text_ends_before_what_a_page_has_below_it(lines: tuple[str, ...], tail: int) -> None:
    """Headlines and a sentence or two of the page follow; more sentences are the text's own."""
    assert tail_of(lines) == tail


@given(st.lists(st.sampled_from((TEXT, EAST, MENU, "Share", "The ferry was late again, as it had been before."))))
def test_it_begins_and_ends_among_its_lines(lines: list[str]) -> None:
    """Whatever the lines are."""
    if lines:
        assert 0 <= lead_of(lines) < len(lines)
        assert 0 <= tail_of(lines) < len(lines)
    else:
        assert tail_of(lines) == -1


def test_a_caption_stands_twice_side_by_side() -> None:
    """Above its twin or below it."""
    lines = ("The quay. Photo: Reuters", "The quay. Photo: Reuters", "Share", TEXT, "Share")
    assert [is_twice(lines, index) for index in range(len(lines))] == [True, True, False, False, False]
