"""Compressed RTF as Outlook keeps a mail's text in (MS-OXRTFCP). Pure.

Not by compressed-rtf, the library for it: it unpacks without a bound, a byte at a time.
"""

from __future__ import annotations

import struct
import zlib

from dateline_ingest.formats.fault import Unparseable

_BEGUN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the dictionary has in it before the first byte (section 2.1.2.1)."""
_WINDOW = 4096
_HEAD = 16


def decompressed(data: bytes, most: int) -> bytes:
    """The RTF; empty where the sum over it is wrong, or it is no such thing.

    Raises Unparseable for more than ``most`` bytes.
    """
    if len(data) < _HEAD:
        return b""
    size, _, kind, checked = struct.unpack_from("<II4sI", data)
    packed = data[_HEAD : size + 4]
    if kind == b"MELA":
        return _within(packed, most)
    # Its CRC-32 begins with zeros where everybody else's begins with ones (section 2.1.3.2).
    if kind != b"LZFu" or zlib.crc32(packed, 0xFFFFFFFF) ^ 0xFFFFFFFF != checked:
        return b""
    return _within(_expanded(packed, most), most)


def _within(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise Unparseable(f"the mail's text in RTF unpacks to more than {most} bytes; have it sent as plain text")
    return data


def _expanded(packed: bytes, most: int) -> bytes:
    """Runs of eight: a bit each says whether a byte stands there or a place in the last 4,096 bytes with a length."""
    out = bytearray(_BEGUN)
    at = 0
    while at < len(packed) and len(out) - len(_BEGUN) <= most:
        control = packed[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                out += packed[at : at + 1]
                at += 1
                continue
            token = int.from_bytes(packed[at : at + 2], "big")
            at += 2
            back = (len(out) - (token >> 4)) % _WINDOW
            if at > len(packed) or not back or back > len(out):  # the end; or what nobody has written yet
                return bytes(out[len(_BEGUN) :])
            length = (token & 15) + 2
            run = bytes(out[-back:][:length])
            out += (run * (length // len(run) + 1))[:length]
    return bytes(out[len(_BEGUN) :])
