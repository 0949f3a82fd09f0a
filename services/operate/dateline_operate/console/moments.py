"""Places in a stream and lengths of time as people write them. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dateline_operate.console.failure import Failure
from dateline_operate.console.options import length_of
from dateline_operate.watching.following import Start


def span(seconds: float) -> str:
    """A length of time in whole days, hours, minutes or seconds: the largest unit of which it has at least two."""
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit}"
    return f"{seconds:.0f} s"


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago something was."""
    return "never" if moment is None else f"{span(max(0.0, (now - moment).total_seconds()))} ago"


def took(milliseconds: float) -> str:
    """How long a step took: in milliseconds, or from ten seconds on in the largest fitting unit."""
    return f"{milliseconds:.1f} ms" if milliseconds < 10_000 else span(milliseconds / 1_000)


def start_of(said: str, now: datetime) -> Start:
    """Where to begin: ``beginning``, ``now``, or a place as for ``moment_of``. Raises Failure."""
    if said == "beginning":
        return Start(seq=1)
    if said == "now":
        return Start(new=True)
    moment = moment_of(said, now)
    return Start(seq=moment) if isinstance(moment, int) else Start(time=moment)


def moment_of(said: str, now: datetime) -> int | datetime:
    """A sequence (a whole number), or a time: RFC 3339, or ``15m`` (``s``, ``m``, ``h``, ``d``) ago. Raises Failure.

    A time without a zone is in this machine's.
    """
    if said.isdecimal():
        return max(1, int(said))
    try:
        if (ago := length_of(said.removesuffix(" ago"))) is not None:
            return now - timedelta(seconds=ago)
        return datetime.fromisoformat(said).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        advice = "Write a sequence (1234), a time (2026-03-26T12:00:00Z), or how long ago (15m, 2h, 3d)."
        raise Failure(f"{said!r} is no place in the log.", advice, code=2) from error
