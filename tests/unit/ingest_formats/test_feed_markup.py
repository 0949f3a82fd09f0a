"""Markup in feeds: as it stands, with addresses of its own, with captions, and with a footer that is no story."""

from __future__ import annotations

import json

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Association, CreditElement, Story

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:yandex="http://news.yandex.ru"'
)
CAPTION = '<figcaption>A kite at noon. <span class="credit">Photo: Ann Sample</span></figcaption>'
FIGURE = f'<figure><img src="/k.jpg"/>{CAPTION}</figure>'


def rss(item: str, spaces: str = SPACES) -> Story:
    """The story of a feed with this item."""
    channel = f"<title>Kite Post</title><link>https://kite.example/</link><item><guid>1</guid>{item}</item>"
    return parse(f'<rss version="2.0" {spaces}><channel>{channel}</channel></rss>'.encode()).stories[0]


def atom(entry: str) -> Story:
    """The story of an Atom entry with these elements."""
    return parse(f'<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:1</id>{entry}</entry>'.encode()).stories[0]


def json_feed(**members: object) -> Story:
    """The story of a JSON Feed's only item."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Kites", "items": [{"id": "1", **members}]}
    return parse(json.dumps(feed).encode()).stories[0]


def test_markup_that_nobody_escaped() -> None:
    """A description with elements in it is read like one in which they are written as text."""
    plain = rss("<description><b>Wind</b> rose.<p>Kites flew.</p></description>")
    packed = rss("<description>&lt;b>Wind&lt;/b> rose.&lt;p>Kites flew.&lt;/p></description>")
    assert plain.paragraphs == packed.paragraphs == ("Wind rose.", "Kites flew.")
    assert plain.body_html == packed.body_html


def test_a_page_within_an_item() -> None:
    """XHTML's body in an item, and the whole text for Yandex, are the story; the description sums it up."""
    page = '<body xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></body>'
    for whole in (page, "<yandex:full-text>One.\n\nTwo.</yandex:full-text>"):
        found = rss(f"<description>Short.</description>{whole}")
        assert (found.paragraphs, found.summary) == (("One.", "Two."), "Short.")


def test_modules_whose_namespace_lacks_its_last_sign() -> None:
    """A slash that the writer forgot changes nothing."""
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content" xmlns:dc="http://purl.org/dc/elements/1.1"'
    found = rss("<dc:creator>Jo Sample</dc:creator><content:encoded>&lt;p>One.&lt;/p></content:encoded>", spaces)
    assert (found.byline, found.paragraphs) == ("Jo Sample", ("One.",))


def test_addresses_stand_against_the_base_of_their_element() -> None:
    """xml:base of the content counts for the links in it (XML Base, section 3)."""
    found = atom('<content type="html" xml:base="https://kite.example/a/">&lt;a href="b">Read&lt;/a> on.</content>')
    assert found.body_html == '<p><a href="https://kite.example/a/b">Read</a> on.</p>'


def test_an_author_in_parts() -> None:
    """Of an author with a name and an address in RSS, the name is the byline."""
    found = rss("<title>T</title><author><name>Jo Sample</name><email>jo@kite.example</email></author>")
    assert found.byline == "Jo Sample"


@pytest.mark.parametrize("said", ["Jo Sample", ["Jo Sample"], {"name": "Jo Sample"}, [{"name": "Jo Sample"}]])
def test_authors_of_json_feeds(said: object) -> None:
    """An author is an object, a list of objects, or just a name, under the old and the new member's name."""
    assert json_feed(title="T", author=said).byline == json_feed(title="T", authors=said).byline == "Jo Sample"


def test_a_caption_in_the_text() -> None:
    """A picture with a caption is an association; what the caption says of its maker is a credit, and no text."""
    text = f"<p>One.</p>{FIGURE}<p>Two.</p>"
    packed = text.replace("&", "&amp;").replace("<", "&lt;")
    for found in (
        rss(f"<link>https://kite.example/1</link><content:encoded>{packed}</content:encoded>"),
        atom(f'<link href="https://kite.example/1"/><content type="html">{packed}</content>'),
        json_feed(url="https://kite.example/1", content_html=text),
    ):
        assert found.paragraphs == ("One.", "Two.")
        assert found.associations == (
            Association(
                rel="picture",
                type="picture",
                href="https://kite.example/k.jpg",
                caption="A kite at noon. Photo: Ann Sample",
                creditline="Photo: Ann Sample",
            ),
        )
        assert CreditElement(where="picture", value="Photo: Ann Sample") in found.credits


