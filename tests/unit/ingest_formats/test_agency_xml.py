"""XML that agencies made for themselves: read by what the table says of its elements."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject

RITZAU = """<?xml version="1.0"?>
<XMLNewsQueuedResponse xmlns="http://tempuri.org/"><XMLNewsQueuedResult xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
<error xmlns="">0</error><ListOfRBNews xmlns="">
<RBNews><NewsID>11111111-2222-3333-4444-555555555555</NewsID><PublishDate>2026-07-01T09:30:00.25</PublishDate>
<strapline>NET/HAVN/FÆRGE</strapline><headline>Færge indstiller sejlads</headline>
<subtitle>Havnen får en ny kaj.&lt;br /&gt;</subtitle><town>Svaneke</town>
<origin>/ritzau/</origin><section>Indland</section>
<version>2</version><Replaces i:nil="true"/>
<content>&lt;p&gt;Færgen sejler ikke mandag.&lt;/p&gt;
&lt;p&gt;Det siger havnen &amp;amp;quot;selv&amp;amp;quot;.&lt;/p&gt;</content>
<HistID>ABC-1</HistID><Priority>4</Priority>
<IPTCList xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"><a:int>4000000</a:int></IPTCList>
<Annuleret>%s</Annuleret><NyVersion>true</NyVersion><Korrektion>false</Korrektion><byLine>Ane Doe</byLine>
<TilRedaktionen>&lt;p&gt;Nyt i tredje afsnit.&lt;/p&gt;</TilRedaktionen></RBNews>
<RBNews><NewsID>11111111-2222-3333-4444-666666666666</NewsID><PublishDate>2026-01-01T09:30:00</PublishDate>
<headline i:nil="true"/><content>&lt;p&gt;Kort.&lt;/p&gt;</content><Annuleret>false</Annuleret></RBNews>
</ListOfRBNews></XMLNewsQueuedResult></XMLNewsQueuedResponse>"""
JIMI = """<?xml version="1.0" encoding="utf-8"?>
<Publish><Services>Print</Services><PscCodes>desk</PscCodes>
<ContentItem><SystemSlug>0123456789ABCDEF0123456789ABCDEF</SystemSlug>
<FileName>h1</FileName><Headline>Ferry stops</Headline><Headline2>Ferry stops at noon</Headline2>
<ContentType>%s</ContentType>
<SlugProper>Port-Ferry</SlugProper><Credit>EXAMPLE PRESS</Credit><Source>Example Press</Source><Byline>Ann Doe</Byline>
<EditorNote>Will be updated</EditorNote>%s<IndexCode>Justice,Atlantic</IndexCode><RankingValue>2</RankingValue>
<EmbargoTime>%s</EmbargoTime><Language>2</Language><CreatedDateTime>2026-03-01T10:15:00</CreatedDateTime>
<UpdatedDateTime>2026-03-01T06:30:00-05:00</UpdatedDateTime><Keyword>boats,
 ports</Keyword><City>Port</City><Country>Canada</Country>%s</ContentItem></Publish>"""
KOREA = """<?xml version="1.0" encoding="UTF-8"?>
<response><header><resultCode>0</resultCode></header><body><NewsItem><NewsItemId>77</NewsItemId>
<ContentsStatus>%s</ContentsStatus><ModifyId>%s</ModifyId><ModifyDate>03/02/2026 10:05:00</ModifyDate>
<ApproveDate>03/02/2026 10:00:00</ApproveDate><ApproverName>한가람</ApproverName>
<EmbargoDate>03/03/2026 09:00:00</EmbargoDate><GroupingCode>policy</GroupingCode>
<Title><![CDATA[부두가 다시 열린다]]></Title><SubTitle1><![CDATA[첫 배는<br>월요일]]></SubTitle1>
<DataContents><![CDATA[<p>부두가 &quot;다시&quot; 열린다.</p>]]></DataContents><MinisterCode>해양부</MinisterCode>
<OriginalUrl>https://ex.example/77</OriginalUrl><OriginalimgUrl>https://ex.example/77.png</OriginalimgUrl>
<KoglType>1</KoglType></NewsItem></body></response>"""
CISION = """<Releases><Release Id="5" DetailUrl="https://ex.example/5" PublishDateUtc="2026-03-02T07:30:00"
LastChangeDateUtc="2026-03-02T07:31:00"><Title>Bolaget köper kajen</Title><Intro>Affären är klar.</Intro>
<Body>Kajen byter ägare.</Body></Release><Release Id="6" PublishDateUtc="2026-03-01T07:30:00"><Title>Nytt kontor</Title>
</Release></Releases>"""
CISION_FEED = """<NewsFeed><TotalFoundReleases>1</TotalFoundReleases><Releases><PressRelease><Id>7</Id>
<EncryptedId>AB</EncryptedId><SourceName>Kaj AB</SourceName><InformationType>PRM</InformationType>
<LanguageCode>en</LanguageCode><PublishDate>2026-03-02T07:30:00Z</PublishDate><Title>Quay sold</Title>
<Intro>The deal is done.</Intro><Body>x</Body><HtmlBody>&lt;p&gt;The quay has a new owner.&lt;/p&gt;</HtmlBody>
<Contact>Siv Doe, +46 1</Contact><CisionWireUrl>https://ex.example/7</CisionWireUrl><Images><ReleaseImage>
<Description>The quay</Description><DownloadUrl>https://ex.example/7.jpg</DownloadUrl></ReleaseImage></Images>
</PressRelease></Releases></NewsFeed>"""
TEXT = "<ContentText>&lt;p&gt;The ferry&amp;nbsp;stops.&lt;/p&gt;&lt;p&gt;Boats wait.&lt;/p&gt;</ContentText>"
PICTURE = "<EnglishCaption>A ferry at Port. (EP/Ann Doe)</EnglishCaption><ContentRef>EP1-1_2026.jpg</ContentRef>"
RELEASE = """<?xml version="1.0" encoding="UTF-8"?>
<release id="42" lang="no"><!-- Long URL --><longurl>https://releases.example/ferge?releaseId=42</longurl>
<body>&lt;p&gt;Fergen g&amp;aring;r ikke.&lt;/p&gt;</body><embargo>%s</embargo><leadtext>Havnen bygges om.</leadtext>
<publicationDate>01.07.2026 12:17</publicationDate><title>Fergen innstilles</title>
<type id="1"><label>Pressemelding</label></type>
<images><image id="7"><url>https://releases.example/7.jpg</url><caption>Fergen</caption></image></images>
<categories><category id="3"><label>Samferdsel</label></category></categories>
<publisher id="5"><name>Havnevesenet</name></publisher></release>"""
APPL = """<?xml version="1.0" encoding="utf-8"?>
<Publication Version="5.3.2" xmlns="http://ap.org/schemas/03/2005/appl"><Identification>
<ItemId>0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a01</ItemId><RecordId>0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a02</RecordId>
<MediaType>%s</MediaType><Priority>4</Priority><DefaultLanguage>en-us</DefaultLanguage>
<RecordSequenceNumber>3</RecordSequenceNumber><FriendlyKey>123</FriendlyKey></Identification>
<PublicationManagement><RecordType>Change</RecordType><ArrivalDateTime>2026-04-16T13:08:05</ArrivalDateTime>
<FirstCreated Year="2026" Month="4" Day="6" %s/><Status>%s</Status>
<ReleaseDateTime>2026-04-18T04:00:00</ReleaseDateTime><SpecialInstructions>Eds: Updates.</SpecialInstructions>
<Editorial LeadNum="0"><Type>%s</Type></Editorial>
<AssociatedWith CompositionType="StandardPrintPhoto">0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a09</AssociatedWith>
<AssociatedWith CompositionType="StandardText">00000000000000000000000000000000</AssociatedWith></PublicationManagement>
<NewsLines><Title>US--Port Ferry</Title><HeadLine>Ferry stops</HeadLine>
<ExtendedHeadLine>Ferry stops at noon</ExtendedHeadLine>
<ByLine Title="Example Writer">ANN DOE</ByLine><DateLine>PORT, Maine</DateLine>
<CopyrightLine>Copyright 2026 Example.</CopyrightLine><ByLineOriginal>By ANN DOE</ByLineOriginal></NewsLines>
<AdministrativeMetadata><Provider Type="AP">AP</Provider><Creator>AP</Creator>
<Source Type="ThirdParty">Example Press</Source>
</AdministrativeMetadata><RightsMetadata><Copyright Holder="Example" Date="2026"/></RightsMetadata>
<DescriptiveMetadata><SubjectClassification System="Editorial" Authority="AP Category Code">
<Occurrence Id="n" Value="n"/></SubjectClassification><SubjectClassification Authority="AP Subject" System="Teragram">
<Occurrence Id="0b01" Value="Boats"/></SubjectClassification><EntityClassification Authority="AP Party">
<Occurrence Id="0b02" Value="Ann Roe"/></EntityClassification><EntityClassification Authority="AP Organization"/>
<SalesClassification Authority="AP Sales Code"><Occurrence Id="0b03" Value="Basic"/></SalesClassification>
</DescriptiveMetadata>%s</Publication>"""
PART = """<PublicationComponent Role="%s" MediaType="Text"><TextContentItem><DataContent>%s</DataContent>
<Characteristics Format="NITF"><Words>3</Words></Characteristics></TextContentItem></PublicationComponent>"""
NITF = """<nitf><body.content><!-- Language --><lang lang='en'></lang>
<block><p>%s</p><p>Boats wait.</p></block></body.content></nitf>"""
AT = 'Time="09:57:11"'
NEVER = "0001-01-01T00:00:00"


def story(text: str) -> Story:
    """The first story of a message."""
    parsed = parse(text.encode())
    assert parsed.format == "agency-xml"
    return parsed.stories[0]


def test_ritzau() -> None:
    """Ritzau's feed: identity, text, note, makers, subjects by IPTC's numbers with the zeros that are left out."""
    found = story(RITZAU % "false")
    assert (found.guid, found.version, found.urgency) == ("11111111-2222-3333-4444-555555555555", "2", 4)
    assert (found.headline, found.subheadline) == ("Færge indstiller sejlads", "Havnen får en ny kaj.")
    assert found.paragraphs == ("Færgen sejler ikke mandag.", 'Det siger havnen "selv".')
    assert (found.slugline, found.keywords) == ("NET/HAVN/FÆRGE", ("NET", "HAVN", "FÆRGE"))
    assert (found.provider, found.byline, found.dateline) == ("Ritzau", "Ane Doe", "Svaneke")
    assert (found.ed_note, found.signals, found.pubstatus) == ("Nyt i tredje afsnit.", ("sig:update",), "usable")
    assert Subject(scheme="subj", code="04000000") in found.subjects
    assert CreditElement(where="source", value="/ritzau/") in found.credits


def test_europa_press() -> None:
    """Its date and its time are in two elements, by Madrid's clock; a picture has a name and a caption."""
    found = story(
        "<NOTICIA><CODIGO>20260321181604</CODIGO><SERVICIO>ZZ</SERVICIO><SECCION>POL</SECCION><TIPOINFO>PLT</TIPOINFO>"
        "<FECHA>21/07/2026</FECHA><HORA>18:16:04</HORA><ANTETITULO>Puerto</ANTETITULO>"
        "<TITULAR>El transbordador para</TITULAR><ENTRADILLA>No zarpa.</ENTRADILLA>"
        "<CONTENIDO>&lt;p&gt;El lunes no zarpa.&lt;/p&gt;</CONTENIDO>"
        "<FOTO><NOMBRE>p1.jpg</NOMBRE><PIE>El puerto</PIE></FOTO></NOTICIA>"
    )
    assert (found.guid, found.headline, found.subheadline) == ("20260321181604", "El transbordador para", "Puerto")
    assert (found.summary, found.paragraphs) == ("No zarpa.", ("El lunes no zarpa.",))
    assert found.version_created == datetime(2026, 7, 21, 16, 16, 4, tzinfo=UTC)
    assert found.provider == "Europa Press"
    assert CreditElement(where="service", value="ZZ") in found.credits
    assert found.associations == (Association(rel="association", type="picture", href="p1.jpg", caption="El puerto"),)


