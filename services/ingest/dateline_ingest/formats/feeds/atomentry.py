"""An Atom entry as a story, with what its feed and the feed that it was taken from say of it (RFC 4287)."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.feeds import ap_webfeeds
from dateline_ingest.formats.feeds import content as feeds
from dateline_ingest.formats.feeds.about import ORGANISATIONS, PEOPLE, atom_links, keywords, subjects
from dateline_ingest.formats.feeds.footer import summary_alone, without_footer
from dateline_ingest.formats.feeds.item import FeedItem
from dateline_ingest.formats.feeds.media import enclosure, media_credits, media_of, media_text, without_repeats
from dateline_ingest.formats.feeds.names import ATOM, DC, TERMS
from dateline_ingest.formats.feeds.parts import joined
from dateline_ingest.formats.feeds.pictures import picture_credits, pictures_in, with_captions
from dateline_ingest.formats.feeds.usage import embargo, expires, is_pulled, pubstatus, rights, within
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.message import Limits, title_urn
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.dateline import opening_dateline
from dateline_ingest.formats.values.words import fold, unescaped, unmarked
from dateline_ingest.formats.xml.tree import Element, tongue_of
from dateline_ingest.instants import rfc3339
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject, UsageRight

_HTML = ("html", "text/html")
"""Types of a text that is markup written as text (Atom 1.0, and Atom 0.3 with its mode ``escaped``)."""
PUBLISHED = tuple(f"{ATOM}{name}" for name in ("published", "issued", "created"))
UPDATED = tuple(f"{ATOM}{name}" for name in ("updated", "modified"))
_DATES = frozenset((*PUBLISHED, *UPDATED))
_TEXTS = ("summary", "title")
"""Texts beside the content: their language is the story's where nothing else tells one."""


class Feed(Struct, frozen=True):
    """What a feed says of all its entries; nothing around an entry alone."""

    title: str = ""
    notice: str = ""
    credits: list[CreditElement] = []
    rights: tuple[UsageRight, ...] = ()


def feed_of(feed: FeedItem, url: str) -> Feed:
    """What is said in the feed itself, which was fetched from ``url``."""
    found = (*rights(feed), *_licences(atom_links(feed, feed.base(url))))
    return Feed(plain(feed, "title"), plain(feed, "rights"), feed.credits(), found)


def story_of(entry: FeedItem, feed: Feed, url: str, limits: Limits) -> Story:
    """An entry of a feed that was fetched from ``url``. Raises Unparseable for a text that is nested too deep."""
    base = entry.base(url)
    links = atom_links(entry, base)
    page = next((link.href for link in links if link.rel == "alternate"), "")
    headline = plain(entry, "title") or unmarked(media_text(entry, "title"))
    body, first_on = without_footer(_body(entry, limits, base or page, headline))
    dateline = opening_dateline(body.paragraphs)
    shown = pictures_in(entry.all(f"{ATOM}content"), base or page)
    published, updated = entry.when(*PUBLISHED), entry.when(*UPDATED, f"{TERMS}modified")
    found = entry.first(f"{ATOM}source")
    source = FeedItem(found) if found is not None else None
    stated = _credits(entry, source, feed)
    guid = plain(entry, "id") or page or title_urn(headline, *body.paragraphs[:1])
    origin = plain(source, "title") if source else ""
    notices = [*(plain(one, "rights") for one in (entry, source) if one), feed.notice]
    story = Story(
        guid=guid,
        version=rfc3339(updated or published),
        alt_ids=_alt_ids(entry, source, guid),
        language=entry.text(f"{DC}language") or _spoken(entry, "content") or entry.language or _spoken(entry, *_TEXTS),
        headline=headline,
        byline=feeds.byline_of(stated),
        dateline=dateline,
        summary=summary_alone(plain(entry, "summary")),
        paragraphs=body.paragraphs,
        body_html=body.html,
        pubstatus=pubstatus(entry),
        pulled=is_pulled(entry),
        embargo=embargo(entry),
        expires=expires(entry),
        first_created=published,
        version_created=updated or published,
        subjects=subjects(entry),
        places=entry.places(),
        people=entry.named(*PEOPLE),
        organisations=entry.named(*ORGANISATIONS),
        keywords=keywords(entry),
        provider=origin or entry.text(f"{DC}publisher") or feed.title,
        copyright_notice=next((said for said in (notices[0], entry.text(f"{DC}rights"), *notices[1:]) if said), ""),
        ed_note="" if published and updated else entry.dated(_DATES),
        rights=within((*rights(entry), *_licences(links)), feed.rights),
        credits=feeds.with_endlines(
            [*stated, *media_credits(entry), *picture_credits(shown), *first_on], body, dateline
        ),
        associations=with_captions(without_repeats(_enclosures(entry, base), media_of(entry, base)), shown),
        links=once(
            [*(link for link in links if link.rel != "enclosure"), *_source_page(source, base), *entry.links(base)]
        ),
    )
    return ap_webfeeds.completed(story, entry)


