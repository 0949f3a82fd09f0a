"""Headlines, descriptions and bodies of a ninjs item, by role and language.

ninjs 1.x has ``headline``, ``headline_x``, ``description_x`` and ``body_x``; 2.x and 3.x have lists of objects with
``role``, ``contenttype`` and ``value``, where some providers add a language.
"""

from __future__ import annotations

from msgspec import Struct

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.body import Body, body_of, body_of_lines
from dateline_ingest.formats.markup.strings import any_body, html_body, paragraphs_of
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.newsml_1.text import Text, written_text
from dateline_ingest.formats.ninjs.table import credit_roles, stated_in
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.values.tongues import nearest_of
from dateline_ingest.formats.values.words import plain_line, unmarked
from dateline_schemas.story import CreditElement

_MAIN = frozenset(("", "main", "headline", "title", "hl"))
_SUB = ("sub", "secondary", "extended", "deck")
_NAMED = ("headline_", "description_", "body_")
_BODIES = ("body", "text", "content")
_SUMMARIES = ("summary", "abstract", "text", "intro", "teaser", "caption", "html", "")
_CAPTIONS = ("caption", *_SUMMARIES)
"""Roles of a description, the best one first: for a summary, and for what is shown with another item."""


class Texts(Struct, frozen=True):
    """The texts of an item."""

    headline: str
    subheadline: str
    summary: str
    body: Body
    dateline: str = ""
    """The dateline, if the body has it in an element of its own."""
    heads: tuple[Head, ...] = ()
    """The head of the NITF document."""
    credits: tuple[CreditElement, ...] = ()
    """What descriptions and bodies say of origin: roles, an NITF document, elements of their own."""


class _Part(Struct, frozen=True, gc=False):
    role: str
    kind: str
    value: str
    language: str


def texts_of(item: JsonObject, language: str, limits: Limits) -> Texts:
    """The texts in ``language``, or in the first language there is. Raises Unparseable for a body nested too deep."""
    named = _named(item)
    main, sub = _headlines(item, named, language)
    main = main or _plain(item.text("title", "name"))  # Superdesk's events have a name and definitions
    parts = _parts(item, named, "body_", "bodies", language) or _plainly_named(item)
    nitf = _nitf(parts, limits, main)
    if len(parts) > 1 and item.has("bodies") and not item.raw("body_html", "body_xhtml", "body_text"):
        parts = [part for part in parts if part.role.rpartition(":")[2] == "main"] or parts
    summary, credits = _descriptions(item, named, language)
    if marked := next((one.value for one in parts if "html" in (one.kind or one.role)), ""):
        stated = stated_in(marked)
        body, dateline = html_body(stated.html, limits, headline=main), stated.dateline
        credits += stated.credits
    else:
        body, dateline = _body(parts, nitf, limits, main), ""
    heads = (nitf.head,) if nitf and nitf.head else ()
    return Texts(main, sub, summary, body, dateline, heads, credits + (nitf.credits if nitf else ()))


def shown_with(item: JsonObject, language: str) -> tuple[str, str]:
    """Headline and caption of an item that goes with one in this language."""
    headline, caption = _plain(item.text("headline")), unmarked(item.raw("description_text"))
    if headline and caption:  # as ninjs 1 has them
        return headline, caption
    named = _named(item)
    caption = caption or _descriptions(item, named, language, _CAPTIONS)[0]
    caption = caption or unmarked(item.raw("body_text", "caption"))
    return headline or _headlines(item, named, language)[0] or item.text("title"), caption


def _named(item: JsonObject) -> list[str]:
    return [name for name in item.names if name.startswith(_NAMED)]


def _headlines(item: JsonObject, named: list[str], language: str) -> tuple[str, str]:
    """The headline, and the one below it."""
    headlines = _parts(item, named, "headline_", "headlines", language)
    main, sub = _plain(item.text("headline")), _plain(item.text("subheadline"))
    if headlines:
        main = main or unmarked(_by_role(headlines, _MAIN)) or item.text("title") or unmarked(headlines[0].value)
        sub = sub or unmarked(next((one.value for one in headlines if _is_sub(one.role)), ""))
    return main, sub


