"""Names with what their scripts write onto them."""

from __future__ import annotations

import pytest

from dateline_attribution.mentions import finder_of
from dateline_attribution.tables import TableError
from dateline_attribution.tableset import package_tables
from dateline_attribution.wordends import parse_scripts

FINDER = finder_of(package_tables().book)


def named(text: str) -> list[tuple[str, str]]:
    """Agencies with the words that name them."""
    return [(each.agency.id, text[each.start : each.end]) for each in FINDER.find([text]).get(0, ())]


@pytest.mark.parametrize(
    ("text", "agency", "words"),
    [
        ("сообщили «Интерфаксу» вчера", "Interfax", "«Интерфаксу»"),
        ("кореспонденту Укрінформу", "Ukrinform", "Укрінформу"),
        ("রয়টার্সকে বলেন", "Reuters", "রয়টার্সকে"),
        ("ராய்ட்டர்ஸிடம் கூறினார்", "Reuters", "ராய்ட்டர்ஸிடம்"),
        ("„როიტერის“ ცნობით", "Reuters", "„როიტერის“"),
        ("ולרויטרס נמסר", "Reuters", "רויטרס"),
        ("ولرويترز قال", "Reuters", "رويترز"),
        ("የሮይተርስ ዘገባ", "Reuters", "ሮይተርስ"),
        ("สำนักข่าวรอยเตอร์รายงานว่า", "Reuters", "รอยเตอร์"),
        ("路透社报道", "Reuters", "路透社"),
    ],
)
def test_a_name_is_found_with_what_is_written_onto_it(text: str, agency: str, words: str) -> None:
    """Endings of cases and quotation marks belong to it, ``and`` and ``to`` do not; some scripts leave no gap."""
    assert named(text) == [(agency, words)]


@pytest.mark.parametrize("text", ["Кабарда", "интерфаксимиле", "רויטרסים", "रायटरी", "XReuters", "Reutersville"])
def test_a_longer_word_is_no_name(text: str) -> None:
    """Letters that are no ending make another word, and so do vowels that are marks."""
    assert named(text) == []


def test_an_abbreviation_in_brackets_belongs_to_the_name_before_it() -> None:
    """It names nobody else."""
    text = "African News Agency (ANA) reports"

    assert named(text) == [("African News Agency", "African News Agency (ANA)")]


def test_a_table_of_scripts_that_cannot_be_read_is_named() -> None:
    """With what is wrong in it."""
    with pytest.raises(TableError, match=r"scripts\.toml"):
        parse_scripts("[[script]]\nname = 3")
