"""Doors are named in the contract, offered by ingest and checked by the command: all three know the same ones."""

from __future__ import annotations

from typing import get_args

import pytest

from dateline_ingest.doors import addresses, ftp, imap, sftp
from dateline_ingest.doors.folder import LocalFolder
from dateline_ingest.doors.table import FETCHING, door_of, probe_of
from dateline_operate.feeds.faults import SCHEMES
from dateline_schemas.feeds import DoorName, Feed

PUSHED = {"http", "nats"}


def test_what_the_command_takes_for_fetched_is_fetched_by_ingest() -> None:
    """And every door of the contract is one of both kinds."""
    assert set(SCHEMES) == set(FETCHING) == set(get_args(DoorName)) - PUSHED


@pytest.mark.parametrize("name", FETCHING)
def test_every_door_that_fetches_can_be_opened_and_tried(name: str) -> None:
    """By functions of these names in its module."""
    assert callable(door_of(name)) and callable(probe_of(name))


def test_addresses_that_the_command_lets_pass_are_those_that_doors_take() -> None:
    """Scheme by scheme; a folder's is one on this machine."""
    web = addresses.PORTS
    takes = {"ftp": ftp.PORTS, "sftp": sftp.PORTS, "imap": imap.PORTS, "poll": web, "websub": web}
    assert {door: set(ports) for door, ports in takes.items()} == {door: set(SCHEMES[door]) for door in takes}
    [scheme] = SCHEMES["folder"]
    assert LocalFolder(Feed(name="drop", door="folder", url=f"{scheme}:///srv/drop"))
