"""Texts of an Atom feed that are in base64 (RFC 4287, 4.1.3.3; ``mode`` of Atom 0.3), written as what they are."""

from __future__ import annotations

import binascii
from base64 import b64decode

from dateline_ingest.formats.feeds.names import ATOM
from dateline_ingest.formats.xml.characters import NO_CHARACTER
from dateline_ingest.formats.xml.tree import Element

_TEXTS = tuple(f"{ATOM}{name}" for name in ("title", "subtitle", "summary", "content", "rights", "copyright"))
_MARKUP = frozenset(("", "text", "html", "xhtml"))
_ANY = "application/octet-stream"


def decode_texts(root: Element) -> None:
    """Put the text in place of its base64; what is a picture or another file, or is broken, says nothing as text."""
    for element in root.iter(*_TEXTS):
        kind = element.get("type", "").strip().lower()
        coded = element.get("mode") == "base64" or (not len(element) and _is_file(kind))
        if coded and (element.text or "").strip():
            element.text = _decoded(element.text or "") if kind == _ANY or not _is_file(kind) else ""
            element.set("type", "html")


def _is_file(kind: str) -> bool:
    if kind in _MARKUP or "/" not in kind:
        return False
    return not (kind.startswith("text/") or kind.endswith(("+xml", "/xml")))


def _decoded(text: str) -> str:
    try:
        written = b64decode("".join(text.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return NO_CHARACTER.sub(" ", written)  # base64 can hold what no element can
