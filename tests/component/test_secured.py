"""Servers as operators run them: TLS or nothing, certificates of clients, operators with JWTs, NKEYs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
import trustme
from nats.aio.client import Client
from natskeys import Identity, Realm

from dateline_kernel.connection import connect, reachable
from dateline_kernel.errors import Misconfigured
from dateline_kernel.journal import Journal
from dateline_kernel.keys import Keys, keys_from
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE, bare_server, eventually
from dateline_operate.link import connected_to

Start = Callable[..., int]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a nats-server with a configuration of its own; gives the port."""
    with ExitStack() as running:

        def one(configuration: str = "", *options: str) -> int:
            path = tmp_path / "nats.conf"
            path.write_text(configuration, "utf-8")
            return running.enter_context(bare_server(tmp_path, "-c", str(path), *options))

        yield one


class Papers:
    """An authority, the server's certificate and a client's, as files."""

    def __init__(self, folder: Path) -> None:
        self.authority = trustme.CA()
        self.ca = folder / "ca.pem"
        self.authority.cert_pem.write_to_path(str(self.ca))
        server, client = self.authority.issue_cert("127.0.0.1", "localhost"), self.authority.issue_cert("desk@example")
        self.server = folder / "server.pem"
        server.private_key_and_cert_chain_pem.write_to_path(str(self.server))
        self.cert, self.key, self.both = folder / "cert.pem", folder / "key.pem", folder / "both.pem"
        self.cert.write_bytes(b"".join(part.bytes() for part in client.cert_chain_pems))
        client.private_key_pem.write_to_path(str(self.key))
        client.private_key_and_cert_chain_pem.write_to_path(str(self.both))

    def tls(self, more: str = "") -> str:
        """For nats-server."""
        return f'tls {{ cert_file: "{self.server}", key_file: "{self.server}", ca_file: "{self.ca}", {more} }}\n'


class Between:
    """Somebody between clients and a server, who can cut connections, lead them elsewhere, and hide TLS."""

    def __init__(self, server: int) -> None:
        self.server = server
        self.port = 0
        self.hides = False
        self.greeted = 0
        """Greetings that were handed on."""
        self.heard = bytearray()
        """What clients said while TLS was hidden."""
        self._open: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Between:
        self._listening = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._listening.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.close()
        while self._serving:
            self.cut()
            await asyncio.wait(self._serving, timeout=1)

    def cut(self) -> None:
        """Cut every connection."""
        for writer in self._open:
            writer.transport.abort()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            theirs, ours = await asyncio.open_connection("127.0.0.1", self.server)
            pair = {writer, ours}
            self._open |= pair
            try:
                hides, greeting = self.hides, await theirs.readuntil(b"\r\n")
                writer.write(greeting.replace(b'"tls_required":true', b'"tls_required":false') if hides else greeting)
                self.greeted += 1
                forth = asyncio.create_task(self._pass_on(reader, ours, hides))
                await self._pass_on(theirs, writer, False)
                await forth
            finally:
                self._open -= pair
                for one in pair:
                    one.close()
                    with suppress(OSError):
                        await one.wait_closed()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hides: bool) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                self.heard += data if hides else b""
                writer.write(data)
                await writer.drain()
        writer.close()


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    """Of an authority that no system knows."""
    return Papers(tmp_path)


async def test_the_authority_of_a_cluster_is_named(start: Start, papers: Papers) -> None:
    """With it the server is trusted; without it the message names the setting."""
    url = f"tls://127.0.0.1:{start(papers.tls())}"
    with pytest.raises(Misconfigured, match=r"not trusted here.*DATELINE_NATS_CA"):
        await reachable(url, PATIENCE)
    await reachable(url, PATIENCE, Keys(ca=str(papers.ca)))


