"""NewsML-G2: catalogs, the message around the items, rights, files, packed content, and items that are no story."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, Link, Story, Subject, UsageRight

NAR = "http://iptc.org/std/nar/2006-10-01/"
CV = "http://cv.iptc.org/newscodes/"
ODRL = "http://www.w3.org/ns/odrl/2/"


def item(
    meta: str = "",
    content: str = "",
    inline: str = "<inlineXML><html><body><p>One.</p></body></html></inlineXML>",
    *,
    rights: str = "",
    catalog: str = "",
    kind: str = "ninat:text",
    name: str = "newsItem",
    more: str = "",
) -> str:
    """An item with the given parts; nothing in it is from a real wire."""
    return (
        f'<{name} guid="urn:x:1" version="3" xml:lang="en">{catalog}<rightsInfo>{rights}</rightsInfo>'
        f'<itemMeta><itemClass qcode="{kind}"/>{meta}</itemMeta><contentMeta>{content}</contentMeta>{more}'
        f"<contentSet>{inline}</contentSet></{name}>"
    )


def message(*items: str, header: str = "") -> bytes:
    """A newsMessage with these items."""
    inside = "".join(items)
    return f'<newsMessage xmlns="{NAR}"><header>{header}</header><itemSet>{inside}</itemSet></newsMessage>'.encode()


def story(*args: str, header: str = "", **named: str) -> Story:
    """The story of a message with one such item."""
    return parse(message(item(*args, **named), header=header)).stories[0]


def said(found: Story) -> list[tuple[str, str, str]]:
    """Where, value and role of every credit."""
    return [(credit.where, credit.value, credit.role) for credit in found.credits]


def test_an_alias_of_one_s_own_for_a_scheme_of_iptc_reads_as_iptc_s() -> None:
    """An inline catalog says what an alias stands for; IPTC's schemes get IPTC's alias, with http or https."""
    catalog = (
        f'<catalog><scheme alias="topic" uri="{CV}mediatopic/"/><scheme alias="st" uri="{CV}pubstatusg2"/>'
        f'<scheme alias="s" uri="{CV.replace("http:", "https:")}signal/"/><scheme alias="own" uri="http://ex.example/o/"/>'
        "</catalog>"
    )
    found = story(
        '<pubStatus qcode="st:canceled"/><signal qcode="s:correction"/>',
        '<subject qcode="topic:20000763"/><subject qcode="own:1"/><subject qcode="subj:10000000"/>',
        catalog=catalog,
    )
    assert found.subjects == (
        Subject(scheme="medtop", code="20000763"),
        Subject(scheme="own", code="1"),
        Subject(scheme="subj", code="10000000"),
    )
    assert (found.pubstatus, found.signals) == ("canceled", ("sig:correction",))


def test_an_alias_of_iptc_s_for_something_else_is_not_iptc_s() -> None:
    """A message that calls its own vocabulary medtop is not taken at that word."""
    catalog = '<catalog><scheme alias="medtop" uri="http://ex.example/topics/"/></catalog>'
    found = story("", '<subject qcode="medtop:20000763"/>', catalog=catalog)
    assert found.subjects == (Subject(scheme="http://ex.example/topics/", code="20000763"),)


def test_catalogs_of_the_header_hold_for_all_items() -> None:
    """A catalog in the header is that of every item."""
    header = f'<catalog><scheme alias="t" uri="{CV}mediatopic/"/></catalog>'
    assert story("", '<subject qcode="t:1"/>', header=header).subjects == (Subject(scheme="medtop", code="1"),)


def test_uris_read_as_the_codes_they_stand_for() -> None:
    """Properties may name concepts, roles and relations by URI."""
    found = story(
        f'<pubStatus uri="{CV}pubstatusg2/withheld"/><signal uri="{CV}signal/update"/>'
        f'<link reluri="{CV}itemrelation/previousVersion" residref="urn:x:0"/>',
        f'<subject uri="{CV}mediatopic/20000763"/>'
        f'<creator uri="http://ex.example/p/1" roleuri="{CV}contributorrole/x"/>',
    )
    assert (found.pubstatus, found.signals) == ("withheld", ("sig:update",))
    assert found.links == (Link(href="urn:x:0", rel="irel:previousVersion"),)
    assert found.subjects == (Subject(scheme="medtop", code="20000763"),)
    assert said(found) == [("creator", "http://ex.example/p/1", "ctrol:x")]


def test_a_topic_said_to_be_the_same_as_iptc_s_is_given_as_both() -> None:
    """sameAs with a Media Topic or Subject Code is a subject too; other vocabularies are not."""
    found = story("", '<subject qcode="ex:9"><sameAs qcode="medtop:20000763"/><sameAs qcode="wikidata:Q1"/></subject>')
    assert [(one.scheme, one.code) for one in found.subjects] == [("ex", "9"), ("medtop", "20000763")]


def test_a_faceted_subject_is_its_main_concept_and_its_facets() -> None:
    """Of a subject that has a mainConcept and facetConcepts each is a subject by itself, the main one first."""
    found = story(
        "",
        '<subject><mainConcept qcode="medtop:20001071"><name>swimming</name></mainConcept>'
        '<facetConcept rel="ex:stroke" qcode="ex:9"><name>butterfly</name></facetConcept></subject>',
    )
    assert found.subjects == (
        Subject(scheme="medtop", code="20001071", name="swimming"),
        Subject(scheme="ex", code="9", name="butterfly"),
    )


def test_securities_of_an_organisation() -> None:
    """hasInstrument gives the symbol beside the organisation, with its market."""
    found = story(
        "",
        '<subject qcode="ex:9" type="cpnat:organisation"><name>Port Co</name><organisationDetails>'
        '<hasInstrument symbol="PRT" marketlabel="Oran" type="symtype:ric"/></organisationDetails></subject>',
    )
    assert found.organisations == (
        Subject(scheme="ex", code="9", name="Port Co"),
        Subject(scheme="symtype:ric", code="PRT", name="Oran"),
    )


def test_the_header_says_who_sent_it() -> None:
    """Sender, origin and channel are credits of every item; the transmission's number identifies a single one."""
    header = "<sender>ex.example</sender><origin>Desk</origin><channel>TXT</channel><transmitId>t-1</transmitId>"
    found = story(header=header)
    assert said(found) == [
        ("source", "ex.example", "sender"),
        ("source", "Desk", "origin"),
        ("service", "TXT", "channel"),
    ]
    assert found.alt_ids == (Subject(scheme="transmitId", code="t-1"),)


