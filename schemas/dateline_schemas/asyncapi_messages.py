"""The messages of the AsyncAPI document: title, headers, payload, and an example of every event."""

from __future__ import annotations

from typing import get_args

import msgspec

from dateline_schemas.events import EVENTS, Event
from dateline_schemas.examples import example
from dateline_schemas.feeds import FEED_KINDS
from dateline_schemas.headers import ENVELOPE, PUSH_ENVELOPE, PUSHED_ENVELOPE, TOPIC_ENVELOPE, Header
from dateline_schemas.json_schema import Json
from dateline_schemas.pushes import ANSWERS, Problem
from dateline_schemas.story import Pubstatus

SCHEMA_REF = "#/components/schemas/{name}"
"""Where the document has the schema of a kind."""


def messages() -> Json:
    """``components.messages``: every event, what outlets read, and what pushes ask and are answered."""
    return {
        **{kind.__name__: _event_message(kind) for kind in EVENTS},
        "TopicMessage": {
            "title": "A release or a withdrawal, as outlets read it",
            "summary": "A story as ninjs 3.1; one that is taken back has pubStatus canceled or withheld and no body",
            "contentType": "application/json",
            "headers": _headers(TOPIC_ENVELOPE),
            "payload": {
                "type": "object",
                "description": "A ninjs 3.1 object",
                "required": ["uri"],
                "properties": {
                    "uri": {"type": "string"},
                    "pubStatus": {"enum": list(get_args(Pubstatus))},
                },
                "externalDocs": {"url": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"},
            },
        },
        "Quarantined": {
            "title": "What could not be dealt with",
            "contentType": "application/json",
            "payload": {"$ref": SCHEMA_REF.format(name="Quarantined")},
        },
        **{
            kind.__name__: {
                "title": kind.__name__,
                "summary": _said(kind),
                "contentType": "application/json",
                "payload": {"$ref": SCHEMA_REF.format(name=kind.__name__)},
            }
            for kind in FEED_KINDS
        },
        "Push": {
            "title": "Wire copy in any format that is read",
            "summary": "One message, or an archive of them; docs/formats.md says what is read",
            "contentType": "application/octet-stream",
            "headers": _headers(PUSH_ENVELOPE),
            "payload": {"type": "string", "format": "binary"},
        },
        **{kind.__name__: _answer_message(kind) for kind in ANSWERS},
        "OriginalChunk": {
            "title": "Bytes as they came, in pieces",
            "summary": "Layout of a NATS object store (NATS ADR-20); read it with any client's object store",
            "contentType": "application/octet-stream",
            "payload": {"type": "string", "format": "binary"},
        },
    }


def _event_message(kind: type[Event]) -> Json:
    return {
        "name": f"dateline.{kind.__name__}",
        "title": kind.__name__,
        "summary": _said(kind),
        "contentType": "application/json",
        "headers": _headers(ENVELOPE),
        "payload": {"$ref": SCHEMA_REF.format(name=kind.__name__)},
        "examples": [{"name": "canonical", "payload": msgspec.to_builtins(example(kind))}],
    }


def _answer_message(kind: type[msgspec.Struct]) -> Json:
    return {
        "name": f"dateline.{kind.__name__}",
        "title": kind.__name__,
        "summary": _said(kind),
        "contentType": "application/problem+json" if kind is Problem else "application/json",
        "headers": _headers(PUSHED_ENVELOPE),
        "payload": {"$ref": SCHEMA_REF.format(name=kind.__name__)},
    }


def _said(kind: type[msgspec.Struct]) -> str:
    """A kind's docstring on one line: Python 3.13 takes indentation out of docstrings, earlier ones leave it in."""
    return " ".join((kind.__doc__ or "").split())


def _headers(headers: tuple[Header, ...]) -> Json:
    return {
        "type": "object",
        "required": [header.name for header in headers if header.always],
        "properties": {header.name: {"type": "string", "description": header.meaning} for header in headers},
    }
