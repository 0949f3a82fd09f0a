"""What is remembered of a story together with the event heard: once, and in the order of the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import MagicMock

import pytest
from msgspec.structs import replace
from stories import attributed, enriched, guid, received

from dateline_kernel.journal import Journal
from dateline_kernel.pasts import Pasts, Pruning, _Past
from dateline_schemas.events import Event, Recorded

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
NAME = guid()
CAME, SECOND = (Recorded[Event](received(NAME, nth), seq, NOON) for nth, seq in ((1, 3), (2, 7)))
SAID = Recorded[Event](enriched(attributed(received(NAME, 1))), 5, NOON)


@pytest.mark.parametrize(
    ("known", "heard", "last", "of"),
    [
        ((CAME, SAID), SECOND, 3, (3, 5, 7)),
        ((CAME, SECOND), SAID, 0, (3, 5, 7)),
        ((CAME, SAID, SECOND), SECOND, 3, (3, 5, 7)),
        ((CAME, SAID, SECOND), SECOND, 7, None),
        ((CAME, SAID, SECOND), replace(SECOND, seq=6), 7, None),
    ],
    ids=["new", "before what is known", "read already", "decided about already", "older than that"],
)
async def test_the_event_heard_stands_in_its_place(
    known: Sequence[Recorded[Event]], heard: Recorded[Event], last: int, of: tuple[int, ...] | None
) -> None:
    """Nothing where it was decided about: a consumer was made anew, and what was announced then may be lost."""
    pasts = Pasts(cast(Pruning, MagicMock()))

    async def further(*_: object, **__: object) -> object:
        return SimpleNamespace(state=_Past(known, {type(heard.event): last}))

    pasts._long_stories = cast(Any, SimpleNamespace(further=further))
    log = await pasts.of(cast(Journal, None), heard, refused=False)
    assert (log and tuple(one.seq for one in log)) == of
