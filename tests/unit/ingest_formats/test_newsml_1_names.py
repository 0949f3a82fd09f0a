"""NewsML 1: names that stand elsewhere in the message, roles, places that are none, and agencies' clocks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from slowness import in_time

from dateline_ingest.formats import parse
from dateline_schemas.story import Story, Subject, UsageRight

LINES = "<NewsLines><HeadLine>Nets</HeadLine></NewsLines>"


def story(
    component: str = "<ContentItem><DataContent><p>Nets are dry.</p></DataContent></ContentItem>",
    *,
    provider: str = "Example.org",
    created: str = "20260715T120000+0000",
) -> Story:
    """The story of one item; nothing in it is from a real wire."""
    text = (
        "<NewsML><NewsEnvelope><DateAndTime>20260715T120000Z</DateAndTime></NewsEnvelope><NewsItem><Identification>"
        f"<NewsIdentifier><ProviderId>{provider}</ProviderId><DateId>20260715</DateId><NewsItemId>N-1</NewsItemId>"
        "</NewsIdentifier></Identification><NewsManagement>"
        f"<ThisRevisionCreated>{created}</ThisRevisionCreated><Status FormalName='Usable'/></NewsManagement>"
        f"<NewsComponent>{component}</NewsComponent></NewsItem></NewsML>"
    )
    return parse(text.encode()).stories[0]


def described(inner: str, before: str = "") -> Story:
    """The story of an item with this DescriptiveMetadata."""
    return story(f"{before}{LINES}<DescriptiveMetadata>{inner}</DescriptiveMetadata>")


@pytest.mark.parametrize(("language", "name"), [("pt", "pescas"), ("PT-BR", "pescas"), ("fi", "fisheries")])
def test_a_subject_has_the_name_that_its_topic_gives_it(language: str, name: str) -> None:
    """SubjectCode and Topic meet by the formal name; the name is in the story's language, else in English."""
    topics = (
        '<TopicSet><Topic><TopicType FormalName="Subject"/><FormalName Scheme="IptcSubjectCodes">04001003</FormalName>'
        '<Description xml:lang="en" Variant="Category">FSH</Description>'
        '<Description xml:lang="pt" Variant="Name">pescas</Description>'
        '<Description xml:lang="en" Variant="Name">fisheries</Description></Topic></TopicSet>'
    )
    codes = '<SubjectCode><SubjectDetail FormalName="04001003" Scheme="IptcSubjectCodes"/></SubjectCode>'
    found = described(f'<Language FormalName="{language}"/>{codes}', topics)
    assert found.subjects == (Subject(scheme="subj", code="04001003", name=name),)


def test_a_topic_that_occurs_is_a_subject_code_in_the_story_s_language() -> None:
    """TopicOccurrence leads to the Topic; IPTC's codes are IPTC's however the scheme is spelt."""
    topics = (
        '<TopicSet><Topic Duid="t1"><TopicType FormalName="peche"/><FormalName Scheme="IPTCSubjectCodes">04001003'
        '</FormalName><Description xml:lang="en">fisheries</Description><Description xml:lang="pt">pescas'
        '</Description></Topic><Topic Duid="t2"><FormalName Scheme="ex">S8</FormalName><Description xml:lang="de">'
        "Küste</Description></Topic></TopicSet>"
    )
    about = '<Language FormalName="pt-PT"/><TopicOccurrence Topic="#t1"/><TopicOccurrence Topic="#t2"/>'
    assert described(about, topics).subjects == (
        Subject(scheme="subj", code="04001003", name="pescas"),
        Subject(scheme="ex", code="S8", name="Küste"),
    )


@pytest.mark.parametrize("provider", ["afp.com", "afp.com:20260715:PH", "AFP.com:20260716"])
def test_what_follows_a_provider_s_domain_is_no_part_of_a_story_s_identity(provider: str) -> None:
    """AFP's pictures have the day and the service there, which the next revision need not share."""
    found = story(provider=provider)
    assert found.guid == "urn:newsml:afp.com:N-1"
    assert found.provider == provider


