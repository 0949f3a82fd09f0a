"""Real publisher pages, where a copy of them lies beside the project: whose copy it is can be found in the story."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from dateline_ingest.formats import parse

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[4] / "shared"))
PAGES = SHARED / "pages"
NAMES = {
    "AP": ("Associated Press", "AP"),
    "dpa": ("dpa", "Deutsche Presse-Agentur"),
    "SID": ("SID", "sid"),
    "Anadolu": ("Anadolu",),
    "Xinhua": ("新华社", "新华网"),
    "generic": ("genturen", "gencies"),
}


def labels() -> list[dict[str, Any]]:
    """Lines of labels.jsonl; none where the copy is absent."""
    path = PAGES / "labels.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


pytestmark = pytest.mark.skipif(not labels(), reason="no copy of the pages here")


@pytest.mark.parametrize("row", [row for row in labels() if row["agencies"]], ids=lambda row: row["file"])
def test_a_credited_page_still_names_its_agency(row: dict[str, Any]) -> None:
    """Cleaning loses no credit: a credit, or the first or one of the last paragraphs, names each agency."""
    story = parse(gzip.decompress((PAGES / row["file"]).read_bytes()), url="https://page.example/").stories[0]
    said = [credit.value for credit in story.credits if credit.where != "picture"]
    said += [*story.paragraphs[:2], *story.paragraphs[-3:]]
    for agency in row["agencies"]:
        names = NAMES.get(agency, (agency,))
        assert any(name in text for name in names for text in said), agency


@pytest.mark.parametrize("row", labels(), ids=lambda row: row["file"])
def test_every_page_gives_a_story(row: dict[str, Any]) -> None:
    """A headline, text of some length, no markup in it, no leftovers of the page's frame."""
    story = parse(gzip.decompress((PAGES / row["file"]).read_bytes()), url="https://page.example/").stories[0]
    text = "\n".join(story.paragraphs)
    assert story.headline
    assert len(text) > 300
    assert not any(word in text for word in ("</", "function(", "Leave a Reply", "will not be published", "@context"))
