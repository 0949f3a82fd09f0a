"""What the contract with a feed makes of its metadata, and what becomes of contradictions."""

from __future__ import annotations

import pytest

from dateline_attribution.credits import credit
from dateline_schemas.feeds import Contract, Trust
from dateline_schemas.story import Story

BODY = ("The ferry came late again.", "Nobody was surprised.", "It sails on Friday.")
SILENT = Story(guid="invented", paragraphs=BODY)
CONTRARY = Story(guid="invented", provider="AFP", paragraphs=("OAKHAVEN (Reuters) - Late.", *BODY))


@pytest.mark.parametrize(
    ("trust", "agencies", "review"), [("agency", ("AFP",), False), ("unknown", ("AFP",), True), ("outlet", (), False)]
)
def test_copy_of_an_agencys_feed_is_its_own_where_nothing_else_says(
    trust: Trust, agencies: tuple[str, ...], review: bool
) -> None:
    """Surely in a trusted feed, to be reviewed where nothing was agreed, not at all in an outlet's."""
    got = credit(SILENT, Contract(agency="AFP", trust=trust))

    assert (got.agencies, got.needs_review) == (agencies, review)


def test_a_contract_with_an_agency_that_nobody_knows_says_nothing() -> None:
    """Ids are the table's."""
    assert credit(SILENT, Contract(agency="Nobody", trust="agency")).agencies == ()


def test_the_text_outdoes_the_contract() -> None:
    """A dateline is better than whose feed it is; that they differ goes to a person."""
    got = credit(
        Story(guid="x", paragraphs=("OAKHAVEN (Reuters) - Late.", *BODY)), Contract(agency="AFP", trust="agency")
    )

    assert got.agencies == ("Reuters",)
    assert got.needs_review and "AFP" in got.reason


@pytest.mark.parametrize(("trust", "first"), [("agency", "AFP"), ("unknown", "AFP"), ("outlet", "Reuters")])
def test_in_an_outlets_feed_the_text_is_asked_first(trust: Trust, first: str) -> None:
    """Both agencies stay credited with their evidence; the reason says who leads and why."""
    got = credit(CONTRARY, Contract(trust=trust))

    assert got.agencies[0] == first
    assert set(got.agencies) == {"AFP", "Reuters"}
    assert {item.agency for item in got.evidence} == {"AFP", "Reuters"}
    assert got.needs_review and f"{first} leads" in got.reason


def test_a_message_that_names_another_agency_than_the_contract_goes_to_a_person() -> None:
    """The message counts."""
    got = credit(Story(guid="x", provider="Reuters", paragraphs=BODY), Contract(agency="AFP", trust="agency"))

    assert got.agencies == ("Reuters",)
    assert "by contract" in got.reason


def test_a_text_that_credits_another_agency_than_the_contract_goes_to_a_person() -> None:
    """The text counts, and the reason says of nobody that he is credited who is not."""
    got = credit(Story(guid="x", paragraphs=(*BODY, "(Reuters)")), Contract(agency="AFP", trust="agency"))

    assert got.agencies == ("Reuters",)
    assert got.reason.startswith("the feed is AFP's by contract") and got.reason.endswith("the text counts")


def test_trust_weighs_what_the_message_states() -> None:
    """The doubt about a statement is half in an agency's feed, and twice in an outlet's."""
    story = Story(guid="x", credits=(), creditline="AFP", paragraphs=BODY)
    sure = {
        trust: credit(story, Contract(trust=trust)).evidence[0].confidence for trust in ("agency", "unknown", "outlet")
    }

    assert sure["agency"] > sure["unknown"] > sure["outlet"]
    assert 1 - sure["agency"] == pytest.approx((1 - sure["unknown"]) / 2, abs=0.001)
