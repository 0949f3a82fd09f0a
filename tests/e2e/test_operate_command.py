"""The ``dateline`` command on a real server with real service processes: what an operator does in a day."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from fcntl import ioctl
from pathlib import Path
from termios import FIONREAD
from typing import Any

import pytest
from stories import feed, guid

from dateline_kernel.connection import connect
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.testing import PATIENCE, own_port, provisioned, real_server, scratch_folder, until
from dateline_schemas.codec import encode
from dateline_schemas.flow import FLOW
from dateline_schemas.identity import story_id
from dateline_schemas.quarantine import Quarantined

BROKEN = b'<?xml version="1.0"?>\n<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'


def gone(pid: int) -> bool:
    """Whether a process is no more, or only waits for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def heeding_ctrl_c() -> None:
    """For a process that begins: tests in the background of a shell have Ctrl-C ignored, and would hand that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def unread(pipe: int) -> int:
    """Bytes that nobody has taken out of a pipe yet."""
    count = array("i", [0])
    ioctl(pipe, FIONREAD, count)
    return count[0]


class Dateline:
    """The command, always about one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
        self.env["DATELINE_DATA"] = str(data)
        self.running: list[subprocess.Popen[str]] = []

    def start(self, *words: str, out: int = subprocess.PIPE) -> subprocess.Popen[str]:
        """Run it beside the test; ended with it."""
        command = [sys.executable, "-m", "dateline_operate.main", *words]
        process = subprocess.Popen(
            command, env=self.env, stdout=out, stderr=out, text=True, start_new_session=True, preexec_fn=heeding_ctrl_c
        )
        self.running.append(process)
        return process

    def say(self, *words: str, given: bytes = b"", code: int = 0) -> str:
        """Run it to its end; what it prints. ``code`` is the exit code it should have."""
        done = self.run(*words, given=given)
        assert done.returncode == code, done.stderr.decode() or done.stdout.decode()
        return (done.stdout if code == 0 else done.stdout + done.stderr).decode()

    def run(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run it to its end, whatever that is."""
        command = [sys.executable, "-m", "dateline_operate.main", *words]
        return subprocess.run(command, env=self.env, input=given, capture_output=True, timeout=PATIENCE)

    def json(self, *words: str, given: bytes = b"") -> Any:
        """Run it with --json; the document."""
        return json.loads(self.say(*words, "--json", given=given))

    def lines(self, *words: str) -> list[Any]:
        """Run it with --json; the objects, one a line."""
        return [json.loads(line) for line in self.say(*words, "--json").splitlines()]

    def up(self, *words: str) -> subprocess.Popen[str]:
        """Start everything on free ports, and wait until all services are ready."""
        # Nobody reads what it says: a pipe would be full after some minutes, and hold it up.
        process = self.start("up", "--port", "0", "--nats-port", "0", "--json", *words, out=subprocess.DEVNULL)
        self.say("status", "--wait", f"{PATIENCE - 20:g}")
        return process

    def where(self) -> Any:
        """up.json."""
        return json.loads((self.data / "up.json").read_text())

    def push(self, name: str, version: int = 1, headline: str = "Harbour opens again", **more: Any) -> Any:
        """Push a story; its receipt."""
        return self.json("push", "-", *more.pop("words", ()), given=wire(name, version, headline, **more))

    def released(self, story: str, version: str) -> Any:
        """Wait until a version stands on its topics; the message there."""
        posts = until(
            lambda: self.lines("tail", "--no-follow"), lambda found: any(_is(one, story, version) for one in found)
        )
        return next(one for one in posts if _is(one, story, version))

    def settled(self) -> Any:
        """Wait until all are ready and nothing is under way, whatever other tests pushed; the status then."""
        return until(
            lambda: json.loads(self.run("status", "--json").stdout),
            lambda seen: seen["ready"] and not any(one["pending"] or one["ack_pending"] for one in seen["consumers"]),
        )

    def end(self) -> None:
        """End what still runs."""
        for process in self.running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(PATIENCE)
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()


def _is(post: Any, story: str, version: str) -> bool:
    return bool(post["story_id"] == story and post["version"] == version)


def wire(name: str, version: int, headline: str, **more: Any) -> bytes:
    """A story as ninjs."""
    text = (
        "PORT SELWYN, March 26 (AFP) - Ferries sailed again on Thursday after the storm.\n\n"
        "Harbour master Lina Okoye said that the channel was clear and the government had been told.\n\nAFP"
    )
    return json.dumps(
        {
            "uri": name,
            "standard": {"name": "ninjs", "version": "3.0"},
            "type": "text",
            "version": str(version),
            "language": "en",
            "headlines": [{"role": "main", "value": headline}],
            "bodies": [{"contentType": "text/plain", "value": text}],
            "infoSources": [{"name": "AFP"}],
            **more,
        }
    ).encode()


@pytest.fixture(scope="module")
def dateline() -> Iterator[Dateline]:
    """A running ``dateline up``."""
    with scratch_folder() as folder, own_port() as port:
        command = Dateline(folder)
        try:
            command.up("--nats-port", str(port))
            yield command
        finally:
            command.end()


def test_a_pushed_story_is_credited_released_and_on_record(dateline: Dateline, tmp_path: Path, name: str) -> None:
    """push gives a receipt, tail sees the release, story shows the chain of causes and gives the original back."""
    file = tmp_path / "story.json"
    file.write_bytes(wire(name, 1, "Harbour opens again"))
    [receipt] = dateline.lines("push", str(file))
    assert receipt["accepted"]
    post = dateline.released(receipt["story_id"], "1")
    assert post["ninjs"]["headlines"][0]["value"] == "Harbour opens again"
    assert "AFP" in post["agencies"]
    story = dateline.json("story", receipt["story_id"])
    facts = [event["event"] for event in story["events"]]
    assert facts == ["StoryReceived", "StoryAttributed", "StoryEnriched", "StoryReleased"]
    ids = [event["id"] for event in story["events"]]
    assert [event["cause"] for event in story["events"]] == ["", *ids[:-1]]
    assert post["subject"] in story["events"][-1]["subjects"]
    assert dateline.say("story", "--guid", name, "--original").encode() == file.read_bytes()
    assert "StoryReleased" in dateline.say("story", receipt["story_id"])


def test_a_kill_is_said_to_be_one_and_its_receipt_names_the_story(dateline: Dateline, name: str) -> None:
    """A sender sees that the status was understood; whoever is told of a receipt finds the story by it."""
    receipt = dateline.push(name)["receipt"]
    kill = wire(name, 2, "Harbour opens again", pubstatus="canceled")
    assert "[kill]" in dateline.say("push", "-", given=kill)
    assert dateline.json("story", receipt)["guid"] == name
    assert "this one has 7" in dateline.say("story", receipt[:7], code=1)


def test_the_same_story_again_is_known(dateline: Dateline, name: str) -> None:
    """A repeat is accepted as a duplicate and released once."""
    first, again = dateline.push(name), dateline.push(name)
    assert (first["duplicate"], again["duplicate"]) == (False, True)
    assert first["event_id"] == again["event_id"]


def test_status_shows_streams_consumers_and_services(dateline: Dateline) -> None:
    """All there, all ready, nothing left behind once everything is released."""
    receipt = dateline.push(guid())
    dateline.released(receipt["story_id"], "1")
    status = dateline.settled()
    assert {one["name"] for one in status["streams"] if one["there"]} == {
        "STORIES",
        "TOPICS",
        "QUARANTINE",
        "OBJ_ORIGINALS",
        "FEED_EVENTS",
        "KV_FEEDS",
    }
    assert {one["name"] for one in status["services"]} == {"ingest", "attribution", "enrichment", "publish"}
    assert len(status["consumers"]) == sum(len(step.hears) for step in FLOW)


def test_status_ends_with_what_is_wrong_and_what_to_do(dateline: Dateline) -> None:
    """A silent feed is told of; it can wait, so it alone leaves the exit code 0."""
    name = guid().replace(":", "-")
    dateline.say("feeds", "add", name, "--silent-after", "1")
    try:
        told = until(
            lambda: json.loads(dateline.run("status", "--json").stdout)["troubles"],
            lambda said: any(name in one["what"] for one in said),
        )
        [silent] = [one for one in told if name in one["what"]]
        assert (silent["do"], silent["urgent"]) == ("`dateline feeds ls`", False)
        assert name in dateline.run("status").stdout.decode()
    finally:
        dateline.say("feeds", "rm", name)


def test_a_refused_body_is_explained_kept_tried_again_and_dropped(dateline: Dateline, tmp_path: Path) -> None:
    """Exit 1 with the place; show has the reason and the bytes; retry refuses again and keeps it; drop drops it."""
    file = tmp_path / "broken.xml"
    file.write_bytes(BROKEN)
    assert "line" in dateline.say("push", str(file), code=1)
    [kept] = dateline.lines("quarantine", "ls")
    number = str(kept["number"])
    shown = dateline.json("quarantine", "show", number)
    assert (shown["service"], shown["kind"]) == ("ingest", "input")
    assert shown["original_starts"][0].startswith("<?xml")
    assert dateline.say("quarantine", "show", number, "--original").encode() == BROKEN
    assert "refused again" in dateline.say("quarantine", "retry", number, code=1)
    assert [one["number"] for one in dateline.lines("quarantine", "ls")] == [kept["number"]]
    assert "broken XML" in dateline.say("quarantine", "drop", number, "--dry-run")
    assert [one["number"] for one in dateline.lines("quarantine", "drop", "--all", "--dry-run")] == [int(number)]
    dateline.say("quarantine", "drop", number)
    assert dateline.lines("quarantine", "ls") == []
    assert "quarantine ls" in dateline.say("quarantine", "drop", number, code=1)


async def test_of_a_flood_in_quarantine_the_causes_are_shown_and_one_of_them_is_dropped(dateline: Dateline) -> None:
    """A feed whose format has changed fills it overnight: the rest stays visible beside it, and stays when it goes."""
    client = await connect(dateline.where()["nats_url"], "test")
    try:
        quarantine = Quarantine(client)
        for number in range(60):
            feed = "rare" if number == 7 else "flood"
            what = Quarantined(
                kind="input",
                service="ingest",
                reason=f"no. {number}",
                at=datetime.now(UTC),
                error="Unparseable",
                feed=feed,
            )
            await quarantine.keep(what)
    finally:
        await client.close()
    shown = dateline.say("quarantine", "ls", "--last", "2")
    assert "59" in shown and "rare" in shown and "60 things; the newest 2" in shown
    assert "no. 58" in shown and "no. 57" not in shown
    assert [one["reason"] for one in dateline.lines("quarantine", "ls", "--feed", "rare")] == ["no. 7"]
    assert len(dateline.lines("quarantine", "drop", "--feed", "flood")) == 59
    assert [one["feed"] for one in dateline.lines("quarantine", "ls")] == ["rare"]
    dateline.say("quarantine", "drop", code=2)
    dateline.say("quarantine", "drop", "--all")
    assert "of that kind" in dateline.say("quarantine", "retry", "--feed", "rare")


async def test_a_quarantined_event_is_tried_again_by_its_service(dateline: Dateline) -> None:
    """What succeeds now is dropped; nothing that was said before is said twice."""
    receipt = dateline.push(guid())
    dateline.released(receipt["story_id"], "1")
    client = await connect(dateline.where()["nats_url"], "test")
    try:
        first = (await Journal(client, "ingest").load(receipt["story_id"]))[0]
        what = Quarantined(
            kind="event",
            service="attribution",
            reason="made by a test",
            at=first.time,
            story_id=receipt["story_id"],
            version="1",
            event=encode(first.event),
            seq=first.seq,
        )
        number = await Quarantine(client).keep(what)
    finally:
        await client.close()
    verdict = dateline.json("quarantine", "retry", str(number))
    assert verdict["done"], verdict
    assert dateline.lines("quarantine", "ls") == []
    assert len(dateline.json("story", receipt["story_id"])["events"]) == 4


@pytest.mark.parametrize("service", ["attribution", "enrichment", "publish"])
def test_replaying_under_the_same_rules_finds_nothing_to_change(dateline: Dateline, service: str) -> None:
    """The same input and the same rules give the same events: replay is a proof."""
    receipt = dateline.push(guid())
    dateline.released(receipt["story_id"], "1")
    dateline.settled()
    found = dateline.json("replay", "--service", service, "--from", "1", "--dry-run")
    assert found["looked_at"] >= found["equal"] >= 1
    assert (found["differ"], found["failed"], found["appended"]) == (0, 0, 0)


def test_a_house_table_is_tried_on_history(dateline: Dateline, tmp_path: Path) -> None:
    """An agency that the house knows: what would change is told by agency, and nothing is appended."""
    table = tmp_path / "agencies.toml"
    table.write_text(
        '[[agency]]\nid = "SELWYN"\ncredit_line = "Selwyn Wire"\ncountry = "NZ"\n'
        'names = ["Selwyn Wire"]\nsource = "the house"\n'
    )
    text = "The ferry to the island sailed again on Thursday, and the harbour master was content.\n\nSelwyn Wire"
    body = wire(guid(), 1, "Ferry sails", bodies=[{"contentType": "text/plain", "value": text}], infoSources=[])
    story = dateline.json("push", "-", given=body)["stories"][0]["story_id"]
    dateline.released(story, "1")
    words = ("replay", "--service", "attribution", "--from", "1", "--dry-run", "--diff", "--agencies", str(table))
    tried = dateline.json(*words)
    assert {row["agency"]: row["gains"] for row in tried["credits"]["agencies"]} == {"SELWYN": 1}
    [move] = [one for one in tried["credits"]["moves"] if one["what"] == "copy"]
    assert (move["was"], move["would_be"], move["examples"][0]["story_id"]) == ("nobody", "SELWYN", story)
    assert "SELWYN" in dateline.say(*words)
    assert tried["appended"] == 0


def test_why_a_message_is_credited_is_explained(dateline: Dateline, tmp_path: Path) -> None:
    """Line by line, without a server: the words, the rule, what it did."""
    file = tmp_path / "story.json"
    file.write_bytes(wire(guid(), 1, "Harbour opens again"))
    said = dateline.say("attribution", "check", str(file))
    assert "provider.code" in said and "copy AFP [sole]" in said
    assert dateline.json("attribution", "check", str(file))["steps"]


def test_a_message_is_compared_with_others(dateline: Dateline, tmp_path: Path) -> None:
    """Files and folders of them; what cannot be read is left out; the passages in common show a copy."""
    text = " ".join(f"word{nth}" for nth in range(60))
    others = tmp_path / "others"
    others.mkdir()
    for place, words in ((others / "wire.txt", text), (tmp_path / "own.txt", text.replace("word", "other"))):
        place.write_text(f"Harbour opens again\n\n{words}\n", encoding="utf-8")
    (others / "broken.xml").write_text("<newsItem", encoding="utf-8")
    file = tmp_path / "story.txt"
    file.write_text(f"Quay in use once more\n\n{text} and no more\n", encoding="utf-8")
    words = ("attribution", "check", str(file), "--against", str(others), str(tmp_path / "own.txt"))
    said = dateline.say(*words)
    assert "wire.txt: a copy of it; 60 words in common" in said
    assert "1 more: nothing in common" in said
    first, second = dateline.json(*words)["against"]
    assert (first["name"], first["is_copy"], second["words"]) == ("wire.txt", True, 0)


def test_tail_follows_filters_and_remembers(dateline: Dateline) -> None:
    """A running tail sees a release at once, each once; a named one goes on until it is forgotten; filters hold."""
    live = dateline.start("tail", "--json", "--from", "beginning")
    receipt = dateline.push(guid(), headline="Seen live")
    assert live.stdout is not None
    for line in live.stdout:
        if json.loads(line)["story_id"] == receipt["story_id"]:
            break
    dateline.settled()
    assert receipt["story_id"] in {one["story_id"] for one in dateline.lines("tail", "--no-follow", "--name", "desk")}
    assert dateline.lines("tail", "--no-follow", "--name", "desk") == []
    second = dateline.push(guid())
    dateline.released(second["story_id"], "1")
    assert {one["story_id"] for one in dateline.lines("tail", "--no-follow", "--name", "desk")} == {second["story_id"]}
    assert dateline.lines("tail", "--no-follow", "--agency", "dpa") == []
    by_afp = dateline.lines("tail", "--no-follow", "--agency", "afp", "--language", "EN")
    assert {receipt["story_id"], second["story_id"]} <= {one["story_id"] for one in by_afp}
    releases = [one["release"] for one in dateline.lines("tail", "--no-follow")]
    assert len(releases) == len(set(releases))
    dateline.say("tail", "--name", "desk", "--forget")
    assert "no outlet reads" in dateline.say("tail", "--name", "desk", "--forget", code=1)
    assert [one["release"] for one in dateline.lines("tail", "--no-follow", "--name", "desk")] == releases
    _, top, below, *_ = dateline.lines("tail", "--no-follow")[0]["subject"].split(".")
    found = dateline.lines("tail", "--no-follow", "--topic", top, "--sub-topic", below)
    assert {tuple(one["subject"].split(".")[1:3]) for one in found} == {(top, below)}
    assert "the channel was clear" in dateline.say("tail", "--no-follow", "--body")


@pytest.mark.parametrize("words", [("tail", "--from", "beginning"), ("status", "--watch")], ids=" ".join)
def test_the_first_ctrl_c_ends_a_command_that_has_no_end(dateline: Dateline, words: tuple[str, ...]) -> None:
    """130, as shells expect, and not a word about it."""
    dateline.released(dateline.push(guid())["story_id"], "1")
    process = dateline.start(*words, "--json")
    assert process.stdout is not None and process.stdout.readline()
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=PATIENCE)[1]
    assert (process.returncode, said) == (130, "")


def test_the_first_ctrl_c_ends_a_push_that_waits_for_its_pipe(dateline: Dateline) -> None:
    """Whoever forgot to send something in is at a terminal."""
    command = [sys.executable, "-m", "dateline_operate.main", "push", "-"]
    with subprocess.Popen(
        command, env=dateline.env, stdin=subprocess.PIPE, start_new_session=True, preexec_fn=heeding_ctrl_c
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"Harbour opens")
        process.stdin.flush()
        pipe = process.stdin.fileno()
        until(lambda: unread(pipe), lambda count: count == 0)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130


def test_a_kill_stands_out(dateline: Dateline, name: str) -> None:
    """A withdrawn story shows as a kill with the provider's reason."""
    receipt = dateline.push(name, headline="Bridge closed")
    dateline.released(receipt["story_id"], "1")
    dateline.push(name, 2, headline="Bridge closed", pubStatus="canceled", edNote="Wrong bridge")
    post = dateline.released(receipt["story_id"], "2")
    assert post["kind"] == "withdrawn"
    assert "KILL" in dateline.say("tail", "--no-follow")


def test_it_is_seen_which_outlet_has_taken_a_kill(dateline: Dateline) -> None:
    """Waiting at first, with exit code 1; taken once the outlet has read on. Other outlets are not asked about.

    The kill has no headline, and whoever calls the outlet is told that of the story.
    """
    names = ("kills-read", "kills-unread")
    for name in names:
        dateline.say("tail", "--name", name, "--no-follow")
    story = guid()
    receipt = dateline.push(story, headline="Quay raised")
    dateline.released(receipt["story_id"], "1")
    dateline.push(story, 2, headline="", pubStatus="canceled", edNote="Wrong quay")
    dateline.released(receipt["story_id"], "2")
    dateline.say("tail", "--name", names[0], "--no-follow")
    said = dateline.say("kills", receipt["story_id"], code=1)
    assert "waiting, " in said and "1 by kills-unread" in said and "Quay raised" in said
    listed = dateline.say("kills", receipt["story_id"], "--json", "--open", code=1)
    [kill] = [json.loads(line) for line in listed.splitlines()]
    states = {one["outlet"]: one["state"] for one in kill["outlets"]}
    assert (kill["kill"]["story_id"], kill["kill"]["reason"], kill["open"]) == (receipt["story_id"], "Wrong quay", True)
    assert [states[name] for name in names] == ["taken", "waiting"]
    assert dateline.lines("kills", "--outlet", names[0], "--open") == []
    assert {one["name"]: one["waiting"] > 0 for one in dateline.lines("outlets", "ls") if one["name"] in names} == {
        names[0]: False,
        names[1]: True,
    }
    announced = dateline.lines("outlets", "took", receipt["story_id"])
    assert [one["kind"] for one in announced] == ["released", "withdrawn"]
    for one in announced:
        assert [at["state"] for at in one["outlets"] if at["outlet"] in names] == ["taken", "waiting"]
    waits = dateline.start("kills", receipt["story_id"], "--outlet", names[1], "--wait", f"{PATIENCE / 2:g}")
    dateline.say("tail", "--name", names[1], "--no-follow")
    assert waits.wait(PATIENCE) == 0
    for name in names:
        dateline.say("tail", "--name", name, "--forget")
    assert "no outlet reads under the name" in dateline.say("kills", "--outlet", names[0], code=2)


def test_what_was_kept_is_verified_and_sealed(dateline: Dateline) -> None:
    """Whole, whatever other tests do to its services; a seal of another log does not fit."""
    dateline.released(dateline.push(guid(), headline="Pier sealed")["story_id"], "1")
    dateline.settled()
    found = dateline.json("verify")
    assert found["whole"] and found["events"] == found["last"]
    assert dateline.json("verify", "--seal", found["seal"])["whole"]
    assert "all of it is whole" in dateline.say("verify", "--behind", found["seal"])
    other = found["seal"][:-1] + ("0" if found["seal"][-1] != "0" else "1")
    assert "altered" in dateline.say("verify", "--seal", other, "--log-only", code=1)
    assert "is no seal" in dateline.say("verify", "--seal", "yesterday", code=2)


def test_an_editors_credit_reaches_outlets_and_goes_with_updates(dateline: Dateline, name: str) -> None:
    """Set, released anew, kept by an update and by a replay, and taken back."""
    story = dateline.push(name)["stories"][0]["story_id"]
    assert dateline.released(story, "1")["agencies"] == ["AFP"]
    words = ("--by", "night desk", "--reason", "the agency's duty editor said so")
    dateline.say("credit", "set", story, "--agencies", "Reuters", *words)

    def newest() -> Any:
        return [one for one in dateline.lines("tail", "--no-follow") if one["story_id"] == story][-1]

    until(newest, lambda post: post["agencies"] == ["Reuters"])
    assert newest()["version"] == "1" and newest()["number"] == 2
    dateline.push(name, 2)
    assert dateline.released(story, "2")["agencies"] == ["Reuters"]
    dateline.settled()
    assert dateline.json("replay", "--service", "attribution", "--from", "1", "--dry-run")["differ"] == 0
    shown = dateline.json("credit", "show", story)
    assert shown["credit"]["agencies"] == ["Reuters"] and shown["overrides"][0]["by"] == "night desk"
    dateline.say("credit", "clear", story, *words)
    until(newest, lambda post: post["agencies"] == ["AFP"])
    assert "no agency has the id" in dateline.say("credit", "set", story, "--agencies", "NONSUCH", *words, code=2)


def test_many_credits_are_corrected_with_one_word(dateline: Dateline) -> None:
    """By ids, or as `tail --json` prints them; one story that cannot be is named, and keeps none of the others back."""
    stories = [dateline.push(guid())["story_id"] for _ in range(3)]
    for story in stories:
        dateline.released(story, "1")
    posts = [one for one in dateline.lines("tail", "--no-follow") if one["story_id"] in stories[:2]]
    given = b"\r\n ".join([*(json.dumps(post).encode() for post in posts), b"nosuchstory", stories[2].encode()])
    words = ("--agencies", "Reuters", "--by", "ana", "--reason", "the feed was set up wrongly")
    said = dateline.say("credit", "set", "-", *words, given=given, code=1)
    assert "no credited version of story nosuchstory" in said and "3 of 4 changed" in said

    def anew() -> set[str]:
        posts = [one for one in dateline.lines("tail", "--no-follow") if one["number"] == 2]
        return {one["story_id"] for one in posts if one["agencies"] == ["Reuters"]} & set(stories)

    until(anew, lambda found: found == set(stories))
    for nothing in (b"", b'{"seq": 1}\n'):
        assert "standard input" in dateline.say("credit", "set", "-", *words, given=nothing, code=2)


def test_a_feed_is_made_used_and_taken_away(dateline: Dateline) -> None:
    """Its key works a moment after it was made, and no more a moment after it was taken away."""
    key = dateline.json("feeds", "add", "stringer", "--language", "en")["key"]
    assert "stringer" in {feed["name"] for feed in dateline.json("feeds", "ls")}
    assert dateline.push(guid(), words=("--feed", "stringer"))["accepted"]
    dateline.say("feeds", "add", "stringer", code=1)
    for slip in (("feeds", "pause", "stringr"), ("feeds", "check", "Stringer"), ("push", "-", "--feed", "stringr")):
        assert "; stringer, perhaps" in dateline.say(*slip, code=1)
    dateline.say("feeds", "rm", "stringer")

    words = [sys.executable, "-m", "dateline_operate.main", "push", "-", "--key", key, "--json"]

    def still_taken() -> bool:
        done = subprocess.run(words, env=dateline.env, input=wire(guid(), 1, "x"), capture_output=True)
        assert done.returncode == 0 or b"unknown API key" in done.stdout, done.stderr.decode() or done.stdout.decode()
        return done.returncode == 0

    until(lambda: not still_taken())


def test_a_service_that_is_killed_comes_back(dateline: Dateline) -> None:
    """kill -9 of one process: ``up`` starts it again, and what was pushed meanwhile comes through."""
    publish = next(one for one in dateline.where()["services"] if one["name"] == "publish")
    os.kill(publish["pid"], signal.SIGKILL)
    receipt = dateline.push(guid())
    dateline.released(receipt["story_id"], "1")
    back = next(one for one in dateline.where()["services"] if one["name"] == "publish")
    assert back["pid"] not in (None, publish["pid"])


def test_the_server_that_is_killed_comes_back(dateline: Dateline) -> None:
    """kill -9 of the message server: ``up`` starts it again on its port, and nothing that was accepted is gone."""
    before = dateline.push(guid())
    server = dateline.where()["nats_pid"]
    os.kill(server, signal.SIGKILL)
    after = dateline.push(guid())
    dateline.released(before["story_id"], "1")
    dateline.released(after["story_id"], "1")
    assert dateline.where()["nats_pid"] != server


def test_a_second_up_in_the_same_folder_is_refused(dateline: Dateline) -> None:
    """With the process that runs there."""
    assert str(dateline.where()["pid"]) in dateline.say("up", code=1)


def test_a_reader_that_has_enough_is_no_failure(dateline: Dateline) -> None:
    """``status | head -1`` ends with 0."""
    command = dateline.start("status")
    assert command.stdout is not None
    command.stdout.close()
    assert command.wait(PATIENCE) == 0


def test_nothing_waits_for_a_reader_that_stalls(tmp_path: Path) -> None:
    """The pipe is full from the beginning: services are started, started again, and stopped all the same."""
    command = Dateline(tmp_path)
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writing, b"." * 4096)
    os.set_blocking(writing, True)
    try:
        words = ("--port", "0", "--nats-port", "0", "--services", "publish", "--json")
        stalled = command.start("up", *words, out=writing)
        command.say("status", "--wait", f"{PATIENCE - 20:g}")
        before = command.where()["services"][0]["pid"]
        os.kill(before, signal.SIGKILL)
        until(lambda: command.where()["services"][0]["pid"] not in (None, before))
        stalled.send_signal(signal.SIGTERM)
        assert stalled.wait(PATIENCE) == 0
        assert not (tmp_path / "up.json").exists()
    finally:
        command.end()
        os.close(reading)
        os.close(writing)


