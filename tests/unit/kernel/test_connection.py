"""Addresses of servers: one or several, and never shown with what opens them."""

from __future__ import annotations

import pytest
from nats.aio.client import Client

from dateline_kernel.connection import is_older, reachable, servers_of, shown
from dateline_kernel.errors import Unavailable


@pytest.mark.parametrize(
    ("url", "servers"),
    [
        ("nats://one:4222", ["nats://one:4222"]),
        ("nats://one:4222, tls://two:4222,", ["nats://one:4222", "tls://two:4222"]),
    ],
)
def test_a_cluster_is_named_with_commas(url: str, servers: list[str]) -> None:
    """Whatever spaces stand around them."""
    assert servers_of(url) == servers


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("nats://one:4222", "nats://one:4222"),
        ("nats://desk:secret@one:4222", "nats://one:4222"),
        ("nats://secret@one:4222,nats://desk:p@ss@two:4222/", "nats://one:4222, nats://two:4222/"),
    ],
)
def test_users_passwords_and_tokens_are_not_shown(url: str, seen: str) -> None:
    """What is printed or logged of an address lets nobody in."""
    assert shown(url) == seen


async def test_who_finds_no_server_is_told_without_the_password() -> None:
    """The message names the address, and not what opens it."""
    with pytest.raises(Unavailable) as caught:
        await reachable("nats://desk:secret@127.0.0.1:1", within=0.0)
    assert "127.0.0.1:1" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("release", "older"),
    [("2.11.9", True), ("2.12.0", False), ("2.13.0-RC.1", False), ("3.0.1", False), ("dev", False)],
)
def test_a_release_is_compared_by_its_numbers(release: str, older: bool) -> None:
    """One that has none is given the benefit of the doubt."""
    client = Client()
    client._server_info = {"version": release}
    assert is_older(client, (2, 12)) is older
