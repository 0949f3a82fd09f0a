"""Atom 1.0 (RFC 4287) with tombstones (RFC 6721), threading (RFC 4685), Dublin Core, GeoRSS and Media RSS.

A message is a feed of entries, an entry alone, or a deleted entry alone.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.feeds import ap_webfeeds
from dateline_ingest.formats.feeds import content as feeds
from dateline_ingest.formats.feeds.about import ORGANISATIONS, PEOPLE, atom_links, keywords, subjects
from dateline_ingest.formats.feeds.atombase64 import decode_texts
from dateline_ingest.formats.feeds.digests import digests_of
from dateline_ingest.formats.feeds.footer import summary_alone, without_footer
from dateline_ingest.formats.feeds.item import FeedItem
from dateline_ingest.formats.feeds.media import enclosure, media_credits, media_of, media_text, without_repeats
from dateline_ingest.formats.feeds.names import ATOM, DC, TERMS, TOMBSTONE, normalise
from dateline_ingest.formats.feeds.parts import joined, person
from dateline_ingest.formats.feeds.pictures import picture_credits, pictures_in, with_captions
from dateline_ingest.formats.feeds.usage import embargo, expires, is_pulled, pubstatus, rights, within
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.message import Found, Limits, Message, check_entries, check_shared, check_story, title_urn
from dateline_ingest.formats.newsml_g2.envelope import Envelope
from dateline_ingest.formats.newsml_g2.reading import items_in, story_in
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.dateline import opening_dateline
from dateline_ingest.formats.values.status import latest, stricter
from dateline_ingest.formats.values.words import fold, unescaped, unmarked
from dateline_ingest.formats.xml.tree import Element, local, read_elements
from dateline_ingest.instants import instant, rfc3339
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject, UsageRight

NAME = "atom"
ROOTS = frozenset(("feed", "entry", "deleted-entry"))
_HTML = ("html", "text/html")
"""Types of a text that is markup written as text (Atom 1.0, and Atom 0.3 with its mode ``escaped``)."""
_ENTRIES = (f"{ATOM}entry", f"{TOMBSTONE}deleted-entry")
_PUBLISHED = tuple(f"{ATOM}{name}" for name in ("published", "issued", "created"))
_UPDATED = tuple(f"{ATOM}{name}" for name in ("updated", "modified"))
_DATES = frozenset((*_PUBLISHED, *_UPDATED))


def read(message: Message) -> tuple[Found, ...]:
    """Every entry of the feed, deleted ones too. Raises Unparseable."""
    elements = read_elements(message, NAME)  # held while they are read
    root = elements[0]
    digests = digests_of(root)
    normalise(root, core=ATOM)
    decode_texts(root)
    entries = [root] if root.tag in _ENTRIES else [child for child in root if child.tag in _ENTRIES]
    check_entries(len(entries), message.limits, NAME)
    if not entries:
        raise Unparseable("the feed has no entries; nothing to take in", format=NAME, path=f"/{local(root)}")
    feed = _Feed() if root.tag in _ENTRIES else _feed(FeedItem(root), message.url)
    check_shared([*feed.credits, *feed.rights, feed.notice], len(entries), message.limits, NAME)
    told = [one for entry in entries for one in _told(FeedItem(entry), digests.get(entry, ""), message.limits)]
    return each_read(told, lambda one: _entry(one, feed, message), [one.digest for one in told])


class _Feed(Struct, frozen=True):
    """What a feed says of all its entries; nothing around an entry alone."""

    title: str = ""
    notice: str = ""
    credits: list[CreditElement] = []
    rights: tuple[UsageRight, ...] = ()


def _feed(feed: FeedItem, url: str) -> _Feed:
    found = (*rights(feed), *_licences(atom_links(feed, feed.base(url))))
    return _Feed(_plain(feed, "title"), _plain(feed, "rights"), feed.credits(), found)


class _Told(Struct, frozen=True):
    """What one story is read from."""

    entry: FeedItem
    digest: str
    """The entry's, if it tells of no other story."""
    carried: tuple[Element, Envelope] | None = None
    """The item of NewsML-G2 around which the entry is no more than an envelope."""


def _told(entry: FeedItem, digest: str, limits: Limits) -> list[_Told]:
    """The stories of an entry: its own, or those of the items that it carries."""
    filled = (content for content in entry.all(f"{ATOM}content") if len(content))
    carried = [item for content in filled for item in items_in(list(content.iter("*")), limits)]
    alone = digest if len(carried) == 1 else ""
    return [_Told(entry, alone, item) for item in carried] or [_Told(entry, digest)]


