"""A story that is sent in takes, and versions that come by another feed."""

from __future__ import annotations

from msgspec.structs import replace
from stories import received

from dateline_ingest.takes import joined, take_flags
from dateline_ingest.versions import Versions, content_hash, evolve, goes_on, is_stranger, judge
from dateline_schemas.events import Intake
from dateline_schemas.feeds import Contract
from dateline_schemas.story import CreditElement, Story

LEAD = Story(
    guid="urn:test:one", version="3", take=1, paragraphs=("The boats sailed.",), body_html="<p>The boats sailed.</p>"
)
SECOND = Story(
    guid="urn:test:one",
    version="3",
    take=2,
    paragraphs=("They carry medicine.", "AFP"),
    body_html="<p>They carry medicine.</p>\n<p>AFP</p>",
    credits=(CreditElement(where="endline", value="AFP"),),
)


def arrival(story: Story, *, feed: str = "wire", agency: str = "") -> Intake:
    """The event that a story came in with, as its feed's first."""
    event: Intake = received("urn:test:one", 1)
    contract = Contract(agency=agency, trust="agency") if agency else None
    return replace(event, story=story, version=story.version, feed=feed, contract=contract, content=content_hash(story))


def known(story: Story, **said: str) -> Versions:
    """What ingest knows after one version."""
    versions = Versions()
    evolve(versions, arrival(story, **said))
    return versions


def test_a_further_take_is_the_next_version_with_all_parts() -> None:
    """Take 2 of version 3 follows take 1 of version 3; the body is both, the credits too."""
    versions = known(LEAD)
    assert goes_on(versions, SECOND)
    verdict = judge(versions, SECOND, content_hash(SECOND))
    assert (verdict.standing, verdict.ordinal) == ("current", 2)
    whole = joined(LEAD, SECOND)
    assert whole.paragraphs == (*LEAD.paragraphs, *SECOND.paragraphs)
    assert whole.take == 2 and whole.credits == SECOND.credits
    assert whole.body_html == f"{LEAD.body_html}\n{SECOND.body_html}"


def test_the_same_take_again_is_a_repeat() -> None:
    """Takes are told apart by what they say, as versions are."""
    versions = known(LEAD)
    second = arrival(joined(LEAD, SECOND))
    evolve(versions, replace(second, ordinal=2, arrival=2, content=content_hash(SECOND)))
    assert judge(versions, SECOND, content_hash(SECOND)).repeats is not None


def test_a_take_of_another_lead_does_not_go_on_with_this_one() -> None:
    """Take 2 of version 4 says nothing about version 3's text."""
    assert not goes_on(known(LEAD), replace(SECOND, version="4"))


def test_a_take_that_is_left_out_is_flagged() -> None:
    """Take 3 after take 1, or take 2 before any: kept, and said."""
    assert take_flags(LEAD, replace(SECOND, take=3)) == ("take-missing",)
    assert take_flags(None, SECOND) == ("take-missing",)
    assert take_flags(LEAD, SECOND) == take_flags(None, LEAD) == ()


def test_another_feed_of_the_agency_has_a_say_and_a_stranger_has_none() -> None:
    """An update by the agency's other feed counts; one by an outlet's feed is disputed, a repeat stays a repeat."""
    update = Story(guid="urn:test:one", version="9", paragraphs=("New.",))
    versions = known(LEAD, agency="AFP")
    assert not is_stranger(versions, arrival(update, feed="wire-2", agency="AFP"))
    assert is_stranger(versions, arrival(update, feed="outlet"))
    assert judge(versions, update, content_hash(update), stranger=True).standing == "disputed"
    kill = replace(LEAD, pubstatus="canceled")
    assert judge(versions, kill, content_hash(kill), stranger=True).standing == "disputed"
    assert judge(versions, LEAD, content_hash(LEAD), stranger=True).repeats is not None


def test_two_feeds_that_carry_one_provider_have_the_same_say() -> None:
    """Nothing was agreed with either feed, but the messages name the same provider."""
    named = replace(LEAD, provider="Agency")
    assert not is_stranger(known(named), arrival(named, feed="other"))
