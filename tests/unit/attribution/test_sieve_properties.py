"""Whatever text comes, guards and sieve change nothing of what shapes match and rules find."""

from __future__ import annotations

import copy
import re
from functools import lru_cache

import pytest
from attribution_eval.cases import cases, story_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
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
_LOOK = re.compile(r"\(\?=\[[^\]]*\]\)")
"""A look at the next letter: Hypothesis writes that letter twice, and then hardly ever matches."""
_PLAIN_TEXT = st.text(st.sampled_from("aeT .,:/(-–©\n\ue000\ue001é新م7"), max_size=8)
_CASES = st.sampled_from([piece.text for case in cases() for piece in pieces(story_of(case))])
_QUICK = settings(
    max_examples=2,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


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


@pytest.mark.parametrize("number", range(len(_ROWS)), ids=[row.id for row in _ROWS])
def test_a_rule_finds_the_same_without_guards_and_sieve(number: int) -> None:
    """In texts made for its shape, alone, among anything, and within other texts."""
    row, rule = _ROWS[number], _COMPILED[number]
    assert row == rule.row
    plain = re.compile(unguarded(row.shape))
    matched = 0

    @_QUICK
    @given(st.from_regex(_LOOK.sub("", plain.pattern)).filter(plain.search), _PLAIN_TEXT, _PLAIN_TEXT, _CASES)
    def holds(made: str, before: str, after: str, case: str) -> None:
        nonlocal matched
        for masked in (made, before + made + after, f"{case}{before} {made} {after}"):
            where = matches(plain, masked)
            assert matches(rule.pattern, masked) == where
            if where:
                matched += 1
                assert _RULES.sieve.held(masked) & rule.needs == rule.needs
        text = exact((before + made + after).translate(names()))
        parts = [Piece("x", getattr(row, "place", ("ending",)), text, spelled(text))]
        assert told(_RULES, parts) == told(without(), parts)

    holds()
    assert matched


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
    matched = 0

    @_QUICK
    @given(st.from_regex(_LOOK.sub("", pattern.pattern)).filter(pattern.search), _PLAIN_TEXT, _CASES)
    def holds(made: str, after: str, case: str) -> None:
        nonlocal matched
        for masked in (made, made + after, f"{made} {case}", case):
            where = matches(pattern, masked)
            assert matches(quick, masked) == where
            if where:
                matched += 1
                assert sieve.held(masked) & needs == needs

    holds()
    assert matched
