"""ninjs in Fingerpost's way: members by other names, versions in the address. The items are invented."""

from __future__ import annotations

import json
from typing import Any

from dateline_ingest.formats import parse
from dateline_schemas.story import CreditElement, Story, Subject

URI = "http://XT_API/ab12-cd34"


def story(**members: Any) -> Story:
    """The story of an item with these members."""
    item = {
        "uri": f"{URI}/2031-01-05T10:31:00.000Z/2",
        "source-feed": "PA_API",
        "usn": "ab12-cd34",
        "version": "2",
        "type": "text",
        "format": "GOA-WIRES-NINJS",
        "firstVersion": "2031-01-05T10:15:00Z",
        "versionCreated": "2031-01-05T10:31:00Z",
        "slug": "PORT CRANE",
        "headline": "Crane is up again",
        "priority": "4",
        "subjects": {"code": ["iptccat:SFU", "port"]},
        "keywords": "cranes+port towns",
        "organisation": {"symbols": [""]},
        "body_text": "<p>The crane is up.</p>\\n<p>The yard\\u00a0said so.</p>",
        **members,
    }
    return parse(json.dumps(item).encode()).stories[0]


def test_versions_are_of_one_story() -> None:
    """Its identity is the address without time and version."""
    found = story()
    assert (found.guid, found.version, found.urgency, found.slugline) == (URI, "2", 4, "PORT CRANE")
    assert Subject(scheme="usn", code="ab12-cd34") in found.alt_ids
    assert found.first_created is not None and found.first_created.minute == 15
    assert found.paragraphs == ("The crane is up.", "The yard said so.")


def test_the_feed_tells_the_agency() -> None:
    """By the table; a feed that nobody knows is a service and no provider."""
    assert (story().provider, story(**{"source-feed": "APBIZWIR"}).provider) == ("PA", "Business Wire")
    unknown = story(**{"source-feed": "XT"})
    assert unknown.provider == ""
    assert CreditElement(where="service", value="XT") in unknown.credits


def test_subjects_keywords_and_what_the_agency_said() -> None:
    """Codes in a list under one name; keywords in one string."""
    stated = {
        "subject": [{"code": "medtop:20000210", "scheme": "https://xt.example/"}],
        "place": [{"code": "iso:GB", "name": "UK"}],
    }
    found = story(agencyMetadata=stated, location="KIEL", usage="No archives", subhead="Crane is up again")
    assert [(one.scheme, one.code) for one in found.subjects] == [
        ("iptccat", "SFU"),
        ("", "port"),
        ("medtop", "20000210"),
    ]
    assert (found.keywords, found.usage_terms, found.subheadline) == (("cranes", "port towns"), "No archives", "")
    assert [one.name for one in found.places] == ["KIEL", "UK"]
    assert story(keywords={"words": ["a", "b"]}).keywords == ("a", "b")
    assert story().organisations == ()
    assert story(organisation={"symbols": ["BELL.V"]}).organisations == (Subject(scheme="ticker", code="BELL.V"),)
