"""What feeds say beyond title and text: modules, extensions, defaults, deletions, other generations of RSS."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Parsed, parse
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject, UsageRight

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:x="http://wire.example/ns" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:at="http://purl.org/atompub/tombstones/1.0" '
    'xmlns:app="http://www.w3.org/2007/app" xmlns:thr="http://purl.org/syndication/thread/1.0"'
)
CHANNEL = (
    "<title>Sample Post</title><link>https://post.example/</link><copyright>(c) Sample Post</copyright>"
    "<dc:publisher>Sample House</dc:publisher><managingEditor>desk@post.example (Ed Itor)</managingEditor>"
)


def rss(item: str, channel: str = CHANNEL, *, url: str = "") -> Story:
    """The story of an RSS feed with this item."""
    feed = f'<rss version="2.0" {SPACES}><channel>{channel}<item>{item}</item></channel></rss>'
    return parse(feed.encode(), url=url).stories[0]


def atom(inside: str, attributes: str = "") -> Parsed:
    """An Atom feed with this in it."""
    return parse(f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES} {attributes}>{inside}</feed>'.encode())


def test_media_with_measures_and_nearest_credit() -> None:
    """Each file of a group has its own measures; what a file does not say itself is said by its group or the item."""
    found = rss(
        "<guid>1</guid><media:group><media:credit role='photographer'>Al Photo/EP</media:credit>"
        "<media:description>A &lt;b&gt;bridge&lt;/b&gt;</media:description>"
        "<media:content url='/1.jpg' type='image/jpeg' width='800' height='600' fileSize='12345'/>"
        "<media:content url='https://c.example/1.mp4' medium='video' width='1280px'>"
        "<media:credit>Vi Deo/EP</media:credit></media:content></media:group>"
        "<media:thumbnail url='https://c.example/t.jpg' width='80' height='60'/>"
        "<enclosure url='https://c.example/1.mp4' type='video/mp4' length='99'/>"
        "<enclosure url='https://c.example/1.mp3' type='audio/mpeg' length='77'/>"
    )
    assert found.associations == (
        Association(rel="enclosure", type="audio", href="https://c.example/1.mp3", mimetype="audio/mpeg", size=77),
        Association(
            rel="media", type="picture", href="https://post.example/1.jpg", caption="A bridge", mimetype="image/jpeg",
            creditline="Al Photo/EP", width=800, height=600, size=12345,
        ),
        Association(
            rel="media", type="video", href="https://c.example/1.mp4", caption="A bridge", creditline="Vi Deo/EP",
            width=1280,
        ),
        Association(rel="thumbnail", type="picture", href="https://c.example/t.jpg", width=80, height=60),
    )  # fmt: skip
    assert CreditElement(where="picture", value="Al Photo/EP", role="photographer") in found.credits


def test_embargo_and_expiry() -> None:
    """A DCMI period, or PRISM's dates, say from when and until when an item may be used."""
    found = rss("<title>T</title><dcterms:valid>start=2026-04-01T06:00:00Z; end=2026-04-02T06:00:00Z</dcterms:valid>")
    assert found.embargo == datetime(2026, 4, 1, 6, tzinfo=UTC)
    assert found.expires == datetime(2026, 4, 2, 6, tzinfo=UTC)
    found = rss("<title>T</title><prism:embargoDate>2026-04-01T06:00:00+02:00</prism:embargoDate>")
    assert found.embargo == datetime(2026, 4, 1, 4, tzinfo=UTC)


def test_an_embargo_that_cannot_be_read_withholds() -> None:
    """PRISM's embargo date in words that are no date holds the item back, in RSS and in Atom."""
    said = "<prism:embargoDate>Friday noon</prism:embargoDate>"
    assert rss(f"<guid>1</guid>{said}").pubstatus == "withheld"
    [held] = atom(f"<entry><id>urn:x:1</id>{said}</entry>").stories
    assert (held.pubstatus, held.pulled) == ("withheld", False)


