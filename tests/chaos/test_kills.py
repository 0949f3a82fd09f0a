"""SIGKILL for every process in turn while stories are pushed; then the log proves that nothing was lost or doubled.

``make chaos`` runs it with more stories and more kills; DATELINE_CHAOS_SEED repeats a run.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from siege import besieged, start_all

from dateline_kernel.testing import provisioned, real_server

STORIES = int(os.environ.get("DATELINE_CHAOS_STORIES", "2000"))


async def test_killing_every_process_in_turn_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Ingest, attribution, enrichment, publish and the server, each killed while stories come in."""
    with real_server() as server:
        processes = start_all(server.url, tmp_path)
        try:
            async with provisioned(server) as client:
                await besieged(client, processes, [*processes, server], STORIES)
        finally:
            for process in processes:
                process.end(signal.SIGTERM)
