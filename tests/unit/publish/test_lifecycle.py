"""What may go out, what must wait, what must come back: decided from a story's events alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from stories import ECONOMY, POLITICS, attributed, enriched, guid, received

from dateline_kernel.deciding import Decision
from dateline_kernel.losses import unread
from dateline_publish import RULES
from dateline_publish.lifecycle import alone_unless, decide
from dateline_schemas.events import (
    Arrival,
    CreditOverridden,
    Event,
    Recorded,
    StoryCanceled,
    StoryEnriched,
    StoryHeld,
    StoryReceived,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)
from dateline_schemas.examples import example
from dateline_schemas.identity import stamp

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Log:
    """A story's events, as the kernel would keep them."""

    def __init__(self) -> None:
        self.name = guid()
        self.recorded: list[Recorded[Event]] = []

    def add(self, event: Event) -> Event:
        """Append an event."""
        self.recorded.append(Recorded(event, len(self.recorded) + 1, NOW))
        return event

    def received(self, ordinal: int, **story: object) -> Arrival:
        """Append a version as received, or as canceled."""
        event = received(self.name, ordinal, **story)
        self.add(event)
        return event

    def archived(self, ordinal: int, **story: object) -> Arrival:
        """Append a version of an archive as received, or as canceled."""
        event = replace(received(self.name, ordinal, **story), archive=True)
        self.add(event)
        return event

    def enriched(self, ordinal: int, **story: object) -> None:
        """Append a version with all that comes before publish."""
        self.through(self.received(ordinal, **story))

    def through(self, heard: Arrival, topics: tuple = (POLITICS, ECONOMY)) -> None:
        """Append what attribution and enrichment say to a version."""
        credited = attributed(heard)
        self.add(credited)
        self.add(enriched(credited, topics))

    def decided(self, ordinal: int, **story: object) -> list[Event]:
        """Append a version with all that comes before publish, and decide."""
        self.enriched(ordinal, **story)
        return self.decide()

    def credited_anew(self, heard: Arrival, agency: str, word: str) -> None:
        """Append what an editor's word about a version leads to; without a word it was taken back."""
        credited = attributed(heard, (agency,))
        self.add(enriched(replace(credited, credit=replace(credited.credit, overridden=word))))

    def decide(self, now: datetime = NOW) -> list[Event]:
        """Decide, append what was said, and check that deciding again says nothing."""
        said = [stamp(one.event, one.cause, "publish/test") for one in decide(self.recorded, now).says]
        for event in said:
            self.add(event)
        assert decide(self.recorded, now).says == ()
        return said


@pytest.fixture
def log() -> Log:
    """Of a story of its own, empty."""
    return Log()


def kinds(events: Sequence[Event]) -> list[tuple[str, int]]:
    """What was said, briefly."""
    return [(event.fact, event.ordinal) for event in events]


def test_an_enriched_story_is_released_on_a_subject_a_topic(log: Log) -> None:
    """The first release is number 1."""
    (release,) = log.decided(1)
    assert isinstance(release, StoryReleased)
    assert release.number == 1
    sid = release.story_id
    assert release.subjects == (f"topic.11000000.20000593.en.AFP.{sid}", f"topic.04000000.none.en.AFP.{sid}")


def test_nothing_is_released_before_it_is_enriched(log: Log) -> None:
    """Received alone is not ready."""
    log.received(1)
    assert log.decide() == []


def test_a_version_waits_for_the_one_before_it(log: Log) -> None:
    """Enriched out of order, released in order."""
    first, second = log.received(1), log.received(2)
    log.through(second)
    assert log.decide() == []
    log.through(first)
    assert kinds(log.decide()) == [("released", 1), ("released", 2)]


def test_a_version_that_was_refused_keeps_nobody_waiting(log: Log) -> None:
    """What stands in quarantine will not come."""
    first, second = log.received(1), log.received(2)
    log.through(second)
    log.add(
        StoryRefused(
            story_id=first.story_id, version="1", ordinal=1, service="attribution", error="ValueError: x", attempts=5
        )
    )
    assert kinds(log.decide()) == [("released", 2)]