def test_dublin_core() -> None:
    """Identifier, language, date, rights, modification and subject of Dublin Core."""
    found = rss(
        "<guid>1</guid><dc:identifier>EP-77</dc:identifier><dc:language>de</dc:language><dc:rights>(c) EP</dc:rights>"
        "<dc:date>2026-03-26T10:00:00Z</dc:date><dcterms:modified>2026-03-26T11:00:00Z</dcterms:modified>"
        "<dc:subject>Rivers</dc:subject><dc:creator>Jo Sample</dc:creator><dc:creator>Al Muster</dc:creator>"
        "<dcterms:license>https://licence.example/1</dcterms:license><dcterms:replaces>urn:x:0</dcterms:replaces>"
    )
    assert found.alt_ids == (Subject(scheme="dc:identifier", code="EP-77"),)
    assert (found.language, found.copyright_notice, found.keywords) == ("de", "(c) EP", ("Rivers",))
    assert found.first_created == datetime(2026, 3, 26, 10, tzinfo=UTC)
    assert found.version == "2026-03-26T11:00:00Z"
    assert found.byline == "Jo Sample, Al Muster"
    assert found.rights == (UsageRight(type="license", limitations="https://licence.example/1"),)
    assert Link(href="urn:x:0", rel="replaces") in found.links


def test_the_feeds_own_statements_are_defaults() -> None:
    """Publisher, editor and copyright of the channel hold for an item that says nothing else."""
    found = rss("<title>T</title>")
    assert (found.provider, found.copyright_notice) == ("Sample House", "(c) Sample Post")
    assert [(one.where, one.value, one.role) for one in found.credits] == [
        ("copyrightnotice", "(c) Sample Post", ""),
        ("publisher", "Sample House", ""),
        ("publisher", "Ed Itor", ""),
        ("provider", "Sample Post", "channel"),
    ]


def test_elements_of_a_providers_own_that_state_an_origin() -> None:
    """By the element's name, whatever the namespace; a podcast's author is who answers for it, and no writer."""
    found = rss(
        "<title>T</title><x:Provider>EP</x:Provider><x:credit-line>EP/Muster</x:credit-line><x:wordCount>9</x:wordCount>"
        "<dc:creator>Ann Doe</dc:creator><itunes:author>Harbour Radio</itunes:author><itunes:by>Nobody</itunes:by>",
        channel="",
    )
    assert found.byline == "Ann Doe"
    assert found.credits == (
        CreditElement(where="provider", value="EP"),
        CreditElement(where="creditline", value="EP/Muster"),
        CreditElement(where="creator", value="Ann Doe"),
        CreditElement(where="contributor", value="Harbour Radio"),
    )


def test_whom_a_licence_and_an_aggregator_name() -> None:
    """The name that a licence of Creative Commons asks for, and from whom an aggregator took an item, are credits."""
    found = rss(
        "<title>T</title><cc:attributionName xmlns:cc='http://creativecommons.org/ns#'>Quay Press</cc:attributionName>"
        "<ag:source xmlns:ag='http://purl.org/rss/1.0/modules/aggregation/'>Pier Post</ag:source>",
        channel="",
    )
    assert found.credits == (
        CreditElement(where="creditline", value="Quay Press"),
        CreditElement(where="source", value="Pier Post"),
    )


def test_whom_and_where_prism_says_an_item_is_about() -> None:
    """Person, organization and location of PRISM are subjects and no origins, in older versions of it, too."""
    for version in ("basic/2.1/", "1.2/basic/"):
        item = (
            f"<item xmlns:p='http://prismstandard.org/namespaces/{version}'><title>T</title>"
            "<p:person>Ann Doe</p:person><p:organization>Port Board</p:organization>"
            "<p:location>Quayside</p:location></item>"
        )
        found = parse(f"<rss version='2.0'><channel>{item}</channel></rss>".encode()).stories[0]
        assert (found.people, found.organisations, found.places, found.credits) == (
            (Subject(code="", name="Ann Doe"),),
            (Subject(code="", name="Port Board"),),
            (Subject(code="", name="Quayside"),),
            (),
        )


