"""XMLNews-Meta beside NITF, as distributors of many wires send them. Nothing here is from a real wire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Link, Story, Subject

NITF = (
    "<nitf><head><title>Mills report a profit</title></head><body><body.head><hedline><hl1>Mills report a profit</hl1>"
    "</hedline>%s</body.head><body.content><p>The mills made money.</p></body.content></body></nitf>"
)
RESOURCE = """<xn:Resource xmlns:xn="http://www.xmlnews.org/namespaces/meta#">
<xn:providerName>Example Wire</xn:providerName><xn:serviceName>Companies</xn:serviceName>
<xn:resourceID>EX_2026_17</xn:resourceID><xn:publicationTime>20260301T083000-0500</xn:publicationTime>
<xn:receivedTime>20260301T083105-0500</xn:receivedTime><xn:title>Mills report</xn:title>
<xn:description>A good year.</xn:description><xn:language>lang.en</xn:language>
<xn:copyright>(c) 2026 Example Wire</xn:copyright><xn:companyCode>NYSE:ELM#100</xn:companyCode>
<xn:industryCode>IS/textiles#9</xn:industryCode><xn:locationCode>LC/us.nc#80</xn:locationCode>%s</xn:Resource>"""


def message(more: str = "", said: str = "") -> bytes:
    """A document of one story and its resource."""
    return f'<?xml version="1.0"?><document>{NITF % said}{RESOURCE % more}</document>'.encode()


def story(more: str = "", said: str = "") -> Story:
    """Its story."""
    return parse(message(more, said)).stories[0]


def vendor(*data: str) -> str:
    """Data of a vendor's own."""
    return "".join(f"<xn:vendorData>EXAMPLE_:{one}</xn:vendorData>" for one in data)


def test_a_resource_tells_of_the_document_beside_it() -> None:
    """Identifier, times, origin and codes come from the resource, the text from the document."""
    parsed = parse(message())
    (found,) = parsed.stories
    assert (parsed.format, found.guid, found.headline) == ("nitf", "EX_2026_17", "Mills report a profit")
    assert found.version_created == datetime(2026, 3, 1, 13, 30, tzinfo=UTC)
    assert found.first_created == datetime(2026, 3, 1, 13, 31, 5, tzinfo=UTC)
    assert (found.language, found.summary, found.provider) == ("en", "A good year.", "Example Wire")
    assert found.copyright_notice == "(c) 2026 Example Wire"
    assert found.organisations == (Subject(scheme="companyCode", code="NYSE:ELM"),)
    assert found.subjects == (Subject(scheme="industryCode", code="IS/textiles"),)
    assert found.places == (Subject(scheme="locationCode", code="LC/us.nc"),)
    assert [(credit.where, credit.value) for credit in found.credits] == [
        ("provider", "Example Wire"),
        ("service", "Companies"),
        ("copyrightnotice", "(c) 2026 Example Wire"),
    ]


def test_what_the_document_says_itself_stands() -> None:
    """Its own lines are not replaced."""
    found = story(
        said="<byline>By Ada Quill</byline><distributor>Quill Agency</distributor><abstract><p>So.</p></abstract>"
    )
    assert (found.byline, found.provider, found.summary) == ("By Ada Quill", "Quill Agency", "So.")


def test_a_vendor_s_own_data() -> None:
    """Its names are looked up, whoever the vendor is; a number of its own is the identifier."""
    found = story(
        vendor(
            "Document ID=urn:ex:17",
            "Keyword=MILLS",
            "Keyword=Two words",
            "PA Priority=4",
            "Expiration Date=2026-04-01T00:00:00Z",
            "Url=https://ex.example/17",
            "Special Code=SU/X$",
            "Word Count=4",
        )
    )
    assert (found.guid, found.urgency) == ("urn:ex:17", 4)
    assert found.alt_ids == (Subject(scheme="resourceID", code="EX_2026_17"),)
    assert found.keywords == ("MILLS", "Two words")
    assert found.expires == datetime(2026, 4, 1, tzinfo=UTC)
    assert found.links == (Link(href="https://ex.example/17", rel="canonical"),)
    assert Subject(scheme="Special-Code", code="SU/X$") in found.subjects


@pytest.mark.parametrize(
    ("more", "embargo"),
    [
        (vendor("mnembargo=600"), datetime(2026, 3, 1, 13, 40, tzinfo=UTC)),
        (vendor("mnembargo=soon"), None),
        ("<xn:releaseTime>20260302T000000Z</xn:releaseTime>", datetime(2026, 3, 2, tzinfo=UTC)),
        ("<xn:releaseTime>20260301T083000-0500</xn:releaseTime>", None),
    ],
)
def test_embargoes(more: str, embargo: datetime | None) -> None:
    """A release after publication, or so many seconds after it."""
    assert story(more).embargo == embargo


def test_each_document_has_the_resource_behind_it() -> None:
    """Of several documents in a message, one without a resource has none."""
    one = NITF % ""
    data = f"<document>{one}{RESOURCE % ''}{one.replace('Mills', 'Mines')}</document>".encode()
    first, second = parse(data).stories
    assert (first.provider, second.provider, second.headline) == ("Example Wire", "", "Mines report a profit")


def test_other_documents_are_refused() -> None:
    """A root of this name says nothing by itself."""
    with pytest.raises(Unparseable, match="no nitf element"):
        parse(b"<document><title>A list</title></document>")
