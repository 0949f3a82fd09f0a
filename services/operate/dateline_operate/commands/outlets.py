"""How far each outlet has read: what it reads, what waits for it, when it last took something.

An outlet is whoever reads TOPICS under a name of its own. `dateline tail --forget --name NAME` makes the server forget
one.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime

from dateline_operate.options import Connected, connected_arguments
from dateline_operate.running import run_to_end


class Options(Connected, frozen=True, kw_only=True):
    """What ``outlets`` can be told."""


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    connected_arguments(parser)


def run(options: Options) -> int:
    """Show them. Raises Unavailable."""
    run_to_end(_outlets(options))
    return 0


async def _outlets(options: Options) -> None:
    from dateline_kernel.readers import readers_of
    from dateline_operate.link import connected_to
    from dateline_operate.outlettables import outlet_table
    from dateline_operate.terminal import console, json_line, whole
    from dateline_schemas.subjects import TOPICS

    async with connected_to(options.url) as client:
        readers = [one for one in await readers_of(client, TOPICS.name) if one.named]
    if options.json:
        for reader in readers:
            json_line(whole(reader))
    elif readers:
        console().print(outlet_table(readers, datetime.now(UTC)))
    else:
        print("no outlet reads under a name of its own")
