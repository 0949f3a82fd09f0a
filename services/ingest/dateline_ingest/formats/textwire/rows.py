"""Rows of the tables as patterns. Pure."""

from __future__ import annotations

import re

from dateline_ingest.beginnings import Pattern


def any_row(rows: tuple[str, ...] | list[str]) -> str:
    """A pattern of which any row may match."""
    return "(?:" + "|".join(f"(?:{row})" for row in rows) + ")"


def compiled(pattern: str) -> Pattern:
    """The pattern, upper and lower case being the same."""
    return re.compile(pattern, re.IGNORECASE)
