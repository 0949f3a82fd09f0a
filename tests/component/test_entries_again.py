"""Entries of web feeds that come again after an upgrade that reads more of them, at a running ingest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pkgutil import resolve_name
from typing import Any

import pytest
from desk import Desk
from msgspec.structs import replace
from stories import guid

from dateline_ingest.deliveries import Delivery
from dateline_ingest.intake import Intake
from dateline_schemas.feeds import Feed
from dateline_schemas.story import Story

FEED = Feed(name="test", door="poll", every=60)
RSS = """<rss version="2.0"><channel><title>Quay</title><lastBuildDate>{made}</lastBuildDate>
<item><guid>{name}</guid><title>{title}</title>{date}</item>{more}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><updated>{made}</updated>
<entry><id>{name}</id><title>{title}</title>{date}</entry>{more}</feed>"""
JSON = """{{"version":"https://jsonfeed.org/version/1.1","title":"Quay",
"items":[{{"id":"{name}","title":"{title}"{date}}}{more}]}}"""
MORE_RSS = "<item><guid>{}</guid><title>T</title></item>"
MORE_ATOM = "<entry><id>{}</id><title>T</title></entry>"
MORE_JSON = ',{{"id":"{}","title":"T"}}'
SHAPES = [
    ("rss._story", RSS, "<pubDate>Fri, 01 May 2026 08:00:00 GMT</pubDate>", MORE_RSS),
    ("rss._story", RSS, "", MORE_RSS),
    ("atom.story_of", ATOM, "<updated>2026-05-01T08:00:00Z</updated>", MORE_ATOM),
    ("jsonfeed._story", JSON, ',"date_published":"2026-05-01T08:00:00Z"', MORE_JSON),
]


def upgraded(monkeypatch: pytest.MonkeyPatch, reader: str, **reads: Any) -> None:
    """From now on entries are read with these members, too."""
    name = f"dateline_ingest.formats.feeds.{reader}"
    before: Callable[..., Story] = resolve_name(name)
    monkeypatch.setattr(name, lambda *given: replace(before(*given), **reads))


@pytest.mark.parametrize(("reader", "shape", "date", "more"), SHAPES, ids=["rss", "undated", "atom", "json-feed"])
async def test_an_unchanged_entry_of_which_more_is_read_now_is_a_repeat(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reader: str, shape: str, date: str, more: str
) -> None:
    """Its feed has other entries since. A change of it counts, and so do an embargo and a kill not seen before."""
    intake, name = Intake(desk.ingest.runtime), guid()

    async def look(title: str = "Lock shut") -> list[tuple[bool, str]]:
        document = shape.format(name=name, made=guid(), title=title, date=date, more=more.format(guid()))
        came = await intake.take_in(Delivery(feed=FEED, door="poll", data=document.encode()))
        return [(receipt.duplicate, receipt.standing) for receipt in came.receipts[:1]]

    assert await look() == [(False, "current")]
    upgraded(monkeypatch, reader, slugline="QUAY-LOCK", keywords=("locks",))
    assert await look() == [(True, "current")]
    assert await look("Lock open") == [(False, "disputed" if date else "current")]
    assert len(await desk.log(name)) == 2
    upgraded(monkeypatch, reader, embargo=datetime(2031, 6, 1, tzinfo=UTC))
    held = await look() if date else await look("Lock open")
    assert held == [(False, "current")]
    upgraded(monkeypatch, reader, pubstatus="canceled")
    assert await (look() if date else look("Lock open")) == [(False, "current")]
