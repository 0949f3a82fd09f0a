"""A decision explained line by line."""

from __future__ import annotations

from dateline_attribution.credits import credit
from dateline_attribution.explain import explain, lines
from dateline_schemas.feeds import Contract
from dateline_schemas.story import CreditElement, Story

STORY = Story(
    guid="urn:newsml:afp.com:1",
    provider="AFP",
    language="en",
    paragraphs=(
        "OAKHAVEN, March 26 (AFP) - The ferry came late.",
        "A clerk told Reuters so, and nobody else did.",
        "The Associated Press building stands by the pier.",
        "Traduit de l'anglais par Jeanne Chevreuil",
    ),
    credits=(CreditElement(where="picture", value="Jane Roe / EPA"),),
)


def test_the_explanation_ends_in_the_same_credit() -> None:
    """With the rules that made it."""
    found = explain(STORY)

    assert found.credit == credit(STORY)
    assert found.rules.startswith("attribution/")


def test_every_agency_that_is_named_has_a_step_with_its_verdict() -> None:
    """Copy, citation, picture, and the one that is only named in passing."""
    steps = {(step.agency, step.means): step for step in explain(STORY).steps}

    assert "leads" in steps["AFP", "copy"].verdict or "bears out" in steps["AFP", "copy"].verdict
    assert "cited" in steps["Reuters", "cited"].verdict
    assert "picture" in steps["EPA", "picture"].verdict
    assert steps["AP", "none"].rule == "" and "in passing" in steps["AP", "none"].verdict


def test_the_lines_tell_everything_that_the_credit_says() -> None:
    """Who, cited, pictures, line, dateline, rights with their source, review."""
    text = "\n".join(lines(explain(STORY, Contract(agency="AFP", trust="agency", archive="forbidden"))))

    for said in (
        "copy      AFP [sole, translated] (sole)", "cited     Reuters", "pictures  EPA", "line      AFP",
        "archive   forbidden (from contract: archive)", "review    no", "dateline.brackets", "OAKHAVEN",
    ):  # fmt: skip
        assert said in text


def test_the_lines_tell_what_makes_it_others_text_and_whom_persons_are_put_with() -> None:
    """A rule that says ``with``, and a person with place and agency."""
    story = Story(guid="x", byline="Jane Roe in Oakhaven (AFP)", paragraphs=("Late.", "With files from dpa"))
    text = "\n".join(lines(explain(story)))

    assert "dpa: ending.with: copy (with)" in text
    assert "authors   Jane Roe (author, in Oakhaven, AFP)" in text


def test_every_claim_has_its_place_in_the_story() -> None:
    """Agencies, citations and persons by field and character, the dateline by what is cut, a name in capitals too."""
    lead = "OAKHAVEN, March 26 (AFP) - Late again, a clerk told Reuters."
    texts = (lead, "No one was hurt.", "Edited by Ann Hind")
    story = Story(guid="x", language="en", byline="By JANE ROE", paragraphs=texts)
    found = explain(story)
    text = "\n".join(lines(explain(story)))

    assert all(lead[step.start :].startswith(step.text) for step in found.steps if step.where == "paragraphs[0]")
    assert "Jane Roe: 'JANE ROE' in byline at 3 (bylines.byline, 0." in text
    assert "Ann Hind: 'Ann Hind' in paragraphs[2] at 10 (bylines.labelled, 0." in text
    assert "27 characters cut (datelines.brackets, 0." in text and "paragraphs[0] at 47: 'told Reuters'" in text


def test_a_statement_of_last_resort_says_why_it_did_not_count() -> None:
    """Somebody else's copyright line beside a byline."""
    story = Story(
        guid="x", byline="By Jane Roe The Associated Press", paragraphs=("Late.", "© 2026 The Canadian Press")
    )
    verdicts = {step.agency: step.verdict for step in explain(story).steps}

    assert "only where nothing else credits copy" in verdicts["Canadian Press"]
