"""NewsML-G2: what is told in another place than the property: asserts, headers, ranks, scripts, the NITF inside."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from slowness import in_time

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Link, Story, Subject

NAR = "http://iptc.org/std/nar/2006-10-01/"
PLAIN = "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>Bells rang.</p></body></html></inlineXML>"


def story(
    content: str = "", inline: str = PLAIN, *, meta: str = "", after: str = "", kind: str = "text", root: str = ""
) -> Story:
    """The story of an item with these parts; nothing in it is from a real wire."""
    text = (
        f'<newsItem xmlns="{NAR}" guid="urn:x:9" version="1" xml:lang="en" {root}>'
        f'<itemMeta><itemClass qcode="ninat:{kind}"/>{meta}</itemMeta><contentMeta>{content}</contentMeta>{after}'
        f"<contentSet>{inline}</contentSet></newsItem>"
    )
    return parse(text.encode()).stories[0]


def test_an_assert_tells_what_a_concept_is_called_and_is() -> None:
    """A property has the code alone; name, kind and securities stand in the item's assert elements."""
    found = story(
        '<subject type="cpnat:geoArea" qcode="xg:1"/><subject qcode="xp:2"/><subject qcode="xo:3"/>'
        '<subject qcode="xs:4"><name>bells</name></subject>',
        meta='<provider qcode="xv:5"/>',
        after='<assert qcode="xg:1"><name>Upper Vale</name></assert>'
        '<assert qcode="xp:2"><name>Ada Ringer</name><type qcode="cpnat:person"/></assert>'
        '<assert qcode="xo:3"><name>Bell Works</name><organisationDetails><hasInstrument symbol="X:BELL"/>'
        '</organisationDetails></assert><assert qcode="xv:5"><name>Vale Press</name></assert>',
    )
    assert found.places == (Subject(scheme="xg", code="1", name="Upper Vale"),)
    assert found.people == (Subject(scheme="xp", code="2", name="Ada Ringer"),)
    assert found.organisations == (
        Subject(scheme="xo", code="3", name="Bell Works"),
        Subject(scheme="ticker", code="X:BELL"),
    )
    assert found.subjects == (Subject(scheme="xs", code="4", name="bells"),)
    assert found.provider == "Vale Press"
    assert [(one.where, one.value) for one in found.credits] == [("provider", "Vale Press"), ("provider", "xv:5")]


def test_a_place_lies_in_others() -> None:
    """Wider places and the parts of an address follow a place, as they stand side by side in other formats."""
    found = story(
        '<located qcode="xg:1"><name>Upper Vale</name><broader qcode="xg:2"><name>Vale</name></broader></located>'
        '<subject type="cpnat:poi" literal="hall"/>',
        after='<assert literal="hall"><POIDetails><address><line>Bell Hall</line><country qcode="xc:3">'
        "<name>Wold</name></country></address></POIDetails></assert>",
    )
    assert [(one.code, one.name) for one in found.places] == [
        ("1", "Upper Vale"),
        ("2", "Vale"),
        ("hall", "Bell Hall"),
        ("3", "Wold"),
    ]


def test_a_place_that_only_an_assert_tells_of_is_one_of_the_story() -> None:
    """Where no property names it, or by another code; what has no details of a place is not taken for one."""
    found = story(
        '<subject type="cpnat:geoArea" qcode="xalias:7"/>',
        after='<assert qcode="xrich:7"><name>Wold</name><geoAreaDetails/><broader qcode="xr:1"><name>Vale</name>'
        '</broader><broader qcode="xr:2"><name>N/A</name></broader></assert>'
        '<assert qcode="xrule:1"><name>not public</name></assert>',
    )
    assert [(one.scheme, one.name) for one in found.places] == [("xalias", ""), ("xrich", "Wold"), ("xr", "Vale")]


@pytest.mark.parametrize(
    "named",
    ['<creator qcode="xd:1"/>', '<contributor qcode="xd:1" role="xr:desk"/>', '<infoSource qcode="xd:1"/>'],
)
def test_where_those_sit_who_made_a_story_is_no_place_of_it(named: str) -> None:
    """An assert with an address tells of the concept that a property names: a desk or a source, too."""
    told = '<assert qcode="xd:1"><name>Desk</name><POIDetails><address><locality><name>Wold</name></locality>'
    assert story(named, after=f"{told}</address></POIDetails></assert>").places == ()