def test_source_and_atom_links_in_rss() -> None:
    """The source element names where the item came from and links there; Atom's links keep their relation."""
    found = rss(
        "<guid>1</guid><source url='https://ep.example/feed'>Example Press</source>"
        "<atom:link rel='via' href='https://ep.example/1'/><atom:link rel='replies' href='/1/comments'/>"
    )
    assert (found.provider, found.links) == (
        "Example Press",
        (
            Link(href="https://ep.example/1", rel="via"),
            Link(href="https://post.example/1/comments", rel="replies"),
            Link(href="https://ep.example/feed", rel="via", title="Example Press"),
        ),
    )


@pytest.mark.parametrize(
    ("guid", "page"),
    [
        ("<guid>https://post.example/7</guid>", "https://post.example/7"),
        ("<guid isPermaLink='false'>https://post.example/7</guid>", ""),
        ("<guid>urn:x:7</guid>", ""),
    ],
)
def test_a_guid_that_is_the_page(guid: str, page: str) -> None:
    """A guid is the item's page unless isPermaLink says that it is none."""
    assert next((link.href for link in rss(f"{guid}<title>T</title>").links if link.rel == "canonical"), "") == page


def test_relative_addresses_stand_against_xml_base() -> None:
    """xml:base of the item and around it, else where the feed came from."""
    feed = (
        f'<rss xml:base="https://a.example/x/" {SPACES}><channel><title>T</title><item xml:base="y/">'
        "<guid>1</guid><enclosure url='1.mp3' type='audio/mpeg'/></item></channel></rss>"
    )
    assert parse(feed.encode()).stories[0].associations[0].href == "https://a.example/x/y/1.mp3"
    found = rss("<guid>1</guid><link>/p/1</link>", "<title>T</title>", url="https://b.example/feed.xml")
    assert found.links[0].href == "https://b.example/p/1"


def test_places() -> None:
    """A GeoRSS point with its name, and dc:coverage."""
    found = rss(
        "<title>T</title><georss:point>48.21 16.37</georss:point><georss:featurename>Wien</georss:featurename>"
        "<dc:coverage>Austria</dc:coverage>"
    )
    assert found.places == (Subject(scheme="georss", code="48.21 16.37", name="Wien"), Subject(code="", name="Austria"))


def test_rss_1() -> None:
    """RDF: items beside the channel, rdf:about is the identifier, Dublin Core the rest."""
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://e.example/"><title>Muster</title>'
        "<dc:language>de</dc:language></channel><item rdf:about='https://e.example/1'><title>Brücke</title>"
        "<link>https://e.example/1</link><description>Sie steht.</description><dc:creator>EP</dc:creator>"
        "<dc:date>2026-03-26T10:00:00+01:00</dc:date></item></rdf:RDF>"
    )
    found = parse(feed.encode())
    story = found.stories[0]
    assert (found.format, story.guid, story.headline, story.language) == ("rss", "https://e.example/1", "Brücke", "de")
    assert (story.version, story.byline, story.paragraphs) == ("2026-03-26T09:00:00Z", "EP", ("Sie steht.",))


@pytest.mark.parametrize(
    "root",
    [
        '<rss version="0.91">',
        '<rss version="2.0" xmlns="http://backend.userland.com/rss2">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://my.netscape.com/rdf/simple/0.9/">',
    ],
)
def test_older_kinds_of_rss(root: str) -> None:
    """0.90, 0.91 and RSS in a namespace of its own are read the same."""
    end = "</rdf:RDF>" if "rdf:RDF" in root else "</rss>"
    item = "<item><title>T</title><link>https://e.example/1</link></item>"
    body = (
        f"<channel><title>C</title></channel>{item}" if "rdf" in root else f"<channel><title>C</title>{item}</channel>"
    )
    assert parse(f"{root}{body}{end}".encode()).stories[0].guid == "https://e.example/1"


