"""What a credit promises: evidence that can be checked, one answer for one story, doubt said aloud."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.agencies import Agency, AgencyBook
from dateline_attribution.credits import credit
from dateline_attribution.tableset import package_tables
from dateline_schemas.story import CreditElement, Story

BODY = ("The ferry came late again.", "Nobody on the pier was surprised.", "It sails on Friday.")
PLAIN = ["ferry", "harbour", "clerk", "pier", "Jane", "Roe", "late", "2026", "said", "told", "with", "by", *"()/"]
WORDS = st.sampled_from(PLAIN)
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
BODIES = st.lists(PARAGRAPH, min_size=1, max_size=12).map(tuple)


def story(*paragraphs: str, **fields: object) -> Story:
    """A story of invented paragraphs."""
    return msgspec.structs.replace(Story(guid="invented", paragraphs=paragraphs), **fields)  # type: ignore[arg-type]


@given(BODIES)
def test_a_story_that_names_no_agency_credits_none(body: tuple[str, ...]) -> None:
    """No agency name, no agency."""
    got = credit(story(*body))

    assert (got.agencies, got.cited, got.pictures, got.evidence) == ((), (), (), ())
    assert got.role == "none"


@given(BODIES)
def test_a_bare_last_line_credits_whatever_stands_above(body: tuple[str, ...]) -> None:
    """``AFP`` alone under any text makes it AFP's."""
    assert credit(story(*body, "AFP")).agencies == ("AFP",)


@given(
    st.lists(st.sampled_from([*PLAIN, "AFP", "(AFP)", "dpa", "Reuters", "©", "Photo:", "AP"]), max_size=40).map(
        " ".join
    )
)
def test_evidence_quotes_the_story(text: str) -> None:
    """Every quotation stands letter for letter where the evidence says, and is no longer than 200 characters."""
    got = credit(story(text, *BODY, text))

    for item in got.evidence:
        assert item.where in ("paragraphs[0]", "paragraphs[4]")
        assert item.text in text
        assert 0 < len(item.text) <= 200
    assert len(got.evidence) <= 12
    assert [item.confidence for item in got.evidence] == sorted(
        (item.confidence for item in got.evidence), reverse=True
    )


@given(BODIES, st.sampled_from(["", "en", "de", "ja", "xx"]))
def test_the_same_story_gives_the_same_credit(body: tuple[str, ...], language: str) -> None:
    """Byte for byte: replay is a proof."""
    given_story = story(*body, "mit dpa", language=language)

    assert msgspec.json.encode(credit(given_story)) == msgspec.json.encode(credit(given_story))


def test_every_agency_of_a_credit_has_evidence() -> None:
    """No claim without a reason, for copy, citation and picture alike."""
    got = credit(
        story(*BODY, "The clerk told Reuters so.", "With files from The Canadian Press", language="en",
              credits=(CreditElement(where="picture", value="EPA/JANE ROE"),))
    )  # fmt: skip

    shown = {(item.agency, item.means) for item in got.evidence}
    assert shown == {("Canadian Press", "copy"), ("Reuters", "cited"), ("EPA", "picture")}


def test_an_exact_text_keeps_its_quotation_marks_and_spaces() -> None:
    """Matching unifies spellings; evidence does not."""
    cited = "Der Hafenmeister sagte der\u00a0Deutschen\u00a0Presse\u2011Agentur nichts."

    got = credit(story(*BODY, cited, "avec l\u2019AFP", language="de"))

    assert (got.agencies, got.cited) == (("AFP",), ("dpa",))
    assert "avec l\u2019AFP" in {item.text for item in got.evidence}
    assert any("Deutschen\u00a0Presse\u2011Agentur" in item.text for item in got.evidence)


def test_a_message_of_one_agency_with_the_dateline_of_another_goes_to_a_person() -> None:
    """Both stay credited, the sender first, and the reason names both."""
    got = credit(story("OAKHAVEN, March 3 (Reuters) - The ferry came late.", *BODY, provider="AFP"))

    assert got.agencies == ("AFP", "Reuters")
    assert got.needs_review
    assert "AFP" in got.reason and "Reuters" in got.reason


def test_a_message_whose_credit_line_names_another_agency_goes_to_a_person() -> None:
    """Provider and credit line contradict each other."""
    got = credit(story(*BODY, provider="AFP", creditline="Reuters"))

    assert got.needs_review


@pytest.mark.parametrize("creditline", ["AFP", "STT–AFP", ""])
def test_a_credit_line_that_has_the_sender_needs_no_person(creditline: str) -> None:
    """Relays name both; that is no contradiction."""
    assert not credit(story(*BODY, provider="AFP", creditline=creditline)).needs_review


