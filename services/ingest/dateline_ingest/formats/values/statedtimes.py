"""Dates without a day, ``2026-03`` or ``2026``: they are no moments, but editors are told them. Pure."""

from __future__ import annotations

from dateline_ingest.instants import truncated


def dated(*stated: str) -> str:
    """A line for editors with those of the ``stated`` dates that have no day; empty if none."""
    found = dict.fromkeys(claimed for one in stated if (claimed := truncated(one)))
    return f"Dated: {', '.join(found)}" if found else ""


def embargo_note(stated: str) -> str:
    """A line for editors about an embargo that cannot be read.

    If it has no day it is worded so that readers of notes do not take a year for a time of day.
    """
    return f"Held back, as the embargo names no day: {stated}" if truncated(stated) else f"Embargo: {stated}"
