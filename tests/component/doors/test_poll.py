"""HTTP poll against a real web server."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from stage import Stage, newsfeed
from web import Answered, Asked, web

from dateline_ingest.app import build
from dateline_ingest.doors import fetching, looking, poll
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.intake import Intake
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import provisioned
from dateline_schemas.feeds import Feed
from dateline_schemas.identity import story_id

SECRET = "token-of-the-harbour"


class Site:
    """A site whose answers the test sets; it remembers what it was asked."""

    def __init__(self, *answers: Answered) -> None:
        self.answers = list(answers)
        self.asked: list[Asked] = []

    async def __call__(self, asked: Asked) -> Answered:
        """The next answer; the last one again and again."""
        self.asked.append(asked)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def feed(url: str, **members: Any) -> Feed:
    """A polled feed."""
    return Feed(name="harbour", door="poll", url=url, every=60, **members)


def rss(body: bytes, *headers: tuple[str, str]) -> Answered:
    """200 with a document."""
    return Answered(200, body, [("content-type", "application/rss+xml; charset=utf-8"), *headers])


def place_of(stage: Stage) -> looking.PollPlace:
    """What the door remembered."""
    return msgspec.msgpack.decode(stage.place, type=looking.PollPlace)


async def test_a_document_is_taken_once_until_it_changes() -> None:
    """With its media type and address; the same bytes are not taken again."""
    one, two = newsfeed("Ferry adrift"), newsfeed("Ferry adrift", "Ferry found")
    site = Site(rss(one), rss(one), rss(two))
    async with web(site) as url, Stage(feed(f"{url}/feed")).playing(poll.door) as stage:
        for _ in range(3):
            assert await stage.look() == 60
        assert [handed.data for handed in stage.handed] == [one, two]
        assert (stage.handed[0].hint, stage.handed[0].url) == (
            "application/rss+xml; charset=utf-8",
            f"{url}/feed",
        )
        assert stage.reaches == 3
        assert site.asked[0].headers["user-agent"].startswith("Dateline")


async def test_a_server_that_says_for_ever_that_nothing_changed_is_asked_for_all_now_and_then() -> None:
    """Its ETag stays whatever its document is: once an hour what it had before is not mentioned."""
    stated = [("etag", '"fixed"')]
    answers = [newsfeed("Ferry adrift")]

    async def site(asked: Asked) -> Answered:
        return Answered(304) if "if-none-match" in asked.headers else rss(answers[-1], *stated)

    async with web(site) as url, Stage(feed(f"{url}/feed")).playing(poll.door) as stage:
        await stage.look()
        answers.append(newsfeed("Ferry found"))
        stage.clock += poll.WHOLE_EVERY - timedelta(seconds=1)
        await stage.look()
        assert len(stage.handed) == 1
        stage.clock += timedelta(seconds=1)
        await stage.look(2)
    assert [handed.data for handed in stage.handed] == answers


async def test_it_asks_only_for_what_changed_since() -> None:
    """ETag and Last-Modified go back as they came, also after a restart; 304 is an answer."""
    stated = [("etag", 'W/"7"'), ("last-modified", "Mon, 05 May 2031 10:00:00 GMT")]
    site = Site(rss(newsfeed("Ferry adrift"), *stated), Answered(304))
    async with web(site) as url:
        stage = Stage(feed(url))
        async with stage.playing(poll.door):
            await stage.look()
        stage._resting = asyncio.Queue()
        async with stage.playing(poll.door):
            await stage.look()
        assert "if-none-match" not in site.asked[0].headers
        asked = site.asked[1].headers
        assert (asked["if-none-match"], asked["if-modified-since"]) == tuple(value for _, value in stated)
        assert len(stage.handed) == 1


async def test_it_keeps_to_what_the_source_asks_for() -> None:
    """max-age up to an hour, ttl up to a quarter of one; Retry-After a day, and thrice in a row is a fault."""
    site = Site(
        rss(newsfeed("a"), ("cache-control", "public, max-age=600"), ("age", "100")),
        rss(newsfeed("b"), ("cache-control", "max-age=31536000")),
        rss(newsfeed("c", ttl="<ttl>60</ttl>")),
        Answered(503, headers=[("retry-after", "300")]),
        rss(newsfeed("d")),
        Answered(429, headers=[("retry-after", "7200")]),
    )
    async with web(site) as url:
        stage = Stage(feed(url))
        later = format_datetime(stage.clock + timedelta(seconds=900), usegmt=True)
        site.answers[3] = Answered(503, headers=[("retry-after", later)])
        async with stage.playing(poll.door):
            assert [await stage.look() for _ in range(5)] == [500, 3600, 900, 900, 60]
            for _ in range(3):
                assert await stage.look() == 7200
            with pytest.raises(DoorFault, match="asked 3 times in a row"):
                await stage.look()


async def test_compressed_documents_are_read_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb stops at the limit."""
    monkeypatch.setattr(fetching, "MOST_BYTES", 100_000)
    zipped = ("content-encoding", "gzip")
    site = Site(rss(gzip.compress(newsfeed("a")), zipped), rss(gzip.compress(bytes(50_000_000)), zipped))
    async with web(site) as url, Stage(feed(url)).playing(poll.door) as stage:
        await stage.look()
        assert stage.handed[0].data == newsfeed("a")
        with pytest.raises(DoorFault, match="more than 100000 bytes"):
            await stage.look()


