"""Print a script that has bash or zsh complete commands, actions and options."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module

from dateline_operate.console.options import Output, output_arguments


class Options(Output, frozen=True, kw_only=True):
    """Options of ``completion``."""

    shell: str = "bash"


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("shell", nargs="?", choices=("bash", "zsh"), default="bash", help="for which (default bash)")
    output_arguments(parser)


def run(options: Options) -> int:
    """Print it."""
    from dateline_operate.console.terminal import json_document

    text = script() if options.shell == "bash" else f"autoload -U bashcompinit && bashcompinit\n{script()}"
    if options.json:
        json_document({"script": text})
    else:
        print(text)
    return 0


def script() -> str:
    """The script, for bash 3.2 and later. Where it knows no word, files are completed."""
    from dateline_operate.main import COMMANDS

    cases = "\n".join(f'    "{place}"*) words="{words}" ;;' for place, words in _places(COMMANDS))
    return f"""\
_dateline() {{
  local words at="${{COMP_WORDS[*]:1:COMP_CWORD-1}} "
  case "$at" in
    " ") words="{" ".join(COMMANDS)}" ;;
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _dateline dateline"""


def _places(commands: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(words typed, what may follow them); an action comes before its command."""
    from dateline_operate.console.commandline import CommandParser

    for command in commands:
        parser = CommandParser(prog=f"dateline {command}")
        import_module(f"dateline_operate.commands.{command}").arguments(parser)
        for action in parser.actions.values():
            yield f"{action.prog.removeprefix('dateline ')} ", " ".join(action.options)
        yield f"{command} ", " ".join([*parser.actions, *parser.options])
