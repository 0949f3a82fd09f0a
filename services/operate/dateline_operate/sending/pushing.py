"""Handing bytes to ingest: what to send, when to try again, what the answer means."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from dateline_kernel.errors import words
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_schemas.pushes import Accepted, Taken

if TYPE_CHECKING:
    import httpx

SURE = {
    ".json": "application/json",
    ".xml": "application/xml",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
}
"""Media types by ending; for every other ending ingest looks at the content alone."""
AGAIN = (429, 502, 503, 504)
LONGEST_PAUSE = 30.0
QUIET = 3.0
"""Seconds for which a push waits without a word."""


class Problem(Struct, frozen=True, kw_only=True):
    """RFC 9457 problem details with ingest's extensions; any member may be missing: what answers may be no ingest."""

    title: str = ""
    status: int = 0
    detail: str = ""
    format: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""
    quarantine: int = 0

    def sentence(self) -> str:
        """What is wrong and where, for a person."""
        place = ", ".join(
            f"{name} {value}"
            for name, value in (("line", self.line), ("column", self.column))
            if value is not None and f"{name} {value}" not in self.detail
        )
        said = self.detail or self.title or f"HTTP status {self.status}"
        kept = f" [kept: dateline quarantine show {self.quarantine}]" if self.quarantine else ""
        return said + (f" ({place})" if place else "") + kept


class Outcome(Struct, frozen=True, kw_only=True):
    """The result of pushing one body."""

    file: str
    receipts: list[Taken] = []
    problem: Problem | None = None
    problems: list[Problem] = []
    """Why some of its stories were not taken."""
    attempts: int = 1

    @property
    def accepted(self) -> bool:
        """Whether it is on disk."""
        return self.problem is None

    @property
    def unanswered(self) -> bool:
        """Whether no try got an answer."""
        return self.problem is not None and not self.problem.status and self.attempts > 0


def as_object(outcome: Outcome) -> dict[str, Any]:
    """For programs, with every member; the receipt of its first story stands at the top, as in the answer to a push."""
    from dateline_operate.console.terminal import whole

    first = whole(outcome.receipts[0]) if outcome.receipts else dict.fromkeys(Taken.__struct_encode_fields__)
    return {
        "file": outcome.file,
        "accepted": outcome.accepted,
        "attempts": outcome.attempts,
        **first,
        "stories": whole(outcome.receipts),
        "problem": whole(outcome.problem),
        "problems": whole(outcome.problems),
    }


def unread(file: str, fault: Failure) -> Outcome:
    """The outcome for a file that cannot be read."""
    return Outcome(file=file, problem=Problem(title="Cannot be read", detail=str(fault)), attempts=0)


class Pusher:
    """Pushes bodies to one ingest with one key."""

    def __init__(self, http: httpx.AsyncClient, url: str, key: str, *, hint: str = "", patience: float = 60.0) -> None:
        self._http = http
        self._url = f"{url.rstrip('/')}/v1/stories"
        self._key = key
        self._hint = hint
        self._patience = patience
        self._told: set[str] = set()

    async def push(self, name: str, data: bytes) -> Outcome:
        """Push one body, again and again while ingest cannot be reached or asks for it, within the patience.

        What is waited for is said on standard error, each reason once.
        """
        import httpx

        headers = {"Authorization": f"Bearer {self._key}", **content_type(name, self._hint)}
        clock = asyncio.get_running_loop().time
        deadline, attempt = clock() + self._patience, 0
        while True:
            attempt += 1
            asked: float | None = None
            try:
                answer = await self._http.post(self._url, content=data, headers=headers)
                if answer.status_code not in AGAIN:
                    return _outcome(name, answer.status_code, answer.content, attempt)
                asked = retry_after(answer.headers)
                problem = _problem(answer.status_code, answer.content)
            except httpx.TransportError as error:
                said = f"no answer from {self._url}: {words(error)}"
                problem = Problem(title="No answer", detail=said)
            wait = pause(attempt, asked, random.random())
            if clock() + wait > deadline:
                return Outcome(file=name, problem=problem, attempts=attempt)
            if clock() + wait > deadline - self._patience + QUIET and (said := problem.sentence()) not in self._told:
                self._told.add(said)
                note(f"{name}: {said}; trying again for {self._patience:g} s at most")
            await asyncio.sleep(wait)


def content_type(name: str, hint: str) -> dict[str, str]:
    """The header that says what a body is: the hint, or what the ending surely means, or nothing."""
    media = hint or SURE.get(Path(name).suffix.lower(), "")
    return {"Content-Type": media} if media else {}


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, 10.2.3, delay-seconds); None if it does not say."""
    said = headers.get("retry-after", "").strip()
    return float(said) if said.isdecimal() else None


def pause(attempt: int, asked: float | None, chance: float) -> float:
    """Seconds before the next try: doubling, never less than was asked for, spread lest senders march in step.

    ``attempt`` counts from 1, ``chance`` is from 0 to 1.
    """
    own = min(LONGEST_PAUSE, 0.2 * 2.0 ** min(attempt - 1, 10))
    return max(asked or 0.0, own) * (1.0 + 0.25 * chance)


def _outcome(name: str, status: int, content: bytes, attempts: int) -> Outcome:
    if status == 202:
        try:
            accepted = msgspec.json.decode(content, type=Accepted)
        except msgspec.DecodeError as error:
            raise Failure(f"ingest's answer is not understood: {error}", "Is --url an ingest service?") from error
        problems = msgspec.convert(accepted.problems, list[Problem], from_attributes=True)
        return Outcome(file=name, receipts=accepted.stories, problems=problems, attempts=attempts)
    return Outcome(file=name, problem=_problem(status, content), attempts=attempts)


def _problem(status: int, content: bytes) -> Problem:
    try:
        problem = msgspec.json.decode(content, type=Problem)
    except msgspec.DecodeError:
        problem = Problem(title=f"HTTP status {status}", detail=content[:300].decode("utf-8", "replace"))
    return msgspec.structs.replace(problem, status=status)


def checked_address(url: str) -> str:
    """Where to push. Raises Failure for what is no address of the web: no try would ever reach it."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        advice = "It begins with http:// or https://, as in http://127.0.0.1:8080."
        raise Failure(f"{url!r} is no address of ingest.", advice, code=2)
    return url


def files_of(paths: tuple[str, ...]) -> list[str]:
    """The files that are meant: a folder stands for all files in and below it, hidden ones left out; ``-`` is itself.

    Raises Failure for a path that is not there, and if there is no file at all.
    """
    found: list[str] = []
    for path in paths:
        place = Path(path)
        if place.is_dir():
            below = (file for file in sorted(place.rglob("*")) if file.is_file())
            found += [
                str(file) for file in below if not any(part.startswith(".") for part in file.relative_to(place).parts)
            ]
        elif path == "-" or place.exists():  # a pipe, as of a shell's <(...), is as good as a file
            found.append(path)
        else:
            raise Failure(f"{path}: no such file or folder.")
    if not found:
        raise Failure(f"{', '.join(paths)}: there is no file to push.", "Names that begin with a dot are left out.")
    return found