def test_what_prism_and_dublin_core_say_beside() -> None:
    """A subtitle, a genre, works that it has to do with; what it was taken from, and who made it available."""
    found = rss(
        "<guid>1</guid><prism:subtitle>After the flood</prism:subtitle><prism:genre>feature</prism:genre>"
        "<prism:issn>1234-5678</prism:issn><dc:relation>https://post.example/dossier</dc:relation>"
        "<dcterms:bibliographicCitation>Sample Post 3 (2031)</dcterms:bibliographicCitation>"
        "<dcterms:mediator>Port Library</dcterms:mediator>",
        "<title>Sample Post</title>",
    )
    assert (found.subheadline, found.genres) == ("After the flood", (Subject(code="", name="feature"),))
    assert found.links == (Link(href="https://post.example/dossier", rel="related"),)
    assert [(one.where, one.value) for one in found.credits] == [
        ("service", "1234-5678"),
        ("source", "Sample Post 3 (2031)"),
        ("handler", "Port Library"),
        ("provider", "Sample Post"),
    ]


def test_notes_terms_and_embargoes_in_elements_of_somebody_s_own() -> None:
    """They count by their names; an embargo that nobody can read withholds."""
    found = rss(
        "<guid>1</guid><x:editorsNote>Not for radio</x:editorsNote><x:usage-terms>Clients only</x:usage-terms>"
        "<x:embargo>2031-03-05T06:00:00Z</x:embargo>"
    )
    assert (found.ed_note, found.usage_terms) == ("Not for radio", "Clients only")
    assert found.embargo == datetime(2031, 3, 5, 6, tzinfo=UTC)
    assert rss("<guid>1</guid><x:embargoDate>soon</x:embargoDate>").pubstatus == "withheld"


def test_an_author_of_the_source_of_a_signed_entry() -> None:
    """The entry has its own; its source's is whom it comes from."""
    entry = "<title>T</title><author><name>Jo Sample</name></author><source><author><name>EP</name></author></source>"
    (found,) = atom(f"<entry>{entry}</entry>").stories
    assert found.byline == "Jo Sample"
    assert CreditElement(where="source", value="EP", role="author") in found.credits


def test_atom_source_speaks_for_its_entry() -> None:
    """Author and rights of atom:source come before those of the feed that passes the entry on."""
    story = atom(
        "<title>Mix</title><author><name>Mixer</name></author><rights>(c) Mix</rights><entry><id>urn:x:1</id>"
        "<source><id>urn:feed:9</id><title>EP</title><author><name>Jo Sample</name></author><rights>(c) EP</rights>"
        "</source><updated>2026-03-26T10:00:00Z</updated><link rel='via' title='Old Press' href='https://o.example'/>"
        "<link rel='license' href='https://licence.example'/></entry>"
    ).stories[0]
    assert (story.byline, story.copyright_notice, story.provider) == ("Jo Sample", "(c) EP", "EP")
    assert story.alt_ids == (Subject(scheme="atom:source", code="urn:feed:9"),)
    assert story.rights == (UsageRight(type="license", limitations="https://licence.example"),)
    assert {(one.where, one.value) for one in story.credits} >= {
        ("copyrightnotice", "(c) EP"), ("copyrightnotice", "(c) Mix"), ("source", "Old Press"), ("provider", "Mix")
    }  # fmt: skip
    assert CreditElement(where="author", value="Mixer") not in story.credits


def test_deleted_entries_are_cancelled() -> None:
    """RFC 6721: the reference is the story's identifier, the moment its version."""
    stories = atom(
        "<title>T</title><entry><id>urn:x:1</id><title>E</title><updated>2026-03-26T10:00:00Z</updated></entry>"
        "<at:deleted-entry ref='urn:x:2' when='2026-03-26T11:00:00Z'><at:comment>Wrong name</at:comment>"
        "<at:by><name>Desk</name></at:by></at:deleted-entry>"
    ).stories
    assert [(one.guid, one.pubstatus, one.version) for one in stories] == [
        ("urn:x:1", "usable", "2026-03-26T10:00:00Z"),
        ("urn:x:2", "canceled", "2026-03-26T11:00:00Z"),
    ]
    assert (stories[1].ed_note, stories[1].credits) == ("Wrong name", (CreditElement(where="author", value="Desk"),))