def test_people_and_organisations_may_be_told_of_beside_the_properties() -> None:
    """In an assert alone, or by words of the text (``inlineRef``); of what kind a concept is must be told somewhere."""
    found = story(
        after='<assert qcode="xp:1"><name>Ada Ringer</name><type qcode="cpnat:person"/></assert>'
        '<assert literal="bw"><name>Bell Works</name><organisationDetails/></assert><assert qcode="xt:1"><name>T</name>'
        '</assert><inlineRef idrefs="a" qcode="xp:1"/><inlineRef idrefs="b" qcode="xp:2" type="cpnat:person"/>'
        '<inlineRef idrefs="c" qcode="xt:2"/>',
    )
    assert found.people == (Subject(scheme="xp", code="1", name="Ada Ringer"), Subject(scheme="xp", code="2"))
    assert found.organisations == (Subject(code="bw", name="Bell Works"),)
    assert found.subjects == ()


@pytest.mark.parametrize(
    "named",
    [
        '<creator qcode="xp:1"/>',
        '<creator><name>Bo</name><personDetails><affiliation qcode="xp:1"/></personDetails></creator>',
    ],
)
def test_who_made_a_story_and_whom_they_belong_to_are_no_people_of_it(named: str) -> None:
    """Whatever an assert tells of them; who made a part of the content neither."""
    told = '<assert qcode="xp:1"><name>Ada Ringer</name><personDetails/></assert>'
    assert story(named, after=told).people == ()
    assert story(after=f"<partMeta>{named}</partMeta>{told}").people == ()


@pytest.mark.parametrize(
    ("properties", "beside"),
    [
        ('<creator qcode="xp:9"/>', '<assert qcode="xp:9"><affiliation qcode="xp:8"/></assert>'),
        ('<infoSource qcode="xp:8"/>', ""),
        ('<link rel="irel:seeAlso" residref="urn:x:2"><creator qcode="xp:8"/><subject qcode="xp:1"/></link>', ""),
        ('<subject qcode="xs:1" creator="xp:8"/>', ""),
        ("", '<rightsInfo scope="riscope:metadata"><copyrightHolder qcode="xp:8"/></rightsInfo>'),
        ("", '<pubHistory><published><publisher qcode="xp:8"/></published></pubHistory>'),
        ("", '<groupSet><group><itemRef residref="urn:x:2"><provider qcode="xp:8"/></itemRef></group></groupSet>'),
    ],
)
def test_whom_an_item_names_beside_its_subject_is_nobody_it_is_about(properties: str, beside: str) -> None:
    """Employers of who made it, in any number of asserts; who made a property, the metadata or another item."""
    told = (
        '<assert qcode="xp:8"><name>Bell Works</name><organisationDetails><affiliation qcode="xp:1"/>'
        '</organisationDetails></assert><assert qcode="xp:1"><name>Ada Ringer</name><personDetails/></assert>'
    )
    found = story(properties, after=beside + told)
    assert (found.people, found.organisations) == ((), ())


def test_a_topic_of_a_provider_is_given_as_the_wider_one_of_iptc_too() -> None:
    """``broader`` in medtop counts as ``sameAs`` does: who asks for that topic wants what is part of it."""
    found = story('<subject qcode="xs:4"><broader qcode="medtop:20000498"/><broader qcode="xs:1"/></subject>')
    assert found.subjects == (Subject(scheme="xs", code="4"), Subject(scheme="medtop", code="20000498"))


@pytest.mark.parametrize(
    ("kind", "code"),
    [("abstract", "medtop:20000006"), ("person", "xp:1"), ("organisation", "xo:1"), ("geoArea", "xg:1")],
)
def test_no_other_concept_is_given_as_a_wider_topic(kind: str, code: str) -> None:
    """IPTC's own topics lie where IPTC has them, which changes with the years; and a person is no topic's part."""
    wide = Subject(scheme="medtop", code="20000005")
    found = story(f'<subject type="cpnat:{kind}" qcode="{code}"><broader qcode="medtop:20000005"/></subject>')
    assert wide not in (*found.subjects, *found.people, *found.organisations, *found.places)