def test_an_update_also_goes_where_the_story_went_before(log: Log) -> None:
    """An outlet that follows only the old topic must not keep the old text."""
    first = log.received(1)
    log.through(first, (POLITICS,))
    log.decide()
    log.through(log.received(2), (ECONOMY,))
    (update,) = log.decide()
    assert isinstance(update, StoryReleased)
    assert [subject.split(".")[1] for subject in update.subjects] == ["04000000", "11000000"]
    assert update.number == 2


def test_a_kill_goes_to_every_subject_the_story_was_ever_on(log: Log) -> None:
    """Both versions' subjects, and the provider's words."""
    log.through(log.received(1), (POLITICS,))
    log.decide()
    log.through(log.received(2), (ECONOMY,))
    log.decide()
    log.received(3, pubstatus="canceled", ed_note="Kill this story.")
    (kill,) = log.decide()
    assert isinstance(kill, StoryWithdrawn)
    assert sorted(subject.split(".")[1] for subject in kill.subjects) == ["04000000", "11000000"]
    assert (kill.number, kill.reason) == (3, "Kill this story.")


def test_a_kill_overtakes_what_is_still_on_its_way(log: Log) -> None:
    """A version before the kill that arrives after it never goes out."""
    first = log.received(1)
    log.received(2, pubstatus="canceled")
    assert kinds(log.decide()) == [("withdrawn", 2)]
    log.through(first)
    assert log.decide() == []


def test_the_kill_of_a_story_that_never_went_out_is_told_as_a_notice(log: Log) -> None:
    """Outlets may have it from elsewhere."""
    kill = log.received(1, pubstatus="canceled", language="fr-FR")
    (notice,) = log.decide()
    assert isinstance(notice, StoryWithdrawn)
    assert notice.subjects == (f"topic.none.none.fr.none.{kill.story_id}",)


def test_a_version_after_a_kill_lives(log: Log) -> None:
    """The provider may bring a story back."""
    log.decided(1)
    log.received(2, pubstatus="canceled")
    log.decide()
    assert kinds(log.decided(3)) == [("released", 3)]


def test_an_embargoed_story_is_held_until_its_time_and_not_a_moment_less(log: Log) -> None:
    """Held once, then released when the clock says so."""
    until = NOW + timedelta(hours=1)
    (held,) = log.decided(1, embargo=until)
    assert isinstance(held, StoryHeld)
    assert (held.until, decide(log.recorded, NOW).again_at) == (until, until)
    assert log.decide(until - timedelta(microseconds=1)) == []
    assert kinds(log.decide(until)) == [("released", 1)]


def test_a_decision_says_which_time_it_takes_for_come() -> None:
    """Of all the embargoes that have ended the last one, whether the story was held for it or not; else none."""
    log, first, second = Log(), NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    log.enriched(1, embargo=second)
    log.enriched(2, embargo=first)
    assert decide(log.recorded, NOW).not_before == second
    log.decide()
    log.enriched(3)
    assert decide(log.recorded, NOW).not_before is None
    put_off = Log()
    put_off.enriched(1)
    put_off.received(2, embargo=second)
    assert decide(put_off.recorded, NOW).not_before == second


@pytest.mark.parametrize("on_its_way", [True, False])
def test_nobody_comes_back_for_a_held_version_that_is_overtaken(log: Log, *, on_its_way: bool) -> None:
    """Though it is told that it is held, and whether or not still another version is on its way."""
    log.enriched(1, embargo=NOW + timedelta(hours=1))
    log.enriched(2)
    if on_its_way:
        log.received(3)
    decision = decide(log.recorded, NOW)
    assert decision.again_at is None
    assert kinds([one.event for one in decision.says]) == [("held", 1), ("released", 2)]


def test_a_newer_version_without_embargo_goes_out_and_the_held_one_stays(log: Log) -> None:
    """What was overtaken is not released later."""
    until = NOW + timedelta(hours=1)
    log.decided(1, embargo=until)
    assert kinds(log.decided(2)) == [("released", 2)]
    assert decide(log.recorded, NOW).again_at is None
    assert log.decide(until) == []


