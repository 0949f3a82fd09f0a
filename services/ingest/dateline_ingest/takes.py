"""Takes: a story that is sent in parts. Each part becomes a version in which all parts so far stand. Pure.

ANPA 1312 and IPTC 7901 wires number them, NITF by its dynamic use key. They come in any order, and again when one is
corrected: a take has its place by its number. The log has whole versions; which take made a version stands in its
flags, and with that the parts are found in it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.status import latest
from dateline_ingest.ordering import compare, value
from dateline_schemas.story import Pubstatus, Story

MISSING = "take-missing"
"""Flag of a version before whose last take another one is not there."""
CORRECTION = "sig:correction"

_PLACED = re.compile(r"take-(\d{1,3})")
_LEADS = 100
"""Leads of a story that versions made of a time tell apart (``formats.textwire.ids.wire_version``)."""


class Part(Struct, frozen=True):
    """One take's text, as it stands in its story."""

    version: str
    """Its version; empty where that is not known."""
    paragraphs: tuple[str, ...]
    body_html: str


Parts = Mapping[int, Part]
"""By number of the take. A story that is not sent in takes is one part, the first."""


def number_of(story: Story) -> int:
    """Which take a story is: the first, where it does not say."""
    return max(1, story.take)


def flag_of(story: Story) -> str:
    """Flag of a version that a take made of the one before: which take."""
    return f"take-{number_of(story)}"


def missing(numbers: Iterable[int]) -> bool:
    """Whether takes are left out among these, one at least."""
    there = set(numbers)
    return len(there) < max(there)


def alone(story: Story, version: str) -> dict[int, Part]:
    """The parts of a version that came by itself."""
    return {number_of(story): Part(version, story.paragraphs, story.body_html)}


def with_take(parts: Parts, story: Story, version: str) -> dict[int, Part]:
    """The parts with a take in its place."""
    return {**parts, **alone(story, version)}


def parts_of(version: str, whole: Story, flags: Iterable[str], before: Parts, label: str) -> dict[int, Part]:
    """The parts of a version in the log, which has ``flags`` and came after the version ``label`` with ``before``."""
    found = next((match for flag in flags if (match := _PLACED.fullmatch(flag))), None)
    if found is None:
        return alone(whole, version)
    number = int(found[1])
    low = [before[one] for one in sorted(before) if one < number]
    high = [before[one] for one in sorted(before) if one > number]
    start, end = sum(len(part.paragraphs) for part in low), sum(len(part.paragraphs) for part in high)
    head, tail = _html(low), _html(high)
    html = whole.body_html[len(head) + 1 if head else 0 : len(whole.body_html) - (len(tail) + 1 if tail else 0)]
    # A take that came late stands in a version with the label of a later one: its own is not known.
    own = "" if high and version == label else version
    part = Part(own, whole.paragraphs[start : len(whole.paragraphs) - end], html)
    return {**before, number: part}


def of_one_lead(version: str, other: str) -> bool:
    """Whether takes of these versions belong to one lead: the same version, or times that say the same lead."""
    if compare(version, other) == 0:
        return True
    first, second = value(version), value(other)
    return isinstance(first, datetime) and isinstance(second, datetime) and _lead(first) == _lead(second)


def _lead(instant: datetime) -> int:
    return instant.microsecond // 1_000 % _LEADS


def fits(parts: Parts, version: str, story: Story) -> bool:
    """Whether a story is a take that has its place in the current version, which has these parts.

    A take that is there already comes again to replace it: a first one only if it says that it corrects, since else it
    begins the story anew. What is no take is the first one if later ones came before it.
    """
    number, stated = number_of(story), story.version
    if stated and not of_one_lead(stated, version):
        return False
    if number not in parts:
        after_these = all(_follows(stated, part.version) for one, part in parts.items() if one < number)
        return after_these and (bool(story.take) or all(_follows(part.version, stated) for part in parts.values()))
    if not story.take:
        return False
    order = compare(stated, parts[number].version) if stated and parts[number].version else 1
    return (order == 1 and number > 1) or (CORRECTION in story.signals and order in (0, 1))


def _follows(version: str, other: str) -> bool:
    return not version or not other or compare(version, other) != -1


def joined(current: Story, parts: Parts, take: Story) -> Story:
    """The current version with a take in its place, its text that of ``parts``.

    The first take is asked first for headline and so on, the others where it does not say. What any of them says about
    origin is kept, and none of them lets a text out that another one holds back.
    """
    leads = number_of(take) == min(parts)
    first, second = (take, current) if leads else (current, take)
    numbers = sorted(parts)
    older = compare(take.version, current.version) == -1
    return msgspec.structs.replace(
        _filled(first, second),
        version=current.version if older else take.version,
        version_created=latest(current.version_created, take.version_created),
        take=numbers[-1],
        paragraphs=tuple(paragraph for one in numbers for paragraph in parts[one].paragraphs),
        body_html=_html([parts[one] for one in numbers]),
        ed_note=lines_once((*first.ed_note.splitlines(), *second.ed_note.splitlines())),
        pubstatus=_status(current, take),
        embargo=latest(current.embargo, take.embargo),
        expires=min((moment for moment in (current.expires, take.expires) if moment), default=None),
    )


def _filled(first: Story, second: Story) -> Story:
    """What the first says and, where it says nothing, the second; lists have what both have."""
    said: dict[str, Any] = {}
    for name in Story.__struct_fields__:
        one, other = getattr(first, name), getattr(second, name)
        said[name] = once((*one, *other)) if isinstance(one, tuple) else one or other
    return Story(**said)


def _html(parts: Iterable[Part]) -> str:
    return "\n".join(part.body_html for part in parts if part.body_html)


def _status(one: Story, other: Story) -> Pubstatus:
    return "withheld" if "withheld" in (one.pubstatus, other.pubstatus) else one.pubstatus
