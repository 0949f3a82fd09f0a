"""What the documentation tells people to type works: the blocks of the README are typed, in order, into a shell."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline_attribution.settings import AttributionSettings
from dateline_enrichment.settings import EnrichmentSettings
from dateline_ingest.formats import FORMATS
from dateline_ingest.settings import IngestSettings
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE, scratch_folder, until
from dateline_operate.main import COMMANDS
from dateline_publish.settings import PublishSettings
from dateline_schemas.feeds import Contract, Feed
from dateline_schemas.interfaces import Cursor, Listing, Login, Texts
from dateline_schemas.story import Story

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.S | re.M)


def commands(page: str) -> list[str]:
    """The command lines of a page's shell blocks, in order."""
    text = (ROOT / page).read_text("utf-8")
    return [line for block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def shell() -> Iterator[dict[str, str]]:
    """The environment of a person in whose other terminal ``dateline up`` runs, at a desk with our samples on it."""
    with scratch_folder() as data:
        (data / "desk" / "deploy").mkdir(parents=True)
        (data / "desk" / "deploy" / "samples").symlink_to(ROOT / "deploy" / "samples")
        env = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "DATELINE_DATA": str(data)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = [BIN / "dateline", "up", "--port", "0", "--nats-port", "0", "--data", str(data)]
        up = subprocess.Popen(command, env=env, cwd=ROOT, **quiet)
        try:
            until(lambda: (data / "up.json").exists() or up.poll() is not None)
            waiting = [BIN / "dateline", "status", "--wait", f"{PATIENCE:g}"]
            ready = subprocess.run(waiting, env=env, cwd=ROOT, capture_output=True)
            assert ready.returncode == 0, ready.stderr.decode()
            env["INGEST"] = json.loads((data / "up.json").read_text("utf-8"))["ingest_url"]
            env["KEY"] = next(iter(json.loads((data / "feeds.json").read_text("utf-8")).values()))
            yield env
        finally:
            up.terminate()
            up.wait(PATIENCE)


def answers(page: str, at_least: int, shell: dict[str, str]) -> list[bytes]:
    """Type a page's commands, each of which has to end well; what they answered."""
    typed = commands(page)
    if any(line.startswith("curl ") for line in typed) and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    assert len(typed) >= at_least
    return [typed_in(shell, line) for line in typed]


def typed_in(shell: dict[str, str], line: str) -> bytes:
    """What a command answers, which has to end well."""
    desk = Path(shell["DATELINE_DATA"]) / "desk"
    done = subprocess.run(["bash", "-c", line], env=shell, cwd=desk, capture_output=True, timeout=PATIENCE)
    assert done.returncode == 0, f"{line}\n{done.stdout.decode()[-2000:]}\n{done.stderr.decode()[-2000:]}"
    return done.stdout


def test_the_readme_can_be_typed(shell: dict[str, str]) -> None:
    """Every command of the README's blocks ends well, in the order they stand there."""
    answers("README.md", 10, shell)


def test_the_page_about_feeds_can_be_typed(shell: dict[str, str]) -> None:
    """A folder is watched, tried, paused, resumed and taken away again."""
    answers("docs/feeds.md", 8, shell)


def test_the_page_about_pushing_can_be_typed(shell: dict[str, str]) -> None:
    """Single, packed, with a key, as a batch, and the receipt asked for."""
    for answer in answers("docs/pushing.md", 5, shell):
        assert b'"receipt"' in answer


def test_the_program_that_pushes_by_nats_gets_the_same_answers(shell: dict[str, str]) -> None:
    """A receipt with 202; a problem document with its status, where the key is another feed's."""
    page = (ROOT / "docs/pushing.md").read_text("utf-8")
    names: dict[str, Any] = {}
    exec(compile(re.findall(r"^```python\n(.*?)^```", page, re.S | re.M)[0], "docs/pushing.md", "exec"), names)
    nats_url = json.loads((Path(shell["DATELINE_DATA"]) / "up.json").read_text("utf-8"))["nats_url"]
    body = (ROOT / "deploy/samples/04-afp-sommet.txt").read_bytes()
    status, answer = asyncio.run(names["push"](nats_url, "demo", shell["KEY"], body))
    assert (status, answer["stories"][0]["receipt"]) == (202, answer["receipt"])
    status, answer = asyncio.run(names["push"](nats_url, "other", shell["KEY"], body))
    assert (status, answer["type"]) == (403, "urn:dateline:problem:http-403")


def test_the_page_about_pushing_names_every_problem() -> None:
    """A sender can look up each type that the doors answer with."""
    page = (ROOT / "docs/pushing.md").read_text("utf-8")
    doors = (ROOT / "services/ingest/dateline_ingest/doors").glob("*.py")
    code = "".join(path.read_text("utf-8") for path in doors)
    kinds = set(re.findall(r'(?:problem|refusal)\(\s*"([a-z0-9-]+)"', code))
    assert {kind for kind in kinds if f"`{kind}`" not in page} == set()


def test_the_page_about_monitoring_can_be_typed(shell: dict[str, str]) -> None:
    """What shows the state at three in the morning, and puts right what AP was credited with by mistake."""
    typed_in(shell, "dateline push deploy/samples")
    until(lambda: typed_in(shell, "dateline tail --no-follow --agency AP --json"))
    answers("docs/monitoring.md", 5, shell)


def test_the_page_about_formats_can_be_typed(shell: dict[str, str]) -> None:
    """A message of each kind of sample is read as the page says."""
    answers("docs/formats.md", 5, shell)


def test_the_page_about_formats_names_every_format_root_and_table() -> None:
    """No format, root element, field of a story or table of providers' ways is left out."""
    page = (ROOT / "docs/formats.md").read_text("utf-8")
    tables = {path.name for path in (ROOT / "services/ingest/dateline_ingest/tables").glob("*.toml")}
    known = {row.name for row in FORMATS} | {root for row in FORMATS for root in row.roots}
    known |= tables | set(Story.__struct_fields__)
    assert {name for name in known if f"`{name}`" not in page} == set()


@pytest.mark.parametrize(
    ("page", "settings"),
    [
        ("deploy/README.md", ServiceSettings),
        ("services/ingest/README.md", IngestSettings),
        ("services/attribution/README.md", AttributionSettings),
        ("services/enrichment/README.md", EnrichmentSettings),
        ("services/publish/README.md", PublishSettings),
    ],
)
def test_every_setting_stands_in_a_table_with_its_default(page: str, settings: type[ServiceSettings]) -> None:
    """Those of all services in the page about deploying, its own in a service's README."""
    told: dict[str, str] = {}
    for names, default in re.findall(r"^\| (`[a-z_`, ]+`) \| (.*?) \|", (ROOT / page).read_text("utf-8"), re.M):
        told |= dict.fromkeys(re.findall(r"\w+", names), default)
    common = set() if settings is ServiceSettings else set(ServiceSettings.__struct_fields__)
    for field in msgspec.structs.fields(settings):
        if field.name not in common:
            everything = field.default == IngestSettings().doors
            default = "all of them" if everything else f"`{msgspec.json.encode(field.default).decode()}`"
            assert told.get(field.name) == default, field.name


def test_the_page_about_feeds_names_all_that_may_stand_in_an_entry() -> None:
    """Every member of a feed, and of its tables."""
    page = (ROOT / "docs/feeds.md").read_text("utf-8")
    known = {name for kind in (Feed, Contract, Login, Cursor, Listing, Texts) for name in kind.__struct_fields__}
    assert {name for name in known if f"`{name}`" not in page and f"`[feed.{name}]`" not in page} == set()


@pytest.mark.parametrize(
    "package", ["schemas", "services/kernel", "services/enrichment", "services/publish", "services/operate"]
)
def test_a_package_of_many_modules_says_where_things_are(package: str) -> None:
    """Each module and each package beside them stands in its README, and nothing does that is gone."""
    folder = ROOT / package
    inside = {path.name for path in folder.glob("dateline_*/*.py")} - {"__init__.py", "app.py", "settings.py"}
    inside |= {f"{path.parent.name}/" for path in folder.glob("dateline_*/*/__init__.py")}
    named = set(re.findall(r"`(\w+(?:\.py|/))`", (folder / "README.md").read_text("utf-8")))
    assert inside <= named
    assert {name for name in named if name.endswith(".py") and not any(folder.rglob(name))} == set()


def test_the_page_about_the_tests_names_all_that_is_there() -> None:
    """Every folder and every module beside it, and nothing that is gone."""
    inside = {path.name for path in (ROOT / "tests").iterdir() if path.suffix == ".py"}
    inside |= {f"{path.parent.name}/" for path in (ROOT / "tests").glob("*/*.py")}
    named = set(re.findall(r"`(\w+(?:\.py|/))`", (ROOT / "tests/README.md").read_text("utf-8")))
    assert inside <= named
    assert [name for name in named if next((ROOT / "tests").rglob(name.rstrip("/")), None) is None] == []


@pytest.mark.parametrize(
    "page",
    ["README.md", "CONTRIBUTING.md", "docs/formats.md", "docs/performance.md", "deploy/README.md", "tests/README.md"],
)
def test_every_make_target_that_a_page_names_exists(page: str) -> None:
    """No page sends people to a target that is not there."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"`make ([a-z-]+)[^`]*`|^ {4}make ([a-z-]+)", (ROOT / page).read_text("utf-8"), re.M))
    assert {one or other for one, other in named} <= targets


PLACES = ("*.md", "docs/**/*.md", "deploy/**/*.md", "services/*/README.md", "schemas/README.md", "tests/README.md")
PAGES = sorted(path for place in PLACES for path in ROOT.glob(place))


def headings(page: Path) -> set[str]:
    """What a link to a part of a page can end in, as GitHub makes it of the page's headings."""
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.S | re.M)
    return {re.sub(r"[^\w\- ]", "", said.lower()).replace(" ", "-") for said in re.findall(r"^#+ (.*)$", prose, re.M)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    """Relative links name files that exist, and headings that these have."""
    for target, part in re.findall(r"\]\(([^)#:\s]*)(?:#([^)]*))?\)", page.read_text("utf-8")):
        there = page.parent / target if target else page
        assert there.exists(), target
        assert not part or there.suffix != ".md" or part in headings(there), f"{target}#{part}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    """An option that was renamed is renamed on every page."""
    for command, said in re.findall(r"dateline ([a-z]+) ([^`|\n]*)", page.read_text("utf-8")):
        if command in COMMANDS:
            named = set(re.findall(r"(?<!\S)--[a-z-]+", said))
            assert named <= options(command, said.split()[0] if said.split() else ""), f"dateline {command} {said}"


def options(command: str, action: str) -> set[str]:
    """The options of a command, or of its action if it has actions."""
    parser = ArgumentParser()
    import_module(f"dateline_operate.commands.{command}").arguments(parser)
    for described in parser._actions:
        if isinstance(described.choices, dict):
            parser = described.choices.get(action, parser)
    return {word for described in parser._actions for word in described.option_strings}


def test_a_house_of_the_page_about_attribution_is_tried_on_history(shell: dict[str, str], tmp_path: Path) -> None:
    """The page's agency, and rules that are the installed ones, with the commands that stand below them."""
    page = (ROOT / "docs/attribution.md").read_text("utf-8")
    house = next(block for block in re.findall(r"^```toml\n(.*?)^```", page, re.S | re.M) if "[[agency]]" in block)
    (tmp_path / "house.toml").write_text(house, "utf-8")
    shutil.copy(ROOT / "services/attribution/dateline_attribution/rules.toml", tmp_path)
    typed = re.findall(r"^    (dateline replay .*)$", page, re.M)
    assert len(typed) == 2
    for line in typed:
        done = subprocess.run(["bash", "-c", line], env=shell, cwd=tmp_path, capture_output=True, timeout=PATIENCE)
        assert done.returncode == 0, f"{line}\n{done.stderr.decode()[-2000:]}"
        assert b"would be credited otherwise" in done.stdout


def test_the_page_about_attribution_can_be_typed(shell: dict[str, str]) -> None:
    """A decision is explained as the page says."""
    answers("docs/attribution.md", 1, shell)
