"""Options that all commands share which look at a running Dateline, and where they find it."""

from __future__ import annotations

import math
import os
import re
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from msgspec import Struct

from dateline_operate.console.failure import Failure
from dateline_operate.up.upfile import nothing_runs, read_up

DEFAULT_DATA = ".dateline"

_STORY_ID = "([a-z0-9]{1,64})"
_STORY_NAMED = re.compile(
    rf"{_STORY_ID}(?:-\d+)?"  # alone, or in a receipt
    rf"|topic(?:\.[^.*>\s]+){{4}}\.{_STORY_ID}"
    rf"|story\.{_STORY_ID}\.[a-z]+\.[^*>\s]+"
)
_LENGTH = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_READER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class Output(Struct, frozen=True, kw_only=True):
    """How a command answers."""

    json: bool = False


class Connected(Output, frozen=True, kw_only=True):
    """Options of a command that talks to NATS."""

    nats: str = ""
    data: Path = Path(DEFAULT_DATA)

    @property
    def stated(self) -> str:
        """The server that ``--nats`` or else DATELINE_NATS_URL names; empty if neither does."""
        return self.nats or os.environ.get("DATELINE_NATS_URL", "")

    @property
    def url(self) -> str:
        """The server that is named, else that of a running ``dateline up``. Raises Failure if there is neither.

        What listens on the usual port may be anybody's, so it is not tried.
        """
        if self.stated:
            return self.stated
        up = read_up(self.data)
        if up is None:
            raise nothing_runs(self.data, "Start it, or name the server with --nats or DATELINE_NATS_URL.")
        return up.nats_url


def port(text: str) -> int:
    """A port as argument of an option, 0 for any free one. Raises ArgumentTypeError."""
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 65_535:
        raise ArgumentTypeError(f"{text!r} is no port: 0 to 65535")
    return number


def count(text: str) -> int:
    """A number of things, or a thing's number, as argument of an option, from 1. Raises ArgumentTypeError."""
    return _integer(text, least=1)


def count_or_zero(text: str) -> int:
    """A number of things as argument of an option, from 0. Raises ArgumentTypeError."""
    return _integer(text, least=0)


def _integer(text: str, least: int) -> int:
    if not text.isdecimal() or int(text) < least:
        raise ArgumentTypeError(f"{text!r} is no whole number from {least} up")
    return int(text)


def amount(text: str) -> float:
    """Seconds, or so many a second, as argument of an option; 0 counts too. Raises ArgumentTypeError."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise ArgumentTypeError(f"{text!r} is no number from 0 up")
    return number


def length_of(text: str) -> int | None:
    """A length of time as people write it (``90s``, ``15m``, ``24h``, ``7d``), in seconds; None if it is none. Pure."""
    said = _LENGTH.fullmatch(text)
    return int(said[1]) * _UNITS[said[2]] if said else None


def length(text: str) -> int:
    """A length of time as argument of an option, in seconds, from 1. Raises ArgumentTypeError."""
    if not (seconds := length_of(text)):
        raise ArgumentTypeError(f"{text!r} is no length of time: 90s, 15m, 24h, 7d")
    return seconds


def some_text(text: str) -> str:
    """Text that must not be empty, as argument of an option. Raises ArgumentTypeError."""
    if not text.strip():
        raise ArgumentTypeError("it is empty")
    return text.strip()


def checked_story(said: str) -> str:
    """The story id in what somebody typed or copied: the id, a receipt, a subject of TOPICS or of the log.

    Raises Failure for anything else: a wildcard would mean every story.
    """
    if named := _STORY_NAMED.fullmatch(said.strip().lower()):
        return str(named[named.lastindex or 0])
    advice = "It has letters and digits only. A receipt will do, too, or the subject of a message."
    if ":" in said:
        advice += f" For the provider's identifier: `dateline story --guid {said} --feed NAME`."
    raise Failure(f"{said!r} is no story id.", advice, code=2)


def checked_reader(said: str) -> str:
    """A reader's name that may stand in subjects and in the server's configuration. Raises Failure."""
    if not _READER.fullmatch(said):
        raise Failure(f"{said!r} is no name for a reader: letters, digits, - and _, 64 at the most.", code=2)
    return said


def output_arguments(parser: ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="answer in JSON, for programs")


def connected_arguments(parser: ArgumentParser) -> None:
    """``--json``, ``--nats`` and ``--data``."""
    output_arguments(parser)
    parser.add_argument(
        "--nats",
        metavar="URL",
        default="",
        help="NATS server, e.g. nats://127.0.0.1:4222 (else DATELINE_NATS_URL, else that of `dateline up` in --data)",
    )
    data_argument(parser)


def data_argument(parser: ArgumentParser) -> None:
    """``--data``."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=Path(os.environ.get("DATELINE_DATA", DEFAULT_DATA)),
        help=f"data folder of `dateline up` (else DATELINE_DATA, else {DEFAULT_DATA})",
    )
