"""What a mail's headers say: where it comes from, when it was sent, what it answers, which story it is."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import Message as Mail
from itertools import chain

from msgspec import Struct

from dateline_ingest.formats.mail.headers import address, addresses, header, ids
from dateline_ingest.formats.mail.table import mail_marks
from dateline_ingest.formats.textwire.ids import story_name, wire_guid
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.instants import instant
from dateline_schemas.story import CreditElement, Link, Story, Subject

_ORIGINS = (
    ("From", "creator"), ("Author", "creator"), ("Sender", "publisher"), ("Reply-To", "contributor"),
    ("Resent-From", "contributor"), ("Resent-Sender", "contributor"),
)  # fmt: skip
"""Who wrote it, also where a list put itself into ``From`` (RFC 9057), and who sent it, or sent it on (RFC 5322)."""
_OF_LISTS = ("List-Id", "List-Post", "List-Unsubscribe")
_TAG = re.compile(r"((?:[A-Za-z]{1,5}:\s*)?)\[[^\[\]]{1,60}\]\s*(?=\S)")
_LISTS = ("List-Id", "X-Newsgroup")
_REPLACES = ("Supersedes", "Obsoletes", "Replaces")


def origins_of(mail: Mail) -> list[CreditElement]:
    """What the headers say of where the mail comes from; the role is the header."""
    found: list[CreditElement] = []
    seen: set[str] = set()
    for name, where in _ORIGINS:
        for value in chain.from_iterable(addresses(mail, name)):
            if value and value.lower() not in seen:
                seen.add(value.lower())
                found.append(CreditElement(where=where, value=value, role=name))
    if said := header(mail, "Organization") or header(mail, "Organisation"):
        found.append(CreditElement(where="publisher", value=said, role="Organization"))
    found += [CreditElement(where="service", value=said, role=name) for name in _LISTS if (said := header(mail, name))]
    return found


def subject_of(mail: Mail) -> str:
    """The subject without asterisks around it; of a mailing list without the name that it writes before each
    (RFC 5256, section 2.1)."""
    said = header(mail, "Subject").strip("* ")
    return _TAG.sub(r"\1", said, count=1) if any(name in mail for name in _OF_LISTS) else said


def sent_at(mail: Mail) -> datetime | None:
    """When the mail was sent: its Date, else when it was sent on, else when it was received last."""
    for name in ("Date", "Resent-Date", "Delivery-Date"):
        if (moment := instant(header(mail, name).partition(" (")[0])) is not None:
            return moment
    return instant(header(mail, "Received").rpartition(";")[2].strip().partition(" (")[0])


def links_of(mail: Mail) -> list[Link]:
    """What the mail answers and replaces (RFC 2392 names a mail ``mid:``)."""
    found = [Link(href=f"mid:{one}", rel="replaces") for name in _REPLACES for one in ids(mail, name)]
    found += [Link(href=f"mid:{one}", rel="in-reply-to") for one in ids(mail, "In-Reply-To")]
    answered = {link.href for link in found}
    found += [
        Link(href=f"mid:{one}", rel="references") for one in ids(mail, "References") if f"mid:{one}" not in answered
    ]
    return found


def own_id(mail: Mail) -> str:
    """The mail's own identifier; empty where it has none."""
    return next(iter(ids(mail, "Message-ID")), "") or header(mail, "Message-ID").strip("<> ")


def identity(story: Story, mail: Mail, said: Said | None, sent: datetime | None) -> str:
    """What tells the story from others, the best that the mail has.

    A keyword as wires have it makes one identifier for a day; a mail that kills, corrects or updates the one that it
    answers is a version of that one; else the mail's own identifier it is.
    """
    own = own_id(mail)
    earlier = next((found[0] for name in _REPLACES if (found := ids(mail, name))), "")
    if said is None:
        return earlier or own
    if story.slugline or (said.names and not earlier):
        sender = address(mail, "From")
        day = sent.date() if sent else None
        name = story_name(said.slug.name, story.headline, said.names, titled=said.titled)
        if keyed := wire_guid(sender[1].rpartition("@")[2] or sender[0] or "mail", name, day):
            return keyed
    thread = ids(mail, "References") or ids(mail, "In-Reply-To")
    if thread and (said.killed or said.corrects or said.lead):
        return earlier or thread[0]
    return earlier or own


def provider_of(mail: Mail) -> str:
    """The organisation, or the sender's name."""
    return header(mail, "Organization") or header(mail, "Organisation") or address(mail, "From")[0]


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
