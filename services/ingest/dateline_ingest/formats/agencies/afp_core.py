"""AFP Core API's JSON (api.afp.com/v1/api): an answer's ``response.docs``, a list of documents, or one document.

Members as in AFP's public client, afpnews-api (tables/afpcore.toml has the source of the knowledge).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from dateline_ingest.formats.agencies.associated import associated
from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.items import each_read, objects
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.body import body_of_lines
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_story
from dateline_ingest.formats.notes import Clearance, with_notes
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_ingest.formats.values.places import stated_places
from dateline_ingest.formats.values.status import embargoed_pubstatus, is_pulled, urgency
from dateline_ingest.formats.values.words import fold, unmarked
from dateline_ingest.instants import instant
from dateline_ingest.tables import read_table
from dateline_schemas.story import Association, ItemType, Link, Story, Subject, UsageRight

NAME = "afp-core-json"
_AGENCY = "AFP"
_SIGN = re.compile(rb'"uno"\s*:\s*"newsml')
_WAYS = ("response", "docs", "documents", "document")
"""Members that lead from an answer down to its documents."""
_CREDITS = (
    *((name, name) for name in ("provider", "source", "creditline", "creator", "contributor")),
    ("copyrightnotice", "copyright"),
)
_TERRITORIES = (("out", "country_out"), ("only", "country_only"))


class _Table(Struct, frozen=True):
    withdrawn: frozenset[str]
    first_line_headline: int
    classes: dict[ItemType, frozenset[str]]
    signals: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    """What AFP says with words of its own."""
    return read_table("afpcore.toml", _Table)


def is_afp_core(data: bytes) -> bool:
    """Whether JSON has a document of AFP's: they are known by ``uno``."""
    return b'"uno"' in data and _SIGN.search(data) is not None


def read(message: Message) -> tuple[Found, ...]:
    """Every document of the message. Raises Unparseable."""
    value, path = read_json(message, NAME), "$"
    while isinstance(value, dict) and "uno" not in value and (way := next(filter(value.__contains__, _WAYS), "")):
        value, path = value[way], f"{path}.{way}"
    found = value if isinstance(value, list) else [value]
    check_count(len(found), message.limits, NAME)
    documents = objects(found, NAME, path)
    return each_read(documents, lambda one: _story(JsonObject(one), _Text(one), message.limits))


class _Text:
    """The lines of a document taken apart: what takes it back, its headline, its body."""

    def __init__(self, document: dict[str, Any]) -> None:
        doc, news = JsonObject(document), document.get("news")
        written = news if isinstance(news, list) else [news]
        lines = [text for line in written if isinstance(line, str) and (text := unmarked(line))]
        self.withdrawn = bool(lines) and lines[0] in _table().withdrawn
        if self.withdrawn:
            lines = lines[1:]
        self.headline = doc.text("headline")
        stated = urgency(doc.raw("urgency"))
        if not self.headline and lines and stated is not None and stated <= _table().first_line_headline:
            self.headline = lines.pop(0)
        self.lines = lines or [unmarked(line) for line in doc.texts("script", "captioncontext")]
        self.caption = next(iter(doc.texts("caption", "captioncontext")), "") or next(
            (text for one in doc.objects("bagitem") if (text := one.text("caption"))), ""
        )


