"""What ``dateline feeds check`` shows a person of a feed that was tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline_ingest.trying import Becomes, Tried
from dateline_operate.commands.feeds import Options, run
from dateline_operate.feeds.check import lines_of

STORY = Becomes(
    story_id="abc",
    version="2",
    headline="Harbour opens\x1b[2J again",
    language="en",
    provider="",
    pubstatus="usable",
    created="2026-03-26T06:00:00Z",
)


def test_a_feed_that_pushes_has_nothing_to_connect_to() -> None:
    """It says so in a line, and so does one that cannot be reached, with the reason."""
    assert lines_of(Tried(feed="wire", door="http", note="it pushes")) == ["wire (http): it pushes"]
    assert lines_of(Tried(feed="wire", door="ftp", fault="no such host", note="-")) == ["wire (ftp): no such host"]


def test_what_a_sample_would_become_is_shown() -> None:
    """What is not known is left out, and nothing of a stranger's controls the terminal."""
    tried = Tried(
        feed="wire",
        door="ftp",
        connected=True,
        new=7,
        note="5 passed over",
        sample="a.xml",
        sample_bytes=9_600,
        format="newsml-g2",
        count=1,
        stories=(STORY,),
    )
    connected, sample, story = lines_of(tried)
    assert connected == "wire (ftp): connected, 7 to take; 5 passed over"
    assert sample == "  a.xml: 9,600 bytes, newsml-g2, 1 story"
    assert story.startswith("  would become abc (version 2, en, 2026-03-26T06:00:00Z, usable): Harbour opens")
    assert "\x1b" not in story


def test_a_sample_that_cannot_be_read_is_shown_with_its_fault() -> None:
    """Behind what is known of it."""
    tried = Tried(feed="wire", door="poll", connected=True, sample="a", sample_bytes=3, fault="no story in it")
    assert lines_of(tried) == ["wire (poll): connected, 0 to take", "  a: 3 bytes, 0 stories", "  no story in it"]


def test_a_file_can_be_tried_before_there_is_any_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever sets Dateline up begins with it; what may be wrong is said to programs, too."""
    monkeypatch.delenv("DATELINE_NATS_URL", raising=False)
    entry = (
        f'[[feed]]\nname = "{{}}"\ndoor = "folder"\nurl = "folder://{tmp_path}"\nafter = "move"\npattern = "*.xml"\n'
    )
    (tmp_path / "feeds.toml").write_text(entry.format("a") + entry.format("b"))
    assert run(Options(action="check", name=str(tmp_path / "feeds.toml"), data=tmp_path, json=True)) == 0
    [one, other] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (one["connected"], one["new"], one["fault"]) == (True, 0, "")
    assert "feed a takes from there, too" in other["doubts"][0]