def test_ritzaus_clock() -> None:
    """Times without a zone are Copenhagen's, in summer and in winter."""
    first, second = parse((RITZAU % "false").encode()).stories
    assert first.version_created == datetime(2026, 7, 1, 7, 30, 0, 250_000, tzinfo=UTC)
    assert second.version_created == datetime(2026, 1, 1, 8, 30, tzinfo=UTC)


def test_ritzau_takes_a_story_back() -> None:
    """What is said to be annulled is canceled."""
    assert story(RITZAU % "true").pubstatus == "canceled"


def test_canadian_press() -> None:
    """A story of the Canadian Press: the slug that stays is its identity, the time of the update its version."""
    found = story(JIMI % ("Text", "<UpdateNote>RECASTS</UpdateNote>", NEVER, TEXT))
    assert (found.guid, found.version) == ("0123456789ABCDEF0123456789ABCDEF", "2026-03-01T11:30:00Z")
    assert (found.headline, found.language, found.urgency) == ("Ferry stops at noon", "fr", 2)
    assert found.paragraphs == ("The ferry stops.", "Boats wait.")
    assert found.first_created == datetime(2026, 3, 1, 10, 15, tzinfo=UTC)
    assert (found.embargo, found.signals) == (None, ("sig:update",))
    assert (found.provider, found.creditline, found.byline) == ("Example Press", "EXAMPLE PRESS", "Ann Doe")
    assert found.keywords == ("boats", "ports")
    assert [one.name for one in found.places] == ["Port", "Canada"]
    assert found.ed_note == "Will be updated\nRECASTS"
    assert CreditElement(where="service", value="desk") in found.credits