def test_other_identifiers() -> None:
    """altId is under its type, else its environment."""
    found = story("", '<altId type="ex:number">12</altId><altId environment="ex:desk">d</altId><altId>z</altId>')
    assert [(one.scheme, one.code) for one in found.alt_ids] == [("ex:number", "12"), ("ex:desk", "d"), ("altId", "z")]
    found = story("", '<altId type="ex:number" id="ep-12"/><altId type="ex:none"/>')
    assert [(one.scheme, one.code) for one in found.alt_ids] == [("ex:number", "ep-12")]


def test_what_is_said_about_a_source_is_kept_with_it() -> None:
    """Name, literal and code are credits of their own, and so is what explains them."""
    found = story(
        "",
        '<creator literal="jsample" qcode="ex:7" role="ctrol:author"><name>Jo Sample</name><definition>Port reporter'
        "</definition><personDetails><contactInfo><email>jo@ex.example</email></contactInfo></personDetails></creator>",
    )
    assert said(found) == [
        ("creator", "Jo Sample", "ctrol:author"),
        ("creator", "jsample", "ctrol:author"),
        ("creator", "ex:7", "ctrol:author"),
        ("creator", "Port reporter", "ctrol:author"),
        ("creator", "jo@ex.example", "ctrol:author"),
    ]


def test_the_maker_of_a_part_is_a_credit_but_its_headline_is_not_the_story_s() -> None:
    """partMeta speaks of a part of the content."""
    part = '<partMeta><creator literal="Cam Sample"/><headline>Shot 1</headline></partMeta>'
    found = story("", "<headline>Whole</headline>", more=part)
    assert found.headline == "Whole"
    assert said(found) == [("creator", "Cam Sample", "")]


