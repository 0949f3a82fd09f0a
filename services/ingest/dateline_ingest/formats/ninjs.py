"""ninjs 1.x, 2.x and 3.x (IPTC News in JSON): one reader, since names differ in case and number only.

A message is an item, a list of items, or an object that lists them under ``item`` or ``items``.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dateline_ingest.formats.body import Body, body_of_lines
from dateline_ingest.formats.endline import endlines
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.g2 import split_uri
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.kinds import item_type
from dateline_ingest.formats.markup import any_body, html_body, paragraphs_of
from dateline_ingest.formats.message import Limits, Message, check_count, check_story
from dateline_ingest.formats.ninjs_media import associations, picture_credits
from dateline_ingest.formats.status import pubstatus, urgency
from dateline_ingest.formats.words import listed, unmarked
from dateline_ingest.instants import instant
from dateline_schemas.story import CreditElement, Story, Subject

NAME = "ninjs"
_decoder = msgspec.json.Decoder()
_LISTS = ("item", "items")
_SIGNS = listed(
    "headline headlines body_html body_text body_xhtml bodies versioncreated description_text descriptions "
    "renditions associations firstcreated pubstatus"
)
"""Members of which an item has at least one."""
_CREDITS = (
    ("provider", ("provider",)),
    ("creditline", ("creditline", "credit")),
    ("source", ("source",)),
    ("copyrightholder", ("copyrightholder",)),
    ("copyrightnotice", ("copyrightnotice",)),
    ("byline", ("byline", "by")),
    ("dateline", ("dateline",)),
)
_AGENTS = (
    ("author", ("authors",)),
    ("contributor", ("contributors",)),
    ("creator", ("creator", "creators")),
    ("infosource", ("infosource", "infosources")),
    ("service", ("service", "services")),
)


def read(message: Message) -> tuple[Story, ...]:
    """Every item of the message. Raises Unparseable."""
    items = _items(_decode(message))
    check_count(len(items), message.limits, NAME)
    return tuple(_story(item, message.limits) for item in items)


def _decode(message: Message) -> Any:
    try:
        decoded = _decoder.decode(message.data.removeprefix(b"\xef\xbb\xbf"))
    except msgspec.DecodeError as error:
        raise Unparseable(f"broken JSON: {error}; have it sent again", format=NAME) from error
    except UnicodeDecodeError as error:
        reason = "the JSON is not UTF-8, which RFC 8259 asks for; have the provider send UTF-8"
        raise Unparseable(reason, format=NAME, offset=error.start) from error
    except RecursionError as error:
        raise Unparseable("the JSON is nested too deep; no news item needs that", format=NAME) from error
    if not _within(decoded, message.limits.depth):
        raise Unparseable(f"the JSON is nested more than {message.limits.depth} levels deep", format=NAME)
    return decoded


def _within(value: Any, depth: int) -> bool:
    level = [value]
    while level and depth >= 0:
        level = [inner for outer in level for inner in _children(outer) if isinstance(inner, (dict, list))]
        depth -= 1
    return not level


def _children(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _items(decoded: Any) -> list[JsonObject]:
    if isinstance(decoded, list):
        entries = decoded
    elif isinstance(decoded, dict):
        entries = next((decoded[name] for name in _LISTS if isinstance(decoded.get(name), list)), [decoded])
    else:
        raise Unparseable("the JSON is no object; a ninjs item is one", format=NAME, path="$")
    for at, entry in enumerate(entries):
        _check_item(entry, f"$[{at}]" if len(entries) > 1 else "$")
    if not entries:
        raise Unparseable("the list of items is empty; nothing to take in", format=NAME, path="$")
    return [JsonObject(entry) for entry in entries]


def _check_item(entry: Any, path: str) -> None:
    if not isinstance(entry, dict):
        raise Unparseable("an item is no object", format=NAME, path=path)
    item = JsonObject(entry)
    if not (item.raw("uri", "guid") or item.has("altids")) or not item.has(*_SIGNS):
        found = ", ".join(sorted(entry)[:8])
        reason = (
            f"this JSON is not ninjs: it lacks uri and the like; it has {found or 'nothing'}. ninjs 1 to 3 are read"
        )
        raise Unparseable(reason, format=NAME, path=path)


def _story(item: JsonObject, limits: Limits) -> Story:
    headline = _rolled(item, "headline", "headlines", roles=("", "main", "headline"))
    body = _body(item, limits, headline)
    embargo = instant(item.raw("embargoed", "embargo"))
    kind = item_type(item.raw("type")) or "text"
    story = Story(
        guid=item.text("uri", "guid") or _altid(item),
        version=item.text("version"),
        type=kind,
        language=item.text("language"),
        headline=headline or item.text("title"),
        subheadline=_rolled(item, "subheadline", "headlines", roles=("sub", "subheadline", "subheading")),
        slugline=item.text("slugline"),
        byline=item.text("byline", "by"),
        dateline=item.text("dateline"),
        summary=unmarked(_rolled(item, "description_text", "descriptions", roles=()) or item.raw("description_html")),
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(item.raw("urgency")),
        pubstatus=pubstatus(item.raw("pubstatus"), embargoed=embargo is not None),
        embargo=embargo,
        first_created=instant(item.raw("firstcreated") or item.raw("contentcreated")),
        version_created=instant(item.raw("versioncreated")),
        subjects=_subjects(item, "subject", "subjects"),
        places=_located(item) + _subjects(item, "place", "places"),
        people=_subjects(item, "person", "people"),
        organisations=_subjects(item, "organisation", "organisations"),
        keywords=item.texts("keyword", "keywords"),
        genres=_subjects(item, "genre", "genres"),
        provider=item.text("provider", "source") or _first(item, "infosource", "infosources"),
        creditline=item.text("creditline", "credit"),
        copyright_holder=item.text("copyrightholder"),
        copyright_notice=item.text("copyrightnotice"),
        usage_terms=item.text("usageterms"),
        ed_note=unmarked(item.raw("ednote")),
        signals=item.texts("signal", "signals"),
        credits=_credits(item, body),
        associations=associations(item),
    )
    return check_story(story, limits, NAME)


def _altid(item: JsonObject) -> str:
    return next((text for one in item.objects("altids") if (text := one.text("value", "id"))), "")


def _first(item: JsonObject, *names: str) -> str:
    return next((text for one in item.objects(*names) if (text := one.text("name", "literal", "uri"))), "")


def _rolled(item: JsonObject, single: str, many: str, *, roles: tuple[str, ...]) -> str:
    """The single member of ninjs 1, or the first of the list of ninjs 2 and 3 with one of these roles."""
    if text := item.text(single):
        return text
    found = [one for one in item.objects(many) if one.raw("value")]
    chosen = [one for one in found if not roles or one.raw("role").lower() in roles]
    if not chosen and "main" in roles:
        chosen = found
    return chosen[0].text("value") if chosen else ""


def _body(item: JsonObject, limits: Limits, headline: str) -> Body:
    bodies = [(name[5:], text) for name, text in item.starting("body_")]
    for one in item.objects("bodies"):
        bodies.append((one.raw("contenttype", "mimetype").lower() or one.raw("role").lower(), one.raw("value")))
    marked = [text for kind, text in bodies if "html" in kind and text.strip()]
    if marked:
        return html_body(marked[0], limits, headline=headline)
    for kind, text in bodies:
        if text.strip() and "xml" not in kind and "nitf" not in kind:
            return body_of_lines(paragraphs_of(text)) if "plain" in kind else any_body(text, limits, headline=headline)
    rest = next((text for _, text in bodies if text.strip()), "")
    return any_body(rest, limits, headline=headline) if rest else Body()


def _subjects(item: JsonObject, *names: str) -> tuple[Subject, ...]:
    return tuple(dict.fromkeys(found for one in item.objects(*names) if (found := _subject(one))))


def _subject(one: JsonObject) -> Subject | None:
    name = one.text("name", "title") or next(iter(one.texts("names")), "")
    scheme, code = one.text("scheme"), one.text("code")
    if not code and one.raw("uri"):
        scheme, code = split_uri(one.text("uri"))
    elif not scheme and ":" in code and not code.startswith("http"):
        scheme, _, code = code.partition(":")
    code = code or one.text("qcode", "literal")
    return Subject(scheme=scheme, code=code, name=name) if code or name else None


def _located(item: JsonObject) -> tuple[Subject, ...]:
    name = item.text("located")
    return (Subject(code="", name=name),) if name else ()


def _credits(item: JsonObject, body: Body) -> tuple[CreditElement, ...]:
    found = [CreditElement(where=where, value=text) for where, names in _CREDITS if (text := item.text(*names))]
    for where, names in (
        ("author", ("authors",)),
        ("contributor", ("contributors",)),
        ("creator", ("creator", "creators")),
    ):
        found += [CreditElement(where=where, value=name, role=role) for name, role in _named(item, *names)]
    for where, names in _AGENTS:
        found += [CreditElement(where=where, value=name, role=role) for name, role in _named(item, *names)]
    found += [CreditElement(where="endline", value=line) for line in endlines(body.paragraphs)]
    return tuple(dict.fromkeys([*found, *picture_credits(item)]))


def _named(item: JsonObject, *names: str) -> list[tuple[str, str]]:
    objects = item.objects(*names)
    if not objects:
        return [(text, "") for text in item.texts(*names)]
    found = [(one.text("name", "literal", "code", "uri"), one.text("role", "rel")) for one in objects]
    return [(name, role) for name, role in found if name]
