"""``dateline feeds`` and ``dateline import`` as operators type them, on a real nats-server."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from stories import plain

from dateline_kernel.connection import connect
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.installed import build_service
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.testing import PATIENCE, eventually, until
from dateline_operate.sending.archives import Item, listed, open_archive
from dateline_operate.sending.importplace import Counts, Place, place_path, write_place
from dateline_schemas.events import Arrival, StoryHeld, StoryReleased
from dateline_schemas.feeds import key_digest
from dateline_schemas.subjects import TOPICS

FINAL = (StoryHeld, StoryReleased)
BEGAN = 1_400_000_000
"""When the oldest file of the archive was written."""


class Operator:
    """Types commands, with a data folder and a server of the test's own."""

    def __init__(self, server: EmbeddedServer, data: Path) -> None:
        self.data = data
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
        self.env |= {"DATELINE_DATA": str(data), "DATELINE_NATS_URL": server.url}

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Begin a command."""
        command = [sys.executable, "-m", "dateline_operate.main", *words]
        return subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def say(self, *words: str, code: int = 0) -> str:
        """Run a command to its end; what it prints, on standard error too if it fails as it should."""
        command = [sys.executable, "-m", "dateline_operate.main", *words]
        done = subprocess.run(command, env=self.env, capture_output=True, timeout=PATIENCE)
        assert done.returncode == code, done.stderr.decode() + done.stdout.decode()
        return (done.stdout if code == 0 else done.stdout + done.stderr).decode()

    def lines(self, *words: str, code: int = 0) -> list[Any]:
        """Run a command with --json; its documents, one a line."""
        return [json.loads(line) for line in self.say(*words, "--json", code=code).splitlines()]


@pytest.fixture
def operator(server: EmbeddedServer, tmp_path: Path) -> Operator:
    """An operator with a folder of their own."""
    return Operator(server, tmp_path / "data")


def archive(path: Path, count: int, says: str = "Archived") -> Path:
    """A tar of that many messages, the newest first, one of them broken.

    A text that says the same is the same story, also in another test of this module.
    """
    with tarfile.open(path, "w:gz") as out:
        for number in reversed(range(count)):
            data = b"<newsItem><broken" if number == 7 else plain(f"{says} number {number}")
            info = tarfile.TarInfo(f"{number % 12 + 1:02}/{number:05}.txt")
            info.size, info.mtime = len(data), BEGAN + number * 60
            out.addfile(info, io.BytesIO(data))
    return path


def items_of(path: Path) -> list[Item]:
    """What is imported of an archive, in its order."""
    opened = open_archive(path, path.with_suffix(".spool"))
    try:
        return listed(opened)
    finally:
        opened.close()


async def taken_in(server: EmbeddedServer, feed: str) -> list[Arrival]:
    """What the log has of a feed, in its order."""
    client = await connect(server.url, "test")
    try:
        events = [one.event async for one in Journal(client, "ingest").read()]
    finally:
        await client.close()
    return [event for event in events if isinstance(event, Arrival) and event.feed == feed]


async def test_an_import_that_is_killed_goes_on_where_it_was(
    server: EmbeddedServer, operator: Operator, tmp_path: Path
) -> None:
    """kill -9 in the middle, started again: every story is there once, with its file's time, in the order of time."""
    count = 1_200
    source = str(archive(tmp_path / "years.tar.gz", count))
    operator.say("feeds", "add", "old-wire", "--language", "en")
    begun = operator.start("import", "old-wire", source, "--per-second", "100", "--json")

    def done() -> int:
        for file in (operator.data / "imports").glob("old-wire-*.json"):
            return int(json.loads(file.read_text())["counts"]["messages"])
        return 0

    assert until(done, lambda messages: messages >= 100) < count
    begun.send_signal(signal.SIGKILL)
    begun.communicate()
    *_, summed = operator.lines("import", "old-wire", source, code=1)
    assert 0 < summed["went_on_at"] < count
    assert (summed["messages"], summed["refused"]) == (count, 1)
    assert summed["new"] + summed["known"] == summed["stories"] == count - 1
    events = await taken_in(server, "old-wire")
    assert len(events) == len({event.story_id for event in events}) == count - 1
    assert {(event.door, event.archive) for event in events} == {("import", True)}
    dated = {event.story.headline: event.story.version_created for event in events}
    assert dated["Archived number 100"] == datetime.fromtimestamp(BEGAN + 6_000, UTC)
    # Several are in flight, so neighbours may change places, but nothing else.
    times = [event.story.version_created for event in events]
    assert all(one < other for one, other in zip(times, times[64:], strict=False) if one and other)
    assert not list((operator.data / "imports").glob("*.json")), "a finished import leaves no place"
    client = await connect(server.url, "test")
    try:
        kept = [one.what async for one in Quarantine(client).all() if one.what.feed == "old-wire"]
    finally:
        await client.close()
    assert [what.door for what in kept] == ["import"]
    *_, again = operator.lines("import", "old-wire", source, code=1)
    assert (again["new"], again["known"]) == (0, count - 1)