async def test_that_nothing_changed_is_no_answer_to_who_did_not_ask_it() -> None:
    """A cache that says 304 to everybody: nothing would ever come, and the feed would look well."""
    site = Site(Answered(304), Answered(304), rss(newsfeed("a"), ("etag", '"1"')), Answered(304))
    async with web(site) as url, Stage(feed(url)).playing(poll.door) as stage:
        with pytest.raises(DoorFault, match="answered 304; nothing was asked"):
            await poll.probe(feed(url), "")
        with pytest.raises(DoorFault, match="answered 304; nothing was asked"):
            await stage.look()
    async with web(site) as url, Stage(feed(url)).playing(poll.door) as stage:
        await stage.look(2)
        assert len(stage.handed) == 1


async def test_an_answer_that_is_packed_twice_is_refused_before_it_is_unpacked() -> None:
    """Two layers make gigabytes of kilobytes, in one piece: however small the answer looks."""
    once, twice = gzip.compress(newsfeed("a")), gzip.compress(gzip.compress(newsfeed("b")))
    site = Site(
        rss(once, ("content-encoding", "identity, gzip")),
        rss(twice, ("content-encoding", "gzip, gzip")),
        rss(twice, ("content-encoding", "gzip"), ("content-encoding", "GZip")),
    )
    async with web(site) as url, Stage(feed(url)).playing(poll.door) as stage:
        await stage.look()
        assert stage.handed[0].data == newsfeed("a")
        for _ in range(2):
            with pytest.raises(DoorFault, match="packed more than once"):
                await stage.look()
        assert len(stage.handed) == 1


async def test_a_document_that_did_not_come_whole_is_not_taken() -> None:
    """Cut off while it was packed, or packed in a way that nobody asked for: what is taken is what was sent."""
    whole, raw = gzip.compress(newsfeed("a", "b")), zlib.compressobj(wbits=-zlib.MAX_WBITS)
    site = Site(
        rss(whole[:-20], ("content-encoding", "gzip")),
        rss(whole, ("content-encoding", "br")),
        rss(newsfeed("a"), ("content-encoding", "gzip")),
        rss(raw.compress(newsfeed("c")) + raw.flush(), ("content-encoding", "deflate")),
    )
    async with web(site) as url, Stage(feed(url)).playing(poll.door) as stage:
        for fault in ("not whole gzip", "packed as br, which was not asked for", "not whole gzip"):
            with pytest.raises(DoorFault, match=fault):
                await poll.probe(feed(url), "")
        await stage.look()
    assert [one.data for one in stage.handed] == [newsfeed("c")]


