"""What may be done with copy, and who says so."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from dateline_attribution.credits import credit
from dateline_schemas.credit import Rights, Term
from dateline_schemas.feeds import Contract
from dateline_schemas.story import Story, UsageRight

WHEN = datetime(2026, 3, 3, 12, tzinfo=UTC)
AFP = Story(guid="invented", provider="AFP", paragraphs=("Late again.",), version_created=WHEN)
TERMS = Contract(
    agency="AFP",
    trust="agency",
    copyright_holder="Agence France-Presse",
    usage_terms="Print and web.",
    territory=("DE", "AT"),
    archive="forbidden",
    rewriting="allowed",
    days=30,
)


def rights(story: Story, contract: Contract | None = None) -> Rights:
    """The rights of a story's credit."""
    found = credit(story, contract).rights
    assert found is not None
    return found


def test_the_contract_counts_where_the_message_is_silent() -> None:
    """Territory, end, archive, rewriting, each marked as the contract's."""
    got = rights(AFP, TERMS)

    assert got.holder == Term(value="Agence France-Presse", source="contract", where="copyright_holder")
    assert got.terms == Term(value="Print and web.", source="contract", where="usage_terms")
    assert got.territory == Term(value="DE,AT", source="contract", where="territory")
    assert got.expires == Term(value="2026-04-02T12:00:00Z", source="contract", where="days")
    assert got.archive == Term(value="forbidden", source="contract", where="archive")
    assert got.rewriting == Term(value="allowed", source="contract", where="rewriting")


def test_the_message_wins_over_the_contract() -> None:
    """Item by item."""
    story = msgspec.structs.replace(
        AFP,
        usage_terms="No archive. Not for rewriting or editing; must not be altered.",
        expires=datetime(2026, 3, 5, tzinfo=UTC),
        rights=(UsageRight(geography="Worldwide", holder="Bee"),),
    )
    got = rights(story, TERMS)

    assert got.expires == Term(value="2026-03-05T00:00:00Z", source="message", where="expires")
    assert got.territory == Term(value="Worldwide", source="message", where="rights[0]")
    assert got.holder == Term(value="Bee", source="message", where="rights[0]")
    assert got.archive == Term(value="forbidden", source="message", where="usage_terms")
    assert got.rewriting == Term(value="forbidden", source="message", where="usage_terms")


def test_the_agencys_own_terms_come_last() -> None:
    """And count for copy that is its alone."""
    alone = rights(msgspec.structs.replace(AFP, provider="GroundUp"))

    assert alone.rewriting == Term(value="forbidden", source="agency", where="GroundUp")
    assert alone.notice == Term(value="© 2026 GroundUp", source="agency", where="GroundUp")
    assert credit(Story(guid="x", paragraphs=("Late.", "Again.", "mit dpa"))).rights is None


def test_an_outlets_contract_owns_no_agencys_copy() -> None:
    """Copyright of the feed's owner is not put on AFP's text; its terms still hold."""
    outlet = Contract(
        agency="", trust="outlet", copyright_holder="Hafenblatt", usage_terms="Ask us.", archive="allowed"
    )
    got = rights(Story(guid="x", paragraphs=("OAKHAVEN (AFP) - Late.", "Again.")), outlet)

    assert got.holder == Term(value="AFP", source="agency", where="AFP")
    assert got.terms == Term(value="Ask us.", source="contract", where="usage_terms")


def test_nobody_says_anything() -> None:
    """Then there are no rights, and none are made up."""
    assert credit(Story(guid="x", paragraphs=("Late again.",))).rights is None
