"""SportsML 2 and 3: results, standings and schedules, told as lines and tables; alone, or inside NewsML-G2 (IPTC).

Figures are attributes there. Told are those that a reader looks for first: who played, the score, the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from dateline_ingest.formats.credited import first_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Found, Limits, Message, bytes_urn, check_count, check_story
from dateline_ingest.formats.nitf.body import Nitf
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, children, local, local_of, read_elements
from dateline_ingest.instants import instant, rfc3339
from dateline_schemas.story import CreditElement, Story, Subject

NAME = "sportsml"
ROOTS = frozenset(("sports-content", "sports-content-set"))
_CONTENT = "sports-content"
_COMPETITORS = ("team", "player", "group")
_PARTIES = {"publisher": "publisher", "distributor": "provider"}
"""Kinds of codes that say where a document comes from -> ``CreditElement.where``."""
_CODED = {"team": "organisations", "organization": "organisations", "player": "people", "person": "people"}
_GENRES = ("fixture-key", "document-class")
_FIGURES = ("events-played", "wins", "ties", "losses", "losses-overtime", "points", "standing-points")
"""Columns of a standing, as ``outcome-totals`` and the ``-stats`` around it name them."""


def is_sportsml(element: Element) -> bool:
    """Whether this is a document of SportsML."""
    return local(element) == _CONTENT


def read(message: Message) -> tuple[Found, ...]:
    """Every document of the message. Raises Unparseable."""
    elements = read_elements(message, NAME)  # held while they are read
    root = elements[0]
    documents = [root] if is_sportsml(root) else list(root.iterchildren(f"{{*}}{_CONTENT}"))
    check_count(len(documents), message.limits, NAME)
    if not documents:
        raise Unparseable("the message holds no sports-content; nothing to take in", format=NAME)
    return each_read(documents, lambda one: check_story(_story(one, message.limits), message.limits, NAME))


def _story(document: Element, limits: Limits) -> Story:
    meta = next(document.iterchildren("{*}sports-metadata"), None)
    about = etree.Element("none") if meta is None else meta
    headline = fold(about.findtext("{*}sports-title") or "")
    codes = list(about.iter("{*}sports-content-code"))
    articles = _articles(document)
    credits = stated(document)
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, headline=headline)
    writer.add(told(document))
    body = writer.body()
    created = instant(about.get("date-time", ""))
    revision = fold(about.get("revision-id", ""))
    genres = [Subject(code=text) for name in _GENRES if (text := fold(about.get(name, "")))]
    return Story(
        guid=fold(about.get("doc-id", "")) or bytes_urn(etree.tostring(document, with_tail=False)),
        version=rfc3339(created),
        alt_ids=(Subject(scheme="revision-id", code=revision),) if revision else (),
        language=about.get("language", "").strip(),
        headline=headline,
        slugline=fold(about.get("slug", "")),
        byline=", ".join(dict.fromkeys(line for one in articles for line in one.bylines)),
        dateline=first_of(credits, "dateline"),
        paragraphs=body.paragraphs,
        body_html=body.html,
        version_created=created,
        subjects=_concepts(codes, "subjects"),
        people=_concepts(codes, "people"),
        organisations=_concepts(codes, "organisations"),
        genres=once(genres),
        provider=first_of(credits, "provider"),
        ed_note="\n".join(text for one in about.iter("{*}advisory") if (text := fold("".join(one.itertext())))),
        credits=credits,
    )


def stated(document: Element) -> tuple[CreditElement, ...]:
    """Who publishes and distributes a document, by its codes; then what its articles say of their origin."""
    codes = document.iterfind("{*}sports-metadata//{*}sports-content-code")
    named = (
        (_PARTIES.get(_kind(code), ""), fold(code.get("code-name") or code.get("code-key") or "")) for code in codes
    )
    found = [CreditElement(where=where, value=name) for where, name in named if where and name]
    return once([*found, *(credit for one in _articles(document) for credit in one.credits)])


def _articles(document: Element) -> list[Nitf]:
    return [Nitf(one) for one in document.iterfind("{*}article/{*}nitf")]


def _concepts(codes: list[Element], bucket: str) -> tuple[Subject, ...]:
    """Codes of things that belong here: their key, with the kind of thing as scheme, and their name."""
    found = []
    for code in codes:
        kind, key, name = _kind(code), fold(code.get("code-key", "")), fold(code.get("code-name", ""))
        if kind not in _PARTIES and _CODED.get(kind, "subjects") == bucket and (key or name):
            found.append(Subject(scheme=kind, code=key, name="" if name == key else name))
    return once(found)


def _kind(code: Element) -> str:
    stated: str = code.get("code-type", "")
    return stated.rpartition(":")[2].lower()


def told(document: Element) -> Element:
    """A document as XHTML: each article as it is, each event in a line with those who took part, each standing a table.

    One of which nothing is told so is given back as it is.
    """
    body = etree.Element("body")
    for part in list(document.iter("{*}article", "{*}sports-event", "{*}standing")):
        name = local(part)
        if name == "article":
            body.extend(list(part.iter("{*}body.content")))
        elif name == "standing":
            _tell_standing(part, body)
        else:
            _tell_event(part, body)
    return body if len(body) else document


def _tell_event(event: Element, body: Element) -> None:
    meta = next(event.iterchildren("{*}event-metadata"), None)
    sides = [one for one in children(event) if local_of(one.tag) in _COMPETITORS]
    line = ", ".join(text for side in sides if (text := f"{_name(side)} {_score(side)}".strip()))
    at = [] if meta is None else [meta.get("start-date-time", ""), *map(_name, meta.iter("{*}site"))]
    when = ", ".join(filter(None, at))
    if line or when:
        etree.SubElement(body, "p").text = f"{line} ({when})" if line and when else line or when
    for side in sides:
        players = [text for player in side.iter("{*}player") if player is not side and (text := _name(player))]
        if players:
            etree.SubElement(body, "p").text = f"{_name(side)}: {', '.join(players)}"


def _tell_standing(standing: Element, body: Element) -> None:
    rows = [(side, dict(_figures(side))) for side in children(standing) if local_of(side.tag) in _COMPETITORS]
    columns = [name for name in _FIGURES if any(name in figures for _, figures in rows)]
    if label := fold(standing.get("content-label", "")):
        etree.SubElement(body, "h2").text = label
    if not rows:
        return
    table = etree.SubElement(body, "table")
    _row(table, "th", ["", *columns])
    for side, figures in rows:
        _row(table, "td", [_name(side), *(figures.get(name, "") for name in columns)])


def _row(table: Element, tag: str, cells: list[str]) -> None:
    row = etree.SubElement(table, "tr")
    for cell in cells:
        etree.SubElement(row, tag).text = cell


def _figures(side: Element) -> Iterator[tuple[str, str]]:
    for stats in side.iterchildren(*(f"{{*}}{kind}-stats" for kind in _COMPETITORS)):
        for element in (stats, *stats.iterchildren("{*}outcome-totals")):
            yield from ((name, value) for name in _FIGURES if (value := fold(element.get(name, ""))))


def _name(side: Element) -> str:
    """What a competitor or a site is called in full, else in the parts of its name."""
    meta = next((one for one in children(side) if local_of(one.tag).endswith("-metadata")), None)
    names = [] if meta is None else list(meta.iterchildren("{*}name"))
    full = next((one for one in names if one.get("role", "").endswith("full") or one.get("full")), None)
    if full is not None:
        return fold(full.get("full") or "".join(full.itertext()))
    return fold(" ".join(_name_parts(names)))


def _name_parts(names: list[Element]) -> Iterator[str]:
    for one in names:
        yield from filter(None, (one.get("first"), one.get("last"))) if one.get("last") else ["".join(one.itertext())]


def _score(side: Element) -> str:
    stats = (one for one in children(side) if local_of(one.tag).endswith("-stats"))
    return next((score for one in stats if (score := fold(one.get("score", "")))), "")
