"""Microseconds that the headers of one event cost, nats-py's way and ours: `python tests/bench/bench_headers.py`.

In turns and the best of many, so that others on the machine do not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from nats.aio.client import Client

from dateline_kernel.headers import write_lines
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.codec import cloudevent_headers
from dateline_schemas.examples import RECEIVED

ROUNDS, REPEATS = 40, 500


class _Nowhere:
    """Takes what would be sent, and sends nothing."""

    async def _send_command(self, command: bytes, priority: bool = False) -> None:
        pass


class _Theirs(_Nowhere, Client):
    pass


class _Ours(_Nowhere, QuickClient):
    pass


def main() -> None:
    """Print a line for reading and one for writing."""
    headers = cloudevent_headers(RECEIVED, "ingest", datetime.now(UTC))
    headers |= {"Nats-Batch-Id": "B0CYN6LEZ5TKG3D0UXVB7Q", "Nats-Batch-Sequence": "17"}
    block = write_lines(headers)
    assert block is not None
    raw = block.partition(b"\r\n")[2]
    reading = _compared(lambda: Client._parse_header_lines(raw), lambda: QuickClient._parse_header_lines(raw))
    writing = _compared(_sending(_Theirs(), headers), _sending(_Ours(), headers))
    print(f"{len(headers)} headers of one event, microseconds     nats-py    ours")
    for name, (theirs, ours) in (("read", reading), ("write and send", writing)):
        print(f"{name:37} {theirs:9.1f} {ours:7.1f}   {theirs / ours:.1f}x")


def _sending(client: Client, headers: dict[str, str]) -> Callable[[], object]:
    def send() -> None:
        try:
            client._send_publish("story.x.received.1", "", b"", 0, headers).send(None)
        except StopIteration:
            return
        raise AssertionError("sending to nowhere never waits")

    return send


def _compared(*ways: Callable[[], object]) -> tuple[float, ...]:
    best = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        for nth, way in enumerate(ways):
            began = time.perf_counter()
            for _ in range(REPEATS):
                way()
            best[nth] = min(best[nth], (time.perf_counter() - began) / REPEATS * 1e6)
    return tuple(best)


if __name__ == "__main__":
    main()
