"""``dateline``: finds the command's module, reads its options, runs it, explains what stopped it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from dateline_operate.console.commandline import CommandParser
from dateline_operate.console.explaining import explain, failure_of
from dateline_operate.console.failure import Failure
from dateline_operate.console.guessing import nearest

COMMANDS: dict[str, str] = {
    "demo": "run everything once with sample stories, and show what comes out",
    "up": "run the message server and all services on this machine",
    "push": "hand stories in",
    "tail": "follow what is released",
    "story": "everything that happened to a story",
    "status": "streams, consumers, services at a glance",
    "outlets": "how far each outlet has read, and logins for new ones",
    "kills": "which outlets have taken which kill",
    "quarantine": "what was refused: look, try again, drop",
    "feeds": "where copy comes from, by which door",
    "attribution": "why a message is credited as it is, line by line",
    "credit": "overrule what a story is credited to",
    "import": "take years of copy in from an archive",
    "replay": "what other rules would say about the past",
    "verify": "whether log, originals and topics are whole, and say what they said",
    "backup": "copy all that the message server keeps, while it goes on",
    "restore": "put a backup into an empty message server",
    "parse": "read a message, without any server",
    "attribute": "whose copy a message is and why, without any server",
    "enrich": "what a message is about, without any server",
    "bench": "measure this machine",
    "completion": "have bash or zsh complete commands and options",
}


def main(argv: Sequence[str] | None = None) -> None:
    """Entry point of ``dateline``.

    Ends the process: 0 done, 1 failed, 2 asked wrongly, 3 no server, 130 interrupted.
    """
    if sys.stdout is None:
        raise SystemExit(explain(Failure("standard output is closed.", "Send it to a file, or /dev/null.", code=2)))
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal that cannot show a letter gets its number; JSON is written as UTF-8 whatever the locale says.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = _main(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        # Wherever it comes, also while modules are loaded; the code is what shells expect.
        code = 130
    except BrokenPipeError:
        # Whoever read our output has enough: not a failure, and nothing may be written any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    raise SystemExit(code)


def _main(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0 if words else 2
    if words[0] in ("-V", "--version"):
        from importlib.metadata import version

        print(f"dateline {version('dateline-operate')}")
        return 0
    try:
        return _run(*words)
    except BrokenPipeError:
        raise
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
    return explain(failure, as_json="--json" in words)


def _run(name: str, *words: str) -> int:
    """Run a command. Raises Failure where there is no such command or option, and whatever the command raises."""
    if name not in COMMANDS:
        near = nearest(name, COMMANDS, 1)
        hint = f"Did you mean `dateline {near[0]}`?" if near else "`dateline --help` lists the commands."
        raise Failure(f"there is no command {name!r}.", hint, code=2)
    module = import_module(f"dateline_operate.commands.{name}")
    parser = CommandParser(prog=f"dateline {name}", description=module.__doc__)
    module.arguments(parser)
    code: int = module.run(module.Options(**vars(parser.parse_args(words))))
    return code


def _overview() -> str:
    lines = "\n".join(f"  {name:<11} {does}" for name, does in COMMANDS.items())
    return f"""\
Dateline: wire copy in, credited and classified stories out.

usage: dateline COMMAND [options]

{lines}

`dateline COMMAND --help` lists its options. Begin with `dateline demo`."""


if __name__ == "__main__":
    main()
