"""The head of an NITF document: docdata, meta, tobject, pubdata, revision-history (NITF 3.x)."""

from __future__ import annotations

from collections.abc import Callable

from dateline_ingest.formats.nitf.body import Nitf
from dateline_ingest.formats.nitf.concepts import event_places, named_things, tobject_subject
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.nitf.table import names
from dateline_ingest.formats.values.words import fold, keywords_in
from dateline_ingest.formats.xml.text import running
from dateline_ingest.formats.xml.tree import Element, children, local, local_of
from dateline_schemas.story import Link, Subject

_CONCEPTS = {"person": "people", "org": "organisations", "location": "places"}
_PARTS = frozenset(("docdata", "tobject", "key-list", "identified-content", "del-list", "head", "iim"))
"""Elements that only hold others. Some agencies put docdata's own outside of it; they are read wherever they stand."""


def head_of(nitf: Nitf) -> Head:
    """The head of a document, with the persons, organisations and places that its text names by a code."""
    head = Head()
    if nitf.head is not None:
        _walk(head, nitf.head)
    for element in nitf.identified:
        _identify(head, element)
    head.rights += nitf.rights
    return head


def _walk(head: Head, parent: Element) -> None:
    for element in children(parent):
        name = local_of(element.tag)
        if reader := _READERS.get(name):
            reader(head, element)
        if name in _PARTS:
            _walk(head, element)


def _docdata(head: Head, element: Element) -> None:
    head.status = element.get("management-status", "").strip()
    if replaced := fold(element.get("management-doc-idref", "")):
        status = fold(element.get("management-idref-status", ""))
        head.links.append(Link(href=replaced, rel="irel:previousVersion", title=status))


def _title(head: Head, element: Element) -> None:
    head.title = head.title or running(element)


def _meta(head: Head, element: Element) -> None:
    _stated(head, element.get("name", "").strip(), fold(element.get("content", "")))


def _dataset(head: Head, element: Element) -> None:
    """A dataset of the IIM, record 2, by its number: ``110`` or ``2:110``."""
    number = element.get("num", "").strip().removeprefix("2:").lstrip("0")
    _stated(head, f"2:{number}", fold(element.get("value", "")))


def _stated(head: Head, name: str, value: str) -> None:
    table = names()
    meaning = table.meta.get(name.lower(), "")
    if not meaning or table.says_nothing(value):
        return
    if meaning in table.credits:
        head.credit(meaning, value, name)
        if meaning in ("source", "provider"):
            head.senders.append(value)
    elif meaning == "keyword":
        head.keywords += [word for part in value.split(",") if (word := part.strip())]
    elif meaning == "identifier":
        head.alt_ids.append(Subject(scheme=name, code=value))
    elif meaning == "subject":
        for code in filter(None, map(str.strip, value.split("|"))):
            subj = len(code) == 8 and code.isdigit()
            head.subjects.append(Subject(scheme="subj" if subj else name, code=code))
    elif meaning == "note":
        head.notes.append(value)
    elif not getattr(head, meaning):
        setattr(head, meaning, value)


def _doc_id(head: Head, element: Element) -> None:
    if source := fold(element.get("regsrc", "")):
        head.senders.append(source)
        head.credit("source", source, "regsrc")
    head.guid = head.guid or fold(element.get("id-string") or element.text or "")


def _use_key(head: Head, element: Element) -> None:
    head.key = fold(element.get("key", ""))
    head.version = (element.get("version") or element.get("generation") or head.version).strip()
    head.part = element.get("part", "").strip()
    if head.key:
        head.alt_ids.append(Subject(scheme="du-key", code=head.key))


def _date(head: Head, element: Element) -> None:
    norm = (element.get("norm") or element.text or "").strip()
    if not names().says_nothing(norm):
        head.dates.setdefault(local(element), norm)


def _urgency(head: Head, element: Element) -> None:
    head.urgency = element.get("ed-urg", "").strip() or head.urgency


def _from_src(head: Head, element: Element) -> None:
    if source := fold(element.get("src-name", "")):
        head.senders.append(source)
        head.credit("source", source, f"from-src {element.get('level-number', '')}".strip())


