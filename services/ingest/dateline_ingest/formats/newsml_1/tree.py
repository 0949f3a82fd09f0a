"""The NewsComponents of a NewsML 1 item, read into a tree (NewsML 1.2 Functional Specification, section 5.5)."""

from __future__ import annotations

from collections.abc import Callable

from dateline_ingest.formats.markup.hrefs import is_web_address
from dateline_ingest.formats.newsml_1.elements import parties, text_of, text_or_name, usage_right
from dateline_ingest.formats.newsml_1.table import Names, plain
from dateline_ingest.formats.values.tongues import is_foreign
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local_of
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


class Component:
    """One NewsComponent: what it says of itself, its ContentItems, the components in it."""

    __slots__ = (
        "_tongues",
        "by_language",
        "children",
        "contents",
        "credits",
        "described",
        "equivalents",
        "items",
        "language",
        "lines",
        "properties",
        "refs",
        "rights",
        "role",
        "role_name",
        "sources",
    )

    def __init__(self, element: Element, names: Names) -> None:
        """Read ``element`` and everything in it."""
        self.role = self.role_name = self.language = ""
        self.equivalents = element.get("EquivalentsList") == "yes"
        self.by_language = False
        self.lines: list[tuple[str, str]] = []
        """Meaning and text of each NewsLine, in order; what the table does not know is called ``link`` or ``other``."""
        self._tongues: dict[int, str] = {}
        """The language that a NewsLine says it is in, by its place."""
        self.credits: list[CreditElement] = []
        self.properties: list[tuple[str, str, str]] = []
        """Meaning, plain FormalName and Value of each Property about origin and subject; no meaning if unknown."""
        self.described: list[Element] = []
        self.rights: list[UsageRight] = []
        self.sources: list[str] = []
        self.contents: list[Element] = []
        self.refs: list[Element] = []
        self.items: list[Element] = []
        self.children: list[Component] = []
        for child in children(element):
            name = local_of(child.tag)
            if reader := _READERS.get(name):
                reader(self, child, names)
            else:
                self._strange(child, name, names)
        if not self.language:
            self.language = (element.get(XML_LANG) or element.get(_XML_LANG_MISSPELT) or "").strip()
        if len(self._tongues) > 1 and len(set(self._tongues.values())) > 1:
            self._order_lines()

    def _order_lines(self) -> None:
        """Put lines that say they are in another language than the component behind the others."""
        order = sorted(range(len(self.lines)), key=lambda at: is_foreign(self._tongues.get(at), self.language))
        self.lines = [self.lines[at] for at in order]

    def walk(self) -> list[Component]:
        """The component and all in it, in the order of the message."""
        found = [self]
        for child in self.children:
            found += child.walk()
        return found

    def line(self, meaning: str) -> str:
        """The first line with this meaning; empty if there is none."""
        return next((text for name, text in self.lines if name == meaning), "")

    def _role(self, element: Element, names: Names) -> None:
        self.role_name = fold(element.get("FormalName", ""))
        self.role = names.roles.get(plain(self.role_name), "")

    def _lines(self, element: Element, names: Names) -> None:
        for line in children(element):
            name = local_of(line.tag)
            if name == "NewsLine":
                self._typed_line(line, names)
            elif text := text_of(line):
                meaning = names.lines.get(plain(name), "")
                if meaning:
                    if tongue := line.get(XML_LANG):
                        self._tongues[len(self.lines)] = tongue
                    self._keep_line(meaning, text)
                else:
                    self._strange(line, name, names)

    def _typed_line(self, line: Element, names: Names) -> None:
        kind, texts = "", []
        for part in children(line):
            name = local_of(part.tag)
            if name == "NewsLineType":
                kind = fold(part.get("FormalName", ""))
            elif name == "NewsLineText" and (text := text_of(part)):
                texts.append(text)
            elif (meaning := names.lines.get(plain(name))) and (text := text_of(part)):
                self._keep_line(meaning, text)  # a HeadLine inside a NewsLine, which no DTD has but a program writes
        for text in texts:
            self._keep_line(names.lines.get(plain(kind)) or ("link" if is_web_address(text) else "other"), text)

    def _keep_line(self, meaning: str, text: str) -> None:
        self.lines.append((meaning, text))
        if where := _STYLED_AS_CREDIT.get(meaning):
            self.credits.append(CreditElement(where=where, value=text))

    def _administrative(self, element: Element, names: Names) -> None:
        for part in children(element):
            name = local_of(part.tag)
            if where := _PARTIES.get(name):
                self.credits.extend(parties(part, where))
                if source := fold(part.get("NewsItem", "")):
                    self.sources.append(source)
            elif name == "Property":
                self._property(part, names)

    def _descriptive(self, element: Element, names: Names) -> None:
        for part in children(element):
            name = local_of(part.tag)
            if name == "Property":
                self._property(part, names)
            elif name == "Language":
                self.language = self.language or fold(part.get("FormalName") or part.text or "")
            elif name in _DESCRIBES:
                self.described.append(part)
            else:
                self._strange(part, name, names)

    def _metadata(self, element: Element, names: Names) -> None:
        for part in children(element):
            if local_of(part.tag) == "Property":
                self._property(part, names)

    def _property(self, element: Element, names: Names) -> None:
        name, value = element.get("FormalName"), element.get("Value") or element.text
        if name and value and (text := fold(value)):
            name, role = plain(name), element.get("Role")
            meaning = (role and names.properties.get(plain(role))) or names.properties.get(name, "")
            self.properties.append((meaning, name, text))
            if meaning in _STATED_BY_PROPERTY:
                self.credits.append(CreditElement(where=meaning, value=text, role="" if meaning == "author" else name))
        for inner in children(element) if len(element) else ():
            if local_of(inner.tag) == "Property":
                self._property(inner, names)

    def _rights(self, element: Element, names: Names) -> None:
        for part in children(element):
            tag = local_of(part.tag)
            if tag == "Copyright":
                for inner in children(part):
                    if local_of(inner.tag) == "CopyrightHolder" and (text := text_or_name(inner)):
                        self.credits.append(CreditElement(where="copyrightholder", value=text))
            elif tag == "UsageRights" and (right := usage_right(part)):
                self.rights.append(right)

    def _choice(self, element: Element, names: Names) -> None:
        self.by_language = self.by_language or "Language" in (element.text or "")

    def _note(self, element: Element, names: Names) -> None:
        if not element.get("FormalName") and (text := text_of(element)):
            self.lines.append(("note", text))

    def _content(self, element: Element, names: Names) -> None:
        self.contents.append(element)

    def _child(self, element: Element, names: Names) -> None:
        self.children.append(Component(element, names))

    def _reference(self, element: Element, names: Names) -> None:
        self.refs.append(element)

    def _item(self, element: Element, names: Names) -> None:
        self.items.append(element)

    def _strange(self, element: Element, name: str, names: Names) -> None:
        if name.startswith("DescriptiveMeta"):
            self._descriptive(element, names)
        elif meaning := names.elements.get(plain(name)):
            if text := text_of(element):
                self._keep_line(meaning, text)
        else:
            for inner in children(element):
                if meaning := names.elements.get(plain(local_of(inner.tag))):
                    self.lines.append((meaning, text_of(inner)))


