"""A mail's headers in Unicode (RFC 5322, RFC 2047), and the charsets of its texts."""

from __future__ import annotations

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mail
from email.utils import getaddresses, parseaddr
from itertools import takewhile

from dateline_ingest.formats.charsets.decoding import charsets, decode_as
from dateline_ingest.formats.charsets.evidence import by_evidence
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import fold

_HEADER = re.compile(rb"[!-9;-~]{1,76}:")
_LONGEST = 20_000
"""Characters of a header that are read."""
_MOST_ADDRESSES = 20
_ESCAPED = re.compile("[\udc80-\udcff]")
"""Bytes that are not UTF-8, in a text that was decoded as that all the same."""
_BROKEN = 0.4
"""Largest share of broken characters beyond ASCII in a text that is still read as UTF-8."""


def header(mail: Mail, name: str) -> str:
    """A header's value in Unicode (RFC 2047; raw bytes by what they look like), folded; empty if it is not there."""
    value = mail.get(name)
    return "" if value is None else unicode_of(value)


def unicode_of(value: str) -> str:
    """A value with encoded words (RFC 2047) in Unicode, folded."""
    value = value[:_LONGEST]
    try:
        words = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        return fold(repaired(value))
    return fold("".join(_decoded_word(word, charset) for word, charset in words))


def _decoded_word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return repaired(word)
    if charset in (None, "unknown-8bit"):
        return _guessed(word)
    return text_of(word, charset or "")


def repaired(text: str) -> str:
    """A text in which the parser kept bytes beyond ASCII as surrogates: decoded by what they look like."""
    if text.isascii():
        return text
    try:
        return _guessed(text.encode("ascii", "surrogateescape"))
    except UnicodeEncodeError:
        return text


def address(mail: Mail, name: str) -> tuple[str, str]:
    """Name and address of the first one in a header such as From; what is missing is empty."""
    return next(iter(addresses(mail, name)), ("", ""))


def addresses(mail: Mail, name: str) -> tuple[tuple[str, str], ...]:
    """Each name and address in a header such as From; a name alone where there is no address.

    They are told apart before encoded words are decoded, in which there may be commas (RFC 2047, section 5).
    """
    value = mail.get(name)
    raw = "" if value is None else repaired(str(value))[:_LONGEST]
    found = [(unicode_of(shown).strip("\"' "), where) for shown, where in getaddresses([raw]) if "@" in where]
    if not found:
        said = header(mail, name)
        shown, where = parseaddr(said)
        found = [(fold(shown).strip("\"' "), where) if "@" in where else (said, "")] if said else []
    return once(found[:_MOST_ADDRESSES])


def ids(mail: Mail, name: str) -> tuple[str, ...]:
    """Message identifiers in a header, without their angle brackets."""
    return once(re.findall(r"<([^<>\s]{1,400})>", header(mail, name)))


def text_of(data: bytes, charset: str) -> str:
    """The text of bytes: by the stated charset if they are valid in it, else by what they look like."""
    name = charset.strip().strip("\"'").partition("*")[0].lower()  # RFC 2231, section 5: its language behind it
    if name in ("", "us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1"):
        # Mail programs state these, or nothing, for what is windows-1252 or UTF-8.
        return _guessed(data)
    if not re.fullmatch(charsets().stated, name, re.IGNORECASE) and not name.startswith("iso-2022-"):
        return _guessed(data)
    if name.startswith("utf-16") and b"\0" not in data:
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
        found = _mostly_utf8(data) or by_evidence(data)
    return found if found is not None else data.decode("cp1252", "replace")


def _mostly_utf8(data: bytes) -> str | None:
    """The text of UTF-8 with pieces of windows-1252 in it; None if it is not that."""
    text = data.decode("utf-8", "surrogateescape")
    broken = len(_ESCAPED.findall(text))
    if broken > _BROKEN * (len(text) - len(text.encode("ascii", "ignore"))):
        return None
    return _ESCAPED.sub(lambda byte: bytes((ord(byte[0]) - 0xDC00,)).decode("cp1252", "replace"), text)


def begins_like_mail(head: bytes) -> bool:
    """Whether bytes begin with the headers of a mail: all lines are headers, and what only mail has is among them."""
    if not head.startswith(b"From ") and not _HEADER.match(head):
        return False
    lines = re.split(rb"\r\n|\n|\r", head)
    names: set[bytes] = set()
    if lines[0].startswith(b"From ") and b"@" in lines[0]:  # the line that parts mails in an mbox
        lines = lines[1:]
    block = list(takewhile(bytes.strip, lines))
    ended = len(block) < len(lines)
    if not ended and len(block) > 4 and not _HEADER.match(block[-1]):  # it is cut
        block.pop()
    for at, line in enumerate(block):
        if line[:1] in (b" ", b"\t") and at:
            continue
        found = _HEADER.match(line)
        if not found:
            return False
        names.add(found[0][:-1].lower())
    only = names & {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"x-mailer"}
    known = names & {b"from", b"to", b"subject", b"date", b"content-type", b"sender", b"reply-to"}
    whole = bool(only) and len(only | known) >= 2 and (ended or len(head) > 2_000)
    return whole or {b"from", b"date", b"to"} <= names