def test_a_withheld_story_waits_for_the_provider(log: Log) -> None:
    """No time is set; the next version decides."""
    assert kinds(log.decided(1, pubstatus="withheld")) == [("held", 1)]
    assert decide(log.recorded, NOW).again_at is None
    assert kinds(log.decided(2)) == [("released", 2)]


def test_a_story_that_its_provider_withholds_is_taken_back_where_it_went_and_may_come_again(log: Log) -> None:
    """As of a kill that may end: outlets hear of it once, by the headline they know, and get the next version."""
    log.decided(1, headline="Ferry runs again")
    (back,) = log.decided(
        2, headline="Ferry owner named", pubstatus="withheld", pulled=True, ed_note="Awaiting our lawyers."
    )
    assert isinstance(back, StoryWithdrawn) and isinstance(log.recorded[3].event, StoryReleased)
    assert (back.pubstatus, back.ordinal, back.number) == ("withheld", 2, 2)
    assert (back.headline, back.reason) == ("Ferry runs again", "Awaiting our lawyers.")
    assert back.subjects == log.recorded[3].event.subjects
    assert kinds(log.decided(3, pubstatus="withheld", pulled=True)) == [("held", 3)]
    assert kinds(log.decided(4)) == [("released", 4)]


def test_versions_on_their_way_do_not_come_out_behind_one_that_is_withheld(log: Log) -> None:
    """Version 2 is still with enrichment when the word comes."""
    log.decided(1)
    late = log.received(2)
    assert kinds(log.decided(3, pubstatus="withheld", pulled=True)) == [("withdrawn", 3)]
    log.through(late)
    assert log.decide() == []


def test_a_doubtful_version_does_not_lift_the_word_before_it(log: Log) -> None:
    """Whether publish hears the word before that version or after it, the story is taken back."""
    log.decided(1)
    word = log.received(2, pubstatus="withheld", pulled=True)
    log.received(3, pubstatus="withheld")
    log.through(word)
    assert kinds(log.decide()) == [("withdrawn", 2)]


@pytest.mark.parametrize("seed", range(40))
def test_what_outlets_have_is_what_its_provider_said_last(seed: int) -> None:
    """Versions let out, held for want of better or withheld by their provider's word, their stages mixed at random."""
    mix, log = random.Random(seed), Log()
    kind = {"usable": {}, "doubtful": {"pubstatus": "withheld"}, "word": {"pubstatus": "withheld", "pulled": True}}
    said = [mix.choice(list(kind)) for _ in range(mix.randint(2, 7))]
    rows: list[list[Event]] = []
    announced: list[Event] = []
    for ordinal, one in enumerate(said, 1):
        credited = attributed(log.received(ordinal, **kind[one]))  # type: ignore[arg-type]
        rows.append([credited, enriched(credited)])
        while any(rows) and (mix.random() < 0.6 or ordinal == len(said)):
            log.add(mix.choice([row for row in rows if row]).pop(0))
            announced += [event for event in log.decide() if not isinstance(event, StoryHeld)]
    assert [event.number for event in announced] == list(range(1, len(announced) + 1))  # type: ignore[attr-defined]
    last = max((at for at, one in enumerate(said) if one != "doubtful"), default=0)
    if said[last] == "word":
        assert not announced or isinstance(announced[-1], StoryWithdrawn)
    elif said[-1] == "usable":
        assert isinstance(announced[-1], StoryReleased) and announced[-1].ordinal == len(said)


def test_a_story_is_taken_back_once_though_that_cannot_be_read_any_more(log: Log) -> None:
    """The place of the event says of which version it was."""
    log.decided(1)
    (back,) = log.decided(2, pubstatus="withheld", pulled=True)
    last = log.recorded[-1]
    log.recorded[-1] = Recorded(unread(f"story.{log.name}.withdrawn.2", "damaged"), last.seq, last.time)
    assert isinstance(back, StoryWithdrawn) and decide(log.recorded, NOW).says == ()


def test_the_kill_of_a_withheld_story_goes_where_the_story_was(log: Log) -> None:
    """It had been taken back already: now it is for good."""
    log.decided(1)
    log.decided(2, pubstatus="withheld", pulled=True)
    log.received(3, pubstatus="canceled")
    (kill,) = log.decide()
    assert isinstance(kill, StoryWithdrawn) and (kill.pubstatus, kill.number) == ("canceled", 3)