def test_of_an_archive_that_was_cut_off_what_is_whole_is_taken(operator: Operator, tmp_path: Path) -> None:
    """With a status that is no success; of the whole archive only the rest is new then."""
    whole, cut = archive(tmp_path / "whole.tar.gz", 6, "Cut off"), tmp_path / "cut.tar"
    cut.write_bytes(gzip.decompress(whole.read_bytes())[: 3 * 1024 + 600])
    operator.say("feeds", "add", "loft", "--language", "en")
    damage, refused, summed = operator.lines("import", "loft", str(cut), code=1)
    assert damage["file"] == "cut.tar" and "the rest is missing" in damage["problem"]
    assert refused["problem"] == "the archive ends in the middle of it"
    assert (summed["messages"], summed["new"], summed["refused"]) == (4, 3, 1)
    _, _, counted = operator.lines("import", "loft", str(cut), "--dry-run", code=1)
    assert sum(counted["files"].values()) == 4
    [summed] = operator.lines("import", "loft", str(whole))
    assert (summed["new"], summed["known"]) == (3, 3)


async def test_versions_of_one_story_are_taken_in_one_after_the_other(
    server: EmbeddedServer, operator: Operator, tmp_path: Path
) -> None:
    """However many messages are in flight: each of thirty versions is current when it comes."""
    operator.say("feeds", "add", "versions")
    folder = tmp_path / "versions"
    folder.mkdir()
    for number in range(1, 31):
        story = {
            "uri": "urn:test:import:one",
            "standard": {"name": "ninjs", "version": "3.0"},
            "version": str(number),
            "headlines": [{"role": "main", "value": f"Version {number}"}],
            "bodies": [{"contentType": "text/plain", "value": "Some text."}],
            "versionCreated": "2015-05-05T05:05:05Z",
        }
        file = folder / f"{100 - number}.json"
        file.write_text(json.dumps(story))
        os.utime(file, (BEGAN + number, BEGAN + number))
    operator.say("import", "versions", str(folder), "--release")
    events = await taken_in(server, "versions")
    assert [(event.version, event.standing) for event in events] == [(str(one), "current") for one in range(1, 31)]
    assert {event.story.version_created for event in events} == {datetime(2015, 5, 5, 5, 5, 5, tzinfo=UTC)}
    assert {event.archive for event in events} == {False}


