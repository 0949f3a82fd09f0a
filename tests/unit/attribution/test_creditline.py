"""Why a credit line reads as it does: the house's rule, the language of its words, the claims that it rests on."""

from __future__ import annotations

import pytest

from dateline_attribution.credits import credit
from dateline_attribution.explain import explain, lines
from dateline_attribution.tableset import package_tables
from dateline_schemas.credit import LineEvidence
from dateline_schemas.story import Story

BODY = ("The ferry came late again.", "Nobody was surprised.", "It sails on Friday.", "So they say.")


@pytest.mark.parametrize(
    ("end", "language", "line", "rule", "spoken"),
    [
        ("AFP", "fr", "AFP", "creditline.names", ""),
        ("AFP", "zh", "法新社", "creditline.names", "zh"),
        ("sid/dpa", "de", "SID/dpa", "creditline.names", ""),
        ("mit AFP", "fr", "avec AFP", "creditline.with", "fr"),
        ("mit AFP", "xx", "with AFP", "creditline.with", "en"),
        ("mit Armenpress", "hy", "with Armenpress", "creditline.with", "en"),
        ("mit AFP", "ja", "AFPの報道を基に作成", "creditline.with", "ja"),
        ("With files from The Canadian Press", "en", "With files from The Canadian Press", "creditline.asked", "en"),
        ("With agencies", "de", "mit Agenturen", "creditline.with", "de"),
    ],
)
def test_a_line_says_by_which_rule_and_in_whose_words_it_reads_so(
    end: str, language: str, line: str, rule: str, spoken: str
) -> None:
    """English where the house has no words in the language; no language where the words are the same in all."""
    got = credit(Story(guid="invented", paragraphs=(*BODY, end)), language=language)

    assert got.credit_line == line
    assert got.credit_line_evidence is not None
    assert (got.credit_line_evidence.rule, got.credit_line_evidence.language) == (rule, spoken)


def test_a_line_rests_on_the_surest_claim_of_each_agency() -> None:
    """In the order in which they are printed; it is as sure as the least sure of them."""
    got = credit(
        Story(
            guid="invented", provider="AFP", byline="By Jane Roe, Reuters", paragraphs=("OAKHAVEN (AFP) - Late.", *BODY)
        )
    )
    why = got.credit_line_evidence
    assert why is not None and len(why.rests_on) == len(got.agencies) == 2
    for agency, nth in zip(got.agencies, why.rests_on, strict=True):
        others = [claim.confidence for claim in got.evidence if (claim.agency, claim.means) == (agency, "copy")]
        assert got.evidence[nth].agency == agency and got.evidence[nth].means == "copy"
        assert got.evidence[nth].confidence == max(others)
    assert why.confidence == min(got.evidence[nth].confidence for nth in why.rests_on)


def test_a_picture_of_the_agency_is_not_what_the_line_rests_on() -> None:
    """Nor a citation."""
    end = "Photo: AFP/Jane Roe"
    got = credit(Story(guid="invented", paragraphs=(*BODY, end, "Source: AFP")))
    why = got.credit_line_evidence

    assert got.pictures == ("AFP",) and why is not None
    assert [got.evidence[nth].means for nth in why.rests_on] == ["copy"]


def test_a_line_that_the_message_states_says_so() -> None:
    """It is kept where nobody in the book is credited."""
    got = credit(Story(guid="invented", creditline="Oakhaven Press Office", paragraphs=BODY))

    assert got.credit_line_evidence == LineEvidence(rule="creditline.stated", where="creditline", confidence=1.0)
    assert "line      Oakhaven Press Office (creditline.stated, creditline, 1.00)" in lines(
        explain(Story(guid="invented", creditline="Oakhaven Press Office", paragraphs=BODY))
    )


def test_no_line_has_no_evidence() -> None:
    """Nothing is claimed."""
    got = credit(Story(guid="invented", paragraphs=BODY))

    assert (got.credit_line, got.credit_line_evidence) == ("", None)


def test_an_explanation_says_why_the_line_reads_so() -> None:
    """The house's rule, the language, the claims and how sure they are."""
    story = Story(guid="invented", paragraphs=(*BODY, "mit AFP"))
    why = credit(story, language="fr").credit_line_evidence
    said = tuple(lines(explain(story, language="fr")))

    assert why is not None
    assert f"line      avec AFP (creditline.with, in fr, ending.with in paragraphs[4], {why.confidence:.2f})" in said


@pytest.mark.parametrize(("agency", "named"), [("AFP", "AFP"), ("Reuters", "Reuters"), ("agencies", "generic")])
@pytest.mark.parametrize("language", sorted(package_tables().rules.phrases.with_))
def test_what_the_house_prints_is_read_as_what_was_meant(language: str, agency: str, named: str) -> None:
    """In every language that it has words in: below another's text, that the agency's material is in it."""
    printed = credit(Story(guid="invented", paragraphs=(*BODY, f"With {agency}")), language=language).credit_line
    again = credit(Story(guid="printed", language=language, paragraphs=(*BODY, f"({printed})")))

    assert (again.agencies, again.role) == ((named,), "with")


def test_every_language_has_a_word_for_unnamed_agencies() -> None:
    """A phrase in one language around a word in another is no credit."""
    phrases = package_tables().rules.phrases

    assert phrases.with_.keys() == phrases.unnamed.keys()
