"""Mails that programs send about mail: they hold no copy, whatever they say (RFC 3834, RFC 3464)."""

from __future__ import annotations

from email.message import Message as Mail

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.headers import header
from dateline_ingest.formats.mail.table import mail_marks


def check_copy(mail: Mail) -> None:
    """Refuse a bounce, an automatic answer, a receipt and the like. Raises Unparseable, which says what it is."""
    said: dict[str, str] = {}
    for kind in mail_marks().machines:
        for name in kind.headers:
            if name not in said:
                said[name] = header(mail, name)
        if all(pattern.match(said[name]) for name, pattern in kind.headers.items()):
            shown = next(f"{name}: {said[name]}" for name in kind.headers)
            raise Unparseable(f"the mail is {kind.what}, and no copy ({shown[:100]})")
