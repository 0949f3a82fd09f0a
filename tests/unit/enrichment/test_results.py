"""Teams that lines of results name."""

from __future__ import annotations

import pytest

from dateline_enrichment.analyse import facts
from dateline_schemas.credit import Credit
from dateline_schemas.facts import Facts
from dateline_schemas.story import Story

MATCH = "The league match went to penalties after the goalkeeper saved twice, and the coach praised the striker."


def told(*lines: str, language: str = "en") -> Facts:
    """Facts of a story about a match, with these lines after its first."""
    return facts(Story(guid="invented", language=language, paragraphs=(MATCH, *lines)), Credit())


def bodies(*lines: str) -> list[str]:
    """The organisations of such a story, in the order of the alphabet."""
    return sorted(one.name for one in told(*lines).organisations)


@pytest.mark.parametrize(
    "line",
    ["Lens 2 Velatron Stars 1", "Lens 2-1 Velatron Stars", "Lens - Velatron Stars 2:1", "Lens - Velatron Stars : 2-1",
     "Lens 2 - Velatron Stars 1", "Lens 2 x 1 Velatron Stars", "Lens, 2-1 Velatron Stars"],
)  # fmt: skip
def test_a_line_of_results_names_two_teams(line: str) -> None:
    """In the ways in which agencies write one."""
    assert bodies(line) == ["Lens", "Velatron Stars"]


def test_a_team_is_one_throughout_and_its_town_is_a_place_after_a_word_of_place() -> None:
    """Its mentions in the sentences count, but not ``in Bochum``."""
    found = told("Lens 2 Bochum 1", "Lens won again. They had slept badly in Bochum.")

    assert {one.name: one.mentions for one in found.organisations} == {"Lens": 2, "Bochum": 1}
    assert [place.name for place in found.places] == ["Bochum"]


@pytest.mark.parametrize(
    "line",
    ["Brazil 2 Chile 1", "England 2 Wales 0", "Jane Roe 6 Paris 4", "Roe - Poe 6-4", "Lens 12 14 8 -- 34",
     "Lens - Bochum", "Chapter 12", "Lens 1.20 Bochum 2.40", "Stage 5 Lyon 120", "Stage 5: Lyon - Grenoble 182"],
)  # fmt: skip
def test_countries_people_and_other_lines_are_no_teams(line: str) -> None:
    """Nor does a line tell anything whose two names are both unknown."""
    assert bodies(line) == []


def test_players_by_their_surnames_are_no_teams() -> None:
    """Lima and Paris are towns, but the text has Jane Paris."""
    assert bodies("Jane Paris beat Ana Lima.", "Lima - Paris 6-4") == []


def test_what_the_text_names_in_full_is_one_team() -> None:
    """Bochum in a line is VfL Bochum of the sentences."""
    assert bodies("Lens - Bochum 0-1", "VfL Bochum were lucky.") == ["Lens", "VfL Bochum"]


def test_where_one_line_begins_with_a_town_others_may_begin_with_what_no_table_knows() -> None:
    """Both lines are of the same form."""
    assert bodies("Lens 2 Lille 1", "Velatron 0 Lyon 3") == ["Lens", "Lille", "Lyon", "Velatron"]


def test_without_sport_a_line_with_numbers_names_nobody() -> None:
    """A table of votes has towns and numbers, too."""
    votes = Story(guid="invented", language="en", paragraphs=("The council counted the votes.", "Lens 12 Bochum 14"))

    assert facts(votes, Credit()).organisations == ()
