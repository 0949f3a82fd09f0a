"""What portals' extensions of RSS say: whole texts, later versions, deletions, other stories, pictures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_ingest.formats import parse
from dateline_schemas.story import CreditElement, Link, Story, Subject

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:yandex="http://news.yandex.ru" '
    'xmlns:turbo="http://turbo.yandex.ru" xmlns:rambler="http://news.rambler.ru" '
    'xmlns:mailru="http://news.mail.ru/" xmlns:oa="http://news.line.me/rss/1.0/oa" '
    'xmlns:gnf="http://assets.gunosy.com/media/gnf" xmlns:snf="http://www.smartnews.be/snf" '
    'xmlns:goonews="http://news.goo.ne.jp/rss/2.0/news/goonews/" xmlns:prn="http://www.prnewswire.com/rss/" '
    'xmlns:mi="http://schemas.ingestion.microsoft.com/common/" xmlns:ev="http://purl.org/rss/1.0/modules/event/"'
)
DATED = "<pubDate>Thu, 26 Mar 2026 09:00:00 +0900</pubDate>"
LATER = "Thu, 26 Mar 2026 12:30:00 +0900"


def rss(item: str) -> Story:
    """The story of a feed with this item."""
    channel = f"<channel><title>Quay Post</title><item><guid>q1</guid>{item}</item></channel>"
    return parse(f'<rss version="2.0" {SPACES}>{channel}</rss>'.encode()).stories[0]


@pytest.mark.parametrize(
    "name", ["yandex:full-text", "rambler:fulltext", "rambler:full-text", "mailru:full-text", "fulltext", "content"]
)
def test_a_whole_text_by_any_portals_name(name: str) -> None:
    """It is the body, beside which the description is a summary."""
    found = rss(f"<title>Nets</title><description>Dry.</description><{name}>&lt;p>Nets are dry again.&lt;/p></{name}>")
    assert found.paragraphs == ("Nets are dry again.",)
    assert found.summary == "Dry."


def test_a_whole_text_whose_prefix_nothing_explains() -> None:
    """A feed that does not declare the portal's namespace is read by the names of its elements."""
    feed = (
        "<rss version='2.0'><channel><title>Quay Post</title><item><guid>q1</guid><title>Nets</title>"
        "<description>Dry.</description><rambler:fulltext>Nets are dry again.</rambler:fulltext></item></channel></rss>"
    )
    assert parse(feed.encode()).stories[0].paragraphs == ("Nets are dry again.",)


def test_a_turbo_page_says_its_title_itself() -> None:
    """An item without a title has that of its page (topic), else the first heading of its text; menus are no text."""
    page = (
        "<header><h1>Bridge opens</h1><menu><a href='/a'>Home</a><a href='/b'>Maps</a></menu></header>"
        "<p>The bridge opened on Thursday.</p>"
    )
    found = rss(f"<turbo:content><![CDATA[{page}]]></turbo:content>")
    assert (found.headline, found.paragraphs) == ("Bridge opens", ("The bridge opened on Thursday.",))
    named = rss(f"<turbo:topic>At the bridge</turbo:topic><turbo:content><![CDATA[{page}]]></turbo:content>")
    assert named.headline == "At the bridge"


@pytest.mark.parametrize(
    "name", ["oa:lastPubDate", "gnf:modified", "goonews:modified", "modifiedDate", "lastUpdate", "lastpubDate"]
)
def test_a_later_version_by_any_portals_name(name: str) -> None:
    """When an item was changed is its version, by whatever name its portal asks for it."""
    found = rss(f"<title>Nets</title>{DATED}<{name}>{LATER}</{name}>")
    assert found.first_created == datetime(2026, 3, 26, 0, 0, tzinfo=UTC)
    assert found.version_created == datetime(2026, 3, 26, 3, 30, tzinfo=UTC)
    assert found.version == "2026-03-26T03:30:00Z"


@pytest.mark.parametrize(
    "element",
    [
        "<oa:delStatus>1</oa:delStatus>",
        "<oa:pubStatus>0</oa:pubStatus>",
        "<goonews:delete>1</goonews:delete>",
        "<delete>1</delete>",
        "<status>delete</status>",
        "<media:status>deleted</media:status>",
        '<media:status state="deleted"/>',
    ],
)
def test_an_item_that_is_taken_back(element: str) -> None:
    """Each portal has its way to say that an item is deleted; it is a kill."""
    assert rss(f"<title>Nets</title>{element}").pubstatus == "canceled"


