"""How many examples a property is tried with: few for ``make test``, all of them for ``make test-long``."""

from __future__ import annotations

import os

LONG = bool(os.environ.get("DATELINE_TEST_LONG"))
"""``make test-long`` sets it."""


def tries(many: int) -> int:
    """The examples of this run: a quarter of ``many`` for a change, the same ones each time."""
    return many if LONG else many // 4
