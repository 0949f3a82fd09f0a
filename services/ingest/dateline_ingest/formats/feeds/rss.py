"""RSS 0.90 to 2.0 with content:encoded, Dublin Core, PRISM, GeoRSS, Media RSS and Atom's elements in it.

RSS 1.0 and 0.90 are RDF: their items stand beside the channel, and ``rdf:about`` is an item's identifier. WordPress's
export is RSS as well, with drafts, pictures and menus among its items.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.feeds import content as feeds
from dateline_ingest.formats.feeds.about import ORGANISATIONS, PEOPLE, atom_links, keywords, subjects
from dateline_ingest.formats.feeds.digests import digests_of
from dateline_ingest.formats.feeds.footer import summary_alone, without_footer
from dateline_ingest.formats.feeds.item import FeedItem
from dateline_ingest.formats.feeds.media import enclosure, media_credits, media_of, media_text, without_repeats
from dateline_ingest.formats.feeds.names import (
    ATOM,
    CONTENT,
    DC,
    ITUNES,
    PRISM,
    RDF,
    TERMS,
    WORDPRESS,
    XHTML,
    normalise,
)
from dateline_ingest.formats.feeds.parts import joined, text
from dateline_ingest.formats.feeds.pictures import picture_credits, pictures_in, with_captions
from dateline_ingest.formats.feeds.usage import embargo, expires, is_pulled, pubstatus, rights, within
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.hrefs import is_web_address
from dateline_ingest.formats.message import Found, Message, check_entries, check_shared, check_story, title_urn
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.dateline import opening_dateline
from dateline_ingest.formats.values.words import unmarked
from dateline_ingest.formats.xml.tree import XML_LANG, read_elements
from dateline_ingest.instants import rfc3339
from dateline_schemas.story import Association, CreditElement, Link, Story, UsageRight

NAME = "rss"
ROOTS = frozenset(("rss", "RDF"))
_UPDATED = (
    f"{ATOM}updated",
    f"{TERMS}modified",
    *(f"{prism}modificationDate" for prism in PRISM),
    "lastUpdated",
    "updated",
)
_PUBLISHED = (
    *("pubDate", f"{TERMS}issued", f"{ATOM}published", f"{DC}date", f"{TERMS}created", f"{TERMS}date"),
    *(f"{prism}publicationDate" for prism in PRISM),
)
_LATER, _DATES = frozenset(_UPDATED), frozenset((*_PUBLISHED, *_UPDATED))
_WHOLE = (CONTENT, f"{ATOM}content", *(f"{XHTML}{name}" for name in ("body", "div")), "fulltext", "fullitem")
"""Elements that have the whole text, beside which the description is a summary."""
_ABSTRACTS = (f"{TERMS}abstract", "summary", f"{DC}description")
"""What items say in a few words where RSS has the description."""
_SUBTITLES = tuple(f"{prism}subtitle" for prism in PRISM)
_GENRES = tuple(f"{prism}genre" for prism in PRISM)
_RIGHTS = (f"{DC}rights", f"{TERMS}rights", "copyright", "rights")


def read(message: Message) -> tuple[Found, ...]:
    """Every item of the channel. Raises Unparseable."""
    elements = read_elements(message, NAME)  # held while they are read
    root = elements[0]
    digests = digests_of(root)
    normalise(root, core="")
    found = root.find("channel")
    if found is None and root.find("item") is not None:
        found = root  # a list of items that nobody introduces
    name = root.tag.rpartition("}")[2]
    if found is None:
        raise Unparseable("the feed has no channel element; nothing to take in", format=NAME, path=f"/{name}")
    items = [
        one
        for item in dict.fromkeys((*found.findall("item"), *root.findall("item")))
        if (one := FeedItem(item)).is_post
    ]
    check_entries(len(items), message.limits, NAME)
    if not items:
        raise Unparseable("the feed has no items; nothing to take in", format=NAME, path=f"/{name}/channel")
    about = FeedItem(found)
    _name_authors(about, items)
    channel, site = _channel(about), message.url or about.text("link")
    check_shared([*channel.credits, *channel.rights, channel.language], len(items), message.limits, NAME)
    return each_read(
        items, lambda item: _story(item, channel, site, message), [digests.get(one.element, "") for one in items]
    )


class _Channel(Struct, frozen=True):
    """What a channel says of all its items."""

    credits: list[CreditElement]
    rights: tuple[UsageRight, ...]
    notice: str
    provider: str
    language: str


def _channel(about: FeedItem) -> _Channel:
    found, title = about.credits(), about.text("title")
    if title:
        found.append(CreditElement(where="provider", value=title, role="channel"))
    provider, language = about.text(f"{DC}publisher") or title, about.text("language", f"{DC}language")
    return _Channel(found, rights(about), about.text(*_RIGHTS), provider, language)


def _name_authors(channel: FeedItem, items: list[FeedItem]) -> None:
    """Put names in place of the logins by which an export of WordPress calls authors; its channel tells both."""
    names: dict[str, str] = {}
    for one in map(FeedItem, channel.all(f"{WORDPRESS}author")):
        names[one.text(f"{WORDPRESS}author_login")] = one.text(f"{WORDPRESS}author_display_name")
    for creator in (creator for item in items if names for creator in item.all(f"{DC}creator")):
        creator.text = names.get(text(creator)) or creator.text


def _story(item: FeedItem, channel: _Channel, site: str, message: Message) -> Story:
    base = item.base(site)
    item.read_in = _language(item, channel)
    guid = item.text("guid")
    link = _link(item, guid, base)
    whole = [one for one in item.all(*_WHOLE) if not is_web_address((one.text or "").strip())]
    headline = item.text("title", f"{DC}title") or unmarked(media_text(item, "title")) or feeds.opening_title(whole)
    described = [*item.all("description", *_ABSTRACTS), *item.all(f"{ITUNES}summary", f"{ITUNES}subtitle")]
    written = whole or described or [media_text(item, "description")]
    body = feeds.best_body(written, message.limits, base=link or base, headline=headline)
    body, first_on = without_footer(body)
    dateline = opening_dateline(body.paragraphs)
    shown = pictures_in(written, link or base)
    published, updated = item.when(*_PUBLISHED), item.when(*_UPDATED)
    stated = item.credits()
    guid = guid or (item.element.get(f"{RDF}about") or "").strip() or link
    guid = guid or item.text(f"{DC}identifier") or title_urn(headline, *body.paragraphs[:1], _file(item))
    story = Story(
        guid=guid,
        version=rfc3339(updated or published),
        alt_ids=item.alt_ids(guid),
        language=item.read_in,
        headline=headline,
        subheadline=item.text(*_SUBTITLES),
        byline=feeds.byline_of(stated) or item.text(f"{ITUNES}author"),
        dateline=dateline,
        summary=_summary(item, bool(whole), body),
        paragraphs=body.paragraphs,
        body_html=body.html,
        pubstatus=pubstatus(item),
        pulled=is_pulled(item),
        embargo=embargo(item),
        expires=expires(item),
        first_created=published,
        version_created=updated or published,
        subjects=subjects(item),
        places=item.places(),
        people=item.named(*PEOPLE),
        organisations=item.named(*ORGANISATIONS),
        keywords=keywords(item),
        genres=item.named(*_GENRES),
        provider=item.text(f"{DC}publisher") or _source(item) or channel.provider,
        copyright_notice=item.text(*_RIGHTS) or channel.notice,
        usage_terms=item.text("usageterms"),
        rights=within(rights(item), channel.rights),
        ed_note=lines_once((item.text("ednote"), _undated(item, published))),
        credits=feeds.with_endlines(
            [*stated, *media_credits(item), *picture_credits(shown), *first_on, *channel.credits], body, dateline
        ),
        associations=with_captions(without_repeats(_enclosures(item, base), media_of(item, base)), shown),
        links=_links(item, link, base),
    )
    return check_story(story, message.limits, NAME)


def _summary(item: FeedItem, whole: bool, body: Body) -> str:
    """What the item says in a few words: beside a whole text the description, beside a description an abstract."""
    if whole:
        return summary_alone(item.text("description", *_ABSTRACTS, f"{ATOM}summary"))
    said = item.text("summary") if item.first("description") is not None else ""
    return "" if said in body.paragraphs else said


def _undated(item: FeedItem, published: datetime | None) -> str:
    """The line for editors about dates that name no day, or that are in a zone that nobody can tell."""
    return item.dated(_LATER if published else _DATES) or item.zone_unclear(*_UPDATED, *_PUBLISHED)


def _link(item: FeedItem, guid: str, base: str) -> str:
    """The item's page: its link, a guid that is one (``isPermaLink``), an Atom link within RSS."""
    if said := item.text("link"):
        return joined(base, said)
    if page := next((one.href for one in atom_links(item, base) if one.rel == "alternate"), ""):
        return page
    if is_web_address(page := item.text("source")):
        return page
    stated = item.first("guid")
    permanent = stated is not None and stated.get("isPermaLink", "true").lower() != "false"
    return guid if permanent and is_web_address(guid) else ""


