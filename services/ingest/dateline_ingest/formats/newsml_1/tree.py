"""The NewsComponents of a NewsML 1 item, read into a tree (NewsML 1.2 Functional Specification, section 5.5)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from dateline_ingest.formats.markup.hrefs import is_web_address
from dateline_ingest.formats.newsml_1.elements import parties, text_of, text_or_name, usage_right
from dateline_ingest.formats.newsml_1.table import names, plain
from dateline_ingest.formats.values.tongues import nearest_first
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local_of, spoken_in, tagged
from dateline_schemas.story import CreditElement, UsageRight

_PARTIES = {"Provider": "provider", "Creator": "creator", "Source": "source", "Contributor": "contributor"}
_STYLED_AS_CREDIT = {
    "byline": "byline",
    "dateline": "dateline",
    "creditline": "creditline",
    "copyrightnotice": "copyrightnotice",
    "bylinetitle": "byline",
}
_STATED_BY_PROPERTY = frozenset(("author", "service"))
"""Meanings of properties that are kinds of credits, too."""
_XML_LANG_MISSPELT = "{xml}lang"
"""Belga binds a prefix to a namespace called xml."""
_OF_COMPONENTS = frozenset(("NewsLines", "AdministrativeMetadata", "DescriptiveMetadata", "RightsMetadata"))
"""What the standard has in components only; from programs that put it beside them it counts for all of them."""


class Component(Struct, eq=False):
    """One NewsComponent: what it says of itself, its ContentItems, the components in it."""

    role: str = ""
    role_name: str = ""
    language: str = ""
    equivalents: bool = False
    by_language: bool = False
    lines: list[tuple[str, str]] = []
    """Meaning and text of each NewsLine, in order; what the table does not know is called ``link`` or ``other``."""
    tongues: dict[int, str] = {}
    """The language that a NewsLine says it is in, by its place."""
    credits: list[CreditElement] = []
    own: list[CreditElement] = []
    """What properties by names of the provider's own say of origin: credits that fill no field."""
    properties: list[tuple[str, str, str]] = []
    """Meaning, plain FormalName and Value of each Property about origin and subject; no meaning if unknown."""
    described: list[Element] = []
    rights: list[UsageRight] = []
    sources: list[str] = []
    contents: list[Element] = []
    refs: list[Element] = []
    items: list[Element] = []
    children: list[Component] = []

    def walk(self) -> list[Component]:
        """The component and all in it, in the order of the message."""
        found = [self]
        for child in self.children:
            found += child.walk()
        return found

    def line(self, meaning: str) -> str:
        """The first line with this meaning; empty if there is none."""
        return next((text for name, text in self.lines if name == meaning), "")


def components_of(item: Element) -> list[Component]:
    """The NewsComponents of a NewsItem: one by the standard, none where it only manages, several from some agencies."""
    parts = tagged(item)
    if any(name in _OF_COMPONENTS for name, _ in parts):
        return [_component(item)]
    return [_component(child) for name, child in parts if name == "NewsComponent"]


def _component(element: Element) -> Component:
    found = Component(equivalents=element.get("EquivalentsList") == "yes")
    for child in children(element):
        name = local_of(child.tag)
        if reader := _READERS.get(name):
            reader(found, child)
        else:
            _strange(found, child, name)
    if not found.language:
        found.language = (element.get(XML_LANG) or element.get(_XML_LANG_MISSPELT) or "").strip()
    if len(found.tongues) > 1 and len(set(found.tongues.values())) > 1:
        _order_lines(found, found.language or spoken_in(element))
    return found


def _order_lines(found: Component, language: str) -> None:
    """Put lines that say they are in another language behind the others, and credits in their lines' order."""
    stated = [found.tongues.get(at, "") for at in range(len(found.lines))]
    found.lines = nearest_first(found.lines, stated, language)
    first = {text: at for at, (_, text) in reversed([*enumerate(found.lines)])}
    found.credits.sort(key=lambda credit: first.get(credit.value, -1))


def _role(found: Component, element: Element) -> None:
    found.role_name = fold(element.get("FormalName", ""))
    found.role = names().roles.get(plain(found.role_name), "")


def _lines(found: Component, element: Element) -> None:
    meanings = names().lines
    for line in children(element):
        name = local_of(line.tag)
        if name == "NewsLine":
            _typed_line(found, line)
        elif text := text_of(line):
            meaning = meanings.get(plain(name), "")
            if meaning:
                if tongue := line.get(XML_LANG):
                    found.tongues[len(found.lines)] = tongue
                _keep_line(found, meaning, text)
            else:
                _strange(found, line, name)


