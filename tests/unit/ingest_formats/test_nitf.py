"""NITF 3.x as a message of its own: what the document states stands in the story."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject, UsageRight

NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"


def document(
    head: str = "",
    body_head: str = "<hedline><hl1>Harbour reopens</hl1></hedline>",
    content: str = "<p>The harbour is open again.</p><p>Ships came in at noon.</p>",
    end: str = "",
    *,
    docdata: str = "",
    identity: str = '<doc-id id-string="ex-1"/>',
    management: str = "",
    root: str = "",
) -> bytes:
    """An NITF document with the given parts; nothing in it is from a real wire."""
    return (
        f"<nitf {root}><head>{head}<docdata {management}>{identity}{docdata}</docdata></head>"
        f"<body><body.head>{body_head}</body.head><body.content>{content}</body.content>"
        f"<body.end>{end}</body.end></body></nitf>"
    ).encode()


def story(*args: str, **named: str) -> Story:
    """The story of a document with these parts."""
    return parse(document(*args, **named)).stories[0]


def said(found: Story) -> list[tuple[str, str, str]]:
    """Where, value and role of every credit."""
    return [(credit.where, credit.value, credit.role) for credit in found.credits]


def test_a_document_is_a_story() -> None:
    """doc-id identifies it, hl1 is its headline, body.content its body."""
    parsed = parse(document())
    found = parsed.stories[0]
    assert (parsed.format, found.guid, found.headline) == ("nitf", "ex-1", "Harbour reopens")
    assert found.paragraphs == ("The harbour is open again.", "Ships came in at noon.")
    assert found.body_html == "<p>The harbour is open again.</p><p>Ships came in at noon.</p>"


def test_a_keyword_that_is_a_list() -> None:
    """Commas without a space part keywords, as semicolons do; those of places and numbers part nothing."""
    keys = '<keyword key="fax,malware; ports"/><keyword key="Lagos, Nigeria"/><keyword key="10,000 metres"/>'
    found = story(docdata=f"<key-list>{keys}</key-list>")
    assert found.keywords == ("fax", "malware", "ports", "Lagos, Nigeria", "10,000 metres")


def test_a_photographer_in_a_meta_is_credited_with_pictures() -> None:
    """Whose picture goes with a text is not who wrote it; urgency and language may be datasets of the IIM."""
    written = "<ds num='2:10' value='2'/><ds num='135' value='fi'/>"
    found = story(head=f"<meta name='photographer' content='Al Muster/QP'/><iim>{written}</iim>")
    assert [(one.where, one.value) for one in found.credits] == [("picture", "Al Muster/QP")]
    assert (found.urgency, found.language, found.byline) == (2, "fi", "")


def test_datasets_of_the_iim_say_what_metas_do() -> None:
    """head/iim/ds, by its number with the record or without; and uno names the document, whatever the doc-id."""
    sets = (("2:110", "Quay Press"), ("115", "Pier Post"), ("2:116", "(c) Quay"), ("040", "Not for web"), ("2:7", "x"))
    written = "".join(f'<ds num="{number}" value="{value}"/>' for number, value in sets)
    found = story(head=f"<iim>{written}</iim>", root='uno="QP:2026:7"')
    assert said(found) == [
        ("source", "Quay Press", "2:110"),
        ("source", "Pier Post", "2:115"),
        ("copyrightnotice", "(c) Quay", "2:116"),
    ]
    assert (found.ed_note, found.copyright_notice, found.guid) == ("Not for web", "(c) Quay", "ex-1")
    assert found.alt_ids == (Subject(scheme="uno", code="QP:2026:7"),)


def test_what_the_metadata_of_a_picture_credit() -> None:
    """media-metadata with the name of a meta that is a credit; others are no statements of origin."""
    stated = (
        '<media-metadata name="Copyright" value="(c) Quay"/><media-metadata name="Photographer" value="Al Muster"/>'
    )
    found = story(content=f'<media>{stated}<media-metadata name="Keyword" value="pier"/></media><p>Open.</p>')
    assert said(found) == [("picture", "(c) Quay", "Copyright"), ("picture", "Al Muster", "Photographer")]


def test_names_with_a_code_in_the_head_of_the_body() -> None:
    """A company there is one of the story's, as in the text."""
    found = story(body_head='<hedline><hl1>H</hl1></hedline><org idsrc="ASX" value="QAY">Quay Works</org>')
    assert found.organisations == (Subject(scheme="ASX", code="QAY", name="Quay Works"),)


