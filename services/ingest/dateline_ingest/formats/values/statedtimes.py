"""Dates that name no day, ``2026-03`` or ``2026``: no moments, but kept for editors as they are claimed. Pure."""

from __future__ import annotations

from dateline_ingest.instants import truncated


def dated(*stated: str) -> str:
    """The line for editors with those of the dates ``stated`` that name no day; empty if all others do."""
    found = dict.fromkeys(claimed for one in stated if (claimed := truncated(one)))
    return f"Dated: {', '.join(found)}" if found else ""


def embargo_note(stated: str) -> str:
    """The line for editors about an embargo that cannot be read.

    One that names no day is worded so that nobody who reads notes takes a year for a time of day.
    """
    return f"Held back, as the embargo names no day: {stated}" if truncated(stated) else f"Embargo: {stated}"
