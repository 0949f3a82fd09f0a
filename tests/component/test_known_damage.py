"""What is damaged for good is accepted once, by somebody and for a reason; what is damaged later is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import damage, opened, publishing
from exitcodes import ended
from stories import guid

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_kernel.testing import provisioned, real_server
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import ORIGINALS, STORIES, TOPICS, StreamSpec

BY = ("--by", "ana", "--reason", "the disk of rack 4")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedServer]:
    """One of the test's own, to be damaged, which commands take for theirs."""
    with real_server() as running:
        monkeypatch.setenv("DATELINE_NATS_URL", running.url)
        yield running


async def _told(server: EmbeddedServer, *names: str) -> str:
    """Stories that went out, whose originals are kept: the id of the last."""
    async with opened(server) as desk, publishing(desk):
        await desk.out(*names)
    return story_id("test", names[-1])


def found(capfd: pytest.CaptureFixture[str], *words: str) -> Any:
    """What a command says as JSON."""
    capfd.readouterr()
    ended(*words, "--json")
    return json.loads(capfd.readouterr().out)


def test_a_damaged_release_is_accepted_once_and_new_damage_is_told(
    server: EmbeddedServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is known then to verify, status and backup, which say who accepted it; the next damage fails all three."""
    lost = asyncio.run(_told(server, guid(), guid()))
    assert ended("backup", str(tmp_path)) == 0
    damage(server, STORIES, f"story.{lost}.released.1")
    # Behind the damage there is more, so the log does not only lack its end.
    asyncio.run(_told(server, guid()))
    for look in (("verify",), ("status",), ("backup", str(tmp_path))):
        assert ended(*look) == 1

    assert ended("verify", "--accept", *BY) == 0
    for look in (("verify",), ("verify", "--log-only"), ("status",), ("backup", str(tmp_path), "--keep", "2")):
        assert ended(*look) == 0
    verified = found(capfd, "verify")
    assert verified["faults"] == []
    assert {(one["by"], one["reason"]) for one in verified["accepted"]} == {("ana", "the disk of rack 4")}
    assert ended("verify") == 0
    assert "accepted by ana: the disk of rack 4" in " ".join(capfd.readouterr().out.split())
    assert {one["by"] for one in found(capfd, "backup", str(tmp_path))["accepted"]} == {"ana"}
    assert ended("backup", str(tmp_path)) == 0
    assert "the log is whole; accepted: 1" in " ".join(capfd.readouterr().out.split())
    [trouble] = found(capfd, "status")["troubles"]
    assert "accepted by ana" in trouble["what"] and not trouble["urgent"]

    newest = max(tmp_path.glob("2*"))
    with real_server() as other:
        assert ended("restore", str(newest), "--nats", other.url) == 0
        assert ended("verify", "--nats", other.url) == 0

    newer = asyncio.run(_told(server, guid()))
    damage(server, STORIES, f"story.{newer}.released.1")
    asyncio.run(_told(server, guid()))
    for look in (("verify",), ("status",), ("backup", str(tmp_path))):
        assert ended(*look) == 1
    assert {one["story_id"] for one in found(capfd, "verify")["faults"]} == {"", newer}


def test_a_lost_end_is_accepted_and_the_next_one_is_told(server: EmbeddedServer, tmp_path: Path) -> None:
    """Nothing of before the loss is compared any more, but all that the log had when it was accepted."""
    asyncio.run(_told(server, guid()))
    assert ended("backup", str(tmp_path)) == 0
    for _ in range(2):
        damage(server, STORIES, "story.", forgets=True)
        for look in (("verify",), ("status",), ("backup", str(tmp_path))):
            assert ended(*look) == 1
        assert ended("verify", "--accept", *BY) == 0
        for look in (("verify",), ("status",), ("backup", str(tmp_path))):
            assert ended(*look) == 0
        asyncio.run(_told(server, guid()))
        assert ended("backup", str(tmp_path)) == 0


def test_what_can_be_mended_is_not_accepted(
    server: EmbeddedServer, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill may be among what TOPICS lacks. Originals are gone for good, and one that goes later is told."""
    monkeypatch.setattr("dateline_operate.health.verifying.AGAIN", 0.05)
    asyncio.run(_told(server, guid(), guid()))
    asyncio.run(_taken_away(server, TOPICS.name))
    asyncio.run(_taken_away(server, ORIGINALS.name, 1))
    assert {one["kind"] for one in found(capfd, "verify")["faults"]} == {"original", "topic"}
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("dateline_kernel.connection.is_of_cluster", lambda client: True)
        assert ended("verify") == 1
    assert "the copy of one server" in capfd.readouterr().err
    assert ended("verify", "--accept", *BY) == 1
    assert "the copy of one server" not in capfd.readouterr().err
    assert {one["kind"] for one in found(capfd, "verify")["faults"]} == {"topic"}
    asyncio.run(_taken_away(server, ORIGINALS.name, 3))
    assert {one["kind"] for one in found(capfd, "verify")["faults"]} == {"original", "topic"}


def test_what_is_damaged_is_accepted_for_that_message_alone(
    server: EmbeddedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where a log has lost its end, its sequences are given again: the same words are of other messages then."""
    first = asyncio.run(_told(server, *(guid() for _ in range(3))))
    damage(server, STORIES, f"story.{first}.released.1")
    [gone] = {one["seq"] for one in found(capfd, "verify")["faults"] if one["seq"]}
    assert ended("verify", "--accept", *BY) == 0
    damage(server, STORIES, "story.", forgets=True)
    assert ended("verify", "--accept", *BY) == 0
    again = asyncio.run(_told(server, *(guid() for _ in range(3))))
    asyncio.run(_told(server, guid()))
    assert ended("verify") == 0
    damage(server, STORIES, f"story.{again}.released.1")
    faults = found(capfd, "verify")["faults"]
    assert [gone] == [one["seq"] for one in faults if one["seq"]]


def test_a_seal_from_outside_is_no_matter_of_what_the_server_has_accepted(
    server: EmbeddedServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Who may write to the log may write notes as well. The seal that the log had when that was accepted is met."""
    lost = asyncio.run(_told(server, guid(), guid()))
    assert ended("backup", str(tmp_path)) == 0
    before = found(capfd, "verify")["seal"]
    damage(server, STORIES, f"story.{lost}.enriched.1")
    assert ended("verify", "--accept", *BY) == 0
    after = found(capfd, "verify")["seal"]
    assert ended("verify") == 0
    assert ended("verify", "--seal", after) == 0
    assert ended("verify", "--seal", before) == 1


def test_nothing_is_accepted_where_nobody_tells_what_the_log_must_be(
    server: EmbeddedServer, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its end may be lost: the seal that would show that is not put away."""

    async def silent(client: object) -> None:
        raise Unavailable("no answer")

    asyncio.run(_told(server, guid()))
    assert ended("backup", str(tmp_path)) == 0
    damage(server, STORIES, "story.", forgets=True)
    with monkeypatch.context() as deaf:
        deaf.setattr("dateline_operate.health.sealed.remembered", silent)
        assert ended("verify", "--accept", *BY) == 3
    assert "was sealed at" in found(capfd, "verify")["faults"][0]["said"]


@pytest.mark.parametrize(("stream", "subject"), [(ORIGINALS, "$O.ORIGINALS.C"), (TOPICS, "topic.")])
def test_a_backup_is_put_back_though_a_disk_has_damaged_what_is_beside_the_log(
    server: EmbeddedServer, stream: StreamSpec, subject: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The log is whole, so the backup is good. What is not in it is said, and verify names it."""
    with real_server() as other:
        asyncio.run(_told(server, guid(), guid()))
        damage(server, stream, subject)
        asyncio.run(_told(server, guid()))
        assert ended("backup", str(tmp_path)) == 0
        [made] = tmp_path.glob("2*")
        restored = found(capfd, "restore", str(made), "--nats", other.url)
        assert (restored["restored"], restored["short"]) == (True, [{"name": stream.name, "messages": 1}])
        assert len(found(capfd, "verify", "--nats", other.url)["faults"]) == 1


async def _taken_away(server: EmbeddedServer, stream: str, seq: int = 0) -> None:
    """A message of a stream, or all that is in it."""
    async with provisioned(server) as client:
        jetstream = client.jetstream()
        await (jetstream.delete_msg(stream, seq) if seq else jetstream.delete_stream(stream))
    async with provisioned(server):
        pass


@pytest.mark.parametrize(
    "words",
    [
        ("--accept",),
        ("--accept", "--by", "ana"),
        ("--accept", "--reason", "old disk"),
        BY,
        ("--accept", *BY, "--behind", f"1:{'0' * 64}"),
        ("--accept", *BY, "--seal", f"1:{'0' * 64}"),
    ],
    ids=["nobody", "no reason", "no name", "nothing", "behind", "seal"],
)
def test_who_accepts_says_who_and_why_and_has_read_all(server: EmbeddedServer, words: tuple[str, ...]) -> None:
    """Else it is a wrong question, before any server is asked."""
    assert ended("verify", *words, "--nats", "nats://127.0.0.1:1") == 2


def test_where_nothing_is_wrong_nothing_is_accepted(server: EmbeddedServer) -> None:
    """Nor is anything noted that a later look would have to mind."""
    asyncio.run(_told(server, guid()))
    assert ended("verify", "--accept", *BY) == 0
    assert asyncio.run(_notes(server)) == 0


async def _notes(server: EmbeddedServer) -> int:
    async with provisioned(server) as client:
        return int((await client.jetstream().stream_info("KV_UPKEEP")).state.messages)
