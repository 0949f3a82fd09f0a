"""ANPA 1312, the wire service format of North America (Bulletin 1312, later NAA 89-3).

A message is SYN SYN SOH, service letter and number, US, selectors; a line of priority, category, format, keyword,
version, date and words; STX, text, ETX, who sent it and when. One file may hold several.
"""

from __future__ import annotations

import re

from dateline_ingest.formats.anpa_1312.envelope import (
    Envelope,
    Trailer,
    codes,
    envelope_of,
    is_description,
    news_day,
    trailer_of,
    without_trailer,
)
from dateline_ingest.formats.anpa_1312.typeset import Line, Typeset
from dateline_ingest.formats.charsets.decoding import decoded, stated_charset
from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Message, bytes_urn, check_count, check_story
from dateline_ingest.formats.once import lines_once
from dateline_ingest.formats.sizes import check_lines
from dateline_ingest.formats.textwire.body import WireBody, body_of_parts
from dateline_ingest.formats.textwire.conventions import said_in
from dateline_ingest.formats.textwire.evened import wire_lines
from dateline_ingest.formats.textwire.head import Head, is_byline
from dateline_ingest.formats.textwire.ids import story_name, wire_guid, wire_version
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_kernel.remembering import remembered_word
from dateline_schemas.story import Story, Subject

NAME = "anpa-1312"
_ADDRESS = rb"[A-Za-z]{1,3} ?\d{3,5}[A-Z]{0,8}"
_DESCRIBED = rb"\s*[\r\n]\s*[a-z] [a-z]\s?[\x11-\x14]"
_BEGINS = re.compile(
    rb"[\x00-\x20\x7f]*+(?:ZCZC[^\x00-\x1f]{0,60}[\x00-\x20\x7f]*+)?(?:(?<=\x01)%b\x1f|%b(?:\x1f[^\r\n]{0,80})?%b)"
    % (_ADDRESS, _ADDRESS, _DESCRIBED)
)
"""With SOH; or the line under the first one is a header's, too: carriers may have taken SOH away."""
_SHAPED = re.compile(r"(?:BC|AM|PM|AP)-\S|(?!.*\s\d{1,2},\s*20\d\d\s*$).{3,120},\s*\d{2,5}\s*$")
"""What only a keyword line looks like: a cycle before it, or the number of words after it, which is no date's year."""
_KEYWORD = re.compile(r"(?:\*\d+<?\s*)?\^?\s*(?P<slug>.+?)(?:\s0\d{3})?")
"""Without the number of words where no comma parts it, as UPI has it."""
_MOST_APART = 100
"""Lines among which the head ends."""
_MOST_LINES = 4
"""Lines that a headline can have."""
_LONGEST_NAME = 6
"""Words that a paper's name can have."""
_SMALL = frozenset(("and", "of", "the", "for", "in", "&"))
_LONGEST_APART = 1000
"""Characters up to which a line of the head can go on in the next one."""


def begins(head: bytes) -> bool:
    """Whether bytes begin as an ANPA 1312 message does."""
    return _BEGINS.match(head) is not None


def read(message: Message) -> tuple[Story, ...]:
    """The stories of the messages in the bytes, in their order. Raises Unparseable."""
    text = wire_lines(decoded(message.data, stated_charset(message.hint), NAME))
    check_lines(text, message.limits, NAME)
    frames = _frames(text)
    if not frames:
        raise Unparseable("no message with SOH, STX and text was found; it is cut off, have it sent again", format=NAME)
    check_count(len(frames), message.limits, NAME)
    return tuple(check_story(_story(frame, message, len(frames)), message.limits, NAME) for frame in frames)


def _frames(text: str) -> list[tuple[str, str, str]]:
    """Header, text and trailer of each message."""
    found = []
    for part in text.split("\x01")[1:] if "\x01" in text else filter(str.strip, text.split("\x04")):
        head, begun, rest = part.partition("\x02")
        if begun:
            head, above = _two_lines(head, below=True)
            rest = above + rest
        else:
            head, rest = _two_lines(part)
        if rest and "\x03" not in head:
            body, ended, tail = rest.partition("\x03")
            found.append((head, body, tail) if ended else (head, *without_trailer(rest)))
    return found


def _two_lines(part: str, *, below: bool = False) -> tuple[str, str]:
    """Header and text of a message without STX: the header has two lines.

    With one, some write the head of the text before it: then ``below`` asks for what is left of the header.
    """
    first, _, rest = part.lstrip().partition("\n")
    second, _, text = rest.lstrip("\n").partition("\n")
    if below and not text.strip():
        return part, ""
    return f"{first}\n{second}", text if is_description(second) else "\n".join((second, text)) if below else ""


def _story(frame: tuple[str, str, str], message: Message, messages: int) -> Story:
    envelope, text, trailer = envelope_of(frame[0]), Typeset(frame[1], codes().signs), trailer_of(frame[2])
    keyword, start = _keyword(text, envelope)
    apart, start = _apart(text, start)
    body = body_of_parts(text.parts(start))
    said = said_in(keyword, tuple(apart), body.paragraphs, sent=trailer.sent, agency=trailer.sender)
    head, names, left = _head(apart, said, bool(body.paragraphs))
    if left:
        body = WireBody(tuple(left))
    source = (trailer.sender or envelope.service).lower()
    day = news_day(envelope, trailer)
    name = story_name(said.slug.name, head.headline, said.names) or f"{envelope.service}{envelope.number}"
    guid = wire_guid(source, name, day)
    if not guid:
        guid = bytes_urn(message.data if messages == 1 else "".join(frame[:2]).encode())
    return _built(envelope, trailer, said, head, names, body.without(said.marks), guid)


