"""NewsML-G2: what the message states stands in the story."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import CreditElement, Link, Story, Subject

NAR = "http://iptc.org/std/nar/2006-10-01/"


def item(
    meta: str = "",
    content: str = "",
    body: str = "<p>One.</p>",
    *,
    guid: str = "urn:x:1",
    kind: str = "ninat:text",
    attributes: str = 'version="3" xml:lang="en"',
    inline: str = "",
) -> bytes:
    """A newsItem with the given properties; nothing in it is from a real wire."""
    inline = inline or f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html></inlineXML>'
    return (
        f'<newsItem xmlns="{NAR}" guid="{guid}" {attributes}>'
        f'<itemMeta><itemClass qcode="{kind}"/>{meta}</itemMeta><contentMeta>{content}</contentMeta>'
        f"<contentSet>{inline}</contentSet></newsItem>"
    ).encode()


def story(*args: str, **named: str) -> Story:
    """The story of an item with these properties."""
    return parse(item(*args, **named)).stories[0]


def said(found: Story) -> list[tuple[str, str, str]]:
    """Where, value and role of every credit."""
    return [(credit.where, credit.value, credit.role) for credit in found.credits]


def test_identity_comes_from_guid_and_version() -> None:
    """guid and version are the item's attributes; a missing version stays empty."""
    found = story()
    assert (found.guid, found.version) == ("urn:x:1", "3")
    assert story(attributes="").version == ""


def test_dates_become_utc() -> None:
    """Dates with any offset are UTC; an empty date is None."""
    found = story(
        "<versionCreated>2026-03-26T17:20:44+01:00</versionCreated><firstCreated></firstCreated>"
        "<embargoed>20260327T060000Z</embargoed>"
    )
    assert found.version_created == datetime(2026, 3, 26, 16, 20, 44, tzinfo=UTC)
    assert found.first_created is None
    assert found.embargo == datetime(2026, 3, 27, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("stat:usable", "usable"),
        ("stat:canceled", "canceled"),
        ("stat:withheld", "withheld"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/canceled", "canceled"),
        ("stat:somethingelse", "withheld"),
    ],
)
def test_pubstatus(code: str, status: str) -> None:
    """A kill is read in every spelling; a status that nobody knows is held back rather than run."""
    found = story(f'<pubStatus qcode="{code}"/>')
    assert (found.pubstatus, found.pulled) == (status, code == "stat:withheld")


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("9", 9), ("0", None), ("", None), ("high", None), ("10", None)])
def test_urgency(text: str, value: int | None) -> None:
    """Urgency is 1 to 9 or nothing."""
    assert story("", f"<urgency>{text}</urgency>").urgency == value


def test_language_of_the_content_counts_before_that_of_the_item() -> None:
    """contentMeta/language says what the copy is in; xml:lang only what the metadata is in."""
    assert story("", '<language tag="sv"/>', attributes='xml:lang="swe"').language == "sv"
    assert story("", attributes='xml:lang="fi-FI"').language == "fi-FI"


def test_every_credit_is_kept_in_order() -> None:
    """Each statement of origin becomes a credit: its name, then its literal and its code, with its role."""
    found = story(
        '<provider qcode="nprov:X"><name>Example Press</name></provider><provider qcode="nprov:Y"/>'
        '<service qcode="srv:a"/>',
        '<infoSource literal="Sample Wire" role="cRole:source"/><creator literal="Jo Sample"/>'
        '<contributor role="crol:editor"><name>Al Editor</name></contributor>'
        "<dateline>ORAN, March 1 (EP) -</dateline><by>By Jo Sample</by><creditline>EP</creditline>",
        body="<p>Text of the story, long enough.</p><p>EP</p>",
    )
    assert said(found) == [
        ("provider", "Example Press", ""),
        ("provider", "nprov:X", ""),
        ("provider", "nprov:Y", ""),
        ("service", "srv:a", ""),
        ("infosource", "Sample Wire", "cRole:source"),
        ("creator", "Jo Sample", ""),
        ("contributor", "Al Editor", "crol:editor"),
        ("dateline", "ORAN, March 1 (EP) -", ""),
        ("byline", "By Jo Sample", ""),
        ("creditline", "EP", ""),
        ("endline", "EP", ""),
    ]
    assert (found.provider, found.byline, found.creditline) == ("Example Press", "By Jo Sample", "EP")


def test_subjects_are_sorted_by_what_they_are() -> None:
    """The type of a subject, or its details, decide whether it is a person, an organisation, a place or a topic."""
    found = story(
        "",
        '<subject qcode="subj:04000000" type="cpnat:abstract"><name>economy</name></subject>'
        '<subject qcode="p:1" type="cpnat:person"><name>Ada Sample</name></subject>'
        '<subject literal="Example Ltd" type="cpnat:organisation"/>'
        '<subject qcode="geo:1" type="cpnat:geoArea"><name>Oran</name></subject>'
        '<subject uri="http://cv.iptc.org/newscodes/mediatopic/20000763"/>'
        '<subject qcode="x:2"><name>Port</name><POIDetails/></subject>'
        '<located qcode="city:9"><name>Tlemcen</name></located>',
    )
    assert found.subjects == (
        Subject(scheme="subj", code="04000000", name="economy"),
        Subject(scheme="medtop", code="20000763"),
    )
    assert found.people == (Subject(scheme="p", code="1", name="Ada Sample"),)
    assert [one.code for one in found.organisations] == ["Example Ltd"]
    assert [one.name for one in found.places] == ["Tlemcen", "Oran", "Port"]


