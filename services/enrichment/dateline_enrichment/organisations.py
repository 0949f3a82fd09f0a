"""Which organisations a text names: those that editors keep, and runs that end or begin like an organisation's name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, chain
from operator import attrgetter

from msgspec import Struct

from dateline_enrichment.abbreviated import abbreviated
from dateline_enrichment.authority import Organisation, minted_id, organisation_id
from dateline_enrichment.bodies_of_towns import own_end
from dateline_enrichment.bodywords import shapes, without_legal
from dateline_enrichment.clubs_told import told_clubs
from dateline_enrichment.copytext import Copy
from dateline_enrichment.gazetteer import Atlas
from dateline_enrichment.letters import lettered
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.otherwise import meant
from dateline_enrichment.results import teams
from dateline_enrichment.runs import Runs
from dateline_enrichment.shapes import shaped_names
from dateline_enrichment.solid import solid_names
from dateline_kernel.remembering import remembered_word
from dateline_schemas.facts import Entity

LIMIT = 30
AGENCY_MENTIONS = 3
"""A news agency named this often, or in the headline, is what the story is about; else it is the source."""


_START = attrgetter("start")
_TAKEN = bytearray(b"\1")
"""Marks a position of the text as taken."""


class Mention(Struct, frozen=True, gc=False):
    """An organisation at a place of the text."""

    start: int
    end: int
    organisation: Organisation | None
    """None if it was found by the shape of its name."""
    name: str = ""
    """The full name, if the text gives it elsewhere; else empty."""
    own: int = 0
    """End of the words that are not its town's, if the town stays a place: ``Landgericht Bonn``; else 0."""


def find(
    copy: Copy, language: str, runs: Runs, found: list[Hit], atlas: Atlas, places: list[Hit], *, sport: bool = False
) -> tuple[Mention, ...]:
    """Every mention of an organisation, from left to right.

    A longer name that is found by its shape wins over a kept one in it. ``places``: the names of places in the text.
    ``sport``: the text is about sport, where lines of results name teams.
    """
    known = [Mention(*one) for one in meant(copy.text, found, atlas)]
    explained, known = _explained(copy.text, known)
    shaped = _by_shape(copy, language, runs, places, known, atlas)
    extra = [*explained, *_shaped(copy, language, known, explained, shaped)]
    if sport:
        bodies = [(one.start, one.end) for one in chain(known, extra)]
        playing = teams(copy, language, runs, places, bodies)
        if told := told_clubs(copy, language, places):
            held = [*bodies, *playing]
            playing += [one for one in told if not any(one[0] < end and start < one[1] for start, end in held)]
        extra += [Mention(start, end, None) for start, end in playing]
    if not extra:
        return tuple(known)
    return tuple(sorted([*_not_within(known, extra), *extra], key=_START))


def _by_shape(
    copy: Copy, language: str, runs: Runs, places: list[Hit], known: list[Mention], atlas: Atlas
) -> list[tuple[int, int]]:
    found = [*shaped_names(copy, language, runs, places), *solid_names(copy, language, runs, places)]
    bodies = [*found, *((one.start, one.end) for one in known)]
    return sorted([*found, *lettered(copy, runs, places, bodies, atlas)])


def _shaped(
    copy: Copy, language: str, known: list[Mention], explained: list[Mention], spans: list[tuple[int, int]]
) -> Iterator[Mention]:
    """Bodies found by their shape, without those that overlap a kept or an explained name, or one another."""
    spoken_for = bytearray(len(copy.text))
    for one in explained:
        spoken_for[one.start : one.end] = _TAKEN * (one.end - one.start)
    for start, end in spans:
        if spoken_for.find(_TAKEN, start, end) >= 0:
            continue
        first = bisect_left(known, start, key=_START)
        inside = [one for one in known[first : bisect_left(known, end, key=_START)] if one.end <= end]
        around = any(one.start <= start and end <= one.end for one in known[max(0, first - 1) : first + 1])
        if around or any(one.end == end or _begins(copy.text, one, start, end) for one in inside):
            continue
        spoken_for[start:end] = _TAKEN * (end - start)
        yield Mention(start, end, None, own=own_end(copy.text, start, end, language))


