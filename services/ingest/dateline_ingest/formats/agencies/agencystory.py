"""Makes the story of an item in an agency's own XML or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dateline_ingest.formats.agencies.agencyitem import Item
from dateline_ingest.formats.agencies.agencytable import List, Place
from dateline_ingest.formats.feeds.pictures import picture_credits, with_captions
from dateline_ingest.formats.message import Limits, check_story
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.dateline import opening_dateline
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.status import embargoed_pubstatus, is_pulled, urgency
from dateline_ingest.formats.values.tongues import coded
from dateline_ingest.instants import rfc3339
from dateline_schemas.story import Association, CreditElement, ItemType, Link, Story, Subject


def story_of(item: Item, limits: Limits, format: str) -> Story:
    """The story of an item. Raises Unparseable."""
    mapping = item.mapping
    headline, spoken = item.text("headline"), item.text("language")
    language = mapping.languages.get(spoken) or coded(spoken)
    body = item.body(limits, headline)
    kind = item_type(item.text("type")) or mapping.kind
    created, embargo = item.moment("version_created", language), item.moment("embargo", language)
    status = "canceled" if item.flagged("canceled") else _status(item)
    opens = "" if (stated := item.text("dateline")) else opening_dateline(body.paragraphs)
    shown = item.pictures()
    story = Story(
        guid=item.text("guid"),
        version=_version(item.text("version"), created),
        alt_ids=_subjects(item, "alt_ids", coded=True),
        type=kind,
        language=language,
        headline=headline,
        subheadline=item.text("subheadline"),
        slugline=item.text("slugline"),
        byline=item.text("byline"),
        dateline=stated or opens,
        summary=item.text("summary"),
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(item.text("urgency")),
        pubstatus=embargoed_pubstatus(status, item.text("embargo"), embargo),
        pulled=is_pulled(status),
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
        provider=item.text("provider") or mapping.provider,
        creditline=item.text("creditline"),
        copyright_holder=item.text("copyright_holder"),
        copyright_notice=item.text("copyright_notice"),
        usage_terms=item.text("usage_terms"),
        ed_note="\n".join(dict.fromkeys(value for _, value, _ in item.values("notes"))),
        signals=tuple(sign for sign in mapping.flags if sign.startswith("sig:") and item.flagged(sign)),
        credits=once([*_credits(item, opens), *body.end_credits(), *picture_credits(shown)]),
        associations=with_captions(once(_files(item, kind)), shown),
        links=once(Link(href=value, rel=place.rel) for place, value, _ in item.values("links")),
    )
    return check_story(story, limits, format)


def _version(stated: str, created: datetime | None) -> str:
    """The version: a stated number that counts them, else the time at which this one was made."""
    return stated if stated.isascii() and stated.isdigit() else rfc3339(created)


def _status(item: Item) -> str:
    stated = item.text("pubstatus")
    return item.mapping.statuses.get(stated, stated)


def _subjects(item: Item, field: List, *, coded: bool = False) -> tuple[Subject, ...]:
    found = [_subject(item, *one, coded=coded) for one in item.values(field)]
    return once(found)


def _subject(item: Item, place: Place, value: str, found: Any, *, coded: bool) -> Subject:
    if coded or place.coded:
        return Subject(scheme=place.scheme, code=value)
    code = item.value(found, place.code) if place.code else ""
    return Subject(scheme=place.scheme, code=code, name="" if value == code else value)


def _credits(item: Item, dateline: str) -> Iterator[CreditElement]:
    if item.mapping.provider:
        yield CreditElement(where="provider", value=item.mapping.provider, role="format")
    for place, value, found in item.values("credits"):
        role = item.value(found, place.role[1:]) if place.role.startswith("@") else place.role
        yield CreditElement(where=place.where, value=value, role=role)
    if dateline:
        yield CreditElement(where="dateline", value=dateline)


def _files(item: Item, kind: ItemType) -> Iterator[Association]:
    for place, value, element in item.values("files"):
        own = kind if kind not in ("text", "composite") else ""
        yield Association(
            rel="rendition" if own and not place.item else "association",
            type=place.kind or own,
            guid=value if place.item else "",
            href="" if place.item else value,
            caption=item.beside(element, place.caption),
            creditline=item.beside(element, place.credit),
        )
