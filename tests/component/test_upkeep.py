"""How old the last backup is: told by the server, shown by ingest."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families
from stories import guid, received

from dateline_ingest.app import build
from dateline_ingest.settings import IngestSettings
from dateline_kernel.connection import connect, leave
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.testing import PATIENCE, bare_server, eventually, provisioned, real_server, scratch_folder
from dateline_kernel.upkeep import BACKUP, LastBackup, note, unsaved_since
from dateline_operate.main import main
from dateline_schemas.subjects import UPKEEP

LONG_AGO = LastBackup(began=datetime(2031, 5, 4, 3, 30, tzinfo=UTC), seal="7:abc")


async def test_what_is_in_no_backup_begins_with_the_last_one_or_with_the_log() -> None:
    """Nothing is unsaved in an empty log; a note that cannot be read is none."""
    with real_server() as server:
        async with provisioned(server) as client:
            direct = DirectReader(client)
            assert await unsaved_since(direct) is None
            before = datetime.now(UTC) - timedelta(seconds=1)
            for _ in range(2):
                await Journal(client, "ingest").append([received(guid())])
            first = await unsaved_since(direct)
            assert first is not None and before < first < datetime.now(UTC)
            await (await client.jetstream().key_value(UPKEEP.name)).put(BACKUP, b"by hand")
            assert await unsaved_since(direct) == first
            await note(client, BACKUP, LONG_AGO)
            assert await unsaved_since(direct) == LONG_AGO.began


async def age_at(url: str) -> float | None:
    """What Prometheus would read of it."""
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        page = (await http.get(f"{url}/metrics")).text
    found = [one for one in text_string_to_metric_families(page) if one.name == "dateline_backup_age_seconds"]
    return next((sample.value for family in found for sample in family.samples), None)


async def test_ingest_shows_how_old_the_last_backup_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """No age while there is nothing to save; then that of the log, and after a backup that of the backup."""
    monkeypatch.setattr("dateline_kernel.upkeep.EVERY", 0.05)
    monkeypatch.setattr("dateline_kernel.upkeep.WHILE_EMPTY", 0.05)
    with real_server() as server:
        async with provisioned(server) as client, build(IngestSettings(nats_url=server.url)).running() as running:
            assert await age_at(running.url) is None
            await Journal(client, "ingest").append([received(guid())])

            async def shown(least: float) -> bool:
                age = await age_at(running.url)
                return age is not None and least <= age < least + 3_600

            await eventually(lambda: shown(0))
            await note(client, BACKUP, LastBackup(began=datetime.now(UTC) - timedelta(days=2), seal="1:a"))
            await eventually(lambda: shown(2 * 86_400))


def test_a_backup_is_noted_on_the_server_that_it_is_of(tmp_path: Path) -> None:
    """With the time at which it was begun, and its seal."""

    async def noted() -> LastBackup:
        client = await connect(server.url, "test")
        try:
            (message,) = await DirectReader(client).entries(UPKEEP.name)
            return msgspec.json.decode(message.data, type=LastBackup)
        finally:
            await leave(client)

    async def prepared() -> None:
        async with provisioned(server):
            pass

    with real_server() as server:
        asyncio.run(prepared())
        with pytest.raises(SystemExit) as end:
            main(["backup", str(tmp_path), "--nats", server.url])
        assert end.value.code == 0
        (made,) = tmp_path.glob("2*Z/backup.json")
        about = msgspec.json.decode(made.read_bytes(), type=LastBackup)
        assert asyncio.run(noted()) == about


async def test_who_may_not_note_it_hears_so() -> None:
    """As on a server whose services are older than the bucket."""
    with scratch_folder() as folder, bare_server(folder) as port:
        client = await connect(f"nats://127.0.0.1:{port}", "test")
        try:
            with pytest.raises(Unavailable):
                await note(client, BACKUP, LONG_AGO)
        finally:
            await leave(client)
