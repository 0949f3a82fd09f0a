from __future__ import annotations

import json
import re

import pytest

from dateline_schemas.codec import encode
from dateline_schemas.events import EVENTS, Event
from dateline_schemas.examples import EXAMPLES, HISTORY, example
from dateline_schemas.pages import UnknownPiece, fill, pieces
from dateline_schemas.story import Story

PAGE = "before\n<!-- generated:flow -->\nold\n<!-- /generated -->\nafter\n"


def test_what_stands_between_markers_is_replaced() -> None:
    """The markers and everything outside them stay."""
    assert fill(PAGE, {"flow": "new\n"}) == PAGE.replace("old", "new")
    assert fill(PAGE, {"flow": ""}) == PAGE.replace("old\n", "")


def test_filling_again_changes_nothing() -> None:
    """A filled page filled with the same pieces stays as it is."""
    assert fill(fill(PAGE, pieces()), pieces()) == fill(PAGE, pieces())


def test_a_piece_that_does_not_exist_is_named() -> None:
    """A misspelt marker fails instead of keeping what it had."""
    with pytest.raises(UnknownPiece, match="flow"):
        fill(PAGE, {})


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_the_piece_of_an_event_quotes_its_example(kind: type[Event]) -> None:
    """The JSON in the page is the example as it goes over the wire, only laid out."""
    quoted = re.search(r"```json\n(.*?)```", pieces()[kind.__name__], re.DOTALL)
    assert quoted is not None
    assert json.loads(quoted[1]) == json.loads(encode(EXAMPLES[kind]))


def test_tables_have_the_same_cells_in_every_row() -> None:
    """A bar inside a cell does not open another one."""
    for text in pieces().values():
        for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_there_is_an_example_of_every_event_in_one_history() -> None:
    """Each kind has its example, of that kind, and it stands in the history."""
    assert set(EXAMPLES) == set(EVENTS)
    for kind in EVENTS:
        assert type(example(kind)) is kind
        assert example(kind) in HISTORY


def test_the_example_story_uses_most_of_what_a_story_can_say() -> None:
    """Members left at their default prove nothing about the wire form; only a few may be."""
    story = EXAMPLES[EVENTS[0]].story  # type: ignore[attr-defined]
    unused = {name for name in Story.__struct_fields__ if getattr(story, name) == getattr(Story(guid=""), name)}
    assert unused <= {
        "type",
        "pubstatus",
        "pulled",
        "subheadline",
        "embargo",
        "people",
        "organisations",
        "ed_note",
        "signals",
        "take",
    }
