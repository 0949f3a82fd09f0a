"""What the rules find in the parts of a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.mentions import NAME, UNNAMED, WORD, Mention, finder_of, mask
from dateline_attribution.rules import CopyRole, Means, Place, Rule, RuleSet
from dateline_attribution.spelling import spelled
from dateline_attribution.texts import Piece, pieces
from dateline_schemas.story import Evidence, Story

_QUOTE = 200
_STATED: dict[Place, float] = {"provider": 0.99, "creditline": 0.98, "source": 0.94, "author": 0.95, "publisher": 0.85}
"""Places whose whole value may be a code or a domain of an agency, with how sure that makes."""
_GUID = 0.8
_RECURRING = 80
"""Characters of a part that may recur in other stories."""
_MENTIONS = 60
"""Mentions of a part that are looked at, half of them at its end: more of them are a list, not a credit."""


class Finding(Struct, frozen=True, kw_only=True):
    """A rule took a mention."""

    where: str
    place: Place
    agency: str
    rule: str
    means: Means
    role: CopyRole
    last: bool = False
    """Counts only when nothing else credits copy."""
    confidence: float
    text: str
    """Exact text, at most 200 characters."""

    def evidence(self) -> Evidence:
        """The finding as the credit shows it."""
        return Evidence(
            where=self.where,
            text=self.text,
            rule=self.rule,
            confidence=self.confidence,
            agency=self.agency,
            means=self.means,
        )


def findings(story: Story, book: AgencyBook, rules: RuleSet, language: str) -> list[Finding]:
    """Everything that the rules find, in the order of the story's parts. ``language`` is a primary subtag or empty."""
    parts = pieces(story)
    mentioned = finder_of(book).find(["" if _recurs(part) else part.text for part in parts])
    found = list(_address(story, book))
    for index, part in enumerate(parts):
        if _recurs(part):
            lines = _in_line(part.exact, part.places, book, rules, language)
            found += [replace(finding, where=part.where) for finding in lines]
        elif index in mentioned or part.places[0] in _STATED:
            found += _in_part(part, mentioned.get(index, ()), book, rules, language)
    return found


def _recurs(part: Piece) -> bool:
    """Whether it is a line that story after story has: a provider, a credit, a dateline of the day, an end line."""
    return len(part.exact) <= _RECURRING and part.places[0] != "headline"


@lru_cache(maxsize=4096)
def _in_line(
    exact: str, places: tuple[Place, ...], book: AgencyBook, rules: RuleSet, language: str
) -> tuple[Finding, ...]:
    """Findings in a line, wherever it stands (``where`` is left empty); kept, because such lines recur."""
    part = Piece("", places, exact, spelled(exact))
    return tuple(_in_part(part, finder_of(book).find([part.text]).get(0, ()), book, rules, language))


def _in_part(
    part: Piece, mentions: Sequence[Mention], book: AgencyBook, rules: RuleSet, language: str
) -> Iterable[Finding]:
    """What its whole value is a code of, else what the rules take of its mentions."""
    coded = list(_coded(part, book)) if part.places[0] in _STATED else []
    return coded or (_taken(part, mentions, rules, language) if mentions else ())


def _address(story: Story, book: AgencyBook) -> Iterator[Finding]:
    """The identifier of a story often holds its maker's domain: NewsML URN (RFC 3085), tag URI, web address."""
    if (agency := book.by_domain(story.guid)) and agency.kind in ("agency", "release"):
        yield Finding(
            where="guid",
            place="publisher",
            agency=agency.id,
            rule="guid.domain",
            means="copy",
            role="",
            last=True,
            confidence=_GUID,
            text=story.guid[:_QUOTE],
        )


def _coded(part: Piece, book: AgencyBook) -> Iterator[Finding]:
    place = part.places[0]
    if (agency := book.by_code(part.text)) and agency.kind in ("agency", "release"):
        yield Finding(
            where=part.where,
            place=place,
            agency=agency.id,
            rule=f"{place}.code",
            means="copy",
            role="sole",
            confidence=_STATED[place],
            text=part.exact[:_QUOTE],
        )


def _taken(part: Piece, mentions: Sequence[Mention], rules: RuleSet, language: str) -> Iterator[Finding]:
    if len(mentions) > _MENTIONS:
        mentions = [*mentions[: _MENTIONS // 2], *mentions[-_MENTIONS // 2 :]]
    masked = mask(part.text, mentions)
    signs = [index for index, char in enumerate(masked) if NAME <= char <= WORD]
    free = set(signs)
    for place in part.places:
        for rule in rules.at(place, language):
            if not free:
                return
            for match in rule.pattern.finditer(masked):
                for at in _speaks_of(match, free):
                    free.discard(at)
                    yield from _found(part, place, rule, match, mentions, signs, at)


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
) -> Iterator[Finding]:
    """The finding of one mention, unless unnamed agencies are only cited: that credits nobody."""
    row = rule.row
    mention = mentions[signs.index(at)]
    if row.means == "none" or (mention.sign == UNNAMED and row.means != "copy"):
        return
    yield Finding(
        where=part.where,
        place=place,
        agency=mention.agency.id,
        rule=row.id,
        means=row.means,
        role=row.role,
        last=row.last,
        confidence=row.confidence,
        text=_quoted(part.exact, match, mentions, signs),
    )


def _quoted(text: str, match: re.Match[str], mentions: Sequence[Mention], signs: Sequence[int]) -> str:
    start, end = (_unmasked(at, mentions, signs) for at in match.span())
    if end - start > _QUOTE:
        first, last = (_unmasked(at, mentions, signs) for at in match.span(match.lastgroup or 0))
        start = max(start, min(first, last - _QUOTE))
        end = min(end, start + _QUOTE)
    return text[start:end].strip()


def _unmasked(at: int, mentions: Sequence[Mention], signs: Sequence[int]) -> int:
    """Position in the text of a position in the masked text."""
    longer = 0
    for sign, mention in zip(signs, mentions, strict=True):
        if sign >= at:
            break
        longer += mention.end - mention.start - 1
    return at + longer
