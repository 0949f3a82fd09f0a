"""Bodies that come packed (RFC 9110, 8.4), unpacked piece by piece within a limit. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Callable

Unpack = Callable[[bytes, bool], bytes]
"""A piece of a body, and whether more follows, to what it unpacks to. Raises Broken."""

_GZIP = 16 + zlib.MAX_WBITS
_MEMBERS = 1_000
"""Members of a gzip body after the first one."""


class UnknownCoding(Exception):
    """A coding that is not read. The text is its name."""


class Broken(Exception):
    """The body is not whole. The text is the coding's name."""


def unpacker(encoding: str, most: int) -> Unpack:
    """Takes the body piece by piece, with whether more follows; gives at most ``most`` + 1 bytes for all of it.

    ``encoding`` is the value of ``Content-Encoding``; two codings are none that is read. Raises UnknownCoding.
    """
    layers = [layer.strip().lower() for layer in encoding.split(",")]
    name = ", ".join(layer for layer in layers if layer not in ("", "identity"))
    if not name:
        return lambda piece, more: piece
    if name not in ("gzip", "x-gzip", "deflate"):
        raise UnknownCoding(name[:40])
    bits = zlib.MAX_WBITS if name == "deflate" else _GZIP
    stream, left, members = zlib.decompressobj(bits), most + 1, _MEMBERS

    def unpack(piece: bytes, more: bool) -> bytes:
        nonlocal bits, stream, left, members
        parts = []
        if bits == zlib.MAX_WBITS and piece and piece[0] & 0x0F != zlib.DEFLATED and left > most:
            # Without zlib's frame (RFC 1950), as some send it who understood the name so.
            bits = -zlib.MAX_WBITS
            stream = zlib.decompressobj(bits)
        try:
            while piece and left:
                if stream.eof and bits == _GZIP and members:  # another member (RFC 1952, 2.2)
                    stream, members = zlib.decompressobj(bits), members - 1
                parts.append(stream.decompress(piece, left))
                left -= len(parts[-1])
                if stream.unused_data and (bits != _GZIP or not members):
                    raise Broken(name)
                piece = stream.unused_data
        except zlib.error as error:
            raise Broken(name) from error
        # An end that never came: not what the sender meant to send.
        if not more and left and not stream.eof:
            raise Broken(name)
        return b"".join(parts)

    return unpack
