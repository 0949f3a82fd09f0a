"""A mail taken apart (RFC 5322, MIME: RFC 2045 to 2049, 2183, 2231): headers, the text in it, what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message as Mail
from email.utils import collapse_rfc2231_value
from typing import Any

from msgspec import Struct

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mailheaders import text_of, unicode_of
from dateline_ingest.formats.tnef import is_tnef, unpacked

MOST_PARTS = 200
MOST_BOUNDARIES = 60
DEEPEST = 12
"""Multiparts within one another."""
_TEXTS = ("text/plain", "text/html", "text/enriched", "text/markdown")


class Attachment(Struct, frozen=True):
    """A file in the mail."""

    name: str
    kind: str
    """Its media type, as the mail says."""
    data: bytes
    content_id: str = ""
    inline: bool = False


class Parts(Struct, frozen=True):
    """What is in the mail, in order."""

    plain: tuple[str, ...]
    """Texts, lines as they were meant: soft breaks of format=flowed are taken back."""
    html: tuple[str, ...]
    attached: tuple[Attachment, ...]
    mails: tuple[bytes, ...]
    """Mails within the mail (``message/rfc822``), as bytes."""


class _IndexedMail(Mail):
    """A mail whose headers are found by name at once: the library goes through all of them each time."""

    _indexed = 0
    """Headers that are in the index."""
    _index: dict[str, tuple[str, str]]

    def get(self, name: str, failobj: Any = None) -> Any:
        """The first header of that name, in any case."""
        if self._indexed != len(self):
            self._index = {key.lower(): (key, value) for key, value in reversed(list(self.raw_items()))}
            self._indexed = len(self)
        found = self._index.get(name.lower()) if self._indexed else None
        return failobj if found is None else self.policy.header_fetch_parse(*found)

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """A parameter of a header; a charset by its name alone, where RFC 2231 adds that name's charset and language.

        The library takes nothing else for a codec.
        """
        value = super().get_param(param, failobj, header, unquote)
        return collapse_rfc2231_value(value) if isinstance(value, tuple) and param == "charset" else value


def open_mail(data: bytes, format: str) -> Mail:
    """The mail's tree. Raises Unparseable for one with too many parts, or nested too deep."""
    if data.lower().count(b"boundary") > MOST_BOUNDARIES:
        raise Unparseable(f"the mail has more than {MOST_BOUNDARIES} multiparts; have it sent simpler", format=format)
    if b"\n" not in data:  # headers are read so, but no text in quoted-printable
        data = data.replace(b"\r", b"\n")
    try:
        mail = message_from_bytes(data.lstrip(), _IndexedMail, policy=policy.compat32)
        count = sum(1 for _ in _walk(mail, 0))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise Unparseable(
            f"the mail is no mail as RFC 5322 has it: {error}; have it sent again", format=format
        ) from error
    if count > MOST_PARTS:
        raise Unparseable(f"the mail has more than {MOST_PARTS} parts; have it split", format=format)
    return mail


def _walk(mail: Mail, level: int) -> Iterator[Mail]:
    if level > DEEPEST:
        raise ValueError(f"multiparts lie more than {DEEPEST} deep")
    yield mail
    inner = mail.get_payload()
    if mail.get_content_maintype() == "multipart" and isinstance(inner, list):
        for part in inner:
            yield from _walk(part, level + 1) if isinstance(part, Mail) else ()


def parts_of(mail: Mail) -> Parts:
    """Texts, attachments and mails within; of alternatives, each text of its kind."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[Attachment] = []
    mails: list[bytes] = []
    for part in _leaves(mail):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            mails.append(_inner(part))
            continue
        name = _file_name(part)
        aside = part.get_content_disposition() == "attachment" or bool(name)
        if kind in _TEXTS and not aside:
            (html if kind == "text/html" else plain).append(_text(part))
        elif part.get_content_maintype() != "multipart":
            attached.append(_attachment(part, name, kind))
    found = Parts(tuple(filter(str.strip, plain)), tuple(filter(str.strip, html)), tuple(attached), tuple(mails))
    return _opened(found) if any(is_tnef(one.kind, one.data) for one in attached) else found


def _opened(parts: Parts) -> Parts:
    """The same with what Outlook packed: its files in place of ``winmail.dat``, its text where there is no other."""
    plain, html, attached = list(parts.plain), list(parts.html), list[Attachment]()
    for one in parts.attached:
        if not is_tnef(one.kind, one.data):
            attached.append(one)
            continue
        packed = unpacked(one.data)
        files = [
            Attachment(file.name[:200], file.kind or "application/octet-stream", file.data, file.content_id[:400])
            for file in packed.files
        ]
        attached += files or [one]
        if not parts.plain and not parts.html:
            plain += [packed.plain] * bool(packed.plain.strip())
            html += [packed.html] * bool(packed.html.strip())
    return Parts(tuple(plain), tuple(html), tuple(attached), parts.mails)


def _leaves(mail: Mail) -> Iterator[Mail]:
    inner = mail.get_payload()
    if mail.get_content_maintype() == "multipart" and isinstance(inner, list):
        for part in inner:
            yield from _leaves(part) if isinstance(part, Mail) else ()
    else:
        yield mail


def _inner(part: Mail) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Mail):
        try:
            return inner[0].as_bytes(policy=policy.compat32)
        except (UnicodeError, ValueError, LookupError, TypeError, AttributeError):
            return b""
    return _bytes(part)


def _file_name(part: Mail) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):
        return ""
    return unicode_of(name)[:200] if name else ""


def _attachment(part: Mail, name: str, kind: str) -> Attachment:
    content_id = str(part.get("content-id") or "").strip().strip("<>")
    inline = part.get_content_disposition() == "inline"
    return Attachment(name, kind, _bytes(part), content_id[:400], inline)


def _bytes(part: Mail) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _text(part: Mail) -> str:
    text = text_of(_bytes(part), str(part.get_param("charset") or "")).replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        return unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def unflowed(text: str, *, delsp: bool) -> str:
    """Paragraphs of format=flowed on one line each (RFC 3676 section 4). ``delsp``: the space at a break goes too."""
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        stuffed = line[1:] if line.startswith(" ") else line
        flows = line.endswith(" ") and line != "-- "
        stuffed = stuffed[:-1] if flows and delsp else stuffed
        if soft and line != "-- ":
            lines[-1] += stuffed
        else:
            lines.append(stuffed if line != "-- " else line)
        soft = flows
    return "\n".join(lines)