@pytest.mark.parametrize("version", ["1.0", "1.2"])
def test_an_export_of_wordpress_holds_posts_and_drafts(version: str) -> None:
    """Its pictures, menus and revisions are no stories; what was not published is withheld."""
    rows = (
        ("post", "publish"),
        ("attachment", "inherit"),
        ("post", "draft"),
        ("page", "private"),
        ("revision", "inherit"),
    )
    items = "".join(
        f"<item><title>{kind} {status}</title><guid>{at}</guid><wp:post_type>{kind}</wp:post_type>"
        f"<wp:status><![CDATA[{status}]]></wp:status></item>"
        for at, (kind, status) in enumerate(rows)
    )
    space = f'xmlns:wp="http://wordpress.org/export/{version}/"'
    found = parse(f"<rss {space}><channel><title>Sample Post</title>{items}</channel></rss>".encode()).stories
    assert [(one.headline, one.pubstatus) for one in found] == [
        ("post publish", "usable"),
        ("post draft", "withheld"),
        ("page private", "withheld"),
    ]


def test_authors_of_an_export_of_wordpress_have_the_names_that_its_channel_gives_their_logins() -> None:
    """A login of which it says nothing stays."""
    authors = "".join(
        f"<wp:author><wp:author_login>{login}</wp:author_login><wp:author_display_name><![CDATA[{name}]]>"
        "</wp:author_display_name></wp:author>"
        for login, name in (("jo", "Jo Sample"), ("al", ""))
    )
    items = "".join(
        f"<item><title>Boats</title><guid>{by}</guid><dc:creator><![CDATA[{by}]]></dc:creator></item>"
        for by in ("jo", "al", "ida")
    )
    space = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    found = parse(f"<rss {space}><channel>{authors}{items}</channel></rss>".encode()).stories
    assert [one.byline for one in found] == ["Jo Sample", "al", "ida"]


@pytest.mark.parametrize(
    ("status", "pulled"),
    [("draft", True), ("private", True), ("trash", True), ("future", False), ("inherit", False), ("archived", False)],
)
def test_what_wordpress_shows_nobody_is_to_be_taken_back(status: str, pulled: bool) -> None:
    """A post that is planned, or has the status of a plug-in, is held like all that is not published."""
    space = 'xmlns:wp="http://wordpress.org/export/1.2/"'
    item = f"<item><guid>1</guid><title>Quay</title><wp:status>{status}</wp:status></item>"
    (found,) = parse(f"<rss {space}><channel>{item}</channel></rss>".encode()).stories
    assert (found.pubstatus, found.pulled) == ("withheld", pulled)


def test_drafts_threads_and_bases_in_atom() -> None:
    """A draft is withheld, a reply links to what it answers, links stand against xml:base."""
    story = atom(
        "<entry xml:base='https://e.example/a/'><id>1</id><app:control><app:draft>yes</app:draft></app:control>"
        "<thr:in-reply-to ref='urn:x:0' href='0.html'/><link href='1.html'/>"
        "<link rel='enclosure' href='1.png' type='image/png' length='5' title='Bridge'/>"
        "<content src='1.pdf' type='application/pdf'/></entry>"
    ).stories[0]
    assert (story.pubstatus, story.pulled) == ("withheld", True)
    assert story.links == (
        Link(href="https://e.example/a/1.html", rel="alternate"),
        Link(href="https://e.example/a/0.html", rel="in-reply-to"),
    )
    assert [(one.rel, one.href, one.size) for one in story.associations] == [
        ("enclosure", "https://e.example/a/1.png", 5),
        ("content", "https://e.example/a/1.pdf", 0),
    ]


def test_atom_without_namespace_and_of_0_3() -> None:
    """A feed that forgets the namespace, and Atom 0.3, are read the same."""
    for space in ("", ' xmlns="http://purl.org/atom/ns#"'):
        entry = "<entry><title>T</title><modified>2026-03-26T10:00:00Z</modified></entry>"
        feed = f"<feed{space}><title>C</title>{entry}</feed>"
        assert parse(feed.encode()).stories[0].version == "2026-03-26T10:00:00Z"


