"""Copy in capitals throughout."""

from __future__ import annotations

from dateline_enrichment.analyse import facts
from dateline_enrichment.capitals import in_sentence_case
from dateline_enrichment.copytext import read
from dateline_enrichment.gazetteer import atlas
from dateline_schemas.credit import Credit
from dateline_schemas.story import Story

SHOUTED = "THE MINISTER MARGARET WALKER RESIGNED IN OSLO.  THE NATO ENVOY, A FRENCH GENERAL, LEFT NORWAY ON TUESDAY."


def story(text: str) -> Story:
    """A story of this text."""
    return Story(guid="capitals", language="en", paragraphs=(text,))


def test_copy_in_capitals_is_put_into_sentence_case() -> None:
    """Known names and the beginnings of sentences keep their capitals, an abbreviation all of them."""
    copy = in_sentence_case(read(story(SHOUTED)), "en", atlas())
    assert copy.body.startswith("The minister Margaret Walker resigned in Oslo.")
    assert "NATO envoy, a French general, left Norway on" in copy.body


def test_its_names_are_found() -> None:
    """As in any other copy."""
    found = facts(story(SHOUTED), Credit())
    assert [one.name for one in found.people] == ["Margaret Walker"]
    assert {one.name for one in found.places} >= {"Oslo", "Norway"}
    assert [one.name for one in found.organisations] == ["NATO"]


def test_a_verb_after_a_name_is_no_part_of_it() -> None:
    """Though ``Said`` is a surname as well."""
    found = facts(story("MARK TURNER SAID NO TO THE MEN IN TOWN."), Credit())
    assert [one.name for one in found.people] == ["Mark Turner"]


def test_a_body_called_by_a_common_word_is_not_told_from_it() -> None:
    """Bread is no party."""
    shouted = Story(guid="capitals", language="es", paragraphs=("AYER SUBIÓ DE PRECIO EL PAN DE CADA DÍA.",))
    assert facts(shouted, Credit()).organisations == ()


def test_other_copy_stays_as_it_is() -> None:
    """A single small letter is enough."""
    copy = read(story(f"{SHOUTED} x"))
    assert in_sentence_case(copy, "en", atlas()) is copy


def test_a_name_in_capitals_is_the_same_name() -> None:
    """One person, not two with one id."""
    text = "Jack Walker won the race. The winner JACK WALKER said he was glad."
    assert [(one.name, one.mentions) for one in facts(story(text), Credit()).people] == [("Jack Walker", 2)]
