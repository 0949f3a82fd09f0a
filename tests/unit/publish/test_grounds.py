"""What outlets get of a release does not depend on the grounds that its claims stand on."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

from dateline_publish.renditions import ninjs
from dateline_publish.topics import release_subjects
from dateline_schemas.credit import Author, Credit, Dateline, Evidence, LineEvidence, Origin, Rights, Term
from dateline_schemas.events import StoryReleased
from dateline_schemas.facts import Entity, Facts, Language, Place, Topic
from dateline_schemas.grounds import GROUNDS, claimed
from dateline_schemas.story import Story

DATELINE = Dateline(text="PORT SELWYN -", where="paragraphs[0]", cut=14, place="PORT SELWYN", rule="a", confidence=0.5)
PLACE = Place(id="geonames:1", name="Port Selwyn", kind="city", country="NZ", method="dateline", confidence=0.5)
RELEASE = StoryReleased(
    story_id="abcdefghijklmnopqrstuvwxyz",
    version="3",
    ordinal=3,
    number=2,
    subjects=("topic.x",),
    story=Story(guid="urn:test:1", version="3", headline="Harbour opens", paragraphs=("PORT SELWYN - It opened.",)),
    credit=Credit(
        agencies=("AFP",),
        role="sole",
        credit_line="AFP",
        credit_line_evidence=LineEvidence(rule="creditline.names", confidence=0.5),
        authors=(Author(name="Ann Writer", where="byline", rule="bylines.byline", confidence=0.5),),
        dateline=DATELINE,
        rights=Rights(expires=Term(value="2026-12-01T00:00:00Z", source="message", where="expires")),
        evidence=(Evidence(where="credits[0]", text="AFP", rule="provider", confidence=0.5, agency="AFP"),),
        origin=Origin(story_id="b" * 26, version="1", agency="AP", overlap=0.5, taken=0.5, words=40),
    ),
    facts=Facts(
        language=Language(code="en", confidence=0.5, method="stated"),
        dateline=PLACE,
        places=(PLACE,),
        people=(Entity(id="dateline:person:00", name="Ann Harbour", kind="person", method="text", confidence=0.5),),
        topics=(Topic(code="04000000", name="economy", level=1, path=("04000000",), method="stated"),),
    ),
)


def other(value: Any) -> Any:
    """A value of the same kind that is not the same one."""
    if isinstance(value, Struct):
        return replace(value, **{one.name: other(getattr(value, one.name)) for one in fields(value)})
    return value + "x" if isinstance(value, str) else (*value, *value) if isinstance(value, tuple) else value + 0.25


def regrounded(value: Any) -> Any:
    """The same with every ground of it another one."""
    if isinstance(value, tuple):
        return tuple([regrounded(one) for one in value])
    if not isinstance(value, Struct):
        return value
    grounds = GROUNDS.get(type(value), frozenset())
    members = {one.name: getattr(value, one.name) for one in fields(value)}
    return replace(value, **{n: other(one) if n in grounds else regrounded(one) for n, one in members.items()})


def test_a_rendition_and_its_subjects_show_no_grounds() -> None:
    """Rules, places in the text and certainties may be others: outlets get the same bytes on the same subjects."""
    moved = regrounded(RELEASE)
    assert moved != RELEASE
    assert ninjs.released(moved) == ninjs.released(RELEASE)
    assert release_subjects(moved.story_id, moved.credit, moved.facts) == release_subjects(
        RELEASE.story_id, RELEASE.credit, RELEASE.facts
    )


def test_what_is_claimed_is_the_same_on_other_grounds_and_differs_with_every_claim() -> None:
    """Where the dateline is cut and how sure a topic is are claims: outlets see both."""
    assert claimed(regrounded(RELEASE)) == claimed(RELEASE)
    credit, facts = RELEASE.credit, RELEASE.facts
    for changed in (
        replace(RELEASE, credit=replace(credit, dateline=replace(DATELINE, cut=3))),
        replace(RELEASE, facts=replace(facts, topics=(replace(facts.topics[0], confidence=0.5),))),
        replace(RELEASE, credit=replace(credit, needs_review=True)),
    ):
        assert claimed(changed) != claimed(RELEASE)


@pytest.mark.parametrize("kind", GROUNDS, ids=lambda kind: kind.__name__)
def test_every_ground_is_a_member_of_its_type(kind: type[Struct]) -> None:
    """A member that is renamed is renamed there as well."""
    assert GROUNDS[kind] <= {one.name for one in fields(kind)}
