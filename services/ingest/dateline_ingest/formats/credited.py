"""Credits as a message states them one by one."""

from __future__ import annotations

from collections.abc import Iterable

from dateline_schemas.story import CreditElement


def credited(stated: Iterable[tuple[str, str]]) -> tuple[CreditElement, ...]:
    """A credit for each place (``CreditElement.where``) in which something is stated."""
    return tuple([CreditElement(where=where, value=value) for where, value in stated if value])
