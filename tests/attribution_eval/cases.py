"""Our own cases, in tests/unit/attribution/cases.toml: each a story of invented words with what must come out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from dateline_schemas.story import Association, CreditElement, Story

_TABLE = Path(__file__).resolve().parents[1] / "unit" / "attribution" / "cases.toml"
FILLER = ("Nobody in the old town had seen the like.", "A second ferry waits at the pier.", "The weather stays mild.")
LONG = (
    "The harbour had been closed since the spring, when two pontoons broke loose in a storm and drifted as far as the "
    "weir, and nobody in the old town had believed in its opening."
)
"""A paragraph as long as those of texts are, which stands before an end that has lines of a page below it."""
_FIELDS = ("language", "byline", "dateline", "headline", "subheadline", "summary", "provider", "creditline")


def cases() -> list[dict[str, Any]]:
    """The rows of the table, whose head says what they mean."""
    rows: list[dict[str, Any]] = tomllib.loads(_TABLE.read_text("utf-8"))["case"]
    return rows


def story_of(case: dict[str, Any]) -> Story:
    """A case's texts among invented paragraphs that name nobody."""
    above, below = case.get("above", ()), case.get("below", ())
    long = (LONG,) if above or below else ()
    texts = [*above, case.get("lead"), *long, *FILLER, case.get("middle")]
    texts += [*FILLER, *FILLER, *FILLER, *long, case.get("end"), *below]
    return Story(
        guid="invented",
        paragraphs=tuple(text for text in texts if text),
        copyright_notice=case.get("copyright", ""),
        credits=tuple(CreditElement(where=where, value=value) for where, value in case.get("credits", ())),
        associations=tuple(
            Association(rel="picture", type="picture", creditline=line, caption=caption)
            for line, caption in case.get("pictures_given", ())
        ),
        **{name: case[name] for name in _FIELDS if name in case},
    )
