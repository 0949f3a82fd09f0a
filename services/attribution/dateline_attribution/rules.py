"""The rules as data: rows of ``rules.toml`` with their shapes compiled, by the place they look at."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from dateline_attribution.tables import RULE_SHAPES, TableError, table_text
from dateline_schemas.story import Confidence

Place = Literal[
    "provider",
    "creditline",
    "source",
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


class Phrases(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """What the house prints, by language."""

    with_: dict[str, str]
    unnamed: dict[str, str]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    macros: dict[str, str]
    rule: tuple[RuleRow, ...]
    phrases: Phrases


class Rule(Struct, frozen=True):
    """A row with its compiled shape."""

    row: RuleRow
    pattern: re.Pattern[str]

    def speaks(self, language: str) -> bool:
        """Whether it is for a primary subtag; the empty one is every language."""
        return not language or not self.row.languages or language in self.row.languages


class RuleSet:
    """All rules in the order of the table."""

    def __init__(self, rules: tuple[Rule, ...], phrases: Phrases) -> None:
        """Keep the rules of each place, in order."""
        self.rules = rules
        self.phrases = phrases
        self._spoken: dict[tuple[Place, str], tuple[Rule, ...]] = {}
        self._languages = {language for rule in rules for language in rule.row.languages}

    def at(self, place: Place, language: str) -> tuple[Rule, ...]:
        """The rules of a place for a primary subtag; a language no rule is for gets them all."""
        known = language if language in self._languages else ""
        rules = self._spoken.get((place, known))
        if rules is None:
            rules = tuple(rule for rule in self.rules if place in rule.row.place and rule.speaks(known))
            self._spoken[place, known] = rules
        return rules


def parse_rules(text: str) -> RuleSet:
    """The rules that a TOML text in the form of ``rules.toml`` makes. Raises TableError."""
    try:
        table = msgspec.convert(tomllib.loads(text), _Table)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TableError(f"{RULE_SHAPES}: {error}") from error
    return RuleSet(tuple(Rule(row, _compile(row, table.macros)) for row in table.rule), table.phrases)


def _compile(row: RuleRow, macros: dict[str, str]) -> re.Pattern[str]:
    shape = row.shape
    try:
        for _ in range(5):
            shape = _MACRO.sub(lambda match: macros[match[1]], shape)
        pattern = re.compile(shape)
    except (KeyError, re.error) as error:
        raise TableError(f"{RULE_SHAPES}: rule {row.id}: {error}") from error
    if not pattern.groupindex or not _GROUPS.issuperset(pattern.groupindex):
        raise TableError(f"{RULE_SHAPES}: rule {row.id}: a shape needs a group a (b, c) and no other")
    return pattern


@lru_cache(maxsize=1)
def load_rules() -> RuleSet:
    """The rules that come with the package."""
    return parse_rules(table_text(RULE_SHAPES))


PLACES: tuple[Place, ...] = get_args(Place)
