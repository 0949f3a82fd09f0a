"""Telling an update from a repeat, a latecomer and a dispute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import guid, received

from dateline_ingest.clocks import ClockAhead, clock_flags
from dateline_ingest.formats import parse
from dateline_ingest.history import Versions, evolve
from dateline_ingest.instants import rfc3339
from dateline_ingest.ordering import compare
from dateline_ingest.say import Say
from dateline_ingest.versions import content_hash, judge, status_flags
from dateline_schemas.events import Arrival
from dateline_schemas.identity import stamp_arrival
from dateline_schemas.story import Association, Story

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)


def story(version: str = "", text: str = "text", **said: object) -> Story:
    """A story version."""
    return Story(guid="urn:test:one", version=version, paragraphs=(text,), **said)  # type: ignore[arg-type]


def take(versions: Versions, said: Story, *, original: str = "", once: bool = True, rebuilt: bool = False) -> str:
    """Judge a version and take it into account; how it stands, or ``repeat``."""
    content = content_hash(said)
    verdict = judge(versions, said, content, sources=(original,) if once else (), rebuilt=rebuilt)
    if verdict.repeats:
        return "repeat"
    event: Arrival = received(guid(), max(verdict.ordinal, 0))
    event = replace(event, version=verdict.version, ordinal=verdict.ordinal, standing=verdict.standing, story=said)
    event = replace(event, content=content, original=original or event.original)
    evolve(versions, stamp_arrival(event))
    return verdict.standing


@pytest.fixture
def versions() -> Versions:
    """Of a story that nobody has sent yet."""
    return Versions()


def standings(*said: Story, rebuilt: bool = False) -> list[str]:
    """How each of these stands, taken in one after another."""
    versions = Versions()
    return [take(versions, one, rebuilt=rebuilt) for one in said]


@pytest.mark.parametrize(
    ("first", "then", "standing"),
    [
        (story(), story(text="other"), "late"),
        (story("7"), story("2026-03-26T10:00:00Z", "other"), "late"),
        (story(version_created=NOW), story(text="other", version_created=LATER), "current"),
        (story("1"), story("2", "other"), "current"),
        (story(), story(text="other", pubstatus="canceled"), "current"),
    ],
)
def test_what_is_tried_again_came_when_it_came(versions: Versions, first: Story, then: Story, standing: str) -> None:
    """Where nothing else tells, it is older than what came since; a kill counts in any case."""
    take(versions, first)
    assert judge(versions, then, content_hash(then), overtaken=True).standing == standing
    assert judge(versions, then, content_hash(then)).standing == "current"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("10", "9", 1),
        ("9", "10", -1),
        ("007", "7", 0),
        ("1132689232", "2", 1),
        ("2026-03-26T10:00:00Z", "2026-03-26T11:00:00+02:00", 1),
        ("2026-03-26T10:00:00Z", "2026-03-26T12:00:00+02:00", 0),
        ("2026-03-26", "2026-03-25T23:00:00Z", 1),
        ("3", "2026-03-26T10:00:00Z", None),
        ("draft", "final", None),
        ("draft", "draft", 0),
    ],
)
def test_versions_compare_as_numbers_or_instants(one: str, other: str, expected: int | None) -> None:
    """10 comes after 9; two clocks' notations of one instant are equal; a number and an instant do not compare."""
    assert compare(one, other) == expected


@given(st.integers(0, 10**18), st.integers(0, 10**18))
def test_numbers_compare_like_numbers(one: int, other: int) -> None:
    """For any two numbers, whatever their length."""
    assert compare(str(one), str(other)) == (one > other) - (one < other)


def test_a_newer_version_is_an_update() -> None:
    """Each newer number becomes the current version."""
    assert standings(story("1"), story("2", "more"), story("10", "most")) == ["current"] * 3


def test_the_same_version_with_the_same_content_is_a_repeat() -> None:
    """Also when the sender stamps the repeat with a new time, and when a newer one came between."""
    again = replace(story("1"), version_created=NOW)
    assert standings(story("1"), again, story("2", "more"), story("1")) == ["current", "repeat", "current", "repeat"]