def test_categories_in_one_meta() -> None:
    """A stroke parts them."""
    found = story('<meta name="category" content="/ports|/interview|04000000"/>')
    assert [(one.scheme, one.code) for one in found.subjects] == [
        ("category", "/ports"),
        ("category", "/interview"),
        ("subj", "04000000"),
    ]


def test_a_byline_for_an_index_is_a_credit_and_no_line() -> None:
    """It only says again, family name first, what readers see."""
    head = '<byline class="print_byline">By Ada Quill</byline><byline class="normalized_byline">Quill, Ada</byline>'
    found = story(body_head=head)
    assert found.byline == "By Ada Quill"
    assert ("byline", "Quill, Ada", "") in said(found)


def test_paragraphs_within_one_another_are_said_once() -> None:
    """Programs put a paragraph around paragraphs; one with words of its own keeps them."""
    assert story(body_head="<abstract><p><p>First.</p><p>Second.</p></p></abstract>").summary == "First.\nSecond."
    assert "Own" in story(body_head="<abstract><p>Own <p>inner</p></p></abstract>").summary


def test_a_content_of_text_alone_has_its_paragraphs_by_blank_lines() -> None:
    """As markup that is escaped once more has them by its tags."""
    assert story(content="First of it.\n\n  Second of it.\n").paragraphs == ("First of it.", "Second of it.")
    escaped = "&amp;lt;p&amp;gt;First.&amp;lt;/p&amp;gt;\n&amp;lt;p&amp;gt;Second.&amp;lt;/p&amp;gt;"
    assert story(content=escaped).paragraphs == ("First.", "Second.")


@pytest.mark.parametrize("within", ["<block>{}</block>", "<block><bodytext>{}</bodytext></block>"])
def test_what_holds_all_of_the_content_is_as_good_as_the_content(within: str) -> None:
    """Text alone or markup as text may lie in a block, or in an element of a provider's own."""
    for text in ("First of it.\n\nSecond of it.", "<![CDATA[<p>First of it.</p><p>Second of it.</p>]]>"):
        assert story(content=within.format(text)).paragraphs == ("First of it.", "Second of it.")


def test_the_namespace_does_not_matter() -> None:
    """NITF 3.3 on has a namespace, earlier versions have none."""
    spaced = parse(document(root=f'xmlns="{NAMESPACE}"')).stories
    assert spaced == parse(document()).stories


def test_several_documents_in_a_wrapper_are_several_stories() -> None:
    """Every nitf within another element is a story, in order."""
    two = document(identity='<doc-id id-string="ex-2"/>')
    found = parse(b"<nitfs>" + document() + two + b"</nitfs>").stories
    assert [one.guid for one in found] == ["ex-1", "ex-2"]


def test_a_document_within_a_document_is_the_document() -> None:
    """A program writes the root twice; what lies inside is what it has to say."""
    assert parse(b"<nitf><!-- by X -->" + document() + b"</nitf>").stories == parse(document()).stories


@pytest.mark.parametrize(
    ("parts", "issued", "embargo"),
    [
        ({"docdata": '<date.issue norm="20260301T080000Z"/>'}, 8, None),
        ({"body_head": '<dateline><story.date norm="20260301T090000Z"/></dateline>'}, 9, None),
        ({"head": '<pubdata date.publication="20260301T100000Z"/>'}, 10, None),
        ({"docdata": '<date.release norm="20260301T110000Z"/>'}, 11, 11),
        (
            {
                "docdata": '<date.release norm="20260301T110000Z"/>',
                "body_head": '<dateline><story.date norm="20260301T090000Z"/></dateline>',
            },
            9,
            11,
        ),
    ],
)
def test_when_a_document_without_an_issue_date_was_issued(
    parts: dict[str, str], issued: int, embargo: int | None
) -> None:
    """The story's date stands in, else that of its publication. Not before its release may it run, when known."""
    found = story(**parts)
    assert found.version_created == datetime(2026, 3, 1, issued, tzinfo=UTC)
    assert found.embargo == (datetime(2026, 3, 1, embargo, tzinfo=UTC) if embargo else None)


