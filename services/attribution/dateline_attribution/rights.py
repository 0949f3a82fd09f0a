"""What may be done with the text: as the message says, else the contract with its feed, else the agency's own terms.

Each thing is looked for by itself, and keeps who said it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dateline_attribution.agencies import Agency, AgencyBook
from dateline_attribution.decision import Decision
from dateline_attribution.termwords import TermWords
from dateline_schemas.credit import Rights, Term
from dateline_schemas.feeds import Contract
from dateline_schemas.story import Story


def rights(
    decision: Decision, story: Story, book: AgencyBook, contract: Contract | None, words: TermWords
) -> Rights | None:
    """What is known of rights, each item by whoever comes first: message, contract, agency. ``None`` if nothing is.

    An agency's own terms count for copy that is its alone, an agency's contract for copy of that agency.
    """
    sole = decision.role == "sole" and decision.agencies != ("generic",)
    agency = book[decision.agencies[0]] if sole else None
    known: dict[str, Term] = {}
    for item, term in (*_stated(story, words), *_agreed(story, decision, contract), *_usual(story, agency)):
        known.setdefault(item, term)
    return Rights(**known) if known else None


def _stated(story: Story, words: TermWords) -> Iterator[tuple[str, Term]]:
    """What the message says in fields, in parts, and in the words of its terms."""
    for item, where in (("holder", "copyright_holder"), ("notice", "copyright_notice"), ("terms", "usage_terms")):
        if value := getattr(story, where):
            yield item, Term(value=value, source="message", where=where)
    if story.expires:
        yield "expires", Term(value=_instant(story.expires), source="message", where="expires")
    for index, right in enumerate(story.rights):
        where = f"rights[{index}]"
        for item, value in (("holder", right.holder), ("terms", right.limitations), ("territory", right.geography)):
            if value:
                yield item, Term(value=value, source="message", where=where)
        if right.end:
            yield "expires", Term(value=_instant(right.end), source="message", where=where)
    if story.usage_terms or story.copyright_notice or story.rights:
        for where, text in _wordings(story):
            for item, value in words.said(text):
                yield item, Term(value=_by_night(value) if item == "expires" else value, source="message", where=where)


def _wordings(story: Story) -> Iterator[tuple[str, str]]:
    parts = [(f"rights[{index}]", right.limitations) for index, right in enumerate(story.rights)]
    for where, text in ("usage_terms", story.usage_terms), ("copyright_notice", story.copyright_notice), *parts:
        if text:
            yield where, text


def _agreed(story: Story, decision: Decision, contract: Contract | None) -> Iterator[tuple[str, Term]]:
    """What was agreed with the feed. Its copyright is no other agency's, whose copy an outlet may run."""
    if contract is None:
        return
    strange = bool(decision.agencies) and contract.agency not in decision.agencies
    for item, where in (("holder", "copyright_holder"), ("notice", "copyright_notice"), ("terms", "usage_terms")):
        if (value := getattr(contract, where)) and not (strange and item != "terms"):
            yield item, Term(value=value, source="contract", where=where)
    if contract.territory:
        yield "territory", Term(value=",".join(contract.territory), source="contract", where="territory")
    if contract.days and (since := story.version_created or story.first_created):
        end = _instant(since + timedelta(days=contract.days))
        yield "expires", Term(value=end, source="contract", where="days")
    for item in ("archive", "rewriting"):
        if value := getattr(contract, item):
            yield item, Term(value=value, source="contract", where=item)


def _usual(story: Story, agency: Agency | None) -> Iterator[tuple[str, Term]]:
    """What the agency asks of everybody; the year of a notice is the version's."""
    if agency is None:
        return
    default, when = agency.default_terms, story.version_created
    holder = story.copyright_holder or agency.copyright_holder or agency.id
    yield "holder", Term(value=holder, source="agency", where=agency.id)
    if when:
        notice = (default.notice or "© {year} {holder}").format(year=when.year, holder=holder)
        yield "notice", Term(value=notice, source="agency", where=agency.id)
        if default.days:
            end = _instant(when + timedelta(days=default.days))
            yield "expires", Term(value=end, source="agency", where=agency.id)
    values = (
        ("terms", default.terms),
        ("territory", ",".join(default.territory)),
        ("archive", default.archive),
        ("rewriting", default.rewriting),
    )
    for item, value in values:
        if value:
            yield item, Term(value=value, source="agency", where=agency.id)


def _by_night(day: str) -> str:
    return f"{day}T23:59:59Z"


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
