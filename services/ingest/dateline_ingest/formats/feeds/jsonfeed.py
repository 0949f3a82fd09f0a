"""JSON Feed 1.0 and 1.1 (jsonfeed.org): a feed's items as JSON, with extensions of a publisher's own.

An extension is a member whose name begins with an underscore; what it says of origin is kept as a credit.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from dateline_ingest.formats.credited import origin_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.feeds import content as feeds
from dateline_ingest.formats.feeds.digests import json_digests
from dateline_ingest.formats.feeds.parts import joined
from dateline_ingest.formats.feeds.pictures import picture_credits, pictures_in, with_captions
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.body import Body, body_of_lines
from dateline_ingest.formats.markup.strings import html_body, paragraphs_of
from dateline_ingest.formats.message import Found, Limits, Message, check_entries, check_shared, check_story, title_urn
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.clocktimes import dated
from dateline_ingest.formats.values.dateline import opening_dateline
from dateline_ingest.formats.values.kinds import media_type
from dateline_ingest.formats.values.words import fold, unmarked
from dateline_ingest.instants import moment, rfc3339
from dateline_schemas.story import Association, CreditElement, Link, Story

NAME = "jsonfeed"
_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version', re.IGNORECASE)


def is_jsonfeed(data: bytes) -> bool:
    """Whether a JSON message states that it is a JSON Feed. Its ``version`` may stand anywhere."""
    return b"jsonfeed.org" in data and _VERSION.search(data) is not None


def read(message: Message) -> tuple[Found, ...]:
    """Every item of the feed. Raises Unparseable."""
    decoded = read_json(message, NAME)
    if not isinstance(decoded, dict):
        raise Unparseable("the JSON is no object; a JSON Feed is one", format=NAME, path="$")
    entries = decoded.get("items")
    if not isinstance(entries, list):
        reason = "the feed has no list of items; have the provider put it right"
        raise Unparseable(reason, format=NAME, path="$.items")
    if not entries:
        raise Unparseable("the feed has no items; nothing to take in", format=NAME, path="$.items")
    check_entries(len(entries), message.limits, NAME)
    feed = _feed(JsonObject(decoded), message.url)
    check_shared([*feed.authors, *feed.credits, feed.language], len(entries), message.limits, NAME)
    placed = [(entry, f"$.items[{at}]") for at, entry in enumerate(entries)]
    return each_read(placed, lambda one: _item(*one, feed, message.limits), json_digests(decoded, entries))


class _Feed(Struct, frozen=True):
    """What a feed says of all its items; ``authors`` are of those that name none."""

    title: str
    language: str
    base: str
    authors: list[CreditElement]
    credits: list[CreditElement]


def _feed(feed: JsonObject, url: str) -> _Feed:
    title, base = feed.text("title"), url or feed.text("feed_url", "home_page_url")
    credits = [CreditElement(where="provider", value=title, role="feed")] if title else []
    return _Feed(title, feed.text("language"), base, _authors(feed), credits)


def _item(entry: Any, path: str, feed: _Feed, limits: Limits) -> Story:
    if not isinstance(entry, dict):
        raise Unparseable("an item is no object", format=NAME, path=path)
    try:
        return check_story(_story(JsonObject(entry), entry, feed, limits), limits, NAME)
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME, path=path) from fault


def _story(item: JsonObject, entry: dict[str, Any], feed: _Feed, limits: Limits) -> Story:
    base = feed.base
    page = joined(base, item.text("url"))
    headline = unmarked(item.raw("title"))
    body = _body(item, limits, page or base, headline)
    stated_times = item.raw("date_published"), item.raw("date_modified")
    published, modified = map(moment, stated_times)
    authors = _authors(item) or feed.authors
    dateline = opening_dateline(body.paragraphs)
    shown = pictures_in([item.raw("content_html")], page or base)
    stated = [*authors, *_extensions(entry), *picture_credits(shown)]
    return Story(
        guid=item.text("id") or page or title_urn(headline, *body.paragraphs[:1], _shown(item)),
        version=rfc3339(modified or published),
        language=item.text("language") or feed.language,
        headline=headline,
        byline=feeds.byline_of(authors),
        dateline=dateline,
        summary=unmarked(item.raw("summary")),
        paragraphs=body.paragraphs,
        body_html=body.html,
        first_created=published,
        version_created=modified or published,
        keywords=item.texts("tags"),
        provider=feed.title,
        ed_note=dated(*stated_times),
        credits=feeds.with_endlines([*stated, *feed.credits], body, dateline),
        associations=with_captions(_files(item, base), shown),
        links=_links(item, page, base),
    )


def _shown(item: JsonObject) -> str:
    """What identifies an item without text: the page or picture that it shows, and its time."""
    return " ".join(filter(None, (item.text("external_url", "image"), item.raw("date_published"))))


def _body(item: JsonObject, limits: Limits, base: str, headline: str) -> Body:
    if marked := item.raw("content_html"):
        return html_body(marked, limits, base=base, headline=headline)
    return body_of_lines(paragraphs_of(item.raw("content_text")))


def _authors(said: JsonObject) -> list[CreditElement]:
    """``authors`` of 1.1, ``author`` of 1.0, as objects or as names; the address stands in where there is no name."""
    told = said.objects("authors") or said.objects("author")
    names = [one.text("name", "url") for one in told] or said.texts("authors", "author")
    return [CreditElement(where="author", value=name) for name in dict.fromkeys(names) if name]


def _extensions(entry: dict[str, Any]) -> list[CreditElement]:
    found = []
    for name, value in entry.items():
        if not name.startswith("_") or not isinstance(value, (dict, str)):
            continue
        members = value if isinstance(value, dict) else {name.lstrip("_"): value}
        for inner, said in members.items():
            where = origin_of(inner)
            for text in JsonObject({"said": said}).texts("said") if where else ():
                found.append(CreditElement(where=where, value=text, role=name))
    return found


def _files(item: JsonObject, base: str) -> tuple[Association, ...]:
    found = []
    for rel in ("image", "banner_image"):
        if href := joined(base, item.text(rel)):
            found.append(Association(rel=rel, type="picture", href=href))
    for one in item.objects("attachments"):
        if href := joined(base, one.text("url")):
            found.append(
                Association(
                    rel="attachment",
                    type=media_type(one.text("mime_type")),
                    href=href,
                    headline=one.text("title"),
                    mimetype=one.text("mime_type"),
                    size=one.count("size_in_bytes"),
                )
            )
    return once(found)


def _links(item: JsonObject, page: str, base: str) -> tuple[Link, ...]:
    found = [Link(href=page, rel="canonical")] if page else []
    if outer := joined(base, item.text("external_url")):
        found.append(Link(href=fold(outer), rel="via"))
    return tuple(found)
