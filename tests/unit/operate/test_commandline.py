"""What a command cannot be told is said like any other failure; its help has examples that can be typed."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from importlib import import_module

import pytest

from dateline_operate.commands.completion import script
from dateline_operate.console.commandline import CommandParser
from dateline_operate.console.examples import EXAMPLES, examples_of
from dateline_operate.main import COMMANDS, main


def parser_of(command: str) -> CommandParser:
    """How its words are read."""
    parser = CommandParser(prog=f"dateline {command}")
    import_module(f"dateline_operate.commands.{command}").arguments(parser)
    return parser


def with_actions() -> Iterator[str]:
    """Each command; where it has actions, each of those."""
    for command in COMMANDS:
        yield from [f"{command} {name}" for name in parser_of(command).actions] or [command]


def said_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is said to words that cannot be read."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


@pytest.mark.parametrize("typed", [typed for typed, _ in EXAMPLES])
def test_an_example_is_read_by_its_command(typed: str) -> None:
    """With the members that its options have."""
    _, command, *words = shlex.split(re.split(" [<>]", typed)[0])
    options = parser_of(command).parse_args(words)
    import_module(f"dateline_operate.commands.{command}").Options(**vars(options))


@pytest.mark.parametrize("command", list(with_actions()))
def test_every_command_and_action_shows_an_example(command: str) -> None:
    """Whoever is in a hurry changes one rather than reads on."""
    assert examples_of(f"dateline {command}")


def test_examples_fit_a_terminal_and_are_typed_as_they_stand() -> None:
    """What is too long for a line is two of a shell."""
    for (typed, _), shown in zip(EXAMPLES, examples_of("dateline"), strict=True):
        assert max(map(len, shown.split("\n"))) <= 78
        joined = shown.rpartition("\n")[0].replace("\\\n", "")  # as a shell reads it
        assert shlex.split(joined, comments=True) == shlex.split(typed, comments=True)


def test_the_help_of_an_action_says_what_it_does_and_has_its_own_examples(capsys: pytest.CaptureFixture[str]) -> None:
    """Not those of the other actions."""
    with pytest.raises(SystemExit) as ended:
        main(["quarantine", "drop", "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert "\nTake it out for good; the original bytes stay.\n" in shown
    assert "  dateline quarantine drop --error" in shown
    assert "dateline quarantine ls" not in shown


@pytest.mark.parametrize(
    ("words", "says", "where"),
    [
        (["feeds", "lst"], "'lst' is none of apply, ls, ", "feeds"),
        (["feeds", "add", "wire", "--dor", "ftp"], "no option --dor; --door or ", "feeds add"),
        (["feeds", "add", "wire", "--door", "ftpp"], "; ftp or sftp, perhaps", "feeds add"),
        (["tail", "--topc=3"], "no option --topc; --topic or ", "tail"),
        (["story", "abc", "def"], "'def' is a word too many", "story"),
        (["replay", "--service", "publish"], "required: --from", "replay"),
    ],
)
def test_what_was_meant_is_said_and_where_the_right_words_are(
    words: list[str], says: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In two lines, on standard error, with exit code 2."""
    said, advice = said_of(words, capsys).splitlines()
    assert says in said
    assert advice.strip() == f"`dateline {where} --help` lists the options."


@pytest.mark.parametrize("words", [["stat", "--json"], ["tail", "--jsn", "--json"], ["story", "--json", "a.b"]])
def test_a_program_is_told_in_json_that_it_asked_wrongly(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """One object, whichever word is wrong: the command, an option or its value."""
    told = json.loads(said_of(words, capsys))
    assert (set(told), told["code"]) == ({"error", "advice", "code"}, 2)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("quar", ["quarantine"]),
        ("feeds re", ["resume", "rekey"]),
        ("feeds add wire --silent", ["--silent-after"]),
        ("quarantine show --or", ["--original"]),
        ("tail --language en --to", ["--topic"]),
        ("push stor", []),
    ],
)
def test_a_shell_completes_what_it_is_told_of(typed: str, completed: list[str]) -> None:
    """Commands, the actions of one, the options of either; anything else is a file."""
    *before, last = typed.split(" ")
    asked = f"COMP_WORDS=(dateline {' '.join(before)} {last}); COMP_CWORD={len(before) + 1}; _dateline"
    shown = "printf '%s\\n' \"${COMPREPLY[@]}\""
    done = subprocess.run(["bash", "-c", f"{script()}\n{asked}\n{shown}"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == completed