def test_rights_in_the_metadata_are_no_rights_in_the_story() -> None:
    """rightsInfo with the scope metadata is kept as a credit with that scope."""
    text = item(rights='<copyrightHolder literal="Example Press"/>').replace(
        "<itemMeta>", '<rightsInfo scope="riscope:metadata"><copyrightHolder literal="Coders"/></rightsInfo><itemMeta>'
    )
    found = parse(message(text)).stories[0]
    assert found.copyright_holder == "Example Press"
    assert ("copyrightholder", "Coders", "riscope:metadata") in said(found)


XML_POLICY = (
    f'<rightsExpressionXML langid="http://www.w3.org/ns/odrl/2/"><o:Policy xmlns:o="{ODRL}"><o:permission>'
    f'<o:action name="{ODRL}distribute"/><o:party function="{ODRL}assigner" uid="http://ex.example/ep"/>'
    f'<o:constraint name="{ODRL}spatial" operator="{ODRL}eq" rightOperand="http://cvx.iptc.org/iso3166-1a3/DEU"/>'
    f'<o:constraint name="{ODRL}dateTime" operator="{ODRL}lteq" rightOperand="2026-12-31T00:00:00Z"/></o:permission>'
    f'<o:prohibition><o:action name="{ODRL}archive"/></o:prohibition></o:Policy></rightsExpressionXML>'
)
JSON_POLICY = (
    '<rightsExpressionData langid="http://www.w3.org/ns/odrl.jsonld">{"permission": [{"action": "distribute", '
    '"assigner": "http://ex.example/ep", "constraint": [{"leftOperand": "spatial", "operator": "eq", "rightOperand": '
    '"http://cvx.iptc.org/iso3166-1a3/DEU"}, {"leftOperand": "dateTime", "operator": "lteq", "rightOperand": '
    '{"@value": "2026-12-31T00:00:00Z"}}]}], "prohibition": {"action": "odrl:archive"}}</rightsExpressionData>'
)


@pytest.mark.parametrize("policy", [XML_POLICY, JSON_POLICY])
def test_odrl_in_xml_and_in_json(policy: str) -> None:
    """Permissions and prohibitions with place, holder and span; what ends all permissions ends the story's use."""
    found = story(rights=policy)
    end = datetime(2026, 12, 31, tzinfo=UTC)
    assert found.rights == (
        UsageRight(
            type="permission: distribute",
            geography="http://cvx.iptc.org/iso3166-1a3/DEU",
            holder="http://ex.example/ep",
            end=end,
        ),
        UsageRight(type="prohibition: archive"),
    )
    assert found.expires == end


def test_a_rights_expression_that_cannot_be_read_is_kept_as_text() -> None:
    """Nothing about rights is lost for being in an unknown language."""
    found = story(rights='<rightsExpressionData langid="own">only { on Mondays</rightsExpressionData>')
    assert found.rights == (UsageRight(type="own", limitations="only { on Mondays"),)


def test_words_with_markup_are_credits_whole() -> None:
    """A notice may begin with a link, a byline with a person's address; what a provider is related to is no name."""
    found = story(
        '<provider qcode="ex:ep"><related rel="ex:part"><name>Big Group</name></related></provider>',
        '<by><a href="mailto:j@ep.example">Jo Sample</a> /EP/</by>',
        rights='<copyrightNotice>\n<a href="https://ep.example">Our <b>terms</b></a>\n(c) 2026 EP</copyrightNotice>',
    )
    assert said(found) == [
        ("copyrightnotice", "Our terms (c) 2026 EP", ""),
        ("provider", "ex:ep", ""),
        ("byline", "Jo Sample /EP/", ""),
    ]