_DESCRIBES = frozenset(("SubjectCode", "Location", "Genre", "TopicOccurrence", "OfInterestTo"))
_READERS: dict[str, Callable[[Component, Element, Names], None]] = {
    "Role": Component._role,
    "NewsLines": Component._lines,
    "AdministrativeMetadata": Component._administrative,
    "DescriptiveMetadata": Component._descriptive,
    "RightsMetadata": Component._rights,
    "Metadata": Component._metadata,
    "BasisForChoice": Component._choice,
    "Comment": Component._note,
    "ContentItem": Component._content,
    "NewsComponent": Component._child,
    "NewsItemRef": Component._reference,
    "NewsItem": Component._item,
}


_OF_COMPONENTS = frozenset(("NewsLines", "AdministrativeMetadata", "DescriptiveMetadata", "RightsMetadata"))
"""What the standard has in components only; from programs that put it beside them it counts for all of them."""


def components_of(item: Element, names: Names) -> list[Component]:
    """The NewsComponents of a NewsItem: one by the standard, none where it only manages, several from some agencies."""
    parts = [(local_of(child.tag), child) for child in children(item)]
    if any(name in _OF_COMPONENTS for name, _ in parts):
        return [Component(item, names)]
    return [Component(child, names) for name, child in parts if name == "NewsComponent"]
