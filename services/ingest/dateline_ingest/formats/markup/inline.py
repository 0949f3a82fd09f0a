"""Text with links and emphasis in a paragraph of well-formed markup, for ``plain``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape, unescape
from html.entities import name2codepoint
from typing import TypeAlias

from dateline_ingest.formats.markup.body import trimmed
from dateline_ingest.formats.markup.hrefs import link_tag, safe_href
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import fold

_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
"""Signs that lxml or ``fold`` take away or make others of."""
_ENTITY = re.compile(r"&(?:#(\d{2,5})|([A-Za-z]{2,8}\d?));")
_ENTITY_IN_TAG = re.compile(r"<[^<>]*&(?!amp;)")
_SPACE_IN_TAG = re.compile(r"<[^<>]*[^\S \t\r\n]")
"""A space that is none of HTML's: in a tag it is part of a name."""
_TAG = re.compile(r"""<(/?)([a-z]+)((?>\s++[a-z][a-z\d:-]*+="[^"<>]*+")*+)(?:\s*+>|(?<=<br)\s*+/>)""", re.ASCII)
_ATTRIBUTE = re.compile(r"""\s++([a-z][a-z\d:-]*+)="([^"]*+)\"""", re.ASCII)
_WHOLE_LINK = re.compile(r''' href="https?://[!#-%(-;=?-\[\]-~]{1,1900}"''')
"""A link that goes into the body as it is."""
_STROKE = "\u0338"
"""The one sign that NFC joins with the end of a tag."""
_SPACE = re.compile(r"\s+")
_DEEPEST = 8
_Mark: TypeAlias = tuple[str, str, str]
"""Name of an element, and its tags as they are written: empty where only its inside is."""
_MARKS: dict[str, _Mark] = {name: (name, f"<{name}>", f"</{name}>") for name in ("b", "i", "em", "strong")}
_MARKS |= {name: (name, "", "") for name in ("u", "span")}


class OtherMarkupError(Exception):
    """The markup is not of the plain kind."""


def _spelled_out(text: str) -> str:
    """The text with every entity as its letter but for those of markup, ``&amp;``, ``&lt;`` and ``&gt;``.

    Raises OtherMarkupError for those that are not of HTML 4, do not end as they should, or mean no plain letter.
    """
    if "&" in _ENTITY.sub("", text):
        raise OtherMarkupError
    return _ENTITY.sub(_letter, text)


def _letter(entity: re.Match[str]) -> str:
    return _letter_of(entity[0])


@lru_cache(maxsize=1024)
def _letter_of(entity: str) -> str:
    found = _ENTITY.fullmatch(entity)
    if found is None or (found[2] and found[2] not in name2codepoint) or (found[1] and not _is_plain(int(found[1]))):
        raise OtherMarkupError
    return escape(unescape(entity), quote=False)


def _is_plain(code: int) -> bool:
    return 32 <= code < 0xD800


def evened(text: str) -> str:
    """Markup with single spaces and no entities but those of markup. Raises OtherMarkupError for odd signs in it."""
    if "\xa0" in text and _SPACE_IN_TAG.search(text):
        raise OtherMarkupError
    if "&" in text:
        if _ENTITY_IN_TAG.search(text):
            raise OtherMarkupError
        text = _spelled_out(text)
    text = text.replace("\n", " ").replace("\xa0", " ")  # quicker than the pattern, and most often enough
    if not text.isprintable():
        if _ODD.search(text) or _SPACE_IN_TAG.search(text):
            raise OtherMarkupError
        text = _SPACE.sub(" ", text)
        if not text.isprintable():
            raise OtherMarkupError
    while "  " in text:
        text = text.replace("  ", " ")
    if not unicodedata.is_normalized("NFC", text):
        if _STROKE in text:
            raise OtherMarkupError
        text = unicodedata.normalize("NFC", text)
    return text


def in_line(text: str, base: str) -> tuple[str, str]:
    """The inside of a paragraph of an evened text, as plain text and as HTML. Raises OtherMarkupError."""
    parts = _TAG.split(text)
    pieces = parts[::4]
    said, broken = pieces.copy(), -1
    if text.count(">") > len(pieces) - 1:  # one in a tag each, others in the text
        pieces = [piece.replace(">", "&gt;") for piece in pieces]
    line = [pieces[0]]
    within: list[_Mark] = []
    for at, (closing, name, attributes) in enumerate(zip(parts[1::4], parts[2::4], parts[3::4], strict=True), 1):
        if closing:
            _close(name, within, line)
        elif name == "br":
            if broken >= 0 and not "".join(said[broken:at]).strip():
                raise OtherMarkupError  # two of them end the paragraph
            line.append("<br>")
            said[at] = f" {said[at]}"
            broken = at
        else:
            mark = _MARKS.get(name) or _link(name, attributes, base, within)
            within.append(mark)
            if len(within) > _DEEPEST:
                raise OtherMarkupError
            if mark[1]:
                line.append(mark[1])
        if pieces[at]:
            line.append(pieces[at])
    if within:
        raise OtherMarkupError
    if broken >= 0 and is_plain_credit(plain("".join(said[broken:]))):
        raise OtherMarkupError  # a credit is a paragraph of its own
    return unicodedata.normalize("NFC", plain("".join(said))), trimmed("".join(line))


def plain(text: str) -> str:
    """Pieces of an evened text without markup, as they read. Raises OtherMarkupError for a sign of a tag in them."""
    if "<" in text:
        raise OtherMarkupError
    if "&" in text:
        return fold(unescape(text))
    text = text.strip()
    return " ".join(text.split()) if "  " in text else text  # a tag stood between


def _close(name: str, within: list[_Mark], line: list[str]) -> None:
    if not within or within[-1][0] != name:
        raise OtherMarkupError
    _, opening, closing = within.pop()
    if not opening:
        return
    if line[-1] == opening:
        line.pop()
    else:
        line.append(closing)


def _link(name: str, attributes: str, base: str, within: list[_Mark]) -> _Mark:
    if name != "a" or (within and any(outer[0] == "a" for outer in within)):
        raise OtherMarkupError
    if not base and _WHOLE_LINK.fullmatch(attributes):
        return "a", f"<a{attributes}>", "</a>"
    href = _href(attributes, base)
    return ("a", link_tag(href), "</a>") if href else ("a", "", "")


def _href(attributes: str, base: str) -> str:
    stated = [value for name, value in _ATTRIBUTE.findall(attributes) if name == "href"]
    if len(stated) > 1 or not attributes.isascii():
        raise OtherMarkupError
    href = stated[0].replace("&amp;", "&") if stated else ""
    if len(href.split()) > 1:
        raise OtherMarkupError  # resolving it would take some of the spaces out
    return safe_href(href, base)