def test_an_embargo_of_the_canadian_press() -> None:
    """Its embargo is by Toronto's clock; one that cannot be read withholds the story."""
    until = story(JIMI % ("Text", "", "2026-03-02T06:00:00", TEXT))
    assert (until.embargo, until.pubstatus) == (datetime(2026, 3, 2, 11, tzinfo=UTC), "usable")
    assert story(JIMI % ("Text", "", "tomorrow", TEXT)).pubstatus == "withheld"


def test_a_picture_of_the_canadian_press() -> None:
    """A picture has its caption as text and its file beside it."""
    found = story(JIMI % ("Photo", "", NEVER, PICTURE))
    assert (found.type, found.paragraphs) == ("picture", ("A ferry at Port. (EP/Ann Doe)",))
    assert found.associations == (Association(rel="rendition", type="picture", href="EP1-1_2026.jpg"),)


def test_a_press_release() -> None:
    """A release by NTB, STT, TT or Ritzau: who issued it provides it, days come before months."""
    found = story(RELEASE % "")
    assert (found.guid, found.language, found.headline) == ("42", "no", "Fergen innstilles")
    assert found.version_created == datetime(2026, 7, 1, 10, 17, tzinfo=UTC)
    assert (found.paragraphs, found.summary) == (("Fergen går ikke.",), "Havnen bygges om.")
    assert (found.provider, found.subjects[0].name) == ("Havnevesenet", "Samferdsel")
    assert found.associations[0].caption == "Fergen"
    assert found.links == (Link(href="https://releases.example/ferge?releaseId=42", rel="canonical"),)
    assert story(RELEASE % "02.07.2026 06:00").embargo == datetime(2026, 7, 2, 4, tzinfo=UTC)


