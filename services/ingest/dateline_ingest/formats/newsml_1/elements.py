"""Elements that occur in all parts of NewsML 1: texts, formal names, parties, rights (NewsML 1.2, section 5.3)."""

from __future__ import annotations

from html import unescape

from lxml import etree

from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local_of, tagged
from dateline_ingest.instants import instant
from dateline_schemas.story import CreditElement, UsageRight

_CALLED = frozenset(("Organization", "Organisation", "Name", "FullName", "Person"))


def text_of(element: Element) -> str:
    """All text in an element, folded; a named character that only the DTD would explain is HTML's of that name."""
    if not len(element):  # most have none in them, and asking another function takes its time
        text = element.text
        return fold(text) if text else ""
    if any(child.tag is etree.Entity for child in children(element)):
        return fold(unescape("".join(element.itertext())))
    return spaced(element)


def text_or_name(element: Element) -> str:
    """The text of an element; where it has none, its FormalName or that of the Party in it."""
    if text := text_of(element):
        return text
    named = (inner.get("FormalName", "") for inner in (element, *element))
    return next((fold(name) for name in named if name.strip()), "")


def parties(element: Element, where: str) -> list[CreditElement]:
    """Each Party in an element, by its FormalName, else what its properties or its text call it.

    Its role is what its Property ``Role`` says, else ``Position`` (AFP: staff, stringer), else its Topic.
    """
    found = []
    for party in children(element):
        if local_of(party.tag) != "Party":
            continue
        inside = children(party)
        value = fold(party.get("FormalName", "")) or text_of(party)
        called = next((fold(inner.get("Value", "")) for inner in inside if inner.get("FormalName") in _CALLED), "")
        topic = fold(party.get("Topic", ""))
        roles = (fold(inner.get("Value", "")) for inner in inside if inner.get("FormalName") == "Role")
        posts = (fold(inner.get("Value", "")) for inner in inside if inner.get("FormalName") == "Position")
        role = next((one for one in (*roles, *posts) if one), "") or ("" if topic.startswith("#") else topic)
        if value or called:
            found.append(CreditElement(where=where, value=value or called, role=role))
        if value and called and called != value:
            found.append(CreditElement(where=where, value=called, role=role))
    if not found and (value := fold(element.get("FormalName", "")) or fold(element.text or "")):
        found.append(CreditElement(where=where, value=value))
    return found


def usage_right(element: Element) -> UsageRight | None:
    """What a UsageRights allows, where and how long (section 5.5.4); None if it says nothing."""
    said = dict(tagged(element))

    def text(name: str) -> str:
        return text_or_name(said[name]) if name in said else ""

    right = UsageRight(
        type=text("UsageType"),
        geography=text("Geography"),
        holder=text("RightsHolder"),
        limitations=text("Limitations"),
        start=instant(text("StartDate")),
        end=instant(text("EndDate")),
    )
    return right if right != UsageRight() else None
