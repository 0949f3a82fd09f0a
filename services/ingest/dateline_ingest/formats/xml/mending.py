"""Mends faults in XML that have only one possible meaning, before a second reading.

These are: an ampersand that begins no reference, a named character of HTML, a character in two halves, a character that
XML does not have, hyphens in a comment, comments before the declaration, and bytes in another charset than the declared
one. Tags are never mended: markup that is cut off or crossed is refused.
"""

from __future__ import annotations

import re
from functools import partial
from html import escape, unescape
from html.entities import html5

from dateline_ingest.formats.charsets.decoding import charsets, decodes, wider
from dateline_ingest.formats.charsets.evidence import by_evidence
from dateline_ingest.formats.xml.characters import NO_CHARACTER, is_character

_WRONG = re.compile(
    r"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|&(?:lt|gt|amp|quot|apos);)"
    r"|&\#(?:x(?P<hex>[0-9A-Fa-f]{1,8})|(?P<number>[0-9]{1,10}));|&(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|&",
    re.DOTALL,
)
_PAIR = re.compile(r"&\#(x[dD][89abAB][0-9a-fA-F]{2}|5[56]\d{3});&\#(x[dD][c-fC-F][0-9a-fA-F]{2}|5[67]\d{3});")
"""A character as the two halves that UTF-16 has of it (Unicode 3.8, D71 to D73), as programs refer to emoji."""
_DECLARATION = re.compile(r"(?P<before>(?:\s++|<!--(?:[^-]|-(?!->))*+-->)*+)<\?xml\s[^>]{0,200}\?>")
"""The declaration, also where comments stand before it, as caches put them there."""


def mended(data: bytes, charset: str, *, open_names: bool) -> bytes | None:
    """The message as UTF-8 without a declaration, as far as it can be mended; None if nothing was wrong.

    ``charset`` is what the message is said to be in, or empty. ``open_names`` says that a DTD may explain names that
    nobody else knows. Pure; raises nothing.
    """
    text = _read(data, charset)
    if text is None:
        return None
    declared = _DECLARATION.match(text)
    body = text[declared.end() :] if declared else text
    whole = _PAIR.sub(_joined, NO_CHARACTER.sub(" ", body))
    better = _WRONG.sub(partial(_right, open_names=open_names), whole)
    if better == body and not (declared and declared["before"]) and decodes(data, charset or "utf-8"):
        return None
    return better.encode("utf-8", "replace")


def _read(data: bytes, charset: str) -> str | None:
    """The text: by the charset that is said, by one that has more characters, by what the evidence is clear about."""
    for name in (charset or "utf-8", wider(charset)):
        if decodes(data, name):
            return data.decode(name)
    return by_evidence(data, charsets().xml)


def _joined(found: re.Match[str]) -> str:
    high, low = (int(f"0{half}" if half[0] == "x" else half, 0) for half in found.groups())
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return found[0]
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def _right(found: re.Match[str], *, open_names: bool) -> str:
    if kept := found["kept"]:
        return _quiet(kept) if kept.startswith("<!--") else kept
    if number := found["hex"] or found["number"]:
        return found[0] if is_character(int(number, 16 if found["hex"] else 10)) else " "
    name = found["name"]
    if name and f"{name};" in html5:
        return escape(unescape(found[0]))
    return found[0] if name and open_names else f"&amp;{found[0][1:]}"


def _quiet(comment: str) -> str:
    """A comment without the two hyphens that must not stand in it (section 2.5)."""
    inner = comment[4:].removesuffix("-->")
    return comment if "--" not in inner and not inner.endswith("-") else "<!-- -->"
