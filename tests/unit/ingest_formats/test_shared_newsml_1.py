"""Real NewsML 1 and AP Media API files, where a copy lies beside the project: what they state is in the story."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[4] / "shared"))
WIRES = SHARED / "wires"
LISTED = "newsml-1-x/"

TITLES_TOO = "the list counts titles, bylines and datelines of the NITF head and body.head as body"
MARKUP_TOO = "the list counts the tags and comments of HTML in CDATA as words"
KNOWN_WORDS = {
    "superdesk-belga--anp_belga.xml": TITLES_TOO,
    "superdesk-belga--efe_belga.xml": TITLES_TOO,
    "superdesk-belga--kyodo_newsml_1_2_belga.xml": TITLES_TOO,
    "superdesk-belga--tass_belga.xml": TITLES_TOO,
    "superdesk-ntb--solita_se_1.xml": MARKUP_TOO,
    "superdesk-ntb--solita_se_2.xml": MARKUP_TOO,
    "superdesk-belga--belga_remote_newsml_1_2.xml": "the text comes in two parts; the list has the longer one",
    "superdesk-belga--belga_tip_newsml_1_2.xml": "there is a title only; the list counts it as body",
}


def expected() -> list[dict[str, Any]]:
    """Lines of expected.jsonl about NewsML 1; none where the copy is absent."""
    path = WIRES / "expected.jsonl"
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["file"].startswith(LISTED)]


def ap_files() -> list[Path]:
    """The AP Media API files; none where the copy is absent."""
    return sorted((WIRES / "ap-media-api-json").glob("*.json"))


pytestmark = pytest.mark.skipif(not WIRES.is_dir(), reason="no copy of the agency files here")


@pytest.mark.parametrize("row", expected(), ids=lambda row: row["file"])
def test_a_newsml_1_file_reads(row: dict[str, Any]) -> None:
    """Identifier, version, headline, language, dates, urgency, status, subjects and every credit are in the story."""
    found = parse((WIRES / row["file"]).read_bytes())
    assert found.format == "newsml-1-x"
    story = next((one for one in found.stories if row.get("guid") in ids(one)), found.stories[0])
    assert list(wrong(row, story)) == []
    said = [squeezed(text) for one in found.stories for text in texts(msgspec.to_builtins(one))]
    lost = [
        value
        for one in row["credits"]
        for values in one.values()
        for value in values
        if not any(squeezed(value) in text for text in said)
    ]
    assert lost == []


@pytest.mark.parametrize("row", expected(), ids=lambda row: row["file"])
def test_no_word_of_a_body_is_lost(row: dict[str, Any]) -> None:
    """The body has as many words as the file's, give or take two in a hundred."""
    if why := KNOWN_WORDS.get(row["file"].removeprefix(LISTED)):
        pytest.skip(why)
    counts = [
        sum(len(text.split()) for text in one.paragraphs) for one in parse((WIRES / row["file"]).read_bytes()).stories
    ]
    assert any(abs(count - row["body_words"]) <= max(1, 0.02 * row["body_words"]) for count in counts)


@pytest.mark.parametrize("path", ap_files(), ids=lambda path: path.name)
def test_an_ap_file_reads(path: Path) -> None:
    """What AP's item states stands in the story."""
    item = json.loads(path.read_bytes())["data"]["item"]
    found = parse(path.read_bytes())
    assert found.format == "ap-media-api-json"
    story = found.stories[0]
    assert (story.guid, story.version) == (item["altids"]["itemid"], str(item["version"]))
    assert (story.headline, story.language, story.type) == (item["headline"], item["language"], item["type"])
    assert (story.urgency, story.pubstatus) == (item["urgency"], item["pubstatus"])
    assert story.version_created == datetime.fromisoformat(item["versioncreated"])
    assert story.first_created == datetime.fromisoformat(item["firstcreated"])
    said = " ".join(squeezed(text) for text in texts(msgspec.to_builtins(story)))
    names = ("altids", "bylines", "infosource", "provider", "copyrightnotice", "description_creditline")
    for name in (*names, "ednote", "slugline", "usageterms", "located", "keywords", "description_summary"):
        for text in texts(item.get(name, "")):
            assert squeezed(text) in said
    codes = {one.code for one in story.subjects + story.places + story.people + story.organisations}
    assert codes >= {
        one["code"] for kind in ("subject", "place", "person", "organisation") for one in item.get(kind, ())
    }
    linked = {one["altids"]["itemid"] for one in item.get("associations", {}).values()}
    assert linked <= {one.guid for one in story.associations}


def ids(story: Story) -> list[str]:
    """Every identifier of the story."""
    return [story.guid, *(one.code for one in story.alt_ids)]


def wrong(row: dict[str, Any], story: Story) -> Iterator[str]:
    """Names of the facts that the story does not have as the list says."""
    stated = {
        "version": story.version,
        "language": story.language,
        "urgency": str(story.urgency),
        "pubstatus": story.pubstatus,
    }
    for name, value in stated.items():
        if row.get(name) and row[name].lower() != value.lower():
            yield name
    if row.get("guid") and row["guid"] not in ids(story):
        yield "guid"
    if row.get("headline") and squeezed(row["headline"]) != squeezed(story.headline):
        yield "headline"
    if (date := row.get("version_created")) and not same_moment(date, story.version_created):
        yield "version_created"
    codes = {one.code for one in story.subjects + story.genres}
    if not codes >= set(row.get("subjects", ())):
        yield "subjects"


def same_moment(text: str, found: datetime | None) -> bool:
    """Whether a date of the list is ``found``; one without a zone is the same clock time in Brussels or in UTC."""
    stated = datetime.fromisoformat(text)
    zones = (stated.tzinfo,) if stated.tzinfo else (ZoneInfo("Europe/Brussels"), UTC)
    return any(stated.replace(tzinfo=zone) == found for zone in zones)


def texts(value: Any) -> Iterator[str]:
    """Every text in a decoded value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from texts(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            yield from texts(member)


def squeezed(text: str) -> str:
    """Letters and digits only, with UTF-8 that the list read as Latin-1 put right."""
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
