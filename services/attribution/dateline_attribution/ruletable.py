"""The rows of ``rules.toml`` and of a house's own files, read and put together; ``rules.py`` compiles their shapes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.tables import RULE_SHAPES, check_form, undecoded
from dateline_schemas.story import Confidence

Place = Literal[
    "provider",
    "creditline",
    "source",
    "service",
    "author",
    "publisher",
    "holder",
    "byline",
    "dateline",
    "opening",
    "ending",
    "mark",
    "headline",
    "body",
    "picture",
    "caption",
    "gallery",
]
Means = Literal["copy", "cited", "picture", "told", "none"]
CopyRole = Literal["", "sole", "with"]
Does = Literal["translated", "rewritten"]


class ShapeRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table; the head of ``rules.toml`` says what each column means."""

    id: str
    shape: str
    confidence: Confidence


class RuleRow(ShapeRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shape around agencies, and what it means."""

    place: tuple[Place, ...]
    means: Means
    role: CopyRole = ""
    last: bool = False
    languages: tuple[str, ...] = ()
    families: dict[str, tuple[str, ...]] = {}
    home: bool = False
    signed: bool = False

    def speaks(self, language: str) -> bool:
        """Whether it is for a primary subtag; the empty one is every language."""
        return not language or not self.languages or language in self.languages


class TreatmentRow(ShapeRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wording that says that copy was translated or rewritten; of whom, if it names an agency in its group."""

    does: Does
    confidence: Confidence = 0.95


class HabitRow(ShapeRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form that only one agency's copy has, though it does not name the agency."""

    place: tuple[Place, ...]
    agency: str


class Phrases(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """What the house prints, by language."""

    with_: dict[str, str] = {}
    unnamed: dict[str, str] = {}


class RuleTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of rules. One of a house may leave out whatever it does not change."""

    macros: dict[str, str] = {}
    rule: tuple[RuleRow, ...] = ()
    phrases: Phrases = Phrases()
    treatment: tuple[TreatmentRow, ...] = ()
    habit: tuple[HabitRow, ...] = ()
    stated: dict[Place, float] = {}
    """Places whose whole value may be a code or a domain of an agency, with how sure that makes."""
    sources: tuple[str, ...] = ()
    """Shapes over what a rule cites, which say that facts come from the agency."""


def parse_table(text: str, name: str = RULE_SHAPES) -> RuleTable:
    """The rows of a TOML text in the form of ``rules.toml``. Raises TableError naming the table."""
    try:
        table = msgspec.convert(tomllib.loads(text), RuleTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise undecoded(name, error) from error
    for language, form in table.phrases.with_.items():
        check_form(form, f"{name}: phrase with.{language}", "")
    return replace(table, rule=tuple(chain.from_iterable(map(_of_families, table.rule))))


def _of_families(row: RuleRow) -> Iterator[RuleRow]:
    """The row, or one of each family of languages that it is for: ``cited.near-*`` with the words ``%said_*%``."""
    for family, languages in row.families.items():
        named, shape = row.id.replace("*", family.replace("_", "-")), row.shape.replace("_*%", f"_{family}%")
        yield replace(row, id=named, shape=shape, languages=languages, families={})
    if not row.families:
        yield row


def joined(table: RuleTable, house: Sequence[RuleTable]) -> RuleTable:
    """The table with those of a house: a row with a known id takes its place, others come before all."""
    for more in house:
        table = RuleTable(
            macros={**table.macros, **more.macros},
            rule=_joined(table.rule, more.rule),
            phrases=Phrases(
                with_={**table.phrases.with_, **more.phrases.with_},
                unnamed={**table.phrases.unnamed, **more.phrases.unnamed},
            ),
            treatment=_joined(table.treatment, more.treatment),
            habit=_joined(table.habit, more.habit),
            stated={**table.stated, **more.stated},
            sources=(*table.sources, *more.sources),
        )
    return table


R = TypeVar("R", bound=ShapeRow)


def _joined(rows: Iterable[R], more: Sequence[R]) -> tuple[R, ...]:
    kept = {row.id: row for row in rows}
    others = [row for row in more if row.id not in kept]
    kept.update({row.id: row for row in more if row.id in kept})
    return (*others, *kept.values())
