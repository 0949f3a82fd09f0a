"""What ``tail`` makes of the messages on a topic."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dateline_operate.console.failure import Failure
from dateline_operate.console.moments import moment_of, span, start_of, took
from dateline_operate.console.terminal import clean
from dateline_operate.watching.following import Start
from dateline_operate.watching.posts import as_object, credit_line, headline, plain_body, post_of

NOW = datetime(2026, 3, 26, 12, 0, tzinfo=UTC)
HEADERS = {
    "Dateline-Release": "f" * 32,
    "Dateline-Story": "abc",
    "Dateline-Version": "3",
    "Dateline-Number": "2",
    "Dateline-Kind": "released",
    "Dateline-Agencies": "AFP,AP",
}
NINJS = {
    "language": "en",
    "headlines": [{"value": "Below", "role": "sub"}, {"value": "Harbour opens", "role": "main"}],
    "bodies": [{"value": "<p>x</p>", "contentType": "text/html"}, {"value": "x", "contentType": "text/plain"}],
    "infoSources": [{"role": "agency", "literal": "AFP"}, {"role": "creditline", "name": "AFP/AP"}],
}


def test_a_post_is_read_from_its_headers_and_body() -> None:
    """Release, story, version and agencies come from the headers; headline, credit and text from the ninjs body."""
    post = post_of(7, NOW, "topic.a.b.en.AFP.abc", HEADERS, json.dumps(NINJS).encode())
    assert (post.release, post.version, post.number, post.agencies) == ("f" * 32, "3", 2, ("AFP", "AP"))
    rendition = post.rendition()
    assert (headline(rendition), credit_line(rendition), plain_body(rendition)) == ("Harbour opens", "AFP/AP", "x")
    assert not post.is_withdrawal


def test_a_withdrawal_takes_back() -> None:
    """The kind in the headers decides."""
    assert post_of(1, NOW, "topic.a.b.en.AFP.abc", {**HEADERS, "Dateline-Kind": "withdrawn"}, b"{}").is_withdrawal


def test_a_message_without_headers_is_still_shown() -> None:
    """The story's id is the last token of the subject."""
    post = post_of(1, NOW, "topic.a.b.en.AFP.abc", {}, b"")
    assert (post.story_id, post.number, as_object(post)["seq"]) == ("abc", 0, 1)
    assert json.loads(msgspec.json.encode(as_object(post)))["ninjs"] is None


def test_a_post_is_for_programs_what_it_is() -> None:
    """Its ninjs document stands in it as it came."""
    post = post_of(7, NOW, "topic.a.b.en.AFP.abc", HEADERS, json.dumps(NINJS).encode())
    told = json.loads(msgspec.json.encode(as_object(post)))
    assert (told["ninjs"], told["agencies"], told["release"]) == (NINJS, ["AFP", "AP"], "f" * 32)


def test_places_in_the_log_are_written_as_people_do() -> None:
    """beginning, now, a sequence, so long ago, a time."""
    assert start_of("beginning", NOW) == Start(seq=1)
    assert start_of("now", NOW) == Start(new=True)
    assert start_of("17", NOW) == Start(seq=17)
    assert start_of("0", NOW) == start_of("1", NOW) == Start(seq=1)
    assert start_of("15m", NOW) == start_of("15m ago", NOW) == Start(time=NOW - timedelta(minutes=15))
    assert moment_of("2026-03-26T13:00:00+02:00", NOW) == datetime(2026, 3, 26, 11, 0, tzinfo=UTC)


def test_a_place_that_is_none_is_refused_with_the_ways_to_write_one() -> None:
    """The advice names the forms."""
    with pytest.raises(Failure, match="no place in the log") as failure:
        moment_of("yesterday", NOW)
    assert failure.value.code == 2
    with pytest.raises(Failure, match="999999d"):
        moment_of("999999d", NOW)
    assert "1234" in failure.value.advice


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "0 s"),
        (119.0, "119 s"),
        (120.0, "2 min"),
        (7_199.0, "119 min"),
        (7_200.0, "2 h"),
        (172_799.0, "47 h"),
        (172_800.0, "2 d"),
    ],
)
def test_a_length_of_time_is_said_in_the_largest_unit_of_which_it_has_two(seconds: float, said: str) -> None:
    """What is over is left out."""
    assert span(seconds) == said


@pytest.mark.parametrize(
    ("milliseconds", "said"), [(4.04, "4.0 ms"), (9_999.0, "9999.0 ms"), (10_000.0, "10 s"), (594_809.1, "9 min")]
)
def test_a_step_that_took_long_is_not_counted_in_milliseconds(milliseconds: float, said: str) -> None:
    """As between a release and an editor's word about it, or until an embargo ends."""
    assert took(milliseconds) == said


@pytest.mark.parametrize("said", ["999999d", "0001-01-01T00:00:00+14:00"])
def test_a_time_before_all_calendars_is_no_place(said: str) -> None:
    """It is refused with advice, like any other that cannot be read."""
    with pytest.raises(Failure, match="no place in the log"):
        moment_of(said, NOW)


def test_text_from_outside_cannot_steer_the_terminal() -> None:
    """Control characters and line breaks become spaces."""
    assert clean("a\x1b[31m\nb\u202e c") == "a [31m b c"
