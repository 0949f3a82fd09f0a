"""A story that is sent in takes, and versions that come by another feed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import permutations

import pytest
from msgspec.structs import replace
from stories import received

from dateline_ingest.formats.textwire.ids import wire_version
from dateline_ingest.history import Versions, evolve
from dateline_ingest.judging import judged
from dateline_ingest.say import OTHER_FEED, say_of
from dateline_ingest.versions import content_hash, goes_on, judge
from dateline_schemas.events import Arrival
from dateline_schemas.feeds import Contract, Trust
from dateline_schemas.story import CreditElement, Story

NOON = datetime(2031, 5, 1, 12, 0, tzinfo=UTC)
LEAD = Story(
    guid="urn:test:one",
    version="3",
    take=1,
    headline="Boats sail",
    paragraphs=("The boats sailed.",),
    body_html="<p>The boats sailed.</p>",
)
SECOND = Story(
    guid="urn:test:one",
    version="3",
    take=2,
    headline="Boats, take 2",
    paragraphs=("They carry medicine.", "AFP"),
    body_html="<p>They carry medicine.</p>\n<p>AFP</p>",
    credits=(CreditElement(where="endline", value="AFP"),),
)
THIRD = replace(SECOND, take=3, headline="", paragraphs=("They are due on Friday.",), body_html="", credits=())


def arrival(story: Story, *, feed: str = "wire", agency: str = "", trust: Trust = "agency") -> Arrival:
    """The event that a story came in with, as its feed's first."""
    event: Arrival = received("urn:test:one", 1)
    contract = Contract(agency=agency, trust=trust) if agency or trust == "outlet" else None
    content, original = content_hash(story), sha256(repr(story).encode()).hexdigest()
    event = replace(event, content=content, original=original)
    return replace(event, story=story, version=story.version, feed=feed, contract=contract)


def known(story: Story, agency: str = "", trust: Trust = "agency") -> Versions:
    """What ingest knows after one version."""
    versions = Versions()
    evolve(versions, arrival(story, agency=agency, trust=trust))
    return versions


def take_in(versions: Versions, event: Arrival) -> Arrival | None:
    """Take one in as intake does; the event that goes into the log, None for a repeat."""
    said, _ = judged(event, versions, "rules/1")
    if said is not None:
        evolve(versions, said)
    return said


def after(*stories: Story) -> Versions:
    """What ingest knows after these, in this order."""
    versions = Versions()
    for story in stories:
        take_in(versions, arrival(story))
    return versions


def sent(story: Story, minutes: int, *, lead: int = 0, correction: bool = False) -> Story:
    """The story as a text wire sends it: its version is made from the time, and of what it says of itself."""
    at = NOON + timedelta(minutes=minutes)
    version = wire_version(at, lead=lead, take=story.take, correction=correction)
    signals = ("sig:correction",) if correction else ()
    return replace(story, version=version, version_created=at, signals=signals)


def text(versions: Versions) -> tuple[str, ...]:
    """Paragraphs of the current version."""
    assert versions.story is not None
    return versions.story.paragraphs


WHOLE = (*LEAD.paragraphs, *SECOND.paragraphs, *THIRD.paragraphs)


def test_a_further_take_is_the_next_version_with_all_parts() -> None:
    """Take 2 of version 3 follows take 1 of version 3; the body is both, the credits too, the headline the first's."""
    versions = known(LEAD)
    assert goes_on(versions, SECOND)
    said = take_in(versions, arrival(SECOND))
    assert said is not None and (said.standing, said.ordinal, said.flags) == ("current", 2, ("take-2",))
    whole = said.story
    assert whole.paragraphs == (*LEAD.paragraphs, *SECOND.paragraphs)
    assert (whole.take, whole.credits, whole.headline) == (2, SECOND.credits, "Boats sail")
    assert whole.body_html == f"{LEAD.body_html}\n{SECOND.body_html}"


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("timed", [False, True])
def test_takes_join_in_any_order(order: tuple[int, ...], timed: bool) -> None:
    """Whichever comes first, all stand in the end, in the order of their numbers, under the first's headline."""
    takes = [LEAD, SECOND, THIRD]
    if timed:
        takes = [sent(take, nth) for nth, take in enumerate(takes)]
    versions = after(*(takes[nth] for nth in order))
    assert versions.story is not None and versions.current is not None
    assert text(versions) == WHOLE
    assert versions.story.body_html == f"{LEAD.body_html}\n{SECOND.body_html}"
    assert (versions.story.headline, versions.story.take) == ("Boats sail", 3)
    assert versions.current.version == versions.story.version == takes[2].version
    assert versions.ordinal == 3
    for take in takes:
        assert take_in(versions, arrival(take)) is None


