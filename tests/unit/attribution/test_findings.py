"""What counts where nothing better is found: forms by which an agency is known, identifiers, contracts."""

from __future__ import annotations

import pytest

from dateline_attribution.credits import credit
from dateline_schemas.story import CreditElement, Story

SIGNED = "(Reporting by Jane Roe in Port Selwyn; Editing by John Poe)"
BODY = ("The ferry came late again.", "Nobody on the pier was surprised.")


@pytest.mark.parametrize(
    ("paragraphs", "agencies", "cited"),
    [
        ((*BODY, SIGNED), ("Reuters",), ()),
        ((*BODY, "It sails on Friday, its master told AFP.", SIGNED), ("Reuters",), ("AFP",)),
        ((*BODY, SIGNED, "AP"), ("AP",), ()),
    ],
)
def test_a_form_that_only_one_agency_has_counts_where_none_is_credited(
    paragraphs: tuple[str, ...], agencies: tuple[str, ...], cited: tuple[str, ...]
) -> None:
    """An agency that is cited is not credited; one that is named as the source is, and the form says nothing then."""
    found = credit(Story(guid="invented", paragraphs=paragraphs))
    assert (found.agencies, found.cited) == (agencies, cited)


def test_an_identifier_tells_whose_copy_it_is_where_nothing_else_does() -> None:
    """A name in the text wins over it."""
    plain = credit(Story(guid="tag:afp.com,2026:1", paragraphs=BODY))
    assert (plain.agencies, [one.rule for one in plain.evidence]) == (("AFP",), ["guid.domain"])
    named = credit(Story(guid="tag:afp.com,2026:1", paragraphs=(*BODY, "AP")))
    assert named.agencies == ("AP",)


def test_what_is_quoted_as_evidence_is_what_stands_in_the_story() -> None:
    """Without blanks around it, at most 200 characters, and where it begins."""
    long = f"(Additional reporting by {'Jane Roe, ' * 20}John Poe; Editing by Ann Moe)"
    for closing in (SIGNED, f"  {SIGNED}  ", long):
        story = Story(guid="invented", paragraphs=(*BODY, closing))
        [evidence] = credit(story).evidence
        assert evidence.text == evidence.text.strip()
        assert len(evidence.text) <= 200
        assert evidence.text in closing


@pytest.mark.parametrize(
    ("value", "role"), [("desk@dpa.com", "Resent-From"), ("relay@ap.org", "Resent-Sender"), ("jt:AP", "jobtitle")]
)
def test_who_passed_a_mail_on_and_a_post_say_nothing_of_whose_copy_it_is(value: str, role: str) -> None:
    """The same value without that role would."""
    stated = CreditElement(where="contributor", value=value)
    assert credit(Story(guid="invented", paragraphs=BODY, credits=(stated,))).agencies
    passed_on = CreditElement(where="contributor", value=value, role=role)
    assert credit(Story(guid="invented", paragraphs=BODY, credits=(passed_on,))).agencies == ()
