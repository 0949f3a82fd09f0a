"""A page is a row of pictures where several parts of it end with a picture's credit."""

from __future__ import annotations

import pytest

from dateline_attribution.credits import credit
from dateline_schemas.credit import Credit
from dateline_schemas.story import Story

TEXT = (
    "The harbour had been closed since the spring, when two pontoons broke loose in a storm and drifted as far as the "
    "weir, and nobody in the old town had believed in its opening."
)


def credited(*lines: str, language: str = "en") -> Credit:
    """What follows from lines that stand among long paragraphs, each between two of them."""
    paragraphs = [TEXT, TEXT, TEXT]
    for line in lines:
        paragraphs += [line, TEXT]
    return credit(Story(guid="row", language=language, paragraphs=(*paragraphs, TEXT, TEXT, TEXT)))


def test_three_credits_are_a_row() -> None:
    """Each names who took the picture; all agencies are the pictures'."""
    said = credited("Ana Linde / AFP", "Boris Marlow, AP", "Carla Weir/Pool via REUTERS")

    assert said.pictures == ("AFP", "AP", "Reuters")
    assert not said.agencies


def test_two_credits_are_none() -> None:
    """A byline and a line below a text look the same."""
    assert not credited("Boris Marlow, AP", "Boris Marlow, AFP").pictures


def test_lines_of_sources_alone_are_none() -> None:
    """They sign the items of a digest as well."""
    assert not credited("Source: AFP", "Source: AP", "Source: Reuters").pictures


@pytest.mark.parametrize("counter", ["1 / 12", "3 von 12", "2/9"])
def test_a_counter_tells_pictures_from_items(counter: str) -> None:
    """Where pictures are counted, a source is a picture's."""
    assert credited(counter, "Source: AFP", "Source: AP", "Source: Reuters").pictures == ("AFP", "AP", "Reuters")


def test_a_picture_agency_tells_them_too() -> None:
    """It sells nothing else; two credits must say so."""
    said = credited("Source: AFP", "Source: Getty Images", "Source: AP/Getty Images")

    assert said.pictures == ("AFP", "Getty", "AP")


def test_a_review_of_the_press_is_no_row() -> None:
    """One item of it may name an outlet and an agency."""
    said = credited("Mayor: it will sail (RTV/Tanjug)", "Captain: it will not (SRNA)", "Council meets (MIA)")

    assert not said.pictures


def test_one_name_beside_several_agencies_is_an_outlet_s() -> None:
    """A photographer works for one of them; a paper signs each item of its digest with whose copy it is made of."""
    items = [f"Ferries wait in the outer basin for weather. (Quaypost/{one})" for one in ("Reuters", "AFP", "AP")]
    assert not credited(*items).pictures
    assert credited(*(item.replace("AFP", "AP").replace("Reuters", "AP") for item in items)).pictures == ("AP",)


def test_what_stands_before_the_credit_is_read_as_text() -> None:
    """A caption that quotes an agency cites it."""
    said = credited(
        "A clerk told Reuters that the pier is safe. Ana Linde / AFP",
        "Two ferries wait for better weather. Boris Marlow / AFP",
        "A gull on the roof of the town hall. Carla Weir / AFP",
    )

    assert said.pictures == ("AFP",)
    assert said.cited == ("Reuters",)


def test_copy_below_a_row_is_signed_once() -> None:
    """The line that signs it has no photographer."""
    lines = ("Ana Linde / AP", "Boris Marlow / AP", "Carla Weir / AP")
    said = credit(Story(guid="row", language="en", paragraphs=(TEXT, *lines, TEXT, TEXT, TEXT, TEXT, "AFP")))

    assert said.agencies == ("AFP",)
    assert said.pictures == ("AP",)
