"""When a page's story came out, where only its readers are told, and by the clock of which zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from quaypages import H, P, page

from dateline_ingest.formats import parse
from dateline_ingest.formats.page.dates import shown_date
from dateline_schemas.story import Story


def story(language: str, shown: str, head: str = "") -> Story:
    """The story of a page that shows a date in a part called one."""
    page = (
        f'<html lang="{language}"><head>{head}</head><body><h1>{H}</h1><div class="date">{shown}</div>{P}</body></html>'
    )
    return parse(page.encode(), hint="text/html", url="https://quay.example/ferry").stories[0]


def data(**members: str) -> str:
    """JSON-LD of an article."""
    inner = "".join(f',"{name}":"{value}"' for name, value in members.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{H}"{inner}}}</script>'


@pytest.mark.parametrize(
    ("language", "shown", "expected"),
    [
        ("de", "26.03.2026, 14:05 Uhr", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("fr", "26/03/2026 à 14h05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("en-GB", "03/04/2026 2.05pm", datetime(2026, 4, 3, 14, 5, tzinfo=UTC)),
        ("en-US", "03/04/2026 2:05 PM", datetime(2026, 3, 4, 14, 5, tzinfo=UTC)),
        ("en", "03/26/2026", datetime(2026, 3, 26, tzinfo=UTC)),
        ("hu", "2026. 03. 26. 14:05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("ja", "2026年3月26日 午後2時05分", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("ko", "입력 2026.03.26. 오후 2:05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("zh-CN", "2026年03月26日14:05:30 | 来源", datetime(2026, 3, 26, 14, 5, 30, tzinfo=UTC)),
        ("ar", "٢٦/٠٣/٢٠٢٦ - ٠٢:٠٥ م", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("hi", "२६-०३-२०२६, १४:०५", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("es", "26 de marzo de 2026 14:05 hs", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("hr", "26. ožujka 2026. u 14:05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("uk", "Четвер, 26 березня 2026, 14:05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("vi", "Thứ năm, 26/3/2026, 14:05 (GMT+7)", datetime(2026, 3, 26, 7, 5, tzinfo=UTC)),
        ("id", "Kamis, 26 Mar 2026 14:05 WIB", datetime(2026, 3, 26, 7, 5, tzinfo=UTC)),
        ("en-IN", "March 26, 2026 02:05 pm IST", datetime(2026, 3, 26, 8, 35, tzinfo=UTC)),
        ("ru", "14:05, 26.03.2026", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("pt-BR", "26 mar 26 | 14h05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("ka", "26 მარტი, 2026 14:05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("te", "మార్చి 26, 2026 14:05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("pa", "26 ਫ਼ਰਵਰੀ 2026", datetime(2026, 2, 26, tzinfo=UTC)),
        ("th", "26/03/2569", datetime(2026, 3, 26, tzinfo=UTC)),
        ("th", "26 มีนาคม 2569 14:05", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("th", "เผยแพร่: 26 มี.ค. 2569 14:05 น.", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("th", "26 มี.ค. 69", datetime(2026, 3, 26, tzinfo=UTC)),
        ("fa", "۱۴۰۵/۰۱/۰۶ - ۱۴:۰۵", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
        ("fa", "پنجشنبه ۳۰ اسفند ۱۴۰۳", datetime(2025, 3, 20, tzinfo=UTC)),
        ("ur", "26 مارچ 2026", datetime(2026, 3, 26, tzinfo=UTC)),
        ("ur", "پير 06 اپريل 2026", datetime(2026, 4, 6, tzinfo=UTC)),
        ("th", "26-Mar-26", datetime(2026, 3, 26, tzinfo=UTC)),
        ("ar", "1447-10-07 هـ - 2026-03-26 م", datetime(2026, 3, 26, tzinfo=UTC)),
        ("fa", "۱۴۴۷/۱۰/۰۷ - ۱۴۰۵/۰۱/۰۶", datetime(2026, 3, 26, tzinfo=UTC)),
        ("de", "Nr. 1402/1/12, 26.03.2026", datetime(2026, 3, 26, tzinfo=UTC)),
        ("en-PK", "26-Mar-26 2:05 pm", datetime(2026, 3, 26, 14, 5, tzinfo=UTC)),
    ],
)
def test_a_date_that_only_readers_are_shown_is_read_as_its_language_writes_it(
    language: str, shown: str, expected: datetime
) -> None:
    """In figures of any script, in the order of the language, with its names of months and halves of the day."""
    assert story(language, shown).first_created == expected


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "03/04/2026"),
        ("", "03/04/2026"),
        ("en-CA", "03-04-2026"),
        ("zh", "03/04/2026"),
        ("en-US", "03.04.2026"),
        ("de", "31.02.2026"),
        ("fa", "۱۴۰۴/۱۲/۳۰"),
        ("ar", "١٤٤٧/١٠/٠٧"),
        ("en", "15 June 1389"),
        ("he", "14:05, 26.03.26"),
        ("en-GB", "Thursday 26 March 14:05"),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_none(language: str, shown: str) -> None:
    """Nor is one of the lunar calendar, one without its century, or a day that no month has."""
    assert story(language, shown).first_created is None


def test_metadata_go_before_what_is_shown() -> None:
    """Pages show when they were printed, and the day of other stories."""
    found = story("de", "27.03.2026", data(datePublished="2026-03-26T10:00:00Z"))
    assert found.first_created == datetime(2026, 3, 26, 10, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "hour"), [("video.other", 9), ("article", 0)])
def test_a_page_that_is_a_video_came_out_when_the_video_did(kind: str, hour: int) -> None:
    """A video in a story may be older, or newer: there the day that readers are shown counts."""
    video = '{"@type":"VideoObject","name":"The last boat","uploadDate":"2026-03-26T11:00:00+02:00"}'
    head = f'<meta property="og:type" content="{kind}"><script type="application/ld+json">{video}</script>'
    assert story("en", "26 March 2026", head).first_created == datetime(2026, 3, 26, hour, tzinfo=UTC)


def test_a_date_in_a_link_to_another_story_is_that_one_s() -> None:
    """So is one in a part about other stories."""
    date = '<span class="date">24.03.2026</span>'
    for other in (
        f'<a href="/x"><b>The market hall burned down</b>{date}</a>',
        f'<div class="related"><b>The market hall burned down</b>{date}</div>',
    ):
        page = f"<html lang='de'><body><main><h1>{H}</h1>{P}<section>{other}</section></main></body></html>"
        assert parse(page.encode(), hint="text/html").stories[0].first_created is None


def test_a_date_behind_the_headline_needs_no_name() -> None:
    """A short line there that has one is about the story, and none of its text."""
    page = (
        f"<html lang='et'><body><div><h1>{H}</h1><div>Mari Tamm</div><div>26.03.2026 14:05</div>{P}</div></body></html>"
    )
    found = parse(page.encode(), hint="text/html").stories[0]
    assert found.first_created == datetime(2026, 3, 26, 14, 5, tzinfo=UTC)
    assert found.paragraphs[0].startswith("The old weigh house")


def test_a_date_in_a_bar_of_buttons_counts() -> None:
    """It stands between headline and text in a part that is called noise; what it says besides is no source."""
    bar = '<div class="social-share"><div class="updatetime">26 March 2026</div><a href="#">Share</a></div>'
    page = f"<html lang='en'><body><main><h1>{H}</h1>{bar}{P}</main></body></html>"
    found = parse(page.encode(), hint="text/html").stories[0]
    assert found.first_created == datetime(2026, 3, 26, tzinfo=UTC)
    assert found.credits == ()


def test_a_line_behind_the_lead_that_says_who_and_when_is_no_text() -> None:
    """Nordic pages set it there."""
    line = "<p>Av Kari Moe, publisert 26.03.2026 kl. 14.05</p>"
    lead = "<p class='ingress'>The boat to the island goes no more, and those who live there learn to drive a car.</p>"
    page = f"<html lang='nb'><body><article><h1>{H}</h1>{lead}{line}{P}</article></body></html>"
    found = parse(page.encode(), hint="text/html").stories[0]
    assert found.first_created == datetime(2026, 3, 26, 14, 5, tzinfo=UTC)
    assert not any("Kari Moe" in text for text in found.paragraphs)


def test_a_date_in_the_story_s_own_footer_counts() -> None:
    """Blogs have it under the text."""
    foot = "<footer><time datetime='26.03.2026 14:05'>26.03.2026 14:05</time></footer>"
    page = f"<html lang='ru'><body><article><header><h1>{H}</h1></header><div>{P}</div>{foot}</article></body></html>"
    assert parse(page.encode(), hint="text/html").stories[0].first_created == datetime(2026, 3, 26, 14, 5, tzinfo=UTC)


def test_a_line_of_the_text_that_has_a_place_and_an_agency_beside_its_date_stays() -> None:
    """Nothing that says where copy comes from is lost."""
    line = "<p>ACCRA, March 26, 2026 (GNA) -</p>"
    page = f"<html lang='en'><body><div><h1>{H}</h1>{line}{P}</div></body></html>"
    assert "GNA" in parse(page.encode(), hint="text/html").stories[0].paragraphs[0]


ZONED = '<time datetime="{}">26 March</time>'


@pytest.mark.parametrize(
    ("head", "shown", "expected"),
    [
        (data(datePublished="2026-03-26T14:05:00"), "", 14),
        (data(datePublished="2026-03-26T14:05:00"), ZONED.format("2026-03-26T14:05:00+01:00"), 13),
        (data(datePublished="2026-03-26T14:05:00"), ZONED.format("2026-03-26T15:00:00+02:00"), 12),
        (data(datePublished="2026-03-26T14:05:00", dateModified="2026-03-26T16:00:00+03:00"), "", 11),
        (data(datePublished="2026-03-26T14:05:00", dateCreated="2026-03-26T14:05:00+03:00"), "", 11),
        (
            data(datePublished="2026-03-26T14:05:00")
            + '<meta property="article:published_time" content="2026-03-26T09:05:00Z">',
            "",
            9,
        ),
        (data(datePublished="2026-03-26T14:05:00"), "26 March 2026 | 14:05 WAT", 13),
        (data(datePublished="2026-03-26T14:05:00"), "26 March 2026 14:05 GMT+1", 13),
        (data(datePublished="2026-03-26T14:05:00"), "26 March 2026 2:05 PM (UTC−3)", 17),
        (data(datePublished="2026-03-26T14:05:00"), "26 March 2026 15:05 WAT", 14),
        ('<meta name="date" content="26.03.2026 14:05">', "26 March 2026, 14:05 CET", 13),
        (data(datePublished="2026-03-26T14:05:00Z"), "26 March 2026 14:05 WAT", 14),
    ],
)
def test_a_time_without_a_zone_is_told_by_the_zone_that_the_page_has_elsewhere(
    head: str, shown: str, expected: int
) -> None:
    """In a statement of the same moment, in one of another, or beside the same time of day in view; else it is UTC."""
    found = story("en-NG", shown, head).first_created
    assert found is not None
    assert (found.day, found.hour, found.minute) == (26, expected, 5)


def test_a_time_at_the_end_of_time_is_kept_as_it_is() -> None:
    """An offset would lead beyond the years that there are."""
    head = data(datePublished="0001-01-01T00:05:00", dateModified="2026-03-26T16:00:00+03:00")
    found = story("en", "", head).first_created
    assert found is not None
    assert found.year == 1


@pytest.mark.parametrize(
    ("language", "shown", "day"),
    [
        ("en", "Mon, 03/02/2026 - 10:15", "2026-03-02"),
        ("en", "Tue, 03/02/2026 - 10:15", "2026-02-03"),
        ("sw", "Jumatatu, 03/02/2026", "2026-03-02"),
        ("ar", "12 تشرين الأول 2025", "2025-10-12"),
        ("ar", "الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21", "2013-08-04"),
    ],
)
def test_the_day_of_the_week_and_both_names_of_a_month_are_understood(language: str, shown: str, day: str) -> None:
    """Drupal prints the month first in every language; the Levant has names of its own, and some of two words."""
    found = shown_date(shown, language)
    assert found is not None and found.day.isoformat() == day


def test_a_day_of_the_week_that_fits_neither_order_decides_nothing() -> None:
    """Then it is as if it were not there."""
    assert shown_date("Fri, 03/02/2026", "en") is None


def test_the_time_of_a_post_in_the_text_is_not_the_page_s() -> None:
    """What the page shows goes before what embedded posts state, and that before nothing."""
    when = "<time datetime='2020-01-02T03:04:05+00:00'>Jan</time>"
    post = f"<blockquote class='instagram-media'><p>A post {when}</p></blockquote>"
    shown = "<p>A school of music moves into the old weigh house on the quay, the council said on Monday.</p>" * 3
    text = f"<article><h1>Weigh house becomes a school</h1>%s<div>{shown}{post}{shown}</div></article>"
    dated = parse((text % "<div class='date'>29 January 2021</div>").encode(), hint="text/html").stories[0]
    assert dated.first_created == datetime(2021, 1, 29, tzinfo=UTC)
    alone = parse((text % "").encode(), hint="text/html").stories[0]
    assert alone.first_created == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "language", "day"),
    [
        ("Publié le lundi 16 mars 2026", "", 16),
        ("Publié le 17 juillet 2026", "en-US", 17),
        ("18 octobre 2026", "bm", 18),
        ("19 listopad 2026", "", None),
    ],
)
def test_a_month_that_is_one_in_any_language_is_read(shown: str, language: str, day: int | None) -> None:
    """Pages state no language, or that of their theme; a name that two languages give to two months says nothing."""
    found = shown_date(shown, language)
    assert (found.day.day if found else None) == day


def test_a_date_without_a_zone_gives_way_to_the_moment_beside_it() -> None:
    """Even where that stands in a bar of buttons; one that no zone's clock could show so is another story's."""
    shown = "<p>A school of music moves into the old weigh house on the quay, the council said on Monday.</p>" * 3
    bar = "<div class='date'>29/01/2021 10h02</div><div class='share-bar'><time datetime='%s'></time></div>"
    text = f"<html lang='pt-BR'><article><h1>Weigh house becomes a school</h1>{bar}<div>{shown}</div></article></html>"
    for stamp, hour in (("2021-01-29T13:02:44Z", 13), ("2021-01-20T13:02:00Z", 10), ("2021-01-29T13:19:00Z", 10)):
        found = parse((text % stamp).encode(), hint="text/html").stories[0]
        assert found.first_created == datetime(2021, 1, 29, hour, 2, 44 if hour == 13 else 0, tzinfo=UTC)
    for box, day in (("<div class='news_nav'>", "2021-01-29"), ("<div class='promo'>Concert: ", "None")):
        alone = parse(text.replace("<div class='date'>", box).encode(), hint="text/html").stories[0]
        assert str(alone.first_created)[:10] == day, "a bar with nothing but a date"
    text = text.replace(" 10h02", "")
    for stamp, hour in (("2021-01-29T08:00:00-03:00", 11), ("2021-01-28T22:00:00-03:00", 0)):
        found = parse((text % stamp).encode(), hint="text/html").stories[0]
        assert found.first_created == datetime(2021, 1, 29, hour, tzinfo=UTC), "never another day than readers see"


def test_a_later_time_right_beside_that_of_publication_is_that_of_a_change() -> None:
    """Themes set both into one link or line; a time elsewhere on the page is none of the story's."""
    first, later = (
        "<time datetime='2026-03-26T08:00:00Z'>26 March</time>",
        "<time datetime='2026-03-27T09:00:00Z'>now</time>",
    )
    head = data(datePublished="2026-03-26T08:00:00Z")
    for stated in (head, ""):
        line = f"<p><a href='/ferry' rel='bookmark'>{first}{later}</a></p>"
        page = f"<html lang='en'><head>{stated}</head><body><main><h1>{H}</h1>{line}{P}</main></body></html>"
        found = parse(page.encode(), hint="text/html", url="https://quay.example/ferry").stories[0]
        assert found.first_created == datetime(2026, 3, 26, 8, tzinfo=UTC)
        assert found.version_created == datetime(2026, 3, 27, 9, tzinfo=UTC)
    apart = f"<p>{first}</p>{P}<div><div><p>{later}</p></div></div>"
    page = f"<html lang='en'><head>{head}</head><body><main><h1>{H}</h1>{apart}</main></body></html>"
    assert parse(page.encode(), hint="text/html").stories[0].version_created == datetime(2026, 3, 26, 8, tzinfo=UTC)


