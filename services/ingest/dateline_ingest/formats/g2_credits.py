"""What a NewsML-G2 item and the message around it say about origin."""

from __future__ import annotations

from dateline_ingest.formats.g2 import NO_ASSERTS, Asserts, asserted, attribute, content
from dateline_ingest.formats.g2_catalog import Schemes
from dateline_ingest.formats.words import fold
from dateline_ingest.formats.xmltree import Element, local, local_of
from dateline_schemas.story import CreditElement

CREDITS = {
    "provider": "provider",
    "creator": "creator",
    "contributor": "contributor",
    "copyrightHolder": "copyrightholder",
    "copyrightNotice": "copyrightnotice",
    "infoSource": "infosource",
    "service": "service",
    "creditline": "creditline",
    "dateline": "dateline",
    "by": "byline",
}
"""G2 property -> ``CreditElement.where``."""

_ABOUT = frozenset(("definition", "note", "personDetails", "organisationDetails", "affiliation", "contactInfo"))
"""What a property says about a person or organisation beside its name."""
_HEADER = {"sender": ("source", "sender"), "origin": ("source", "origin"), "channel": ("service", "channel")}


def statements(
    element: Element, where: str, schemes: Schemes, scope: str = "", asserts: Asserts = NO_ASSERTS
) -> list[CreditElement]:
    """What one property says: its name or text; then its literal and code; then what else it tells of them.

    A name that stands in an assert is taken from there. ``scope`` stands in for the role where the property has none.
    """
    role = attribute(element, "role", schemes) or scope
    if not len(element) and not element.attrib:
        text = content(element)
        return [CreditElement(where=where, value=text, role=role)] if text else []
    about: list[CreditElement] = []
    values: list[str] = []
    more = asserted(element, asserts) if asserts else None
    for child in (*element, *(() if more is None else more)):
        name = local_of(child.tag)
        if name == "name" and (text := content(child)) and text not in values:
            values.append(text)
        elif name in _ABOUT and (text := content(child)):
            about.append(CreditElement(where=where, value=text, role=role or name))
    if not values and (text := (element.text or "").strip()):
        values.append(content(element))
    for attribute_name in ("literal", "qcode", "uri"):
        code = element.get(attribute_name)
        if code and (text := fold(code)) and text not in values:
            values.append(text)
    return [CreditElement(where=where, value=value, role=role) for value in values] + about


def of_header(header: Element) -> tuple[CreditElement, ...]:
    """Sender, origin and channel of a newsMessage (NewsML-G2 2.x, newsMessage header)."""
    found = []
    for element in header:
        stated = _HEADER.get(local(element).lower())
        if stated and (text := content(element)):
            found.append(CreditElement(where=stated[0], value=text, role=stated[1]))
    return tuple(found)
