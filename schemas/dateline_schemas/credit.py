"""What attribution says of a story: whose copy it is, by whom, from where, under what rights, and why it says so.

Every value is a frozen msgspec Struct; empty and ``None`` mean that nobody says, as in a Story.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from dateline_schemas.story import Confidence

Day = date
"""A day of the calendar, ISO 8601."""
Role = Literal["sole", "with", "among", "none"]
"""What the agencies of a text have to do with it, all together."""
Share = Literal["sole", "with", "among"]
"""What one of them has to do with it."""


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
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


class Author(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A person of the byline or of the closing credits."""

    name: str
    role: str = "author"
    """``author``, ``reporter``, ``writer``, ``editor``, ``translator``, ``photographer``, or ``initials`` where the
    name is nothing but the initials that a desk signs with."""
    place: str = ""
    agency: str = ""
    """Id of the agency that the byline puts the person with."""
    where: str = ""
    """Field of the Story that the name stands in, as in Evidence; empty in events of before this was told."""
    text: str = ""
    """The exact text there, where it is not ``name``: a name in capitals."""
    start: Annotated[int, Meta(ge=0)] = 0
    """Where it begins in the field, in characters."""
    rule: str = ""
    """The way of signing: ``bylines.`` and what attribution calls it."""
    confidence: Confidence = 0.0


class AgencyShare(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What one agency has to do with the text."""

    agency: str
    role: Share
    """sole: the text is its alone. with: other people's text uses its material. among: one of several, on a par."""
    translated: bool = False
    """The text says that it is a translation of the agency's."""
    rewritten: bool = False
    """The text says that it was edited, shortened or rewritten."""


class Treatment(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Where a text says that it was translated or rewritten."""

    does: Literal["translated", "rewritten"]
    where: str
    """Field of the Story, as in Evidence."""
    text: str
    """The exact text there."""
    start: Annotated[int, Meta(ge=0)] = 0
    """Where ``text`` begins in the field, in characters."""
    rule: str
    confidence: Confidence
    agency: str = ""
    """Id of the agency whose copy is meant; empty: of whoever is credited."""


class LineEvidence(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Why the credit line reads as it does."""

    rule: str
    """Rule of the house: ``creditline.`` and what attribution calls it; ``editor`` where an editor said it."""
    language: str = ""
    """Primary subtag of the language whose words are in it; empty where it would be the same in any."""
    rests_on: tuple[Annotated[int, Meta(ge=0)], ...] = ()
    """Positions in ``Credit.evidence`` of the claims that it prints: the surest of each agency, in its order."""
    where: str = ""
    """Field of the Story that states it, where the message's own line is kept."""
    confidence: Confidence = 0.0
    """That of the least sure of those claims; 1 where the message or an editor says it."""


class Term(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One thing that is known of rights, and who says so."""

    value: str
    source: Literal["message", "contract", "agency"]
    """The message itself; else the contract with its feed; else what the agency asks of everybody."""
    where: str
    """Field of the Story, member of the Contract, or id of the agency."""


class Rights(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
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


class Dateline(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The dateline taken apart. Names are as written: which place is meant stands in ``Facts.dateline``."""

    text: str
    """As it stands at the beginning of the field, its closing sign included."""
    where: str
    """Field that it stands in: the paragraph in which the text begins, ``subheadline``, or ``dateline`` where only the
    message states it."""
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
    rule: str = ""
    """The shape that it has: ``datelines.`` and what attribution calls it; empty in events of before this was told."""
    confidence: Confidence = 0.0


class Passage(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A passage of a text that stands in another story word for word."""

    where: str
    """Field of the Story that it is in: ``paragraphs[2]``."""
    text: str
    """The exact text there, its beginning where it is long."""
    start: Annotated[int, Meta(ge=0)] = 0
    """Where ``text`` begins in the field, in characters."""
    words: Annotated[int, Meta(ge=1)]
    """Words of the whole passage; in scripts without blanks, characters."""


class Origin(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
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


class Credit(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Whose copy a story version is, and why."""

    agencies: tuple[str, ...] = ()
    """Ids of the agencies whose copy the text is or uses; the first one leads."""
    role: Role = "none"
    """sole: agency copy; with: staff copy with agency material; among: several agencies."""
    cited: tuple[str, ...] = ()
    """Ids of agencies only quoted as a source."""
    pictures: tuple[str, ...] = ()
    """Ids of agencies credited for pictures, video or graphics only."""
    shares: tuple[AgencyShare, ...] = ()
    """What each of ``agencies`` has to do with the text, in the same order."""
    treatments: tuple[Treatment, ...] = ()
    """Why shares are called translated or rewritten."""
    credit_line: str = ""
    credit_line_evidence: LineEvidence | None = None
    """Why ``credit_line`` reads so; ``None`` where it is empty, and in events of before this was told."""
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
