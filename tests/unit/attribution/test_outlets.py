"""An outlet that names itself beside an agency says that the copy is its own, with the agency's material."""

from __future__ import annotations

import pytest

from dateline_attribution.credits import credit
from dateline_schemas.story import CreditElement, Story

BODY = ("The ferry came late again.", "Nobody on the pier was surprised.", "It sails on Friday.")


def role(byline: str, publisher: str, guid: str = "https://www.port.example/ferry", end: str = "") -> str:
    """The role of the agency in a page with this byline."""
    stated = (CreditElement(where="publisher", value=publisher),) if publisher else ()
    paragraphs = (*BODY, end) if end else BODY
    return credit(Story(guid=guid, byline=byline, credits=stated, paragraphs=paragraphs)).role


@pytest.mark.parametrize(
    ("byline", "publisher"),
    [
        ("Port Post/AFP", "Port Post"),
        ("Hafenblatt, dpa", "Hafenblatt.example"),
        ("port.example / AFP", "The Post"),
        ("AFP/PP", "Port Post"),
    ],
)
def test_the_outlet_beside_the_agency_makes_it_material(byline: str, publisher: str) -> None:
    """By the name that the page gives its publisher, or by its host."""
    assert role(byline, publisher) == "with"


def test_the_outlet_in_the_end_line_counts_too() -> None:
    """Where the byline says nothing of it."""
    assert role("", "Hafenblatt", end="Quelle: Hafenblatt, dpa, AFP, jm") == "with"


@pytest.mark.parametrize(
    ("byline", "publisher"),
    [
        ("AFP", "Port Post"),
        ("La Presse Canadienne", "La Presse"),
        ("Reuters", "Reuters News"),
        ("AFP", ""),
        ("Reported by AFP", "Post"),
    ],
)
def test_an_agency_alone_wrote_it_all(byline: str, publisher: str) -> None:
    """So it did where the outlet's name is part of the agency's, or another word holds it, or the agency publishes."""
    assert role(byline, publisher) == "sole"