def test_a_port_that_is_taken_is_said_before_anything_is_started(dateline: Dateline, tmp_path: Path) -> None:
    """Else the other ingest would answer for the one that could not start. Later commands speak to nobody."""
    port = dateline.where()["ingest_url"].rpartition(":")[2]
    said = dateline.say("up", "--port", port, "--nats-port", "0", "--data", str(tmp_path), code=1)
    assert f"port {port} of this machine is taken" in said
    assert not (tmp_path / "nats").exists()
    for words in (("status",), ("feeds", "ls"), ("push", "--key", "k", "-")):
        said = dateline.say(*words, "--data", str(tmp_path), code=3)
        assert f"no `dateline up` runs in {tmp_path}. It ended on" in said
        assert f"port {port} of this machine is taken" in said


def test_commands_say_what_is_wrong_and_what_to_do(dateline: Dateline, tmp_path: Path) -> None:
    """No server: exit 3 and how to get one. No such story: exit 1."""
    assert "dateline up" in dateline.say("status", "--nats", "nats://127.0.0.1:9", code=3)
    assert "no story" in dateline.say("story", "abc", code=1)


async def test_where_nothing_is_that_is_said(tmp_path: Path) -> None:
    """On standard error, so that whoever reads the answers gets none."""
    command = Dateline(tmp_path)
    with real_server() as server:
        async with provisioned(server):
            command.env["DATELINE_NATS_URL"] = server.url
            empty = command.run("tail", "--no-follow", "--agency", "AFP")
            assert (empty.returncode, empty.stdout) == (0, b"")
            assert b"there is nothing on topic.*.*.*.AFP.*" in empty.stderr
            assert command.run("tail", "--no-follow", "--json").stderr == b""
            assert "nothing is wrong" in command.say("status")


