"""NewsML 1.0 to 1.2: what the message states stands in the story."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Limits, Unparseable, parse
from dateline_ingest.ordering import compare
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject, UsageRight


def identifier(
    provider: str = "example.org",
    date: str = "20260326",
    item: str = "EX-1",
    revision: str = "1",
    *,
    public: str | None = None,
    previous: str = "0",
    update: str = "N",
) -> str:
    """A NewsIdentifier; the PublicIdentifier is made of the others unless given."""
    public = f"urn:newsml:{provider}:{date}:{item}:{revision}{update}" if public is None else public
    return (
        f"<NewsIdentifier><ProviderId>{provider}</ProviderId><DateId>{date}</DateId><NewsItemId>{item}</NewsItemId>"
        f'<RevisionId PreviousRevision="{previous}" Update="{update}">{revision}</RevisionId>'
        f"<PublicIdentifier>{public}</PublicIdentifier></NewsIdentifier>"
    )


def text(content: str, *, lines: str = "", about: str = "", role: str = "", kind: str = "") -> str:
    """A NewsComponent with a text in it."""
    roled = f'<Role FormalName="{role}"/>' if role else ""
    return (
        f"<NewsComponent>{roled}<NewsLines>{lines}</NewsLines>{about}<ContentItem>{kind}"
        f"<DataContent>{content}</DataContent></ContentItem></NewsComponent>"
    )


def file(href: str, role: str, *, kind: str = "Photo", more: str = "") -> str:
    """A NewsComponent with a reference to a file."""
    return (
        f'<NewsComponent><Role FormalName="{role}"/><ContentItem Href="{href}"><MediaType FormalName="{kind}"/>{more}'
        "</ContentItem></NewsComponent>"
    )


def item(components: str = "", *, ids: str = "", management: str = '<Status FormalName="Usable"/>') -> str:
    """A NewsItem."""
    components = components or text("<p>One.</p>", lines="<HeadLine>Rain at last</HeadLine>")
    return (
        f"<NewsItem><Identification>{ids or identifier()}</Identification>"
        f"<NewsManagement>{management}</NewsManagement>{components}</NewsItem>"
    )


def message(*items: str, envelope: str = "", prolog: str = "", attributes: str = "") -> str:
    """A NewsML document."""
    envelope = f"<NewsEnvelope><DateAndTime>20260326T101500Z</DateAndTime>{envelope}</NewsEnvelope>"
    return f"{prolog}<NewsML {attributes}>{envelope}{''.join(items) or item()}</NewsML>"


def stories(*items: str, **named: str) -> tuple[Story, ...]:
    """The stories of a message."""
    return parse(message(*items, **named).encode()).stories


def story(components: str = "", *, ids: str = "", management: str = '<Status FormalName="Usable"/>') -> Story:
    """The story of one item."""
    return stories(item(components, ids=ids, management=management))[0]


def said(found: Story) -> list[tuple[str, str, str]]:
    """Where, value and role of every credit but the ProviderId."""
    return [(one.where, one.value, one.role) for one in found.credits if one.role != "ProviderId"]


# Identity


def test_lines_in_the_language_of_the_component() -> None:
    """Of headlines in several languages that of the component comes first, wherever it stands."""
    lines = '<HeadLine xml:lang="de">Regen</HeadLine><HeadLine xml:lang="fr-CH">Pluie</HeadLine><SlugLine>x</SlugLine>'
    language = '<DescriptiveMetadata><Language FormalName="%s"/></DescriptiveMetadata>'
    for own, headline in (("fr", "Pluie"), ("de", "Regen"), ("it", "Regen")):
        found = story(text("<p>Un.</p>", lines=lines, about=language % own))
        assert (found.headline, found.slugline) == (headline, "x")


@pytest.mark.parametrize(
    ("own", "below"), [("Rain, at last", ""), ("Fields drink their fill", "Fields drink their fill")]
)
def test_a_title_of_the_text_s_own(own: str, below: str) -> None:
    """One that says something else than the item's headline stands below it; nothing of it is lost."""
    parts = text("<p>One.</p>", role="Body") + text(own, role="Title")
    found = story(f"<NewsComponent><NewsLines><HeadLine>Rain at last</HeadLine></NewsLines>{parts}</NewsComponent>")
    assert (found.headline, found.subheadline, found.paragraphs) == ("Rain at last", below, ("One.",))


def test_properties_that_have_their_value_as_a_text() -> None:
    """As some systems write them, in place of the attribute."""
    about = (
        '<DescriptiveMetadata><Location><Property FormalName="City">Harbour Town</Property></Location>'
        '<Property FormalName="Keyword">quays</Property></DescriptiveMetadata>'
    )
    found = story(text("<p>One.</p>", about=about))
    assert [place.name for place in found.places] == ["Harbour Town"]
    assert found.keywords == ("quays",)


def test_a_description_beside_a_picture_is_its_caption() -> None:
    """Beside a text it is the summary."""
    described = text("The quay at dawn.", role="Description")
    found = story(f"<NewsComponent>{file('q.jpg', 'Main')}{described}</NewsComponent>")
    assert (found.type, found.paragraphs) == ("picture", ("The quay at dawn.",))
    assert [one.caption for one in found.associations] == ["The quay at dawn."]
    told = story(f"<NewsComponent>{text('<p>One.</p>', role='Body')}{described}</NewsComponent>")
    assert (told.type, told.summary, told.paragraphs) == ("text", "The quay at dawn.", ("One.",))


