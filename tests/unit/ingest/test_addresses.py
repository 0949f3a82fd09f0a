"""Which addresses a feed may lead to."""

from __future__ import annotations

import pytest

from dateline_ingest.doors.addresses import is_public, reach_of
from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.251", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("192.0.0.192", "168.63.129.16", "::ffff:168.63.129.16"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "fec0::1", "ff02::1", "2001:db8::1", "64:ff9b:1::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1"),
        *("2002:7f00:1::", "2002:a00:1::", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1"),
    ],
)
def test_special_purpose_addresses_are_not_public(address: str) -> None:
    """Private, loopback, link-local, shared, multicast, reserved, a cloud's own; also within an IPv6 address."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "193.0.6.139", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::", "64:ff9b::8.8.8.8"],
)
def test_the_internet_is_public(address: str) -> None:
    """Also through NAT64, where a public host has an address that DNS64 made."""
    assert is_public(address)


def test_an_entry_allows_its_own_address_and_the_networks_that_it_names() -> None:
    """An address in the url is meant; a name is not, whatever it resolves to."""
    by_address = reach_of(Feed(name="a", door="poll", url="http://127.0.0.1:8080/feed"))
    assert by_address.allows("127.0.0.1") and by_address.allows("::ffff:127.0.0.1")
    assert not by_address.allows("127.0.0.2")
    assert reach_of(Feed(name="a", door="poll", url="http://[::1]/feed")).allows("::1")
    by_name = Feed(name="a", door="poll", url="http://localhost/feed", private=("10.1.0.0/16", "fd00::/8"))
    assert not reach_of(by_name).allows("127.0.0.1")
    assert [reach_of(by_name).allows(one) for one in ("10.1.2.3", "10.2.0.1", "fd12::1")] == [True, False, True]


def test_what_is_no_network_is_explained() -> None:
    """With what to write."""
    with pytest.raises(DoorFault, match=r"10\.1\.2\.3/24.*write e\.g\."):
        reach_of(Feed(name="a", door="poll", url="https://a.example/", private=("10.1.2.3/24",)))
