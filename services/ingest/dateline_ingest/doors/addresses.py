"""Which addresses a feed may lead to: the public internet, and what its entry allows beside that. Pure."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

from msgspec import Struct

from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed

Address = IPv4Address | IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PORTS = {"http": 80, "https": 443}
"""Of addresses on the web that name none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in the last four bytes, as DNS64 makes them for public hosts."""
_CLOUDS = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "168.63.129.16/32")))
"""Where machines of Oracle and of Azure ask about themselves; Python 3.11 takes both for public."""


class Reach(Struct, frozen=True):
    """Networks that count as public for one feed."""

    networks: tuple[Network, ...] = ()

    def allows(self, address: str) -> bool:
        """Whether the feed may connect there."""
        return is_public(address) or self.is_inside(address)

    def is_inside(self, address: str) -> bool:
        """Whether it is one of the feed's own networks."""
        plain = _plain(address)
        return any(plain in network for network in self.networks)


def reach_of(feed: Feed) -> Reach:
    """What the entry allows: the networks under ``private``, and the addresses in its urls, where they name no host.

    An operator who writes an address means that one. A name is no permission: who answers for it may change his mind
    after it was looked at (DNS rebinding). Raises DoorFault for what is no network.
    """
    try:
        networks = tuple(ipaddress.ip_network(network) for network in feed.private)
    except ValueError as error:
        said = f'its private networks cannot be read ({error}); write e.g. private = ["10.1.2.0/24"]'
        raise DoorFault(f"feed {feed.name}: {said}") from error
    named = [feed.url, *([feed.login.url] if feed.login else [])]
    own = (literal(urlsplit(url).hostname or "") for url in named)
    return Reach((*networks, *(ipaddress.ip_network(one) for one in own if one is not None)))


def literal(host: str) -> Address | None:
    """The address, if a host is one; None for a name."""
    try:
        return _plain(host)
    except ValueError:
        return None


def is_public(text: str) -> bool:
    """Whether an address is of the public internet, by IANA's special-purpose registries.

    What carries an IPv4 address in it (mapped, 6to4, Teredo, NAT64) is as public as that. Multicast and reserved
    addresses are not: no web server has one. Raises ValueError for what is no address.
    """
    address = _plain(text)
    if any(address in network for network in _CLOUDS):
        return False
    if isinstance(address, IPv6Address):
        inner = _carried(address)
        if inner:
            return all(is_public(str(one)) for one in inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _plain(text: str) -> Address:
    """Without its zone, and as IPv4 where it is mapped: ``::ffff:10.0.0.1`` goes where ``10.0.0.1`` does."""
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...]:
    if address in _NAT64:
        return (IPv4Address(address.packed[-4:]),)
    if address.sixtofour:
        return (address.sixtofour,)
    return address.teredo or ()
