"""Batches, packed bodies, receipts and idempotency keys by HTTP; pushes by NATS request."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import jsonschema
import msgspec
import pytest
from desk import ninjs, opened
from nats.aio.client import Client
from nats.aio.msg import Msg
from stories import guid

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas import asyncapi
from dateline_schemas.events import StoryHeld
from dateline_schemas.feeds import Contract, Feed, key_digest
from dateline_schemas.identity import stamp

OTHER = "another-key"
JSON = {"content-type": "application/json"}


@asynccontextmanager
async def ingest(server: EmbeddedServer, **said: Any) -> AsyncIterator[tuple[httpx.AsyncClient, Client]]:
    """A running ingest with two feeds, an HTTP client with the first one's key, and a connection of the test's."""
    other = Feed(name="other", door="nats", key_sha256=key_digest(OTHER), **said)
    async with opened(server, other, max_body=200_000, **said) as desk:
        del desk.http.headers["content-type"]
        await eventually(lambda: answering(desk.client))
        yield desk.http, desk.client


async def answering(client: Client) -> bool:
    """Whether somebody answers pushes by NATS."""
    return bool(await client.request("dateline.push.other", b"", timeout=5))


async def by_nats(client: Client, body: bytes, **headers: str) -> Msg:
    """Push into the other feed; the answer."""
    headers["X-Api-Key"] = OTHER
    return await client.request("dateline.push.other", body, headers=headers, timeout=PATIENCE)


async def test_a_batch_is_taken_message_by_message(server: EmbeddedServer) -> None:
    """207 with an outcome each: what can be read is in the log, what cannot has its place in quarantine."""
    async with ingest(server) as (http, client):
        lines = [ninjs(guid()), b'{"uri": 7}', ninjs(guid())]
        answer = await http.post(
            "/v1/batches", content=b"\n".join(lines), headers={"content-type": "application/x-ndjson"}
        )
        assert answer.status_code == 207
        said = answer.json()
        assert (said["accepted"], said["refused"]) == (2, 1)
        assert [part["status"] for part in said["parts"]] == [202, 400, 202]
        assert said["parts"][1]["problem"]["quarantine"] > 0
        for part in (said["parts"][0], said["parts"][2]):
            assert await Journal(client, "ingest").load(part["stories"][0]["story_id"])


async def test_a_multipart_batch_may_mix_formats(server: EmbeddedServer) -> None:
    """Files of a form, each in a format of its own: all taken, 202."""
    async with ingest(server) as (http, _):
        page = (
            b"<html><body><article><h1>Ferry adrift</h1><p>It drifted for a day, AFP said.</p></article></body></html>"
        )
        files = [("a", ("a.json", ninjs(guid()), "application/json")), ("b", ("b.html", page, "text/html"))]
        answer = await http.post("/v1/batches", files=files)
        assert answer.status_code == 202, answer.text
        assert [part["name"] for part in answer.json()["parts"]] == ["a.json", "b.html"]


async def test_a_file_may_be_pushed_as_a_form(server: EmbeddedServer) -> None:
    """What surrounds it in the body is no part of the story; two files are one push too many."""
    async with ingest(server) as (http, _):
        body = ninjs(guid())
        plain = await http.post("/v1/stories", content=body)
        form = await http.post("/v1/stories", files={"file": ("a.json", body)})
        assert form.json() == {
            **plain.json(),
            "duplicate": True,
            "stories": [{**plain.json()["stories"][0], "duplicate": True}],
        }
        two = await http.post("/v1/stories", files={"a": body, "b": body})
        assert (two.status_code, two.json()["type"]) == (400, "urn:dateline:problem:no-batch")


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"", "application/x-ndjson"), (b"{}", "text/plain"), (b"no boundary", 'multipart/mixed; boundary="x"')],
)
async def test_what_is_no_batch_is_said_so(server: EmbeddedServer, body: bytes, kind: str) -> None:
    """400 that says what a batch is."""
    async with ingest(server) as (http, _):
        answer = await http.post("/v1/batches", content=body, headers={"content-type": kind})
        assert answer.status_code == 400
        assert answer.json()["type"] == "urn:dateline:problem:no-batch"


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_packed_body_is_unpacked(server: EmbeddedServer, encoding: str, pack: Any) -> None:
    """Content-Encoding gzip and deflate; what is kept as the original is what was meant, unpacked."""
    async with ingest(server) as (http, _):
        answer = await http.post(
            "/v1/stories", content=pack(ninjs(guid())), headers={**JSON, "content-encoding": encoding}
        )
        assert answer.status_code == 202, answer.text


async def test_a_bomb_a_torn_and_an_unknown_encoding_are_refused(server: EmbeddedServer) -> None:
    """A body that unpacks to more than a push may have is refused while it unpacks."""
    async with ingest(server) as (http, _):
        whole = gzip.compress(ninjs(guid()))
        tries = [
            (gzip.compress(b" " * 50_000_000), "gzip", 413),
            (whole[:-10], "gzip", 400),
            (b"no gzip", "gzip", 400),
            (whole, "br", 415),
        ]
        for body, encoding, status in tries:
            answer = await http.post("/v1/stories", content=body, headers={**JSON, "content-encoding": encoding})
            assert answer.status_code == status, encoding


async def test_a_receipt_can_be_asked_for_again(server: EmbeddedServer) -> None:
    """By its number; it tells where the story stands in the log. Another feed's receipts are not told."""
    async with ingest(server) as (http, _):
        body = ninjs(guid())
        pushed = (await http.post("/v1/stories", content=body, headers=JSON)).json()
        proof = (await http.get(f"/v1/receipts/{pushed['receipt']}")).json()
        assert (proof["story_id"], proof["event_id"]) == (pushed["story_id"], pushed["event_id"])
        assert proof["original_bytes"] == len(body) and proof["seq"] > 0 and proof["door"] == "http"
        again = (await http.post("/v1/stories", content=body, headers=JSON)).json()
        assert again["duplicate"] and again["receipt"] == pushed["receipt"]
        stranger = await http.get(f"/v1/receipts/{pushed['receipt']}", headers={"authorization": f"Bearer {OTHER}"})
        assert stranger.status_code == 404
        assert (await http.get("/v1/receipts/nothing")).status_code == 404