def _typed_line(found: Component, line: Element) -> None:
    kind, texts = "", []
    for name, part in tagged(line):
        if name == "NewsLineType":
            kind = fold(part.get("FormalName", ""))
        elif name == "NewsLineText" and (text := text_of(part)):
            texts.append(text)
        elif (meaning := names().lines.get(plain(name))) and (text := text_of(part)):
            _keep_line(found, meaning, text)  # a HeadLine inside a NewsLine, which no DTD has but a program writes
    for text in texts:
        _keep_line(found, names().lines.get(plain(kind)) or ("link" if is_web_address(text) else "other"), text)


def _keep_line(found: Component, meaning: str, text: str) -> None:
    found.lines.append((meaning, text))
    if where := _STYLED_AS_CREDIT.get(meaning):
        found.credits.append(CreditElement(where=where, value=text))


def _administrative(found: Component, element: Element) -> None:
    for part in children(element):
        name = local_of(part.tag)
        if where := _PARTIES.get(name):
            found.credits.extend(parties(part, where))
            if source := fold(part.get("NewsItem", "")):
                found.sources.append(source)
        elif name == "Property":
            _property(found, part)
        elif name == "SystemIdentifier" and (text := text_of(part)):
            found.properties.append(("identifier", plain(name), text))


def _descriptive(found: Component, element: Element) -> None:
    for part in children(element):
        name = local_of(part.tag)
        if name == "Property":
            _property(found, part)
        elif name == "Language":
            found.language = found.language or fold(part.get("FormalName") or part.text or "")
        elif name in _DESCRIBES:
            found.described.append(part)
        else:
            _strange(found, part, name)


def _property(found: Component, element: Element) -> None:
    name, value = element.get("FormalName"), element.get("Value") or element.text
    if name and value and (text := fold(value)):
        name, role, table = plain(name), element.get("Role"), names()
        meaning = (role and table.properties.get(plain(role))) or table.properties.get(name, "")
        found.properties.append((meaning, name, text))
        if meaning in _STATED_BY_PROPERTY:
            found.credits.append(CreditElement(where=meaning, value=text, role="" if meaning == "author" else name))
        elif not meaning and (where := table.own.get(name)):
            found.own.append(CreditElement(where=where, value=text, role=name))
    for inner in children(element) if len(element) else ():
        if local_of(inner.tag) == "Property":
            _property(found, inner)


def _rights(found: Component, element: Element) -> None:
    for tag, part in tagged(element):
        if tag == "Copyright":
            for name, inner in tagged(part):
                if name == "CopyrightHolder" and (text := text_or_name(inner)):
                    found.credits.append(CreditElement(where="copyrightholder", value=text))
                elif name == "Comment":
                    _note(found, inner)
        elif tag == "UsageRights" and (right := usage_right(part)):
            found.rights.append(right)
        elif tag == "Property" and (text := fold(part.get("Value") or part.text or "")):
            found.rights.append(UsageRight(type=fold(part.get("FormalName", "")), limitations=text))


def _choice(found: Component, element: Element) -> None:
    found.by_language = found.by_language or "Language" in (element.text or "")


def _note(found: Component, element: Element) -> None:
    if not element.get("FormalName") and (text := text_of(element)):
        found.lines.append(("note", text))


def _strange(found: Component, element: Element, name: str) -> None:
    if name.startswith("DescriptiveMeta"):
        _descriptive(found, element)
    elif meaning := names().elements.get(plain(name)):
        if text := text_of(element):
            _keep_line(found, meaning, text)
    else:
        for inner in children(element):
            if meaning := names().elements.get(plain(local_of(inner.tag))):
                found.lines.append((meaning, text_of(inner)))


_DESCRIBES = frozenset(("SubjectCode", "Location", "Genre", "TopicOccurrence", "OfInterestTo"))
_READERS: dict[str, Callable[[Component, Element], None]] = {
    "Role": _role,
    "NewsLines": _lines,
    "AdministrativeMetadata": _administrative,
    "DescriptiveMetadata": _descriptive,
    "RightsMetadata": _rights,
    "Metadata": _administrative,
    "BasisForChoice": _choice,
    "Comment": _note,
    "ContentItem": lambda found, element: found.contents.append(element),
    "NewsComponent": lambda found, element: found.children.append(_component(element)),
    "NewsItemRef": lambda found, element: found.refs.append(element),
    "NewsItem": lambda found, element: found.items.append(element),
}
