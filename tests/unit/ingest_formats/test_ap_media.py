"""The AP Media API's JSON: what the answer states stands in the story."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import Limits, Unparseable, parse
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject

API = "https://api.ap.org/media/v/content"


def item(**members: Any) -> dict[str, Any]:
    """An item of the API; nothing in it is from a real wire."""
    plain = {
        "uri": f"{API}/ab12?qt=token1&et=0a",
        "altids": {"itemid": "ab12", "etag": "ab12_0a", "friendlykey": "77", "referenceid": "EU--Rain"},
        "version": 0,
        "type": "text",
        "headline": "Rain at last",
        "pubstatus": "usable",
    }
    return {**plain, **members}


def answer(one: dict[str, Any], **beside: Any) -> dict[str, Any]:
    """The API's answer about one item."""
    return {"api_version": "2.2", "id": "x", "method": "/content.GET", "params": {}, "data": {"item": one}, **beside}


def read(message: Any) -> tuple[Story, ...]:
    """The stories of a message."""
    found = parse(json.dumps(message).encode())
    assert found.format == "ap-media-api-json"
    return found.stories


def story(**members: Any) -> Story:
    """The story of an item with these members."""
    return read(answer(item(**members)))[0]


def test_all_versions_share_the_item_id() -> None:
    """The guid is altids.itemid, version AP's number; the other identifiers and the bare address are kept."""
    first, second = story(), story(version=1, uri=f"{API}/ab12?qt=token2&et=1a")
    assert (first.guid, first.version) == ("ab12", "0")
    assert (second.guid, second.version) == ("ab12", "1")
    assert first.alt_ids == second.alt_ids
    assert first.alt_ids == (
        Subject(scheme="etag", code="ab12_0a"),
        Subject(scheme="friendlykey", code="77"),
        Subject(scheme="referenceid", code="EU--Rain"),
        Subject(scheme="uri", code=f"{API}/ab12"),
    )


def test_identifiers_of_members() -> None:
    """Foreign keys are the identifiers of the newsroom that the item comes from."""
    found = story(foreignkeys=[{"memberentryid": "urn:example:1"}])
    assert Subject(scheme="memberentryid", code="urn:example:1") in found.alt_ids


@pytest.mark.parametrize(
    "message",
    [
        item(),
        {"item": item()},
        answer(item()),
        [item()],
        {"data": {"items": [{"meta": {}, "item": item()}]}},
        {"data": {"items": [item()]}},
    ],
)
def test_every_way_an_item_comes(message: Any) -> None:
    """An item by itself, an answer about one, and the pages of feeds and searches."""
    assert [one.guid for one in read(message)] == ["ab12"]


def test_a_feed_lists_many() -> None:
    """Every item of a feed's page is a story, in order."""
    items = [{"item": item(altids={"itemid": f"i{number}"})} for number in range(3)]
    assert [one.guid for one in read({"data": {"items": items}})] == ["i0", "i1", "i2"]


def test_times_and_standing() -> None:
    """Times are UTC; an embargo, an end of use and a kill are the same facts as in every format."""
    found = story(
        versioncreated="2026-03-26T10:15:00Z",
        firstcreated="2026-03-26T09:00:00Z",
        embargoed="2026-03-27T06:00:00Z",
        expires="2026-04-27T06:00:00Z",
        pubstatus="embargoed",
        urgency=4,
        language="en",
    )
    assert found.version_created == datetime(2026, 3, 26, 10, 15, tzinfo=UTC)
    assert found.first_created == datetime(2026, 3, 26, 9, tzinfo=UTC)
    assert (found.pubstatus, found.embargo) == ("usable", datetime(2026, 3, 27, 6, tzinfo=UTC))
    assert found.expires == datetime(2026, 4, 27, 6, tzinfo=UTC)
    assert (found.urgency, found.language) == (4, "en")
    assert story(pubstatus="embargoed").pubstatus == "withheld"
    assert [story(pubstatus=word).pulled for word in ("embargoed", "withheld")] == [False, True]
    assert story(pubstatus="canceled").pubstatus == "canceled"