def test_an_embargo_that_is_put_off_also_holds_the_version_before() -> None:
    """At the first time nothing goes out; at the second one both, in order."""
    log, first, second = Log(), NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    log.enriched(1, embargo=first)
    assert kinds(log.decided(2, embargo=second)) == [("held", 1), ("held", 2)]
    assert log.decide(first) == []
    assert decide(log.recorded, first).again_at == second
    assert log.decide(second - timedelta(microseconds=1)) == []
    due = [one.due for one in decide(log.recorded, second).says]
    assert (due, kinds(log.decide(second))) == ([second, second], [("released", 1), ("released", 2)])


@pytest.mark.parametrize("stage", ["received", "enriched"])
@pytest.mark.parametrize("embargo", [NOW + timedelta(hours=1), None])
def test_a_story_that_is_taken_aside_stays_in_as_soon_as_that_is_known(
    log: Log, embargo: datetime | None, stage: str
) -> None:
    """Whether the version before it waited or was on its way, and however far the word of it has come."""
    log.enriched(1, embargo=embargo)
    aside = log.received(2, pubstatus="withheld")
    if stage == "enriched":
        log.through(aside)
    log.decide()
    assert log.decide(NOW + timedelta(hours=2)) == []
    if stage == "received":
        log.through(aside)
    log.through(log.received(3))
    said = kinds(log.decide(NOW + timedelta(hours=2)))
    assert said[-1] == ("released", 3) and ("released", 2) not in said


@pytest.mark.parametrize("hold", [{"pubstatus": "withheld"}, {"embargo": NOW + timedelta(hours=1)}])
@pytest.mark.parametrize("out", [True, False])
def test_a_hold_under_the_number_of_the_version_it_holds_lets_nothing_out(
    log: Log, hold: dict[str, object], *, out: bool
) -> None:
    """Whether that version was still on its way, or is out, which no hold takes back."""
    log.enriched(1, version="7")
    if out:
        assert kinds(log.decide()) == [("released", 1)]
    assert kinds(log.decided(2, version="7", **hold)) == ([("held", 2)] if out else [("held", 1), ("held", 2)])


def test_an_embargo_that_is_brought_forward_ends_at_the_earlier_time() -> None:
    """What was overtaken is not released at its own time."""
    log, late, early = Log(), NOW + timedelta(hours=3), NOW + timedelta(hours=1)
    log.decided(1, embargo=late)
    log.decided(2, embargo=early)
    assert kinds(log.decide(early)) == [("released", 2)]
    assert (log.decide(late), decide(log.recorded, early).again_at) == ([], None)


def test_a_clock_that_goes_back_says_nothing_a_second_time() -> None:
    """A version whose own embargo had ended waits for the one of an update: the clock must not make it two reasons."""
    log, own, put_off = Log(), NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    first = log.received(1, embargo=own)
    log.received(2, embargo=put_off)
    log.through(first)
    assert kinds(log.decide(own)) == [("held", 1)]
    assert log.decide(NOW) == []


def test_an_archive_does_not_take_aside_what_is_news(log: Log) -> None:
    """An old version that was withheld once is for the record."""
    first = log.received(1)
    log.through(log.archived(2, pubstatus="withheld"))
    log.through(first)
    assert ("released", 1) in kinds(log.decide())


@pytest.mark.parametrize("seed", range(40))
def test_nothing_goes_out_against_the_newest_word_of_its_provider(seed: int) -> None:
    """Embargoes set, put off and lifted, stories taken aside, at random; decided about at random times."""
    mix, log, now = random.Random(seed), Log(), NOW
    rows: list[list[Event]] = []
    for ordinal in range(1, 7):
        embargo = now + timedelta(minutes=mix.randint(-10, 60)) if mix.random() < 0.6 else None
        newest = log.received(ordinal, embargo=embargo, pubstatus=mix.choice(["usable", "usable", "withheld"]))
        credited = attributed(newest)
        rows.append([credited, enriched(credited)])
        for _ in range(mix.randint(0, 4)):
            if left := [row for row in rows if row]:
                log.add(mix.choice(left).pop(0))
            now += timedelta(minutes=mix.randint(0, 10))
            waits = newest.story.pubstatus == "withheld" or (newest.story.embargo or now) > now
            assert not waits or all(isinstance(event, StoryHeld) for event in log.decide(now))


