"""Credits as a message states them one by one."""

from __future__ import annotations

from collections.abc import Iterable

from dateline_schemas.story import CreditElement


def credited(stated: Iterable[tuple[str, str] | tuple[str, str, str]]) -> tuple[CreditElement, ...]:
    """A credit for each place (``CreditElement.where``) in which something is stated, with its role if that is told."""
    return tuple(
        [CreditElement(where=one[0], value=one[1], role=one[2] if len(one) == 3 else "") for one in stated if one[1]]
    )


def first_of(credits: Iterable[CreditElement], where: str) -> str:
    """The first value that is stated in this place; empty if there is none."""
    return next((credit.value for credit in credits if credit.where == where), "")
