"""The body of a message on a topic is ninjs 3.1."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from stories import ECONOMY, POLITICS

from dateline_publish.renditions import ninjs, ninjs_members
from dateline_publish.topics import release_subjects
from dateline_schemas.credit import Credit, Dateline, Origin, Rights, Term
from dateline_schemas.events import StoryReleased, StoryWithdrawn
from dateline_schemas.facts import Entity, Facts, Language, Place, Topic
from dateline_schemas.story import Association, Story, Subject

# The members that ninjs-schema_3.1.json allows (it has unevaluatedProperties: false), as far as we could use them.
ALLOWED = {
    "uri", "type", "representationType", "profile", "version", "firstCreated", "versionCreated", "contentCreated",
    "embargoedUntil", "pubStatus", "urgency", "copyrightHolder", "copyrightNotice", "usageTerms", "edNote", "language",
    "descriptions", "bodies", "headlines", "people", "organisations", "places", "subjects", "events", "objects",
    "infoSources", "title", "by", "slugline", "located", "renditions", "associations", "altIds", "trustIndicators",
    "standard", "genres", "expires", "rightsInfo", "digitalSourceType",
}  # fmt: skip
ALLOWED_INSIDE = {
    "headlines": {"role", "contentType", "value"},
    "descriptions": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "people": {"name", "rel", "uri", "literal", "contactInfo"},
    "organisations": {"name", "rel", "uri", "literal", "symbols", "contactInfo"},
    "places": {"name", "rel", "uri", "literal", "contactInfo", "geoJSON"},
    "subjects": {"name", "rel", "uri", "literal", "creator", "relevance", "confidence"},
    "infoSources": {"name", "role", "uri", "literal", "contactInfo"},
    "altIds": {"role", "value"},
    "genres": {"name", "uri", "literal"},
    "associations": ALLOWED | {"name", "rel"},
}
SID = "abcdefghijklmnopqrstuvwxyz"


def released(**credit: object) -> StoryReleased:
    """A full release."""
    story = Story(
        guid="urn:newsml:example:1",
        version="3",
        language="en",
        headline="River towns weigh new bridge",
        byline="By Test Writer",
        dateline="RIVERTON, Nov 23 (AFP) -",
        paragraphs=("First.", "Second."),
        body_html="<p>First.</p><p>Second.</p>",
        urgency=3,
        version_created=datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
        associations=(Association(rel="mainpic", type="picture", caption="A bridge", creditline="AFP"),),
    )
    facts = Facts(
        language=Language(code="en", confidence=1.0, method="stated"),
        places=(Place(id="iso3166:NE", name="Niger", kind="country", country="NE"),),
        people=(Entity(id="dateline:person:00", name="Test Person", kind="person"),),
        organisations=(Entity(id="wikidata:Q1065", name="United Nations", kind="organisation"),),
        topics=(POLITICS,),
        words=2,
    )
    credited = Credit(agencies=("AFP",), role="sole", credit_line="AFP", **credit)  # type: ignore[arg-type]
    return StoryReleased(
        story_id=SID, version="3", ordinal=3, number=2, subjects=("topic.x",), story=story, credit=credited, facts=facts
    )


def test_a_release_has_only_members_that_ninjs_allows() -> None:
    """The schema forbids others, at the top and inside."""
    body = msgspec.json.decode(ninjs.released(released(cited=("Reuters",), pictures=("AP",))))
    assert set(body) <= ALLOWED
    for name, allowed in ALLOWED_INSIDE.items():
        for entry in body.get(name, []):
            assert set(entry) <= allowed, name


def test_a_release_says_what_the_story_says() -> None:
    """Headline, body, credit line, ids."""
    body = msgspec.json.decode(ninjs.released(released()))
    assert body["uri"] == f"urn:dateline:story:{SID}"
    assert body["standard"]["version"] == "3.1"
    assert (body["version"], body["versionCreated"], body["urgency"]) == ("3", "2026-11-23T10:00:00Z", 3)
    assert body["headlines"] == [{"value": "River towns weigh new bridge", "role": "main"}]
    assert body["bodies"][0] == {
        "value": "First.\n\nSecond.",
        "role": "main",
        "contentType": "text/plain",
        "wordCount": 2,
    }
    assert body["infoSources"] == [{"role": "creditline", "name": "AFP"}, {"role": "agency", "literal": "AFP"}]
    assert body["subjects"][0]["uri"] == "http://cv.iptc.org/newscodes/mediatopic/20000593"
    assert body["places"][0]["uri"] == "http://cvx.iptc.org/iso3166-1a2/NE"
    assert body["organisations"][0]["uri"] == "http://www.wikidata.org/entity/Q1065"
    assert body["altIds"] == [{"role": "guid", "value": "urn:newsml:example:1"}]


def test_what_outlets_are_told_to_look_for_is_there() -> None:
    """Each member and role that the table of docs/outlets.md names."""
    page = (Path(__file__).resolve().parents[3] / "docs/outlets.md").read_text("utf-8")
    section = page.partition("## What a message holds")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", "".join(row for row in section.splitlines() if row.startswith("|"))))
    assert len(named) > 20
    dateline = Dateline(text="RIVERTON (AFP) -", where="paragraph", place="RIVERTON")
    full = released(dateline=dateline, copyright_notice="c", usage_terms="u")
    more = {"subheadline": "s", "summary": "s", "ed_note": "e", "expires": datetime(2031, 5, 6, tzinfo=UTC)}
    message = msgspec.json.decode(ninjs.released(replace(full, story=replace(full.story, **more))))
    parts = [part for value in message.values() if isinstance(value, list) for part in value]
    there = {*message, *(part["role"] for part in parts if "role" in part)}
    assert named <= there


def test_a_release_hands_on_all_that_is_known() -> None:
    """Everything in its member; what attribution and enrichment found out stands before what the message says."""
    event = released(
        copyright_holder="AFP", copyright_notice="© AFP", usage_terms="Not for archives.", pictures=("AP",)
    )
    pictures = (
        Association(
            rel="mainpic", type="picture", guid="urn:x:pic", headline="Bridge", caption="A bridge", usage_terms="-"
        ),
        Association(rel="", href="https://wire.example/2.mp4"),
        Association(rel="graphic", creditline="AP"),
    )
    story = replace(
        event.story,
        subheadline="Cost unclear",
        slugline="BRIDGE",
        summary="A bridge is planned.",
        ed_note="Adds cost.",
        first_created=datetime(2026, 11, 22, tzinfo=UTC),
        copyright_holder="Someone",
        copyright_notice="© Someone",
        usage_terms="None",
        genres=(Subject(code="Current", name="current news"), Subject(code="Feature")),
        associations=pictures,
    )
    topic = replace(POLITICS, confidence=0.756)
    facts = replace(event.facts, topics=(topic,), places=(), organisations=())
    assert msgspec.json.decode(ninjs.released(replace(event, story=story, facts=facts))) == {
        "uri": f"urn:dateline:story:{SID}",
        "standard": {"name": "ninjs", "version": "3.1", "schema": ninjs_members.SCHEMA},
        "type": "text",
        "representationType": "full",
        "version": "3",
        "firstCreated": "2026-11-22T00:00:00Z",
        "versionCreated": "2026-11-23T10:00:00Z",
        "pubStatus": "usable",
        "urgency": 3,
        "copyrightHolder": "AFP",
        "copyrightNotice": "© AFP",
        "usageTerms": "Not for archives.",
        "edNote": "Adds cost.",
        "language": "en",
        "by": "By Test Writer",
        "slugline": "BRIDGE",
        "headlines": [
            {"value": "River towns weigh new bridge", "role": "main"},
            {"value": "Cost unclear", "role": "sub"},
        ],
        "descriptions": [{"value": "A bridge is planned.", "role": "summary"}],
        "bodies": [
            {"value": "First.\n\nSecond.", "role": "main", "contentType": "text/plain", "wordCount": 2},
            {"value": "<p>First.</p><p>Second.</p>", "role": "richtext", "contentType": "text/html"},
        ],
        "people": [
            {
                "name": "Test Person",
                "rel": "mentions",
                "uri": "urn:dateline:person:00",
                "literal": "dateline:person:00",
            }
        ],
        "subjects": [
            {
                "name": "government",
                "uri": "http://cv.iptc.org/newscodes/mediatopic/20000593",
                "rel": "about",
                "confidence": 76,
            }
        ],
        "genres": [{"name": "current news", "literal": "Current"}, {"name": "Feature", "literal": "Feature"}],
        "infoSources": [
            {"role": "creditline", "name": "AFP"},
            {"role": "agency", "literal": "AFP"},
            {"role": "picture", "literal": "AP"},
        ],
        "associations": [
            {
                "name": "mainpic-1",
                "uri": "urn:x:pic",
                "rel": "mainpic",
                "type": "picture",
                "headlines": [{"value": "Bridge", "role": "main"}],
                "descriptions": [{"value": "A bridge", "role": "caption"}],
                "usageTerms": "-",
            },
            {"name": "association-2", "uri": "https://wire.example/2.mp4"},
            {
                "name": "graphic-3",
                "uri": "urn:dateline:association:3",
                "rel": "graphic",
                "infoSources": [{"role": "creditline", "name": "AP"}],
            },
        ],
        "altIds": [{"role": "guid", "value": "urn:newsml:example:1"}],
    }


def test_what_a_message_says_of_its_rights_counts_where_attribution_says_nothing() -> None:
    """Holder, notice and terms."""
    event = released(cited=("REU",))
    story = replace(event.story, copyright_holder="Someone", copyright_notice="© Someone", usage_terms="Ask.")
    body = msgspec.json.decode(ninjs.released(replace(event, story=story)))
    assert (body["copyrightHolder"], body["copyrightNotice"], body["usageTerms"]) == ("Someone", "© Someone", "Ask.")
    assert {"role": "cited", "literal": "REU"} in body["infoSources"]


def test_an_outlet_is_told_when_a_text_must_not_be_used_any_more() -> None:
    """By the message, the contract with the feed or the agency's terms, as attribution weighed them; else never."""
    end = Term(value="2026-12-23T10:00:00Z", source="contract", where="days")
    stated = replace(released(), story=replace(released().story, expires=datetime(2027, 1, 1, tzinfo=UTC)))
    expires = [
        msgspec.json.decode(ninjs.released(event)).get("expires")
        for event in (released(rights=Rights(expires=end)), released(rights=Rights()), released(), stated)
    ]
    assert expires == ["2026-12-23T10:00:00Z", None, None, "2027-01-01T00:00:00Z"]


