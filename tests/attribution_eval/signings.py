"""Lines in which people sign and copy is called translated or rewritten, each with what a person says of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from attribution_eval.cases import FILLER
from dateline_attribution.credits import credit
from dateline_schemas.story import Story

TABLE = Path(__file__).with_name("signings.toml")


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table, whose head says what they mean."""

    language: str
    lead: str = ""
    end: str = ""
    persons: tuple[tuple[str, str], ...] = ()
    does: str = ""

    def story(self) -> Story:
        """An agency's story that the line stands in."""
        texts = (self.lead, *FILLER, *FILLER, self.end)
        return Story(guid="invented", language=self.language, provider="AFP", paragraphs=tuple(filter(None, texts)))


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    line: tuple[Line, ...]


def lines() -> tuple[Line, ...]:
    """The rows of the table."""
    return msgspec.convert(tomllib.loads(TABLE.read_text("utf-8")), _Table).line


def signings() -> Iterator[tuple[str, bool]]:
    """Each person and treatment that is found, by its rule, with whether the label bears it out."""
    for line in lines():
        got = credit(line.story())
        for author in got.authors:
            yield (
                author.rule,
                any((author.name.casefold(), author.role) == (name.casefold(), role) for name, role in line.persons),
            )
        for treatment in got.treatments:
            yield treatment.rule, treatment.does == line.does
