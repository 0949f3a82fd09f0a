"""Reuters Connect: what an item of its interface states stands in the story. The items are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import CreditElement, Link, Story, Subject

URI = "tag:reuters.com,2031:newsml_L1Z9ZZZZZ"


def item(**members: Any) -> dict[str, Any]:
    """An item."""
    plain = {
        "versionedGuid": f"{URI}:3",
        "uri": URI,
        "usn": "L1Z9ZZZZZ",
        "version": "3",
        "type": "text",
        "language": "en",
        "headLine": "Crane is up again",
        "slug": "PORT-CRANE/",
        "bodyXhtml": "<p>KIEL, Jan 5 (Reuters) - The crane is up.</p><p>The yard said so.</p>"
        "<p>(Reporting by Ada Moor)</p>",
        "fragment": "The crane is up.",
        "urgency": 3,
        "pubStatus": "stat:usable",
        "firstCreated": "2031-01-05T10:15:00Z",
        "versionCreated": "2031-01-05T10:31:00Z",
        "copyrightNotice": "(c) Copyright Reuters 2031",
    }
    return {key: value for key, value in {**plain, **members}.items() if value is not None}


def story(**members: Any) -> Story:
    """The story of an item with these members; those that are None are left out."""
    parsed = parse(json.dumps({"data": {"item": item(**members)}}).encode())
    assert parsed.format == "reuters-connect-json"
    return parsed.stories[0]


def test_an_item_is_a_story() -> None:
    """Known by its uri in all versions."""
    found = story()
    assert (found.guid, found.version, found.language, found.urgency) == (URI, "3", "en", 3)
    assert (found.headline, found.slugline, found.provider) == ("Crane is up again", "PORT-CRANE/", "Reuters")
    assert found.paragraphs[:2] == ("KIEL, Jan 5 (Reuters) - The crane is up.", "The yard said so.")
    assert (found.pubstatus, found.summary) == ("usable", "")
    assert found.dateline.startswith("KIEL, Jan 5 (Reuters)")
    assert found.version_created == datetime(2031, 1, 5, 10, 31, tzinfo=UTC)
    assert CreditElement(where="endline", value="(Reporting by Ada Moor)") in found.credits
    assert Subject(scheme="usn", code="L1Z9ZZZZZ") in found.alt_ids


def test_the_versioned_guid_alone_is_enough() -> None:
    """Guid and version are parts of it; the fragment stands for the text where there is none."""
    found = story(uri=None, version=None, bodyXhtml=None)
    assert (found.guid, found.version) == (URI, "3")
    assert (found.summary, found.paragraphs) == ("The crane is up.", ())


def test_edit_statuses_are_signals() -> None:
    """A deletion is a kill; a status that nobody knows holds it back."""
    assert story(signal=["edStat:C"]).signals == ("sig:correction",)
    assert story(signal=["edStat:N"]).signals == ()
    assert story(signal=["edStat:D"]).pubstatus == "canceled"
    assert story(pubStatus="stat:canceled").pubstatus == "canceled"
    assert story(pubStatus="stat:unheard").pubstatus == "withheld"
    assert [story(pubStatus=f"stat:{word}").pulled for word in ("unheard", "withheld")] == [False, True]


def test_subjects_places_and_parties_are_taken() -> None:
    """The source is the provider, where it is stated; parties keep their role."""
    found = story(
        subject=[{"code": "medtop:20000210", "name": "port"}, {"code": "N2:DE"}],
        subjectLocation=[{"city": "Kiel", "countryCode": "DEU", "countryName": "Germany"}],
        source=[{"literal": "Example Sports", "role": "srole:thirdparty"}],
        credit="EXAMPLE SPORTS",
        byLine="Ada Moor",
        evolvedFrom=[{"uri": "tag:reuters.com,2031:newsml_L1"}],
    )
    assert found.subjects == (
        Subject(scheme="medtop", code="20000210", name="port"),
        Subject(scheme="N2", code="DE"),
    )
    assert found.places == (
        Subject(scheme="city", code="", name="Kiel"),
        Subject(scheme="iso3166-1a3", code="DEU", name="Germany"),
    )
    assert (found.provider, found.creditline, found.byline) == ("Example Sports", "EXAMPLE SPORTS", "Ada Moor")
    assert CreditElement(where="source", value="Example Sports", role="thirdparty") in found.credits
    assert Link(href="tag:reuters.com,2031:newsml_L1", rel="replaces") in found.links


def test_a_picture_has_its_caption_and_what_goes_along() -> None:
    """Its own files have no address: they are listed without one."""
    along_uri = "tag:reuters.com,2031:newsml_P1"
    files = [{"mimeType": "image/jpeg", "width": 80}, {"mimeType": "image/png", "width": 90}]
    found = story(
        type="picture",
        bodyXhtml=None,
        caption="The crane of Kiel. REUTERS/Ada Moor",
        renditions=[{"uri": f"{URI}:r", "mimeType": "image/jpeg", "code": "rend:baseImage", "width": 800}],
        associations=[{"uri": along_uri, "type": "picture", "credit": "REUTERS", "caption": "Up", "renditions": files}],
    )
    assert (found.type, found.paragraphs) == ("picture", ("The crane of Kiel. REUTERS/Ada Moor",))
    along, own = found.associations
    assert (along.guid, along.caption, along.mimetype) == (along_uri, "Up", "image/png")
    assert (own.rel, own.type, own.width, own.href) == ("rend:baseImage", "picture", 800, "")
    assert CreditElement(where="picture", value="REUTERS", role="credit") in found.credits


def test_an_answer_has_many_and_what_is_broken_is_refused() -> None:
    """With the reason; never with a crash."""
    answer = {"data": {"search": {"totalHits": 2, "items": [item(), item(uri=f"{URI}2")]}}}
    assert len(parse(json.dumps(answer).encode()).stories) == 2
    broken = parse(json.dumps({"data": {"search": {"items": [item(), 7]}}}).encode())
    assert len(broken.stories) == 1
    assert [(fault.reason, fault.path) for fault in broken.refused] == [("an item is no object", "item 2")]
    empty = {"data": {"search": {"items": []}}, "q": "tag:reuters.com", "headLine": ""}
    with pytest.raises(Unparseable, match="lists no items"):
        parse(json.dumps(empty).encode())
