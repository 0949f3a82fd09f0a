"""The head of an NITF document: docdata, meta, tobject, pubdata, revision-history (NITF 3.x)."""

from __future__ import annotations

from collections.abc import Callable

from dateline_ingest.formats.nitf.body import Nitf
from dateline_ingest.formats.nitf.concepts import event_places, named_thing, tobject_subject
from dateline_ingest.formats.nitf.table import names
from dateline_ingest.formats.nitf.text import running
from dateline_ingest.formats.values.words import fold, keywords_in
from dateline_ingest.formats.xml.tree import Element, children, local, local_of
from dateline_schemas.story import CreditElement, Link, Subject

_GENRES = ("tobject.type", "tobject.property.type")
_CONCEPTS = {"person": "people", "org": "organisations", "location": "places"}
_PARTS = frozenset(("docdata", "tobject", "key-list", "identified-content", "del-list", "head"))
"""Elements that only hold others. Some agencies put docdata's own outside of it; they are read wherever they stand."""


class Head:
    """What the head says, by what it is about. Texts are folded; dates are as written."""

    __slots__ = (
        "alt_ids",
        "copyright",
        "correction",
        "credits",
        "dates",
        "genres",
        "guid",
        "key",
        "keywords",
        "language",
        "links",
        "notes",
        "organisations",
        "owner",
        "page",
        "part",
        "people",
        "places",
        "revised",
        "rights",
        "senders",
        "slugline",
        "status",
        "subjects",
        "title",
        "urgency",
        "version",
    )

    def __init__(self, head: Element | None) -> None:
        """Walk ``head`` once; None for a document without one."""
        self.title = self.guid = self.key = self.version = self.part = self.page = ""
        self.slugline = self.language = ""
        self.status = self.urgency = self.owner = self.copyright = ""
        self.correction = False
        self.dates: dict[str, str] = {}
        self.revised: tuple[str, str] = ("", "")
        self.alt_ids: list[Subject] = []
        self.credits: list[CreditElement] = []
        self.keywords: list[str] = []
        self.links: list[Link] = []
        self.notes: list[str] = []
        self.rights: list[Element] = []
        self.senders: list[str] = []
        self.subjects: list[Subject] = []
        self.genres: list[Subject] = []
        self.people: list[Subject] = []
        self.organisations: list[Subject] = []
        self.places: list[Subject] = []
        if head is not None:
            self._walk(head)

    def _walk(self, parent: Element) -> None:
        for element in children(parent):
            name = local_of(element.tag)
            if reader := _READERS.get(name):
                reader(self, element)
            if name in _PARTS:
                self._walk(element)

    def credit(self, where: str, value: str, role: str = "") -> None:
        """Keep a statement of origin that says anything."""
        if value:
            self.credits.append(CreditElement(where=where, value=value, role=role))

    def _docdata(self, element: Element) -> None:
        self.status = element.get("management-status", "").strip()
        if replaced := fold(element.get("management-doc-idref", "")):
            status = fold(element.get("management-idref-status", ""))
            self.links.append(Link(href=replaced, rel="irel:previousVersion", title=status))

    def _title(self, element: Element) -> None:
        self.title = self.title or running(element)

    def _meta(self, element: Element) -> None:
        name, value = element.get("name", "").strip(), fold(element.get("content", ""))
        table = names()
        meaning = table.meta.get(name.lower(), "")
        if not meaning or table.says_nothing(value):
            return
        if meaning in _META_CREDITS:
            self.credit(_META_CREDITS[meaning], value, name)
            if meaning == "source":
                self.senders.append(value)
        elif meaning == "keyword":
            self.keywords += [word for part in value.split(",") if (word := part.strip())]
        elif meaning == "identifier":
            self.alt_ids.append(Subject(scheme=name, code=value))
        elif meaning == "subject":
            for code in filter(None, map(str.strip, value.split("|"))):
                subj = len(code) == 8 and code.isdigit()
                self.subjects.append(Subject(scheme="subj" if subj else name, code=code))
        elif meaning == "note":
            self.notes.append(value)
        elif not getattr(self, meaning):
            setattr(self, meaning, value)

    def _doc_id(self, element: Element) -> None:
        if source := fold(element.get("regsrc", "")):
            self.senders.append(source)
            self.credit("source", source, "regsrc")
        self.guid = self.guid or fold(element.get("id-string") or element.text or "")

    def _use_key(self, element: Element) -> None:
        self.key = fold(element.get("key", ""))
        self.version = (element.get("version") or element.get("generation") or self.version).strip()
        self.part = element.get("part", "").strip()
        if self.key:
            self.alt_ids.append(Subject(scheme="du-key", code=self.key))

    def _date(self, element: Element) -> None:
        norm = (element.get("norm") or element.text or "").strip()
        if not names().says_nothing(norm):
            self.dates.setdefault(local(element), norm)

    def _urgency(self, element: Element) -> None:
        self.urgency = element.get("ed-urg", "").strip() or self.urgency

    def _from_src(self, element: Element) -> None:
        if source := fold(element.get("src-name", "")):
            self.senders.append(source)
            self.credit("source", source, f"from-src {element.get('level-number', '')}".strip())

    def _doc_copyright(self, element: Element) -> None:
        holder, year = fold(element.get("holder", "")), fold(element.get("year", ""))
        if holder:
            self.owner = self.owner or holder
            self.credit("copyrightholder", holder)
            self.senders.append(holder)
            self.copyright = f"© {year} {holder}" if year and not self.copyright else self.copyright

    def _doc_rights(self, element: Element) -> None:
        self.rights.append(element)
        self.credit("copyrightholder", fold(element.get("owner", "")), "rights.owner")
        self.credit("copyrightholder", fold(element.get("agent", "")), "rights.agent")

    def _note(self, element: Element) -> None:
        if text := fold(element.get("info", "")):
            self.notes.append(text)

    def _correction(self, element: Element) -> None:
        self.correction = True
        self._note(element)
        if corrected := fold(element.get("id-string", "")):
            self.links.append(Link(href=corrected, rel="irel:previousVersion", title="corrected"))

    def _keyword(self, element: Element) -> None:
        self.keywords += keywords_in(fold(element.get("key") or element.text or ""))

    def _attribute(self, element: Element) -> None:
        scheme, attribute = _ATTRIBUTES[local(element)]
        if code := fold(element.get(attribute, "")):
            self.subjects.append(Subject(scheme=scheme, code=code))

    def _genre(self, element: Element) -> None:
        for attribute in _GENRES:
            if code := fold(element.get(attribute, "")):
                self.genres.append(Subject(scheme=attribute, code=code))

    def _subject(self, element: Element) -> None:
        if found := tobject_subject(element):
            self.subjects.append(found)

    def identify(self, element: Element) -> None:
        """Keep a person, org, location or the like under what it is."""
        if found := named_thing(element):
            getattr(self, _CONCEPTS.get(local(element), "subjects")).append(found)

    def _event_place(self, element: Element) -> None:
        self.places.extend(event_places(element))

    def _pubdata(self, element: Element) -> None:
        if published := element.get("date.publication", "").strip():
            self.dates.setdefault("date.publication", published)
        self.credit("publisher", fold(element.get("name", "")))
        for edition in ("edition.name", "edition.area"):
            self.credit("service", fold(element.get(edition, "")), edition)
        if section := fold(element.get("position.section", "")):
            self.subjects.append(Subject(scheme="position.section", code=section))
        if href := element.get("ex-ref", "").strip():
            self.links.append(Link(href=href, rel="ex-ref"))

    def _revision(self, element: Element) -> None:
        when, comment = element.get("norm", "").strip(), fold(element.get("comment", ""))
        name, role = fold(element.get("name", "")), fold(element.get("function", ""))
        self.credit("contributor", name, role)
        if when >= self.revised[0]:
            self.revised = (when, comment)
        if when:
            self.dates["first"] = min(self.dates.get("first", when), when)


