"""Which organisations a text names: those that editors keep, and runs that end or begin like an organisation's name."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_enrichment.authority import Organisation, minted_id, organisation_id
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.gazetteer import Atlas
from dateline_enrichment.locating import led_by_name
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.runs import Runs
from dateline_enrichment.shapes import shaped_names
from dateline_schemas.facts import Entity

LIMIT = 30
AGENCY_MENTIONS = 3
"""A news agency named this often, or in the headline, is what the story is about; else it is the source."""


class Mention(Struct, frozen=True, gc=False):
    """An organisation at a place of the text."""

    start: int
    end: int
    organisation: Organisation | None
    """None for one found by the shape of its name."""


def find(copy: Copy, language: str, runs: Runs, found: list[Hit], atlas: Atlas) -> tuple[Mention, ...]:
    """Every mention of an organisation, from left to right; a longer name by its shape wins over a kept one in it."""
    first = atlas.first_organisation
    known = [
        Mention(start, end, organisation)
        for name, start, end in found
        if not (atlas.scopes[name] and led_by_name(copy.text, start))
        and not ((organisation := atlas.organisations[name - first]).member and _is_title(copy.text, end))
    ]
    shaped = shaped_names(copy, language, runs)
    if not shaped:
        return tuple(known)
    extra = []
    for start, end in shaped:
        inside = [one for one in known if start <= one.start and one.end <= end]
        around = any(one.start <= start and end <= one.end for one in known)
        if not around and not any(one.start == start or one.end == end for one in inside):
            extra.append(Mention(start, end, None))
    inner = [one for one in known if not any(s.start <= one.start and one.end <= s.end for s in extra)]
    return tuple(sorted([*inner, *extra], key=lambda one: one.start))


_GIVEN = re.compile(r" ([^\W\d_]+) [^\W\d_]")


def _is_title(text: str, end: int) -> bool:
    """Whether the name of a body is a member's title here, as in ``Bundesrat Martin Pfister``."""
    after = _GIVEN.match(text, end)
    return after is not None and after[1] in cues().given


def entities(copy: Copy, mentions: tuple[Mention, ...], credited: tuple[str, ...]) -> tuple[Entity, ...]:
    """The organisations as facts, the most named first; credited and other agencies only where they are the news."""
    grouped: dict[str, list[Mention]] = {}
    for one in mentions:
        identity = (
            organisation_id(one.organisation) if one.organisation else minted_id("org", copy.text[one.start : one.end])
        )
        grouped.setdefault(identity, []).append(one)
    facts = []
    for identity, group in grouped.items():
        kept = group[0].organisation
        if kept and kept.agency and not _about(copy, group, kept.agency in credited):
            continue
        name = kept.name if kept else copy.text[group[0].start : group[0].end]
        facts.append((-len(group), group[0].start, _entity(identity, name, kept, len(group))))
    return tuple(entity for _, _, entity in sorted(facts, key=lambda fact: fact[:2])[:LIMIT])


def _entity(identity: str, name: str, kept: Organisation | None, mentions: int) -> Entity:
    return Entity(
        id=identity,
        name=name,
        kind="organisation",
        mentions=mentions,
        method="authority" if kept else "shape",
        confidence=round(min(0.97, (0.9 if kept else 0.6) + 0.02 * mentions), 2),
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
