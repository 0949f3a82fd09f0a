"""The values a story is made of, in the terms of IPTC's ninjs 3 and NewsML-G2.

Every value is a frozen msgspec Struct. Texts are Unicode in NFC as the provider wrote them; an empty
string or tuple means that the message did not say; ``None`` means the same for dates and numbers.
Times are timezone-aware UTC.
"""

from __future__ import annotations

from datetime import date, datetime
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
Day = date
"""A day of the calendar, ISO 8601."""


class Subject(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A concept that the provider attached to the story, as it named it."""

    code: str
    """Code within its scheme, e.g. ``04000000``."""
    scheme: str = ""
    """Alias or URI of the vocabulary, e.g. ``subj``, ``medtop``."""
    name: str = ""


class CreditElement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that the message says about where it comes from. Nothing of this kind may be lost."""

    where: str
    """Element in the message: ``provider``, ``creditline``, ``byline``, ``author``, ``dateline``,
    ``copyrightholder``, ``copyrightnotice``, ``infosource``, ``contributor``, ``creator``, ``publisher``,
    ``source``, ``service``, ``endline``, ``picture`` (a credit of a picture, video or graphic)."""
    value: str
    """The exact text, or the code where the message gives a code only."""
    role: str = ""
    """Role that the message gives, e.g. ``crol:editor``."""


class Association(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An item that goes with the story (ninjs ``associations``): a picture, a video, a member of a package."""

    rel: str
    """``mainpic``, ``picture``, ``video``, ``member`` and so on, as the provider has it."""
    type: ItemType | Literal[""] = ""
    guid: str = ""
    href: str = ""
    headline: str = ""
    caption: str = ""
    creditline: str = ""
    mimetype: str = ""
    width: Annotated[int, Meta(ge=0)] = 0
    """Pixels; 0 where the message does not say."""
    height: Annotated[int, Meta(ge=0)] = 0
    size: Annotated[int, Meta(ge=0)] = 0
    """Bytes; 0 where the message does not say."""


class UsageRight(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What may be done with the story, where and how long (NewsML 1.2 UsageRights, NITF doc.rights, ODRL in G2)."""

    type: str = ""
    """What use it is about, in the message's words or code."""
    geography: str = ""
    """Where it may be used, in the message's words or codes."""
    holder: str = ""
    limitations: str = ""
    start: Utc | None = None
    end: Utc | None = None


class Link(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pointer to something that is not part of the story: read-more, previous version, canonical page."""

    href: str
    rel: str = ""
    title: str = ""


class Story(Struct, frozen=True, kw_only=True, omit_defaults=True):
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


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why something is claimed."""

    where: str
    """Field of the Story, with an index where it has many: ``credits.provider``, ``paragraphs[11]``."""
    text: str
    """The exact text there."""
    rule: str
    confidence: Confidence
    agency: str = ""
    """Agency id that the text names."""
    means: Literal["copy", "cited", "picture", "none"] = "copy"
    start: Annotated[int, Meta(ge=0)] = 0
    """Where ``text`` begins in the field, in characters; 0 as well where the field is the text."""


class Author(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person of the byline or of the closing credits."""

    name: str
    role: str = "author"
    """``author``, ``reporter``, ``writer``, ``editor``, ``translator``, ``photographer``, or ``initials`` where the
    name is nothing but the initials that a desk signs with."""
    place: str = ""
    agency: str = ""
    """Id of the agency that the byline puts the person with."""


class AgencyShare(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one agency has to do with the text."""

    agency: str
    role: Literal["sole", "with", "among"]
    """sole: the text is its alone. with: other people's text uses its material. among: one of several, on a par."""
    translated: bool = False
    """The text says that it is a translation of the agency's."""
    rewritten: bool = False
    """The text says that it was edited, shortened or rewritten."""


class Term(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is known of rights, and who says so."""

    value: str
    source: Literal["message", "contract", "agency"]
    """The message itself; else the contract with its feed; else what the agency asks of everybody."""
    where: str
    """Field of the Story, member of the Contract, or id of the agency."""


class Rights(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What may be done with the text; ``None`` where nobody says."""

    holder: Term | None = None
    notice: Term | None = None
    terms: Term | None = None
    territory: Term | None = None
    """Where it may run: ISO 3166-1 alpha-2 codes with commas, or the message's words."""
    expires: Term | None = None
    """Instant after which it must not be used, RFC 3339 in UTC."""
    archive: Term | None = None
    """``allowed`` or ``forbidden``."""
    rewriting: Term | None = None
    """``allowed`` or ``forbidden``."""


class Dateline(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The dateline taken apart. Names are as written: which place is meant stands in ``Facts.dateline``."""

    text: str
    """As it stands, its closing sign included."""
    where: str
    """Field that it stands in: ``paragraphs[0]``, or ``dateline`` where only the message states it."""
    cut: Annotated[int, Meta(ge=0)] = 0
    """Characters to drop from the front of that paragraph to have its sentence without it; 0 where it is a field."""
    place: str = ""
    region: str = ""
    """State, province or country behind the place."""
    date: str = ""
    day: Day | None = None
    """The date as a day of the calendar; ``None`` where the story's own date does not tell which one it is."""
    agencies: tuple[str, ...] = ()
    country: str = ""
    """ISO 3166-1 alpha-2 of the agency whose copy it is: its datelines leave out the country of places at home."""


class Passage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A passage of a text that stands in another story word for word."""

    where: str
    """Field of the Story that it is in: ``paragraphs[2]``."""
    text: str
    """The exact text there, its beginning where it is long."""
    start: Annotated[int, Meta(ge=0)] = 0
    """Where ``text`` begins in the field, in characters."""
    words: Annotated[int, Meta(ge=1)]
    """Words of the whole passage; in scripts without blanks, characters."""


class Origin(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The agency story that a text without a credit is a copy of."""

    story_id: str
    version: str
    """The provider's version of that story which the text is nearest to."""
    agency: str
    """Id of the agency whose copy that story is."""
    headline: str = ""
    """That story's."""
    withdrawn: bool = False
    """The agency had killed that story before the copy came in."""
    overlap: Confidence
    """Share of the text's words, those in quotation marks left out, that stand in that story in the same order."""
    taken: Confidence
    """Share of that story's words that stand in the text."""
    words: Annotated[int, Meta(ge=1)]
    """How many words they have in common."""
    passages: tuple[Passage, ...] = ()
    """The longest of what they have in common."""


class Credit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whose copy a story version is, and why."""

    agencies: tuple[str, ...] = ()
    """Ids of the agencies whose copy the text is or uses; the first one leads."""
    role: Literal["sole", "with", "among", "none"] = "none"
    """sole: agency copy; with: staff copy with agency material; among: several agencies."""
    cited: tuple[str, ...] = ()
    """Ids of agencies only quoted as a source."""
    pictures: tuple[str, ...] = ()
    """Ids of agencies credited for pictures, video or graphics only."""
    shares: tuple[AgencyShare, ...] = ()
    """What each of ``agencies`` has to do with the text, in the same order."""
    credit_line: str = ""
    authors: tuple[Author, ...] = ()
    dateline: Dateline | None = None
    copyright_holder: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    rights: Rights | None = None
    """The three above and what else is known of rights, each with who says so; ``None`` if nobody says anything."""
    evidence: tuple[Evidence, ...] = ()
    needs_review: bool = False
    reason: str = ""
    """Why a person should look, when needs_review."""
    origin: Origin | None = None
    """The agency story that the text is an uncredited copy of; it makes nobody one of ``agencies``."""
    overridden: str = ""
    """Id of the CreditOverridden by which an editor said this; empty where rules decided."""


class Language(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The language a text is in."""

    code: str
    """BCP 47 tag; ``und`` when nobody can tell."""
    confidence: Confidence
    method: str
    """``stated``, ``detected``, or ``stated+detected``."""


class Entity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or an organisation that the text names."""

    id: str
    """Stable: ``wikidata:Q1065`` where a source has one, else ``dateline:person:<hash of the name>``."""
    name: str
    kind: Literal["person", "organisation"]
    same_as: tuple[str, ...] = ()
    mentions: int = 1
    method: str = ""
    confidence: Confidence = 0.5


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place that the text names."""

    id: str
    """``iso3166:NE``, ``geonames:2440485`` or ``m49:011``."""
    name: str
    kind: Literal["country", "region", "subdivision", "city"]
    country: str = ""
    """ISO 3166-1 alpha-2."""
    same_as: tuple[str, ...] = ()
    mentions: int = 1
    method: str = ""
    confidence: Confidence = 0.5


class Topic(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An IPTC Media Topic of the story."""

    code: str
    """Eight digits, e.g. ``11000000``."""
    name: str
    level: int
    """1 is a top-level topic."""
    path: tuple[str, ...]
    """Codes from the top-level topic down to this one."""
    method: str
    """``stated``, ``mapped`` (from an older IPTC code) or the classifier's name."""
    confidence: Confidence = 1.0


class Facts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the enrichment service found out about a story's text."""

    language: Language
    dateline: Place | None = None
    """The place that the story is dated from; it is among ``places`` as well."""
    places: tuple[Place, ...] = ()
    people: tuple[Entity, ...] = ()
    organisations: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()
    words: int = 0
    reading_seconds: int = 0
