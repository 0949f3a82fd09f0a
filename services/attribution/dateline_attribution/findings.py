"""What the rules find in the parts of a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.mentions import UNNAMED, Mention, finder_of, mask, signs_at
from dateline_attribution.rules import Rule, RuleSet
from dateline_attribution.ruletable import CopyRole, Means, Place
from dateline_attribution.spelling import spelled
from dateline_attribution.texts import Piece
from dateline_schemas.credit import Evidence
from dateline_schemas.feeds import Contract, Trust
from dateline_schemas.story import Story

_QUOTE = 200
_CONTRACT: dict[Trust, float] = {"agency": 0.95, "unknown": 0.75}
"""How sure it is that copy of a feed is its agency's where nothing else says so; an outlet's feed says nothing."""
_OF_ANYTHING: frozenset[Place] = frozenset(("source", "author", "publisher"))
"""Places in which anything may stand: boxes of a page, the name of any outlet."""
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
            means=self.means,
            start=self.start,
        )


def findings(
    story: Story,
    parts: Sequence[Piece],
    mentioned: Mapping[int, Sequence[Mention]],
    book: AgencyBook,
    rules: RuleSet,
    language: str,
    contract: Contract | None = None,
) -> list[Finding]:
    """Everything that the rules find, in the order of the story's parts.

    ``mentioned`` are the mentions by index of the part. ``language`` is a primary subtag or empty.
    """
    found = [*_address(story, book, rules), *_agreed(contract, book)]
    for index, part in enumerate(parts):
        mentions = mentioned.get(index, ())
        if not mentions and part.places[0] not in rules.stated:
            continue
        if _recurs(part):
            lines = _in_line(part.exact, part.places, book, rules, language)
            found += [replace(finding, where=part.where) for finding in lines]
        else:
            found += _in_part(part, mentions, book, rules, language)
    if not any(finding.means == "copy" and not finding.last for finding in found):
        found += habits(parts, rules)
    return found


def habits(parts: Sequence[Piece], rules: RuleSet) -> Iterator[Finding]:
    """Forms by which an agency is known that is not named."""
    parts = [part for part in parts if not rules.places_of_habits.isdisjoint(part.places)]
    held = rules.sieve.held("\n".join([part.text for part in parts]))
    possible = [habit for habit in rules.habits if habit.needs & held == habit.needs]
    for part in parts if possible else ():
        for habit in possible:
            if any(place in part.places for place in habit.row.place) and (match := habit.pattern.search(part.text)):
                yield Finding(
                    where=part.where,
                    place=part.places[0],
                    agency=habit.row.agency,
                    rule=habit.row.id,
                    means="copy",
                    role="",
                    last=True,
                    confidence=habit.confidence,
                    text=part.exact[match.start() : match.start() + _QUOTE].strip(),
                    start=match.start(),
                )
                break


def _agreed(contract: Contract | None, book: AgencyBook) -> Iterator[Finding]:
    """Whose feed it is by contract: counts where neither message nor text says anything."""
    if contract and contract.agency in book and contract.trust in _CONTRACT:
        yield Finding(
            where="contract.agency",
            place="publisher",
            agency=contract.agency,
            rule="contract.agency",
            means="copy",
            role="",
            last=True,
            confidence=_CONTRACT[contract.trust],
            text=contract.agency,
        )


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
    """What its whole value is a code of, else what the rules take of its mentions.

    A word of everyday language that stands alone in a box of a page is what it says: there it has its capital anyway.
    """
    if part.places[0] == "source" and part.text.strip() in book.common_words:
        return ()
    coded = list(_coded(part, book, rules)) if part.places[0] in rules.stated else []
    return coded or (_taken(part, mentions, rules, language) if mentions else ())


def _address(story: Story, book: AgencyBook, rules: RuleSet) -> Iterator[Finding]:
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
            confidence=rules.guid,
            text=story.guid[:_QUOTE],
        )


def _coded(part: Piece, book: AgencyBook, rules: RuleSet) -> Iterator[Finding]:
    place = part.places[0]
    agency = book.by_name(part.text) if place in _OF_ANYTHING else book.by_code(part.text)
    if agency and agency.kind in ("agency", "release"):
        yield Finding(
            where=part.where,
            place=place,
            agency=agency.id,
            rule=f"{place}.code",
            means="copy",
            role="sole",
            confidence=rules.stated[place],
            text=part.exact[:_QUOTE],
            namesakes=tuple(one.id for one in book.namesakes.get(part.text.strip(), ())),
        )


def _taken(part: Piece, mentions: Sequence[Mention], rules: RuleSet, language: str) -> Iterator[Finding]:
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
                continue  # what it says of the text it has said already, as of another place
            tried.add(rule)
            for match in rule.matches(masked):
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
    text, start = quoted(part.exact, match, mentions, signs)
    yield Finding(
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
    if end - start > _QUOTE:
        first, last = (_unmasked(at, mentions, signs) for at in match.span(match.lastgroup or 0))
        start = max(start, min(first, last - _QUOTE))
        end = min(end, start + _QUOTE)
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
