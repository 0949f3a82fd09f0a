"""Feeds as operators write them: what each door needs, and what a change would do."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline_operate.commands.feeds import Options, arguments
from dateline_operate.console.failure import Failure
from dateline_operate.console.moments import ago
from dateline_operate.feeds.changes import made
from dateline_operate.feeds.check import read_feeds
from dateline_operate.feeds.faults import faults_of
from dateline_operate.feeds.file import change_of, feeds_of_file, rival
from dateline_operate.feeds.state import State
from dateline_operate.feeds.table import state_of
from dateline_schemas.doors import Failing
from dateline_schemas.feeds import Contract, Feed, key_digest

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ"
NOON = datetime(2026, 3, 26, 12, tzinfo=UTC)


def feed_of(*lines: str) -> Feed:
    """The feed of a table with these lines."""
    [feed] = feeds_of_file("\n".join(("[[feed]]", 'name = "wire"', *lines)))
    return feed


@pytest.mark.parametrize(
    "lines",
    [
        ['key = "k"'],
        ['door = "nats"', 'key = "k"'],
        ['door = "folder"', 'url = "folder:///srv/drop"'],
        ['door = "ftp"', 'url = "ftp://host/out"'],
        ['door = "ftp"', 'url = "ftps://user@host/out"', 'secret = "env:WIRE_PASSWORD"'],
        ['door = "sftp"', 'url = "sftp://user@host/out"', 'secret = "file:/run/secrets/key"', f'host_key = "{KEY}"'],
        ['door = "poll"', 'url = "https://host/feed.xml"', "every = 30"],
        ['door = "websub"', 'url = "https://host/feed.xml"', 'secret = "env:HUB"'],
        ['door = "imap"', 'url = "imaps://user@host/INBOX"', 'secret = "env:MAIL"', "silent_after = 3600"],
    ],
    ids=lambda lines: lines[0],
)
def test_what_a_door_needs_is_enough(lines: list[str]) -> None:
    """Every door has a short entry that works."""
    assert feed_of(*lines).name == "wire"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "needs key or key_sha256"),
        (['key = "k"', 'key_sha256 = "x"'], "give either key or key_sha256"),
        (['key = "k"', "[feed.contract]", "days = 3000000"], "more than a century"),
        (['key = "k"', 'url = "https://host/"'], "leave url out"),
        (['door = "folder"', 'url = "folder:///x"', 'key = "k"'], "leave key and key_sha256 out"),
        (['door = "folder"', 'url = "folder://srv/x"'], "three slashes"),
        (['door = "folder"', 'url = "/srv/x"'], "begins with folder://"),
        (['door = "ftp"', 'url = "ftp://user:hunter2@host/"'], "has a password in it"),
        (['door = "ftp"', 'url = "sftp://host/"'], "begins with ftp:// or ftpes:// or ftps://"),
        (['door = "ftp"', 'url = "ftp://host:port/"'], "cannot be read"),
        (['door = "ftp"', 'url = "ftp:///out"'], "names no host"),
        (['door = "ftp"', 'url = "ftp://host/"', 'secret = "hunter2"'], "never the"),
        (['url = "https://host/"', 'door = "poll"', 'private = ["10.1.2.3/24"]'], "no network"),
        (['door = "ftp"', 'url = "ftp://host/"', 'private = ["10.1.2.0/24"]'], "leave it out"),
        (['url = "https://host/"', 'door = "poll"', 'header = "x-api-key"'], "name the secret"),
        (['door = "ftp"', 'url = "ftp://host/"', 'login = { url = "https://h/" }'], "poll and imap"),
        (['door = "imap"', 'url = "imaps://u@h/"', 'login = { url = "http://h/" }'], "https://"),
        (['url = "https://host/{secret}"', 'door = "poll"'], "name where that part stands"),
        (['url = "https://host/"', 'door = "poll"', 'login = { url = "http://host/" }'], "https://"),
        (['url = "https://host/"', 'door = "poll"', 'login = { url = "https://h/", basic = "a:b" }'], "never the"),
        (['url = "https://host/"', 'door = "poll"', 'listing = { items = "/e", id = "/i", fetch = "x" }'], "{id}"),
        (['door = "websub"', 'url = "https://host/"', 'secret = "env:A"', 'cursor = { next = "/n" }'], "for door poll"),
        (['url = "https://host/"', 'door = "poll"', 'texts = { hosts = ["a/b"] }'], "such as"),
        (['url = "https://host/"', 'door = "poll"', 'texts = { hosts = ["a"], secret = "hunter2" }'], "never the"),
        (['door = "sftp"', 'url = "sftp://user@host/"'], "needs a secret"),
        (['door = "sftp"', 'url = "sftp://user@host/"', 'secret = "env:A"'], "needs host_key"),
        (['door = "imap"', 'url = "imaps://host/INBOX"', 'secret = "env:A"'], "names no user"),
        (['door = "poll"', 'url = "https://host/a feed"'], "spaces"),
        (['door = "poll"', 'url = "https://host/"', "every = 60", "silent_after = 60"], "always be silent"),
        (['key = "k"', 'language = "english"'], "language 'english' is no BCP 47 tag; write e.g. fr or de-AT"),
        (['key = "k"', "[feed.contract]", 'territory = ["France"]'], "two capital letters"),
        (['key = "k"', "[feed.contract]", 'agncy = "AFP"'], "contract has no member agncy; agency, perhaps"),
        (['key = "k"', "pasued = true"], "there is no member pasued; paused, perhaps"),
        (['kye = "k"'], "there is no member kye; key, perhaps"),
        (['key = "k"', "qqqqqq = 1"], "there is no member qqqqqq; there are after,agency,arrives"),
        (['door = "fpt"'], "door = 'fpt' is none of folder, ftp, .*; .*ftp.*, perhaps"),
        (['key = "k"', 'after = "move"'], "after says nothing to door http, only to folder, ftp, imap, sftp: leave"),
        (['door = "poll"', 'url = "https://host/"', 'pattern = "*.xml"'], "pattern says nothing to door poll"),
        (
            ['door = "imap"', 'url = "imaps://u@h/"', 'secret = "env:A"', 'arrives = "renamed"'],
            "arrives says nothing",
        ),
        (['door = "poll"', 'url = "https://host/"', "every = 0.05"], "more often than once a second"),
        (['key = "k"', "every = 0"], "feed wire: every is more than 0.0"),
        (['key = "k"', "every = 100_000"], "feed wire: every is at most 86400.0"),
        (['key = "k"', 'silent_after = "an hour"'], "feed wire: silent_after is a whole number"),
        (['key = "k"', 'paused = "yes"'], "feed wire: paused is true or false"),
        (['key_sha256 = "wire"'], "feed wire: key_sha256 is 64 digits"),
    ],
)
def test_what_is_wrong_is_said_with_the_feeds_name(lines: list[str], said: str) -> None:
    """And with what to write instead; a secret that was written by mistake is not repeated."""
    with pytest.raises(Failure, match=said) as failure:
        feed_of(*lines)
    assert "wire" in str(failure.value)
    assert "hunter2" not in str(failure.value)


def test_all_that_is_wrong_with_a_feed_is_said_at_once() -> None:
    """A file is not corrected fault by fault."""
    with pytest.raises(Failure) as failure:
        feed_of('door = "sftp"', 'url = "sftp://host/"', "every = 0.1", 'language = "english"')
    lines = str(failure.value).splitlines()
    assert all(line.startswith("feed wire: ") for line in lines)
    for line, said in zip(lines, ("names no user", "needs a secret", "host_key", "every = 0.1", "BCP 47"), strict=True):
        assert said in line


def test_all_that_cannot_be_meant_in_an_entry_is_said_at_once() -> None:
    """A word that is none, a member that nobody knows and one of the contract's: each is named in one go."""
    with pytest.raises(Failure) as said:
        feed_of('door = "pol"', "evry = 2", "every = true", "[feed.contract]", 'trust = "outlett"', "days = -1")
    found = str(said.value).splitlines()
    assert len(found) == 5, found
    for member in ("door", "evry", "every is", "contract.trust", "contract.days"):
        assert any(f"feed wire: {member}" in line or f"no member {member}" in line for line in found), member


