"""A mail in the properties that Outlook keeps it in (MS-OXPROPS), whatever file they stand in. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from email.utils import format_datetime
from typing import Protocol

from dateline_ingest.formats.documents.document import written
from dateline_ingest.formats.documents.rtftext import SIGN, rich_text
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.parts import Attachment, Letter, Parts
from dateline_ingest.formats.mail.rtfpacked import decompressed
from dateline_ingest.formats.mail.tree import headers_alone
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.values.words import fold

CONTENT = 0x3701
_HEADERS, _SUBJECT, _CLASS = 0x007D, 0x0037, 0x001A
_SENDER = ((0x0042, 0x5D02, 0x0065), (0x0C1A, 0x5D01, 0x0C1F))
"""(name, SMTP address, address) of the author, and of the sender."""
_IDENTIFIER, _ANSWERS, _REFERENCES = 0x1035, 0x1042, 0x1039
_TEXT, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_NAME, _SHORT_NAME, _MIME, _CONTENT_ID = 0x3707, 0x3704, 0x370E, 0x3712
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06


class Properties(Protocol):
    """Properties by their number; what is not there is empty."""

    def text(self, number: int) -> str:
        """A text."""

    def bytes(self, number: int) -> bytes:
        """A value as it stands."""


def letter_of(
    said: Properties, files: tuple[Attachment, ...], mails: tuple[bytes | Letter, ...], limits: Limits
) -> Letter:
    """The mail, with its files and the mails within."""
    plain, html = said.text(_TEXT), said.text(_HTML)
    fault: Unparseable | None = None
    if not plain.strip() and not html.strip():
        try:
            plain, html = _rich_body(said, limits)
        except Unparseable as error:
            fault = error
    texts = ((plain,) if plain.strip() else (), (html,) if html.strip() else ())
    return Letter(_headers(said), Parts(*texts, files, mails, fault))


def _rich_body(said: Properties, limits: Limits) -> tuple[str, str]:
    """The text and the HTML of a mail whose body is RTF, one of which is empty at least (MS-OXCMSG 2.2.1.56.4).

    Raises Unparseable for RTF that is broken, or too large.
    """
    kept = said.bytes(_RTF)
    data = decompressed(kept, limits.bytes)
    if not data.startswith(SIGN):
        if kept:
            raise Unparseable("the mail's text, which is RTF, is broken; have it sent as plain text")
        return "", ""
    found = rich_text(data, limits)
    return ("", found.text) if found.is_html else (written(tuple(found.text.split("\n"))), "")


def attachment_of(said: Properties) -> Attachment:
    """A file of the mail."""
    name = said.text(_NAME) or said.text(_SHORT_NAME)
    kind = said.text(_MIME).strip().lower() or "application/octet-stream"
    return Attachment(fold(name)[:200], kind, said.bytes(CONTENT), said.text(_CONTENT_ID)[:400])


def _headers(said: Properties) -> Mail:
    """The headers that the mail came with, completed from its properties."""
    mail = headers_alone(said.text(_HEADERS))
    sent = _time(said.bytes(_SUBMITTED)) or _time(said.bytes(_DELIVERED))
    of, by = (_address(said, names) for names in _SENDER)
    stated = {
        "Subject": said.text(_SUBJECT),
        "From": of or by,
        "Sender": by if of and by != of else "",
        "Date": format_datetime(sent) if sent else "",
        "Message-ID": said.text(_IDENTIFIER),
        "In-Reply-To": said.text(_ANSWERS),
        "References": said.text(_REFERENCES),
        "X-Message-Class": said.text(_CLASS),
    }
    for name, value in stated.items():
        if value.strip() and name not in mail:
            mail[name] = fold(value)
    return mail


def _address(said: Properties, names: tuple[int, int, int]) -> str:
    """Name and address of a person; addresses within an Exchange server say nothing outside."""
    shown, *addresses = (fold(said.text(name)).replace('"', "") for name in names)
    where = next((one for one in addresses if "@" in one), "")
    shown = "" if shown == where else shown
    return f'"{shown}" <{where}>' if shown and where else where or shown


def _time(value: bytes) -> datetime | None:
    """A moment: tenths of a microsecond since 1601 (MS-DTYP 2.3.3)."""
    count = int.from_bytes(value[:8], "little")
    try:
        return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=count // 10) if count else None
    except OverflowError:
        return None
