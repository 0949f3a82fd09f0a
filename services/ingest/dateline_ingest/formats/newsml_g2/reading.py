"""NewsML-G2 2.x: newsMessage, newsItem and packageItem, with XHTML, NITF or a provider's own markup inside."""

from __future__ import annotations

from collections.abc import Sequence

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Limits, Message, check_count, check_story
from dateline_ingest.formats.newsml_g2 import properties as g2
from dateline_ingest.formats.newsml_g2.catalog import NO_SCHEMES, Schemes
from dateline_ingest.formats.newsml_g2.content import Content
from dateline_ingest.formats.newsml_g2.credits import of_header
from dateline_ingest.formats.newsml_g2.extensions import tell_extensions
from dateline_ingest.formats.newsml_g2.media import files, linked_files, members
from dateline_ingest.formats.newsml_g2.meta import Meta
from dateline_ingest.formats.newsml_g2.plans import KINDS, as_news, tells_of_plans
from dateline_ingest.formats.newsml_g2.rights import rights_of
from dateline_ingest.formats.newsml_g2.table import table
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.agencytimes import agency_of, clock
from dateline_ingest.formats.values.endline import end_credits
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.statedtimes import dated
from dateline_ingest.formats.values.status import embargoed_pubstatus, urgency
from dateline_ingest.formats.values.tongues import is_foreign
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local, local_of, read_elements, tagged
from dateline_schemas.story import Association, CreditElement, Story, Subject

NAME = "newsml-g2"
_DATES = frozenset(("contentCreated", "contentModified"))
"""Those of the item's dates that may name no day."""
_ITEMS = frozenset(("newsItem", "packageItem"))
ROOTS = frozenset(("newsMessage", *_ITEMS, *KINDS, "catalogItem"))
_STORY = frozenset(("itemMeta", "contentMeta", "contentSet"))


class _Envelope:
    """What the message around the items says of all of them."""

    __slots__ = ("credits", "limits", "schemes", "transmit_id")

    def __init__(self, root: Element, limits: Limits) -> None:
        self.limits = limits
        self.schemes = NO_SCHEMES
        self.credits: tuple[CreditElement, ...] = ()
        self.transmit_id = ""
        if local(root) in _ITEMS:
            return
        for header in children(root):
            if local_of(header.tag).lower() == "header":
                parts = tagged(header)
                self.credits = of_header(parts)
                catalogs = [part for name, part in parts if name == "catalog"]
                self.schemes = Schemes(catalogs) if catalogs else NO_SCHEMES
                self.transmit_id = next((g2.content(part) for name, part in parts if name == "transmitId"), "")


def read(message: Message) -> tuple[Story, ...]:
    """Every newsItem and packageItem of the message, and events and plans (``plans.py``). Raises Unparseable."""
    elements = read_elements(message, NAME)  # held while they are read
    return stories_of(elements[0], message.limits)


def stories_of(root: Element, limits: Limits) -> tuple[Story, ...]:
    """Every story in a tree of NewsML-G2. Raises Unparseable."""
    every = [root] if local(root) != "newsMessage" else _items(root)
    items = [
        item for item in every if (local(item) in _ITEMS and (item is root or _stands(item))) or tells_of_plans(item)
    ]
    check_count(len(items), limits, NAME)
    if not items:
        raise _no_story(every)
    envelope = _Envelope(root, limits)
    return tuple([_story(item, envelope, alone=len(items) == 1) for item in items])


def _items(root: Element) -> list[Element]:
    """What the message holds; items beside the header, outside of an itemSet, are read as if they were in one."""
    parts = tagged(root)
    held = [item for name, part in parts if name == "itemSet" for item in children(part)]
    return held or [part for name, part in parts if name in ROOTS]


def _stands(item: Element) -> bool:
    """An item without guid, metadata and content is only a list of references within the message."""
    return bool(item.get("guid")) or any(name in _STORY for name, _ in tagged(item))


