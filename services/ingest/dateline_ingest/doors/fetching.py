"""Fetches one document by HTTP: conditional, bounded, and never led into a private network (``reaching.py``)."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Struct

from dateline_ingest import RULES
from dateline_ingest.doors.addresses import PORTS, Reach
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.secret import without
from dateline_ingest.doors.source import ANSWER_SECONDS, CONNECT_SECONDS, MOST_BYTES, reason
from dateline_ingest.doors.unpacking import Broken, UnknownCoding, unpacker

if TYPE_CHECKING:
    import httpx

    from dateline_ingest.doors.reaching import Resolve

AGENT = f"Dateline ({RULES}; news syndication)"
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
MOST_HOPS = 5
PERMANENT = {301, 308}
TEMPORARY = {302, 303, 307}


SECRET = "{secret}"
"""In a url: what the secret replaces at the last moment, so that no log and no event has it."""


class Wanted(Struct, frozen=True, kw_only=True):
    """A document to fetch."""

    url: str
    """``{secret}`` in it is replaced by the secret."""
    etag: str = ""
    modified: str = ""
    """``Last-Modified`` as the server wrote it."""
    user: str = ""
    secret: str = ""
    """Password of ``user``; without one, a bearer token. Sent to the url's own host and to no other."""
    header: str = ""
    """Where the secret goes as it is, instead of ``Authorization``. Neither is used if the url has ``{secret}``."""
    method: str = "GET"
    form: tuple[tuple[str, str], ...] = ()
    """Members of a form, in the body; for GET in the address."""
    basic: str = ""
    """``id:secret`` for ``Authorization: Basic``; the same as ``user`` and ``secret``."""
    most: int = 0
    """Bytes, beyond which an answer is refused; 0 is ``MOST_BYTES``."""
    hops: int = MOST_HOPS
    """Redirects that are followed."""


class Fetched(Struct, frozen=True, kw_only=True):
    """What a server answered in the end."""

    status: int
    url: str
    """Where the redirects led."""
    moved: str = ""
    """Where all of the permanent redirects led that came first; empty if there was none."""
    data: bytes = b""
    media: str = ""
    etag: str = ""
    modified: str = ""
    cache_control: str = ""
    age: str = ""
    retry_after: str = ""
    links: str = ""
    """The ``Link`` headers, joined (RFC 8288)."""


def http_client(reach: Reach, resolve: Resolve | None = None) -> httpx.AsyncClient:
    """A client with Dateline's name and limits that connects to what ``reach`` allows.

    Proxies are taken from the environment, as everywhere. ``resolve`` is for another resolver than the system's.
    """
    import httpx

    from dateline_ingest.doors import reaching

    return httpx.AsyncClient(
        transport=reaching.CheckedTransport(reach, resolve or reaching.resolve),
        follow_redirects=False,
        timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        headers={"user-agent": AGENT, "accept": ACCEPT, "accept-encoding": "gzip, deflate"},
    )


async def fetch(http: httpx.AsyncClient, wanted: Wanted) -> Fetched:
    """Ask for a document and follow where it leads.

    Raises DoorFault when nothing can be read, for a redirect that is not followed, and for more than ``MOST_BYTES``.
    """
    import httpx

    hidden = quote(wanted.secret.strip(), safe="/") if SECRET in wanted.url else ""
    try:
        async with asyncio.timeout(2 * ANSWER_SECONDS):
            return await _follow(http, wanted, hidden)
    except DoorFault as fault:
        if hidden:  # a source may repeat it in a redirect, as it was sent or decoded
            raise DoorFault(without(str(fault).replace(hidden, SECRET), wanted.secret)) from None
        raise
    except (TimeoutError, httpx.TimeoutException) as error:
        raise DoorFault(f"{wanted.url}: no whole answer in time; see that the address is right and answers") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        said = reason(error, wanted.secret, wanted.basic, *(value for _, value in wanted.form))
        raise DoorFault(f"{wanted.url}: {said}; {_advice(said)}") from error


def _advice(said: str) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return "have its certificate put right, or name the file of its authority in SSL_CERT_FILE"
    if "SSL:" in said:
        return "see whether it speaks TLS at that port"
    return "see that the address is right and answers"


