"""What is found in the labelled passages of tests/names_eval; ``make eval-names`` prints every mistake."""

from __future__ import annotations

import json
from functools import lru_cache

import pytest
from names_eval import __main__ as command
from names_eval.judging import KINDS, Judged, judge, score
from names_eval.labelled import SETS, labelled
from names_eval.report import languages

from dateline_enrichment.gazetteer import atlas

FLOORS = {
    "development": {"people": (0.97, 0.93), "places": (0.97, 0.93), "organisations": (0.97, 0.92)},
    "heldout": {"people": (0.92, 0.88), "places": (0.93, 0.85), "organisations": (0.94, 0.85)},
}
"""Set -> kind -> the precision and the recall that are kept."""


@lru_cache(maxsize=2)
def judged(name: str) -> tuple[Judged, ...]:
    """A set, judged."""
    return tuple(map(judge, labelled(name)))


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_names_are_right_and_seldom_missed(name: str, kind: str) -> None:
    """A wrong name is worse than a missed one, so fewer are wrong than missed."""
    precision, recall = FLOORS[name][kind]
    reached = score(judged(name), kind)
    assert reached.precision >= precision
    assert reached.recall >= recall
    assert reached.wrong <= reached.missed


@pytest.mark.parametrize("name", SETS)
def test_names_that_look_like_others_seldom_lead_astray(name: str) -> None:
    """People called like towns, clubs, namesakes, ships and laws: nine names of ten are right."""
    traps = [one for one in judged(name) if one.item.trap]
    wrong = sum(score(traps, kind).wrong for kind in KINDS)
    right = sum(score(traps, kind).right for kind in KINDS)
    assert right >= 9 * wrong


@pytest.mark.parametrize("name", SETS)
def test_no_language_is_left_silent(name: str) -> None:
    """Of 30 languages, each names at least half of what there is."""
    told = {}
    for code in languages(judged(name)):
        scores = [score([one for one in judged(name) if one.item.language == code], kind) for kind in KINDS]
        right, missed = sum(one.right for one in scores), sum(one.missed for one in scores)
        told[code] = right / (right + missed)
    assert len(told) == 30
    assert {code: recall for code, recall in told.items() if recall < 0.5} == {}


@pytest.mark.parametrize("name", SETS)
def test_the_labels_name_places_of_the_gazetteer(name: str) -> None:
    """A place is labelled with an id and called as the gazetteer calls it."""
    book = atlas()
    for one in labelled(name):
        assert {book.places[book.at[place]].name for place in one.places.values()} == set(one.places)


def test_no_passage_stands_in_both_sets() -> None:
    """Mending by one set says nothing about the other."""
    texts = [one.text for name in SETS for one in labelled(name)]
    assert len(texts) == len(set(texts))


def test_the_figures_can_be_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands in the service's README print a line a set and kind, or one JSON document."""
    known = {one.item.text: one for one in judged("development")}
    monkeypatch.setattr(command, "judge", lambda item: known[item.text])
    options = ["names_eval", "--quiet", "--set", "development"]
    monkeypatch.setattr("sys.argv", options)
    command.main()
    assert "development: 104 passages" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", [*options, "--json"])
    command.main()
    assert set(KINDS) < set(json.loads(capsys.readouterr().out)["development"])
