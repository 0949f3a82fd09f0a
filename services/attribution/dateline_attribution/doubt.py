"""When a person should look at a credit: weak evidence, or statements that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.ruletable import Place
from dateline_attribution.takings import Finding
from dateline_schemas.feeds import Trust

WEAK = 0.8
"""A credit whose best finding is less sure than this goes to a person."""
_IN_TEXT: tuple[Place, ...] = ("dateline", "opening", "mark", "ending")


def doubt(copy: Sequence[Finding], agencies: Sequence[str], book: AgencyBook, trust: Trust, agreed: str) -> str:
    """Why a person should look, and what was decided all the same; empty if nobody need look.

    ``copy``: the findings that credit copy. ``agreed``: agency whose feed it is by contract, empty if unknown.
    """
    reasons = dict.fromkeys([*_weak(copy, agencies), *_contradictions(copy, agencies, book, trust, agreed)])
    return "; ".join(reasons)


def _weak(copy: Sequence[Finding], agencies: Sequence[str]) -> Iterator[str]:
    for agency in agencies:
        best = max((finding for finding in copy if finding.agency == agency), key=lambda finding: finding.confidence)
        if best.confidence < WEAK:
            yield f"{agency} is credited on weak evidence only: {best.rule} at {best.where}"


def _contradictions(
    copy: Sequence[Finding], agencies: Sequence[str], book: AgencyBook, trust: Trust, agreed: str
) -> Iterator[str]:
    wire = next((finding.agency for finding in copy if finding.place == "provider"), "")
    owner = agreed if trust == "agency" and agreed in book else ""
    if owner and wire and not _related(owner, wire, book):
        yield f"the feed is {owner}'s by contract, but the message names {wire}; the message counts"
    if sender := wire or owner:
        yield from _text_against(sender, wire, agencies, copy, book, trust)
    if wire:
        lines = [finding for finding in copy if finding.place == "creditline"]
        if lines and all(not _related(wire, finding.agency, book) for finding in lines):
            yield f"the message names {wire}, but its credit line names {lines[0].agency}; both are credited"


def _text_against(
    sender: str, wire: str, agencies: Sequence[str], copy: Sequence[Finding], book: AgencyBook, trust: Trust
) -> Iterator[str]:
    """The text credits another agency than the one that sent the message, and nowhere the sender."""
    stated = {finding.agency for finding in copy if finding.place not in _IN_TEXT}
    in_text = [finding for finding in copy if finding.place in _IN_TEXT and finding.role != "with" and not finding.last]
    if any(finding.agency == sender for finding in in_text):
        return
    for finding in in_text:
        other = finding.agency
        if other not in stated and other != "generic" and not _related(sender, other, book):
            says = f"the message names {sender}" if wire else f"the feed is {sender}'s by contract"
            outcome = _outcome(sender, other, agencies, trust)
            yield f"{says}, but {finding.where} credits {other} ({finding.rule}); {outcome}"
            return


def _outcome(sender: str, other: str, agencies: Sequence[str], trust: Trust) -> str:
    """What came of it that the sender is one agency and the text credits another one."""
    if sender not in agencies:
        return "the text counts"
    if trust == "outlet":
        return f"{other} leads, as in an outlet's feed the text is asked first"
    return f"{sender} leads, as the message is believed before its text"


def _related(one: str, other: str, book: AgencyBook) -> bool:
    return one == other or book[one].parent == other or book[other].parent == one