async def test_who_asks_too_often_and_is_not_told_how_long_to_wait_waits_a_minute() -> None:
    """A 429 without Retry-After, or with one that nobody can read; a 503 alone is a fault."""
    site = Site(Answered(429), Answered(429, headers=[("retry-after", "soon")]), Answered(503))
    async with web(site) as url:
        brief = Feed(name="harbour", door="poll", url=url, every=1)
        async with Stage(brief).playing(poll.door) as stage:
            assert [await stage.look(), await stage.look()] == [60, 60]
            with pytest.raises(DoorFault, match="answered 503"):
                await stage.look()


async def test_a_redirect_to_nowhere_says_so() -> None:
    """There is no Location to follow."""
    async with web(Site(Answered(301))) as url:
        with pytest.raises(DoorFault, match="answered 301 without saying where it leads"):
            await poll.probe(feed(url), "")


async def test_a_permanent_redirect_is_remembered_and_told() -> None:
    """A temporary one is followed each time. When the new address fails, the old one is asked again."""
    asked: list[str] = []
    gone = False

    async def site(request: Asked) -> Answered:
        asked.append(request.path)
        where = {"/old": (301, "/new"), "/new": (302, "/now")}.get(request.path)
        if request.path == "/new" and gone:
            return Answered(404)
        if request.path == "/old" and gone:
            return rss(newsfeed("b"))
        return Answered(where[0], headers=[("location", where[1])]) if where else rss(newsfeed("a"))

    async with web(site) as url, Stage(feed(f"{url}/old")).playing(poll.door) as stage:
        await stage.look()
        assert place_of(stage).moved == f"{url}/new"
        assert stage.moves == [f"{url}/new"]
        await stage.look()
        gone = True
        await stage.look()
        assert asked == ["/old", "/new", "/now", "/new", "/now", "/new", "/old"]
        assert len(stage.said("feed moved permanently; give it this url")) == 1
        assert stage.moves == [f"{url}/new", ""]
        assert place_of(stage).moved == ""
        assert len(stage.handed) == 2


async def test_redirects_end_somewhere() -> None:
    """A circle is a fault, and so is what is no web address."""
    for target, said in (("/x", "redirects"), ("file:///etc/passwd", "no web address")):
        async with web(Site(Answered(302, headers=[("location", target)]))) as url:
            with pytest.raises(DoorFault, match=said):
                await poll.probe(feed(url), "")


async def test_a_token_that_no_header_can_carry_is_explained_and_not_shown() -> None:
    """A file with two lines, or signs beyond ASCII."""
    async with web(Site(rss(newsfeed("a")))) as url:
        for secret in ("tide-44\ntide-45", "tide-44\u00e9"):
            with pytest.raises(DoorFault, match="no header can carry") as fault:
                await poll.probe(feed(url, secret="env:X"), secret)
            assert "tide" not in str(fault.value)


async def test_a_secret_stays_at_home_when_the_feed_moves_for_good() -> None:
    """Another port of the same machine may be somebody else's."""
    other = Site(rss(newsfeed("a")))
    async with (
        web(other) as elsewhere,
        web(Site(Answered(301, headers=[("location", f"{elsewhere}/x")]))) as url,
        Stage(feed(url, secret="env:X"), SECRET).playing(poll.door) as stage,
    ):
        await stage.look()
        assert place_of(stage).moved == f"{elsewhere}/x"
        await stage.look()
    assert len(other.asked) == 2
    assert not any("authorization" in asked.headers for asked in other.asked)