def test_a_story_without_text_has_no_body() -> None:
    """A picture's caption, say, is no text."""
    event = released()
    story = replace(event.story, paragraphs=(), body_html="")
    assert "bodies" not in msgspec.json.decode(ninjs.released(replace(event, story=story)))


@pytest.mark.parametrize(
    ("identifier", "uri"),
    [
        ("wikidata:Q1065", "http://www.wikidata.org/entity/Q1065"),
        ("geonames:2440485", "https://sws.geonames.org/2440485"),
        ("dateline:person:00", "urn:dateline:person:00"),
        ("house:7", None),
    ],
)
def test_an_identifier_that_is_known_elsewhere_has_its_uri(identifier: str, uri: str | None) -> None:
    """One of a scheme that has none stays an identifier only."""
    event = released()
    facts = replace(event.facts, people=(Entity(id=identifier, name="Test Person", kind="person"),))
    [person] = msgspec.json.decode(ninjs.released(replace(event, facts=facts)))["people"]
    assert (person.get("uri"), person["literal"]) == (uri, identifier)


def test_the_dateline_stands_apart_from_the_text() -> None:
    """Place as written and as resolved, the whole of it as a body of its own, and none of it in the text."""
    event = released()
    front = "RIVERTON, Ohio, Nov 23 (AFP) - "
    dateline = Dateline(
        text=front.strip(), where="paragraphs[0]", cut=len(front), place="RIVERTON", region="Ohio", agencies=("AFP",)
    )
    story = replace(
        event.story,
        paragraphs=(f"{front}First.", "Second."),
        body_html=f"<p><b>RIVERTON</b>{front[8:]}<i>First</i>.</p><p>Second.</p>",
    )
    ohio = Place(id="iso3166:US-OH", name="Ohio", kind="subdivision", country="US", method="dateline")
    facts = replace(event.facts, dateline=ohio, places=(*event.facts.places, replace(ohio, mentions=2)))
    event = replace(event, story=story, facts=facts, credit=replace(event.credit, dateline=dateline))
    body = msgspec.json.decode(ninjs.released(event))

    assert body["located"] == "RIVERTON, Ohio"
    assert [(text["role"], text["value"]) for text in body["bodies"]] == [
        ("main", "First.\n\nSecond."),
        ("richtext", "<p><i>First</i>.</p><p>Second.</p>"),
        ("dateline", front.strip()),
    ]
    assert [(place["rel"], place["literal"]) for place in body["places"]] == [
        ("located", "iso3166:US-OH"),
        ("mentions", "iso3166:NE"),
    ]


