"""Follow what is released, as an outlet does: one line for each release, however many topics it is on.

Withdrawals stand out. With --name the server remembers how far you have read, and the next call goes on from there.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.console.options import Connected, checked_reader, connected_arguments
from dateline_operate.console.running import run_to_end
from dateline_operate.watching.wanted import wanted, wanted_arguments

if TYPE_CHECKING:
    from nats.aio.msg import Msg

    from dateline_operate.watching.posts import Post

RELEASES = 20_000
"""Number of releases that are remembered: the same release stands on each of its topics, close together."""


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``tail``."""

    topic: str = ""
    sub_topic: str = ""
    language: str = ""
    agency: str = ""
    start: str = ""
    name: str = ""
    no_follow: bool = False
    body: bool = False
    forget: bool = False


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    connected_arguments(parser)
    wanted_arguments(parser)
    parser.add_argument(
        "--from",
        metavar="PLACE",
        dest="start",
        default="",
        help="beginning, now, a sequence, a time, or 15m ago (default now; beginning with --no-follow or a new --name)",
    )
    parser.add_argument("--name", metavar="NAME", default="", help="remember under this name how far was read")
    parser.add_argument("--no-follow", action="store_true", help="end after what is there now")
    parser.add_argument("--body", action="store_true", help="show the text as well")
    parser.add_argument("--forget", action="store_true", help="forget the --name, and end")


def run(options: Options) -> int:
    """Follow until interrupted, or until all is read with --no-follow; 1 if there is no such name to forget."""
    if options.forget and not options.name:
        raise Failure("--forget needs the --name to forget.", code=2)
    if options.name and not options.forget:
        checked_reader(options.name)
    asked = wanted(options.topic, options.sub_topic, options.language, options.agency)
    for doubt in asked.doubts:
        note(doubt)
    return run_to_end(_tail(options, asked.subject))


async def _tail(options: Options, subject: str) -> int:
    from dateline_kernel.remembering import Lately
    from dateline_operate.console.moments import start_of
    from dateline_operate.link import connected_to
    from dateline_operate.watching.following import Follower, forget
    from dateline_schemas.subjects import TOPICS

    default = "beginning" if options.no_follow or options.name else "now"
    start = start_of(options.start or default, datetime.now(UTC))
    async with connected_to(options.url, reader=options.name) as client:
        if options.forget:
            known = await forget(client, TOPICS.name, options.name)
            _forgotten(options, known)
            return 0 if known else 1
        seen = Lately(RELEASES)
        show = _Lines(options)
        follower = Follower(client, TOPICS.name, subject, start, options.name)
        for message in await follower.behind() if options.name else ():
            seen.add(_post(message).release)
        if not options.no_follow and not options.json and sys.stderr.isatty():
            note(f"following {subject}; Ctrl-C ends that")
        silent = True
        async for message in follower.messages(forever=not options.no_follow):
            silent = False
            post = _post(message)
            if not (post.release and seen.add(post.release)):
                show(post)
            if options.name:
                await message.ack()
        await client.flush()
    if silent and not options.json:
        note(f"there is nothing {'new ' if options.name else ''}on {subject}")
    return 0


def _forgotten(options: Options, known: bool) -> None:
    from dateline_operate.console.terminal import json_line

    if options.json:
        json_line({"forgotten": options.name if known else None})
    else:
        unknown = (
            f"no outlet reads under the name {options.name!r}, and so none is forgotten; see `dateline outlets ls`"
        )
        note(f"{options.name} is forgotten" if known else unknown)


def _post(message: Msg) -> Post:
    from dateline_kernel.delivery import delivery_of
    from dateline_operate.watching.posts import post_of

    at = delivery_of(message)
    return post_of(at.seq, at.time, message.subject, message.headers or {}, message.data)


class _Lines:
    """Shows posts as they come."""

    def __init__(self, options: Options) -> None:
        from dateline_operate.console.terminal import console

        self._options = options
        self._console = console()

    def __call__(self, post: Post) -> None:
        """Show one."""
        from dateline_operate.console.terminal import json_line
        from dateline_operate.watching.posts import as_object

        if self._options.json:
            json_line(as_object(post))
            return
        self._line(post)

    def _line(self, post: Post) -> None:
        import msgspec
        from rich.text import Text

        from dateline_operate.console.terminal import clean, clock
        from dateline_operate.watching.posts import Rendition, credit_line, headline, plain_body

        try:
            rendition = post.rendition()
        except msgspec.DecodeError:
            rendition = Rendition()
        said = clean(headline(rendition)) or "(no headline)"
        line = Text(f"{clock(post.time)} ", "dim")
        if post.is_withdrawal:
            what = " WITHHELD " if rendition.pubStatus == "withheld" else " KILL "
            line.append(what, "bold white on red").append(f" {said}", "bold red")
            line.append(f"  {clean(rendition.edNote)}", "red")
        else:
            line.append(said, "bold").append(f"  {clean(credit_line(rendition)) or '(no credit)'}", "cyan")
            line.append(f"  {rendition.language}  v{clean(post.version)}")
        line.append(f"  {post.subject}", "dim")
        self._console.print(line)
        if self._options.body and not post.is_withdrawal:
            self._console.print(Text("\n".join(map(_printable, plain_body(rendition).splitlines())) + "\n"))


def _printable(line: str) -> str:
    from dateline_operate.console.terminal import clean

    return clean(line)