def test_appl() -> None:
    """AP's APPL: what its JSON says too, with the same identifiers and schemes; texts in other roles are no body."""
    parts = PART % ("Main", "<anpa>x</anpa>") + PART % ("Caption", NITF % "A ferry.")
    found = story(
        APPL % ("Text", AT, "Usable", "Lead", parts + PART % ("Main", NITF % "PORT, Maine (AP) \u2014 It stops."))
    )
    assert (found.guid, found.version, found.language) == ("0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a01", "3", "en-us")
    assert (found.headline, found.subheadline, found.slugline) == (
        "Ferry stops",
        "Ferry stops at noon",
        "US--Port Ferry",
    )
    assert found.paragraphs == ("PORT, Maine (AP) \u2014 It stops.", "Boats wait.")
    assert (found.urgency, found.pubstatus, found.embargo) == (4, "usable", None)
    assert found.first_created == datetime(2026, 4, 6, 9, 57, 11, tzinfo=UTC)
    assert found.version_created == datetime(2026, 4, 16, 13, 8, 5, tzinfo=UTC)
    assert (found.provider, found.byline, found.dateline) == ("AP", "By ANN DOE", "PORT, Maine")
    category, about = (
        Subject(scheme="category", code="n"),
        Subject(scheme="http://cv.ap.org/id/", code="0b01", name="Boats"),
    )
    assert (found.subjects, [one.name for one in found.people]) == ((category, about), ["Ann Roe"])
    assert CreditElement(where="source", value="Example Press", role="ThirdParty") in found.credits
    assert CreditElement(where="byline", value="ANN DOE", role="Example Writer") in found.credits
    picture = Association(rel="association", type="picture", guid="0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a09")
    assert found.associations == (picture,)
    assert found.ed_note == "Eds: Updates."


