"""Metrics of a service and the HTTP answers that orchestrators and Prometheus ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from dateline_schemas.events import Event

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]
Readiness = Callable[[], Awaitable[dict[str, str]]]
"""Checks by name: ``ok``, or what is wrong. Ready when all are ok."""

Checks = Callable[[], Mapping[str, str]]
"""What /readyz says at this moment, without asking anybody."""

PROBLEM = b"application/problem+json"
PATHS = ("/livez", "/readyz", "/metrics")
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
LATE = (0.1, 0.5, 1.0, 5.0, 15.0, 30.0, 60.0, 300.0, 3600.0)


class Telemetry:
    """The metrics of one service; a registry of its own, so that several may live in one process."""

    def __init__(self, service: str) -> None:
        self.registry = CollectorRegistry()
        self.heard = Counter("dateline_heard", "Events heard", ["service", "kind"], registry=self.registry)
        self.said = Counter("dateline_said", "Events appended", ["service", "kind"], registry=self.registry)
        self.failed = Counter("dateline_failed", "Failed attempts", ["service", "error"], registry=self.registry)
        self.quarantined = Counter("dateline_quarantined", "Put into quarantine", ["service"], registry=self.registry)
        self.passed_over = Counter(
            "dateline_passed_over",
            "Events that cannot be read, passed over so that a kill of their story goes through",
            ["service"],
            registry=self.registry,
        )
        self.consulted = Counter(
            "dateline_consulted",
            "Answers about which a projection of the log was asked: left as they were, or amended",
            ["service", "projection", "outcome"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "dateline_handling_seconds",
            "From hearing an event to acknowledging it",
            ["service"],
            buckets=SECONDS,
            registry=self.registry,
        ).labels(service)
        self.late = Histogram(
            "dateline_late_seconds",
            "From when it was to be said to when it was, for what had to wait or must not: embargoes, kills",
            ["service", "kind"],
            buckets=LATE,
            registry=self.registry,
        )
        self.clock = Gauge(
            "dateline_clock_ahead_seconds",
            "By how much the clock of a service that minds the time is ahead of the log's",
            ["service"],
            registry=self.registry,
        )
        self.pending = Gauge("dateline_pending", "Events waiting", ["service", "consumer"], registry=self.registry)
        self.unacknowledged = Gauge(
            "dateline_unacknowledged",
            "Events handed out and not done: in work, to be tried again, or put off until their time",
            ["service", "consumer"],
            registry=self.registry,
        )
        self.in_work = Gauge("dateline_in_work", "Events in work", ["service"], registry=self.registry).labels(service)
        self.service = service
        self._said: dict[type[Event], Counter] = {}
        # What has never happened stands at 0: the first time would else be no increase.
        self.quarantined.labels(service)
        self.passed_over.labels(service)

    def note_said(self, events: Sequence[Event]) -> None:
        """Count events that were appended."""
        for event in events:
            kind = type(event)
            # Looking a counter up by its labels takes five times as long as counting.
            counter = self._said.get(kind) or self._said.setdefault(kind, self.said.labels(self.service, kind.__name__))
            counter.inc()

    def expect(self, said: Sequence[type[Event]], late: bool) -> None:
        """Let kinds that were never said stand at 0; ``late`` where some of them have to wait."""
        for kind in said:
            self.said.labels(self.service, kind.__name__)
            if late:
                self.late.labels(self.service, kind.__name__)

    def show(self, checks: Checks) -> None:
        """Show the checks of /readyz, each as it is when somebody reads."""
        self.registry.register(_Checks(self.service, checks))

    def page(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self.registry)


class _Checks(Collector):
    """No gauge, since checks come and go: one that is not made any more must not stay at what it was."""

    def __init__(self, service: str, checks: Checks) -> None:
        self._service = service
        self._checks = checks

    def collect(self) -> Iterable[Metric]:
        family = GaugeMetricFamily("dateline_check", "1 while a check of /readyz is ok", labels=["service", "check"])
        for name, state in self._checks().items():
            family.add_metric([self._service, name], float(state == "ok"))
        yield family


def health_app(telemetry: Telemetry, readiness: Readiness, door: Asgi | None = None) -> Asgi:
    """ASGI: ``/livez``, ``/readyz``, ``/metrics``; everything else goes to the service's own door, if it has one."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        ours = scope["type"] == "http" and path in PATHS
        if ours and scope["method"] not in ("GET", "HEAD"):
            await _refuse(send, 405, f"{scope['method']} is not allowed here; use GET", (b"allow", b"GET, HEAD"))
        elif ours and path == "/livez":
            await _answer(send, 200, b'{"status":"alive"}')
        elif ours and path == "/readyz":
            checks = await readiness()
            ready = all(state == "ok" for state in checks.values())
            body = msgspec.json.encode({"status": "ready" if ready else "not ready", "checks": checks})
            await _answer(send, 200 if ready else 503, body)
        elif ours:
            await _answer(send, 200, telemetry.page(), CONTENT_TYPE_LATEST.encode())
        elif door is not None:
            await door(scope, receive, send)
        elif scope["type"] == "http":
            await _refuse(send, 404, f"there are {', '.join(PATHS)} here")

    return app


def problem(status: int, detail: str) -> dict[str, Any]:
    """RFC 9457 problem details of what HTTP itself has a status for."""
    title = HTTPStatus(status).phrase
    return {"type": f"urn:dateline:problem:http-{status}", "title": title, "status": status, "detail": detail}


async def _refuse(send: Send, status: int, detail: str, *headers: tuple[bytes, bytes]) -> None:
    await _answer(send, status, msgspec.json.encode(problem(status, detail)), PROBLEM, *headers)


async def _answer(
    send: Send, status: int, body: bytes, media: bytes = b"application/json", *more: tuple[bytes, bytes]
) -> None:
    headers = [(b"content-type", media), (b"content-length", b"%d" % len(body)), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
