"""The labelled sets: stories, each with what a person says of its credit."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from attribution_eval.cases import cases, story_of
from dateline_attribution.tableset import package_tables
from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SETS = ("wires", "printed", "text", "pages", "cases")
_SENDERS = {
    "Superdesk/AAP": "AAP",
    "TT/Solita": "",
    "email sample": "",
    "IPTC example": "",
    "BBC LDRS": "LDRS",
    "AP/Automated Insights (same file as core ap.xml)": "Automated Insights",
}
"""What a label of wires/expected.jsonl means: the id, or nothing where no agency sent the file."""


class Labelled(Struct, frozen=True, kw_only=True):
    """A story and what is right; ``None`` where the label does not say."""

    name: str
    story: Story | None
    """``None`` where the file could not be read, which ``fault`` says."""
    fault: str = ""
    language: str = ""
    agencies: tuple[str, ...] = ()
    cited: tuple[str, ...] | None = None
    pictures: tuple[str, ...] | None = None
    role: str = ""
    sender: bool = False
    """Whether the label is the sender alone: then the first agency is compared."""
    named: bool = True
    """Whether what is shown of the story has the agency's name in it at all."""


def labelled(name: str) -> Iterator[Labelled]:
    """The stories of a set; none if its files are not there."""
    if name == "cases":
        yield from (_case(case) for case in cases())
    elif name == "pages":
        yield from _pages()
    else:
        yield from (_shown(item, name) for item in _wires())


def _case(case: dict[str, Any]) -> Labelled:
    return Labelled(
        name=case["name"],
        story=story_of(case),
        language=case.get("language", ""),
        agencies=tuple(case.get("agencies", ())),
        cited=tuple(case.get("cited", ())),
        pictures=tuple(case.get("pictures", ())),
        role=case.get("role", ""),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _first(data: bytes, hint: str = "", url: str = "") -> tuple[Story | None, str]:
    try:
        stories = parse(data, hint=hint, url=url).stories
    except Unparseable as fault:
        return None, str(fault)
    except Exception as fault:  # what a parser may never raise is a finding, not the end of the run
        return None, repr(fault)
    return (stories[0], "") if stories else (None, "no story in it")


def _wires() -> Iterator[Labelled]:
    known = set(package_tables().book.ids)
    for row in _rows(SHARED / "wires" / "expected.jsonl"):
        sender = _SENDERS.get(row["agency"], row["agency"])
        story, fault = _first((SHARED / "wires" / row["file"]).read_bytes())
        agencies = (sender,) if sender in known else ()
        yield Labelled(
            name=row["file"],
            story=story,
            fault=fault,
            language=_primary(story.language) if story else "",
            agencies=agencies,
            sender=True,
            named=story is not None and (_names(story, agencies) or _states(story, agencies)),
        )


def _shown(item: Labelled, name: str) -> Labelled:
    """A wire file with as much of it as the set shows."""
    if name == "wires" or item.story is None:
        return item
    whole = item.story
    story = Story(guid="hidden", headline=whole.headline, paragraphs=whole.paragraphs)
    if name == "printed":
        story = replace(story, byline=whole.byline, dateline=whole.dateline)
    return replace(item, story=story, named=_names(story, item.agencies))


def _states(story: Story, agencies: tuple[str, ...]) -> bool:
    """Whether a statement of the message, or an address in it, means one of the agencies."""
    book = package_tables().book
    stated = (story.guid, story.provider, story.creditline, *(item.value for item in story.credits))
    meant = [book.by_code(value) or book.by_domain(value) for value in stated]
    named = "\n".join(stated).casefold()
    return any(agency is not None and agency.id in agencies for agency in meant) or any(
        name.casefold() in named for agency in agencies for name in (*book[agency].names, *book[agency].short)
    )


def _names(story: Story, agencies: tuple[str, ...]) -> bool:
    shown = (story.headline, story.summary, story.byline, story.dateline, *story.paragraphs)
    text = "\n".join(shown).casefold()
    book = package_tables().book
    spellings = [
        name.casefold()
        for agency in agencies
        for name in (*book[agency].names, *book[agency].short, *book[agency].signature)
    ]
    weak = [name for agency in agencies for name in book[agency].weak]
    whole = f" {' '.join(shown)} "
    return (
        not agencies
        or any(name in text for name in spellings)
        or any(f"{left}{name}{right}" in whole for name in weak for left in " (/[" for right in " )/].,-")
    )


def _pages() -> Iterator[Labelled]:
    for row in _rows(SHARED / "pages" / "labels.jsonl"):
        data = gzip.decompress((SHARED / "pages" / row["file"]).read_bytes())
        story, fault = _first(data, hint="text/html", url=f"https://{row['page']}")
        yield Labelled(
            name=row["file"],
            story=story,
            fault=fault,
            language=_primary(story.language) if story else "",
            agencies=tuple(row["agencies"]),
            cited=tuple(row["cited"]),
            pictures=tuple(row["pictures"]),
            role=row["role"],
        )


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