@pytest.mark.parametrize("secret", [{"embargo": NOW + timedelta(hours=1)}, {"pubstatus": "withheld"}])
def test_the_kill_of_a_story_under_embargo_does_not_tell_what_it_was_about(log: Log, secret: dict[str, object]) -> None:
    """Outlets may have it from elsewhere: they are told the provider's words, and no headline before its time."""
    log.decided(1, headline="The bank will close", **secret)
    log.received(2, pubstatus="canceled", headline="The bank will close", ed_note="Kill this story.")
    assert decide(log.recorded, NOW).not_before is None
    (notice,) = log.decide()
    assert isinstance(notice, StoryWithdrawn)
    assert (notice.headline, notice.reason) == ("", "Kill this story.")


def test_the_kill_of_a_story_that_went_out_says_what_it_was_about(log: Log) -> None:
    """Outlets know it already, also where the version after it is under embargo; a kill without words gets ours."""
    log.decided(1, headline="The bank will close")
    log.decided(2, headline="The bank will close", embargo=NOW + timedelta(hours=1))
    log.received(3, pubstatus="canceled", headline="The bank will close")
    (kill,) = log.decide()
    assert isinstance(kill, StoryWithdrawn)
    assert (kill.headline, kill.reason) == ("The bank will close", "withdrawn by the provider")


def test_a_kill_without_a_headline_has_the_one_that_outlets_know(log: Log) -> None:
    """Neither that of a version which they never had, nor of one that was to be withheld; a second kill has it, too."""
    log.decided(1, headline="The bank will close")
    log.decided(2, headline="The bank will close at noon", embargo=NOW + timedelta(hours=1))
    log.received(3, pubstatus="canceled", headline="")
    log.received(4, pubstatus="canceled", headline="")
    log.decide()
    log.received(5, pubstatus="canceled", headline="")
    (last,) = log.decide()
    withdrawn = [one.event for one in log.recorded if isinstance(one.event, StoryWithdrawn)]
    assert [(one.ordinal, one.headline) for one in withdrawn] == [(at, "The bank will close") for at in (3, 4, 5)]
    assert last == withdrawn[-1] and log.decide() == []


def test_a_kill_without_a_headline_of_what_never_went_out_has_none(log: Log) -> None:
    """Nobody knows it by one."""
    log.enriched(1, headline="The bank will close")
    log.received(2, pubstatus="canceled", headline="")
    (notice,) = log.decide()
    assert isinstance(notice, StoryWithdrawn) and notice.headline == ""


def test_the_kill_of_a_story_that_never_went_out_and_was_no_secret_says_what_it_is_about(log: Log) -> None:
    """In the place of a language stands that it states none."""
    kill = log.received(1, pubstatus="canceled", headline="Harbour closed")
    (notice,) = log.decide()
    assert isinstance(notice, StoryWithdrawn)
    assert (notice.headline, notice.subjects) == ("Harbour closed", (f"topic.none.none.none.none.{kill.story_id}",))


def test_an_editors_word_about_what_outlets_have_goes_out_once_under_the_next_number(log: Log) -> None:
    """And so does taking it back; the version stays the same."""
    first = log.received(1)
    log.through(first)
    log.decide()
    numbered = []
    for agency, word in (("REU", "e" * 32), ("REU", "f" * 32), ("AFP", "")):
        log.credited_anew(first, agency, word)
        (release,) = log.decide()
        assert isinstance(release, StoryReleased)
        numbered.append((release.number, release.ordinal, release.credit.agencies))
    assert numbered == [(2, 1, ("REU",)), (3, 1, ("REU",)), (4, 1, ("AFP",))]


