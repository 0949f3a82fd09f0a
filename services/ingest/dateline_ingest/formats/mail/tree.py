"""A mail as a tree of MIME parts, and what one part holds (RFC 5322, MIME: RFC 2045 to 2049, 2183, 2231, 3676).

Mails that programs send about mail (RFC 3834, RFC 3464) hold no copy, whatever they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message as Mail
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value
from typing import Any

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.headers import header, repaired, text_of, unicode_of
from dateline_ingest.formats.mail.table import mail_marks

MOST_PARTS = 200
MOST_BOUNDARIES = 60
DEEPEST = 12
"""Multiparts within one another."""
_WITH_PARAMETERS = frozenset(("content-type", "content-disposition"))
_LONGEST_PARAMETERS = 4_000
"""Characters of a header in which parameters are read; the library copies the rest of it for each of them."""
LONGEST_BOUNDARY = 1_000
"""Characters; RFC 2046, section 5.1.1, allows 70. The library compiles it into a pattern of many times its size."""
_SOFT = re.compile(r"=[ \t]++\r?\n")
"""A soft line break behind which a gateway put space (RFC 2045, section 6.7, rule 3)."""


class _IndexedMail(Mail):
    """A mail whose headers are found by name at once: the library goes through all of them each time."""

    _indexed = 0
    """Headers that are in the index."""
    _index: dict[str, str]

    def get(self, name: str, failobj: Any = None) -> Any:
        """The first header of a name, in any case; raw bytes in it (RFC 6532) are decoded by what they look like."""
        if self._indexed != len(self):
            self._index = {key.lower(): value for key, value in reversed(list(self.raw_items()))}
            self._indexed = len(self)
        name = name.lower()
        found = self._index.get(name) if self._indexed else None
        if found is None:
            return failobj
        return repaired(found[:_LONGEST_PARAMETERS] if name in _WITH_PARAMETERS else found)

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """A parameter of a header; a charset by its name alone, where RFC 2231 adds that name's charset and language.

        The library takes nothing else for a codec.
        """
        value = super().get_param(param, failobj, header, unquote)
        return collapse_rfc2231_value(value) if isinstance(value, tuple) and param == "charset" else value

    def get_boundary(self, failobj: Any = None) -> Any:
        """What stands between the parts; one that is too long is none, and the mail has one part then."""
        found = super().get_boundary()
        return failobj if found is None or len(found) > LONGEST_BOUNDARY else found


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
            f"the mail is no mail as RFC 5322 has it: {error}; have it corrected", format=format
        ) from error
    if count > MOST_PARTS:
        raise Unparseable(f"the mail has more than {MOST_PARTS} parts; have it split", format=format)
    return mail


def headers_alone(text: str) -> Mail:
    """A mail of headers and nothing else. Those that say how its parts are written are left out."""
    read: Mail = BytesHeaderParser(_IndexedMail, policy=policy.compat32).parsebytes(text.encode("utf-8", "replace"))
    mail = _IndexedMail(policy=policy.compat32)
    for name, value in read.raw_items():
        if not name.lower().startswith(("content-", "mime-version")):
            mail[name] = value
    return mail


def _walk(mail: Mail, level: int) -> Iterator[Mail]:
    if level > DEEPEST:
        raise ValueError(f"multiparts lie more than {DEEPEST} deep")
    yield mail
    for part in mail.get_payload() if _has_parts(mail) else ():
        yield from _walk(part, level + 1) if isinstance(part, Mail) else ()


def _has_parts(mail: Mail) -> bool:
    return mail.get_content_maintype() == "multipart" and isinstance(mail.get_payload(), list)


def leaves(mail: Mail) -> Iterator[Mail]:
    """The parts without parts in them, in order."""
    return (part for part in _walk(mail, 0) if not _has_parts(part))


def mail_within(part: Mail) -> bytes:
    """The mail that a part of type message/rfc822 is."""
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Mail):
        try:
            return inner[0].as_bytes(policy=policy.compat32)
        except (UnicodeError, ValueError, LookupError, TypeError, AttributeError):
            return b""
    return bytes_in(part)


def file_name(part: Mail) -> str:
    """The name of the file that a part is; empty if it is none."""
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):
        return ""
    return unicode_of(name)[:200] if name else ""


def bytes_in(part: Mail) -> bytes:
    """A part's content, its transfer encoding decoded."""
    try:
        if str(part.get("content-transfer-encoding", "")).strip().lower() == "quoted-printable":
            part.set_payload(_SOFT.sub("=\n", str(part.get_payload())))
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def text_in(part: Mail) -> str:
    """A part's text, lines as they were meant."""
    text = text_of(bytes_in(part), str(part.get_param("charset") or "")).replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        return unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def unflowed(text: str, *, delsp: bool) -> str:
    """Paragraphs of format=flowed on one line each (RFC 3676 section 4). ``delsp``: the space at a break goes too.

    A line does not flow into one that is quoted otherwise (section 4.5).
    """
    lines: list[str] = []
    soft, depth = False, 0
    for line in text.split("\n"):
        rest = line.lstrip(">")
        quoted = len(line) - len(rest)
        said = rest[1:] if rest.startswith(" ") else rest
        flows = said.endswith(" ") and "-- " not in (said, rest)
        said = said[:-1] if flows and delsp else said
        if soft and quoted == depth and rest != "-- ":
            lines[-1] += said
        else:
            lines.append(f"{'>' * quoted}{' ' * bool(quoted)}{said}" if rest != "-- " else line)
        soft, depth = flows, quoted
    return "\n".join(lines)


def check_copy(mail: Mail) -> None:
    """Refuse a bounce, an automatic answer, a receipt and the like. Raises Unparseable, which says what it is."""
    said: dict[str, str] = {}
    for kind in mail_marks().machines:
        for name in kind.headers:
            if name not in said:
                said[name] = header(mail, name)
        if all(pattern.match(said[name]) for name, pattern in kind.headers.items()):
            shown = next(f"{name}: {said[name]}" for name in kind.headers)
            raise Unparseable(f"the mail is {kind.what}, and no copy ({shown[:100]})")