def test_the_same_version_with_other_content_is_disputed() -> None:
    """Kept and flagged; and its own repeat is a repeat."""
    assert standings(story("1"), story("1", "other"), story("1", "other")) == ["current", "disputed", "repeat"]


def test_an_older_version_is_late(versions: Versions) -> None:
    """Recorded, does not replace, and does not count as a version that was current."""
    assert [take(versions, one) for one in (story("5"), story("4", "older"), story("6", "newer"))] == [
        "current",
        "late",
        "current",
    ]
    assert versions.ordinal == 2


def test_without_version_numbers_other_content_is_an_update(versions: Versions) -> None:
    """A sender that numbers nothing: the same content is a repeat, other content the next version."""
    assert [take(versions, one) for one in (story(), story(), story("", "more"))] == ["current", "repeat", "current"]
    assert [seen.version for said in versions.said.values() for seen in said] == ["1", "2"]


@pytest.mark.parametrize(
    ("late", "standing"),
    [
        ({}, "late"),
        ({"pubstatus": "canceled"}, "current"),
        ({"pubstatus": "withheld"}, "current"),
        ({"embargo": NOW}, "current"),
    ],
)
def test_without_version_numbers_an_older_one_by_its_time_is_late(late: dict[str, object], standing: str) -> None:
    """It came after its update, and does not replace it; a kill or a hold counts whenever it was made."""
    said = [story("", text, version_created=NOW + timedelta(hours=hours)) for hours, text in ((0, "one"), (2, "three"))]
    late_one = story("", "two", version_created=NOW + timedelta(hours=1), **late)
    assert standings(*said, late_one, late_one) == ["current", "current", standing, "repeat"]


def test_without_version_numbers_nothing_from_before_a_kill_lifts_it() -> None:
    """Not even as a hold, at the end of which it would go out."""
    kill = story("", "two", version_created=NOW + timedelta(hours=2), pubstatus="canceled")
    hold = story("", "three", version_created=NOW + timedelta(hours=1), embargo=LATER)
    assert standings(story("", version_created=NOW), kill, hold) == ["current", "current", "late"]


def test_without_version_numbers_a_newer_one_may_go_back_to_what_was_said_before() -> None:
    """A correction that is taken back is an update, by its time; the old text delivered again is a repeat."""
    first = story("", "one", version_created=NOW)
    wrong = story("", "two", version_created=NOW + timedelta(hours=1))
    back = story("", "one", version_created=NOW + timedelta(hours=2))
    again = replace(back, version_created=LATER)
    said = [first, wrong, first, back, back, again]
    assert standings(*said) == ["current", "current", "repeat", "current", "repeat", "repeat"]


def dated(text: str, hours: int, **said: object) -> Story:
    """A version that has its time for a number, as entries of feeds do."""
    made = NOW + timedelta(hours=hours)
    return story(rfc3339(made), text, version_created=made, **said)


def looks(*said: Story) -> list[str]:
    """How entries stand that a feed has at one look after another."""
    return standings(*said, rebuilt=True)


def test_what_a_feed_only_dates_anew_is_a_repeat() -> None:
    """Many date every entry at every build; other words, or any other member, make an update of it."""
    assert looks(dated("one", 0), dated("one", 1), dated("one", 2)) == ["current", "repeat", "repeat"]
    assert looks(dated("one", 0), dated("one", 1), dated("two", 2)) == ["current", "repeat", "current"]
    assert looks(dated("one", 0), dated("one", 1, slugline="FERRY")) == ["current", "current"]
    assert looks(dated("one", 0), dated("one", 1, embargo=LATER)) == ["current", "current"]
    assert looks(dated("one", 0), dated("one", 1, pubstatus="canceled")) == ["current", "current"]


def test_a_feed_that_goes_back_to_an_earlier_text_under_a_newer_time_makes_an_update() -> None:
    """A correction that is taken back: only what the current version says is no news."""
    said = [dated("one", 0), dated("two", 1), dated("one", 2), dated("one", 3), dated("one", 0)]
    assert looks(*said) == ["current", "current", "current", "repeat", "repeat"]