def test_an_uncredited_copy_names_the_story_that_it_is_of() -> None:
    """Among the sources, in a role of its own: nobody is credited for it."""
    origin = Origin(story_id="abc", version="1", agency="AFP", overlap=0.9, taken=0.4, words=120)
    event = replace(released(), credit=Credit(origin=origin, needs_review=True))
    body = msgspec.json.decode(ninjs.released(event))
    assert body["infoSources"] == [{"role": "origin", "literal": "AFP", "uri": "urn:dateline:story:abc"}]
    assert set(body["infoSources"][0]) <= ALLOWED_INSIDE["infoSources"]


def test_a_kill_is_a_canceled_ninjs_without_a_body() -> None:
    """Whoever stores it replaces the text by nothing."""
    kill = StoryWithdrawn(
        story_id=SID, version="4", ordinal=4, number=3, subjects=("topic.x",), reason="Kill.", headline="Gone"
    )
    assert msgspec.json.decode(ninjs.withdrawn(kill)) == {
        "uri": f"urn:dateline:story:{SID}",
        "standard": {"name": "ninjs", "version": "3.1", "schema": ninjs_members.SCHEMA},
        "representationType": "partial",
        "version": "4",
        "pubStatus": "canceled",
        "edNote": "Kill.",
        "headlines": [{"value": "Gone", "role": "main"}],
    }


