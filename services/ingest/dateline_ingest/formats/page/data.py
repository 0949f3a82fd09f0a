"""What a page states about itself in schema.org JSON-LD, OpenGraph, meta elements and microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.hrefs import safe_href, split_href
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.once import once
from dateline_ingest.formats.page.jsonld import best_article, only_points, page_nodes
from dateline_ingest.formats.page.microdata import AGENTS, STATEMENTS, Microdata
from dateline_ingest.formats.values.words import fold, unmarked
from dateline_ingest.formats.xml.tree import Element
from dateline_ingest.tables import turned
from dateline_schemas.story import Association, CreditElement

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z\d]{2,8}){0,3}")
"""A language and perhaps its script and region (BCP 47); ``utf-8`` is none."""
_ORIGINALS = {"isbasedon": "isBasedOn", "isbasedonurl": "isBasedOn", "translationofwork": "translationOfWork"}
"""schema.org members for the work that a page's article was made from: its address, or what is known of it. With the
role that a credit has by each."""
_ORIGINAL_METAS = ("syndication-source", "original-source")
"""Meta elements that may have that work's address; many sites put their own in them."""
_TERMS = ("usageinfo", "license", "acquirelicensepage")
"""schema.org members for what may be done with a work, and where a licence is to be had."""
_UPDATE = ("headline", "articlebody")
_SITES = frozenset(("WebSite", "Organization", "NewsMediaOrganization"))
"""What a page says of the whole site."""
_MAKERS = ("publisher", "sourceorganization", "provider", "author", "creator", "copyrightholder")
"""Who made that work; the one most concerned with it comes first."""
_META_NAMES = {
    "author": "author article:author article:author_name parsely-author sailthru.author cxenseparse:author "
    "article.author og:article:author og:author author_name articleauthor content_author mediator_author rnews:author",
    "byline": "byl",
    "creator": "dc.creator dcterms.creator twitter:creator",
    "publisher": "dc.publisher dcterms.publisher publisher article:publisher og:site_name",
    "copyrightnotice": "copyright dc.rights dcterms.rights",
    "source": "dc.source source news_source syndication-source original-source article:source agency",
}
_META_CREDITS = turned(_META_NAMES)
"""Name of a meta element -> ``CreditElement.where``."""


def terms_of(work: JsonObject) -> str:
    """What may be done with a work, in words or as addresses, each once."""
    said = (
        work.text(name) or next((one.text("url", "@id", "name") for one in work.objects(name)), "") for name in _TERMS
    )
    return "; ".join(once(filter(None, map(unmarked, said))))


