"""Bodies that a text gives together with their abbreviations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_enrichment.abbreviated import abbreviated
from dateline_enrichment.analyse import facts
from dateline_schemas.credit import Credit
from dateline_schemas.story import Story


def organisations(text: str, language: str = "en") -> dict[str, int]:
    """Names -> mentions of the organisations of a text."""
    story = Story(guid="abbreviated", language=language, paragraphs=(text,))
    return {one.name: one.mentions for one in facts(story, Credit()).organisations}


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("Talks with the Union of Lighthouse Keepers (ULK) failed.", "Union of Lighthouse Keepers", "ULK"),
        ("La Federación Andina de Remo (FAR) calló.", "Federación Andina de Remo", "FAR"),
        ("The BRW (Bureau of Rural Wells) agreed.", "Bureau of Rural Wells", "BRW"),
        ("Clerks of the Reef Protection Authority (Repa) left.", "Reef Protection Authority", "Repa"),
        ("El Servicio Costero de Faros (Secofa) calló.", "Servicio Costero de Faros", "Secofa"),
        ("Clerks of the Reef Protection Authority (Rota) left.", "", ""),
    ],
)
def test_the_first_letters_of_the_words_make_the_abbreviation(text: str, name: str, short: str) -> None:
    """Or their first syllables. Small words between them may be passed over; letters within one count for nothing."""
    assert [(one.name, one.short) for one in abbreviated(text)] == ([(name, short)] if name else [])


def test_what_is_no_body_is_none() -> None:
    """A stadium, a measure or a rank may be abbreviated too."""
    assert abbreviated("Gross Village Product (GVP) rose at the Old Harbour Arena (OHA).") == []


def test_the_abbreviation_alone_is_the_same_body() -> None:
    """It is counted with the name in full, also where the text begins with it."""
    text = "NRC staff left. The Northern Relief Council (NRC) met."
    assert [one.mentions(text) for one in abbreviated(text)] == [[(0, 3), (45, 48)]]
    assert organisations("The Northern Relief Council (NRC) met. NRC staff left, NRC said.") == {
        "Northern Relief Council": 4
    }


def test_what_the_text_says_counts_before_what_editors_keep() -> None:
    """The same letters may be another body's here."""
    assert organisations("The New Agrarian Social Alliance (NASA) won. NASA will govern.") == {
        "New Agrarian Social Alliance": 3
    }


def test_a_kept_name_at_the_end_of_another_is_not_meant() -> None:
    """A party that is called like a known one with a word before it is a party of its own."""
    assert set(organisations("Members of the Harvest Democratic Party marched.")) == {"Harvest Democratic Party"}
    assert set(organisations("Members of the British Labour Party marched.")) == {"Labour Party"}


@settings(deadline=None)
@given(st.text(alphabet="ABCabc ()-'.,é中\n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Brackets and letters in any order break nothing, and what is found stands in the text."""
    for one in abbreviated(text):
        assert text[one.start : one.end] == one.name
        assert all(text[start:end] == one.short for start, end in one.mentions(text))


def test_a_body_that_is_explained_again_is_counted_once() -> None:
    """Wires explain an abbreviation in the summary and once more in the text: each place that has it is one mention."""
    told = "The Northern Relief Council (NRC) met. The Northern Relief Council (NRC) went on. NRC staff left."
    assert organisations(told) == {"Northern Relief Council": 5}
