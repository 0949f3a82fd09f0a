"""IMAP pull against a real IMAP server (pymap, in memory)."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import msgspec
import pytest
import trustme
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, DictBackend, Identity, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.exceptions import InvalidAuth
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.fetchattr import FetchRequirement
from pysasl import SASLAuth
from pysasl.creds.external import ExternalVerificationRequired
from pysasl.creds.server import ServerCredentials
from pysasl.mechanism.oauth import OAuth2Mechanism
from stage import Stage, names
from web import Answered, Asked, web

from dateline_ingest.doors import imap, mailbox
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.source import address
from dateline_kernel.ending import ended
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas.feeds import Feed
from dateline_schemas.interfaces import Login as LoginEntry

PASSWORD = "lighthouse-pass-52"


def mail(subject: str) -> bytes:
    """A mail with a story of ours."""
    return (
        f"From: desk@harbour.example\r\nTo: wire@news.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@x>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nThe ferry was late on Monday.\r\n"
    ).encode()


class Post:
    """The agency's mailboxes, and the way to them."""

    def __init__(self, config: Config, mailboxes: MailboxSet) -> None:
        self.port = 0
        self.scheme = "imaps"
        self.writers: list[asyncio.StreamWriter] = []
        self._config = config
        self.mailboxes = mailboxes

    async def bring(self, *subjects: str) -> None:
        """Mails come in."""
        inbox = await self.mailboxes.get_mailbox("INBOX")
        for subject in subjects:
            await inbox.append(AppendMessage(mail(subject), datetime(2031, 1, 1, tzinfo=UTC), frozenset()))

    async def remind(self) -> None:
        """pymap tells in IDLE of nothing that came in the moment before it began, until something else comes."""
        inbox = await self.mailboxes.get_mailbox("INBOX")
        while True:
            inbox._updated.set()
            await asyncio.sleep(0.05)

    async def there(self, name: str = "INBOX") -> dict[str, set[bytes]]:
        """Subjects of a mailbox, with their flags."""
        found = {}
        box = await self.mailboxes.get_mailbox(name)
        async for message in box.messages():
            content = await message.load_content(FetchRequirement.CONTENT)
            [subject] = content.get_header(b"subject")
            found[str(subject)] = {bytes(flag) for flag in message.permanent_flags}
        return found

    def feed(self, path: str = "/INBOX", host: str = "localhost", **members: Any) -> Feed:
        """A feed of that mailbox."""
        url = f"{self.scheme}://agency@{host}:{self.port}{path}"
        return Feed(name="harbour", door="imap", url=url, secret="env:X", every=60, **members)


class OAuthBearer(OAuth2Mechanism):
    """OAUTHBEARER (RFC 7628, 3.1), which pysasl lacks."""

    _pattern = re.compile(rb"^n,a=(.*?),\x01auth=[Bb]earer (.*?)\x01\x01$")


def only(mechanism: bytes) -> property:
    """One way to log in, and no other."""
    kinds = {b"XOAUTH2": OAuth2Mechanism, b"OAUTHBEARER": OAuthBearer}
    return property(lambda _: SASLAuth([kinds[mechanism](mechanism)] if mechanism in kinds else []))


def introspecting(tokens: dict[str, str]) -> Any:
    """Looks a token up as its issuer would: whose it is, and whether it still counts."""

    async def authenticate(self: Login, credentials: ServerCredentials) -> Identity:
        try:
            credentials.verify(None)
        except ExternalVerificationRequired as asked:
            if asked.token and tokens.get(asked.token) == credentials.authzid:
                return Identity(credentials.authzid, self, None, set())
        raise InvalidAuth()

    return authenticate


