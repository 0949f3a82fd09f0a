"""From findings to a decision: whose copy, in which role, who is only cited, who only took the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.doubt import doubt
from dateline_attribution.ruletable import Place
from dateline_attribution.takings import Finding
from dateline_schemas.credit import AgencyShare, Evidence
from dateline_schemas.feeds import Trust

Role = Literal["sole", "with", "among", "none"]

_MOST_EVIDENCE = 12
_UNNAMED = "generic"
_LEADS: tuple[Place, ...] = ("provider", "creditline")
_SAYS_ROLE: tuple[tuple[Place, ...], ...] = (
    ("byline", "creditline"),
    ("dateline", "opening"),
    ("author", "source", "publisher"),
    ("mark", "ending"),
)
"""Whose word counts on how much of the text is the agency's: the printed byline before all, an end line last."""
_IN_TEXT: tuple[Place, ...] = ("dateline", "byline", "opening", "mark", "ending", "body")
_METADATA: tuple[Place, ...] = ("provider", "creditline", "source", "service", "author", "publisher", "holder")
_DOUBTED: dict[Trust, float] = {"agency": 0.5, "unknown": 1.0, "outlet": 2.0}
"""What the contract makes of the doubt that a statement of the message leaves."""


class Decision(Struct, frozen=True, kw_only=True):
    """What was decided, with its evidence, best first."""

    agencies: tuple[str, ...] = ()
    role: Role = "none"
    shares: tuple[AgencyShare, ...] = ()
    """One for each agency, without what the text says of translating and rewriting."""
    cited: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    wire: str = ""
    """The agency that sent the message itself, if one did."""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    """Why a person should look; empty if nobody need."""


def decide(
    findings: Sequence[Finding], book: AgencyBook, staff: bool = False, trust: Trust = "unknown", agreed: str = ""
) -> Decision:
    """Weigh the findings. Statements of the message lead, the text adds; nothing that credits an agency is dropped.

    ``staff``: persons are stated as authors beside the agency. ``trust``: what the feed's contract says of its
    metadata; in an outlet's feed the text leads. ``agreed``: whose feed it is by contract.
    """
    if trust != "unknown":
        findings = [_weighed(finding, trust) for finding in findings]
    said = _of_copy(findings)
    copy = _named(said)
    outlet = trust == "outlet"
    wire = "" if outlet else next((finding.agency for finding in copy if finding.place == "provider"), "")
    agencies = _ordered(copy, _IN_TEXT if outlet else _LEADS)
    role = _role(said, agencies, wire, staff)
    cited = [finding for finding in findings if finding.means == "cited"]
    pictures = [finding for finding in findings if finding.means == "picture"]
    if role != "with":
        cited = [finding for finding in cited if finding.agency not in agencies]
    return Decision(
        agencies=agencies,
        role=role,
        shares=_shares(copy, agencies, role),
        cited=_ordered(cited),
        pictures=_ordered(pictures),
        wire=wire,
        evidence=_evidence(copy, cited, pictures),
        reason=doubt(copy, agencies, book, trust, agreed),
    )


def _weighed(finding: Finding, trust: Trust) -> Finding:
    if finding.place not in _METADATA or finding.rule == "contract.agency":
        return finding
    left = (1 - finding.confidence) * _DOUBTED[trust]
    return replace(finding, confidence=round(max(0.5, 1 - left), 3))


def _of_copy(findings: Sequence[Finding]) -> list[Finding]:
    """Findings of copy; those of the last resort only where there are no others, or for agencies that others credit."""
    copy = [finding for finding in findings if finding.means == "copy"]
    credited = {finding.agency for finding in copy if not finding.last}
    return [finding for finding in copy if not finding.last or not credited or finding.agency in credited]


def _named(copy: list[Finding]) -> list[Finding]:
    """Without unnamed agencies where another line says which they are: "By agencies" above, "AFP" below."""
    if _UNNAMED not in [finding.agency for finding in copy]:
        return copy
    naming = {finding.where for finding in copy if finding.agency != _UNNAMED and not finding.last}
    return [finding for finding in copy if not naming or finding.agency != _UNNAMED or finding.where in naming]


def _ordered(findings: Sequence[Finding], leads: Sequence[Place] = _LEADS) -> tuple[str, ...]:
    """Agencies, each once: those of the leading places first, then in the order of the story."""
    if not findings:
        return ()
    first = {place: index if leads is _LEADS else 0 for index, place in enumerate(leads)}
    ranked = sorted(findings, key=lambda finding: first.get(finding.place, len(leads)))
    return tuple(dict.fromkeys([finding.agency for finding in ranked]))


def _role(copy: Sequence[Finding], agencies: Sequence[str], wire: str, staff: bool) -> Role:
    """Sole and among for an agency's own message or page; unnamed agencies never wrote it alone; else what shapes say.

    Persons stated beside an agency are an outlet's, but on the agency's own page.
    """
    if not agencies:
        return "none"
    if tuple(agencies) == (_UNNAMED,):
        return "with"
    staff = staff and not any(finding.place == "publisher" for finding in copy)
    if not wire:
        for places in _SAYS_ROLE:
            said = {finding.role for finding in copy if finding.place in places and finding.role}
            if "with" in said or (said and staff and "author" in places):
                return "with"
            if said:
                break
    return "sole" if len(agencies) == 1 else "among"


def _shares(copy: Sequence[Finding], agencies: Sequence[str], role: Role) -> tuple[AgencyShare, ...]:
    """Material that an agency's own copy uses is ``with``; whoever is left alone then wrote the text."""
    if role == "with":
        return tuple(AgencyShare(agency=agency, role="with") for agency in agencies)
    used = {agency for agency in agencies if _only_used(copy, agency)}
    owners = [agency for agency in agencies if agency not in used]
    owned: Literal["sole", "among"] = "sole" if len(owners) == 1 else "among"
    return tuple([AgencyShare(agency=agency, role="with" if agency in used else owned) for agency in agencies])


def _only_used(copy: Sequence[Finding], agency: str) -> bool:
    said = {finding.role for finding in copy if finding.agency == agency and not finding.last}
    return agency == _UNNAMED or said == {"with"}


def _evidence(*groups: Sequence[Finding]) -> tuple[Evidence, ...]:
    """The best finding of each agency and meaning, then what else there is, to the limit; best first."""
    leading: list[Finding] = []
    others: list[Finding] = []
    for group in filter(None, groups):
        met: set[str] = set()
        for finding in sorted(group, key=_surety, reverse=True):
            (others if finding.agency in met else leading).append(finding)
            met.add(finding.agency)
    kept = [*leading, *sorted(others, key=_surety, reverse=True)]
    unique = list({(item.agency, item.means, item.text): item for item in reversed(kept)}.values())[::-1]
    best = sorted(unique[:_MOST_EVIDENCE], key=_surety, reverse=True)
    return tuple([item.evidence() for item in best])


_surety = attrgetter("confidence")