def test_a_lead_without_a_number_that_comes_after_its_second_take_is_the_first() -> None:
    """Agencies number from the second on."""
    for lead, second in ((LEAD, SECOND), (sent(LEAD, 0), sent(SECOND, 5))):
        versions = after(second)
        said = take_in(versions, arrival(replace(lead, take=0)))
        assert said is not None and said.flags == ("take-1",)
        assert text(versions) == (*LEAD.paragraphs, *SECOND.paragraphs)


def test_a_newer_story_that_is_no_take_does_not_go_before_a_second_take_alone() -> None:
    """It would be the first take if it were older; being newer it tells all anew."""
    assert text(after(sent(SECOND, 5), sent(replace(LEAD, take=0), 60))) == LEAD.paragraphs


def test_a_correction_that_is_no_take_takes_the_place_of_all_takes() -> None:
    """It has no place among them."""
    whole = sent(replace(LEAD, take=0, paragraphs=("All is told.",)), 60, correction=True)
    assert text(after(sent(LEAD, 0), sent(SECOND, 5), whole)) == ("All is told.",)


def test_takes_without_versions_join_in_their_order_of_arrival() -> None:
    """A wire that states neither numbers nor times; one that comes again with other words takes its own place."""
    lead, second = replace(LEAD, version=""), replace(SECOND, version="")
    versions = after(lead, second, replace(THIRD, version=""))
    assert text(versions) == WHOLE
    take_in(versions, arrival(replace(second, paragraphs=("They carry water.",))))
    assert text(versions) == (*LEAD.paragraphs, "They carry water.", *THIRD.paragraphs)


def test_a_kill_is_no_part_of_the_takes_before_it_nor_does_a_take_go_on_with_a_kill() -> None:
    """Though it is numbered as a take; what is killed comes back with a version of its own."""
    versions = after(sent(LEAD, 0), replace(sent(SECOND, 5), pubstatus="canceled"))
    assert text(versions) == SECOND.paragraphs
    assert versions.story is not None and versions.story.pubstatus == "canceled"
    versions = after(LEAD, replace(LEAD, pubstatus="canceled"))
    late = take_in(versions, arrival(SECOND))
    assert late is not None and late.standing == "disputed"


def test_a_whole_story_takes_the_place_of_all_takes() -> None:
    """A newer version that is no take stands alone; a take that was sent before it does not go on with it."""
    whole = sent(replace(LEAD, take=0, paragraphs=("All is told.",)), 60)
    versions = after(sent(LEAD, 0), sent(SECOND, 5), whole)
    assert text(versions) == ("All is told.",)
    late = take_in(versions, arrival(sent(THIRD, 10)))
    assert late is not None and late.standing == "late"
    assert text(versions) == ("All is told.",)


def test_a_corrected_take_takes_the_place_of_the_one_that_it_corrects() -> None:
    """The others stay. A second take never stands alone where there is a first one."""
    said = [sent(LEAD, 0), sent(SECOND, 5), sent(THIRD, 9)]
    for correction in (True, False):
        better = sent(
            replace(SECOND, paragraphs=("They carry water.",), body_html="<p>w</p>"), 20, correction=correction
        )
        versions = after(*said, better)
        assert text(versions) == (*LEAD.paragraphs, "They carry water.", *THIRD.paragraphs)
    right = sent(replace(LEAD, headline="Two boats sail", paragraphs=("Two boats sailed.",)), 21, correction=True)
    take_in(versions, arrival(right))
    assert text(versions) == ("Two boats sailed.", "They carry water.", *THIRD.paragraphs)
    assert versions.story is not None and versions.story.headline == "Two boats sail"


@pytest.mark.parametrize("correction", [True, False])
def test_an_older_correction_of_a_take_does_not_replace_a_newer_one(*, correction: bool) -> None:
    """Also where takes that follow have come, so that the version that it makes has their label."""
    better, older = replace(SECOND, paragraphs=("They carry water.",)), replace(SECOND, paragraphs=("They carry tea.",))
    versions = after(sent(LEAD, 0), sent(SECOND, 5), sent(THIRD, 9), sent(better, 20, correction=True))
    late = take_in(versions, arrival(sent(older, 15, correction=correction)))
    assert late is not None and late.standing == "late"
    assert text(versions) == (*LEAD.paragraphs, "They carry water.", *THIRD.paragraphs)


def test_a_take_that_came_late_can_be_corrected() -> None:
    """Its version is not known then: it stands in one that has the label of the take after it."""
    better = replace(SECOND, paragraphs=("They carry water.",))
    versions = after(sent(LEAD, 0), sent(THIRD, 9), sent(SECOND, 5), sent(better, 7))
    assert text(versions) == (*LEAD.paragraphs, "They carry water.", *THIRD.paragraphs)


