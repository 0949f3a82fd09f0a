"""Each of several things once: messages state the same subject, credit or link in more places than one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_Thing = TypeVar("_Thing")


def once(things: Iterable[_Thing]) -> tuple[_Thing, ...]:
    """Each of them once, in their order. Of most kinds a message has none, and that is answered first."""
    return tuple(dict.fromkeys(things)) if things else ()


def lines_once(texts: Iterable[str]) -> str:
    """Each of them that says something once, a line each: notes and terms are said again in other places, too."""
    return "\n".join(dict.fromkeys(filter(None, texts)))
