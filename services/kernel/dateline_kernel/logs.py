"""Structured logs: a JSON object a line on standard error, with the story, event and correlation at hand."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog

from dateline_kernel.errors import Misconfigured

_encode = msgspec.json.Encoder(enc_hook=str).encode
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def configure_logs(service: str, level: str = "info") -> structlog.typing.FilteringBoundLogger:
    """Set up structlog for this process and return the service's logger. Raises Misconfigured on an unknown level."""
    if level not in _LEVELS:
        raise Misconfigured(f"log_level = {level!r}: must be one of {', '.join(_LEVELS)}")
    structlog.configure(
        wrapper_class=_in_one_step(_LEVELS[level]),
        logger_factory=structlog.BytesLoggerFactory(file=sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_OfLibraries(service)])
    # Bound at once: what get_logger gives looks for the way to log at every line.
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger().bind(service=service)
    return logger


def _in_one_step(level: int) -> type[structlog.typing.BindableLogger]:
    """structlog's logger from a level on, without its row of processors: every event that is handled writes a line."""

    class InOneStep(structlog.make_filtering_bound_logger(level)):  # type: ignore[misc]
        def _proxy_to_logger(self, method_name: str, event: str | None = None, **said: Any) -> None:
            self._logger.msg(_line(self, method_name, {**self._context, **said, "event": event}))

    return InOneStep


class _OfLibraries(logging.Handler):
    """What libraries say by the standard way of logging, in the same form: whoever reads the log reads JSON."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def emit(self, record: logging.LogRecord) -> None:
        line: dict[str, Any] = {"service": self._service, "library": record.name, "event": record.getMessage()}
        if record.exc_info:
            line["exc_info"] = record.exc_info
        sys.stderr.buffer.write(_line(None, record.levelname.lower(), line) + b"\n")
        sys.stderr.buffer.flush()


def _line(logger: Any, method: str, line: structlog.typing.EventDict) -> bytes:
    """A line with all that it needs."""
    if "exc_info" in line:
        line = structlog.processors.format_exc_info(logger, method, line)
    line["level"] = method
    line["timestamp"] = datetime.now(UTC)
    try:
        return _encode(line)
    except UnicodeEncodeError:
        # Bytes that were no UTF-8, as of a file's name: whoever tells of them must not end of it.
        plain = msgspec.to_builtins(line, enc_hook=str)
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