def test_a_correction_counts_even_under_the_number_of_the_take_it_corrects() -> None:
    """Without saying that it corrects it is disputed."""
    better = replace(SECOND, paragraphs=("They carry water.",), signals=("sig:correction",))
    assert text(after(LEAD, SECOND, better)) == (*LEAD.paragraphs, "They carry water.")


def test_a_first_take_that_does_not_correct_begins_the_story_anew() -> None:
    """Its further takes follow it; those of the text before do not stand behind it."""
    versions = after(sent(LEAD, 0), sent(SECOND, 5), sent(replace(LEAD, paragraphs=("Anew.",)), 40))
    assert text(versions) == ("Anew.",)


def test_no_take_lets_out_what_another_one_holds_back() -> None:
    """The embargo of any take counts for the whole, and so does that one is withheld."""
    until = NOON + timedelta(days=1)
    for held in (replace(SECOND, embargo=until), replace(SECOND, pubstatus="withheld")):
        for order in ((LEAD, held), (held, LEAD)):
            story = after(*order).story
            assert story is not None and (story.embargo, story.pubstatus) == (held.embargo, held.pubstatus)


def test_the_same_take_again_is_a_repeat() -> None:
    """Takes are told apart by what they say, as versions are; sent again later it is still the same."""
    assert take_in(after(LEAD, SECOND), arrival(SECOND)) is None
    assert take_in(after(sent(LEAD, 0), sent(SECOND, 5)), arrival(sent(SECOND, 50))) is None
    assert take_in(after(sent(LEAD, 0)), arrival(sent(LEAD, 50))) is None
    whole = replace(LEAD, take=0)
    assert take_in(after(sent(SECOND, 5), sent(whole, 0)), arrival(sent(whole, 50))) is None


def test_what_is_no_take_and_is_sent_again_later_is_an_update() -> None:
    """Its version says so, whatever its words."""
    said = take_in(after(sent(replace(LEAD, take=0), 0)), arrival(sent(replace(LEAD, take=0), 50)))
    assert said is not None and said.standing == "current"


def test_a_take_that_came_too_late_once_counts_when_it_is_sent_for_the_text_of_today() -> None:
    """It did not become part of the story then, so it is no repeat now."""
    whole = sent(replace(LEAD, take=0, paragraphs=("All is told.",)), 60)
    versions = after(sent(LEAD, 0), sent(SECOND, 5), whole, sent(THIRD, 10), sent(THIRD, 70))
    assert text(versions) == ("All is told.", *THIRD.paragraphs)


def test_what_any_take_says_of_the_whole_is_kept() -> None:
    """Notes of all, each once; the last time of creation, the strictest times of use; what is missing in the first."""
    lead = replace(LEAD, ed_note="Adds take 2.", version_created=NOON, embargo=NOON + timedelta(hours=1), expires=None)
    second = replace(
        SECOND,
        ed_note="Adds quotes.",
        slugline="BOATS",
        version_created=NOON + timedelta(minutes=5),
        embargo=NOON + timedelta(hours=2),
        expires=NOON + timedelta(days=3),
    )
    third = replace(THIRD, ed_note="Adds quotes.", version_created=None, expires=NOON + timedelta(days=2))
    story = after(lead, second, third).story
    assert story is not None
    assert story.ed_note == "Adds take 2.\nAdds quotes."
    assert (story.slugline, story.version_created) == ("BOATS", NOON + timedelta(minutes=5))
    assert (story.embargo, story.expires) == (NOON + timedelta(hours=2), NOON + timedelta(days=2))
    assert after(LEAD, SECOND).story.ed_note == ""  # type: ignore[union-attr]


def test_the_same_version_of_a_take_with_other_words_is_disputed() -> None:
    """As with any version."""
    said = take_in(after(LEAD, SECOND), arrival(replace(SECOND, paragraphs=("Other.",))))
    assert said is not None and said.standing == "disputed"


def test_a_take_of_another_lead_does_not_go_on_with_this_one() -> None:
    """Take 2 of version 4 says nothing about version 3's text, nor that of the second lead about the first's."""
    assert not goes_on(known(LEAD), replace(SECOND, version="4"))
    assert not goes_on(known(sent(LEAD, 0, lead=1)), sent(SECOND, 5, lead=2))
    assert goes_on(known(sent(LEAD, 0, lead=2)), sent(SECOND, 5, lead=2))
    assert not goes_on(known(sent(LEAD, 0)), SECOND)
    every = [(one, other) for one in range(0, 100, 9) for other in range(0, 100, 9)]
    for one, other in every:
        assert goes_on(known(sent(LEAD, 0, lead=one)), sent(SECOND, 5, lead=other)) == (one == other)


