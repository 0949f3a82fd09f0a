"""What a NewsML-G2 item and the message around it say about origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline_ingest.formats.credited import origin_of
from dateline_ingest.formats.newsml_g2.catalog import Schemes
from dateline_ingest.formats.newsml_g2.properties import NO_ASSERTS, Asserts, attribute, named, told_of
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, local_of
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
    "accountable": "contributor",
    "digitalSourceType": "source",
    "incomingFeedId": "service",
    "metadataCreator": "handler",
}
"""G2 property -> ``CreditElement.where``."""
ROLES = {name: name.lower() for name in ("accountable", "digitalSourceType", "incomingFeedId", "metadataCreator")}
"""G2 property -> ``CreditElement.role``, where the property's name is all that tells it and it states no role."""

_WORDED = frozenset(("copyrightnotice", "creditline", "dateline", "byline"))
"""Properties that are words with markup in them; of others the text is what no element in them says."""
_ABOUT = frozenset(("definition", "note", "personDetails", "organisationDetails", "affiliation", "contactInfo"))
"""What a property says about a person or organisation beside its name."""
_MAKERS = frozenset(("creator", "contributor"))
"""Of these ``related`` may be a post that they have; of a provider it is the group that it is part of."""
_POST = "jobtitle"
"""How the relation to a post ends in the vocabularies of agencies; others are of people and firms who made nothing."""
_CODES = ("literal", "qcode", "uri")
_MADE = "created"
"""The action of a hop that made something (IPTC's Hop Action)."""
_OF_METADATA = "metadata"
"""What it made where it was no content (Hop Action Target)."""
_HEADER = {"sender": ("source", "sender"), "origin": ("source", "origin"), "channel": ("service", "channel")}


def statements(
    element: Element, where: str, schemes: Schemes, scope: str = "", asserts: Asserts = NO_ASSERTS
) -> list[CreditElement]:
    """What one property says: its name or text; then its literal and code; then what else it tells of them.

    A name that stands in an assert is taken from there. ``scope`` stands in for the role where the property has none.
    """
    stated = element.keys()  # most of what a property may have it has not, and asking for each takes its time
    if not stated and not len(element):
        text = spaced(element)
        return [CreditElement(where=where, value=text, role=scope)] if text else []
    roled = "role" in stated or "roleuri" in stated
    role = (attribute(element, "role", schemes) if roled else "") or scope
    about: list[CreditElement] = []
    values: dict[str, None] = {}
    for child in told_of(element, asserts):
        name = local_of(child.tag)
        if name == "name":
            if text := spaced(child):
                values[text] = None
        elif name in _ABOUT and (text := spaced(child)):
            about.append(CreditElement(where=where, value=text, role=role or name))
        elif name == "related" and where in _MAKERS:
            post = attribute(child, "rel", schemes)
            if post.lower().endswith(_POST) and (text := spaced(child)):
                about.append(CreditElement(where=where, value=text, role=post))
    if where in _MAKERS and (post := attribute(element, _POST, schemes)):
        about.append(CreditElement(where=where, value=post, role=_POST))
    if not values and (((text := element.text) and not text.isspace()) or where in _WORDED):
        values[spaced(element)] = None
    for name in _CODES:
        if name in stated:
            values[fold(element.get(name) or "")] = None
    return [CreditElement(where=where, value=value, role=role) for value in values if value] + about


def of_history(history: Element, schemes: Schemes) -> list[CreditElement]:
    """Who made the content in the first place, and who passed it on, by the hops that it took (``hopHistory``)."""
    found: list[CreditElement] = []
    for hop in history.iterchildren("{*}hop"):
        actions = list(hop.iterchildren("{*}action"))
        made = [one for one in actions if not one.get("target", "").endswith(_OF_METADATA)]
        roles = [attribute(one, "qcode", schemes) for one in made]
        role = next((action for action in roles if action.rpartition(":")[2] == _MADE), "")
        where = "source" if role or not actions else "handler"
        role = role or next((action for one in actions if (action := attribute(one, "qcode", schemes))), "")
        for party in hop.iterchildren("{*}party"):
            found += statements(party, where, schemes, role)
    return found


def of_own(properties: Iterable[Element], schemes: Schemes, asserts: Asserts) -> Iterator[CreditElement]:
    """What properties of a provider's own say of origin, by the name of their relation (``itemMetaExtProperty``)."""
    for one in properties:
        role = attribute(one, "rel", schemes)
        where = origin_of(role.replace("/", ":").rpartition(":")[2])
        if where and (value := fold(one.get("value") or "") or named(one, asserts)):
            yield CreditElement(where=where, value=value, role=role)


def of_header(parts: Iterable[tuple[str, Element]], schemes: Schemes) -> tuple[CreditElement, ...]:
    """Sender, origin and channel of a newsMessage, from its header's elements by name (NewsML-G2 2.x)."""
    found: list[CreditElement] = []
    for name, element in parts:
        if stated := _HEADER.get(name.lower()):
            where, scope = stated
            found += statements(element, where, schemes, scope)
    return tuple(found)
