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
    found = rss("<author><name>Jo Sample</name><email>jo@kite.example</email></author>")
    assert found.byline == "Jo Sample"


@pytest.mark.parametrize("said", ["Jo Sample", ["Jo Sample"], {"name": "Jo Sample"}, [{"name": "Jo Sample"}]])
def test_authors_of_json_feeds(said: object) -> None:
    """An author is an object, a list of objects, or just a name, under the old and the new member's name."""
    assert json_feed(author=said).byline == json_feed(authors=said).byline == "Jo Sample"


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
