"""Concepts, parties, identifiers, signals and links of a ninjs item."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dateline_ingest.formats.credited import origin_of, own_names
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.newsml_g2.catalog import split_uri
from dateline_ingest.formats.newsml_g2.table import alias_of
from dateline_ingest.formats.odrl import rights_in_json
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import fold, plain_line
from dateline_schemas.story import CreditElement, Link, Subject, UsageRight

_CREDITS = (
    ("provider", "provider", ""),
    ("creditline", "creditline", "credit"),
    ("source", "source", ""),
    ("copyrightholder", "copyrightholder", ""),
    ("copyrightnotice", "copyrightnotice", ""),
    ("byline", "byline", "by"),
    ("dateline", "dateline", ""),
)
"""What a statement is, and the members that make it, the first one first."""
SAID = frozenset(name for _, *names in _CREDITS for name in names if name)
"""Members of which ``credits`` is handed the text."""
_AGENTS = (
    ("author", ("authors", "author")),
    ("byline", ("bylines",)),
    ("contributor", ("contributors", "contributor")),
    ("creator", ("creator", "creators")),
    ("publisher", ("publisher",)),
    ("infosource", ("infosource", "infosources")),
    ("service", ("service", "services")),
    ("source", ("digitalsourcetype",)),
    ("provider", ("providers",)),
    ("source", ("sources",)),
    ("copyrightholder", ("copyrightholders",)),
)
_AGENT_NAMES = frozenset(name for _, names in _AGENTS for name in names)
_NOBODY = frozenset(("None", "null", "undefined"))
"""What programs write for a name that they have not."""
_KNOWN_BY_CODE = frozenset(("publisher", "infosource", "service", "source", "provider", "copyrightholder"))
"""Kinds of parties whose codes are kept beside their names. Of who wrote it they are names of accounts (Superdesk)."""
_ADVISORIES = frozenset(("advisory", "planning"))
_WRITERS = ("", "author", "writer", "byline", "reporter")
_EARLIER = (("replaces", "evolvedfrom"), ("replaces", "previousversion"), ("translated", "translated_from"))
_NAMES = ("name", "literal", "byline", "by", "code", "uri")
_CODES = ("literal", "code", "uri")
_OWN_IDS = ("uri", "guid", "id", "_id", "itemid", "item_id", "original_id", "ingest_id")
_MORE_IDS = frozenset((*_OWN_IDS, "altids")) - {"uri"}
_LINKED = frozenset(
    ("evolvedfrom", "previousversion", "translated_from", "trustindicator", "trustindicators", "rightsinfo", "link")
) | {"links", "canonical_url", "url", "replacing", "revisions"}


def subjects(item: JsonObject, *names: str) -> tuple[Subject, ...]:
    """The concepts in these members, each once."""
    if item.names.isdisjoint(names):
        return ()
    return once([found for found in item.each(names, _subject) if found])


def _subject(one: JsonObject) -> Subject | None:
    name = one.text("name", "title") or next(iter(one.texts("names")), "")
    scheme, code = one.text("scheme"), one.text("code")
    if not code and one.raw("uri"):
        scheme, code = split_uri(one.text("uri"))
    elif ":" in code and (code.startswith("medtop:") if scheme else not code.startswith("http")):
        scheme, _, code = code.partition(":")
    scheme = alias_of(scheme) or scheme
    code = code or one.text("qcode", "literal")
    return Subject(scheme=scheme, code=code, name=name) if code or name else None


def located(item: JsonObject) -> tuple[Subject, ...]:
    """The place that the content comes from."""
    name = item.text("located")
    return (Subject(code="", name=name),) if name else subjects(item, "located")


def credits(item: JsonObject, said: dict[str, str]) -> list[CreditElement]:
    """Every statement of origin, in the order of the table. ``said`` has the texts of the members in ``SAID``."""
    found = []
    for where, first, other in _CREDITS:
        if text := said.get(first, said.get(other)):
            found.append(CreditElement(where=where, value=plain_line(text)))
    present = item.names
    if not _own().isdisjoint(present):
        for name in sorted(present & _own()):
            found += [CreditElement(where=origin_of(name), value=text, role=name) for text in item.texts(name)]
    if present.isdisjoint(_AGENT_NAMES):
        return found
    for where, names in _AGENTS:
        if present.isdisjoint(names):
            continue
        role = "digitalsourcetype" if "digitalsourcetype" in names else ""
        named = _named(item, *names, coded=where in _KNOWN_BY_CODE)
        found += [CreditElement(where=where, value=name, role=said or role) for name, said in named]
    return found


@lru_cache(maxsize=1)
def _own() -> frozenset[str]:
    """Members of no schema that say where an item comes from."""
    return frozenset(own_names()) - SAID - _AGENT_NAMES


def byline(item: JsonObject) -> str:
    """The byline; where there is none, the authors who wrote it, else ``bylines`` of several (TT, STT)."""
    if said := item.text("byline", "by"):
        return plain_line(said)
    return _writers(item, "authors", "author") or _writers(item, "bylines")


def _writers(item: JsonObject, *names: str) -> str:
    """Those in these members whose role, if they state one, is that of a writer."""
    if not item.has(*names):
        return ""
    return ", ".join(name for name, role in _named(item, *names) if role.rpartition(":")[2].lower() in _WRITERS)


def first_named(item: JsonObject, *names: str) -> str:
    """The first party in these members."""
    return next((name for name, _ in _named(item, *names)), "") if item.has(*names) else ""


def _named(item: JsonObject, *names: str, coded: bool = False) -> list[tuple[str, str]]:
    """Whom these members name, each with its role; ``coded``: each followed by its codes."""
    objects = item.objects(*names)
    if not objects:
        return [(text, "") for text in item.texts(*names)]
    found: list[tuple[str, str]] = []
    for one in objects:
        role = one.text("role", "rel")
        called = dict.fromkeys((one.text(*_NAMES), *(map(one.text, _CODES) if coded else ())))
        found += [(name, role) for name in called if name and name not in _NOBODY]
    return found


def alt_ids(item: JsonObject, guid: str) -> tuple[Subject, ...]:
    """The other identifiers: ``altids`` as an object by name (1.x) or a list (2.x, 3.x), and those beside the guid."""
    names = item.names
    if names.isdisjoint(_MORE_IDS):
        return ()
    found = [(name, value) for name in _OWN_IDS if name in names and (value := item.text(name)) and value != guid]
    if "altids" in names:
        by_name = item.members("altids")
        found += [(name, text) for name, value in by_name for text in _strings(value)]
        for one in () if by_name else item.objects("altids"):
            found.append((one.text("role", "name", "scheme"), one.text("value", "id")))
    return once(Subject(scheme=name, code=value) for name, value in found if value)


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text] if (text := JsonObject(value).text("value", "id", "code")) else []
    values = value if isinstance(value, list) else [value]
    return [fold(str(one)) for one in values if isinstance(one, (str, int)) and not isinstance(one, bool)]


def signals(item: JsonObject) -> tuple[str, ...]:
    """What it says it is, as ``sig:correction``: ``signal`` and ``signals``; an advisory, an event, plans."""
    advice = ("sig:advisory",) if item.has("eventdetails") or item.raw("type").lower() in _ADVISORIES else ()
    if not item.has("signal", "signals"):
        return advice
    found = [sign for one in item.objects("signal", "signals") if (sign := _signal(one))]
    return once([*(found or item.texts("signal", "signals")), *advice])


def _signal(one: JsonObject) -> str:
    scheme, code = one.text("scheme"), one.text("qcode", "code", "literal")
    if uri := one.text("uri"):
        scheme, code = split_uri(uri)
    if "/signal/" in scheme:
        return f"sig:{code}"
    return f"{scheme}:{code}" if scheme and code and "/" not in scheme else code or one.text("name", "value")


def links(item: JsonObject) -> tuple[Link, ...]:
    """Earlier versions, trust indicators, linked rights, and the item's page."""
    if item.names.isdisjoint(_LINKED):
        return ()
    found = [Link(href=href, rel=rel) for rel, name in _EARLIER if (href := item.text(name))]
    if item.has("replacing"):
        found += [Link(href=href, rel="replaces") for href in item.texts("replacing")]
    for one in item.objects("revisions"):  # TT's list of what came before
        if href := one.text("uri"):
            found.append(Link(href=href, rel="previousversion"))
    for one in item.objects("trustindicator", "trustindicators"):
        if href := one.text("href"):
            role = one.text("role", "code").rpartition("/")[2]
            found.append(Link(href=href, rel="trustindicator", title=one.text("title") or role))
    for one in item.objects("rightsinfo"):
        if href := one.text("linkedrights"):
            found.append(Link(href=href, rel="rights"))
    for one in item.objects("link", "links"):
        if href := one.text("href", "url"):
            found.append(Link(href=href, rel=one.text("rel"), title=one.text("title")))
    if href := item.text("canonical_url", "url"):
        found.append(Link(href=href, rel="canonical"))
    return once(found)


def rights_of(item: JsonObject) -> tuple[UsageRight, ...]:
    """The rights that the item encodes, a rule each."""
    if not item.has("rightsinfo"):
        return ()
    found: list[UsageRight] = []
    for info in item.objects("rightsinfo"):
        encoded = info.raw("encodedrights")
        if encoded:
            found += rights_in_json(encoded) or [UsageRight(type=info.text("langid"), limitations=fold(encoded))]
        elif href := info.text("linkedrights"):
            found.append(UsageRight(type=info.text("langid"), limitations=href))
    return tuple(found)