def _entry(told: _Told, feed: _Feed, message: Message) -> Story:
    entry = told.entry
    if told.carried is None:
        return _deleted(entry, message) if entry.element.tag == _ENTRIES[1] else _story(entry, feed, message)
    story = story_in(*told.carried, message.limits, alone=False)
    own = _plain(entry, "id")
    return replace(
        story,
        alt_ids=once([*story.alt_ids, *([Subject(scheme="atom:id", code=own)] if own else [])]),
        pubstatus=stricter(story.pubstatus, pubstatus(entry)),
        pulled=story.pulled or is_pulled(entry),
        embargo=latest(story.embargo, embargo(entry)),
        version_created=story.version_created or entry.when(*_UPDATED),
    )


def _story(entry: FeedItem, feed: _Feed, message: Message) -> Story:
    base = entry.base(message.url)
    links = atom_links(entry, base)
    page = next((link.href for link in links if link.rel == "alternate"), "")
    headline = _plain(entry, "title") or unmarked(media_text(entry, "title"))
    body, first_on = without_footer(_body(entry, message, base or page, headline))
    dateline = opening_dateline(body.paragraphs)
    shown = pictures_in(entry.all(f"{ATOM}content"), base or page)
    published, updated = entry.when(*_PUBLISHED), entry.when(*_UPDATED, f"{TERMS}modified")
    found = entry.first(f"{ATOM}source")
    source = FeedItem(found) if found is not None else None
    stated = _credits(entry, source, feed)
    guid = _plain(entry, "id") or page or title_urn(headline, *body.paragraphs[:1])
    origin = _plain(source, "title") if source else ""
    notices = [*(_plain(one, "rights") for one in (entry, source) if one), feed.notice]
    story = Story(
        guid=guid,
        version=rfc3339(updated or published),
        alt_ids=_alt_ids(entry, source, guid),
        language=entry.text(f"{DC}language") or entry.language,
        headline=headline,
        byline=feeds.byline_of(stated),
        dateline=dateline,
        summary=summary_alone(_plain(entry, "summary")),
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
    return check_story(ap_webfeeds.completed(story, entry), message.limits, NAME)


def _deleted(entry: FeedItem, message: Message) -> Story:
    """An entry that is taken back (RFC 6721): its identifier is ``ref``, the version is when that was."""
    when = instant(entry.element.get("when", ""))
    by = [CreditElement(where="author", value=said) for one in entry.all(f"{TOMBSTONE}by") if (said := person(one))]
    story = Story(
        guid=fold(entry.element.get("ref", "")),
        version=rfc3339(when),
        language=entry.language,
        pubstatus="canceled",
        version_created=when,
        ed_note=entry.text(f"{TOMBSTONE}comment"),
        signals=("deleted",),
        credits=tuple(by),
        links=tuple(atom_links(entry, entry.base(message.url))),
    )
    return check_story(story, message.limits, NAME)


def _plain(entry: FeedItem, name: str) -> str:
    """An Atom text construct (RFC 4287 section 3.1) as plain text."""
    for element in entry.all(f"{ATOM}{name}"):
        if said := _construct(element):
            return said
    return ""


def _construct(element: Element) -> str:
    if len(element):
        return fold("".join(element.itertext()))
    said = element.text or ""
    if (kind := element.get("type")) in _HTML:
        return unmarked(said)
    return fold(unescaped(said) if not kind and "&" in said else said)  # escaped once too often by who states no type


def _body(entry: FeedItem, message: Message, base: str, headline: str) -> Body:
    for found in entry.all(f"{ATOM}content", f"{ATOM}summary"):
        if not found.get("src"):
            body = feeds.best_body([found], message.limits, base=base, headline=headline)
            if body.paragraphs:
                return body
    return feeds.best_body([media_text(entry, "description")], message.limits, base=base, headline=headline)


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
    origin = _plain(source, "id") if source else ""
    return (*found, Subject(scheme="atom:source", code=origin)) if origin else found


def _credits(entry: FeedItem, source: FeedItem | None, feed: _Feed) -> list[CreditElement]:
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
    if source and (title := _plain(source, "title")):
        found.append(CreditElement(where="source", value=title))
    for one in entry.all(f"{ATOM}link"):
        if one.get("rel") == "via" and (title := fold(one.get("title", ""))):
            found.append(CreditElement(where="source", value=title, role="via"))
    if feed.title:
        found.append(CreditElement(where="provider", value=feed.title, role="feed"))
    return found
