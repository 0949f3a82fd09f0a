"""Real NITF files, where a copy lies beside the project: the facts that their bytes state are in the story."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

WIRES = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[4] / "shared")) / "wires"


def expected() -> list[dict[str, Any]]:
    """Lines of expected.jsonl about NITF; none where the copy is absent."""
    path = WIRES / "expected.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return [row for row in rows if row["file"].startswith("nitf/")]


pytestmark = pytest.mark.skipif(not expected(), reason="no copy of the agency files here")


def squeezed(text: str) -> str:
    """Letters and digits alone, so that spaces and dashes do not decide."""
    return "".join(char for char in text.casefold() if char.isalnum())


def texts(story: Story) -> list[str]:
    """What a credit may be found in."""
    lines = [story.byline, story.subheadline, story.dateline, story.provider, story.copyright_holder]
    issued = story.version_created.isoformat() if story.version_created else ""
    return [squeezed(text) for text in (*lines, issued, *(credit.value for credit in story.credits)) if text]


@pytest.mark.parametrize("row", expected(), ids=lambda row: row["file"])
def test_the_file_reads(row: dict[str, Any]) -> None:
    """Identifier, headline, urgency, subjects, every credit, and the body within two words in a hundred."""
    parsed = parse((WIRES / row["file"]).read_bytes())
    story = parsed.stories[0]
    assert (parsed.format, len(parsed.stories)) == ("nitf", 1)
    assert row.get("guid") in (None, story.guid)
    assert squeezed(row.get("headline") or story.headline) == squeezed(story.headline)
    assert row.get("urgency") in (None, str(story.urgency))
    assert set(row["subjects"]) <= {subject.code for subject in story.subjects}
    said = texts(story)
    stated = [value for credit in row["credits"] for values in credit.values() for value in values]
    assert [value for value in stated if not any(squeezed(value) in text for text in said)] == []
    words = sum(len(text.split()) for text in story.paragraphs)
    assert abs(words - row["body_words"]) <= max(1, 0.02 * row["body_words"])