async def test_the_secret_goes_to_the_feeds_own_host_only() -> None:
    """As a password or a bearer token; never along a redirect elsewhere, never into faults, logs or the place."""
    other = Site(rss(newsfeed("a")))
    async with web(other) as elsewhere:
        site = Site(Answered(302, headers=[("location", f"{elsewhere}/x")]))
        async with web(site) as url:
            stage = Stage(feed(url, secret="env:X"), SECRET)
            async with stage.playing(poll.door):
                await stage.look()
            assert site.asked[0].headers["authorization"] == f"Bearer {SECRET}"
            assert "authorization" not in other.asked[0].headers
            await poll.probe(feed(url.replace("//", "//desk@"), secret="env:X"), SECRET)
            assert site.asked[1].headers["authorization"].startswith("Basic ")
            site.answers = [Answered(401, SECRET.encode())]
            with pytest.raises(DoorFault, match="answered 401; check the feed's user, secret and header") as fault:
                await poll.probe(feed(url, secret="env:X"), SECRET)
    assert SECRET not in stage.everything() + str(fault.value)


async def test_a_probe_brings_the_document() -> None:
    """And says where it moved."""
    async with web(Site(Answered(308, headers=[("location", "/b")]), rss(newsfeed("a")))) as url:
        found = await poll.probe(feed(f"{url}/a"), "")
    assert (found.new, found.sample, found.url) == (1, newsfeed("a"), f"{url}/b")
    assert "moved permanently" in found.note


async def test_stories_reach_the_log(server: EmbeddedServer) -> None:
    """By a real intake: one message, its stories; those that were there before are known."""
    site = Site(rss(newsfeed("Crane stuck")), rss(newsfeed("Crane stuck", "Crane freed")))
    async with (
        provisioned(server) as client,
        build(IngestSettings(nats_url=server.url)).running() as running,
        web(site) as url,
        Stage(feed(url), intake=Intake(running.runtime)).playing(poll.door) as stage,  # type: ignore[arg-type]
    ):
        await stage.look(2)
        assert [receipt.duplicate for receipt in stage.receipts] == [False, True, False]
        [recorded] = await Journal(client, "ingest").load(story_id("harbour", "urn:example:Crane-freed"))
        assert recorded.event.door == "poll"  # type: ignore[union-attr]


async def test_a_feed_of_thousands_of_entries_is_taken_whole(server: EmbeddedServer) -> None:
    """More than the server writes at a time; one that is new among them is the only one that is not known."""
    titles = [f"Tide table {uuid4()}" for _ in range(1_100)]
    site = Site(rss(newsfeed(*titles)), rss(newsfeed(f"Tide table {uuid4()}", *titles)))
    async with (
        build(IngestSettings(nats_url=server.url)).running() as running,
        web(site) as url,
        Stage(feed(url), intake=Intake(running.runtime)).playing(poll.door) as stage,  # type: ignore[arg-type]
    ):
        await stage.look(2)
    assert [receipt.duplicate for receipt in stage.receipts] == [False] * 1_101 + [True] * 1_100


@pytest.mark.parametrize(("known_by", "new"), [("id", [True, True]), ("link", [True, False])])
async def test_entries_whose_identifiers_change_are_known_by_their_pages(
    server: EmbeddedServer, known_by: str, new: list[bool]
) -> None:
    """If the feed's entry says so: the same item under another guid is no other story then."""
    page = f"https://harbour.example/{uuid4()}"
    item = f"<item><title>Pier closed</title><link>{page}</link><description>Until Monday.</description><guid>"
    document = "<rss version='2.0'><channel><title>Harbour</title>{}{}</guid></item></channel></rss>"
    site = Site(*(rss(document.format(item, uuid4()).encode()) for _ in new))
    async with (
        build(IngestSettings(nats_url=server.url)).running() as running,
        web(site) as url,
        Stage(
            feed(url, known_by=known_by),
            intake=Intake(running.runtime),  # type: ignore[arg-type]
        ).playing(poll.door) as stage,
    ):
        for _ in new:
            await stage.look()
    assert [not receipt.duplicate for receipt in stage.receipts] == new
