"""The seal of the last backup, which the server remembers. A log that does not match it has lost or changed something.

Without it a log whose end is gone looks whole, and its next backup would be kept in place of the good ones.
"""

from __future__ import annotations

from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.upkeep import last_backup
from dateline_operate.console.failure import Failure
from dateline_operate.health.logcheck import Seal, seal_of


async def last_seal(client: QuickClient) -> Seal | None:
    """The seal; None if there is no backup, or the server does not tell, as for a login without that right."""
    try:
        last = await last_backup(DirectReader(client))
        return seal_of(last.seal) if last else None
    except (Unavailable, Failure):
        return None
