"""An editor's credit wins over the rules', for as long as the rules find the same as when the editor spoke. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from dateline_attribution.creditline import credit_line
from dateline_attribution.decision import Decision
from dateline_attribution.tableset import Tables, package_tables
from dateline_schemas.credit import Credit, Evidence, LineEvidence
from dateline_schemas.events import CreditOverridden, Event
from dateline_schemas.story import Story

RULE = "editor"
_BY_EDITOR = LineEvidence(rule=RULE, rests_on=(0,), confidence=1.0)
OUTDATED = "an editor's credit for an earlier version no longer counts: the text is credited otherwise now"


def override_before(events: Iterable[Event], ordinal: int) -> CreditOverridden | None:
    """The newest override of the versions before ``ordinal``; None if there is none, or it was taken back.

    An override of the version itself is not looked at: it is answered as an event of its own.
    """
    said = [event for event in events if isinstance(event, CreditOverridden) and event.ordinal < ordinal]
    last = max(said, key=lambda override: override.nth, default=None)
    return None if last is None or last.cleared else last


def is_overruled(events: Iterable[Event], ordinal: int) -> bool:
    """Whether an editor has set, or given back to the rules, the credit of this very version."""
    return any(isinstance(event, CreditOverridden) and event.ordinal == ordinal for event in events)


def overruled(found: Credit, override: CreditOverridden) -> Credit:
    """The editor's credit if the rules find the same as in the overridden version; else the rules', for review."""
    if not same_finding(found, override.found):
        return replace(found, needs_review=True, reason="; ".join(filter(None, (found.reason, OUTDATED))))
    return by_editor(found, override)


def by_editor(found: Credit, override: CreditOverridden) -> Credit:
    """The editor's credit, with the rules' evidence behind the editor's own."""
    own = Evidence(where="editor", text=f"{override.by}: {override.reason}", rule=RULE, confidence=1.0)
    return replace(
        override.credit,
        evidence=(own, *found.evidence),
        credit_line_evidence=_BY_EDITOR if override.credit.credit_line else None,
        needs_review=False,
        reason="",
        overridden=override.id,
    )


def same_finding(one: Credit, other: Credit) -> bool:
    """Whether two credits name the same agencies, for copy, citations and pictures alike, in the same role."""
    return _finding(one) == _finding(other)


def _finding(credit: Credit) -> tuple[object, ...]:
    return credit.agencies, credit.role, credit.cited, credit.pictures


def printed(credit: Credit, language: str, tables: Tables | None = None) -> str:
    """The credit line for the agencies and the role that an editor named, as the house rules have it."""
    tables = tables or package_tables()
    decision = Decision(agencies=credit.agencies, role=credit.role)
    story = Story(guid="", creditline=credit.credit_line)
    line, _ = credit_line(decision, story, tables.book, tables.rules.phrases, language.partition("-")[0].lower())
    return line


def agency_ids(tables: Tables | None = None) -> frozenset[str]:
    """The ids that an editor may name."""
    return frozenset((tables or package_tables()).book.ids)
