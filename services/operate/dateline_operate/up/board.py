"""The status lines of ``dateline up``: live on a terminal, a line for each change in a pipe, JSON for programs.

Nobody has to read them: lines that a reader does not take in time are dropped and counted.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from types import TracebackType

from msgspec import Struct
from rich.live import Live
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from dateline_kernel.connection import shown
from dateline_operate.console.teller import Teller
from dateline_operate.console.terminal import clean, console, json_bytes
from dateline_operate.up.stack import Stack
from dateline_operate.up.supervisor import ServiceProcess
from dateline_operate.up.vitals import Vitals

SERVER = "nats-server"
WIDEST = 120
"""Characters of a note in the table."""
REPEAT = 5.0
"""Seconds between JSON lines while no state changes."""


class Row(Struct, frozen=True, kw_only=True):
    """One service at one moment."""

    name: str
    state: str
    """``ready``, ``starting``, ``not ready`` or ``ended``."""
    pid: int | None
    url: str
    handled: int
    pending: int
    rate: float
    """Events a second since the last look."""
    restarts: int
    ended: str = ""
    """How it ended the last time, if it did."""
    wrong: str = ""


class ServerRow(Struct, frozen=True, kw_only=True):
    """The message server at one moment."""

    state: str
    """``ready``, ``ended``, or ``full`` when the disk takes nothing more."""
    pid: int | None
    url: str
    restarts: int
    ended: str = ""
    """How it ended the last time, if it did."""
    wrong: str = ""


class Board:
    """Shows how a stack is doing."""

    def __init__(self, stack: Stack, *, as_json: bool) -> None:
        self._stack = stack
        self._json = as_json
        self._teller = Teller(sys.stdout.fileno(), self._missed)
        self._console = console(self._teller.text())
        self._live = Live(console=self._console, auto_refresh=False) if self._fancy else None
        self._handled: dict[str, tuple[int, float]] = {}
        self._states: dict[str, str] = {}
        self._said_at = 0.0
        self._was_ready: set[str] = set()
        self._greeted = False
        self.ready = False

    @property
    def _fancy(self) -> bool:
        return self._console.is_terminal and not self._json

    def __enter__(self) -> Board:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()
        self._teller.close()

    def _missed(self, lines: int) -> bytes | None:
        """The line that stands for dropped ones. On a terminal none is needed: each picture shows everything."""
        if self._json:
            return json_bytes({"at": datetime.now(UTC), "state": "dropped", "lines": lines})
        return None if self._fancy else f"{lines} lines were dropped: nobody read them\n".encode()

    def say(self, what: str) -> None:
        """One line about everything."""
        if self._json:
            self._json_line({"at": datetime.now(UTC), "state": what})
        else:
            self._console.print(what, markup=False)

    def show(self, vitals: list[Vitals]) -> None:
        """Show one look at the services."""
        rows = [self._row(one) for one in vitals]
        server = self._server_row()
        self.ready = all(row.state == "ready" for row in rows)
        states = {row.name: f"{row.state} {row.restarts}" for row in rows}
        if server is not None:
            states[SERVER] = f"{server.state} {server.restarts}"
        changed = states != self._states
        before, self._states = self._states, states
        if self._json:
            self._as_json(rows, server, changed)
        elif self._live is not None:
            self._live.update(_table(rows, server, shown(self._stack.nats_url)), refresh=True)
        else:
            if server is not None and states[SERVER] != before.get(SERVER):
                self._line(SERVER, server)
            for row in rows:
                if states[row.name] != before.get(row.name):
                    self._line(row.name, row)
        if self.ready and not self._greeted and not self._json:
            self._greeted = True
            self._greet()

    def _json_line(self, value: dict[str, object]) -> None:
        self._teller.say(json_bytes(value))

    def _line(self, name: str, row: Row | ServerRow) -> None:
        said = clean(row.wrong or _again(row))
        self._console.print(f"{name:<12} {row.state:<9} {row.url} {said}".rstrip(), markup=False)

    def _server_row(self) -> ServerRow | None:
        """None where the server is not ours."""
        server, room = self._stack.server, self._stack.room
        if server is None:
            return None
        state = "ended" if server.server.pid is None else "full" if room.full else "ready"
        wrong = server.fault if state == "ended" else ""
        if room.full:
            data = self._stack.plan.data
            left = f"{room.free // 1_000_000} MB are left on its disk"
            wrong = f"{data}: {left}: copy is refused, or soon will be. Make room; the rest goes by itself."
        return ServerRow(
            state=state,
            pid=server.server.pid,
            url=server.server.url,
            restarts=server.backoff.restarts,
            ended=server.ending,
            wrong=wrong,
        )

    def _as_json(self, rows: list[Row], server: ServerRow | None, changed: bool) -> None:
        if not changed and time.monotonic() - self._said_at < REPEAT:
            return
        self._said_at = time.monotonic()
        self._json_line(
            {
                "at": datetime.now(UTC),
                "state": "ready" if self.ready else "not ready",
                "nats_url": shown(self._stack.nats_url),
                "server": server,
                "ingest_url": self._stack.where().ingest_url,
                "services": rows,
            }
        )

    def _row(self, one: Vitals) -> Row:
        process = next(process for process in self._stack.services if process.name == one.name)
        now = time.monotonic()
        before, at = self._handled.get(one.name, (one.handled, now))
        self._handled[one.name] = (one.handled, now)
        rate = max(0.0, (one.handled - before) / (now - at)) if now > at else 0.0
        if one.ready:
            self._was_ready.add(one.name)
        known = one.name in self._was_ready
        state = "ready" if one.ready else "ended" if process.pid is None else "not ready" if known else "starting"
        if state == "ended":
            self._was_ready.discard(one.name)
        return Row(
            name=one.name,
            state=state,
            pid=process.pid,
            url=one.url,
            handled=one.handled,
            pending=one.pending,
            rate=round(rate, 1),
            restarts=process.backoff.restarts,
            ended=process.ending,
            wrong=_wrong(state, one, process),
        )

    def _greet(self) -> None:
        where = self._stack.where()
        data = self._stack.plan.data
        here = "" if str(data) == ".dateline" else f" --data {data}"
        door = f", push to {where.ingest_url}" if where.ingest_url else ""
        tries = "   ".join(f"dateline {words}" for words in (f"tail{here}", f"push{here} FILE", f"status{here}"))
        said = f"ready: NATS {shown(where.nats_url)}{door}\nin another terminal: {tries}"
        self._console.print(said, markup=False)


def _wrong(state: str, one: Vitals, process: ServiceProcess) -> str:
    if state in ("ready", "starting"):
        return ""
    return process.ending or process.last_words() if state == "ended" else one.wrong


def _table(rows: list[Row], server: ServerRow | None, nats_url: str) -> Table:
    title = f"Dateline, NATS {escape(nats_url)}, Ctrl-C stops"
    table = Table(box=None, title=title, title_justify="left", title_style="dim")
    for heading in ("service", "state"):
        table.add_column(heading)
    for heading in ("handled", "pending", "per second"):
        table.add_column(heading, justify="right")
    table.add_column("")
    if server is not None:
        table.add_row(SERVER, _state(server), "", "", "", _note(server))
    for row in rows:
        cells = (f"{row.handled:,}", f"{row.pending:,}", f"{row.rate:,.1f}")
        table.add_row(row.name, _state(row), *cells, _note(row))
    return table


def _state(row: Row | ServerRow) -> Text:
    return Text(row.state, {"ready": "green", "starting": "yellow"}.get(row.state, "bold red"))


def _note(row: Row | ServerRow) -> Text:
    return Text(clean(row.wrong or _again(row) or row.url)[:WIDEST], "dim")


def _again(row: Row | ServerRow) -> str:
    """How often it was started again, and how it ended the last time."""
    why = f", {row.ended}" if row.ended else ""
    times = "once" if row.restarts == 1 else f"{row.restarts} times"
    return f"started again {times}{why}" if row.restarts else ""
