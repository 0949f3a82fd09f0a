"""The ways in which a message is written anew, by name: those of its kind, and wrappings for all. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from variants import jsonwriting, wrapping, xmlwriting

Change = Callable[[bytes, Random], bytes | None]
"""Bytes to bytes that mean the same; None where the message cannot be written so."""

_XML_STYLES = {
    "prefixes for all": xmlwriting.Style(prefixes="all"),
    "no prefixes": xmlwriting.Style(prefixes="none"),
    "UTF-8 with a mark": xmlwriting.Style(mark=True),
    "no declaration": xmlwriting.Style(declared=False),
    "UTF-16": xmlwriting.Style(charset="utf-16"),
    "UTF-16 little-endian": xmlwriting.Style(charset="utf-16-le"),
    "UTF-16 big-endian": xmlwriting.Style(charset="utf-16-be"),
    "ISO 8859-1": xmlwriting.Style(charset="iso-8859-1"),
    "ISO 8859-15": xmlwriting.Style(charset="iso-8859-15"),
    "windows-1252": xmlwriting.Style(charset="windows-1252"),
    "windows-1251": xmlwriting.Style(charset="windows-1251"),
    "ASCII": xmlwriting.Style(charset="us-ascii"),
    "CR LF": xmlwriting.Style(line_end="\r\n"),
    "CR": xmlwriting.Style(line_end="\r"),
    "indented": xmlwriting.Style(spaces="indented"),
    "no white space": xmlwriting.Style(spaces="bare"),
    "CDATA": xmlwriting.Style(sections=1.0),
    "characters by number": xmlwriting.Style(references=0.1),
    "comments and instructions": xmlwriting.Style(asides=0.5),
    "attributes in another order": xmlwriting.Style(shuffled=True, quote="'", long_empty=True),
    "language further up": xmlwriting.Style(language_up=True),
}
_JSON_STYLES = {
    "escapes": jsonwriting.Style(escaped=True),
    "another order": jsonwriting.Style(shuffled=True),
    "tabs and CR LF": jsonwriting.Style(indent="\t", line_end="\r\n"),
    "in one line": jsonwriting.Style(),
    "UTF-8 with a mark": jsonwriting.Style(mark=True),
    "UTF-16": jsonwriting.Style(charset="utf-16"),
    "UTF-16 little-endian": jsonwriting.Style(charset="utf-16-le"),
    "UTF-16 big-endian": jsonwriting.Style(charset="utf-16-be"),
}
_LINE_ENDS = {"LF": b"\n", "CR LF": b"\r\n", "CR": b"\r", "CR CR LF": b"\r\r\n", "LF CR": b"\n\r"}
_CARRIERS: dict[str, Callable[[bytes], bytes]] = {
    "blank lines around": lambda data: 2 * _end(data) + data + 2 * _end(data),
    "filled up": lambda data: b"\x00\x00" + data + b"\x00\x00\x00",
    "end of file": lambda data: data + b"\x1a",
}
_FRAMED: dict[str, Callable[[bytes], bytes]] = {
    "SYN": lambda data: b"\x16\x16\x16\x16" + data.lstrip(b"\x16"),
    "no SYN": lambda data: data.lstrip(b"\x16"),
    "no SOH": lambda data: data.replace(b"\x01", b""),
    "no STX": lambda data: data.replace(b"\x02", b""),
    "no ETX": lambda data: data.translate(None, b"\x03\x04"),
    "no frame": lambda data: data.translate(None, b"\x01\x02\x03\x04\x16"),
    "start and end of a telex": lambda data: _end(data).join((b"ZCZC", data, b"NNNN", b"")),
}


def _end(data: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in data else b"\r" if b"\n" not in data else b"\n"


def changes(data: bytes, format: str) -> Iterator[tuple[str, Change]]:
    """What can be done to a message of this format without changing what it says."""
    begin = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if begin == b"<" and format not in ("html", "text"):
        yield from ((name, _xml(style)) for name, style in _XML_STYLES.items())
    elif begin in (b"{", b"[") and format != "text":
        yield from ((name, _json(style)) for name, style in _JSON_STYLES.items())
    elif format in ("iptc-7901", "anpa-1312", "text"):
        yield from ((name, _lines(end)) for name, end in _LINE_ENDS.items())
        yield from ((name, _carried(change)) for name, change in _CARRIERS.items())
        if format != "text":
            yield from ((name, _carried(change)) for name, change in _FRAMED.items())
    elif format == "mail":
        yield from ((name, _lines(end)) for name, end in _LINE_ENDS.items() if name in ("LF", "CR LF", "CR"))
    yield from ((name, _carried(pack)) for name, pack in wrapping.PACKED.items())


def combined(data: bytes, format: str, random: Random) -> bytes | None:
    """Several of them at once, as the random numbers have it."""
    begin = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if begin == b"<" and format not in ("html", "text"):
        data = xmlwriting.written(data, _any_xml(random), random) or data
    else:
        kind = [(name, change) for name, change in changes(data, format) if name not in wrapping.PACKED]
        ends = [change for name, change in kind if name in _LINE_ENDS]
        others = [change for name, change in kind if name not in _LINE_ENDS]
        for change in random.sample(others, min(2, len(others))) + random.sample(ends, min(1, len(ends))):
            data = change(data, random) or data
    return random.choice([lambda data: data, *wrapping.PACKED.values()])(data)


def _any_xml(random: Random) -> xmlwriting.Style:
    return xmlwriting.Style(
        charset=random.choice(("utf-8", "utf-16", "iso-8859-1", "windows-1252", "us-ascii")),
        line_end=random.choice(("\n", "\r\n", "\r")),
        prefixes=random.choice(("kept", "all", "none")),
        spaces=random.choice(("kept", "indented", "bare")),
        sections=random.choice((0.0, 0.5)),
        references=random.choice((0.0, 0.1)),
        asides=random.choice((0.0, 0.3)),
        quote=random.choice(('"', "'")),
        shuffled=random.random() < 0.5,
        long_empty=random.random() < 0.5,
    )


def _xml(style: xmlwriting.Style) -> Change:
    return lambda data, random: xmlwriting.written(data, style, random)


def _json(style: jsonwriting.Style) -> Change:
    return lambda data, random: jsonwriting.written(data, style, random)


def _lines(end: bytes) -> Change:
    return lambda data, random: data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", end)


def _carried(change: Callable[[bytes], bytes]) -> Change:
    return lambda data, random: change(data)
