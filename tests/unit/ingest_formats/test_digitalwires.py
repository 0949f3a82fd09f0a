"""dpa-digitalwires: what an entry of dpa's wireQ states stands in the story. The entries are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject

URN = "urn:newsml:dpa.com:20310105:310105-99-000001"


def entry(**members: Any) -> dict[str, Any]:
    """An entry."""
    plain = {
        "entry_id": "0001-aa",
        "urn": URN,
        "version": 3,
        "version_created": "2031-01-05T11:30:00+01:00",
        "pubstatus": "usable",
        "urgency": 3,
        "language": "de",
        "headline": "Kran steht wieder",
        "dateline": "Kiel (dpa)",
        "article_html": "<section class='main'><p>Der Kran steht.</p><p>Das sagte die Werft.</p></section>",
        "_wireq_receipt": "AQ/1+=",
    }
    return {**plain, **members}


def story(**members: Any) -> Story:
    """The story of an entry with these members."""
    parsed = parse(json.dumps(entry(**members)).encode())
    assert parsed.format == "dpa-digitalwires"
    return parsed.stories[0]


def test_an_entry_is_a_story() -> None:
    """Known by its urn in all versions; the receipt of the queue is no part of it."""
    found = story()
    assert (found.guid, found.version, found.language, found.urgency) == (URN, "3", "de", 3)
    assert (found.headline, found.dateline, found.provider) == ("Kran steht wieder", "Kiel (dpa)", "dpa")
    assert found.paragraphs == ("Der Kran steht.", "Das sagte die Werft.")
    assert found.version_created == datetime(2031, 1, 5, 10, 30, tzinfo=UTC)
    assert found == story(_wireq_receipt="another")


def test_categories_are_told_by_their_type() -> None:
    """Subjects and desks, places, keywords; the wires that it runs on are services."""
    found = story(
        categories=[
            {"type": "dnltype:dpasubject", "name": "Häfen", "qcode": "dpasubject:12"},
            {"type": "dnltype:geosubject", "name": "Kiel", "qcode": "dpageo:7"},
            {"type": "dnltype:keyword", "name": "Kran", "qcode": ""},
            {"type": "dnltype:wire", "name": "Basisdienst", "qcode": "dpasrv:bdt"},
            {"type": "dnltype:creator", "name": "muster.erika", "qcode": None},
            {"type": "dnltype:contributor", "name": "Al Probe", "qcode": "dpa-ad:probe.al"},
        ]
    )
    assert CreditElement(where="creator", value="muster.erika") in found.credits
    assert CreditElement(where="contributor", value="Al Probe") in found.credits
    assert found.subjects == (Subject(scheme="dpasubject", code="12", name="Häfen"),)
    assert found.places == (Subject(scheme="dpageo", code="7", name="Kiel"),)
    assert found.keywords == ("Kran",)
    assert CreditElement(where="service", value="Basisdienst") in found.credits


def test_who_had_a_part_in_it_is_credited_with_the_role() -> None:
    """Makers and sources of information alike, where the category states a role."""
    found = story(
        categories=[
            {"type": "dnltype:creator", "name": "Al Probe", "role": "xrol:photog"},
            {"type": "dnltype:infosource", "name": "Quay Press", "qcode": "xsup:qp", "role": "xisrol:supplier"},
        ]
    )
    assert CreditElement(where="creator", value="Al Probe", role="xrol:photog") in found.credits
    assert CreditElement(where="infosource", value="Quay Press", role="xisrol:supplier") in found.credits


def test_places_are_also_those_of_an_address() -> None:
    """Where a picture was taken counts by the parts of its address; a point of interest by its name, too."""
    address = {"properties": {"locality": "Upper Vale", "country": "Vale"}, "geometry": None, "type": "Feature"}
    taken = {"type": "dnltype:locationcreated", "name": "Aufnahmeort,Upper Vale,Vale", "geojson": address}
    hall = {"type": "dnltype:poi", "name": "Bell Hall", "geojson": address}
    vale = ("Upper Vale", "Vale")
    assert tuple(one.name for one in story(categories=[taken]).places) == vale
    assert tuple(one.name for one in story(categories=[hall]).places) == ("Bell Hall", *vale)
    assert [one.name for one in story(categories=[{**taken, "geojson": None}]).places] == [taken["name"]]


def test_boxes_beside_the_text_are_not_lost() -> None:
    """The box of facts follows the text; what the box of links points to are links."""
    found = story(
        infobox_html="<section class='infobox'><h2>Der Kran</h2><p>Er ist 60 Meter hoch.</p></section>",
        linkbox_html="<ul><li><a href='https://yard.example/a'>Werft</a><a href='javascript:x'>x</a></li></ul>",
    )
    assert found.paragraphs[-2:] == ("Der Kran", "Er ist 60 Meter hoch.")
    assert not any(one.where == "endline" for one in found.credits)
    assert found.links == (Link(href="https://yard.example/a", rel="more", title="Werft"),)


def test_the_line_under_the_text_is_a_credit_whatever_box_follows() -> None:
    """The end of the article is where it was signed, not the end of the box."""
    found = story(
        article_html="<p>Der Kran steht.</p><p>Das sagte die Werft.</p><p>dpa/lno</p>",
        infobox_html="<h2>Der Kran</h2><ul><li>60 Meter</li><li>8 Achsen</li><li>Baujahr 1970</li></ul>",
    )
    assert [one.value for one in found.credits if one.where == "endline"] == ["dpa/lno"]


def test_signals_are_those_of_its_categories_and_of_its_notes() -> None:
    """A signal's code is kept as it is; a notice that the text runs unseen is one to editors."""
    sign = {"type": "dnltype:signal", "name": "Update", "qcode": "sig:update"}
    found = story(categories=[sign], autopublishnotice="Automatisch erstellt")
    assert (found.signals, found.ed_note) == (("sig:update",), "Automatisch erstellt")