@pytest.mark.parametrize("tag", ["en", "EN", "swe", "zh-Hant-TW", "de-CH-1996", "en-x-twain"])
def test_a_language_is_a_code_and_what_narrows_it(tag: str) -> None:
    """In any capitals."""
    assert faults_of(Feed(name="wire", key_sha256=key_digest("k"), language=tag)) == []


@pytest.mark.parametrize("word", ["e", "english", "français", "en_GB", "en-", "en GB", "en-GB\n", "日本"])
def test_a_feed_in_a_language_that_is_no_tag_is_at_fault(word: str) -> None:
    """Its stories would go out on topics of that language, which no outlet asks for. A locale has underscores."""
    assert "BCP 47" in "".join(faults_of(Feed(name="wire", key_sha256=key_digest("k"), language=word)))


def test_agency_and_trust_may_stand_in_the_entry_or_in_its_contract() -> None:
    """The two that most feeds need, beside whatever else was agreed; never in both places."""
    short = feed_of('key = "k"', 'agency = "AFP"', 'trust = "agency"')
    long = feed_of('key = "k"', "[feed.contract]", 'agency = "AFP"', 'trust = "agency"')
    assert short == long and short.contract == Contract(agency="AFP", trust="agency")
    mixed = feed_of('key = "k"', 'agency = "AFP"', "[feed.contract]", 'trust = "agency"', 'archive = "forbidden"')
    assert mixed.contract == Contract(agency="AFP", trust="agency", archive="forbidden")
    with pytest.raises(Failure, match="wire: agency stands both in the entry and in its contract"):
        feed_of('key = "k"', 'agency = "AFP"', "[feed.contract]", 'agency = "AFP"')
    for wrong in ('trust = "blind"', "agency = 7"):
        with pytest.raises(Failure, match="wire"):
            feed_of('key = "k"', wrong)


