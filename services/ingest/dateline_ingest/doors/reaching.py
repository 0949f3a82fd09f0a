"""Connects to the address that was checked, and to no other.

A name is resolved once for each request, redirects included; every address that it has is checked; then the connection
goes to one of these, with the name in ``Host`` and in the TLS handshake, so that certificates are checked against the
name. Between check and connection nobody is asked again. A proxy, if the environment names one, resolves by itself and
keeps its own rules: there only addresses that stand in the url are checked.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from urllib.request import getproxies, proxy_bypass

import httpx

from dateline_ingest.doors.addresses import PORTS, Reach, literal
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.source import trusted

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Addresses of a name, best first. Raises OSError if it has none."""

ONLY_INSIDE = "dateline.only_inside"
"""Extension of a request that must not leave the feed's own networks, because it shows something without TLS."""

MOST_HOSTS = 16
"""Hosts to which connections are kept."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """As the system does."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))


class CheckedTransport(httpx.AsyncBaseTransport):
    """Sends requests to checked addresses.

    Raises DoorFault for one that the feed must not be led to, and for an answer that is packed more than once.
    """

    def __init__(self, reach: Reach, resolve: Resolve = resolve) -> None:
        self._reach = reach
        self._resolve = resolve
        self._verify = trusted()
        self._ways: dict[str, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, no redirects."""
        url = request.url
        proxy = _proxy(url)
        if proxy:
            if literal(url.host) is not None:
                self._check(url.host, [url.host], request)
            return await _packed_once(await (await self._way(f"by {proxy}", proxy)).handle_async_request(request))
        addresses = await self._resolve(url.host, url.port or PORTS[url.scheme])
        self._check(url.host, addresses, request)
        way = await self._way(f"{url.scheme}://{url.netloc.decode('ascii')}")
        fault: Exception = OSError(f"{url.host} has no address")
        for address in addresses:
            try:
                return await _packed_once(await way.handle_async_request(_at(request, address)))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                fault = error
        raise fault

    async def aclose(self) -> None:
        """Close all connections."""
        for way in self._ways.values():
            await way.aclose()

    def _check(self, host: str, addresses: Sequence[str], request: httpx.Request) -> None:
        """All of them: of a name with a public and a private address, nobody knows which one will be taken."""
        for address in addresses:
            said = host if host == address else f"{host} is {address},"
            if not self._reach.allows(address):
                write = f'private = ["{address.partition("%")[0]}"]'
                raise DoorFault(f"{said} inside a private network; if that is right, write {write} in the feed's entry")
            if request.extensions.get(ONLY_INSIDE) and not self._reach.is_inside(address):
                raise DoorFault(f"{said} outside the feed's own networks, and not asked without TLS; it needs https://")

    async def _way(self, name: str, proxy: str = "") -> httpx.AsyncHTTPTransport:
        """Connections to one host: kept apart by name, since a certificate that was checked counts for a name."""
        if name not in self._ways:
            while len(self._ways) >= MOST_HOSTS:
                await self._ways.pop(next(iter(self._ways))).aclose()
            self._ways[name] = httpx.AsyncHTTPTransport(verify=self._verify, proxy=proxy or None)
        return self._ways[name]


async def _packed_once(response: httpx.Response) -> httpx.Response:
    """The answer, if its Content-Encoding (RFC 9110, 8.4) has one coding at most. Raises DoorFault.

    httpx unpacks a piece through all layers before anybody can count: two make gigabytes of six kilobytes.
    """
    layers = response.headers.get_list("content-encoding", split_commas=True)
    if sum(layer.strip().lower() not in ("", "identity") for layer in layers) > 1:
        await response.aclose()
        raise DoorFault(f"the answer is packed more than once ({', '.join(layers)[:80]}); ask for it unpacked")
    return response


def _at(request: httpx.Request, address: str) -> httpx.Request:
    """The same request to one address; its name stays in ``Host`` and in the handshake."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


def _proxy(url: httpx.URL) -> str:
    """The proxy that the environment names for it; empty if none."""
    if proxy_bypass(url.host):
        return ""
    named = getproxies()
    return named.get(url.scheme) or named.get("all", "")
