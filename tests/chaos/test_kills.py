"""SIGKILL for every process in turn while stories are pushed; then the log proves that nothing was lost or doubled.

``make chaos`` runs it with more stories and more kills; DATELINE_CHAOS_SEED repeats a run.
"""

from __future__ import annotations

import os
from pathlib import Path

from siege import ROUNDS, besieged, killed, started

from dateline_kernel.testing import provisioned, real_server

STORIES = int(os.environ.get("DATELINE_CHAOS_STORIES", "2000"))


async def test_killing_every_process_in_turn_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Ingest, attribution, enrichment, publish and the server, each killed while stories come in."""
    await siege_of(tmp_path, 1, STORIES, ROUNDS)


async def test_two_processes_of_each_service_share_the_work_and_double_nothing(tmp_path: Path) -> None:
    """Versions of one story come in by two doors and are worked on by whoever is free, each process killed once."""
    await siege_of(tmp_path, 2, STORIES // 4, max(1, ROUNDS // 2))


async def siege_of(folder: Path, each: int, stories: int, rounds: int) -> None:
    """So many processes of each service, and the server, killed in turn."""
    with real_server() as server, started(server.url, folder, each) as processes:
        async with provisioned(server) as client:
            kills = [killed(target) for target in (*processes, server)]
            await besieged(client, processes, kills * rounds, stories)
