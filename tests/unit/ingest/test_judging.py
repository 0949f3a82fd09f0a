"""What becomes of a story that came in: the event that says so, and the receipt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from msgspec.structs import replace

from dateline_ingest.clocks import ClockAhead
from dateline_ingest.deliveries import Delivery
from dateline_ingest.formats import Parsed, Unparseable, parse
from dateline_ingest.history import Versions, evolve, fold
from dateline_ingest.judging import Coming, all_judged, believed, draft_of, judged, undoubted
from dateline_ingest.takes import CORRECTION
from dateline_kernel.losses import unread
from dateline_schemas.events import Arrival, Recorded, StoryCanceled, StoryReceived
from dateline_schemas.feeds import Contract, Feed
from dateline_schemas.story import Story

NOW = datetime(2031, 5, 1, 12, 0, tzinfo=UTC)
STORY = Story(guid="urn:test:one", version="3", headline="Boats sail", paragraphs=("The boats sailed.",))
FEED = Feed(name="wire", language="fr", provider="Agency", contract=Contract(agency="AFP"))


def digest(story: Story) -> str:
    """Of the message that tells it."""
    return sha256(repr(story).encode()).hexdigest()


def draft(
    story: Story = STORY, *, feed: Feed = FEED, dated: datetime | None = None, archive: bool = False, entry: str = ""
) -> Arrival:
    """The story as it came in by the feed, in a message of seven bytes, another one for each."""
    delivery = Delivery(feed=feed, door="http", data=b"message", dated=dated, archive=archive)
    return draft_of(delivery, "ninjs", digest(story), "story-1", story, entry, ("some-flag",))


def parsed(*stories: Story) -> Parsed:
    """A message with these stories."""
    return Parsed(format="ninjs", stories=stories)


def test_a_story_from_beyond_belief_does_not_keep_the_others_of_its_message_out() -> None:
    """It is named where there are others; of two the first is."""
    absurd = replace(STORY, guid="urn:test:two", version_created=NOW.replace(year=2050))
    found, fault = believed(parsed(absurd, STORY, replace(absurd, guid="urn:test:three")), NOW)
    assert [story for story, *_ in found] == [STORY]
    assert isinstance(fault, ClockAhead) and str(fault).startswith("story urn:test:two: version_created is 2050")
    found, fault = believed(parsed(absurd), NOW)
    assert found == [] and isinstance(fault, ClockAhead) and str(fault).startswith("version_created is 2050")


def test_an_item_that_cannot_be_read_is_named_with_how_many_there_are() -> None:
    """It is what is wrong with the message, whose stories are taken."""
    faults = (Unparseable("no identifier", path="$[1]"), Unparseable("no object", path="$[4]"))
    found, fault = believed(replace(parsed(STORY), refused=faults[:1]), NOW)
    assert ([story for story, *_ in found], fault) == ([STORY], faults[0])
    _, fault = believed(replace(parsed(STORY), refused=faults), NOW)
    assert str(fault) == "no identifier; 2 items cannot be read, this is the first (at $[1])"
    late = replace(STORY, guid="urn:test:two", version_created=NOW.replace(year=2050))
    _, fault = believed(replace(parsed(late, STORY), refused=faults), NOW)
    assert isinstance(fault, ClockAhead), "of a web feed this one would never be told otherwise"


def test_a_story_is_flagged_for_all_that_its_sender_should_hear_of() -> None:
    """In one row: its clock, and that nobody gets it."""
    odd = replace(STORY, version_created=NOW + timedelta(days=1), pubstatus="withheld")
    assert believed(parsed(odd, STORY), NOW) == ([(odd, "", ("clock-ahead", "withheld")), (STORY, "", ())], None)


@pytest.mark.parametrize(("pubstatus", "kind"), [("usable", StoryReceived), ("canceled", StoryCanceled)])
def test_a_kill_is_an_event_of_its_own_kind(pubstatus: str, kind: type[Arrival]) -> None:
    """Whatever else it says."""
    assert type(draft(replace(STORY, pubstatus=pubstatus))) is kind


def test_what_a_message_does_not_say_its_feed_says() -> None:
    """Language and provider by the feed's entry, the time by the archive's file; what it does say stands."""
    said = draft(dated=NOW).story
    assert (said.language, said.provider, said.version_created) == ("fr", "Agency", NOW)
    own = replace(STORY, language="en", provider="Other", version_created=NOW - timedelta(days=1))
    assert draft(own, dated=NOW).story == own


def test_a_feeds_defaults_are_no_content() -> None:
    """The same message by a feed with other defaults says the same."""
    assert draft().content == draft(feed=Feed(name="other"), dated=NOW).content
    assert draft().content != draft(replace(STORY, language="fr")).content


def test_the_event_says_how_the_story_came_in() -> None:
    """By which feed and door, in which format, under which contract, and where its bytes are."""
    event = draft(archive=True)
    assert (event.story_id, event.version, event.feed, event.door) == ("story-1", "3", "wire", "http")
    assert (event.format, event.original, event.original_bytes) == ("ninjs", digest(STORY), 7)
    assert (event.contract, event.archive, event.flags) == (FEED.contract, True, ("some-flag",))


def test_each_arrival_is_numbered_and_its_receipt_names_its_event() -> None:
    """Repeats are told the number, the event and the version of what they repeat."""
    versions, receipts = Versions(), []
    for story in (STORY, replace(STORY, version="4", headline="Boats sailed"), replace(STORY, version="3")):
        event, receipt = judged(draft(story), versions, "rules/1")
        receipts.append((receipt.version, receipt.duplicate, receipt.receipt))
        if event is not None:
            evolve(versions, event)
            assert (event.rules, f"story-1-{event.arrival}") == ("rules/1", receipt.receipt)
            assert (receipt.event_id, receipt.flags, receipt.headline) == (event.id, event.flags, story.headline)
            assert receipt.flags == ("some-flag",)
    assert receipts == [("3", False, "story-1-1"), ("4", False, "story-1-2"), ("3", True, "story-1-1")]
    repeated, receipt = judged(draft(), versions, "rules/1")
    assert repeated is None
    assert (receipt.event_id, receipt.flags) == (versions.said[draft().content][0].event_id, ("some-flag",))


def test_an_agency_that_takes_a_story_over_does_not_go_on_with_what_others_said() -> None:
    """Its second take stands alone, and it is said that the first is missing."""
    versions = Versions()
    first, _ = judged(draft(replace(STORY, take=1), feed=Feed(name="outlet")), versions, "rules/1")
    assert first is not None
    evolve(versions, first)
    second = replace(STORY, take=2, paragraphs=("They carry medicine.",))
    event, receipt = judged(draft(second), versions, "rules/1")
    assert event is not None
    assert (event.story.paragraphs, event.flags) == (second.paragraphs, ("some-flag", "take-missing"))
    assert receipt.flags == event.flags


RSS = (
    "<rss version='2.0'><channel><item><guid>urn:x:1</guid><title>Ferry adrift</title><pubDate>{}</pubDate>"
    "<description>It drifts.</description></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id><title>Ferry adrift</title>"
    "<published>2031-04-30T09:00:00Z</published><updated>{}</updated><content>It drifts.</content></entry></feed>"
)
JSON_FEED = (
    '{{"version": "https://jsonfeed.org/version/1.1", "title": "Coast", "items": [{{"id": "urn:x:1", "title": '
    '"Ferry adrift", "content_text": "It drifts.", "date_modified": "{}"}}]}}'
)
PAGE = (
    "<html><head><title>Ferry adrift</title><link rel='canonical' href='https://coast.example/1'>"
    "<meta property='article:modified_time' content='{}'></head>"
    "<body><article><h1>Ferry adrift</h1><p>It drifts off Port Selwyn, the harbour master said.</p></article></body>"
)


@pytest.mark.parametrize("shape", [RSS, ATOM, JSON_FEED, PAGE], ids=["rss", "atom", "json-feed", "page"])
def test_what_is_built_anew_and_dated_anew_is_no_new_version(shape: str) -> None:
    """An entry of any kind of feed, and a page, whatever it says of its time; other words are one."""
    versions, standings = Versions(), []
    for hour, words in ((8, "drifts"), (9, "drifts"), (10, "drifts"), (11, "is found")):
        data = shape.format(f"2031-04-30T{hour:02}:00:00Z").replace("drifts", words)
        found = parse(data.encode(), url="https://coast.example/1")
        arrived = Delivery(feed=FEED, door="poll", data=data.encode())
        said = draft_of(arrived, found.format, data, "s1", found.stories[0], "", ())
        event, receipt = judged(said, versions, "rules")
        standings.append(receipt.standing if event else "repeat")
        if event is not None:
            evolve(versions, event)
    assert standings == ["current", "repeat", "repeat", "current"]


def test_a_kill_takes_no_place_that_an_arrival_which_cannot_be_read_may_have() -> None:
    """Neither its number among the arrivals nor its ordinal, also where nothing else is known of the story."""
    first, _ = judged(draft(), Versions(), "ingest/test")
    assert first is not None
    lost = [unread(f"story.story-1.{fact}", "why") for fact in ("received.2", "canceled.3", "released.1")]
    kill = draft(replace(STORY, version="9", pubstatus="canceled"))
    for log, ordinal in (([first, *lost], 4), (lost, 3)):
        known = fold(Recorded(one, nth, NOW) for nth, one in enumerate(log, 1))
        event, receipt = judged(kill, known, "ingest/test")
        assert event is not None
        assert (event.arrival, event.ordinal, event.standing, receipt.receipt) == (4, ordinal, "current", "story-1-4")


def test_what_may_be_a_kill_is_one_over_a_story_that_is_there() -> None:
    """Of a new story it waits, and so do further versions of such news; a kill has nothing of its doubts left."""
    doubted = replace(STORY, version="4", pubstatus="withheld", signals=("kill:doubted", "sig:update"))
    flagged = replace(draft(doubted), flags=("withheld", "some-flag"))
    assert undoubted(flagged, Versions()) is flagged
    for first, kind in ((STORY, StoryCanceled), (doubted, StoryReceived)):
        known, (event, _) = Versions(), judged(draft(first), Versions(), "ingest/test")
        assert event is not None
        evolve(known, event)
        told = undoubted(flagged, known)
        assert type(told) is kind
        if kind is StoryCanceled:
            assert (told.story.pubstatus, told.story.signals) == ("canceled", ("kill", "sig:update"))
            assert (told.flags, told.content) == (("some-flag",), flagged.content)


def test_news_that_an_upgrade_doubts_is_no_kill_though_its_feed_lists_it_twice() -> None:
    """By its entry it is what came before."""
    known, (event, _) = Versions(), judged(draft(entry="one"), Versions(), "ingest/test")
    assert event is not None
    evolve(known, event)
    doubted = draft(replace(STORY, pubstatus="withheld", signals=("kill:doubted",)), entry="one")
    assert undoubted(doubted, known, once=False) is doubted
    assert type(undoubted(replace(doubted, entry="two"), known, once=False)) is StoryCanceled


def test_stories_of_one_message_are_judged_in_their_order() -> None:
    """A later one by the versions that those before it make; what was known of the story stays as it is."""
    first, known, several = draft(), Versions(), Coming(several=frozenset(("story-1",)))
    second = replace(draft(replace(STORY, version="4", headline="Boats wait")), original=first.original)
    told = all_judged([first, second, first], {"story-1": known}, "ingest/test", several)
    assert [(event.version, event.ordinal, event.arrival) for event in told.events] == [("3", 1, 1), ("4", 2, 2)]
    assert [(receipt.version, receipt.duplicate) for receipt in told.admitted.receipts] == [
        ("3", False),
        ("4", False),
        ("3", True),
    ]
    assert (known, told.admitted.fault) == (Versions(), None)


def test_of_a_story_that_cannot_be_read_only_a_kill_is_judged() -> None:
    """An update is left out with the reason, and keeps no other story out."""
    lost = fold([Recorded(unread("story.story-1.received.1", "torn"), 1, NOW)])
    update, kill = draft(), draft(replace(STORY, version="9", pubstatus="canceled"))
    told = all_judged([update, replace(update, story_id="story-2"), kill], {"story-1": lost}, "ingest/test", Coming())
    assert [(type(event), event.story_id) for event in told.events] == [
        (StoryReceived, "story-2"),
        (StoryCanceled, "story-1"),
    ]
    assert len(told.admitted.receipts) == 2
    assert "torn" in str(told.admitted.fault)


@pytest.mark.parametrize(("minutes", "standing"), [(None, "current"), (-1, "late"), (0, "current")])
def test_what_is_tried_again_is_overtaken_by_what_came_since(minutes: int | None, standing: str) -> None:
    """Of a sender who states neither version nor time."""
    bare = replace(STORY, version="")
    first, _ = judged(draft(bare), Versions(), "ingest/test")
    assert first is not None
    came = None if minutes is None else NOW + timedelta(minutes=minutes)
    again = draft(replace(bare, headline="Boats wait"))
    told = all_judged([again], {"story-1": fold([Recorded(first, 1, NOW)])}, "ingest/test", Coming(came))
    assert [event.standing for event in told.events] == [standing]


@pytest.mark.parametrize(("hours", "overtaken", "pulled"), [(1, False, True), (-1, False, False), (None, True, False)])
def test_a_word_from_before_the_current_version_takes_nothing_back(
    hours: int | None, overtaken: bool, pulled: bool
) -> None:
    """It holds what comes, as any hold does; but its provider has let the story out since."""
    first, versions = replace(STORY, version="", version_created=NOW if hours else None), Versions()
    event, _ = judged(draft(first), versions, "test")
    assert event is not None
    evolve(versions, event)
    made = NOW + timedelta(hours=hours) if hours else None
    word = replace(STORY, version="", version_created=made, pubstatus="withheld", pulled=True)
    event, _ = judged(draft(word), versions, "test", overtaken=overtaken)
    assert event is not None
    assert (event.standing, event.story.pubstatus, event.story.pulled) == ("current", "withheld", pulled)


@pytest.mark.parametrize("overtaken", [True, False])
def test_a_word_that_is_tried_again_takes_the_same_version_back_unless_that_came_since(overtaken: bool) -> None:
    """It had been refused; meanwhile its provider has let that version out."""
    versions = Versions()
    event, _ = judged(draft(), versions, "test")
    assert event is not None
    evolve(versions, event)
    event, _ = judged(draft(replace(STORY, pubstatus="withheld", pulled=True)), versions, "test", overtaken=overtaken)
    assert event is not None and event.story.pulled is not overtaken


@pytest.mark.parametrize(("take", "pulled"), [(2, True), (3, False)])
def test_a_withheld_take_takes_the_story_back_only_where_outlets_have_that_take(take: int, pulled: bool) -> None:
    """One that comes anew is held, and leaves those before it where they are."""
    versions = Versions()
    for number in (1, 2):
        event, _ = judged(draft(replace(STORY, take=number, paragraphs=(f"Take {number}.",))), versions, "test")
        assert event is not None
        evolve(versions, event)
    word = replace(STORY, take=take, paragraphs=("Wrong.",), pubstatus="withheld", pulled=True, signals=(CORRECTION,))
    event, _ = judged(draft(word), versions, "test")
    assert event is not None and len(event.story.paragraphs) == take
    assert (event.standing, event.story.pubstatus, event.story.pulled) == ("current", "withheld", pulled)


def test_the_same_bytes_that_are_read_otherwise_are_a_repeat_if_they_tell_of_the_story_once() -> None:
    """Else the other version that they tell of would be taken for one that came before."""
    versions = Versions()
    first, _ = judged(draft(), versions, "rules/1")
    assert first is not None
    longer = replace(draft(replace(STORY, version="4", paragraphs=("The boats came back.",))), original=first.original)
    evolve(versions, first)
    event, receipt = judged(longer, versions, "rules/2")
    assert (event, receipt.duplicate, receipt.version) == (None, True, "3")
    event, receipt = judged(longer, versions, "rules/2", once=False)
    assert event is not None and receipt.standing == "current"


def test_an_entry_of_a_web_feed_that_is_read_otherwise_is_a_repeat() -> None:
    """Its feed's bytes are others at every look; another entry counts, and so does a kill that was not seen then."""
    versions = Versions()
    first, _ = judged(draft(entry="one"), versions, "rules/1")
    assert first is not None and first.entry == "one"
    evolve(versions, first)
    longer = replace(STORY, paragraphs=("The boats came back.",))
    assert judged(draft(longer, entry="one"), versions, "rules/2")[0] is None
    changed, _ = judged(draft(replace(longer, version="4"), entry="two"), versions, "rules/2")
    assert changed is not None and changed.standing == "current"
    kill, _ = judged(draft(replace(longer, pubstatus="canceled"), entry="one"), versions, "rules/2")
    assert kill is not None and kill.standing == "current"


