"""The services' pure functions, found by entry point: to read, credit and analyse a story needs no server."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_schemas.credit import Credit
from dateline_schemas.facts import Facts
from dateline_schemas.story import Story

GROUP = "dateline.functions"


def function(name: str, package: str) -> Callable[..., Any]:
    """The function of an entry point. Raises Failure if its package is not installed."""
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            return _loaded(entry)
    raise Failure(
        f"{package} is not installed here.", f"Install {package}; it offers {name!r} in group {GROUP}.", code=2
    )


def _loaded(entry: EntryPoint) -> Callable[..., Any]:
    try:
        found: Callable[..., Any] = entry.load()
    except ImportError as error:
        raise Failure(f"{entry.value} cannot be imported: {error}", "Install its package anew.") from error
    return found


def read_bytes(file: str) -> bytes:
    """A file's bytes; ``-`` is standard input. Raises Failure."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}") from error


def stories_of(file: str, hint: str = "", url: str = "", nth: int = 0) -> list[Story]:
    """The stories of a message; only the ``nth``, from 1, if asked for. Raises Failure saying where reading failed."""
    return read_stories(file, hint, url, nth)[0]


def read_stories(file: str, hint: str, url: str, nth: int) -> tuple[list[Story], bool]:
    """The stories of a file, and whether all of it could be read; what could not is printed on standard error."""
    parse = function("parse", "dateline-ingest")
    try:
        parsed = parse(read_bytes(file), hint=hint, url=url)
    except ValueError as error:
        raise Failure(f"{file} cannot be read as a story: {error}") from error
    for fault in parsed.refused:
        note(f"left out of {file}: {fault}")
    stories: tuple[Story, ...] = parsed.stories
    if not nth:
        return list(stories), not parsed.refused
    if not 1 <= nth <= len(stories):
        raise Failure(f"{file} has {len(stories)} stories; there is no number {nth}.", code=2)
    return [stories[nth - 1]], not parsed.refused


def credited(story: Story) -> Credit:
    """Whose copy a story is. Raises Failure if attribution is not installed."""
    credit: Credit = function("credit", "dateline-attribution")(story, tables=house_tables())
    return credit


def analysed(story: Story, credit: Credit) -> Facts:
    """What a story is about. Raises Failure if enrichment is not installed."""
    facts: Facts = function("facts", "dateline-enrichment")(story, credit)
    return facts


def house_tables() -> Any:
    """Attribution's tables, with the files of the house that the environment names. Raises Misconfigured."""
    named = [os.environ.get(name, "") for name in ("DATELINE_AGENCIES_FILE", "DATELINE_RULES_FILE")]
    files = (tuple(filter(None, (path.strip() for path in paths.split(",")))) for paths in named)
    return function("attribution_tables", "dateline-attribution")(*files)
