"""What the house prints: the credit line, the copyright holder and notice, the terms."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.decision import Decision
from dateline_attribution.rules import Phrases
from dateline_schemas.story import Story

_DEFAULT = "en"


class Copyright(Struct, frozen=True, kw_only=True):
    """Whose right it is and how that is said."""

    holder: str = ""
    notice: str = ""


def credit_line(decision: Decision, story: Story, book: AgencyBook, phrases: Phrases, language: str) -> str:
    """``AFP``, ``sid/dpa`` as the agencies print themselves, ``avec AFP`` for staff copy, in the outlet's language.

    Copy of nobody in the book keeps the credit line that its message states.
    """
    if not decision.agencies:
        return story.creditline
    names = _named(decision.agencies, book, phrases, language)
    if decision.role == "with" or decision.agencies == ("generic",):
        return phrases.with_.get(language, phrases.with_[_DEFAULT]).format(names)
    return names


def _named(agencies: Sequence[str], book: AgencyBook, phrases: Phrases, language: str) -> str:
    unnamed = phrases.unnamed.get(language, phrases.unnamed[_DEFAULT])
    return "/".join(unnamed if agency == "generic" else book[agency].printed for agency in agencies)


def rights(decision: Decision, story: Story, book: AgencyBook) -> Copyright:
    """As the message states it; for copy of one agency alone, what that agency prints, with the year of the version."""
    holder, notice = story.copyright_holder, story.copyright_notice
    if decision.role == "sole" and decision.agencies != ("generic",):
        agency = book[decision.agencies[0]]
        holder = holder or agency.copyright_holder or agency.id
        if not notice and story.version_created:
            notice = f"© {story.version_created.year} {holder}"
    return Copyright(holder=holder, notice=notice)