def _story(doc: JsonObject, text: _Text, limits: Limits) -> Story:
    word = doc.raw("class", "product").strip().lower()
    kind: ItemType = next((one for one, classes in _table().classes.items() if word in classes), "text")
    body = body_of_lines(tuple(text.lines) or ((text.caption,) if kind != "text" and text.caption else ()))
    published, embargoed = instant(doc.raw("published")), doc.raw("embargoed")
    embargo = instant(embargoed)
    status = "canceled" if text.withdrawn else embargoed_pubstatus(doc.raw("status"), embargoed, embargo)
    notes = once((*doc.texts("advisory"), *doc.texts("disclaimer")))
    clearance = with_notes(Clearance(status, embargo), notes, sent=published, agency=_AGENCY)
    shortid = doc.text("afpshortid")
    dateline = dateline_of(body.paragraphs[0]) if body.paragraphs else ""
    story = Story(
        guid=doc.text("uno"),
        version=doc.text("revision"),
        alt_ids=(Subject(scheme="afpshortid", code=shortid),) if shortid else (),
        type=kind,
        language=doc.text("lang"),
        headline=text.headline or doc.text("title"),
        subheadline=next(iter(doc.texts("subheadline")), ""),
        slugline="-".join(doc.texts("slug")),
        byline=doc.text("creator") if kind != "text" else "",
        dateline=dateline,
        summary="\n".join(doc.texts("summary")) or text.caption,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(doc.raw("urgency")),
        pubstatus=clearance.status,
        pulled=is_pulled(doc.raw("status")),
        embargo=clearance.embargo,
        first_created=instant(doc.raw("created")),
        version_created=published,
        subjects=once(_subjects(doc)),
        places=tuple(stated_places(doc.text("city"), "", doc.text("countryname"), country_code=doc.text("country"))),
        keywords=doc.texts("keyword"),
        genres=tuple(Subject(code="", name=name) for name in doc.texts("genre")),
        provider=next(iter(doc.texts("provider")), ""),
        creditline=doc.text("creditline"),
        copyright_notice=doc.text("copyright"),
        usage_terms="\n".join(dict.fromkeys(_terms(doc))),
        rights=tuple(_rights(doc)),
        expires=instant(doc.raw("expires")),
        ed_note="\n".join(notes),
        signals=once(_signals(doc)),
        credits=once((*credited(_credits(doc, dateline)), *body.end_credits())),
        associations=tuple(_associations(doc)),
        links=(Link(href=href, rel="canonical"),) if (href := doc.text("href")) else (),
    )
    return check_story(story, limits, NAME)


def _signals(doc: JsonObject) -> Iterator[str]:
    """In IPTC's terms where there is one."""
    for word in doc.texts("signal"):
        yield next((name for name, words in _table().signals.items() if word in words), word)


def _subjects(doc: JsonObject) -> Iterator[Subject]:
    for name in ("iptc", "mediatopic", "topic"):
        for one in doc.texts(name):
            scheme, _, code = one.rpartition(":")
            yield Subject(scheme=scheme or name, code=code)
    for _, events in doc.members("afpentity"):
        for event in JsonObject({"events": events}).objects("events"):
            scheme, _, code = event.text("qcode").rpartition(":")
            name = fold(event.text("keyword").partition(":")[2]) or event.text("keyword", "name")
            if code or name:
                yield Subject(scheme=scheme, code=code, name=name)


def _terms(doc: JsonObject) -> Iterator[str]:
    yield from doc.texts("rules")
    for one in doc.objects("usageright"):
        yield one.text("phrase", "name")
    for word, name in _TERRITORIES:
        if codes := doc.texts(name):
            yield f"{word}: {', '.join(codes)}"


def _rights(doc: JsonObject) -> Iterator[UsageRight]:
    for word, name in _TERRITORIES:
        if codes := doc.texts(name):
            yield UsageRight(type=word, geography=", ".join(codes))
    for one in doc.objects("exclusion"):
        yield UsageRight(type="exclusion", limitations=one.text("name"), end=instant(one.raw("untildate")))


def _credits(doc: JsonObject, dateline: str) -> Iterator[tuple[str, str, str]]:
    for where, name in _CREDITS:
        yield from ((where, value, "") for value in doc.texts(name))
    yield from (("service", value, "channel") for value in doc.texts("channel"))
    yield "dateline", dateline, ""
    for one in doc.objects("bagitem"):
        for name in ("creator", "provider"):
            yield from (("picture", value, name) for value in one.texts(name))


def _associations(doc: JsonObject) -> Iterator[Association]:
    for one in doc.objects("bagitem"):
        makers = dict.fromkeys((*one.texts("creator"), *one.texts("provider")))
        yield associated(one, "medias", creditline=" / ".join(makers))
