from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_schemas.codec import cloudevent_headers
from dateline_schemas.events import EVENTS, Event
from dateline_schemas.examples import EXAMPLES, RELEASED, WITHDRAWN
from dateline_schemas.headers import ENVELOPE, TOPIC_ENVELOPE, Header, number_in

AT = datetime(2026, 3, 26, 9, 41, 2, 500000, tzinfo=UTC)


def _agree(sent: dict[str, str], documented: tuple[Header, ...]) -> None:
    sent = {name: value for name, value in sent.items() if not name.startswith("Nats-Expected-")}
    assert set(sent) <= {header.name for header in documented}
    assert {header.name for header in documented if header.always} <= set(sent)
    for name, value in sent.items():
        assert value and all("!" <= letter <= "~" for letter in value), f"{name}: {value!r}"


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_an_event_carries_the_documented_headers(kind: type[Event]) -> None:
    """CloudEvents attributes and the message id, printable ASCII without spaces, as the NATS binding has them."""
    event = EXAMPLES[kind]
    headers = cloudevent_headers(event, "publish", AT)
    _agree(headers, ENVELOPE)
    assert headers["Nats-Msg-Id"] == headers["ce-id"] == event.id
    assert headers["ce-type"] == f"dateline.{kind.__name__}"
    assert headers["ce-time"] == "2026-03-26T09:41:02.500000Z"


@pytest.mark.parametrize(
    ("headers", "number"),
    [({"Dateline-Number": "17"}, 17), ({"Dateline-Number": "x1"}, 0), ({"Dateline-Number": ""}, 0), ({}, 0), (None, 0)],
)
def test_a_message_that_is_none_of_ours_has_the_number_nought(headers: dict[str, str] | None, number: int) -> None:
    """Whoever may write to a topic must not end what reads there."""
    assert number_in(headers) == number


def test_a_topic_message_carries_the_documented_headers() -> None:
    """What publish posts for a release and for a kill has the headers that outlets were promised."""
    announcements = pytest.importorskip("dateline_publish.announcements")
    messages = announcements.due([RELEASED, WITHDRAWN], {}, "publish", AT, 8_000_000)
    assert len(messages) == 2
    for message in messages:
        _agree(message.headers, TOPIC_ENVELOPE)