def test_the_set_that_an_item_is_a_member_of_is_a_subject() -> None:
    """``memberOf``: the items around one theme that the provider puts it among."""
    found = story('<subject qcode="xs:4"/>', meta='<memberOf literal="World-Vale"><name>Vale</name></memberOf>')
    assert found.subjects == (Subject(scheme="xs", code="4"), Subject(code="World-Vale", name="Vale"))
    found = story(meta='<memberOf type="cpnat:geoArea" literal="World-Vale"><name>Vale</name></memberOf>')
    assert (found.places, len(found.subjects)) == ((), 1), "a set of items about a place is no place"


@pytest.mark.parametrize("said", ["1975", "1975-06", "1975Z"])
def test_a_date_that_names_no_day_is_kept_for_editors(said: str) -> None:
    """``contentCreated`` may be a year or a month (TruncatedDateTimePropType): no moment is made of it."""
    found = story(f"<contentCreated>{said}</contentCreated><contentModified>2026-03-01T10:00:00Z</contentModified>")
    assert (found.first_created, found.ed_note) == (None, f"Dated: {said}")
    both = story(f"<contentCreated>{said}</contentCreated>", meta="<firstCreated>2026-03-01T10:00:00Z</firstCreated>")
    assert (both.first_created, both.ed_note) == (datetime(2026, 3, 1, 10, tzinfo=UTC), f"Dated: {said}")
    assert story("<contentCreated>--11-29</contentCreated>").ed_note == ""


def test_of_names_in_several_languages_that_of_the_item_counts() -> None:
    """The first one where none is in it, and where names tell no languages apart."""
    names = '<name xml:lang="de">Oberes Tal</name><name xml:lang="en-GB">Upper Vale</name>'
    found = story(
        f'<located qcode="xg:1">{names}</located><subject qcode="xs:2">{names}</subject>'
        '<subject qcode="xs:3"><name xml:lang="de">Glocken</name><name xml:lang="fr">cloches</name></subject>'
        '<subject qcode="xs:4"><name>bells</name><name xml:lang="en">church bells</name></subject>',
        meta=f'<provider qcode="xv:5">{names}</provider>',
    )
    assert found.places == (Subject(scheme="xg", code="1", name="Upper Vale"),)
    assert [one.name for one in found.subjects] == ["Upper Vale", "Glocken", "bells"]
    assert found.provider == "Upper Vale"


def test_a_place_without_a_name_is_called_by_its_address() -> None:
    """A point of interest that only the item's assert tells of: a line of its address, else its town or country."""
    town = "<address><locality><name>Upper Vale</name></locality><country qcode='xc:1'><name>Vale</name></country>"
    hall = f"<address><line>Bell Hall</line></address>{town}</address>"
    for details, name in ((f"{town}</address>", "Upper Vale"), (hall, "Bell Hall")):
        found = story(
            '<located literal="here"/><subject literal="here" type="cpnat:poi"/>',
            after=f'<assert literal="here"><POIDetails>{details}</POIDetails></assert>',
        )
        assert found.places[0] == Subject(code="here", name=name)
        assert found.places[-1] == Subject(scheme="xc", code="1", name="Vale"), "what it lies in follows"


def test_a_name_may_lie_in_an_element_of_its_own() -> None:
    """No version of the standard has it; a program that serialises its objects writes it."""
    found = story("<subject qcode='xs:4'><name><value>bells</value></name></subject>")
    assert found.subjects == (Subject(scheme="xs", code="4", name="bells"),)


def test_who_answers_for_the_content_is_kept() -> None:
    """rightsInfo/accountable is a person or a house, and no author of the story."""
    found = story(after="<rightsInfo><accountable qcode='xp:1'><name>Ada Ringer</name></accountable></rightsInfo>")
    assert [(one.where, one.value, one.role) for one in found.credits] == [
        ("contributor", "Ada Ringer", "accountable"),
        ("contributor", "xp:1", "accountable"),
    ]


