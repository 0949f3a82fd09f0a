"""ninjs of the BBC's Local Democracy Reporting Service: its own members in IPTC's terms. The items are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from dateline_ingest.formats import parse
from dateline_schemas.story import CreditElement, Story, Subject

SUBJECTS = [
    {"code": "category:highways", "name": "Highways", "lang": "en", "rel": "category", "guid": "0f"},
    {"code": "location:port-selwyn", "name": "Port Selwyn", "lang": "en", "rel": "location"},
]


def story(**members: Any) -> Story:
    """The one story of an answer with an item of these members."""
    plain = {
        "id": 77,
        "uri": "https://example.org/stories/77",
        "type": "story",
        "versioncreated": "2031-01-05T10:15:00",
        "headline": "Bridge to be mended",
        "body_html": "<p>The council will mend the bridge.</p>",
        "subject": SUBJECTS,
        "byline": "Ada Moor",
    }
    item = {name: value for name, value in {**plain, **members}.items() if value is not None}
    return parse(json.dumps({"total": 1, "limit": 20, "offset": 0, "item": [item]}).encode()).stories[0]


def test_the_service_is_its_source() -> None:
    """No member says so; the shape of its subjects does. The council's contract is the service that it comes from."""
    found = story(contracts=[{"id": "9", "name": "Selwyn County", "guid": "1e"}])
    assert found.provider == "Local Democracy Reporting Service"
    assert CreditElement(where="service", value="Selwyn County") in found.credits


def test_what_another_source_says_stays() -> None:
    """The stated source leads; an item whose subjects are coded otherwise is nobody's."""
    assert story(source="Selwyn Echo").provider == "Selwyn Echo"
    assert story(subject=[{"code": "category:highways", "name": "Highways"}]).provider == ""


def test_locations_are_places_too() -> None:
    """All are subjects as they stand; what a code says it is becomes its scheme."""
    found = story()
    assert found.subjects == (
        Subject(scheme="category", code="highways", name="Highways"),
        Subject(scheme="location", code="port-selwyn", name="Port Selwyn"),
    )
    assert found.places == (Subject(code="port-selwyn", name="Port Selwyn"),)


def test_its_embargo_holds() -> None:
    """Under its own name, too; one that cannot be read holds the story back."""
    assert story(embargotime="2031-01-06T06:00:00").embargo == datetime(2031, 1, 6, 6, tzinfo=UTC)
    assert story(embargotime="when the council has met").pubstatus == "withheld"


def test_an_advisory_is_one() -> None:
    """Not copy to print."""
    assert story(type="advisory").signals == ("sig:advisory",)


def test_subjects_of_another_shape() -> None:
    """A kind that is no text makes an item nobody's, and no error."""
    for kind in (["category"], {}, 7):
        assert (
            story(subject=[{"lang": "en", "rel": kind, "code": "category:highways", "name": "Highways"}]).provider == ""
        )