def plain(entry: FeedItem, name: str) -> str:
    """An Atom text construct (RFC 4287 section 3.1) as plain text."""
    for element in entry.all(f"{ATOM}{name}"):
        if said := _construct(element):
            return said
    return ""


def _spoken(entry: FeedItem, *names: str) -> str:
    """The language that the first of these texts states which states one; what lies elsewhere is no text."""
    texts = (one for name in names for one in entry.all(f"{ATOM}{name}") if not one.get("src"))
    return next((said.strip() for one in texts if (said := tongue_of(one))), "")


def _construct(element: Element) -> str:
    if len(element):
        return fold("".join(element.itertext()))
    said = element.text or ""
    if (kind := element.get("type")) in _HTML:
        return unmarked(said)
    return fold(unescaped(said) if not kind and "&" in said else said)  # escaped once too often by who states no type


def _body(entry: FeedItem, limits: Limits, base: str, headline: str) -> Body:
    for found in entry.all(f"{ATOM}content", f"{ATOM}summary"):
        if not found.get("src"):
            body = feeds.best_body([found], limits, base=base, headline=headline)
            if body.paragraphs:
                return body
    return feeds.best_body([media_text(entry, "description")], limits, base=base, headline=headline)


def _source_page(source: FeedItem | None, base: str) -> list[Link]:
    """The page of the feed that an entry was taken from (4.2.11)."""
    pages = [link for link in atom_links(source, base) if link.rel == "alternate"] if source else []
    return [replace(link, rel="via") for link in pages]


def _licences(links: list[Link]) -> tuple[UsageRight, ...]:
    return tuple(UsageRight(type="license", limitations=link.href) for link in links if link.rel == "license")


def _enclosures(entry: FeedItem, base: str) -> list[Association]:
    found = []
    for one in entry.all(f"{ATOM}link"):
        if one.get("rel") == "enclosure" and (href := joined(base, one.get("href", ""))):
            found.append(enclosure(href, one.get("type", ""), one.get("length"), fold(one.get("title", ""))))
    for one in entry.all(f"{ATOM}content"):
        if href := joined(base, one.get("src", "")):
            found.append(Association(rel="content", href=href, mimetype=one.get("type", "")))
    return found


def _alt_ids(entry: FeedItem, source: FeedItem | None, guid: str) -> tuple[Subject, ...]:
    found = entry.alt_ids(guid)
    origin = plain(source, "id") if source else ""
    return (*found, Subject(scheme="atom:source", code=origin)) if origin else found


def _credits(entry: FeedItem, source: FeedItem | None, feed: Feed) -> list[CreditElement]:
    """Of the entry, of its source, of its feed; the author of these two counts where the entry names none.

    Where it names one, its source's author is whom it comes from all the same.
    """
    found, told = entry.credits(), source.credits() if source else []
    for around in (told, feed.credits):
        named = any(one.where == "author" for one in found)
        found += [one for one in around if one.where != "author" or not named]
    known = set(found) if told else set()
    authors = (one for one in told if one.where == "author" and one not in known)
    found += [replace(one, where="source", role="author") for one in authors]
    if source and (title := plain(source, "title")):
        found.append(CreditElement(where="source", value=title))
    for one in entry.all(f"{ATOM}link"):
        if one.get("rel") == "via" and (title := fold(one.get("title", ""))):
            found.append(CreditElement(where="source", value=title, role="via"))
    if feed.title:
        found.append(CreditElement(where="provider", value=feed.title, role="feed"))
    return found
