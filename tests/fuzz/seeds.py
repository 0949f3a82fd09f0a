"""What mutation begins with: the project's samples, small messages of every format, real wire files where they are."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

from fuzz.files import files

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))

_TEXT = "The ferry stops at noon, the harbour office said on Monday. Ann Doe asked for a second boat."
_NITF = f"""<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>Ferry stops</title><docdata>
<doc-id id-string="EX.1"/><urgency ed-urg="4"/><date.issue norm="20260301T101500Z"/><date.expire norm="20270301"/>
<doc.copyright holder="Example Press" year="2026"/><ed-msg info="Corrects name"/><du-key key="ferry" version="2"/>
<key-list><keyword key="ferry"/></key-list></docdata></head><body><body.head><hedline><hl1>Ferry stops</hl1></hedline>
<byline>By <person>Ann Doe</person></byline><distributor><org>Example Press</org></distributor>
<dateline><location>PORT</location></dateline></body.head><body.content><p>{_TEXT}</p><table><tr><td>1</td></tr></table>
<media media-type="image"><media-reference source="a.jpg"/><media-caption>Boat (EP)</media-caption></media>
</body.content><body.end/></body></nitf>"""
_NEWSML = f"""<?xml version="1.0"?><NewsML><NewsEnvelope><DateAndTime>20260301T101500Z</DateAndTime></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>ep.example</ProviderId><DateId>20260301</DateId>
<NewsItemId>EX1</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
<PublicIdentifier>urn:newsml:ep.example:20260301:EX1:2</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20260301T101500Z</FirstCreated>
<ThisRevisionCreated>20260301T101500Z</ThisRevisionCreated><Status FormalName="Embargoed"/><StatusWillChange>
<FutureStatus FormalName="Usable"/><DateAndTime>20260302T000000Z</DateAndTime></StatusWillChange>
<Urgency FormalName="4"/></NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry stops</HeadLine>
<ByLine>Ann Doe</ByLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName="EP"/></Provider>
</AdministrativeMetadata><ContentItem><DataContent><p>{_TEXT}</p></DataContent></ContentItem></NewsComponent>
</NewsItem></NewsML>"""
_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Port</title><id>urn:x:1</id><entry><id>urn:x:2</id>
<title>Ferry stops</title><updated>2026-03-01T10:15:00Z</updated><author><name>Ann Doe</name></author>
<content type="html">&lt;p&gt;{_TEXT}&lt;/p&gt;</content><link href="https://port.example/1"/></entry></feed>"""
_ATOM_BASE64 = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x:2</id>
<title mode="base64">RmVycnkgc3RvcHM=</title>
<content type="application/octet-stream">PHA+VGhlIGZlcnJ5IHN0b3BzIGF0IG5vb24uPC9wPhs=</content></entry></feed>"""
_RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://port.example/"><title>Port</title></channel>
<item rdf:about="https://port.example/1"><title>Ferry stops</title><description>{_TEXT}</description>
<dc:creator>Ann Doe</dc:creator><dc:date>2026-03-01T10:15:00Z</dc:date></item></rdf:RDF>"""
_JSON_FEED = """{"version":"https://jsonfeed.org/version/1.1","title":"Port","items":[{"id":"1","title":"Ferry stops",
"content_html":"<p>The ferry stops at noon.</p>","date_published":"2026-03-01T10:15:00Z","authors":[{"name":"A"}]}]}"""
_AP = """{"api_version":"2.0","data":{"item":{"altids":{"itemid":"a1","etag":"a1_1"},"version":1,"type":"text",
"headline":"Ferry stops","versioncreated":"2026-03-01T10:15:00Z","pubstatus":"usable","language":"en","urgency":4,
"bylines":[{"by":"By ANN DOE","title":"EP Writer"}],"infosource":[{"name":"EP"}],"subject":[{"code":"e","name":"e"}],
"renditions":{"nitf":{"href":"https://api.example/1"}}}},"nitf":{"body_html":"<p>The ferry stops at noon.</p>"}}"""
_AFP = """{"response":{"docs":[{"uno":"newsml.afp.com.20260301T101500Z.doc-9z","class":"text","revision":2,"lang":"fr",
"urgency":2,"news":["ANNULATION:","Le ferry","Brest (France) (AFP) - Le ferry."],"published":"2026-03-01T10:15:00Z",
"status":"Usable","embargoed":"2026-03-02T00:00:00Z","country":"FRA","country_out":["USA"],"afpentity":{"event":
[{"qcode":"e:1","keyword":"event:f"}]},"bagItem":[{"uno":"p","medias":[{"role":"Preview","width":1,"href":"a"}]}]}]}}"""
_REUTERS = """{"data":{"search":{"items":[{"versionedGuid":"tag:reuters.com,2026:newsml_L1:3","type":"text","urgency":3,
"uri":"tag:reuters.com,2026:newsml_L1","headLine":"Ferry stops","bodyXhtml":"<p>PORT (Reuters) - The ferry.</p>",
"pubStatus":"stat:usable","signal":["edStat:C"],"subject":[{"code":"N2:DE"}],"subjectLocation":[{"city":"Port"}],
"source":[{"literal":"EP","role":"srole:a"}],"associations":[{"uri":"p","renditions":[{"mimeType":"image/png"}]}]}]}}}"""
_RITZAU = f"""<RBNews>
<NewsID>11111111-2222-3333-4444-555555555555</NewsID><PublishDate>2026-03-01T10:15:00</PublishDate>
<strapline>PORT/FERRY</strapline><headline>Ferry stops</headline><town>Port</town><origin>EP</origin>
<version>2</version>
<content>&lt;p&gt;{_TEXT}&lt;/p&gt;</content><Priority>4</Priority><IPTCList><int>4000000</int></IPTCList>
<Annuleret>false</Annuleret><Korrektion>true</Korrektion><byLine>Ann Doe</byLine></RBNews>"""
_APPL = f"""<Publication xmlns="http://ap.org/schemas/03/2005/appl"><Identification><ItemId>a1</ItemId>
<MediaType>Text</MediaType><Priority>4</Priority><DefaultLanguage>en</DefaultLanguage></Identification>
<PublicationManagement><ArrivalDateTime>2026-03-01T10:15:00</ArrivalDateTime><Status>Embargoed</Status>
<FirstCreated Year="2026" Month="3" Day="1" Time="10:15:00"/><ReleaseDateTime>2026-03-02T00:00:00</ReleaseDateTime>
<Editorial><Type>Advance</Type></Editorial></PublicationManagement><NewsLines><HeadLine>Ferry stops</HeadLine>
<ByLine Title="EP Writer">ANN DOE</ByLine></NewsLines><AdministrativeMetadata><Provider>EP</Provider>
</AdministrativeMetadata><DescriptiveMetadata><SubjectClassification Authority="AP Subject">
<Occurrence Id="e" Value="Ferries"/></SubjectClassification></DescriptiveMetadata><PublicationComponent Role="Main">
<TextContentItem><DataContent><nitf><body.content><block><p>{_TEXT}</p></block></body.content></nitf></DataContent>
</TextContentItem></PublicationComponent></Publication>"""
_PLANS = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><conceptItem guid="urn:x:1" version="2">
<contentMeta><urgency>4</urgency></contentMeta><concept><conceptId qcode="e:1"/><type qcode="cpnat:event"/>
<name>Boats start</name><definition role="d:short">Soon</definition><definition>{_TEXT}</definition><eventDetails>
<dates><start>2026-03-01</start><end>2026-03-02</end></dates><location><name>Port</name></location></eventDetails>
</concept></conceptItem><planningItem guid="urn:x:2"><newsCoverageSet><newsCoverage><planning>
<scheduled>2026-03-01T10:15:00Z</scheduled><edNote>Words</edNote></planning><delivery>
<deliveredItemRef guidref="urn:x:3"/></delivery></newsCoverage></newsCoverageSet></planningItem>
</itemSet></newsMessage>"""
_EXTENDED = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:4" version="1"><itemMeta>
<itemClass qcode="ninat:text"/><links xmlns="http://www.infomaker.se/newsml/1.0"><link rel="author" type="x-im/author"
title="Ann Doe" uuid="1"/><link rel="subject" type="x-im/person" title="Bo Roe" uuid="2"/></links></itemMeta>
<contentMeta><headline>Ferry stops</headline><metadata xmlns="http://www.infomaker.se/newsml/1.0">
<object type="x-im/image"><data><width>9</width><height>9</height><text>Boat</text></data></object></metadata>
</contentMeta><contentSet><inlineXML><idf><group type="body"><element id="1" type="headline">Ferry</element>
<element id="2" type="body">{_TEXT}</element></group></idf></inlineXML></contentSet></newsItem>"""
_XMLNEWS = f"""<document><nitf><head><title>Ferry stops</title></head><body><body.content><p>{_TEXT}</p></body.content>
</body></nitf><xn:Resource xmlns:xn="http://www.xmlnews.org/namespaces/meta#"><xn:resourceID>x1</xn:resourceID>
<xn:publicationTime>20260301T101500Z</xn:publicationTime><xn:companyCode>NYSE:EP#90</xn:companyCode>
<xn:vendorData>EP:Keyword=FERRY</xn:vendorData><xn:vendorData>EP:mnembargo=60</xn:vendorData></xn:Resource>
</document>"""
_SPORTS = f"""<sports-content><sports-metadata doc-id="s1" date-time="2026-03-01T10:15:00Z">
<sports-title>Boats</sports-title><sports-content-codes>
<sports-content-code code-type="spct:team" code-key="t:1" code-name="EP"/></sports-content-codes>
</sports-metadata><article><nitf><body><body.content><p>{_TEXT}</p></body.content></body></nitf></article><sports-event>
<event-metadata start-date-time="2026-03-01"/><team><team-metadata><name>EP</name></team-metadata>
<team-stats score="1"/></team></sports-event><standing>
<team><team-metadata><name>EP</name></team-metadata><team-stats points="3"/></team>
</standing></sports-content>"""
_POSTS = """{"posts":[{"id":"a","uuid":"u","comment_id":"a","title":"Ferry stops","html":"<p>The ferry stops.</p>",
"published_at":"2026-03-01T10:15:00Z","status":"published","authors":[{"name":"Ann Doe"}],"tags":[{"name":"Port"}],
"feature_image":"https://port.example/1.jpg","url":"https://port.example/1"}]}"""
_BLOCKS = """{"_id":"A1","type":"story","canonical_url":"/1","headlines":{"basic":"Ferry stops"},
"credits":{"by":[{"name":"Ann Doe"}]},"publish_date":"2026-03-01T10:15:00Z","revision":{"published":true},
"content_elements":[{"type":"text","content":"The ferry <b>stops</b>."},{"type":"list","items":[{"type":"text",
"content":"Noon"}]},{"type":"quote","content_elements":[{"type":"text","content":"We wait."}]}]}"""
_DPA = """{"entries":[{"entry_id":"1-a","urn":"urn:newsml:dpa.com:20260301:1","version":3,"pubstatus":"usable",
"urgency":3,"version_created":"2026-03-01T11:15:00+01:00","language":"de","headline":"Ferry stops",
"dateline":"Kiel (dpa)",
"article_html":"<section class='main'><p>The ferry stops.</p></section>","notepad":{"header_html":"<p>Corrects</p>"},
"categories":[{"type":"dnltype:desk","qcode":"wi","name":"B"}],"associations":[{"rel":"image","urn":"urn:x:2",
"caption":"Boat","renditions":[{"url":"https://a.example/l.jpg","width":8}]}],"_wireq_receipt":"A"}]}"""
_ANSA = """{"idAnsa":1,"renderResult":{"documents":[{"metadataMap":{"idAnsa":{"fieldValues":[{"value":"ansa:1"}]},
"title_B":{"fieldValues":[{"value":"Boat"}]},"status":{"fieldValues":[{"value":"stat:usable"}]},
"pubDate_N":{"fieldValues":[{"value":"2026-03-01T11:15:00+01:00"}]},
"product":{"fieldValues":[{"value":"PBDM"},{"value":"0099"}]}}}]}}"""
_FINGERPOST = """{"uri":"http://XT_API/ab/2026-03-01T10:15:00.000Z/2","source-feed":"PA_API","usn":"ab","version":"2",
"format":"GOA-WIRES-NINJS","slug":"PORT FERRY","headline":"Ferry stops","priority":"4",
"subjects":{"code":["iptccat:F"]},"keywords":"boats+port towns",
"agencyMetadata":{"subject":[{"code":"medtop:1"}]},"body_text":"<p>It stops.</p>"}"""
_SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://port.example/1</loc>
<lastmod>2026-03-01T10:15:00Z</lastmod><n:news><n:publication><n:name>Port</n:name><n:language>en</n:language>
</n:publication><n:publication_date>2026-03-01</n:publication_date><n:title>Ferry stops</n:title>
<n:keywords>ferry, port</n:keywords></n:news></url></urlset>"""
_MAIL = f"""From: Desk <desk@ep.example>\r\nTo: copy@port.example\r\nSubject: =?utf-8?q?Ferry_st=C3=B6ps?=\r
Message-ID: <1@ep.example>\r\nDate: Sun, 01 Mar 2026 10:15:00 +0000\r\nMIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r\n\r\n{_TEXT}=20\r\n\r\nEP\r\n--b1\r
Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>{_TEXT}</p>\r\n--b1--\r\n"""
_ANPA = (
    "\x16\x16\x01a0123\x1fbxfer\nr i\x13\x11 BC-Ferry 1stLd-Writethru   03-01 0018\n\x02^BC-Ferry,1st Ld,18<\n"
    "^Ferry stops<\n^By ANN DOE=\n^Example Press Writer=\n"
    f"\t{_TEXT}\n\t(More)\n\x03EP-EX-03-01-26 1015GMT<\n\n\x04"
)
_IPTC = (
    "\x16\x16\x01bep0123 4 pl 123  EP 0045\n\nFerry/\n\n\x02Ferry stops =\n\n   Port (EP) - "
    f"{_TEXT}\n\n   The boat is old.\n\nEP ad jo\n011015 Mrz 26\n\x03\x04"
)
INVENTED = (
    *(text.encode() for text in (_NITF, _NEWSML, _ATOM, _RDF, _JSON_FEED, _AP, _AFP, _REUTERS, _RITZAU, _APPL, _MAIL)),
    *(text.encode() for text in (_PLANS, _EXTENDED, _XMLNEWS, _SPORTS, _ATOM_BASE64)),
    *(text.encode() for text in (_POSTS, _BLOCKS, _SITEMAP, _DPA, _ANSA, _FINGERPOST)),
    _ANPA.encode("latin-1"),
    _IPTC.encode("latin-1"),
)


def seeds() -> tuple[bytes, ...]:
    """Messages that are well formed, in an order that does not change."""
    samples = sorted((ROOT / "deploy" / "samples").iterdir())
    wires = SHARED / "wires"
    real = sorted(path for path in wires.glob("*/*")) if wires.is_dir() else []
    plain = (*INVENTED, *files(), *(path.read_bytes() for path in (*samples, *real)))
    return (*plain, gzip.compress(plain[0], mtime=0), _zipped(plain[:6]))


def _zipped(members: tuple[bytes, ...]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, member in enumerate(members):
            bundle.writestr(zipfile.ZipInfo(f"{number}.txt"), member)
    return target.getvalue()
