"""What a command says when it cannot do what it was asked."""

from __future__ import annotations

UNREADABLE = (
    "A later release wrote it, or something that is no service. `dateline story ID` shows the rest of its story, "
    "`dateline quarantine ls` who heard it."
)
"""Advice where the log has an event that cannot be read."""


class Failure(Exception):
    """A command failed. The text says what happened and where; ``advice`` says what to do about it."""

    def __init__(self, said: str, advice: str = "", *, code: int = 1) -> None:
        super().__init__(said)
        self.advice = advice
        self.code = code