def test_a_caption_of_a_file_that_is_named_as_well() -> None:
    """The file is one, with the caption from the text."""
    media = '<media:content url="https://kite.example/k.jpg" medium="image" width="9"/>'
    packed = FIGURE.replace("<", "&lt;")
    found = rss(f"<link>https://kite.example/1</link>{media}<content:encoded>{packed}</content:encoded>")
    assert [(one.rel, one.width, one.caption[:6]) for one in found.associations] == [("media", 9, "A kite")]


@pytest.mark.parametrize(
    "line",
    [
        "The post <a href='/1'>Wind rose</a> appeared first on <a href='/'>Kite Blog</a>.",
        "Der Beitrag Wind rose erschien zuerst auf Kite Blog.",
        "L’article Wind rose est apparu en premier sur Kite Blog.",
    ],
)
def test_the_footer_of_a_publishing_system(line: str) -> None:
    """It is no part of the text or the summary; the site that it names is the item's source."""
    found = rss(
        f"<description><![CDATA[<p>Short.</p><p>{line}</p>]]></description>"
        f"<content:encoded><![CDATA[<p>Wind rose.</p><p>{line}</p>]]></content:encoded>"
    )
    assert (found.paragraphs, found.body_html) == (("Wind rose.",), "<p>Wind rose.</p>")
    assert found.summary == "Short."
    assert CreditElement(where="source", value="Kite Blog", role="appeared first") in found.credits


def test_what_only_resembles_a_footer_stays() -> None:
    """A text of one line, or a sentence in which more follows, is a text."""
    assert rss("<description>The post office appeared first on the scene.</description>").paragraphs
    found = rss("<description>&lt;p>A.&lt;/p>&lt;p>The post X appeared first on Y. Then Z.&lt;/p></description>")
    assert len(found.paragraphs) == 2


def test_a_podcast_that_says_all_in_apples_elements() -> None:
    """Its author, text, picture and keywords count where there are no others; whatever case the namespace is in."""
    for name in ("podcast-1.0", "Podcast-1.0"):
        spaces = f'xmlns:itunes="http://www.itunes.com/{"DTDs" if name[0] == "P" else "dtds"}/{name}.dtd"'
        found = rss(
            "<itunes:author>Jo Sample</itunes:author><itunes:summary>All about kites.</itunes:summary>"
            '<itunes:image href="/k.jpg"/><itunes:keywords>kites, wind</itunes:keywords>',
            spaces,
        )
        assert (found.byline, found.paragraphs) == ("Jo Sample", ("All about kites.",))
        assert (found.keywords, found.associations[0].href) == (("kites", "wind"), "https://kite.example/k.jpg")


def test_elements_that_no_standard_has() -> None:
    """A whole text, a later date and a picture, as some papers' systems name them."""
    found = rss(
        "<description>Short.</description><fulltext>&lt;p>One.&lt;/p>&lt;p>Two.&lt;/p></fulltext><pubDate>Thu, 26 Mar "
        "2026 10:00:00 GMT</pubDate><updated>2026-03-26T11:00:00z</updated><image><url>/k.jpg</url></image>"
        '<dc:keyword xmlns:dc="http://purl.org/dc/elements/1.1/">kites,wind</dc:keyword>'
    )
    assert (found.summary, found.paragraphs, found.keywords) == ("Short.", ("One.", "Two."), ("kites", "wind"))
    assert (found.version, found.associations[0].href) == ("2026-03-26T11:00:00Z", "https://kite.example/k.jpg")


@pytest.mark.parametrize("title", ["Wind &amp;amp; rain", "Wind &amp;amp;amp; rain", "Wind &amp;#38; rain"])
def test_titles_that_were_escaped_too_often(title: str) -> None:
    """Once more or twice, the headline is the same; in Atom where the title's type is not stated."""
    assert rss(f"<title>{title}</title>").headline == atom(f"<title>{title}</title>").headline == "Wind & rain"


def test_an_entry_without_anything_that_names_it() -> None:
    """Its first paragraph, else its file, identifies it, so that its versions are told."""
    item = "<item><description>{}</description></item>"
    feed = (
        "<rss><channel><title>Kites</title>{}<item><enclosure url='https://kite.example/1.mp3'/></item></channel></rss>"
    )
    items = item.format("One. &lt;p>Two.") + item.format("One. &lt;p>Three.") + item.format("Four.")
    guids = [one.guid for one in parse(feed.format(items).encode()).stories]
    assert guids[0] == guids[1]
    assert len(set(guids)) == 3
    assert all(one.startswith("urn:dateline:sha256:") for one in guids)


def test_entries_of_a_json_feed_that_are_a_picture_only() -> None:
    """Two with the same picture are told by when they came out."""
    items = [{"image": "https://kite.example/k.png", "date_published": f"2026-03-2{day}T10:00:00Z"} for day in (6, 7)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Kites", "items": items}
    assert len({one.guid for one in parse(json.dumps(feed).encode()).stories}) == 2
