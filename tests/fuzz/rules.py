"""What holds for every input, whatever it is: checked around one call of ``parse``."""

from __future__ import annotations

import resource
import signal
import sys
import time
import traceback
import zoneinfo
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
from msgspec import Struct

import dateline_ingest
from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story

SECONDS = 1.0
"""Of processor time for one input: other programs on the machine do not count."""
MEGABYTES = 200
"""That the process may grow by, from all inputs together."""
_PATIENCE = 3.0
_CODE = tuple({str(Path(dateline_ingest.__file__).parent), sys.prefix, sys.base_prefix, *zoneinfo.TZPATH})
"""Modules, codecs, tables and time zones may be loaded when they are first needed; nothing else may be opened."""
_DENIED = (
    "open",
    "socket.",
    "subprocess.",
    "os.",
    "shutil.",
    "urllib.",
    "ftplib.",
    "http.",
    "smtplib.",
    "tempfile.",
    "ctypes.",
)
_HARMLESS = frozenset(("os.listdir", "os.scandir", "os.putenv"))
_CANARY_TEXT = "a-file-was-read-that-no-message-may-read"
_stories = msgspec.json.Decoder(tuple[Story, ...])


class Fault(Struct, frozen=True):
    """A rule that an input broke."""

    rule: str
    """``raises``, ``slow``, ``memory``, ``reaches out``, ``reads files``, ``invalid story``, ``hangs or dies``."""
    what: str
    """Exception and place, so that the same fault has the same text."""


class _TooLong(BaseException):
    pass


class _Reached(BaseException):
    pass


class Watch:
    """Parses under watch. One in a process: its audit hook stays until the process ends."""

    def __init__(self, canary: Path) -> None:
        """``canary`` is a file that messages try to have read."""
        canary.write_text(_CANARY_TEXT, "utf-8")
        # A module that is loaded at its first use would be written down compiled: a file that no parser opened.
        sys.dont_write_bytecode = True
        self._parsing = False
        self._base = _peak()
        sys.addaudithook(self._audit)
        signal.signal(signal.SIGPROF, self._ring)

    def settle(self) -> None:
        """Take the memory that is used now for the baseline: call it when everything is loaded."""
        self._base = _peak()

    def fault(self, data: bytes) -> Fault | None:
        """The rule that this input breaks, if any."""
        found, spent = self._once(data)
        if found is None and spent > SECONDS:  # once more, since the first time pays for what is loaded only once
            found, spent = self._once(data)
            if found is None and spent > SECONDS:
                return Fault("slow", f"{spent:.1f} s of processor time for {len(data)} bytes")
        return found

    def _once(self, data: bytes) -> tuple[Fault | None, float]:
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
        self._parsing = True
        try:
            stories = parse(data).stories
        except Unparseable:
            stories = ()
        except (_TooLong, _Reached, Exception) as broken:
            self._parsing = False
            return _told(broken), 0.0
        finally:
            self._parsing = False
            signal.setitimer(signal.ITIMER_PROF, 0)
        spent = time.process_time() - began
        return _stated(stories) or self._grown(), spent

    def _grown(self) -> Fault | None:
        grown = _peak() - self._base
        if grown <= MEGABYTES:
            return None
        return Fault("memory", f"more than {MEGABYTES} MB")

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self._parsing:
            raise _TooLong

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._parsing or not event.startswith(_DENIED) or event in _HARMLESS:
            return
        if (
            event == "open"
            and isinstance(args[0], str)
            and args[0].startswith(_CODE)
            and "w" not in str(args[1] or "r")
        ):
            return
        self._parsing = False
        raise _Reached(f"{event} {str(args)[:80]}")


def _peak() -> int:
    """Megabytes that the process has used at most. Linux counts kilobytes, macOS bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 1024 * 1024)


def _told(broken: BaseException) -> Fault:
    frames = [frame for frame in traceback.extract_tb(broken.__traceback__) if "dateline_" in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno} {frames[-1].name}" if frames else "?"
    if isinstance(broken, _TooLong):
        return Fault("slow", f"more than {_PATIENCE:.0f} s, in {place}")
    if isinstance(broken, _Reached):
        return Fault("reaches out", f"{broken} in {place}")
    rule = "memory" if isinstance(broken, MemoryError) else "raises"
    return Fault(rule, f"{type(broken).__name__} in {place}: {str(broken)[:100]}")


def _stated(stories: tuple[Story, ...]) -> Fault | None:
    """What is read must be a valid story for whoever gets it next."""
    try:
        encoded = msgspec.json.encode(stories)
        if _stories.decode(encoded) != stories:
            return Fault("invalid story", "comes back from JSON as another one")
    except (msgspec.MsgspecError, UnicodeError, ValueError) as broken:
        return Fault("invalid story", f"{type(broken).__name__}: {str(broken)[:100]}")
    return Fault("reads files", "the story holds a file's text") if _CANARY_TEXT.encode() in encoded else None
