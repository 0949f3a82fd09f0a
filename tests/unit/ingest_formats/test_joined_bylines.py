"""Bylines of a message that has several, on one line."""

from __future__ import annotations

import pytest

from dateline_ingest.formats.values.bylines import joined_bylines


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (["By Ida Ruud", "and Per Lund"], "By Ida Ruud and Per Lund"),
        (["By Ida Ruud,", "And Per Lund"], "By Ida Ruud And Per Lund"),
        (["BY IDA RUUD", "AND PER LUND"], "BY IDA RUUD AND PER LUND"),
        (["By Ida Ruud and", "Per Lund"], "By Ida Ruud and Per Lund"),
        (["By Ida Ruud", "Kai Moe", "and Per Lund"], "By Ida Ruud, Kai Moe and Per Lund"),
        (["Par Ida Ruud", "et Per Lund"], "Par Ida Ruud et Per Lund"),
        (["Von Ida Ruud", "und Per Lund"], "Von Ida Ruud und Per Lund"),
        (["Por Ida Ruud", "y Per Lund"], "Por Ida Ruud y Per Lund"),
        (["Ida Ruud", "& Per Lund"], "Ida Ruud & Per Lund"),
        (["Ида Руд", "и Пер Лунд"], "Ида Руд и Пер Лунд"),
    ],
)
def test_a_word_that_joins_two_bylines_takes_no_comma(lines: list[str], byline: str) -> None:
    """Wherever it stands."""
    assert joined_bylines(lines) == byline


@pytest.mark.parametrize(
    "lines",
    [
        ["By Ida Ruud", "Per Lund"],
        ["By Ida Ruud", "Andrew Lund"],
        ["By Ida Ruud", "Andy"],
        ["By Ida Ruud", "I Wayan Suta"],
        ["By Ida Ruud", "E. Lund"],
        ["By Ida Ruud", "Y Lan Moe"],
        ["By Ida Ruud", "En Lai"],
        ["By Ida Ruud", "with Per Lund"],
        ["By Ida Ruud", "in Oslo"],
        ["By Ida Rand", "Per Lund"],
    ],
)
def test_bylines_without_one_stand_a_comma_apart(lines: list[str]) -> None:
    """Names that begin or end alike join nothing."""
    assert joined_bylines(lines) == ", ".join(lines)
