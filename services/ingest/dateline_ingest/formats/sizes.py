"""Refuses what would take too much time or memory, judged by its bytes before anything is built from them.

A parser's tree takes some 250 bytes for an element or an attribute, a decoded JSON member up to 200. Counting marks
bounds both from above, at the speed of a search through memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Limits

_LONG_TAG = 8192
_TAG = re.compile(r"<[a-zA-Z](?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+")
"""A start tag up to its end: a > between the quotes of a value does not end it."""
_RAW = re.compile(r"<(script|style)(?![\w:.-])", re.IGNORECASE)
_END_OF_RAW = {name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in ("script", "style")}
_MARKS_AN_ELEMENT = 10
"""Opening signs for each element that is allowed: its end, comments, and comparisons in scripts."""


def check_xml(data: bytes, limits: Limits, format: str) -> None:
    """Refuse XML with more elements or attributes than a message may have. Raises Unparseable."""
    if len(data) <= limits.members:  # too short for that many, and counting takes a tenth of the parse
        return
    # An element has two opening signs, and one with no content has at least "/>".
    if data.count(b"<") > limits.members:
        empty = data.count(b"/>")
        if (data.count(b"<") + empty) // 2 > limits.members:
            raise Unparseable(f"the XML has more than {limits.members} elements; have it split", format=format)
    if data.count(b"=") > 2 * limits.members:
        raise Unparseable(f"the XML has more than {2 * limits.members} attributes; have it split", format=format)


def check_references(data: bytes, limits: Limits, format: str) -> None:
    """Refuse XML with more references than elements are allowed, where each costs as much. Raises Unparseable."""
    if len(data) > limits.members and data.count(b"&") > limits.members:
        raise Unparseable(f"the XML has more than {limits.members} references; have it split", format=format)


def check_html(text: str, limits: Limits, format: str = "") -> None:
    """Refuse HTML that is too long, has too many tags, or a tag of too many attributes. Raises Unparseable."""
    if len(text) > limits.page_bytes:
        reason = f"the markup has {len(text)} characters, more than {limits.page_bytes}; no story needs that"
        raise Unparseable(reason, format=format)
    if text.count("<") > _MARKS_AN_ELEMENT * limits.elements:
        raise Unparseable(
            f"the markup has far more than {limits.elements} elements; no story needs that", format=format
        )
    if len(text) <= _LONG_TAG:
        return
    for found in _tags(text):
        if found.end() - found.start() > _LONG_TAG and _attributes(found[0]) > limits.attributes:
            reason = f"a tag has more than {limits.attributes} attributes; no page needs that"
            raise Unparseable(reason, format=format)


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Start tags; in a script or a style sheet ``<`` begins none (WHATWG HTML, section 13.2.5.2 to 4)."""
    at = 0
    while found := _TAG.search(text, at):
        yield found
        at = found.end()
        if raw := _RAW.match(found[0]):
            end = _END_OF_RAW[raw[1].lower()].search(text, at)
            if end is None:
                return
            at = end.end()


def _attributes(tag: str) -> int:
    """Attributes of a start tag, or some more: every piece of it outside of quotes."""
    bare = re.sub(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')", "= ", tag)
    return len(re.findall(r"[^\s/=]+", bare))


def check_json(data: bytes, limits: Limits, format: str) -> None:
    """Refuse JSON with more members than a message may have. Raises Unparseable."""
    if len(data) <= 2 * limits.members:  # too short for that many
        return
    if data.count(b",") + data.count(b"{") + data.count(b"[") > 2 * limits.members:
        raise Unparseable(f"the JSON has far more than {limits.members} members; have it split", format=format)


def check_lines(text: str, limits: Limits, format: str) -> None:
    """Refuse a plain text of more lines than a message may have. Raises Unparseable."""
    if len(text) <= limits.lines:
        return
    count = max(text.count("\n"), text.count("\r"))
    if count > limits.lines:
        raise Unparseable(f"the text has {count} lines, more than {limits.lines}; have it split", format=format)
