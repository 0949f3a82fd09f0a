"""The labelled sets: passages, each with the people, places and organisations that an editor would mark in it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from msgspec import Struct, convert

from dateline_schemas.story import Story

HERE = Path(__file__).parent
SETS = ("development", "heldout")


class Labelled(Struct, frozen=True, kw_only=True):
    """A passage and the names in it; the head of the sets says what counts as one."""

    language: str
    text: str
    headline: str = ""
    people: tuple[str, ...] = ()
    """Each may be several ways to give the name, parted by bars."""
    places: dict[str, str] = {}
    """Name -> id."""
    organisations: tuple[str, ...] = ()
    """As people are written."""
    also: frozenset[str] = frozenset()
    """Names and ids that are neither wrong nor needed."""
    trap: bool = False
    """Whether it has words that look like names of another kind."""

    @property
    def story(self) -> Story:
        """The passage as it would come in; no line of it is marked as anything but copy."""
        lines = tuple(self.text.split("\n"))
        return Story(guid="labelled", language=self.language, headline=self.headline, paragraphs=lines)


def labelled(name: str) -> tuple[Labelled, ...]:
    """A set of ``SETS``."""
    table = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
    return convert(tuple(table["passage"]), tuple[Labelled, ...])
