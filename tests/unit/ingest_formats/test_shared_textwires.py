"""Real ANPA 1312 and IPTC 7901 files, where a copy lies beside the project: each has what every such file has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline_ingest.formats import parse

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[4] / "shared"))
FOLDERS = ("anpa-1312", "iptc-7901")
FILES = [path for folder in FOLDERS for path in sorted((SHARED / "wires" / folder).glob("*"))]

pytestmark = pytest.mark.skipif(not FILES, reason="no copy of the agency files here")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_file_reads(path: Path) -> None:
    """It is told to be what it is; headline, time, urgency, provider, subject, slug and body are there, and clean."""
    data = path.read_bytes()
    found = parse(data)
    assert found.format == path.parent.name
    (story,) = found.stories
    assert story.headline and story.paragraphs and story.provider and story.subjects and story.slugline
    assert story.urgency is not None and story.version_created is not None
    assert story.guid.startswith("urn:dateline:wire:") and story.version
    assert story.pubstatus == "usable" and story.embargo is None and story.take == 0
    text = "".join((story.headline, story.byline, *story.paragraphs))
    assert text.isprintable() and "\ufffd" not in text
    for paragraph in story.paragraphs:
        assert not paragraph.endswith(("<", "=")) and not paragraph.startswith("^")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_bylines_and_datelines_are_credits(path: Path) -> None:
    """What the bytes say of the origin is findable in the story."""
    data = path.read_bytes().decode("latin-1")
    (story,) = parse(path.read_bytes()).stories
    said = {one.where for one in story.credits}
    assert {"provider", "service"} <= said
    assert ("\n^By " not in data and "\nBy " not in data) or "byline" in said
    assert not any(sign in data for sign in ("(AP) _", "(dpa) -")) or "dateline" in said
