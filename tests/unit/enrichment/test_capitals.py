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


def test_other_copy_stays_as_it_is() -> None:
    """A single small letter is enough."""
    copy = read(story(f"{SHOUTED} x"))
    assert in_sentence_case(copy, "en", atlas()) is copy
