"""Worker processes: each parses its share under watch; one that hangs or dies is told of and replaced."""

from __future__ import annotations

import ctypes
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from fuzz import mutate
from fuzz.rules import MEGABYTES, Fault, Watch
from fuzz.seeds import seeds
from msgspec import Struct

_HANG = 20.0
"""Seconds without a word after which a worker is given up: a second of work, on a machine that is busy with others."""
_BEGINNING = 200.0
"""The same before the first input: everything is loaded and every seed is read, which takes long on a busy machine."""
_ADDRESS_SPACE = 4 * MEGABYTES * 1024 * 1024
"""Beyond what is mapped at the start. Generous, as what is mapped need not be used; ``ru_maxrss`` tells what is."""
_EVERY = 100


class Found(Struct, frozen=True):
    """An input that breaks a rule."""

    number: int
    fault: Fault


class Share:
    """One worker and the numbers of the inputs that are left to it."""

    def __init__(self, seed: int, numbers: range) -> None:
        """Start a worker on them."""
        self.seed, self.left = seed, numbers
        context = multiprocessing.get_context("spawn")
        self.inbox, outbox = context.Pipe(duplex=False)
        self.at = context.Value("q", -1, lock=False)
        """The number that the worker has in hand, -1 before the first."""
        self.process: SpawnProcess = context.Process(target=_work, args=(outbox, self.at, seed, numbers), daemon=True)
        self.process.start()
        outbox.close()
        self._heard = self.at.value, time.monotonic()

    def silent(self) -> bool:
        """Whether the worker has had one input in hand for too long."""
        if self._heard[0] != self.at.value:
            self._heard = self.at.value, time.monotonic()
        return time.monotonic() - self._heard[1] > (_HANG if self.at.value >= 0 else _BEGINNING)

    def stop(self) -> None:
        """End the worker, whatever it does."""
        self.process.kill()
        self.process.join()
        self.inbox.close()


def hunt(seed: int, inputs: int, workers: int) -> Iterator[tuple[int, Found | None]]:
    """Inputs done so far, with one that breaks a rule where there is one. Workers end with the generator."""
    step = -(-inputs // workers)
    shares = [Share(seed, range(at, min(at + step, inputs))) for at in range(0, inputs, step)]
    done = 0
    try:
        while shares:
            wait([share.inbox for share in shares], timeout=1.0)
            for share in list(shares):
                before = share.left.start
                found = _hear(share)
                done += share.left.start - before
                yield done, found
                if not share.left:
                    share.stop()
                    shares.remove(share)
                elif found is not None and found.fault.rule in ("hangs or dies", "memory"):
                    share.stop()
                    shares[shares.index(share)] = Share(seed, share.left)
    finally:
        for share in shares:
            share.stop()


def _hear(share: Share) -> Found | None:
    dead = not share.process.is_alive()
    with suppress(EOFError):
        if share.inbox.poll():
            number, found = share.inbox.recv()
            share.left = range(number + 1, share.left.stop)
            return found if found is None or isinstance(found, Found) else None
    if dead or share.silent():
        number = max(share.left.start, share.at.value)
        how = f"exit status {share.process.exitcode}" if dead else f"no sign of life for {_HANG:.0f} s"
        share.left = range(number + 1, share.left.stop)
        return Found(number, Fault("hangs or dies", how))
    return None


def _work(outbox: Connection, at: ctypes.c_longlong, seed: int, numbers: range) -> None:
    with tempfile.TemporaryDirectory() as folder:
        watch = ready(Path(folder))
        sources = seeds()
        _bounded()
        for number in numbers:
            at.value = number
            if number % _EVERY == 0:
                outbox.send((number - 1, None))
            fault = watch.fault(mutate.mutant(sources, seed, number))
            if fault is not None:
                outbox.send((number, Found(number, fault)))
        outbox.send((numbers.stop - 1, None))


def ready(folder: Path) -> Watch:
    """A watch in a process that has everything loaded: every seed has been parsed once."""
    canary = folder / "canary.txt"
    watch = Watch(canary)
    mutate.CANARY = str(canary)
    for seed in seeds():
        watch.fault(seed)
    watch.settle()
    return watch


def _bounded() -> None:
    with suppress(OSError, ValueError):  # no /proc, or a hard limit below: ru_maxrss still tells
        mapped = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + _ADDRESS_SPACE, resource.getrlimit(resource.RLIMIT_AS)[1]))
