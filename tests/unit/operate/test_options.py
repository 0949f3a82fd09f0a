"""Options of commands, and where they look for a running Dateline."""

from __future__ import annotations

import errno
import json
import os
import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.tree import Tree

from dateline_operate.console.failure import Failure
from dateline_operate.console.options import (
    Connected,
    amount,
    checked_story,
    count,
    count_or_zero,
    length,
    port,
    some_text,
)
from dateline_operate.console.terminal import console, table
from dateline_operate.main import COMMANDS, main
from dateline_operate.sending.pushing import files_of
from dateline_operate.up.upfile import Up, note_failure, only_one, read_up, write_up

WORDS = {
    "push": ["a.xml"],
    "parse": ["a.xml"],
    "attribute": ["a.xml"],
    "enrich": ["a.xml"],
    "story": ["abc"],
    "quarantine": ["show", "3"],
    "feeds": ["ls"],
    "outlets": ["ls"],
    "backup": ["backups"],
    "restore": ["backups/20310506T120000Z"],
    "credit": ["show", "story"],
    "attribution": ["check", "story.xml"],
    "import": ["afp", "archive.tar"],
    "replay": ["--service", "publish", "--from", "1"],
}


def up_of(pid: int) -> Up:
    """What an ``up`` of that process wrote."""
    return Up(pid=pid, nats_url="nats://127.0.0.1:5999", since=datetime(2026, 1, 1, tzinfo=UTC))


def asked_wrongly(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is said to a command that ends with 2."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "bench"])
def test_every_command_answers_in_json(name: str) -> None:
    """Every command knows --json, and its options have a member for all that can be said."""
    module = import_module(f"dateline_operate.commands.{name}")
    parser = ArgumentParser()
    module.arguments(parser)
    options = module.Options(**vars(parser.parse_args([*WORDS.get(name, []), "--json"])))
    assert options.json is True


def test_zsh_is_told_to_read_what_bash_reads(capsys: pytest.CaptureFixture[str]) -> None:
    """Its own line comes first; bash is what is meant where no shell is named."""
    said = []
    for words in ([], ["bash"], ["zsh"]):
        with pytest.raises(SystemExit):
            main(["completion", *words])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] and said[2] == f"autoload -U bashcompinit && bashcompinit\n{said[0]}"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``dateline COMMAND --help`` says what it does and ends with 0."""
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: dateline {name}" in capsys.readouterr().out


def test_a_wrong_command_gets_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt command is told the one that is meant, on standard error, with code 2."""
    with pytest.raises(SystemExit) as end:
        main(["pusch"])
    assert end.value.code == 2
    assert "dateline push" in capsys.readouterr().err


def test_what_is_said_wins_over_the_environment_and_that_over_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--nats, then DATELINE_NATS_URL, then a running ``up``."""
    monkeypatch.delenv("DATELINE_NATS_URL", raising=False)
    write_up(tmp_path, up_of(os.getpid()))
    assert Connected(data=tmp_path).url == "nats://127.0.0.1:5999"
    monkeypatch.setenv("DATELINE_NATS_URL", "nats://env:1")
    assert Connected(data=tmp_path).url == "nats://env:1"
    assert Connected(data=tmp_path, nats="nats://said:1").url == "nats://said:1"


def test_whoever_has_the_usual_port_is_not_spoken_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing runs and no server is named a command says so, and why ``up`` ended; a new one takes that back."""
    monkeypatch.delenv("DATELINE_NATS_URL", raising=False)
    with pytest.raises(Failure, match=f"no `dateline up` runs in {tmp_path}.$") as said:
        _ = Connected(data=tmp_path).url
    assert (said.value.code, "DATELINE_NATS_URL" in said.value.advice) == (3, True)
    note_failure(tmp_path, Failure("port 8080 of this machine is taken.\nIts last words: ..."))
    with pytest.raises(Failure, match=r"It ended on .* UTC: port 8080 of this machine is taken\.$"):
        _ = Connected(data=tmp_path).url
    write_up(tmp_path, up_of(os.getpid()))
    write_up(tmp_path, up_of(2**22 + 1))
    with pytest.raises(Failure, match=f"no `dateline up` runs in {tmp_path}.$"):
        _ = Connected(data=tmp_path).url


