"""RSS 2.0 and Atom 1.0 with the modules that news feeds use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import CreditElement, Story, Subject

RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
    "<title>Sample Post</title><language>en-gb</language>{}</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="fr">'
    "<title>Le Journal Exemple</title><author><name>Rédaction</name></author>{}</feed>"
)


def rss(item: str) -> Story:
    """The story of a feed with this item."""
    return parse(RSS.format(f"<item>{item}</item>").encode()).stories[0]


def atom(entry: str) -> Story:
    """The story of a feed with this entry."""
    return parse(ATOM.format(f"<entry>{entry}</entry>").encode()).stories[0]


def test_rss_item() -> None:
    """guid, title, dates, body, language, category and link are taken as stated."""
    found = rss(
        "<title>Caf&amp;eacute; opens</title><guid>urn:x:1</guid><link>https://example.org/1</link>"
        "<pubDate>Thu, 26 Mar 2026 09:30:00 +0100</pubDate><description>Short.</description>"
        "<category domain='d'>Food</category>"
        "<content:encoded>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content:encoded>"
    )
    assert (found.guid, found.headline, found.language) == ("urn:x:1", "Café opens", "en-gb")
    assert found.version_created == datetime(2026, 3, 26, 8, 30, tzinfo=UTC)
    assert found.version == "2026-03-26T08:30:00Z"
    assert (found.paragraphs, found.summary) == (("One.", "Two."), "Short.")
    assert found.subjects == (Subject(scheme="d", code="Food", name="Food"),)
    assert found.links[0].href == "https://example.org/1"


@pytest.mark.parametrize(
    "date", ["jeu., 26 mars 2026 09:30:00 +0100", "Do, 26 Mär 2026 09:30 MEZ", "jueves, 26 de marzo de 2026 08:30 GMT"]
)
def test_a_date_in_the_words_of_another_language(date: str) -> None:
    """Where it states a zone it is a moment; where it does not, nothing is guessed."""
    found = rss(f"<title>T</title><pubDate>{date}</pubDate>")
    assert found.first_created == datetime(2026, 3, 26, 8, 30, tzinfo=UTC)
    assert rss("<title>T</title><pubDate>jeudi 26 mars 2026 09:30</pubDate>").first_created is None


def test_rss_without_guid_is_known_by_its_link() -> None:
    """The link stands in for a missing guid; without a date the version is empty."""
    found = rss("<title>T</title><link>https://example.org/1</link><description>D.</description>")
    assert (found.guid, found.version, found.paragraphs) == ("https://example.org/1", "", ("D.",))


def test_rss_version_is_the_update_if_there_is_one() -> None:
    """An update makes a new version of the same item."""
    found = rss(
        "<title>T</title><pubDate>Thu, 26 Mar 2026 09:30:00 GMT</pubDate>"
        "<atom:updated>2026-03-26T10:00:00Z</atom:updated>"
    )
    assert found.version == "2026-03-26T10:00:00Z"
    assert found.first_created == datetime(2026, 3, 26, 9, 30, tzinfo=UTC)


def test_rss_credits() -> None:
    """author, dc:creator, source, media:credit and the line under the text are all credits."""
    found = rss(
        "<guid>1</guid><author>desk@example.org (Jo Sample)</author><dc:creator>EP</dc:creator>"
        "<source url='https://example.org'>Example Press</source>"
        "<media:group><media:content url='https://example.org/1.jpg' type='image/jpeg'/>"
        "<media:credit role='photographer'>Al Photo/EP</media:credit></media:group>"
        "<description>&lt;p&gt;The text of the story.&lt;/p&gt;&lt;p&gt;EP&lt;/p&gt;</description>"
    )
    assert found.credits == (
        CreditElement(where="author", value="Jo Sample"),
        CreditElement(where="creator", value="EP"),
        CreditElement(where="source", value="Example Press"),
        CreditElement(where="picture", value="Al Photo/EP", role="photographer"),
        CreditElement(where="provider", value="Sample Post", role="channel"),
        CreditElement(where="endline", value="EP"),
    )
    assert [(one.type, one.href, one.creditline) for one in found.associations] == [
        ("picture", "https://example.org/1.jpg", "Al Photo/EP")
    ]


@pytest.mark.parametrize("encoded", ["One.<br><br>Two.", "<div>One.</div><div>Two.</div>", "One.\n\nTwo."])
def test_rss_paragraphs_however_they_are_marked(encoded: str) -> None:
    """Two line breaks, blocks or blank lines part paragraphs."""
    assert rss(f"<guid>1</guid><description><![CDATA[{encoded}]]></description>").paragraphs == ("One.", "Two.")


def test_atom_entry() -> None:
    """id, updated, content, language, author of the feed, source and category are taken as stated."""
    found = atom(
        "<id>urn:x:1</id><title type='html'>Pluie &amp;amp; vent</title><updated>2026-03-26T10:00:00+01:00</updated>"
        "<published>2026-03-26T08:00:00Z</published><link rel='alternate' href='https://example.org/1'/>"
        "<link rel='enclosure' type='image/png' href='https://example.org/1.png'/>"
        "<category term='meteo' label='Météo'/>"
        "<source><title>Agence Exemple</title></source><summary>Bref.</summary>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Un.</p><p>Deux.</p></div></content>"
    )
    assert (found.guid, found.version, found.language) == ("urn:x:1", "2026-03-26T09:00:00Z", "fr")
    assert (found.headline, found.summary, found.paragraphs) == ("Pluie & vent", "Bref.", ("Un.", "Deux."))
    assert found.subjects == (Subject(code="meteo", name="Météo"),)
    assert found.associations[0].type == "picture"
    assert [(one.where, one.value) for one in found.credits] == [
        ("author", "Rédaction"),
        ("source", "Agence Exemple"),
        ("provider", "Le Journal Exemple"),
    ]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ("<content xml:lang='de'>Eins.</content>", "de"),
        (
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml' lang='de'><p>Eins.</p></div></content>",
            "de",
        ),
        ("<content src='http://example.org/1.mp4' type='video/mp4' xml:lang='de'/>", "fr"),
        ("<summary xml:lang='de'>Eins.</summary>", "fr"),
    ],
)
def test_the_content_of_an_atom_entry_may_state_a_language_of_its_own(texts: str, wanted: str) -> None:
    """The feed's is French. Summary and title tell it where nothing else does."""
    assert atom(f"<id>urn:x:1</id><title>T</title>{texts}").language == wanted
    alone = f"<entry xmlns='http://www.w3.org/2005/Atom'><id>urn:x:1</id><title>T</title>{texts}</entry>"
    assert parse(alone.encode()).stories[0].language == ("" if "src" in texts else "de")


@pytest.mark.parametrize("kind", ["html", "text/html"])
def test_a_title_of_atom_may_be_markup(kind: str) -> None:
    """It says so by its type, in Atom 0.3 by a media type; any other is text as it stands."""
    title = "<id>urn:x:1</id><title mode='escaped' type='{}'>A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>"
    assert atom(title.format(kind)).headline == "A & B"
    assert atom(title.format("text")).headline == "A &amp; <b>B</b>"


def test_an_atom_entry_may_stand_alone() -> None:
    """A single entry document is a message of one story."""
    found = parse(b'<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>T</title></entry>')
    assert (found.format, found.stories[0].guid) == ("atom", "urn:x:1")
