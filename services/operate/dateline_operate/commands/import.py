"""Take years of copy in from an archive: a folder, a tar (plain, .gz, .bz2, .xz) or a zip.

Files are taken in the order of their times, several at once. A story has the time that its message states, else that
of its file. What cannot be read is listed and kept in quarantine. Of an archive that is damaged or cut off, all that
stands before the damage is taken. An import that was interrupted goes on where it was when it is started again;
stories that the log has already are not taken twice.

Imported copy gets its credit and facts and is on record, but it is held back from outlets, which follow the news of
now. To fill a gap, `--release` lets it out like any other copy. The import writes to the log itself, not by the HTTP
door: it needs no key, works for feeds that are fetched or paused, and does not use up the feed's rate.
"""
# ruff: noqa: N999  the command is called so; main imports it by its name

from __future__ import annotations

import sys
from argparse import ArgumentParser, BooleanOptionalAction
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from dateline_operate.console.counting import counted
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.console.options import Connected, amount, connected_arguments, count
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from dateline_operate.sending.archives import Archive, Item
    from dateline_operate.sending.importing import Refused
    from dateline_operate.sending.importplace import Counts


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``import``."""

    feed: str
    source: Path
    dry_run: bool = False
    restart: bool = False
    file_times: bool = True
    release: bool = False
    pattern: str = "*"
    hint: str = ""
    per_second: float = 0.0
    jobs: int = 32


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("feed", metavar="FEED", help="the feed whose copy it is")
    parser.add_argument("source", metavar="DIR|TAR|ZIP", type=Path, help="the archive")
    connected_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="only read: count by format, list what cannot be read")
    parser.add_argument("--restart", action="store_true", help="begin at the first file, wherever an earlier run was")
    parser.add_argument(
        "--no-file-times",
        dest="file_times",
        action="store_false",
        help="do not date stories by their files: for archives that were copied without their times",
    )
    parser.add_argument(
        "--release",
        action=BooleanOptionalAction,
        default=False,
        help="let it out to outlets, as copy that comes in now; else it is on record only (default)",
    )
    parser.add_argument("--pattern", metavar="GLOB", default="*", help="only files of such names (default %(default)s)")
    parser.add_argument("--hint", metavar="FORMAT", default="", help="format to assume where the content is ambiguous")
    parser.add_argument("--per-second", metavar="N", type=amount, default=0.0, help="files a second; 0 is no limit")
    parser.add_argument(
        "--jobs", metavar="N", type=count, default=32, help="how many are in flight (default %(default)s)"
    )


def run(options: Options) -> int:
    """Import; 1 if something was refused, or is missing. Raises Failure, Unavailable."""
    from dateline_operate.console.vocabulary import check_hint
    from dateline_operate.sending.archives import listed, open_archive
    from dateline_operate.sending.importplace import only_import, place_path

    check_hint(options.hint)
    source = options.source.resolve()
    place = place_path(options.data, options.feed, source)
    spool = place.with_suffix(".tar")
    with only_import(place):
        try:
            archive = open_archive(source, spool)
            try:
                items = listed(archive, options.pattern)
                if not items:
                    raise Failure(f"{options.source} has no files to import.", archive.damage or "Look at --pattern.")
                damaged = _tell_damage(options, archive)
                if options.dry_run:
                    return _dry_run(options, archive, items) or damaged
                try:
                    return run_to_end(_import(options, archive, items, source, place)) or damaged
                except KeyboardInterrupt:
                    if not options.json:
                        note("interrupted; the same command goes on where this one was")
                    raise
            finally:
                archive.close()
        finally:
            spool.unlink(missing_ok=True)


async def _import(options: Options, archive: Archive, items: list[Item], source: Path, place: Path) -> int:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    from dateline_operate.console.terminal import progress
    from dateline_operate.feeds.book import needed, open_feedbook
    from dateline_operate.link import connected_to
    from dateline_operate.sending.importing import Import, Plan

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    async with connected_to(options.url) as client:
        feed = await needed(await open_feedbook(client), options.feed, "`dateline feeds add` makes one.")
        plan = Plan(
            feed=feed,
            source=source,
            place=place,
            hint=options.hint,
            file_times=options.file_times,
            release=options.release,
            per_second=options.per_second,
            jobs=options.jobs,
        )
        start, counts = _start(options, items, source, place)
        with progress(*columns) as bar:
            task = bar.add_task("importing", total=len(items), completed=start)
            work = Import(client, options.url, plan, archive, lambda told: _tell(told, options.json))
            counts = await work.run(items, start, counts, lambda steps: bar.advance(task, steps))
    place.unlink(missing_ok=True)
    _sum_up(counts, start, options.json)
    return 1 if counts.refused else 0


def _start(options: Options, items: list[Item], source: Path, place: Path) -> tuple[int, Counts]:
    """(index of the first item to take in, counts of what was done before)."""
    from dateline_operate.sending.importplace import Counts, go_on_at, read_place

    if options.restart:
        return 0, Counts()
    before = read_place(place, options.feed, source)
    start = go_on_at(items, before)
    if start is None:
        note("the archive changed since the last run; it is gone through from the start")
        return 0, Counts()
    if start and not options.json:
        print(f"going on after {start:,} of {len(items):,} files", file=sys.stderr)
    return start, before.counts


def _tell_damage(options: Options, archive: Archive) -> int:
    from dateline_operate.sending.importing import Refused

    if archive.damage:
        said = f"{archive.damage}. What stands before that is taken, the rest is missing; import it when you have it."
        _tell(Refused(file=options.source.name, problem=said), options.json)
    return 1 if archive.damage else 0


def _tell(told: Refused, as_json: bool) -> None:
    from dateline_operate.console.terminal import clean, json_line, whole

    if as_json:
        json_line(whole(told))
        return
    kept = f" [kept: dateline quarantine show {told.quarantine}]" if told.quarantine else ""
    print(f"{clean(told.file)}: refused: {clean(told.problem)}{kept}", file=sys.stderr)


def _sum_up(counts: Counts, start: int, as_json: bool) -> None:
    from dateline_operate.console.terminal import json_line, whole

    if as_json:
        json_line({**whole(counts), "went_on_at": start})
        return
    print(
        f"{counted(counts.messages, 'file')}: {counted(counts.stories, 'story', 'stories')}, "
        f"{counts.new:,} of them new, {counts.known:,} known already; {counted(counts.refused, 'file')} refused"
    )


def _dry_run(options: Options, archive: Archive, items: list[Item]) -> int:
    from dateline_operate.console.terminal import json_line, progress
    from dateline_operate.functions import function
    from dateline_operate.sending.archives import Unreadable
    from dateline_operate.sending.importing import MOST_BYTES, Refused

    parse = function("parse", "dateline-ingest")
    files: Counter[str] = Counter()
    stories: Counter[str] = Counter()
    with progress() as bar:
        for item in bar.track(items, description="reading"):
            try:
                if item.size > MOST_BYTES:
                    raise ValueError(f"{item.size:,} bytes are more than the {MOST_BYTES:,} of a message")
                parsed = parse(archive.read(item), hint=options.hint)
            except (ValueError, Unreadable) as error:
                files["refused"] += 1
                _tell(Refused(file=item.name, problem=str(error)), options.json)
                continue
            files[parsed.format] += 1
            stories[parsed.format] += len(parsed.stories)
    if options.json:
        json_line({"files": dict(files), "stories": dict(stories)})
    else:
        for name, count in sorted(files.items()):
            held = f", {counted(stories[name], 'story', 'stories')}" if name in stories else ""
            print(f"{name}: {counted(count, 'file')}{held}")
    return 1 if files["refused"] else 0
