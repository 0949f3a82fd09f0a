"""Which of several agencies with the same abbreviation is meant: the one whose home country the story points to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from msgspec.structs import replace

from dateline_attribution.agencies import Agency, AgencyBook
from dateline_attribution.homes import Home, Homes
from dateline_attribution.takings import Finding
from dateline_schemas.credit import Author
from dateline_schemas.feeds import Contract
from dateline_schemas.story import Story

_BEGINNING = 90
"""Characters of a paragraph that may hold a dateline."""
_OPENING = 3
_READ = 3_000
"""Characters of the text that are searched for a country's names."""
_NAMED, _DATED, _HOSTED, _REGION, _LOCAL, _TOLD_OF = 8, 4, 3, 3, 2, 1
"""Weights: the agency is named in full elsewhere, or agreed with the feed; the story is dated from its country, has an
address in the country's domain, a language tag of its region, a dateline of the agency's own towns, tells of it."""


def at_home(
    found: list[Finding], story: Story, book: AgencyBook, homes: Homes, contract: Contract | None
) -> list[Finding]:
    """The findings, each shared abbreviation resolved to one agency: the first in the table if nothing tells.

    Left out are outlets' own services that have an agency's name, and words that also mean other things, unless their
    agency writes in the story's language and something points to it (for given names the language will do).
    """
    if any(finding.namesakes for finding in found):
        found = _meaning(found, story, book, homes, contract)
    return [finding for finding in found if finding.agency not in book.outlets]


def _meaning(
    found: list[Finding], story: Story, book: AgencyBook, homes: Homes, contract: Contract | None
) -> list[Finding]:
    sure = {finding.agency for finding in found if not finding.namesakes}
    if contract:
        sure.add(contract.agency)
    meant = {
        names: _meant([book[name] for name in names], story, homes, sure)
        for names in {finding.namesakes for finding in found if finding.namesakes}
    }
    found = [finding for finding in found if not finding.namesakes or meant[finding.namesakes]]
    return [replace(finding, agency=meant[finding.namesakes]) if finding.namesakes else finding for finding in found]


def settled(agencies: Iterable[str], credited: Sequence[str], book: AgencyBook) -> tuple[str, ...]:
    """The agencies, each replaced by its namesake among the ``credited`` ones, if there is one."""
    return tuple(
        next((other for other in credited if other in book.namesakes_of(agency)), agency) for agency in agencies
    )


def put_with(authors: tuple[Author, ...], credited: Sequence[str], book: AgencyBook) -> tuple[Author, ...]:
    """The authors, each abbreviation in ``agency`` resolved as the credit resolved it."""
    return tuple(
        replace(author, agency=settled((author.agency,), credited, book)[0]) if author.agency else author
        for author in authors
    )


def _meant(rivals: Sequence[Agency], story: Story, homes: Homes, sure: set[str]) -> str:
    """Id of the agency that is meant; empty if there is a single candidate and the story does not point to it."""
    language, _, region = story.language.replace("_", "-").partition("-")
    language = language.lower()
    spoken = [rival for rival in rivals if _writes(rival, language, homes)]
    if len(rivals) == 1:
        here = spoken and (rivals[0].given or _score(rivals[0], story, homes, sure, region))
        return rivals[0].id if here else ""
    scores = {rival.id: _score(rival, story, homes, sure, region) for rival in spoken or rivals}
    return max(scores, key=lambda name: scores[name])


def _writes(agency: Agency, language: str, homes: Homes) -> bool:
    """Whether the agency may write in a language: its row says so, or its country's, or neither says anything."""
    home = homes.of(agency.country)
    languages = agency.languages or (home.languages if home else ())
    return not language or not languages or language in languages


def _score(agency: Agency, story: Story, homes: Homes, sure: set[str], region: str) -> int:
    score = _NAMED * (agency.id in sure)
    home = homes.of(agency.country)
    if home is None:
        return score
    host = urlsplit(story.guid).hostname or ""
    return (
        score
        + _DATED * _dated(home, story)
        + _HOSTED * host.endswith(f".{home.domain}")
        + _REGION * (region[-2:].upper() == home.country)
        + _LOCAL * any(place in beginning.casefold() for place in agency.places for beginning in _beginnings(story))
        + _TOLD_OF * _told_of(home, story)
    )


def _dated(home: Home, story: Story) -> bool:
    return any(home.named.search(beginning) for beginning in _beginnings(story))


def _beginnings(story: Story) -> tuple[str, ...]:
    return (story.dateline, *(paragraph[:_BEGINNING] for paragraph in story.paragraphs[:_OPENING]))


def _told_of(home: Home, story: Story) -> bool:
    text = "\n".join((story.headline, story.summary, *story.paragraphs))[:_READ]
    return home.named.search(text) is not None