def test_an_embargo_that_cannot_be_read_withholds() -> None:
    """A moment that nobody can read holds the story back; a kill stays a kill."""
    assert story(embargoed="Friday noon").pubstatus == "withheld"
    assert story(embargoed="Friday noon", pubstatus="canceled").pubstatus == "canceled"


@pytest.mark.parametrize(
    ("editorial", "signals", "status"),
    [
        (["Lead"], ("sig:update", "newscontent"), "usable"),
        (["Correction"], ("sig:correction", "newscontent"), "usable"),
        (["Kill"], ("kill", "newscontent"), "canceled"),
        (["Something New"], ("Something New", "newscontent"), "usable"),
        ([], ("newscontent",), "usable"),
    ],
)
def test_editorial_types(editorial: list[str], signals: tuple[str, ...], status: str) -> None:
    """editorialtypes say what a version is; a kill cancels whatever pubstatus says."""
    found = story(editorialtypes=editorial, signals=["newscontent"])
    assert (found.signals, found.pubstatus) == (signals, status)


def test_an_embargo_in_the_note_counts() -> None:
    """What only the note for editors says must not leak either."""
    sent = "2026-03-26T10:15:00Z"
    found = story(ednote="Eds: EMBARGOED until 1800 GMT March 27.", versioncreated=sent)
    assert found.embargo == datetime(2026, 3, 27, 18, tzinfo=UTC)


def test_lines_and_credits() -> None:
    """Each statement of origin is a credit with its role; editors' fields are filled from the same members."""
    found = story(
        headline_extended="Farmers glad",
        slugline="EU-Rain, 1st Ld",
        description_summary="It rained.",
        bylines=[{"by": "By JO SAMPLE", "title": "Example Press"}],
        located="ORAN, Example State",
        copyrightnotice="(c) 2026 EP",
        usageterms=["Editorial use only.", "No archive."],
        provider="AP",
        infosource=[{"name": "Sample Wire", "type": "ThirdParty"}],
        description_creditline="EP via AP",
        ednote="Eds: With photos.",
        producer={"name": "Al Producer"},
    )
    assert [(one.where, one.value, one.role) for one in found.credits] == [
        ("provider", "AP", ""),
        ("creditline", "EP via AP", ""),
        ("copyrightnotice", "(c) 2026 EP", ""),
        ("dateline", "ORAN, Example State", ""),
        ("infosource", "Sample Wire", "ThirdParty"),
        ("byline", "By JO SAMPLE", "Example Press"),
        ("contributor", "Al Producer", "producer"),
    ]
    assert (found.subheadline, found.slugline, found.summary) == ("Farmers glad", "EU-Rain, 1st Ld", "It rained.")
    assert (found.byline, found.dateline, found.provider) == ("By JO SAMPLE", "ORAN, Example State", "AP")
    assert found.usage_terms == "Editorial use only.\nNo archive."
    assert (found.creditline, found.copyright_notice, found.ed_note) == (
        "EP via AP",
        "(c) 2026 EP",
        "Eds: With photos.",
    )


def test_parties_with_names() -> None:
    """Sources, contributors and services are credits with their types; of two credit lines each is one."""
    found = story(
        source=[{"name": "Post", "type": "Member"}],
        sources=[{"name": "Wire"}],
        contributor={"name": "Sam Hill"},
        services=[{"name": "Digital"}],
        description_creditline="EP via AP",
        creditline="AP",
    )
    assert {(one.where, one.value, one.role) for one in found.credits} == {
        ("source", "Post", "Member"),
        ("source", "Wire", ""),
        ("contributor", "Sam Hill", ""),
        ("service", "Digital", ""),
        ("creditline", "EP via AP", ""),
        ("creditline", "AP", ""),
    }


def test_everything_that_is_said_to_editors() -> None:
    """Instructions, advisories and who is left out stand in the note, and an embargo in them counts."""
    found = story(
        ednote="With photos.", specialinstructions="HOLD FOR RELEASE", advisory="Moves at noon.", outs=["ZZ out"]
    )
    assert found.ed_note == "With photos.\nHOLD FOR RELEASE\nMoves at noon.\nZZ out"
    assert found.pubstatus == "withheld"


