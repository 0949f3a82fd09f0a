"""Every member that ninjs 1 to 3 have, wrong types, wrappers, and items within items."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject, UsageRight


def story(**members: Any) -> Story:
    """The story that is read from an item with these members and an uri."""
    return parse(json.dumps({"uri": "urn:x:1", "headline": "H", **members}).encode()).stories[0]


@pytest.mark.parametrize(
    "altids",
    [
        {"wire": "EP-7", "number": 12},
        [{"role": "wire", "value": "EP-7"}, {"name": "number", "value": "12"}],
        {"wire": ["EP-7"], "number": {"value": "12"}},
    ],
)
def test_other_identifiers(altids: Any) -> None:
    """An object by name in 1.x, a list in 2.x and 3.x; and guid or id beside uri."""
    found = story(altIds=altids, id="77", guid="urn:x:1")
    assert found.alt_ids == (
        Subject(scheme="id", code="77"),
        Subject(scheme="wire", code="EP-7"),
        Subject(scheme="number", code="12"),
    )


def test_a_note_on_an_associated_item_says_how_it_may_be_used() -> None:
    """Beside its terms; it is no note on the story."""
    picture = {"name": "main", "type": "picture", "usageTerms": "No sales", "edNote": "Not for television"}
    found = story(associations=[picture])
    assert (found.associations[0].usage_terms, found.ed_note) == ("No sales\nNot for television", "")


def test_files_that_are_attached() -> None:
    """Superdesk's attachments go with the story as its renditions do."""
    found = story(attachments=[{"title": "Plan", "href": "https://ex.example/p.pdf", "length": 77}])
    assert found.associations == (
        Association(rel="rendition", href="https://ex.example/p.pdf", headline="Plan", size=77),
    )


def test_the_terms_of_an_associated_item_are_its_own() -> None:
    """What may be done with a picture says nothing of the text."""
    found = story(usageterms="For all", associations=[{"name": "main", "type": "picture", "usageterms": "No sales"}])
    assert (found.usage_terms, found.associations[0].usage_terms) == ("For all", "No sales")


def test_securities_are_named_under_organisations() -> None:
    """Each of an organisation's ``symbols`` follows, with its market as the name."""
    named = {"symbol": "X1", "symbolType": "isin"}
    symbols = [{"ticker": "BELL", "exchange": "Vale SE"}, named, {"exchange": "?"}, {"ticker": "ROPE", **named}]
    found = story(organisations=[{"name": "Bell Works", "symbols": symbols}, {"name": "Ropery"}])
    assert found.organisations == (
        Subject(code="", name="Bell Works"),
        Subject(code="", name="Ropery"),
        Subject(scheme="ticker", code="BELL", name="Vale SE"),
        Subject(scheme="isin", code="X1"),
        Subject(scheme="ticker", code="ROPE"),
    )


def test_an_item_known_by_its_other_identifier_alone() -> None:
    """Where there is no uri, the first of them is the guid."""
    data = json.dumps({"altids": [{"role": "wire", "value": "EP-7"}], "headline": "H"}).encode()
    assert parse(data).stories[0].guid == "EP-7"


@pytest.mark.parametrize(("code", "other"), [(1, True), ("1", 1), (1, 1.0)])
def test_concepts_that_are_alike_are_not_mixed_up(code: Any, other: Any) -> None:
    """What was read of one concept is not said of another whose code only looks the same."""
    first = story(subject=[{"code": code, "name": "Ferries"}]).subjects
    second = story(subject=[{"code": other, "name": "Ferries"}]).subjects
    assert first == (Subject(code=str(code), name="Ferries"),)
    assert second == (Subject(code="" if other is True else str(other), name="Ferries"),)


def test_dates_and_status() -> None:
    """embargoedUntil and embargoed, expires, contentCreated where nothing else says when it was made."""
    found = story(embargoedUntil="2026-04-01T06:00:00Z", expires="2026-05-01", contentCreated="2026-03-01T00:00:00Z")
    assert found.embargo == datetime(2026, 4, 1, 6, tzinfo=UTC)
    assert found.expires == datetime(2026, 5, 1, tzinfo=UTC)
    assert found.first_created == datetime(2026, 3, 1, tzinfo=UTC)


