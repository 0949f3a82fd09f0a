"""The data tables of the service as they lie in the package, and the version they make."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files

AGENCIES = "agencies.toml"
RULE_SHAPES = "rules.toml"
_LOGIC = 1
"""Raised by hand when the code decides otherwise on the same tables."""


class TableError(ValueError):
    """A data table cannot be used. The message names the table, the row and what is wrong with it."""


def table_text(name: str) -> str:
    """The text of a table of this package."""
    return files("dateline_attribution").joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def rules_version() -> str:
    """``attribution/1.<8 hex digits of SHA-256 over the tables>``: the same tables give the same version anywhere."""
    digest = hashlib.sha256()
    for name in (AGENCIES, RULE_SHAPES):
        digest.update(table_text(name).replace("\r\n", "\n").encode())
    return f"attribution/{_LOGIC}.{digest.hexdigest()[:8]}"