def _no_story(items: list[Element]) -> Unparseable:
    """Why a message without stories is refused: what it holds instead."""
    refused = table().refused
    held = dict.fromkeys(f"a {name} ({refused[name]})" for item in items if (name := local(item)) in refused)
    if not held:
        return Unparseable("the message holds no newsItem or packageItem; nothing to take in", format=NAME)
    reason = f"it holds {', '.join(held)} and no story; only newsItem and packageItem are taken in"
    return Unparseable(f"{reason}, so leave it out of this feed", format=NAME, line=items[0].sourceline)


def _story(item: Element, envelope: _Envelope, *, alone: bool) -> Story:
    if local(item) not in _ITEMS:
        as_news(item)
    tell_extensions(item)
    try:
        meta = Meta(item, envelope.schemes)
        below = _spoken(meta.headlines_below, "")
        spoken = _language(item, meta)
        content = Content(
            meta.content, envelope.limits, _spoken(meta.headlines, spoken), item, below=below, language=spoken
        )
        if not meta.all("dateline"):
            content.find_dateline(meta.content)
        if not content.body.paragraphs:
            content.write_scripts(meta.all("description"), _summary(meta, spoken))
        story = _of(item, meta, content, envelope, spoken or content.language, alone=alone)
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME, line=item.sourceline) from fault
    return check_story(story, envelope.limits, NAME)


def _of(item: Element, meta: Meta, content: Content, envelope: _Envelope, language: str, *, alone: bool) -> Story:
    schemes = meta.schemes
    concepts = g2.sorted_concepts(meta.all("subject"), meta.all("located"), schemes, meta.asserts)
    rights = rights_of(meta)
    embargoed = meta.text("embargoed")
    provider = meta.named("provider")
    agency = agency_of([provider]) or agency_of([meta.code("provider"), *[one.value for one in envelope.credits]])
    embargo = clock(embargoed, agency)
    headline = _spoken(meta.headlines, language) or content.title or meta.text("title")
    kind = "composite" if local(item) == "packageItem" else item_type(meta.code("itemClass")) or "text"
    ends = end_credits(content.body.paragraphs) if local(item) in _ITEMS else ()  # lines of a plan are short, too
    notes = [text for note in meta.all("edNote") if (text := g2.content(note))] + content.notes + _undated(meta)
    return Story(
        guid=fold(item.get("guid") or ""),
        version=(item.get("version") or "").strip(),
        alt_ids=_alt_ids(meta, envelope.transmit_id if alone else ""),
        type=kind,
        language=language,
        headline=headline,
        subheadline=_spoken(meta.headlines_below, language) or content.subtitle,
        slugline=meta.text("slugline"),
        byline=meta.text("by") or _first(content.credits, "byline"),
        dateline=meta.text("dateline") or _first(content.credits, "dateline"),
        summary=_summary(meta, language) or content.summary,
        paragraphs=content.body.paragraphs,
        body_html=content.body.html,
        urgency=urgency(meta.text("urgency")),
        pubstatus=embargoed_pubstatus(meta.code("pubStatus"), embargoed or _without_end(meta), embargo),
        embargo=embargo,
        first_created=clock(meta.text("firstCreated") or meta.text("contentCreated"), agency),
        version_created=clock(meta.text("versionCreated"), agency),
        subjects=concepts.subjects,
        places=concepts.places,
        people=concepts.people,
        organisations=concepts.organisations,
        keywords=once([text for word in meta.all("keyword") if (text := g2.content(word))]),
        genres=g2.concepts(meta.all("genre"), schemes, meta.asserts),
        provider=provider,
        creditline=meta.text("creditline"),
        copyright_holder=meta.named("copyrightHolder"),
        copyright_notice=meta.spoken("copyrightNotice", language),
        usage_terms=meta.spoken("usageTerms", language),
        rights=rights.stated,
        expires=rights.expires,
        ed_note="\n".join(dict.fromkeys(notes)) if notes else "",
        signals=_signals(meta),
        credits=once([*envelope.credits, *meta.credits, *content.credits, *ends]),
        associations=members(meta.groups, schemes)
        + _files(meta, content.files, kind, headline, language)
        + once([*content.media, *linked_files(meta.all("link"), schemes)]),
        links=g2.links(meta.all("link"), schemes),
    )


