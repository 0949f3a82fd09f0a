"""Events and plans of coverage in NewsML-G2: a desk gets them as advisories. Nothing here is from a real wire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, Story, Subject

NAR = "http://iptc.org/std/nar/2006-10-01/"
EVENT = """<concept><conceptId qcode="ev:77"/><type qcode="cpnat:event"/><name>Regatta at Port Ellery</name>
<definition role="x:short">Forty boats start</definition>
<definition role="x:long">They sail round the <em>Skerries</em>.</definition>
<related rel="r:kind" qcode="k:race"/><eventDetails>
<dates><start>2026-08-01T09:00:00Z</start><duration>PT6H</duration></dates>
<location><name>Port Ellery</name><POIDetails><position latitude="51.5" longitude="-0.1"/></POIDetails></location>
<participant qcode="p:9"><name>Mara Tull</name><personDetails/></participant>
<organiser literal="club"><name>Ellery Sailing Club</name></organiser></eventDetails></concept>"""
COVERAGE = """<newsCoverageSet><newsCoverage id="c1"><planning><g2contentType>application/nitf+xml</g2contentType>
<itemClass qcode="ninat:text"/><scheduled>2026-08-01T16:00:00Z</scheduled><headline>Who won</headline>
<edNote>300 words</edNote></planning><delivery><deliveredItemRef guidref="urn:x:text"><title>The winners</title>
</deliveredItemRef></delivery></newsCoverage></newsCoverageSet>"""


def message(kind: str, inside: str, content: str = "<urgency>6</urgency>") -> bytes:
    """A message of one such item."""
    return (
        f'<newsMessage xmlns="{NAR}"><header><sender>ex.example</sender></header><itemSet>'
        f'<{kind} guid="urn:x:1" version="4" xml:lang="en"><rightsInfo>'
        f'<copyrightHolder literal="Ex"/></rightsInfo><itemMeta>'
        f'<itemClass qcode="cinat:concept"/><provider literal="Example Press"/><pubStatus qcode="stat:usable"/>'
        f"<versionCreated>2026-07-01T10:00:00Z</versionCreated></itemMeta><contentMeta>{content}</contentMeta>"
        f"{inside}</{kind}></itemSet></newsMessage>"
    ).encode()


def story(kind: str, inside: str, content: str = "<urgency>6</urgency>") -> Story:
    """Its story."""
    return parse(message(kind, inside, content)).stories[0]


def test_an_event_is_an_advisory() -> None:
    """Its name is the headline; what it is, when and where are the text; who has to do with it are concepts too."""
    found = story("conceptItem", EVENT)
    assert (found.guid, found.version, found.language, found.urgency) == ("urn:x:1", "4", "en", 6)
    assert (found.headline, found.summary) == ("Regatta at Port Ellery", "Forty boats start")
    assert found.paragraphs == (
        "They sail round the Skerries.",
        "2026-08-01T09:00:00Z – PT6H",
        "Port Ellery",
        "Mara Tull",
        "Ellery Sailing Club",
    )
    assert found.version_created == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert found.signals == ("sig:advisory",)
    assert found.alt_ids == (Subject(scheme="conceptId", code="ev:77"),)
    assert found.places == (Subject(code="", name="Port Ellery"),)
    assert found.people == (Subject(scheme="p", code="9", name="Mara Tull"),)
    assert found.organisations == (Subject(code="club", name="Ellery Sailing Club"),)
    assert (found.provider, found.copyright_holder) == ("Example Press", "Ex")


def test_lines_about_an_event_are_no_credits() -> None:
    """Where a list of facts ends stands no credit, however short its last line is."""
    assert not [credit for credit in story("conceptItem", EVENT).credits if credit.where == "endline"]


def test_several_events_in_one_item() -> None:
    """Each is named in the text."""
    both = f"<conceptSet>{EVENT}{EVENT.replace('Regatta', 'Rowing')}</conceptSet>"
    found = story("knowledgeItem", both, "<headline>This week</headline>")
    assert found.headline == "This week"
    assert [line for line in found.paragraphs if "at Port Ellery" in line] == [
        "Regatta at Port Ellery",
        "Rowing at Port Ellery",
    ]


def test_plans_of_coverage_are_an_advisory() -> None:
    """What is planned is the text; what was delivered for it is a member."""
    found = story("planningItem", COVERAGE, "<headline>Regatta weekend</headline>")
    assert (found.headline, found.signals, found.type) == ("Regatta weekend", ("sig:advisory",), "text")
    assert found.paragraphs == ("2026-08-01T16:00:00Z", "Who won", "300 words")
    assert found.associations == (Association(rel="member", guid="urn:x:text", headline="The winners"),)


@pytest.mark.parametrize(
    ("kind", "inside"),
    [
        (
            "conceptItem",
            '<concept><conceptId qcode="a:1"/><type qcode="cpnat:person"/><name>Mara Tull</name></concept>',
        ),
        ("knowledgeItem", f"<conceptSet>{EVENT}<concept><name>Sailing</name></concept></conceptSet>"),
        ("planningItem", ""),
    ],
)
def test_terms_of_a_vocabulary_are_no_story(kind: str, inside: str) -> None:
    """Persons, topics, and lists in which anything but events stands; plans without coverage."""
    with pytest.raises(Unparseable, match="no story"):
        parse(message(kind, inside))


def test_an_event_beside_a_story() -> None:
    """Both are taken in."""
    data = message("conceptItem", EVENT).replace(
        b"</itemSet>",
        b'<newsItem guid="urn:x:2"><contentMeta><headline>Boats start</headline></contentMeta></newsItem></itemSet>',
    )
    assert [one.headline for one in parse(data).stories] == ["Regatta at Port Ellery", "Boats start"]