@asynccontextmanager
async def serving(
    authority: trustme.CA, scheme: str = "imaps", tokens: dict[str, str] | None = None, by: bytes = b"XOAUTH2"
) -> AsyncIterator[Post]:
    """A server on a free port, with TLS at once or by STARTTLS (``imap``), or with neither (``bare``).

    With ``tokens`` (token to user) it takes these and no password, by that mechanism.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    args = argparse.Namespace(
        host="127.0.0.1", port=0, tls=scheme == "imap", cert=None, key=None, debug=False, proxy_protocol=None,
        passlib_cfg=None, inherited_sockets=None, skip_services=[], demo_data=False, demo_user="agency",
        demo_password=PASSWORD,
    )  # fmt: skip
    backend, config = await DictBackend.init(args, ssl_context=context)
    config.apply_context()
    mailboxes = MailboxSet()
    config.set_cache["agency"] = (mailboxes, FilterSet())
    post = Post(config, mailboxes)
    if tokens is not None:
        config.__class__ = type("TokenConfig", (Config,), {"initial_auth": only(by), "tls_auth": only(by)})
        backend.login.__class__ = type("TokenLogin", (Login,), {"authenticate": introspecting(tokens)})
    answer, sessions = IMAPServer(backend.login, config), set()

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, info: SocketInfo) -> None:
        sessions.add(asyncio.current_task())
        post.writers.append(writer)
        await answer(reader, writer, info)

    connected = ProxyProtocolReader(config.proxy_protocol).get_callback(session)
    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=context if scheme == "imaps" else None)
    post.port, post.scheme = server.sockets[0].getsockname()[1], "imaps" if scheme == "imaps" else "imap"
    reminding = asyncio.create_task(post.remind())
    try:
        yield post
    finally:
        await ended(reminding)
        server.close()
        for writer in post.writers:
            writer.transport.abort()
        if sessions:
            await asyncio.wait(sessions)


def place_of(stage: Stage) -> imap.MailPlace:
    """What the door remembered."""
    return msgspec.msgpack.decode(stage.place, type=imap.MailPlace)


async def taking(stage: Stage, count: int) -> None:
    """Until the door has taken so many; it waits in IDLE between them, so it does not rest."""
    stage._go.put_nowait(None)

    async def enough() -> bool:
        assert stage._task is not None
        if stage._task.done():
            stage._task.result()
        return len(stage.handed) >= count

    await eventually(enough)


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
async def test_mails_are_taken_in_order_and_stay_unread(authority: trustme.CA, scheme: str) -> None:
    """TLS from the first byte or by STARTTLS; the bytes as they are, with their media type."""
    async with serving(authority, scheme) as post, Stage(post.feed(), PASSWORD).playing(imap.door) as stage:
        await post.bring("one", "two")
        await taking(stage, 2)
        assert [handed.data for handed in stage.handed] == [mail("one"), mail("two")]
        assert {handed.hint for handed in stage.handed} == {"message/rfc822"}
        assert [flags - {b"\\Recent"} for flags in (await post.there()).values()] == [set(), set()]


async def test_a_mailbox_is_reached_before_all_its_mails_are_taken(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of mails take their time, and the feed does not fail meanwhile."""
    async with serving(authority) as post:
        await post.bring("one", "two")
        stage, reaches = Stage(post.feed(), PASSWORD), []
        taken = stage.take

        async def take(data: bytes, **said: str) -> Any:
            reaches.append(stage.reaches)
            return await taken(data, **said)

        monkeypatch.setattr(stage, "take", take)
        async with stage.playing(imap.door):
            await taking(stage, 2)
        assert reaches == [1, 1]


async def test_a_mail_that_comes_is_taken_at_once(authority: trustme.CA) -> None:
    """The server tells, by IDLE; the door did not rest."""
    async with serving(authority) as post, Stage(post.feed(), PASSWORD).playing(imap.door) as stage:
        await post.bring("one")
        await taking(stage, 1)
        await post.bring("two")
        await taking(stage, 2)
        assert stage.rests == []


