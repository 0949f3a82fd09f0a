"""What each agency of a credit has to do with the text."""

from __future__ import annotations

from dateline_attribution.credits import credit
from dateline_schemas.credit import AgencyShare
from dateline_schemas.story import Story

BODY = ("The ferry came late again.", "Nobody was surprised.", "It sails on Friday.", "So they say.")


def shares(*paragraphs: str, **fields: str) -> tuple[AgencyShare, ...]:
    """The shares of a story's credit."""
    return credit(Story(guid="invented", paragraphs=paragraphs, **fields)).shares


def test_copy_of_one_agency_is_its_alone() -> None:
    """A dateline."""
    assert shares("OAKHAVEN (AFP) - Late.", *BODY) == (AgencyShare(agency="AFP", role="sole"),)


def test_several_agencies_are_on_a_par() -> None:
    """An end line of two."""
    assert shares(*BODY, "sid/dpa") == (
        AgencyShare(agency="SID", role="among"),
        AgencyShare(agency="dpa", role="among"),
    )


def test_staff_copy_uses_each_agency() -> None:
    """``mit``."""
    assert shares(*BODY, "mit AFP und dpa", language="de") == (
        AgencyShare(agency="AFP", role="with"), AgencyShare(agency="dpa", role="with"),
    )  # fmt: skip


def test_an_agencys_own_copy_may_use_another_ones() -> None:
    """The one that wrote it is left alone."""
    got = shares("OAKHAVEN (AFP) - Late.", *BODY, "With files from The Canadian Press", provider="AFP")

    assert got == (AgencyShare(agency="AFP", role="sole"), AgencyShare(agency="Canadian Press", role="with"))


def test_a_translation_is_of_the_agency_it_names_and_else_of_all() -> None:
    """``Translated from EFE``; ``Traducido por``."""
    named = shares(*BODY, "Translated from EFE by Jane Roe")
    every = shares(*BODY, "Traducido por Juana Corzo", byline="AFP", language="es")

    assert [share.agency for share in named if share.translated] == ["EFE"]
    assert every == (AgencyShare(agency="AFP", role="sole", translated=True),)


def test_a_treatment_says_where_the_text_tells_of_it() -> None:
    """Field, character, exact words, rule; whose copy is meant only where it is named."""
    said = "Text: Translated from EFE by Jane Roe"
    named = credit(Story(guid="invented", byline="EFE", paragraphs=(*BODY, said))).treatments
    every = credit(Story(guid="invented", byline="AFP", paragraphs=(*BODY, "(gekürzt)"), language="de")).treatments

    assert [(one.does, one.where, one.start, one.text, one.agency) for one in named] == [
        ("translated", "paragraphs[4]", 6, "Translated from EFE", "EFE")
    ]
    assert [(one.does, one.text, one.agency) for one in every] == [("rewritten", "(gekürzt)", "")]
    assert named[0].rule == "translated.en" and 0 < named[0].confidence <= 1


def test_a_story_about_a_translation_is_none() -> None:
    """Only credits say how copy was treated."""
    story = "The book, translated from the Spanish by a clerk of the harbour, was read by nobody on the pier, " * 4
    assert shares("OAKHAVEN (AFP) - Late.", story, *BODY) == (AgencyShare(agency="AFP", role="sole"),)