def test_headlines_summary_and_rights_in_the_items_language() -> None:
    """The sub headline is told by its role; rights are given in the item's own language."""
    found = parse(
        item(
            "",
            '<headline role="hld:subHeadline">Below</headline><headline>Above</headline>'
            '<description role="drol:caption">c</description><description role="drol:summary">s</description>'
            '<keyword>k1</keyword><keyword>k1</keyword><slugline separator="-">a-b</slugline>',
            attributes='xml:lang="de"',
        ).replace(
            b"<itemMeta>",
            b"<rightsInfo><copyrightHolder literal='EP'/><usageTerms xml:lang='en'>no</usageTerms>"
            b"<usageTerms xml:lang='de'>nein</usageTerms><copyrightNotice xml:lang='en'>(c)</copyrightNotice>"
            b"</rightsInfo><itemMeta>",
        )
    ).stories[0]
    assert (found.headline, found.subheadline, found.summary) == ("Above", "Below", "s")
    assert (found.keywords, found.slugline) == (("k1",), "a-b")
    assert (found.usage_terms, found.copyright_notice, found.copyright_holder) == ("nein", "(c)", "EP")


def test_signals_notes_and_links() -> None:
    """Signals keep their codes, notes are joined, links point by href, residref or guidref."""
    found = story(
        '<signal qcode="sig:correction"/><signal qcode="sig:correction"/><edNote>A</edNote><edNote>B</edNote>'
        '<link rel="irel:previousVersion" residref="urn:x:0"/><link href="https://example.org/1"><title>One</title></link>'
    )
    assert found.signals == ("sig:correction",)
    assert found.ed_note == "A\nB"
    assert found.links == (
        Link(href="urn:x:0", rel="irel:previousVersion"),
        Link(href="https://example.org/1", title="One"),
    )


def test_nitf_inside() -> None:
    """An NITF body gives headline, byline, dateline and tagline; its head is no paragraph."""
    nitf = (
        '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">'
        '<head><docdata><doc.copyright holder="Example Press"/></docdata></head><body><body.head>'
        "<hedline><hl1>From the body</hl1><hl2>Lower</hl2></hedline><byline>By<person>Jo Sample</person></byline>"
        "<dateline>ORAN (EP) -</dateline></body.head><body.content><block><p>First <org>Port Co</org> text.</p>"
        "<hl2>Between</hl2><p>Second.</p></block></body.content><body.end><tagline>EP</tagline></body.end></body>"
        "</nitf></inlineXML>"
    )
    found = story(inline=nitf)
    assert (found.headline, found.subheadline, found.byline) == ("From the body", "Lower", "By Jo Sample")
    assert found.paragraphs == ("First Port Co text.", "Between", "Second.", "EP")
    assert ("copyrightholder", "Example Press", "") in said(found)
    assert ("endline", "EP", "") in said(found)


def test_inline_data_is_text_or_markup() -> None:
    """inlineData is read as what it is: plain paragraphs or escaped HTML."""
    plain = story(inline="<inlineData contenttype='text/plain'>One line here.\n\nAnother one.</inlineData>")
    assert plain.paragraphs == ("One line here.", "Another one.")
    marked = story(inline="<inlineData>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; three&lt;/p&gt;</inlineData>")
    assert marked.paragraphs == ("One", "Two & three")


def test_a_providers_own_markup_still_gives_paragraphs() -> None:
    """Unknown elements around text are paragraphs, unknown ones inside a paragraph are running text."""
    own = "<BODY xmlns=''><LEAD><P>First <Firm>Acme</Firm> text.</P></LEAD><QUOTE>Second.</QUOTE></BODY>"
    assert story(inline=f"<inlineXML>{own}</inlineXML>").paragraphs == ("First Acme text.", "Second.")


def test_the_headline_is_not_said_twice() -> None:
    """A h1 that repeats the headline is left out of the body; any other h1 stays."""
    found = story("", "<headline>Rain at last</headline>", body="<h1>Rain at last!</h1><h1>Other</h1><p>Text.</p>")
    assert found.paragraphs == ("Other", "Text.")


def test_the_largest_body_wins() -> None:
    """Of several renditions of the text the one with most words is the body."""
    two = "<inlineXML><p>Short.</p></inlineXML><inlineXML><p>Somewhat longer text.</p></inlineXML>"
    assert story(inline=two).paragraphs == ("Somewhat longer text.",)


def test_a_message_holds_many_items() -> None:
    """Every newsItem of a newsMessage is a story, in order; a bare list of references is none."""
    items = (item(guid="urn:x:1") + item(guid="urn:x:2")).decode()
    message = (
        f'<newsMessage xmlns="{NAR}"><itemSet><packageItem><itemRef/></packageItem>{items}</itemSet></newsMessage>'
    )
    assert [one.guid for one in parse(message.encode()).stories] == ["urn:x:1", "urn:x:2"]


