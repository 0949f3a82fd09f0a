"""RSS 2.0 (and 0.9x) with content:encoded, Dublin Core, Media RSS and atom:link."""

from __future__ import annotations

import re
from datetime import datetime

from dateline_ingest.formats import feeds
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.kinds import media_type
from dateline_ingest.formats.message import Message, check_count, check_story, title_urn
from dateline_ingest.formats.words import fold
from dateline_ingest.formats.xmltree import XML_LANG, Element, read_xml
from dateline_ingest.instants import instant, rfc3339
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject

NAME = "rss"
_CREDITS = {
    "author": "author",
    "source": "source",
    "managingEditor": "publisher",
    "copyright": "copyrightnotice",
    f"{feeds.DC}creator": "creator",
    f"{feeds.DC}contributor": "contributor",
    f"{feeds.DC}publisher": "publisher",
    f"{feeds.DC}source": "source",
    f"{feeds.DC}rights": "copyrightnotice",
    f"{feeds.TERMS}rights": "copyrightnotice",
}
_UPDATED = (f"{feeds.ATOM}updated", f"{feeds.TERMS}modified")
_PUBLISHED = ("pubDate", f"{feeds.DC}date", f"{feeds.TERMS}created", f"{feeds.TERMS}issued", f"{feeds.ATOM}published")
_MAIL_NAME = re.compile(r"\S+@\S+\s*\((.+)\)")


def read(message: Message) -> tuple[Story, ...]:
    """Every item of the channel. Raises Unparseable."""
    root = read_xml(message, NAME)
    channel = root.find("channel")
    if channel is None:
        raise Unparseable("the feed has no channel element; nothing to take in", format=NAME, path="/rss")
    items = channel.findall("item") + root.findall("item")
    check_count(len(items), message.limits, NAME)
    if not items:
        raise Unparseable("the feed has no items; nothing to take in", format=NAME, path="/rss/channel")
    return tuple(_story(item, channel, message) for item in items)


def _story(item: Element, channel: Element, message: Message) -> Story:
    link = _text(item, "link") or _atom_link(item)
    headline = _text(item, "title")
    encoded = [element.text or "" for element in item.findall(feeds.CONTENT)]
    described = [element.text or "" for element in item.findall("description")]
    body = feeds.best_body(encoded or described, message.limits, base=link or message.url, headline=headline)
    published, updated = _when(item, _PUBLISHED), _when(item, _UPDATED)
    stated = _credits(item)
    story = Story(
        guid=_text(item, "guid") or link or _text(item, f"{feeds.DC}identifier") or title_urn(headline),
        version=rfc3339(updated or published),
        language=_text(item, f"{feeds.DC}language") or _text(channel, "language", f"{feeds.DC}language") or _lang(item),
        headline=headline,
        byline=next((one.value for one in stated if one.where in ("creator", "author")), ""),
        summary=_text(item, "description") if encoded else "",
        paragraphs=body.paragraphs,
        body_html=body.html,
        first_created=published,
        version_created=updated or published,
        subjects=_categories(item),
        keywords=_keywords(item),
        provider=_text(item, f"{feeds.DC}publisher", "source") or _text(channel, f"{feeds.DC}publisher", "title"),
        copyright_notice=_text(item, f"{feeds.DC}rights") or _text(channel, "copyright", f"{feeds.DC}rights"),
        credits=feeds.with_endlines([*stated, *feeds.media_credits(item), *_channel_credits(channel)], body),
        associations=_enclosures(item) + feeds.media_of(item),
        links=(Link(href=link, rel="canonical"),) if link else (),
    )
    return check_story(story, message.limits, NAME)


def _text(element: Element, *names: str) -> str:
    for name in names:
        for found in element.findall(name):
            if said := feeds.text(found):
                return said
    return ""


def _atom_link(item: Element) -> str:
    return next((fold(link.get("href", "")) for link in item.findall(f"{feeds.ATOM}link") if link.get("href")), "")


def _lang(item: Element) -> str:
    return next((tag for one in (item, *item.iterancestors()) if (tag := one.get(XML_LANG))), "")


def _when(item: Element, names: tuple[str, ...]) -> datetime | None:
    return next((found for name in names if (found := instant(_text(item, name)))), None)


def _credits(item: Element) -> list[CreditElement]:
    found = []
    for element in item:
        where = _CREDITS.get(element.tag) if isinstance(element.tag, str) else None
        if where and (said := _person(feeds.text(element))):
            found.append(CreditElement(where=where, value=said))
    return found


def _person(said: str) -> str:
    """RSS 2.0 writes authors as ``mail@example.org (Name)``: the name is meant."""
    named = _MAIL_NAME.fullmatch(said)
    return named[1].strip() if named else said


def _channel_credits(channel: Element) -> list[CreditElement]:
    found = _credits(channel)
    if title := _text(channel, "title"):
        found.append(CreditElement(where="provider", value=title, role="channel"))
    return found


def _categories(item: Element) -> tuple[Subject, ...]:
    found = []
    for element in item.findall("category"):
        if said := feeds.text(element):
            found.append(Subject(code=said, scheme=element.get("domain", ""), name=said))
    return tuple(dict.fromkeys(found))


def _keywords(item: Element) -> tuple[str, ...]:
    said = [feeds.text(one) for one in item.findall(f"{feeds.DC}subject")]
    for namespace in (feeds.MEDIA, feeds.MEDIA_OLD):
        said += [word for one in item.iter(f"{namespace}keywords") for word in feeds.text(one).split(",")]
    return tuple(dict.fromkeys(word.strip() for word in said if word.strip()))


def _enclosures(item: Element) -> tuple[Association, ...]:
    found = []
    for one in item.findall("enclosure"):
        if href := one.get("url", "").strip():
            kind = media_type(one.get("type", ""))
            found.append(Association(rel="enclosure", type=kind, href=href, mimetype=one.get("type", "")))
    return tuple(found)
