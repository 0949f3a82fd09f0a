"""What the documentation tells people to type works: the blocks of the README are typed, in order, into a shell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline_ingest.formats import FORMATS
from dateline_schemas.story import Story

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.S | re.M)


def commands(page: str) -> list[str]:
    """The command lines of a page's shell blocks, in order."""
    text = (ROOT / page).read_text("utf-8")
    return [line for block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a person in whose other terminal ``dateline up`` runs."""
    data = tmp_path_factory.mktemp("docs")
    env = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "DATELINE_DATA": str(data)}
    up = subprocess.Popen(
        [BIN / "dateline", "up", "--port", "0", "--nats-port", "0", "--data", str(data)],
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not (data / "up.json").exists() and time.monotonic() < deadline and up.poll() is None:
            time.sleep(0.05)
        ready = subprocess.run([BIN / "dateline", "status", "--wait", "60"], env=env, cwd=ROOT, capture_output=True)
        assert ready.returncode == 0, ready.stderr.decode()
        env["INGEST"] = json.loads((data / "up.json").read_text("utf-8"))["ingest_url"]
        env["KEY"] = next(iter(json.loads((data / "feeds.json").read_text("utf-8")).values()))
        yield env
    finally:
        up.terminate()
        up.wait(30)


def test_the_readme_can_be_typed(shell: dict[str, str]) -> None:
    """Every command of the README's blocks ends well, in the order they stand there."""
    typed = commands("README.md")
    assert len(typed) >= 10
    for line in typed:
        done = subprocess.run(["bash", "-c", line], env=shell, cwd=ROOT, capture_output=True, timeout=60)
        assert done.returncode == 0, f"{line}\n{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}"


def test_the_page_about_feeds_can_be_typed(shell: dict[str, str]) -> None:
    """A folder is watched, tried, paused, resumed and taken away again."""
    typed = commands("docs/feeds.md")
    assert len(typed) >= 8
    for line in typed:
        done = subprocess.run(["bash", "-c", line], env=shell, cwd=ROOT, capture_output=True, timeout=60)
        assert done.returncode == 0, f"{line}\n{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}"


def test_the_page_about_formats_can_be_typed(shell: dict[str, str]) -> None:
    """A message of each kind of sample is read as the page says."""
    typed = commands("docs/formats.md")
    assert len(typed) >= 5
    for line in typed:
        done = subprocess.run(["bash", "-c", line], env=shell, cwd=ROOT, capture_output=True, timeout=60)
        assert done.returncode == 0, f"{line}\n{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}"


def test_the_page_about_formats_names_every_format_root_and_table() -> None:
    """No format, root element, field of a story or table of providers' ways is left out."""
    page = (ROOT / "docs/formats.md").read_text("utf-8")
    tables = {path.name for path in (ROOT / "services/ingest/dateline_ingest/tables").glob("*.toml")}
    known = {row.name for row in FORMATS} | {root for row in FORMATS for root in row.roots}
    known |= tables | set(Story.__struct_fields__)
    assert {name for name in known if f"`{name}`" not in page} == set()


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/formats.md", "docs/performance.md", "deploy/README.md"]
)
def test_every_make_target_that_a_page_names_exists(page: str) -> None:
    """No page sends people to a target that is not there."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"`make ([a-z-]+)[^`]*`|^ {4}make ([a-z-]+)", (ROOT / page).read_text("utf-8"), re.M))
    assert {one or other for one, other in named} <= targets


@pytest.mark.parametrize(
    "page", ["README.md", *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("docs/**/*.md"))]
)
def test_every_link_between_pages_leads_somewhere(page: str) -> None:
    """Relative links name files that exist."""
    here = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", here.read_text("utf-8")):
        assert (here.parent / target).exists(), target


def test_the_page_about_attribution_can_be_typed(shell: dict[str, str]) -> None:
    """A decision is explained as the page says."""
    typed = commands("docs/attribution.md")
    assert typed
    for line in typed:
        done = subprocess.run(["bash", "-c", line], env=shell, cwd=ROOT, capture_output=True, timeout=60)
        assert done.returncode == 0, f"{line}\n{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}"
