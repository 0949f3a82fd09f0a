"""IPTC ninjs 3.1 (http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json): the body of a message on a topic.

The text has no dateline in it. Its place is ``located``, as written, and among ``places`` the one with rel ``located``,
as resolved; the whole of it is the body of role ``dateline``, for outlets that print it (docs/adr/0016).
Members that ninjs does not have (credit evidence, release id) are message headers, so that the body validates.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from dateline_publish.renditions.ninjs_members import (
    AltId,
    Associated,
    Concept,
    Ninjs,
    Party,
    Standard,
    SubjectConcept,
    Text,
)
from dateline_publish.renditions.undated import undated
from dateline_schemas.credit import Credit
from dateline_schemas.events import StoryReleased, StoryWithdrawn
from dateline_schemas.facts import Entity, Facts, Place, Topic
from dateline_schemas.story import Association, Story

_URIS = {
    "wikidata": "http://www.wikidata.org/entity/",
    "iso3166": "http://cvx.iptc.org/iso3166-1a2/",
    "geonames": "https://sws.geonames.org/",
    "m49": "https://unstats.un.org/unsd/methodology/m49/",
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
}


_encoder = msgspec.json.Encoder()


def released(event: StoryReleased) -> bytes:
    """The story as ninjs 3.1 JSON."""
    credit, facts = event.credit, event.facts
    story = undated(event.story, credit.dateline)
    return _encoder.encode(
        Ninjs(
            uri=story_uri(event.story_id),
            standard=Standard(),
            type=story.type,
            representation_type="full",
            version=event.version,
            first_created=story.first_created,
            version_created=story.version_created,
            pub_status=story.pubstatus,
            urgency=story.urgency,
            copyright_holder=credit.copyright_holder or story.copyright_holder,
            copyright_notice=credit.copyright_notice or story.copyright_notice,
            usage_terms=credit.usage_terms or story.usage_terms,
            ed_note=story.ed_note,
            language=facts.language.code,
            by=story.byline,
            slugline=story.slugline,
            located=_located(credit),
            headlines=_texts((story.headline, "main"), (story.subheadline, "sub")),
            descriptions=_texts((story.summary, "summary")),
            bodies=_bodies(story, credit, facts),
            people=tuple([_entity(person) for person in facts.people]),
            organisations=tuple([_entity(organisation) for organisation in facts.organisations]),
            places=_places(facts),
            subjects=tuple([_subject(topic) for topic in facts.topics]),
            genres=tuple([Concept(genre.name or genre.code, literal=genre.code) for genre in story.genres]),
            info_sources=_parties(credit),
            associations=tuple([_associated(nth, one) for nth, one in enumerate(story.associations)]),
            alt_ids=(AltId("guid", story.guid),),
            expires=_expires(credit) or story.expires,
        )
    )


def withdrawn(event: StoryWithdrawn) -> bytes:
    """A story taken back as ninjs 3.1 JSON: ``pubStatus`` canceled or withheld, no body."""
    return _encoder.encode(
        Ninjs(
            uri=story_uri(event.story_id),
            standard=Standard(),
            representation_type="partial",
            version=event.version,
            pub_status=event.pubstatus,
            ed_note=event.reason,
            headlines=_texts((event.headline, "main")),
        )
    )


def story_uri(story_id: str) -> str:
    """Stable URI of a story, the same for all versions."""
    return f"urn:dateline:story:{story_id}"


def _expires(credit: Credit) -> str | None:
    """When the right to use it ends, as the message, the contract or the agency says."""
    term = credit.rights.expires if credit.rights else None
    return term.value if term else None


def _texts(*pairs: tuple[str, str]) -> tuple[Text, ...]:
    return tuple([Text(value, role) for value, role in pairs if value])


def _located(credit: Credit) -> str:
    """The place of the dateline with its area, as written."""
    dateline = credit.dateline
    return ", ".join(filter(None, (dateline.place, dateline.region))) if dateline else ""


def _bodies(story: Story, credit: Credit, facts: Facts) -> tuple[Text, ...]:
    plain = "\n\n".join(story.paragraphs)
    bodies = []
    if plain:
        bodies.append(Text(plain, "main", "text/plain", facts.words))
    if story.body_html:
        bodies.append(Text(story.body_html, "richtext", "text/html"))
    if credit.dateline:
        bodies.append(Text(credit.dateline.text, "dateline", "text/plain"))
    return tuple(bodies)


@lru_cache(maxsize=4096)
def _uri(identifier: str) -> str:
    scheme, _, code = identifier.partition(":")
    base = _URIS.get(scheme)
    return base + code if base else f"urn:{identifier}" if scheme == "dateline" else ""


def _entity(entity: Entity) -> Concept:
    return Concept(entity.name, "mentions", _uri(entity.id), entity.id)


def _places(facts: Facts) -> tuple[Concept, ...]:
    """The place of the dateline first, then the others that the text names."""
    dated = facts.dateline.id if facts.dateline else ""
    rest = [_place(place, "mentions") for place in facts.places if place.id != dated]
    return (_place(facts.dateline, "located"), *rest) if facts.dateline else tuple(rest)


def _place(place: Place, rel: str) -> Concept:
    return Concept(place.name, rel, _uri(place.id), place.id)


def _subject(topic: Topic) -> SubjectConcept:
    return SubjectConcept(topic.name, _URIS["medtop"] + topic.code, "about", round(topic.confidence * 100))


def _parties(credit: Credit) -> tuple[Party, ...]:
    line = (Party("creditline", credit.credit_line),) if credit.credit_line else ()
    return (
        *line,
        *[Party("agency", literal=agency) for agency in credit.agencies],
        *[Party("cited", literal=agency) for agency in credit.cited],
        *[Party("picture", literal=agency) for agency in credit.pictures],
        *_origin(credit),
    )


def _origin(credit: Credit) -> tuple[Party, ...]:
    origin = credit.origin
    return (Party("origin", literal=origin.agency, uri=story_uri(origin.story_id)),) if origin else ()


def _associated(nth: int, one: Association) -> Associated:
    return Associated(
        name=f"{one.rel or 'association'}-{nth + 1}",
        uri=one.guid or one.href or f"urn:dateline:association:{nth + 1}",
        rel=one.rel,
        type=one.type,
        headlines=_texts((one.headline, "main")),
        descriptions=_texts((one.caption, "caption")),
        info_sources=(Party("creditline", one.creditline),) if one.creditline else (),
        usage_terms=one.usage_terms,
    )
