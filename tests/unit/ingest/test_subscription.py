"""WebSub without a hub: who it is, when to ask it, what proves a delivery."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.doors.discovery import Hubs, discover
from dateline_ingest.doors.subscription import (
    EVER,
    SLOW,
    Subscription,
    asking,
    callback_of,
    granted,
    hub_secret,
    lost,
    next_look,
    patience,
    settled,
    signed,
)

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
URL = "https://wire.example/feed"
HUB = "https://hub.example/"
HELD = Subscription(hubs=(HUB, "https://other.example/"), topic=URL, callback="https://in.example/cb")

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://hub.example/"/>
<link rel="self" href="/feed?all"/><entry><link rel="hub" href="https://stranger.example/"/></entry></feed>"""
RSS = b"""<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><link>https://wire.example/</link>
<a:link rel="hub" href="https://hub.example/"/><a:link rel="self" href="https://wire.example/feed?all"/></channel></rss>"""
JSON = b'{"version":"x","feed_url":"/feed?all","hubs":[{"type":"rssCloud","url":"x"},{"type":"WebSub","url":"https://hub.example/"}]}'
HTML = b"<!doctype html><link href='https://hub.example/' rel=hub><link rel=\"self\" href=/feed?all><p>x"


@pytest.mark.parametrize(
    ("document", "media"),
    [
        (ATOM, "application/atom+xml"),
        (RSS, "application/rss+xml"),
        (JSON, "application/feed+json"),
        (b"\xef\xbb\xbf" + JSON, "application/json"),
        (JSON.replace(b"[{", b'[null,{"type":null,"url":1},{'), "application/feed+json"),
        (HTML, "text/html"),
    ],
)
def test_a_document_names_its_hub_and_itself(document: bytes, media: str) -> None:
    """Whatever its format; relative addresses are those of the document; an entry's links are not the feed's."""
    assert discover("", document, media, URL) == Hubs(hubs=(HUB,), topic=f"{URL}?all")


def test_headers_come_before_the_document() -> None:
    """RFC 8288, several in one header, quoted or not."""
    links = f'<https://a.example/>; rel="hub next", <{URL}?h>; type="x,y" ; rel=self, <https://b.example/>;rel=hub'
    found = discover(links, ATOM, "application/atom+xml", URL)
    assert found == Hubs(hubs=("https://a.example/", "https://b.example/"), topic=f"{URL}?h")


@pytest.mark.parametrize("document", [b"", b"{", b"<rss/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_no_hub_is_none(document: bytes) -> None:
    """And the topic is the address."""
    assert discover("", document, "", URL) == Hubs(hubs=(), topic=URL)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://[x/hub", "https://a\u2100.example/"])
def test_a_hub_is_a_web_address(address: str) -> None:
    """Nothing else is ever called."""
    assert discover(f"<{address}>; rel=hub", b"", "", URL).hubs == ()


@given(st.text(max_size=200), st.binary(max_size=200), st.sampled_from(["", "text/html", "application/json"]))
def test_discovery_never_fails(links: str, document: bytes, media: str) -> None:
    """Whatever a server sends, in a header or in a document, as an address too."""
    discover(links, document, media, URL)
    discover(f"<{links}>; rel=hub, <{links}>; rel=self", document, media, URL)


def test_it_is_asked_for_at_once_and_then_with_growing_patience() -> None:
    """Five minutes, ten, twenty, up to a day; each hub in turn."""
    assert HELD.due() == EVER
    once = asking(HELD, NOW)
    assert once.due() == NOW + timedelta(seconds=300)
    twice = asking(once, NOW)
    assert twice.due() == NOW + timedelta(seconds=600)
    assert [HELD.hub, once.hub, twice.hub] == [HUB, "https://other.example/", HUB]
    assert patience(1000) == 86_400


def test_a_grant_lasts_as_long_as_the_hub_says() -> None:
    """Asked for again with a quarter left; a month at most; ours if it does not say."""
    held = granted(asking(HELD, NOW), NOW, "4000")
    assert held.active(NOW) and not held.active(NOW + timedelta(seconds=4000))
    assert held.due() == NOW + timedelta(seconds=3000)
    assert granted(HELD, NOW, "9" * 5000).lease == 30 * 86_400
    assert granted(HELD, NOW, "").lease == 864_000
    assert granted(HELD, NOW, "0").lease == granted(HELD, NOW, "1").lease == 60


def test_a_document_is_looked_at_once_a_lease_has_ended() -> None:
    """A hub that is down when it should renew one delivers nothing from then on."""
    held = granted(asking(HELD, NOW), NOW, "2400")
    assert next_look(held, NOW, 60) == SLOW
    assert next_look(held, NOW + timedelta(seconds=1_800), 60) == 600
    assert next_look(held, NOW + timedelta(seconds=2_390), 60) == 60
    assert next_look(held, NOW + timedelta(seconds=2_400), 60) == 60
    assert next_look(lost(held), NOW, 60) == 60


def test_what_is_lost_is_asked_for_again() -> None:
    """At once, if the hub had agreed before."""
    held = lost(granted(HELD, NOW, "4000"))
    assert (held.active(NOW), held.due()) == (False, EVER)


def test_nobody_is_asked_without_a_hub_or_an_address_of_our_own() -> None:
    """The feed is polled then."""
    assert Subscription(topic=URL, callback="https://in.example/").due() is None
    assert Subscription(topic=URL, hubs=(HUB,)).due() is None
    assert callback_of("", "s", "feed") == ""


def test_another_topic_hub_or_address_is_another_subscription() -> None:
    """The same ones keep what was granted."""
    held = granted(HELD, NOW, "4000")
    assert settled(held, Hubs(hubs=held.hubs, topic=URL), held.callback) is held
    assert not settled(held, Hubs(hubs=(HUB,), topic=URL), held.callback).active(NOW)
    assert not settled(held, Hubs(hubs=held.hubs, topic=URL), "https://new.example/").active(NOW)


def test_secrets_differ_by_purpose_and_feed() -> None:
    """The callback's address tells nothing of the signatures' key."""
    one, two = callback_of("https://in.example/", "s", "one"), callback_of("https://in.example", "s", "two")
    assert one.startswith("https://in.example/v1/websub/one/")
    assert len({hub_secret("s", one), hub_secret("s", two), one.rpartition("/")[2], two.rpartition("/")[2]}) == 4


@given(st.binary(max_size=100), st.text(max_size=40))
def test_only_the_right_signature_counts(body: bytes, stated: str) -> None:
    """Any other text does not, and does no harm."""
    right = hmac.new(b"k", body, hashlib.sha256).hexdigest()
    assert signed({b"x-hub-signature": f"SHA256={right.upper()}".encode()}, body, "k")
    assert not signed({b"x-hub-signature": f"sha256={right}".encode()}, body, "other")
    assert not signed({b"x-hub-signature": stated.encode()}, body, "k")
    assert not signed({}, body, "k")