def _source(item: FeedItem) -> str:
    """What the item calls its source, unless that is an address: feeds for Mail.ru have the item's page there."""
    said = item.text("source")
    return "" if is_web_address(said) else said


def _language(item: FeedItem, channel: _Channel) -> str:
    own = item.text(f"{DC}language", f"{TERMS}language") or item.element.get(XML_LANG, "").strip()
    return own or channel.language or item.language


def _enclosures(item: FeedItem, base: str) -> list[Association]:
    found = []
    for one in item.all("enclosure"):
        if href := joined(base, one.get("url", "")):
            found.append(enclosure(href, one.get("type", ""), one.get("length")))
    for one in item.all("image", f"{ITUNES}image"):
        if href := joined(base, one.get("href", "") or one.get("url") or one.findtext("url") or one.text or ""):
            found.append(Association(rel="image", type="picture", href=href))
    return found


def _file(item: FeedItem) -> str:
    """The first file that an item names."""
    return next((one.get("url", "") for one in item.all("enclosure")), "")


def _links(item: FeedItem, link: str, base: str) -> tuple[Link, ...]:
    found = [Link(href=link, rel="canonical")] if link else []
    found += atom_links(item, base)
    for one in item.all("source"):
        if href := joined(base, one.get("url", "")):
            found.append(Link(href=href, rel="via", title=text(one)))
    if comments := item.text("comments"):
        found.append(Link(href=joined(base, comments), rel="replies"))
    return once([*found, *item.links(base)])
