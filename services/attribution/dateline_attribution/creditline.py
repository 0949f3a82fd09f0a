"""The credit line that the house prints, by the agency's own forms and the outlet's language."""

from __future__ import annotations

from collections.abc import Sequence

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.decision import Decision
from dateline_attribution.rules import Phrases
from dateline_schemas.story import Story

_DEFAULT = "en"


def credit_line(decision: Decision, story: Story, book: AgencyBook, phrases: Phrases, language: str) -> str:
    """``AFP``, ``sid/dpa`` as the agencies print themselves, ``avec AFP`` for staff copy, in the outlet's language.

    An agency may ask for words of its own: ``With files from The Canadian Press``. Copy of nobody in the book keeps
    the credit line that its message states. ``language`` is a primary subtag; English where there are no words in it.
    """
    if not decision.agencies:
        return story.creditline
    if decision.role == "with" or decision.agencies == ("generic",):
        if len(decision.agencies) == 1 and (asked := _asked(decision.agencies[0], book, language)):
            return asked
        form = phrases.with_.get(language) or phrases.with_.get(_DEFAULT, "{}")
        return form.format(_named(decision.agencies, book, phrases, language))
    return _named(decision.agencies, book, phrases, language)


def _asked(agency: str, book: AgencyBook, language: str) -> str:
    return "" if agency == "generic" or agency not in book else book[agency].with_forms.get(language, "")


def _named(agencies: Sequence[str], book: AgencyBook, phrases: Phrases, language: str) -> str:
    unnamed = phrases.unnamed.get(language) or phrases.unnamed.get(_DEFAULT, "agencies")
    return "/".join(unnamed if agency == "generic" else book[agency].printed(language) for agency in agencies)