def test_a_post_is_told_of_who_has_it() -> None:
    """``related`` of a creator or contributor that says so; whom else they are related to made nothing."""
    post = (
        '<related rel="ex:jobtitle" qcode="ex:1"><name>Correspondent</name></related><related><name>J</name></related>'
        '<related rel="ex:spouse"><name>Bo Sample</name></related>'
    )
    found = story(f'<creator literal="j" role="ex:writer"><name>Jo Sample</name>{post}</creator>')
    assert [one for one in said(found) if one[0] == "creator"] == [
        ("creator", "Jo Sample", "ex:writer"),
        ("creator", "j", "ex:writer"),
        ("creator", "Correspondent", "ex:jobtitle"),
    ]


@pytest.mark.parametrize(
    "href", ["https://ep.example/terms", "javascript:alert(1)", "terms.html", "https://ep.example/ x"]
)
def test_terms_at_an_address_of_the_web_are_a_link(href: str) -> None:
    """What else stands in ``href`` is nothing to follow."""
    found = story(rights=f'<usageTerms href="{href}">Ask.</usageTerms>')
    assert [one.href for one in found.links] == ([href] if href == "https://ep.example/terms" else [])


def test_an_envelope_of_another_kind_holds_messages() -> None:
    """SOAP, or XML of any name, around messages or items alone; each message's header counts for its own."""
    sent = message(item(), header="<sender>ep.example</sender>")
    whole = parse(b'<s:Envelope xmlns:s="urn:x:soap"><s:Header/><s:Body>' + sent + b"</s:Body></s:Envelope>")
    assert (whole.format, whole.stories) == ("newsml-g2", parse(sent).stories)
    other = item().replace("urn:", "urn:other:", 1).encode()
    both = parse(b"<reply><status>ok</status>" + sent + other + b"</reply>").stories
    assert [[one.value for one in found.credits if one.role == "sender"] for found in both] == [["ep.example"], []]
    with pytest.raises(Unparseable, match="holds no newsItem"):
        parse(b"<export><newsItem guid='7'><title>Of another kind</title></newsItem></export>")
    with pytest.raises(Unparseable, match="holds no newsItem"):
        parse(b"<reply><!-- <newsMessage> --></reply>")


def test_an_entry_of_atom_may_carry_an_item() -> None:
    """The entry is an envelope: the story is the item's, and has the entry's identifier as another one."""
    entries = f"<entry><id>ex:7</id><title>T</title><content type='application/xml'>{item()}</content></entry>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><id>ex:6</id>{entries}<entry><id>ex:8</id><title>Own</title></entry>"
    carried, own = parse(f"{feed}</feed>".encode()).stories
    alone = parse(item().encode()).stories[0]
    assert carried == replace(alone, alt_ids=(*alone.alt_ids, Subject(scheme="atom:id", code="ex:7")))
    assert (own.guid, own.headline) == ("ex:8", "Own")
    control = "<c:control xmlns:c='http://www.w3.org/2007/app'><c:draft>yes</c:draft></c:control>"
    draft = feed.replace("<id>ex:7</id>", f"<id>ex:7</id>{control}")
    held = parse(f"{draft}</feed>".encode()).stories[0]
    assert (held.pubstatus, held.pulled) == ("withheld", True)


def test_an_entry_of_atom_may_carry_a_message_and_withhold_it() -> None:
    """The header in it counts as in any message, a draft is its provider's word, its date one for want of another."""
    sent = message(item(), header="<sender>ep.example</sender>").decode()
    draft = "<app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>"
    entry = f"<updated>2026-02-01T06:00:00Z</updated>{draft}<content>{sent}</content>"
    (found,) = parse(f"<entry xmlns='http://www.w3.org/2005/Atom'>{entry}</entry>".encode()).stories
    assert ("source", "ep.example", "sender") in said(found)
    assert (found.pubstatus, found.pulled) == ("withheld", True)
    assert found.version_created == datetime(2026, 2, 1, 6, tzinfo=UTC)


def test_usage_terms_of_one_use() -> None:
    """Usage terms with a role or a span are rights beside the terms as text."""
    terms = '<usageTerms role="ex:web" validto="2026-02-01T00:00:00Z">Ask.</usageTerms><usageTerms>Pay.</usageTerms>'
    found = story(rights=terms)
    assert found.usage_terms == "Ask.\nPay."
    assert found.rights == (UsageRight(type="ex:web", limitations="Ask.", end=datetime(2026, 2, 1, tzinfo=UTC)),)


