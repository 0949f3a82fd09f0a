"""What a command says when it cannot do what it was asked."""

from __future__ import annotations


class Failure(Exception):
    """A command failed. The text says what happened and where; ``advice`` says what to do about it."""

    def __init__(self, said: str, advice: str = "", *, code: int = 1) -> None:
        super().__init__(said)
        self.advice = advice
        self.code = code
