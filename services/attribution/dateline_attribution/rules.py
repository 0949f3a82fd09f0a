"""The rules as data: rows of ``rules.toml`` with their shapes compiled, by the place they look at."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar, get_args

import msgspec
from msgspec import Struct

from dateline_attribution.guards import guarded, may_group
from dateline_attribution.measured import Count, weighed
from dateline_attribution.sieve import Sieve
from dateline_attribution.tables import RULE_SHAPES, TableError, check_form
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
]
Means = Literal["copy", "cited", "picture", "none"]
CopyRole = Literal["", "sole", "with"]
Does = Literal["translated", "rewritten"]
PLACES: tuple[Place, ...] = get_args(Place)
_MACRO = re.compile(r"%(\w+)%")
_GROUPS = frozenset("abc")


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


class Rule(Struct, frozen=True, eq=False):
    """A row with its compiled shape, and how sure it is by what was measured."""

    row: RuleRow
    pattern: re.Pattern[str]
    confidence: float
    needs: int
    """What a text must hold for it to match, as the sieve of the rules numbers it."""

    def speaks(self, language: str) -> bool:
        """Whether it is for a primary subtag; the empty one is every language."""
        return not language or not self.row.languages or language in self.row.languages


class Treatment(Struct, frozen=True, eq=False):
    """A row with its compiled shape."""

    row: TreatmentRow
    pattern: re.Pattern[str]
    needs: int


class Habit(Struct, frozen=True, eq=False):
    """A row with its compiled shape, and how sure it is by what was measured."""

    row: HabitRow
    pattern: re.Pattern[str]
    confidence: float
    needs: int


class RuleSet:
    """All rules in the order of the table."""

    def __init__(self, table: RuleTable, measured: Mapping[str, Count]) -> None:
        """Compile the shapes. Raises TableError naming the rule."""
        macros = _Macros(table.macros)
        rules = [(row, _compiled(row.id, row.shape, macros, grouped=True)) for row in table.rule]
        treatments = [(row, _compiled(row.id, row.shape, macros)) for row in table.treatment]
        habits = [(row, _compiled(row.id, row.shape, macros)) for row in table.habit]
        self.phrases = table.phrases
        self.sieve = sieve = Sieve(shape for _, shape in (*rules, *treatments, *habits))
        self.rules = tuple(
            Rule(row, shape, weighed(row.id, row.confidence, measured), sieve.needs(shape)) for row, shape in rules
        )
        self.treatments = tuple(Treatment(row, shape, sieve.needs(shape)) for row, shape in treatments)
        self.habits = tuple(
            Habit(row, shape, weighed(row.id, row.confidence, measured), sieve.needs(shape)) for row, shape in habits
        )
        self.places_of_habits = frozenset(place for row in table.habit for place in row.place)
        self.stated = {
            place: weighed(f"{place}.code", confidence, measured) for place, confidence in table.stated.items()
        }
        self.guid = weighed("guid.domain", table.stated.get("publisher", 0.8), measured)
        self._spoken: dict[tuple[Place, str], tuple[tuple[int, Rule], ...]] = {}
        self._languages = {language for row in table.rule for language in row.languages}

    def possible(self, place: Place, language: str, held: int) -> list[Rule]:
        """Those of ``at`` that can match in a text that fulfils these conditions of the sieve."""
        return [rule for needs, rule in self._at(place, language) if needs & held == needs]

    def at(self, place: Place, language: str) -> tuple[Rule, ...]:
        """The rules of a place for a primary subtag; a language no rule is for gets them all."""
        return tuple(rule for _, rule in self._at(place, language))

    def _at(self, place: Place, language: str) -> tuple[tuple[int, Rule], ...]:
        known = language if language in self._languages else ""
        rules = self._spoken.get((place, known))
        if rules is None:
            rules = tuple((rule.needs, rule) for rule in self.rules if place in rule.row.place and rule.speaks(known))
            self._spoken[place, known] = rules
        return rules


def parse_table(text: str, name: str = RULE_SHAPES) -> RuleTable:
    """The rows of a TOML text in the form of ``rules.toml``. Raises TableError naming the table."""
    try:
        table = msgspec.convert(tomllib.loads(text), RuleTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TableError(f"{name}: {error}") from error
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
        )
    return table


def parse_rules(text: str) -> RuleSet:
    """The rules that a TOML text in the form of ``rules.toml`` makes, nothing measured. Raises TableError."""
    return RuleSet(parse_table(text), {})


R = TypeVar("R", bound=RuleRow | TreatmentRow | HabitRow)


def _joined(rows: Iterable[R], more: Sequence[R]) -> tuple[R, ...]:
    kept = {row.id: row for row in rows}
    others = [row for row in more if row.id not in kept]
    kept.update({row.id: row for row in more if row.id in kept})
    return (*others, *kept.values())


def _expanded(macros: Mapping[str, str]) -> dict[str, str]:
    """The macros without macros in them. Raises TableError."""
    expanded = {}
    for name, text in macros.items():
        try:
            for _ in range(5):
                text = _MACRO.sub(lambda match: macros[match[1]], text)
            expanded[name] = text
        except KeyError as error:
            raise TableError(f"{RULE_SHAPES}: macro {name}: {error}") from error
    return expanded


class _Macros:
    """What stands for the names in shapes, with and without a guard before those that are lists of words."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        self._plain = _expanded(macros)
        self._guarded = {name: guarded(text) for name, text in self._plain.items()}
        self._grouped = {
            name: text if text == self._guarded[name] else f"(?:{text})" for name, text in self._plain.items()
        }

    def plain(self, shape: str) -> str:
        """The shape as its writer meant it. Raises KeyError for an unknown macro."""
        return _MACRO.sub(lambda match: self._plain[match[1]], shape)

    def guarded(self, shape: str) -> str:
        """A shape that matches the same and fails sooner."""
        plain = self.plain(shape)
        if may_group(plain, _MACRO.sub(lambda match: self._grouped[match[1]], shape)):
            plain = _MACRO.sub(lambda match: self._guarded[match[1]], shape)
        return guarded(plain)


def _compiled(name: str, shape: str, macros: _Macros, *, grouped: bool = False) -> re.Pattern[str]:
    try:
        re.compile(macros.plain(shape))
        pattern = re.compile(macros.guarded(shape))
    except (KeyError, re.error) as error:
        raise TableError(f"{RULE_SHAPES}: rule {name}: {error}") from error
    if not _GROUPS.issuperset(pattern.groupindex) or (grouped and not pattern.groupindex):
        raise TableError(f"{RULE_SHAPES}: rule {name}: a shape needs a group a (b, c) and no other")
    return pattern