def test_rights_that_count_for_a_time() -> None:
    """The span of a rightsInfo is that of its usage terms, unless they have their own; without terms it is a right."""
    span = 'validfrom="2026-01-01T00:00:00Z" validto="2026-02-01T00:00:00Z"'
    text = item(rights="<usageTerms>Ask.</usageTerms><usageTerms validto='2026-01-09T00:00:00Z'>Pay.</usageTerms>")
    terms = parse(message(text.replace("<rightsInfo>", f"<rightsInfo {span}>"))).stories[0]
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    assert terms.rights == (
        UsageRight(limitations="Ask.", start=start, end=end),
        UsageRight(limitations="Pay.", end=datetime(2026, 1, 9, tzinfo=UTC)),
    )
    assert (terms.usage_terms, terms.expires) == ("Ask.\nPay.", None)
    text = item(rights="<copyrightHolder literal='EP'/><copyrightNotice>(c) EP</copyrightNotice>")
    for aspect in ("", 'aspect="ex:film"'):
        held = parse(message(text.replace("<rightsInfo>", f"<rightsInfo {span} {aspect}>"))).stories[0]
        kind = "ex:film" if aspect else ""
        assert held.rights == (UsageRight(type=kind, holder="EP", limitations="(c) EP", start=start, end=end),)
    others = parse(message(text.replace("<rightsInfo>", f'<rightsInfo {span} scope="riscope:metadata">'))).stories[0]
    assert others.rights == ()


def test_an_embargo_that_cannot_be_read_holds_the_story() -> None:
    """A text in embargoed that is no date must not let the story out."""
    assert story("<embargoed>after lunch</embargoed>").pubstatus == "withheld"


def test_an_empty_embargo_is_one_until_further_notice() -> None:
    """It holds the story, unless the item says outright what its status is: some fill an empty one into every item."""
    held = story("<embargoed/>")
    assert (held.pubstatus, held.embargo) == ("withheld", None)
    assert story('<embargoed></embargoed><pubStatus qcode="stat:usable"/>').pubstatus == "usable"
    assert story('<embargoed/><pubStatus qcode="stat:canceled"/>').pubstatus == "canceled"


def test_signals_with_severity_and_in_iptc_s_terms() -> None:
    """A signal's severity stands beside it, and so does what a provider's own signal means."""
    found = story('<signal qcode="sig:update" severity="sev:major"/><signal qcode="tt_sig:replace"/>')
    assert found.signals == ("sig:update", "sev:major", "tt_sig:replace")


def test_the_more_exact_language_of_two_that_agree() -> None:
    """xml:lang counts where it says the same as the content's language, only more exactly."""
    assert story("", '<language tag="it"/>').language == "it"
    exact = item("", '<language tag="it"/>').replace('xml:lang="en"', 'xml:lang="it-CH"')
    assert parse(message(exact)).stories[0].language == "it-CH"


def test_a_headline_in_the_story_s_language() -> None:
    """Of headlines in several languages that of the story is taken."""
    found = story(
        "", '<language tag="fr"/><headline xml:lang="en">Rain</headline><headline xml:lang="fr">Pluie</headline>'
    )
    assert found.headline == "Pluie"


def test_renditions_of_a_picture() -> None:
    """Each file has its rendition, type and size in pixels and bytes, with the caption and credit of the picture."""
    found = story(
        "",
        '<headline>Harbour</headline><creditline>EP</creditline><description role="drol:caption">The harbour.'
        "</description>",
        '<remoteContent rendition="rnd:highRes" contenttype="image/jpeg" href="http://ex.example/1.jpg" width="640" '
        'height="480" size="1234" residref="b1"/><remoteContent contenttype="image/jpeg" width="8" '
        'widthunit="dimensionunit:mm"><altLoc>http://ex.example/2.jpg</altLoc></remoteContent>',
        kind="ninat:picture",
    )
    shared = {"type": "picture", "headline": "Harbour", "caption": "The harbour.", "creditline": "EP"}
    assert found.associations == (
        Association(
            rel="rnd:highRes",
            guid="b1",
            href="http://ex.example/1.jpg",
            mimetype="image/jpeg",
            width=640,
            height=480,
            size=1234,
            **shared,  # type: ignore[arg-type]
        ),
        Association(
            rel="rendition",
            href="http://ex.example/2.jpg",
            mimetype="image/jpeg",
            **shared,  # type: ignore[arg-type]
        ),
    )
    assert (found.type, found.summary, found.paragraphs) == ("picture", "The harbour.", ())


