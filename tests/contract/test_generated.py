from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dateline_kernel.testing import PATIENCE
from dateline_schemas import generate, json_schema
from dateline_schemas.codec import encode
from dateline_schemas.events import EVENTS, Event
from dateline_schemas.examples import EXAMPLES, HISTORY

TREE = Path(__file__).resolve().parents[2]

# Runs a module with every import refused that is neither of Python itself nor of msgspec nor of the contract.
ALONE = """
import runpy, sys
class Alone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in sys.stdlib_module_names | {"msgspec", "dateline_schemas"}:
            raise ImportError(f"the contract wants {name}")
sys.meta_path.insert(0, Alone())
sys.argv = ["generate", "--check"]
runpy.run_module("dateline_schemas.generate", run_name="__main__")
"""


def _copy(tree: Path) -> Path:
    for name in ("schemas", "docs"):
        shutil.copytree(TREE / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return tree


def test_generating_again_changes_nothing() -> None:
    """Schema, AsyncAPI, picture, golden files and the quoted pieces of pages are what the contract says today."""
    stale = [path for path, content in generate.outputs(TREE).items() if path.read_bytes() != content]
    assert stale == [], "run: .venv/bin/python -m dateline_schemas.generate"


def test_generating_needs_msgspec_alone() -> None:
    """The contract and its generator import nothing but Python's library and msgspec."""
    run = subprocess.run([sys.executable, "-c", ALONE], cwd=TREE, capture_output=True, text=True, timeout=PATIENCE)
    assert run.returncode == 0, run.stderr


def test_the_schema_is_a_schema() -> None:
    """The document is valid JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(json_schema.document())


@pytest.mark.parametrize("event", HISTORY, ids=lambda event: f"{type(event).__name__}-{event.version}")
def test_every_example_is_valid(event: Event) -> None:
    """What is written for an example validates against the schema."""
    jsonschema.Draft202012Validator(json_schema.document()).validate(json.loads(encode(event)))


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_the_schema_says_no(kind: type[Event]) -> None:
    """An event without its story id, or with one that is no subject token, is not valid."""
    validator = jsonschema.Draft202012Validator(json_schema.document())
    good = json.loads(encode(EXAMPLES[kind]))
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "story_id": "a.b"})
    assert not validator.is_valid({name: value for name, value in good.items() if name != "story_id"})


def test_every_definition_and_every_member_of_an_event_is_described() -> None:
    """Descriptions come along from the docstrings, those of members and of inherited members included."""
    definitions = json_schema.document()["$defs"]
    assert all(definition["description"] for definition in definitions.values())
    members = {(kind.__name__, name): one for kind in EVENTS for name, one in _members(definitions, kind)}
    assert [place for place, one in members.items() if not one.get("description")] == []
    assert "cause, kind and rules" in definitions["StoryHeld"]["properties"]["id"]["description"]
    assert "embargo" in definitions["StoryHeld"]["properties"]["until"]["description"]


def _members(definitions: dict[str, Any], kind: type[Event]) -> list[tuple[str, dict[str, Any]]]:
    """The members of an event but for its tag, which says no more than its name."""
    return [(name, one) for name, one in definitions[kind.__name__]["properties"].items() if name != "type"]


def test_check_tells_what_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--check fails on a stale file, names it, and leaves it as it is; generating mends it."""
    tree = _copy(tmp_path)
    picture = tree / "schemas" / "generated" / "flow.mmd"
    picture.write_text("flowchart TD\n")
    assert generate.main(["--check", "--tree", str(tree)]) == 1
    assert "schemas/generated/flow.mmd" in capsys.readouterr().err
    assert picture.read_text() == "flowchart TD\n"
    assert generate.main(["--tree", str(tree)]) == 0
    assert generate.main(["--check", "--tree", str(tree)]) == 0


def test_a_folder_that_is_no_source_tree_is_refused(tmp_path: Path) -> None:
    """The generator writes nowhere but into a source tree of Dateline."""
    with pytest.raises(SystemExit):
        generate.main(["--tree", str(tmp_path)])
    assert list(tmp_path.iterdir()) == []


def test_the_page_of_events_has_them_all() -> None:
    """What it leaves out only the code would know."""
    page = (TREE / "docs" / "events.md").read_text(encoding="utf-8")
    assert not [kind.__name__ for kind in EVENTS if f"<!-- generated:{kind.__name__} -->" not in page]