def test_a_feed_may_list_a_story_in_two_entries_each_of_which_is_known_again() -> None:
    """As where a site lists it under two headings."""
    versions = Versions()
    for entry in ("one", "two"):
        event, _ = judged(draft(replace(STORY, slugline=entry), entry=entry), versions, "rules/1", once=False)
        assert event is not None
        evolve(versions, event)
    for entry in ("one", "two"):
        more = replace(STORY, slugline=entry, keywords=("boats",))
        assert judged(draft(more, entry=entry), versions, "rules/2", once=False)[0] is None


def test_an_entry_that_an_older_release_took_is_known_by_its_feeds_bytes() -> None:
    """That release did not keep what the entry's own are."""
    versions = Versions()
    first, _ = judged(draft(), versions, "rules/1")
    assert first is not None
    evolve(versions, first)
    again = replace(draft(replace(STORY, paragraphs=("More.",)), entry="one"), original=first.original)
    assert judged(again, versions, "rules/2")[0] is None


@pytest.mark.parametrize(("once", "kind"), [(True, StoryReceived), (False, StoryCanceled)])
def test_news_that_comes_again_and_may_be_read_as_a_kill_now_does_not_kill_itself(once: bool, kind: type) -> None:
    """As after an upgrade that doubts more headlines: it waits for a desk, but where the story has another version, if
    only in the same message.
    """
    news = draft()
    first, _ = judged(news, versions := Versions(), "rules/1")
    assert first is not None
    evolve(versions, first)
    doubted = replace(STORY, pubstatus="withheld", signals=("kill:doubted",))
    again = replace(draft(doubted), original=news.original)
    several = frozenset() if once else frozenset({news.story_id})
    [event] = all_judged([again], {news.story_id: versions}, "rules/2", Coming(several=several)).events
    assert (type(event), event.standing) == (kind, "current")
    other, _ = judged(draft(replace(STORY, version="2")), versions, "rules/1")
    assert other is not None
    evolve(versions, other)
    [event] = all_judged([again], {news.story_id: versions}, "rules/2", Coming(several=several)).events
    assert type(event) is StoryCanceled