def test_a_section_that_was_escaped_with_its_text() -> None:
    """What parts it from the markup around it is no text."""
    packed = "&lt;![CDATA[&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;]]&gt;"
    assert story(text(packed)).paragraphs == ("One.", "Two.")
    assert story(text("Plain ]]&gt; text")).paragraphs == ("Plain ]]> text",)


def test_revisions_share_one_guid() -> None:
    """The guid is the URN without its revision; the full PublicIdentifier stays findable."""
    first, second = story(ids=identifier()), story(ids=identifier(revision="2", previous="1", update="U"))
    assert first.guid == second.guid == "urn:newsml:example.org:20260326:EX-1"
    assert (first.version, second.version) == ("1", "2")
    assert compare(second.version, first.version) == 1
    assert Subject(scheme="publicidentifier", code="urn:newsml:example.org:20260326:EX-1:2U") in second.alt_ids
    assert Subject(scheme="newsitemid", code="EX-1") in second.alt_ids
    assert second.links == (Link(href="urn:newsml:example.org:20260326:EX-1:1", rel="previousRevision"),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (identifier(date="20260326T080000Z"), identifier(date="20260327T090000Z", revision="2")),
        (identifier("afp.com", "20260326T080000Z"), identifier("afp.com", "20260327T090000Z", revision="2")),
        (identifier(item="EX-1-v1"), identifier(item="EX-1-v2", revision="2")),
        (identifier("WWW.example.org"), identifier("www.example.org", revision="2")),
    ],
)
def test_what_changes_between_revisions_is_no_identity(first: str, second: str) -> None:
    """A time of day in DateId, a revision in NewsItemId and the case of ProviderId do not part versions."""
    created = "<FirstCreated>20260326T080000Z</FirstCreated>"
    one, two = story(ids=first, management=created), story(ids=second, management=created)
    assert one.guid == two.guid


@pytest.mark.parametrize(
    ("date", "management", "created"),
    [
        ("2026-03-26 13:05:00", "", datetime(2026, 3, 26, 13, 5, tzinfo=UTC)),
        ("20260326T130500Z", "<FirstCreated>20260326T120000Z</FirstCreated>", datetime(2026, 3, 26, 12, tzinfo=UTC)),
        ("20260326T130500Z", "<ThisRevisionCreated>20260326T140000Z</ThisRevisionCreated>", None),
        ("20260326", "", None),
    ],
)
def test_a_time_of_day_in_the_date_id_is_when_the_item_was_created(
    date: str, management: str, created: datetime | None
) -> None:
    """It counts where the item states no time of its own; a bare day is no time."""
    assert story(ids=identifier(date=date, public=""), management=management).first_created == created


def test_the_same_item_id_on_another_day_is_another_story() -> None:
    """By the standard a NewsItemId is unique for a provider and a day only."""
    assert story(ids=identifier()).guid != story(ids=identifier(date="20260327")).guid


@pytest.mark.parametrize(
    ("public", "guid", "version"),
    [
        ("urn:newsml:example.org:20260326:EX-9:3N", "urn:newsml:example.org:20260326:EX-9", "3"),
        ("https://example.org/stories/9", "https://example.org/stories/9", ""),
    ],
)
def test_the_public_identifier_alone_will_do(public: str, guid: str, version: str) -> None:
    """Without NewsItemId and RevisionId the PublicIdentifier says both."""
    ids = f"<NewsIdentifier><PublicIdentifier>{public}</PublicIdentifier></NewsIdentifier>"
    found = story(ids=ids)
    assert (found.guid, found.version) == (guid, version)


def test_without_any_identifier_equal_items_are_one_story() -> None:
    """A placeholder is no identifier: then the item itself tells, whatever the envelope around it says."""
    ids = identifier(item="0", revision="0", public="urn:newsml:example.org")
    one = stories(item(ids=ids))[0]
    again = stories(item(ids=ids), envelope="<TransmissionId>77</TransmissionId>")[0]
    other = stories(item(text("<p>Two.</p>"), ids=ids))[0]
    assert one.guid == again.guid != other.guid
    assert Subject(scheme="publicidentifier", code="urn:newsml:example.org") in one.alt_ids


def test_other_identifiers_are_kept() -> None:
    """An identifier of another system stands in alt_ids under its own name."""
    about = (
        '<AdministrativeMetadata><Property FormalName="ForeignId" Value="F77"/></AdministrativeMetadata>'
        "<DescriptiveMetadata><guid>G-5</guid></DescriptiveMetadata>"
    )
    found = story(text("<p>x</p>", about=about))
    assert {("foreignid", "F77"), ("guid", "G-5")} <= {(one.scheme, one.code) for one in found.alt_ids}


def test_several_items_are_several_stories() -> None:
    """Each NewsItem is a story, in order; one within another one too."""
    inner = f"<NewsComponent>{item(ids=identifier(item='EX-3'))}</NewsComponent>"
    found = stories(item(), item(inner, ids=identifier(item="EX-2")))
    assert [one.guid.rpartition(":")[2] for one in found] == ["EX-1", "EX-2", "EX-3"]
    assert found[1].type == "composite"
    assert found[1].associations == (Association(rel="member", guid="urn:newsml:example.org:20260326:EX-3:1N"),)
    assert parse(item().encode()).stories == (story(),)


