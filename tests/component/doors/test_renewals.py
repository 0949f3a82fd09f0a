"""A provider that ends each refresh token when it gives the next: the feed is never locked out."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from stage import Stage, newsfeed
from web import Answered, Asked, web

from dateline_ingest.app import build
from dateline_ingest.doors import poll
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.settings import IngestSettings
from dateline_ingest.trying import try_feed
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import eventually, provisioned
from dateline_schemas.feeds import Feed, encode_feed
from dateline_schemas.identity import story_id
from dateline_schemas.interfaces import Login
from dateline_schemas.subjects import DOORS, FEEDS

FIRST = "r3fresh-of-the-consent-page"


class Provider:
    """Gives tokens for the newest refresh token alone, and a document to whoever shows the newest token."""

    def __init__(self) -> None:
        self.refresh = FIRST
        self.token = ""
        self.title = "Buoy adrift"
        self.given = 0
        self.refused = 0

    async def __call__(self, asked: Asked) -> Answered:
        """``/token`` (RFC 6749, 6) and all else."""
        if asked.path != "/token":
            if asked.headers.get("authorization") != f"Bearer {self.token}":
                return Answered(401, b"")
            return Answered(200, newsfeed(self.title), [("content-type", "application/rss+xml")])
        if parse_qs(asked.body.decode()).get("refresh_token") != [self.refresh]:
            self.refused += 1
            return Answered(400, b'{"error": "invalid_grant"}')
        self.given += 1
        self.refresh, self.token = f"r3fresh-{self.given}", f"acc3ss-{self.given}"
        said = {"access_token": self.token, "refresh_token": self.refresh, "expires_in": 3600}
        return Answered(200, json.dumps(said).encode())


def entry(url: str, name: str = "buoys") -> Feed:
    """A feed of that provider."""
    login = Login(
        url=f"{url}/token", fields={"grant_type": "refresh_token"}, secrets={"refresh_token": "env:BUOY_REFRESH"}
    )
    return Feed(name=name, door="poll", url=f"{url}/feed", every=0.1, login=login)


@pytest.fixture(autouse=True)
def consented(monkeypatch: pytest.MonkeyPatch) -> None:
    """The token of the consent page stands where the entry says, and is never changed there."""
    monkeypatch.setenv("BUOY_REFRESH", FIRST)


async def test_a_restart_goes_on_with_the_newest_token(
    server: EmbeddedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """Ingest is stopped and started twice: each time the provider takes what was kept; in clear it is nowhere."""
    provider = Provider()
    async with provisioned(server) as client, web(provider) as url:
        await (await client.jetstream().key_value(FEEDS.name)).put("buoys", encode_feed(entry(url)))
        journal = Journal(client, "ingest")
        for title in ("Buoy adrift", "Buoy found", "Buoy moored"):
            provider.title = title
            async with build(IngestSettings(nats_url=server.url)).running():

                async def there(title: str = title) -> bool:
                    return bool(await journal.load(story_id("buoys", f"urn:example:{title.replace(' ', '-')}")))

                await eventually(there)
        assert provider.given >= 3
        kept = (await (await client.jetstream().key_value(DOORS.name)).get("renewed.buoys")).value
        assert kept and b"r3fresh" not in kept

        tried = await try_feed(entry(url), client)
        assert (tried.fault, tried.new) == ("", 1)
        async with build(IngestSettings(nats_url=server.url)).running():
            provider.title = "Buoy repaired"

            async def repaired() -> bool:
                return bool(await journal.load(story_id("buoys", "urn:example:Buoy-repaired")))

            await eventually(repaired)
        assert provider.refused == 0
    logged = capfd.readouterr().err
    assert "running" in logged
    assert "r3fresh" not in logged and "acc3ss" not in logged


async def test_who_consents_anew_makes_what_was_kept_void(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another token in the entry's secret: it is asked with that one, though the old one's successor is there."""
    provider = Provider()
    async with web(provider) as url:
        stage = Stage(entry(url))
        async with stage.playing(poll.door):
            await stage.look()
        provider.refresh = "r3fresh-of-another-consent"
        monkeypatch.setenv("BUOY_REFRESH", provider.refresh)
        again = Stage(entry(url))
        again.kept = stage.kept
        async with again.playing(poll.door):
            await again.look()
    assert (provider.given, provider.refused) == (2, 0)
    assert "r3fresh" not in stage.everything() + again.everything()


async def test_nothing_is_used_up_where_nothing_can_be_kept() -> None:
    """A check without Dateline's server: the provider is not asked, and it is said what to name."""
    provider = Provider()
    async with web(provider) as url:
        with pytest.raises(DoorFault, match=r"refresh token, which trying may use up.*--nats"):
            await poll.probe(entry(url), "")
    assert (provider.given, provider.refused) == (0, 0)
