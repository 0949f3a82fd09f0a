"""A reaction whose answer may depend on events of other stories, by way of a projection of the whole log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from dateline_kernel.projections import Follower
from dateline_kernel.reactions import Last, Log, Needs, Recall, RecallingHandler, Replayed
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded


class Consultation(Struct, frozen=True):
    """Which answers of a handler a projection may amend, and how."""

    follower: Follower
    asks: Callable[[Sequence[Event]], bool]
    """Pure: whether an answer needs the projection. Other answers do not wait for it."""
    amended: Callable[[Sequence[Event], Recorded[Event]], Sequence[Event]]
    """The answer, amended by the projection as of the event heard."""


class Consult(Recall):
    """Recall; where the answer needs it, a projection that has read the log up to the event may amend it."""

    def __init__(
        self,
        handler: RecallingHandler,
        needs: Needs,
        again_after: type[Event],
        consultation: Consultation,
    ) -> None:
        super().__init__(handler, needs, again_after)
        self.consultation = consultation

    async def _say(
        self, runtime: Runtime, heard: Recorded[Event], delivered: int, said: Sequence[Event], seen: Last | None = None
    ) -> datetime | None:
        consultation = self.consultation
        if consultation.asks(said):
            follower = consultation.follower
            await follower.reached(runtime.journal, heard)
            answer = consultation.amended(said, heard)
            outcome = "left" if answer == said else "amended"
            runtime.telemetry.consulted.labels(runtime.service, follower.name, outcome).inc()
            if outcome == "amended":
                runtime.log.info("amended", projection=follower.name, seq=heard.seq, story=heard.event.story_id)
            said = answer
        return await super()._say(runtime, heard, delivered, said, seen)

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """As ``Recall.replayed``, then amended. The caller sees to it that the follower has read up to the event."""
        said = super().replayed(log, heard, rules, now).said
        return Replayed(tuple(self.consultation.amended(said, heard)) if self.consultation.asks(said) else said)