def test_a_heading_that_repeats_the_headline_below_is_not_the_body() -> None:
    """The text has both headlines again as h1 and h2; any other h2 is of the text."""
    body = "<h1>Bells</h1><h2>Valley glad</h2><p>They rang.</p><h2>At noon</h2><p>And again.</p>"
    found = story(
        '<headline role="x:main">Bells</headline><headline role="x:sub">Valley glad</headline>',
        f"<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body>{body}</body></html></inlineXML>",
    )
    assert found.paragraphs == ("They rang.", "At noon", "And again.")
    assert (found.headline, found.subheadline) == ("Bells", "Valley glad")


def test_a_dateline_may_be_marked_in_the_text_alone() -> None:
    """A span of that class is the dateline of an item that has no such property, and stays in the text."""
    body = "<p><span class='dateline first'>VALE <span class='credit'>(EP)</span> - </span>Bells rang.</p>"
    inline = f"<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body>{body}</body></html></inlineXML>"
    found = story("", inline)
    assert (found.dateline, found.paragraphs) == ("VALE (EP) -", ("VALE (EP) - Bells rang.",))
    assert ("dateline", "VALE (EP) -") in [(one.where, one.value) for one in found.credits]
    assert story("<dateline>Upper Vale</dateline>", inline).dateline == "Upper Vale"


def test_items_beside_the_header_are_read() -> None:
    """A newsMessage whose itemSet was forgotten holds them all the same."""
    items = "".join(
        f'<newsItem guid="urn:x:{n}" version="1"><itemMeta><title>T</title></itemMeta></newsItem>' for n in (1, 2)
    )
    found = parse(f'<newsMessage xmlns="{NAR}"><header><sender>vale</sender></header>{items}</newsMessage>'.encode())
    assert [one.guid for one in found.stories] == ["urn:x:1", "urn:x:2"]


def test_a_header_that_repeats_the_metadata_is_not_the_body() -> None:
    """Time, slug words, genre, notes and headlines are in fields of their own; a line of the header's own stays."""
    header = (
        "<header><time>01.02.2026 10:00</time><ul><li>Bells</li><li>Vale</li></ul><p>Feature</p>"
        "<strong>Hold until noon.</strong><h1>Bells ring again</h1><h3>Valley glad</h3>"
        "<p>Told by the ringers.</p></header>"
    )
    body = f"<body>{header}<section><p>Bells rang.</p></section></body>"
    found = story(
        '<headline rank="1">Bells ring again</headline><headline rank="3">Valley glad</headline>'
        "<genre qcode='xg:1'><name>Feature</name></genre><keyword>Bells</keyword><located><name>Vale</name></located>",
        f"<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'>{body}</html></inlineXML>",
        meta="<edNote>Hold until noon.</edNote>",
    )
    assert found.paragraphs == ("Told by the ringers.", "Bells rang.")
    assert (found.headline, found.subheadline) == ("Bells ring again", "Valley glad")


def test_headlines_of_one_rank_are_not_one_below_the_other() -> None:
    """Two headlines in two languages have the same rank."""
    found = story(
        '<headline rank="1" xml:lang="en">Bells</headline><headline rank="1" xml:lang="de">Glocken</headline>'
    )
    assert (found.headline, found.subheadline) == ("Bells", "")


@pytest.mark.parametrize(
    ("tongues", "wanted"),
    [(("", ""), "Bells"), (("en", "en-GB"), "Bells"), (("en-GB", "en-US"), "Bells"), (("en", "fr"), "Ding")],
)
def test_a_short_headline_gives_way_to_another_in_the_language(tongues: tuple[str, str], wanted: str) -> None:
    """Also where that is in another variant of the language; not where it is in another language."""
    short, other = (f" xml:lang='{tongue}'" if tongue else "" for tongue in tongues)
    found = story(
        f"<language tag='en'/><headline role='x:short'{short}>Ding</headline><headline{other}>Bells</headline>"
    )
    assert found.headline == wanted


