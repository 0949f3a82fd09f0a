"""What RSS and Atom have in common: media, Dublin Core and bodies."""

from __future__ import annotations

from dateline_ingest.formats.body import Body
from dateline_ingest.formats.endline import endlines
from dateline_ingest.formats.kinds import media_type
from dateline_ingest.formats.markup import any_body
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.words import fold, unmarked
from dateline_ingest.formats.xmltree import Element
from dateline_schemas.story import Association, CreditElement

MEDIA = "{http://search.yahoo.com/mrss/}"
MEDIA_OLD = "{http://search.yahoo.com/mrss}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
ATOM = "{http://www.w3.org/2005/Atom}"


def text(element: Element) -> str:
    """Text of an element that may hold escaped HTML, folded."""
    return unmarked(element.text) if element.text and not len(element) else fold(" ".join(element.itertext()))


def best_body(candidates: list[str], limits: Limits, *, base: str, headline: str) -> Body:
    """The body with the most words among those a feed gives."""
    bodies = [any_body(one, limits, base=base, headline=headline) for one in candidates if one.strip()]
    return max(bodies, key=lambda body: body.words, default=Body())


def media_of(item: Element) -> tuple[Association, ...]:
    """Media RSS 1.5: content and thumbnail, alone or in groups, with title, description and credit beside them."""
    found = []
    for element in item.iter(f"{MEDIA}content", f"{MEDIA_OLD}content", f"{MEDIA}thumbnail", f"{MEDIA_OLD}thumbnail"):
        url = element.get("url", "").strip()
        if not url:
            continue
        thumbnail = element.tag.endswith("thumbnail")
        near = element if len(element) else element.getparent()
        kind = element.get("medium") or element.get("type", "")
        found.append(
            Association(
                rel="thumbnail" if thumbnail else "media",
                type="picture" if thumbnail else media_type(kind),
                href=url,
                headline=_near(near, "title"),
                caption=_near(near, "description"),
                creditline=_near(near, "credit"),
                mimetype=element.get("type", ""),
            )
        )
    return tuple(dict.fromkeys(found))


def _near(element: Element | None, name: str) -> str:
    if element is None:
        return ""
    for namespace in (MEDIA, MEDIA_OLD):
        found = element.find(f"{namespace}{name}")
        if found is not None and (said := text(found)):
            return said
    return ""


def media_credits(item: Element) -> list[CreditElement]:
    """media:credit and media:copyright, wherever they stand in the item."""
    found = []
    names = [f"{namespace}{name}" for namespace in (MEDIA, MEDIA_OLD) for name in ("credit", "copyright")]
    for element in item.iter(*names):
        if said := text(element):
            found.append(CreditElement(where="picture", value=said, role=element.get("role", "")))
    return found


def with_endlines(stated: list[CreditElement], body: Body) -> tuple[CreditElement, ...]:
    """All credits of an item, those under its body last, each once."""
    ends = [CreditElement(where="endline", value=line) for line in endlines(body.paragraphs)]
    return tuple(dict.fromkeys([*stated, *ends]))
