"""The one way to build and run a service: what it hears, what it answers, what its door is."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from nats.aio.client import Client
from nats.errors import Error as NatsError

from dateline_kernel.background import Background, Work
from dateline_kernel.broker import Broker, broker_of
from dateline_kernel.connection import leave, reachable, shown
from dateline_kernel.consulting import Consult, Consultation
from dateline_kernel.deciding import Decide
from dateline_kernel.deliberating import AloneUnless, Announce, Deliberate
from dateline_kernel.errors import KernelError, Misconfigured, NotAllowed, Unavailable, words
from dateline_kernel.hearing import Hearing
from dateline_kernel.logs import configure_logs
from dateline_kernel.loop import run_loop
from dateline_kernel.pasts import Pruning
from dateline_kernel.projections import Follower, Projection
from dateline_kernel.provision import declare
from dateline_kernel.reactions import Answer, Handler, Needs, Reaction, Recall, RecallingHandler
from dateline_kernel.runtime import Runtime, assemble
from dateline_kernel.serving import HttpServer
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.telemetry import Asgi, health_app
from dateline_kernel.watch import CONNECTION, LOG, WRITES, Watch
from dateline_schemas.events import Event
from dateline_schemas.flow import step
from dateline_schemas.quarantine import Quarantined

Door = Callable[[Runtime], Asgi]
"""Makes the HTTP application of a service's door."""
Retake = Callable[[Runtime, Quarantined], Awaitable[str]]
"""Takes refused input in again; says what came of it."""