def _built(
    envelope: Envelope, trailer: Trailer, said: Said, head: Head, names: str, body: WireBody, guid: str
) -> Story:
    table = codes()
    dateline = dateline_of(body.paragraphs[0]) if body.paragraphs else ""
    urgency = min(table.priority.get(envelope.priority.lower()) or 9, said.urgency or 9)
    category = envelope.category.lower()
    provider = table.senders.get(trailer.sender, trailer.sender)
    number = f"{envelope.service}{envelope.number}"
    stated = (
        ("provider", provider),
        ("service", envelope.service),
        ("service", envelope.selector),
        ("byline", head.byline),
        ("source", names),
        ("dateline", dateline),
        *[("endline", line) for line in body.endlines],
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
        ed_note=lines_once((said.ed_note, *head.notes)),
        signals=said.signals,
        credits=credited(stated),
        links=said.links,
    )


def _keyword(text: Typeset, envelope: Envelope) -> tuple[str, int]:
    """The keyword line, which the text has in full (the header cuts it at 24 characters), and the line after it."""
    for at in range(min(4, len(text.lines))):
        line = text.line(at)
        if line.kind == "head" and (found := _KEYWORD.fullmatch(line.text)):
            said, short = found["slug"].strip(), envelope.slug
            if not short or _SHAPED.match(said) or _same(said, short):
                return _versioned(said, short), at + 1
            break
        if line.kind == "more" and line.text == envelope.slug:
            return line.text, at + 1
        if line.kind != "blank":
            break
    return _spaced(envelope.slug), 0


def _versioned(said: str, short: str) -> str:
    """The keyword, with a comma before its version where the header has that behind a space and the text does, too."""
    version = short.partition(" ")[2].lower()
    at = said.lower().find(f" {version}") if version and "," not in said else -1
    return said if at < 0 else f"{said[:at]},{said[at + 1 :]}"


def _same(one: str, other: str) -> bool:
    """Whether the long keyword is the one that the header has cut: letters alike at the start."""
    first = "".join(char for char in one.lower() if char.isalnum())
    second = "".join(char for char in other.split(" ")[0].lower() if char.isalnum())
    return bool(second) and first.startswith(second[:12])


def _spaced(slug: str) -> str:
    """The header's keyword and version, which a space parts, as the text writes them."""
    return ",".join(slug.split(" ", 1))


def _apart(text: Typeset, start: int) -> tuple[list[str], int]:
    """The lines set apart before the body, and where the body begins.

    A line of them that no sign ends goes on in the next one.
    """
    out, start = _up_to_plus(text, start)
    goes_on = False
    end = min(len(text.lines), start + _MOST_APART)
    for at in range(start, end):
        line = text.line(at)
        if line.kind == "head":
            out.append(line.text)
            if is_byline(line.text):
                return _after_byline(out, text, at + 1)
        elif line.kind == "more" and goes_on:
            out[-1] += f" {line.text}"
        elif line.kind != "blank":
            return out, at
        goes_on = line.kind != "blank" and not line.ended and len(out[-1]) < _LONGEST_APART
    return out, end


def _up_to_plus(text: Typeset, start: int) -> tuple[list[str], int]:
    """The headline where a plus sign ends it, as with Kyodo; and the line after it."""
    lines = text.lines[start : start + _MOST_LINES]
    last = next((at for at, raw in enumerate(lines) if raw.rstrip().endswith("+")), None)
    if last is None or any(text.line(start + at).kind != "more" for at in range(last + 1)):
        return [], start
    return [" ".join(text.line(start + at).text for at in range(last + 1)).rstrip("+ ")], start + last + 1


def _after_byline(out: list[str], text: Typeset, at: int) -> tuple[list[str], int]:
    """The byline ends the head, but for the agency's name under it."""
    if at < len(text.lines):
        line = text.line(at)
        if line.kind == "head" and (codes().agency.fullmatch(line.text) or _is_paper(line, text, at + 1)):
            return [*out, line.text], at + 1
    return out, at


def _is_paper(line: Line, text: Typeset, after: int) -> bool:
    """Whether a line under the byline, right before the text, is what the writer's paper or agency is called."""
    following = next((one for at in range(after, len(text.lines)) if (one := text.line(at)).kind != "blank"), None)
    words = line.text.split()
    titled = len(words) <= _LONGEST_NAME and all(word[:1].isupper() or word in _SMALL for word in words)
    return line.ended and titled and following is not None and following.kind == "text"


def _head(apart: list[str], said: Said, has_body: bool) -> tuple[Head, str, list[str]]:
    """Headline and the like; the agency named under the byline; and lines that belong to a body which has no other."""
    byline = names = ""
    notes: list[str] = []
    rest: list[str] = []
    for line in apart:
        if line in said.marks:
            continue
        if not byline and is_byline(line):
            byline = line
        elif byline and not names:  # it ends the head, so no other line stands behind it
            names = line
        elif _is_note(line):
            notes.append(line)
        else:
            rest.append(line)
    headline, further = (rest[0], rest[1:]) if rest else ("", [])
    if not has_body and further:
        return Head(headline, "", byline, tuple(notes)), names, further
    return Head(headline, " ".join(further), byline, tuple(notes)), names, []


@remembered_word
def _is_note(line: str) -> bool:
    if line.startswith("(") and line.endswith(")"):
        return True
    return codes().pictures.fullmatch(line) is not None or marks().note.begins(line) is not None