def test_an_identifier_may_be_text() -> None:
    """doc-id has an attribute for it; some write it into the element."""
    assert story(identity="<doc-id>ex-9</doc-id>").guid == "ex-9"


def test_rights_may_stand_alone() -> None:
    """rights.owner beside the headline, without the rights around it, is who owns the copy."""
    found = story(body_head="<rights.owner>Example Wire</rights.owner>")
    assert said(found) == [("copyrightholder", "Example Wire", "rights.owner")]
    assert found.copyright_holder == "Example Wire"


def test_what_a_meta_says_of_origin_and_revision() -> None:
    """Meta names are data: a house's own name for the source, a release's number, which a key without one leaves."""
    head = '<meta name="origin" content="Example Wire"/><meta name="article-revision" content="0"/>'
    found = story(head, identity='<doc-id id-string="ex-1"/><du-key key="harbour"/>')
    assert said(found) == [("source", "Example Wire", "origin")]
    assert found.version == "0"


def test_a_lead_that_the_full_text_begins_with_is_read_once() -> None:
    """Archives have the lead in a block of its own, and all of the text in the next; other blocks stay."""
    lead, rest = "<p>The harbour is open again.</p>", "<p>Ships came in at noon.</p>"
    found = story(content=f"<block>{lead}</block>\n<block>{lead}{rest}</block><block><p>Ends.</p></block>")
    assert found.paragraphs == ("The harbour is open again.", "Ships came in at noon.", "Ends.")


def test_a_wrapper_of_any_name_is_read_where_nitf_is_announced() -> None:
    """The hint decides where the root element is nobody's, however far behind it the document begins."""
    data = b"<delivery>" + b"<to>desk</to>" * 400 + document() + b"</delivery>"
    assert parse(data, hint="application/nitf+xml").stories == parse(document()).stories
    with pytest.raises(Unparseable, match="<delivery> is not read"):
        parse(data)


@pytest.mark.parametrize(
    "before",
    [
        "<box>",
        "<x:box xmlns:x='urn:x' n='2'>\n",
        "<!DOCTYPE nitf SYSTEM 'nitf-3-6.dtd'>\n<box><to>desk</to><!-- two -->\n",
    ],
)
def test_a_wrapper_of_any_name_is_read_where_a_document_begins_it(before: str) -> None:
    """Of other parts of it nobody knows what they say."""
    name = "x:box" if "x:box" in before else "box"
    two = document(identity='<doc-id id-string="ex-2"/>')
    found = parse(before.encode() + document() + two + f"</{name}>".encode())
    assert [one.guid for one in found.stories] == ["ex-1", "ex-2"]
    assert found.format == "nitf"


def test_the_page_identifies_a_document_that_has_no_identifier_of_its_own() -> None:
    """A paper that sends the address of the story's page only; a later version has the same."""
    page = '<meta name="canonical" content="https://quay.example/nets"/>'
    found = story(head=page, identity="")
    assert found.guid == "https://quay.example/nets"
    assert Link(href="https://quay.example/nets", rel="canonical") in found.links
    assert story(head=page).guid == "ex-1"


def test_a_wrapper_without_a_document_is_refused() -> None:
    """A message without any nitf is refused with the reason."""
    with pytest.raises(Unparseable, match="no nitf element"):
        parse(b"<nitfs><x/></nitfs>")


def test_without_an_identifier_its_dynamic_use_key_identifies_it_and_gives_version_and_take() -> None:
    """du-key names the story, its version and the part; a document with neither is known by its own bytes."""
    found = story(identity='<du-key key="daily-tide" version="3" part="2"/>')
    assert (found.guid, found.version, found.take) == ("daily-tide", "3", 2)
    bare = story(identity="")
    assert bare.guid.startswith("urn:dateline:sha256:")
    assert bare.guid == story(identity="").guid != story(identity="", content="<p>Else.</p>").guid