async def test_a_sender_sees_that_an_embargo_was_understood_and_until_when_it_holds(server: EmbeddedServer) -> None:
    """In the answer as it was read; in the receipt as publish has said."""
    until = "2051-03-26T12:00:00Z"
    async with ingest(server) as (http, client):
        pushed = (await http.post("/v1/stories", content=ninjs(guid(), embargoed=until), headers=JSON)).json()
        [story] = pushed["stories"]
        assert (story["pubstatus"], story["embargo"]) == ("usable", until)
        [received] = await Journal(client, "ingest").load(pushed["story_id"])
        held = StoryHeld(
            story_id=pushed["story_id"],
            version="1",
            ordinal=1,
            reason="embargo",
            until=datetime.fromisoformat(until).astimezone(UTC),
        )
        await Journal(client, "publish").append([stamp(held, received.event, "publish/0")])
        [step] = (await http.get(f"/v1/receipts/{pushed['receipt']}")).json()["since"]
        assert (step["fact"], step["reason"], step["until"]) == ("held", "embargo", until)


async def test_an_idempotency_key_gives_the_same_answer_again(server: EmbeddedServer) -> None:
    """The very same answer, marked as such; the key with another body is refused."""
    async with ingest(server) as (http, _):
        body, headers = ninjs(guid()), {**JSON, "idempotency-key": guid()}
        first = await http.post("/v1/stories", content=body, headers=headers)
        second = await http.post("/v1/stories", content=body, headers=headers)
        assert first.status_code == second.status_code == 202
        assert first.content == second.content and not second.json()["duplicate"]
        assert "idempotency-replayed" not in first.headers and second.headers["idempotency-replayed"] == "true"
        other = await http.post("/v1/stories", content=ninjs(guid()), headers=headers)
        assert (other.status_code, other.json()["type"]) == (422, "urn:dateline:problem:idempotency-key")


async def test_an_idempotency_key_counts_by_nats_as_by_http(server: EmbeddedServer) -> None:
    """For the same push by either door."""
    async with ingest(server) as (http, client):
        body, key = ninjs(guid()), {"Idempotency-Key": guid()}
        first, second = await by_nats(client, body, **key), await by_nats(client, body, **key)
        assert first.data == second.data and not msgspec.json.decode(first.data)["duplicate"]
        assert "Idempotency-Replayed" not in (first.headers or {})
        assert (second.headers or {})["Idempotency-Replayed"] == "true"
        third = await http.post("/v1/stories", content=body, headers={**key, "Authorization": f"Bearer {OTHER}"})
        assert third.content == first.data and third.headers["idempotency-replayed"] == "true"
        other = await by_nats(client, ninjs(guid()), **key)
        assert (other.headers or {})["Status"] == "422"
        assert msgspec.json.decode(other.data)["type"] == "urn:dateline:problem:idempotency-key"


