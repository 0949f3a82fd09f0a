"""The values a story is made of, in the terms of IPTC's ninjs 3 and NewsML-G2.

Every value is a frozen msgspec Struct. Texts are Unicode in NFC as the provider wrote them; an empty
string or tuple means that the message did not say; ``None`` means the same for dates and numbers.
Times are timezone-aware UTC. Nothing in a frozen value can refer back to it, so none of them waits for the garbage
collector (``gc=False``), here and in what is made of them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

Pubstatus = Literal["usable", "withheld", "canceled"]
"""IPTC pubstatus NewsCodes (http://cv.iptc.org/newscodes/pubstatusg2/)."""

ItemType = Literal["text", "picture", "graphic", "video", "audio", "composite"]
"""IPTC ninature NewsCodes, with a package called composite as ninjs does."""

Urgency = Annotated[int, Meta(ge=1, le=9)]
"""1 is a flash, 4 to 5 routine, 8 to 9 reserved by IPTC: 9 is user-defined."""

Confidence = Annotated[float, Meta(ge=0.0, le=1.0)]
Utc = Annotated[datetime, Meta(tz=True)]


class Subject(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A concept that the provider attached to the story, as it named it."""

    code: str
    """Code within its scheme, e.g. ``04000000``."""
    scheme: str = ""
    """Alias or URI of the vocabulary, e.g. ``subj``, ``medtop``."""
    name: str = ""


class CreditElement(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One thing that the message says about where it comes from. Nothing of this kind may be lost."""

    where: str
    """Element in the message: ``provider``, ``creditline``, ``byline``, ``author``, ``dateline``,
    ``copyrightholder``, ``copyrightnotice``, ``infosource``, ``contributor``, ``creator``, ``publisher``,
    ``source``, ``service``, ``endline``, ``picture`` (a credit of a picture, video or graphic), ``handler`` (who passed
    it on or wrote its metadata: nothing of whose copy it is)."""
    value: str
    """The exact text, or the code where the message gives a code only."""
    role: str = ""
    """Role that the message gives, e.g. ``crol:editor``."""


class Association(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An item that goes with the story (ninjs ``associations``): a picture, a video, a member of a package."""

    rel: str
    """``mainpic``, ``picture``, ``video``, ``member`` and so on, as the provider has it."""
    type: ItemType | Literal[""] = ""
    guid: str = ""
    href: str = ""
    headline: str = ""
    caption: str = ""
    creditline: str = ""
    usage_terms: str = ""
    """Terms of this item alone; those of the story are its own."""
    mimetype: str = ""
    width: Annotated[int, Meta(ge=0)] = 0
    """Pixels; 0 where the message does not say."""
    height: Annotated[int, Meta(ge=0)] = 0
    size: Annotated[int, Meta(ge=0)] = 0
    """Bytes; 0 where the message does not say."""


class UsageRight(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What may be done with the story, where and how long (NewsML 1.2 UsageRights, NITF doc.rights, ODRL in G2)."""

    type: str = ""
    """What use it is about, in the message's words or code."""
    geography: str = ""
    """Where it may be used, in the message's words or codes."""
    holder: str = ""
    limitations: str = ""
    start: Utc | None = None
    end: Utc | None = None


class Link(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A pointer to something that is not part of the story: read-more, previous version, canonical page."""

    href: str
    rel: str = ""
    title: str = ""


class Story(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One version of a story as its provider sent it, whatever the wire format was."""

    guid: str
    """The provider's own identifier of the story, the same in all its versions."""
    version: str = ""
    """The provider's version: a whole number or an RFC 3339 instant; empty if it states none."""
    alt_ids: tuple[Subject, ...] = ()
    """Other identifiers that the message gives the story; the scheme says whose or which kind."""
    take: Annotated[int, Meta(ge=0, le=999)] = 0
    """Which take this is of a story that is sent in parts under one guid, from 1; 0 for a whole story."""
    type: ItemType = "text"
    language: str = ""
    """BCP 47 tag as stated; empty if not stated."""
    headline: str = ""
    subheadline: str = ""
    slugline: str = ""
    byline: str = ""
    dateline: str = ""
    """As written: ``NIAMEY, March 26 (AFP) -``."""
    summary: str = ""
    paragraphs: tuple[str, ...] = ()
    """Plain text of the body, a paragraph each, a bare agency line at its end included."""
    body_html: str = ""
    """The same body as clean HTML: p, h2-h4, lists, tables, quotes, links, emphasis; no script or style."""
    urgency: Urgency | None = None
    pubstatus: Pubstatus = "usable"
    pulled: bool = False
    """Withheld by its provider's own word: until it says otherwise no version may be public (IPTC pubstatus withheld).
    What is withheld for want of an end of its embargo, or for a status that nobody knows, is not."""
    embargo: Utc | None = None
    """Not to be published before this instant."""
    first_created: Utc | None = None
    version_created: Utc | None = None
    subjects: tuple[Subject, ...] = ()
    places: tuple[Subject, ...] = ()
    people: tuple[Subject, ...] = ()
    organisations: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    genres: tuple[Subject, ...] = ()
    provider: str = ""
    creditline: str = ""
    copyright_holder: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    rights: tuple[UsageRight, ...] = ()
    """Rights that the message states in parts, in its order."""
    expires: Utc | None = None
    """Not to be used after this instant (ninjs ``expires``, NITF ``date.expire``)."""
    ed_note: str = ""
    signals: tuple[str, ...] = ()
    """What the message says it is: ``sig:update``, ``sig:correction``, ``kill`` and so on."""
    credits: tuple[CreditElement, ...] = ()
    """Every statement of origin in the message, in its order; the fields above are the ones editors print."""
    associations: tuple[Association, ...] = ()
    links: tuple[Link, ...] = ()