def test_beside_an_identifier_the_use_key_is_another_one() -> None:
    """A document with a doc-id is no take of another, whatever part its key has."""
    found = story(docdata='<du-key key="daily-tide" generation="4" part="2"/>')
    assert (found.guid, found.version, found.take) == ("ex-1", "4", 0)
    assert found.alt_ids == (Subject(scheme="du-key", code="daily-tide"),)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20150220T144500+1100", datetime(2015, 2, 20, 3, 45, tzinfo=UTC)),
        ("20150220T034500Z", datetime(2015, 2, 20, 3, 45, tzinfo=UTC)),
        ("2015-02-20T14:45:00+11:00", datetime(2015, 2, 20, 3, 45, tzinfo=UTC)),
        ("20150220000000-0500", datetime(2015, 2, 20, 5, tzinfo=UTC)),
        ("20150220", datetime(2015, 2, 20, tzinfo=UTC)),
        ("20150220T144500", datetime(2015, 2, 20, 14, 45, tzinfo=UTC)),
        ("YYYYMMDD000000-HHMM", None),
        ("", None),
    ],
)
def test_dates_in_every_form(text: str, moment: datetime | None) -> None:
    """Dates with a zone, with a day alone and without a zone become UTC; a placeholder is none."""
    found = story(docdata=f'<date.issue norm="{text}"/><date.expire norm="{text}"/>')
    assert (found.version_created, found.expires) == (moment, moment)


def test_a_date_without_a_zone_is_in_that_of_its_agency() -> None:
    """Where the agency is known, its local time is meant."""
    found = story(docdata='<date.issue norm="20150120T120000"/><doc.copyright holder="Ritzau" year="2015"/>')
    assert found.version_created == datetime(2015, 1, 20, 11, tzinfo=UTC)


def test_release_is_an_embargo() -> None:
    """A release after the issue, or a status that says embargoed, is an embargo until that moment."""
    dates = '<date.issue norm="20260301T100000Z"/><date.release norm="20260302T060000Z"/>'
    until = datetime(2026, 3, 2, 6, tzinfo=UTC)
    for management in ("", 'management-status="embargoed"'):
        found = story(docdata=dates, management=management)
        assert (found.embargo, found.pubstatus) == (until, "usable")
    same = dates.replace("20260302T060000Z", "20260301T100000Z")
    assert story(docdata=same).embargo is None


def test_an_embargo_without_a_time_is_held() -> None:
    """Embargoed without a date that can be told means withheld; a time in a note for editors counts."""
    assert story(management='management-status="embargoed"').pubstatus == "withheld"
    told = story(
        docdata='<date.issue norm="20260301T100000Z"/><ed-msg info="Embargoed until 2026-03-02T06:00:00Z"/>',
        management='management-status="embargoed"',
    )
    assert (told.embargo, told.pubstatus) == (datetime(2026, 3, 2, 6, tzinfo=UTC), "usable")


@pytest.mark.parametrize(
    ("code", "status"),
    [("usable", "usable"), ("canceled", "canceled"), ("withheld", "withheld"), ("", "usable"), ("odd", "withheld")],
)
def test_management_status(code: str, status: str) -> None:
    """management-status is the publishing status; one that nobody knows holds the story."""
    assert story(management=f'management-status="{code}"').pubstatus == status


def test_what_it_replaces_and_corrects() -> None:
    """The managed document is a link with its status; a correction is a signal with its note."""
    found = story(
        docdata='<correction info="Name put right" id-string="ex-0"/>',
        management='management-doc-idref="ex-00" management-idref-status="canceled"',
    )
    assert found.links == (
        Link(href="ex-00", rel="irel:previousVersion", title="canceled"),
        Link(href="ex-0", rel="irel:previousVersion", title="corrected"),
    )
    assert (found.signals, found.ed_note) == (("sig:correction",), "Name put right")


def test_a_code_tells_where_a_story_may_be_used() -> None:
    """Where no words do, in the head and in the body."""
    found = story(
        docdata='<doc.rights type="web" location-code="NZ" code-source="iso"/>',
        body_head='<rights><rights.type>print</rights.type><rights.geography location-code="AU"/></rights>',
    )
    assert [(right.type, right.geography) for right in found.rights] == [("web", "NZ"), ("print", "AU")]