async def _follow(http: httpx.AsyncClient, wanted: Wanted, hidden: str) -> Fetched:
    import httpx

    first = url = httpx.URL(wanted.url.replace(SECRET, hidden))
    body = dict(wanted.form) if wanted.method != "GET" else None
    if wanted.form and body is None:
        first = url = url.copy_merge_params(dict(wanted.form))
    moved, only_permanent = "", True
    for _ in range(wanted.hops + 1):
        headers = _headers(wanted, at_home=origin(str(url)) == origin(str(first)))
        try:
            async with http.stream(wanted.method, url, headers=headers, data=body) as response:
                if response.status_code not in PERMANENT | TEMPORARY or wanted.method != "GET":
                    return _hiding(await _read(response, moved, wanted.most or MOST_BYTES), hidden)
                if "location" not in response.headers:
                    said = f"answered {response.status_code} without saying where it leads"
                    raise DoorFault(f"{_shown(url)} {said}; ask the provider for the address")
                target = url.join(response.headers["location"])
        except DoorFault as fault:
            raise fault if url == first else DoorFault(f"{_shown(first)} leads to {_shown(url)}: {fault}") from fault
        _may_lead(url, target)
        only_permanent = only_permanent and response.status_code in PERMANENT
        moved = str(target) if only_permanent else moved
        url = target
    raise DoorFault(f"{wanted.url}: more than {wanted.hops} redirects; give the feed the address they lead to")


def _hiding(fetched: Fetched, hidden: str) -> Fetched:
    """With the placeholder where the secret stood in an address."""
    if not hidden:
        return fetched
    url, moved = fetched.url.replace(hidden, SECRET), fetched.moved.replace(hidden, SECRET)
    return msgspec.structs.replace(fetched, url=url, moved=moved)


def _headers(wanted: Wanted, *, at_home: bool) -> dict[str, str]:
    stated = {"if-none-match": wanted.etag, "if-modified-since": wanted.modified}
    basic = wanted.basic or (f"{wanted.user}:{wanted.secret}" if wanted.user else "")
    if at_home and basic:
        stated["authorization"] = "Basic " + base64.b64encode(basic.encode()).decode()
    elif at_home and wanted.secret and SECRET not in wanted.url:
        if not wanted.secret.strip().isprintable() or not wanted.secret.isascii():
            raise DoorFault(f"{wanted.url}: its token has line ends or signs that no header can carry; see its secret")
        bare = wanted.header and wanted.header.lower() != "authorization"
        stated[wanted.header or "authorization"] = ("" if bare else "Bearer ") + wanted.secret.strip()
    return {name: value for name, value in stated.items() if value}


async def _read(response: httpx.Response, moved: str, most: int) -> Fetched:
    data = await _body(response, most) if response.status_code == 200 else b""
    headers: Mapping[str, str] = response.headers
    return Fetched(
        status=response.status_code,
        url=str(response.url),
        moved=moved,
        data=data,
        media=headers.get("content-type", ""),
        etag=headers.get("etag", ""),
        modified=headers.get("last-modified", ""),
        cache_control=headers.get("cache-control", ""),
        age=headers.get("age", ""),
        retry_after=headers.get("retry-after", ""),
        links=", ".join(response.headers.get_list("link")),
    )


async def _body(response: httpx.Response, most: int) -> bytes:
    """Unpacked here: httpx takes a packed document that was cut off for a whole one, and codings that it does not know
    for none."""
    data = bytearray()
    try:
        unpack = unpacker(", ".join(response.headers.get_list("content-encoding")), most)
        async for piece in response.aiter_raw(65_536):
            data += unpack(piece, True)
            if len(data) > most:
                raise DoorFault(f"{_shown(response.url)}: more than {most} bytes; ask for a shorter document")
        data += unpack(b"", False)
    except UnknownCoding as coding:
        said = f"the answer is packed as {coding}, which was not asked for"
        raise DoorFault(f"{_shown(response.url)}: {said}; have its server or cache put right") from None
    except Broken as coding:
        raise DoorFault(f"{_shown(response.url)}: the answer is not whole {coding}; try again later") from None
    return bytes(data)


def _may_lead(here: httpx.URL, target: httpx.URL) -> None:
    """Raises DoorFault for a redirect that is not followed. Where its address lies is looked at when it is asked."""
    if target.scheme not in PORTS or not target.host:
        raise DoorFault(f"{_shown(here)} leads to {_shown(target)}, which is no web address; correct the feed's url")
    if here.scheme == "https" and target.scheme == "http":
        raise DoorFault(
            f"{_shown(here)} leads to {_shown(target)}, without TLS; if that is right, give the feed that url"
        )


def _shown(url: httpx.URL) -> str:
    """For faults: without its query, where tokens and the members of a login stand."""
    return str(url.copy_with(query=None, fragment=None))


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: a secret is for one of them (RFC 6454, 4). Raises ValueError for what is no address."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
