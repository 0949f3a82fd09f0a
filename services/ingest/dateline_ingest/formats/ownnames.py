"""What names of a provider's own say of a story's origin, where formats leave room for them (tables/ownnames.toml)."""

from __future__ import annotations

from functools import lru_cache

from dateline_ingest.tables import read_table, turned

_BETWEEN = ("_", "-", ".", "")
"""What stands between the words of a name."""


@lru_cache(maxsize=1)
def own_names() -> dict[str, str]:
    """Name in lower case, in each way of writing it -> ``CreditElement.where``."""
    spelled = turned(read_table("ownnames.toml", dict[str, str]))
    return {name.replace("_", sign): where for name, where in spelled.items() for sign in _BETWEEN}


def origin_of(name: str) -> str:
    """Which kind of statement (``CreditElement.where``) something of this name is; empty if its name says none."""
    return own_names().get(name.lower(), "")
