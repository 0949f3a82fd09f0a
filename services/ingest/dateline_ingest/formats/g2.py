"""Reading the metadata of a NewsML-G2 item: names, codes, concepts, credits (NewsML-G2 2.x, NAR namespace)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline_ingest.formats.kinds import item_type
from dateline_ingest.formats.words import fold
from dateline_ingest.formats.xmltree import XML_LANG, Element, local
from dateline_schemas.story import Association, CreditElement, Link, Subject

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

_SECTIONS = frozenset(("rightsInfo", "itemMeta", "contentMeta"))
_BUCKETS = {"person": "people", "organisation": "organisations", "organization": "organisations"}
_BUCKETS |= dict.fromkeys(("geoarea", "poi", "city", "country", "statprov", "region", "place"), "places")
_DETAILS = {"personDetails": "people", "organisationDetails": "organisations", "geoAreaDetails": "places"}
_DETAILS |= {"POIDetails": "places"}
_NEWSCODES = "http"


class Meta:
    """The properties of one item by name, in order, over all of its sections."""

    __slots__ = ("_found", "content", "credits", "groups")

    def __init__(self, item: Element) -> None:
        """Walk the sections of ``item`` once."""
        self._found: dict[str, list[Element]] = {}
        self.credits: list[CreditElement] = []
        self.content: Element | None = None
        self.groups: Element | None = None
        for part in item:
            name = local(part)
            if name in _SECTIONS:
                self._keep(part)
            elif name == "contentSet":
                self.content = part
            elif name == "groupSet":
                self.groups = part

    def _keep(self, section: Element) -> None:
        for element in section:
            name = local(element)
            self._found.setdefault(name, []).append(element)
            where = CREDITS.get(name)
            if where and (value := named(element)):
                self.credits.append(CreditElement(where=where, value=value, role=element.get("role", "")))

    def all(self, name: str) -> Sequence[Element]:
        """Every element of this name."""
        return self._found.get(name, ())

    def text(self, name: str) -> str:
        """Text of the first element of this name that has any."""
        for element in self._found.get(name, ()):
            if text := content(element):
                return text
        return ""

    def named(self, name: str) -> str:
        """Name of the first such concept that has one, or its code."""
        return next((text for element in self._found.get(name, ()) if (text := named(element))), "")

    def code(self, name: str) -> str:
        """Code of the first such element without its scheme: ``stat:usable`` gives ``usable``."""
        return next((qcode_of(element)[1] for element in self._found.get(name, ())), "")

    def spoken(self, name: str, language: str) -> str:
        """The texts of this name in the item's language, or all in the first language there is."""
        found = [
            (element.get(XML_LANG, ""), text) for element in self._found.get(name, ()) if (text := content(element))
        ]
        wanted = primary(language)
        chosen = [text for tongue, text in found if not tongue or primary(tongue) == wanted]
        chosen = chosen or [text for tongue, text in found if tongue == found[0][0]]
        return "\n".join(dict.fromkeys(chosen))


def primary(language: str) -> str:
    """First subtag of a BCP 47 tag, in lower case."""
    return language.partition("-")[0].lower()


def content(element: Element) -> str:
    """All text in an element, folded."""
    if len(element):
        return fold(" ".join(element.itertext()))
    return fold(element.text or "")


def named(element: Element) -> str:
    """What a concept is called: its name, else its own text, else literal, else code."""
    if len(element):
        for child in element:
            if local(child) == "name" and (text := fold(child.text or "")):
                return text
    own = (element.text or "").strip()
    stated = own or (element.get("literal") or element.get("qcode") or element.get("uri") or "").strip()
    return fold(stated)


def qcode_of(element: Element) -> tuple[str, str]:
    """Scheme and code of a concept: from qcode, else uri, else literal (with no scheme)."""
    qcode = element.get("qcode", "").strip()
    if qcode:
        scheme, colon, code = qcode.partition(":")
        return (scheme, code) if colon else ("", qcode)
    return split_uri(element.get("uri", "").strip()) if element.get("uri") else ("", element.get("literal", "").strip())


def split_uri(uri: str) -> tuple[str, str]:
    """A concept URI as scheme and code; the scheme ends in its slash or hash, as IPTC's catalogues have it."""
    cut = max(uri.rfind("/"), uri.rfind("#")) + 1
    return (uri[:cut], uri[cut:]) if uri[:4] == _NEWSCODES and cut > len("https://") else ("", uri)


def subject(element: Element) -> Subject | None:
    """The concept as a Subject; None when it says nothing."""
    scheme, code = qcode_of(element)
    name = named(element)
    if not code and not name:
        return None
    only_code = bool(scheme) and name in (f"{scheme}:{code}", f"{scheme}{code}", code)
    return Subject(scheme=scheme, code=code, name="" if only_code else name)


def concepts(elements: Sequence[Element]) -> tuple[Subject, ...]:
    """Every concept that says something, once."""
    if not elements:
        return ()
    return tuple(dict.fromkeys(found for element in elements if (found := subject(element))))


def sorted_subjects(elements: Iterable[Element]) -> dict[str, list[Element]]:
    """Subjects by kind: people, organisations, places, and subjects for all others."""
    kinds: dict[str, list[Element]] = {"people": [], "organisations": [], "places": [], "subjects": []}
    for element in elements:
        kinds[_bucket(element)].append(element)
    return kinds


def _bucket(element: Element) -> str:
    kind = element.get("type", "")
    if kind:
        found = _BUCKETS.get(kind.rpartition(":")[2].lower())
        if found:
            return found
    for child in element:
        if found := _DETAILS.get(local(child)):
            return found
    return "subjects"


def links(elements: Iterable[Element]) -> tuple[Link, ...]:
    """G2 links, whether they point by href, residref or guidref."""
    found = []
    for element in elements:
        href = element.get("href") or element.get("residref") or element.get("guidref") or ""
        if href:
            title = next((content(child) for child in element if local(child) == "title"), "")
            found.append(Link(href=href.strip(), rel=element.get("rel", ""), title=title))
    return tuple(dict.fromkeys(found))


def members(groups: Element | None) -> tuple[Association, ...]:
    """The items of a package in the order of its groups, from the root group down (NewsML-G2, groupSet)."""
    if groups is None:
        return ()
    by_id = {group.get("id", ""): group for group in groups if local(group) == "group"}
    found: list[Association] = []
    seen: set[str] = set()
    waiting = [groups.get("root", "")]
    while waiting:
        name = waiting.pop(0)
        group = by_id.get(name)
        if group is None or name in seen:
            continue
        seen.add(name)
        inner = []
        for ref in group:
            if local(ref) == "groupRef":
                inner.append(ref.get("idref", ""))
            elif local(ref) == "itemRef":
                found.append(_member(ref))
        waiting = inner + waiting
    return tuple(found)


def _member(ref: Element) -> Association:
    parts = {local(child): child for child in reversed(ref)}
    kind = item_type(qcode_of(parts["itemClass"])[1] if "itemClass" in parts else "")
    return Association(
        rel="member",
        type=kind,
        guid=(ref.get("residref") or ref.get("guidref") or ref.get("idref") or "").strip(),
        href=ref.get("href", ""),
        headline=content(parts["headline"]) if "headline" in parts else "",
        caption=content(parts["description"]) if "description" in parts else "",
        creditline=content(parts["creditline"]) if "creditline" in parts else "",
        mimetype=ref.get("contenttype", ""),
    )