def test_a_message_that_calls_itself_a_correction() -> None:
    """The type of an ed-msg is a signal; the number of a publication is a credit with that role."""
    found = story(
        '<pubdata name="Sample Post" issn="1234-5678"/>', docdata='<ed-msg msg-type="Correction" info="Para 2"/>'
    )
    assert (found.signals, found.ed_note) == (("sig:correction",), "Para 2")
    assert said(found) == [("publisher", "Sample Post", ""), ("service", "1234-5678", "issn")]


def test_each_limitation_of_a_right_is_kept() -> None:
    """A rights element may have several of a part."""
    parts = "".join(f"<rights.limitations>{said}</rights.limitations>" for said in ("No archive", "No resale"))
    assert story(body_head=f"<rights>{parts}</rights>").usage_terms == "No archive\nNo resale"


def test_rights_in_parts() -> None:
    """doc.rights and body.head/rights are rights with their span in UTC; the limitations are the usage terms."""
    found = story(
        "",
        "<rights>Ask first.<rights.owner>Example Press</rights.owner><rights.type>print</rights.type>"
        "<rights.enddate>20270101</rights.enddate></rights>",
        docdata='<doc.copyright holder="Example Press" year="2026"/><doc.rights owner="EP" agent="Sample Agency" '
        'startdate="20260101T000000+0100" enddate="20260201T000000+0100" geography="Utopia" type="web" '
        'limitations="No archive"/>',
    )
    assert found.rights == (
        UsageRight(
            type="web",
            geography="Utopia",
            holder="EP",
            limitations="No archive",
            start=datetime(2025, 12, 31, 23, tzinfo=UTC),
            end=datetime(2026, 1, 31, 23, tzinfo=UTC),
        ),
        UsageRight(type="print", holder="Example Press", end=datetime(2027, 1, 1, tzinfo=UTC)),
    )
    assert (found.copyright_holder, found.copyright_notice) == ("Example Press", "© 2026 Example Press")
    assert found.usage_terms == "No archive\nAsk first."
    assert ("copyrightholder", "Sample Agency", "rights.agent") in said(found)


def test_every_statement_of_origin_is_kept() -> None:
    """Registrar, delivery list, distributor, byline, dateline, publication, editors and the line at the end."""
    found = story(
        '<meta name="aap-source" content="Sample Wire"/><pubdata name="Example Paper" edition.area="North"/>'
        '<revision-history name="Al Editor" function="editor" norm="20260301T090000Z" comment="Adds tide."/>',
        "<byline>By<person>Jo Sample</person><byttl>Port reporter</byttl></byline>"
        "<distributor><org>Example Press</org></distributor>"
        "<dateline><location><city>Oran</city><country>Utopia</country></location>"
        '<story.date norm="20260301T090000Z">20260301T090000Z</story.date></dateline>',
        "<p>The harbour is open again, they said.</p>",
        "<tagline>With files from Sample Wire</tagline><bibliography>Tide tables</bibliography>",
        docdata='<del-list><from-src src-name="EX" level-number="1"/></del-list>',
        identity='<doc-id regsrc="ex.example" id-string="ex-1"/>',
    )
    assert said(found)[:-1] == [
        ("source", "Sample Wire", "aap-source"),
        ("publisher", "Example Paper", ""),
        ("service", "North", "edition.area"),
        ("contributor", "Al Editor", "editor"),
        ("source", "ex.example", "regsrc"),
        ("source", "EX", "from-src 1"),
        ("byline", "By Jo Sample Port reporter", ""),
        ("author", "Jo Sample", "Port reporter"),
        ("provider", "Example Press", ""),
        ("dateline", "Oran, Utopia", ""),
        ("endline", "With files from Sample Wire", ""),
        ("source", "Tide tables", "bibliography"),
    ]
    assert (found.provider, found.byline, found.dateline) == (
        "Example Press",
        "By Jo Sample Port reporter",
        "Oran, Utopia",
    )
    assert (found.ed_note, found.first_created) == ("Adds tide.", datetime(2026, 3, 1, 9, tzinfo=UTC))


