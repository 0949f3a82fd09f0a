"""Each service alone: with its own pins and packages and nothing else on the path, it imports and can be found.

The wheels are built from copies of the sources; the pinned packages are linked, one by one, out of the environment that
runs the tests. So a service that quietly uses another service, or a library that it does not ask for, fails here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = ("ingest", "attribution", "enrichment", "publish")
ALL = (*SERVICES, "operate")
LEFT_OUT = shutil.ignore_patterns("build", "*.egg-info", "__pycache__", "tests", "golden", "node_modules")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"

LOOK = """
import sys
sys.path[:0] = [{folder!r}]
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec

import_module({module!r})
others = [name for name in {others!r} if find_spec("dateline_" + name)]
assert not others, others
found = {{each.name: each.load() for each in entry_points(group="dateline.services")}}
assert set(found) == set({expected!r}), found
assert all(callable(build) for build in found.values())
print("alone")
"""


def build(source: Path, work: Path, wheels: Path) -> Path:
    """The wheel of one package, built from a copy so that nothing is left in the tree."""
    copy = work / source.name
    shutil.copytree(source, copy, ignore=LEFT_OUT)
    done = subprocess.run([sys.executable, "-c", BUILD, str(wheels)], cwd=copy, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(wheels.glob(f"dateline_{source.name}-*.whl"))


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A wheel of every package of the project, by short name."""
    work, target = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("wheels")
    sources = [ROOT / "schemas", *(ROOT / "services" / name for name in ("kernel", *ALL))]
    with ThreadPoolExecutor(2) as pool:
        return dict(
            zip((path.name for path in sources), pool.map(lambda path: build(path, work, target), sources), strict=True)
        )


def pinned(service: str) -> list[str]:
    """The names in a service's requirement file."""
    text = (ROOT / "deploy" / "requirements" / f"{service}.txt").read_text()
    return re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", text, flags=re.MULTILINE)


def link(name: str, folder: Path) -> None:
    """Put an installed distribution into a folder by links to what it brought, scripts left out."""
    try:
        installed = distribution(name)
    except PackageNotFoundError:  # its marker is for another system
        return
    base = Path(str(installed.locate_file("")))
    for top in {path.parts[0] for path in installed.files or ()} - {"..", "__pycache__"}:
        if not (folder / top).exists():
            (folder / top).symlink_to(base / top)


def install(service: str, wheels: dict[str, Path], folder: Path) -> None:
    """What the two pip commands of a deployment install, and nothing else."""
    for name in pinned(service):
        link(name, folder)
    for name in ("schemas", "kernel", service):
        with zipfile.ZipFile(wheels[name]) as wheel:
            wheel.extractall(folder)


@pytest.mark.parametrize("service", ALL)
def test_a_service_needs_no_other(service: str, wheels: dict[str, Path], tmp_path: Path) -> None:
    """In an otherwise empty folder a service imports, its entry point loads, and the others cannot be imported."""
    install(service, wheels, tmp_path)
    code = LOOK.format(
        folder=str(tmp_path),
        module="dateline_operate.main" if service == "operate" else f"dateline_{service}.app",
        others=[name for name in ALL if name != service],
        expected=[] if service == "operate" else [service],
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "alone\n", done.stderr


@pytest.mark.parametrize("name", ["schemas", "kernel", *ALL])
def test_a_wheel_carries_everything_its_package_has(name: str, wheels: dict[str, Path]) -> None:
    """Code, type marker and data tables alike: a table left out would be missed in production first."""
    parent = ROOT / "schemas" if name == "schemas" else ROOT / "services" / name
    package = parent / f"dateline_{name}"
    files = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    wanted = {path.relative_to(parent).as_posix() for path in files}
    with zipfile.ZipFile(wheels[name]) as wheel:
        carried = {entry for entry in wheel.namelist() if ".dist-info/" not in entry}
    assert carried == wanted
    assert f"dateline_{name}/py.typed" in carried
