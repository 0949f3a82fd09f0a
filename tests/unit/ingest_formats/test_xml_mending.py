"""XML that is not quite XML: what leaves one meaning is read, anything else is refused. Nothing is from a real wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.xml.characters import NO_CHARACTER, is_character
from dateline_schemas.story import Story

WORDS = "The ferry at Été-sur-Mer sails again, for £3 a head."


def document(words: str = WORDS, prolog: str = "") -> str:
    """An NITF document of one paragraph; nothing in it is from a real wire."""
    return (
        f'{prolog}<nitf><head><docdata><doc-id id-string="f-1"/></docdata></head><body><body.head><hedline>'
        f"<hl1>Ferry</hl1></hedline></body.head><body.content><p>{words}</p></body.content></body></nitf>"
    )


def story(data: bytes | str) -> Story:
    """The only story of a message."""
    return parse(data.encode() if isinstance(data, str) else data).stories[0]


def paragraph(data: bytes | str) -> str:
    """The only paragraph of its story."""
    (text,) = story(data).paragraphs
    return text


def declared(encoding: str) -> str:
    """An XML declaration that names an encoding."""
    return f'<?xml version="1.0" encoding="{encoding}"?>'


@pytest.mark.parametrize(
    ("says", "is_in"),
    [
        ("utf-16", "utf-8"),
        ("utf-8", "cp1252"),
        ("us-ascii", "latin-1"),
        ("us-ascii", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("gb2312", "gb18030"),
    ],
)
def test_a_declaration_may_name_another_encoding_than_the_bytes_are_in(says: str, is_in: str) -> None:
    """Programs write a declaration that the next one does not keep; what the bytes are is told by themselves."""
    typeset = {"gb18030": "渡轮今天在海边小镇恢复航行，镕先生说。", "cp1252": "The ferry at Été-sur-Mer sails – again."}
    words = typeset.get(is_in, WORDS)
    assert paragraph(document(words, declared(says)).encode(is_in)) == words


def test_no_declaration_means_utf_8_unless_the_bytes_tell_otherwise() -> None:
    """XML says UTF-8; a program that writes Latin-1 and says nothing is understood all the same."""
    assert paragraph(document().encode("latin-1")) == WORDS


def test_bytes_that_tell_nothing_are_refused() -> None:
    """Two bytes beyond ASCII that no reading of the text makes likely are not guessed at."""
    with pytest.raises(Unparseable, match="broken XML"):
        parse(document("Ferry \x81\x8d.").encode("latin-1"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Salt & Sons", "Salt & Sons"),
        ("Salt &amp; Sons & Co", "Salt & Sons & Co"),
        ("Salt&Sons; and &Daughters;", "Salt&Sons; and &Daughters;"),
        ("Caf&eacute;&nbsp;noir &mdash; &lt;b&gt;", "Café noir — <b>"),
        ("one\x0btwo\x00", "one two"),
        ("one&#11;two&#x1F;", "one two"),
        ("<![CDATA[Salt & Sons &eacute;]]> & Co", "Salt & Sons &eacute; & Co"),
        ("high &#xD83D;&#xDEA2; and &#55357;&#57000; water", "high 🚢 and 🚨 water"),
        ("half &#xD83D; of one", "half of one"),
    ],
)
def test_what_leaves_one_meaning_is_mended(written: str, read: str) -> None:
    """A lone ampersand is itself, HTML's names are its characters, and what XML has no character for says nothing."""
    assert paragraph(document(written)) == read


def test_what_a_carrier_leaves_behind_the_last_tag_says_nothing() -> None:
    """Blocks are filled with zeros, and files end with a control character of old."""
    assert paragraph(document() + "\x00\x00\x1a") == WORDS


@pytest.mark.parametrize("cut", ["</nitf>", "</p>", "<body>"])
def test_tags_are_never_mended(cut: str) -> None:
    """A message with a tag missing is refused, whatever else is wrong with it, and the place is given."""
    with pytest.raises(Unparseable, match="broken XML") as caught:
        parse(document("Salt & Sons").replace(cut, "", 1).encode())
    assert caught.value.line == 1