@pytest.mark.parametrize(
    ("contenttype", "charset"), [("text/plain", "utf-8"), ('text/plain; charset="iso-8859-1"', "iso-8859-1")]
)
def test_packed_text_is_unpacked(contenttype: str, charset: str) -> None:
    """inlineData in base64 is read by its charset."""
    packed = base64.b64encode("Été à Orléans.".encode(charset)).decode()
    inline = f"<inlineData encoding='encd:base64' contenttype='{contenttype}'>{packed}</inlineData>"
    assert story("", "", inline).paragraphs == ("Été à Orléans.",)


@pytest.mark.parametrize("attributes", ["encoding='encd:zip'", "encoding='encd:base64' contenttype='image/png'"])
def test_packed_files_are_no_text(attributes: str) -> None:
    """What is packed otherwise, or is a picture, is no body."""
    assert story("", "<headline>T</headline>", f"<inlineData {attributes}>AAAA</inlineData>").paragraphs == ()


def test_origin_in_a_provider_s_own_markup() -> None:
    """Credits that stand only in the markup are credits of the story."""
    inline = "<inlineXML><BODY><P>Text of it.</P><BYLINE>Jo Sample/EP</BYLINE></BODY></inlineXML>"
    found = story("", "", inline)
    assert ("byline", "Jo Sample/EP", "") in said(found)
    assert found.byline == "Jo Sample/EP"


def test_who_made_the_content_by_its_history() -> None:
    """The hop that created content is a source; who passed it on or added metadata only handled it."""
    hops = (
        '<hop seq="1"><party qcode="c:1"><name>Example Wire</name></party><action qcode="ha:created"/></hop>'
        '<hop seq="2"><party literal="Porter"/><action qcode="ha:transformed" target="t:content"/></hop>'
        '<hop seq="3"><party literal="Tagger"/><action qcode="ha:created" target="t:metadata"/></hop>'
    )
    assert said(story(catalog=f"<hopHistory>{hops}</hopHistory>")) == [
        ("source", "Example Wire", "ha:created"),
        ("source", "c:1", "ha:created"),
        ("handler", "Porter", "ha:transformed"),
        ("handler", "Tagger", "ha:created"),
    ]


def test_who_wrote_the_metadata_only_handled_the_story() -> None:
    """A metadataCreator is a credit of its own kind, which says nothing of whose copy it is."""
    found = story('<metadataCreator qcode="mc:1"><name>Tag Desk</name></metadataCreator>')
    assert said(found) == [("handler", "Tag Desk", "metadatacreator"), ("handler", "mc:1", "metadatacreator")]


def test_a_column_that_an_item_is_an_instance_of() -> None:
    """It is a subject, as what the item is a member of."""
    found = story('<memberOf qcode="m:1"/><instanceOf qcode="col:7"><name>Harbour Notes</name></instanceOf>')
    assert found.subjects == (Subject(scheme="m", code="1"), Subject(scheme="col", code="7", name="Harbour Notes"))


def test_concepts_that_the_message_tells_of() -> None:
    """A conceptItem or knowledgeItem beside an item names what it gives by code; of others the item is not about."""

    def concept(code: str, kind: str, name: str) -> str:
        return f'<concept><conceptId qcode="p:{code}"/><type qcode="cpnat:{kind}"/><name>{name}</name></concept>'

    told = concept("1", "person", "Ines Calder") + concept("2", "organisation", "River Board")
    terms = (
        f'<knowledgeItem guid="k"><conceptSet>{told}{concept("3", "person", "Tom Other")}</conceptSet></knowledgeItem>'
    )
    about = '<creator qcode="p:1"/><subject type="cpnat:organisation" qcode="p:2"/>'
    (found,) = parse(message(terms, item("", about))).stories
    assert said(found) == [("creator", "Ines Calder", ""), ("creator", "p:1", "")]
    assert (found.people, found.organisations) == ((), (Subject(scheme="p", code="2", name="River Board"),))


