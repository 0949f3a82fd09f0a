"""Tells a message's format by its content; the hint decides only if the content could be two things.

Files that are no messages are refused, with what to send instead (tables/unread.toml).
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.charsets.utf16 import as_utf8
from dateline_ingest.formats.documents.office import ZIP, office_kind
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.outlook import SIGN
from dateline_ingest.formats.message import Message
from dateline_ingest.formats.registry import (
    BY_BEGINNING,
    BY_CARRIED,
    BY_FILE,
    BY_JSON,
    BY_NAME,
    BY_ROOT,
    Format,
    format_names,
    hinted_format,
)
from dateline_ingest.formats.textwire.evened import FILLERS
from dateline_ingest.formats.values.words import listed
from dateline_ingest.formats.xml.prolog import prolog_of
from dateline_ingest.tables import read_table

_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_HTML_TAGS = frozenset(
    listed(
        "html head body div article section main header p h1 h2 h3 h4 span a ul ol table meta link title script style "
        "figure blockquote b i strong em br img nav center font"
    )
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FILLERS = FILLERS.encode() + b" \t\r\n\x0b\x0c"
_HEAD = 4096
_DECLARATION = b"<?xml "
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)
_CARRIED = re.compile(rb"<(?:[\w.-]+:)?(%b)[\s/>]" % "|".join(sorted(BY_CARRIED)).encode())
"""The root of a message that stands in other XML, which has no name of its own: an envelope of SOAP, a wrapper."""
_READABLE = frozenset(("html", "text"))
_ENDS = (b"\n", b"\r", b">")


def detect(message: Message) -> Format:
    """The format of a message. Raises Unparseable for an empty one, a binary one, and XML that no format claims."""
    data, limits = message.data, message.limits
    if len(data) > limits.bytes:
        reason = f"the message has {len(data)} bytes, more than {limits.bytes}; have it split"
        raise Unparseable(reason)
    if is_file(data):
        for row in BY_FILE:
            if row.is_file and row.is_file(data):
                return row
        if unread := why_unread(data):
            raise Unparseable(f"it is {unread}")
    data = as_utf8(data, "")
    head = data[:_HEAD].lstrip(_FILLERS)
    if not head and not data.strip():
        raise Unparseable("the message is empty; have it sent again")
    hinted = hinted_format(message.hint) if message.hint else None
    if head.startswith(b"<"):
        return _markup(data, hinted)
    if _JSON.match(head) and not (hinted and hinted.name == "text"):
        return next((row for row in BY_JSON if row.is_json and row.is_json(data)), BY_NAME["ninjs"])
    for row in BY_BEGINNING:
        if row.begins and row.begins(head):
            return row
    return _unmarked(head, hinted, message.hint)


def _unmarked(head: bytes, hinted: Format | None, hint: str) -> Format:
    """The format of a message that begins with no mark: text, or what it is said to be, if that needs none."""
    if hinted and head[:1] in (b"{", b"[") and (hinted.is_json or hinted.name == "ninjs"):
        return hinted  # its reader says where the JSON is broken
    if control := _CONTROL.search(head.rstrip(_FILLERS)):
        reason = "the message holds control characters, as binary files do"
        raise Unparseable(f"{reason}; read are: {_known()}", offset=control.start())
    if hinted and hinted.name not in _READABLE:
        reason = f"it is said to be {hint}, but does not begin like it; send it as what it is"
        raise Unparseable(reason, format=hinted.name, line=1)
    return hinted or BY_NAME["text"]


def behind_noise(message: Message, found: Format) -> Message | None:
    """The XML in a message that begins with a server program's complaints; None for any other message.

    ``found``: the format by the first bytes, a page or a text if PHP prints warnings before a feed.
    """
    at = message.data.find(_DECLARATION, 1, _HEAD) if found.name in _READABLE else -1
    if at < 0 or _PAGE.search(message.data, 0, at) or message.data[at - 1 : at] not in _ENDS:
        return None
    data = message.data[at:]
    return replace(message, data=data) if prolog_of(data).root in BY_ROOT else None


def _markup(data: bytes, hinted: Format | None) -> Format:
    prolog = prolog_of(data.removeprefix(b"\xef\xbb\xbf"))
    found = BY_ROOT.get(prolog.root)
    if found:
        return found
    name = prolog.root.lower()
    # A page declares nothing of its own: what does, and begins with <a> or <b>, is somebody's XML.
    declares = name != "html" and (prolog.internal_subset or any(prolog.harmless))
    is_page = name in _HTML_TAGS or prolog.doctype.lower().startswith("<!doctype html")
    if (is_page and not declares) or (hinted and hinted.name == "html"):
        return BY_NAME["html"]
    if hinted and hinted.name in ("text", "nitf"):
        return hinted
    if name and not prolog.internal_subset and (carried := _CARRIED.search(data, prolog.offset, prolog.offset + _HEAD)):
        return BY_CARRIED[carried[1].decode()]
    if prolog.internal_subset:
        raise Unparseable(
            "the DOCTYPE declares more than characters (entities perhaps), which is refused; send it without"
        )
    if not name:
        raise Unparseable("the message begins like XML but has no root element; it is cut off or no XML at all")
    raise Unparseable(
        f"XML with the root element <{prolog.root}> is not read. Read are: {_known()}", path=f"/{prolog.root}"
    )


def _known() -> str:
    return ", ".join(format_names())


class _File(Struct, frozen=True):
    signs: tuple[str, ...]
    what: str


class _Compound(Struct, frozen=True):
    entry: str
    what: str


class _Table(Struct, frozen=True):
    file: tuple[_File, ...]
    office: dict[str, str]
    compound: tuple[_Compound, ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("unread.toml", _Table)


@lru_cache(maxsize=1)
def _signs() -> tuple[tuple[bytes, ...], tuple[tuple[bytes, str], ...]]:
    rows = tuple((bytes.fromhex(sign), one.what) for one in _table().file for sign in one.signs)
    return (ZIP, SIGN, *(sign for sign, _ in rows)), rows


def is_file(data: bytes) -> bool:
    """Whether the bytes begin as files of programs do that are known here; the others are told by their bytes alone."""
    return data.startswith(_signs()[0])


def why_unread(data: bytes) -> str:
    """What the bytes are and what to do, if they are a file that is known and not read; else nothing."""
    if found := next((what for sign, what in _signs()[1] if data.startswith(sign)), ""):
        return found
    if data.startswith(SIGN):
        return next(one.what for one in _table().compound if one.entry.encode("utf-16-le") in data)
    return _table().office.get(office_kind(data), "")
