"""The rows of ``rules.toml`` and of a house's own files, read and put together; ``rules.py`` compiles their shapes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

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


class RuleRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table; the head of ``rules.toml`` says what each column means."""

    id: str
    place: tuple[Place, ...]
    shape: str
    means: Means
    confidence: Confidence
    role: CopyRole = ""
    last: bool = False
    languages: tuple[str, ...] = ()
    home: bool = False
    signed: bool = False


class TreatmentRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wording that says that copy was translated or rewritten; of whom, if it names an agency in its group."""

    id: str
    does: Does
    shape: str
    confidence: Confidence = 0.95


class HabitRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form that only one agency's copy has, though it does not name the agency."""

    id: str
    place: tuple[Place, ...]
    agency: str
    shape: str
    confidence: Confidence


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
    return table


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


R = TypeVar("R", bound=RuleRow | TreatmentRow | HabitRow)


def _joined(rows: Iterable[R], more: Sequence[R]) -> tuple[R, ...]:
    kept = {row.id: row for row in rows}
    others = [row for row in more if row.id not in kept]
    kept.update({row.id: row for row in more if row.id in kept})
    return (*others, *kept.values())