def test_keys_and_copy_are_not_for_whoever_has_the_usual_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``push`` that is told of no ingest and finds none sends nothing."""
    monkeypatch.delenv("DATELINE_INGEST_URL", raising=False)
    with pytest.raises(SystemExit) as ended:
        main(["push", "-", "--key", "k", "--data", str(tmp_path)])
    assert ended.value.code == 3
    assert "--url or DATELINE_INGEST_URL" in capsys.readouterr().err


def test_an_up_that_is_gone_does_not_count(tmp_path: Path) -> None:
    """What a dead ``up`` left behind is not taken for a running one, nor is what cannot be read."""
    write_up(tmp_path, up_of(2**22 + 1))
    assert read_up(tmp_path) is None
    (tmp_path / "up.json").write_text("{")
    assert read_up(tmp_path) is None


def test_only_one_up_holds_a_folder(tmp_path: Path) -> None:
    """A second ``up`` in the same folder is refused with the process that holds it."""
    with only_one(tmp_path):
        write_up(tmp_path, up_of(os.getpid()))
        with pytest.raises(Failure, match=str(os.getpid())), only_one(tmp_path):
            pass
    with only_one(tmp_path):
        pass


def test_failures_are_said_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there: exit 1, nothing on standard output, what happened on standard error."""
    with pytest.raises(SystemExit) as end:
        main(["push", str(tmp_path / "missing.xml"), "--key", "k"])
    assert end.value.code == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "missing.xml: no such file" in printed.err


def test_up_json_is_plain_json_with_the_door(tmp_path: Path) -> None:
    """Other programs may read up.json."""
    write_up(tmp_path, up_of(1))
    document = json.loads((tmp_path / "up.json").read_text())
    assert document["nats_url"] == "nats://127.0.0.1:5999"
    assert document["ingest_url"] == ""