@pytest.mark.parametrize(
    "feed",
    [
        "<rss version='2.0'><channel><title>F</title><item><guid>1</guid><title>T</title><dc:creator>Ada Ringer"
        "</dc:creator><odd:thing>x</odd:thing><description>D</description></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><id>f</id><entry><id>1</id><title>T</title>"
        "<dc:creator>Ada Ringer</dc:creator><odd:thing>x</odd:thing><summary>D</summary></entry></feed>",
    ],
)
def test_a_prefix_that_a_feed_does_not_explain_means_the_usual(feed: str) -> None:
    """Feeds are written that use ``dc:`` without its namespace; a prefix nobody knows is passed over."""
    found = parse(feed.encode()).stories[0]
    assert "Ada Ringer" in [one.value for one in found.credits]


@pytest.mark.parametrize(
    "space",
    [
        "https://podcastindex.org/namespace/1.0",
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    ],
)
def test_who_speaks_in_a_podcast(space: str) -> None:
    """People are contributors in their role, transcripts and chapters links."""
    found = rss(
        f"<guid>1</guid><p:person xmlns:p='{space}' role='host'>Jo Sample</p:person>"
        f"<p:person xmlns:p='{space}'>Ada Sample</p:person>"
        f"<p:transcript xmlns:p='{space}' url='/1.vtt' type='text/vtt'/><p:chapters xmlns:p='{space}' url='/1.json'/>"
    )
    assert found.credits[:2] == (
        CreditElement(where="contributor", value="Jo Sample", role="host"),
        CreditElement(where="contributor", value="Ada Sample"),
    )
    assert [(one.rel, one.href, one.title) for one in found.links] == [
        ("transcript", "https://post.example/1.vtt", "text/vtt"),
        ("chapters", "https://post.example/1.json", ""),
    ]


def test_a_video_that_has_only_a_player() -> None:
    """Its player's address stands for the file's."""
    found = rss("<guid>1</guid><media:content medium='video'><media:player url='https://v.example/1'/></media:content>")
    assert found.associations == (Association(rel="media", type="video", href="https://v.example/1"),)


@pytest.mark.parametrize(
    ("language", "stated", "hour", "note"),
    [
        ("en-IN", "IST", "11:30", ""),
        ("hi", "IST", "11:30", ""),
        ("en-ie", "IST", "16:00", ""),
        ("he", "(IST)", "15:00", ""),
        ("", "IST", "17:00", "Dated: Sun, 08 Mar 2026 17:00:00 IST"),
        ("en-us", "QQT", "17:00", "Dated: Sun, 08 Mar 2026 17:00:00 QQT"),
        ("zh-CN", "CST", "09:00", ""),
        ("en-us", "CST", "23:00", ""),
        ("en-AU", "EST", "07:00", ""),
        ("", "JST", "08:00", ""),
        ("id", "WIB", "10:00", ""),
        ("en", "CET", "16:00", ""),
    ],
)
def test_zones_of_dates_by_name(language: str, stated: str, hour: str, note: str) -> None:
    """What an abbreviation means is told by the feed's country; where nothing tells, editors see the date as it was."""
    spoken = f"<language>{language}</language>" if language else ""
    found = rss(f"<title>T</title><pubDate>Sun, 08 Mar 2026 17:00:00 {stated}</pubDate>", CHANNEL + spoken)
    assert found.version_created == datetime.fromisoformat(f"2026-03-08T{hour}:00+00:00")
    assert found.ed_note == note


