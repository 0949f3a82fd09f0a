"""``python -m dateline_schemas.generate [--check]``: everything that is made from the contract, written or compared.

Works on a source tree: ``schemas/generated``, ``schemas/golden`` and the marked pieces of the Markdown pages.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from dateline_schemas import asyncapi, evolution, golden, json_schema
from dateline_schemas.flow import FLOW
from dateline_schemas.pages import fill, pieces
from dateline_schemas.picture import mermaid

PAGES = (
    *("README.md", "schemas/README.md", "docs/events.md", "docs/architecture.md"),
    *(f"services/{row.service}/README.md" for row in FLOW),
)
"""Pages that may have marked pieces; those that do not exist are passed over."""

_TREE = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all is as it should be, 1 something is stale or refused."""
    parser = argparse.ArgumentParser(prog="python -m dateline_schemas.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything would change")
    parser.add_argument(
        "--unreleased",
        action="store_true",
        help="today's schema versions were never released: let what they mean change",
    )
    parser.add_argument("--tree", type=Path, default=_TREE, help="the source tree")
    options = parser.parse_args(arguments)
    if not (options.tree / "schemas" / "dateline_schemas").is_dir():
        parser.error(f"{options.tree} is no source tree of Dateline")
    refused = refusals(options.tree, unreleased=options.unreleased)
    stale = {path: content for path, content in outputs(options.tree).items() if _differs(path, content)}
    if not options.check and not refused:
        _write(stale)
    _tell(refused, [] if refused else sorted(stale), options.tree, check=options.check)
    return int(bool(refused) or (options.check and bool(stale)))


def outputs(tree: Path) -> dict[Path, bytes]:
    """Every generated file with what it should hold."""
    generated = tree / "schemas" / "generated"
    texts = pieces()
    pages = {path: path.read_text(encoding="utf-8") for name in PAGES if (path := tree / name).exists()}
    return {
        generated / "events.schema.json": _json(json_schema.document()),
        generated / "asyncapi.json": _json(asyncapi.document()),
        generated / "flow.mmd": mermaid().encode(),
        **golden.current(tree / "schemas" / "golden"),
        **{path: fill(page, texts).encode() for path, page in pages.items()},
    }


def refusals(tree: Path, *, unreleased: bool = False) -> list[str]:
    """Why nothing may be written: old logs would be read wrongly."""
    folder = tree / "schemas" / "golden"
    refused = golden.missing_earlier(folder)
    if unreleased:
        return refused
    before = tree / "schemas" / "generated" / "events.schema.json"
    if before.exists():
        refused += evolution.changes(json.loads(before.read_bytes()), json_schema.document())
    return refused + golden.changed_current(folder)


def _json(document: json_schema.Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _differs(path: Path, content: bytes) -> bool:
    return not path.exists() or path.read_bytes() != content


def _write(files: dict[Path, bytes]) -> None:
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _tell(refused: list[str], stale: list[Path], tree: Path, *, check: bool) -> None:
    for sentence in refused:
        print(f"refused: {sentence}", file=sys.stderr)
    for path in stale:
        print(f"{'stale' if check else 'wrote'}: {path.relative_to(tree)}", file=sys.stderr if check else sys.stdout)
    if check and stale:
        print("run: .venv/bin/python -m dateline_schemas.generate", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
