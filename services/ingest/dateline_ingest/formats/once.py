"""Removes repetitions: messages state the same subject, credit or link in several places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_Thing = TypeVar("_Thing")


def once(things: Iterable[_Thing]) -> tuple[_Thing, ...]:
    """The things without repetitions, in their order. No things at all, the usual case, are answered first."""
    return tuple(dict.fromkeys(things)) if things else ()


def lines_once(texts: Iterable[str]) -> str:
    """The lines without repetitions and empty ones, joined by line breaks: notes and terms are often repeated."""
    return "\n".join(dict.fromkeys(filter(None, texts)))
