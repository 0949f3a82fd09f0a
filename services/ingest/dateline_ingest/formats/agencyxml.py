"""XML that agencies made for themselves, read by what a table says of its elements (tables/agencyxml.toml, ADR 22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dateline_ingest.formats import nitf_document
from dateline_ingest.formats.agencyxml_item import Item
from dateline_ingest.formats.agencyxml_table import List, Mapping, Place, mappings
from dateline_ingest.formats.body import Body
from dateline_ingest.formats.endline import end_credits
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.kinds import item_type
from dateline_ingest.formats.message import Limits, Message, check_count, check_story
from dateline_ingest.formats.once import once
from dateline_ingest.formats.status import embargoed_pubstatus, urgency
from dateline_ingest.formats.xmltree import Element, local, read_xml
from dateline_ingest.instants import rfc3339
from dateline_schemas.story import Association, CreditElement, ItemType, Link, Story, Subject

NAME = "agency-xml"
ROOTS = frozenset(mappings())


def read(message: Message) -> tuple[Story, ...]:
    """Every story of the message. Raises Unparseable."""
    root = read_xml(message, NAME)
    name = local(root)
    mapping = mappings().get(name)
    items = [] if mapping is None else [Item(one, root, mapping) for one in root.iter(f"{{*}}{mapping.item}")]
    stories = [item for item in items if item.is_one]
    if not stories and nitf_document.NAME in message.hint:  # what NITF is wrapped in may have any name
        return nitf_document.read(message)
    if mapping is None or not stories:
        reason = f"XML with the root element <{name}> is read where it holds an agency's story, which this one does not"
        raise Unparseable(f"{reason}; leave it out of this feed", format=NAME, path=f"/{name}")
    check_count(len(stories), message.limits, NAME)
    return tuple(check_story(_story(item, mapping, message.limits), message.limits, NAME) for item in stories)


def _story(item: Item, mapping: Mapping, limits: Limits) -> Story:
    headline, stated = item.text("headline"), item.text("language")
    language = mapping.languages.get(stated, stated)
    body = item.body(limits, headline)
    kind = item_type(item.text("type")) or "text"
    created, embargo = item.moment("version_created", language), item.moment("embargo", language)
    status = "canceled" if item.flagged("canceled") else item.text("pubstatus")
    provider = item.text("provider") or mapping.provider
    return Story(
        guid=item.text("guid"),
        version=_version(item.text("version"), created),
        alt_ids=_subjects(item, "alt_ids", coded=True),
        type=kind,
        language=language,
        headline=headline,
        subheadline=item.text("subheadline"),
        slugline=item.text("slugline"),
        byline=item.text("byline"),
        dateline=item.text("dateline"),
        summary=item.text("summary"),
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(item.text("urgency")),
        pubstatus=embargoed_pubstatus(status, item.text("embargo"), embargo),
        embargo=embargo,
        expires=item.moment("expires", language),
        first_created=item.moment("first_created", language),
        version_created=created,
        subjects=_subjects(item, "subjects"),
        places=_subjects(item, "places"),
        people=_subjects(item, "people"),
        organisations=_subjects(item, "organisations"),
        keywords=once(value for _, value, _ in item.values("keywords")),
        genres=_subjects(item, "genres"),
        provider=provider,
        creditline=item.text("creditline"),
        copyright_holder=item.text("copyright_holder"),
        copyright_notice=item.text("copyright_notice"),
        usage_terms=item.text("usage_terms"),
        ed_note="\n".join(dict.fromkeys(value for _, value, _ in item.values("notes"))),
        signals=tuple(sign for sign in mapping.flags if sign.startswith("sig:") and item.flagged(sign)),
        credits=once(_credits(item, mapping, body)),
        associations=tuple(_files(item, kind)),
        links=tuple(Link(href=value, rel=place.rel) for place, value, _ in item.values("links")),
    )


def _version(stated: str, created: datetime | None) -> str:
    """A number that counts versions; else when this one was made."""
    return stated if stated.isascii() and stated.isdigit() else rfc3339(created)


def _subjects(item: Item, field: List, *, coded: bool = False) -> tuple[Subject, ...]:
    found = [_subject(item, *one, coded=coded) for one in item.values(field)]
    return once(found)


def _subject(item: Item, place: Place, value: str, found: Element | str, *, coded: bool) -> Subject:
    if coded or place.coded:
        return Subject(scheme=place.scheme, code=value)
    code = item.value(found, place.code) if place.code else ""
    return Subject(scheme=place.scheme, code=code, name="" if value == code else value)


def _credits(item: Item, mapping: Mapping, body: Body) -> Iterator[CreditElement]:
    if mapping.provider:
        yield CreditElement(where="provider", value=mapping.provider, role="format")
    for place, value, found in item.values("credits"):
        role = item.value(found, place.role[1:]) if place.role.startswith("@") else place.role
        yield CreditElement(where=place.where, value=value, role=role)
    yield from end_credits(body.paragraphs)


def _files(item: Item, kind: ItemType) -> Iterator[Association]:
    for place, value, element in item.values("files"):
        own = kind if kind not in ("text", "composite") else ""
        yield Association(
            rel="rendition" if own and not place.item else "association",
            type=place.kind or own,
            guid=value if place.item else "",
            href="" if place.item else value,
            caption=item.beside(element, place.caption),
        )
