"""Atom 1.0 (RFC 4287) with Dublin Core and Media RSS; a feed of entries or one entry alone."""

from __future__ import annotations

from lxml import etree

from dateline_ingest.formats import feeds
from dateline_ingest.formats.body import Body
from dateline_ingest.formats.bodywriter import BodyWriter
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.kinds import media_type
from dateline_ingest.formats.message import Message, check_count, check_story, title_urn
from dateline_ingest.formats.words import fold, unmarked
from dateline_ingest.formats.xmltree import XML_LANG, Element, local, read_xml
from dateline_ingest.instants import instant, rfc3339
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject

NAME = "atom"
_CREDITS = {"author": "author", "contributor": "contributor", "rights": "copyrightnotice"}
_CREDITS_DC = {"creator": "creator", "publisher": "publisher", "source": "source", "rights": "copyrightnotice"}


def read(message: Message) -> tuple[Story, ...]:
    """Every entry of the feed. Raises Unparseable."""
    root = read_xml(message, NAME)
    entries = [root] if local(root) == "entry" else [child for child in root if local(child) == "entry"]
    check_count(len(entries), message.limits, NAME)
    if not entries:
        raise Unparseable("the feed has no entries; nothing to take in", format=NAME, path="/feed")
    return tuple(_story(entry, root, message) for entry in entries)


def _story(entry: Element, feed: Element, message: Message) -> Story:
    links = _links(entry)
    page = next((link.href for link in links if link.rel in ("alternate", "")), "")
    headline = _text(entry, "title")
    body = _body(entry, message, page, headline)
    published, updated = (
        instant(_text(entry, "published", "issued", "created")),
        instant(_text(entry, "updated", "modified")),
    )
    stated = _credits(entry, feed)
    story = Story(
        guid=_text(entry, "id") or page or title_urn(headline),
        version=rfc3339(updated or published),
        language=next((tag for one in (entry, *entry.iterancestors()) if (tag := one.get(XML_LANG))), ""),
        headline=headline,
        byline=next((one.value for one in stated if one.where in ("author", "creator")), ""),
        summary=_text(entry, "summary"),
        paragraphs=body.paragraphs,
        body_html=body.html,
        first_created=published,
        version_created=updated or published,
        subjects=_categories(entry),
        provider=_source_title(entry) or _text(entry, f"{feeds.DC}publisher") or _text(feed, "title"),
        copyright_notice=_text(entry, "rights", f"{feeds.DC}rights") or _text(feed, "rights"),
        credits=feeds.with_endlines([*stated, *feeds.media_credits(entry)], body),
        associations=_enclosures(entry) + feeds.media_of(entry),
        links=tuple(link for link in links if link.rel != "enclosure"),
    )
    return check_story(story, message.limits, NAME)


def _find(element: Element, name: str) -> Element | None:
    """A child by local name in Atom's namespace (or none), or by its full name."""
    if name.startswith("{"):
        return element.find(name)
    return next((child for child in element if _is_atom(child) and local(child) == name), None)


def _is_atom(element: Element) -> bool:
    tag = element.tag
    return isinstance(tag, str) and (tag[:1] != "{" or tag.startswith(feeds.ATOM) or "purl.org/atom" in tag)


def _text(element: Element, *names: str) -> str:
    for name in names:
        found = _find(element, name)
        if found is not None and (said := _plain(found)):
            return said
    return ""


def _plain(element: Element) -> str:
    """An Atom text construct (RFC 4287 section 3.1) as plain text."""
    if len(element):
        return fold("".join(element.itertext()))
    said = element.text or ""
    return unmarked(said) if element.get("type") == "html" else fold(said)


def _body(entry: Element, message: Message, base: str, headline: str) -> Body:
    bodies = []
    for name in ("content", "summary"):
        found = _find(entry, name)
        if found is None or found.get("src"):
            continue
        if len(found):
            writer = BodyWriter(depth=message.limits.depth, base=base, headline=headline)
            writer.add(found)
            bodies.append(writer.body())
        else:
            bodies.append(feeds.best_body([found.text or ""], message.limits, base=base, headline=headline))
        if bodies[-1].paragraphs:
            return bodies[-1]
    media = [one.text or "" for one in entry.iter(f"{feeds.MEDIA}description")]
    return feeds.best_body(media, message.limits, base=base, headline=headline)


def _links(entry: Element) -> tuple[Link, ...]:
    found = []
    for one in entry:
        if local(one) == "link" and _is_atom(one) and (href := one.get("href", "").strip()):
            found.append(Link(href=href, rel=one.get("rel", "alternate"), title=fold(one.get("title", ""))))
    return tuple(found)


def _enclosures(entry: Element) -> tuple[Association, ...]:
    found = []
    for one in entry:
        if local(one) == "link" and one.get("rel") == "enclosure" and (href := one.get("href", "").strip()):
            kind = media_type(one.get("type", ""))
            found.append(Association(rel="enclosure", type=kind, href=href, mimetype=one.get("type", "")))
    return tuple(found)


def _source_title(entry: Element) -> str:
    source = _find(entry, "source")
    return _text(source, "title") if source is not None else ""


def _credits(entry: Element, feed: Element) -> list[CreditElement]:
    found = _said_by(entry)
    if not any(one.where == "author" for one in found) and entry is not feed:
        found += [one for one in _said_by(feed) if one.where == "author"]
    if title := _source_title(entry):
        found.append(CreditElement(where="source", value=title))
    if title := _text(feed, "title"):
        found += [CreditElement(where="provider", value=title, role="feed")] if entry is not feed else []
    return found


def _said_by(element: Element) -> list[CreditElement]:
    found = []
    for child in element:
        name = local(child)
        if not name:
            continue
        where = _CREDITS.get(name) if _is_atom(child) else None
        if etree.QName(child).namespace in (feeds.DC[1:-1], feeds.TERMS[1:-1]):
            where = _CREDITS_DC.get(name)
        said = _text(child, "name") or (_plain(child) if not len(child) else "")
        if where and said:
            found.append(CreditElement(where=where, value=said))
    return found


def _categories(entry: Element) -> tuple[Subject, ...]:
    found = []
    for one in entry:
        if local(one) == "category" and (term := fold(one.get("term", ""))):
            found.append(Subject(code=term, scheme=one.get("scheme", ""), name=fold(one.get("label", ""))))
    return tuple(dict.fromkeys(found))
