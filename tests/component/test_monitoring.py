"""Alerts and dashboard ask for what the services really export: four real ones are scraped while copy goes through."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import promql_parser as promql
import pytest
import yaml
from msgspec import Struct
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from stories import guid

from dateline_attribution.app import build as attribution
from dateline_attribution.settings import AttributionSettings
from dateline_enrichment.app import build as enrichment
from dateline_enrichment.settings import EnrichmentSettings
from dateline_ingest.app import build as ingest
from dateline_ingest.settings import IngestSettings
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_operate.main import COMMANDS
from dateline_publish.app import build as publish
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import StoryAttributed
from dateline_schemas.feeds import Feed, encode_feed, key_digest
from dateline_schemas.flow import FLOW
from dateline_schemas.subjects import FEEDS, TOPICS

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
PAGE = ROOT / "docs" / "monitoring.md"
KEY = "a-key-for-tests"
OF_PROMETHEUS = {"instance", "job"}
"""Labels that Prometheus adds when it scrapes."""
Exported = dict[str, dict[str, set[str]]]
"""By sample, by label, the values that were seen."""


class Asked(Struct, frozen=True):
    """An expression, and which labels it is shown with."""

    where: str
    expression: str
    shown: frozenset[str]


def rules() -> list[dict[str, Any]]:
    """The alert rules."""
    return [
        rule
        for group in yaml.safe_load((MONITORING / "alerts.yml").read_text("utf-8"))["groups"]
        for rule in group["rules"]
    ]


def panels() -> list[dict[str, Any]]:
    """The dashboard's panels."""
    return list(json.loads((MONITORING / "dashboard.json").read_text("utf-8"))["panels"])


def asked() -> list[Asked]:
    """All that rules and panels ask for."""
    found = [
        Asked(rule["alert"], rule["expr"], frozenset(re.findall(r"\$labels\.(\w+)", json.dumps(rule["annotations"]))))
        for rule in rules()
    ]
    for panel in panels():
        for target in panel["targets"]:
            shown = frozenset(re.findall(r"{{(\w+)}}", target["legendFormat"]))
            found.append(Asked(panel["title"], target["expr"], shown))
    return found


def parts(expression: promql.Expr) -> Iterator[promql.Expr]:
    """An expression and all that it is made of."""
    yield expression
    for name in ("lhs", "rhs", "expr", "vector_selector", "args"):
        inner = getattr(expression, name, None)
        for one in inner if isinstance(inner, list) else [inner]:
            if one is not None:
                yield from parts(one)


def unknown(one: Asked, exported: Exported) -> list[str]:
    """What an expression names and nobody exports: samples, labels, values of labels."""
    wrong: list[str] = []
    labels: set[str] = set(OF_PROMETHEUS)
    named: set[str] = set(one.shown)
    for part in parts(promql.parse(one.expression)):
        if isinstance(part, promql.VectorSelector):
            if part.name not in exported:
                wrong.append(f"{one.where}: {part.name}")
                continue
            there = exported[part.name]
            labels |= there.keys()
            for matcher in part.matchers.matchers:
                if matcher.name not in there:
                    wrong.append(f"{one.where}: {part.name} has no label {matcher.name}")
                elif matcher.op == promql.MatchOp.Equal and matcher.value not in there[matcher.name]:
                    wrong.append(f"{one.where}: {part.name} has no {matcher.name} {matcher.value}")
                elif matcher.op == promql.MatchOp.Re and not all(
                    any(re.fullmatch(each, value) for value in there[matcher.name]) for each in matcher.value.split("|")
                ):
                    wrong.append(f"{one.where}: {part.name} has not every {matcher.name} of {matcher.value}")
        elif isinstance(part, promql.AggregateExpr) and part.modifier is not None:
            named |= set(part.modifier.labels)
    return wrong + [f"{one.where}: nothing has a label {name}" for name in sorted(named - labels)]


def story(name: str, version: str, **more: Any) -> bytes:
    """As ninjs."""
    return json.dumps(
        {
            "uri": name,
            "standard": {"name": "ninjs", "version": "3.0"},
            "type": "text",
            "version": version,
            "language": "en",
            "headlines": [{"value": "Lighthouse relit"}],
            "bodies": [{"contentType": "text/plain", "value": "The lamp of the north light burns again.\n\nAFP"}],
            **more,
        }
    ).encode()


@asynccontextmanager
async def at_work() -> AsyncIterator[list[str]]:
    """Four services over which copy goes, and to which the usual things happen; their addresses."""
    with real_server() as server:
        async with AsyncExitStack() as stack:
            client = await stack.enter_async_context(provisioned(server))
            bucket = await client.jetstream().key_value(FEEDS.name)
            for feed in (
                Feed(name="wire", key_sha256=key_digest(KEY), silent_after=3600),
                Feed(name="gone", door="poll", url="http://127.0.0.1:9/feed", every=0.1, private=("127.0.0.0/8",)),
            ):
                await bucket.put(feed.name, encode_feed(feed))
            await client.jetstream().pull_subscribe("topic.>", durable="harbour-news", stream=TOPICS.name)
            url = server.url
            services = [
                ingest(IngestSettings(nats_url=url)),
                attribution(AttributionSettings(nats_url=url)),
                enrichment(EnrichmentSettings(nats_url=url, attempts=1)),
                publish(PublishSettings(nats_url=url)),
            ]
            reaction = services[2].reactions[StoryAttributed]
            usual = reaction._handler  # type: ignore[attr-defined]

            def breaks(heard: StoryAttributed) -> Any:
                if heard.story.slugline == "poison":
                    raise ValueError("cannot be dealt with")
                return usual(heard)

            reaction._handler = breaks  # type: ignore[attr-defined]
            urls = [(await stack.enter_async_context(service.running())).url for service in services]
            async with httpx.AsyncClient(base_url=urls[0], timeout=PATIENCE) as http:
                name = guid()
                for body in (
                    story(name, "1"),
                    story(name, "2", pubStatus="canceled"),
                    story(guid(), "1", slugline="poison"),
                ):
                    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
                    assert (await http.post("/v1/stories", content=body, headers=headers)).status_code == 202
            yield urls