def test_a_number_says_that_it_is_another_version_and_so_does_the_time_of_a_wire() -> None:
    """The same words under a version of their own, or sent again by who sends each message once."""
    assert looks(story("1"), story("2", version_created=NOW)) == ["current", "current"]
    assert standings(dated("one", 0), dated("one", 1)) == ["current", "current"]


@pytest.mark.parametrize(("first", "then"), [(None, NOW), (NOW, None), (None, None)])
def test_without_version_numbers_who_states_no_time_is_heard(first: datetime | None, then: datetime | None) -> None:
    """Nothing says which is older, so the one that came last counts."""
    assert standings(story("", "one", version_created=first), story("", "two", version_created=then)) == [
        "current",
        "current",
    ]


@pytest.mark.parametrize(
    ("first", "then", "label"),
    [
        (story(""), story("", "two"), "2"),
        (story("7"), story("", "two"), "8"),
        (story("draft"), story("", "two"), "2"),
        (story("", version_created=NOW), story("", "two", version_created=LATER), "2026-11-23T18:00:00Z"),
        (story("", version_created=LATER), story("", "two", version_created=NOW), "2026-11-23T12:00:00Z"),
        (story("7", version_created=NOW), story("", "two", version_created=NOW), "8"),
    ],
)
def test_a_version_without_a_label_gets_one(versions: Versions, first: Story, then: Story, label: str) -> None:
    """Its time where that is another one than the current version's, else the next number."""
    take(versions, first)
    assert judge(versions, then, content_hash(then)).version == label


def test_only_what_is_current_has_a_place_in_the_row(versions: Versions) -> None:
    """Neither a repeat, nor a latecomer, nor anything disputed has an ordinal."""
    first = story("2", version_created=NOW)
    take(versions, first)
    told: tuple[tuple[Story, Say], ...] = (
        (first, "some"),
        (story("1", "late"), "some"),
        (story("", "late", version_created=NOW - timedelta(hours=1)), "some"),
        (story("2", "other"), "some"),
        (story("9", "other"), "none"),
    )
    for said, say in told:
        assert judge(versions, said, content_hash(said), say=say).ordinal == 0


def test_a_stranger_without_a_version_speaks_of_the_current_one(versions: Versions) -> None:
    """What it disputes has that label."""
    take(versions, story("7"))
    said = story("", "other")
    verdict = judge(versions, said, content_hash(said), say="none")
    assert (verdict.version, verdict.standing) == ("7", "disputed")


@pytest.mark.parametrize("version", ["", "3"])
def test_who_takes_a_story_over_is_current_however_old_its_version_is(versions: Versions, version: str) -> None:
    """By its number or its time: what others said before does not count."""
    take(versions, story("7", version_created=NOW))
    said = story(version, "own", version_created=NOW - timedelta(hours=1))
    assert judge(versions, said, content_hash(said), say="first").standing == "current"


LINK = Association(rel="main", href="https://wire.example/1.html", mimetype="text/html")


@pytest.mark.parametrize(
    ("then", "standing"),
    [
        (story("2"), "current"),
        (story("1"), "late"),
        (replace(story("2"), paragraphs=(), headline="Other"), "disputed"),
    ],
)
def test_the_text_counts_under_the_number_of_the_version_that_had_only_a_link_to_it(then: Story, standing: str) -> None:
    """The text of that very version, not the one of an older version, nor what brings no text either."""
    assert standings(replace(story("2"), paragraphs=(), associations=(LINK,)), then) == ["current", standing]


def test_other_text_under_the_number_of_a_version_that_has_its_text_is_disputed() -> None:
    """A link beside it changes nothing."""
    assert standings(story("2", associations=(LINK,)), story("2", "other")) == ["current", "disputed"]


@pytest.mark.parametrize("before", [{}, {"pubstatus": "withheld"}, {"embargo": NOW}])
def test_a_kill_counts_even_under_the_number_of_the_version_it_kills(before: dict[str, object]) -> None:
    """A kill need not be numbered to count; sent again it is a repeat; the next version lives again."""
    kill = story("2", "more", pubstatus="canceled")
    said = [story("2", "more", **before), kill, kill, story("3", "back")]
    assert standings(*said) == ["current", "current", "repeat", "current"]


