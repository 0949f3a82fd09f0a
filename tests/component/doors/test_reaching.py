"""Connections go to the address that was checked: real HTTP and TLS servers, a resolver that the test controls."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme
from stage import Stage, newsfeed
from web import Answered, Asked, web

from dateline_ingest.doors import fetching, poll
from dateline_ingest.doors.addresses import Reach, reach_of
from dateline_ingest.doors.fetching import Fetched, Wanted, fetch, http_client
from dateline_ingest.doors.reaching import ONLY_INSIDE
from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed

HOME = reach_of(Feed(name="a", door="poll", url="http://127.0.0.1/"))


class Resolver:
    """Answers for each name in turn, the last answer again and again; notes what it was asked."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.answers = {name.replace("_", "."): list(said) for name, said in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Addresses of a name; an address is its own."""
        self.asked.append(host)
        said = self.answers.get(host, [[host]])
        return said.pop(0) if len(said) > 1 else said[0]


async def get(url: str, resolver: Resolver, reach: Reach = HOME) -> Fetched:
    """Fetch it."""
    async with http_client(reach, resolver) as http:
        return await fetch(http, Wanted(url=url))


@asynccontextmanager
async def site(*answers: Answered) -> AsyncIterator[tuple[str, list[Asked]]]:
    """A server with answers in turn; its port, and what it was asked."""
    asked: list[Asked] = []
    left = list(answers) or [Answered(200, newsfeed("Ferry adrift"))]

    async def answer(request: Asked) -> Answered:
        asked.append(request)
        return left.pop(0) if len(left) > 1 else left[0]

    async with web(answer) as url:
        yield url.rpartition(":")[2], asked


async def test_the_checked_address_is_the_one_that_is_connected_to() -> None:
    """The name is asked for once; the server at that address hears the name, not the address."""
    resolver = Resolver(news_example=[["127.0.0.1"], ["10.9.9.9"]])
    async with site() as (port, asked):
        fetched = await get(f"http://news.example:{port}/feed", resolver)
        assert (fetched.status, resolver.asked) == (200, ["news.example"])
        assert asked[0].headers["host"] == f"news.example:{port}"
        assert fetched.url == f"http://news.example:{port}/feed"
        with pytest.raises(DoorFault, match=r'news\.example is 10\.9\.9\.9, inside .* private = \["10\.9\.9\.9"\]'):
            await get(f"http://news.example:{port}/feed", resolver)
        assert len(asked) == 1


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "::1", "169.254.169.254", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1%lo"],
)
async def test_a_name_that_leads_inside_is_never_connected_to(inside: str) -> None:
    """Also if it has a public address beside that one."""
    async with site() as (port, asked):
        for addresses in ([inside], ["193.0.6.139", inside]):
            with pytest.raises(DoorFault, match="inside a private network; if that is right, write private"):
                await get(f"http://news.example:{port}/feed", Resolver(news_example=[addresses]), Reach())
        assert asked == []


async def test_every_redirect_is_resolved_and_checked_again() -> None:
    """To another name, and to the same name that has moved inside since."""
    moved = Answered(302, headers=[("location", "/next")])
    async with site(moved) as (port, asked):
        rebinding = Resolver(news_example=[["127.0.0.1"], ["127.0.0.2"]])
        with pytest.raises(
            DoorFault, match=rf"leads to http://news\.example:{port}/next: news\.example is 127\.0\.0\.2"
        ):
            await get(f"http://news.example:{port}/feed", rebinding)
        assert [one.path for one in asked] == ["/feed"]
    elsewhere = Answered(302, headers=[("location", "http://inside.example/admin")])
    async with site(elsewhere) as (port, asked):
        with pytest.raises(DoorFault, match=r"inside\.example is 192\.168\.0\.1, inside a private network"):
            await get(
                f"http://news.example:{port}/", Resolver(news_example=[["127.0.0.1"]], inside_example=[["192.168.0.1"]])
            )


async def test_the_certificate_is_checked_against_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is in the handshake, too; a certificate for another name is refused, on the same server."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    authority.issue_cert("news.example").private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "server.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

    async def answer(asked: Asked) -> Answered:
        return Answered(200, asked.headers["host"].encode())

    async with web(answer, ssl_certfile=str(tmp_path / "server.pem")) as url:
        port = url.rpartition(":")[2]
        resolver = Resolver(news_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
        async with http_client(HOME, resolver) as http:
            fetched = await fetch(http, Wanted(url=f"https://news.example:{port}/"))
            assert fetched.data == f"news.example:{port}".encode()
            with pytest.raises(DoorFault, match="have its certificate put right"):
                await fetch(http, Wanted(url=f"https://other.example:{port}/"))


async def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    """A host with two addresses stays reachable while one of them is down."""
    reach = reach_of(Feed(name="a", door="poll", url="http://a.example/", private=("127.0.0.0/8",)))
    async with site() as (port, asked):
        fetched = await get(f"http://a.example:{port}/", Resolver(a_example=[["127.9.9.9", "127.0.0.1"]]), reach)
    assert (fetched.status, len(asked)) == (200, 1)


async def test_what_must_not_leave_the_house_does_not() -> None:
    """A request without TLS that shows a secret goes to the feed's own networks only."""
    async with http_client(HOME, Resolver(hub_example=[["193.0.6.139"]])) as http:
        with pytest.raises(DoorFault, match="not asked without TLS; it needs https"):
            await http.post("http://hub.example/", data={"hub.secret": "x"}, extensions={ONLY_INSIDE: True})


async def test_a_proxy_resolves_by_itself_but_is_not_sent_to_private_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in a url is looked at in any case."""
    async with site() as (port, asked):
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "")
        resolver = Resolver()
        assert (await get("http://news.example/feed", resolver, Reach())).status == 200
        assert (asked[0].headers["host"], resolver.asked) == ("news.example", [])
        with pytest.raises(DoorFault, match=r"169\.254\.169\.254 inside a private network"):
            await get("http://169.254.169.254/latest", resolver, Reach())


async def test_a_feed_reads_from_inside_only_where_its_entry_says_so() -> None:
    """By the door, with the system's resolver: localhost is refused until the entry names its network."""
    async with site() as (port, asked):
        named = Feed(name="intra", door="poll", url=f"http://localhost:{port}/feed", every=60)
        async with Stage(named).playing(poll.door) as stage:
            with pytest.raises(DoorFault, match=r"localhost is .* inside a private network"):
                await stage.look()
        assert asked == []
        allowed = Feed(
            name="intra", door="poll", url=f"http://localhost:{port}/feed", every=60, private=("127.0.0.0/8", "::1")
        )
        async with Stage(allowed).playing(poll.door) as stage:
            await stage.look()
            assert stage.handed[0].data == newsfeed("Ferry adrift")


def test_a_redirect_without_tls_is_not_followed() -> None:
    """Once a feed has TLS it keeps it."""
    import httpx

    with pytest.raises(DoorFault, match="without TLS"):
        fetching._may_lead(httpx.URL("https://news.example/feed"), httpx.URL("http://news.example/feed"))
