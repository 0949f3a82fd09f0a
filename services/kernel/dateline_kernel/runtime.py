"""What a running service has at hand: passed to doors and reactions, never imported as a global."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from structlog.typing import FilteringBoundLogger

from dateline_kernel.commit import GroupCommit
from dateline_kernel.journal import Journal
from dateline_kernel.originals import Originals
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.restorations import Restorations
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.telemetry import Telemetry


def utc_now() -> datetime:
    """The clock of a running service."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """One service in one process, connected."""

    service: str
    rules: str
    settings: ServiceSettings
    client: QuickClient
    journal: Journal
    post: GroupCommit
    """Writes to the stream, other than the log, that the service's row of the flow names."""
    originals: Originals
    quarantine: Quarantine
    restorations: Restorations
    telemetry: Telemetry
    log: FilteringBoundLogger
    now: Callable[[], datetime] = field(default=utc_now)

    @property
    def failing(self) -> str:
        """Why nothing could be written for some seconds, wherever that was tried; else empty."""
        return next(filter(None, (writer.failing for writer in self._writers)), "")

    async def close(self) -> None:
        """Write what is still queued at any writer."""
        for writer in self._writers:
            await writer.close()

    @property
    def _writers(self) -> tuple[Journal | GroupCommit | Originals | Quarantine, ...]:
        return self.journal, self.post, self.originals, self.quarantine


def assemble(
    service: str, rules: str, settings: ServiceSettings, client: QuickClient, log: FilteringBoundLogger
) -> Runtime:
    """The runtime of a service whose client is connected."""
    return Runtime(
        service=service,
        rules=rules,
        settings=settings,
        client=client,
        journal=Journal(client, service),
        post=GroupCommit(client),
        originals=Originals(client),
        quarantine=Quarantine(client),
        restorations=Restorations(client),
        telemetry=Telemetry(service),
        log=log,
    )
