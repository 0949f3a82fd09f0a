"""IPTC 7901, the text transmission format of agencies in Europe and elsewhere (revision 5, 1995).

A message is SOH, header, keyword line, STX, headline and text, ETX, date and time. Carriers that strip control
characters leave the header line and the rest as it was: that is read too.
"""

from __future__ import annotations

import re
from datetime import datetime

from msgspec.structs import replace

from dateline_ingest.formats.charsets.decoding import decoded, stated_charset
from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.iptc_7901.frames import HEAD_LINES, frames_of
from dateline_ingest.formats.iptc_7901.header import Header, header_of, sent_at, table
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.message import Found, Message, bytes_urn, check_count, check_story
from dateline_ingest.formats.once import lines_once
from dateline_ingest.formats.sizes import check_lines
from dateline_ingest.formats.textwire.body import WireBody, body_of_text
from dateline_ingest.formats.textwire.closing import with_closing_apart
from dateline_ingest.formats.textwire.conventions import said_in
from dateline_ingest.formats.textwire.embargo import may_state
from dateline_ingest.formats.textwire.evened import wire_lines
from dateline_ingest.formats.textwire.head import Head, bracketed, head_of, is_byline
from dateline_ingest.formats.textwire.ids import story_name, wire_guid, wire_version
from dateline_ingest.formats.textwire.notebook import Notebook, read_notebook
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.values.dateline import agency_in, dateline_by, dateline_of
from dateline_ingest.formats.values.words import fold
from dateline_schemas.story import CreditElement, Link, Story, Subject

NAME = "iptc-7901"
_BEFORE = rb"[\x00-\x20\x7f]*(?:ZCZC[\x00-\x20\x7f]+)?"
_BEGINS = re.compile(_BEFORE + rb"\x01\s*[A-Za-z]{2,6}[ -]?\d{2,5}[ \t]+[1-9][ \t]+[A-Za-z]{1,4}[ \t]")
_BEGINS_BARE = re.compile(
    _BEFORE + rb"[A-Za-z]{2,6}\d{3,5} [1-9] [A-Za-z]{1,4} \d{1,5}(?: [^\r\n]{0,120})?(?:[\r\n]|$)"
)
_STATED_ID = re.compile(r"\d+(?:-\d+){2,}(?:#\d+)?")


def begins(head: bytes) -> bool:
    """Whether bytes begin as a 7901 message does, its control characters there or stripped."""
    return (_BEGINS if b"\x01" in head else _BEGINS_BARE).match(head) is not None


def read(message: Message) -> tuple[Found, ...]:
    """The stories of the messages in the bytes, in their order. Raises Unparseable."""
    text = wire_lines(decoded(message.data, stated_charset(message.hint), NAME))
    if " \n" in text or "\t\n" in text:  # some carriers fill up lines
        text = "\n".join([line.rstrip(" \t") for line in text.split("\n")])
    check_lines(text, message.limits, NAME)
    frames = frames_of(text)
    if not frames:
        raise Unparseable(
            "no header (source and number, priority, category, words) was found; have it corrected", format=NAME
        )
    check_count(len(frames), message.limits, NAME)
    return each_read(frames, lambda frame: check_story(_story(frame, message, len(frames)), message.limits, NAME))


def _story(frame: tuple[str, str, str], message: Message, messages: int) -> Story:
    head, text, tail = frame
    header, keyword, above = header_of(head)
    agency = header.agency or header.source
    sent = sent_at(tail, agency)
    lines, rest = _headed(text)
    lines = [*above, *lines]
    rest, notebook = _notebook(rest, agency)
    body = body_of_text(with_closing_apart(rest))
    if len(body.paragraphs) > 1 and is_byline(body.paragraphs[0]):
        lines.append(body.paragraphs[0].rstrip(" ="))
        body = body.without(frozenset(body.paragraphs[:1]))
    notes = tuple(notebook.note.splitlines())
    said = said_in(keyword, tuple(lines), body.paragraphs, sent=sent, agency=agency, notes=notes)
    if said.killed and header.category.lower() in table().notices:
        said = replace(said, pubstatus="usable", signals=("sig:advisory",), ed_note="")
    body = body.without(said.marks)
    first = head_of(tuple(lines), said.marks, wrapped=True)
    if notebook.closing:
        body = body.with_line(notebook.closing)
    guid, version = _identity(header, said, first, sent)
    if not guid:
        guid = bytes_urn(message.data if messages == 1 else (head + text).encode())
    version = version or wire_version(
        sent, lead=said.lead, take=said.take, correction=said.corrects or bool(header.corrects), kill=said.killed
    )
    return _built(header, said, first, body, notebook, sent, (guid, version))


