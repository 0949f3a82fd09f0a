"""Sealed mail: signed with the text inside the signature, or encrypted (RFC 8551, RFC 3156). Pure.

Of a signature (CMS: RFC 5652) only the text is taken; it is not verified, as the origin of other mail is not. The
library at hand, cryptography, gives nothing from it but certificates.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress

from dateline_ingest.formats.fault import Unparseable

_SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_OPENPGP = "application/pgp-encrypted"
_NAMED = (".p7m", ".p7c", ".p7z")
_SIGNED = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_OTHERS = {
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03": "encrypted with S/MIME",
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17": "encrypted with S/MIME",
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x09": "packed by S/MIME (RFC 3274)",
}
"""Object identifiers of what else may be in a CMS message: enveloped, authenticated and enveloped, compressed data."""
_MOST = 50_000
"""Elements of a signature that are looked at; a text comes in pieces of a thousand bytes or more."""
_DEEPEST = 16
_PRIMITIVE, _CONSTRUCTED, _SEQUENCE, _OID, _EXPLICIT = 0x04, 0x24, 0x30, 0x06, 0xA0
_OPENPGP_TEXT = re.compile(
    r"^-----BEGIN PGP MESSAGE-----[ \t]*$(?:(?!^-----END PGP MESSAGE-----)[\s\S])*+", re.MULTILINE
)


def is_sealed(kind: str, name: str) -> bool:
    """Whether a part of a mail is sealed, by its media type, or by its name if the type does not tell."""
    return kind in (*_SMIME, _OPENPGP) or (kind == "application/octet-stream" and name.lower().endswith(_NAMED))


def signed_entity(kind: str, data: bytes) -> bytes:
    """The MIME entity that was signed. Raises Unparseable, which says what the part is, where there is none."""
    if kind == _OPENPGP:
        raise _closed("encrypted with OpenPGP")
    if data[:1] != b"0":  # of some gateways it is base64 twice
        with suppress(binascii.Error, ValueError):
            data = b64decode(data, validate=False)
    try:
        entity = _Cms(data).entity()
    except Unparseable:
        raise
    except (IndexError, ValueError, StopIteration, RuntimeError) as error:
        raise Unparseable("the mail's signature (S/MIME) is broken; have it sent again, unsigned") from error
    if not entity.strip():
        raise Unparseable("the mail holds certificates alone (S/MIME), or a signature without its text")
    return entity


def without_openpgp(text: str) -> str:
    """A text without its encrypted part. Raises Unparseable if little else is in it."""
    if "-----BEGIN PGP MESSAGE-----" not in text:
        return text
    rest = _OPENPGP_TEXT.sub("", text).replace("-----END PGP MESSAGE-----", "")
    if len(rest.split()) <= _FEW:
        raise _closed("encrypted with OpenPGP")
    return rest


_FEW = 60
"""Most words beside an encrypted text that are not the story."""


def _closed(how: str) -> Unparseable:
    return Unparseable(f"the mail is {how}, and no key is kept here; have it sent open, over a line that encrypts")


class _Cms:
    """A CMS message in BER (X.690), which has elements without a stated length."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = _MOST

    def entity(self) -> bytes:
        """The signed entity; empty if it is elsewhere. Raises Unparseable, and errors of Python if it is broken."""
        tag, at, end = self._head(0)
        parts = self._within(at, end)
        kind, content = next(parts), next(parts)
        if tag != _SEQUENCE or kind[0] != _OID:
            raise ValueError
        name = self._data[kind[1] : kind[2]]
        if name != _SIGNED:
            raise _closed(_OTHERS.get(name, "sealed with S/MIME in a way that is not read"))
        signed = next(self._within(*content[1:]))
        for one in self._within(*signed[1:]):
            if one[0] == _SEQUENCE:  # version and digests stand before it
                _, *inner = self._within(*one[1:])
                return b"".join(self._octets(*next(self._within(*inner[0][1:])), 0)) if inner else b""
        return b""

    def _octets(self, tag: int, at: int, end: int | None, level: int) -> Iterator[bytes]:
        if tag == _PRIMITIVE and end is not None:
            yield self._data[at:end]
        elif tag == _CONSTRUCTED and level < _DEEPEST:
            for one in self._within(at, end):
                yield from self._octets(*one, level + 1)

    def _within(self, at: int, end: int | None) -> Iterator[tuple[int, int, int | None]]:
        """Tag, begin and end of the content of each element within one; where no length is stated, up to its mark."""
        while (at < end) if end is not None else self._data[at : at + 2] not in (b"\0\0", b""):
            tag, start, stop = self._head(at)
            yield tag, start, stop
            at = stop if stop is not None else self._after(start, 0)

    def _after(self, at: int, level: int) -> int:
        """Where an element without a stated length ends."""
        if level > _DEEPEST:
            raise ValueError
        while self._data[at : at + 2] != b"\0\0":
            _, start, stop = self._head(at)
            at = stop if stop is not None else self._after(start, level + 1)
        return at + 2

    def _head(self, at: int) -> tuple[int, int, int | None]:
        """Tag, begin and end of the content of the element at a place; no end where no length is stated."""
        self._left -= 1
        if self._left < 0:
            raise ValueError
        tag, length = self._data[at], self._data[at + 1]
        at += 2
        if length == 0x80:
            return tag, at, None
        if length > 0x80:
            size = length & 0x7F
            if size > 8:
                raise ValueError
            length, at = int.from_bytes(self._data[at : at + size], "big"), at + size
        if at + length > len(self._data):
            raise ValueError
        return tag, at, at + length
