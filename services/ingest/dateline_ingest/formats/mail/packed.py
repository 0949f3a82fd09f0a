"""Opens what is packed into parts of a mail: signed entities, and Outlook's winmail.dat."""

from __future__ import annotations

import re

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.mapi import letter_of
from dateline_ingest.formats.mail.parts import Attachment, Letter, Parts, parts_of
from dateline_ingest.formats.mail.sealed import is_sealed, signed_entity, without_openpgp
from dateline_ingest.formats.mail.tnef import Packed, is_embedded, is_tnef, unpacked
from dateline_ingest.formats.mail.tree import open_mail
from dateline_ingest.formats.message import Limits

_DEEPEST = 4
"""Layers within one another: RFC 2634 has three."""
_ENTITY = re.compile(rb"\s*(?:content-[a-z-]{2,30}|mime-version)[ \t]*:", re.IGNORECASE)
_SIGNED = "multipart/signed"
"""How Outlook names the file that it keeps a signed mail in (MS-OXOSMIME 2.1.1)."""


def opened(parts: Parts, limits: Limits, level: int = 0) -> Parts:
    """The parts with everything opened. Raises Unparseable for texts that are too large."""
    whole = _open_texts(parts)
    for one in parts.attached:
        inner: Parts | None = None
        try:
            inner = _inside(one, limits, level)
        except Unparseable as fault:
            whole = _joined(whole, Parts(attached=(one,), sealed=fault), texts=False)
            continue
        if inner is None:
            whole = _joined(whole, Parts(attached=(one,)), texts=False)
            continue
        # What Outlook packed says again what the mail says.
        texts = not is_tnef(one.kind, one.data) or not (parts.plain or parts.html)
        whole = _joined(whole, opened(inner, limits, level + 1), texts=texts)
    return whole


def _open_texts(parts: Parts) -> Parts:
    """The texts that are not encrypted, and the mails within."""
    plain: list[str] = []
    sealed = parts.sealed
    for text in parts.plain:
        try:
            plain.append(without_openpgp(text))
        except Unparseable as fault:
            sealed = sealed or fault
    return Parts(tuple(plain), parts.html, (), parts.mails, sealed)


def _joined(one: Parts, other: Parts, *, texts: bool) -> Parts:
    return Parts(
        one.plain + other.plain * texts,
        one.html + other.html * texts,
        one.attached + other.attached,
        one.mails + other.mails,
        one.sealed or other.sealed,
    )


def _inside(one: Attachment, limits: Limits, level: int) -> Parts | None:
    """The content of a packed file; None for an ordinary one. Raises Unparseable if it is sealed or nested too deep."""
    if level >= _DEEPEST:
        if is_sealed(one.kind, one.name):
            raise Unparseable(f"signatures lie more than {_DEEPEST} deep within one another; have it sent unsigned")
        return None
    if is_tnef(one.kind, one.data):
        parts = _letter(unpacked(one.data), limits).parts
        return parts if parts != Parts() else None
    if is_sealed(one.kind, one.name):
        entity = signed_entity(one.kind, one.data)
        if _ENTITY.match(entity):
            return parts_of(open_mail(entity, ""))
        # A file that was signed by itself: release.pdf.p7m.
        return Parts(attached=(Attachment(one.name.removesuffix(".p7m"), "application/octet-stream", entity),))
    return parts_of(open_mail(one.data, "")) if one.kind == _SIGNED else None


def _letter(packed: Packed, limits: Limits, level: int = 0) -> Letter:
    """The mail that Outlook packed, with the mails within it."""
    files = [
        Attachment(one.name[:200], one.kind or "application/octet-stream", one.data, one.content_id[:400])
        for one in packed.files
        if not is_embedded(one)
    ]
    mails = [
        _letter(unpacked(one.data), limits, level + 1) for one in packed.files if is_embedded(one) and level < _DEEPEST
    ]
    return letter_of(packed.said, tuple(files), tuple(mails), limits)
