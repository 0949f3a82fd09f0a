"""Real agency files, where a copy lies beside the project: the facts that their bytes state are in the story."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[4] / "shared"))
WIRES = SHARED / "wires"
FOLDERS = ("newsml-g2/", "ninjs-json/", "atom/", "rfc822-email/")

KNOWN = {
    # The list is made with XPath over the whole message; where several items are in one, it mixes their facts.
    ("newsml-g2/superdesk-core--video.xml", "usageterms"): "said of the package, the other facts of an item in it",
    ("newsml-g2/superdesk-core--video.xml", "subjects"): "said of the package",
    ("newsml-g2/superdesk-core--dpa.xml", "body_words"): "the list counts the header: slug words, time, genre",
    ("newsml-g2/superdesk-belga--dpa_newsml_2_0_1_belga.xml", "body_words"): "the list counts the header",
    ("newsml-g2/superdesk-ntb--dpa_newsml_test.xml", "body_words"): "the list counts the header",
    ("newsml-g2/superdesk-ntb--ntb_newsml_g2.xml", "subjects"): "three items; the list has the subjects of all",
    ("newsml-g2/superdesk-ntb--ntb_newsml_g2.xml", "body_words"): "three items; the list has the longest",
    ("newsml-g2/superdesk-ntb--tt_newsml_test.xml", "language"): "xml:lang is no BCP 47 tag; contentMeta/language is",
}


def expected() -> list[dict[str, Any]]:
    """Lines of expected.jsonl about the formats read so far; none where the copy is absent."""
    path = WIRES / "expected.jsonl"
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["file"].startswith(FOLDERS)]


pytestmark = pytest.mark.skipif(not expected(), reason="no copy of the agency files here")


@pytest.mark.parametrize("row", expected(), ids=lambda row: row["file"])
def test_the_file_reads(row: dict[str, Any]) -> None:
    """Every file gives stories with what it states."""
    stories = parse((WIRES / row["file"]).read_bytes()).stories
    story = next((one for one in stories if one.guid == row.get("guid")), stories[0])
    wrong = {name for name in facts(row, story, stories) if (row["file"], name) not in KNOWN}
    assert not wrong


def facts(row: dict[str, Any], story: Story, stories: tuple[Story, ...]) -> list[str]:
    """Names of the facts that the story does not have as the list says."""
    stated = {
        "guid": story.guid,
        "version": story.version,
        "headline": story.headline,
        "language": story.language,
        "urgency": str(story.urgency),
        "pubstatus": f"stat:{story.pubstatus}",
    }
    wrong = [name for name, value in stated.items() if row.get(name) and row[name] != value]
    wrong += ["usageterms"] if row.get("usageterms") and row["usageterms"] not in story.usage_terms else []
    wrong += ["version_created"] if row.get("version_created") and story.version_created is None else []
    codes = {f"{one.scheme}:{one.code}" for one in story.subjects + story.people + story.places + story.organisations}
    wrong += ["subjects"] if not codes >= set(row.get("subjects") or ()) else []
    wrong += ["body_words"] if row.get("body_words") and not _long_enough(row["body_words"], story) else []
    return wrong + _lost_credits(row, stories)


def _long_enough(words: int, story: Story) -> bool:
    """Within two in a hundred, once a headline that the markup repeats (as title and as h1) is taken off.

    The list counts text nodes: the words of table cells that touch count as one there, so more is no miss.
    """
    mine = sum(len(text.split()) for text in story.paragraphs)
    repeated = 2 * len(story.headline.split()) + len(story.byline.split())
    return words * 0.98 - repeated - 1 <= mine <= max(words * 1.05, words + 1)


def _lost_credits(row: dict[str, Any], stories: tuple[Story, ...]) -> list[str]:
    """Credits of which no wording is in any story; spacing apart, and a definition after a name left out."""
    have = {"".join(credit.value.split()) for story in stories for credit in story.credits}
    lost = []
    for one in row.get("credits", ()):
        for name, wordings in one.items():
            tight = ["".join(wording.split()) for wording in wordings]
            if not any(word == held or (len(held) > 8 and word.startswith(held)) for word in tight for held in have):
                lost.append(f"credit {name}: {wordings}")
    return lost
