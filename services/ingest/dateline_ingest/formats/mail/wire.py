"""What ANPA's header says, in headers of a mail: wires that are posted as news (ClariNet's ``clari.*``)."""

from __future__ import annotations

from email.message import Message as Mail

from msgspec import Struct

from dateline_ingest.formats.mail.headers import header
from dateline_ingest.formats.mail.table import mail_marks
from dateline_schemas.story import Subject


class WireHeaders(Struct, frozen=True):
    """What they say; nothing where there is no keyword among them."""

    slugline: str = ""
    urgency: int | None = None
    subjects: tuple[Subject, ...] = ()


def wire_headers(mail: Mail) -> WireHeaders:
    """The headers of a mail that is a wire's message; a mail's own ``Priority`` alone says nothing of a story."""
    table = mail_marks().wire
    slug, category = header(mail, table.slugline), header(mail, table.category)
    if not slug:
        return WireHeaders()
    urgency = table.urgencies.get(header(mail, table.urgency).lower())
    return WireHeaders(slug, urgency, (Subject(code=category, scheme=table.scheme),) if category else ())