@pytest.mark.parametrize("doctype", ["<!DOCTYPE nitf [{}]>", '<!DOCTYPE nitf SYSTEM "http://localhost:1/n.dtd" [{}]>'])
def test_a_doctype_may_declare_characters(doctype: str) -> None:
    """``<!ENTITY nbsp "&#160;">`` is what NITF's own DTD does; the first declaration of a name counts."""
    entities = "<!ENTITY house \"Salt\"><!ENTITY eur '&#8364;'><!ENTITY house 'Other'><!-- &c; -->"
    text = document("&house;: &eur;3 &eacute; &gone;", doctype.format(entities))
    assert paragraph(text) == "Salt: €3 é &gone;"


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY a "&b;">', '<!ENTITY a "<p/>">', '<!ENTITY a SYSTEM "file:///etc/hostname">', '<!ENTITY a "%b;">'],
)
def test_a_doctype_may_declare_nothing_that_could_grow(entity: str) -> None:
    """An entity of other entities, of markup, or of a file is refused unread."""
    with pytest.raises(Unparseable, match="DOCTYPE"):
        parse(document("&a;", f"<!DOCTYPE nitf [{entity}]>").encode())


def test_references_are_counted_where_each_costs_as_much_as_an_element() -> None:
    """As nodes of the tree, or as mends; a feed of escaped markup has many that cost nothing."""
    few = Limits(members=400)
    for wrong in (document("&a;" * 500, '<!DOCTYPE nitf SYSTEM "n.dtd">'), document("& " * 500)):
        with pytest.raises(Unparseable, match="more than 400 references"):
            parse(wrong.encode(), limits=few)
    assert parse(document("&lt;" * 500).encode(), limits=few).stories


def test_a_prefix_of_the_root_that_nothing_explains_is_that_of_its_format() -> None:
    """Elements with it are the format's own; another prefix stays a part of the name."""
    text = (
        '<n:newsItem guid="urn:x:1" version="3"><n:itemMeta><n:provider literal="EP"/></n:itemMeta><n:contentMeta>'
        "<n:headline>Ferry</n:headline><o:headline>Other</o:headline></n:contentMeta></n:newsItem>"
    )
    found = story(text)
    assert (found.guid, found.version, found.headline, found.provider) == ("urn:x:1", "3", "Ferry", "EP")


@pytest.mark.parametrize("name", ["-item", "1", ""])
def test_what_is_no_name_without_the_prefix_of_the_root_is_refused(name: str) -> None:
    """Broken XML is refused as that."""
    with pytest.raises(Unparseable, match="broken XML"):
        parse(f"<n:nitf><n:{name}/></n:nitf>".encode(), hint="nitf")


def test_an_encoding_that_nobody_knows_is_refused_by_its_name() -> None:
    """One that looks like a charset of ISO 8859, and is none."""
    with pytest.raises(Unparseable, match=r"iso8859-99 is not known"):
        parse(b'<?xml version="1.0" encoding="iso8859-99"?><nitf><head/><body>\x84</body></nitf>')


@pytest.mark.parametrize("before", ["<!-- from the cache -->", "\n<!-- a -- b --> \n", "<!-- <b> --><!-- -->"])
def test_comments_may_stand_before_the_declaration(before: str) -> None:
    """Caches write them there."""
    assert paragraph(document(prolog=before + declared("UTF-8"))) == WORDS


@pytest.mark.parametrize(
    "noise", ["Notice: no such index in /srv/feed.php on line 3\n", "<br />\n<b>Warning</b>: late <br />\n"]
)
def test_complaints_of_a_server_before_the_declaration(noise: str) -> None:
    """What PHP prints before a message makes no page or text of it."""
    read = parse(document(prolog=noise + declared("UTF-8")).encode())
    assert (read.format, read.stories[0].paragraphs) == ("nitf", (WORDS,))


def test_a_page_with_a_declaration_in_it_stays_a_page() -> None:
    """Where a page has begun, nothing behind it is another message."""
    page = f"<html><body><h1>Feeds</h1><p>{WORDS} {WORDS}</p>\n{document(prolog=declared('UTF-8'))}</body></html>"
    assert parse(page.encode()).format == "html"


@given(st.integers(0, 0x11FFFF))
def test_what_is_no_character_is_what_a_parser_refuses(number: int) -> None:
    """One pattern says it, for texts and for references."""
    try:
        etree.fromstring(f"<a>&#{number};</a>", etree.XMLParser(recover=False))
    except etree.XMLSyntaxError:
        assert not is_character(number)
    else:
        assert is_character(number)
    if number < 0x110000:
        assert is_character(number) is (NO_CHARACTER.search(chr(number)) is None)
