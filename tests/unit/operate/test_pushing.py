"""What ``push`` sends, when it tries again, and how it tells what is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_operate.commands import push
from dateline_operate.console.failure import Failure
from dateline_operate.sending.pushing import (
    LONGEST_PAUSE,
    Outcome,
    Problem,
    Pusher,
    as_object,
    checked_address,
    content_type,
    files_of,
    pause,
    retry_after,
)
from dateline_schemas.pushes import Accepted, Taken

_TAKEN = Taken(
    receipt="7-s", story_id="s", version="1", event_id="e", standing="current", duplicate=False, headline="H"
)
ACCEPTED = msgspec.json.encode(
    Accepted(
        receipt="7-s", story_id="s", version="1", event_id="e", standing="current", duplicate=False, stories=[_TAKEN]
    )
)


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.json", "application/json"),
        ("A.XML", "application/xml"),
        ("a.rss", "application/rss+xml"),
        ("a.bin", ""),
        ("-", ""),
    ],
)
def test_the_media_type_is_stated_only_when_the_ending_is_sure(name: str, media: str) -> None:
    """An unknown ending says nothing: ingest looks at the content."""
    assert content_type(name, "").get("Content-Type", "") == media


def test_a_hint_wins_over_the_ending() -> None:
    """--hint is what the sender states."""
    assert content_type("a.json", "newsml-g2") == {"Content-Type": "newsml-g2"}


def test_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    """Sorted, in and below, hidden ones left out; what is not there is a failure."""
    for name in ("b.xml", "a/c.xml", ".hidden", ".git/x.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert files_of((str(tmp_path), "-")) == [str(tmp_path / "a/c.xml"), str(tmp_path / "b.xml"), "-"]
    with pytest.raises(Failure, match="no such file"):
        files_of((str(tmp_path / "none"),))


def test_a_pipe_is_as_good_as_a_file(tmp_path: Path) -> None:
    """What a shell makes of ``<(command)``."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert files_of((str(pipe),)) == [str(pipe)]


@pytest.mark.parametrize("url", ["localhost:8080", "nats://127.0.0.1:4222", "http://", "http://[", "http://host:port"])
def test_an_address_that_nothing_can_be_sent_to_is_refused_at_once(url: str) -> None:
    """Not after a minute of tries."""
    with pytest.raises(Failure, match="no address of ingest"):
        checked_address(url)
    assert checked_address("https://wire.example:8443/in") == "https://wire.example:8443/in"


@given(st.integers(1, 1000), st.one_of(st.none(), st.floats(0, 100)), st.floats(0, 1))
def test_a_pause_is_never_shorter_than_was_asked_for(attempt: int, asked: float | None, chance: float) -> None:
    """And bounded where nothing was asked."""
    wait = pause(attempt, asked, chance)
    assert wait >= (asked or 0.0)
    assert wait <= 1.25 * max(asked or 0.0, LONGEST_PAUSE)


