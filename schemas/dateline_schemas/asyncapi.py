"""The whole system as an AsyncAPI 3.0 document: servers, channels, messages, and who sends and receives what."""

from __future__ import annotations

from dateline_schemas.asyncapi_messages import SCHEMA_REF, messages
from dateline_schemas.events import EVENTS
from dateline_schemas.feeds import FEED_KINDS
from dateline_schemas.flow import FLOW, Step, consumer_name
from dateline_schemas.json_schema import Json, definitions
from dateline_schemas.pushes import ANSWERS
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
        "components": {"messages": messages(), "schemas": definitions(SCHEMA_REF)},
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