async def test_tls_means_tls_or_nothing(start: Start) -> None:
    """A server without TLS is refused at once, with what to do; the password is not repeated."""
    port = start("authorization { user: desk, password: opensesame }\n")
    with pytest.raises(Misconfigured, match=r"does not offer TLS.*tls:// means TLS or nothing") as refused:
        await reachable(f"tls://desk:opensesame@127.0.0.1:{port}", PATIENCE)
    assert "opensesame" not in str(refused.value)


async def test_who_sits_in_between_and_hides_tls_hears_nothing(start: Start, papers: Papers) -> None:
    """The greeting of a server with TLS, changed on its way: not a byte is said, least of all the password."""
    async with Between(start(papers.tls())) as between:
        between.hides = True
        with pytest.raises(Misconfigured, match="does not offer TLS"):
            await reachable(f"tls://desk:opensesame@127.0.0.1:{between.port}", PATIENCE, Keys(ca=str(papers.ca)))
        assert between.greeted >= 1
        assert bytes(between.heard) == b""


async def test_where_tls_is_only_offered_it_is_taken(start: Start, papers: Papers) -> None:
    """A server that also lets others in without: by ``tls://`` the connection is encrypted all the same."""
    port = start(papers.tls() + "allow_non_tls: true\n")
    client = await connect(f"tls://localhost:{port}", "test", PATIENCE, Keys(ca=str(papers.ca)))
    assert client._transport is not None
    writer = client._transport._io_writer  # type: ignore[attr-defined]
    assert writer.get_extra_info("ssl_object") is not None
    await client.close()


async def test_a_connection_that_comes_back_begins_with_tls_again(start: Start, papers: Papers, tmp_path: Path) -> None:
    """The server is killed and started again: the client is back by itself."""
    configuration, settings = papers.tls("handshake_first: true"), {"nats_ca": str(papers.ca), "nats_tls_first": True}
    first = tmp_path / "first"
    first.mkdir()
    (first / "nats.conf").write_text(configuration, "utf-8")
    with bare_server(first, "-c", str(first / "nats.conf")) as port:
        url = f"tls://127.0.0.1:{port}"
        keys = ServiceSettings(nats_url=url, **settings).keys  # type: ignore[arg-type]
        client = await connect(url, "test", PATIENCE, keys)

    async def lost() -> bool:
        return not client.is_connected

    await eventually(lost)
    start(configuration, "-p", str(port))
    await eventually(lambda: connected(client))
    await client.close()


async def test_a_connection_that_comes_back_keeps_to_tls(start: Start, papers: Papers) -> None:
    """Cut, and then met without TLS: nothing is said, for as long as that lasts; with TLS it is back by itself."""
    async with Between(start(papers.tls())) as between:
        client = await connect(f"tls://127.0.0.1:{between.port}", "test", PATIENCE, Keys(ca=str(papers.ca)))
        between.hides = True
        before = between.greeted
        between.cut()

        async def tried_again() -> bool:
            return between.greeted >= before + 3

        await eventually(tried_again)
        assert not client.is_connected
        assert bytes(between.heard) == b""
        between.hides = False
        await eventually(lambda: connected(client))
        await client.close()


@pytest.mark.parametrize("scheme", ["tls", "nats"])
async def test_a_server_may_want_tls_before_it_greets(start: Start, papers: Papers, scheme: str) -> None:
    """Where that is set it is spoken to; where not, the sentence names the setting, and the authority if need be."""
    url = f"{scheme}://127.0.0.1:{start(papers.tls('handshake_first: true'))}"
    with pytest.raises(Misconfigured, match=r"says nothing before TLS.*set DATELINE_NATS_TLS_FIRST=true"):
        await reachable(url, PATIENCE, Keys(ca=str(papers.ca)))
    with pytest.raises(Misconfigured, match=r"not trusted here.*DATELINE_NATS_CA.*DATELINE_NATS_TLS_FIRST=true"):
        await reachable(url, PATIENCE)
    with pytest.raises(Misconfigured, match=r"not trusted here.*DATELINE_NATS_CA"):
        await reachable(url, PATIENCE, Keys(tls_first=True))
    client = await connect(url, "test", PATIENCE, Keys(ca=str(papers.ca), tls_first=True))
    assert client.is_connected
    await client.close()