@pytest.mark.parametrize(
    "said",
    [
        "".join(f"<name>Jo {nth}</name>" for nth in range(20_000)).join(("<creator>", "</creator>")),
        '<headline role="x:sub">Ding</headline><headline>Bells</headline>' * 20_000,
    ],
    ids=["names", "headlines"],
)
def test_many_of_a_kind_are_read_in_time(said: str) -> None:
    """Who compared each with all before it would take many seconds for as much as a message may hold."""
    in_time(1.0, lambda: story(said))


def test_without_a_headline_the_page_title_is_one_and_is_not_repeated() -> None:
    """The h1 says the title again."""
    html = (
        "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>Bells</title></head><body><h1>Bells</h1><p>Ding.</p>"
    )
    found = story("", f"<inlineXML>{html}</body></html></inlineXML>")
    assert (found.headline, found.paragraphs) == ("Bells", ("Ding.",))


def test_the_abstract_of_the_nitf_inside_is_the_summary() -> None:
    """Its body.content need not say it again; an end that repeats the note to editors is no paragraph."""
    nitf = (
        "<nitf><head><docdata><ed-msg info='Adds bells.'/></docdata></head><body><body.head><abstract><p>Bells rang at "
        "last.</p></abstract></body.head><body.content><p>Ding.</p></body.content><body.end><tagline>Adds bells."
        "</tagline></body.end></body></nitf>"
    )
    found = story("", f"<inlineXML>{nitf}</inlineXML>")
    assert (found.summary, found.paragraphs, found.ed_note) == ("Bells rang at last.", ("Ding.",), "Adds bells.")


def test_the_script_of_a_film_is_its_text() -> None:
    """The first description is the summary; script and shot list are the body that a film has no other of."""
    found = story(
        '<description role="xd:synthe">Bells ring.</description>'
        '<description role="xd:shotlist">Vale, 1 Feb.<br/>- bell<br/>- ringer</description>',
        '<remoteContent href="https://x.example/1.mp4" contenttype="video/mp4"/>',
        kind="video",
    )
    assert (found.summary, found.type) == ("Bells ring.", "video")
    assert " ".join(found.paragraphs) == "Vale, 1 Feb. - bell - ringer"


def test_a_film_whose_descriptions_are_all_of_its_text_has_no_summary() -> None:
    """The dope sheet comes first, but it is no summary: with the shot list it is the body."""
    found = story(
        '<description role="xd:dopesheet">Bells rang.</description>'
        '<description role="xd:shotlist">- bell</description>',
        '<remoteContent href="https://x.example/1.mp4" contenttype="video/mp4"/>',
        kind="video",
    )
    assert (found.summary, found.paragraphs) == ("", ("Bells rang.", "- bell"))


@pytest.mark.parametrize("root", ['xml:lang="fr"', ""])
def test_of_bodies_and_descriptions_in_several_languages_those_of_the_item_count(root: str) -> None:
    """Whichever comes first and whichever is longer; a part that names no language may be the item's."""

    def inline(language: str, text: str, *, within: bool = False) -> str:
        outer, inner = ("", language) if within else (language, "")
        return f"<inlineXML {outer}><html {inner} xmlns='http://www.w3.org/1999/xhtml'><body><p>{text}</p></body></html></inlineXML>"

    german = inline('xml:lang="de"', "Die Glocken läuteten lange über dem Tal.")
    descriptions = (
        '<language tag="fr"/><description role="xd:summary" xml:lang="de">Glocken.</description>'
        '<description role="xd:summary" xml:lang="fr">Cloches.</description>'
    )
    for french in (inline('xml:lang="fr-CH"', "Les cloches."), inline('xml:lang="fr"', "Les cloches.", within=True)):
        for parts in (german + french, french + german):
            found = story(descriptions, parts, root=root and "")
            assert (found.paragraphs, found.summary) == (("Les cloches.",), "Cloches.")
    assert story(descriptions, german + inline("", "Les cloches.")).paragraphs == ("Les cloches.",)
    assert story(descriptions, german).paragraphs == ("Die Glocken läuteten lange über dem Tal.",)