# Management


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("20040101T120000+0100", datetime(2004, 1, 1, 11, tzinfo=UTC)),
        ("20040101T120000Z", datetime(2004, 1, 1, 12, tzinfo=UTC)),
        ("20040101T120000", datetime(2004, 1, 1, 12, tzinfo=UTC)),
        ("2004-01-01T12:00:00-05:00", datetime(2004, 1, 1, 17, tzinfo=UTC)),
        ("20040101", datetime(2004, 1, 1, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_become_utc(stated: str, moment: datetime | None) -> None:
    """Dates in basic and extended form with any offset are UTC; what is no date is None."""
    dates = f"<FirstCreated>{stated}</FirstCreated><ThisRevisionCreated>{stated}</ThisRevisionCreated>"
    found = story(management=dates)
    assert (found.first_created, found.version_created) == (moment, moment)


def change(status: str, date: str = "20260401T060000+0200") -> str:
    """A StatusWillChange."""
    return (
        f'<StatusWillChange><FutureStatus FormalName="{status}"/><DateAndTime>{date}</DateAndTime></StatusWillChange>'
    )


NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("management", "status", "embargo", "expires"),
    [
        ('<Status FormalName="Usable"/>', "usable", None, None),
        ('<Status FormalName="USABLE"/>', "usable", None, None),
        ("", "usable", None, None),
        ('<Status FormalName="Embargoed"/>', "withheld", None, None),
        ('<Status FormalName="Withheld"/>', "withheld", None, None),
        ('<Status FormalName="Canceled"/>', "canceled", None, None),
        ('<Status FormalName="Cancelled"/>', "canceled", None, None),
        ('<Status FormalName="Whatever"/>', "withheld", None, None),
        (f'<Status FormalName="Embargoed"/>{change("Usable")}', "usable", NOON, None),
        (f'<Status FormalName="Withheld"/>{change("Usable")}', "usable", NOON, None),
        (f'<Status FormalName="Embargoed"/>{change("Usable", "soon")}', "withheld", None, None),
        (f'<Status FormalName="Canceled"/>{change("Usable")}', "canceled", NOON, None),
        (f'<Status FormalName="Usable"/>{change("Canceled")}', "usable", None, NOON),
    ],
)
def test_status(management: str, status: str, embargo: datetime | None, expires: datetime | None) -> None:
    """StatusWillChange gives the end of an embargo or of use; an embargo whose end is unknown holds the story."""
    found = story(management=management)
    assert (found.pubstatus, found.embargo, found.expires) == (status, embargo, expires)
    assert found.pulled == (status == "withheld" and "Withheld" in management)


def test_an_embargo_in_a_note_counts() -> None:
    """What only a line for editors says must not leak either; without a time the story is withheld."""
    line = "<NewsLine><NewsLineType FormalName='AdvisoryLine'/><NewsLineText>{}</NewsLineText></NewsLine>"
    sent = "<ThisRevisionCreated>20260326T080000Z</ThisRevisionCreated>"
    timed = story(text("<p>x</p>", lines=line.format("EMBARGOED until 1800 GMT March 27")), management=sent)
    assert (timed.pubstatus, timed.embargo) == ("usable", datetime(2026, 3, 27, 18, tzinfo=UTC))
    open_end = story(text("<p>x</p>", lines=line.format("UNDER EMBARGO")), management=sent)
    assert (open_end.pubstatus, open_end.ed_note) == ("withheld", "UNDER EMBARGO")


@pytest.mark.parametrize(
    ("stated", "value"),
    [('<Urgency FormalName="4"/>', 4), ("<Urgency>2</Urgency>", 2), ('<Urgency FormalName="0"/>', None), ("", None)],
)
def test_urgency(stated: str, value: int | None) -> None:
    """Urgency is its FormalName, or its text as some have it."""
    assert story(management=stated).urgency == value


def test_a_providers_own_property_stands_for_urgency() -> None:
    """Where the table says so, a Property takes the place of Urgency; for others it does not."""
    about = '<AdministrativeMetadata><Property FormalName="Priority" Value="3"/></AdministrativeMetadata>'
    component = text("<p>x</p>", about=about)
    assert story(component, ids=identifier("belga.be")).urgency == 3
    assert story(component).urgency is None


def test_instructions_types_and_links() -> None:
    """Instructions and item types become signals or notes, references to other items links."""
    found = story(
        management='<NewsItemType FormalName="Alert"/><Instruction FormalName="Correction"><Comment>Name fixed'
        "</Comment></Instruction><Comment>For print</Comment><Comment FormalName='Tool'>v3</Comment>"
        '<DerivedFrom NewsItem="urn:newsml:example.org:20260325:EX-0"/><AssociatedWith NewsItem="urn:x:7"><Comment>'
        "Graphic</Comment></AssociatedWith><RevisionHistory Href='h.xml'/>"
    )
    assert found.signals == ("sig:alert", "sig:correction")
    assert found.ed_note == "Name fixed\nFor print"
    assert found.links == (
        Link(href="urn:newsml:example.org:20260325:EX-0", rel="derivedFrom"),
        Link(href="urn:x:7", rel="associatedWith", title="Graphic"),
        Link(href="h.xml", rel="revisionHistory"),
    )


# Lines, credits, rights


def test_lines_and_credits() -> None:
    """Every line has its field, every statement of origin is a credit with its role, in the message's order."""
    lines = (
        "<HeadLine>Rain <b>at</b> last</HeadLine><SubHeadLine>Farmers glad</SubHeadLine><ByLine>By Jo Sample</ByLine>"
        "<ByLineTitle>Staff writer</ByLineTitle><DateLine>ORAN, March 26 (EP) -</DateLine><CreditLine>EP</CreditLine>"
        "<CopyrightLine>(c) EP 2026</CopyrightLine><RightsLine>No use in Y</RightsLine><SlugLine>Rain-Oran</SlugLine>"
        "<KeywordLine>rain; farms</KeywordLine><NewsLine><NewsLineType FormalName='AdvisoryLine'/>"
        "<NewsLineText>UPDATES with quote</NewsLineText></NewsLine>"
    )
    about = (
        "<AdministrativeMetadata><Provider><Party FormalName='Example Press'/></Provider>"
        "<Creator><Party FormalName='Al Editor' Topic='EDITOR'/></Creator><Source NewsItem='urn:x:1'>"
        "<Party FormalName='Port Radio'/></Source><Contributor><Party FormalName=''><Property "
        "FormalName='Organization' Value='Sample Wire'/></Party></Contributor></AdministrativeMetadata>"
        "<RightsMetadata><Copyright><CopyrightHolder>EP Ltd</CopyrightHolder><CopyrightDate>2026</CopyrightDate>"
        "</Copyright><UsageRights><UsageType>Print only</UsageType><Geography>Z</Geography><RightsHolder>EP Ltd"
        "</RightsHolder><Limitations>No archive</Limitations><StartDate>20260326</StartDate><EndDate>20260426</EndDate>"
        "</UsageRights></RightsMetadata>"
    )
    component = text("<p>Body text of the story.</p><p>EP</p>", lines=lines, about=about)
    found = stories(item(component), envelope="<SentFrom><Party FormalName='Relay'/></SentFrom>")[0]
    assert said(found) == [
        ("byline", "By Jo Sample", ""),
        ("byline", "Staff writer", ""),
        ("dateline", "ORAN, March 26 (EP) -", ""),
        ("creditline", "EP", ""),
        ("copyrightnotice", "(c) EP 2026", ""),
        ("provider", "Example Press", ""),
        ("creator", "Al Editor", "EDITOR"),
        ("source", "Port Radio", ""),
        ("contributor", "Sample Wire", ""),
        ("copyrightholder", "EP Ltd", ""),
        ("endline", "EP", ""),
        ("provider", "Relay", "SentFrom"),
    ]
    assert (found.headline, found.subheadline, found.byline) == ("Rain at last", "Farmers glad", "By Jo Sample")
    assert (found.dateline, found.slugline, found.creditline) == ("ORAN, March 26 (EP) -", "Rain-Oran", "EP")
    assert (found.provider, found.copyright_holder, found.copyright_notice) == (
        "Example Press",
        "EP Ltd",
        "(c) EP 2026",
    )
    assert found.usage_terms == "No use in Y\nPrint only\nNo archive"
    assert found.rights == (
        UsageRight(
            type="Print only",
            geography="Z",
            holder="EP Ltd",
            limitations="No archive",
            start=datetime(2026, 3, 26, tzinfo=UTC),
            end=datetime(2026, 4, 26, tzinfo=UTC),
        ),
    )
    assert (found.keywords, found.ed_note) == (("rain", "farms"), "UPDATES with quote")
    assert Link(href="urn:x:1", rel="source") in found.links


def test_the_provider_is_named_somehow() -> None:
    """Without a Provider the sender of the message counts, and without one ProviderId."""
    assert stories(item(), envelope="<SentFrom><Party FormalName='Relay'/></SentFrom>")[0].provider == "Relay"
    assert story().provider == "example.org"
    assert CreditElement(where="provider", value="example.org", role="ProviderId") in story().credits


def test_labels_and_the_transmission_are_identifiers_too() -> None:
    """A Label under its type; TransmissionId where the message has one item, as then it is that one's."""
    label = '<Label><LabelType FormalName="Code-Name"/><LabelText>EX 77</LabelText></Label><Label><LabelType/></Label>'
    labelled = item(ids=identifier() + label)
    sent = "<TransmissionId>20260326-4</TransmissionId>"
    ids = stories(labelled, envelope=sent)[0].alt_ids
    assert ids[-2:] == (
        Subject(scheme="codename", code="EX 77"),
        Subject(scheme="transmissionid", code="20260326-4"),
    )
    assert not any(one.scheme == "transmissionid" for one in stories(labelled, item(), envelope=sent)[0].alt_ids)


@pytest.mark.parametrize(
    ("said", "links", "note"), [("https://ex.example/g?e=1", 1, ""), ("See https://ex.example", 0, 1)]
)
def test_a_line_of_an_unknown_type_is_a_link_or_a_note(said: str, links: int, note: object) -> None:
    """An address alone is a link, whatever its type; words are for editors."""
    line = f'<NewsLine><NewsLineType FormalName="Gallery"/><NewsLineText>{said}</NewsLineText></NewsLine>'
    found = story(text("<p>x</p>", lines=line))
    assert (len(found.links), found.ed_note) == (links, said if note else "")


def test_properties_name_services_and_addresses() -> None:
    """Services within a NewsPackage are credits; a value that is an address is a link, which its name says what to.

    Who approved a text has no part in it: initials may be those of an agency.
    """
    about = (
        '<AdministrativeMetadata><Property FormalName="NewsPackage"><Property FormalName="NewsService" Value="INT"/>'
        '</Property><Property FormalName="Validator" Value="abc"/></AdministrativeMetadata><Metadata>'
        '<Property FormalName="Website" Value="https://ex.example/r/7"/></Metadata>'
    )
    found = story(text("<p>x</p>", about=about))
    assert CreditElement(where="service", value="INT", role="newsservice") in found.credits
    assert not any(one.value == "abc" for one in found.credits)
    assert found.links == (Link(href="https://ex.example/r/7", rel="website"),)


def test_the_service_of_a_picture_is_no_credit_of_it() -> None:
    """A picture beside a story runs in a service; who made it is said elsewhere."""
    about = (
        '<AdministrativeMetadata><Creator><Party FormalName="Jo Roe"/></Creator>'
        '<Property FormalName="NewsService" Value="INT"/></AdministrativeMetadata>'
    )
    shown = '<ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem>'
    photo = f'<NewsComponent><Role FormalName="Photo"/>{about}{shown}</NewsComponent>'
    found = story(f"<NewsComponent>{text('<p>x</p>')}{photo}</NewsComponent>")
    assert [one.value for one in found.credits if one.where == "picture"] == ["Jo Roe"]


# Subjects


def test_what_it_is_about() -> None:
    """Codes, places, genres, keywords, symbols and Topics that the message brings along have their lists."""
    about = (
        '<DescriptiveMetadata><Language FormalName="fr"/><Genre FormalName="Feature"/><SubjectCode>'
        '<Subject FormalName="04000000"/><SubjectMatter FormalName="04016000" Scheme="IptcSubjectCodes"/></SubjectCode>'
        '<SubjectCode><SubjectDetail FormalName="ECO" Vocabulary="urn:x:cats"/></SubjectCode><Location '
        'HowPresent="Origin"><Property FormalName="Country" Value="DZA"/><Property FormalName="City" Value="Oran"/>'
        '</Location><TopicOccurrence Topic="#t1"/><TopicOccurrence Topic="#gone"/><OfInterestTo FormalName="EUR-1"/>'
        '<Property FormalName="Event" Value="VALE-CUP"/>'
        '<Property FormalName="Keyword" Value="rain"/></DescriptiveMetadata><Metadata><MetadataType FormalName="Fin"/>'
        '<Property FormalName="Ticker Symbol" Value="EXMP"/></Metadata>'
    )
    topics = (
        '<TopicSet><Topic Duid="t1"><TopicType FormalName="Person"/><FormalName Scheme="ex">p7</FormalName>'
        "<Description>Ada Sample</Description></Topic></TopicSet>"
    )
    found = stories(item(text("<p>x</p>", about=about)), topics)[0]
    assert found.language == "fr"
    assert found.subjects == (
        Subject(scheme="subj", code="04000000"),
        Subject(scheme="subj", code="04016000"),
        Subject(scheme="urn:x:cats", code="ECO"),
        Subject(scheme="ofinterestto", code="EUR-1"),
        Subject(scheme="event", code="VALE-CUP"),
    )
    assert found.places == (Subject(scheme="iso3166-1a3", code="DZA"), Subject(scheme="city", code="", name="Oran"))
    assert found.people == (Subject(scheme="ex", code="p7", name="Ada Sample"),)
    assert found.organisations == (Subject(scheme="tickersymbol", code="EXMP"),)
    assert (found.genres, found.keywords) == ((Subject(code="Feature"),), ("rain",))


def test_the_language_is_said_nearest_to_the_text() -> None:
    """Language counts before xml:lang, that of a component before those of item and message."""
    assert stories(item(), attributes='xml:lang="de"')[0].language == "de"
    lang = item().replace("<NewsComponent>", '<NewsComponent xml:lang="it">')
    assert stories(lang, attributes='xml:lang="de"')[0].language == "it"


# Texts


NITF = (
    "<nitf><head><title>Head title</title><tobject><tobject.subject tobject.subject.refnum='11000000' "
    "tobject.subject.type='Politics'/></tobject></head><body><body.head><hedline><hl1>From the text</hl1><hl2>Lower"
    "</hl2></hedline><byline>Jo Sample</byline><distributor>EP</distributor><dateline>ORAN (EP) -</dateline>"
    "<abstract><p>In short.</p></abstract></body.head><body.content><p>First <org>Port Co</org> text.</p><p>Second.</p>"
    "</body.content></body></nitf>"
)


@pytest.mark.parametrize("content", [NITF, f"<![CDATA[{NITF}]]>"])
def test_nitf_inside(content: str) -> None:
    """NITF gives body, titles, credits, subjects and summary, as elements or as a string."""
    found = story(text(content))
    assert found.paragraphs == ("First Port Co text.", "Second.")
    assert (found.headline, found.subheadline, found.byline) == ("From the text", "Lower", "Jo Sample")
    assert (found.dateline, found.summary) == ("ORAN (EP) -", "In short.")
    assert ("provider", "EP", "") in said(found)
    assert found.subjects == (Subject(scheme="subj", code="11000000", name="Politics"),)


def test_the_pages_of_a_text_are_one_text() -> None:
    """Of several NITF documents in one DataContent the first has the titles, and each adds its text."""
    found = story(text(NITF + "<nitf><body><body.content><p>Third.</p></body.content></body></nitf>"))
    assert found.paragraphs == ("First Port Co text.", "Second.", "Third.")
    assert (found.headline, found.byline) == ("From the text", "Jo Sample")


def test_an_author_may_stand_beside_the_lines() -> None:
    """Drupal writes Author into the component itself, where no version of the standard has it."""
    found = story(text("<p>One.</p>", about="<Author>Jo Sample</Author>"))
    assert (found.byline, said(found)[:1]) == ("Jo Sample", [("byline", "Jo Sample", "")])


@pytest.mark.parametrize(
    "content",
    [
        "<p>One &amp; two.</p><p>Three.</p>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>One &amp; two.</p>'
        "<p>Three.</p></body></html>",
        "<![CDATA[<!-- lead --><p>One &amp; two.</p><script>x()</script><p>Three.</p>]]>",
        "&lt;p>One &amp;amp; two.&lt;/p>&lt;p>Three.&lt;/p>",
        "One &amp; two.\n\nThree.",
    ],
)
def test_every_kind_of_text_gives_paragraphs(content: str) -> None:
    """Bare paragraphs, XHTML, HTML in CDATA, escaped HTML and plain text read the same."""
    found = story(text(content))
    assert found.paragraphs == ("One & two.", "Three.")
    assert found.body_html == "<p>One &amp; two.</p><p>Three.</p>"


def test_packed_text_is_unpacked() -> None:
    """A text in base64 is read; another packing is passed over."""
    packed = "<Encoding Notation='{}'><DataContent>UGFja2VkIHRleHQu</DataContent></Encoding>"
    component = "<NewsComponent><ContentItem><MediaType FormalName='Text'/>{}</ContentItem></NewsComponent>"
    assert story(component.format(packed.format("base64"))).paragraphs == ("Packed text.",)
    assert (
        story(
            component.replace("<ContentItem>", "<NewsLines><HeadLine>T</HeadLine></NewsLines><ContentItem>").format(
                packed.format("uuencode")
            )
        ).paragraphs
        == ()
    )


def test_roles_tell_texts_apart() -> None:
    """Lead and body make the story; title, summary, caption, note and style sheet are kept out of it."""
    found = story(
        "<NewsComponent>"
        + text("Title here", role="Title")
        + text("In short", role="Abstract")
        + text("Lead paragraph.", role="Lead")
        + text("Body paragraph.", role="Body")
        + text("Call us", role="Contact")
        + text(".x { color: red }", role="StyleSheet")
        + "</NewsComponent>"
    )
    assert found.paragraphs == ("Lead paragraph.", "Body paragraph.")
    assert (found.headline, found.summary, found.ed_note) == ("Title here", "In short", "Call us")


def test_other_formats_of_one_text_are_not_repeated() -> None:
    """Of ContentItems side by side, and of components that are equivalents, the fullest counts."""
    both = "<ContentItem><DataContent>Short.</DataContent></ContentItem><ContentItem><DataContent>Somewhat longer."
    assert story(f"<NewsComponent>{both}</DataContent></ContentItem></NewsComponent>").paragraphs == (
        "Somewhat longer.",
    )
    children = text("Short.", role="Main") + text("Somewhat longer.", role="Main")
    assert story(f'<NewsComponent EquivalentsList="yes">{children}</NewsComponent>').paragraphs == ("Somewhat longer.",)


@pytest.mark.parametrize(("own", "headline"), [("de", "Regen"), ("fr-CH", "Pluie, CH"), ("fr", "Pluie"), ("", "Rain")])
def test_lines_in_the_language_around_a_component(own: str, headline: str) -> None:
    """A component that names no language is in that of its item; of variants the nearest line comes first."""
    said = (("en", "Rain"), ("fr-CH", "Pluie, CH"), ("fr", "Pluie"), ("de", "Regen"))
    lines = "".join(
        f'<HeadLine xml:lang="{tongue}">{line}</HeadLine><CreditLine xml:lang="{tongue}">{line}</CreditLine>'
        for tongue, line in said
    )
    [found] = stories(item(text("<p>Un.</p>", lines=lines)).replace("<NewsItem>", f'<NewsItem xml:lang="{own}">'))
    assert found.headline == found.creditline == headline


def test_of_several_languages_the_stated_one_is_read() -> None:
    """Components to be chosen by language: the one in the item's language."""
    french = text("Bonjour.", about='<DescriptiveMetadata><Language FormalName="fr"/></DescriptiveMetadata>')
    english = text("Good day.", about='<DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>')
    choice = '<BasisForChoice Rank="1">./NewsComponent/DescriptiveMetadata/Language</BasisForChoice>'
    own = '<DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>'
    found = story(f"<NewsComponent>{choice}{own}{french}{english}</NewsComponent>")
    assert (found.language, found.paragraphs) == ("en", ("Good day.",))


def test_versions_in_several_languages_are_not_one_text() -> None:
    """An agency puts a story's versions side by side and says nothing of a choice: the item's language is read."""
    versions = "".join(
        f'<NewsComponent xml:lang="{language}"><NewsLines><CreditLine>{credit}</CreditLine></NewsLines>'
        f"{text(said, role='Body')}</NewsComponent>"
        for language, credit, said in (("nl", "EP-N", "Dag."), ("fr", "EP-F", "Bonjour."))
    )
    for language, paragraph, credit in (("fr", "Bonjour.", "EP-F"), ("nl", "Dag.", "EP-N"), ("", "Dag.", "EP-N")):
        found = story(f'<NewsComponent xml:lang="{language}">{versions}</NewsComponent>')
        assert (found.paragraphs, found.creditline) == ((paragraph,), credit)


# Pictures, sounds, films, packages


SIZES = (
    '<MimeType FormalName="image/jpeg"/><Characteristics><SizeInBytes>4096</SizeInBytes>'
    '<Property FormalName="Width" Value="800"/><Property FormalName="Height" Value="600"/></Characteristics>'
)


def test_a_picture_beside_a_story() -> None:
    """It is an association with its size, caption and credit; its credits are said of a picture."""
    unit = (
        "<NewsComponent><Role FormalName='Picture'/><NewsLines><HeadLine>Clouds</HeadLine><CreditLine>EP Photo"
        "</CreditLine><RightsLine>No sales</RightsLine></NewsLines>"
        + text("Clouds over Oran.", role="Caption")
        + file("1.jpg", "Preview", more=SIZES)
        + "</NewsComponent>"
    )
    found = story(f"<NewsComponent>{text('<p>The story.</p>', role='Main')}{unit}</NewsComponent>")
    assert (found.type, found.paragraphs) == ("text", ("The story.",))
    assert found.associations == (
        Association(
            rel="Preview",
            type="picture",
            href="1.jpg",
            headline="Clouds",
            caption="Clouds over Oran.",
            creditline="EP Photo",
            usage_terms="No sales",
            mimetype="image/jpeg",
            width=800,
            height=600,
            size=4096,
        ),
    )
    assert said(found) == [("picture", "EP Photo", "creditline")]


@pytest.mark.parametrize(
    ("kind", "role", "type"),
    [
        ("Photo", "Main", "picture"),
        ("Graphic", "Main", "graphic"),
        ("Video", "Clip", "video"),
        ("Audio", "Sound", "audio"),
    ],
)
def test_a_picture_by_itself(kind: str, role: str, type: str) -> None:
    """An item without a text of its own is of its files' type; its caption is the body, its credits are its own."""
    lines = "<NewsLines><HeadLine>Clouds</HeadLine><CreditLine>EP</CreditLine></NewsLines>"
    parts = text("Clouds over Oran.", role="Caption") + file("f", role, kind=kind) + file("t.jpg", "Thumbnail")
    found = story(f"<NewsComponent>{lines}{parts}</NewsComponent>")
    assert (found.type, found.headline, found.paragraphs) == (type, "Clouds", ("Clouds over Oran.",))
    assert said(found) == [("creditline", "EP", "")]
    assert [(one.rel, one.href) for one in found.associations] == [(role, "f"), ("Thumbnail", "t.jpg")]


def test_a_package_refers_to_its_members() -> None:
    """NewsItemRefs are associations in order; an item that has nothing else is composite."""
    refs = '<NewsItemRef NewsItem="urn:x:1"><Comment>One</Comment></NewsItemRef><NewsItemRef NewsItem="urn:x:2"/>'
    found = story(f"<NewsComponent><Role FormalName='Main'/>{refs}</NewsComponent>")
    assert found.type == "composite"
    assert found.associations == (
        Association(rel="Main", guid="urn:x:1", headline="One"),
        Association(rel="Main", guid="urn:x:2"),
    )


# The document


def test_a_doctype_may_name_modules_of_its_dtd() -> None:
    """An internal subset that only names outer files is passed over and nothing is fetched; others are refused."""
    doctype = (
        '<!DOCTYPE NewsML PUBLIC "urn:x" "../none.dtd" [\n<!ENTITY % n SYSTEM "http://localhost:1/n.dtd">\n%n;\n]>\n'
    )
    assert stories(prolog=doctype)[0].headline == "Rain at last"
    assert stories(prolog='<!DOCTYPE NewsML SYSTEM "http://localhost:1/n.dtd">')[0].headline == "Rain at last"
    for declared in ('<!ENTITY x "&y;">', '<!ENTITY % n "y">', '<!ENTITY x SYSTEM "file:///etc/hostname">'):
        with pytest.raises(Unparseable, match="DOCTYPE"):
            stories(prolog=f'<!DOCTYPE NewsML SYSTEM "n" [<!ENTITY % n SYSTEM "n">%n;{declared}]>')


def test_entities_of_an_outer_dtd_are_read_as_what_html_means_by_them() -> None:
    """A named character that only the DTD would explain is still that character."""
    lines = "<HeadLine>Th&eacute; vert</HeadLine>"
    found = stories(item(text("<p>Caf&eacute; noir.</p>", lines=lines)), prolog='<!DOCTYPE NewsML SYSTEM "n.dtd">')[0]
    assert (found.headline, found.paragraphs) == ("Thé vert", ("Café noir.",))


@pytest.mark.parametrize("encoding", ["iso-8859-1", "iso-8859-15", "utf-8", "utf-16"])
def test_encodings(encoding: str) -> None:
    """The bytes may come in any encoding that the declaration names."""
    said = message(item(text("<p>Été à Orléans</p>")), prolog=f'<?xml version="1.0" encoding="{encoding}"?>')
    assert parse(said.encode(encoding)).stories[0].paragraphs == ("Été à Orléans",)


def test_a_declaration_that_was_left_behind() -> None:
    """Bytes that are valid UTF-8 are read so, though the declaration still says ISO-8859-1."""
    said = message(item(text("<p>Été à Orléans</p>")), prolog='<?xml version="1.0" encoding="iso-8859-1"?>')
    assert parse(said.encode()).stories[0].paragraphs == ("Été à Orléans",)


def test_the_namespace_does_not_matter() -> None:
    """NewsML 1.2 of the schema has a namespace, that of the DTD has none."""
    assert stories(attributes='xmlns="http://iptc.org/std/NewsML/2003-10-10/"') == stories()


def test_management_alone_is_a_story_without_text() -> None:
    """An item that only cancels has no component."""
    ids = identifier(revision="2", update="A")
    found = stories(
        f"<NewsItem><Identification>{ids}</Identification><NewsManagement><Status FormalName='Canceled'/>"
        "</NewsManagement></NewsItem>"
    )[0]
    assert (found.pubstatus, found.version, found.paragraphs) == ("canceled", "2", ())


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (message("<TopicSet/>"), Limits(), "no NewsItem"),
        (message(item(), item()), Limits(stories=1), "2 stories"),
        (message(item(text("<p>a</p><p>b</p>"))), Limits(paragraphs=1), "2 paragraphs"),
        (message(item("<NewsComponent>" * 210 + "</NewsComponent>" * 210)), Limits(), "levels deep"),
        (message()[:-40], Limits(), "broken XML"),
    ],
)
def test_refusals(data: str, limits: Limits, reason: str) -> None:
    """What cannot be read is refused in plain words."""
    with pytest.raises(Unparseable, match=reason) as caught:
        parse(data.encode(), limits=limits)
    assert caught.value.format == "newsml-1-x"


