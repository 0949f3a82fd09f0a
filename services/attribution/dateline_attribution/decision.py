"""From findings to a decision: whose copy, in which role, who is only cited, who only took the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.findings import Finding
from dateline_attribution.rules import Place
from dateline_schemas.story import Evidence

Role = Literal["sole", "with", "among", "none"]

_WEAK = 0.8
"""Copy credited on nothing better than this goes to a person as well."""
_MOST_EVIDENCE = 12
_LEADS: tuple[Place, ...] = ("provider", "creditline")
_SAYS_ROLE: tuple[tuple[Place, ...], ...] = (
    ("byline", "creditline"),
    ("dateline", "opening"),
    ("author", "source", "publisher"),
    ("mark", "ending"),
)
"""Whose word counts on how much of the text is the agency's: the printed byline before all, an end line last."""
_IN_TEXT: tuple[Place, ...] = ("dateline", "opening", "mark", "ending")


class Decision(Struct, frozen=True, kw_only=True):
    """What was decided, with its evidence, best first."""

    agencies: tuple[str, ...]
    role: Role
    cited: tuple[str, ...]
    pictures: tuple[str, ...]
    wire: str
    """The agency that sent the message itself, if one did."""
    evidence: tuple[Evidence, ...]
    reason: str
    """Why a person should look; empty if nobody need."""


def decide(findings: Sequence[Finding], book: AgencyBook, staff: bool = False) -> Decision:
    """Weigh the findings. Statements of the message lead, the text adds; nothing that credits an agency is dropped.

    ``staff``: persons are stated as authors beside the agency.
    """
    copy = _of_copy(findings)
    wire = next((finding.agency for finding in copy if finding.place == "provider"), "")
    agencies = _ordered(copy)
    role = _role(copy, agencies, wire, staff)
    cited = [finding for finding in findings if finding.means == "cited"]
    pictures = [finding for finding in findings if finding.means == "picture"]
    if role != "with":
        cited = [finding for finding in cited if finding.agency not in agencies]
    return Decision(
        agencies=agencies,
        role=role,
        cited=_ordered(cited),
        pictures=_ordered(pictures),
        wire=wire,
        evidence=_evidence(copy, cited, pictures),
        reason=_doubt(copy, agencies, wire, book),
    )


def _of_copy(findings: Sequence[Finding]) -> list[Finding]:
    """Findings of copy; those of the last resort only where there are no others, or for agencies that others credit."""
    copy = [finding for finding in findings if finding.means == "copy"]
    credited = {finding.agency for finding in copy if not finding.last}
    return [finding for finding in copy if not finding.last or not credited or finding.agency in credited]


def _ordered(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Agencies, each once: the sender first, then the credit line, then in the order of the story."""
    if not findings:
        return ()
    ranked = sorted(
        findings, key=lambda finding: _LEADS.index(finding.place) if finding.place in _LEADS else len(_LEADS)
    )
    return tuple(dict.fromkeys(finding.agency for finding in ranked))


def _role(copy: Sequence[Finding], agencies: Sequence[str], wire: str, staff: bool) -> Role:
    """Sole and among for an agency's own message; unnamed agencies never wrote it alone; else what the shapes say."""
    if not agencies:
        return "none"
    if tuple(agencies) == ("generic",):
        return "with"
    if not wire:
        for places in _SAYS_ROLE:
            said = {finding.role for finding in copy if finding.place in places and finding.role}
            if "with" in said or (said and staff and "author" in places):
                return "with"
            if said:
                break
    return "sole" if len(agencies) == 1 else "among"


def _doubt(copy: Sequence[Finding], agencies: Sequence[str], wire: str, book: AgencyBook) -> str:
    best = {agency: max(finding.confidence for finding in copy if finding.agency == agency) for agency in agencies}
    for agency, confidence in best.items():
        if confidence < _WEAK:
            rule = next(finding for finding in copy if finding.agency == agency)
            return f"{agency} is credited on weak evidence only: {rule.rule} at {rule.where}"
    return _contradiction(copy, wire, book) if wire else ""


def _contradiction(copy: Sequence[Finding], wire: str, book: AgencyBook) -> str:
    """The message says one agency sent it, the text carries the mark of another and nowhere of the sender."""
    stated = {finding.agency for finding in copy if finding.place not in _IN_TEXT}
    in_text = [finding for finding in copy if finding.place in _IN_TEXT and finding.role != "with"]
    if any(finding.agency == wire for finding in in_text):
        return ""
    for finding in in_text:
        other = finding.agency
        if other not in stated and other != "generic" and not _related(wire, other, book):
            return f"the message names {wire}, but {finding.where} credits {other}"
    lines = [finding for finding in copy if finding.place == "creditline"]
    if lines and all(not _related(wire, finding.agency, book) for finding in lines):
        return f"the message names {wire}, but its credit line names {lines[0].agency}"
    return ""


def _related(one: str, other: str, book: AgencyBook) -> bool:
    return one == other or book[one].parent == other or book[other].parent == one


def _evidence(*groups: Sequence[Finding]) -> tuple[Evidence, ...]:
    """The best finding of each agency and meaning, then what else there is, to the limit; best first."""
    leading: list[Finding] = []
    others: list[Finding] = []
    for group in groups:
        met: set[str] = set()
        for finding in sorted(group, key=lambda item: -item.confidence):
            (others if finding.agency in met else leading).append(finding)
            met.add(finding.agency)
    kept = [*leading, *sorted(others, key=lambda item: -item.confidence)]
    unique = list({(item.agency, item.means, item.text): item for item in reversed(kept)}.values())[::-1]
    best = sorted(unique[:_MOST_EVIDENCE], key=lambda item: -item.confidence)
    return tuple(item.evidence() for item in best)