async def test_a_story_with_an_event_that_cannot_be_read_is_shown_without_it(tmp_path: Path) -> None:
    """And the event is named; commands that need the whole story say where it stands and what to do."""
    command, name = Dateline(tmp_path), guid()
    with real_server() as server:
        async with provisioned(server) as client:
            await feed(client, name)
            story = story_id("test", name)
            seq = (await client.jetstream().publish(f"story.{story}.attributed.2", b"no event")).seq
            await client.jetstream().publish("story.stranger.received.1", b"no event")
        command.env["DATELINE_NATS_URL"] = server.url
        told = command.json("story", story)
        assert [event["event"] for event in told["events"]] == ["StoryReceived", "StoryAttributed", "StoryEnriched"]
        [why] = told["unreadable"]
        assert why.startswith(f"event {seq} of the log cannot be read: not JSON")
        for words in (("credit", "show", story), ("story", "stranger")):
            said = command.say(*words, code=1)
            assert "cannot be read: not JSON" in said and "quarantine ls" in said and "Traceback" not in said


def test_a_setting_that_nobody_knows_ends_up_with_its_name(tmp_path: Path) -> None:
    """No new start of the service could help, so it is said, and everything is stopped."""
    command = Dateline(tmp_path)
    config = tmp_path / "dateline.toml"
    config.write_text("[ingest]\nmax_boddy = 3\n", "utf-8")
    command.env["DATELINE_CONFIG"] = str(config)
    said = command.say("up", "--port", "0", "--nats-port", "0", "--services", "ingest", code=1)
    assert "unknown key 'max_boddy' in [ingest]" in said.splitlines()[-2]
    assert not (tmp_path / "up.json").exists()


