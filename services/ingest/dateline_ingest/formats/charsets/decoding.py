"""Bytes of a text wire into Unicode: what they say they are, else UTF-8, else what the evidence is clear about.

Nothing is guessed in silence: a text whose charset cannot be told with confidence is refused.

IPTC 7901 also names ITA2, the five-bit alphabet of telex with its shifts. That is an alphabet of the line: whoever
takes text off such a line writes files of seven or eight bits. Bytes of five bits are control characters here, and
refused as what no text holds.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.charsets.iso6937 import decode_iso6937
from dateline_ingest.formats.charsets.utf16 import utf16_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.tables import read_table
from dateline_kernel.remembering import remembered_word

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_ISO6937 = re.compile(r"iso[-_]?6937|t[.-]?61", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Language(Struct, frozen=True):
    """What tells a language in a table: letters beyond a-z, everyday words."""

    letters: str
    words: str


class National(Struct, frozen=True):
    """A seven-bit national version of ISO 646."""

    language: str
    escape: str
    signs: str
    letters: str
    words: str


class EastAsian(Struct, frozen=True):
    """A charset of two bytes a sign, and what everyday writing in it has."""

    codec: str
    least: float
    """Share of the signs beyond ASCII that are everyday ones, at least."""
    letters: tuple[str, ...] = ()
    """The first and the last of its letters, in Unicode's order."""
    signs: str = ""


class Script(Struct, frozen=True):
    """A script other than Latin that has charsets of one byte a sign."""

    codecs: tuple[str, ...]
    letters: str
    """Its small letters, the commonest ones of its languages first."""
    words: str
    """Everyday words of its languages."""
    vowels: str = ""
    """Letters of which every longer word has one; empty if vowels are not written."""
    finals: str = ""
    """Letters that stand at the end of a word only."""
    inner: str = ""
    """Letters that no word begins with."""


class Charsets(Struct, frozen=True):
    """The table of charsets."""

    candidates: tuple[str, ...]
    xml: tuple[str, ...]
    """Candidates for XML, which terminals and telex lines never wrote."""
    stated: str
    languages: dict[str, Language]
    national: tuple[National, ...]
    east_asian: tuple[EastAsian, ...]
    scripts: tuple[Script, ...]
    right: dict[str, str]
    wider: dict[str, str]


@lru_cache(maxsize=1)
def charsets() -> Charsets:
    """The table, read once."""
    return read_table("charsets.toml", Charsets)


def stated_charset(hint: str) -> str:
    """The charset parameter of a media type; empty if there is none."""
    found = CHARSET.search(hint) if hint else None
    return found[1] if found else ""


def wider(name: str) -> str:
    """A charset with the same characters and more, in which texts often are that state the narrower one."""
    return charsets().wider.get(name.lower(), name)


def decode_as(data: bytes, encoding: str) -> str:
    """Decode strictly by the name of a codec, ISO 6937 among them. Raises ValueError or LookupError."""
    return decode_iso6937(data) if _is_iso6937(encoding) else data.decode(encoding)


@remembered_word
def _is_iso6937(encoding: str) -> bool:
    return _ISO6937.fullmatch(encoding) is not None


def decoded(data: bytes, stated: str, format: str) -> str:
    """The text of ``data``. ``stated`` is the charset that the carrier names, or empty.

    In this order: the stated charset, a byte order mark, the zeros of UTF-16, escape sequences of ISO 2022 (IPTC 7901
    annex C), ASCII and UTF-8, a national version of ISO 646, what scoring the candidates shows clearly. Raises
    Unparseable.
    """
    if stated and not re.fullmatch(charsets().stated, stated, re.IGNORECASE):
        raise Unparseable(f"the encoding {stated} is not accepted; send UTF-8", format=format)
    for bom, codec in _BOMS:
        if data.startswith(bom) and (codec != "utf-8-sig" or decodes(data, "utf-8")):
            return _strictly(data, codec, format)
    data = data.removeprefix(codecs.BOM_UTF8)  # what an editor put before bytes of another charset
    if stated:
        return _strictly(data, stated, format)
    if b"\0" in data and (codec := utf16_of(data)):
        return _strictly(data, codec, format)
    if b"\x1b" in data:
        from dateline_ingest.formats.charsets.iso2022 import decode_escapes

        return decode_escapes(data, format)
    return undesignated(data, format)


def undesignated(data: bytes, format: str) -> str:
    """The text of bytes that name no charset. Raises Unparseable where it cannot be told."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        from dateline_ingest.formats.charsets.evidence import by_evidence

        found = by_evidence(data)
        if found is None:
            reason = "the bytes are not utf-8, and what they are cannot be told; state the charset in the media type"
            raise Unparseable(reason, format=format, offset=error.start) from error
        return found
    if text.isascii() and any(sign in text and letter.search(text) for sign, letter in _VARYING):
        from dateline_ingest.formats.charsets.everyday import nationalised

        return nationalised(text)
    return text


_WITHIN, _ALONE = r"(?<=[A-Za-z].)(?=[a-z])", r"(?<!\w.)(?=[a-z]{1,9}\b)"
_PLACES = {"{": f"(?:{_WITHIN}|{_ALONE})", "}": f"(?:{_WITHIN}|{_ALONE})", "@": _ALONE}
_VARYING = tuple((sign, re.compile(re.escape(sign) + _PLACES.get(sign, _WITHIN))) for sign in "{}|~[]\\@")
"""The signs of ISO 646 that vary, each where a letter would stand. A pattern that begins with its sign is quick."""


def decodes(data: bytes, charset: str) -> bool:
    """Whether the bytes are valid in a charset, which Python may not know."""
    try:
        codecs.lookup(charset)
        data.decode(charset)
    except (LookupError, ValueError):
        return False
    return True


def _strictly(data: bytes, encoding: str, format: str) -> str:
    try:
        return decode_as(data, encoding)
    except (ValueError, LookupError) as error:
        reason = f"the bytes are not {encoding}; send UTF-8, or state the charset in the media type"
        raise Unparseable(reason, format=format, offset=getattr(error, "start", None)) from error
