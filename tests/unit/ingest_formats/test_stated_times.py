"""Times as programs count them, and dates that name no day, in ninjs, JSON Feed, RSS and Atom."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import parse
from dateline_ingest.instants import instant, moment, truncated
from dateline_schemas.story import Story

MOMENT = datetime(2026, 3, 26, 10, 15, tzinfo=UTC)
NO_DAY = ("2026", "2026-03", "2026-W13", "2026W13", "2026-03Z", "2026+01:00")


def ninjs(**members: Any) -> Story:
    """The story of a ninjs item with these members."""
    item = {"uri": "urn:x:1", "type": "text", "headline": "Yearbook", "body_text": "The yearbook.", **members}
    return parse(json.dumps(item).encode()).stories[0]


def json_feed(**members: Any) -> Story:
    """The story of a JSON Feed's only item with these members."""
    item = {"id": "1", "title": "Yearbook", "content_text": "The yearbook.", **members}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Books", "items": [item]}
    return parse(json.dumps(feed).encode()).stories[0]


def rss(elements: str) -> Story:
    """The story of an RSS feed's only item with these elements."""
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    item = f"<item><guid>1</guid><title>Yearbook</title>{elements}</item>"
    return parse(f'<rss version="2.0" {space}><channel><title>Books</title>{item}</channel></rss>'.encode()).stories[0]


def atom(elements: str) -> Story:
    """The story of an Atom entry with these elements."""
    entry = f"<id>urn:1</id><title>Yearbook</title>{elements}"
    return parse(f'<entry xmlns="http://www.w3.org/2005/Atom">{entry}</entry>'.encode()).stories[0]


@pytest.mark.parametrize("count", [1774520100, 1774520100.0, 1774520100000, "1774520100", "1774520100000"])
def test_json_counts_seconds_or_milliseconds_since_1970(count: float | str) -> None:
    """A number in a member that holds a time is a count since 1970, be it of seconds or of milliseconds."""
    assert ninjs(versioncreated=count, firstcreated=count, embargoed=count, expires=count) == ninjs(
        **dict.fromkeys(("versioncreated", "firstcreated", "embargoed", "expires"), "2026-03-26T10:15:00Z")
    )
    found = json_feed(date_published=count, date_modified=count)
    assert (found.first_created, found.version_created, found.version) == (MOMENT, MOMENT, "2026-03-26T10:15:00Z")


def test_a_feed_counts_seconds() -> None:
    """So does an RSS feed whose program does not know better."""
    assert rss("<pubDate>1774520100</pubDate>").version_created == MOMENT


@pytest.mark.parametrize("figures", ["12345678", "2026032610", "202603261015", "99999999999", "1e9", "-1774520100"])
def test_other_figures_are_no_time(figures: str) -> None:
    """Neither are a date in figures alone nor a number of another length taken for a count."""
    assert moment(figures) is None


def test_figures_in_a_text_are_no_time() -> None:
    """A line with a telephone number is not the time of a plain text."""
    assert parse(b"Yearbook\n\n1774520100\n\nThe yearbook of the museum is out.\n").stories[0].version_created is None


@pytest.mark.parametrize("stated", NO_DAY)
def test_a_date_that_names_no_day_is_kept_as_claimed(stated: str) -> None:
    """It is no moment of its first day: the story has no time, and editors are told what it claims."""
    assert instant(stated) is None
    assert truncated(stated) == stated
    for found in (
        ninjs(versioncreated=stated),
        json_feed(date_published=stated),
        rss(f"<dc:date>{stated}</dc:date>"),
        rss(f"<dcterms:modified>{stated}</dcterms:modified>"),
        atom(f"<updated>{stated}</updated>"),
    ):
        assert (found.version_created, found.ed_note) == (None, f"Dated: {stated}")


def test_a_week_with_its_day_is_one() -> None:
    """ISO 8601's weeks name a day if they say which."""
    assert instant("2026-W13-4") == datetime(2026, 3, 26, tzinfo=UTC) == instant("2026W134")


@pytest.mark.parametrize("stated", NO_DAY)
def test_an_embargo_that_names_no_day_withholds(stated: str) -> None:
    """It ends neither on the first day nor at a time of day that the figures look like, whatever agency sent it."""
    found = ninjs(embargoed=stated, versioncreated="2026-03-26T10:15:00Z", infosource=[{"name": "TT"}], provider="TT")
    assert (found.pubstatus, found.embargo) == ("withheld", None)
    assert stated in found.ed_note


def test_a_note_whose_embargo_names_a_month_withholds() -> None:
    """``2026-04`` in words is no time of day with an offset."""
    found = ninjs(ednote="Embargoed until 2026-04", versioncreated="2026-03-26T10:15:00Z")
    assert (found.pubstatus, found.embargo) == ("withheld", None)


@pytest.mark.parametrize(
    "date",
    [
        "Thu, 26 Mar 2026 18:15:00 +08:00",
        "Thu, 26 Mar 2026 18:15:00 GMT+8",
        "Thu, 26 Mar 2026 11:15:00 (CET)",
        "Thu Mar 26 12:15:00 EET 2026",
        "Thu Mar 26 12:15:00 +0200 2026",
        "Thu, 26 Mar 2026 6:15 PM +0800",
        "2026-03-26 11:15:00 CET",
        "2026-03-26T05:15 EST",
        "2026/03/26 18:15:00 +0800",
        "2026/3/26 10:15",
        "2026年3月26日 10:15:00",
        "2026-03-26T10:15:00z",
        "Thu Mar 26 2026 11:15:00 GMT+0100 (Central European Standard Time)",
    ],
)
def test_senders_write_dates_in_ways_of_their_own(date: str) -> None:
    """An offset, a zone by name and a half of the day count wherever they stand; figures may have other signs."""
    assert instant(date) == MOMENT


@pytest.mark.parametrize(
    "date", ["05-Nov-2026 x", "2026/13/26", "2026年3月", "26/03/2026 10:15", "2026-03-26 10:15 QQQ"]
)
def test_what_could_be_another_date_is_none(date: str) -> None:
    """A day that comes before its month in figures, or a zone that nobody knows, is not guessed."""
    assert instant(date) is None


@pytest.mark.parametrize(
    "date", ["Чт, 26 мар 2026 13:15:00 +0300", "to 26 maalis 2026 12:15 +0200", "26 μαρ 2026 12:15 +0200"]
)
def test_months_in_more_languages(date: str) -> None:
    """Months are known in Cyrillic, Greek and Arabic writing, too."""
    assert rss(f"<pubDate>{date}</pubDate>").version_created == MOMENT


def test_a_day_by_the_clock_of_a_zone() -> None:
    """XML Schema's date may have an offset, which is no time of day."""
    assert instant("2026-03-26+01:00") == datetime(2026, 3, 25, 23, tzinfo=UTC)
    assert instant("2026-03-26-05:00") == datetime(2026, 3, 26, 5, tzinfo=UTC)
