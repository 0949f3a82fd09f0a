"""Pushes that meet: versions of one story in one batch, one key twice at a time, more than a feed may send at once."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
import pytest
from desk import KEY, opened
from nats.aio.msg import Msg
from stories import guid

from dateline_ingest.deliveries import Delivery
from dateline_ingest.doors.idempotency import Answers
from dateline_ingest.doors.problems import Answer
from dateline_ingest.intake import Intake
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.runtime import Runtime
from dateline_kernel.testing import PATIENCE, bare_server, provisioned, scratch_folder
from dateline_schemas.events import Arrival
from dateline_schemas.feeds import Contract, Feed, key_digest
from dateline_schemas.identity import story_id
from dateline_schemas.pushes import Accepted, Taken

OTHER = "another-key"
AUTH = {"Authorization": f"Bearer {KEY}"}
JSON = {"content-type": "application/json"}
LINES = {"content-type": "application/x-ndjson"}


@asynccontextmanager
async def ingest(server: EmbeddedServer, **said: Any) -> AsyncIterator[tuple[httpx.AsyncClient, Runtime]]:
    """A running ingest with two feeds, an HTTP client with the first one's key, and its runtime."""
    other = Feed(name="other", key_sha256=key_digest(OTHER), **said)
    async with opened(server, other, **said) as desk:
        del desk.http.headers["content-type"]
        yield desk.http, desk.ingest.runtime


def ninjs(name: str, version: str = "1", text: str = "The bridge opened on Monday.") -> bytes:
    """A ninjs 3 story in one line."""
    said = {"uri": name, "version": version, "type": "text", "headlines": [{"value": f"Bridge opens, {version}"}]}
    return msgspec.json.encode({**said, "bodies": [{"contentType": "text/plain", "value": text}]})


def multipart(*parts: tuple[str, bytes]) -> tuple[bytes, dict[str, str]]:
    """A multipart/mixed batch of parts with their media types, and its header."""
    body = b"".join(b"--cut\r\nContent-Type: %s\r\n\r\n%s\r\n" % (kind.encode(), part) for kind, part in parts)
    return body + b"--cut--\r\n", {"content-type": 'multipart/mixed; boundary="cut"'}


@pytest.mark.parametrize("count", [3, 90])
async def test_versions_of_one_story_in_a_batch_are_taken_in_its_order(server: EmbeddedServer, count: int) -> None:
    """Each is the update of the one before it, however many there are."""
    async with ingest(server) as (http, runtime):
        name = guid()
        lines = [ninjs(name, str(nth)) for nth in range(1, count + 1)]
        answer = await http.post("/v1/batches", content=b"\n".join(lines), headers=LINES)
        assert answer.status_code == 202, answer.text
        stories = [part["stories"][0] for part in answer.json()["parts"]]
        assert {story["standing"] for story in stories} == {"current"}
        log = await Journal(runtime.client, "ingest").load(story_id("test", name))
        assert [one.event.version for one in log] == [str(nth) for nth in range(1, count + 1)]


async def test_a_large_version_in_a_batch_is_not_overtaken_by_a_small_one(server: EmbeddedServer) -> None:
    """It takes longer to read, and stays the earlier one."""
    async with ingest(server) as (http, _):
        name = guid()
        lines = [ninjs(name, "", "Long. " * 100_000), ninjs(name, "", "Short.")]
        answer = await http.post("/v1/batches", content=b"\n".join(lines), headers=LINES)
        assert answer.status_code == 202, answer.text
        assert [part["stories"][0]["version"] for part in answer.json()["parts"]] == ["1", "2"]


async def test_a_batch_larger_than_the_feeds_rate_is_taken_when_the_feed_was_quiet(server: EmbeddedServer) -> None:
    """It pays for itself afterwards: the next push has to wait as long as its messages take."""
    async with ingest(server, per_second=2) as (http, _):
        lines = b"\n".join(ninjs(guid()) for _ in range(90))
        answer = await http.post("/v1/batches", content=lines, headers=LINES)
        assert answer.status_code == 202, answer.text
        after = await http.post("/v1/stories", content=ninjs(guid()), headers=JSON)
        assert after.status_code == 429
        # 44.5 s, less what taking them in took.
        assert 1 <= int(after.headers["retry-after"]) <= 45