def test_ctrl_c_ends_without_a_word_however_early_it_comes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """130, as shells expect; also while the command's modules are being loaded, which takes the longest."""

    def interrupted(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dateline_operate.main.import_module", interrupted)
    with pytest.raises(SystemExit) as ended:
        main(["status"])
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")


def test_an_import_that_is_interrupted_says_that_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever ends one after an hour has to know whether it begins anew."""

    def interrupted(work: Coroutine[object, object, int]) -> int:
        work.close()
        raise KeyboardInterrupt

    (tmp_path / "story.txt").write_text("Quay 4 reopens.", "utf-8")
    monkeypatch.setattr("dateline_operate.commands.import.run_to_end", interrupted)
    with pytest.raises(SystemExit) as ended:
        main(["import", "wire", str(tmp_path), "--data", str(tmp_path / "data")])
    assert ended.value.code == 130
    assert "the same command goes on" in capsys.readouterr().err


def test_a_locale_without_the_letters_of_a_headline_gets_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that has done its work does not fail at saying so."""
    shown = BytesIO()

    def run(options: object) -> int:
        print("Göttingen, ευρώ")
        return 0

    command = SimpleNamespace(__doc__="", arguments=lambda parser: None, Options=SimpleNamespace, run=run)
    monkeypatch.setattr("dateline_operate.main.import_module", lambda name: command)
    monkeypatch.setattr("sys.stdout", TextIOWrapper(shown, encoding="latin-1"))
    with pytest.raises(SystemExit) as ended:
        main(["status"])
    assert ended.value.code == 0
    assert shown.getvalue() == b"G\xf6ttingen, \\u03b5\\u03c5\\u03c1\\u03ce\n"


def test_a_closed_output_is_explained_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As with ``>&-`` in a shell: nobody would learn what came of it."""
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(SystemExit) as ended:
        main(["push", "a.xml"])
    assert ended.value.code == 2
    assert "standard output is closed" in capsys.readouterr().err


@pytest.mark.parametrize("columns", ["20", "80"])
def test_nothing_of_a_tree_is_cut_off_on_a_narrow_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash without its end is another hash."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", columns)
    tree, shown = Tree("story"), StringIO()
    tree.add("received").add("0123456789abcdef" * 6)
    console(shown, folded=False).print(tree)
    assert "0123456789abcdef" * 6 in shown.getvalue()


STORY = "fommhtrfqrfek5355i4x7uds64"


def on_a_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of a table of two kills, one of which two outlets have not taken."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    rows, shown = table("story", "outlet", "waiting", "why", title="Kills", right=("waiting",)), StringIO()
    rows.add_row(STORY, "harbour-news", "1,234", "has taken nothing since the night before last, and must be called")
    rows.add_row("", "city", "2", "")
    rows.add_row(STORY.upper(), "city", "1", "")
    console(shown).print(rows)
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in shown.getvalue().splitlines()]


@pytest.mark.parametrize("columns", [20, 60])
def test_what_has_no_room_side_by_side_stands_one_below_the_other(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story's id is whole, to be copied; what goes on with the row above is not taken for another one."""
    assert on_a_terminal(columns, monkeypatch) == [
        "Kills",
        f"story    {STORY}",
        "outlet   harbour-news",
        "waiting  1,234",
        "why      has taken nothing since the night before last, and must be called",
        "outlet   city",
        "waiting  2",
        "",
        f"story    {STORY.upper()}",
        "outlet   city",
        "waiting  1",
    ]


def test_where_there_is_room_only_sentences_are_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """At words, below themselves."""
    lines = on_a_terminal(100, monkeypatch)
    assert lines[1].split() == ["story", "outlet", "waiting", "why"]
    assert lines[2].startswith(f"{STORY}  harbour-news    1,234  has taken nothing since")
    assert lines[3].strip() and not lines[3].startswith(STORY)


def test_a_disk_that_is_full_is_said_to_be(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence with the file and what to do, and exit code 1."""

    def full(name: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/dateline/feeds.json")

    monkeypatch.setattr("dateline_operate.commands.status.run", full)
    with pytest.raises(SystemExit) as ended:
        main(["status"])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("dateline: /srv/dateline/feeds.json: No space left on device.")
    assert "Make room" in said


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (port, "0", 0),
        (port, "65535", 65_535),
        (count, "1", 1),
        (count_or_zero, "0", 0),
        (amount, "0", 0.0),
        (amount, "0.5", 0.5),
        (length, "1s", 1),
        (length, "7d", 604_800),
        (some_text, "  the desk ", "the desk"),
        (checked_story, "abc234", "abc234"),
        (checked_story, " ABC234 ", "abc234"),
        (checked_story, "abc234-12", "abc234"),
        (checked_story, "topic.11000000.none.en.AFP.abc234", "abc234"),
        (checked_story, "story.abc234.received.1", "abc234"),
    ],
)
def test_a_value_of_an_option_that_can_be_meant_is_taken(
    read: Callable[[str], object], text: str, value: object
) -> None:
    """To the edges of what is allowed."""
    assert read(text) == value


@pytest.mark.parametrize("text", ["65536", "-1", "", "8 0"])
def test_a_port_is_a_number_that_a_port_can_have(text: str) -> None:
    """0 stands for any free one."""
    with pytest.raises(ArgumentTypeError, match="is no port"):
        port(text)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["up", "--port", "70000"], "'70000' is no port"),
        (["up", "--nats-port", "-1"], "'-1' is no port"),
        (["push", "--jobs", "0", "x"], "'0' is no whole number from 1"),
        (["bench", "--stories", "many"], "'many' is no whole number from 1"),
        (["tail", "--topic", "politics"], "'politics' is no code or name of a media topic"),
        (["outlets", "login", "x", "--topic", "04000000", "--topic", "15000000"], "--topic: stands twice"),
        (["story", "urn:newsml:wire.example:7"], "dateline story --guid urn:newsml:wire.example:7"),
        (["push", "--patience", "-1", "x"], "'-1' is no number from 0"),
        (["status", "--wait", "nan"], "'nan' is no number from 0"),
        (["import", "afp", "x", "--jobs", "0"], "'0' is no whole number from 1"),
        (["import", "afp", "x", "--per-second", "inf"], "'inf' is no number from 0"),
        (["backup", "x", "--every", "day"], "'day' is no length of time"),
        (["backup", "x", "--every", "0h"], "'0h' is no length of time"),
        (["quarantine", "show", "-1"], "no whole number from 1"),
        (["quarantine", "drop", "0"], "'0' is no whole number from 1"),
        (["parse", "x", "--nth", "0"], "'0' is no whole number from 1"),
        (["replay", "--service", "publish", "--from", "1", "--examples", "-1"], "'-1' is no whole number from 0"),
        (["story", "abc", "--version", "2"], "Say --original too"),
        (["push", "--url", "127.0.0.1:8080", "--key", "k", "."], "'127.0.0.1:8080' is no address of ingest"),
        (["replay", "--service", "publish", "--from", "1", "--diff"], "Say --service attribution"),
        (["credit", "set", "abc", "--by", " ", "--reason", "asked", "--agencies", "AFP"], "--by: it is empty"),
        (["credit", "clear", "abc", "--by", "desk", "--reason", ""], "--reason: it is empty"),
    ],
)
def test_what_cannot_be_meant_or_would_not_be_heeded_is_asked_wrongly(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """2, with the value that is no number, or what to say instead: no traceback, and no answer to something else.

    Nothing is left out in silence, nothing anonymous stands in the log for ever.
    """
    assert says in asked_wrongly(words, capsys)


def test_pushing_nothing_is_a_failure(tmp_path: Path) -> None:
    """A script that found no files hears of it."""
    (tmp_path / ".hidden").write_text("x")
    with pytest.raises(Failure, match="no file to push"):
        files_of((str(tmp_path),))


@pytest.mark.parametrize("words", [["story", "*"], ["credit", "show", ">"], ["kills", "topic.*.*.*.*.abc"]])
def test_a_story_is_named_by_one_id_alone(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A wildcard, which would mean every story, is refused before anything is asked of the log."""
    assert "is no story id" in asked_wrongly(words, capsys)