def test_an_instruction_to_delete_is_a_kill() -> None:
    """Sent as a usable item with an Instruction: the story is canceled, with the signal."""
    message = (
        b"<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>wire.example</ProviderId>"
        b"<DateId>20260302</DateId><NewsItemId>item-7</NewsItemId>"
        b"<RevisionId PreviousRevision='1' Update='N'>2</RevisionId>"
        b"<PublicIdentifier>urn:newsml:wire.example:20260302:item-7:2</PublicIdentifier></NewsIdentifier>"
        b"</Identification>"
        b"<NewsManagement><NewsItemType FormalName='News'/><FirstCreated>20260302T090000Z</FirstCreated>"
        b"<ThisRevisionCreated>20260302T100000Z</ThisRevisionCreated><Status FormalName='Usable'/>"
        b"<Instruction FormalName='Delete'/></NewsManagement>"
        b"<NewsComponent><NewsLines><HeadLine>Ferry adrift</HeadLine>"
        b"</NewsLines></NewsComponent></NewsItem></NewsML>"
    )
    [story] = parse(message).stories
    assert story.pubstatus == "canceled" and "kill" in story.signals


def test_an_item_without_content_is_no_version_of_a_story() -> None:
    """An Update, topics or management alone would replace the story with nothing; what takes it back needs no text."""
    whole = item()
    update = '<Update><Replace DuidRef="h"><HeadLine>Rain</HeadLine></Replace></Update>'
    bare = [item(part, ids=identifier(revision="2", update="U")) for part in (update, "<TopicSet/>", " ")]
    for part in bare:
        with pytest.raises(Unparseable, match="no NewsItem has a NewsComponent"):
            stories(part)
    assert [story.headline for story in stories(bare[0], whole)] == ["Rain at last"]
    for status, meant in (("Canceled", "canceled"), ("Withheld", "withheld")):
        [back] = stories(
            item(" ", ids=identifier(revision="3", update="A"), management=f'<Status FormalName="{status}"/>')
        )
        assert (back.pubstatus, back.version, back.guid) == (meant, "3", stories(whole)[0].guid)


