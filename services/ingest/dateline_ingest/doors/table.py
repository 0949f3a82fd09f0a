"""The doors that fetch, by name. A module is imported when a feed first needs it: no FTP, no FTP library."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING, cast

from dateline_ingest.doors.room import Door
from dateline_ingest.doors.source import Found
from dateline_schemas.feeds import Feed

if TYPE_CHECKING:
    from dateline_ingest.doors.renewals import TokenStore

FETCHING: dict[str, str] = {
    "folder": "dateline_ingest.doors.folder",
    "ftp": "dateline_ingest.doors.ftp",
    "sftp": "dateline_ingest.doors.sftp",
    "poll": "dateline_ingest.doors.poll",
    "websub": "dateline_ingest.doors.websub",
    "imap": "dateline_ingest.doors.imap",
}
"""Module by door. Each has ``door``, and ``probe``, which looks at a source without taking anything."""

Probe = Callable[[Feed, str, "TokenStore"], Awaitable[Found]]
"""Looks at the source of a feed once, with its secret. Raises DoorFault, Unavailable."""


def door_of(name: str) -> Door:
    """The door. Raises KeyError for one that does not fetch, ImportError where its library is missing."""
    return cast(Door, import_module(FETCHING[name]).door)


def probe_of(name: str) -> Probe:
    """The door's probe. Raises as ``door_of`` does."""
    return cast(Probe, import_module(FETCHING[name]).probe)
