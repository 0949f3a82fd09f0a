"""``up.json`` in the data folder: where a running ``dateline up`` listens, or why the last one ended, for other
commands.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline_kernel.wholefile import write_whole
from dateline_operate.console.failure import Failure
from dateline_operate.console.terminal import day_and_clock
from dateline_operate.up.locking import held


class ServiceAt(Struct, frozen=True):
    """A service process."""

    name: str
    pid: int | None
    url: str
    """Its /livez, /readyz, /metrics, and its door if it has one."""


class Up(Struct, frozen=True, kw_only=True):
    """A ``dateline up`` at work."""

    pid: int
    nats_url: str
    nats_pid: int | None = None
    """Process id of the server if it is an embedded one."""
    services: tuple[ServiceAt, ...] = ()
    since: datetime

    @property
    def ingest_url(self) -> str:
        """Where to push; empty if ingest was not started."""
        return next((service.url for service in self.services if service.name == "ingest"), "")


def up_path(data: Path) -> Path:
    """Where it stands."""
    return data / "up.json"


def _failed_path(data: Path) -> Path:
    return data / "up.failed"


def note_failure(data: Path, why: Exception) -> None:
    """Keep why ``up`` ended unasked, for the commands that find none running; forgotten when the next one starts."""
    first = str(why).partition("\n")[0]
    with suppress(OSError):  # the disk may be what failed
        said = f"It ended on {datetime.now(UTC):%Y-%m-%d at %H:%M} UTC: {first}"
        write_whole(_failed_path(data), said.encode("utf-8", "replace"))


def nothing_runs(data: Path, advice: str) -> Failure:
    """The failure of a command for which no server was named, and none runs in the data folder."""
    try:
        ended = " " + _failed_path(data).read_text("utf-8", "replace")
    except OSError:
        ended = ""
    return Failure(f"no `dateline up` runs in {data.absolute()}.{ended}", advice, code=3)


def write_up(data: Path, up: Up) -> None:
    """Write where everything is. Only this user may read it, since the server's address may hold a password."""
    document = {**msgspec.to_builtins(up), "ingest_url": up.ingest_url}
    write_whole(up_path(data), msgspec.json.format(msgspec.json.encode(document), indent=2))
    _failed_path(data).unlink(missing_ok=True)


def read_up(data: Path) -> Up | None:
    """Where everything is; None if nothing runs in this folder."""
    try:
        up = msgspec.json.decode(up_path(data).read_bytes(), type=Up)
    except (OSError, msgspec.DecodeError):
        return None
    return up if alive(up.pid) else None


def alive(pid: int) -> bool:
    """Whether there is a process of that id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def only_one(data: Path) -> AbstractContextManager[None]:
    """Hold the data folder for the length of a block, which raises Failure if another ``dateline up`` holds it."""

    def taken() -> Failure:
        up = read_up(data)
        who = f"process {up.pid}, since {day_and_clock(up.since)}" if up else "it is just starting"
        advice = "Stop it first, or give this one a folder of its own with --data."
        return Failure(f"another `dateline up` runs in {data} ({who}).", advice)

    return held(data / "up.lock", taken)
