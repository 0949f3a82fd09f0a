"""Texts that name their character sets by escape sequences (ISO 2022, as IPTC 7901 annex C allows)."""

from __future__ import annotations

import re

from dateline_ingest.formats.charsets.decoding import charsets, decode_as, decodes, undesignated
from dateline_ingest.formats.fault import Unparseable

_ESCAPE = re.compile(rb"\x1b(?:(\[)[0-?]*[ -/]*[@-~]|([ -/]*)([0-~]))|\x0e|\x0f")
_SHIFT_OUT, _SHIFT_IN = b"\x0e", b"\x0f"


def decode_escapes(data: bytes, format: str) -> str:
    """The text, each part in the set that was designated last before it.

    A sequence that designates no set, as terminals and typesetters have, is left out. Raises Unparseable for bytes of
    a set that is not known, never guesses it.
    """
    if b"\x1b$" in data and decodes(data, "iso2022_jp_2"):  # ISO-2022-JP (RFC 1468, 1554): two bytes a character
        return data.decode("iso2022_jp_2")
    known = {"(" + row.escape: row.language for row in charsets().national}
    left, right, shifted, utf8 = "", "", False, False
    out: list[str] = []
    at = 0
    for found in _ESCAPE.finditer(data):
        out.append(_part(data[at : found.start()], left, right, shifted=shifted, utf8=utf8, format=format))
        at = found.end()
        if found[0] in (_SHIFT_OUT, _SHIFT_IN):
            shifted = found[0] == _SHIFT_OUT and bool(right)
            continue
        where, final = (found[2] or b"").decode("ascii"), (found[3] or b"").decode("ascii")
        if where == "%":
            utf8 = final in "GHIJKL" and final != "@"
        elif where == "(":
            left = known.get("(" + final, "")
        elif where in ("-", ".", "/"):
            right = charsets().right.get(final, f"unknown {final}")
    out.append(_part(data[at:], left, right, shifted=shifted, utf8=utf8, format=format))
    return "".join(out)


def _part(data: bytes, left: str, right: str, *, shifted: bool, utf8: bool, format: str) -> str:
    if not data:
        return ""
    if utf8 or not right:
        return _lettered(data.decode("utf-8"), left) if utf8 and decodes(data, "utf-8") else _plain(data, left, format)
    if shifted:
        data = bytes(byte | 0x80 if byte > 0x20 else byte for byte in data)
    if data.isascii():
        return _lettered(data.decode("ascii"), left)
    try:
        return decode_as(data, right)
    except (ValueError, LookupError) as error:
        reason = f"an escape sequence names a character set ({right}) that the bytes after it are not in"
        raise Unparseable(f"{reason}; send UTF-8, or state the charset in the media type", format=format) from error


def _plain(data: bytes, left: str, format: str) -> str:
    return _lettered(data.decode("ascii"), left) if data.isascii() and left else undesignated(data, format)


def _lettered(text: str, language: str) -> str:
    for row in charsets().national:
        if language and row.language == language:
            return text.translate(str.maketrans(row.signs, row.letters))
    return text
