"""Each of several things once."""

from __future__ import annotations

from dateline_ingest.formats.once import once


def test_each_thing_counts_once_where_it_stands_first() -> None:
    """Later ones that are equal are left out."""
    assert once(["b", "a", "b", "c", "a"]) == ("b", "a", "c")


def test_nothing_stays_nothing() -> None:
    """Of a list as of what is only gone through."""
    assert once([]) == ()
    assert once(iter([])) == ()
