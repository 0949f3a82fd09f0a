"""Persons of a byline: names, places, roles; never an agency."""

from __future__ import annotations

import pytest

from dateline_attribution.bylines import authors as authors_of
from dateline_attribution.tableset import package_tables
from dateline_schemas.story import Author, CreditElement, Story


def authors(story: Story) -> tuple[Author, ...]:
    """By the package's tables."""
    return authors_of(story, package_tables().book, package_tables().bylines)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By JANE ROE", ["Jane Roe"]),
        ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("Jane Roe, John Doe, The Associated Press", ["Jane Roe", "John Doe"]),
        ("By Jane Roe, Press Association Political Correspondent", ["Jane Roe"]),
        ("Von Johanna Reh und Karl Kranich, dpa", ["Johanna Reh", "Karl Kranich"]),
        ("Par Jeanne Chevreuil (AFP)", ["Jeanne Chevreuil"]),
        ("Por Juana Corzo y Juan Ciervo", ["Juana Corzo", "Juan Ciervo"]),
        ("Jane Roe and AP", ["Jane Roe"]),
        ("By Associated Press", []),
        ("Deutsche Presse-Agentur, HB-Redaktion", []),
        ("Staff Reporter", []),
        ("jane.roe@example.org", []),
        ("Text: Johanna Reh", ["Johanna Reh"]),
        ("Jane Roe Jane Roe", ["Jane Roe Jane Roe"]),
        ("", []),
    ],
)
def test_persons_are_split_out_of_a_byline(byline: str, names: list[str]) -> None:
    """Words of authorship, agencies and desks fall away."""
    assert [author.name for author in authors(Story(guid="x", byline=byline))] == names


def test_a_place_belongs_to_the_person_before_it() -> None:
    """``Jane Roe in Oakhaven``."""
    assert authors(Story(guid="x", byline="Jane Roe in Oakhaven")) == (
        Author(name="Jane Roe", place="Oakhaven"),
    )


def test_closing_credits_give_reporters_and_editors() -> None:
    """``(Reporting by A and B in C; Editing by D)`` under the text."""
    line = "(Reporting by Jane Roe and John Doe in Elmport; Editing by Ann Hind)"
    got = authors(Story(guid="x", byline="By Jane Roe", paragraphs=("Late again.", line)))

    assert got == (
        Author(name="Jane Roe"),
        Author(name="John Doe", role="reporter", place="Elmport"),
        Author(name="Ann Hind", role="editor"),
    )


def test_authors_stated_apart_count_where_there_is_no_byline() -> None:
    """Agencies among them are passed over."""
    credits = (CreditElement(where="author", value="Reuters"), CreditElement(where="author", value="Johanna Reh"))

    assert [author.name for author in authors(Story(guid="x", credits=credits))] == ["Johanna Reh"]