def test_an_appl_that_may_not_be_used_yet() -> None:
    """A release time is an embargo with the types that mean one; what is killed is canceled."""
    body = PART % ("Main", NITF % "It stops.")
    advance = story(APPL % ("Text", "", "Embargoed", "HOLDFORRELEASE", body))
    assert (advance.embargo, advance.pubstatus) == (datetime(2026, 4, 18, 4, tzinfo=UTC), "usable")
    assert advance.first_created == datetime(2026, 4, 6, tzinfo=UTC)
    assert story(APPL % ("Text", "", "Embargoed", "Lead", body)).pubstatus == "withheld"
    assert story(APPL % ("Text", "", "Usable", "Kill", body)).pubstatus == "canceled"


def test_a_picture_in_appl() -> None:
    """A picture has its caption as text and its file; an item goes with it by its identifier."""
    file = '<PublicationComponent Role="Main" MediaType="Photo"><PhotoContentItem Href="a.jpg"/></PublicationComponent>'
    found = story(APPL % ("Photo", AT, "Unknown", "Lead", file + PART % ("Caption", NITF % "A ferry.")))
    assert (found.type, found.paragraphs, found.pubstatus) == ("picture", ("A ferry.", "Boats wait."), "usable")
    assert [(one.rel, one.href) for one in found.associations] == [("association", ""), ("rendition", "a.jpg")]


def test_korea_s_policy_briefing() -> None:
    """Revisions count, times are Seoul's, the ministry is the provider, the open licence is among the terms."""
    (found,) = parse((KOREA % ("U", "3")).encode()).stories
    assert (found.guid, found.version, found.headline) == ("77", "3", "부두가 다시 열린다")
    assert (found.subheadline, found.paragraphs) == ("첫 배는 월요일", ('부두가 "다시" 열린다.',))
    assert found.version_created == datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
    assert found.embargo == datetime(2026, 3, 3, tzinfo=UTC)
    assert (found.provider, found.usage_terms, found.signals) == ("해양부", "공공누리 제1유형", ("sig:update",))
    assert found.links == (Link(href="https://ex.example/77", rel="canonical"),)
    assert found.associations == (Association(rel="association", type="picture", href="https://ex.example/77.png"),)