@pytest.mark.parametrize(
    ("before", "hold"),
    [
        ({}, {"pubstatus": "withheld"}),
        ({}, {"embargo": NOW}),
        ({"embargo": NOW}, {"embargo": LATER}),
        ({"embargo": NOW}, {"pubstatus": "withheld"}),
    ],
)
def test_a_hold_counts_even_under_the_number_of_the_version_it_holds(
    before: dict[str, object], hold: dict[str, object]
) -> None:
    """A hold need not be numbered to count, nor a longer one; sent again it is a repeat; the next version lifts it."""
    said = [story("2", **before), story("2", **hold), story("2", **hold), story("3")]
    assert standings(*said) == ["current", "current", "repeat", "current"]


def test_the_word_withheld_counts_under_the_number_of_a_version_that_was_held_for_want_of_better() -> None:
    """Outlets may have the one before: the held one says nothing to them. Once said it is said."""
    doubted, word = story("2", pubstatus="withheld"), story("2", pubstatus="withheld", pulled=True)
    assert standings(doubted, word, word, doubted) == ["current", "current", "repeat", "repeat"]
    assert standings(word, story("2", "other", pubstatus="withheld", pulled=True)) == ["current", "disputed"]


def test_what_was_sent_before_a_hold_does_not_lift_it() -> None:
    """The old bytes delivered again are a repeat: the hold is what the provider said last."""
    assert standings(story("2"), story("2", embargo=LATER), story("2")) == ["current", "current", "repeat"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"embargo": LATER}, {"embargo": NOW}),
        ({"embargo": LATER}, {}),
        ({"pubstatus": "withheld"}, {}),
        ({"pubstatus": "withheld"}, {"embargo": LATER}),
        ({"pubstatus": "canceled"}, {"pubstatus": "withheld"}),
        ({"pubstatus": "canceled"}, {"embargo": LATER}),
        ({"pubstatus": "canceled"}, {"pubstatus": "canceled"}),
        ({"embargo": LATER}, {"embargo": LATER}),
    ],
)
def test_nothing_but_a_new_version_lifts_a_hold_or_a_kill(before: dict[str, object], after: dict[str, object]) -> None:
    """What does not hold for longer than the version it goes by is disputed, and so is what would hold a killed one."""
    assert standings(story("2", **before), story("2", "other", **after)) == ["current", "disputed"]


@pytest.mark.parametrize("pubstatus", ["withheld", "canceled"])
def test_a_hold_or_a_kill_of_an_older_version_is_late(pubstatus: str) -> None:
    """The provider has gone on since."""
    assert standings(story("3"), story("2", pubstatus=pubstatus)) == ["current", "late"]


def test_a_number_after_instants_is_ordered_by_creation_time() -> None:
    """Two kinds of version have only their creation times in common."""
    first = story("2026-03-26T10:00:00Z", version_created=NOW)
    older = story("7", "older", version_created=NOW - timedelta(hours=1))
    newer = story("7", "newer", version_created=NOW + timedelta(hours=1))
    assert standings(first, older) == ["current", "late"]
    assert standings(first, newer) == ["current", "current"]
    assert standings(first, story("7", "undated")) == ["current", "current"]


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_whatever_the_order_of_arrival_the_highest_version_ends_as_the_current_one(
    versions: Versions, order: tuple[int, ...]
) -> None:
    """Three versions, every order."""
    for number in order:
        take(versions, story(str(number), f"text {number}"))
    assert versions.current is not None and versions.current.version == "3"


def test_content_is_what_is_said_not_when() -> None:
    """Version label and creation times are no content; a changed credit is."""
    one = story("1", version_created=NOW, first_created=NOW)
    assert content_hash(one) == content_hash(story("2"))
    assert content_hash(one) != content_hash(story("1", creditline="AFP"))