def test_a_comma_after_an_element_stands_where_it_was_written() -> None:
    """A byline and a dateline in which only names are marked read as they do without the marks."""
    found = story(
        "",
        "<byline>By <person>Jo Sample</person>, <byttl>Port reporter</byttl></byline>"
        "<dateline><location>ORAN</location>, Jan. 1 (<org>XYZ</org>) -</dateline>",
    )
    assert (found.byline, found.dateline) == ("By Jo Sample, Port reporter", "ORAN, Jan. 1 (XYZ) -")


def test_subjects_places_and_names() -> None:
    """tobject subjects are IPTC's by their eight digits, else their owner's; named things go where they belong."""
    found = story(
        '<tobject tobject.type="news"><tobject.property tobject.property.type="Feature"/>'
        '<tobject.subject tobject.subject.refnum="10000000" tobject.subject.type="Sea" tobject.subject.matter="Tides"/>'
        '<tobject.subject tobject.subject.refnum="20000763"/>'
        '<tobject.subject tobject.subject.ipr="EX" tobject.subject.refnum="A1" tobject.subject.type="Ports"/>'
        '<tobject.subject tobject.subject.ipr="IPTC"/></tobject>',
        docdata='<evloc city="Oran" iso-cc="UT"/><evloc iso-cc="UTO"/><evloc iso-cc="Utopia"/><fixture fix-id="tides"/>'
        '<series series.name="Harbours" series.part="2"/><doc-scope scope="Coast"/>'
        '<key-list><keyword key="harbour"/><keyword>ships</keyword><keyword key=""/></key-list>'
        '<identified-content><person idsrc="ex.example" value="p1">Jo Sample</person><org>Port Co</org>'
        '<location location-code="o1" code-source="ex.example">Oran</location><event>Regatta</event>'
        '<classifier type="tone" value="calm"/></identified-content>',
    )
    assert found.subjects == (
        Subject(scheme="subj", code="10000000", name="Tides"),
        Subject(scheme="medtop", code="20000763"),
        Subject(scheme="ex", code="A1", name="Ports"),
        Subject(scheme="fixture", code="tides"),
        Subject(scheme="series.name", code="Harbours"),
        Subject(scheme="doc-scope", code="Coast"),
        Subject(code="Regatta"),
        Subject(scheme="tone", code="calm"),
    )
    assert found.people == (Subject(scheme="ex.example", code="p1", name="Jo Sample"),)
    assert found.organisations == (Subject(code="Port Co"),)
    assert found.places == (
        Subject(scheme="evloc", code="Oran, UT", name="Oran"),
        Subject(scheme="iso3166-1a2", code="UT"),
        Subject(scheme="iso3166-1a3", code="UTO"),
        Subject(code="", scheme="country", name="Utopia"),
        Subject(scheme="ex.example", code="o1", name="Oran"),
    )
    assert [one.code for one in found.genres] == ["news", "Feature"]
    assert found.keywords == ("harbour", "ships")


def test_a_location_in_parts_is_named_from_the_smallest_up() -> None:
    """Its point is no part of the name, its country is one more place; words beside the parts stay where they are."""
    found = story(
        docdata="<identified-content><location><country>Utopia<x>1.5 2.5</x></country><city>Oran</city>"
        "<state>Upper Shire</state></location><location>Near <city>Port</city></location><location><city>Vale</city>"
        "<country iso-cc='ARC'>Arcadia</country></location><location><country>Erewhon</country></location>"
        "</identified-content>"
    )
    assert [(one.scheme, one.code, one.name) for one in found.places] == [
        ("", "Oran, Upper Shire, Utopia", ""),
        ("country", "", "Utopia"),
        ("", "Near Port", ""),
        ("", "Vale, Arcadia", ""),
        ("iso3166-1a3", "ARC", "Arcadia"),
        ("", "Erewhon", ""),
    ]


def test_names_in_the_text_count_where_they_have_a_code() -> None:
    """A coded organisation in the body is one of the story's; a name without a code is only text."""
    found = story(content='<p>The <org idsrc="ex.example" value="o7">Port Co</org> and <org>others</org> agreed.</p>')
    assert found.organisations == (Subject(scheme="ex.example", code="o7", name="Port Co"),)
    assert found.paragraphs == ("The Port Co and others agreed.",)