@pytest.mark.parametrize("tls", [True, False])
async def test_a_server_that_greets_before_tls_is_told_apart(start: Start, papers: Papers, tls: bool) -> None:
    """TLS first is said of it, and is not so: not a word of ours is heard, and the sentence names the setting."""
    url = f"tls://desk:opensesame@127.0.0.1:{start(papers.tls() if tls else '')}"
    with pytest.raises(Misconfigured, match=r"greets before TLS, and DATELINE_NATS_TLS_FIRST says") as refused:
        await reachable(url, PATIENCE, Keys(ca=str(papers.ca), tls_first=True))
    assert "opensesame" not in str(refused.value)


def test_whether_tls_comes_first_is_true_or_false() -> None:
    """In the environment, for commands as for services."""
    assert keys_from({"DATELINE_NATS_TLS_FIRST": "true", "DATELINE_NATS_CA": "a"}) == Keys(ca="a", tls_first=True)
    assert keys_from({}) == Keys()
    with pytest.raises(Misconfigured, match="DATELINE_NATS_TLS_FIRST is true or false"):
        keys_from({"DATELINE_NATS_TLS_FIRST": "perhaps"})


async def connected(client: Client) -> bool:
    """Whether a client is."""
    return client.is_connected


@pytest.mark.parametrize("files", ["two", "one"])
async def test_a_server_may_want_a_certificate_of_its_clients(start: Start, papers: Papers, files: str) -> None:
    """Certificate and key in two files or in one; without, the message names the settings."""
    url = f"tls://127.0.0.1:{start(papers.tls('verify: true'))}"
    with pytest.raises(Misconfigured, match=r"wants a certificate of its clients.*DATELINE_NATS_CERT"):
        await reachable(url, PATIENCE, Keys(ca=str(papers.ca)))
    ours = (papers.cert, papers.key) if files == "two" else (papers.both, "")
    await reachable(url, PATIENCE, Keys(ca=str(papers.ca), cert=str(ours[0]), key=str(ours[1])))


async def test_a_user_of_an_operators_account_comes_in_by_its_credentials(start: Start, tmp_path: Path) -> None:
    """A server that knows its operator alone; who has no credentials, or those of a stranger, is told what to name."""
    realm, file = Realm(), tmp_path / "desk.creds"
    url = f"nats://127.0.0.1:{start(realm.configuration)}"
    file.write_text(Realm().credentials(Identity("U")), "utf-8")
    for keys in (Keys(), Keys(creds=str(file))):
        with pytest.raises(Misconfigured, match=r"does not take this login.*DATELINE_NATS_CREDS"):
            await reachable(url, PATIENCE, keys)
    file.write_text(realm.credentials(Identity("U")), "utf-8")
    await reachable(url, PATIENCE, Keys(creds=str(file)))


async def test_a_user_whose_public_key_the_server_knows_comes_in_by_its_seed(start: Start, tmp_path: Path) -> None:
    """The file has the seed alone, as ``nk -gen user`` writes it."""
    user, file = Identity("U"), tmp_path / "desk.nk"
    url = f"nats://127.0.0.1:{start(f'authorization {{ users: [ {{ nkey: {user.public} }} ] }}')}"
    file.write_text(f"{Identity('U').seed}\n", "utf-8")
    with pytest.raises(Misconfigured, match="does not take this login"):
        await reachable(url, PATIENCE, Keys(creds=str(file)))
    file.write_text(f"{user.seed}\n", "utf-8")
    await reachable(url, PATIENCE, Keys(creds=str(file)))


