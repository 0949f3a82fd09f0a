"""Golden files: the canonical example of every event in every schema it ever had, byte for byte as on the wire.

``golden/<Event>/<schema>.json`` ends with a line break, which the wire has not. A file of an earlier schema is never
written again: it is what proves that old logs can be read.
"""

from __future__ import annotations

from pathlib import Path

from dateline_schemas.codec import encode
from dateline_schemas.events import EVENTS, Event
from dateline_schemas.examples import EXAMPLES


def golden_path(folder: Path, kind: type[Event], schema: int) -> Path:
    """Where the golden file of a schema version stands."""
    return folder / kind.__name__ / f"{schema}.json"


def golden_bytes(kind: type[Event]) -> bytes:
    """What today's golden file of a kind holds."""
    return encode(EXAMPLES[kind]) + b"\n"


def current(folder: Path) -> dict[Path, bytes]:
    """The golden files of today's schemas, the only ones that may be written."""
    return {golden_path(folder, kind, kind.current_schema): golden_bytes(kind) for kind in EVENTS}


def missing_earlier(folder: Path) -> list[str]:
    """Complaints about golden files of earlier schemas that are not there."""
    earlier = (golden_path(folder, kind, schema) for kind in EVENTS for schema in range(1, kind.current_schema))
    return [f"{_name(path)} is gone: it is kept for ever" for path in earlier if not path.exists()]


def changed_current(folder: Path) -> list[str]:
    """Complaints about golden files of today's schemas that no longer are what the example encodes to."""
    return [
        f"{_name(path)} would change: raise current_schema of {path.parent.name} and add its upcast step "
        "(docs/events.md), unless this schema was never released"
        for path, content in current(folder).items()
        if path.exists() and path.read_bytes() != content
    ]


def _name(path: Path) -> str:
    return "/".join(path.parts[-3:])