def test_products_are_services() -> None:
    """The products that an item came in are kept as services, with the numbers by which AP sells them."""
    found = read({"data": {"meta": {"products": [{"id": 1, "name": "A Wire"}]}, "item": item()}})[0]
    assert CreditElement(where="service", value="A Wire", role="product:1") in found.credits


def test_what_it_is_about() -> None:
    """Concepts keep AP's codes and scheme, categories the kind that rels says; the dateline's place comes first."""
    scheme = "http://cv.ap.org/id/"
    found = story(
        subject=[
            {"code": "a1", "name": "Economy", "scheme": scheme, "rels": ["direct"]},
            {"code": "i", "name": "i", "rels": ["category"]},
        ],
        person=[{"code": "p1", "name": "Ada Sample", "scheme": scheme}],
        organisation=[{"code": "o1", "name": "Port Co", "scheme": scheme}],
        place=[{"code": "g1", "name": "Oran", "scheme": scheme}],
        datelinelocation={"city": "Oran", "countryareacode": "EX", "countrycode": "DZA", "countryname": "Algeria"},
        keywords=["rain", "rain"],
        fixture={"code": "f1", "name": "Weather Week"},
        profile="Feature",
    )
    assert found.subjects == (
        Subject(scheme=scheme, code="a1", name="Economy"),
        Subject(scheme="category", code="i"),
    )
    assert found.people == (Subject(scheme=scheme, code="p1", name="Ada Sample"),)
    assert found.organisations == (Subject(scheme=scheme, code="o1", name="Port Co"),)
    assert found.places == (
        Subject(scheme="city", code="", name="Oran"),
        Subject(scheme="countryarea", code="EX", name="EX"),
        Subject(scheme="iso3166-1a3", code="DZA", name="Algeria"),
        Subject(scheme=scheme, code="g1", name="Oran"),
    )
    assert found.keywords == ("rain",)
    assert found.genres == (
        Subject(scheme="fixture", code="f1", name="Weather Week"),
        Subject(scheme="profile", code="Feature"),
    )


NITF = (
    "<nitf><body><body.head><byline>By JO SAMPLE</byline></body.head><body.content><block><p>ORAN (EP) — It rained.</p>"
    "<p>Second.</p></block></body.content></body></nitf>"
)


@pytest.mark.parametrize(
    "message",
    [
        answer(item(body_nitf=NITF)),
        answer(item(nitf=NITF)),
        answer(item(renditions={"nitf": {"href": "https://example.org/1", "content": NITF}})),
        answer(item(), nitf=NITF),
        answer(item(), nitf={"body_html": "<block><p>ORAN (EP) — It rained.</p><p>Second.</p></block>"}),
        answer(item(body_html="<p>ORAN (EP) — It rained.</p><p>Second.</p>")),
        answer(item(body_text="ORAN (EP) — It rained.\n\nSecond.")),
    ],
)
def test_the_text_wherever_it_is(message: Any) -> None:
    """Text stands in the item, in a rendition, or beside the item where an agent put it."""
    found = read(message)[0]
    assert found.paragraphs == ("ORAN (EP) — It rained.", "Second.")
    assert found.body_html == "<p>ORAN (EP) — It rained.</p><p>Second.</p>"


def test_a_text_that_is_elsewhere() -> None:
    """A story whose text AP only refers to has the reference, and no paragraphs."""
    found = story(renditions={"nitf": {"href": "https://example.org/1", "type": "text", "mimetype": "text/xml"}})
    assert found.paragraphs == ()
    assert found.associations == (Association(rel="nitf", href="https://example.org/1", mimetype="text/xml"),)


