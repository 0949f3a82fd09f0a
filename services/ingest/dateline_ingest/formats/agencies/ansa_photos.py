"""ANSA's photo archive in JSON, as its search and its detail view answer (``renderResult``), a picture each.

Members as in Superdesk's public client of it (superdesk-ansa, search.py): ``metadataMap`` has the values of each field.
"""

from __future__ import annotations

import re
from typing import Any

from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read, objects
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.markup.body import body_of_lines
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_story
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.agencytimes import agency_of, clock
from dateline_ingest.formats.values.places import stated_places
from dateline_ingest.formats.values.status import is_pulled, pubstatus
from dateline_ingest.formats.values.words import fold, unmarked
from dateline_schemas.story import Association, CreditElement, Story, Subject

NAME = "ansa-photos-json"
PROVIDER = "ANSA"
_SIGN = re.compile(rb'"idAnsa"\s*:\s*\{')
_LANGUAGE = "it"
"""Language of an entry that states none, as in the client."""
_PATH = "$.renderResult.documents"
_SUBJECTS = ("categoryAnsa", "product")
_PLACES = ("city", "statProv", "ctrName")
_IDS = ("idAnsaMD5", "orientationMD5", "origfilename_B")


def is_ansa_photos(data: bytes) -> bool:
    """Whether JSON has entries of the archive: each is known by ``idAnsa``."""
    return b'"metadataMap"' in data and _SIGN.search(data) is not None


def read(message: Message) -> tuple[Found, ...]:
    """Every picture of the answer. Raises Unparseable."""
    decoded = read_json(message, NAME)
    answer = decoded.get("renderResult", decoded) if isinstance(decoded, dict) else decoded
    found = answer.get("documents", [answer]) if isinstance(answer, dict) else answer
    if not isinstance(found, list):
        raise Unparseable("the documents are no list; have it corrected", format=NAME, path=_PATH)
    check_count(len(found), message.limits, NAME)
    if not found:
        raise Unparseable("the answer lists no documents; nothing to take in", format=NAME, path=_PATH)
    return each_read(objects(found, NAME, _PATH), lambda one: _story(_Fields(one), message.limits))


class _Fields:
    """The fields of an entry; a field has any number of values."""

    def __init__(self, document: dict[str, Any]) -> None:
        fields = document.get("metadataMap")
        self._fields: dict[str, Any] = fields if isinstance(fields, dict) else {}

    def all(self, name: str) -> tuple[str, ...]:
        """The values as they are, empty ones left out."""
        field = self._fields.get(name)
        values = field.get("fieldValues") if isinstance(field, dict) else None
        said = [one.get("value") for one in values if isinstance(one, dict)] if isinstance(values, list) else []
        return once(str(one) for one in said if isinstance(one, (str, int)) and str(one).strip())

    def raw(self, name: str) -> str:
        """The first value as it is; empty if there is none."""
        return next(iter(self.all(name)), "")

    def text(self, name: str) -> str:
        """The first value, folded."""
        return fold(self.raw(name))


def _story(entry: _Fields, limits: Limits) -> Story:
    guid = entry.text("idAnsa")
    if not guid:
        raise Unparseable("an entry of ANSA's photo archive has no idAnsa", format=NAME)
    caption = unmarked(entry.raw("description_B"))
    body = body_of_lines((caption,) if caption else ())
    home = agency_of((PROVIDER,))
    published = clock(entry.raw("pubDate_N"), home)
    story = Story(
        guid=guid,
        alt_ids=tuple(Subject(scheme=name, code=code) for name in _IDS if (code := entry.text(name))),
        type="picture",
        language=entry.text("language") or _LANGUAGE,
        headline=unmarked(entry.raw("title_B")),
        slugline=entry.text("categorySupAnsa"),
        byline=entry.text("contentBy") or entry.text("authorName"),
        summary=caption,
        paragraphs=body.paragraphs,
        body_html=body.html,
        pubstatus=pubstatus(entry.raw("status")),
        pulled=is_pulled(entry.raw("status")),
        first_created=clock(entry.raw("dateCreated"), home) or published,
        version_created=published,
        subjects=tuple(Subject(scheme=name, code=code) for name in _SUBJECTS for code in entry.all(name)),
        places=tuple(stated_places(*map(entry.text, _PLACES), country_code=entry.text("ctrCode"))),
        provider=PROVIDER,
        creditline=entry.text("creditline"),
        copyright_holder=entry.text("copyrightHolder") or entry.text("copyright"),
        copyright_notice=entry.text("copyrightNotice"),
        usage_terms=entry.text("usageTerms"),
        credits=once(_credits(entry)),
        associations=tuple(_files(entry)),
    )
    return check_story(story, limits, NAME)


def _credits(entry: _Fields) -> tuple[CreditElement, ...]:
    said = (
        ("provider", PROVIDER, "format"),
        ("creditline", entry.text("creditline"), ""),
        ("byline", entry.text("contentBy"), ""),
        ("author", entry.text("authorName"), entry.text("authorCode")),
        ("copyrightholder", entry.text("copyrightHolder") or entry.text("copyright"), ""),
        ("copyrightnotice", entry.text("copyrightNotice"), ""),
    )
    return credited(said)


def _files(entry: _Fields) -> list[Association]:
    """The picture, known by its hash; its address has the client's password in it, so that none is made up."""
    name = entry.text("orientationMD5")
    return [Association(rel="original", type="picture", guid=name, mimetype="image/jpeg")] if name else []
