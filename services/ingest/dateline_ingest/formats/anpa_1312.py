"""ANPA 1312, the wire service format of North America (Bulletin 1312, later NAA 89-3).

A message is SYN SYN SOH, service letter and number, US, selectors; a line of priority, category, format, keyword,
version, date and words; STX, text, ETX, who sent it and when. One file may hold several.
"""

from __future__ import annotations

import re

from dateline_ingest.formats.anpa_envelope import Envelope, Trailer, codes, envelope_of, news_day, trailer_of
from dateline_ingest.formats.anpa_typeset import Line, lines_of
from dateline_ingest.formats.body import Block
from dateline_ingest.formats.charset import decoded, stated_charset
from dateline_ingest.formats.dateline import dateline_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Message, bytes_urn, check_count, check_story
from dateline_ingest.formats.sizes import check_lines
from dateline_ingest.formats.textwire import Said, said_in
from dateline_ingest.formats.textwire_table import marks
from dateline_ingest.formats.wirebody import WireBody, cells
from dateline_ingest.formats.wirehead import Head, is_byline
from dateline_ingest.formats.wireids import wire_guid, wire_version
from dateline_schemas.story import CreditElement, Story, Subject

NAME = "anpa-1312"
_FRAME = re.compile(r"\x01([^\x01\x02\x03]*)\x02([^\x01\x03]*)(?:\x03([^\x01]*))?")
_BEGINS = re.compile(rb"[\x00-\x20\x7f\x16]*\x01\s*[A-Za-z]{1,3} ?\d{3,5}(?:\x1f|\s*\r?\n\s*[a-z] [a-z]\s?[\x11-\x14])")
_SHAPED = re.compile(r"(?:BC|AM|PM|AP)-\S|.{3,120},\s*\d{2,5}\s*$")
"""What only a keyword line looks like: a cycle before it, or the number of words after it."""
_KEYWORD = re.compile(r"(?:\*\d+<?\s*)?\^?\s*(?P<slug>.+)")


def begins(head: bytes) -> bool:
    """Whether bytes begin as an ANPA 1312 message does."""
    return _BEGINS.match(head) is not None


def read(message: Message) -> tuple[Story, ...]:
    """The stories of the messages in the bytes, in their order. Raises Unparseable."""
    text = decoded(message.data, stated_charset(message.hint), NAME)
    check_lines(text, message.limits, NAME)
    frames = [found.groups("") for found in _FRAME.finditer(text)]
    if not frames:
        raise Unparseable("no message with SOH, STX and text was found; it is cut off, have it sent again", format=NAME)
    check_count(len(frames), message.limits, NAME)
    alone = len(frames) == 1
    return tuple(
        check_story(
            _story(head, body, tail, bytes_urn(message.data if alone else (head + body).encode())), message.limits, NAME
        )
        for head, body, tail in frames
    )


def _story(header: str, text: str, tail: str, urn: str) -> Story:
    envelope, trailer = envelope_of(header), trailer_of(tail)
    lines = lines_of(text, codes().signs)
    keyword, rest = _keyword(lines, envelope)
    apart, body_lines = _apart(rest)
    body = _body(body_lines)
    said = said_in(keyword, tuple(apart), body.paragraphs, sent=trailer.sent, agency=trailer.sender)
    head, names, left = _head(apart, said, body)
    if left:
        body = WireBody((*(Block(text=line, html="") for line in left), *body.blocks))
    return _built(envelope, trailer, said, head, names, body.without(said.marks), urn)


def _built(envelope: Envelope, trailer: Trailer, said: Said, head: Head, names: str, body: WireBody, urn: str) -> Story:
    table = codes()
    dateline = dateline_of(body.paragraphs[0]) if body.paragraphs else ""
    stated = table.priority.get(envelope.priority.lower())
    urgency = min(stated or 9, said.urgency or 9)
    category = envelope.category.lower()
    provider = table.senders.get(trailer.sender, trailer.sender)
    source = (trailer.sender or envelope.service).lower()
    number = f"{envelope.service}{envelope.number}"
    guid = wire_guid(source, said.name, news_day(envelope, trailer.sent)) or urn
    said_credits = (
        ("provider", provider),
        ("service", envelope.service),
        ("byline", head.byline),
        ("source", names),
        ("dateline", dateline),
    )
    return Story(
        guid=guid,
        version=wire_version(trailer.sent, lead=said.lead, take=said.take, correction=said.corrects, kill=said.killed),
        alt_ids=(Subject(code=number, scheme="anpa1312"),) if number else (),
        take=said.take,
        headline=head.headline,
        subheadline=head.subheadline,
        slugline=said.slug.text,
        byline=head.byline,
        dateline=dateline,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency if urgency < 9 else None,
        pubstatus=said.pubstatus,
        embargo=said.embargo,
        version_created=trailer.sent,
        subjects=(Subject(code=category, scheme="anpa1312", name=table.category.get(category, "")),)
        if category
        else (),
        provider=provider,
        ed_note="\n".join(dict.fromkeys(note for note in (said.ed_note, *head.notes) if note)),
        signals=said.signals,
        credits=(
            *(CreditElement(where=where, value=value) for where, value in said_credits if value),
            *(CreditElement(where="endline", value=line) for line in body.endlines),
        ),
        links=said.links,
    )