def test_a_picture() -> None:
    """A picture is a story of that type: its caption is the body, its files are references with their sizes."""
    found = story(
        type="picture",
        description_caption="Clouds over Oran.",
        photographer={"name": "Jo Sample", "code": "stf"},
        renditions={
            "main": {
                "href": "https://example.org/1.jpg",
                "type": "picture",
                "mimetype": "image/jpeg",
                "width": 4000,
                "height": 3000,
                "sizeinbytes": 2500000,
                "contentid": "c1",
            },
            "thumbnail": {"href": "", "type": "picture"},
        },
    )
    assert (found.type, found.paragraphs, found.byline) == ("picture", ("Clouds over Oran.",), "Jo Sample")
    assert CreditElement(where="byline", value="Jo Sample", role="photographer:stf") in found.credits
    assert found.associations == (
        Association(
            rel="main",
            type="picture",
            guid="c1",
            href="https://example.org/1.jpg",
            mimetype="image/jpeg",
            width=4000,
            height=3000,
            size=2500000,
        ),
    )


def test_linked_items() -> None:
    """Linked pictures and films are associations in AP's order, in full where the message brings them along."""
    named = {
        "1": {"uri": f"{API}/p1?qt=t", "altids": {"itemid": "p1"}, "type": "picture", "headline": "Clouds"},
        "2": {"uri": f"{API}/v1?qt=t", "altids": {"itemid": "v1"}, "type": "video", "headline": "Film"},
    }
    whole = {
        "altids": {"itemid": "p1"},
        "type": "picture",
        "headline": "Clouds",
        "description_caption": "Clouds over Oran.",
        "description_creditline": "EP Photo",
        "renditions": {"main": {"href": "https://example.org/1.jpg", "type": "picture", "mimetype": "image/jpeg"}},
    }
    found = read(answer(item(associations=named), associations={"1": {"data": {"item": whole}}}))[0]
    picture, film = found.associations
    assert (picture.guid, picture.href, picture.caption) == ("p1", "https://example.org/1.jpg", "Clouds over Oran.")
    assert (film.guid, film.type, film.href, film.headline) == ("v1", "video", f"{API}/v1", "Film")
    assert CreditElement(where="picture", value="EP Photo", role="creditline") in found.credits


def test_links() -> None:
    """The public page and the items that this one is made from or refers to are links."""
    found = story(
        links=[{"rel": "canonical", "href": "https://example.org/rain"}],
        canonicallink="https://example.org/all/rain",
        derivedfrom=["g1"],
        refersto=[{"itemid": "g2"}],
    )
    assert found.links == (
        Link(href="https://example.org/rain", rel="canonical"),
        Link(href="https://example.org/all/rain", rel="canonical"),
        Link(href="g1", rel="derivedfrom"),
        Link(href="g2", rel="refersto"),
    )


def test_ninjs_stays_ninjs() -> None:
    """altids of ninjs is a list of objects, and its items are told apart by that."""
    ninjs = {"uri": "urn:x:1", "altids": [{"role": "itemid", "value": "7"}], "headline": "Rain"}
    assert parse(json.dumps(ninjs).encode()).format == "ninjs"


@pytest.mark.parametrize(
    ("message", "limits", "reason"),
    [
        (answer(item(altids={}, uri=""), method="/content.GET"), Limits(), "no identifier"),
        ({"method": "/content.feed.GET", "data": {"items": []}}, Limits(), "no items"),
        ({"method": "/content.GET", "error": {"message": "Forbidden"}}, Limits(), "Forbidden"),
        ({"method": "/content.GET", "data": {"item": 3}}, Limits(), "no object"),
        ({"method": "/content.GET", "data": {"item": {"uri": "x"}}}, Limits(), "altids"),
        ({"data": {"items": [item(), item()]}}, Limits(stories=1), "2 stories"),
        (answer(item(body_text="One.\n\nTwo.")), Limits(paragraphs=1), "2 paragraphs"),
    ],
)
def test_refusals(message: Any, limits: Limits, reason: str) -> None:
    """What cannot be read is refused in plain words."""
    with pytest.raises(Unparseable, match=reason) as caught:
        parse(json.dumps(message).encode(), limits=limits)
    assert caught.value.format == "ap-media-api-json"