async def test_the_same_item_by_two_doors_is_one_story(server: EmbeddedServer) -> None:
    """Pushed by HTTP into one feed and by NATS into another: the second is a repeat of the first."""
    async with ingest(server) as (http, client):
        body = ninjs(guid())
        first = (await http.post("/v1/stories", content=body, headers=JSON)).json()
        reply = await by_nats(client, body)
        second = msgspec.json.decode(reply.data)
        assert (reply.headers or {})["Status"] == "202"
        assert second["story_id"] == first["story_id"] and second["duplicate"]


async def test_an_update_by_another_feed_counts_if_it_is_the_agencys(server: EmbeddedServer) -> None:
    """Two feeds of one agency update one story; without that it is disputed and flagged."""
    name = guid()
    async with ingest(server, contract=Contract(agency="AFP", trust="agency")) as (http, client):
        await http.post("/v1/stories", content=ninjs(name), headers=JSON)
        reply = await by_nats(client, ninjs(name, "2"))
        assert msgspec.json.decode(reply.data)["standing"] == "current"
    async with ingest(server) as (http, client):
        name = guid()
        await http.post("/v1/stories", content=ninjs(name), headers=JSON)
        reply = await by_nats(client, ninjs(name, "2"))
        said = msgspec.json.decode(reply.data)
        assert said["standing"] == "disputed" and said["stories"][0]["flags"] == ["other-feed"]


async def test_a_push_by_nats_is_answered_like_one_by_http(server: EmbeddedServer) -> None:
    """No key, another feed's key, no story: the same problems, with their status in a header."""
    async with ingest(server) as (_, client):
        tries = [
            ("other", ninjs(guid()), {}, "401"),
            ("test", ninjs(guid()), {"X-Api-Key": OTHER}, "403"),
            ("other", b"{", {"X-Api-Key": OTHER}, "400"),
            ("other", b"x" * 200_001, {"X-Api-Key": OTHER}, "413"),
        ]
        for feed, body, headers, status in tries:
            reply = await client.request(f"dateline.push.{feed}", body, headers=headers or None, timeout=PATIENCE)
            assert (reply.headers or {})["Status"] == status
            assert msgspec.json.decode(reply.data)["detail"]


async def test_no_reply_by_nats_is_written_where_its_reader_may_not_write(server: EmbeddedServer) -> None:
    """Neither into a stream nor to the server itself, whatever inbox is named, by whomever."""
    async with ingest(server) as (_, client):
        heard: list[str] = []

        async def note(message: Msg) -> None:
            heard.append(message.subject)

        await client.subscribe(">", cb=note)
        forbidden = {"story.x.received.1", "quarantine.x", "$KV.FEEDS.other", "$JS.API.STREAM.PURGE.STORIES"}
        for inbox in (*forbidden, "ours.x"):
            await client.publish("dateline.push.other", b"no key", reply=inbox)
        await by_nats(client, ninjs("urn:behind-them"))
        await eventually(lambda: "ours.x" in heard)
        assert not forbidden & set(heard)


async def test_a_reply_by_nats_is_what_the_asyncapi_document_says(server: EmbeddedServer) -> None:
    """Receipts and problems of a running ingest, headers and all, fit the messages of the reply's channel."""
    document = asyncapi.document()

    def check(reply: Msg, name: str) -> None:
        message = document["components"]["messages"][name]
        headers = reply.headers or {}
        assert headers["Content-Type"] == message["contentType"]
        assert headers.keys() <= message["headers"]["properties"].keys()
        for schema, value in ((message["headers"], headers), (message["payload"], msgspec.json.decode(reply.data))):
            jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(value)

    async with ingest(server) as (_, client):
        for body, headers, name in (
            *2 * [(ninjs("urn:said-twice"), {"X-Api-Key": OTHER, "Idempotency-Key": "twice"}, "Accepted")],
            (b"{", {"X-Api-Key": OTHER}, "Problem"),
            (ninjs(guid()), {"Authorization": "Bearer nobody"}, "Problem"),
        ):
            check(await client.request("dateline.push.other", body, headers=headers, timeout=PATIENCE), name)


async def test_many_pushes_by_nats_at_once(server: EmbeddedServer) -> None:
    """Side by side, each with its own receipt."""
    async with ingest(server) as (_, client):
        replies = await asyncio.gather(*(by_nats(client, ninjs(guid())) for _ in range(60)))
        assert len({msgspec.json.decode(reply.data)["receipt"] for reply in replies}) == 60