def _plain(text: str) -> str:
    """A headline without markup and references to characters: those that were taken from a page have them."""
    return plain_line(text) if "&" in text or "<" in text else text


def _parts(item: JsonObject, named: list[str], single: str, many: str, language: str) -> list[_Part]:
    """The texts of members ``single`` with a role, which are among those ``named``, and those of the list ``many``."""
    found: list[_Part] = []
    if item.has(many):
        for one in item.objects(many):
            if value := one.raw("value"):
                kind = one.raw("contenttype", "mimetype").lower()
                found.append(_Part(one.raw("role").lower(), kind, value, one.raw("language", "lang", "xml:lang")))
        spoken = [part.language for part in found]
        if any(spoken):
            found = nearest_of(found, spoken, language)
    if not named:
        return found
    texts = [(name[len(single) :], item.raw(name)) for name in named if name.startswith(single)]
    return [_Part(role, "", value, "") for role, value in texts if value] + found


def _plainly_named(item: JsonObject) -> list[_Part]:
    """A text under a name that no schema of IPTC's has; a word alone, as an address or a media type is, is none."""
    return [_Part("", "", text, "") for name in _BODIES if len((text := item.raw(name)).split()) > 1][:1]


def first_language(item: JsonObject) -> str:
    """The language of the first text that states one, for an item that states none."""
    for name in ("bodies", "headlines", "descriptions"):
        for one in item.objects(name):
            if tag := one.text("language", "lang", "xml:lang"):
                return tag
    return ""


def _by_role(parts: list[_Part], roles: frozenset[str]) -> str:
    return next((part.value for part in parts if part.role.rpartition(":")[2] in roles), "")


def _is_sub(role: str) -> bool:
    return any(word in role for word in _SUB)


def _descriptions(
    item: JsonObject, named: list[str], language: str, best: tuple[str, ...] = _SUMMARIES
) -> tuple[str, tuple[CreditElement, ...]]:
    """The description with the ``best`` role, and those that are credits by their role."""
    parts = _parts(item, named, "description_", "descriptions", language)
    if not parts:
        return _summary(item, parts, best), ()
    roles = credit_roles()
    if roles.keys().isdisjoint([part.role for part in parts]):
        return _summary(item, parts, best), ()
    said = [(roles.get(one.role), unmarked(one.value)) for one in parts]
    credits = [CreditElement(where=where, value=text) for where, text in said if where]
    return _summary(item, [part for part in parts if part.role not in roles], best), tuple(credits)


def _summary(item: JsonObject, parts: list[_Part], best: tuple[str, ...]) -> str:
    if not parts:
        return item.text("description", "abstract", "summary", "definition_long", "definition_short")
    if len(parts) > 1:
        for wanted in best:
            for part in parts:
                if (wanted in part.role) if wanted else not part.role:
                    return unmarked(part.value)
    return unmarked(parts[0].value)


def _nitf(parts: list[_Part], limits: Limits, headline: str) -> Text | None:
    """The first body that is an NITF document; None if there is none."""
    for part in parts:
        if "<nitf" in part.value and (text := written_text(part.value, limits, headline)) and text.nitf:
            return text
    return None


def _body(parts: list[_Part], nitf: Text | None, limits: Limits, headline: str) -> Body:
    """Of several bodies that say the same, none of them HTML: NITF, else plain text."""
    bodies = [(part.kind or part.role, part.value) for part in parts]
    if nitf and nitf.blocks:
        return body_of(nitf.blocks)
    for kind, text in bodies:
        if "xml" not in kind and "nitf" not in kind:
            return body_of_lines(paragraphs_of(text)) if "plain" in kind else any_body(text, limits, headline=headline)
    return any_body(bodies[0][1], limits, headline=headline) if bodies else Body()
