"""A mail's headers in Unicode (RFC 5322, RFC 2047), and the charsets of its texts."""

from __future__ import annotations

import codecs
import re
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message as Mail
from email.utils import parseaddr

from dateline_ingest.formats.charset import charsets, decode_as
from dateline_ingest.formats.charset_evidence import by_evidence
from dateline_ingest.formats.once import once
from dateline_ingest.formats.words import fold

_HEADER = re.compile(rb"[!-9;-~]{1,76}:")
_LONGEST = 20_000
"""Characters of a header that are read."""


def header(mail: Mail, name: str) -> str:
    """A header's value in Unicode (RFC 2047; raw bytes by what they look like), folded; empty if it is not there."""
    value = mail.get(name)
    return "" if value is None else unicode_of(value)


def unicode_of(value: str | Header) -> str:
    """A value with encoded words (RFC 2047) in Unicode, folded."""
    said = str(value)
    try:
        words = decode_header(value if len(said) <= _LONGEST else said[:_LONGEST])
    except (HeaderParseError, ValueError, LookupError):
        return fold(_repaired(said[:_LONGEST]))
    return fold("".join(_decoded_word(word, charset) for word, charset in words))


def _decoded_word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return _repaired(word)
    if charset in (None, "unknown-8bit"):
        return _guessed(word)
    return text_of(word, charset or "")


def _repaired(text: str) -> str:
    """Bytes above ASCII that the parser kept as surrogates, by what they look like."""
    if text.isascii():
        return text
    try:
        return _guessed(text.encode("ascii", "surrogateescape"))
    except UnicodeEncodeError:
        return text


def address(mail: Mail, name: str) -> tuple[str, str]:
    """Name and address of a header such as From; what is missing is empty."""
    said = header(mail, name)
    shown, where = parseaddr(said)
    if "@" not in where:
        return said, ""
    return fold(shown).strip("\"' "), where


def ids(mail: Mail, name: str) -> tuple[str, ...]:
    """Message identifiers in a header, without their angle brackets."""
    return once(re.findall(r"<([^<>\s]{1,400})>", header(mail, name)))


def text_of(data: bytes, charset: str) -> str:
    """By the stated charset if the bytes are in it; else by what they look like."""
    name = charset.strip().strip("\"'").lower()
    if name in ("", "us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1"):
        # Mail programs state these, or nothing, for what is windows-1252 or UTF-8.
        return _guessed(data)
    if not re.fullmatch(charsets().stated, name, re.IGNORECASE) and not name.startswith("iso-2022-"):
        return _guessed(data)
    try:
        return decode_as(data, name)
    except (ValueError, LookupError):
        return _guessed(data)


def _guessed(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-16"
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        found = by_evidence(data)
    return found if found is not None else data.decode("cp1252", "replace")


def begins_like_mail(head: bytes) -> bool:
    """Whether bytes begin with the headers of a mail: all lines are headers, and what only mail has is among them."""
    if not head.startswith(b"From ") and not _HEADER.match(head):
        return False
    lines = re.split(rb"\r\n|\n|\r", head)
    names: set[bytes] = set()
    if lines[0].startswith(b"From ") and b"@" in lines[0]:  # the line that parts mails in an mbox
        lines = lines[1:]
    ended = False
    for at, line in enumerate(lines):
        if not line.strip():
            ended = True
            break
        if line[:1] in (b" ", b"\t") and at:
            continue
        found = _HEADER.match(line)
        if not found:
            if at == len(lines) - 1 and at > 3:
                break
            return False
        names.add(found[0][:-1].lower())
    only = names & {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"x-mailer"}
    known = names & {b"from", b"to", b"subject", b"date", b"content-type", b"sender", b"reply-to"}
    return (bool(only) and len(only | known) >= 2 and (ended or len(head) > 2_000)) or {
        b"from",
        b"date",
        b"to",
    } <= names