def test_a_day_in_words_alone() -> None:
    """A date that names a day and no time is midnight UTC, in other languages too."""
    assert rss("<title>T</title><pubDate>05 Agustus 2026</pubDate>").version_created == datetime(2026, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(("state", "status"), [("deleted", "canceled"), ("blocked", "withheld"), ("active", "usable")])
def test_the_status_of_media_rss(state: str, status: str) -> None:
    """An item that Media RSS calls deleted is taken back, one that it calls blocked is held."""
    found = rss(f"<guid>1</guid><title>Ferry</title><media:status state='{state}'/>")
    assert (found.pubstatus, found.pulled) == (status, state == "blocked")


def test_the_dateline_that_opens_the_text() -> None:
    """A dateline in an item's text is the story's, below the points and labels that may stand over it."""
    text = "<p>* No boat after noon</p><p>SKERRY, March 1 (EP) - The ferry stops.</p>"
    found = rss(f"<guid>1</guid><content:encoded><![CDATA[{text}]]></content:encoded>")
    assert found.dateline == "SKERRY, March 1 (EP) -"
    assert CreditElement(where="dateline", value=found.dateline) in found.credits


@pytest.mark.parametrize("name", ["field field--name-body field--type-text", "field field-name-body"])
def test_an_item_with_all_fields_of_a_post(name: str) -> None:
    """Where a system wrote title, author and date of a post into the item too, the text is the field called so."""
    fields = (
        "<span>Ferry stops</span> <span><span property='schema:name'>ann.doe</span></span> "
        "<span><time datetime='2026-03-01T10:15:00Z'>Sun, 03/01/2026 - 10:15</time></span>"
        f"<div class='{name}'><p>The ferry stops.</p><p>Boats wait.</p></div>"
    )
    assert rss(f"<guid>1</guid><description><![CDATA[{fields}]]></description>").paragraphs == (
        "The ferry stops.",
        "Boats wait.",
    )


def test_modules_that_name_the_same_in_other_words() -> None:
    """Dublin Core's author and description, podcasts' categories and subtitles, licences of a group count, too."""
    found = rss(
        "<guid>1</guid><dc:author>Ann Doe</dc:author><dc:description>The ferry stops.</dc:description>"
        "<itunes:category text='Ports'><itunes:category text='Ferries'/></itunes:category><itunes:image url='/i.png'/>"
        "<media:group><media:license href='https://l.example/'>Free</media:license>"
        "<media:copyright url='https://l.example/terms'/></media:group>"
    )
    assert (found.byline, found.paragraphs) == ("Ann Doe", ("The ferry stops.",))
    assert [one.name for one in found.subjects] == ["Ports", "Ferries"]
    assert [one.href for one in found.associations] == ["https://post.example/i.png"]
    assert found.rights == (
        UsageRight(type="license", limitations="Free"),
        UsageRight(type="license", limitations="https://l.example/"),
        UsageRight(type="license", limitations="https://l.example/terms"),
    )


def test_where_an_item_may_be_shown_is_a_right() -> None:
    """Countries and distributors that Media RSS allows or denies; an empty list allows nobody (Media RSS 1.5.1)."""
    found = rss(
        "<guid>1</guid><media:restriction relationship='allow' type='country'>at ch</media:restriction>"
        "<media:restriction relationship='deny' type='uri'>https://mirror.example/</media:restriction>"
        "<media:content url='https://p.example/1.jpg'>"
        "<media:restriction relationship='allow' type='country'/></media:content>",
        channel="<media:license>CC BY</media:license><media:restriction relationship='deny'>all</media:restriction>",
    )
    assert found.rights == (
        UsageRight(type="allow", geography="at, ch"),
        UsageRight(type="deny", limitations="not for https://mirror.example/"),
        UsageRight(type="license", limitations="CC BY"),
    )
    assert found.associations[0].usage_terms == "shown: none"


def test_where_a_video_may_not_be_shown_is_not_said_of_the_text() -> None:
    """A restriction of a group is about its files, which are one video."""
    found = rss(
        "<guid>1</guid><media:group><media:content url='https://p.example/1.mp4'/>"
        "<media:restriction relationship='deny' type='country'>li at</media:restriction></media:group>"
    )
    assert found.rights == ()
    assert found.associations[0].usage_terms == "shown: not li, not at"


def test_a_restriction_does_not_hide_the_licence_of_an_entry() -> None:
    """What Media RSS says of an entry of Atom stands beside the licence that its link names (RFC 4946)."""
    said = "<media:restriction relationship='deny' type='country'>li</media:restriction>"
    licence = "<link rel='license' href='https://l.example/'/>"
    entry = f"<entry><id>tag:p.example,2026:1</id><title>T</title>{said}{licence}</entry>"
    assert atom(entry).stories[0].rights == (
        UsageRight(type="deny", geography="not li"),
        UsageRight(type="license", limitations="https://l.example/"),
    )


def test_versions_and_corrections_that_an_item_points_to() -> None:
    """DCMI's and PRISM's words for the versions before and after, as text or as ``rdf:resource``."""
    found = rss(
        "<guid>1</guid><prism:isCorrectionOf>https://p.example/0</prism:isCorrectionOf>"
        "<dcterms:isReplacedBy xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' rdf:resource='/2'/>"
    )
    assert [(one.rel, one.href) for one in found.links] == [
        ("replaced-by", "https://post.example/2"),
        ("corrects", "https://p.example/0"),
    ]


def test_the_licence_of_one_file_is_not_that_of_the_item() -> None:
    """A picture under a free licence does not free the text beside it."""
    said = "<media:license>CC BY</media:license><media:copyright url='https://l.example/terms'>Jo Roe</media:copyright>"
    shown = f"<media:content url='https://p.example/1.jpg'>{said}</media:content>"
    found = rss(f"<guid>1</guid><title>T</title>{shown}")
    assert (found.rights, found.associations[0].usage_terms) == ((), "CC BY\nhttps://l.example/terms")


def test_a_summary_beside_a_description() -> None:
    """The longer one is the text, the other one the summary."""
    found = rss("<guid>1</guid><description>The ferry stops at noon today.</description><summary>No ferry.</summary>")
    assert (found.paragraphs, found.summary) == (("The ferry stops at noon today.",), "No ferry.")


def test_items_without_a_channel() -> None:
    """Items that nobody introduces are read."""
    found = parse(b"<rss><item><title>Ferry</title><guid>1</guid></item></rss>").stories
    assert [one.headline for one in found] == ["Ferry"]


def test_hyphens_in_a_comment() -> None:
    """A comment says nothing, so that two hyphens in it are no reason to refuse the feed."""
    found = parse(b"<rss><!-- cached -- by a plugin ---><channel><item><title>T</title></item></channel></rss>").stories
    assert [one.headline for one in found] == ["T"]


@pytest.mark.parametrize("kind", ["type='application/octet-stream'", "mode='base64'"])
def test_texts_of_atom_in_base64(kind: str) -> None:
    """They are read as the markup that they hold."""
    coded = b64encode(b"<p>The <b>ferry</b> stops.</p>").decode()
    (found,) = atom(
        f"<entry><id>1</id><title {kind}>{coded}</title><content {kind}>\n{coded}</content></entry>"
    ).stories
    assert (found.headline, found.paragraphs) == ("The ferry stops.", ("The ferry stops.",))


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\uffff"])
def test_what_base64_holds_and_xml_has_not(sign: str) -> None:
    """Codes that are no characters of XML are left out of a text that was in base64."""
    coded = b64encode(f"The ferry{sign}stops.".encode()).decode()
    (found,) = atom(f"<entry><id>1</id><content mode='base64'>{coded}</content></entry>").stories
    assert found.paragraphs == ("The ferry stops.",)


def test_a_file_in_an_entry_is_no_text() -> None:
    """The base64 of a picture, or what is no base64, is no copy."""
    for kind in ("image/png", "application/octet-stream"):
        (found,) = atom(
            f"<entry><id>1</id><title>Ferry</title><content type='{kind}'>iVBORw0KGgo=</content></entry>"
        ).stories
        assert found.paragraphs == ()


def test_the_page_of_the_feed_that_an_entry_was_taken_from() -> None:
    """It is a link of the story."""
    source = "<source><id>s</id><title>Post</title><link href='https://post.example/'/></source>"
    (found,) = atom(f"<entry><id>1</id><title>Ferry</title>{source}</entry>").stories
    assert Link(href="https://post.example/", rel="via") in found.links