@pytest.mark.parametrize(
    ("language", "spoken", "wanted"),
    [
        ("de", ("de-AT", "de"), "de"),
        ("de-AT", ("de", "de-AT"), "de-AT"),
        ("de-AT", ("de-CH", "de"), "de"),
        ("de", ("fr", "de-CH"), "de-CH"),
        ("sr-Latn", ("sr-Cyrl", "sr-Latn-RS"), "sr-Latn-RS"),
        ("pt_BR", ("pt-PT", "pt-BR"), "pt-BR"),
        ("de", ("de", "de-AT", "fr"), "de"),
    ],
)
def test_of_variants_of_a_language_the_nearest_is_read(language: str, spoken: tuple[str, ...], wanted: str) -> None:
    """Of texts, headlines, summaries and lines alike, whichever comes first and whichever is longer."""
    for order in (spoken, spoken[::-1]):
        lines = "".join(
            f'<headline xml:lang="{one}">H {one}</headline><slugline xml:lang="{one}">S {one}</slugline>'
            f'<description role="drol:summary" xml:lang="{one}">D {one}</description>'
            for one in order
        )
        bodies = "".join(
            f'<inlineXML xml:lang="{one}"><p xmlns="http://www.w3.org/1999/xhtml">{one}{" x" * at}</p></inlineXML>'
            for at, one in enumerate(order)
        )
        found = story(f'<language tag="{language}"/>{lines}', bodies)
        assert found.paragraphs[0].split()[0] == wanted
        assert (found.headline, found.slugline, found.summary) == (f"H {wanted}", f"S {wanted}", f"D {wanted}")


@pytest.mark.parametrize("tongue", ["de-AT", "de"])
def test_what_states_no_language_is_no_nearer_than_what_states_a_variant(tongue: str) -> None:
    """The fuller body, the first headline and the first description are read, as if none of them stated one."""
    said = '<{0} xml:lang="de">Der Rat tagt.</{0}><{0}>Rat</{0}>'
    long = '<inlineXML><p xmlns="http://www.w3.org/1999/xhtml" xml:lang="de">Der Rat tagte lange.</p></inlineXML>'
    lines = said.format("headline") + said.format("description")
    for bodies in (f"{long}<inlineData>Rat.</inlineData>", f"<inlineData>Rat.</inlineData>{long}"):
        found = story(f'<language tag="{tongue}"/>{lines}', bodies)
        assert found.paragraphs == ("Der Rat tagte lange.",)
        assert (found.headline, found.summary) == ("Der Rat tagt.", "Der Rat tagt.")


def test_a_picture_s_caption_is_in_its_item_s_language() -> None:
    """Of captions in several languages; the first where none is in that."""
    said = "".join(f'<description role="drol:caption" xml:lang="{one}">C {one}</description>' for one in ("fr", "de"))
    file = '<remoteContent href="https://ex.example/a.jpg"/>'
    shown = [story(f'<language tag="{one}"/>{said}', file, kind="picture").associations[0] for one in ("de", "en")]
    assert [one.caption for one in shown] == ["C de", "C fr"]


def test_a_time_without_a_zone_is_by_the_provider_s_clock() -> None:
    """STT's times are those of Helsinki, those of a provider nobody knows UTC; a day stays that day."""
    dates = "<versionCreated>2026-07-15T12:00:00</versionCreated><firstCreated>2026-07-14</firstCreated>"
    found = story(meta=f'<provider literal="STT"/>{dates}')
    assert found.version_created == datetime(2026, 7, 15, 9, tzinfo=UTC)
    assert found.first_created == datetime(2026, 7, 14, tzinfo=UTC)
    assert story(meta=f'<provider literal="Vale"/>{dates}').version_created == datetime(2026, 7, 15, 12, tzinfo=UTC)


