"""Structured logs: a JSON object a line on standard error, with the story, event and correlation at hand."""

from __future__ import annotations

import logging
import sys
from typing import Any

import msgspec
import structlog

from dateline_kernel.errors import Misconfigured

_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def configure_logs(service: str, level: str = "info") -> structlog.typing.FilteringBoundLogger:
    """Set up structlog for this process and return the service's logger. Raises Misconfigured on an unknown level."""
    if level not in _LEVELS:
        raise Misconfigured(f"log_level = {level!r}: must be one of {', '.join(_LEVELS)}")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(serializer=_render),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.BytesLoggerFactory(file=sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(service=service)
    return logger


def _render(line: dict[str, Any], **_: Any) -> bytes:
    return msgspec.json.encode(line, enc_hook=str)
