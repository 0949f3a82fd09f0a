"""What the words tell of the labelled texts in tests/topics_eval; ``make eval-topics`` prints every mistake."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from topics_eval.judging import Judged, judge, language, score
from topics_eval.labelled import labelled

SETS = ("development", "heldout")
LANGUAGES = {
    *("en", "fr", "de", "es", "it", "pt", "nl", "sv", "no", "da", "fi", "pl", "cs", "ru", "uk", "ar"),
    *("tr", "el", "hi", "ja", "ko", "zh", "hu", "ro", "vi", "id", "he", "fa", "hr", "sr", "bg"),
}


def judged(name: str) -> tuple[Judged, ...]:
    """A set, judged."""
    return tuple(map(judge, labelled(name)))


@pytest.mark.parametrize("name", SETS)
def test_the_sets_ask_for_every_topic_of_level_one_in_31_languages(name: str) -> None:
    """Figures that left a topic or a language out would say too much."""
    items = judged(name)
    assert {language(one) for one in items} == LANGUAGES
    assert len({topic for one in items for topic in one.wanted(1)}) == 17


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("level", "precision", "recall"), [(1, 0.95, 0.95), (2, 0.93, 0.68)])
def test_topics_are_right_and_seldom_missed(name: str, level: int, precision: float, recall: float) -> None:
    """Nineteen of twenty top-level topics that words tell are right, and as many of those wanted are told."""
    reached = score(judged(name), level)
    assert reached.precision >= precision
    assert reached.recall >= recall


@pytest.mark.parametrize("name", SETS)
def test_the_words_of_another_topic_seldom_lead_astray(name: str) -> None:
    """Football as a figure of speech in politics, and companies named after animals, do not change the topic."""
    assert score([one for one in judged(name) if one.item.trap], 1).precision >= 0.9


@pytest.mark.parametrize("name", SETS)
def test_no_language_is_left_silent(name: str) -> None:
    """Each language tells at least three of four topics."""
    items = judged(name)
    told = {code: score([one for one in items if language(one) == code], 1).recall for code in LANGUAGES}
    assert {code: recall for code, recall in told.items() if recall < 0.75} == {}


def test_the_figures_can_be_printed() -> None:
    """The command in the service's README prints a line a set and level."""
    command = [sys.executable, "tests/topics_eval", "--quiet", "--set", "development"]
    printed = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True).stdout
    assert "development: 176 texts" in printed
    assert "level 2" in printed
