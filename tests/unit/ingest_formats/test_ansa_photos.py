"""ANSA's photo archive: what an entry of its answers states stands in the story. The entries are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import CreditElement, Story, Subject

GUID = "tag:ansa.it,2031-01-05:00ff00ff00ff00ff00ff00ff00ff00ff"


def answer(*entries: dict[str, Any]) -> bytes:
    """What the archive answers with these entries, each field with its values."""
    documents = [
        {"documentId": f"2:/{number}", "metadataMap": {name: field(value) for name, value in entry.items()}}
        for number, entry in enumerate(entries)
    ]
    return json.dumps({"idArchivio": 3, "renderResult": {"errorCode": 0, "documents": documents}}).encode()


def field(value: Any) -> dict[str, Any]:
    """A field as the archive writes it."""
    values = value if isinstance(value, list) else [value]
    return {"fieldValues": [{"score": None, "value": one} for one in values]}


def story(**members: Any) -> Story:
    """The story of an entry with these fields; those that are None are left out."""
    plain = {
        "idAnsa": GUID,
        "title_B": "Crane of Bari is up again",
        "description_B": "The crane of Bari, Italy, 05 January 2031. EPA/ADA MOOR",
        "creditline": "EPA",
        "contentBy": "ADA MOOR / STR",
        "authorName": "ADA MOOR",
        "status": "stat:usable",
        "pubDate_N": "2031-01-05T14:59:29+01:00",
        "language": "en",
        "city": "BARI",
        "ctrName": "ITALY",
        "ctrCode": "ITA",
        "product": ["PBDM", "0099"],
        "orientationMD5": "ab" * 16,
        "usageTerms": "Not for resale",
    }
    parsed = parse(answer({name: value for name, value in {**plain, **members}.items() if value is not None}))
    assert parsed.format == "ansa-photos-json"
    return parsed.stories[0]


def test_an_entry_is_a_picture() -> None:
    """Known by ANSA's tag; its caption is its text."""
    found = story()
    assert (found.guid, found.type, found.language, found.pubstatus) == (GUID, "picture", "en", "usable")
    assert (found.headline, found.byline) == ("Crane of Bari is up again", "ADA MOOR / STR")
    assert found.paragraphs == (found.summary,) == ("The crane of Bari, Italy, 05 January 2031. EPA/ADA MOOR",)
    assert found.version_created == datetime(2031, 1, 5, 13, 59, 29, tzinfo=UTC)
    assert found.subjects == (Subject(scheme="product", code="PBDM"), Subject(scheme="product", code="0099"))
    assert found.places == (
        Subject(scheme="city", code="", name="BARI"),
        Subject(scheme="iso3166-1a3", code="ITA", name="ITALY"),
    )
    assert found.associations[0].guid == "ab" * 16


def test_what_it_says_of_its_origin_is_kept() -> None:
    """ANSA hands it over, whoever took it."""
    found = story(copyrightNotice="(c) EPA")
    assert (found.provider, found.creditline, found.usage_terms) == ("ANSA", "EPA", "Not for resale")
    assert {
        CreditElement(where="provider", value="ANSA", role="format"),
        CreditElement(where="creditline", value="EPA"),
        CreditElement(where="author", value="ADA MOOR"),
        CreditElement(where="copyrightnotice", value="(c) EPA"),
    } <= set(found.credits)


def test_a_time_without_a_zone_is_romes() -> None:
    """As ANSA's clocks go."""
    assert story(pubDate_N="2031-07-05T14:00:00").version_created == datetime(2031, 7, 5, 12, tzinfo=UTC)


def test_what_is_withdrawn_or_unknown_does_not_go_out() -> None:
    """A status that nobody knows holds it back."""
    assert story(status="stat:canceled").pubstatus == "canceled"
    assert story(status="stat:unheard").pubstatus == "withheld"


def test_an_answer_has_many_and_what_is_broken_is_refused() -> None:
    """With the reason and the place."""
    two = parse(answer({"idAnsa": GUID, "title_B": "A"}, {"idAnsa": f"{GUID}1", "title_B": "B"})).stories
    assert [one.guid for one in two] == [GUID, f"{GUID}1"]
    with pytest.raises(Unparseable, match="has no idAnsa"):
        parse(answer({"idAnsa": ""}))
    broken = parse(
        answer({"idAnsa": GUID, "title_B": "A"}, {"title_B": "No name"}).replace(
            b'"documents": [', b'"documents": [7, '
        )
    )
    assert [one.guid for one in broken.stories] == [GUID]
    assert [fault.path for fault in broken.refused] == ["$.renderResult.documents[0]", "item 3"]
