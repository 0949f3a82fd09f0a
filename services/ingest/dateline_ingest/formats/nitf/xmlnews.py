"""XMLNews-Meta: an ``xn:Resource`` beside an NITF story, with its metadata (tables/xmlnews.toml)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.status import urgency
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, local, tagged
from dateline_ingest.instants import instant
from dateline_ingest.tables import read_table, turned
from dateline_schemas.story import CreditElement, Link, Story, Subject

_RESOURCE = "Resource"
_VENDOR_DATA = "vendordata"
_OWN = re.compile(r"\w{1,20}:([^=]{1,60})=(.+)", re.DOTALL)
_RELEVANCE = re.compile(r"#\d{1,3}$")
_LONGEST_SPAN = 366 * 86_400
"""Seconds after publication; more are a mistake."""
_CREDITS = {"provider": "provider", "service": "service", "copyright_notice": "copyrightnotice"}


class _Table(Struct, frozen=True):
    elements: dict[str, str]
    vendor: dict[str, str]


@lru_cache(maxsize=1)
def _meanings() -> tuple[dict[str, str], dict[str, str]]:
    """What elements, and what a vendor's own data mean, by their names."""
    table = read_table("xmlnews.toml", _Table)
    return turned(table.elements), turned(table.vendor)


def resource_of(document: Element) -> Element | None:
    """The resource that tells of an NITF document: the one after it, before the next document; None without one."""
    if document.getparent() is None:
        return None
    for beside in document.itersiblings("*"):
        if local(beside) == _RESOURCE:
            return beside
        if local(beside) == local(document):
            return None
    return None


def told(story: Story, resource: Element) -> Story:
    """The story with what its resource states. The document's own statements win, except for its identifier."""
    said = _Said(resource)
    own, key = said.first("own_guid"), said.first("guid")
    keys = [Subject(scheme="resourceID", code=key)] if own and key else []
    created = story.version_created or instant(said.first("version_created"))
    return replace(
        story,
        guid=own or key or story.guid,
        alt_ids=once([*story.alt_ids, *keys]),
        headline=story.headline or said.first("headline"),
        summary=story.summary or said.first("summary"),
        language=story.language or said.first("language").removeprefix("lang."),
        urgency=story.urgency or urgency(said.first("urgency")),
        first_created=story.first_created or instant(said.first("first_created")),
        version_created=created,
        embargo=story.embargo or said.embargo(created),
        expires=story.expires or instant(said.first("expires")) or _after(created, said.first("expiry_seconds")),
        provider=story.provider or said.first("provider"),
        copyright_notice=story.copyright_notice or said.first("copyright_notice"),
        keywords=once([*story.keywords, *said.all("keyword")]),
        subjects=once([*story.subjects, *said.codes("subject")]),
        places=once([*story.places, *said.codes("place")]),
        organisations=once([*story.organisations, *said.codes("organisation")]),
        credits=once([*said.credits(), *story.credits]),
        links=once([*story.links, *(Link(href=href, rel="canonical") for href in said.all("link"))]),
    )


class _Said:
    """Values of a resource by their meaning, each with the name of its element."""

    __slots__ = ("_values",)

    def __init__(self, resource: Element) -> None:
        elements, vendor = _meanings()
        self._values: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, element in tagged(resource):
            text = fold("".join(element.itertext()))
            meaning = elements.get(name.lower(), "")
            if name.lower() == _VENDOR_DATA and (own := _OWN.match(text)):
                name, text = own[1].strip().replace(" ", "-"), own[2].strip()
                meaning = vendor.get(name.lower(), "")
            if meaning and text:
                self._values[meaning].append((name, text))

    def all(self, meaning: str) -> list[str]:
        """Every value of this meaning."""
        return [text for _, text in self._values.get(meaning, ())]

    def first(self, meaning: str) -> str:
        """The first value of this meaning; empty if there is none."""
        return next(iter(self.all(meaning)), "")

    def codes(self, meaning: str) -> Iterable[Subject]:
        """Codes of this meaning, without how relevant they are (``NYSE:ABC#100``)."""
        for name, text in self._values.get(meaning, ()):
            yield Subject(scheme=name, code=_RELEVANCE.sub("", text))

    def credits(self) -> list[CreditElement]:
        """Statements of origin."""
        return [CreditElement(where=where, value=text) for kind, where in _CREDITS.items() for text in self.all(kind)]

    def embargo(self, created: datetime | None) -> datetime | None:
        """Until when the story waits: a release after its publication, or so many seconds after it."""
        released = instant(self.first("release"))
        if released is not None and (created is None or released > created):
            return released
        return _after(created, self.first("embargo_seconds"))


def _after(created: datetime | None, seconds: str) -> datetime | None:
    """So many seconds after a moment; None where either is not stated."""
    if created is None or not (seconds.isascii() and seconds.isdigit()) or len(seconds) > len(str(_LONGEST_SPAN)):
        return None
    try:
        return created + timedelta(seconds=min(int(seconds), _LONGEST_SPAN))
    except OverflowError:
        return None
