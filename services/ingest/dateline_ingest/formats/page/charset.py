"""The bytes of a page into text. A page is never refused for its charset: browsers show something, too."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.charsets.evidence import by_evidence
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.markup.strings import html_tree
from dateline_ingest.formats.message import Message
from dateline_ingest.formats.sizes import check_html
from dateline_ingest.tables import read_table

_NAME = "html"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_STATED_IN = 4096
"""Bytes at the begin of a page among which its charset is looked for."""
_REFUSED = re.compile(
    r"utf-?7|utf-?32|cp037|iso-?2022|hz|ebcdic|unicode|base64|hex|rot|idna|punycode|uu|zlib|bz2|quopri|raw|mbcs|oem|undefined",
    re.IGNORECASE,
)
_BROKEN = 0.2
"""Share of the characters beyond ASCII that may be broken in a page that is read as UTF-8 all the same."""
_SAMPLE = 20_000
"""Bytes of the page's text from which its charset is told."""
_LEAST = 12
"""Letters beyond ASCII from which charset-normalizer is asked."""
_CHAOS, _COHERENCE = 0.05, 0.35
_FOREIGN = "\u0370"
"""The first letter beyond those of the Latin script."""
_TEXTS = ("title", "h1", "h2", "h3", "p", "td", "div", "span", "li", "font", "b")


class _Table(Struct, frozen=True):
    wider: dict[str, str]
    locales: dict[str, str]
    codecs: tuple[str, ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("pagecharsets.toml", _Table)


def page_text(message: Message) -> str:
    """The page as text.

    By its byte order mark; as UTF-8 where it is that, whatever is claimed; by the carrier's charset, then the page's
    own; by what the evidence is clear about; by what browsers of its language took (WHATWG HTML, section 13.2.3.2);
    as windows-1252. Raises Unparseable for charsets that no page may be in.
    """
    data = message.data
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    if data.isascii():
        return _stated(message) or data.decode("ascii")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _stated(message) or _told(message) or data.decode("cp1252", "replace")


def _charset_of(message: Message) -> tuple[str, ...]:
    hinted, own = _CHARSET.search(message.hint), _META_CHARSET.search(message.data[:_STATED_IN])
    names = (hinted[1] if hinted else "", own[1].decode("ascii", "replace") if own else "")
    return tuple(name for name in names if name)


def _stated(message: Message) -> str | None:
    return next((text for name in _charset_of(message) if (text := _as(message.data, name)) is not None), None)


def _as(data: bytes, name: str) -> str | None:
    if _REFUSED.match(name):
        raise Unparseable(f"the encoding {name} is not accepted; send UTF-8", format=_NAME)
    try:
        return data.decode(_table().wider.get(name.lower(), name), "replace")
    except LookupError:
        return None


def _told(message: Message) -> str | None:
    """What a page is whose bytes nobody has named."""
    data = message.data
    loose = data.decode("utf-8", "replace")
    if loose.count("\ufffd") <= _BROKEN * (len(loose) - len(loose.encode("ascii", "ignore"))):
        return loose
    unread = data.decode("latin-1")
    check_html(unread, message.limits, _NAME)
    root = html_tree(unread)
    if root is None:
        return None
    pieces = [text for one in root.iter(*_TEXTS) for text in (one.text, one.tail) if text and not text.isascii()]
    said = "\n".join(pieces)[:_SAMPLE].encode("latin-1", "ignore")
    language = (root.get("lang") or "").lower()
    locales = _table().locales
    usual = locales.get(language) or locales.get(language.partition("-")[0], "")
    codec = _by_signs(said) or usual
    return data.decode(codec, "replace") if codec else None


def _by_signs(said: bytes) -> str:
    """The codec in which the text of a page looks like a language; empty where none clearly does."""
    text = by_evidence(said) or _foreign(said)
    if not text:
        return ""
    return next((codec for codec in _table().codecs if _reads(said, codec) == text), "")


def _reads(said: bytes, codec: str) -> str:
    try:
        return said.decode(codec)
    except ValueError:
        return ""


def _foreign(said: bytes) -> str:
    """The text in a script other than Latin, as charset-normalizer sees it, which asks less than wires must."""
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    best = from_bytes(said).best()
    if best is None or best.chaos > _CHAOS or best.coherence < _COHERENCE:
        return ""
    beyond = [char for char in str(best) if char >= "\x80" and char.isalpha()]
    foreign = sum(char >= _FOREIGN for char in beyond)
    return str(best) if len(beyond) >= _LEAST and foreign * 10 >= len(beyond) * 9 else ""