async def test_a_feed_has_one_rate_whatever_the_door(server: EmbeddedServer) -> None:
    """What it pushed by HTTP counts for what it pushes by NATS."""
    async with ingest(server, per_second=2) as (http, runtime):
        lines = b"\n".join(ninjs(guid()) for _ in range(90))
        assert (await http.post("/v1/batches", content=lines, headers=LINES)).status_code == 202
        headers = {"Authorization": f"Bearer {KEY}"}
        answer = await runtime.client.request("dateline.push.test", ninjs(guid()), timeout=PATIENCE, headers=headers)
        assert (answer.headers or {})["Status"] == "429"


async def test_no_part_of_a_batch_goes_unanswered(server: EmbeddedServer) -> None:
    """A mail within the batch, a packed message, one with bytes of every kind: each has its outcome."""
    mail = b"From: desk@example.org\r\nSubject: Ferry late\r\nMessage-ID: <%s@example.org>\r\n\r\nIt is late.\r\n"
    packed = gzip.compress(ninjs(guid()))
    assert b"\r" in packed + bytes(range(256))
    body, header = multipart(
        ("message/rfc822", mail % guid()[-12:].encode()),
        ("application/gzip", packed),
        ("application/octet-stream", bytes(range(256)) * 3),
        ("multipart/mixed; boundary=inner", b"--inner\r\n\r\nx\r\n--inner--"),
    )
    async with ingest(server) as (http, _):
        answer = await http.post("/v1/batches", content=body, headers=header)
        parts = answer.json()["parts"]
        assert [part["part"] for part in parts] == [1, 2, 3, 4]
        assert [part["status"] for part in parts[:3]] == [202, 202, 400], answer.text


async def test_a_batch_without_its_end_is_refused(server: EmbeddedServer) -> None:
    """It was cut off, so its last message may be half of one."""
    async with ingest(server) as (http, _):
        body, header = multipart(("application/json", ninjs(guid())), ("application/json", ninjs(guid())))
        answer = await http.post("/v1/batches", content=body[:-20], headers=header)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:dateline:problem:no-batch")


async def test_one_key_twice_at_a_time_is_one_push(server: EmbeddedServer) -> None:
    """The second waits for the first one's answer, and gets the same; with another body it is refused."""
    async with ingest(server) as (http, _):
        body, headers = ninjs(guid()), {**JSON, "idempotency-key": guid()}
        answers = await asyncio.gather(*(http.post("/v1/stories", content=body, headers=headers) for _ in range(6)))
        assert len({answer.content for answer in answers}) == 1
        assert sum("idempotency-replayed" in answer.headers for answer in answers) == 5
        key = {**JSON, "idempotency-key": guid()}
        answers = await asyncio.gather(
            *(http.post("/v1/stories", content=ninjs(guid()), headers=key) for _ in range(4))
        )
        assert sorted(answer.status_code for answer in answers) == [202, 422, 422, 422]


