from __future__ import annotations

import fcntl
import hashlib
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline_kernel.testing import PATIENCE
from dateline_schemas import asyncapi

TREE = Path(__file__).resolve().parents[2]
TOOL = Path(__file__).resolve().parent / "asyncapi"
DOCUMENT = TREE / "schemas" / "generated" / "asyncapi.json"
NO_NETWORK = re.compile(r"\b(?:ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|E50\d)\b")
"""Npm's words for a registry that cannot be reached; a package that is not the pinned one has others."""


@pytest.fixture(scope="module")
def validator() -> Path:
    """AsyncAPI's own parser, installed once for each state of its pins, outside what is committed."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    files = sorted(path for path in TOOL.iterdir() if path.is_file())
    state = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]
    home = TREE / ".dateline" / f"asyncapi-{state}"
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may want it at once
        if not (home / "ready").exists():
            for path in files:
                shutil.copy(path, home)
            command = ["npm", "ci", "--no-audit", "--no-fund", "--fetch-retries", "5"]
            npm = subprocess.run(command, cwd=home, capture_output=True, text=True)
            if npm.returncode and NO_NETWORK.search(npm.stderr):
                pytest.skip(f"npm reaches no registry: {npm.stderr[-300:]}")
            assert npm.returncode == 0, npm.stderr
            (home / "ready").touch()
    return home / "validate.mjs"


@pytest.fixture(scope="module")
def errors(validator: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[str]]]:
    """What is wrong with the committed document, and with one that was broken on purpose."""
    broken = json.loads(DOCUMENT.read_bytes())
    broken["operations"]["publishSaysStoryReleased"]["channel"] = {"$ref": "#/channels/nowhere"}
    broken["operations"]["ingestAnswersPush"]["reply"]["channel"] = {"$ref": "#/channels/no-reply"}
    copy = tmp_path_factory.mktemp("asyncapi") / "broken.json"
    copy.write_text(json.dumps(broken))
    run = subprocess.run(["node", validator, DOCUMENT, copy], capture_output=True, text=True, timeout=PATIENCE)
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    yield {
        name: [f"{one['path']}: {one['message']}" for one in said[str(path)] if one["severity"] == "error"]
        for name, path in (("committed", DOCUMENT), ("broken", copy))
    }


def test_the_validator_finds_no_error(errors: dict[str, list[str]]) -> None:
    """The committed document is valid AsyncAPI 3.0 in the eyes of the standard's own parser."""
    assert errors["committed"] == []


def test_the_validator_does_look(errors: dict[str, list[str]]) -> None:
    """An operation on a channel that does not exist is an error, so the test above can fail."""
    assert any("nowhere" in one or "publishSaysStoryReleased" in one for one in errors["broken"])
    assert any("ingestAnswersPush" in one for one in errors["broken"])


def test_every_row_of_the_flow_is_an_operation() -> None:
    """Each service receives what it hears and sends what it says, and nothing else is described."""
    from dateline_schemas.flow import FLOW

    wanted = {
        *((row.service, "receive", kind.fact) for row in FLOW for kind in row.hears),
        *((row.service, "send", kind.fact) for row in FLOW for kind in row.says),
        *((row.service, "send", stream) for row in FLOW for stream in row.posts),
        *((row.service, "receive", subject) for row in FLOW for subject in row.answers),
    }
    described = {
        (one["tags"][0]["name"], one["action"], one["channel"]["$ref"].removeprefix("#/channels/"))
        for one in asyncapi.document()["operations"].values()
    }
    assert described == wanted


def test_an_address_names_each_of_its_parameters() -> None:
    """Parameters and address agree, and no wildcard is left in an address."""
    for name, channel in asyncapi.document()["channels"].items():
        if channel["address"] is None:
            assert "parameters" not in channel, name
            continue
        assert "*" not in channel["address"], name
        for parameter in channel["parameters"]:
            assert f"{{{parameter}}}" in channel["address"], name
        assert channel["address"].count("{") == len(channel["parameters"]), name


def test_a_request_has_a_reply_of_its_own() -> None:
    """Whoever is asked answers, on a channel whose address nobody knows before, with what the contract has for it."""
    from dateline_schemas.flow import FLOW
    from dateline_schemas.pushes import ANSWERS

    document = asyncapi.document()
    asked = [one for one in document["operations"].values() if "reply" in one]
    assert len(asked) == sum(len(row.answers) for row in FLOW)
    for one in asked:
        channel = document["channels"][one["reply"]["channel"]["$ref"].removeprefix("#/channels/")]
        assert channel["address"] is None
        assert set(channel["messages"]) == {kind.__name__ for kind in ANSWERS}


def test_it_carries_the_version_of_the_package() -> None:
    """The document's version is the package's."""
    project = tomllib.loads((TREE / "schemas" / "pyproject.toml").read_text())["project"]
    assert project["version"] == asyncapi.VERSION


def test_no_package_registry_is_named() -> None:
    """The pins of the validator say what, not where from."""
    assert '"resolved"' not in (TOOL / "package-lock.json").read_text()