async def test_a_mail_that_comes_while_another_is_taken_is_taken_at_once(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server tells of it with its next answer, and then not once more in IDLE."""
    asking = imap.Mailbox.sizes
    async with serving(authority) as post:

        async def sizes(box: mailbox.Mailbox, uids: list[int]) -> dict[int, int]:
            if uids == [101]:
                await post.bring("two")
            return await asking(box, uids)

        monkeypatch.setattr(imap.Mailbox, "sizes", sizes)
        async with Stage(post.feed(), PASSWORD).playing(imap.door) as stage:
            await post.bring("one")
            await taking(stage, 2)
            assert stage.rests == []


@asynccontextmanager
async def talking(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], authority: trustme.CA
) -> AsyncIterator[Feed]:
    """A feed of a server that talks like that."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    async with await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        yield Feed(name="harbour", door="imap", url=f"imaps://agency@localhost:{port}/INBOX", secret="env:X")


@pytest.mark.parametrize("begins", [b"+ idling\r\n* 1 EXISTS\r\n", b"* 1 EXISTS\r\n+ idling\r\n"])
async def test_what_the_server_tells_as_idle_begins_is_heard(authority: trustme.CA, begins: bytes) -> None:
    """In one piece with its word that it does: it has left the socket by then, so that nobody would see it waiting.

    Nor is it a fault if it comes before that word: a mail may come in at any time.
    """

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n")
        while line := await reader.readline():
            tag, command = line.split()[:2]
            said = {b"IDLE": begins, b"SELECT": b"* OK [UIDVALIDITY 1] counted\r\n"}
            said[b"CAPABILITY"] = b"* CAPABILITY IMAP4rev1 IDLE\r\n"
            writer.write(said.get(command, b""))
            if command == b"IDLE":
                await reader.readline()
            writer.write(tag + b" OK done\r\n")
        writer.close()

    async with talking(talk, authority) as feed:
        box = mailbox.Mailbox()
        await box.open(address(feed, imap.PORTS), PASSWORD)
        await box.select("INBOX", readonly=True)
        try:
            async with asyncio.timeout(PATIENCE):
                assert await box.idle()
        finally:
            await box.close()


async def test_the_place_outlives_the_door(authority: trustme.CA) -> None:
    """A door that starts again goes on after the last mail; when mails are counted anew, it begins anew."""
    async with serving(authority) as post:
        stage = Stage(post.feed(), PASSWORD)
        await post.bring("one")
        async with stage.playing(imap.door):
            await taking(stage, 1)
        await post.bring("two")
        async with stage.playing(imap.door):
            await taking(stage, 2)
        assert [handed.data for handed in stage.handed] == [mail("one"), mail("two")]
        stage.place = msgspec.msgpack.encode(msgspec.structs.replace(place_of(stage), validity=1))
        async with stage.playing(imap.door):
            await taking(stage, 4)
        assert stage.said("mails are counted anew by the server; all are looked at again")


async def test_what_was_taken_is_moved_or_deleted_as_the_feed_says(authority: trustme.CA) -> None:
    """``move``: into another mailbox; ``delete``: gone, and no other mail with it."""
    async with serving(authority) as post:
        await post.bring("one")
        async with Stage(post.feed(after="move"), PASSWORD).playing(imap.door) as stage:
            await taking(stage, 1)
            await eventually(lambda: _is_empty(post))
            assert list(await post.there(imap.TAKEN)) == ["one"]
        await post.bring("two")
        async with Stage(post.feed(after="delete"), PASSWORD).playing(imap.door) as stage:
            await taking(stage, 1)
            await eventually(lambda: _is_empty(post))
            assert names(stage) != []


async def _is_empty(post: Post) -> bool:
    return not await post.there()


async def test_a_lost_connection_is_made_again(authority: trustme.CA) -> None:
    """After a rest, without a fault."""
    async with serving(authority) as post, Stage(post.feed(), PASSWORD).playing(imap.door) as stage:
        await post.bring("one")
        await taking(stage, 1)
        for writer in post.writers:
            writer.transport.abort()
        await eventually(lambda: _rested(stage))
        await post.bring("two")
        await taking(stage, 2)


async def _rested(stage: Stage) -> bool:
    return bool(stage.rests)


async def test_without_idle_the_door_looks_as_often_as_the_feed_says(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From rest to rest."""
    monkeypatch.setattr(Config, "backend_capability", property(lambda self: _no_idle()))
    async with serving(authority) as post, Stage(post.feed(), PASSWORD).playing(imap.door) as stage:
        await post.bring("one")
        assert await stage.look() == 60
        await post.bring("two")
        assert await stage.look() == 60
        assert len(stage.handed) == 2


def _no_idle() -> Any:
    from pymap.config import BackendCapability

    return BackendCapability(idle=False, object_id=True, multi_append=True)


@pytest.mark.parametrize(
    "lie", [b"* 1 FETCH (X {1000000000000}\r\n", b"* 1 EXISTS\r\n" * 100_000], ids=["literal", "endless"]
)
async def test_a_server_that_says_too_much_is_not_heard_out(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, lie: bytes
) -> None:
    """Neither the size that it states nor how long it goes on decides what is kept of it."""
    monkeypatch.setattr(mailbox, "MOST_SAID", 1_000_000)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        while line := await reader.readline():
            tag, command = line.split()[:2]
            writer.write(lie if command == b"EXAMINE" else b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
        writer.close()

    async with talking(talk, authority) as feed:
        with pytest.raises(DoorFault, match="more than 1000000 bytes at once"):
            await imap.probe(feed, PASSWORD)


async def test_a_mail_that_is_too_large_is_told_of_and_passed_over(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its stated size, and by what comes."""
    monkeypatch.setattr(imap, "MOST_BYTES", 400)
    async with serving(authority) as post, Stage(post.feed(), PASSWORD).playing(imap.door) as stage:
        await post.bring("x" * 400, "two")
        await taking(stage, 1)
        assert stage.handed[0].data == mail("two")
        assert len(stage.said("mail not taken")) == 1
        monkeypatch.setattr(imap.Mailbox, "sizes", _small)
        await post.bring("y" * 400, "four")
        await taking(stage, 2)
        assert stage.handed[1].data == mail("four")
        assert len(stage.said("mail not taken")) == 2


async def _small(box: mailbox.Mailbox, uids: list[int]) -> dict[int, int]:
    return dict.fromkeys(uids, 1)


async def test_without_tls_no_password_is_sent(authority: trustme.CA) -> None:
    """A server that has no STARTTLS is refused; so is a wrong certificate."""
    async with serving(authority, "bare") as post:
        with pytest.raises(DoorFault, match="without TLS no password is sent"):
            await imap.probe(post.feed(), PASSWORD)
    async with serving(authority) as post:
        with pytest.raises(DoorFault, match="certificate"):
            await imap.probe(post.feed(host="127.0.0.1"), PASSWORD)


async def test_the_password_is_never_told(authority: trustme.CA, caplog: pytest.LogCaptureFixture) -> None:
    """Not in faults, logs or the place."""
    caplog.set_level("DEBUG")
    wrong = "wrong-word-31"
    async with serving(authority) as post:
        stage = Stage(post.feed(), PASSWORD)
        await post.bring("one")
        async with stage.playing(imap.door):
            await taking(stage, 1)
            await eventually(lambda: " IDLE" in caplog.text)  # imaplib stumbles over what it logs of a command cut off
        with pytest.raises(DoorFault, match="check user and secret") as fault:
            await imap.probe(post.feed(), wrong)
    lines = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("pymap"))
    for secret in (PASSWORD, wrong):
        assert secret not in f"{fault.value!r} {stage.everything()} {lines}"


async def test_a_probe_counts_and_brings_a_sample(authority: trustme.CA) -> None:
    """Nothing is marked, moved or deleted; a mailbox that is not there is a fault."""
    async with serving(authority) as post:
        await post.bring("one", "two")
        found = await imap.probe(post.feed(after="delete"), PASSWORD)
        assert (found.new, found.sample, found.hint) == (2, mail("one"), "message/rfc822")
        assert len(await post.there()) == 2
        with pytest.raises(DoorFault, match=r"does not open Nowhere .*it has for this user: INBOX"):
            await imap.probe(post.feed("/Nowhere"), PASSWORD)
    with pytest.raises(DoorFault, match="names no user"):
        await imap.probe(Feed(name="f", door="imap", url="imaps://localhost/"), PASSWORD)


async def test_a_cancelled_door_leaves_no_thread_behind(authority: trustme.CA) -> None:
    """Though it waits in IDLE for minutes."""
    async with serving(authority) as post:
        await post.bring("one")
        async with asyncio.timeout(PATIENCE), Stage(post.feed(), PASSWORD).playing(imap.door) as stage:
            await taking(stage, 1)


class Issuer:
    """A token endpoint that gives access tokens for a refresh token, and a new refresh token each time."""

    def __init__(self) -> None:
        self.valid: dict[str, str] = {}
        self.refresh = "r3fresh-0"
        self.asked: list[dict[str, list[str]]] = []

    async def __call__(self, asked: Asked) -> Answered:
        """POST with grant_type=refresh_token (RFC 6749, 6)."""
        form = parse_qs(asked.body.decode())
        self.asked.append(form)
        if form.get("refresh_token") != [self.refresh] or form.get("client_secret") != ["cl1ent-pier"]:
            return Answered(400, json.dumps({"error": "invalid_grant", "of": self.refresh}).encode())
        number = len(self.asked)
        self.refresh, token = f"r3fresh-{number}", f"acc3ss-{number}"
        self.valid[token] = "agency"
        return Answered(
            200, json.dumps({"access_token": token, "expires_in": 3599, "refresh_token": self.refresh}).encode()
        )


def with_token(feed: Feed, url: str) -> Feed:
    """The feed with a login by refresh token."""
    fields = {"grant_type": "refresh_token", "client_id": "dateline"}
    secrets = {"refresh_token": "env:PIER_REFRESH", "client_secret": "env:PIER_CLIENT"}
    return msgspec.structs.replace(
        feed, secret="", login=LoginEntry(url=f"{url}/token", fields=fields, secrets=secrets)
    )


@pytest.mark.parametrize("by", [b"XOAUTH2", b"OAUTHBEARER"])
async def test_a_mailbox_is_opened_with_a_token(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, by: bytes
) -> None:
    """From a refresh token at a token endpoint; a new one when the old is refused; no secret in logs or the place."""
    monkeypatch.setenv("PIER_REFRESH", "r3fresh-0")
    monkeypatch.setenv("PIER_CLIENT", "cl1ent-pier")
    issuer = Issuer()
    async with web(issuer) as url, serving(authority, tokens=issuer.valid, by=by) as post:
        await post.bring("ferry")
        stage = Stage(with_token(post.feed(), url))
        monkeypatch.setattr(mailbox, "IDLE_SECONDS", 0.2)
        async with stage.playing(imap.door):
            await taking(stage, 1)
        assert issuer.asked[0]["grant_type"] == ["refresh_token"]
        assert "acc3ss" not in stage.everything() and "r3fresh" not in stage.everything()
        assert (await imap.probe(with_token(post.feed(), url), "", stage)).new == 1


async def test_what_is_wrong_with_a_token_is_said_and_no_secret(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refresh token that has ended, a token that the mailbox does not take, a server without OAuth."""
    monkeypatch.setenv("PIER_CLIENT", "cl1ent-pier")
    monkeypatch.setenv("PIER_REFRESH", "r3fresh-gone")
    issuer = Issuer()
    async with web(issuer) as url, serving(authority, tokens={}) as post:
        with pytest.raises(DoorFault, match="answered 400 to the login; check its secrets and fields") as fault:
            await imap.probe(with_token(post.feed(), url), "", Stage(post.feed()))
        assert "r3fresh" not in str(fault.value)
        monkeypatch.setenv("PIER_REFRESH", issuer.refresh)
        with pytest.raises(DoorFault, match="refuses the login") as fault:
            await imap.probe(with_token(post.feed(), url), "", Stage(post.feed()))
        assert "acc3ss" not in str(fault.value)
    async with web(issuer) as url, serving(authority) as post:
        monkeypatch.setenv("PIER_REFRESH", issuer.refresh)
        with pytest.raises(DoorFault, match=r"takes no OAuth 2 tokens .*; give the feed a password"):
            await imap.probe(with_token(post.feed(), url), "", Stage(post.feed()))