def _undated(meta: Meta) -> list[str]:
    """The line for editors about dates that name no day (TruncatedDateTimePropType: gYear, gYearMonth).

    They are no moments. Of an old picture often no more is known.
    """
    if not meta.has(_DATES):
        return []
    said = dated(*[g2.content(one) for name in sorted(_DATES) for one in meta.all(name)])
    return [said] if said else []


def _without_end(meta: Meta) -> str:
    """Why a story without a time of release waits: an empty ``embargoed`` is an embargo until further notice.

    Its value is a time or null in the schema. Of an item that says outright that it is usable it counts as left out:
    software that fills in forms writes it into everything (Scoop).
    """
    return "until further notice" if meta.all("embargoed") and not meta.code("pubStatus") else ""


def _first(credits: list[CreditElement], where: str) -> str:
    return next((credit.value for credit in credits if credit.where == where), "")


def _alt_ids(meta: Meta, transmit_id: str) -> tuple[Subject, ...]:
    found = list(g2.alt_ids(meta.all("altId"), meta.schemes))
    for element in meta.all("versionedId"):
        if guid := fold(element.get("guid") or ""):
            found.append(Subject(scheme="versionedId", code=guid))
    if transmit_id:
        found.append(Subject(scheme="transmitId", code=transmit_id))
    return tuple(found)


def _signals(meta: Meta) -> tuple[str, ...]:
    """Signals in the message's order, each with its severity, and with what a provider's own means in IPTC's terms."""
    found: dict[str, None] = {}
    for sign in meta.all("signal"):
        stated = sign.get("qcode") or sign.get("uri")
        if code := meta.schemes.qcode(stated) if stated else g2.named(sign):
            found[code] = None
            if meant := table().signals.get(code):
                found[meant] = None
        if severity := g2.attribute(sign, "severity", meta.schemes):
            found[severity] = None
    return tuple(found)


def _language(item: Element, meta: Meta) -> str:
    """The content's own language if it is stated, else that of the item (contentMeta/language, xml:lang).

    Where the item's says the same more exactly (``it-IT`` for ``it``), that is taken. An item without one has that of
    what it is in (XML 1.0, section 2.12).
    """
    whole: str = item.get(XML_LANG, "").strip() or _language_around(item)
    for element in meta.all("language"):
        tag: str = element.get("tag", "").strip()
        if tag:
            return whole if "-" not in tag and whole.lower().startswith(f"{tag.lower()}-") else tag
    return whole


def _language_around(item: Element) -> str:
    return next((stated for one in item.iterancestors() if (stated := one.get(XML_LANG, "").strip())), "")


def _spoken(headlines: Sequence[Element], language: str) -> str:
    """The headline: of several the first in the story's language, else the first."""
    first = ""
    for element in headlines:
        if text := g2.content(element):
            if not language or not is_foreign(element.get(XML_LANG), language):
                return text
            first = first or text
    return first


def _summary(meta: Meta, language: str) -> str:
    """The description whose role says summary, else the first one; the text of a film is none.

    Of several in one role that in the story's language is taken, else the first.
    """
    elements = meta.all("description")
    if not elements:
        return ""
    if len(elements) > 1:
        elements = sorted(elements, key=lambda element: is_foreign(element.get(XML_LANG), language))
    found = [(element.get("role", "").lower(), text) for element in elements if (text := g2.content(element))]
    if len(found) > 1:
        for wanted in table().summaries.roles:
            for role, text in found:
                if wanted in role:
                    return text
    scripts = table().scripts.roles if found else ()
    return next((text for role, text in found if not any(one in role for one in scripts)), "")


def _files(meta: Meta, held: Sequence[Element], kind: str, headline: str, language: str) -> tuple[Association, ...]:
    """Renditions; those of a picture, film, sound or graphic with its caption and credit."""
    icons = files(meta.all("icon"), meta.schemes)
    if not held:
        return icons
    if kind in ("text", "composite"):
        return files(held, meta.schemes) + icons
    captions = (g2.content(one) for one in meta.all("description") if "caption" in one.get("role", "").lower())
    caption = next((text for text in captions if text), "") or _summary(meta, language)
    creditline = meta.text("creditline")
    return files(held, meta.schemes, headline=headline, caption=caption, creditline=creditline) + icons