def test_who_a_file_is_from_is_said_at_its_reference_too() -> None:
    """``source-credit`` and ``copyright`` of a media-reference are credits; a producer goes before them in captions."""
    found = story(
        content='<media media-type="video"><media-reference source="a.mp4" source-credit="Coast TV" copyright="Quay"/>'
        '</media><media media-type="image"><media-reference source="b.jpg" source-credit="Coast TV"/>'
        "<media-producer>Jo Sample</media-producer></media>",
    )
    assert [one.creditline for one in found.associations] == ["Coast TV", "Jo Sample"]
    assert found.credits == (
        CreditElement(where="picture", value="Coast TV"),
        CreditElement(where="picture", value="Quay", role="copyright"),
        CreditElement(where="picture", value="Jo Sample"),
    )


def test_media_are_associations() -> None:
    """Every file of a media element with its caption, producer and size; none of it is body text."""
    found = story(
        content='<p>Text of the story.</p><media media-type="image">'
        '<media-reference mime-type="image/jpeg" source="a.jpg" width="640" height="480"/>'
        '<media-reference mime-type="image/png" source="b.png" width="9" units="inch"/>'
        "<media-caption>The <em>harbour</em>.</media-caption><media-producer>Jo Sample/EP</media-producer></media>"
        '<media media-type="video"><media-caption>No file, nothing.</media-caption></media>',
    )
    assert found.associations == (
        Association(
            rel="image",
            type="picture",
            href="a.jpg",
            caption="The harbour.",
            creditline="Jo Sample/EP",
            mimetype="image/jpeg",
            width=640,
            height=480,
        ),
        Association(
            rel="image",
            type="picture",
            href="b.png",
            caption="The harbour.",
            creditline="Jo Sample/EP",
            mimetype="image/png",
        ),
    )
    assert found.paragraphs == ("Text of the story.",)
    assert ("picture", "Jo Sample/EP", "") in said(found)


def test_a_document_of_pictures_alone_is_a_picture() -> None:
    """Without body text the story is what its media are."""
    assert story(content='<media media-type="image"><media-reference source="a.jpg"/></media>').type == "picture"


def test_the_body_in_clean_html() -> None:
    """Blocks, lists, tables, quotes, rules and inline markup of NITF."""
    found = story(
        content="<block><hl2>Tides</hl2><p>He said <q>low</q> at <chron>noon</chron>, "
        '<pronounce guide="x">Ngo</pronounce><br/>he did.</p></block><ul><li>One</li></ul><hr/>'
        "<table><tr><th>A</th><td>B</td></tr></table><bq><block><p>Quoted.</p></block></bq><pre>As is</pre>"
    )
    assert found.paragraphs == ("Tides", "He said low at noon, Ngo he did.", "One", "A B", "Quoted.", "As is")
    assert "<h3>Tides</h3>" in found.body_html
    assert "<table><tbody><tr><th>A</th><td>B</td></tr></tbody></table>" in found.body_html


def test_lines_for_editors() -> None:
    """Notes, messages, the second headline, the abstract, urgency, and the language of the text."""
    found = story(
        '<title>harbour-reopens</title><urgency ed-urg="2"/>',
        "<hedline><hl1>Harbour reopens</hl1><hl2>At noon</hl2></hedline><note><body.content><p>Note.</p></body.content>"
        '</note><note noteclass="cpyrt"><p>(c) EP</p></note><abstract><p>Short.</p><p>Shorter.</p></abstract>',
        docdata='<ed-msg info="Message."/>',
        root='baselang="fr"',
    )
    assert (found.subheadline, found.slugline, found.summary) == ("At noon", "harbour-reopens", "Short.\nShorter.")
    assert (found.ed_note, found.copyright_notice) == ("Message.\nNote.", "(c) EP")
    assert (found.urgency, found.language) == (2, "fr")


def test_a_provider_s_way_is_a_row_in_a_table() -> None:
    """What ANSA puts into the byline is its second headline; the title of PA is its slug."""
    ansa = story("", "<hedline><hl1>One</hl1></hedline><byline>Two</byline><distributor>ANSA</distributor>")
    assert (ansa.headline, ansa.subheadline, ansa.byline) == ("One", "Two", "")
    assert "byline" not in [where for where, _, _ in said(ansa)]
    listed = docdata = '<del-list><from-src src-name="PA" level-number="1"/></del-list>'
    assert story("<title>1 SEA Tide</title>", docdata=listed).slugline == "1 SEA Tide"
    assert story("<title>1 SEA Tide</title>", docdata=docdata.replace("PA", "EX")).slugline == ""