def topics(*given: Topic) -> list[str]:
    """Subjects for these topics, the tokens after ``topic``."""
    facts = Facts(language=Language(code="pt-BR", confidence=1.0, method="stated"), topics=given)
    subjects = release_subjects(SID, Credit(agencies=("Europa Press", "dpa")), facts)
    return [subject.removeprefix("topic.").removesuffix("." + SID) for subject in subjects]


TOP_POLITICS = Topic(code="11000000", name="politics", level=1, path=("11000000",), method="x")
DEEP = Topic(code="20000621", name="x", level=3, path=("11000000", "20000593", "20000621"), method="x")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), ["none.none.pt.Europa-Press"]),
        ((ECONOMY,), ["04000000.none.pt.Europa-Press"]),
        ((TOP_POLITICS, POLITICS), ["11000000.20000593.pt.Europa-Press"]),
        ((POLITICS, DEEP), ["11000000.20000593.pt.Europa-Press"]),
        ((POLITICS, ECONOMY), ["11000000.20000593.pt.Europa-Press", "04000000.none.pt.Europa-Press"]),
    ],
)
def test_a_subject_for_each_topic_the_most_specific_ones(given: tuple[Topic, ...], expected: list[str]) -> None:
    """No topics is a topic of its own; a top is not repeated where a topic below it stands."""
    assert topics(*given) == expected


def test_a_story_that_credits_nobody_has_its_topics_all_the_same() -> None:
    """Where the agency would stand is a token of its own, so that such stories can be asked for."""
    facts = Facts(language=Language(code="pt-BR", confidence=1.0, method="stated"), topics=(ECONOMY,))
    assert release_subjects(SID, Credit(), facts) == (f"topic.04000000.none.pt.none.{SID}",)