def test_a_day_marked_in_the_text_is_no_change_of_it() -> None:
    """Though the text stands in one part with the line that says when it came out."""
    line = "<p><time datetime='2026-03-26T08:00:00Z'>26 March</time></p>"
    told = "<p>The pier opens on <time datetime='2026-05-09T10:00:00Z'>9 May</time> at noon.</p>"
    page = f"<html lang='en'><body><main><h1>{H}</h1><div>{line}{told}{P}</div></main></body></html>"
    found = parse(page.encode(), hint="text/html").stories[0]
    assert found.version_created == found.first_created == datetime(2026, 3, 26, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Posted March 26, 2026 9:00 am | Last updated: March 26, 2026 10:15 am"),
        ("ko", "입력 2026.03.26 09:00 수정 2026.03.26 10:15 댓글 0"),
        ("it", "26 marzo 2026 (modifica il 26 marzo 2026 | 10:15)"),
        ("sv", "Uppdaterad 26 mars 2026 10:15"),
    ],
)
def test_a_time_behind_a_word_for_a_change_is_that_of_the_change(language: str, shown: str) -> None:
    """By the clock of the zone in which the page states when its story came out, and only if it is later."""
    for stated, later in (("2026-03-26T09:00:00+09:00", True), ("2026-03-26T10:30:00+09:00", False)):
        found = story(language, shown, head=data(datePublished=stated))
        expected = datetime(2026, 3, 26, 1, 15, tzinfo=UTC) if later else found.first_created
        assert found.version_created == expected, shown


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="voices"><b>Readers say</b><span class="date">Edited March 27, 2026 10:00</span> Good.</div>',
        '<div class="box"><a href="/t"><h3>Tide is late</h3></a><span class="date">Updated March 27, 2026</span></div>',
        '<div class="chart"><img src="/c.png"><p class="source">Source: Port. Updated March 27, 2026</p></div>',
        '<div class="info">Edited by Ann Roe, April 2, 2026</div>',
        '<div class="info">Next update: council meeting on April 2, 2026, 19:00</div>',
        '<div class="info">Ferry update: 2 April 2026</div>',
        '<div class="card"><i class="author">Jane Roe</i><span class="info">Profile updated April 2, 2026</span></div>',
    ],
)
def test_a_change_of_something_else_on_the_page_is_none_of_the_story(beside: str) -> None:
    """A comment, a teaser, a chart, an event or a profile has its own, and stands apart from the story's date."""
    shown = f"March 26, 2026 9:00 am</div>{P}{beside}<div>"
    found = story("en", shown, head=data(datePublished="2026-03-26T09:00:00Z"))
    assert found.version_created == datetime(2026, 3, 26, 9, tzinfo=UTC)


