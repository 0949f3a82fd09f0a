"""What the canonical examples are about: one story from Niamey, whose copy it is, what it is about. All invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dateline_schemas.credit import AgencyShare, Author, Credit, Dateline, Evidence, LineEvidence, Rights, Term
from dateline_schemas.facts import Entity, Facts, Language, Place, Topic
from dateline_schemas.identity import story_id
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject, UsageRight

FEED = "afp-en"
GUID = "urn:newsml:afp.example:20260326:niamey-clinic-boats"
STORY_ID = story_id(FEED, GUID)

STORY = Story(
    guid=GUID,
    alt_ids=(Subject(scheme="afp", code="TX-NIM-0042"),),
    version="1",
    language="en",
    headline="Niger launches clinic boats on flooded river",
    slugline="Niger-health-river",
    byline="Hadiza Tankoré",
    dateline="NIAMEY, March 26 (AFP) -",
    summary="Three boats with nurses on board will call at villages that the river has cut off.",
    paragraphs=(
        "NIAMEY, March 26 (AFP) - Niger put three clinic boats into service on Thursday for villages cut off by water.",
        '"A nurse who has to wait for the road to dry arrives too late," said the project\'s head, Idrissa Moumbaye.',
        "The boats will call at 14 landings between Niamey and Boubon, the health ministry told AFP.",
        "htk/lrb",
    ),
    body_html=(
        "<p>NIAMEY, March 26 (AFP) - Niger put three clinic boats into service on Thursday for villages cut off by "
        "water.</p><p>&quot;A nurse who has to wait for the road to dry arrives too late,&quot; said the project's "
        "head, Idrissa Moumbaye.</p><p>The boats will call at 14 landings between Niamey and Boubon, the health "
        "ministry told AFP.</p><p>htk/lrb</p>"
    ),
    urgency=4,
    first_created=datetime(2026, 3, 26, 9, 12, tzinfo=UTC),
    version_created=datetime(2026, 3, 26, 9, 40, 30, tzinfo=UTC),
    subjects=(Subject(code="07000000", scheme="medtop", name="health"),),
    places=(Subject(code="NE", scheme="iso3166-1a2", name="Niger"),),
    keywords=("health", "river"),
    genres=(Subject(code="Current", scheme="genre", name="Current"),),
    provider="AFP",
    creditline="AFP",
    copyright_holder="AFP",
    copyright_notice="© 2026 AFP",
    usage_terms="No archive use after 30 days.",
    rights=(UsageRight(type="text", geography="worldwide", holder="AFP", limitations="no archive"),),
    expires=datetime(2026, 4, 25, 5, 0, tzinfo=UTC),
    credits=(
        CreditElement(where="provider", value="AFP"),
        CreditElement(where="creditline", value="AFP"),
        CreditElement(where="byline", value="Hadiza Tankoré"),
        CreditElement(where="contributor", value="Léo Rambert", role="crol:editor"),
        CreditElement(where="copyrightnotice", value="© 2026 AFP"),
        CreditElement(where="picture", value="Sani Garba / AFP"),
    ),
    associations=(
        Association(
            rel="mainpic",
            type="picture",
            guid="urn:newsml:afp.example:20260326:picture-7",
            headline="A clinic boat at its landing",
            caption="Nurses load a clinic boat in Niamey.",
            creditline="Sani Garba / AFP",
            mimetype="image/jpeg",
        ),
    ),
    links=(Link(href="https://health.example/boats", rel="related", title="The boats' timetable"),),
)

CREDIT = Credit(
    agencies=("AFP",),
    role="sole",
    pictures=("AFP",),
    shares=(AgencyShare(agency="AFP", role="sole"),),
    credit_line="AFP",
    credit_line_evidence=LineEvidence(rule="creditline.names", rests_on=(0,), confidence=0.99),
    authors=(
        Author(name="Hadiza Tankoré", place="Niamey", where="byline", rule="bylines.byline", confidence=0.95),
        Author(name="Léo Rambert", role="editor", where="credits[3]", rule="bylines.stated", confidence=0.97),
    ),
    copyright_holder="AFP",
    copyright_notice="© 2026 AFP",
    usage_terms="No archive use after 30 days.",
    dateline=Dateline(
        text="NIAMEY, March 26 (AFP) - ",
        where="paragraphs[0]",
        cut=25,
        place="NIAMEY",
        date="March 26",
        day=date(2026, 3, 26),
        agencies=("AFP",),
        country="FR",
        rule="datelines.brackets",
        confidence=0.98,
    ),
    rights=Rights(
        holder=Term(value="AFP", source="message", where="copyright_holder"),
        notice=Term(value="© 2026 AFP", source="message", where="copyright_notice"),
        archive=Term(value="forbidden", source="contract", where="archive"),
    ),
    evidence=(
        Evidence(where="credits[0]", text="AFP", rule="provider-names-agency", confidence=0.99, agency="AFP"),
        Evidence(where="paragraphs[0]", text="(AFP)", rule="dateline-names-agency", confidence=0.98, agency="AFP"),
        Evidence(
            where="credits[5]",
            text="Sani Garba / AFP",
            rule="picture-credit",
            confidence=0.95,
            agency="AFP",
            means="picture",
        ),
    ),
)

FACTS = Facts(
    language=Language(code="en", confidence=0.99, method="stated+detected"),
    dateline=Place(id="geonames:2440485", name="Niamey", kind="city", country="NE", method="dateline", confidence=0.95),
    places=(
        Place(
            id="iso3166:NE",
            name="Niger",
            kind="country",
            country="NE",
            same_as=("wikidata:Q1032",),
            mentions=2,
            method="stated",
            confidence=1.0,
        ),
        Place(
            id="geonames:2440485",
            name="Niamey",
            kind="city",
            country="NE",
            mentions=3,
            method="gazetteer",
            confidence=0.97,
        ),
    ),
    people=(
        Entity(
            id="dateline:person:5b1d2c7e90af43d8",
            name="Idrissa Moumbaye",
            kind="person",
            method="names",
            confidence=0.8,
        ),
    ),
    organisations=(Entity(id="wikidata:Q40464", name="AFP", kind="organisation", method="gazetteer", confidence=0.9),),
    topics=(Topic(code="07000000", name="health", level=1, path=("07000000",), method="stated"),),
    words=61,
    reading_seconds=16,
)