@pytest.mark.parametrize(
    "element",
    [
        "<oa:delStatus>0</oa:delStatus>",
        "<oa:pubStatus>2</oa:pubStatus>",
        "<delete>0</delete>",
        "<status>update</status>",
        "<media:status>active</media:status>",
        "<ev:status>deleted</ev:status>",
    ],
)
def test_an_item_that_is_not_taken_back(element: str) -> None:
    """Other values, and elements of modules that mean something else, leave an item usable."""
    assert rss(f"<title>Nets</title>{element}").pubstatus == "usable"


def test_other_stories_that_an_item_points_to() -> None:
    """In attributes, in parts, or in a list; advertisements are none."""
    found = rss(
        "<title>Nets</title><link>https://quay.example/1</link>"
        "<oa:reflink><oa:refTitle>Boats</oa:refTitle><oa:refUrl>https://quay.example/2</oa:refUrl></oa:reflink>"
        '<snf:relatedLink link="https://quay.example/3" title="Tides" thumbnail="https://quay.example/3.jpg"/>'
        '<yandex:related type="infinity"><link url="https://quay.example/4">Cranes</link></yandex:related>'
        '<snf:advertisement><snf:sponsoredLink link="https://ad.example/" title="Buy"/></snf:advertisement>'
    )
    assert [one for one in found.links if one.rel == "related"] == [
        Link(href="https://quay.example/2", rel="related", title="Boats"),
        Link(href="https://quay.example/3", rel="related", title="Tides"),
        Link(href="https://quay.example/4", rel="related", title="Cranes"),
    ]


def test_subjects_and_keywords_of_extensions() -> None:
    """A release's industry and subject are subjects, a portal's keywords keywords."""
    found = rss(
        "<title>Nets</title><prn:industry>Fishing &amp; Nets</prn:industry><prn:subject>EARNINGS</prn:subject>"
        "<gnf:category>column</gnf:category><gnf:keyword>harbour,boats</gnf:keyword>"
    )
    assert [one.name for one in found.subjects] == ["Fishing & Nets", "EARNINGS", "column"]
    assert found.keywords == ("harbour", "boats")
    assert Subject(code="column", name="column") in found.subjects


def test_whose_a_picture_is_in_the_words_of_portals() -> None:
    """The author of LINE's picture, and who licenses MSN's, are credits of the picture."""
    found = rss(
        "<title>Nets</title><oa:imgAuthor><oa:authorName>Al Lens</oa:authorName><oa:authorUrl>https://al.example"
        "</oa:authorUrl></oa:imgAuthor><media:content url='https://quay.example/1.jpg'>"
        "<media:credit>Bo Lens</media:credit><mi:licensorName>Quay Pictures</mi:licensorName></media:content>"
    )
    assert [one for one in found.credits if one.where == "picture"] == [
        CreditElement(where="picture", value="Al Lens"),
        CreditElement(where="picture", value="Bo Lens"),
        CreditElement(where="picture", value="Quay Pictures"),
    ]


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=40))
def test_no_value_of_an_extension_breaks_an_item(value: str) -> None:
    """Whatever stands in such elements, the item is read and keeps its title."""
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")
    found = rss(
        f"<title>Nets</title><oa:delStatus>{text}</oa:delStatus><gnf:modified>{text}</gnf:modified>"
        f"<oa:reflink><oa:refUrl>{text}</oa:refUrl></oa:reflink><prn:subject>{text}</prn:subject>"
    )
    assert found.headline == "Nets"


def test_a_source_that_is_an_address_is_the_page() -> None:
    """Feeds for Mail.ru have it in place of a link, and it identifies what has no guid; a name stays the provider."""
    item = "<item><title>Nets</title><description>Dry.</description><source>{}</source></item>"
    feed = f"<rss version='2.0' {SPACES}><channel><title>Quay Post</title>{item}</channel></rss>"
    found = parse(feed.format("https://quay.example/nets").encode()).stories[0]
    assert (found.guid, found.provider) == ("https://quay.example/nets", "Quay Post")
    assert found.links == (Link(href="https://quay.example/nets", rel="canonical"),)
    named = parse(feed.format("Harbour Wire").encode()).stories[0]
    assert (named.provider, named.links) == ("Harbour Wire", ())


def test_an_address_is_no_whole_text() -> None:
    """A player's address in an element that is called content leaves the description the text."""
    found = rss("<title>Nets</title><description>Dry.</description><oa:content>https://quay.example/1.mp4</oa:content>")
    assert found.paragraphs == ("Dry.",)


def test_an_author_s_name_before_what_he_is_called_elsewhere() -> None:
    """Of several elements called names, the one called name alone is the name."""
    found = rss("<title>Nets</title><author><nickname>alens</nickname><name>Al Lens</name></author>")
    assert found.byline == "Al Lens"