def head_of(nitf: Nitf) -> Head:
    """The head of a document, with the persons, organisations and places that its text names by a code."""
    head = Head(nitf.head)
    for element in nitf.identified:
        head.identify(element)
    return head


_META_CREDITS = {"source": "source", "service": "service", "contributor": "contributor", "copyright": "copyrightnotice"}
_ATTRIBUTES = {
    "fixture": ("fixture", "fix-id"),
    "doc-scope": ("doc-scope", "scope"),
    "series": ("series.name", "series.name"),
}
_READERS: dict[str, Callable[[Head, Element], None]] = {
    "docdata": Head._docdata,
    "title": Head._title,
    "meta": Head._meta,
    "doc-id": Head._doc_id,
    "du-key": Head._use_key,
    "urgency": Head._urgency,
    "from-src": Head._from_src,
    "doc.copyright": Head._doc_copyright,
    "doc.rights": Head._doc_rights,
    "ed-msg": Head._note,
    "correction": Head._correction,
    "keyword": Head._keyword,
    "evloc": Head._event_place,
    "pubdata": Head._pubdata,
    "revision-history": Head._revision,
    "tobject": Head._genre,
    "tobject.property": Head._genre,
    "tobject.subject": Head._subject,
}
_READERS |= dict.fromkeys(("date.issue", "date.release", "date.expire"), Head._date)
_READERS |= dict.fromkeys(_ATTRIBUTES, Head._attribute)
_READERS |= dict.fromkeys(
    ("person", "org", "location", "event", "object.title", "function", "classifier", "virtloc"), Head.identify
)
