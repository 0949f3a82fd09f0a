"""Titles beside names in Chinese, Japanese and Korean: ``eastern`` of ``people.toml``."""

from __future__ import annotations

from functools import lru_cache

from dateline_enrichment.tables import typed_table

Span = tuple[int, int, str]
"""(start, end, name)"""


@lru_cache(maxsize=1)
def eastern_titles() -> dict[str, tuple[str, ...]]:
    """The rows by their names. Raises TableError."""
    return typed_table("people.toml", dict[str, tuple[str, ...]], "eastern")
