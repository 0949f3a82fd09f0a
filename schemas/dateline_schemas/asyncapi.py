"""The whole system as an AsyncAPI 3.0 document: servers, channels, messages, and who sends and receives what."""

from __future__ import annotations

import msgspec

from dateline_schemas.events import EVENTS, Event
from dateline_schemas.examples import example
from dateline_schemas.feeds import FEED_KINDS
from dateline_schemas.flow import FLOW, Step, consumer_name
from dateline_schemas.headers import ENVELOPE, PUSH_ENVELOPE, PUSHED_ENVELOPE, TOPIC_ENVELOPE, Header
from dateline_schemas.json_schema import Json, definitions
from dateline_schemas.pushes import ANSWERS, Problem
from dateline_schemas.subjects import (
    FEED_EVENTS,
    ORIGINALS,
    PUSH,
    PUSH_QUEUE,
    QUARANTINE,
    STORIES,
    TOPICS,
    StreamSpec,
    fact_filter,
    topic_filter,
)

VERSION = "0.1.0"
"""That of the package dateline-schemas; a test compares the two."""

_SCHEMA_REF = "#/components/schemas/{name}"
_NATS = {"nats": {"bindingVersion": "0.1.0"}}

_STORY_ID = ("storyId", "Name of the story: 26 lower-case letters and digits, made from feed and provider's identifier")
_LOG_PARTS = (
    _STORY_ID,
    ("place", "Tells events of a kind apart within a story: the version's ordinal, or the number of its arrival"),
)
_TOPIC_PARTS = (
    ("topic", "IPTC Media Topic of the top level, eight digits; `none` where the story has none"),
    ("subTopic", "Media Topic of the second level; `none` where the story has none"),
    ("language", "Primary language subtag, lower case, e.g. `fr`; `und` or `none` where nobody can tell"),
    ("agency", "Id of the agency that leads the credit; `none` where there is none"),
    _STORY_ID,
)
_QUARANTINE_PARTS = (("service", "Service that could not deal with it"), ("storyId", "The story, or `none`"))
_FEED_PARTS = (("feed", "Name of the feed"), ("what", "What happened to it: `silent`, `heard`, `failing`"))
_CHUNK_PARTS = (("nuid", "Names the bytes of one object; its metadata message says which"),)


def document() -> Json:
    """The AsyncAPI document. Needs nothing but the contract."""
    return {
        "asyncapi": "3.0.0",
        "info": _info(),
        "defaultContentType": "application/json",
        "servers": {
            "nats": {
                "host": "{host}:4222",
                "protocol": "nats",
                "description": "A NATS server, 2.12 or later, with JetStream",
                "variables": {"host": {"default": "localhost", "description": "Where the server is"}},
            }
        },
        "channels": _channels(),
        "operations": {name: one for row in FLOW for name, one in _operations(row).items()},
        "components": {"messages": _messages(), "schemas": definitions(_SCHEMA_REF)},
    }


def _info() -> Json:
    return {
        "title": "Dateline",
        "version": VERSION,
        "description": (
            "Wire copy in, credited and classified stories out. Every step is an event in one durable log; outlets "
            "read topics. docs/events.md tells it in words."
        ),
        "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        "tags": [{"name": row.service, "description": row.does} for row in FLOW],
    }


def _channel(stream: StreamSpec, address: str, messages: list[str], parts: tuple[tuple[str, str], ...]) -> Json:
    return {
        "address": address,
        "description": stream.description,
        "servers": [{"$ref": "#/servers/nats"}],
        "parameters": {name: {"description": meaning} for name, meaning in parts},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "x-jetstream-stream": stream.name,
    }


def _channels() -> Json:
    facts = {
        kind.fact: _channel(STORIES, _address(fact_filter(kind), _LOG_PARTS), [kind.__name__], _LOG_PARTS)
        for kind in EVENTS
    }
    return {
        **facts,
        TOPICS.name: _channel(TOPICS, _address(topic_filter(), _TOPIC_PARTS), ["TopicMessage"], _TOPIC_PARTS),
        QUARANTINE.name: _channel(QUARANTINE, "quarantine.{service}.{storyId}", ["Quarantined"], _QUARANTINE_PARTS),
        FEED_EVENTS.name: _channel(
            FEED_EVENTS, "feed.{feed}.{what}", [kind.__name__ for kind in FEED_KINDS], _FEED_PARTS
        ),
        ORIGINALS.name: _channel(ORIGINALS, "$O.ORIGINALS.C.{nuid}", ["OriginalChunk"], _CHUNK_PARTS),
        **_requests(),
    }