def test_everything_ends_however_up_ends(tmp_path: Path) -> None:
    """SIGKILL of ``up`` ends its services; the next ``up`` replaces the server left behind; SIGTERM leaves nothing."""
    command = Dateline(tmp_path)
    try:
        first = command.up("--services", "attribution,publish")
        before = command.where()
        first.kill()
        first.wait()
        until(lambda: all(gone(service["pid"]) for service in before["services"]))
        second = command.up("--services", "attribution,publish")
        after = command.where()
        until(lambda: gone(before["nats_pid"]))
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE) == 0
        assert all(map(gone, [after["nats_pid"], *(service["pid"] for service in after["services"])]))
        assert not (tmp_path / "up.json").exists()
    finally:
        command.end()


def test_the_demo_shows_every_sample_with_its_evidence(tmp_path: Path) -> None:
    """Every sample comes out; at least one has a credit line with the evidence for it; nothing is left running."""
    shown = Dateline(tmp_path).json("demo", "--data", str(tmp_path))
    assert shown["stories"]
    assert {story["problem"] for story in shown["stories"]} == {""}
    credited = [story for story in shown["stories"] if story["credit_line"]]
    assert credited
    assert all(story["evidence"] for story in credited)
    assert not (tmp_path / "up.json").exists()


def test_a_demo_that_is_ended_stops_what_it_started(tmp_path: Path) -> None:
    """SIGTERM in the middle: no traceback, and no process is left."""
    command = Dateline(tmp_path)
    try:
        demo = command.start("demo", "--data", str(tmp_path))
        until((tmp_path / "up.json").exists)
        there = command.where()
        demo.send_signal(signal.SIGTERM)
        _, said = demo.communicate(timeout=PATIENCE)
        assert (demo.returncode, said) == (130, "")
        assert all(map(gone, [there["nats_pid"], *(service["pid"] for service in there["services"])]))
    finally:
        command.end()