async def families(urls: list[str]) -> list[Metric]:
    """What Prometheus would get."""
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        pages = [(await http.get(f"{url}/metrics")).text for url in urls]
    return [family for page in pages for family in text_string_to_metric_families(page)]


async def scraped(urls: list[str]) -> Exported:
    """The same, by sample and label."""
    found: Exported = defaultdict(lambda: defaultdict(set))
    for family in await families(urls):
        for sample in family.samples:
            labels = found[sample.name]
            for label, value in sample.labels.items():
                labels[label].add(value)
    return found


def test_every_alert_is_seen_to_go_off() -> None:
    """By a case of alerts_test.yml; where there is promtool, it says that they do."""
    cases = yaml.safe_load((MONITORING / "alerts_test.yml").read_text("utf-8"))["tests"]
    gone_off = {case["alertname"] for each in cases for case in each["alert_rule_test"] if case.get("exp_alerts")}
    assert gone_off == {rule["alert"] for rule in rules()}


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool comes with Prometheus")
def test_alerts_do_as_their_cases_say() -> None:
    """Prometheus' own tool computes the rules over made-up series."""
    done = subprocess.run(
        ["promtool", "test", "rules", "alerts_test.yml"], cwd=MONITORING, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


async def test_every_metric_and_label_that_is_asked_for_is_exported() -> None:
    """By rules and panels: samples, labels, the values that they are compared with, the labels that are shown."""
    async with at_work() as urls:

        async def missing() -> list[str]:
            exported = await scraped(urls)
            return [wrong for one in asked() for wrong in unknown(one, exported)]

        async def nothing_missing() -> bool:
            return not await missing()

        try:
            await eventually(nothing_missing, every=0.2)
        except AssertionError:
            assert await missing() == []
        exported = await scraped(urls)
        assert exported["dateline_check"]["service"] == {row.service for row in FLOW}
        assert {"nats", "writes", "log", "publish-canceled"} <= exported["dateline_check"]["check"]
        there = {family.name for family in await families(urls) if not family.name.endswith("_created")}
        told = set(re.findall(r"^\| (`dateline_.*?) \|", PAGE.read_text("utf-8"), re.M))
        assert {name.removesuffix("_total") for row in told for name in re.findall(r"dateline_\w+", row)} == there


@pytest.mark.parametrize(
    ("expression", "wrong"),
    [
        ("dateline_pendings > 0", "dateline_pendings"),
        ('dateline_pending{stream="x"} > 0', "has no label stream"),
        ('dateline_pending{consumer="nobody"} > 0', "has no consumer nobody"),
        ('dateline_pending{consumer=~"publish-canceled|nobody"} > 0', "has not every consumer"),
        ("sum by (feed) (dateline_pending)", "nothing has a label feed"),
        ("absent(dateline_pendings)", "dateline_pendings"),
        ("increase(dateline_pendings[5m])", "dateline_pendings"),
    ],
)
def test_what_nobody_exports_is_noticed(expression: str, wrong: str) -> None:
    """So the test above can fail."""
    exported: Exported = {"dateline_pending": {"service": {"publish"}, "consumer": {"publish-canceled"}}}
    [found] = unknown(Asked("here", expression, frozenset()), exported)
    assert wrong in found


def test_rules_are_what_prometheus_takes() -> None:
    """Every expression parses; durations, severities and texts are there; no name stands twice."""
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names))
    for rule in rules():
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}, rule["alert"]
        promql.parse(rule["expr"])
        if "for" in rule:
            promql.parse_duration(rule["for"])
        assert rule["labels"]["severity"] in ("critical", "warning")
        assert rule["annotations"]["summary"]


def test_panels_stand_beside_one_another() -> None:
    """Each has an id of its own and a place that no other has, in Grafana's 24 columns."""
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        at = panel["gridPos"]
        cells = {(at["x"] + right, at["y"] + down) for right in range(at["w"]) for down in range(at["h"])}
        assert at["x"] + at["w"] <= 24 and not cells & taken, panel["title"]
        taken |= cells
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_every_alert_has_its_place_in_the_page_and_every_place_its_alert() -> None:
    """Whoever is woken finds what it means and what to type, under the alert's name; the commands exist."""
    page = PAGE.read_text("utf-8")
    found = dict(re.findall(r"^### (Dateline\w+)\n(.*?)(?=^##|\Z)", page, re.S | re.M))
    assert set(found) == {rule["alert"] for rule in rules()}
    for name, text in found.items():
        typed = re.findall(r"`dateline ([a-z]+)", text)
        assert typed, name
        assert set(typed) <= set(COMMANDS), name
