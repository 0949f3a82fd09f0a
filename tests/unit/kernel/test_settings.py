"""Settings from TOML and the environment, and errors that name the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline_attribution.settings import AttributionSettings
from dateline_ingest.settings import IngestSettings
from dateline_kernel.errors import Misconfigured
from dateline_kernel.settings import ServiceSettings, load_settings


def config(tmp_path: Path, text: str) -> dict[str, str]:
    """An environment that names a TOML file."""
    path = tmp_path / "dateline.toml"
    path.write_text(text, "utf-8")
    return {"DATELINE_CONFIG": str(path)}


def test_nothing_said_means_the_defaults() -> None:
    """Every setting has one."""
    assert load_settings(ServiceSettings, "publish", {}) == ServiceSettings()


def test_the_environment_wins_over_the_services_table_and_that_over_the_top(tmp_path: Path) -> None:
    """The nearer, the stronger."""
    env = config(tmp_path, 'nats_url = "nats://top:1"\nfetch = 1\nattempts = 1\n[ingest]\nfetch = 2\nattempts = 2\n')
    settings = load_settings(IngestSettings, "ingest", {**env, "DATELINE_ATTEMPTS": "3"})
    assert (settings.nats_url, settings.fetch, settings.attempts) == ("nats://top:1", 2, 3)


def test_a_table_of_another_service_is_not_ours(tmp_path: Path) -> None:
    """One file may serve all services."""
    env = config(tmp_path, "[enrichment]\npeople = 'model'\n")
    assert load_settings(IngestSettings, "ingest", env) == IngestSettings()


@pytest.mark.parametrize(
    ("text", "env", "says"),
    [
        ("ftech = 3", {}, "unknown key 'ftech'; known at the top are ack_wait"),
        ("max_body = 3", {}, r"max_body is ingest's own: it belongs in the table \[ingest\]"),
        ("[ingest]\nmax_boddy = 3", {}, r"unknown key 'max_boddy' in \[ingest\]"),
        ("[ingest]\nmax_body = 'many'", {}, "max_body = 'many'"),
        ("fetch = [", {}, "not valid TOML"),
        ("[ingset]\nmax_body = 3", {}, r"unknown table \[ingset\]; there are \[ingest\]"),
        ("attempts = 0", {}, "attempts = 0"),
        ("[ingest]\nmax_body = 0", {}, "max_body = 0"),
        ("", {"DATELINE_FTECH": "3"}, "DATELINE_FTECH is no setting; did you mean DATELINE_FETCH"),
        ("", {"DATELINE_DOOR": "ftp"}, "DATELINE_DOOR is no setting; did you mean DATELINE_DOORS"),
        ("ack_wait = 0", {}, "ack_wait = 0 from .*`float` > 0"),
        ("", {"DATELINE_FETCH": "-1"}, "fetch = '-1' from environment variable DATELINE_FETCH: .*`int` >= 1"),
        ("", {"DATELINE_HTTP_PORT": "80000"}, "http_port = '80000' from .*`int` <= 65535"),
        ("", {"DATELINE_HTTP_PORT": "eighty"}, "http_port = 'eighty' from environment variable DATELINE_HTTP_PORT"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_where_it_stands(
    tmp_path: Path, text: str, env: dict[str, str], says: str
) -> None:
    """An operator reads one sentence and knows what to change."""
    with pytest.raises(Misconfigured, match=says):
        load_settings(IngestSettings, "ingest", {**config(tmp_path, text), **env})


def test_a_variable_of_somebody_else_is_left_alone() -> None:
    """The command has some of its own, and one environment may serve several services."""
    env = {"DATELINE_DATA": "/srv/dateline", "DATELINE_KEY": "k", "DATELINE_PEOPLE": "model", "DATELINE_DOORS": "ftp"}
    assert load_settings(ServiceSettings, "publish", env) == ServiceSettings()


def test_a_file_that_is_not_there_is_said_to_be_missing() -> None:
    """The path stands in the message."""
    with pytest.raises(Misconfigured, match=r"/nowhere/dateline\.toml"):
        load_settings(ServiceSettings, "publish", {"DATELINE_CONFIG": "/nowhere/dateline.toml"})


def test_a_setting_with_several_members_has_commas_in_the_environment(tmp_path: Path) -> None:
    """And is a list in TOML; a member that is unknown is named."""
    env = {"DATELINE_DOORS": "folder, ftp"}
    assert load_settings(IngestSettings, "ingest", env).doors == ("folder", "ftp")
    table = config(tmp_path, '[ingest]\ndoors = ["poll"]\n')
    assert load_settings(IngestSettings, "ingest", table).doors == ("poll",)
    files = {"DATELINE_AGENCIES_FILE": " /etc/one.toml, , /etc/two.toml "}
    found = load_settings(AttributionSettings, "attribution", files).agencies_file
    assert found == ("/etc/one.toml", "/etc/two.toml")
    with pytest.raises(Misconfigured, match="DATELINE_DOORS"):
        load_settings(IngestSettings, "ingest", {"DATELINE_DOORS": "folder,window"})
