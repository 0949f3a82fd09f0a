"""What somebody must attend to, the urgent first, each with what to do about it: the last part of ``status``. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec import Struct
from rich.markup import escape
from rich.table import Table

from dateline_operate.console.counting import counted
from dateline_operate.console.moments import span
from dateline_operate.console.noanswer import absent
from dateline_operate.console.terminal import clean, table
from dateline_operate.health.looking import Seen
from dateline_operate.health.overview import ConsumerSeen
from dateline_operate.health.unlogged import told_of
from dateline_operate.up.room import FULL
from dateline_schemas.subjects import STORIES

KILLS = timedelta(days=7)
"""Kills that are looked at, as ``kills`` does."""
TAKING = timedelta(minutes=2)
"""Longest time for an outlet to take a kill, as in the alert DatelineKillNotTaken."""
APART = 5
"""Most seconds between two clocks, as in the alert DatelineClocksDiffer."""
UNSAVED = timedelta(hours=36)
"""Oldest good backup if one is made each day, as in the alert DatelineBackupOld."""
IDLE = timedelta(minutes=1)
"""Longest time in which a service with waiting events takes none."""
BACKLOG = 100
"""Least waiting events that count as a backlog while the log grows: fewer may have come just now."""
FULL_SERVER = "the message server takes nothing: docs/monitoring.md, DatelineWritesFailing"
NAMED = 5
"""Most feeds, outlets or servers that are named."""


class Trouble(Struct, frozen=True, kw_only=True):
    """One thing that is wrong."""

    what: str
    do: str
    """A command, or where to look."""
    urgent: bool = False
    """Whether somebody must be woken up; other troubles can wait until morning."""


def troubles_of(seen: Seen) -> list[Trouble]:
    """What is wrong, the urgent first. Pure."""
    of = (_of_server, _of_services, _of_kills, _of_outlets, _of_feeds, _of_keeping)
    found = [one for look in of for one in look(seen)]
    return sorted(found, key=lambda one: not one.urgent)


def _of_server(seen: Seen) -> Iterator[Trouble]:
    if seen.overview.missing:
        lost = absent(seen.overview.nats_url, seen.overview.missing)
        yield Trouble(what=str(lost), do=lost.advice, urgent=True)
    if seen.free is not None and seen.free < FULL:
        left = f"{seen.free // 1_000_000} MB are left on the disk of {seen.data}: copy is refused, or soon will be"
        yield Trouble(what=left, do="make room there", urgent=True)
    if seen.lost:
        yield Trouble(what=str(seen.lost), do=seen.lost.do, urgent=True)
    elif seen.gone or seen.unlogged:
        what = f"the log has lost {counted(seen.gone, 'event')}" if seen.gone else told_of(seen.unlogged)
        yield Trouble(what=what, do="`dateline verify`; docs/monitoring.md, After a crash", urgent=True)
    if seen.accepted:
        what = f"known damage, {seen.accepted[-1].said}"
        yield Trouble(what=what, do="nothing; `dateline verify` names it")
    if seen.silent:
        left = f"the log stands on {seen.silent.of - len(seen.silent.names)} of {seen.silent.of} servers"
        what = f"nothing is heard of {_names(seen.silent.names)}: {left}"
        yield Trouble(what=what, do="start it again, or see why it stands still; no other may fail meanwhile")
    for why in seen.unasked:
        yield Trouble(what=why, do="`dateline verify`; the server's log", urgent=True)


def _of_services(seen: Seen) -> Iterator[Trouble]:
    for service in seen.overview.services:
        if not service.ready:
            log = f"look into {seen.data / 'logs' / f'{service.name}.log'}"
            do = FULL_SERVER if service.wrong.startswith("writes: ") else log
            yield Trouble(what=f"{service.name} is not ready: {service.wrong}", do=do, urgent=True)
        if abs(service.clock_ahead) > APART:
            way = "ahead of" if service.clock_ahead > 0 else "behind"
            what = f"the clock of {service.name} is {abs(service.clock_ahead)} s {way} the message server's"
            yield Trouble(what=what, do="embargoes end late; put the clock right (timedatectl, chrony)")
    here = {service.name for service in seen.overview.services}
    idle = [one for one in seen.overview.consumers if one.name.partition("-")[0] not in here and _is_left(one, seen)]
    for consumer in idle:
        name = consumer.name.partition("-")[0]
        what = f"{counted(consumer.pending, 'event')} of {consumer.name} wait, and nobody takes them"
        yield Trouble(what=what, do=f"does {name} run? look into its log", urgent=True)


def _is_left(consumer: ConsumerSeen, seen: Seen) -> bool:
    newest = next((one.last for one in seen.overview.streams if one.name == STORIES.name), None)
    quiet = newest is None or seen.now - newest > IDLE
    idle = consumer.active is None or seen.now - consumer.active > IDLE
    return consumer.pending > 0 and idle and (quiet or consumer.pending >= BACKLOG)


def _of_kills(seen: Seen) -> Iterator[Trouble]:
    late = [one for one in seen.kills if one.open and seen.now - one.kill.said > TAKING]
    if late:
        owing = sorted({told.outlet for one in late for told in one.outlets if told.state != "taken"})
        what = f"{counted(len(late), 'kill')} not taken by {', '.join(owing)}"
        yield Trouble(what=what, do="call them; `dateline kills --open`", urgent=True)


def _of_outlets(seen: Seen) -> Iterator[Trouble]:
    if seen.behind:
        names = [one.outlet for one in sorted(seen.behind, key=lambda one: one.since)]
        oldest = span(max((seen.now - one.since).total_seconds() for one in seen.behind))
        what = f"{counted(len(names), 'outlet')} stopped reading, the longest {oldest} behind: {_names(names)}"
        yield Trouble(what=what, do="call them; `dateline outlets ls`")
    if seen.untold:
        do = "an outlet, or somebody who reads without a name, on a server that is away: start that again"
        yield Trouble(what=seen.untold, do=do, urgent=True)


def _of_feeds(seen: Seen) -> Iterator[Trouble]:
    failing = sorted(name for name, state in seen.feeds.items() if state.failing)
    silent = sorted(name for name, state in seen.feeds.items() if state.silent)
    for names, how in ((failing, "failing"), (silent, "silent")):
        if names:
            what = f"{counted(len(names), 'feed')} {how}: {_names(names)}"
            yield Trouble(what=what, do="`dateline feeds ls`")


def _of_keeping(seen: Seen) -> Iterator[Trouble]:
    if kept := sum(seen.overview.quarantine.values()):
        yield Trouble(what=f"{counted(kept, 'thing')} in quarantine", do="`dateline quarantine ls`")
    if seen.unsaved is not None and seen.now - seen.unsaved > UNSAVED:
        age = span((seen.now - seen.unsaved).total_seconds())
        yield Trouble(what=f"what came in the last {age} is in no backup", do="`dateline backup DIR`")


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def trouble_table(troubles: Sequence[Trouble]) -> Table:
    """One row for each trouble. Pure."""
    made = table("wrong", "do")
    for one in troubles:
        what = escape(clean(one.what))
        made.add_row(f"[bold red]{what}[/]" if one.urgent else what, escape(clean(one.do)))
    return made