def test_what_a_picture_shows_is_its_summary() -> None:
    """A picture has a caption among its descriptions and no teaser."""
    caption = {"role": "drol:caption", "description": "Der Kran im <b>Hafen</b>."}
    found = story(article_html=None, descriptions=[{"role": "drol:alt", "description": "x"}, caption])
    assert found.summary == "Der Kran im Hafen ."
    assert story(teaser="Kurz", descriptions=[caption]).summary == "Kurz"


def test_a_kill_an_embargo_and_a_correction_are_facts() -> None:
    """An embargo that cannot be read holds the story back."""
    assert story(pubstatus="canceled").pubstatus == "canceled"
    assert story(embargoed="2031-01-06T06:00:00+01:00").embargo == datetime(2031, 1, 6, 5, tzinfo=UTC)
    assert story(embargoed="morgen früh").pubstatus == "withheld"
    noted = story(notepad={"ednotes": [{"role": "dpaednoterole:correctionshort", "ednote": "Berichtigt: Name"}]})
    assert (noted.signals, noted.ed_note) == (("sig:correction",), "Berichtigt: Name")


def test_pictures_go_along_with_their_credit() -> None:
    """The widest rendition of each."""
    files = [{"url": "https://a.example/s.jpg", "mimetype": "image/jpeg", "width": 100, "height": 50},
             {"url": "https://a.example/l.jpg", "mimetype": "image/jpeg", "width": 800, "height": 400}]  # fmt: skip
    one = {"urn": "urn:newsml:dpa.com:1", "type": "image", "creditline": "Ada Moor/dpa"}
    found = story(associations=[{**one, "headline": "Kran", "renditions": files}])
    assert found.associations == (
        Association(rel="image", type="picture", guid="urn:newsml:dpa.com:1", href="https://a.example/l.jpg",
                    headline="Kran", creditline="Ada Moor/dpa", mimetype="image/jpeg", width=800, height=400),
    )  # fmt: skip
    assert CreditElement(where="picture", value="Ada Moor/dpa", role="creditline") in found.credits


def test_an_answer_has_many_and_what_is_broken_is_refused() -> None:
    """With the reason; never with a crash."""
    assert len(parse(json.dumps({"entries": [entry(), entry(urn=f"{URN}-2")]}).encode()).stories) == 2
    broken = parse(json.dumps({"entries": [entry(), 7]}).encode())
    assert len(broken.stories) == 1
    assert [fault.path for fault in broken.refused] == ["$.entries[1]"]
    with pytest.raises(Unparseable, match="no list"):
        parse(json.dumps({"entries": entry()}).encode())


def test_notes_that_are_pieces_of_markup() -> None:
    """Where a notepad has no notes one by one, its pieces are notes to editors."""
    found = story(
        notepad={"header_html": "<p>Berichtigung: Ort im 1. Absatz</p>", "nonpublic_html": "<p>Foto folgt</p>"}
    )
    assert found.ed_note == "Berichtigung: Ort im 1. Absatz\nFoto folgt" and found.signals == ("sig:correction",)