def _not_within(known: list[Mention], longer: list[Mention]) -> list[Mention]:
    """The kept names that are not part of a longer one."""
    outer = sorted(longer, key=_START)
    farthest = [0, *accumulate((one.end for one in outer), max)]
    return [one for one in known if farthest[bisect_right(outer, one.start, key=_START)] < one.end]


def _explained(text: str, known: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Bodies that the text gives with their abbreviations, and the kept names that remain beside them.

    The text's own explanation of an abbreviation counts more than a kept name; of two explanations the first counts.
    """
    found: list[Mention] = []
    told: dict[str, list[tuple[int, int]]] = {}
    for one in abbreviated(text) if "(" in text else ():
        before = bisect_right(known, one.start, key=_START) - 1
        kept = known[before].organisation if before >= 0 and one.end <= known[before].end else None
        if one.short not in told:
            told[one.short] = one.mentions(text)
            found += [Mention(start, end, kept, one.name) for start, end in told[one.short]]
        if kept is None:
            found.append(Mention(one.start, one.end, None))
    shorts = frozenset(chain.from_iterable(told.values()))
    return found, [k for k in known if (k.start, k.end) not in shorts]


_FURTHER = 3
"""Most words after a kept name that make it another body's: ``Heineken East Africa Company``."""


def _begins(text: str, one: Mention, start: int, end: int) -> bool:
    """Whether a kept name begins a longer name of the same organisation: ``Samsung Electronics Co``.

    Not one that ends in a small word, as this says what the body is, ``Арбитражный суд`` Свердловской области, nor a
    council or another body that is called by it: ``Hull City Council``.
    """
    kept, last = text[one.start : one.end].rpartition(" ")[2], text[start:end].rpartition(" ")[2]
    if kept.islower() or last in shapes().widened:
        return False
    return one.start == start and text[one.end : end].count(" ") < _FURTHER


def entities(copy: Copy, mentions: tuple[Mention, ...], credited: tuple[str, ...]) -> tuple[Entity, ...]:
    """The organisations as facts, the most named first; credited and other agencies only where they are the news."""
    grouped: dict[str, list[Mention]] = {}
    for one in mentions:
        written = one.name or copy.text[one.start : one.end]
        identity = organisation_id(one.organisation) if one.organisation else _minted(written)
        grouped.setdefault(identity, []).append(one)
    facts = []
    for identity, group in grouped.items():
        kept = group[0].organisation
        if kept and kept.agency and not _about(copy, group, kept.agency in credited):
            continue
        name = kept.name if kept else group[0].name or copy.text[group[0].start : group[0].end]
        method = "authority" if kept else "shape"
        facts.append((-len(group), group[0].start, _entity(identity, name, method, len(group))))
    return tuple(entity for _, _, entity in sorted(facts, key=lambda fact: fact[:2])[:LIMIT])


@remembered_word
def _minted(written: str) -> str:
    """The id of an organisation that has only its name, as the text writes it."""
    return minted_id("org", without_legal(written))


@lru_cache(maxsize=1024)
def _entity(identity: str, name: str, method: str, mentions: int) -> Entity:
    """An organisation as a fact. Cached, since the same ones are named in many stories."""
    return Entity(
        id=identity,
        name=name,
        kind="organisation",
        mentions=mentions,
        method=method,
        confidence=round(min(0.97, (0.9 if method == "authority" else 0.6) + 0.02 * mentions), 2),
    )


def _about(copy: Copy, group: list[Mention], credited: bool) -> bool:
    """Whether the story is about the agency: it is in the headline, or named again and again without being cited."""
    if any(one.end <= len(copy.headline) for one in group) and not credited:
        return True
    told = [one for one in group if not _cited(copy.text, one)]
    return len(told) >= AGENCY_MENTIONS


_CITING = re.compile(
    r"(?:\b(?:told|to|by|via|with|for|from|à|a|der|dem|an|til|för|per|quoted)(?: the| l'| la| der)?"
    r"(?: news agency| agency| agence| Nachrichtenagentur| agencia| agenzia)? ?|[(/])\Z",
    re.IGNORECASE,
)


def _cited(text: str, one: Mention) -> bool:
    return bool(_CITING.search(text, max(0, one.start - 40), one.start)) or text[one.end : one.end + 1] in (")", "/")