def test_without_a_body_head_the_title_is_the_headline() -> None:
    """Data documents have nothing but a title and a body."""
    assert story("<title>1 SEA Tide</title>", "").headline == "1 SEA Tide"


def test_markup_in_cdata_is_read_as_markup() -> None:
    """A body.content that holds its paragraphs as text."""
    found = story(content="<![CDATA[<p>The harbour is open.</p><p>Ships <b>came</b> in.</p>]]>")
    assert found.paragraphs == ("The harbour is open.", "Ships came in.")


def test_an_end_that_repeats_the_note_to_editors_is_no_paragraph() -> None:
    """It stays a note; any other end is part of the text."""
    note = '<ed-msg info="Adds ships."/>'
    found = story(end="<tagline>Adds ships.</tagline>", docdata=note)
    assert (found.paragraphs[-1], found.ed_note) == ("Ships came in at noon.", "Adds ships.")
    assert story(end="<tagline>EX</tagline>", docdata=note).paragraphs[-1] == "EX"


def test_the_company_that_a_release_is_of_is_a_source() -> None:
    """GlobeNewswire names it in a meta, as it does keywords and language."""
    metas = {"issuer-name": "Tidal Works", "article-keywords": "harbour,ships", "article-language": "en"}
    found = story("".join(f'<meta name="{name}" content="{value}"/>' for name, value in metas.items()))
    assert ("source", "Tidal Works", "issuer-name") in said(found)
    assert (found.keywords, found.language) == (("harbour", "ships"), "en")


def test_media_as_a_papers_system_names_their_parts() -> None:
    """A caption as printed, else as filed, and who made the picture, under the names that DTI's system gives them."""
    found = story(
        content='<p>Text.</p><media media-type="image"><media-id>77</media-id><media-reference source="a.eps"/>'
        "<media-printcaption>Boats.</media-printcaption><media-originalcaption>Boats at noon</media-originalcaption>"
        "<media-printproducer>Coast News Service</media-printproducer><media-byline>JO SAMPLE</media-byline>"
        '<media-status>Worked</media-status></media><media media-type="image"><media-reference source="b.eps"/>'
        "<media-printcaption> </media-printcaption><media-originalcaption>Map</media-originalcaption></media>",
    )
    assert [(one.href, one.caption, one.creditline) for one in found.associations] == [
        ("a.eps", "Boats.", "Coast News Service"),
        ("b.eps", "Map", ""),
    ]
    pictures = [one.value for one in found.credits if one.where == "picture"]
    assert (found.paragraphs, pictures) == (("Text.",), ["Coast News Service", "JO SAMPLE"])


def test_a_body_without_head_and_content() -> None:
    """As XMLNews had it, of which NITF was made."""
    data = (
        '<nitf><head><docdata><doc-id id-string="t1"/></docdata></head><body><headline><hl1>Boats wait</hl1></headline>'
        "<byline><bytag>By Jo Sample</bytag></byline><dateline><location>ORANBURG</location></dateline>"
        "<p>One.</p><p>Two.</p></body></nitf>"
    )
    found = parse(data.encode()).stories[0]
    assert (found.headline, found.byline, found.dateline) == ("Boats wait", "By Jo Sample", "ORANBURG")
    assert found.paragraphs == ("One.", "Two.")


def test_links_under_a_text_are_none_of_it() -> None:
    """What stands at the end and is nothing but links to other stories is left out; a tagline is not."""
    end = '<tagline>Adds bells.</tagline><block><p><a href="/2">Boats</a></p><p><a href="/3">Tides</a></p></block>'
    assert story(content="<p>Nets are dry.</p>", end=end).paragraphs == ("Nets are dry.", "Adds bells.")
    mixed = '<block><p>See <a href="/2">Boats</a></p></block>'
    assert story(content="<p>Nets are dry.</p>", end=mixed).paragraphs == ("Nets are dry.", "See Boats")
