"""The table of ``dateline feeds ls``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.markup import escape
from rich.table import Table

from dateline_operate.console.moments import ago
from dateline_operate.console.terminal import clean, table
from dateline_operate.feeds.state import State
from dateline_schemas.feeds import Feed

MOST_REASON = 2_000
"""Characters: what to do stands at a reason's end, and half an address is none."""


def table_of(feeds: Sequence[Feed], states: Mapping[str, State], now: datetime) -> Table:
    """One row for each feed."""
    rows = table("feed", "door", "last story", "state", "provider", "language", "format", "a second", "from")
    for feed in feeds:
        limit = str(feed.per_second) if feed.per_second else "no limit"
        origin = feed.url or f"key sha256 {feed.key_sha256[:12]}…"
        last = ago(states[feed.name].heard, now)
        words = (feed.provider, feed.language, feed.format, limit, origin)
        rows.add_row(feed.name, feed.door, last, state_of(feed, states[feed.name], now), *map(escape, words))
    return rows


def state_of(feed: Feed, state: State, now: datetime) -> str:
    """What is to be known about it, most important first."""
    if feed.paused:
        return "[yellow]paused[/]"
    if state.failing is not None:
        reason = escape(clean(state.failing.reason)[:MOST_REASON])
        return f"[bold red]failing[/] since {ago(state.failing.since, now)}: {reason}"
    if state.silent is not None:
        return f"[bold red]silent[/] since {ago(state.silent, now)}"
    if state.moved:
        return f"[yellow]moved[/], give it url = {escape(clean(state.moved)[:MOST_REASON])}"
    return "[green]ok[/]"
