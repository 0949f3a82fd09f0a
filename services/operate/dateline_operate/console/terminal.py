"""What commands print: JSON for programs, text for people."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from dateline_operate.console.notes import shown

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

UNFOLDED = 1_000
"""Columns in a pipe, whose reader wants whole lines."""

ONE_LINE = 40
"""Most characters of a cell that is never broken: ids, names, times."""

_encoder = msgspec.json.Encoder()


class _Screen(Console):
    """rich ends the process with 1 when its reader has enough, as ``head`` has; for ``main`` that is no failure."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(file: IO[str] | None = None, *, folded: bool = True) -> Console:
    """Standard output, or a file over it, for people: colours on a terminal, plain and unwrapped in a pipe.

    Unless it is ``folded``, what is too long is left to the terminal to wrap: rich cuts the ends of a tree's lines off.
    What is between colons, as in ``urn:x:1``, is no picture.
    """
    screen = _Screen(file=file, highlight=False, soft_wrap=True, emoji=False)
    unfolded = not screen.is_terminal or not folded
    return _Screen(file=file, highlight=False, soft_wrap=True, emoji=False, width=UNFOLDED) if unfolded else screen


class _Columns(Table):
    """Side by side where there is room for that, else one below the other, each whole behind its heading."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._width(console, options) <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        if self.title:
            yield Text.from_markup(str(self.title), style="bold")
        rows = zip(*(column.cells for column in self.columns), strict=True)
        for at, row in enumerate(rows):
            if at and row[0]:  # a row without its first cell goes on with the one above
                yield ""
            yield from self._below(row)

    def _width(self, console: Console, options: ConsoleOptions) -> int:
        """The width if only sentences are broken, and only between words."""
        unbounded = options.update(max_width=UNFOLDED)
        gaps = 2 * (len(self.columns) - 1)
        return gaps + sum(
            max(
                (_room(Measurement.get(console, unbounded, cell)) for cell in (column.header, *column.cells)), default=0
            )
            for column in self.columns
        )

    def _below(self, row: Sequence[Any]) -> Iterator[Text]:
        headings = [str(column.header) for column in self.columns]
        longest = max(map(len, headings))
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                yield Text(f"{heading:{longest}}  ", style="bold").append_text(
                    Text.from_markup(str(cell), style="not bold")
                )


def _room(of: Measurement) -> int:
    return of.maximum if of.maximum <= ONE_LINE else max(ONE_LINE, of.minimum)


def table(*headings: str, title: str = "", right: Collection[str] = ()) -> Table:
    """Columns without lines; the ``right`` ones are numbers. What is too long for its column goes on below, uncut."""
    made = _Columns(box=None, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for heading in headings:
        made.add_column(heading, justify="right" if heading in right else "left", overflow="fold")
    return made


def error_console() -> Console:
    """Standard error for people."""
    return Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def progress(*columns: ProgressColumn, hidden: bool = False) -> Progress:
    """A bar on standard error, gone when its block ends. It shows on terminals only, and not if ``hidden``."""
    from rich.progress import Progress

    screen = error_console()
    return Progress(*columns, console=screen, transient=True, disable=hidden or not screen.is_terminal)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for several tasks in turn: call it with the task, how much of it is done, and how much there is to do."""
    with progress() as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total or None)


def json_bytes(value: Any) -> bytes:
    """One JSON document as a line."""
    return _encoder.encode(value) + b"\n"


def json_line(value: Any) -> None:
    """One JSON document a line, at once."""
    sys.stdout.buffer.write(json_bytes(value))
    sys.stdout.buffer.flush()


def json_document(value: Any, *, pretty: bool = False) -> None:
    """One JSON document."""
    data = _encoder.encode(value)
    sys.stdout.buffer.write((msgspec.json.format(data, indent=2) if pretty else data) + b"\n")
    sys.stdout.buffer.flush()


def whole(value: Any) -> Any:
    """A Struct as JSON objects with every member present, also those that have their default."""
    if isinstance(value, Struct):
        fields = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        return {said: whole(getattr(value, name)) for said, name in fields}
    if isinstance(value, (tuple, list)):
        return [whole(member) for member in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value


def clock(time: datetime) -> str:
    """Time of day in this machine's zone, to the millisecond; with the day before it unless that is today."""
    here = time.astimezone()
    today = here.date() == datetime.now().astimezone().date()
    return here.strftime("%H:%M:%S.%f" if today else "%Y-%m-%d %H:%M:%S.%f")[:-3]


def day_and_clock(time: datetime) -> str:
    """Day and time of day in this machine's zone, to the second, and which zone that is: logs and --json are in UTC."""
    return f"{time.astimezone():%Y-%m-%d %H:%M:%S %Z}"


def clean(text: str) -> str:
    """Text from outside on one line, without control characters that a terminal would obey."""
    return " ".join(shown(text).split())
