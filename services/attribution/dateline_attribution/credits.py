"""Whose copy a story is, and why: ``credit`` is the entry to the pure core."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from dateline_attribution.bylines import authors, has_staff_author, without_headings
from dateline_attribution.creditline import credit_line
from dateline_attribution.datelines import cut_dateline, in_dateline
from dateline_attribution.decision import Decision, decide
from dateline_attribution.findings import findings
from dateline_attribution.galleries import in_galleries
from dateline_attribution.mentions import finder_of
from dateline_attribution.namesakes import at_home, put_with
from dateline_attribution.newsmakers import without_newsmakers
from dateline_attribution.outlets import beside_outlet
from dateline_attribution.rights import rights
from dateline_attribution.tableset import Tables, package_tables
from dateline_attribution.takings import Finding
from dateline_attribution.texts import Piece, pieces
from dateline_attribution.treatments import shared, treated
from dateline_schemas.credit import Credit, Rights, Treatment
from dateline_schemas.feeds import Contract
from dateline_schemas.story import Story

_NOTHING_KNOWN = Rights()


class Weighing(Struct, frozen=True):
    """All that a credit is made from; ``explain`` shows it."""

    parts: tuple[Piece, ...]
    nameless: frozenset[str]
    """Texts near the beginning without the letters of any agency's name."""
    findings: tuple[Finding, ...]
    treatments: tuple[Treatment, ...]
    decision: Decision


def weigh(story: Story, contract: Contract | None, tables: Tables) -> Weighing:
    """Look for agencies in all parts of the story, and decide which of them count as what."""
    parts: Sequence[Piece] = pieces(story)
    language = _primary(story.language)
    mentioned = finder_of(tables.book).find([part.text for part in parts])
    parts = in_galleries(parts, mentioned, tables.rules, language)
    found = findings(story, parts, mentioned, tables.book, tables.rules, language, contract)
    found = without_headings(found, story, tables.book, tables.bylines, tables.rules.signed)
    found = without_newsmakers(found, tables.rules.sources)
    nameless = frozenset(
        part.exact for nth, part in enumerate(parts) if nth not in mentioned and "opening" in part.places
    )
    if mentioned and not any(finding.means == "copy" for finding in found):
        told = {finding.where for finding in found}
        passed = nameless.union(part.exact for part in parts if part.where in told)
        found += in_dateline(story, tables.book, tables.datelines, passed)
    found = at_home(found, story, tables.book, tables.homes, contract)
    found = beside_outlet(found, parts, story, tables.book)
    decision = decide(
        found,
        tables.book,
        has_staff_author(story, tables.book, tables.bylines),
        contract.trust if contract else "unknown",
        contract.agency if contract else "",
    )
    handled = treated(parts, mentioned, tables.rules) if decision.agencies else ()
    return Weighing(tuple(parts), nameless, tuple(found), handled, decision)


def credit(
    story: Story, contract: Contract | None = None, *, language: str = "", tables: Tables | None = None
) -> Credit:
    """Decide whose copy a story is, and what may be done with it.

    ``contract``: what was agreed with its feed. ``language``: BCP 47 tag of the outlet, for the wording of the credit
    line; the story's own if empty. ``tables``: the package's if None. The same arguments give the same credit.
    """
    tables = tables or package_tables()
    return credit_of(story, contract, weigh(story, contract, tables), language, tables)


def credit_of(story: Story, contract: Contract | None, weighing: Weighing, language: str, tables: Tables) -> Credit:
    """The credit that a weighing makes."""
    decision, book, rules = weighing.decision, tables.book, tables.rules
    right = rights(decision, story, book, contract, tables.terms)
    known = right or _NOTHING_KNOWN
    line, line_evidence = credit_line(decision, story, book, rules.phrases, _primary(language or story.language))
    dateline, _ = cut_dateline(story, book, tables.datelines, decision.agencies, weighing.nameless)
    return Credit(
        agencies=decision.agencies,
        role=decision.role,
        shares=shared(decision.shares, weighing.treatments) if weighing.treatments else decision.shares,
        treatments=weighing.treatments,
        cited=decision.cited,
        pictures=decision.pictures,
        credit_line=line,
        credit_line_evidence=line_evidence,
        authors=put_with(authors(story, book, tables.bylines), decision.agencies, book),
        dateline=dateline,
        copyright_holder=known.holder.value if known.holder else "",
        copyright_notice=known.notice.value if known.notice else "",
        usage_terms=known.terms.value if known.terms else "",
        rights=right,
        evidence=decision.evidence,
        needs_review=bool(decision.reason),
        reason=decision.reason,
    )


def _primary(language: str) -> str:
    return language.partition("-")[0].partition("_")[0].lower()
