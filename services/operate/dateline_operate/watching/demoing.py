"""The stories of ``dateline demo``: pushed one by one, each shown with what was found out about it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from rich.markup import escape

from dateline_kernel.journal import Journal
from dateline_kernel.posted import posted_on
from dateline_operate.console.failure import Failure
from dateline_operate.console.terminal import clean
from dateline_operate.link import connected_to
from dateline_operate.sending.pushing import Pusher
from dateline_operate.up.stack import Stack
from dateline_schemas.credit import Evidence
from dateline_schemas.events import (
    Event,
    Recorded,
    StoryHeld,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)
from dateline_schemas.pushes import Taken

WITHIN = 20.0
"""Seconds that a story may take to come out."""
FINAL = (StoryReleased, StoryWithdrawn, StoryHeld, StoryRefused)
EVERY = 0.01


class Shown(Struct, frozen=True, kw_only=True):
    """A sample story and what came out of it."""

    file: str
    story_id: str = ""
    version: str = ""
    headline: str = ""
    outcome: str = ""
    """``released``, ``held``, ``withdrawn``, ``refused``; the standing of one that nothing follows from."""
    credit_line: str = ""
    agencies: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    language: str = ""
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    milliseconds: float | None = None
    """From accepted (durable) to readable on its topics."""
    problem: str = ""


async def show_samples(stack: Stack, files: list[Path]) -> AsyncIterator[Shown]:
    """Push each file, and say what came out of every story in it. Raises Failure, Unavailable."""
    import httpx

    async with httpx.AsyncClient(timeout=10.0) as http, connected_to(stack.nats_url) as client:
        journal = Journal(client, "publish")
        pusher = Pusher(http, stack.where().ingest_url, stack.demo_key, patience=WITHIN)
        for file in files:
            answer = await pusher.push(file.name, file.read_bytes())
            if answer.problem is not None:
                yield Shown(file=file.name, problem=clean(answer.problem.sentence()))
            for receipt in answer.receipts:
                yield await _shown(journal, file.name, receipt)


async def _shown(journal: Journal, file: str, receipt: Taken) -> Shown:
    if receipt.standing != "current":
        return Shown(file=file, story_id=receipt.story_id, version=receipt.version, outcome=receipt.standing)
    return shown(file, receipt, await outcome_of(journal, receipt.story_id, receipt.event_id, WITHIN))


def shown(file: str, receipt: Taken, outcome: Outcome) -> Shown:
    """What there is to say of an outcome. Pure."""
    said = Shown(
        file=file,
        story_id=receipt.story_id,
        version=receipt.version,
        headline=receipt.headline,
        outcome=outcome.event.fact,
        milliseconds=outcome.milliseconds,
    )
    match outcome.event:
        case StoryReleased():
            return _released(said, outcome.event)
        case StoryWithdrawn(subjects=subjects):
            return replace(said, subjects=subjects)
        case StoryHeld(reason=reason):
            return replace(said, outcome=f"held ({reason})")
        case StoryRefused(service=service, error=error):
            return replace(said, problem=f"{service}: {error}")
    return said


def _released(said: Shown, event: StoryReleased) -> Shown:
    credit, facts = event.credit, event.facts
    return replace(
        said,
        credit_line=credit.credit_line,
        agencies=credit.agencies,
        cited=credit.cited,
        pictures=credit.pictures,
        evidence=credit.evidence,
        language=facts.language.code,
        places=tuple(place.name for place in facts.places),
        people=tuple(person.name for person in facts.people),
        organisations=tuple(organisation.name for organisation in facts.organisations),
        topics=tuple(topic.name for topic in facts.topics),
        subjects=event.subjects,
    )


def page(one: Shown) -> str:
    """A story for people, in rich markup."""
    if one.problem:
        return f"[bold]{escape(one.file)}[/]\n  [red]{escape(one.problem)}[/]\n"
    lines = [
        f"[bold]{escape(clean(one.headline)) or '(no headline)'}[/]  [dim]{escape(one.file)}[/]",
        _row("story", f"{one.story_id}, version {escape(clean(one.version))}, {one.outcome}"),
    ]
    if one.outcome == "released":
        lines.append(_row("credit", f"[cyan]{escape(clean(one.credit_line)) or 'none found'}[/]"))
        lines += [_evidence(proof) for proof in one.evidence]
        lines.append(_row("language", one.language))
    for name in ("places", "people", "organisations", "topics"):
        if found := getattr(one, name):
            lines.append(_row(name, escape(clean(", ".join(found)))))
    lines += [_row("on", f"[dim]{subject}[/]") for subject in one.subjects]
    if one.milliseconds is not None and one.subjects:
        lines.append(_row("readable", f"[green]{one.milliseconds:.1f} ms[/] after it was accepted"))
    return "\n".join(lines) + "\n"


def _row(label: str, text: str) -> str:
    return f"  {label:<15}{text}"


def _evidence(proof: Evidence) -> str:
    means = "" if proof.means == "copy" else f", {proof.means}"
    text = escape(clean(proof.text))
    text = text if len(text) <= 70 else f"{text[:69]}…"
    return f'    because [dim]{proof.where}[/] says "{text}" [dim]({proof.rule}, {proof.confidence:.2f}{means})[/]'


class Outcome(Struct, frozen=True, kw_only=True):
    """The outcome of a version."""

    event: Event
    accepted: datetime
    """When the log took it in."""
    readable: datetime
    """When the last of its topics had it; if it did not go out, when the log took the last event."""

    @property
    def milliseconds(self) -> float:
        """From accepted to readable, by the server's clock."""
        return round((self.readable - self.accepted).total_seconds() * 1000, 1)


def last_word(log: Sequence[Recorded[Event]], intake_id: str) -> Recorded[Event] | None:
    """The newest final event that follows from an arrival. Pure."""
    finals = [one for one in log if isinstance(one.event, FINAL) and one.event.correlation == intake_id]
    return finals[-1] if finals else None


async def outcome_of(journal: Journal, story_id: str, intake_id: str, within: float) -> Outcome:
    """Wait for the outcome of an arrival by reading the log. Raises Failure with how far it came, Unavailable."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        log = await journal.load(story_id, whole=False)  # a kill goes through past what cannot be read
        final = last_word(log, intake_id)
        if final is not None:
            posted = await _posted(journal, final.event)
            if posted is not None:
                accepted = next(one.time for one in log if one.event.id == intake_id)
                return Outcome(event=final.event, accepted=accepted, readable=max(posted, default=final.time))
        if asyncio.get_running_loop().time() > deadline:
            far = ", ".join(type(one.event).__name__ for one in log) or "nothing"
            raise Failure(f"story {story_id} did not come out within {within:g} s; the log has {far}.")
        await asyncio.sleep(EVERY)


async def _posted(journal: Journal, event: Event) -> list[datetime] | None:
    """When each topic got it; None while one lacks it; empty if it does not go out."""
    if not isinstance(event, (StoryReleased, StoryWithdrawn)):
        return []
    there = await posted_on(journal.direct, event.subjects)
    times = [one.time for one in there.values() if one.number >= event.number]
    return times if len(times) == len(event.subjects) else None