@pytest.mark.parametrize(
    ("comment", "status", "until"),
    [
        ("Embargoed to 0001 Thursday July 16", "usable", datetime(2026, 7, 15, 23, 1, tzinfo=UTC)),
        ("Embargoed to 2230 Thursday", "usable", datetime(2026, 7, 16, 21, 30, tzinfo=UTC)),
        ("Embargoed to 0001 Friday July 16", "withheld", None),
        ("Embargoed", "withheld", None),
    ],
)
def test_an_embargo_whose_end_stands_in_a_comment(comment: str, status: str, until: datetime | None) -> None:
    """The status says embargoed, a comment until when, by the clock of the sender; what is unclear is withheld."""
    text = (
        "<NewsML><NewsEnvelope><SentFrom><Party FormalName='The Press Association'/></SentFrom></NewsEnvelope>"
        "<NewsItem><Identification><NewsIdentifier><ProviderId>pa.news.example</ProviderId><NewsItemId>N-1"
        "</NewsItemId></NewsIdentifier></Identification><NewsManagement><ThisRevisionCreated>20260715T114650+0100"
        "</ThisRevisionCreated><Status FormalName='Embargoed'/></NewsManagement><NewsComponent><NewsComponent>"
        f"<Comment> {comment} </Comment><ContentItem><DataContent><p>Nets are dry.</p></DataContent></ContentItem>"
        "</NewsComponent></NewsComponent></NewsItem></NewsML>"
    )
    found = parse(text.encode()).stories[0]
    assert (found.pubstatus, found.embargo) == (status, until)
    # The same where the envelope is silent and the item names its provider.
    silent = text.replace("SentFrom>", "Comment>").replace(
        "<NewsComponent><NewsComponent>",
        "<NewsComponent><AdministrativeMetadata><Provider><Party FormalName='PA Media'/></Provider>"
        "</AdministrativeMetadata><NewsComponent>",
    )
    found = parse(silent.encode()).stories[0]
    assert (found.pubstatus, found.embargo) == (status, until)


def test_a_code_with_and_without_its_name_is_one_subject() -> None:
    """SubjectCode has the code alone, the NITF inside the code with its name."""
    found = story(
        '<DescriptiveMetadata><SubjectCode><SubjectMatter FormalName="04001000"/></SubjectCode></DescriptiveMetadata>'
        '<ContentItem><DataContent><nitf><head><tobject><tobject.subject tobject.subject.ipr="IPTC" '
        'tobject.subject.refnum="04001000" tobject.subject.matter="farming"/></tobject></head><body><body.content>'
        "<p>Nets are dry.</p></body.content></body></nitf></DataContent></ContentItem>"
    )
    assert found.subjects == (Subject(scheme="subj", code="04001000", name="farming"),)


def test_only_a_country_has_a_country_code() -> None:
    """A canton of three letters is no ISO 3166 country; degrees and codes for no country are no places."""
    parts = {"Country": "CH", "CountryArea": "KXY", "Latitude": "46.9", "Longitude": "9.5"}
    properties = "".join(f'<Property FormalName="{name}" Value="{value}"/>' for name, value in parts.items())
    assert described(f"<Location>{properties}</Location>").places == (
        Subject(scheme="iso3166-1a2", code="CH"),
        Subject(scheme="countryarea", code="KXY"),
    )
    assert described('<Location><Property FormalName="Country" Value="ZZZ"/></Location>').places == ()


def test_a_keyword_that_names_who_is_in_the_picture_is_a_person() -> None:
    """AFP gives the people in a picture as keywords with a role."""
    found = described(
        '<Property FormalName="Keyword" Value="Ida Netmaker" Role="PersonInImage"/>'
        '<Property FormalName="Keyword" Value="nets" Role="Thesaurus"/>'
    )
    assert (found.people, found.keywords) == ((Subject(code="", name="Ida Netmaker"),), ("nets",))


def test_a_party_has_the_role_that_its_property_names() -> None:
    """Who wrote the caption is not lost among the contributors; the provider's id stands as it is written."""
    found = story(
        f"{LINES}<AdministrativeMetadata><Contributor><Party FormalName='IN'><Property FormalName='Role' "
        "Value='CaptionWriter'/></Party></Contributor></AdministrativeMetadata>"
    )
    assert [(one.where, one.value, one.role) for one in found.credits] == [
        ("contributor", "IN", "CaptionWriter"),
        ("provider", "Example.org", "ProviderId"),
    ]
    assert found.guid == "urn:newsml:example.org:20260715:N-1"


