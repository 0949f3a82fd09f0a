"""What AP WebFeeds adds to an Atom entry: how to handle the item (apnm), its lines and what it is about (apcm).

The elements are those of the AP WebFeeds Developer's Guide ("AP ATOM Format Definitions and Usage").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from dateline_ingest.formats.feeds.item import FeedItem
from dateline_ingest.formats.feeds.names import AP_CONTENT
from dateline_ingest.formats.feeds.parts import text
from dateline_ingest.formats.nitf.media import media_of
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.places import stated_places
from dateline_ingest.formats.values.status import is_pulled, latest, pubstatus, urgency
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element
from dateline_ingest.instants import instant
from dateline_schemas.story import Association, CreditElement, Story, Subject

_NEWS = "{http://ap.org/schemas/03/2005/apnm}"
_HEADLINES = tuple(f"{AP_CONTENT}{name}" for name in ("HeadLine", "ExtendedHeadLine", "OriginalHeadLine"))
_CREDITS = {"ByLine": "byline", "DateLine": "dateline", "Source": "source", "CreditLine": "creditline"}
_LOCATION = ("City", "CountryAreaName", "CountryName")
_ENTITIES = {"AP Party": "people"}
_ENTITIES |= dict.fromkeys(("AP Geography", "AP Country"), "places")
_ENTITIES |= dict.fromkeys(("AP Company", "AP Organization"), "organisations")
"""Where an EntityClassification belongs, by its authority; any other is one more subject."""


def completed(story: Story, entry: FeedItem) -> Story:
    """The story with what AP's own elements say, which goes before what Atom's do: the title is AP's slug."""
    managed, described = entry.first(f"{_NEWS}NewsManagement"), entry.first(f"{AP_CONTENT}ContentMetadata")
    if managed is None and described is None:
        return story
    found: dict[str, Any] = {}
    if managed is not None:
        found |= _management(FeedItem(managed), story)
    if described is not None:
        found |= _description(FeedItem(described), story)
    if not found.get("headline") and (headline := _printed(entry.element)):
        found["headline"] = headline
    if files := tuple(_files(entry.element)):
        found["associations"] = once((*story.associations, *files))
    return structs.replace(story, **{name: said for name, said in found.items() if said not in ("", (), None)})


def _management(said: FeedItem, story: Story) -> dict[str, Any]:
    """Identity and status. The entry's own identifier is the content's; ManagementId is the story's."""
    found: dict[str, Any] = {"version": said.text(f"{_NEWS}ManagementSequenceNumber")}
    lasting = said.text(f"{_NEWS}ManagementId")
    if lasting and lasting != story.guid:
        found["guid"] = lasting
        found["alt_ids"] = (*story.alt_ids, Subject(scheme="atom:id", code=story.guid))
    if (status := said.first(f"{_NEWS}PublishingStatus")) is not None:
        word = text(status)
        until = instant(status.get("statusChangeOn", "")) if word.lower() == "embargoed" else None
        stated = pubstatus(word, embargoed=until is not None)
        found["pubstatus"] = stated if story.pubstatus == "usable" or stated == "canceled" else story.pubstatus
        found["pulled"] = story.pulled or is_pulled(word)
        found["embargo"] = latest(until, story.embargo)
    found["ed_note"] = said.text(f"{_NEWS}PublishingSpecialInstructions")
    return found


def _description(said: FeedItem, story: Story) -> dict[str, Any]:
    credits = [
        CreditElement(where=where, value=value, role=fold(one.get("Title", "")))
        for name, where in _CREDITS.items()
        for one in said.all(f"{AP_CONTENT}{name}")
        if (value := text(one))
    ]
    about: dict[str, list[Subject]] = {"places": []}
    for one in said.all(f"{AP_CONTENT}DateLineLocation"):
        about["places"] += stated_places(*(fold(one.get(name, "")) for name in _LOCATION))
    for one in said.all(f"{AP_CONTENT}SubjectClassification", f"{AP_CONTENT}EntityClassification"):
        authority = fold(one.get("Authority", ""))
        if concept := _concept(one, authority):
            about.setdefault(_ENTITIES.get(authority, "subjects"), []).append(concept)
    priority = said.first(f"{AP_CONTENT}Priority")
    keywords = [word.strip() for one in said.all(f"{AP_CONTENT}Keywords") for word in text(one).split(",")]
    found: dict[str, Any] = {name: once((*getattr(story, name), *concepts)) for name, concepts in about.items()}
    return found | {
        "headline": said.text(*_HEADLINES),
        "slugline": said.text(f"{AP_CONTENT}SlugLine"),
        "byline": next((one.value for one in credits if one.where == "byline"), ""),
        "dateline": said.text(f"{AP_CONTENT}DateLine"),
        "creditline": said.text(f"{AP_CONTENT}CreditLine"),
        "credits": once((*credits, *story.credits)),
        "type": item_type(said.text(f"{AP_CONTENT}MediaType")),
        "urgency": urgency(priority.get("Numeric", "")) if priority is not None else None,
        "keywords": once(word for word in (*story.keywords, *keywords) if word),
    }


def _concept(one: Element, authority: str) -> Subject | None:
    code, name = fold(one.get("Id", "")), fold(one.get("Value", ""))
    if not code and not name:
        return None
    return Subject(scheme=authority, code=code or name, name=name if code and code != name else "")


def _printed(entry: Element) -> str:
    """The headline of the NITF document that the entry holds."""
    return next((said for one in entry.iter("{*}hl1") if (said := text(one))), "")


def _files(entry: Element) -> Iterator[Association]:
    for one in entry.iter("{*}media"):
        yield from media_of(one)