def test_a_file_keeps_the_key_and_the_pause_that_it_does_not_mention() -> None:
    """Keys need not stand in files, and an operator's pause is not ended by the way."""
    there = {"wire": Feed(name="wire", key_sha256=key_digest("k"), paused=True)}
    [feed] = feeds_of_file('[[feed]]\nname = "wire"\nlanguage = "fr"\n', there)
    assert (feed.key_sha256, feed.paused, feed.language) == (key_digest("k"), True, "fr")
    [resumed] = feeds_of_file('[[feed]]\nname = "wire"\npaused = false\n', there)
    assert not resumed.paused
    [fetched] = feeds_of_file('[[feed]]\nname = "wire"\ndoor = "folder"\nurl = "folder:///x"\n', there)
    assert fetched.key_sha256 == ""


def test_every_entry_of_the_page_about_feeds_is_sound() -> None:
    """People copy them. A feed that is pushed to has a key already."""
    page = Path(__file__).resolve().parents[3] / "docs/feeds.md"
    blocks = re.findall(r"^```toml\n(.*?)^```", page.read_text("utf-8"), re.S | re.M)
    there = {"reuters-world": Feed(name="reuters-world", key_sha256=key_digest("k"))}
    feeds = [feed for block in blocks for feed in feeds_of_file(block, there)]
    assert {feed.door for feed in feeds} == {"folder", "sftp", "http", "ftp", "poll", "websub", "imap"}


ENTRIES = Path(__file__).resolve().parents[3] / "deploy/feeds"


@pytest.mark.parametrize("file", sorted(ENTRIES.glob("*.toml")), ids=lambda file: file.stem)
def test_every_shipped_entry_is_sound(file: Path) -> None:
    """As they lie in deploy/feeds; a feed that is pushed to has a key already."""
    there = {"agency-push": Feed(name="agency-push", key_sha256=key_digest("k"))}
    assert len(feeds_of_file(file.read_text("utf-8"), there)) == 1
    assert file.name in (ENTRIES / "README.md").read_text("utf-8")


def test_a_feed_stands_in_a_file_once() -> None:
    """Nobody could tell which one counts."""
    with pytest.raises(Failure, match="wire stands in it twice"):
        feeds_of_file('[[feed]]\nname = "wire"\nkey = "a"\n[[feed]]\nname = "wire"\nkey = "b"\n')


def test_a_change_shows_what_was_and_what_will_be() -> None:
    """Member by member, digests shortened."""
    before = Feed(name="wire", key_sha256=key_digest("a"))
    assert change_of(before, before).what == "same"
    change = change_of(before, Feed(name="wire", key_sha256=key_digest("b"), language="fr"))
    assert change.what == "changed"
    assert change.members["language"] == ("", "fr")
    assert change.members["key_sha256"] == (key_digest("a")[:12] + "…", key_digest("b")[:12] + "…")
    assert change_of(None, before).what == "new"


