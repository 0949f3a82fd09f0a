"""What may be kept of objects of JSON, so that no message fills the memory."""

from __future__ import annotations

from typing import Any

import pytest

from dateline_ingest.formats.remembering import is_short


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
