"""Outlets and kills as tables for people. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from rich.markup import escape
from rich.table import Table

from dateline_operate.console.counting import counted
from dateline_operate.console.moments import ago
from dateline_operate.console.terminal import clean, day_and_clock, table
from dateline_operate.outlets.killed import KillAtOutlet, Killed
from dateline_operate.outlets.taken import Announced
from dateline_schemas.outlets import Reader


def outlet_table(readers: Sequence[Reader], now: datetime) -> Table:
    """One row for each outlet."""
    numbers = ("waiting", "in hand")
    made = table("outlet", "reads", *numbers, "last took something", right=numbers)
    for one in readers:
        said = _last_took(one.active, now) if one.acknowledges else "acknowledges nothing"
        made.add_row(
            escape(one.name),
            escape(", ".join(one.filters) or "everything"),
            f"{one.waiting:,}",
            f"{one.in_hand:,}",
            said,
        )
    return made


def kill_table(killed: Sequence[Killed], now: datetime) -> Table:
    """A row for the outlets that have taken a kill, and one for each that has not."""
    made = table("taken back", "as", "story", "headline", "outlet", "state")
    for one in killed:
        kill = one.kill
        what = "withheld" if kill.pubstatus == "withheld" else "killed"
        head = (day_and_clock(kill.said), what, kill.story_id, escape(clean(kill.headline)) or "(not told)")
        for at, row in enumerate(_rows(one, now)):
            made.add_row(*(head if at == 0 else ("",) * len(head)), *row)
    return made


def announced_table(announced: Sequence[Announced]) -> Table:
    """A row for each state that an announcement is in, with the outlets where it is."""
    made = table("announced", "number", "what", "version", "state", "outlets", right=("number",))
    for one in announced:
        there = one.announcement
        head = (day_and_clock(there.said), f"{there.number:,}", one.kind, escape(clean(there.version)))
        by_state: dict[str, list[str]] = {}
        for at_outlet in one.outlets:
            by_state.setdefault(at_outlet.state, []).append(at_outlet.outlet)
        for at, (state, names) in enumerate(sorted(by_state.items()) or [("no outlet has a name", [])]):
            made.add_row(*(head if at == 0 else ("", "", "", "")), state, escape(", ".join(names)))
    return made


def _rows(one: Killed, now: datetime) -> list[tuple[str, str]]:
    if not one.outlets:
        return [("", "for no outlet that is known" if one.kill.posted else "not posted yet, or not any more")]
    have = [told.outlet for told in one.outlets if told.state == "taken"]
    rows = [(escape(told.outlet), _state(told, now)) for told in one.outlets if told.state != "taken"]
    return [*rows, *([(escape(", ".join(have)), "[green]taken[/]")] if have else [])]


def _state(told: KillAtOutlet, now: datetime) -> str:
    return f"[bold red]{told.state}[/], {told.waiting:,} not taken; last took something: {_last_took(told.active, now)}"


def _last_took(active: datetime | None, now: datetime) -> str:
    """When an outlet acknowledged something. The server keeps how far it is, but forgets the time when it restarts."""
    return ago(active, now) if active else "not since the server started"


def summary(killed: Sequence[Killed]) -> str:
    """How many kills there are, and which outlets have not taken how many."""
    late = Counter(told.outlet for one in killed for told in one.outlets if told.state != "taken")
    withheld = sum(one.kill.pubstatus == "withheld" for one in killed)
    said = counted(len(killed), "kill") + (f" ({withheld:,} withheld)" if withheld else "")
    nobodys = sum(not one.outlets for one in killed)
    if nobodys:
        said += f"; {nobodys:,} for no outlet that is known"
    if late:
        return f"{said}; not taken: " + ", ".join(f"{count:,} by {clean(name)}" for name, count in sorted(late.items()))
    return said if nobodys == len(killed) else f"{said}; taken by every outlet that each is for"
