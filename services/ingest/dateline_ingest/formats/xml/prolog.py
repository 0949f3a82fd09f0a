"""What stands before the root element of an XML message: white space, instructions, comments, the DOCTYPE."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

_SKIP = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DOCTYPE = re.compile(rb"""<!DOCTYPE(?:[^\[<>"']|"[^"]*"|'[^']*')*""", re.IGNORECASE)
_OUTER = re.compile(rb"""\b(?:SYSTEM|PUBLIC)\s*["']""")
_CHARACTERS = rb"""(?:&\#x?[0-9A-Fa-f]{1,6};|[^"'<>%&]){0,64}"""
_ENTITY = re.compile(rb"""<!ENTITY\s+([\w.:-]+)\s+(?:"(%b)"|'(%b)')\s*>""" % (_CHARACTERS, _CHARACTERS))
_HARMLESS = re.compile(
    rb"""\[(?>\s|<!--(?:[^-]|-[^-])*-->|%%[\w.:-]+;|<!ENTITY\s+%%\s+[\w.:-]+\s+(?:SYSTEM|PUBLIC)"""
    rb"""(?:\s+(?:"[^"<>%%&]*"|'[^'<>%%&]*')){1,2}\s*>|<!ENTITY\s+[\w.:-]+\s+(?:"%b"|'%b')\s*>)*+\]"""
    % (_CHARACTERS, _CHARACTERS)
)
"""An internal subset that names modules of a DTD elsewhere, as NewsML 1 with NITF inside has it, or characters.

Characters, as in ``<!ENTITY nbsp "&#160;">``, are told by themselves: no entity in them can grow into more.
"""
_NOT_LINE_END = re.compile(rb"[^\n]")
_PLAIN = re.compile(rb"\s*+(?:<\?xml[^<>]*\?>\s*+)?(?=<(?:[\w.-]+:)?([A-Za-z_][\w.-]*))")
"""The prolog of most messages: nothing, or the declaration."""
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_FIRST_TAG = re.compile(rb"<[A-Za-z_][\w.:-]*+.", re.DOTALL)
_OPENING = 500
"""Bytes within which the root's name stands where what is before it is kept for next time."""
_PROLOG = 65_536
_SOME_DTD = b' SYSTEM "-"'
"""Put in place of a subset if the DOCTYPE names no DTD: without one, an undeclared entity is an error."""


class Prolog:
    """What stands before the root element: its name, and whether a DOCTYPE brings declarations along.

    ``harmless`` is the span of an internal subset that only names files of a DTD, which are never fetched, and
    characters, which are in ``entities`` by name. ``encoding`` is the name that the declaration has for it; empty if it
    has none. ``closed``: there is no DOCTYPE, or it ends as it should.
    """

    __slots__ = (
        "closed", "doctype", "encoding", "encoding_at", "entities", "harmless", "internal_subset", "offset", "root",
    )  # fmt: skip

    def __init__(self, data: bytes) -> None:
        """Scan the first 64 kB of ``data``, bytes in any encoding that extends ASCII."""
        self.doctype = ""
        self.internal_subset = False
        self.closed = True
        self.harmless = (0, 0)
        self.entities: dict[str, str] = {}
        declared = _DECLARED.match(data)
        self.encoding = declared[1].decode("ascii") if declared else ""
        self.encoding_at = declared.start(1) if declared else 0
        if plain := _PLAIN.match(data, 0, _PROLOG):
            self.offset, self.root = plain.end(), plain[1].decode("latin-1")
            return
        head = data[:_PROLOG]
        self.offset = start = _skip(head, 0)
        if found := _DOCTYPE.match(head, start):
            self.doctype = found[0].decode("latin-1")
            end = found.end()
            if subset := _HARMLESS.match(head, end):
                self.harmless, end = subset.span(), _skip(head, subset.end())
                self.entities = _entities(subset[0])
            self.internal_subset = head[end : end + 1] == b"["
            self.closed = head[end : end + 1] == b">"
            start = _skip(head, end + 1)
        root = _ROOT.match(head, start)
        self.root = root[1].decode("latin-1") if root else ""

    def without_subset(self, data: bytes) -> bytes:
        """``data`` with blanks in place of the harmless subset, so that lines and columns stay."""
        start, end = self.harmless
        blank = _NOT_LINE_END.sub(b" ", data[start:end])
        if self.entities and not _OUTER.search(data, self.offset, start):
            blank = _SOME_DTD + blank
        return data[:start] + blank + data[end:]


def prolog_of(data: bytes) -> Prolog:
    """The prolog of ``data``. Messages of a feed begin alike, so it is kept by all there is up to the root's name."""
    tag = _FIRST_TAG.search(data, 0, _OPENING)
    return (_kept(data[: tag.end()]) if tag else None) or Prolog(data)


@lru_cache(maxsize=256)
def _kept(opening: bytes) -> Prolog | None:
    """The prolog where it ends with the root's name in ``opening``, whatever follows; None for any other."""
    prolog = Prolog(opening)
    return prolog if prolog.root and prolog.closed else None


def _skip(head: bytes, start: int) -> int:
    found = _SKIP.match(head, start)
    return found.end() if found else start


def _entities(subset: bytes) -> dict[str, str]:
    """Names of characters that a subset declares; the first declaration of a name counts (XML 1.0, section 4.2)."""
    found: dict[str, str] = {}
    for name, double, single in _ENTITY.findall(subset):
        said = (double or single).decode("utf-8", "replace")
        found.setdefault(name.decode("latin-1"), unescape(said))
    return found
