"""What is installed is pinned, by hash, in the same version everywhere, and no place to get it from is named."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PINS = ROOT / "deploy" / "requirements"
FILES = sorted(PINS.glob("*.txt"))
SERVICES = ("ingest", "attribution", "enrichment", "publish", "operate")
PACKAGES = {path.parent: tomllib.loads(path.read_text()) for path in ROOT.glob("services/*/pyproject.toml")}
PACKAGES[ROOT / "schemas"] = tomllib.loads((ROOT / "schemas" / "pyproject.toml").read_text())


def pins(path: Path) -> dict[str, str]:
    """The requirement lines of a file by name, each with its hashes."""
    lines = path.read_text().replace("\\\n", " ").splitlines()
    return {canonicalize_name(re.split(r"[=\s]", line)[0]): line for line in lines if line and line[0] != "#"}


def closure(folder: Path) -> set[str]:
    """Names that a package of ours needs, directly or by way of other packages of ours."""
    found: set[str] = set()
    for line in PACKAGES[folder]["project"]["dependencies"]:
        name = canonicalize_name(Requirement(line).name)
        if name.startswith("dateline-"):
            short = name.removeprefix("dateline-")
            found |= closure(ROOT / "schemas" if short == "schemas" else ROOT / "services" / short)
        else:
            found.add(name)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_requirement_is_one_version_with_hashes(path: Path) -> None:
    """Each line pins one version and says which files may be it."""
    lines = pins(path)
    assert lines
    for line in lines.values():
        requirement, *hashes = line.split("--hash=")
        assert re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+( ; .+)?", requirement.strip()), requirement
        assert hashes, line
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each.strip()) for each in hashes)


@pytest.mark.parametrize("path", sorted(PINS.iterdir()), ids=lambda path: path.name)
def test_no_requirement_file_names_a_place(path: Path) -> None:
    """No host, no index, no folder of some machine: that is the business of whoever installs."""
    text = path.read_text()
    for word in ("://", "index-url", "find-links", "trusted-host", " @ ", "file:", ".org", ".io/"):
        assert word not in text


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_runs_in_the_versions_that_were_tested(service: str) -> None:
    """The pins of a service are lines of dev.txt, hashes and all."""
    tested = pins(PINS / "dev.txt")
    for name, line in pins(PINS / f"{service}.txt").items():
        assert tested.get(name) == line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_agree(path: Path) -> None:
    """What two files have in common, they have in one version: so all can be installed together."""
    tested = pins(PINS / "dev.txt")
    assert [line for name, line in pins(path).items() if name in tested and tested[name] != line] == []


def test_the_model_comes_on_top() -> None:
    """The pins for people found by a model are those of enrichment, and more."""
    assert pins(PINS / "enrichment.txt").items() < pins(PINS / "enrichment-model.txt").items()


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_asks_for_is_pinned_for_it(service: str) -> None:
    """Every dependency in a pyproject.toml, ours followed, has its line: else `make requirements` was forgotten."""
    assert closure(ROOT / "services" / service) <= set(pins(PINS / f"{service}.txt"))


@pytest.mark.parametrize("service", SERVICES)
def test_the_pins_satisfy_the_bounds(service: str) -> None:
    """The pinned version is within what pyproject.toml allows."""
    lines = pins(PINS / f"{service}.txt")
    folders = (ROOT / "schemas", ROOT / "services" / "kernel", ROOT / "services" / service)
    for wanted in (Requirement(line) for folder in folders for line in PACKAGES[folder]["project"]["dependencies"]):
        name = canonicalize_name(wanted.name)
        if not name.startswith("dateline-"):
            pinned = re.search(r"==([\w.]+)", lines[name])
            assert pinned
            assert wanted.specifier.contains(pinned.group(1)), wanted


@pytest.mark.parametrize("service", SERVICES)
def test_no_test_tool_reaches_a_service(service: str) -> None:
    """What only checks the code is not installed with it."""
    assert not set(pins(PINS / f"{service}.txt")) & {"pytest", "hypothesis", "mypy", "ruff", "import-linter"}


@pytest.mark.parametrize("folder", sorted(PACKAGES), ids=lambda folder: folder.name)
def test_packages_are_described_alike(folder: Path) -> None:
    """One grammar: the same Python, licence and build tool, and a name that follows from the folder."""
    project = PACKAGES[folder]["project"]
    assert project["name"] == f"dateline-{folder.name}"
    assert project["requires-python"] == ">=3.11"
    assert project["license"] == "Apache-2.0"
    assert PACKAGES[folder]["build-system"]["requires"] == ["setuptools>=77"]
    assert len({each["project"]["version"] for each in PACKAGES.values()}) == 1


def test_the_environment_of_these_tests_is_the_pinned_one() -> None:
    """pip finds every requirement of dev.txt already there, in the pinned version."""
    asked = [sys.executable, "-m", "pip", "freeze", "--exclude-editable", "--all"]
    lines = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    there = {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}
    for name, line in pins(PINS / "dev.txt").items():
        requirement = Requirement(line.split(" --hash=")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate():
            assert requirement.specifier.contains(there.get(name, "0")), f"{name}: run `make install`"


def test_the_page_of_dependencies_is_current() -> None:
    """docs/dependencies.md has a row for every package that a service is installed with, in its version, no other."""
    page = (ROOT / "docs" / "dependencies.md").read_text().partition("## Only for development")
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| (\d[\w.]*) \|", page[0], flags=re.MULTILINE))
    pinned = {name: line for service in SERVICES for name, line in pins(PINS / f"{service}.txt").items()}
    assert rows == {name: re.split(r"==|\s", line)[1] for name, line in pinned.items()}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_owes_nothing_to_a_copyleft_licence(service: str) -> None:
    """No package demands that those who use it give away their own source; where one lets choose, we choose."""
    chosen = {"tld": "MPL-1.1", "asyncssh": "EPL-2.0", "imapclient": "BSD-3-Clause"}
    for name in set(pins(PINS / f"{service}.txt")) - set(chosen):
        try:
            about = metadata(name)
        except PackageNotFoundError:  # its marker is for another system
            continue
        words = [about.get("License-Expression") or "", (about.get("License") or "")[:200]]
        words += [each for each in about.get_all("Classifier") or () if each.startswith("License")]
        assert any(words), name
        assert not re.search(r"GPL|General Public", " ".join(words)), name