def _doc_copyright(head: Head, element: Element) -> None:
    holder, year = fold(element.get("holder", "")), fold(element.get("year", ""))
    if holder:
        head.owner = head.owner or holder
        head.credit("copyrightholder", holder)
        head.senders.append(holder)
        head.copyright = f"© {year} {holder}" if year and not head.copyright else head.copyright


def _doc_rights(head: Head, element: Element) -> None:
    head.rights.append(element)
    head.credit("copyrightholder", fold(element.get("owner", "")), "rights.owner")
    head.credit("copyrightholder", fold(element.get("agent", "")), "rights.agent")


def _note(head: Head, element: Element) -> None:
    head.correction = head.correction or "correct" in element.get("msg-type", "").lower()
    if text := fold(element.get("info", "")):
        head.notes.append(text)


def _correction(head: Head, element: Element) -> None:
    head.correction = True
    _note(head, element)
    if corrected := fold(element.get("id-string", "")):
        head.links.append(Link(href=corrected, rel="irel:previousVersion", title="corrected"))


def _keyword(head: Head, element: Element) -> None:
    head.keywords += keywords_in(fold(element.get("key") or element.text or ""))


def _coded(head: Head, element: Element) -> None:
    bucket, codes = _CODES[local(element)]
    for scheme, attribute in codes:
        if code := fold(element.get(attribute, "")):
            getattr(head, bucket).append(Subject(scheme=scheme, code=code))


def _subject(head: Head, element: Element) -> None:
    if found := tobject_subject(element):
        head.subjects.append(found)


def _identify(head: Head, element: Element) -> None:
    """Keep a person, org, location or the like under what it is."""
    getattr(head, _CONCEPTS.get(local(element), "subjects")).extend(named_things(element))


def _event_place(head: Head, element: Element) -> None:
    head.places.extend(event_places(element))


def _pubdata(head: Head, element: Element) -> None:
    if published := element.get("date.publication", "").strip():
        head.dates.setdefault("date.publication", published)
    head.credit("publisher", fold(element.get("name", "")))
    for edition in ("edition.name", "edition.area", "issn"):
        head.credit("service", fold(element.get(edition, "")), edition)
    if section := fold(element.get("position.section", "")):
        head.subjects.append(Subject(scheme="position.section", code=section))
    if href := element.get("ex-ref", "").strip():
        head.links.append(Link(href=href, rel="ex-ref"))


def _revision(head: Head, element: Element) -> None:
    when, comment = element.get("norm", "").strip(), fold(element.get("comment", ""))
    name, role = fold(element.get("name", "")), fold(element.get("function", ""))
    head.credit("contributor", name, role)
    if when >= head.revised[0]:
        head.revised = (when, comment)
    if when:
        head.dates["first"] = min(head.dates.get("first", when), when)


_GENRES = [(name, name) for name in ("tobject.type", "tobject.property.type")]
_CODES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "fixture": ("subjects", [("fixture", "fix-id")]),
    "doc-scope": ("subjects", [("doc-scope", "scope")]),
    "series": ("subjects", [("series.name", "series.name")]),
    "tobject": ("genres", _GENRES),
    "tobject.property": ("genres", _GENRES),
}
"""Element -> what its codes are, and the scheme and attribute of each."""
_READERS: dict[str, Callable[[Head, Element], None]] = {
    "docdata": _docdata,
    "title": _title,
    "meta": _meta,
    "ds": _dataset,
    "doc-id": _doc_id,
    "du-key": _use_key,
    "urgency": _urgency,
    "from-src": _from_src,
    "doc.copyright": _doc_copyright,
    "doc.rights": _doc_rights,
    "ed-msg": _note,
    "correction": _correction,
    "keyword": _keyword,
    "evloc": _event_place,
    "pubdata": _pubdata,
    "revision-history": _revision,
    "tobject.subject": _subject,
}
_READERS |= dict.fromkeys(("date.issue", "date.release", "date.expire"), _date)
_READERS |= dict.fromkeys(_CODES, _coded)
_READERS |= dict.fromkeys(
    ("person", "org", "location", "event", "object.title", "function", "classifier", "virtloc"), _identify
)
