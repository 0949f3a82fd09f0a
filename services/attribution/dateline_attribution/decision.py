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
"""Places that tell a role, in groups: the first group in which a finding has a role decides."""
_IN_TEXT: tuple[Place, ...] = ("dateline", "byline", "opening", "mark", "ending", "body")
_METADATA: tuple[Place, ...] = ("provider", "creditline", "source", "service", "author", "publisher", "holder")
_DOUBTED: dict[Trust, float] = {"agency": 0.5, "unknown": 1.0, "outlet": 2.0}
"""By the trust in a feed: factor of the doubt (1 - confidence) that a finding in its metadata leaves."""


class Decision(Struct, frozen=True, kw_only=True):
    """What was decided, with its evidence, best first."""

    agencies: tuple[str, ...] = ()
    role: Role = "none"
    shares: tuple[AgencyShare, ...] = ()
    """One for each of ``agencies``. ``translated`` and ``rewritten`` are not set yet (``treatments.shared``)."""
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
    """Weigh the findings. Agencies in the message's metadata come first, those in the text follow.

    In an outlet's feed (``trust``, by contract) the text comes first. ``agreed``: id of the agency whose feed it is by
    contract, empty if unknown. ``staff``: persons are stated as authors apart from any agency.
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
    """Findings of copy. Those of last resort count only if there are no others, or others credit the same agency."""
    copy = [finding for finding in findings if finding.means == "copy"]
    credited = {finding.agency for finding in copy if not finding.last}
    return [finding for finding in copy if not finding.last or not credited or finding.agency in credited]


def _named(copy: list[Finding]) -> list[Finding]:
    """Without findings of unnamed agencies, if another line names them: "By agencies" above, "AFP" below."""
    if _UNNAMED not in [finding.agency for finding in copy]:
        return copy
    naming = {finding.where for finding in copy if finding.agency != _UNNAMED and not finding.last}
    return [finding for finding in copy if not naming or finding.agency != _UNNAMED or finding.where in naming]


def _ordered(findings: Sequence[Finding], leads: Sequence[Place] = _LEADS) -> tuple[str, ...]:
    """Agency ids, each once: first those found at the places ``leads``, then the others in the order of the story."""
    if not findings:
        return ()
    first = {place: index if leads is _LEADS else 0 for index, place in enumerate(leads)}
    ranked = sorted(findings, key=lambda finding: first.get(finding.place, len(leads)))
    return tuple(dict.fromkeys([finding.agency for finding in ranked]))


def _role(copy: Sequence[Finding], agencies: Sequence[str], wire: str, staff: bool) -> Role:
    """The role of all agencies together.

    An agency's own message (``wire``) is its sole copy, or several agencies' together. Else the matched shapes say, and
    persons who are stated as authors are taken for an outlet's staff, except on the agency's own page. Unnamed agencies
    alone are always ``with``.
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
    """The share of each agency. One whose material is only used gets ``with``; the others wrote the text."""
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
    """At most _MOST_EVIDENCE findings, surest first: the best of each agency and meaning before any others."""
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
