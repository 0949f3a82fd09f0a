"""The tables' lists of words."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dateline_enrichment

TABLES = sorted((Path(dateline_enrichment.__file__).parent / "tables").glob("*.toml"))


def lists(value: Any, within: str) -> Iterator[tuple[str, list[str]]]:
    """The lists of strings of a table with where they stand; words in a line with commas are one, too."""
    if isinstance(value, dict):
        for key, row in value.items():
            yield from lists(row, f"{within}.{key}")
    elif isinstance(value, list):
        yield within, [one for one in value if isinstance(one, str)]
        for at, row in enumerate(value):
            if not isinstance(row, str):
                yield from lists(row, f"{within}[{at}]")
    elif within.startswith("topic_keywords"):
        yield within, [word.strip() for word in value.split(",")]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_nothing_stands_twice_in_one_list(path: Path) -> None:
    """What is there twice was added by somebody who did not see that it is there."""
    found = dict(lists(tomllib.loads(path.read_text(encoding="utf-8")), path.stem))
    twice = {where: [one for one, times in Counter(words).items() if times > 1] for where, words in found.items()}

    assert {where: words for where, words in twice.items() if words} == {}
