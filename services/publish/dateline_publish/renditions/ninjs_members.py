"""The members of a ninjs 3.1 object that Dateline fills, by the standard's names in camel case."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"


class Standard(Struct, frozen=True, gc=False):
    """ninjs ``standard``."""

    name: str = "ninjs"
    version: str = "3.1"
    schema: str = SCHEMA


class Text(Struct, frozen=True, omit_defaults=True, rename="camel", gc=False):
    """An entry of ``headlines``, ``descriptions`` or ``bodies``."""

    value: str
    role: str = ""
    content_type: str = ""
    word_count: int = 0


class Concept(Struct, frozen=True, omit_defaults=True, gc=False):
    """An entry of ``people``, ``organisations``, ``places`` or ``genres``."""

    name: str
    rel: str = ""
    uri: str = ""
    literal: str = ""


class SubjectConcept(Struct, frozen=True, omit_defaults=True, gc=False):
    """An entry of ``subjects``; confidence in percent."""

    name: str
    uri: str
    rel: str
    confidence: int = 0


class Party(Struct, frozen=True, omit_defaults=True, gc=False):
    """An entry of ``infoSources``: ``creditline`` to print, ``agency`` whose copy it is, ``cited``, ``picture``.

    ``origin``: the agency whose story, of that URI, it is an uncredited copy of.
    """

    role: str
    name: str = ""
    literal: str = ""
    uri: str = ""


class Associated(Struct, frozen=True, omit_defaults=True, rename="camel", gc=False):
    """An entry of ``associations``."""

    name: str
    uri: str
    rel: str = ""
    type: str = ""
    headlines: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    info_sources: tuple[Party, ...] = ()
    usage_terms: str = ""


class AltId(Struct, frozen=True, gc=False):
    """An entry of ``altIds``."""

    role: str
    value: str


class Ninjs(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
    """A ninjs 3.1 object, as far as Dateline fills it."""

    uri: str
    standard: Standard | None = None
    type: str = ""
    representation_type: Literal["full", "partial"] | None = None
    version: str = ""
    first_created: datetime | None = None
    version_created: datetime | None = None
    pub_status: str = ""
    urgency: int | None = None
    copyright_holder: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    ed_note: str = ""
    language: str = ""
    by: str = ""
    slugline: str = ""
    located: str = ""
    headlines: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    bodies: tuple[Text, ...] = ()
    people: tuple[Concept, ...] = ()
    organisations: tuple[Concept, ...] = ()
    places: tuple[Concept, ...] = ()
    subjects: tuple[SubjectConcept, ...] = ()
    genres: tuple[Concept, ...] = ()
    info_sources: tuple[Party, ...] = ()
    associations: tuple[Associated, ...] = ()
    alt_ids: tuple[AltId, ...] = ()
    expires: str | datetime | None = None
    """Instant after which it must not be used any more; RFC 3339."""
