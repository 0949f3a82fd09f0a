"""Whether the text says that it was translated or rewritten, and from whose copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from dateline_attribution.mentions import Mention, mask, signs_at
from dateline_attribution.rules import RuleSet
from dateline_attribution.ruletable import Place
from dateline_attribution.takings import quoted
from dateline_attribution.texts import Piece
from dateline_schemas.credit import AgencyShare, Treatment

_LINE = 300
"""Characters of a part that may say so: it is a credit, not a story about a translation."""
_IN_BRACKETS = (")", ").")
"""How a paragraph ends that may say so in its last brackets."""
_PLACES: frozenset[Place] = frozenset(("byline", "creditline", "source", "dateline", "opening", "mark", "ending"))
"""First places of parts that may say so; a part that is near the beginning or the end has that as its first."""


def treated(
    parts: Sequence[Piece], mentioned: Mapping[int, Sequence[Mention]], rules: RuleSet
) -> tuple[Treatment, ...]:
    """What the credits in a story's parts say of how its copy was treated; ``mentioned`` are mentions by part."""
    lines = [
        nth
        for nth, part in enumerate(parts)
        if part.places[0] in _PLACES and (len(part.text) <= _LINE or part.text.endswith(_IN_BRACKETS))
    ]
    if not rules.may_be_treated("\n".join([parts[nth].text for nth in lines])):
        return ()
    return tuple(found for nth in lines for found in _in_part(parts[nth], mentioned.get(nth, ()), rules))


def _in_part(part: Piece, mentions: Sequence[Mention], rules: RuleSet) -> Iterator[Treatment]:
    masked = mask(part.text, mentions)
    begins = masked.rfind("(", -_LINE) if len(part.text) > _LINE else 0
    held = rules.sieve.held(masked)
    signs = signs_at(mentions)
    for wording in rules.treatments:
        if begins < 0 or wording.needs & held != wording.needs:
            continue
        for match in wording.pattern.finditer(masked, begins):
            span = match.span("a") if "a" in wording.pattern.groupindex else (-1, -1)
            named = [mentions[nth].agency.id for nth, at in enumerate(signs) if span[0] <= at < span[1]]
            text, start = quoted(part.exact, match, mentions, signs)
            for agency in named or [""]:
                yield Treatment(
                    does=wording.row.does,
                    where=part.where,
                    text=text,
                    start=start,
                    rule=wording.row.id,
                    confidence=wording.confidence,
                    agency=agency,
                )


def shared(shares: Sequence[AgencyShare], found: Sequence[Treatment]) -> tuple[AgencyShare, ...]:
    """The shares with what the text says of each agency's copy."""
    return tuple(
        replace(
            share,
            translated=any(one.does == "translated" and one.agency in ("", share.agency) for one in found),
            rewritten=any(one.does == "rewritten" and one.agency in ("", share.agency) for one in found),
        )
        for share in shares
    )