def test_a_catchword_is_a_keyword_and_a_story_type_a_genre() -> None:
    """What SDA says in lines of its own is no note to editors."""
    lines = "".join(
        f'<NewsLine><NewsLineType FormalName="{kind}"/><NewsLineText>{text}</NewsLineText></NewsLine>'
        for kind, text in (("CatchWord", "Fishing"), ("storyType", "report"))
    )
    found = story(f"<NewsLines><HeadLine>Nets</HeadLine>{lines}</NewsLines>")
    assert (found.keywords, found.genres, found.ed_note) == (("Fishing",), (Subject(code="report"),), "")


def test_a_headline_inside_a_news_line_is_the_headline() -> None:
    """No DTD has it so, but programs write it."""
    assert story("<NewsLines><NewsLine><HeadLine>Nets dry</HeadLine></NewsLine></NewsLines>").headline == "Nets dry"


def test_markup_in_cdata_within_the_body_is_read_as_markup() -> None:
    """A body.content without an nitf around it, whose paragraphs are text."""
    data = "<body><body.content><![CDATA[Nets are dry.<BR><BR>Boats stay <b>in</b>.]]></body.content></body>"
    found = story(f"<ContentItem><DataContent>{data}</DataContent></ContentItem>")
    assert found.paragraphs == ("Nets are dry.", "Boats stay in.")