def test_another_day_beside_that_of_publication_is_no_change() -> None:
    """Nor is one behind a word that only contains one for a change."""
    for beside in ("Hearing: April 21, 2026 7:00 pm", "Updatedness: April 21, 2026 7:00 pm"):
        found = story("en", f"March 26, 2026 9:00 am | {beside}")
        assert found.version_created == found.first_created == datetime(2026, 3, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "moment"),
    [("2026-03-09 15:32:10", "2026-03-09T15:32:10+00:00"), ("2026-03-08 15:32", "2026-03-09T00:00:00+00:00")],
)
def test_the_time_of_a_day_that_the_metadata_state_may_be_shown(shown: str, moment: str) -> None:
    """Of the same day alone."""
    head = '<meta name="publishdate" content="2026-03-09">'
    found = page(f"<h1>{H}</h1><div><span class='time'>{shown}</span></div>{P}", head=head)
    assert found.first_created is not None
    assert found.first_created.isoformat() == moment


@pytest.mark.parametrize(
    ("beside", "moment"),
    [
        ("<div class='comments'><time datetime='2026-03-09T21:11:00Z'>9 pm</time></div>", "2026-03-09T00:00:00+00:00"),
        (
            "<p>Updated <time datetime='2026-03-09T19:00Z'>7 pm</time></p>"
            "<p><time datetime='2026-03-09T08:15Z'>8 am</time></p>",
            "2026-03-09T08:15:00+00:00",
        ),
    ],
)
def test_a_comment_or_a_change_on_that_day_tells_no_time_of_it(beside: str, moment: str) -> None:
    """What the story itself shows first on it counts."""
    head = '<meta name="publishdate" content="2026-03-09">'
    found = page(f"<article><h1>{H}</h1>{beside}{P}</article>", head=head).first_created
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    ("published", "changed", "modified", "first", "last"),
    [
        ("26T10:00:00Z", "26T12:30:00Z", "26", "26T10:00", "26T12:30"),
        ("26T01:00:00+09:00", "26T12:30:00+09:00", "26", "25T16:00", "26T03:30"),
        ("26T10:00:00Z", "27T12:30:00Z", "27", "26T10:00", "27T12:30"),
        ("26T10:00:00Z", "26T12:30:00Z", "28", "26T10:00", "28T00:00"),
        ("26T10:00:00Z", "26T12:30:00Z", "26T11:00:00Z", "26T10:00", "26T11:00"),
    ],
)
def test_of_two_times_on_days_that_are_stated_the_later_is_that_of_the_change(
    published: str, changed: str, modified: str, first: str, last: str
) -> None:
    """By the clock that shows them; a time of day that is stated counts first."""
    shown = f"Out <time datetime='2026-03-{published}'>a</time>, new <time datetime='2026-03-{changed}'>b</time>"
    found = story("en", shown, head=data(datePublished="2026-03-26", dateModified=f"2026-03-{modified}"))
    assert found.first_created == datetime.fromisoformat(f"2026-03-{first}:00+00:00")
    assert found.version_created == datetime.fromisoformat(f"2026-03-{last}:00+00:00")
