"""The credit line that the house prints, by the agency's own forms and the outlet's language, and why it reads so."""

from __future__ import annotations

from collections.abc import Sequence

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.decision import Decision
from dateline_attribution.ruletable import Phrases
from dateline_schemas.credit import Evidence, LineEvidence
from dateline_schemas.story import Story

_DEFAULT = "en"
_STATED = LineEvidence(rule="creditline.stated", where="creditline", confidence=1.0)


def credit_line(
    decision: Decision, story: Story, book: AgencyBook, phrases: Phrases, language: str
) -> tuple[str, LineEvidence | None]:
    """``AFP``, ``sid/dpa`` as the agencies print themselves, ``avec AFP`` for staff copy, in the outlet's language.

    With it by which rule of the house, in whose words, and which claims of ``decision.evidence`` it rests on; ``None``
    for no line. An agency may ask for words of its own: ``With files from The Canadian Press``. Copy of nobody in the
    book keeps the credit line that its message states. ``language`` is a primary subtag; English where there are no
    words in it.
    """
    if not decision.agencies:
        return story.creditline, _STATED if story.creditline else None
    line, rule, spoken = _worded(decision, book, phrases, language)
    rests_on, sure = _claims(decision.agencies, decision.evidence)
    return line, LineEvidence(rule=rule, language=spoken, rests_on=rests_on, confidence=sure)


def _worded(decision: Decision, book: AgencyBook, phrases: Phrases, language: str) -> tuple[str, str, str]:
    """The line, the rule of the house, and the language of its words."""
    if decision.role == "with" or decision.agencies == ("generic",):
        if len(decision.agencies) == 1 and (asked := _asked(decision.agencies[0], book, language)):
            return asked, "creditline.asked", language
        spoken = language if language in phrases.with_ else _DEFAULT
        names, _ = _named(decision.agencies, book, phrases, spoken)
        return phrases.with_.get(spoken, "{}").format(names), "creditline.with", spoken
    names, spoken = _named(decision.agencies, book, phrases, language)
    return names, "creditline.names", spoken


def _claims(agencies: Sequence[str], evidence: Sequence[Evidence]) -> tuple[tuple[int, ...], float]:
    """Where the first, which is the surest, claim of copy of each agency stands, and how sure the least sure is."""
    found, sure = [], 1.0 if evidence else 0.0
    for agency in agencies:
        for nth, claim in enumerate(evidence):
            if claim.agency == agency and claim.means == "copy":
                found.append(nth)
                sure = min(sure, claim.confidence)
                break
    return tuple(found), sure


def _asked(agency: str, book: AgencyBook, language: str) -> str:
    return "" if agency == "generic" or agency not in book else book[agency].with_forms.get(language, "")


def _named(agencies: Sequence[str], book: AgencyBook, phrases: Phrases, language: str) -> tuple[str, str]:
    """The agencies as they are printed, and the language if any of them is called otherwise in others."""
    printed, spoken = [], ""
    for agency in agencies:
        if agency == "generic":
            spoken = language if language in phrases.unnamed else _DEFAULT
            printed.append(phrases.unnamed.get(spoken, "agencies"))
        else:
            row = book[agency]
            spoken = language if language in row.credit_forms else spoken
            printed.append(row.printed(language))
    return "/".join(printed), spoken