def _keyword(lines: list[Line], envelope: Envelope) -> tuple[str, list[Line]]:
    """The keyword line, which the text has in full (the header cuts it at 24 characters), and the lines after it."""
    for at, line in enumerate(lines[:4]):
        if line.kind == "head" and (found := _KEYWORD.fullmatch(line.text)):
            said, short = found["slug"].strip(), envelope.slug
            if not short or _SHAPED.match(said) or _same(said, short):
                return said, lines[at + 1 :]
            break
        if line.kind != "blank":
            break
    return _spaced(envelope.slug), lines


def _same(one: str, other: str) -> bool:
    """Whether the long keyword is the one that the header has cut: letters alike at the start."""
    first = "".join(char for char in one.lower() if char.isalnum())
    second = "".join(char for char in other.split(" ")[0].lower() if char.isalnum())
    return bool(second) and first.startswith(second[:12])


def _spaced(slug: str) -> str:
    """The header's keyword and version, which a space parts, as the text writes them."""
    return ",".join(slug.split(" ", 1))


def _apart(lines: list[Line]) -> tuple[list[str], list[Line]]:
    """The lines set apart before the body, and the rest."""
    out: list[str] = []
    for at, line in enumerate(lines):
        if line.kind == "blank":
            continue
        if line.kind == "more" and out and not any(one.kind == "head" for one in lines[at:]):
            out[-1] += f" {line.text}"
        elif line.kind != "head":
            return out, lines[at:]
        else:
            out.append(line.text)
            if is_byline(line.text):
                return _after_byline(out, lines, at + 1)
    return out, []


def _after_byline(out: list[str], lines: list[Line], at: int) -> tuple[list[str], list[Line]]:
    """The byline ends the head, but for the agency's name under it."""
    if at < len(lines) and lines[at].kind == "head" and codes().agency.fullmatch(lines[at].text):
        return [*out, lines[at].text], lines[at + 1 :]
    return out, lines[at:]


def _head(apart: list[str], said: Said, body: WireBody) -> tuple[Head, str, list[str]]:
    """Headline and the like; the agency named under the byline; and lines that belong to a body which has no other."""
    byline = names = ""
    notes: list[str] = []
    rest: list[str] = []
    for line in apart:
        if line in said.marks:
            continue
        if not byline and is_byline(line):
            byline = line
        elif byline and not names and codes().agency.fullmatch(line):
            names = line
        elif _is_note(line):
            notes.append(line)
        else:
            rest.append(line)
    headline, further = (rest[0], rest[1:]) if rest else ("", [])
    if not body.blocks and further:
        return Head(headline, "", byline, tuple(notes)), names, further
    return Head(headline, " ".join(further), byline, tuple(notes)), names, []


def _is_note(line: str) -> bool:
    if line.startswith("(") and line.endswith(")"):
        return True
    return codes().pictures.fullmatch(line) is not None or marks().note.match(line) is not None


def _body(lines: list[Line]) -> WireBody:
    blocks: list[Block] = []
    group = 0
    for line in lines:
        if line.kind == "row":
            group += not (blocks and blocks[-1].kind == "tr")
            blocks.append(cells(list(line.cells), group))
        elif line.kind == "blank":
            continue
        elif line.kind == "more" and blocks and blocks[-1].kind == "p":
            blocks[-1] = Block(text=f"{blocks[-1].text} {line.text}", html="")
        elif line.kind == "head" and line.centred and any(char.isalnum() for char in line.text):
            blocks.append(Block(text=line.text, html="", kind="h3"))
        else:
            blocks.append(Block(text=line.text, html=""))
    return WireBody(tuple(blocks))