async def test_the_times_of_files_are_those_of_their_stories_unless_they_say_nothing(
    server: EmbeddedServer, operator: Operator, tmp_path: Path
) -> None:
    """As in an archive that was copied. What was begun goes on where it was, or with --restart from the start."""
    operator.say("feeds", "add", "copied")
    source = str(archive(tmp_path / "copied.tar.gz", 3, "Copied"))
    place = place_path(operator.data, "copied", Path(source).resolve())
    place.parent.mkdir(parents=True, exist_ok=True)
    begun = Place(feed="copied", source=source, last=items_of(Path(source))[1], counts=Counts(messages=2))
    for words, went_on_at, count in (((), 2, 1), (("--restart",), 0, 3)):
        write_place(place, begun)
        *_, summed = operator.lines("import", "copied", source, "--no-file-times", *words)
        assert summed["went_on_at"] == went_on_at
        events = await taken_in(server, "copied")
        assert [event.story.version_created for event in events] == [None] * count


def test_a_dry_run_counts_by_format_and_takes_nothing_in(operator: Operator, tmp_path: Path) -> None:
    """What cannot be read is listed with the reason; no server is asked."""
    operator.env["DATELINE_NATS_URL"] = "nats://127.0.0.1:9"
    source = str(archive(tmp_path / "years.tar.gz", 20))
    refused, counted = operator.lines("import", "old-wire", source, "--dry-run", code=1)
    assert refused["file"] == "08/00007.txt"
    assert counted["files"]["refused"] == 1
    assert sum(counted["files"].values()) == 20


def test_an_import_into_no_feed_is_explained(operator: Operator, tmp_path: Path) -> None:
    """The feed is what story ids are made from: it is never made by the way."""
    assert "there is no feed nobody" in operator.say("import", "nobody", str(archive(tmp_path / "a.tgz", 3)), code=1)


def feeds_file(path: Path, *tables: str) -> str:
    """A feeds file."""
    path.write_text("".join(f"[[feed]]\n{table}\n" for table in tables))
    return str(path)


def test_feeds_are_applied_from_a_file_shown_paused_and_resumed(operator: Operator, tmp_path: Path) -> None:
    """A dry run shows the difference only; pausing outlives the next apply."""
    drop = tmp_path / "drop"
    drop.mkdir()
    table = f'name = "drop"\ndoor = "folder"\nurl = "folder://{drop}"\nafter = "move"\nsilent_after = 3600\n'
    contract = '[feed.contract]\nagency = "AFP"\ntrust = "agency"\nterritory = ["FR", "BE"]\n'
    file = feeds_file(tmp_path / "feeds.toml", table + contract)
    assert "url: nothing -> folder://" in operator.say("feeds", "apply", file, "--dry-run")
    assert "drop" not in {feed["name"] for feed in operator.lines("feeds", "ls")[0]}
    [[change]] = operator.lines("feeds", "apply", file)
    assert (change["what"], change["members"]["after"]) == ("new", ["keep", "move"])
    [[same]] = operator.lines("feeds", "apply", file)
    assert same["what"] == "same"
    operator.say("feeds", "pause", "drop")
    [[kept]] = operator.lines("feeds", "apply", file)
    assert kept["what"] == "same"
    [feed] = [feed for feed in operator.lines("feeds", "ls")[0] if feed["name"] == "drop"]
    assert (feed["paused"], feed["contract"]["territory"], feed["heard"]) == (True, ["FR", "BE"], None)
    assert "paused" in operator.say("feeds", "ls")
    assert operator.lines("feeds", "resume", "drop")[0]["paused"] is False
    operator.say("feeds", "rm", "drop")


def test_a_check_connects_and_reads_one_item_without_taking_it(operator: Operator, tmp_path: Path) -> None:
    """It says what the item would become; what does not work ends with 1 and says what to do."""
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "a.txt").write_bytes(plain("Ferries sail again"))
    table = f'name = "checked"\ndoor = "folder"\nurl = "folder://{drop}"\nlanguage = "en"\nafter = "delete"\n'
    file = feeds_file(tmp_path / "feeds.toml", table)
    [tried] = operator.lines("feeds", "check", file)
    assert (tried["connected"], tried["new"], tried["sample"], tried["fault"]) == (True, 1, "a.txt", "")
    assert [(story["headline"], story["language"]) for story in tried["stories"]] == [("Ferries sail again", "en")]
    assert (drop / "a.txt").exists()
    operator.say("feeds", "apply", file)
    assert "would become" in operator.say("feeds", "check", "checked")
    (drop / "a.txt").write_bytes(b"<newsItem><broken")
    assert "would go to quarantine" in operator.say("feeds", "check", "checked", code=1)
    (drop / "a.txt").unlink()
    drop.rmdir()
    assert "is not there; make it" in operator.say("feeds", "check", "checked", code=1)
    assert "has no key" in operator.say("feeds", "rekey", "checked", code=1)
    operator.say("feeds", "rm", "checked")


