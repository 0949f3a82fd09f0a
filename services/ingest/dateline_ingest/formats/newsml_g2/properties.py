"""Reading single properties of a NewsML-G2 item: names, codes, concepts, links (NewsML-G2 2.x, NAR namespace)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.newsml_g2.catalog import NO_SCHEMES, Schemes
from dateline_ingest.formats.newsml_g2.catalog import split_uri as split_uri  # also ninjs' way of naming concepts
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.tongues import primary
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local_of, spoken_in
from dateline_schemas.story import Link, Subject

SECTIONS = frozenset(("rightsInfo", "itemMeta", "contentMeta"))
"""Parts of an item that have its properties."""
_LONGEST_RANK = 6
CALLED = ("qcode", "uri", "literal")
"""Attributes that name a concept, the first that is there counts."""
_MOST_TOLD = 50_000
_NOTHING: Mapping[str, Element] = {}


class Asserts(dict[str, Element]):
    """What an item asserts of concepts, by qcode, uri or literal; for want of that what its message tells of them.

    Each naming of a concept is told all of it again, what that names in turn too: a short message may hold millions.
    """

    __slots__ = ("_left", "_message", "_most")

    def __init__(self, message: Mapping[str, Element] = _NOTHING, most: int = 0) -> None:
        super().__init__(message)
        self._left = _MOST_TOLD
        self._message, self._most = message, most

    def of(self, name: str) -> list[Element]:
        """What is told of one of the concepts; of those of the message ``most`` elements together.

        Raises Unparseable where an item asks for more of its own than it may.
        """
        told = children(self[name])
        if self._message.get(name) is self[name]:
            self._most -= len(told)
            return told if self._most >= 0 else []
        self._left -= len(told)
        if self._left < 0:
            raise Unparseable(
                f"its concepts are told of more than {_MOST_TOLD} times over by its asserts; have each named once"
            )
        return told


NO_ASSERTS = Asserts()


def named(element: Element, asserts: Asserts = NO_ASSERTS) -> str:
    """What a concept is called: its name, here or where it is asserted, else its own text, else literal, else code."""
    name = ""
    called: Element | None = None
    for child in told_of(element, asserts):
        if local_of(child.tag) == "name":
            name, called = better_name(name, called, child, element)
    if name:
        return name
    own = (element.text or "").strip()
    return fold(own or (element.get("literal") or element.get("qcode") or element.get("uri") or "").strip())


def better_name(name: str, called: Element | None, other: Element, naming: Element) -> tuple[str, Element | None]:
    """What a concept is called and by which element, once another of its names was looked at; ``naming`` names it."""
    if called is None or not name or _is_nearer(other, called, naming):
        return fold(other.text or "") or spaced(other) or name, other
    return name, called


def _is_nearer(name: Element, other: Element, naming: Element) -> bool:
    """Whether a name is in the language of where the concept is named, as the one before it is not."""
    said, before = primary(name.get(XML_LANG) or ""), primary(other.get(XML_LANG) or "")
    if not said or not before or said == before:
        return False
    return said == primary(spoken_in(naming))


def code_of(element: Element, schemes: Schemes = NO_SCHEMES) -> tuple[str, str]:
    """Scheme and code of a concept: from qcode, else uri, else literal (with no scheme)."""
    if stated := (element.get("qcode") or element.get("uri") or "").strip():
        return schemes.split(stated)
    return "", (element.get("literal") or "").strip()


def rank(element: Element) -> int:
    """The rank that the message gives one of several of a kind, 1 for the first of them; 0 if it gives none."""
    said = element.get("rank", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < _LONGEST_RANK else 0


def ranked(headlines: Sequence[Element]) -> tuple[Sequence[Element], Sequence[Element]]:
    """Headlines, and those below: by their role; where no role tells, those of a lower rank than the first (rank)."""
    below = [one for one in headlines if "sub" in one.get("role", "").lower()]
    under = frozenset(below)
    above = [one for one in headlines if one not in under] if below else headlines
    if not below and len(above) > 1 and (best := min(filter(None, map(rank, above)), default=0)):
        below = [one for one in above if rank(one) > best]
        above = [one for one in above if rank(one) <= best]
    return above, below


def attribute(element: Element, name: str, schemes: Schemes) -> str:
    """A QCode in an attribute, or the URI in its sibling: ``role`` or ``roleuri``, ``rel`` or ``reluri``."""
    stated = element.get(name) or element.get(f"{name}uri")
    return schemes.qcode(stated) if stated else ""


def told_of(element: Element, asserts: Asserts) -> list[Element]:
    """Elements that tell of the concept that ``element`` names: its own, then those of its assert (assert wrapper).

    Raises Unparseable as ``Asserts.of``.
    """
    if asserts:
        for attribute_name in CALLED:
            if (name := element.get(attribute_name)) and name in asserts:
                return [*children(element), *asserts.of(name)]
    return children(element) if len(element) else []


def links(elements: Iterable[Element], schemes: Schemes = NO_SCHEMES) -> tuple[Link, ...]:
    """G2 links, whether they point by href, residref or guidref. What is none by its name is related by that."""
    found = []
    for element in elements:
        href = element.get("href") or element.get("residref") or element.get("guidref") or ""
        if href:
            title = next((spaced(child) for child in children(element) if local_of(child.tag) == "title"), "")
            name = local_of(element.tag)
            rel = attribute(element, "rel", schemes) or ("" if name == "link" else name)
            found.append(Link(href=href.strip(), rel=rel, title=title))
    return once(found)


def alt_ids(elements: Iterable[Element], schemes: Schemes = NO_SCHEMES) -> tuple[Subject, ...]:
    """Other identifiers (``altId``), each under its type, else the environment it is used in."""
    found = []
    for element in elements:
        if code := spaced(element) or fold(element.get("id") or ""):  # IPTC's own examples have it there, too
            kind = attribute(element, "type", schemes) or attribute(element, "environment", schemes)
            found.append(Subject(scheme=kind or "altId", code=code))
    return once(found)
