"""What may be kept of objects of JSON and of tags of XML, so that no message fills the memory."""

from __future__ import annotations

from typing import Any

import pytest

from dateline_ingest.formats.remembering import ByTag, is_short
from dateline_kernel.remembering import KEPT, LONGEST


def test_a_concept_as_wires_write_it_is_kept() -> None:
    """A few members, lists of words among them."""
    assert is_short({"name": "Harbours", "code": "port:1", "rels": ["category", "direct"], "creator": "Machine"})


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "a" * 601},
        {"a" * 601: ""},
        dict.fromkeys(map(str, range(601))),
        {"rels": [0] * 601},
        {"rels": [{"name": ["a" * 601]}]},
        {"rels": [[]] * 601},
    ],
)
def test_an_object_that_is_large_in_any_way_is_not_kept(entry: dict[str, Any]) -> None:
    """Long texts or names, many members, long lists, at any depth."""
    assert not is_short(entry)


def test_a_tag_is_asked_about_once() -> None:
    """The second answer is the first one."""
    asked: list[object] = []

    def number(tag: object) -> int:
        asked.append(tag)
        return len(asked)

    answers = ByTag(number)
    assert [answers["p"], answers["br"], answers["p"]] == [1, 2, 1]


def test_so_many_answers_about_tags_are_kept_at_most() -> None:
    """One more, and all of them are given up for it."""
    answers = ByTag(str)
    for tag in map(str, range(KEPT)):
        assert answers[tag] == tag
    assert len(answers) == KEPT
    assert answers["another"] == "another"
    assert set(answers) == {"another"}


def test_what_is_said_about_a_long_tag_is_not_kept() -> None:
    """It is answered all the same."""
    answers = ByTag(str)
    assert answers["a" * (LONGEST + 1)] == "a" * (LONGEST + 1)
    assert not answers
