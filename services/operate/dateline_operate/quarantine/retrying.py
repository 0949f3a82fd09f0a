"""Tries quarantined things again, with the service that refused them as it is installed today."""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline_kernel.errors import Conflict, Duplicate, Unavailable
from dateline_kernel.installed import build_service
from dateline_kernel.journal import Journal, place_of
from dateline_kernel.logs import configure_logs
from dateline_kernel.losses import Unread
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.runtime import Runtime, assemble
from dateline_kernel.service import Service
from dateline_operate.watching.timeline import gist
from dateline_schemas.codec import UnreadableEvent, decode
from dateline_schemas.events import Event, Recorded, StoryEnriched, StoryRefused, StoryReleased
from dateline_schemas.flow import FLOW
from dateline_schemas.identity import event_id
from dateline_schemas.quarantine import Kept

DELIVERED = 2
"""Times that the event was handed out, as the service is told: more than one, so it looks whether it has answered."""


class Verdict(Struct, frozen=True):
    """What came of a retry."""

    done: bool
    said: str


class Again:
    """Builds each service once, connected, and lets it try."""

    def __init__(self, client: QuickClient, url: str) -> None:
        self._client = client
        self._url = url
        self._built: dict[str, tuple[Service, Runtime]] = {}

    async def take(self, kept: Kept) -> Verdict:
        """Try one again: dropped if it succeeds, kept if not. Raises Unavailable, Misconfigured."""
        service, runtime = self._service(kept.what.service)
        try:
            way = self._input if kept.what.kind == "input" else self._event
            said = await way(service, runtime, kept)
        except Unavailable:
            raise
        except (Conflict, Duplicate):
            return Verdict(False, "its story changed at that moment, so it was left as it is; try it again")
        except Exception as error:
            # Whatever the service's own code raises is the verdict; it is shown, and the thing stays.
            return Verdict(False, f"refused again: {type(error).__name__}: {error}")
        await runtime.quarantine.drop(kept.seq)
        return Verdict(True, said)

    def _service(self, name: str) -> tuple[Service, Runtime]:
        if name not in self._built:
            service = build_service(name, {**os.environ, "DATELINE_NATS_URL": self._url})
            log = configure_logs(name, "error")
            self._built[name] = service, assemble(name, service.rules, service.settings, self._client, log)
        return self._built[name]

    async def _input(self, service: Service, runtime: Runtime, kept: Kept) -> str:
        if service.retake is None:
            raise TypeError(f"{service.name} takes no input in")
        return f"taken in: {await service.retake(runtime, kept.what)}"

    async def _event(self, service: Service, runtime: Runtime, kept: Kept) -> str:
        event = decode(kept.what.event)
        reaction = service.reactions.get(type(event))
        if reaction is None:
            raise TypeError(f"{service.name} does not hear {type(event).__name__}")
        # Whether it needs the whole of it is for the reaction to say.
        log = await runtime.journal.load(event.story_id, whole=False)
        unknown = Recorded(event, kept.what.seq, kept.recorded)  # the log has replaced it since
        heard = next((one for one in log if one.seq == kept.what.seq and not isinstance(one.event, Unread)), unknown)
        for follower in service.followers:
            # However long that takes: nobody waits behind this event, and a service has its index made at its start.
            await follower.reach(runtime.journal, heard)
        again_at = await reaction(runtime, heard, DELIVERED)
        before = {recorded.seq for recorded in log}
        after = await runtime.journal.load(event.story_id, whole=False)
        said = [one for one in after if one.seq not in before]
        anew: Recorded[Event] | None = None
        if again_at:
            anew = _standing(after, heard)
        elif not said and _gave_up(after, heard, service.name):
            anew = _enriched(after, event)
        if anew is not None:
            seq = await self._say_again(anew, kept.seq)
            return f"heard again as event {seq}: `dateline story {event.story_id}` shows what comes of it"
        came = ", ".join(f"{type(one.event).__name__} at {one.seq} ({gist(one.event)})" for one in said)
        return came or "nothing more was to be said"

    async def _say_again(self, said: Recorded[Event], number: int) -> int:
        """Append an event again in its place, for the service that said it: what waits for its time does so in the log.

        Raises Conflict or Duplicate where somebody else has said something there meanwhile, as after an editor's word.
        """
        if isinstance(said.event, Unread):
            raise UnreadableEvent(said.event.why)
        journal = Journal(self._client, _sayer(said.event))
        try:
            return await journal.append([once_more(said.event, number)], over=[said.seq])
        finally:
            await journal.close()


def once_more(event: Event, number: int) -> Event:
    """The event with another id, so that the log takes it: retried from that number in quarantine. Pure."""
    rules = f"{event.rules}+retry.{number}"
    return replace(event, rules=rules, id=event_id(type(event).__name__, event.cause, rules))


def _sayer(event: Event) -> str:
    """The service that says it; of those that refuse, the one that has."""
    if isinstance(event, StoryRefused):
        return event.service
    return next(row.service for row in FLOW if type(event) in row.says)


def _standing(log: Sequence[Recorded[Event]], heard: Recorded[Event]) -> Recorded[Event]:
    """What stands in the place of an event today; the event, with no sequence, where the log has lost it."""
    there = (one for one in log if place_of(one.event) == place_of(heard.event))
    return next(there, Recorded(heard.event, 0, heard.time))


def _enriched(log: Sequence[Recorded[Event]], event: Event) -> Recorded[Event] | None:
    """The newest StoryEnriched of the event's version, from which publish decides, however far it had come."""
    there = (one for one in reversed(log) if isinstance(one.event, StoryEnriched))
    return next((one for one in there if one.event.ordinal == event.ordinal), None)


def _gave_up(log: Sequence[Recorded[Event]], heard: Recorded[Event], service: str) -> bool:
    """Whether the service has refused this version and has not released it since."""
    there = [one.event for one in log if one.seq > heard.seq and one.event.ordinal == heard.event.ordinal]
    refused = any(isinstance(event, StoryRefused) and event.service == service for event in there)
    return refused and not any(isinstance(event, StoryReleased) for event in there)
