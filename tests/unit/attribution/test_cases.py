"""The table of cases: each is a sentence about credits that must hold."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from attribution_eval.cases import cases, story_of

from dateline_attribution.credits import credit

CASES = cases()
LANGUAGES = frozenset(
    ("en", "fr", "de", "es", "it", "pt", "nl", "sv", "no", "da", "fi", "pl", "cs", "ru", "uk", "ar", "tr")
)
LANGUAGES |= {"el", "hi", "ja", "ko", "zh", "he"}
LANGUAGES |= {"am", "az", "bg", "bn", "fa", "ha", "hy", "id", "ka", "kk", "mk", "sr", "sw", "ta", "th", "ur", "vi"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_case_holds(case: dict[str, Any]) -> None:
    """What the table says of the case comes out, and nothing else."""
    got = credit(story_of(case))

    assert (list(got.agencies), list(got.cited), list(got.pictures)) == (
        case.get("agencies", []),
        case.get("cited", []),
        case.get("pictures", []),
    ), got.evidence
    assert got.role == case.get("role", got.role)
    assert (got.role == "none") == (not got.agencies)
    assert [share.agency for share in got.shares] == list(got.agencies)
    assert [share.agency for share in got.shares if share.translated] == case.get("translated", [])
    assert [share.agency for share in got.shares if share.rewritten] == case.get("rewritten", [])


def test_the_case_holds_when_the_language_is_not_stated() -> None:
    """Whose copy it is does not hang on the language tag."""
    got = {case["name"]: credit(story_of({**case, "language": ""})) for case in CASES if case.get("language")}
    wanted = {case["name"]: case.get("agencies", []) for case in CASES}

    assert {name: told.evidence for name, told in got.items() if list(told.agencies) != wanted[name]} == {}


def test_there_are_enough_cases_and_languages() -> None:
    """The table covers at least 300 cases, each under its own name, and each language that Dateline credits."""
    assert len(CASES) >= 300
    assert {case.get("language", "") for case in CASES}.issuperset(LANGUAGES)
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_no_two_cases_ask_the_same() -> None:
    """One of the two would say nothing."""
    asked = Counter(repr(sorted((key, str(value)) for key, value in case.items() if key != "name")) for case in CASES)

    assert [case for case, count in asked.items() if count > 1] == []