def test_a_prefix_that_nothing_explains_does_not_stop_a_message() -> None:
    """It is well-formed XML still; a message that is cut off as well is not."""
    inline = "<inlineXML><nitf xsi:schemaLocation='x y'><body><body.content><p>Ding.</p></body.content></body></nitf>"
    assert story("", f"{inline}</inlineXML>").paragraphs == ("Ding.",)
    with pytest.raises(Unparseable, match="broken XML"):
        parse(f'<newsItem xmlns="{NAR}" guid="urn:x:9"><contentSet>{inline}'.encode())


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("<pubStatus>stat:canceled</pubStatus>", "canceled"),
        ("<pubStatus><name>Withheld</name></pubStatus>", "withheld"),
    ],
)
def test_a_status_in_the_wrong_place_is_not_missed(status: str, expected: str) -> None:
    """A pubStatus without a code counts by its text: what is taken back must not run."""
    assert story(meta=status).pubstatus == expected


def test_a_document_that_says_by_an_attribute_what_its_parts_are() -> None:
    """Of idf, the headline is not said twice, the dateline is one, and the words of a link stay in their sentence."""
    inline = (
        '<inlineXML><idf xmlns="http://www.infomaker.se/idf/1.0"><group type="header">'
        '<element type="headline">Bells rang</element><element type="dateline">Upper Vale</element></group>'
        '<group type="body"><element type="subheadline1">At noon</element><element type="body">The <object '
        'type="x-im/link"><data><href>https://vale.example/t</href><anchor>tower</anchor></data></object> shook.'
        '</element><object type="x-im/image"><links><link><data><caption>A bell</caption></data></link></links>'
        "</object></group></idf></inlineXML>"
    )
    found = story("<headline>Bells rang</headline>", inline)
    assert (found.dateline, found.paragraphs) == ("Upper Vale", ("At noon", "The tower shook."))
    assert found.body_html == '<h2>At noon</h2><p>The <a href="https://vale.example/t">tower</a> shook.</p>'


def test_what_an_item_says_in_elements_of_a_provider_s_own() -> None:
    """Links to who made it and what it is about, what is known of a picture and where it lies (Infomaker's)."""
    own = "http://www.infomaker.se/newsml/1.0"
    links = (
        f'<links xmlns="{own}"><link rel="author" title="Ada Ringer" uuid="u1"/><link rel="channel" title="Web"/>'
        '<link rel="subject" type="x-im/person" title="Jo Bell" uuid="u2"/>'
        '<link rel="subject" type="x-im/category" title="Bells" uuid="u3"/></links>'
        '<itemMetaExtProperty type="imext:originalUrl" value="https://ex.example/b.jpg"/>'
    )
    data = (
        f'<metadata xmlns="{own}"><object type="x-im/image"><data><width>80</width><height>60</height>'
        "<text>A bell.</text><credit>Vale Photo</credit><source>Vale Press</source>"
        '<instructions>No archive</instructions></data></object><object type="x-im/other"><data><text>x</text></data>'
        "</object></metadata>"
    )
    found = story(data, "", meta=links, kind="picture")
    assert (found.type, found.summary, found.creditline, found.ed_note) == (
        "picture",
        "A bell.",
        "Vale Photo",
        "No archive",
    )
    assert {(one.where, one.value) for one in found.credits} == {
        ("creator", "Ada Ringer"),
        ("creditline", "Vale Photo"),
        ("infosource", "Vale Press"),
    }
    assert found.people == (Subject(code="u2", name="Jo Bell"),)
    assert found.subjects == (Subject(code="u3", name="Bells"),)
    address = '<itemMetaExtProperty type="imext:url" value="https://ex.example/b.xml"/>'
    assert story(data, meta=links + address).associations == (), "a text that is there has no file"
    (file,) = found.associations
    assert (file.href, file.width, file.height, file.caption) == ("https://ex.example/b.jpg", 80, 60, "A bell.")


def test_of_lines_in_several_languages_those_of_the_item_count() -> None:
    """Slugline, byline, dateline and credit line are said in each language, as the headline is (xml:lang)."""
    names = ("slugline", "by", "dateline", "creditline", "headline")
    said = "".join(f'<{name} xml:lang="{tongue}">{name} {tongue}</{name}>' for tongue in ("pt", "en") for name in names)
    found = story(said)
    read = (found.slugline, found.byline, found.dateline, found.creditline, found.headline)
    assert read == tuple(f"{name} en" for name in names)