def test_a_dateline_that_names_sender_and_source_needs_no_person() -> None:
    """``(SID)`` in AFP's service is AFP's own."""
    assert not credit(story("Eichhafen (SID) - Zu spät.", *BODY, provider="AFP")).needs_review


def test_an_agency_that_only_speaks_as_a_source_is_not_credited_and_not_doubted() -> None:
    """``According to AFP`` is a citation, whatever the language tag."""
    got = credit(story("The ferry was late, according to AFP.", *BODY))

    assert (got.agencies, got.cited, got.needs_review) == ((), ("AFP",), False)


def test_a_copyright_line_credits_nobody_whom_a_better_statement_leaves_out() -> None:
    """Who owns the page need not have written the story."""
    got = credit(story(*BODY, "© 2026 The Canadian Press", byline="By Jane Roe The Associated Press"))

    assert got.agencies == ("AP",)


@pytest.mark.parametrize(
    ("end", "language", "line"),
    [
        ("AFP", "fr", "AFP"),
        ("mit dpa", "de", "mit dpa"),
        ("avec AFP", "fr-FR", "avec AFP"),
        ("With files from The Associated Press", "en", "with AP"),
        ("con información de EFE", "es", "con información de EFE"),
        ("mit dpa", "en", "with dpa"),
        ("APA/dpa", "de", "APA/dpa"),
        ("(avec agences)", "fr", "avec agences"),
        ("red, Hafenblatt.at/Agenturen", "de", "mit Agenturen"),
        ("The Canadian Press", "en", "The Canadian Press"),
        ("mit dpa", "xx", "with dpa"),
    ],
)
def test_the_credit_line_is_in_the_outlets_language(end: str, language: str, line: str) -> None:
    """House form of the agency; ``with`` in the outlet's words, English where there are none."""
    assert credit(story(*BODY, end), language=language).credit_line == line


def test_copy_of_an_unknown_provider_keeps_its_own_credit_line() -> None:
    """What a message asks for is printed even if nobody knows who that is."""
    assert credit(story(*BODY, creditline="Oakhaven Press Office")).credit_line == "Oakhaven Press Office"


def test_rights_come_from_the_message_and_else_from_the_agency() -> None:
    """The year is the version's; terms are the message's or the agency's public ones."""
    when = datetime(2026, 3, 3, tzinfo=UTC)

    own = credit(story(*BODY, "Kyodo", version_created=when))
    stated = credit(story(*BODY, "AP", copyright_holder="Bee", copyright_notice="© Bee", usage_terms="Ask."))

    assert (own.copyright_holder, own.copyright_notice, own.usage_terms) == ("Kyodo", "© 2026 Kyodo", "")
    assert (stated.copyright_holder, stated.copyright_notice, stated.usage_terms) == ("Bee", "© Bee", "Ask.")


def test_another_book_gives_another_credit() -> None:
    """Agencies are rows: a new one needs no code."""
    book = AgencyBook([Agency(id="OPA", names=("Oakhaven Press Agency",), weak=("OPA",), source="invented")])
    other = msgspec.structs.replace(package_tables(), book=book)

    assert credit(story("OAKHAVEN (OPA) - Late again.", *BODY), tables=other).agencies == ("OPA",)
    assert credit(story(*BODY, "AFP"), tables=other).agencies == ()


def test_a_private_character_from_outside_is_no_mention() -> None:
    """Shapes use private characters for mentions; a text that holds them fools nobody."""
    assert credit(story(*BODY, "\ue000")).agencies == ()
    assert credit(story("OAKHAVEN (\ue000) - Late AFP again.", *BODY)).agencies == ()


def test_a_long_list_of_agencies_takes_no_long_time() -> None:
    """A paragraph of nothing but names is bounded work, and no crash."""
    got = credit(story("AFP/" * 5000, *BODY, "AFP, dpa, " * 5000))

    assert len(got.evidence) <= 12


def test_the_rules_have_a_version_made_from_the_tables() -> None:
    """``attribution/<n>.<8 hex>``."""
    version = package_tables().version
    name, _, digits = version.partition("/")[2].partition(".")

    assert version.startswith("attribution/") and name.isdigit()
    assert len(digits) == 8 and int(digits, 16) >= 0


def test_every_row_of_the_book_is_found_by_its_own_id() -> None:
    """A code of any agency, in any case and behind any scheme, means that agency."""
    for agency in package_tables().book.agencies:
        if agency.kind != "generic":
            assert package_tables().book.by_code(f"nprov:{agency.id.upper()}") is agency