def test_a_package_is_a_composite_of_members_in_order() -> None:
    """A packageItem's groups are followed from the root down; each reference is a member."""
    package = f"""<packageItem xmlns="{NAR}" guid="urn:p:1" version="1"><itemMeta/>
      <contentMeta><headline>Pack</headline></contentMeta><groupSet root="r">
      <group id="b"><itemRef residref="urn:x:3"/></group>
      <group id="r"><groupRef idref="a"/><groupRef idref="b"/></group>
      <group id="a"><itemRef residref="urn:x:1"><itemClass qcode="ninat:text"/><headline>H</headline></itemRef>
      <itemRef residref="urn:x:2" contenttype="image/jpeg"><itemClass qcode="ninat:picture"/></itemRef></group>
      </groupSet></packageItem>"""
    found = parse(package.encode()).stories[0]
    assert found.type == "composite"
    assert [(one.rel, one.guid, one.type) for one in found.associations] == [
        ("member", "urn:x:1", "text"),
        ("member", "urn:x:2", "picture"),
        ("member", "urn:x:3", ""),
    ]


def test_a_picture_has_its_files() -> None:
    """remoteContent is an association with its rendition; the story is of type picture."""
    remote = '<remoteContent rendition="rnd:web" contenttype="image/jpeg" href="https://example.org/1.jpg"/>'
    found = story("", "", kind="ninat:picture", inline=remote)
    assert found.type == "picture"
    assert [(one.rel, one.type, one.href) for one in found.associations] == [
        ("rnd:web", "picture", "https://example.org/1.jpg")
    ]


def test_prefixes_do_not_matter() -> None:
    """Whatever prefix the message binds to the namespace, it reads the same."""
    plain = item("", "<headline>H</headline>")
    prefixed = plain.decode().replace(f'xmlns="{NAR}"', f'xmlns:n="{NAR}"')
    for name in ("newsItem", "itemMeta", "itemClass", "contentMeta", "contentSet", "inlineXML", "headline"):
        prefixed = prefixed.replace(f"<{name}", f"<n:{name}").replace(f"</{name}", f"</n:{name}")
    assert parse(prefixed.encode()).stories == parse(plain).stories


def test_utf16_and_latin1_read_the_same() -> None:
    """The bytes may come in UTF-8, UTF-16 or ISO-8859-1."""
    text = '<?xml version="1.0" encoding="{}"?>' + item("", "<headline>Été à Orléans</headline>").decode()
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        assert parse(text.format(encoding).encode(encoding)).stories[0].headline == "Été à Orléans"


def test_an_end_line_after_a_line_break_stands_by_itself() -> None:
    """``...<br/>EP`` at the end of the last paragraph is a paragraph and a credit of its own."""
    found = story(body="<p>The last words of the story.<br/>EP</p>")
    assert found.paragraphs == ("The last words of the story.", "EP")
    assert found.credits == (CreditElement(where="endline", value="EP"),)


def test_asserts_that_name_one_another_over_and_over_are_refused() -> None:
    """Each place is told what its assert tells, each wider place of that again: 15 kB hold four million concepts."""
    wider = "".join(f'<broader qcode="p:1"><name>Isle {nth}</name></broader>' for nth in range(160))
    told = f'<assert qcode="p:1"><type qcode="cpnat:geoArea"/>{wider}</assert>'
    places = '<subject type="cpnat:geoArea" qcode="p:1"/>' * 160
    message = item(content=places).replace(b"<contentSet>", told.encode() + b"<contentSet>")
    with pytest.raises(Unparseable, match="told of more than 50000 times over"):
        parse(message)


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        ("<by>Ida Ruud</by><by>Per Lund</by>", "Ida Ruud, Per Lund"),
        ('<by xml:lang="fr">Par Ida Ruud</by><by xml:lang="en">By Ida Ruud</by>', "By Ida Ruud"),
        ('<by xml:lang="fr">Par Ida Ruud</by><by xml:lang="es">Por Ida Ruud</by>', "Par Ida Ruud"),
        ('<by xml:lang="eng">By Ida Ruud</by><by xml:lang="fra">Par Ida Ruud</by>', "By Ida Ruud"),
        ('<by xml:lang="en-GB">By Ida Ruud</by><by xml:lang="en-US">Ida Rudd</by>', "By Ida Ruud"),
        ('<by xml:lang="en-GB">By Ida Ruud</by><by xml:lang="en">Ida Rudd</by><by>Per Lund</by>', "Ida Rudd, Per Lund"),
        ("<by>IDA RUUD</by><by>Ida Ruud, Harbour correspondent</by>", "Ida Ruud, Harbour correspondent"),
    ],
)
def test_of_several_bylines_each_in_the_items_language_is_printed(lines: str, byline: str) -> None:
    """Else those in the first language there is."""
    assert story(content=f'<language tag="en"/><headline>H</headline>{lines}').byline == byline
