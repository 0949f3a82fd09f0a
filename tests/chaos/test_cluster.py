"""A cluster of three servers that keeps the log three times, and gets into trouble while stories come in."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from cluster import SERVERS, Cluster, Member, caught_up, cluster, connected, copies, spread
from siege import ROUNDS, SEED, Pushed, Trouble, besieged, killed, started

from dateline_kernel.provision import provision
from dateline_kernel.settings import Keeping
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas.subjects import ORIGINALS, STORIES, TOPICS

STORIES_EACH = int(os.environ.get("DATELINE_CHAOS_STORIES", "2000")) // 10
ROUNDS_EACH = max(1, ROUNDS // 2)
"""Choosing new leaders takes seconds: a tenth of the stories of a lone server, half of its rounds but one at least."""


async def test_copies_are_raised_to_what_is_told_and_never_lowered(tmp_path: Path) -> None:
    """A log that began on one server of a cluster is spread over it as soon as a service is told so."""
    with cluster(tmp_path) as servers:
        async with connected(servers.urls) as client:
            await provision(client)
            assert await copies(client) == {1}
            await provision(client, Keeping(replicas=SERVERS))
            await eventually(lambda: spread(client))
            await provision(client)
            assert await copies(client) == {SERVERS}


async def test_killing_each_server_of_a_cluster_in_turn_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """The services go on with the two that are left, and the third catches up when it is back."""
    with cluster(tmp_path) as servers:
        async with connected(servers.urls) as client:
            with started(servers.urls, tmp_path, DATELINE_REPLICAS=str(SERVERS)) as processes:
                await eventually(lambda: spread(client))
                kills = [killed(member) for member in servers.members]
                await besieged(client, processes, kills * ROUNDS_EACH, STORIES_EACH)


async def test_a_cluster_whose_leaders_are_cut_off_stand_still_or_forget_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    """Nor one of which two servers of three are gone for a while: senders are asked to come again."""
    mix = random.Random(SEED)
    with cluster(tmp_path) as servers:
        async with connected(servers.urls) as client:
            with started(servers.urls, tmp_path, DATELINE_REPLICAS=str(SERVERS)) as processes:
                await eventually(lambda: spread(client))
                troubles = [trouble(servers, mix) for trouble in (cut_off, paused, most_gone, emptied)]
                rounds = [one for _ in range(ROUNDS_EACH) for one in mix.sample(troubles, len(troubles))]
                await besieged(client, processes, rounds, STORIES_EACH)


def cut_off(servers: Cluster, mix: random.Random) -> Trouble:
    """A leader sees no other server until these have another one."""

    async def trouble(leader: Member, another_leads: Callable[[], Awaitable[object]]) -> None:
        servers.wires.cut(leader.number)
        try:
            await another_leads()
        finally:
            servers.wires.mend()

    return led_by_another(servers, mix, trouble)


def paused(servers: Cluster, mix: random.Random) -> Trouble:
    """A leader stands still until the others have another one, and goes on as if it led."""

    async def trouble(leader: Member, another_leads: Callable[[], Awaitable[object]]) -> None:
        with leader.paused():
            await another_leads()

    return led_by_another(servers, mix, trouble)


def led_by_another(
    servers: Cluster,
    mix: random.Random,
    trouble: Callable[[Member, Callable[[], Awaitable[object]]], Awaitable[None]],
) -> Trouble:
    """Trouble with whoever leads one of the streams, which ends when another one does."""

    async def led(pushed: Pushed) -> None:
        stream = mix.choice((STORIES, TOPICS, ORIGINALS)).name
        async with connected(servers.urls) as client:
            await eventually(lambda: caught_up(client))
            leader = await servers.leader(client, stream)
        others = ",".join(member.url for member in servers.members if member is not leader)
        async with connected(others) as by_others:
            await trouble(
                leader, lambda: eventually(lambda: servers.leader(by_others, stream), lambda now: now is not leader)
            )

    return led


def most_gone(servers: Cluster, mix: random.Random) -> Trouble:
    """Two of three are gone until senders have been turned away."""

    async def trouble(pushed: Pushed) -> None:
        gone, before = mix.sample(servers.members, 2), pushed.turned_away
        for member in gone:
            member.kill()
        await eventually(lambda: pushed.turned_away > before)
        for member in gone:
            member.start(PATIENCE)

    return trouble


def emptied(servers: Cluster, mix: random.Random) -> Trouble:
    """One comes back without anything that it kept, and has all of it when this is over."""

    async def trouble(pushed: Pushed) -> None:
        async with connected(servers.urls) as client:
            await eventually(lambda: caught_up(client))
        member = mix.choice(servers.members)
        member.kill()
        shutil.rmtree(member.folder / "jetstream")
        member.start(PATIENCE)
        async with connected(servers.urls) as client:
            await eventually(lambda: caught_up(client))

    return trouble
