"""Keeping the inputs that break a rule: one file each, made small where that can be done in a process."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fuzz.minimise import minimised
from fuzz.mutate import mutant
from fuzz.seeds import seeds
from fuzz.working import Found, ready

_OF_A_KIND = 3
"""Inputs kept of those that break the same rule at the same place."""


def keep(found: list[Found], seed: int, folder: Path) -> Iterator[str]:
    """Write them; a line about each. What hangs or kills its process is written as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    sources, kinds = seeds(), dict[str, int]()
    for one in found:
        kind = f"{one.fault.rule} {one.fault.what.partition(':')[0]}"
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > _OF_A_KIND:
            continue
        path = folder / f"{one.fault.rule.replace(' ', '-')}-{one.number}.bin"
        path.write_bytes(mutant(sources, seed, one.number))
        if one.fault.rule in ("raises", "invalid story", "reaches out"):
            _apart(path, one.fault.rule)
        yield f"{path.name}  {path.stat().st_size} bytes  {one.fault.rule}: {one.fault.what}"
    yield from (f"{count} times  {kind}" for kind, count in kinds.items() if count > _OF_A_KIND)


def _apart(path: Path, rule: str) -> None:
    """In a process of its own, since the watch's hook stays in its process for good."""
    process = multiprocessing.get_context("spawn").Process(target=_shrink, args=(path, rule), daemon=True)
    process.start()
    process.join(60)
    if process.is_alive():
        process.kill()
        process.join()


def _shrink(path: Path, rule: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        watch = ready(Path(folder))

        def breaks(data: bytes) -> bool:
            fault = watch.fault(data)
            return fault is not None and fault.rule == rule

        path.write_bytes(minimised(path.read_bytes(), breaks))
