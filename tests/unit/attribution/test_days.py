"""The date of a dateline as a day of the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.credits import credit
from dateline_attribution.days import day_of
from dateline_attribution.tableset import package_tables
from dateline_schemas.story import Story

MONTHS = package_tables().datelines.months
NEAR = date(2026, 3, 28)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("March 26", "2026-03-26"),
        ("Mar. 31", "2026-03-31"),
        ("3 mars 2026", "2026-03-03"),
        ("3 de marzo de 2025", "2025-03-03"),
        ("20 ноября", "2025-11-20"),
        ("3 Haziran", "2026-06-03"),
        ("15. července", "2026-07-15"),
        ("15. června", "2026-06-15"),
        ("12 listopada", "2025-11-12"),
        ("12. srpnja", "2026-07-12"),
        ("lapkričio 12 d", "2025-11-12"),
        ("12. veebruar", "2026-02-12"),
        ("5 مايو", "2026-05-05"),
        ("26 آذار", "2026-03-26"),
        ("26 नवंबर 2025", "2025-11-26"),
        ("26 মার্চ", "2026-03-26"),
        ("26 มี.ค", "2026-03-26"),
        ("26 ՄԱՐՏԻ", "2026-03-26"),
        ("26 ноември", "2025-11-26"),
        ("26 березня", "2026-03-26"),
        ("26 - 3", "2026-03-26"),
        ("3月20日", "2026-03-20"),
        ("30日", "2026-03-30"),
        ("2026-03-26", "2026-03-26"),
        ("26/03", "2026-03-26"),
        ("31/12", "2025-12-31"),
        ("25.3.2026", "2026-03-25"),
    ],
)
def test_a_day_without_a_year_is_the_nearest_to_the_story(written: str, day: str) -> None:
    """In any language, across the turn of the year too."""
    assert day_of(written, NEAR, MONTHS) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "written", ["", "Friday", "31/04", "30th February", "29 Feb", "3 تشرين", "3 آذر", "ህዳር 19", "तीन मार्च", "01/01/01"]
)
def test_what_is_no_day_or_could_be_two_is_none(written: str) -> None:
    """There is no 31 April, 2026 has no 29 February, two Arabic months share a first word, Iran has its own months."""
    near = None if written == "01/01/01" else NEAR

    assert day_of(written, near, MONTHS) == (date(2001, 1, 1) if near is None else None)


def test_day_and_month_in_doubt_are_told_by_the_date_of_the_story() -> None:
    """03/04 is 3 April in a story of 1 April, 4 March in one of 5 March, and neither in June."""
    assert day_of("03/04", date(2026, 4, 1), MONTHS) == date(2026, 4, 3)
    assert day_of("03/04", date(2026, 3, 5), MONTHS) == date(2026, 3, 4)
    assert day_of("03/04", date(2026, 6, 5), MONTHS) is None


def test_without_a_date_of_the_story_only_a_stated_year_tells() -> None:
    """A dateline gives no year mostly."""
    assert day_of("March 26", None, MONTHS) is None
    assert day_of("March 26, 2026", None, MONTHS) == date(2026, 3, 26)


def test_the_credit_carries_the_day_and_where_the_agency_is_at_home() -> None:
    """Both stand beside the words as written."""
    story = Story(
        guid="invented",
        paragraphs=("ROBLEPUERTO, 24 abr (EFE).- El puerto abrió.", "Segundo."),
        version_created=datetime(2026, 4, 25, 1, tzinfo=UTC),
    )
    found = credit(story).dateline

    assert found is not None
    assert (found.date, found.day, found.country) == ("24 abr", date(2026, 4, 24), "ES")


@given(st.text(max_size=40), st.dates() | st.none())
def test_no_text_is_too_odd(written: str, near: date | None) -> None:
    """Any text gives a day or none."""
    day_of(written, near, MONTHS)
