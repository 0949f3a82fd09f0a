"""The event by which an editor overrules the rules, made from a story's log. Pure but for the clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeGuard

from msgspec.structs import replace

from dateline_operate.console.failure import Failure
from dateline_operate.console.vocabulary import unknown_agency
from dateline_operate.functions import function, house_tables
from dateline_schemas.credit import AgencyShare, Credit, Role, Share
from dateline_schemas.events import Arrival, CreditOverridden, Event, Recorded, StoryAttributed
from dateline_schemas.identity import stamp

if TYPE_CHECKING:
    from dateline_operate.commands.credit import Options

RULES = "editor"
PACKAGE = "dateline-attribution"


def newest(log: Sequence[Recorded[Event]], story: str) -> StoryAttributed:
    """The newest version that has a credit. Raises Failure if there is none."""
    found = [one.event for one in log if isinstance(one.event, StoryAttributed)]
    if not found:
        advice = "`dateline story ID` shows what happened to it; receipts and subjects have the ids."
        raise Failure(f"the log has no credited version of story {story}.", advice)
    return max(found, key=lambda event: event.ordinal)


def override(log: Sequence[Recorded[Event]], said: Options) -> CreditOverridden:
    """The override of the story's newest version, stamped. Raises Failure."""
    there = newest(log, said.story)
    clear = said.action == "clear"
    if clear and not there.credit.overridden:
        raise Failure(f"nobody has overruled the credit of story {said.story}; the rules count.")
    earlier = [one.event for one in log if isinstance(one.event, CreditOverridden)]
    found = _found(log, there, max(earlier, key=lambda event: event.nth, default=None))
    event = CreditOverridden(
        story_id=there.story_id,
        version=there.version,
        ordinal=there.ordinal,
        nth=len(earlier) + 1,
        by=said.by,
        reason=said.reason,
        at=datetime.now(UTC),
        cleared=clear,
        credit=found if clear else _changed(there.credit, said, there.story.language),
        found=found,
        feed=there.feed,
        story=there.story,
    )
    return stamp(event, there, RULES, event.nth)


def _found(log: Sequence[Recorded[Event]], there: StoryAttributed, last: CreditOverridden | None) -> Credit:
    """What the rules found in a version. ``last``: the last override of the story, if there is one."""
    if last is not None and last.ordinal == there.ordinal:
        return last.found
    if not there.credit.overridden:
        return there.credit
    # An override that came along from an earlier version: what the rules find in this one is asked anew.
    contract = next((one.event.contract for one in log if _is_arrival(one.event, there.ordinal)), None)
    found: Credit = function("credit", PACKAGE)(there.story, contract, tables=house_tables())
    return found


def _is_arrival(event: Event, ordinal: int) -> TypeGuard[Arrival]:
    return isinstance(event, Arrival) and event.ordinal == ordinal


def _changed(credit: Credit, said: Options, language: str) -> Credit:
    """A credit changed as the editor says. Raises Failure."""
    tables = house_tables()
    given = _given(said, function("agency_ids", PACKAGE)(tables=tables))
    changed = replace(credit, **given)
    role = _fitting(said.role, changed) if said.role else _role(credit, changed)
    if (changed.agencies, role) != (credit.agencies, credit.role):
        shares = tuple(AgencyShare(agency=agency, role=_share(role)) for agency in changed.agencies)
        changed = replace(changed, role=role, shares=shares, treatments=())
    changed = replace(changed, evidence=(), credit_line_evidence=None, overridden="")
    if said.line is not None:
        return replace(changed, credit_line=said.line)
    if changed.agencies == credit.agencies and changed.role == credit.role:
        return changed
    if not changed.agencies:
        return replace(changed, credit_line="")
    return replace(changed, credit_line=function("credit_line", PACKAGE)(changed, language, tables=tables))


def _given(said: Options, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The members of the credit that the editor sets. Raises Failure if none is set, or an agency's id is unknown."""
    given = {
        name: tuple(dict.fromkeys(one.strip() for one in ids.split(",") if one.strip()))
        for name, ids in (("agencies", said.agencies), ("cited", said.cited), ("pictures", said.pictures))
        if ids is not None
    }
    if not given and said.role is None and said.line is None:
        raise Failure("say what the credit is: --agencies, --cited, --pictures, --role or --line.", code=2)
    if unknown := [one for ids in given.values() for one in ids if one not in known]:
        raise unknown_agency(unknown[0], known)
    return given


def _fitting(role: Role, credit: Credit) -> Role:
    """The role that the editor states. Raises Failure if that many agencies cannot have it."""
    fits = {"none": not credit.agencies, "sole": len(credit.agencies) == 1, "among": len(credit.agencies) > 1}
    if not fits.get(role, bool(credit.agencies)):
        whose = ", ".join(credit.agencies) or "no agency"
        advice = "none is of no agency, sole of one, among of several, with of one or several."
        raise Failure(f"copy of {whose} cannot be {role}.", advice, code=2)
    return role


def _role(before: Credit, after: Credit) -> Role:
    """The role that fits the new agencies, if the editor states none."""
    if not after.agencies:
        return "none"
    if len(after.agencies) > 1:
        return "among"
    return before.role if before.agencies == after.agencies else "sole"


def _share(role: Role) -> Share:
    """The share of each agency in a text in which all have this role together."""
    return "sole" if role == "none" else role
