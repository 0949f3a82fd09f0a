"""The rules: rows of ``rules.toml`` with their shapes compiled, by the place they look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

from msgspec import Struct

from dateline_attribution.macros import Macros, Shape
from dateline_attribution.measured import Count, weighed
from dateline_attribution.ruletable import HabitRow, Place, RuleRow, RuleTable, ShapeRow, TreatmentRow
from dateline_attribution.sieve import Drawers, Sieve
from dateline_attribution.tables import RULE_SHAPES, TableError
from dateline_attribution.triggers import MENTION, Texts

_GROUPS = frozenset("abcd")


R = TypeVar("R", bound=ShapeRow)


class Shaped(Struct, Generic[R], frozen=True, eq=False, dict=True):
    """A row with its shape, and how sure it is by what was measured."""

    text: str
    needs: int
    """What a text must hold for it to match, as the sieve of the rules numbers it."""
    row: R
    confidence: float

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The shape, compiled when it is first asked for."""
        return re.compile(self.text)


class Rule(Shaped[RuleRow], frozen=True, eq=False, dict=True):
    """One of a credit, a citation or a picture."""

    key: int = 0
    """What of its needs says most."""
    at_start: bool = False
    """Whether it matches nowhere but at the start of a text."""

    def matches(self, text: str) -> Iterable[re.Match[str]]:
        """Wherever it matches."""
        if not self._once:
            return self.pattern.finditer(text)
        match = self.pattern.match(text)
        return (match,) if match else ()

    @cached_property
    def _once(self) -> bool:
        """Whether it matches once at most: each line has a start if the whole shape says so."""
        return self.at_start and not self.pattern.flags & re.MULTILINE


class RuleSet:
    """All rules in the order of the table."""

    def __init__(self, table: RuleTable, measured: Mapping[str, Count]) -> None:
        """Read the shapes. Raises TableError naming a macro that is not there."""
        macros = _macros(table.macros)
        rules = [(row, _shape(row, macros)) for row in table.rule]
        treatments = [(row, _shape(row, macros)) for row in table.treatment]
        habits = [(row, _shape(row, macros)) for row in table.habit]
        self.phrases = table.phrases
        self.sieve = sieve = Sieve(shape.conditions for _, shape in (*rules, *treatments, *habits))

        def given(row: R, shape: Shape) -> tuple[str, int, R, float]:
            return shape.text, sieve.needs(shape.conditions), row, weighed(row.id, row.confidence, measured)

        self.rules = tuple(Rule(*given(*one), sieve.key(one[1].conditions), one[1].at_start) for one in rules)
        self.signed = frozenset(row.id for row in table.rule if row.signed)
        wordings = [_signless(shape.conditions) for _, shape in treatments]
        self._wordings = Sieve(wordings)
        self._unconditioned = not all(map(self._wordings.needs, wordings))
        self.treatments = tuple(Shaped(*given(*one)) for one in treatments)
        self.habits = tuple(Shaped(*given(*one)) for one in habits)
        self.places_of_habits = frozenset(place for row in table.habit for place in row.place)
        self.stated = {
            place: weighed(f"{place}.code", confidence, measured) for place, confidence in table.stated.items()
        }
        self.guid = weighed("guid.domain", table.stated.get("publisher", 0.8), measured)
        self._sources = table.sources
        self._spoken: dict[tuple[Place, str], Drawers[Rule]] = {}
        self._languages = {language for row in table.rule for language in row.languages}

    def compile(self) -> None:
        """Compile every shape now. Raises TableError naming the rule whose shape cannot be used."""
        _ = self.sources
        for one in chain[Rule | Shaped[TreatmentRow] | Shaped[HabitRow]](self.rules, self.treatments, self.habits):
            try:
                groups = one.pattern.groupindex
            except re.error as error:
                raise TableError(f"{RULE_SHAPES}: rule {one.row.id}: {error}") from error
            if not _GROUPS.issuperset(groups) or (isinstance(one, Rule) and not groups):
                raise TableError(f"{RULE_SHAPES}: rule {one.row.id}: a shape needs a group a (b, c, d) and no other")

    @cached_property
    def sources(self) -> re.Pattern[str]:
        """The words of a citation that say that facts come from the agency. Raises TableError."""
        try:
            return re.compile("|".join(self._sources) or "(?!)")
        except re.error as error:
            raise TableError(f"{RULE_SHAPES}: sources: {error}") from error

    def possible(self, place: Place, language: str, held: int) -> list[Rule]:
        """Those of ``at`` that can match in a text that fulfils these conditions of the sieve."""
        known = language if language in self._languages else ""
        drawers = self._spoken.get((place, known))
        if drawers is None:
            drawers = Drawers((rule.key, rule.needs, rule) for rule in self.at(place, known))
            self._spoken[place, known] = drawers
        return drawers.possible(held)

    def may_be_treated(self, text: str) -> bool:
        """Whether a text, its mentions written out, has what any wording of a treatment needs, as most have not."""
        return self._unconditioned or self._wordings.meets(text)

    def at(self, place: Place, language: str) -> tuple[Rule, ...]:
        """The rules of a place for a primary subtag; a language no rule is for gets them all."""
        known = language if language in self._languages else ""
        return tuple(rule for rule in self.rules if place in rule.row.place and rule.row.speaks(known))


def _signless(conditions: Iterable[Texts]) -> list[Texts]:
    """Those that hold as well of a text in which the mentions are written out."""
    return [texts for texts in conditions if all(MENTION.isdisjoint(text) for text in texts)]


def _macros(macros: Mapping[str, str]) -> Macros:
    try:
        return Macros(macros)
    except KeyError as error:
        raise TableError(f"{RULE_SHAPES}: a macro has a macro in it that is not there: {error}") from error


def _shape(row: ShapeRow, macros: Macros) -> Shape:
    try:
        return macros.shape(row.shape)
    except KeyError as error:
        raise TableError(f"{RULE_SHAPES}: rule {row.id}: there is no macro {error}") from error