class PageData:
    """The page's statements about itself. Reading is tolerant: what is broken counts as absent."""

    __slots__ = ("_article", "_by_id", "_canonical", "_html", "_metas", "_microdata", "_videos", "credits", "taglines")

    def __init__(self, root: Element, limits: Limits) -> None:
        """Read the whole page once. Raises Unparseable when its JSON-LD is larger than JSON may be."""
        self._html = root
        self._metas: dict[str, list[str]] = {}
        self._canonical = ""
        for element in root.iter("meta", "link"):
            self._keep(element)
        nodes = page_nodes(root, limits)
        self._videos = [node for node in nodes if "VideoObject" in node.texts("@type")]
        alone = self._videos[0] if len(self._videos) == 1 and self.meta("og:type").startswith("video") else None
        self._article = best_article(nodes, self._canonical or self.meta("og:url")) or alone
        self._by_id = {name: node for node in nodes if (name := node.text("@id")) and not only_points(node)}
        sites = (node for node in nodes if not _SITES.isdisjoint(node.texts("@type")))
        self.taglines = once(text for node in sites for text in node.texts("description", "slogan", "alternatename"))
        self._microdata = Microdata(root)
        stated = [*self._ld_credits(), *(self._microdata.credits if self._article is None else ())]
        self.credits = once([*stated, *self._meta_credits()])

    def _keep(self, element: Element) -> None:
        if element.tag == "link":
            if "canonical" in (element.get("rel") or "").lower().split():
                self._canonical = self._canonical or fold(element.get("href") or "")
            return
        stated = element.get("property") or element.get("name") or element.get("itemprop")
        name = (stated or element.get("http-equiv") or "").lower()
        value = fold(element.get("content") or "")
        if name and value:
            self._metas.setdefault(name, []).append(value)

    def meta(self, *names: str) -> str:
        """First content of these meta elements."""
        return next((self._metas[name][0] for name in names if name in self._metas), "")

    def metas(self, *names: str) -> tuple[str, ...]:
        """Every content of these meta elements."""
        return once(value for name in names for value in self._metas.get(name, ()))

    def said(self, *names: str) -> str:
        """Text of a member of the page's article in JSON-LD, or the name or id of what it points to; else microdata."""
        if self._article is None:
            return self._microdata.text(*(name.lower() for name in names))
        for name in names:
            if text := self._article.raw(name.lower()):
                return unmarked(text)
            for one in self._article.objects(name.lower()):
                if text := one.text("@id", "url", "name"):
                    return text
        return ""

    def body(self) -> str:
        """articleBody as it is, line breaks included; of a live blog that of its updates, under their headlines."""
        if self._article is None:
            return ""
        told = (update.raw(part) for update in self._article.objects("liveblogupdate") for part in _UPDATE)
        return self._article.raw("articlebody") or "\n\n".join(filter(None, told))

    def words(self, name: str) -> tuple[str, ...]:
        """Keywords: a list, or one string with commas."""
        stated = self._microdata.text(name.lower())
        found = self._article.texts(name.lower()) if self._article is not None else (stated,)
        return once(word.strip() for text in found for word in text.split(",") if word.strip())

    @property
    def canonical(self) -> str:
        """The page's own address as it states it."""
        return self._canonical or self.meta("og:url") or self.said("mainEntityOfPage", "@id", "url")

    @property
    def title(self) -> str:
        """The title element."""
        found = next(self._html.iter("title"), None)
        return fold("".join(found.itertext())) if found is not None else ""

    @property
    def language(self) -> str:
        """BCP 47 tag from html lang, JSON-LD inLanguage, ``Content-Language`` or og:locale."""
        stated = self._html.get("lang") or self._html.get("xml:lang") or self.said("inLanguage")
        metas = self.metas("content-language", "dc.language", "og:locale", "language")
        stated = fold(stated).replace("_", "-") or next(
            filter(_TAG.fullmatch, (one.replace("_", "-") for one in metas)), ""
        )
        return stated if len(stated) < 36 else ""

    @property
    def terms(self) -> str:
        """What may be done with the article, and where a licence for it is to be had."""
        if self._article is not None:
            return terms_of(self._article)
        return "; ".join(once(filter(None, map(self._microdata.text, _TERMS))))

    @property
    def made(self) -> tuple[CreditElement, ...]:
        """How the article was made, as a term of IPTC's Digital Source Type, such as by software; no provider."""
        text = self._article.text("digitalsourcetype") if self._article is not None else ""
        return (CreditElement(where="source", value=text, role="digitalsourcetype"),) if text else ()

    @property
    def corrections(self) -> tuple[str, ...]:
        """What the article says was put right in it, in the words of its publisher; no address of such words."""
        if self._article is None:
            return ()
        told = (one.text("text", "description", "headline") for one in self._article.objects("correction"))
        said = (unmarked(text) for text in (*self._article.texts("correction"), *told))
        return once(text for text in said if text and not text.startswith(("http:", "https:")))

    @property
    def video_date(self) -> str:
        """When a page that is a video came out; empty for a story, whose video has a date of its own."""
        if len(self._videos) != 1 or not self.meta("og:type").startswith("video"):
            return ""
        return self._videos[0].text("uploaddate", "datepublished")

    @property
    def free(self) -> bool:
        """Whether the page does not state that its article is for those who pay: by ``isAccessibleForFree``, or by the
        tier that Facebook asks for.
        """
        locked = self.meta("article:content_tier").lower() == "locked"
        return not locked and (self._article is None or not self._article.denies("isaccessibleforfree"))

    def _ld_credits(self) -> Iterator[CreditElement]:
        if self._article is None:
            return
        for member, where in AGENTS.items():
            did = member if where == "contributor" and member != where else ""
            for name, kind in self._agents(self._article, member):
                yield CreditElement(where=where, value=name, role=did or kind)
        for member, where in STATEMENTS.items():
            if text := self._article.text(member):
                yield CreditElement(where=where, value=text)
        yield from self._originals(self._article)
        for image in map(self._whole, self._article.objects("image", "associatedmedia", "video")):
            for member in ("creditText", "copyrightHolder", "author", "creator", "copyrightNotice", "contributor"):
                texts = [name for name, _ in self._agents(image, member.lower())]
                yield from (CreditElement(where="picture", value=text, role=member) for text in texts)

    def pictures(self) -> tuple[Association, ...]:
        """Pictures of the article with a caption or a credit in JSON-LD."""
        images = map(self._whole, self._article.objects("image", "associatedmedia")) if self._article else ()
        found = (
            Association(
                rel="picture",
                type="picture",
                href=safe_href(one.text("contenturl", "url", "@id"), ""),
                caption=unmarked(one.text("caption")),
                creditline=unmarked(one.text("credittext")),
                usage_terms=terms_of(one),
            )
            for one in images
        )
        return tuple(one for one in found if one.caption or one.creditline)

    def _originals(self, article: JsonObject) -> Iterator[CreditElement]:
        """Who made the works that the article is based on, or a work's address where the page says no more."""
        for member, role in _ORIGINALS.items():
            for work in map(self._whole, article.objects(member)):
                makers = next((found for one in _MAKERS if (found := self._agents(work, one))), [])
                named = [name for name, _ in makers] or [work.text("url", "@id")]
                yield from (CreditElement(where="infosource", value=name, role=role) for name in named if name)
            addresses = (text for text in article.texts(member) if text.startswith(("http:", "https:")))
            for address in addresses:
                yield CreditElement(where="infosource", value=address, role=role)

    def _agents(self, node: JsonObject, member: str) -> list[tuple[str, str]]:
        """Names of persons and organisations in a member: strings, objects or a list of both."""
        agents = [self._whole(one) for one in node.objects(member)]
        found = [(one.text("name", "legalname", "alternatename"), next(iter(one.texts("@type")), "")) for one in agents]
        known = {name for name, _ in found}
        said = (unmarked(text) for text in node.texts(member) if not text.startswith(("http:", "https:")))
        return [(name, role) for name, role in (*found, *((name, "") for name in said if name not in known)) if name]

    def _whole(self, node: JsonObject) -> JsonObject:
        """What a node that only points to another stands for (JSON-LD 1.1, section 3.3), if the page has it."""
        return self._by_id.get(node.text("@id"), node) if only_points(node) else node

    def _meta_credits(self) -> Iterator[CreditElement]:
        for name, values in self._metas.items():
            where = _META_CREDITS.get(name)
            for value in values if where else ():
                if not value.startswith(("http:", "https:")):
                    yield CreditElement(where=where or "", value=value)
                elif name in _ORIGINAL_METAS and split_href(value).netloc != split_href(self.canonical).netloc:
                    yield CreditElement(where="infosource", value=value, role=name)