def test_the_worst_is_shown_first() -> None:
    """Paused, failing, silent, well."""
    failing = Failing(since=NOON - timedelta(hours=3), reason="the server [is] down")
    state = State(failing=failing, silent=NOON - timedelta(days=3))
    assert "paused" in state_of(Feed(name="a", paused=True), state, NOON)
    assert "failing" in state_of(Feed(name="a"), state, NOON)
    assert "3 h ago: the server \\[is] down" in state_of(Feed(name="a"), state, NOON)
    assert "silent" in state_of(Feed(name="a"), State(silent=NOON), NOON)
    assert "ok" in state_of(Feed(name="a"), State(), NOON)
    assert "give it url = https://host/new" in state_of(Feed(name="a"), State(moved="https://host/new"), NOON)
    assert [ago(NOON - timedelta(seconds=s), NOON) for s in (5, 300, 259_200)] == ["5 s ago", "5 min ago", "3 d ago"]
    assert ago(None, NOON) == "never"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"name": "Bad Name"}, "'Bad Name' is no name of a feed."),
        ({"name": "wire", "every": 0.0}, "feed 'wire': Expected `float` > 0.0 - at `$.every`"),
        ({"name": "wire", "door": "ftp"}, "door ftp needs a url"),
    ],
    ids=str,
)
def test_a_feed_that_cannot_be_meant_is_asked_wrongly(words: dict[str, Any], says: str) -> None:
    """``feeds add`` ends with 2, and nothing is made."""
    with pytest.raises(Failure, match=re.escape(says)) as refused:
        made(Options(action="add", **words), key="")
    assert refused.value.code == 2


def test_what_is_told_of_a_feed_on_the_command_line_stands_in_its_entry() -> None:
    """Every option of ``feeds add``."""
    parser = ArgumentParser()
    arguments(parser)
    words = (
        "add wire --door sftp --url sftp://desk@files.example/out --secret env:WIRE --host-key 'ssh-ed25519 AAAA' "
        "--pattern *.xml --arrives renamed --after move --every 5 --silent-after 600 "
        "--provider Wire --language fr --agency AFP --trust agency --format nitf --per-second 20"
    )
    assert made(Options(**vars(parser.parse_args(shlex.split(words)))), key="") == Feed(
        name="wire",
        door="sftp",
        url="sftp://desk@files.example/out",
        secret="env:WIRE",
        host_key="ssh-ed25519 AAAA",
        pattern="*.xml",
        arrives="renamed",
        after="move",
        every=5.0,
        silent_after=600,
        provider="Wire",
        language="fr",
        format="nitf",
        per_second=20,
        contract=Contract(agency="AFP", trust="agency"),
    )
    words = "add inside --door poll --url https://wire.example/feed.xml --private 10.1.2.0/24 192.168.0.0/16"
    inside = made(Options(**vars(parser.parse_args(words.split()))), key="")
    assert inside.private == ("10.1.2.0/24", "192.168.0.0/16")


def test_all_that_is_wrong_with_a_file_is_said_at_once() -> None:
    """Whoever corrects it does not meet the next fault only after the last one."""
    text = '[[feed]]\nname = "a"\nkye = "k"\n[[feed]]\nname = "b"\nkey = "k"\n[[feed]]\nname = "c"\ndoor = "ftp"\n'
    with pytest.raises(Failure, match=r"feed a: there is no member kye; key, perhaps\nfeed c: door ftp needs a url"):
        feeds_of_file(text)
    with pytest.raises(Failure, match=r"no feeds file: there is no member feeds; feed, perhaps"):
        feeds_of_file("[[feeds]]\n")
    with pytest.raises(Failure, match="feed AFP!: name is up to 63 lower case letters"):
        feeds_of_file('[[feed]]\nname = "AFP!"\nkey = "k"\n')


def test_two_feeds_with_one_key_are_no_feeds_file() -> None:
    """Nobody could tell who pushes; the other one may be there already."""
    there = {"b": Feed(name="b", key_sha256=key_digest("k"))}
    with pytest.raises(Failure, match="b and a would have the same key"):
        feeds_of_file('[[feed]]\nname = "a"\nkey = "k"\n', there)


def test_two_feeds_that_empty_one_folder_are_told_of() -> None:
    """Each takes half of what lies there; by different patterns they do not meet, and one that keeps harms nobody."""
    one = Feed(name="a", door="folder", url="folder:///srv/drop", after="move")
    other = msgspec.structs.replace(one, name="b", after="delete")
    assert "feed b takes from there, too" in rival(one, [one, other])
    for apart in ({"pattern": "*.xml"}, {"after": "keep"}, {"url": "folder:///srv/other"}):
        assert rival(one, [one, msgspec.structs.replace(other, **apart)]) == ""


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """Whoever applies several in a row learns which one."""
    file = tmp_path / "wires.toml"
    file.write_text("feeds = 1")
    with pytest.raises(Failure, match=re.escape(f"{file}: no feeds file: ")):
        read_feeds(file)