@pytest.mark.parametrize(
    ("provider", "created", "moment"),
    [
        ("belga.be", "20260715T120000", datetime(2026, 7, 15, 10, tzinfo=UTC)),
        ("belga.be", "20260715T120000+0000", datetime(2026, 7, 15, 12, tzinfo=UTC)),
        ("belga.be", "20260715", datetime(2026, 7, 15, tzinfo=UTC)),
        ("nobody.example", "20260715T120000", datetime(2026, 7, 15, 12, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_by_the_agency_s_clock(provider: str, created: str, moment: datetime) -> None:
    """Belga's times are those of Brussels; a day stays that day; of an unknown agency they are UTC."""
    assert story(provider=provider, created=created).version_created == moment


def test_a_property_may_be_a_category() -> None:
    """Categories in properties are subjects, under the property's name."""
    found = described('<Property FormalName="Category" Value="HHH"/><Property FormalName="Keyword" Value="Nets"/>')
    assert (found.subjects, found.keywords) == ((Subject(code="HHH", scheme="category"),), ("Nets",))


def test_a_subject_code_without_levels_is_a_subject() -> None:
    """Some give the code to SubjectCode itself."""
    found = described('<SubjectCode FormalName="04001003" Scheme="IptcSubjectCodes"/>')
    assert [(one.scheme, one.code) for one in found.subjects] == [("subj", "04001003")]


def test_a_writers_position_is_a_role() -> None:
    """A Role goes before it."""
    post = '<Property FormalName="Position" Value="STRINGER"/>'
    for more, role in (("", "STRINGER"), ('<Property FormalName="Role" Value="Writer"/>', "Writer")):
        party = f'<Creator><Party FormalName="Jo Sample">{post}{more}</Party></Creator>'
        found = story(f"{LINES}<AdministrativeMetadata>{party}</AdministrativeMetadata>")
        assert ("creator", "Jo Sample", role) in [(one.where, one.value, one.role) for one in found.credits]


def test_a_thesaurus_has_several_subjects_in_one_value() -> None:
    """EFE's Tesauro parts them by semicolons."""
    found = described('<Property FormalName="Tesauro" Value="POL:HARBOUR;POL:HARBOUR,NETS"/>')
    assert [one.code for one in found.subjects] == ["POL:HARBOUR", "POL:HARBOUR,NETS"]


def test_a_party_is_called_what_its_topic_says() -> None:
    """A Party may have a code and point to the Topic of the person or organisation; one of a role names nobody."""
    topics = (
        '<TopicSet><Topic Duid="p1"><TopicType FormalName="Person"/><FormalName>ar</FormalName><Description>Ada Ringer'
        '</Description></Topic><Topic Duid="r1"><TopicType FormalName="Role"/><FormalName>stringer</FormalName>'
        "<Description>stringer</Description></Topic></TopicSet>"
    )
    makers = (
        '<AdministrativeMetadata><Creator><Party FormalName="x7" Topic="#p1"/></Creator>'
        '<Contributor><Party FormalName="Bo Roper" Topic="#r1"/></Contributor></AdministrativeMetadata>'
    )
    made = [one.value for one in story(f"{topics}{LINES}{makers}").credits if one.where in ("creator", "contributor")]
    assert made == ["x7", "Ada Ringer", "Bo Roper"]


def test_many_elements_may_point_to_a_topic_that_says_much() -> None:
    """A Topic is read once, however many occurrences and parties name it."""
    count = 4000
    said = "<Description xml:lang='fi'>a</Description>" * count
    topics = f'<TopicSet><Topic Duid="t"><TopicType FormalName="Person"/>{said}</Topic></TopicSet>'
    parties, occurrences = '<Party Topic="#t"/>' * count, '<TopicOccurrence Topic="#t"/>' * count
    made = f"<AdministrativeMetadata><Creator>{parties}</Creator></AdministrativeMetadata>"
    about = f"<DescriptiveMetadata>{occurrences}</DescriptiveMetadata>"
    found = in_time(2, lambda: story(f"{topics}{LINES}{made}{about}"))
    assert found.people == (Subject(code="", name="a"),)


def test_many_lines_in_two_languages_are_put_in_order_in_time() -> None:
    """Each is a credit, too, and stands where its line does."""
    lines = "".join(f"<ByLine xml:lang='{'fi' if nth % 2 else 'sv'}'>Jo {nth}</ByLine>" for nth in range(20_000))
    found = in_time(2, lambda: story(f"<NewsLines><HeadLine>Nets</HeadLine>{lines}</NewsLines>"))
    assert len([one for one in found.credits if one.where == "byline"]) == 20_000


def test_a_text_is_no_name_of_a_party() -> None:
    """Thousands of parties may point to one Topic: what it says at length is not written into each."""
    said = f"<Description>{'a' * 400_000}</Description>"
    topics = f'<TopicSet><Topic Duid="t"><TopicType FormalName="Person"/>{said}</Topic>'
    parties = '<Party FormalName="x7" Topic="#t"/>' * 2000
    made = f"</TopicSet><AdministrativeMetadata><Creator>{parties}</Creator></AdministrativeMetadata>"
    found = in_time(2, lambda: story(f"{topics}{made}{LINES}"))
    assert [one.value for one in found.credits if one.where == "creator"] == ["x7"]


def test_rights_in_a_property_and_what_is_remarked_on_them() -> None:
    """A Property of RightsMetadata is a right by its name; a Comment beside the holder is for editors."""
    found = story(
        "<RightsMetadata><Copyright><Comment>Ask the quay</Comment><CopyrightHolder>Quay Press</CopyrightHolder>"
        "</Copyright><Property FormalName='Restriction' Value='No archives'/></RightsMetadata>"
    )
    assert found.rights == (UsageRight(type="Restriction", limitations="No archives"),)
    assert (found.copyright_holder, found.ed_note) == ("Quay Press", "Ask the quay")


def test_names_that_systems_and_people_give_an_item() -> None:
    """SystemIdentifier is another id, and so is a NameLabel beside a SlugLine; a Comment of the item is a note."""
    lines = "<NewsLines><SlugLine>nets-dry</SlugLine></NewsLines>"
    whole = f"{lines}<AdministrativeMetadata><SystemIdentifier>sys/7</SystemIdentifier></AdministrativeMetadata>"
    text = (
        "<NewsML><NewsItem><Comment>Read twice</Comment><Identification><NewsIdentifier><ProviderId>e.example"
        "</ProviderId><DateId>20260715</DateId><NewsItemId>N-1</NewsItemId></NewsIdentifier><NameLabel>NETS"
        f"</NameLabel></Identification><NewsComponent>{whole}</NewsComponent></NewsItem></NewsML>"
    )
    found = parse(text.encode()).stories[0]
    assert (found.slugline, found.ed_note) == ("nets-dry", "Read twice")
    assert found.alt_ids[1:] == (
        Subject(scheme="systemidentifier", code="sys/7"),
        Subject(scheme="namelabel", code="NETS"),
    )


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        ("<ByLine>Ida Ruud</ByLine><ByLine>Per Lund</ByLine>", "Ida Ruud, Per Lund"),
        ("<ByLine>Ida Ruud</ByLine><ByLine>Ida Ruud</ByLine>", "Ida Ruud"),
        ('<ByLine xml:lang="en">By Ida Ruud</ByLine><ByLine xml:lang="fr">Par Ida Ruud</ByLine>', "By Ida Ruud"),
        ('<ByLine xml:lang="en">Ida Ruud</ByLine><ByLine xml:lang="en">Per Lund</ByLine>', "Ida Ruud, Per Lund"),
        ("<ByLine>By Ida Ruud,</ByLine><ByLine>IDA RUUD</ByLine><ByLine>Per Lund</ByLine>", "By Ida Ruud, Per Lund"),
        ("<ByLine>Ida Ruud</ByLine><ByLine>Ida Ruud and Per Lund</ByLine>", "Ida Ruud and Per Lund"),
        ("<ByLine>Ida Ruud</ByLine><ByLine>Ida Ruudsen</ByLine>", "Ida Ruud, Ida Ruudsen"),
    ],
)
def test_of_several_bylines_each_is_printed(lines: str, byline: str) -> None:
    """But one in another language may say the same."""
    assert story(f"<NewsLines><HeadLine>H</HeadLine>{lines}</NewsLines>").byline == byline


def told(language: str, text: str, inner: str = "") -> str:
    """A component that tells the story in a language."""
    said = f'<DescriptiveMetadata><Language FormalName="{language}"/></DescriptiveMetadata>' if language else ""
    content = f"<ContentItem><DataContent><p>{text}</p></DataContent></ContentItem>"
    return f"<NewsLines><HeadLine>{text} head</HeadLine></NewsLines>{said}{content}{inner}"


def component(inner: str) -> str:
    """Another one."""
    return f"<NewsComponent>{inner}</NewsComponent>"


@pytest.mark.parametrize(
    ("components", "text"),
    [
        (told("fr", "Ouvert", component(told("en", "Open"))), ("Ouvert",)),
        (told("fr", "Ouvert", component(component(told("en", "Open")))), ("Ouvert",)),
        (told("fr", "Ouvert") + "</NewsComponent><NewsComponent>" + told("en", "Open"), ("Ouvert",)),
        (told("fr", "Ouvert", component(told("fr-BE", "Encadré"))), ("Ouvert", "Encadré")),
        (told("fr", "Ouvert", component(told("", "Encadré"))), ("Ouvert", "Encadré")),
        (told("fr", "Ouvert", component(told("fre", "Encadré"))), ("Ouvert", "Encadré")),
        (told("French", "Ouvert", component(told("Français", "Encadré"))), ("Ouvert", "Encadré")),
        (told("fr", "Ouvert", component(told("fr_BE", "Encadré"))), ("Ouvert", "Encadré")),
        (told("fra", "Ouvert", component(told("eng", "Open"))), ("Ouvert",)),
        (told("fre", "Ouvert") + "</NewsComponent><NewsComponent>" + told("fr", "Encadré"), ("Ouvert", "Encadré")),
        (told("", "Ouvert", component(told("en", "Open"))), ("Ouvert", "Open")),
        (told("fr", "Ouvert") + "</NewsComponent><NewsComponent>" + told("fr", "Encadré"), ("Ouvert", "Encadré")),
    ],
    ids=[
        "within",
        "deeper",
        "beside the item's own",
        "of a country",
        "not said",
        "by another code",
        "by its name",
        "with an underscore",
        "by other codes",
        "two by other codes",
        "not said above",
        "two parts",
    ],
)
def test_a_text_in_another_language_is_no_part_of_the_story(components: str, text: tuple[str, ...]) -> None:
    """Whether it lies within the component that tells the story or beside it; other parts of the story stay."""
    found = story(components)
    assert (found.headline, found.paragraphs) == ("Ouvert head", text)


def test_a_kill_in_a_text_in_another_language_counts() -> None:
    """As one in an equivalent does."""
    killed = (
        '<DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata><ContentItem><DataContent><nitf><head>'
        '<docdata management-status="canceled"/></head><body><body.content><p>Open.</p></body.content></body></nitf>'
        "</DataContent></ContentItem>"
    )
    found = story(told("fr", "Ouvert", component(killed)))
    assert (found.pubstatus, found.paragraphs) == ("canceled", ("Ouvert",))


NOTE = (
    '<NewsComponent><NewsLines><NewsLine><NewsLineType FormalName="EditorialNote"/><NewsLineText>'
    "EMBARGOED until 10 May 2031 12:00 GMT</NewsLineText></NewsLine></NewsLines></NewsComponent>"
)


@pytest.mark.parametrize(
    "components",
    [
        told("fr", "Ouvert", component(told("en", "Open", NOTE))),
        told("fr", "Ouvert") + "</NewsComponent><NewsComponent>" + told("en", "Open", NOTE),
    ],
    ids=["within", "beside"],
)
def test_an_embargo_in_a_text_in_another_language_counts(components: str) -> None:
    """Whoever sends two versions may write the note into one of them only."""
    found = story(components)
    assert found.embargo == datetime(2031, 5, 10, 12, tzinfo=UTC) and found.paragraphs == ("Ouvert",)


def shown(href: str, inner: str = "", role: str = "Photo") -> str:
    """A component with a picture."""
    name = f'<Role FormalName="{role}"/>' if role else ""
    file = f'<ContentItem Href="{href}"><MediaType FormalName="Photo"/></ContentItem>'
    return f"<NewsComponent>{name}{inner}{file}</NewsComponent>"


@pytest.mark.parametrize(
    ("components", "files"),
    [
        (told("fr", "Ouvert", component(told("en", "Open", shown("en.jpg")))), ["en.jpg"]),
        (told("fr", "Ouvert") + "</NewsComponent><NewsComponent>" + told("en", "Open", shown("en.jpg")), ["en.jpg"]),
        (told("fr", "Ouvert", shown("fr.jpg") + component(told("en", "Open", shown("en.jpg")))), ["fr.jpg"]),
        (told("fr", "Ouvert", shown("fr.jpg", told("en", "A gate"))), ["fr.jpg"]),
    ],
    ids=["within", "beside", "one of its own", "a caption"],
)
def test_a_picture_of_a_text_in_another_language_is_the_storys_where_it_has_none(
    components: str, files: list[str]
) -> None:
    """And a picture whose caption is in another language is no other version."""
    found = story(components)
    assert ([one.href for one in found.associations], found.paragraphs) == (files, ("Ouvert",))


def test_of_several_components_the_first_heads_the_story_though_it_has_its_picture() -> None:
    """Unless it is called a picture."""
    lines = "<NewsLines><HeadLine>Lock shut</HeadLine><ByLine>Ida Ruud</ByLine></NewsLines>"
    text = component(told("", "Shut"))
    file = '<ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem>'
    found = story(f"{lines}{file}</NewsComponent>{text.removesuffix('</NewsComponent>')}")
    assert (found.headline, found.byline, found.associations[0].href) == ("Lock shut", "Ida Ruud", "a.jpg")
    called = story(f'<Role FormalName="Photo"/>{lines}{file}</NewsComponent>{text.removesuffix("</NewsComponent>")}')
    assert (called.headline, called.byline, called.associations[0].href) == ("Shut head", "", "a.jpg")


def test_bylines_of_captions_and_summaries_are_not_the_texts() -> None:
    """Unless it has none."""
    lines = "<NewsLines><HeadLine>H</HeadLine><ByLine>{}</ByLine></NewsLines>"
    summary = f'<NewsComponent><Role FormalName="Summary"/>{lines.format("Desk")}</NewsComponent>'
    assert story(lines.format("Ida Ruud") + summary).byline == "Ida Ruud"
    assert story(summary).byline == "Desk"
