"""The properties of a NewsML-G2 item over all of its sections: rightsInfo, itemMeta, contentMeta, partMeta."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from dateline_ingest.formats.newsml_g2.beside import named_beside, names_of
from dateline_ingest.formats.newsml_g2.catalog import Schemes
from dateline_ingest.formats.newsml_g2.credits import CREDITS, ROLES, of_history, of_own, statements
from dateline_ingest.formats.newsml_g2.properties import (
    CALLED,
    NO_ASSERTS,
    SECTIONS,
    Asserts,
    attribute,
    code_of,
    named,
    ranked,
)
from dateline_ingest.formats.values.tongues import nearest_of, primary
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local_of
from dateline_schemas.story import CreditElement

_METADATA = "riscope:metadata"
_OWN = frozenset(("itemMetaExtProperty", "contentMetaExtProperty"))
"""Properties of providers' own."""


def _asserts(elements: Iterable[Element]) -> Asserts:
    """The asserts by the concept that they are about."""
    found = Asserts()
    for element in elements:
        if name := element.get("qcode") or element.get("uri") or element.get("literal"):
            found.setdefault(name, element)
    return found


class Meta:
    """Properties by name, in order."""

    __slots__ = (
        "_found", "_item", "_named_in_text", "asserts", "content", "credits", "groups", "headlines",
        "headlines_below", "schemes", "timed", "told",
    )  # fmt: skip

    def __init__(self, item: Element, schemes: Schemes, message: Asserts = NO_ASSERTS) -> None:
        """Walk the sections of ``item`` once; ``message`` has what that tells of concepts."""
        self._item = item
        self._found: defaultdict[str, list[Element]] = defaultdict(list)
        self.credits: list[CreditElement] = []
        self.content: Element | None = None
        self.groups: Element | None = None
        self._named_in_text: list[Element] = []
        """Concepts that words of the content stand for (``inlineRef``)."""
        self.timed: list[Element] = []
        """Every ``rightsInfo`` in the content that counts for a time only (``validfrom``, ``validto``)."""
        described: list[tuple[str, Element]] = []
        asserts: list[Element] = []
        catalogs: list[Element] = []
        histories: list[Element] = []
        for part in children(item):
            name = local_of(part.tag)
            if name in SECTIONS or name == "partMeta":
                described.append((name, part))
            elif name == "contentSet":
                self.content = part
            elif name == "groupSet":
                self.groups = part
            elif name == "assert":
                asserts.append(part)
            elif name == "catalog":
                catalogs.append(part)
            elif name == "hopHistory":
                histories.append(part)
            elif name == "inlineRef":
                self._named_in_text.append(part)
        # What these say counts for all sections, and they may stand behind them.
        self.schemes = schemes.within(catalogs)
        self.told = self.asserts = _asserts(asserts) if asserts else NO_ASSERTS
        """What the item itself asserts; ``asserts`` has what its message tells, too."""
        if message:
            self.asserts = message
            self.asserts.update(self.told)
        for name, part in described:
            if name == "partMeta":
                self._keep_part(part)
            else:
                self._keep(part, name)
        for history in histories:
            self.credits += of_history(history, self.schemes)
        if self.has(_OWN):
            own = [one for name in sorted(_OWN) for one in self.all(name)]
            self.credits += of_own(own, self.schemes, self.asserts)
        self.headlines, self.headlines_below = ranked(self.all("headline"))

    def _keep(self, section: Element, name: str) -> None:
        scope = ""
        if name == "rightsInfo" and section.keys():
            scope = attribute(section, "scope", self.schemes)
            if scope != _METADATA and (section.get("validfrom") or section.get("validto")):
                self.timed.append(section)
        # Rights in the metadata are not rights in the story.
        found = defaultdict(list) if scope == _METADATA else self._found
        for element in children(section):
            name = local_of(element.tag)
            found[name].append(element)
            if name in CREDITS:
                role = scope or ROLES.get(name, "")
                self.credits += statements(element, CREDITS[name], self.schemes, role, self.asserts)

    def _keep_part(self, part: Element) -> None:
        """A part of the content: who made it counts, but its headline or language are not the story's."""
        for element in children(part):
            name = local_of(element.tag)
            if name in CREDITS:
                self.credits += statements(element, CREDITS[name], self.schemes, ROLES.get(name, ""))

    def has(self, names: AbstractSet[str]) -> bool:
        """Whether there is an element of one of these names."""
        return not names.isdisjoint(self._found)

    def all(self, name: str) -> Sequence[Element]:
        """Every element of this name."""
        return self._found.get(name, ())

    def unnamed(self, asserts: Sequence[Element]) -> list[Element]:
        """Those of these asserts, and of what words of the content stand for, that no property names.

        Nor are these who made the story, whom they belong to, and what other items are about.
        """
        told = [*asserts, *self._named_in_text] if self._named_in_text else asserts
        if told:
            named = {one.get(name) for found in self._found.values() for one in found for name in CALLED}
            told = [one for one in told if named.isdisjoint(names_of(one))]
        if not told:  # as a rule
            return []
        beside = named_beside(self._item, self.told)
        return [one for one in told if beside.isdisjoint(names_of(one))]

    def text(self, name: str) -> str:
        """Text of the first element of this name that has any."""
        for element in self._found.get(name, ()):
            if text := spaced(element):
                return text
        return ""

    def line(self, name: str, language: str) -> str:
        """The first text of this name that is nearest to the item's language."""
        elements = self._found.get(name, ())
        if len(elements) > 1:
            return next(iter(self.variant(name, language)), "")
        return spaced(elements[0]) if elements else ""

    def named(self, name: str) -> str:
        """Name of the first such concept that has one, or its code."""
        for element in self._found.get(name, ()):
            if text := named(element, self.asserts):
                return text
        return ""

    def code(self, name: str) -> str:
        """Code of the first such element without its scheme: ``stat:usable`` gives ``usable``.

        One that has none counts by its text: where a status stands in the wrong place, it must not be missed.
        """
        for element in self._found.get(name, ()):
            return code_of(element, self.schemes)[1] or self.schemes.split(spaced(element))[1]
        return ""

    def spoken(self, name: str, language: str) -> str:
        """The texts of this name in the item's language, or all in the first language there is."""
        elements = self._found.get(name)
        if not elements:
            return ""
        if len(elements) == 1:
            return spaced(elements[0])
        return "\n".join(dict.fromkeys(text for _, text in _in_language(elements, language)))

    def variant(self, name: str, language: str) -> list[str]:
        """The same texts; of those in variants of the language (``sr-Latn``, ``sr-Cyrl``) one variant's."""
        elements = self._found.get(name, ())
        if len(elements) < 2:
            return [spaced(one) for one in elements]
        said = [one for one in elements if spaced(one)]
        return [spaced(one) for one in nearest_of(said, [one.get(XML_LANG, "") for one in said], language)]

    def role(self, element: Element) -> str:
        """The role of an element as a QCode in IPTC's own aliases; empty if it has none."""
        return attribute(element, "role", self.schemes)


def _in_language(elements: Sequence[Element], language: str) -> list[tuple[str, str]]:
    """``xml:lang`` and text of those in this language, or of all in the first language there is."""
    found = [(element.get(XML_LANG, ""), text) for element in elements if (text := spaced(element))]
    wanted = primary(language)
    chosen = [one for one in found if not one[0] or primary(one[0]) == wanted]
    return chosen or [one for one in found if one[0] == found[0][0]]