def test_a_concept_of_the_message_is_called_as_in_the_language_of_who_names_it() -> None:
    """The message's items need not be in the language in which a concept is told first."""
    names = '<name xml:lang="fr">Jean le Roux</name><name xml:lang="en">John Rowe</name>'
    terms = f'<conceptItem guid="k"><concept><conceptId qcode="p:1"/>{names}</concept></conceptItem>'
    (found,) = parse(message(terms, item("", '<subject type="cpnat:person" qcode="p:1"/>'))).stories
    assert [one.name for one in found.people] == ["John Rowe"]


def test_concepts_of_the_message_that_tell_much_refuse_no_item() -> None:
    """An item that names them more often than there is time for goes without their names from there on."""
    names = "".join(f'<name xml:lang="q{nth}">Port {nth}</name>' for nth in range(90))
    terms = f'<conceptItem guid="k"><concept><conceptId qcode="p:1"/>{names}</concept></conceptItem>'
    about = "".join(f'<subject qcode="p:1" id="s{nth}"/>' for nth in range(3_000))
    (found,) = parse(message(terms, item("", about))).stories
    assert [one.name for one in found.subjects] == ["Port 0", ""]


def test_files_of_an_item_that_is_linked_to() -> None:
    """Where a link names them they go with the story, as what the linked item is."""
    link = (
        '<link rel="irel:dependsOn" residref="urn:x:pic"><itemClass qcode="ninat:picture"/>'
        '<remoteContent href="https://ex.example/p.bin" width="30" height="20" rendition="rnd:web"/></link>'
    )
    assert story(link).associations == (
        Association(
            rel="rnd:web", type="picture", guid="urn:x:pic", href="https://ex.example/p.bin", width=30, height=20
        ),
    )


def test_figures_in_xhtml_are_pictures() -> None:
    """With their captions, which are no text of the story."""
    figure = '<figure><img src="https://ex.example/a.jpg" alt="x"/><figcaption>The quay.</figcaption></figure>'
    found = story(inline=f"<inlineXML><html><body><p>One.</p>{figure}</body></html></inlineXML>")
    assert found.paragraphs == ("One.",)
    assert found.associations == (
        Association(rel="picture", type="picture", href="https://ex.example/a.jpg", caption="The quay."),
    )


def test_groups_of_which_the_root_names_none() -> None:
    """All of them count, in their order, with or without an identifier."""
    groups = (
        '<groupSet root="gone"><group><itemRef residref="urn:x:a"/></group>'
        '<group id="b"><itemRef residref="urn:x:b"/></group></groupSet>'
    )
    found = story(name="packageItem", more=groups)
    assert [one.guid for one in found.associations] == ["urn:x:a", "urn:x:b"]


@pytest.mark.parametrize("name", ["conceptItem", "knowledgeItem", "catalogItem", "planningItem"])
def test_items_that_are_no_story(name: str) -> None:
    """Vocabularies and plans are passed over beside stories, and refused by name where there is nothing else."""
    other = f'<{name} guid="urn:x:9"/>'
    assert [one.guid for one in parse(message(other, item())).stories] == ["urn:x:1"]
    for data in (message(other), f'<{name} xmlns="{NAR}" guid="urn:x:9"/>'.encode()):
        with pytest.raises(Unparseable, match=f"a {name} .* no story"):
            parse(data)


@given(st.text(max_size=200))
def test_any_text_as_a_rights_expression(text: str) -> None:
    """No expression of rights, however odd, stops a story."""
    escaped = text.encode("ascii", "ignore").decode().translate(dict.fromkeys((*range(32), 127)))
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;")
    assert story(rights=f"<rightsExpressionData>{escaped}</rightsExpressionData>").guid == "urn:x:1"
