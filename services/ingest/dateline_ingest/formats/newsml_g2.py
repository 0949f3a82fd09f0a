"""NewsML-G2 2.x: newsMessage, newsItem and packageItem, with XHTML, NITF or a provider's own markup inside."""

from __future__ import annotations

from dateline_ingest.formats import g2
from dateline_ingest.formats.body import Body
from dateline_ingest.formats.bodywriter import BodyWriter
from dateline_ingest.formats.endline import endlines
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.g2 import Meta
from dateline_ingest.formats.kinds import item_type, media_type
from dateline_ingest.formats.markup import any_body
from dateline_ingest.formats.message import Limits, Message, check_count, check_story
from dateline_ingest.formats.nitf import Nitf, is_nitf
from dateline_ingest.formats.status import pubstatus, urgency
from dateline_ingest.formats.words import fold
from dateline_ingest.formats.xmltree import XML_LANG, Element, local, read_xml
from dateline_ingest.instants import instant
from dateline_schemas.story import Association, CreditElement, Story

NAME = "newsml-g2"
ROOTS = frozenset(("newsMessage", "newsItem", "packageItem"))
_ITEMS = frozenset(("newsItem", "packageItem"))


def read(message: Message) -> tuple[Story, ...]:
    """Every newsItem and packageItem of the message. Raises Unparseable."""
    root = read_xml(message, NAME)
    items = [root] if local(root) in _ITEMS else [item for item in _items(root) if _stands(item)]
    check_count(len(items), message.limits, NAME)
    if not items:
        raise Unparseable("the message holds no newsItem or packageItem; nothing to take in", format=NAME)
    return tuple(_story(item, message.limits) for item in items)


def _items(root: Element) -> list[Element]:
    return [item for part in root if local(part) == "itemSet" for item in part if local(item) in _ITEMS]


def _stands(item: Element) -> bool:
    """An item without guid, metadata and content is only a list of references within the message."""
    return bool(item.get("guid")) or any(local(part) in ("itemMeta", "contentMeta", "contentSet") for part in item)


def _story(item: Element, limits: Limits) -> Story:
    meta = Meta(item)
    title = _headline(meta, sub=False)
    content = _Content(meta.content, limits, title)
    kind = "composite" if local(item) == "packageItem" else item_type(meta.code("itemClass")) or "text"
    language = _language(item, meta)
    subjects = g2.sorted_subjects(meta.all("subject"))
    ends = [CreditElement(where="endline", value=line) for line in endlines(content.body.paragraphs)]
    stated = [*meta.credits, *content.credits, *ends]
    embargo = instant(meta.text("embargoed"))
    try:
        story = Story(
            guid=fold(item.get("guid") or ""),
            version=(item.get("version") or "").strip(),
            type=kind,
            language=language,
            headline=title or content.title or meta.text("title"),
            subheadline=_headline(meta, sub=True) or content.subtitle,
            slugline=meta.text("slugline"),
            byline=meta.text("by") or _first(content.credits, "byline"),
            dateline=meta.text("dateline") or _first(content.credits, "dateline"),
            summary=_summary(meta),
            paragraphs=content.body.paragraphs,
            body_html=content.body.html,
            urgency=urgency(meta.text("urgency")),
            pubstatus=pubstatus(meta.code("pubStatus"), embargoed=embargo is not None),
            embargo=embargo,
            first_created=instant(meta.text("firstCreated") or meta.text("contentCreated")),
            version_created=instant(meta.text("versionCreated")),
            subjects=g2.concepts(subjects["subjects"]),
            places=g2.concepts([*meta.all("located"), *subjects["places"]]),
            people=g2.concepts(subjects["people"]),
            organisations=g2.concepts(subjects["organisations"]),
            keywords=tuple(dict.fromkeys(text for word in meta.all("keyword") if (text := g2.content(word)))),
            genres=g2.concepts(meta.all("genre")),
            provider=meta.named("provider"),
            creditline=meta.text("creditline"),
            copyright_holder=meta.named("copyrightHolder"),
            copyright_notice=meta.spoken("copyrightNotice", language),
            usage_terms=meta.spoken("usageTerms", language),
            ed_note="\n".join(dict.fromkeys(text for note in meta.all("edNote") if (text := g2.content(note)))),
            signals=tuple(dict.fromkeys(code for sign in meta.all("signal") if (code := _signal(sign)))),
            credits=tuple(dict.fromkeys(stated)),
            associations=g2.members(meta.groups) + _files(meta.content),
            links=g2.links(meta.all("link")),
        )
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME, line=item.sourceline) from fault
    return check_story(story, limits, NAME)


def _first(credits: list[CreditElement], where: str) -> str:
    return next((credit.value for credit in credits if credit.where == where), "")


def _signal(sign: Element) -> str:
    return (sign.get("qcode") or sign.get("uri") or "").strip() or g2.named(sign)


def _language(item: Element, meta: Meta) -> str:
    """The content's own language if it is stated, else that of the item (contentMeta/language, xml:lang)."""
    tags = (element.get("tag", "").strip() for element in meta.all("language"))
    return next((tag for tag in tags if tag), "") or item.get(XML_LANG, "").strip()


def _headline(meta: Meta, *, sub: bool) -> str:
    for element in meta.all("headline"):
        if ("sub" in element.get("role", "").lower()) is sub and (text := g2.content(element)):
            return text
    return ""


def _summary(meta: Meta) -> str:
    found = [
        (element.get("role", "").lower(), text) for element in meta.all("description") if (text := g2.content(element))
    ]
    for wanted in ("summary", "abstract", "intro", "teaser"):
        for role, text in found:
            if wanted in role:
                return text
    return found[0][1] if found else ""


def _files(content: Element | None) -> tuple[Association, ...]:
    """Renditions that are not in the message (remoteContent)."""
    if content is None:
        return ()
    return tuple(
        Association(
            rel=part.get("rendition") or "rendition",
            type=media_type(part.get("contenttype", "")),
            guid=part.get("residref", ""),
            href=part.get("href", ""),
            mimetype=part.get("contenttype", ""),
        )
        for part in content
        if local(part) == "remoteContent"
    )


class _Content:
    """The largest body in a contentSet, and what the markup itself says about origin."""

    def __init__(self, content: Element | None, limits: Limits, headline: str) -> None:
        self.body = Body()
        self.title = self.subtitle = ""
        self.credits: list[CreditElement] = []
        self._limits = limits
        self._headline = headline
        for part in () if content is None else content:
            body = Body()
            if local(part) == "inlineXML":
                body = self._inline(part)
            elif local(part) == "inlineData" and not part.get("encoding"):
                body = any_body(part.text or "", limits, headline=headline)
            if not self.body.paragraphs or body.words > self.body.words:
                self.body = body

    def _inline(self, part: Element) -> Body:
        writer = BodyWriter(depth=self._limits.depth, headline=self._headline)
        if not len(part):
            return any_body(part.text or "", self._limits, headline=self._headline)
        for root in part:
            nitf = Nitf(root) if is_nitf(root) else None
            if nitf is None:
                self.title = self.title or _title(root)
                writer.add(root)
                continue
            self.title, self.subtitle = self.title or nitf.title, nitf.subtitle
            self.credits.extend(nitf.credits)
            if nitf.has_content:
                nitf.write(writer)
            else:
                writer.add(root)
        return writer.body()


def _title(root: Element) -> str:
    titles = (title for head in root.iterchildren("{*}head") for title in head.iterchildren("{*}title"))
    return next(map(g2.content, titles), "")
