"""AFP Core API: what a document states stands in the story. The documents are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Association, CreditElement, Story, Subject, UsageRight

UNO = "newsml.afp.com.20310105T101500Z.doc-9zz9zz"


def document(**members: Any) -> dict[str, Any]:
    """A document."""
    plain = {
        "uno": UNO,
        "afpshortid": "9zz9zz",
        "class": "text",
        "lang": "fr",
        "headline": "La grue de Brest est debout",
        "news": ["Brest (France), 5 jan 2031 (AFP) - La grue est debout.", "Le port le dit.", "ada/moo"],
        "created": "2031-01-05T10:15:00Z",
        "published": "2031-01-05T10:31:00Z",
        "revision": 2,
        "urgency": 4,
        "status": "Usable",
        "provider": "AFP",
        "slug": ["port", "grue"],
    }
    return {key: value for key, value in {**plain, **members}.items() if value is not None}


def story(**members: Any) -> Story:
    """The story of a document with these members; those that are None are left out."""
    parsed = parse(json.dumps(document(**members)).encode())
    assert parsed.format == "afp-core-json"
    return parsed.stories[0]


def test_a_document_is_a_story() -> None:
    """Known by its uno in all revisions."""
    found = story()
    assert (found.guid, found.version, found.language, found.urgency) == (UNO, "2", "fr", 4)
    assert found.alt_ids == (Subject(scheme="afpshortid", code="9zz9zz"),)
    assert (found.headline, found.slugline, found.provider) == ("La grue de Brest est debout", "port-grue", "AFP")
    assert found.paragraphs[:2] == ("Brest (France), 5 jan 2031 (AFP) - La grue est debout.", "Le port le dit.")
    assert found.first_created == datetime(2031, 1, 5, 10, 15, tzinfo=UTC)
    assert found.version_created == datetime(2031, 1, 5, 10, 31, tzinfo=UTC)
    assert found.dateline.startswith("Brest (France)")
    assert CreditElement(where="provider", value="AFP") in found.credits


def test_an_urgent_text_has_its_headline_as_first_line() -> None:
    """A text of lesser urgency keeps all its lines."""
    lines = ["La grue est debout", "Le port le dit."]
    urgent = story(headline=None, urgency=2, news=lines)
    assert (urgent.headline, urgent.paragraphs) == ("La grue est debout", ("Le port le dit.",))
    plain = story(headline=None, news=lines)
    assert (plain.headline, plain.paragraphs) == ("", tuple(lines))
    assert story(headline=None, news=lines, title="GRUE").headline == "GRUE"


def test_a_first_line_may_take_the_text_back() -> None:
    """Whatever the status says; other statuses are heeded, and an embargo that cannot be read holds it back."""
    killed = story(news=["ANNULATION:", "Prière de ne pas tenir compte."])
    assert (killed.pubstatus, killed.paragraphs) == ("canceled", ("Prière de ne pas tenir compte.",))
    assert story(status="Canceled").pubstatus == "canceled"
    assert story(embargoed="2031-01-06T06:00:00Z").embargo == datetime(2031, 1, 6, 6, tzinfo=UTC)
    assert story(embargoed="demain").pubstatus == "withheld"


def test_places_subjects_and_signals_are_taken() -> None:
    """Codes with the member's name as scheme, but where they have one of their own."""
    found = story(
        city="Brest",
        country="FRA",
        countryname="France",
        iptc=["04000000"],
        mediatopic=["medtop:20000210"],
        afpentity={"event": [{"qcode": "afpevent:12", "keyword": "event:Fête du port"}], "other": 3},
        genre=["Papier général"],
        keyword=["grue"],
        signal=["correction", "bap"],
        advisory="Corrige le lieu",
        channel=["FRS"],
    )
    assert found.places == (
        Subject(scheme="city", code="", name="Brest"),
        Subject(scheme="iso3166-1a3", code="FRA", name="France"),
    )
    assert [(one.scheme, one.code) for one in found.subjects[:2]] == [("iptc", "04000000"), ("medtop", "20000210")]
    assert found.subjects[2] == Subject(scheme="afpevent", code="12", name="Fête du port")
    assert (found.keywords, found.genres) == (("grue",), (Subject(code="", name="Papier général"),))
    assert (found.signals, found.ed_note) == (("sig:correction", "bap"), "Corrige le lieu")
    assert CreditElement(where="service", value="FRS", role="channel") in found.credits


@pytest.mark.parametrize("kind", ["picture", "photo"])
def test_a_picture_has_caption_credit_and_terms(kind: str) -> None:
    """Territories where it may not go are rights; its widest file is the association."""
    found = story(
        **{"class": kind},
        news=None,
        caption=["La grue de Brest"],
        creator="ADA MOOR",
        creditLine="ADA MOOR / AFP",
        country_out=["USA"],
        usageRight=[{"phrase": "Usage éditorial"}],
        exclusion=[{"name": "archives", "untilDate": "2032-01-01T00:00:00Z"}],
        bagItem=[
            {"uno": "p1", "caption": "La grue", "creator": "ADA MOOR", "provider": "AFP", "medias": [
                {"role": "Thumbnail", "href": "https://a.example/s.jpg", "width": 100, "height": 50, "type": "Photo"},
                {"role": "HighDef", "href": "https://a.example/l.jpg", "width": 800, "height": 400, "type": "Photo"},
            ]}
        ],
    )  # fmt: skip
    assert (found.type, found.byline, found.creditline) == ("picture", "ADA MOOR", "ADA MOOR / AFP")
    assert (found.summary, found.paragraphs) == ("La grue de Brest", ("La grue de Brest",))
    assert found.usage_terms == "Usage éditorial\nout: USA"
    assert found.rights == (
        UsageRight(type="out", geography="USA"),
        UsageRight(type="exclusion", limitations="archives", end=datetime(2032, 1, 1, tzinfo=UTC)),
    )
    assert found.associations == (
        Association(rel="highdef", type="picture", guid="p1", href="https://a.example/l.jpg", caption="La grue",
                    creditline="ADA MOOR / AFP", width=800, height=400),
    )  # fmt: skip
    assert CreditElement(where="picture", value="ADA MOOR", role="creator") in found.credits


def test_an_answer_has_many_and_what_is_broken_is_refused() -> None:
    """With the reason; never with a crash."""
    answer = {"response": {"docs": [document(), document(uno=f"{UNO}2")], "numFound": 2}}
    assert len(parse(json.dumps(answer).encode()).stories) == 2
    broken = parse(json.dumps({"response": {"docs": [document(), 7]}}).encode())
    assert len(broken.stories) == 1
    assert [fault.path for fault in broken.refused] == ["$.response.docs[1]"]
