"""Atom entries as AP WebFeeds sends them: a slug for a title, NITF for content, AP's own elements for the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import CreditElement, Story, Subject

MANAGED = "<apnm:NewsManagement>{}</apnm:NewsManagement>"
NITF = (
    '<content type="text/xml"><nitf xmlns=""><body><body.head><hedline><hl1>Ferry back in service</hl1></hedline>'
    '</body.head><body.content><block id="Main"><p>PORT SAMPLE (AP) — It sails.</p></block>'
    '<media media-type="Photo"><media-reference id="p1" mime-type="image/jpeg" source="https://ap.example/p1.jpg" '
    'width="800" height="600"/><media-caption><p>The ferry</p></media-caption>'
    "<media-producer>AP</media-producer></media></body.content></body></nitf></content>"
)


def story(inside: str) -> Story:
    """The story of an entry with this in it."""
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:apcm="http://ap.org/schemas/03/2005/apcm" '
        'xmlns:apnm="http://ap.org/schemas/03/2005/apnm"><title>Feed</title><entry><title>BC-UT--Ferry, 1st Ld</title>'
        f"<id>urn:publicid:example:content-1</id><updated>2026-03-02T10:00:00Z</updated>{inside}</entry></feed>"
    )
    return parse(entry.encode()).stories[0]


def test_the_schema_of_2010_says_the_same() -> None:
    """ContentMetadata in a namespace of its own; the feed of some names none for Atom."""
    space = "http://ap.org/schemas/03/2010/contentmetadata"
    lines = "<a:ContentMetadata><a:ExtendedHeadLine>Ferry sails again</a:ExtendedHeadLine></a:ContentMetadata>"
    entry = f'<feed xmlns:a="{space}"><entry><summary>It sails from Port Sample.</summary>{lines}</entry></feed>'
    assert parse(entry.encode()).stories[0].headline == "Ferry sails again"


def test_lines_and_identity_are_those_that_ap_states() -> None:
    """The title is a slug; ManagementId stays while the content's identifier changes."""
    found = story(
        MANAGED.format(
            "<apnm:ManagementId>urn:publicid:example:story-1</apnm:ManagementId>"
            "<apnm:ManagementSequenceNumber>3</apnm:ManagementSequenceNumber>"
            "<apnm:PublishingStatus>Usable</apnm:PublishingStatus>"
            "<apnm:PublishingSpecialInstructions>Eds: Adds quote.</apnm:PublishingSpecialInstructions>"
        )
        + "<apcm:ContentMetadata><apcm:HeadLine>Ferry sails again</apcm:HeadLine>"
        '<apcm:SlugLine>UT--Ferry</apcm:SlugLine><apcm:ByLine Title="Associated Press">By JO SAMPLE</apcm:ByLine>'
        "<apcm:DateLine>PORT SAMPLE (AP)</apcm:DateLine>"
        '<apcm:Source>AP</apcm:Source><apcm:Priority Numeric="4" Legacy="r"/><apcm:MediaType>Text</apcm:MediaType>'
        "<apcm:Keywords>Ferry, Port</apcm:Keywords>"
        '<apcm:DateLineLocation City="Port Sample" CountryName="Utopia"/>'
        '<apcm:SubjectClassification Authority="AP Subject" Id="s1" Value="Shipping"/>'
        '<apcm:SubjectClassification Authority="AP Category Code" Value="n"/>'
        '<apcm:EntityClassification Authority="AP Party" Id="p9" Value="Jo Roe"/>'
        '<apcm:EntityClassification Authority="AP Company" Value="Ferry Co"/></apcm:ContentMetadata>' + NITF
    )
    assert (found.guid, found.version) == ("urn:publicid:example:story-1", "3")
    assert Subject(scheme="atom:id", code="urn:publicid:example:content-1") in found.alt_ids
    assert (found.headline, found.slugline, found.urgency) == ("Ferry sails again", "UT--Ferry", 4)
    assert (found.byline, found.dateline, found.ed_note) == ("By JO SAMPLE", "PORT SAMPLE (AP)", "Eds: Adds quote.")
    assert found.credits[:3] == (
        CreditElement(where="byline", value="By JO SAMPLE", role="Associated Press"),
        CreditElement(where="dateline", value="PORT SAMPLE (AP)"),
        CreditElement(where="source", value="AP"),
    )
    assert found.subjects == (
        Subject(scheme="AP Subject", code="s1", name="Shipping"),
        Subject(scheme="AP Category Code", code="n"),
    )
    assert [one.name for one in found.places] == ["Port Sample", "Utopia"]
    assert (found.people[0].name, found.organisations[0].code) == ("Jo Roe", "Ferry Co")
    assert found.keywords == ("Ferry", "Port")
    assert found.paragraphs == ("PORT SAMPLE (AP) — It sails.",)
    assert [(one.href, one.caption, one.creditline) for one in found.associations] == [
        ("https://ap.example/p1.jpg", "The ferry", "AP")
    ]


@pytest.mark.parametrize(
    ("status", "pubstatus", "embargo"),
    [
        ("<apnm:PublishingStatus>Canceled</apnm:PublishingStatus>", "canceled", None),
        ("<apnm:PublishingStatus>Withheld</apnm:PublishingStatus>", "withheld", None),
        ("<apnm:PublishingStatus>Embargoed</apnm:PublishingStatus>", "withheld", None),
        (
            '<apnm:PublishingStatus statusChangeOn="2026-03-03T05:00:00">Embargoed</apnm:PublishingStatus>',
            "usable",
            datetime(2026, 3, 3, 5, tzinfo=UTC),
        ),
    ],
)
def test_nothing_held_or_killed_passes_for_usable(status: str, pubstatus: str, embargo: datetime | None) -> None:
    """The time of an embargo is the status's change, in UTC."""
    found = story(MANAGED.format(status) + NITF)
    assert (found.pubstatus, found.embargo) == (pubstatus, embargo)


def test_a_cancelled_draft_is_cancelled() -> None:
    """What takes a story back reaches everybody; what says usable does not free a draft."""
    draft = '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft></app:control>'
    said = [MANAGED.format(f"<apnm:PublishingStatus>{word}</apnm:PublishingStatus>") for word in ("Canceled", "Usable")]
    assert [story(draft + one).pubstatus for one in said] == ["canceled", "withheld"]


def test_the_headline_may_be_that_of_the_document() -> None:
    """Where AP's metadata have none; an entry without AP's elements keeps its title."""
    assert story(MANAGED.format("") + NITF).headline == "Ferry back in service"
    assert story(NITF).headline == "BC-UT--Ferry, 1st Ld"