@pytest.mark.parametrize(
    ("read", "again", "standing"),
    [
        (story("1"), story("1", "text, and more of it"), "repeat"),
        (story("1", version_created=NOW), story("2", "more", version_created=LATER), "repeat"),
        (story(version_created=NOW), story(text="more", version_created=NOW), "repeat"),
        (story(), story(text="more"), "repeat"),
        (story("1"), story("1", "more", pubstatus="canceled"), "current"),
        (story("1"), story("1", "more", pubstatus="withheld"), "current"),
        (story("1"), story("1", "more", embargo=LATER), "current"),
        (story("1", pubstatus="canceled"), story("1", "more", pubstatus="canceled"), "repeat"),
    ],
)
def test_bytes_that_are_read_otherwise_after_an_upgrade_are_a_repeat(
    versions: Versions, read: Story, again: Story, standing: str
) -> None:
    """Outlets would get nothing but what they have; but a kill or an embargo that was not seen then counts."""
    take(versions, read, original="bytes")
    assert take(versions, again, original="bytes") == standing
    assert take(versions, again, original="bytes") == "repeat"


@pytest.mark.parametrize(("first", "then"), [(story("1"), story("2", "news")), (story(), story(text="news"))])
def test_bytes_of_an_older_version_stay_what_they_were(versions: Versions, first: Story, then: Story) -> None:
    """Read otherwise, too; whatever came since stays current."""
    take(versions, first, original="bytes")
    assert take(versions, then, original="others") == "current"
    assert take(versions, replace(first, paragraphs=("more",)), original="bytes") == "repeat"


def test_of_bytes_that_told_of_a_story_twice_each_version_is_told_by_its_number(versions: Versions) -> None:
    """So one that was not read then is taken."""
    for number in ("1", "2"):
        take(versions, story(number, f"text {number}"), original="bytes", once=False)
    assert take(versions, story("2", "more"), original="bytes") == "repeat"
    assert take(versions, story("3", "more"), original="bytes") == "current"


@pytest.mark.parametrize(
    ("ahead", "flags"), [(0.0, ()), (1.0, ()), (2.0, ("clock-ahead",)), (24 * 366, ("clock-ahead",))]
)
def test_a_story_from_the_future_is_flagged(ahead: float, flags: tuple[str, ...]) -> None:
    """An hour of difference is let pass, more is flagged and kept as claimed, up to a year."""
    assert clock_flags(story(version_created=NOW + timedelta(hours=ahead)), NOW) == flags


@pytest.mark.parametrize(
    ("claim", "days"),
    [
        ({"version_created": NOW.replace(year=2036)}, 3653),
        ({"version": "2036-11-23T12:00:00Z"}, 3653),
        ({"first_created": NOW + timedelta(days=366, seconds=1)}, 366),
    ],
)
def test_a_clock_that_is_more_than_a_year_ahead_is_not_believed(claim: dict[str, object], days: int) -> None:
    """As a version it would turn every later story into a latecomer."""
    with pytest.raises(ClockAhead, match=f" {days} days ahead"):
        clock_flags(story(**claim), NOW)  # type: ignore[arg-type]


def test_old_copy_is_welcome() -> None:
    """An archive of 1990 is no fault of any clock."""
    assert clock_flags(story(version_created=NOW.replace(year=1990)), NOW) == ()


@pytest.mark.parametrize(
    ("members", "flags"),
    [
        ({}, ()),
        ({"pubstatus": "withheld"}, ("withheld",)),
        ({"pubstatus": "to be decided"}, ("withheld",)),
        ({"embargoed": "after lunch"}, ("withheld",)),
        ({"embargoed": "2030-01-01T00:00:00Z"}, ()),
        ({"pubstatus": "canceled"}, ()),
    ],
)
def test_a_sender_hears_that_nobody_gets_its_story(members: dict[str, str], flags: tuple[str, ...]) -> None:
    """Above all where its status or its embargo could not be read, which it would not find out otherwise."""
    item = {"uri": "urn:x:1", "version": "1", "headline": "h", "body_text": "Text.", **members}
    [story] = parse(msgspec.json.encode(item)).stories
    assert status_flags(story) == flags
