"""A mail taken apart: the text in it, what is attached, mails within."""

from __future__ import annotations

from email.message import Message as Mail

from msgspec import Struct

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.tree import bytes_in, file_name, leaves, mail_within, text_in

_TEXTS = ("text/plain", "text/html", "text/enriched", "text/markdown")


class Attachment(Struct, frozen=True):
    """A file in the mail."""

    name: str
    kind: str
    """Its media type, as the mail says."""
    data: bytes
    content_id: str = ""
    inline: bool = False


class Parts(Struct, frozen=True):
    """What is in the mail, in order."""

    plain: tuple[str, ...] = ()
    """Texts, lines as they were meant: soft breaks of format=flowed are taken back."""
    html: tuple[str, ...] = ()
    attached: tuple[Attachment, ...] = ()
    mails: tuple[bytes | Letter, ...] = ()
    """Mails within the mail: as bytes (``message/rfc822``), or as Outlook keeps them."""
    sealed: Unparseable | None = None
    """Why the first part that is encrypted, or has a broken signature, cannot be read."""


class Letter(Struct, frozen=True):
    """A mail: its headers, and what is in it."""

    headers: Mail
    parts: Parts

    def written(self) -> bytes:
        """Its headers and texts: they identify a mail that did not come as bytes."""
        lines = [f"{name}: {value}" for name, value in self.headers.raw_items()]
        return "\n".join((*lines, *self.parts.plain, *self.parts.html)).encode("utf-8", "replace")


def parts_of(mail: Mail) -> Parts:
    """Texts, attachments and mails within; of alternatives, each text of its kind."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[Attachment] = []
    mails: list[bytes | Letter] = []
    for part in leaves(mail):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            mails.append(mail_within(part))
            continue
        name = file_name(part)
        aside = part.get_content_disposition() == "attachment" or bool(name)
        if kind in _TEXTS and not aside:
            (html if kind == "text/html" else plain).append(text_in(part))
        elif part.get_content_maintype() != "multipart":
            attached.append(_attachment(part, name, kind))
    return Parts(tuple(filter(str.strip, plain)), tuple(filter(str.strip, html)), tuple(attached), tuple(mails))


def _attachment(part: Mail, name: str, kind: str) -> Attachment:
    content_id = str(part.get("content-id") or "").strip().strip("<>")
    inline = part.get_content_disposition() == "inline"
    return Attachment(name, kind, bytes_in(part), content_id[:400], inline)