def test_what_the_content_is_like_is_told() -> None:
    """Warnings are signals, a note with the role of a correction is one, and how a picture was made is a credit."""
    found = story(
        '<contentWarning qcode="cwarn:violence"/><digitalSourceType qcode="digsrctype:digitalCapture"/>',
        meta='<edNote role="xrole:correctionshort">Para 2: bells, not belts</edNote><edNote role="xrole:correction"/>',
    )
    assert found.signals == ("cwarn:violence", "sig:correction")
    made = [("source", "digsrctype:digitalCapture", "digitalsourcetype")]
    assert [(one.where, one.value, one.role) for one in found.credits] == made
    part = story(after='<partMeta><digitalSourceType qcode="digsrctype:digitalCapture"/></partMeta>')
    assert [(one.where, one.value, one.role) for one in part.credits] == made


def test_terms_that_are_at_an_address_are_linked() -> None:
    """Nothing is fetched, so an editor has to be led there (rightsInfo, @href)."""
    found = story(after='<rightsInfo><usageTerms href="https://x.example/terms">By contract</usageTerms></rightsInfo>')
    assert (found.usage_terms, found.links) == ("By contract", (Link(href="https://x.example/terms", rel="rights"),))


def test_who_made_it_holds_a_post_and_by_which_feed_it_came() -> None:
    """``jobtitle`` of a creator (a code) and ``incomingFeedId`` say of the origin what no other property does."""
    found = story(
        '<creator qcode="st:7" jobtitle="jt:desk"><name>Ann Doe</name></creator>',
        meta='<incomingFeedId qcode="ifeed:3">Vale wire</incomingFeedId>',
    )
    assert [(one.where, one.value, one.role) for one in found.credits] == [
        ("service", "Vale wire", "incomingfeedid"),
        ("service", "ifeed:3", "incomingfeedid"),
        ("creator", "Ann Doe", ""),
        ("creator", "st:7", ""),
        ("creator", "jt:desk", "jobtitle"),
    ]


def test_other_representations_and_the_plan_are_links() -> None:
    """``deliverableOf``, ``origRep``, ``altRep`` are related by their names; a notice may be told in full elsewhere."""
    found = story(
        meta='<deliverableOf guidref="urn:x:plan"/><origRep href="https://v.example/o"/>'
        '<altRep href="https://v.example/a"/>',
        after='<rightsInfo><copyrightNotice href="https://v.example/c">(c) Vale</copyrightNotice></rightsInfo>',
    )
    assert found.links == (
        Link(href="urn:x:plan", rel="deliverableOf"),
        Link(href="https://v.example/o", rel="origRep"),
        Link(href="https://v.example/a", rel="altRep"),
        Link(href="https://v.example/c", rel="rights"),
    )


def test_a_right_in_a_property_of_the_providers_own_is_kept() -> None:
    """``rightsInfoExtProperty``: its relation is what it is about, its value or name what it says."""
    found = story(
        after='<rightsInfo><rightsInfoExtProperty rel="xr:web" value="no"/>'
        '<rightsInfoExtProperty rel="xr:print" qcode="xu:1"><name>once</name></rightsInfoExtProperty></rightsInfo>'
    )
    assert [(one.type, one.limitations) for one in found.rights] == [("xr:web", "no"), ("xr:print", "once")]


def test_what_the_header_says_by_a_code_and_asks_of_readers() -> None:
    """A sender's code stands beside its name, and a signal of the message is one of each of its items."""
    header = '<header><sender qcode="nprov:VALE">Vale Press</sender><signal qcode="nmsig:whole"/></header>'
    item = '<newsItem guid="urn:x:{}" version="1"><itemMeta><title>Bells</title></itemMeta></newsItem>'
    items = item.format(1) + item.format(2)
    both = parse(f'<newsMessage xmlns="{NAR}">{header}<itemSet>{items}</itemSet></newsMessage>'.encode()).stories
    assert [found.signals for found in both] == [("nmsig:whole",)] * 2
    assert [(one.value, one.role) for one in both[0].credits] == [("Vale Press", "sender"), ("nprov:VALE", "sender")]
