"""The table of cases: each is a sentence about credits that must hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline_attribution.credits import credit
from dateline_schemas.story import Association, CreditElement, Story

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
FILLER = ("Nobody in the old town had seen the like.", "A second ferry waits at the pier.", "The weather stays mild.")
FIELDS = ("language", "byline", "dateline", "headline", "summary", "provider", "creditline")


def story_of(case: dict[str, Any]) -> Story:
    """The case's texts among invented paragraphs that name nobody."""
    texts = [case.get("lead"), *FILLER, case.get("middle"), *FILLER, *FILLER, *FILLER, case.get("end")]
    return Story(
        guid="invented",
        paragraphs=tuple(text for text in texts if text),
        copyright_notice=case.get("copyright", ""),
        credits=tuple(CreditElement(where=where, value=value) for where, value in case.get("credits", ())),
        associations=tuple(
            Association(rel="picture", type="picture", creditline=line, caption=caption)
            for line, caption in case.get("pictures_given", ())
        ),
        **{name: case[name] for name in FIELDS if name in case},
    )


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


@pytest.mark.parametrize("case", [case for case in CASES if case.get("language")], ids=lambda case: case["name"])
def test_the_case_holds_when_the_language_is_not_stated(case: dict[str, Any]) -> None:
    """Whose copy it is does not hang on the language tag."""
    got = credit(story_of({**case, "language": ""}))

    assert list(got.agencies) == case.get("agencies", []), got.evidence


def test_there_are_enough_cases_and_languages() -> None:
    """The table covers at least 120 cases in 15 languages, each under its own name."""
    assert len(CASES) >= 120
    assert len({case.get("language", "") for case in CASES}) > 15
    assert len({case["name"] for case in CASES}) == len(CASES)
