"""What the rules find in the parts of a story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.mentions import Mention, finder_of
from dateline_attribution.rules import RuleSet
from dateline_attribution.ruletable import Place
from dateline_attribution.spelling import spelled
from dateline_attribution.takings import LONGEST_QUOTE, Finding, taken
from dateline_attribution.texts import Piece
from dateline_schemas.feeds import Contract, Trust
from dateline_schemas.story import Story

_CONTRACT: dict[Trust, float] = {"agency": 0.95, "unknown": 0.75}
"""Confidence that a feed's copy is its agency's if nothing else says so; an outlet's feed does not tell."""
_OF_ANYTHING: frozenset[Place] = frozenset(("source", "author", "publisher"))
"""Places that may hold other things than agencies: boxes of a page, names of outlets."""
_RECURRING = 80
"""Most characters of a part whose findings are cached, as other stories may have it, too."""


def findings(
    story: Story,
    parts: Sequence[Piece],
    mentioned: Mapping[int, Sequence[Mention]],
    book: AgencyBook,
    rules: RuleSet,
    language: str,
    contract: Contract | None = None,
) -> list[Finding]:
    """All that the rules find, in the order of ``parts``.

    ``mentioned``: index of a part -> the agencies named in it. ``language``: primary subtag or empty.
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
    """Findings of forms that only one agency's copy has, though they do not name it."""
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
                    text=part.exact[match.start() : match.start() + LONGEST_QUOTE].strip(),
                    start=match.start(),
                )
                break


def _agreed(contract: Contract | None, book: AgencyBook) -> Iterator[Finding]:
    """The agency of the feed's contract; counts if neither message nor text says anything."""
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
    """Whether other stories are likely to have the same line: a provider, a credit, a dateline, an end line."""
    return len(part.exact) <= _RECURRING and part.places[0] != "headline"


@lru_cache(maxsize=4096)
def _in_line(
    exact: str, places: tuple[Place, ...], book: AgencyBook, rules: RuleSet, language: str
) -> tuple[Finding, ...]:
    """Findings in a line, their ``where`` empty. Cached, because such lines recur."""
    part = Piece("", places, exact, spelled(exact))
    return tuple(_in_part(part, finder_of(book).find([part.text]).get(0, ()), book, rules, language))


def _in_part(
    part: Piece, mentions: Sequence[Mention], book: AgencyBook, rules: RuleSet, language: str
) -> Iterable[Finding]:
    """The agency whose code the whole part is; else what the rules take of its mentions.

    Nothing for a word of everyday language (``Trend``) alone in a box of a page: boxes capitalise any word.
    """
    if part.places[0] == "source" and part.text.strip() in book.common_words:
        return ()
    coded = list(_coded(part, book, rules)) if part.places[0] in rules.stated else []
    return coded or (taken(part, mentions, rules, language) if mentions else ())


def _address(story: Story, book: AgencyBook, rules: RuleSet) -> Iterator[Finding]:
    """The agency in whose domain the story's identifier is: NewsML URN (RFC 3085), tag URI, web address."""
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
            text=story.guid[:LONGEST_QUOTE],
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
            text=part.exact[:LONGEST_QUOTE],
            namesakes=tuple(one.id for one in book.namesakes.get(part.text.strip(), ())),
        )
