"""Credits as a message states them one by one, and what a provider's own names say of one (tables/ownnames.toml)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dateline_ingest.tables import read_table, turned
from dateline_schemas.story import CreditElement

_BETWEEN = ("_", "-", ".", "")
"""What stands between the words of a name."""


def credited(stated: Iterable[tuple[str, str] | tuple[str, str, str]]) -> tuple[CreditElement, ...]:
    """A credit for each place (``CreditElement.where``) in which something is stated, with its role if that is told."""
    return tuple(
        [CreditElement(where=one[0], value=one[1], role=one[2] if len(one) == 3 else "") for one in stated if one[1]]
    )


def first_of(credits: Iterable[CreditElement], where: str) -> str:
    """The first value that is stated in this place; empty if there is none."""
    return next((credit.value for credit in credits if credit.where == where), "")


@lru_cache(maxsize=1)
def own_names() -> dict[str, str]:
    """Name in lower case, in each way of writing it -> ``CreditElement.where``."""
    spelled = turned(read_table("ownnames.toml", dict[str, str]))
    return {name.replace("_", sign): where for name, where in spelled.items() for sign in _BETWEEN}


def origin_of(name: str) -> str:
    """Which kind of statement (``CreditElement.where``) something of this name is; empty if its name says none."""
    return own_names().get(name.lower(), "")
