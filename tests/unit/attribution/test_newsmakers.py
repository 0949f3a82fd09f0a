"""An agency that is the news is not cited."""

from __future__ import annotations

import re

from dateline_attribution.newsmakers import without_newsmakers
from dateline_attribution.ruletable import Means, Place
from dateline_attribution.takings import Finding

_SOURCES = re.compile("^told")


def _found(means: Means, agency: str = "Bernama", place: Place = "body", text: str = "") -> Finding:
    return Finding(
        where="", place=place, agency=agency, rule="invented", means=means, role="", confidence=0.8, text=text
    )


def test_an_agency_told_of_as_often_as_cited_is_the_news() -> None:
    """Its citations go, another agency's stay."""
    other = _found("cited", "Antara")
    assert without_newsmakers([_found("told"), _found("cited"), other], _SOURCES) == [other]


def test_an_agency_cited_more_often_is_a_source() -> None:
    """Both citations stay; what tells of it says nothing to the decision."""
    cited = [_found("cited"), _found("cited")]
    assert without_newsmakers([_found("told"), *cited], _SOURCES) == cited


def test_what_the_headline_tells_of_is_the_news_however_often_it_is_cited() -> None:
    """One word of the headline outweighs them all."""
    assert without_newsmakers([_found("told", place="headline"), _found("cited"), _found("cited")], _SOURCES) == []


def test_what_credits_an_agency_stays() -> None:
    """Its own copy on itself is its copy."""
    copy = _found("copy")
    assert without_newsmakers([copy, _found("told", place="headline")], _SOURCES) == [copy]


def test_whom_somebody_told_is_a_source_though_it_is_the_news() -> None:
    """The citation that says so stays, the others go."""
    told = _found("cited", text="told Bernama")
    assert without_newsmakers([_found("told", place="headline"), told, _found("cited")], _SOURCES) == [told]