def test_nitf_in_a_wrapper_of_such_a_name() -> None:
    """Where a feed says that it is NITF, it is read as that."""
    nitf = "<nitf><head><docdata><doc-id id-string='a'/></docdata><title>T</title></head><body/></nitf>"
    data = f"<response>{nitf}</response>".encode()
    assert [one.guid for one in parse(data, hint="application/nitf+xml").stories] == ["a"]
    with pytest.raises(Unparseable, match="an agency's story"):
        parse(data)


def test_korea_s_policy_briefing_takes_a_text_back() -> None:
    """What was deleted is cancelled; a revision that is no number leaves the time to tell versions."""
    (found,) = parse((KOREA % ("D", "editor2")).encode()).stories
    assert (found.pubstatus, found.version) == ("canceled", "2026-03-02T01:05:00Z")


def test_cision_s_list_of_releases() -> None:
    """Each is a story, its attributes say which and when."""
    first, second = parse(CISION.encode()).stories
    assert (first.guid, first.headline, first.summary) == ("5", "Bolaget köper kajen", "Affären är klar.")
    assert first.paragraphs == ("Kajen byter ägare.",)
    assert first.first_created == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert (first.version, second.version) == ("2026-03-02T07:31:00Z", "2026-03-01T07:30:00Z")


def test_cision_s_news_feed() -> None:
    """The company is the provider; markup is taken before plain text."""
    (found,) = parse(CISION_FEED.encode()).stories
    assert (found.guid, found.provider, found.language) == ("7", "Kaj AB", "en")
    assert found.paragraphs == ("The quay has a new owner.",)
    assert (found.ed_note, found.alt_ids) == ("Siv Doe, +46 1", (Subject(scheme="cision-encryptedid", code="AB"),))
    assert found.associations == (
        Association(rel="association", type="picture", href="https://ex.example/7.jpg", caption="The quay"),
    )


@pytest.mark.parametrize(
    "text", ["<release><title>1.2</title><notes>Faster.</notes></release>", "<Publish/>", "<RBNews/>", "<Publication/>"]
)
def test_other_messages_with_such_a_root(text: str) -> None:
    """What has the root but not the elements of a story is refused, with its root named."""
    with pytest.raises(Unparseable, match="leave it out"):
        parse(text.encode())


SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://post.example/about</loc></url>
<url><loc>https://post.example/ferry</loc><lastmod>2026-03-01T11:15:00+01:00</lastmod><news:news>
<news:publication><news:name>Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-03-01T09:00:00Z</news:publication_date><news:title>Ferry &amp; harbour</news:title>
<news:keywords>ferry, port</news:keywords></news:news>
<image:image><image:loc>https://post.example/1.jpg</image:loc></image:image></url></urlset>"""


def test_a_sitemap_of_news() -> None:
    """Each entry with news is a story without a text, known by its address; others are none."""
    (found,) = parse(SITEMAP.encode()).stories

    assert (found.guid, found.headline, found.language) == ("https://post.example/ferry", "Ferry & harbour", "en")
    assert (found.provider, found.keywords, found.paragraphs) == ("Post", ("ferry", "port"), ())
    assert found.first_created == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert found.version == "2026-03-01T10:15:00Z"
    assert found.links == (Link(href=found.guid, rel="canonical"),)
    assert [one.href for one in found.associations] == ["https://post.example/1.jpg"]


def test_a_sitemap_without_news() -> None:
    """A sitemap of pages is refused."""
    with pytest.raises(Unparseable, match="urlset"):
        parse(b"<urlset><url><loc>https://post.example/</loc></url></urlset>")
