"""The language of a text: what the provider states, compared with what the text shows."""

from __future__ import annotations

import re
from functools import lru_cache

import pycld2
from msgspec import Struct

from dateline_enrichment.tables import toml_table, typed_table
from dateline_kernel.remembering import remembered_word
from dateline_schemas.facts import Language

LANGUAGES_KEPT = 256
"""Number of languages for which compiled patterns are kept: more than ISO 639-1 has codes."""
DETECTED_CHARACTERS = 600
"""Characters that are looked at: more makes no difference to the answer."""
GLANCE = (slice(40), slice(150, 190), slice(300, 340), slice(450, 490))
"""Parts of the text that are looked at first: from all over it, since it may begin or end in another language."""
PROSE_BREAKS = 4
"""A text with more line breaks than this may be a list, whose language a glance is too sure of."""
GLANCE_SHARE = 0.95
"""Part of a glance that must be in the stated language for it to be enough."""
ENOUGH_WORDS = 40
"""From this many words on, a reliable detection puts the provider's tag in doubt."""
CLEAR_SHARE = 0.8
"""Part of the text that must be in the detected language for that."""

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_](?:[A-Za-z0-9]{1,8}))*\Z")
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[^\x00-\uffff]")
"""Characters that CLD2 refuses or that say nothing of a language."""
_UNSAID = frozenset({"", "un", "und", "mul", "zxx", "xx", "xxx", "mis"})


class Detection(Struct, frozen=True):
    """The language that the text itself shows."""

    code: str
    """BCP 47 tag; empty if it cannot be told."""
    reliable: bool
    share: float
    """Part of the text that is in this language, 0 to 1."""


@remembered_word
def normal_tag(stated: str) -> str:
    """A provider's tag as BCP 47 (RFC 5646, section 2.1.1 for the case): ``swe`` is ``sv``, ``en_US`` is ``en-US``.

    Empty for one that is no tag of a language.
    """
    stated = stated.strip()
    stated = _codes().get(stated.lower(), stated)
    found = _TAG.match(stated)
    if not found or stated.lower().startswith(("x-", "i-")):
        return ""
    language, script, region = found.groups()
    language = _codes().get(language.lower(), language.lower())
    if language in _UNSAID:
        return ""
    return "-".join(part for part in (language, (script or "").title(), (region or "").upper()) if part)


def languages() -> dict[str, str]:
    """Every language that can be detected or stated: primary tag to English name, empty where none is known."""
    found: dict[str, str] = {}
    for name, code in pycld2.LANGUAGES:
        if tag := primary(normal_tag(code)):
            found.setdefault(tag, name.title())
    for tag in (*_codes().values(), *(tag for group in _alike() for tag in group)):
        found.setdefault(primary(tag), "")
    return found


def detect(text: str) -> Detection:
    """What CLD2 makes of the text. Never raises, whatever the characters."""
    sample = text[:DETECTED_CHARACTERS]
    try:
        reliable, _, details = pycld2.detect(sample, isPlainText=True)
    except (pycld2.error, UnicodeError, ValueError):
        reliable, _, details = pycld2.detect(_ODD.sub(" ", sample), isPlainText=True)
    _, code, share, _ = details[0]
    tag = normal_tag(code)
    return Detection(tag, bool(reliable and tag), share / 100 if tag else 0.0)


def language(stated: str, text: str, words: int) -> Language:
    """The language of a text: what the provider states, with a confidence by how far the text agrees.

    The statement counts even if the text seems to be in another language, with low confidence then: lists of names and
    results look like other languages, and outlets subscribe to topics by the language that providers state. ``words``:
    number of words.
    """
    tag = normal_tag(stated)
    if tag and _seen_at_a_glance(tag, text):
        return Language(code=tag, confidence=0.99, method="stated+detected")
    found = detect(text)
    if not tag:
        return _unstated(found)
    if alike(tag, found.code):
        return Language(code=tag, confidence=0.99 if found.reliable else 0.9, method="stated+detected")
    doubtful = found.reliable and found.share >= CLEAR_SHARE and words >= ENOUGH_WORDS
    return Language(code=tag, confidence=0.3 if doubtful else 0.6 if found.reliable else 0.8, method="stated")


def _seen_at_a_glance(tag: str, text: str) -> bool:
    """Whether a few parts of a text agree with a tag so clearly that the whole sample would, too."""
    if len(text) < DETECTED_CHARACTERS or text.count("\n", 0, DETECTED_CHARACTERS) > PROSE_BREAKS:
        return False
    found = detect("".join([text[piece] for piece in GLANCE]))
    return found.reliable and found.share >= GLANCE_SHARE and alike(tag, found.code)


def _unstated(found: Detection) -> Language:
    if not found.code:
        return Language(code="und", confidence=0.0, method="detected")
    confidence = round(0.95 * found.share, 2) if found.reliable else 0.4
    return Language(code=found.code, confidence=confidence, method="detected")


def alike(one: str, other: str) -> bool:
    """Whether two tags mean the same language, or languages that a detector cannot keep apart."""
    first, second = primary(one), primary(other)
    return first == second or any(first in group and second in group for group in _alike())


@remembered_word
def primary(tag: str) -> str:
    """The language of a tag without script and region: ``sv`` of ``sv-FI``."""
    return tag.partition("-")[0].lower()


@remembered_word
def spoken(tag: str) -> str:
    """The language of a tag as the tables name it: ``no`` for both forms of Norwegian, ``hr`` for Bosnian."""
    language = primary(tag)
    return _SPOKEN.get(language, language)


_SPOKEN = {"nb": "no", "nn": "no", "bs": "hr"}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return typed_table("languages.toml", dict[str, str], "codes")


@lru_cache(maxsize=1)
def _alike() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in toml_table("languages.toml")["alike"]["groups"])
