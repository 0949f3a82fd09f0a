"""``dateline``: finds the command's module, reads its options, runs it, explains what stopped it."""

from __future__ import annotations

import difflib
import errno
import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from types import ModuleType

from dateline_operate.failure import UNREADABLE, Failure

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
}


def main(argv: Sequence[str] | None = None) -> None:
    """Entry point of ``dateline``.

    Ends the process: 0 done, 1 failed, 2 asked wrongly, 3 no server, 130 interrupted.
    """
    if sys.stdout is None:
        raise SystemExit(_explain(Failure("standard output is closed.", "Send it to a file, or /dev/null.", code=2)))
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
    name, *rest = words
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, 1)
        hint = f"Did you mean `dateline {near[0]}`?" if near else "`dateline --help` lists the commands."
        return _explain(Failure(f"there is no command {name!r}.", hint, code=2))
    return _run(name, import_module(f"dateline_operate.commands.{name}"), rest)


def _run(name: str, module: ModuleType, words: list[str]) -> int:
    parser = ArgumentParser(
        prog=f"dateline {name}", description=module.__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    module.arguments(parser)
    options = module.Options(**vars(parser.parse_args(words)))
    try:
        code: int = module.run(options)
        return code
    except Failure as said:
        failure = said
    except BrokenPipeError:
        raise
    except OSError as error:
        failure = _of_system(error)
    except Exception as error:
        known = _of_kernel(error)
        if known is None:
            raise
        failure = known
    return _explain(failure, as_json=getattr(options, "json", False))


def _of_kernel(error: Exception) -> Failure | None:
    """The kernel's errors say what to do themselves."""
    from dateline_kernel.errors import KernelError, Misconfigured, Unavailable
    from dateline_schemas.codec import UnreadableEvent

    if isinstance(error, UnreadableEvent):
        return Failure(f"{error}.", UNREADABLE)
    if not isinstance(error, KernelError):
        return None
    code = 3 if isinstance(error, Unavailable) else 2 if isinstance(error, Misconfigured) else 1
    # The first sentence says what happened, the rest what to do.
    said, _, advice = str(error).partition(". ")
    return Failure(said, getattr(error, "advice", advice), code=code)


def _of_system(error: OSError) -> Failure:
    """A file, a folder or a disk that will not do."""
    where = f"{error.filename}: " if error.filename else ""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    advice = "Make room on that disk, or name another data folder with --data." if full else ""
    return Failure(f"{where}{error.strerror or str(error) or type(error).__name__}.", advice)


def _explain(failure: Failure, *, as_json: bool = False) -> int:
    if as_json:
        from dateline_operate.terminal import json_bytes

        said = {"error": str(failure), "advice": failure.advice, "code": failure.code}
        sys.stderr.write(json_bytes(said).decode())
        return failure.code
    print(f"dateline: {failure}", file=sys.stderr)
    if failure.advice:
        print(f"          {failure.advice}", file=sys.stderr)
    return failure.code


def _overview() -> str:
    lines = "\n".join(f"  {name:<11} {does}" for name, does in COMMANDS.items())
    return f"""\
Dateline: wire copy in, credited and classified stories out.

usage: dateline COMMAND [options]

{lines}

`dateline COMMAND --help` says what a command can be told. Begin with `dateline demo`."""


if __name__ == "__main__":
    main()
