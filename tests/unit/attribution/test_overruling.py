"""An editor's word about a credit: for its version at once, for later ones as long as the rules find the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from stories import received

from dateline_attribution.attributing import attribute, attribute_anew, needed_for_version
from dateline_attribution.credits import credit
from dateline_schemas.credit import LineEvidence
from dateline_schemas.events import CreditOverridden, Event, Recorded, StoryReceived
from dateline_schemas.identity import stamp
from dateline_schemas.story import Story

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEXT = Story(
    guid="urn:test:one", language="en", paragraphs=("The ferry drifted for a day before a tug took it in tow.", "AFP")
)


def arrival(ordinal: int, story: Story = TEXT) -> StoryReceived:
    """A current version."""
    event = received("urn:test:one", ordinal)
    return replace(event, story=story, ordinal=ordinal)


def word(of: StoryReceived, nth: int = 1, *, cleared: bool = False) -> CreditOverridden:
    """An editor says that a version is Reuters copy, or takes it back."""
    found = credit(of.story)
    event = CreditOverridden(
        story_id=of.story_id,
        version=of.version,
        ordinal=of.ordinal,
        nth=nth,
        by="night desk",
        reason="the agency said so",
        at=NOW,
        cleared=cleared,
        credit=found if cleared else replace(found, agencies=("Reuters",), credit_line="Reuters"),
        found=found,
        feed=of.feed,
        story=of.story,
    )
    return stamp(event, of, "editor", nth)


def log(*events: Event) -> list[Recorded[Event]]:
    """As the log has them."""
    return [Recorded(event, seq, NOW) for seq, event in enumerate(events, 1)]


def test_the_version_itself_is_credited_anew() -> None:
    """With the editor as first evidence, and the rules' evidence behind."""
    [said] = attribute_anew(word(arrival(1)))
    assert said.credit.agencies == ("Reuters",) and said.credit.overridden
    assert not said.credit.needs_review
    assert said.credit.evidence[0].where == "editor" and len(said.credit.evidence) > 1
    assert said.credit.credit_line_evidence == LineEvidence(rule="editor", rests_on=(0,), confidence=1.0)


def test_of_several_words_about_a_version_the_last_one_counts() -> None:
    """An earlier one that is heard once more says nothing."""
    first = arrival(1)
    words = [word(first), word(first, 2, cleared=True)]
    assert attribute_anew(words[0], log(first, *words)) == []
    assert attribute_anew(words[1], log(first, *words))


def test_it_goes_with_later_versions() -> None:
    """The next version says the same about itself, so the editor's word counts for it too."""
    first = arrival(1)
    [said] = attribute(arrival(2), log(first, word(first)))
    assert said.credit.agencies == ("Reuters",)


def test_it_ends_when_the_text_is_credited_otherwise() -> None:
    """The rules' new finding counts, and a person is asked to look."""
    first = arrival(1)
    changed = replace(TEXT, paragraphs=(*TEXT.paragraphs[:-1], "dpa"))
    [said] = attribute(arrival(2, changed), log(first, word(first)))
    assert said.credit.agencies == credit(changed).agencies != ("Reuters",)
    assert said.credit.needs_review and "editor" in said.credit.reason


def test_it_can_be_taken_back() -> None:
    """The rules count again: for the version, and for later ones."""
    first = arrival(1)
    back = word(first, 2, cleared=True)
    [said] = attribute_anew(back)
    assert said.credit == credit(TEXT)
    [later] = attribute(arrival(2), log(first, word(first), back))
    assert later.credit == credit(TEXT)


@pytest.mark.parametrize("cleared", [False, True])
def test_old_copy_of_an_archive_stays_that(cleared: bool) -> None:
    """An editor's word says whose copy a version is, not where it came from."""
    first = replace(arrival(1), archive=True)

    [said] = attribute_anew(word(first, cleared=cleared), log(first))

    assert said.archive


def test_a_replay_does_not_speak_over_the_editor() -> None:
    """Nothing follows any more from the version that was overruled: what the editor said stands in its place."""
    first = arrival(1)
    assert attribute(first, log(first, word(first))) == []


def test_only_updates_need_the_log() -> None:
    """A first version cannot have been overruled before."""
    assert needed_for_version(arrival(1)) == () and needed_for_version(arrival(2)) == (CreditOverridden,)
