"""Whatever text comes, guards and sieve change nothing of what shapes match and rules find."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from random import Random

import pytest
from attribution_eval.cases import cases, story_of
from matching import matched_by
from msgspec.structs import replace

from dateline_attribution.findings import findings
from dateline_attribution.guards import guarded
from dateline_attribution.mentions import NAME, OWNER, PICTURE, SIGNATURE, UNNAMED, WEAK, WORD, finder_of
from dateline_attribution.rules import RuleSet
from dateline_attribution.ruletable import parse_table
from dateline_attribution.sieve import Sieve
from dateline_attribution.spelling import exact, spelled
from dateline_attribution.tables import RULE_SHAPES, table_text
from dateline_attribution.tableset import package_tables
from dateline_attribution.texts import Piece, pieces
from dateline_attribution.treatments import treated
from dateline_attribution.triggers import triggers
from dateline_schemas.story import Story

_TABLE = parse_table(table_text(RULE_SHAPES))
_ROWS = (*_TABLE.rule, *_TABLE.treatment, *_TABLE.habit)
_TABLES = package_tables()
_RULES = _TABLES.rules
_COMPILED = (*_RULES.rules, *_RULES.treatments, *_RULES.habits)
_LETTERS = "aeT .,:/(-–©\n\ue000\ue001é新م7"
_TEXTS = 3
"""Texts that are made for each shape."""


def unguarded(shape: str) -> str:
    """A shape of the table with its macros written out, and nothing else."""
    while (written := re.sub(r"%(\w+)%", lambda match: _TABLE.macros[match[1]], shape)) != shape:
        shape = written
    return shape


def matches(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], ...]]:
    """Where a shape and its groups match, in order."""
    return [tuple(match.span(group) for group in range(pattern.groups + 1)) for match in pattern.finditer(text)]


@lru_cache(maxsize=1)
def without() -> RuleSet:
    """The package's rules as they would be without guards and without a sieve."""
    plain = copy.copy(_RULES)
    texts = iter([unguarded(row.shape) for row in _ROWS])
    plain.rules = tuple(replace(rule, text=next(texts), needs=0) for rule in _RULES.rules)
    plain.treatments = tuple(replace(one, text=next(texts), needs=0) for one in _RULES.treatments)
    plain.habits = tuple(replace(one, text=next(texts), needs=0) for one in _RULES.habits)
    plain._spoken = {}
    plain._unconditioned = True
    return plain


@lru_cache(maxsize=1)
def names() -> dict[int, str]:
    """A name to write for each sign of a mention."""
    written = {NAME: "Agence France-Presse", WEAK: "AFP", WORD: "reuters"}
    for agency in _TABLES.book.agencies:
        for sign, values in ((OWNER, agency.holder), (SIGNATURE, agency.signature), (WORD, agency.words)):
            written.update({sign: values[0]} if values and agency.kind == "agency" else {})
        if agency.names and agency.kind in ("picture", "generic"):
            written[PICTURE if agency.kind == "picture" else UNNAMED] = agency.names[0]
    return {ord(sign): name for sign, name in written.items()}


def told(rules: RuleSet, parts: list[Piece]) -> object:
    """What is found in parts, and what is said of how they were treated."""
    mentioned = finder_of(_TABLES.book).find([part.text for part in parts])
    found = findings(Story(guid="x"), parts, mentioned, _TABLES.book, rules, "")
    return found, treated(parts, mentioned, rules)


@lru_cache(maxsize=1)
def case_texts() -> tuple[str, ...]:
    """Texts of our own cases, within which others are put."""
    return tuple(piece.text for case in cases() for piece in pieces(story_of(case)))


def made_for(pattern: re.Pattern[str], name: str) -> Iterator[tuple[str, str, str, str]]:
    """Texts in which a shape matches, each with what may stand before and after it, and a text of a case.

    They are the same for a name in every run.
    """
    random = Random(name)
    for made in islice(matched_by(pattern, random), _TEXTS):
        before, after = ("".join(random.choices(_LETTERS, k=random.randint(0, 8))) for _ in range(2))
        yield made, before, after, random.choice(case_texts())


@pytest.mark.parametrize("number", range(len(_ROWS)), ids=[row.id for row in _ROWS])
def test_a_rule_finds_the_same_without_guards_and_sieve(number: int) -> None:
    """In texts made for its shape, alone, among anything, and within other texts."""
    row, rule = _ROWS[number], _COMPILED[number]
    assert row == rule.row
    plain = (*without().rules, *without().treatments, *without().habits)[number].pattern
    assert plain.pattern == unguarded(row.shape)

    for made, before, after, case in made_for(plain, row.id):
        for masked in (made, before + made + after, f"{case}{before} {made} {after}"):
            where = matches(plain, masked)
            assert matches(rule.pattern, masked) == where
            if where:
                assert _RULES.sieve.held(masked) & rule.needs == rule.needs
        text = exact((before + made + after).translate(names()))
        parts = [Piece("x", getattr(row, "place", ("ending",)), text, spelled(text))]
        assert told(_RULES, parts) == told(without(), parts)


def test_stories_are_found_the_same_without_guards_and_sieve() -> None:
    """Every one of our own cases."""
    some = 0
    for case in cases():
        parts = pieces(story_of(case))
        found = told(_RULES, parts)
        some += found != ([], [])
        assert found == told(without(), parts)
    assert some > 300


@pytest.mark.parametrize("shape", _TABLES.datelines.shapes, ids=lambda shape: shape.id)
def test_a_dateline_matches_only_where_its_conditions_hold(shape: object) -> None:
    """A dateline's shape could be guarded and sifted as well."""
    pattern = next(one.pattern for one in _TABLES.datelines.shapes if one is shape)
    conditions = triggers(pattern)
    sieve, quick = Sieve([conditions]), re.compile(guarded(pattern.pattern), pattern.flags)
    needs = sieve.needs(conditions)

    for made, _, after, case in made_for(pattern, shape.id):
        for masked in (made, made + after, f"{made} {case}", case):
            where = matches(pattern, masked)
            assert matches(quick, masked) == where
            if where:
                assert sieve.held(masked) & needs == needs