@pytest.mark.parametrize("own", ["en", "de"])
def test_of_equivalents_in_several_languages_that_of_the_item_is_read(own: str) -> None:
    """``xml:lang`` of the NewsItem tells which of them it means, however long the others are."""
    versions = "".join(
        f'<NewsComponent xml:lang="{language}"><NewsLines><HeadLine>{headline}</HeadLine></NewsLines><ContentItem>'
        f"<DataContent><p>{said}</p></DataContent></ContentItem></NewsComponent>"
        for language, headline, said in (("de", "Regen", "Es regnet nun endlich."), ("en", "Rain", "It rains."))
    )
    whole = item(f'<NewsComponent EquivalentsList="yes">{versions}</NewsComponent>')
    [found] = stories(whole.replace("<NewsItem>", f'<NewsItem xml:lang="{own}">'))
    expected = {"en": ("en", "Rain", ("It rains.",)), "de": ("de", "Regen", ("Es regnet nun endlich.",))}
    assert (found.language, found.headline, found.paragraphs) == expected[own]


def test_what_stands_outside_of_its_parent() -> None:
    """Metadata beside the NewsComponent, and paragraphs without a DataContent, count as if they were in it."""
    parts = (
        '<AdministrativeMetadata><Provider><Party FormalName="Rain Press"/></Provider></AdministrativeMetadata>'
        '<DescriptiveMetadata><OfInterestTo FormalName="rain"/></DescriptiveMetadata>'
        "<NewsComponent><NewsLines><HeadLine>Rain at last</HeadLine></NewsLines>"
        '<ContentItem><MediaType FormalName="Text"/><p>One.</p><p>Two.</p></ContentItem></NewsComponent>'
    )
    found = story(parts)
    assert (found.headline, found.provider, found.paragraphs) == ("Rain at last", "Rain Press", ("One.", "Two."))
    assert [subject.code for subject in found.subjects] == ["rain"]


def test_each_message_in_an_envelope_has_its_own_sender() -> None:
    """Of several NewsML documents in one wrapper each item has what its own document says."""
    one, two = (
        message(item(ids=identifier(item=name)), envelope=f'<SentFrom><Party FormalName="{name}"/></SentFrom>')
        for name in ("EX-8", "EX-9")
    )
    found = parse(f"<delivery>{one}{two}</delivery>".encode()).stories
    senders = [[credit.value for credit in story.credits if credit.role == "SentFrom"] for story in found]
    assert senders == [["EX-8"], ["EX-9"]]
