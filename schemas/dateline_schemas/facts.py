"""What enrichment finds in a story's text: its language, places, people, organisations and topics.

Every value is a frozen msgspec Struct with the method by which it was found, and how sure that is.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dateline_schemas.story import Confidence


class Language(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The language a text is in."""

    code: str
    """BCP 47 tag; ``und`` when nobody can tell."""
    confidence: Confidence
    method: str
    """``stated``, ``detected``, or ``stated+detected``."""


class Entity(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A person or an organisation that the text names."""

    id: str
    """Stable: ``wikidata:Q1065`` where a source has one, else ``dateline:person:<hash of the name>``."""
    name: str
    kind: Literal["person", "organisation"]
    same_as: tuple[str, ...] = ()
    """Its ids in other sources; nothing fills it yet."""
    mentions: int = 1
    """How often the text names it."""
    method: str = ""
    """How it was found: an organisation by ``authority`` (kept by name) or ``shape`` (form of its name), a person by
    ``rules`` or ``model``."""
    confidence: Confidence = 0.5


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A place that the text names."""

    id: str
    """``iso3166:NE``, ``geonames:2440485`` or ``m49:011``."""
    name: str
    kind: Literal["country", "region", "subdivision", "city"]
    country: str = ""
    """ISO 3166-1 alpha-2."""
    same_as: tuple[str, ...] = ()
    """Its ids in other sources: ``wikidata:Q1032``."""
    mentions: int = 1
    """How often the text names it; the dateline counts as one."""
    method: str = ""
    """How it was found: ``dateline``, ``gazetteer``, or ``demonym`` (only an adjective names the country)."""
    confidence: Confidence = 0.5


class Topic(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
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


class Facts(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What the enrichment service found out about a story's text."""

    language: Language
    dateline: Place | None = None
    """The place that the story is dated from; it is among ``places`` as well."""
    places: tuple[Place, ...] = ()
    people: tuple[Entity, ...] = ()
    organisations: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()
    words: int = 0
    """Words of the body. If a script has no spaces between words, two or five characters count as one."""
    reading_seconds: int = 0
    """How long a reader takes, at 230 words a minute."""