def test_a_pushed_feed_has_nothing_to_connect_to(operator: Operator) -> None:
    """Checking it says so, and its key is left out of everything but its making, and the making of another."""
    [made] = operator.lines("feeds", "add", "pushed", "--language", "fr")
    assert made["key"]
    [again] = operator.lines("feeds", "rekey", "pushed")
    changed = {name: value for name, value in again.items() if value != made[name]}
    assert changed == {"key": again["key"], "key_sha256": key_digest(again["key"])}, "all else stays"
    assert "it pushes" in operator.say("feeds", "check", "pushed")
    assert made["key"] not in operator.say("feeds", "ls", "--json")
    operator.say("feeds", "rm", "pushed")


async def test_old_copy_is_on_record_and_reaches_outlets_only_if_it_is_released(
    server: EmbeddedServer, operator: Operator, tmp_path: Path
) -> None:
    """Through all services: held with the reason, or released; nothing of the first is on a topic."""
    operator.say("feeds", "add", "attic")
    for name in ("old", "missed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_bytes(plain(f"Copy that is {name}"))
    operator.say("import", "attic", str(tmp_path / "old"))
    operator.say("import", "attic", str(tmp_path / "missed"), "--release")
    async with AsyncExitStack() as stack:
        for name in ("attribution", "enrichment", "publish"):
            environment = {**operator.env, "DATELINE_HTTP_PORT": "0"}
            await stack.enter_async_context(build_service(name, environment).running())
        old, missed = [event.story_id for event in await taken_in(server, "attic")]
        client = await connect(server.url, "test")
        stack.push_async_callback(client.close)
        journal = Journal(client, "publish")

        async def said(story: str) -> str:
            events = [one.event for one in await journal.load(story)]
            return next((f"{one.fact} {getattr(one, 'reason', '')}" for one in events if isinstance(one, FINAL)), "")

        assert await eventually(lambda: said(old)) == "held archive"
        assert await eventually(lambda: said(missed)) == "released "

        async def on_topics() -> list[bool]:
            ours = [f"topic.*.*.*.*.{story}" for story in (old, missed)]
            found = [await journal.direct.get(TOPICS.name, seq=1, next_by_subj=one, batch=9) for one in ours]
            return [bool(messages) for messages in found]

        async def missed_is_out() -> bool:
            return (await on_topics())[1]

        assert await eventually(missed_is_out)
        assert await on_topics() == [False, True]
    assert "archive" in operator.say("story", old)


def test_a_story_is_found_by_its_guid_and_feed(operator: Operator, tmp_path: Path) -> None:
    """Also where the feed speaks for an agency, whose identifiers count among all of its feeds."""
    operator.say("feeds", "add", "pier", "--agency", "AFP", "--trust", "agency")
    story = {"uri": "pier-7", "version": "1", "headline": "Pier closed", "body_text": "It was the storm."}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "pier.json").write_text(json.dumps(story))
    operator.say("import", "pier", str(tmp_path / "in"))
    [found] = operator.lines("story", "--guid", "pier-7", "--feed", "pier")
    assert found["guid"] == "pier-7"
    told = operator.say("story", "--guid", "pier-7", code=1)
    assert "the log knows no story 'pier-7' of feed demo" in told and "--feed" in told