def test_an_editors_word_about_a_story_that_was_withdrawn_brings_nothing_back() -> None:
    """Nor does one about a version that an update has replaced."""
    killed, updated = Log(), Log()
    first = killed.received(1)
    killed.through(first)
    killed.decide()
    killed.received(2, pubstatus="canceled")
    killed.decide()
    killed.credited_anew(first, "REU", "e" * 32)
    assert killed.decide() == []
    first = updated.received(1)
    updated.through(first)
    updated.decided(2)
    updated.credited_anew(first, "REU", "e" * 32)
    assert updated.decide() == []


def test_what_is_enriched_anew_while_it_waits_is_said_to_wait_only_for_another_time() -> None:
    """The time that was told holds; once it has come, one to which an update has put the embargo off."""
    log, own, put_off = Log(), NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    first = log.received(1, embargo=own)
    log.through(first)
    log.decide()
    log.add(replace(log.recorded[2].event, id="0" * 32))
    assert log.decide() == []
    log.received(2, embargo=put_off)
    assert log.decide() == []
    (held,) = log.decide(own)
    assert isinstance(held, StoryHeld)
    assert (held.ordinal, held.until) == (1, put_off)


def test_the_headline_of_a_kill_waits_for_the_logs_clock_as_a_release_does() -> None:
    """Told by a clock that is ahead it would be out before its time; of what went out once, or was never under
    embargo, no clock is asked.
    """
    log, end = Log(), NOW - timedelta(minutes=1)
    log.enriched(1, headline="The bank will close", embargo=end)
    log.received(2, pubstatus="canceled", headline="The bank will close")
    decision = decide(log.recorded, NOW)
    assert decision.not_before == end
    assert [one.event.headline for one in decision.says if isinstance(one.event, StoryWithdrawn)] != [""]
    free = Log()
    free.enriched(1)
    free.received(2, pubstatus="canceled")
    assert decide(free.recorded, NOW).not_before is None
    out = Log()
    out.decided(1, embargo=end)
    out.received(2, pubstatus="canceled", embargo=end)
    assert decide(out.recorded, NOW).not_before is None


@pytest.mark.parametrize("standing", ["late", "disputed"])
def test_a_latecomer_or_a_disputed_version_is_not_released(log: Log, standing: str) -> None:
    """On record only."""
    log.add(replace(received(log.name, 0), standing=standing))
    assert log.decide() == []


@pytest.mark.parametrize("seed", range(40))
def test_in_whatever_order_events_come_each_version_goes_out_once_in_order(log: Log, seed: int) -> None:
    """Up to eight versions, some of them kills, their stages mixed at random, decided about after every event."""
    mix = random.Random(seed)
    versions = [
        received(log.name, ordinal, pubstatus=mix.choice(["usable", "usable", "usable", "canceled"]))
        for ordinal in range(1, mix.randint(2, 8) + 1)
    ]
    # A story's versions are received in order; what follows from each is said in its own order, between the others.
    rows: list[list[Event]] = [list(versions)]
    for heard in versions:
        if isinstance(heard, StoryReceived):
            credited = attributed(heard)
            rows.append([credited, enriched(credited)])
    said: list[Event] = []
    heard_of: set[str] = set()
    while any(rows):
        row = mix.choice([one for one in rows if one and (one is rows[0] or one[0].cause in heard_of)])
        event = row.pop(0)
        heard_of.add(event.id)
        log.add(event)
        said += log.decide()
    numbers = [event.number for event in said if isinstance(event, (StoryReleased, StoryWithdrawn))]
    assert numbers == list(range(1, len(numbers) + 1))
    released = [event.ordinal for event in said if isinstance(event, StoryReleased)]
    assert released == sorted(set(released))
    kills = [one.ordinal for one in versions if isinstance(one, StoryCanceled)]
    assert [event.ordinal for event in said if isinstance(event, StoryWithdrawn)] == kills
    after = [one.ordinal for one in versions if one.ordinal > max(kills, default=0)]
    assert released[len(released) - len(after) :] == after
    assert not any(isinstance(recorded.event, StoryEnriched) for recorded in log.recorded if recorded.event in said)


