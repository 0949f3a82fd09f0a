"""Rights of a NewsML-G2 item: usage terms with a role or a span, and rights expressions in ODRL (RightsML)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from dateline_ingest.formats.markup.hrefs import is_web_address
from dateline_ingest.formats.newsml_g2.meta import Meta
from dateline_ingest.formats.newsml_g2.properties import attribute, named
from dateline_ingest.formats.odrl import rights_in_json, rights_in_xml
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local, local_of
from dateline_ingest.instants import instant
from dateline_schemas.story import Link, UsageRight

_OWN = "rightsInfoExtProperty"
_STATED = frozenset(("usageTerms", "rightsExpressionXML", "rightsExpressionData", "expires", "expired", _OWN))


class Rights(Struct, frozen=True):
    """What was found, and after which moment nothing is permitted any more (None: no such moment)."""

    stated: tuple[UsageRight, ...] = ()
    expires: datetime | None = None
    links: tuple[Link, ...] = ()
    """Where terms and notices are told in full."""


def rights_of(meta: Meta) -> Rights:
    """Everything that the item states in parts. What cannot be read as ODRL is kept as text."""
    told = [(one.get("href") or "").strip() for name in ("copyrightNotice", "usageTerms") for one in meta.all(name)]
    links = once([Link(href=href, rel="rights") for href in told if is_web_address(href)])
    if not meta.timed and not meta.has(_STATED):
        return Rights(links=links)
    found = [right for terms in meta.all("usageTerms") if (right := _terms(terms, meta))]
    found += [right for one in meta.all(_OWN) if (right := _own(one, meta)).limitations]
    found += [_of_section(section, meta) for section in meta.timed if not _has_terms(section)]
    expressions: list[UsageRight] = []
    for element in meta.all("rightsExpressionXML"):
        expressions += rights_in_xml(element) or _as_text(element)
    for element in meta.all("rightsExpressionData"):
        expressions += rights_in_json(element.text or "") or _as_text(element)
    permitted = [right.end for right in expressions if right.type.startswith("permission")]
    ends = [end for end in permitted if end is not None]
    expires = max(ends) if ends and len(ends) == len(permitted) else None
    stated = instant(meta.text("expires") or meta.text("expired"))
    return Rights(once([*found, *expressions]), stated or expires, links)


def _terms(element: Element, meta: Meta) -> UsageRight | None:
    """Usage terms that are about one use or one time; plain ones are in ``Story.usage_terms``.

    Where they name no time of their own, that of the ``rightsInfo`` that they stand in counts.
    """
    role, text = meta.role(element), spaced(element)
    start, end = _span(element)
    if meta.timed and not (start or end) and (section := element.getparent()) is not None:
        start, end = _span(section)
    if not (role or start or end) or not text:
        return None
    return UsageRight(type=role, limitations=text, start=start, end=end)


def _own(element: Element, meta: Meta) -> UsageRight:
    """What a provider says about rights by a property of its own."""
    said = fold(element.get("value") or "") or named(element, meta.asserts)
    return UsageRight(type=attribute(element, "rel", meta.schemes), limitations=said)


def _of_section(section: Element, meta: Meta) -> UsageRight:
    """A ``rightsInfo`` that counts for a time and has no usage terms: whose rights these are, and when."""
    start, end = _span(section)
    said = {local_of(child.tag): named(child, meta.asserts) for child in children(section)}
    return UsageRight(
        type=attribute(section, "aspect", meta.schemes),
        holder=said.get("copyrightHolder", ""),
        limitations=said.get("copyrightNotice", ""),
        start=start,
        end=end,
    )


def _has_terms(section: Element) -> bool:
    return any(local_of(child.tag) == "usageTerms" for child in children(section))


def _span(element: Element) -> tuple[datetime | None, datetime | None]:
    """From when and until when an element counts (NewsML-G2 2.x, timeValidityAttributes)."""
    return instant(element.get("validfrom", "")), instant(element.get("validto", ""))


def _as_text(expression: Element) -> list[UsageRight]:
    language = fold(expression.get("langid") or expression.get("langurivoc") or local(expression))
    text = spaced(expression)
    return [UsageRight(type=language, limitations=text)] if text else []