def _built(
    header: Header,
    said: Said,
    head: Head,
    body: WireBody,
    notebook: Notebook,
    sent: datetime | None,
    identity: tuple[str, str],
) -> Story:
    dateline = _dateline(body.paragraphs, header.agency)
    corrects = said.corrects or bool(header.corrects)
    signals = said.signals if said.corrects or not corrects else (*said.signals, "sig:correction")
    replaced = [Link(href="", rel="replaces", title=header.corrects)] if header.corrects else []
    return Story(
        guid=identity[0],
        version=identity[1],
        alt_ids=_alt_ids(header),
        take=said.take,
        language=header.language,
        headline=head.headline,
        subheadline=head.subheadline,
        slugline=said.slug.text,
        byline=head.byline,
        dateline=dateline,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=header.priority,
        pubstatus=said.pubstatus,
        embargo=said.embargo,
        version_created=sent,
        subjects=(Subject(code=header.category, scheme="iptc7901"),),
        keywords=tuple([part for raw in said.slug.name.split("/") if (part := raw.strip())]),
        provider=header.agency,
        ed_note=lines_once((said.ed_note, *head.notes, notebook.note)),
        signals=signals,
        credits=_credits(header, head, dateline, body, notebook),
        links=(*said.links, *replaced, *notebook.links),
    )


def _dateline(paragraphs: tuple[str, ...], agency: str) -> str:
    """That of the first paragraph, or of the second where the first one is a summary, as with dpa."""
    for at, text in enumerate(paragraphs[:2]):
        if (found := dateline_of(text) or dateline_by(text, agency)) and (not at or agency_in(found)):
            return found
    return ""


def _identity(header: Header, said: Said, head: Head, sent: datetime | None) -> tuple[str, str]:
    """Identifier and, where the message states one, version."""
    agency = header.agency or header.source
    if _STATED_ID.fullmatch(header.id):
        stated, _, version = header.id.partition("#")
        return f"urn:dateline:wire:{agency.lower()}:{stated}", version
    name = story_name(said.slug.name, head.headline, said.names, titled=said.titled, by_headline=header.headline_names)
    day = sent.date() if sent else None
    return wire_guid(header.source, name, day) or wire_guid(header.source, header.number, day), ""


def _alt_ids(header: Header) -> tuple[Subject, ...]:
    found = [Subject(code=f"{header.source}{header.number}", scheme="iptc7901")]
    if header.id and header.id.strip("."):
        found.append(Subject(code=header.id, scheme=header.sign.lower()))
    return tuple(found)


def _credits(
    header: Header, head: Head, dateline: str, body: WireBody, notebook: Notebook
) -> tuple[CreditElement, ...]:
    stated = (
        ("service", header.source),
        ("service", header.sign if header.sign != header.agency else ""),
        ("provider", header.agency),
        ("byline", head.byline),
        ("dateline", dateline),
    )
    return (*credited(stated), *notebook.credits, *credited([("endline", line) for line in body.endlines]))


def _ends_head(line: str) -> bool:
    """Whether a line ends a head: a blank one, or one that an agency's dateline opens."""
    return not line.strip() or _is_dated(line)


def _is_dated(line: str) -> bool:
    return bool(agency_in(dateline_of(line.strip())))


def _is_about(line: str) -> bool:
    """Whether a line over the headline is for editors: in brackets, or about an embargo."""
    return line.startswith("(") or may_state(line)


def _headed(text: str) -> tuple[list[str], str]:
    """The lines of the head, which ends with ``=`` (section 5) else before a blank line or a dateline; and the text."""
    raw = text.lstrip("\r\n").splitlines()
    signed = [at for at, line in enumerate(raw[:HEAD_LINES]) if line.rstrip().endswith("=")]
    if signed:
        body = next((at for at, line in enumerate(raw) if at > signed[0] and _is_dated(line)), len(raw))
        end = 1 + next((at for at in signed if at < body and not raw[at].lstrip("= ").startswith("(")), signed[0])
        return bracketed([folded for one in raw[:end] if (folded := fold(one).strip("= "))]), "\n".join(raw[end:])
    named = next((at for at, line in enumerate(raw) if line.strip() and not _is_about(line.strip())), 0)
    end = next((at for at, line in enumerate(raw) if at > named and _ends_head(line)), 1 if len(raw) > 1 else 0)
    if end > 6 or (raw and (dateline_of(raw[0].strip()) or len(raw[0]) > 160)):
        return [], "\n".join(raw)
    return bracketed([folded for one in raw[:end] if (folded := fold(one))]), "\n".join(raw[end:])


def _notebook(text: str, agency: str) -> tuple[str, Notebook]:
    starts = [at for at in (text.find("\n#"), text.find("\n*")) if at >= 0]
    found = table().notes.search(text, 0 if text[:1] in ("#", "*") else min(starts)) if starts else None
    if found is None:
        return text, Notebook()
    return text[: found.start()], read_notebook(text[found.start() :], makers=table().makers, agency=agency)
