"""What the rules take of the mentions in one part of a story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from msgspec import Struct

from dateline_attribution.mentions import UNNAMED, WEAK, Mention, mask, signs_at
from dateline_attribution.rules import Rule, RuleSet
from dateline_attribution.ruletable import CopyRole, Means, Place
from dateline_attribution.texts import Piece
from dateline_schemas.credit import Evidence

LONGEST_QUOTE = 200
"""Most characters of the text that a finding shows."""
_MENTIONS = 60
"""Most mentions of a part that are looked at, half of them at its end: a part with more is a list, not a credit."""


class Finding(Struct, frozen=True, kw_only=True):
    """One agency in one part of a story, and what a rule makes of it."""

    where: str
    place: Place
    agency: str
    rule: str
    means: Means
    role: CopyRole
    last: bool = False
    """Of last resort: counts only if nothing else credits copy."""
    confidence: float
    text: str
    """Exact text, at most 200 characters."""
    start: int = 0
    """Where the text begins in the part it stands in."""
    namesakes: tuple[str, ...] = ()
    """Ids of all agencies that the abbreviation may mean, if several: ``agency`` is then the first of them."""

    def evidence(self) -> Evidence:
        """The finding as the credit shows it."""
        return Evidence(
            where=self.where,
            text=self.text,
            rule=self.rule,
            confidence=self.confidence,
            agency=self.agency,
            means="none" if self.means == "told" else self.means,
            start=self.start,
        )


def taken(part: Piece, mentions: Sequence[Mention], rules: RuleSet, language: str) -> list[Finding]:
    """What the rules make of the mentions in a part, in their order; each goes to the first rule that matches it."""
    return [one for _, one in sorted(_taken(part, mentions, rules, language), key=itemgetter(0))]


def _taken(part: Piece, mentions: Sequence[Mention], rules: RuleSet, language: str) -> Iterator[tuple[int, Finding]]:
    """The findings, each with where the mention stands in the masked text, in the order of the rules."""
    if len(mentions) > _MENTIONS:
        mentions = [*mentions[: _MENTIONS // 2], *mentions[-_MENTIONS // 2 :]]
    masked = mask(part.text, mentions)
    signs = signs_at(mentions)
    free, held = set(signs), rules.sieve.held(masked)
    tried: set[Rule] = set()
    for place in part.places:
        for rule in rules.possible(place, language, held):
            if not free:
                return
            if rule in tried:
                continue  # tried for an earlier place of this part
            tried.add(rule)
            for match in rule.matches(masked):
                for at in _speaks_of(match, free):
                    if rule.row.home and _is_abroad(mentions[signs.index(at)], rule, language):
                        continue
                    free.discard(at)
                    if found := _found(part, place, rule, match, mentions, signs, at):
                        yield at, found


def _is_abroad(mention: Mention, rule: Rule, language: str) -> bool:
    """Whether it is a weak name, in a story whose language the agency is not known to write.

    Where the story does not state its language, a line that credits copy is in one of those that its rule is for, if
    that is the agency's own (the first of its row). Running text is not: in Brazil ANP is an office for fuels.
    """
    written = mention.agency.languages
    spoken: tuple[str, ...] = (language,)
    if not language and rule.row.means == "copy":
        written, spoken = written[:1], rule.row.languages
    return mention.sign == WEAK and not any(one in spoken for one in written)


def _speaks_of(match: re.Match[str], free: set[int]) -> list[int]:
    spans = (match.span(group) for group in match.re.groupindex)
    return sorted(at for start, end in spans if start >= 0 for at in free if start <= at < end)


def _found(
    part: Piece,
    place: Place,
    rule: Rule,
    match: re.Match[str],
    mentions: Sequence[Mention],
    signs: Sequence[int],
    at: int,
) -> Finding | None:
    """The finding for one mention; none if the rule says that it means nothing, or cites agencies without a name."""
    row = rule.row
    mention = mentions[signs.index(at)]
    if row.means == "none" or (mention.sign == UNNAMED and row.means != "copy"):
        return None
    text, start = quoted(part.exact, match, mentions, signs)
    return Finding(
        where=part.where,
        place=place,
        agency=mention.agency.id,
        rule=row.id,
        means=row.means,
        role=row.role,
        last=row.last,
        confidence=rule.confidence,
        text=text,
        start=start,
        namesakes=mention.namesakes,
    )


def quoted(text: str, match: re.Match[str], mentions: Sequence[Mention], signs: Sequence[int]) -> tuple[str, int]:
    """What a shape matched, as it stands in the text of the part, at most 200 characters, and where it begins there."""
    start, end = (_unmasked(at, mentions, signs) for at in match.span())
    if end - start > LONGEST_QUOTE:
        first, last = (_unmasked(at, mentions, signs) for at in match.span(match.lastgroup or 0))
        start = max(start, min(first, last - LONGEST_QUOTE))
        end = min(end, start + LONGEST_QUOTE)
    quoted = text[start:end]
    return quoted.strip(), start + len(quoted) - len(quoted.lstrip())


def _unmasked(at: int, mentions: Sequence[Mention], signs: Sequence[int]) -> int:
    """Position in the text of a position in the masked text."""
    longer = 0
    for sign, mention in zip(signs, mentions, strict=True):
        if sign >= at:
            break
        longer += mention.end - mention.start - 1
    return at + longer