async def test_credentials_that_were_renewed_count_from_the_next_connection(tmp_path: Path) -> None:
    """Another server of the cluster knows the new key alone; the file was replaced, and the connection comes back."""
    old, new, file = Identity("U"), Identity("U"), tmp_path / "desk.nk"
    file.write_text(old.seed, "utf-8")
    with ExitStack() as running:
        ports = []
        for user in (old, new):
            folder = tmp_path / user.public
            folder.mkdir()
            (folder / "nats.conf").write_text(f"authorization {{ users: [ {{ nkey: {user.public} }} ] }}", "utf-8")
            ports.append(running.enter_context(bare_server(folder, "-c", str(folder / "nats.conf"))))
        async with Between(ports[0]) as between:
            client = await connect(f"nats://127.0.0.1:{between.port}", "test", PATIENCE, Keys(creds=str(file)))
            renewed = tmp_path / "renewed.nk"
            renewed.write_text(new.seed, "utf-8")
            renewed.replace(file)
            between.server = ports[1]
            before = between.greeted
            between.cut()

            async def back() -> bool:
                return between.greeted > before and client.is_connected

            await eventually(back)
            await client.close()


async def test_services_and_commands_come_in_by_what_the_settings_name(
    start: Start, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster with an operator, TLS and certificates of clients: a service works on it, and a command looks at it."""
    realm, creds = Realm(), tmp_path / "desk.creds"
    creds.write_text(realm.credentials(Identity("U")), "utf-8")
    url = f"tls://127.0.0.1:{start(realm.configuration + papers.tls('verify: true'))}"
    keys = {"ca": str(papers.ca), "cert": str(papers.both), "creds": str(creds)}
    settings = ServiceSettings(nats_url=url, **{f"nats_{name}": path for name, path in keys.items()})  # type: ignore[arg-type]
    async with Service("attribution", settings).running() as running:
        assert running.runtime.client.is_connected
    for name, path in keys.items():
        monkeypatch.setenv(f"DATELINE_NATS_{name.upper()}", path)
    async with connected_to(url) as client:
        assert await Journal(client, "attribution").last_sequence() == 0


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"ca": "nothing here"}, r"nats_ca: \S+ca.pem cannot be used: it is no PEM file"),
        ({"cert": "nothing here"}, r"nats_cert: \S+cert.pem cannot be used: it is no PEM file"),
        ({"creds": "SUAOPENSESAME"}, r"nats_creds: \S+creds.pem cannot be used: it has neither"),
        ({"ca": None}, r"nats_ca: \S+ca.pem cannot be used: No such file"),
        ({"creds": None}, r"nats_creds: \S+creds.pem cannot be used: No such file"),
        ({"key": ""}, r"nats_key is the key of a certificate, and nats_cert names none"),
    ],
)
async def test_a_file_that_cannot_be_used_is_said_with_its_setting(
    tmp_path: Path, made: dict[str, str | None], said: str
) -> None:
    """Before any server is asked, and without what stands in it."""
    paths = {}
    for name, text in made.items():
        path = tmp_path / f"{name}.pem"
        if text is not None:
            path.write_text(text, "utf-8")
        paths[name] = str(path)
    with pytest.raises(Misconfigured, match=said) as refused:
        await reachable("nats://127.0.0.1:9", PATIENCE, Keys(**paths))
    assert "OPENSESAME" not in str(refused.value)


async def test_a_key_with_a_passphrase_is_refused_and_nobody_is_asked_for_it(papers: Papers, tmp_path: Path) -> None:
    """A service has nobody at its terminal."""
    from cryptography.hazmat.primitives import serialization

    plain = serialization.load_pem_private_key(papers.key.read_bytes(), None)
    locked = tmp_path / "locked.pem"
    locked.write_bytes(
        plain.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"opensesame"),
        )
    )
    with pytest.raises(Misconfigured, match=r"nats_cert: .*cannot be used"):
        await reachable("nats://127.0.0.1:9", PATIENCE, Keys(cert=str(papers.cert), key=str(locked)))