@pytest.mark.parametrize(("error", "status"), [(Unavailable("no answer"), 503), (RuntimeError("a fault"), 500)])
async def test_a_batch_that_the_log_took_in_part_can_be_sent_again_with_its_key(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    """What the log or a fault kept out is not settled, so the answer is not given again: the rest is taken in."""
    taking, away = Intake.take_in, guid()

    async def lame(self: Intake, delivery: Delivery, *said: Any, **more: Any) -> list[Taken]:
        if away.encode() in delivery.data:
            raise error
        return await taking(self, delivery, *said, **more)

    async with ingest(server) as (http, _):
        body, headers = b"\n".join((ninjs(guid()), ninjs(away))), {**LINES, "idempotency-key": guid()}
        monkeypatch.setattr(Intake, "take_in", lame)
        first = await http.post("/v1/batches", content=body, headers=headers)
        assert [part["status"] for part in first.json()["parts"]] == [202, status]
        monkeypatch.undo()
        second = await http.post("/v1/batches", content=body, headers=headers)
        assert second.status_code == 202, second.text


async def test_a_body_packed_in_several_members_is_unpacked(server: EmbeddedServer) -> None:
    """RFC 1952, 2.2: members simply appear one after another; what else follows is no gzip."""
    async with ingest(server) as (http, _):
        body, headers = ninjs(guid()), {**JSON, "content-encoding": "gzip"}
        packed = gzip.compress(body[:50]) + gzip.compress(b"") + gzip.compress(body[50:])
        assert (await http.post("/v1/stories", content=packed, headers=headers)).status_code == 202
        assert (await http.post("/v1/stories", content=packed[:-4], headers=headers)).status_code == 400
        assert (await http.post("/v1/stories", content=packed + b"more", headers=headers)).status_code == 400
        bomb = b"".join(gzip.compress(b" " * 5_000_000) for _ in range(4))
        assert (await http.post("/v1/stories", content=bomb, headers=headers)).status_code == 413


async def test_the_agencys_other_feed_may_ask_for_the_receipt_of_its_repeat(server: EmbeddedServer) -> None:
    """The number in an answer can be asked for by the feed that got it."""
    async with ingest(server, contract=Contract(agency="AFP", trust="agency")) as (http, _):
        body, other = ninjs(guid()), {**JSON, "authorization": f"Bearer {OTHER}"}
        first = (await http.post("/v1/stories", content=body, headers=JSON)).json()
        again = (await http.post("/v1/stories", content=body, headers=other)).json()
        assert again["duplicate"] and again["receipt"] == first["receipt"]
        proof = await http.get(f"/v1/receipts/{again['receipt']}", headers=other)
        assert proof.status_code == 200 and proof.json()["event_id"] == first["event_id"]


async def test_a_door_that_closes_answers_what_it_was_sent(server: EmbeddedServer) -> None:
    """By NATS: every push is answered, or nobody was there to take it; none gets no answer."""
    async with provisioned(server) as client:
        headers = {"X-Api-Key": KEY}
        async with ingest(server):
            pushes = [
                asyncio.create_task(
                    client.request("dateline.push.test", ninjs(guid()), headers=headers, timeout=PATIENCE)
                )
                for _ in range(600)
            ]
            await asyncio.wait(pushes, return_when=asyncio.FIRST_COMPLETED)
        answers = await asyncio.gather(*pushes, return_exceptions=True)
        said = {(one.headers or {})["Status"] if isinstance(one, Msg) else type(one).__name__ for one in answers}
        assert said <= {"202", "503", "NoRespondersError"}


async def test_a_story_larger_than_the_log_takes_is_refused_and_kept(server: EmbeddedServer) -> None:
    """422 with its place in quarantine, as with everything that is refused."""
    async with ingest(server) as (http, runtime):
        body = ninjs(guid(), text="Long. " * 900_000)
        answer = await http.post("/v1/stories", content=body, headers=JSON)
        assert answer.status_code == 422, answer.text
        kept = await runtime.quarantine.get(answer.json()["quarantine"])
        assert kept.what.error == "TooLarge" and kept.what.original_bytes == len(body)


async def test_one_entry_of_an_absurd_date_does_not_keep_the_others_out(server: EmbeddedServer) -> None:
    """A feed's pinned entry is dated 2099 or so: the others are taken in, the message is kept for that one."""
    names = [guid(), guid()]
    items = "".join(
        f"<item><guid isPermaLink='false'>{name}</guid><title>Ferry late</title><description>It is late.</description>"
        f"<pubDate>Fri, 01 May {year} 10:00:00 GMT</pubDate></item>"
        for name, year in zip(names, (2020, 2099), strict=True)
    )
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode()
    async with ingest(server) as (http, runtime):
        answer = await http.post("/v1/stories", content=feed, headers={"content-type": "application/rss+xml"})
        assert answer.status_code == 202, answer.text
        assert [story["story_id"] for story in answer.json()["stories"]] == [story_id("test", names[0])]
        kept = [one async for one in Quarantine(runtime.client).all("ingest")]
        (mine,) = [one for one in kept if one.what.error == "ClockAhead"]
        assert names[1] in mine.what.reason
        assert await runtime.originals.get(mine.what.original) == feed


async def test_a_take_that_comes_before_the_first_joins_it(server: EmbeddedServer) -> None:
    """Pushed in the wrong order as text wires send them, the story has both in the right order."""

    def take(keyword: str, minute: int, said: str) -> bytes:
        head = f"\x16\x16\x01W287{minute}\x1fasian\r\nr i\x13\x11 BC-XX--{keyword[:20]}     03-26 0340\r\n\x02"
        return (
            f"{head}^BC-XX--{keyword}<\r\n^Ferries at {said}<\r\n\t   ORANBURG (XP) _ {said} sailed on time.\r\n"
            f"\t   \x03XP-WF-03-26-26 15{minute:02}GMT<\r\n\r\n\x0c\r\n\x04"
        ).encode()

    word = f"River-{guid()[-12:].translate(str.maketrans('0123456789', 'ghijklmnop')).capitalize()} Festival"
    first, second = take(f"{word},340", 10, "One"), take(f"{word}, Take 2,200", 20, "Two")
    async with ingest(server) as (http, runtime):
        late = (await http.post("/v1/stories", content=second)).json()
        lead = (await http.post("/v1/stories", content=first)).json()
        assert (lead["standing"], lead["story_id"]) == ("current", late["story_id"])
        log = await Journal(runtime.client, "ingest").load(lead["story_id"])
        last = log[-1].event
        assert isinstance(last, Arrival)
        assert ["One" in part for part in last.story.paragraphs] == [True, False]
        assert last.story.headline == "Ferries at One"


async def test_of_two_answers_to_one_key_the_first_is_kept(server: EmbeddedServer) -> None:
    """Two processes answered the same push: whoever asks again gets one answer, always the same."""
    async with ingest(server) as (_, runtime):
        feed, key = Feed(name="test"), guid()
        for body in (b"first", b"second"):
            await Answers(runtime).keep(feed, key, "request", Answer(202, body))
        given = await Answers(runtime).given(feed, key, "request")
        assert given is not None and given.body == b"first"


@pytest.fixture
def narrow() -> Iterator[EmbeddedServer]:
    """A server of the house's, which takes messages of 64 kB at the most."""
    with scratch_folder() as folder:
        (folder / "conf").write_text("max_payload: 64KB\n", "utf-8")
        with bare_server(folder, "-c", str(folder / "conf")) as port:
            yield EmbeddedServer(folder, port)


def web_feed(entries: int) -> bytes:
    """A JSON Feed with so many entries of its own."""
    feed = guid()
    items = [{"id": f"{feed}-{nth}", "title": "Ferry late", "content_text": "Fog."} for nth in range(entries)]
    return msgspec.json.encode({"version": "https://jsonfeed.org/version/1.1", "title": "Ferries", "items": items})


async def test_an_answer_that_is_too_long_to_be_kept_for_its_key_is_given_all_the_same(narrow: EmbeddedServer) -> None:
    """All of it was taken: who sends it again is told so, story by story, and not to try later for ever."""
    body, headers = web_feed(400), {"content-type": "application/feed+json", "idempotency-key": guid()}
    async with ingest(narrow) as (http, _):
        first, second = [await http.post("/v1/stories", content=body, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code) == (202, 202), first.text[:300]
    assert [len(first.content) > 64 * 1024, len(first.json()["stories"])] == [True, 400]
    assert [story["duplicate"] for story in second.json()["stories"]] == [True] * 400


async def test_by_nats_an_answer_has_as_many_receipts_as_there_is_room_for(narrow: EmbeddedServer) -> None:
    """Its sender hears that all of it was taken, and how many stories are not told of one by one."""
    async with ingest(narrow) as (_, runtime):
        answer = await runtime.client.request("dateline.push.test", web_feed(400), timeout=PATIENCE, headers=AUTH)
        few = await runtime.client.request("dateline.push.test", web_feed(4), timeout=PATIENCE, headers=AUTH)
    assert answer.headers is not None and answer.headers["Status"] == "202"
    told = msgspec.json.decode(answer.data, type=Accepted)
    assert len(answer.data) > 60 * 1024
    assert (len(told.stories) + told.left_out, told.receipt) == (400, told.stories[0].receipt)
    assert b"left_out" not in few.data