@pytest.mark.parametrize("seed", range(40))
def test_a_first_version_without_company_is_decided_as_from_the_whole_log(log: Log, seed: int) -> None:
    """Where the shortcut says that the event is all there is, reading everything decides the same."""
    mix = random.Random(seed)
    first = log.received(1)
    if mix.random() < 0.4:
        second = log.received(2, pubstatus=mix.choice(["usable", "canceled"]))
        if second.story.pubstatus == "usable" and mix.random() < 0.5:
            log.through(second)
            log.decide()
    log.through(first)
    heard = log.recorded[-1]
    there = {f"{recorded.event.fact}.{recorded.event.place}" for recorded in log.recorded}
    alone = not there & set(alone_unless(heard.event) or ())
    assert alone == (len(there) == 3)
    if alone:
        assert decide([heard], NOW) == decide(log.recorded, NOW)


@pytest.mark.parametrize("reason", ["withheld", "archive"])
def test_a_hold_without_an_end_calls_for_nothing_and_nothing_is_read_for_it(reason: str) -> None:
    """An import of years of copy holds every version of it."""
    held = replace(example(StoryHeld), reason=reason, until=None)
    assert alone_unless(held) == ()
    assert decide([Recorded(held, 1, NOW)], NOW) == Decision()


def test_for_a_hold_with_an_end_the_story_is_read() -> None:
    """What is due at its time stands in the story's log."""
    assert alone_unless(replace(example(StoryHeld), reason="embargo", until=NOW)) is None


def test_for_a_kill_and_for_any_version_but_the_first_the_story_is_read(log: Log) -> None:
    """What they are to follow does not stand in them."""
    log.enriched(2)
    assert alone_unless(log.recorded[-1].event) is None
    assert alone_unless(log.received(1, pubstatus="canceled")) is None
    assert alone_unless(replace(example(StoryRefused), ordinal=1)) is None


def test_a_log_that_lost_an_enrichment_keeps_no_kill_back(log: Log) -> None:
    """What outlets have of the story cannot be compared with it then; that it comes back needs no comparison."""
    log.decided(1)
    log.recorded = [one for one in log.recorded if not isinstance(one.event, StoryEnriched)]
    assert log.decide() == []
    log.received(2, pubstatus="canceled")
    assert kinds(log.decide()) == [("withdrawn", 2)]


def test_a_version_that_waited_goes_out_with_the_first_one(log: Log) -> None:
    """The second one was enriched first and left alone: the first one's arrival must see it."""
    first, second = log.received(1), log.received(2)
    log.through(second)
    log.decide()
    log.through(first)
    there = {f"{recorded.event.fact}.{recorded.event.place}" for recorded in log.recorded}
    assert there & set(alone_unless(log.recorded[-1].event) or ())


def test_old_copy_that_an_editor_credits_before_it_was_held_is_held(log: Log) -> None:
    """What follows from an editor's word may say nothing of an archive: the story's log does, so it must be read."""
    first = log.archived(1)
    log.add(attributed(first))
    override = replace(example(CreditOverridden), story_id=first.story_id, version=first.version, ordinal=1, nth=1)
    log.add(override)
    anew = log.add(replace(attributed(first), archive=False))
    log.add(enriched(anew))  # type: ignore[arg-type]
    there = {f"{recorded.event.fact}.{recorded.event.place}" for recorded in log.recorded}
    assert there & set(alone_unless(log.recorded[-1].event) or ())
    assert kinds(log.decide()) == [("held", 1)]


@pytest.mark.parametrize(
    ("rules", "expected"), [(RULES, [("released", 2)]), ("publish/0", [("released", 1), ("released", 2)])]
)
def test_a_version_that_publish_failed_on_does_not_keep_the_next_one_back(
    log: Log, rules: str, expected: list[tuple[str, int]]
) -> None:
    """It stands in quarantine; under new rules it may be tried again."""
    log.enriched(1)
    failed = StoryRefused(
        story_id=log.recorded[0].event.story_id, version="1", ordinal=1, service="publish", error="X", attempts=5
    )
    log.add(replace(failed, rules=rules))
    assert kinds(log.decided(2)) == expected