def _requests() -> Json:
    """Subjects that no stream takes: who asks gets a reply on a subject of his own, which nobody knows before."""
    asked = {
        "address": f"{PUSH}.{{feed}}",
        "description": "A push as a NATS request; docs/pushing.md. One of all processes of ingest answers",
        "servers": [{"$ref": "#/servers/nats"}],
        "parameters": {"feed": {"description": "Name of the feed, whose key is in the headers"}},
        "messages": {"Push": {"$ref": "#/components/messages/Push"}},
    }
    replied = {
        "address": None,
        "description": "The reply subject of a push",
        "servers": [{"$ref": "#/servers/nats"}],
        "messages": {kind.__name__: {"$ref": f"#/components/messages/{kind.__name__}"} for kind in ANSWERS},
    }
    return {PUSH: asked, _reply_of(PUSH): replied}


def _reply_of(subject: str) -> str:
    return f"{subject}.reply"


def _address(subject: str, parts: tuple[tuple[str, str], ...]) -> str:
    """A subject with ``*`` as an address with named parameters."""
    for name, _ in parts:
        subject = subject.replace("*", "{" + name + "}", 1)
    return subject


def _operations(row: Step) -> Json:
    operations: Json = {}
    for kind in row.hears:
        heard = _operation(row, "receive", kind.fact, f"{row.service} hears {kind.__name__}")
        operations[f"{row.service}Hears{kind.__name__}"] = {
            **heard,
            "x-jetstream-consumer": consumer_name(row.service, kind),
        }
    for kind in row.says:
        operations[f"{row.service}Says{kind.__name__}"] = _operation(
            row, "send", kind.fact, f"{row.service} says {kind.__name__}"
        )
    for stream in row.posts:
        operations[f"{row.service}Posts{stream}"] = _operation(row, "send", stream, f"{row.service} posts to {stream}")
    for subject in row.answers:
        operations[f"{row.service}Answers{subject.rpartition('.')[2].title()}"] = {
            **_operation(row, "receive", subject, f"{row.service} answers a request to {subject}.<feed>"),
            "bindings": {"nats": {**_NATS["nats"], "queue": PUSH_QUEUE}},
            "reply": {"channel": {"$ref": f"#/channels/{_reply_of(subject)}"}},
        }
    return operations


def _operation(row: Step, action: str, channel: str, summary: str) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": summary,
        "tags": [{"name": row.service}],
        "bindings": _NATS,
    }


def _messages() -> Json:
    return {
        **{kind.__name__: _event_message(kind) for kind in EVENTS},
        "TopicMessage": {
            "title": "A release or a kill, as outlets read it",
            "summary": "A story as ninjs 3.1; a kill has pubStatus canceled and no body",
            "contentType": "application/json",
            "headers": _headers(TOPIC_ENVELOPE),
            "payload": {
                "type": "object",
                "description": "A ninjs 3.1 object",
                "required": ["uri"],
                "properties": {"uri": {"type": "string"}, "pubStatus": {"enum": ["usable", "canceled"]}},
                "externalDocs": {"url": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"},
            },
        },
        "Quarantined": {
            "title": "What could not be dealt with",
            "contentType": "application/json",
            "payload": {"$ref": _SCHEMA_REF.format(name="Quarantined")},
        },
        **{
            kind.__name__: {
                "title": kind.__name__,
                "summary": _said(kind),
                "contentType": "application/json",
                "payload": {"$ref": _SCHEMA_REF.format(name=kind.__name__)},
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
        "payload": {"$ref": _SCHEMA_REF.format(name=kind.__name__)},
        "examples": [{"name": "canonical", "payload": msgspec.to_builtins(example(kind))}],
    }


def _answer_message(kind: type[msgspec.Struct]) -> Json:
    return {
        "name": f"dateline.{kind.__name__}",
        "title": kind.__name__,
        "summary": _said(kind),
        "contentType": "application/problem+json" if kind is Problem else "application/json",
        "headers": _headers(PUSHED_ENVELOPE),
        "payload": {"$ref": _SCHEMA_REF.format(name=kind.__name__)},
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