def test_retry_after_is_read_in_seconds() -> None:
    """A date or nothing is nothing."""
    assert retry_after(httpx.Headers({"Retry-After": "3"})) == 3.0
    assert retry_after(httpx.Headers({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"})) is None
    assert retry_after(httpx.Headers()) is None


def test_a_problem_says_where() -> None:
    """Line and column are added unless the sentence has them already."""
    assert Problem(detail="broken", line=3, column=9).sentence() == "broken (line 3, column 9)"
    assert Problem(detail="broken (line 3, column 9)", line=3, column=9).sentence() == "broken (line 3, column 9)"
    assert "dateline quarantine show 4" in Problem(detail="broken", quarantine=4).sentence()


async def test_a_busy_server_is_asked_again_and_a_refusal_is_final() -> None:
    """503 and 429 are tried again; 400 is not; a receipt is a receipt."""
    answers = [
        httpx.Response(503, headers={"Retry-After": "0"}),
        httpx.Response(429),
        httpx.Response(202, content=ACCEPTED),
        httpx.Response(400, json={"title": "t", "status": 400, "detail": "no", "line": 2}),
    ]
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answers.pop(0))) as http:
        pusher = Pusher(http, "http://here/", "key")
        done = await pusher.push("a.xml", b"x")
        assert (done.accepted, done.attempts, done.receipts[0].headline) == (True, 3, "H")
        refused = await pusher.push("b.xml", b"x")
        assert refused.problem is not None
        assert (refused.problem.line, refused.attempts) == (2, 1)


async def test_what_was_left_out_of_a_message_is_told_beside_its_receipts() -> None:
    """It is accepted all the same: sent again it would be known."""
    problem = {"type": "t", "title": "t", "status": 400, "detail": "no identifier (at item 2)", "quarantine": 7}
    content = msgspec.json.encode({**msgspec.json.decode(ACCEPTED), "problems": [problem]})
    answer = httpx.MockTransport(lambda request: httpx.Response(202, content=content))
    async with httpx.AsyncClient(transport=answer) as http:
        done = await Pusher(http, "http://here", "key").push("a.xml", b"x")
    assert (done.accepted, len(done.receipts)) == (True, 1)
    said = "no identifier (at item 2) [kept: dateline quarantine show 7]"
    assert [one.sentence() for one in done.problems] == [said]
    assert as_object(done)["problems"][0]["quarantine"] == 7


async def test_who_waits_long_is_told_once_what_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However many files wait for the same."""
    monkeypatch.setattr("dateline_operate.sending.pushing.QUIET", 0.1)
    full = {"title": "Try again later", "status": 503, "detail": "insufficient resources"}
    busy = httpx.MockTransport(lambda request: httpx.Response(503, json=full))
    async with httpx.AsyncClient(transport=busy) as http:
        pusher = Pusher(http, "http://here", "key", patience=0.5)
        for name in ("a.xml", "b.xml"):
            assert not (await pusher.push(name, b"x")).accepted
    said = "dateline: a.xml: insufficient resources; trying again for 0.5 s at most\n"
    assert capsys.readouterr() == ("", said)


async def test_who_hardly_waits_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """As where ingest is restarted, or a feed's rate is bounded."""
    answers = [httpx.Response(503, headers={"Retry-After": "0"}), httpx.Response(202, content=ACCEPTED)]
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answers.pop(0))) as http:
        done = await Pusher(http, "http://here", "key").push("a.xml", b"x")
    assert (done.attempts, capsys.readouterr().err) == (2, "")


async def test_patience_ends() -> None:
    """A server that never answers is a problem in the end, which names the address."""

    def dead(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    async with httpx.AsyncClient(transport=httpx.MockTransport(dead)) as http:
        done = await Pusher(http, "http://here:1", "key", patience=0.3).push("a.xml", b"x")
    assert done.problem is not None
    assert "http://here:1" in done.problem.sentence()


def test_a_file_that_cannot_be_read_keeps_none_of_the_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """One that went away since the folder was looked through: it is told of, and the next one is sent."""
    (tmp_path / "there.txt").write_text("Text.")
    files = [str(tmp_path / "gone.txt"), str(tmp_path / "there.txt")]
    monkeypatch.setattr("dateline_operate.sending.pushing.files_of", lambda _: files)
    options = push.Options(files=[str(tmp_path)], json=True, key="k", url="http://127.0.0.1:9", patience=0.0, jobs=1)
    assert push.run(options) == 1
    gone, there = map(msgspec.json.decode, capfd.readouterr().out.splitlines())
    assert (gone["file"], gone["attempts"], gone["accepted"]) == (files[0], 0, False)
    assert "gone.txt cannot be read" in gone["problem"]["detail"]
    assert (there["file"], there["attempts"]) == (files[1], 1)


def test_a_push_that_nobody_answers_ends_as_one_without_a_server(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3: the files are not refused, they were not handed in."""
    (tmp_path / "there.txt").write_text("Text.")
    options = push.Options(files=[str(tmp_path)], key="k", url="http://127.0.0.1:9", patience=0.0)
    with pytest.raises(Failure, match=r"^no ingest answers at http://127\.0\.0\.1:9") as raised:
        push.run(options)
    assert raised.value.code == 3
    assert "there.txt: not handed in: no answer from http://127.0.0.1:9" in capfd.readouterr().err


def test_programs_find_every_member_whatever_became_of_a_file() -> None:
    """What does not apply is null: no receipt where it was refused, no problem where it was taken."""
    taken = as_object(Outcome(file="a", receipts=[_TAKEN]))
    refused = as_object(Outcome(file="b", problem=Problem(detail="no")))
    assert taken.keys() == refused.keys()
    assert (taken["story_id"], taken["problem"]) == ("s", None)
    assert (refused["story_id"], refused["stories"], refused["problem"]["detail"]) == (None, [], "no")