def test_a_version_that_publish_failed_on_is_decided_about_when_it_comes_anew(log: Log) -> None:
    """As it does when somebody tries it again out of quarantine."""
    log.enriched(1)
    failed = StoryRefused(
        story_id=log.recorded[0].event.story_id, version="1", ordinal=1, service="publish", error="X", attempts=5
    )
    anew = log.recorded[-1].event
    log.add(replace(failed, rules=RULES))
    assert log.decide() == []
    log.add(replace(anew, id="0" * 32))
    assert kinds(log.decide()) == [("released", 1)]


def test_a_held_version_that_publish_failed_on_is_held_anew_when_it_comes_anew() -> None:
    """What waited for its time is in quarantine: somebody has to wait for it again."""
    log, until = Log(), NOW + timedelta(hours=1)
    log.enriched(1, embargo=until)
    anew = log.recorded[-1].event
    log.decide()
    log.add(
        StoryRefused(
            story_id=anew.story_id, version="1", ordinal=1, service="publish", error="X", attempts=5, rules=RULES
        )
    )
    assert log.decide() == []
    log.add(replace(anew, id="0" * 32))
    assert kinds(log.decide()) == [("held", 1)]


def test_copy_of_an_archive_is_on_record_and_does_not_go_out(log: Log) -> None:
    """Held for good, with the reason, once; decided from its last event alone as from the whole log."""
    log.through(log.archived(1))
    alone = decide([log.recorded[-1]], NOW)
    [held] = log.decide()
    assert isinstance(held, StoryHeld)
    assert (held.reason, held.until) == ("archive", None)
    assert [(one.event.ordinal, one.event.reason) for one in alone.says] == [(1, "archive")]  # type: ignore[attr-defined]
    assert alone.again_at is None


def test_live_copy_of_an_archived_story_goes_out(log: Log) -> None:
    """What comes in now is news, whatever lies in the archive before it."""
    log.through(log.archived(1))
    log.enriched(2)
    held, released = log.decide()
    assert isinstance(held, StoryHeld) and isinstance(released, StoryReleased)
    assert (released.ordinal, released.number) == (2, 1)


def test_an_archived_version_does_not_overtake_what_outlets_have(log: Log) -> None:
    """A correction among old copy waits for somebody who imports it to be released."""
    log.decided(1)
    log.through(log.archived(2))
    assert [type(event) for event in log.decide()] == [StoryHeld]


def test_a_kill_of_an_archive_reaches_those_who_have_the_story_and_nobody_else() -> None:
    """A kill outranks everything where there is something to kill."""
    old = Log()
    old.through(old.archived(1))
    old.archived(2, pubstatus="canceled")
    assert [(event.ordinal, type(event)) for event in old.decide()] == [(2, StoryHeld), (1, StoryHeld)]
    live = Log()
    live.decided(1)
    live.archived(2, pubstatus="canceled")
    assert [type(event) for event in live.decide()] == [StoryWithdrawn]


def test_behind_the_kill_of_an_archive_a_live_one_is_told(log: Log) -> None:
    """Outlets may have the story from elsewhere: what came in for the record keeps nothing back."""
    log.archived(1, pubstatus="canceled")
    log.received(2, pubstatus="canceled")
    assert kinds(log.decide()) == [("held", 1), ("withdrawn", 2)]


def test_an_editors_word_does_not_let_an_archive_out(log: Log) -> None:
    """The version is enriched anew without a word of the archive; what it came in as still counts."""
    first = log.archived(1)
    log.through(first)
    log.decide()
    log.through(replace(first, archive=False))
    assert log.decide() == []


def test_how_late_an_embargo_or_a_kill_is_told_can_be_measured() -> None:
    """By the end of the embargo that it was held for, and by the time at which the kill came; by nothing else."""
    log, until = Log(), NOW + timedelta(hours=1)
    log.enriched(1, embargo=until)
    assert [one.due for one in decide(log.recorded, NOW).says] == [None]
    log.decide()
    assert [one.due for one in decide(log.recorded, until).says] == [until]
    log.decide(until)
    log.received(2, pubstatus="canceled")
    assert [one.due for one in decide(log.recorded, until).says] == [NOW]
    other = Log()
    other.enriched(1, embargo=NOW - timedelta(hours=1))
    assert [one.due for one in decide(other.recorded, NOW).says] == [None]
