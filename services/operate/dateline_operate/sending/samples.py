"""Where the sample stories are: in the repository, or where DATELINE_SAMPLES says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from dateline_operate.console.failure import Failure

INSIDE = Path("deploy") / "samples"


def samples() -> list[Path]:
    """The sample files by name. Raises Failure."""
    folder = sample_folder(
        os.environ.get("DATELINE_SAMPLES", ""), chain(_up_from(Path.cwd()), _up_from(Path(__file__)))
    )
    found = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    if not found:
        raise Failure(f"{folder} has no sample stories in it.", "Set DATELINE_SAMPLES to a folder with wire stories.")
    return found


def sample_folder(stated: str, places: Iterable[Path]) -> Path:
    """The folder that is stated, else the first ``deploy/samples`` in one of the places. Raises Failure."""
    if stated:
        if Path(stated).is_dir():
            return Path(stated)
        raise Failure(f"DATELINE_SAMPLES names {stated}, which is no folder.")
    for place in places:
        if (place / INSIDE).is_dir():
            return place / INSIDE
    advice = "Call it inside a copy of the repository, or set DATELINE_SAMPLES to a folder with wire stories."
    raise Failure(f"no sample stories found: no {INSIDE} here or above.", advice)


def _up_from(place: Path) -> Iterable[Path]:
    return place.resolve().parents if place.is_file() else (place.resolve(), *place.resolve().parents)
