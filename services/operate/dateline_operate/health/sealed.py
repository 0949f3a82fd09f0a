"""The seal of the last backup, as the server remembers it: a log that ends before that, or says otherwise, has lost it.

Without it a log whose end is gone looks whole, and the next backup of it would be kept instead of the good ones.
"""

from __future__ import annotations

from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.upkeep import last_backup
from dateline_operate.console.failure import Failure
from dateline_operate.health.logcheck import Seal, seal_of


async def last_seal(client: QuickClient) -> Seal | None:
    """None where there is no such backup, or the server does not say, as to a login that may not ask."""
    try:
        last = await last_backup(DirectReader(client))
        return seal_of(last.seal) if last else None
    except (Unavailable, Failure):
        return None
