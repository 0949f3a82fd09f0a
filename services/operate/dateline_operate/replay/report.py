"""What came of a replay, for people to read."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from dateline_operate.console.counting import counted
from dateline_operate.console.terminal import clean, console, table
from dateline_operate.replay.comparing import Difference, Tally
from dateline_operate.replay.differences import ByField, CreditDiff

FIELDS_SHOWN = 20


def show(tally: Tally, *, told_to_append: bool) -> None:
    """Print what came of a replay. ``told_to_append`` says that appending was asked for and this service cannot."""
    screen = console()
    if told_to_append:
        screen.print(f"[yellow]{tally.service} decides by the state of the moment: nothing is appended.[/]")
    rate = f"{tally.looked_at / max(0.001, tally.seconds):,.0f} a second"
    screen.print(f"{tally.service} ({tally.rules}): {tally.looked_at:,} events in {tally.seconds:.1f} s, {rate}")
    told = ("equal", "changed", "evidence_only", "new", "gone", "overtaken", "superseded")
    for name in told if tally.dry_run else (*told, "appended"):
        screen.print(f"  {name.replace('_', ' '):<13} {getattr(tally, name):,}")
    if tally.fields:
        _show_fields(tally.fields)
    for one in tally.examples:
        screen.print(_example(one))
    if tally.failed:
        screen.print(f"[red]{counted(tally.failed, 'event')} could not be dealt with:[/]")
    for failure in tally.failures:
        screen.print(f"  {escape(failure)}")


def _show_fields(fields: Sequence[ByField]) -> None:
    """The fields in which events differ, the most frequent first; those of evidence alone are dim and come last."""
    rows = table("would differ in", "events", "")
    for row in fields[:FIELDS_SHOWN]:
        rows.add_row(escape(row.path), f"{row.events:,}", "[dim]evidence[/]" if row.evidence else "")
    console().print(rows)
    if (more := len(fields) - FIELDS_SHOWN) > 0:
        console().print(f"  and in {more} more, which --json has")


def show_credits(diff: CreditDiff) -> None:
    """Print what would change about credits, by agency."""
    screen = console()
    screen.print(f"\n[bold]{diff.stories:,} versions would be credited otherwise[/]")
    if diff.agencies:
        rows = table("agency", "gains", "loses")
        for row in diff.agencies:
            rows.add_row(escape(row.agency), f"[green]+{row.gains}[/]", f"[red]-{row.loses}[/]")
        screen.print(rows)
    for move in diff.moves:
        screen.print(f"\n{move.what}: {escape(move.was)} [dim]->[/] {escape(move.would_be)}  ({move.stories:,})")
        for one in move.examples:
            screen.print(f"  {one.story_id} version {escape(clean(one.version))}  {escape(clean(one.headline))}")
            screen.print(f"    [dim]{escape(clean(one.evidence))}[/]")


def _example(one: Difference) -> str:
    what = f"[bold]{one.event}[/] {one.kind.replace('_', ' ')}"
    head = f"{what}: event {one.heard_seq}, story {one.story_id} version {escape(clean(one.version))}"
    lines = [f"  {change.path}: {escape(change.was)} [dim]->[/] {escape(change.would_be)}" for change in one.changes]
    return "\n".join((head, *lines))
