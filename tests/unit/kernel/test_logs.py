"""What a service's log says, line by line."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from dateline_kernel.errors import Misconfigured
from dateline_kernel.logs import _OfLibraries, configure_logs


def _lines(said: bytes) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in said.splitlines()]


def test_a_line_is_a_json_object(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """It has the service, what happened, all that was said of it, the level and the time in UTC."""
    log = configure_logs("publish")
    log.info("handled", story="abc", at=datetime(2026, 11, 29, tzinfo=UTC), error=ValueError("odd"))
    (line,) = _lines(capfdbinary.readouterr().err)
    assert datetime.fromisoformat(line.pop("timestamp")).utcoffset() == UTC.utcoffset(None)
    assert line == {
        "service": "publish",
        "event": "handled",
        "story": "abc",
        "at": "2026-11-29T00:00:00Z",
        "error": "odd",
        "level": "info",
    }


def test_a_line_is_written_whatever_its_letters_are(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Bytes that are no UTF-8, as in a name of a file or the words of a server: whoever tells of them goes on."""
    at = datetime(2026, 11, 29, tzinfo=UTC)
    configure_logs("ingest").warning(
        "door failed", reason=b"refus\xe9".decode("utf-8", "surrogateescape"), error=ValueError("odd"), at=at
    )
    (line,) = _lines(capfdbinary.readouterr().err)
    assert line["at"] == "2026-11-29T00:00:00Z" and line["timestamp"].endswith("Z"), "as in any other line"
    assert (line["event"], line["reason"], line["error"], line["level"]) == (
        "door failed",
        "refus?",
        "odd",
        "warning",
    )
    assert datetime.fromisoformat(line["timestamp"]).utcoffset() == UTC.utcoffset(None)


def test_what_is_below_the_level_is_not_said(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A service that is to log warnings logs these and errors."""
    log = configure_logs("publish", "warning")
    log.info("handled")
    log.bind(seq=7).warning("not acknowledged")
    assert [(line["event"], line["seq"]) for line in _lines(capfdbinary.readouterr().err)] == [("not acknowledged", 7)]


def test_a_level_that_there_is_not_is_refused() -> None:
    """With those that there are."""
    with pytest.raises(Misconfigured, match="log_level = 'loud': must be one of debug, info, warning, error"):
        configure_logs("publish", "loud")


def test_what_a_library_says_is_a_line_like_any_other(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """It names the library beside the service that uses it."""
    record = logging.LogRecord("asyncio", logging.WARNING, "", 0, "took %d s", (7,), None)
    _OfLibraries("publish").handle(record)
    (line,) = _lines(capfdbinary.readouterr().err)
    assert (line["service"], line["library"], line["event"], line["level"]) == (
        "publish",
        "asyncio",
        "took 7 s",
        "warning",
    )


def test_an_error_comes_with_its_traceback(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """It is text in the same line, so that a line stays one fact."""
    log = configure_logs("publish")
    try:
        raise ValueError("odd")
    except ValueError as error:
        log.error("broke", exc_info=error)
    (line,) = _lines(capfdbinary.readouterr().err)
    assert line["exception"].startswith("Traceback")
    assert line["exception"].endswith("ValueError: odd")
    assert "exc_info" not in line
