"""Credits in which the outlet names itself beside the agency: ``NU.nl/ANP`` is its own copy with material of ANP."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.mentions import finder_of, mask
from dateline_attribution.ruletable import Place
from dateline_attribution.spelling import spelled
from dateline_attribution.takings import Finding
from dateline_attribution.texts import Piece
from dateline_schemas.story import Story

_PLACES: frozenset[Place] = frozenset(("byline", "author", "source", "creditline", "ending", "mark"))
_LONGEST = 120
"""Characters of a line in which the outlet's name says so; in a sentence it says nothing."""
_SHORTEST = 3


def beside_outlet(found: list[Finding], parts: Sequence[Piece], story: Story, book: AgencyBook) -> list[Finding]:
    """The findings; those of copy in a line that names the outlet as well say ``with``.

    What stands beside the agency under the text (``Reuters / Harbour Radio``) is no photographer then.
    """
    publishers = tuple([credit.value for credit in story.credits if credit.where == "publisher"])
    outlet = _named(publishers, _host(story.guid), book) if publishers else None
    if outlet is None:
        return found
    credited = {finding.where for finding in found if _credits(finding) and finding.role != "with"}
    beside = {part.where for part in parts if part.where in credited and _names(part, outlet, book)}
    return [
        replace(finding, means="copy", role="with") if _credits(finding) and finding.where in beside else finding
        for finding in found
    ]


def _credits(finding: Finding) -> bool:
    return finding.means == "copy" or (finding.means == "picture" and finding.place == "ending")


def _names(part: Piece, outlet: re.Pattern[str], book: AgencyBook) -> bool:
    """Whether a line says the outlet's name outside those of agencies: La Presse is not in La Presse Canadienne."""
    if len(part.text) > _LONGEST or _PLACES.isdisjoint(part.places) or not outlet.search(part.text):
        return False
    return outlet.search(mask(part.text, finder_of(book).find([part.text]).get(0, ()))) is not None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.") if address.startswith(("http:", "https:")) else ""


@lru_cache(maxsize=256)
def _named(publishers: tuple[str, ...], host: str, book: AgencyBook) -> re.Pattern[str] | None:
    """What the outlet calls itself, and its host; ``None`` where it does not say, or is an agency."""
    names = [spelled(name) for publisher in publishers for name in (publisher, publisher.rpartition(".")[0])]
    if book.by_domain(host) or finder_of(book).find([spelled("\n".join(publishers))]).get(0):
        return None
    wanted = "|".join(re.escape(name) for name in (*names, host) if len(name) >= _SHORTEST)
    letters = [re.escape(initials) for initials in map(_initials, publishers) if len(initials) > 1]
    shapes = [f"(?i:{wanted})"] if wanted else []
    return re.compile(rf"(?<!\w)(?:{'|'.join((*shapes, *letters))})(?!\w)") if shapes or letters else None


def _initials(name: str) -> str:
    """``DM`` for Daily Maverick, ``OLJ`` for L'Orient-Le Jour."""
    words = [word for word in re.split(r"[\W_]+", name) if len(word) > 1]
    return "".join(word[0] for word in words if word[0].isupper())
