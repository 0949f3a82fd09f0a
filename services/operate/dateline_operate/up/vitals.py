"""How services are doing, from their own /readyz and /metrics."""

from __future__ import annotations

import asyncio
import math
import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    import httpx

_SAMPLE = re.compile(r"^(\w+)(?:\{[^}]*\})? (\S+)$", re.MULTILINE)


class Vitals(Struct, frozen=True, kw_only=True):
    """What a service tells of itself."""

    name: str
    url: str
    ready: bool = False
    answered: bool = False
    """Whether it said anything at all."""
    checks: dict[str, str] = {}
    """Check by check: ``ok``, or what is wrong."""
    heard: int = 0
    said: int = 0
    pending: int = 0
    in_work: int = 0
    quarantined: int = 0
    clock_ahead: int = 0
    """Whole seconds that its clock is ahead of the message server's, below 0 behind it; publish alone compares them."""

    @property
    def handled(self) -> int:
        """Events it dealt with: heard, or said by a service that hears none."""
        return self.heard or self.said

    @property
    def wrong(self) -> str:
        """What is wrong, in a line; empty when all is well."""
        return "; ".join(f"{check}: {state}" for check, state in self.checks.items() if state != "ok")


class _Readyz(Struct):
    status: str = ""
    checks: dict[str, str] = {}


def totals(page: str) -> dict[str, int]:
    """Sums by metric name of a Prometheus text page."""
    sums: dict[str, float] = {}
    for name, value in _SAMPLE.findall(page):
        sums[name] = sums.get(name, 0.0) + float(value)
    return {name: int(total) for name, total in sums.items() if not math.isnan(total)}


async def look(client: httpx.AsyncClient, name: str, url: str) -> Vitals:
    """Ask a service. One that does not answer is not ready, and the check ``http`` says why."""
    import httpx

    try:
        readyz, metrics = await asyncio.gather(client.get(f"{url}/readyz"), client.get(f"{url}/metrics"))
        state = msgspec.json.decode(readyz.content, type=_Readyz)
    except (httpx.HTTPError, msgspec.DecodeError) as error:
        return Vitals(name=name, url=url, checks={"http": f"no answer ({type(error).__name__})"})
    sums = totals(metrics.text)
    return Vitals(
        name=name,
        url=url,
        ready=readyz.status_code == 200,
        answered=True,
        checks=state.checks,
        heard=sums.get("dateline_heard_total", 0),
        said=sums.get("dateline_said_total", 0),
        pending=sums.get("dateline_pending", 0),
        in_work=sums.get("dateline_in_work", 0),
        quarantined=sums.get("dateline_quarantined_total", 0),
        clock_ahead=sums.get("dateline_clock_ahead_seconds", 0),
    )