class Service:
    """A deployable: name, rules, reactions. Nothing is connected before ``run``."""

    def __init__(self, name: str, settings: ServiceSettings, *, rules: str = "") -> None:
        self.name = name
        self.settings = settings
        self.rules = rules or f"{name}/1"
        self.reactions: dict[type[Event], Reaction] = {}
        self.retake: Retake | None = None
        self._door: Door | None = None
        self._works: dict[str, Work] = {}
        self.followers: list[Follower] = []

    @property
    def hears(self) -> tuple[type[Event], ...]:
        """Kinds of event that it reacts to."""
        return tuple(self.reactions)

    def on(self, kind: type[Event], handler: Handler, *, heavy: bool = False) -> Service:
        """Answer each event of a kind with a pure handler that needs nothing else; ``heavy`` ones run in a thread."""
        return self._react((kind,), Answer(handler, heavy=heavy))

    def on_recalling(
        self,
        kind: type[Event],
        handler: RecallingHandler,
        needs: Needs,
        again_after: type[Event],
        consultation: Consultation | None = None,
    ) -> Service:
        """Answer with a pure handler that also gets earlier events of the story: of the kinds that ``needs`` names.

        If an event of the kind ``again_after`` is appended to the story meanwhile, the handler is called once more.
        ``consultation`` lets a projection that this service is ``following`` amend the answer.
        """
        recall = Recall(handler, needs, again_after)
        if consultation is not None:
            recall = Consult(handler, needs, again_after, consultation)
        return self._react((kind,), recall)

    def following(self, name: str, projection: Projection) -> Follower:
        """Keep a projection of the log in memory; /readyz shows how far it is built until it has caught up."""
        follower = Follower(name, projection)
        self.followers.append(follower)
        self.background(name, follower.follow)
        return follower

    def on_story(
        self,
        kinds: Sequence[type[Event]],
        decide: Decide,
        announce: Announce,
        *,
        alone_unless: AloneUnless | None = None,
        though_unread: tuple[type[Event], ...] = (),
        pruning: Pruning | None = None,
    ) -> Service:
        """At each event of these kinds, load all events of its story, ``decide``, append, then ``announce``.

        ``alone_unless`` spares the loading where the event alone is enough to decide from. With ``pruning``, long
        stories are remembered; without, they are read whole each time.
        An event that takes a story back is decided about even where the log has lost events of the story: ``decide``
        then gets an Unread in place of each event that cannot be read, and a TopicsState at the end. For the kinds in
        ``though_unread`` this holds even if the event heard cannot be read itself.
        """
        reaction = Deliberate(decide, announce, alone_unless=alone_unless, though_unread=though_unread, pruning=pruning)
        return self._react(kinds, reaction)

    def door(self, door: Door, retake: Retake | None = None) -> Service:
        """Serve an ASGI application on the port of the health checks; ``retake`` tries refused input again."""
        self._door, self.retake = door, retake
        return self

    def background(self, name: str, work: Work) -> Service:
        """Run ``work`` as long as the service runs, then cancel it; /readyz shows it under its name.

        Raises NotAllowed if another check of /readyz has that name.
        """
        if name in self._works or name in (CONNECTION, LOG, WRITES):
            raise NotAllowed(f"{self.name} has a check {name!r} already")
        self._works[name] = work
        return self

    def _react(self, kinds: Sequence[type[Event]], reaction: Reaction) -> Service:
        for kind in kinds:
            if kind not in step(self.name).hears:
                raise NotAllowed(f"{self.name} does not hear {kind.__name__}: the flow has no such row")
            self.reactions[kind] = reaction
        return self

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Running]:
        """Connect, declare, hear and serve until the block is left; then finish what is in work.

        Raises Unavailable when there is no server, Misconfigured when the port is taken.
        """
        settings = self.settings
        log = configure_logs(self.name, settings.log_level)
        await reachable(settings.nats_url, settings.connect_timeout, settings.keys)
        broker = broker_of(self.name, settings)
        client = await broker.connect()
        async with contextlib.AsyncExitStack() as ending:  # what is begun last ends first
            ending.callback(log.info, "stopped")
            ending.push_async_callback(_disconnect, broker, client)
            runtime = assemble(self.name, self.rules, settings, client, log)
            ending.push_async_callback(runtime.close)
            for one in await declare(client, step(self.name), settings):
                log.warning("bucket has no bound", bucket=one.bucket, max_bytes=one.max_bytes, reason=one.why)
            hearings = [Hearing(runtime, kind, reaction) for kind, reaction in self.reactions.items()]
            watch = Watch(runtime, [(hearing, hearing.subscribe(broker)) for hearing in hearings])
            keeping = {f"{one.consumer}-time": one.waiting.keep_time for one in hearings if one.waiting is not None}
            beyond = {f"{one.consumer}-beyond": one.beyond.keep_reading for one in hearings if one.beyond is not None}
            background = Background(runtime, {**self._works, **keeping, **beyond})
            waits = any(isinstance(reaction, Deliberate) for reaction in self.reactions.values())
            runtime.telemetry.expect(step(self.name).says, late=waits)
            runtime.telemetry.show(lambda: self._checks(watch.checks, background))
            # The port before the events: a service that cannot have it must not take any on.
            http = HttpServer(settings, self._app(runtime, watch, background))
            ending.push_async_callback(_drained, hearings, settings.drain_timeout)
            ending.push_async_callback(http.stop)
            # Projections before the events: else the first event heard would set where they begin to read the log.
            background.start()
            ending.push_async_callback(background.stop)
            await broker.start()
            watching = asyncio.create_task(watch.run(), name="watch")
            ending.callback(watching.cancel)
            await http.start()
            log.info("running", rules=self.rules, http=http.url, nats=shown(settings.nats_url))
            yield Running(runtime, http.url, watching)

    def _app(self, runtime: Runtime, watch: Watch, background: Background) -> Asgi:
        async def readiness() -> dict[str, str]:
            return self._checks(await watch.now(), background)

        return health_app(runtime.telemetry, readiness, self._door(runtime) if self._door else None)

    def _checks(self, watched: dict[str, str], background: Background) -> dict[str, str]:
        building = {one.name: one.state for one in self.followers if background.checks.get(one.name) == "ok"}
        return {**watched, **background.checks, **building}

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT. Raises Unavailable when the server has ended the connection for good."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        async with self.running() as running:
            asked = asyncio.create_task(stop.wait(), name="asked to end")
            await asyncio.wait((asked, running.watching), return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                why = running.runtime.client.last_error
                raise Unavailable(f"the server has ended the connection: {words(why) if why else 'it did not say why'}")


async def _drained(hearings: Sequence[Hearing], within: float) -> None:
    await asyncio.gather(*(hearing.drained(within) for hearing in hearings))


async def _disconnect(broker: Broker, client: Client) -> None:
    """Leave in an orderly way; a connection that is down just now cannot be drained, only closed."""
    with contextlib.suppress(NatsError, OSError, TimeoutError):
        await broker.stop()
    if not client.is_closed:
        await leave(client)


class Running:
    """A service at work in this process."""

    def __init__(self, runtime: Runtime, url: str, watching: asyncio.Task[None]) -> None:
        self.runtime = runtime
        self.url = url
        self.watching = watching
        """Ends when the connection has been closed for good; one that is only lost comes back by itself."""


def run(build: Callable[[], Service]) -> None:
    """Entry point of a service's command: build it from settings, run it, explain what stopped it."""
    try:
        service = build()
        _spare_the_collector()
        run_loop(service.run())
    except KernelError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        raise SystemExit(2 if isinstance(error, Misconfigured) else 3) from error


def _spare_the_collector() -> None:
    """Tables and modules stay for the process's life: the garbage collector need not walk them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