def test_an_embargo_that_nobody_can_read_never_leaks() -> None:
    """The story is withheld, with a note for editors."""
    found = story(embargoed="after the press conference", ednote="Photos follow.")
    assert (found.pubstatus, found.embargo) == ("withheld", None)
    assert found.ed_note == "Photos follow.\nEmbargo: after the press conference"


def test_origins_of_every_kind() -> None:
    """Parties, their roles, and the digital source type."""
    found = story(
        provider="EP", creditline="EP/Muster", copyrightHolder="EP", copyrightNotice="(c) EP", by="Jo Sample",
        infoSources=[{"name": "Old Press", "role": "isrol:source"}, {"literal": "witness"}],
        contributors=[{"name": "Al Muster", "role": "crol:editor"}],
        digitalSourceType={"uri": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"},
        services=[{"name": "Basic"}],
    )  # fmt: skip
    assert {(one.where, one.value, one.role) for one in found.credits} == {
        ("provider", "EP", ""),
        ("creditline", "EP/Muster", ""),
        ("copyrightholder", "EP", ""),
        ("copyrightnotice", "(c) EP", ""),
        ("byline", "Jo Sample", ""),
        ("contributor", "Al Muster", "crol:editor"),
        ("infosource", "Old Press", "isrol:source"),
        ("infosource", "witness", ""),
        ("service", "Basic", ""),
        ("source", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "digitalsourcetype"),
    }


def test_parties_given_as_objects_or_lists_where_a_string_stands() -> None:
    """An object counts by its name; of several parties the first one is the story's, and each is a credit."""
    found = story(
        provider=[{"name": "EP", "uri": "https://ep.example/"}, {"literal": "Vale Press"}],
        copyrightHolder={"name": "EP GmbH", "rel": "owner"},
        copyrightNotice=["(c) EP", "(c) Vale Press"],
        creditLine={"value": "EP/Muster"},
        byline=["Jo Sample", {"name": "Al Muster"}],
    )
    assert (found.provider, found.copyright_holder) == ("EP", "EP GmbH")
    assert (found.copyright_notice, found.creditline) == ("(c) EP, (c) Vale Press", "EP/Muster")
    assert found.byline == "Jo Sample, Al Muster"
    assert [one.value for one in found.credits if one.where == "provider"] == ["EP", "Vale Press"]


def test_a_party_without_a_name_is_a_fault_where_ninjs_has_a_string() -> None:
    """What it says would be lost."""
    with pytest.raises(Unparseable, match="object, but ninjs has a string"):
        story(copyrightHolder={"rel": "owner"})


def test_credits_of_a_picture_given_as_objects() -> None:
    """They are read as those given as strings are."""
    picture = {"type": "picture", "uri": "urn:p:2", "creditline": {"name": "EP Photo"}, "provider": [{"name": "EP"}]}
    found = story(associations=[picture])
    assert {(one.value, one.role) for one in found.credits if one.where == "picture"} == {
        ("EP Photo", "creditline"),
        ("EP", "provider"),
    }
    assert found.associations[0].creditline == "EP Photo"


def test_authors_stand_in_for_a_byline() -> None:
    """Those who wrote it, not those who edited it."""
    found = story(
        authors=[{"name": "Jo Sample", "role": "writer"}, {"name": "Al Muster"}, {"name": "X", "role": "editor"}]
    )
    assert found.byline == "Jo Sample, Al Muster"


ODRL = {
    "@type": "Agreement",
    "permission": [
        {
            "action": "http://www.w3.org/ns/odrl/2/distribute",
            "assigner": "urn:ep",
            "assignee": "urn:post",
            "constraint": [
                {"leftOperand": "spatial", "operator": "eq", "rightOperand": "DE"},
                {"leftOperand": "odrl:dateTime", "operator": "gteq", "rightOperand": "2026-04-01T00:00:00Z"},
                {"leftOperand": "dateTime", "operator": "lt", "rightOperand": "2026-05-01T00:00:00Z"},
                {"leftOperand": "count", "operator": "lteq", "rightOperand": "3"},
            ],
        }
    ],
    "prohibitions": [{"action": "http://www.w3.org/ns/odrl/2/commercialize"}],
}


def test_rights() -> None:
    """ODRL is read rule by rule; another language is kept as it stands; a link is a link."""
    found = story(rightsInfo={"langId": "http://www.w3.org/ns/odrl/2/", "encodedRights": json.dumps(ODRL)})
    assert found.rights == (
        UsageRight(
            type="permission: distribute", geography="DE", holder="urn:ep", limitations="count lteq 3; for urn:post",
            start=datetime(2026, 4, 1, tzinfo=UTC), end=datetime(2026, 5, 1, tzinfo=UTC),
        ),
        UsageRight(type="prohibition: commercialize"),
    )  # fmt: skip
    assert story(rightsinfo={"langid": "x", "encodedrights": "<o/>"}).rights == (
        UsageRight(type="x", limitations="<o/>"),
    )
    linked = story(rightsinfo={"linkedrights": "https://r.example/1"})
    assert linked.links == (Link(href="https://r.example/1", rel="rights"),)


def test_rights_in_json_ld_in_full() -> None:
    """Every name and value may be an object, and a rule or a constraint may stand alone."""
    place = {"leftOperand": {"@id": "odrl:spatial"}, "operator": {"@id": "odrl:neq"}, "rightOperand": {"@value": "DE"}}
    rule = {"action": {"@id": "odrl:distribute"}, "assigner": {"@id": "urn:ep"}, "constraint": place}
    found = story(rightsInfo={"encodedRights": json.dumps({"permission": rule})})
    assert found.rights == (UsageRight(type="permission: distribute", geography="not DE", holder="urn:ep"),)


def test_links_and_trust_indicators() -> None:
    """Trust indicators, the version that this one comes from, the page."""
    role = "http://cv.iptc.org/newscodes/trustindicator/editorialPolicy"
    found = story(trustIndicators=[{"role": role, "href": "https://ep.example/policy"}], evolvedfrom="urn:x:0")
    assert found.links == (
        Link(href="urn:x:0", rel="replaces"),
        Link(href="https://ep.example/policy", rel="trustindicator", title="editorialPolicy"),
    )


def test_signals() -> None:
    """Codes, concept URIs, plain words; and the type advisory."""
    uri = "http://cv.iptc.org/newscodes/signal/correction"
    assert story(signals=[{"uri": uri}, {"code": "sig:update"}]).signals == ("sig:correction", "sig:update")
    assert story(signal="kill").signals == ("kill",)
    assert story(type="advisory").signals == ("sig:advisory",)


def test_references_to_characters_in_a_headline() -> None:
    """They are the characters, in a headline of its own as in one by its role."""
    wanted = "Q&A: l’été <sic>"
    stated = "Q&amp;A: l&#8217;&eacute;t&eacute; &lt;sic&gt;"
    assert story(headline=stated).headline == story(headline=None, headlines=[{"value": stated}]).headline == wanted
    assert story(headline="AT&T; R&D").headline == "AT&T; R&D"


def test_texts_by_language() -> None:
    """Of texts in several languages those of the item's are taken; without one, those of the first text."""
    texts = [{"value": "Bridge?", "language": "en-US"}, {"value": "Bridge", "language": "en-GB"}]
    texts = [{"value": "Brücke", "language": "de"}, *texts]
    bodies = [{"value": "<p>Sie steht.</p>", "contentType": "text/html", "lang": "de"},
              {"value": "<p>It stands.</p>", "contentType": "text/html", "lang": "en-GB"}]  # fmt: skip
    made = {"headline": None, "headlines": texts, "bodies": bodies}
    english, german = story(language="en", **made), story(**made)
    assert (english.headline, english.paragraphs) == ("Bridge?", ("It stands.",))
    for language, headline in (("en_GB", "Bridge"), ("eng", "Bridge?"), ("deu", "Brücke"), ("fr", "Brücke")):
        assert story(language=language, **made).headline == headline
    assert (german.headline, german.paragraphs, german.language) == ("Brücke", ("Sie steht.",), "de")


def test_items_within_items() -> None:
    """A package's members and what belongs to these, in depth; the best rendition with its measures; all credits."""
    picture = {
        "uri": "urn:p:1", "type": "picture", "byline": "Al Photo", "infosources": [{"name": "EP Photo"}],
        "renditions": [
            {"name": "thumb", "href": "https://p.example/t.jpg", "width": 80},
            {"name": "original", "href": "https://p.example/o.jpg", "width": "800", "height": 600, "sizeInBytes": 5000,
             "contentType": "image/jpeg"},
        ],
    }  # fmt: skip
    member = {"uri": "urn:x:2", "type": "text", "headline": "Member", "associations": {"lead": picture}}
    found = story(type="composite", associations=[{"name": "first", **member}])
    assert found.type == "composite"
    assert found.associations == (
        Association(rel="first", type="text", guid="urn:x:2", headline="Member"),
        Association(
            rel="lead", type="picture", guid="urn:p:1", href="https://p.example/o.jpg", creditline="Al Photo",
            mimetype="image/jpeg", width=800, height=600, size=5000,
        ),
    )  # fmt: skip
    assert {(one.value, one.role) for one in found.credits if one.where == "picture"} == {
        ("Al Photo", "byline"), ("EP Photo", "infosources")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("members", "path", "said"),
    [
        ({"headline": ["H"]}, "$.headline", "array, but ninjs has a string"),
        ({"versionCreated": {}}, "$.versionCreated", "object, but ninjs has a string"),
        ({"subject": "text"}, "$.subject", "string, but ninjs has an array"),
        ({"subjects": [3]}, "$.subjects[0]", "number, but ninjs has an object"),
        ({"bodies": [{"value": "x"}, {"value": []}]}, "$.bodies[1].value", "array, but ninjs has a string"),
        ({"body_html": True}, "$.body_html", "true or false, but ninjs has a string"),
        ({"rightsInfo": "x"}, "$.rightsInfo", "string, but ninjs has an object"),
        ({"pubstatus": ["usable"]}, "$.pubstatus", "array"),
    ],
)
def test_a_member_of_another_kind_is_a_fault(members: dict[str, Any], path: str, said: str) -> None:
    """What it says would be lost: the refusal names the member by its JSON path."""
    with pytest.raises(Unparseable, match=said) as caught:
        story(**members)
    assert (caught.value.path, caught.value.format) == (path, "ninjs")


@pytest.mark.parametrize(
    "wrapped",
    [
        {"hits": {"total": 1, "hits": [{"_id": "1", "_source": {"uri": "urn:x:1", "headline": "H"}}]}},
        {"_items": [{"uri": "urn:x:1", "headline": "H"}], "_meta": {"total": 1}},
        {"data": {"items": [{"uri": "urn:x:1", "headline": "H"}]}},
        {"results": [{"item": {"uri": "urn:x:1", "headline": "H"}}]},
        {"item": {"uri": "urn:x:1", "headline": "H"}},
    ],
)
def test_answers_that_list_items(wrapped: Any) -> None:
    """Items in the answers of search and content interfaces."""
    assert [one.guid for one in parse(json.dumps(wrapped).encode()).stories] == ["urn:x:1"]


def test_faults_within_an_answer_name_their_place() -> None:
    """The path goes through the wrapper."""
    found = parse(b'{"data": {"items": [{"uri": "a", "headline": "H"}, {"uri": "b", "headline": 1, "slugline": []}]}}')
    assert [fault.path for fault in found.refused] == ["$.data.items[1].slugline"]


def test_credit_of_a_party_given_by_code_alone() -> None:
    """The code stands where there is no name."""
    assert CreditElement(where="infosource", value="EP") in story(infosource=[{"code": "EP", "scheme": "s"}]).credits


def test_an_nitf_document_among_the_bodies_is_the_text_and_says_who_it_is_from() -> None:
    """It has the markup that the plain text lacks; its distributor and byline are credits."""
    nitf = (
        "<?xml version='1.0'?><nitf><body><body.head><byline>By Una Ringer</byline>"
        "<distributor>Vale Press</distributor></body.head><body.content><block><p>Bells rang.</p></block>"
        "<p>All <em>day</em>.</p></body.content></body></nitf>"
    )
    item = {
        "uri": "urn:x:1",
        "headlines": [{"value": "Bells"}],
        "bodies": [
            {"role": "text", "contenttype": "text/plain", "value": "All day."},
            {"role": "nitf", "contenttype": "text/vnd.IPTC.NITF", "value": nitf},
        ],
    }
    found = parse(json.dumps(item).encode()).stories[0]
    assert found.body_html == "<p>Bells rang.</p><p>All <em>day</em>.</p>"
    assert [(one.where, one.value) for one in found.credits] == [
        ("byline", "By Una Ringer"),
        ("provider", "Vale Press"),
    ]


def test_how_it_may_be_used_is_no_caption_and_no_summary() -> None:
    """TT's ``description_usage``: it is among the terms, of the item and of what goes with it."""
    picture = {"type": "picture", "description_usage": "Once only.", "body_text": "The quay."}
    found = story(description_usage="Print only.", associations=[picture])
    assert (found.summary, found.usage_terms) == ("", "Print only.")
    assert (found.associations[0].caption, found.associations[0].usage_terms) == ("The quay.", "Once only.")


def test_descriptions_that_are_credits_are_no_summary() -> None:
    """Their role says so."""
    found = story(
        descriptions=[
            {"role": "creditline", "value": "SAMPLE PRESS"},
            {"role": "writer", "value": "jm"},
            {"role": "caption", "value": "A boat."},
        ]
    )
    assert (found.summary, found.creditline) == ("A boat.", "SAMPLE PRESS")
    assert CreditElement(where="writer", value="jm") in found.credits


@pytest.mark.parametrize(
    ("roles", "wanted"),
    [
        (("short", "main"), "main"),
        (("xr:teaser", "xr:main"), "xr:main"),
        (("main", "long"), "main"),
        (("short", "long"), "short"),
        (("", "main"), "main"),
    ],
)
@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_of_bodies_in_several_roles_the_main_one_is_read(roles: tuple[str, ...], wanted: str, kind: str) -> None:
    """Whichever comes first; where none is called so, the first."""
    bodies = [{"role": role, "contenttype": kind, "value": f"<p>{role}</p>"} for role in roles]
    assert wanted in story(bodies=bodies).body_html


@pytest.mark.parametrize("name", ["body", "text", "content"])
def test_a_body_by_a_plain_name_is_read_where_there_is_no_other(name: str) -> None:
    """ninjs 1 forbids such members, 2 and 3 let them pass: else outlets would get a headline alone, and nobody know."""
    assert story(**{name: "One.\n\nTwo."}).paragraphs == ("One.", "Two.")
    assert story(**{name: "<p>One more.</p><p>Two.</p>"}).body_html == "<p>One more.</p><p>Two.</p>"
    assert story(**{name: "Another one.", "body_text": "One."}).paragraphs == ("One.",)
    assert story(**{name: "Another one."}, bodies=[{"role": "main", "value": "One."}]).paragraphs == ("One.",)
    assert story(**{name: {"value": "One."}}).paragraphs == story(**{name: ["One."]}).paragraphs == ()
    assert story(**{name: "https://ex.example/1"}).paragraphs == story(**{name: "video"}).paragraphs == ()


def test_a_body_by_its_own_name_stays_beside_bodies_in_roles() -> None:
    """``body_html`` is the text with its markup, whatever repeats it as plain text."""
    found = story(body_html="<p>One.</p><p>Two.</p>", bodies=[{"role": "main", "value": "One. Two."}])
    assert found.paragraphs == ("One.", "Two.")


@pytest.mark.parametrize(
    "said",
    [
        {"description_text": "A boat.", "body_text": "boat"},
        {"description_caption": "A boat."},
        {"description_caption": "A boat.", "description_usageterms": "No sales"},
        {"description_summary": "<p>A boat.</p>"},
        {"description": "A boat."},
        {"caption": "A boat."},
        {"descriptions": [{"role": "creditline", "value": "EP"}, {"role": "caption", "value": "A boat."}]},
        {"descriptions": [{"role": "summary", "value": "Boat"}, {"role": "caption", "value": "A boat."}]},
        {"descriptions": [{"value": "Ein Boot.", "language": "de"}, {"value": "A boat.", "language": "en"}]},
    ],
)
def test_the_caption_of_what_is_associated(said: dict[str, Any]) -> None:
    """In all generations, by the role of the description and in the item's language."""
    headlines = [{"role": "short", "value": "B"}, {"role": "main", "value": "Boat"}]
    found = story(language="en", associations=[{"name": "p", "type": "picture", "headlines": headlines, **said}])
    assert [(one.headline, one.caption) for one in found.associations] == [("Boat", "A boat.")]


def test_a_dateline_in_an_element_of_its_own() -> None:
    """It is the dateline and names the agency; in the body it would be a paragraph."""
    line = '<div class="dat"><span class="vignette">Hav</span><span class="source">XT</span></div>'
    found = story(body_html5=f"<html><body><section>{line}<p>Båt.</p></section></body></html>")
    assert (found.dateline, found.paragraphs) == ("Hav XT", ("Båt.",))
    assert CreditElement(where="source", value="XT") in found.credits
    assert story(body_html5="<p>Båt.</p>", dateline="Hav").dateline == "Hav"


def test_bylines_what_is_replaced_and_names_that_are_missing() -> None:
    """As TT and STT write them."""
    nobody = {"code": "None", "name": None}
    found = story(bylines=[{"byline": "Ada Sample/XT"}], replacing=["urn:x:0"], authors=[nobody])
    assert CreditElement(where="byline", value="Ada Sample/XT") in found.credits
    assert found.byline == "Ada Sample/XT"
    assert Link(href="urn:x:0", rel="replaces") in found.links
    assert not [one for one in found.credits if one.where == "author"]


def test_identifiers_of_ap_do_not_make_an_item_of_ap() -> None:
    """ninjs that says it is ninjs is read as such, whatever its other identifiers."""
    standard = {"name": "ninjs", "version": "1.6"}
    data = {"$standard": standard, "uri": "urn:x:1", "headline": "H", "altids": {"itemid": "7"}}
    found = parse(json.dumps(data).encode())
    assert (found.format, found.stories[0].guid) == ("ninjs", "urn:x:1")


def test_an_event_of_superdesk_has_its_name_as_headline() -> None:
    """What it is about stands in its definitions."""
    named = {"type": "event", "name": "Boat race", "definition_short": "Eights.", "definition_long": "Of eights."}
    found = story(headline=None, **named)
    assert (found.headline, found.summary) == ("Boat race", "Of eights.")


def test_an_item_without_identifier_gets_one() -> None:
    """If it is ninjs beyond doubt; the same headline is the same story. Other JSON is refused."""
    item = {"type": "text", "headline": "Crane", "versioncreated": "2031-01-05T10:00:00Z", "body_html": "<p>Up.</p>"}
    plain = parse(json.dumps(item).encode()).stories[0]
    assert plain.guid == parse(json.dumps({**item, "version": "2"}).encode()).stories[0].guid != ""
    assert parse(json.dumps({**item, "extra": {"itemid": "x7"}}).encode()).stories[0].guid == "x7"
    with pytest.raises(Unparseable, match="lacks uri"):
        parse(json.dumps({"type": "text", "headline": "Crane", "body_html": "<p>Up.</p>"}).encode())


def test_lines_with_markup() -> None:
    """Headline and byline are lines of text, whatever page they were taken from; a company's symbol is no markup."""
    found = story(headline="<p>Boats <em>wait</em> &amp;amp; rest</p>", byline="<p>By Jo Sample</p>")
    assert (found.headline, found.byline) == ("Boats wait & rest", "By Jo Sample")
    assert CreditElement(where="byline", value="By Jo Sample") in found.credits
    assert story(headline="Sample Corp <SMP.N> gains, if a < b").headline == "Sample Corp <SMP.N> gains, if a < b"


def test_an_event_says_when_it_is_due_and_who_answers_for_it() -> None:
    """What ninjs 3 has in eventDetails is a note to editors, and the item an advisory."""
    details = {
        "dates": {"startDate": "2026-03-26T16:00:00+01:00", "expectedEndDate": "2026-03-26"},
        "organiser": {"name": "Ed Itor", "rel": "Press desk", "contactInfo": [{"role": "phone", "value": "555 123"}]},
    }
    address = {"lines": ["1 Quay"], "locality": "Oran", "country": "Utopia"}
    place = {"name": "Bell Hall", "contactInfo": [{"address": address}, {"type": "url", "value": "https://b.example"}]}
    found = story(type="event", eventDetails=details, places=[place])
    assert [one.name for one in found.places] == ["Bell Hall", "Oran", "Utopia"]
    assert found.signals == ("sig:advisory",)
    assert found.ed_note.splitlines() == [
        "dates: startDate 2026-03-26T16:00:00+01:00, expectedEndDate 2026-03-26",
        "organiser: Ed Itor, rel Press desk, role phone, 555 123",
        "Bell Hall: lines 1 Quay, locality Oran, country Utopia, type url, https://b.example",
    ]


def test_plans_of_coverage_are_an_advisory() -> None:
    """A planning item of ninjs 3 has a note to editors about each plan, as one of NewsML-G2 has its plans as text."""
    plans = [
        {"uri": "urn:x:p1", "title": "Boat race", "edNote": "Live from 16.00", "dates": {"startDate": "2026-03-26"}},
        {"title": "Pictures", "commissioned": {"by": "Ann Doe"}},
    ]
    found = story(type="planning", plannedCoverage=plans)
    assert found.signals == ("sig:advisory",)
    assert found.ed_note.splitlines() == [
        "plannedCoverage: urn:x:p1, Boat race, edNote Live from 16.00, startDate 2026-03-26",
        "plannedCoverage: Pictures, by Ann Doe",
    ]
    assert story(type="text", plannedCoverage=plans).signals == ()


@pytest.mark.parametrize("kind", ["planning", "text"])
def test_an_embargo_of_planned_coverage_is_not_that_of_the_item(kind: str) -> None:
    """What says when a story to come may be used holds back neither the plan nor a story that names it."""
    found = story(type=kind, plannedCoverage=[{"title": "Audit", "edNote": "Embargoed until further notice"}])
    assert (found.pubstatus, found.embargo) == ("usable", None)
    assert "Embargoed until further notice" in found.ed_note


def test_a_party_is_credited_by_its_name_and_by_its_codes() -> None:
    """As in NewsML-G2; but for authors, whose codes are names of accounts."""
    party = {"name": "Vale Press", "uri": "http://cv.example/VALE", "role": "x:supplier"}
    author = {"name": "Ann Doe", "code": "adoe"}
    kind = {"name": "Made by a model", "uri": "http://cv.example/model"}
    shown = {"uri": "urn:x:2", "type": "picture", "digitalSourceType": kind}
    found = story(infoSources=[party], authors=[author], digitalSourceType=kind, associations=[{"name": "p", **shown}])
    assert [(one.where, one.value, one.role) for one in found.credits] == [
        ("author", "Ann Doe", ""),
        ("infosource", "Vale Press", "x:supplier"),
        ("infosource", "http://cv.example/VALE", "x:supplier"),
        ("source", "Made by a model", "digitalsourcetype"),
        ("source", "http://cv.example/model", "digitalsourcetype"),
        ("picture", "Made by a model", "digitalsourcetype"),
    ]


def test_an_event_without_an_identifier_is_known_by_its_title() -> None:
    """IPTC's own example of an event states none."""
    plain = {"title": "Harbour cup, first heat", "eventdetails": {"dates": {"startdate": "2026-03-26"}}}
    found = parse(json.dumps({**plain, "descriptions": [{"value": "Ten boats."}]}).encode()).stories[0]
    again = parse(json.dumps({**plain, "descriptions": [{"value": "Twelve boats."}]}).encode()).stories[0]
    assert found.headline == "Harbour cup, first heat"
    assert found.guid == again.guid


def test_schemes_of_iptc_have_iptc_s_aliases() -> None:
    """A concept is the same whether its vocabulary stands in its address, as a scheme, or is somebody else's."""
    topics = "http://cv.iptc.org/newscodes/mediatopic/"
    found = story(
        subjects=[{"uri": f"{topics}20000587"}, {"scheme": topics, "code": "20000593"}, {"scheme": "x", "code": "7"}],
        genre=[{"uri": "https://cv.iptc.org/newscodes/genre/Current"}],
    )
    assert [(one.scheme, one.code) for one in found.subjects] == [
        ("medtop", "20000587"),
        ("medtop", "20000593"),
        ("x", "7"),
    ]
    assert [(one.scheme, one.code) for one in found.genres] == [("genre", "Current")]


def test_a_name_alone_stands_for_a_concept() -> None:
    """Some lists hold names where IPTC's schemas have objects with a name."""
    found = story(subject=["bells", {"name": "ropes"}], place=["Upper Vale"], person=["Ada Ringer", ""])
    assert sorted(one.name for one in found.subjects) == ["bells", "ropes"]
    assert (found.places[0].name, [one.name for one in found.people]) == ("Upper Vale", ["Ada Ringer"])


def test_a_code_alone_stands_for_one_too() -> None:
    """Of a list of texts those that are codes or addresses are no names."""
    topics = "http://cv.iptc.org/newscodes/mediatopic/"
    found = story(subject=["medtop:20000587", f"{topics}20000593", "04000000", "2026"])
    read = [(one.scheme, one.code, one.name) for one in found.subjects]
    assert read == [("medtop", "20000587", ""), ("medtop", "20000593", ""), ("", "04000000", ""), ("", "", "2026")]