def test_a_take_that_is_left_out_is_flagged() -> None:
    """Take 3 after take 1, or take 2 before any: kept, and said, until the one that is missing comes."""
    versions = Versions()
    flags = []
    for take in (THIRD, LEAD, SECOND):
        said = take_in(versions, arrival(take))
        assert said is not None
        flags.append(said.flags)
    assert flags == [("take-missing",), ("take-1", "take-missing"), ("take-2",)]


def test_another_feed_of_the_agency_has_a_say_and_a_stranger_has_none() -> None:
    """An update by the agency's other feed counts; one by an outlet's feed is disputed, a repeat stays a repeat."""
    update = Story(guid="urn:test:one", version="9", paragraphs=("New.",))
    versions = known(LEAD, agency="AFP")
    assert say_of(versions, arrival(update, feed="wire-2", agency="AFP")) == "some"
    assert say_of(versions, arrival(update, feed="outlet")) == "none"
    assert judge(versions, update, content_hash(update), say="none").standing == "disputed"
    kill = replace(LEAD, pubstatus="canceled")
    assert judge(versions, kill, content_hash(kill), say="none").standing == "disputed"
    assert judge(versions, LEAD, content_hash(LEAD), say="none").repeats is not None


def test_nobody_speaks_for_an_agency_by_writing_its_name_into_a_message() -> None:
    """Where an agency was agreed with the feed, the provider's name in another feed's message is no proof."""
    named = replace(LEAD, provider="AFP")
    kill = replace(named, version="9", pubstatus="canceled")
    for trust in ("unknown", "outlet"):
        other = arrival(kill, feed="mailbox", trust=trust)  # type: ignore[arg-type]
        versions = known(named, agency="AFP")
        said = take_in(versions, other)
        assert said is not None and (said.standing, said.flags) == ("disputed", (OTHER_FEED,))
    assert say_of(known(named), arrival(kill, feed="shop", trust="outlet")) == "none"
    assert say_of(known(named, agency="AFP"), arrival(kill, feed="other", agency="DPA")) == "none"


def test_what_a_stranger_said_first_counts_when_the_agency_says_it() -> None:
    """It was disputed when the stranger said it; from the agency's own feed it is no repeat of that."""
    update = replace(LEAD, version="4", paragraphs=("New.",))
    for version in ("4", ""):
        said_first = replace(update, version=version)
        versions = known(LEAD, agency="AFP")
        first = take_in(versions, arrival(said_first, feed="outlet"))
        assert first is not None and first.standing == "disputed"
        assert take_in(versions, arrival(said_first, feed="outlet")) is None
        own = take_in(versions, arrival(said_first, agency="AFP"))
        assert own is not None and own.standing == "current"
        assert text(versions) == ("New.",)


def test_an_agency_takes_over_a_story_that_others_brought_before_it() -> None:
    """Who runs an agency's copy under its identifier, with whatever version, does not keep the agency's own out."""
    versions = Versions()
    take_in(versions, arrival(replace(LEAD, version="99", paragraphs=("Stolen.",)), feed="outlet", trust="outlet"))
    own = arrival(LEAD, agency="AFP")
    assert say_of(versions, own) == "first"
    said = take_in(versions, own)
    assert said is not None and (said.standing, said.flags) == ("current", ())
    assert text(versions) == LEAD.paragraphs
    late = take_in(versions, arrival(replace(LEAD, version="100"), feed="outlet", trust="outlet"))
    assert late is not None and late.standing == "disputed"


def test_a_feed_that_comes_to_speak_for_an_agency_does_not_take_over_its_own_stories() -> None:
    """Nor does any feed take over from one that spoke for an agency before it, nor one with which nothing is agreed."""
    assert say_of(known(LEAD), arrival(LEAD, agency="AFP")) == "some"
    assert say_of(known(LEAD, agency="AFP"), arrival(LEAD, feed="other", agency="AFP")) == "some"
    assert say_of(known(LEAD, trust="outlet"), arrival(LEAD, feed="other")) != "first"
    assert say_of(Versions(), arrival(LEAD, agency="AFP")) == "some"


@pytest.mark.parametrize(
    ("first", "then", "stranger"), [("Agency", "Agency", False), ("Agency", "Other", True), ("", "", True)]
)
def test_two_feeds_that_carry_one_provider_have_the_same_say(first: str, then: str, *, stranger: bool) -> None:
    """Nothing was agreed with either feed, but the messages name the same provider; naming none is not the same."""
    versions = known(replace(LEAD, provider=first))
    assert (say_of(versions, arrival(replace(LEAD, provider=then), feed="other")) == "none") == stranger
