"""RFC 9457 problem details, with the position of a fault and the place in quarantine as extensions."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from dateline_schemas.pushes import Problem

PROBLEM = b"application/problem+json"
Header = tuple[bytes, bytes]


class Answer(Struct, frozen=True):
    """What a door answers."""

    status: int
    body: bytes
    media: bytes = b"application/json"
    headers: Sequence[Header] = ()
    unsettled: bool = False
    """Part of it was not taken and is worth another try."""


class Refusal(Exception):
    """A push that is answered with a problem before anything is taken in."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.body.decode())
        self.answer = answer


def document(kind: str, status: int, title: str, detail: str, quarantine: int = 0) -> Problem:
    """A problem; ``kind`` becomes ``urn:dateline:problem:<kind>``."""
    about = f"urn:dateline:problem:{kind}"
    return Problem(type=about, title=title, status=status, detail=detail, quarantine=quarantine)


def answered(told: Problem, *headers: Header) -> Answer:
    """The answer that is a problem and nothing else."""
    return Answer(told.status, msgspec.json.encode(told), PROBLEM, headers)


def problem(kind: str, status: int, title: str, detail: str, *headers: Header) -> Answer:
    """The answer that carries a problem without a place."""
    return answered(document(kind, status, title, detail), *headers)


def refusal(kind: str, status: int, title: str, detail: str, *headers: Header) -> Refusal:
    """A problem to be raised: the push ends with it."""
    return Refusal(problem(kind, status, title, detail, *headers))
