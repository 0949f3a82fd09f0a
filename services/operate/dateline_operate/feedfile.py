"""Feeds as operators write them, ``[[feed]]`` tables in TOML: read strictly, checked against their door. Pure."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from dateline_operate.failure import Failure
from dateline_schemas.feeds import DoorName, Feed, key_digest

SCHEMES: dict[DoorName, tuple[str, ...]] = {
    "folder": ("folder",),
    "ftp": ("ftp", "ftpes", "ftps"),
    "sftp": ("sftp",),
    "poll": ("https", "http"),
    "websub": ("https", "http"),
    "imap": ("imaps", "imap"),
}
"""Doors that fetch, with the schemes of their addresses; the others are pushed to."""
LOGIN: frozenset[DoorName] = frozenset(("sftp", "imap"))
"""Doors that need a user in the address, and a secret."""
WEB: frozenset[DoorName] = frozenset(("poll", "websub"))
"""Doors whose source can lead elsewhere."""

AGREED = ("agency", "trust")
"""Members of the contract that may as well stand in the entry itself."""

_SECRET = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|file:/[^\x00-\x1f]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOST = re.compile(r"(\*\.)?[A-Za-z0-9.:-]{1,253}")
_PUBLIC_KEY = re.compile(r"(ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?")


class _Feeds(Struct, frozen=True, forbid_unknown_fields=True):
    feed: tuple[dict[str, Any], ...] = ()


def feeds_of_file(text: str, there: Mapping[str, Feed] | None = None) -> list[Feed]:
    """The feeds of a TOML file. Raises Failure naming the feed and what is wrong with it.

    ``there`` are the feeds as they are: a table that names no key keeps the feed's key, and one that does not say
    ``paused`` leaves that as an operator set it.
    """
    try:
        tables = msgspec.convert(tomllib.loads(text), _Feeds).feed
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Failure(f"no feeds file: {error}", "It has [[feed]] tables with name, door, url and so on.") from error
    feeds = [_of_table(table, (there or {}).get(str(table.get("name", "")))) for table in tables]
    if twice := {feed.name for feed in feeds if [other.name for other in feeds].count(feed.name) > 1}:
        raise Failure(f"no feeds file: {', '.join(sorted(twice))} stands in it twice.")
    return feeds


def _of_table(table: Mapping[str, Any], there: Feed | None) -> Feed:
    name = table.get("name", "without a name")
    members = {member: value for member, value in table.items() if member not in ("key", *AGREED)}
    if agreed := {member: table[member] for member in AGREED if member in table}:
        members["contract"] = _with_agreed(name, agreed, table.get("contract", {}))
    key = table.get("key", "")
    if key and "key_sha256" in table:
        raise Failure(f"feed {name}: give either key or key_sha256.")
    if not isinstance(key, str):
        raise Failure(f"feed {name}: key is a text.")
    if key:
        members["key_sha256"] = key_digest(key)
    try:
        feed = msgspec.convert(members, Feed)
    except msgspec.ValidationError as error:
        raise Failure(f"feed {name}: {error}") from error
    if there is not None:
        kept = {
            "key_sha256": feed.key_sha256 or (there.key_sha256 if feed.door not in SCHEMES else ""),
            "paused": table.get("paused", there.paused),
        }
        feed = msgspec.structs.replace(feed, **kept)
    if fault := fault_of(feed):
        raise Failure(f"feed {feed.name}: {fault}")
    return feed


def _with_agreed(name: str, agreed: dict[str, Any], contract: Any) -> Any:
    """The contract with what stands in the entry itself. Raises Failure where that stands in both."""
    if not isinstance(contract, dict):
        return contract
    if twice := sorted(agreed.keys() & contract.keys()):
        raise Failure(f"feed {name}: {twice[0]} stands both in the entry and in its contract; write it once.")
    return {**agreed, **contract}


def fault_of(feed: Feed) -> str:
    """What is wrong with a feed, as a sentence that says what to write instead; empty if nothing is."""
    fault = _fault_of_fetched(feed) if feed.door in SCHEMES else _fault_of_pushed(feed)
    if fault:
        return fault
    if feed.secret and not _SECRET.fullmatch(feed.secret):
        return "secret names where the secret stands, env:NAME or file:/path; it is never the secret itself."
    if feed.language and not _LANGUAGE.fullmatch(feed.language):
        return f"language {feed.language!r} is no BCP 47 tag; write e.g. fr or de-AT."
    territory = feed.contract.territory if feed.contract else ()
    if wrong := [code for code in territory if not _COUNTRY.fullmatch(code)]:
        return f"territory has {wrong[0]!r}; write ISO 3166-1 codes of two capital letters."
    return ""


def _fault_of_pushed(feed: Feed) -> str:
    if feed.texts is not None:
        return "texts are fetched by doors that fetch; a feed that pushes sends its texts: leave it out."
    if not feed.key_sha256:
        made = f"`dateline feeds add {feed.name}` makes one"
        return f"door {feed.door} is pushed to, so it needs key or key_sha256; {made}."
    if feed.url:
        return f"door {feed.door} is pushed to: leave url out, or name the door that fetches from there."
    return ""


def _fault_of_fetched(feed: Feed) -> str:
    if feed.key_sha256:
        return f"door {feed.door} fetches: leave key and key_sha256 out."
    fault = _fault_of_url(feed)
    if fault:
        return fault
    if (feed.door in LOGIN or feed.door == "websub") and not feed.secret and not feed.login:
        return f"door {feed.door} needs a secret; write secret = env:NAME or file:/path."
    if fault := _fault_of_asking(feed):
        return fault
    if feed.door == "sftp" and not _PUBLIC_KEY.fullmatch(feed.host_key):
        return 'door sftp needs host_key, the server\'s public key as ssh-keyscan prints it: "ssh-ed25519 AAAA...".'
    if fault := _fault_of_private(feed):
        return fault
    if 0 < feed.silent_after <= feed.every:
        return (
            f"silent_after = {feed.silent_after} is not longer than every = {feed.every:g}: it would always be silent."
        )
    return ""


def _fault_of_asking(feed: Feed) -> str:
    polled = (feed.header, feed.cursor, feed.listing, "{secret}" in feed.url)
    if feed.door != "poll" and any(polled):
        return "header, cursor, listing and {secret} in the url are for door poll: leave them out."
    if feed.login and feed.door not in ("poll", "imap"):
        return "login is for the doors poll and imap: leave it out."
    if feed.header and not (feed.secret or feed.login):
        return "header is where the secret or the login's token goes: name the secret, or leave header out."
    if "{secret}" in feed.url and not feed.secret:
        return "url has {secret} in it: name where that part stands with secret = env:NAME or file:/path."
    if feed.login and feed.secret:
        return "with login the token is the secret: leave secret out, and name the login's own under login.secrets."
    if fault := _fault_of_login(feed):
        return fault
    if feed.listing and any("{id}" not in one for one in (feed.listing.fetch, feed.listing.acknowledge) if one):
        return 'listing: fetch and acknowledge have {id} in them, such as acknowledge = "entry/{id}".'
    if feed.texts is None:
        return ""
    if feed.texts.secret and not _SECRET.fullmatch(feed.texts.secret):
        return "texts: secret names where the key stands, env:NAME or file:/path; it is never the key itself."
    if wrong := [host for host in feed.texts.hosts if not _HOST.fullmatch(host)]:
        return f'texts: hosts has {wrong[0]!r}; write names such as "api.example.net" or "*.example.net".'
    return ""


def _fault_of_login(feed: Feed) -> str:
    if feed.login is None:
        return ""
    named = {**feed.login.secrets, **({"basic": feed.login.basic} if feed.login.basic else {})}
    if wrong := [name for name, where in named.items() if not _SECRET.fullmatch(where)]:
        return (
            f"login: {wrong[0]} names where its secret stands, env:NAME or file:/path; it is never the secret itself."
        )
    if feed.login.url.startswith("http://") and feed.url.startswith(("https://", "imap")):
        return "login: its url begins with http:// and would show the secrets to all; write https://."
    return ""


def _fault_of_private(feed: Feed) -> str:
    if feed.private and feed.door not in WEB and not feed.login:
        return f"private is for doors that fetch from the web; door {feed.door} goes where its url says: leave it out."
    for network in feed.private:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            return f'private has {network!r}, which is no network ({error}); write e.g. "10.1.2.0/24".'
    return ""


def _fault_of_url(feed: Feed) -> str:
    known = " or ".join(f"{scheme}://" for scheme in SCHEMES[feed.door])
    try:
        parts = urlsplit(feed.url)
        parts.port  # noqa: B018  reading it checks it
    except ValueError as error:
        return f"url cannot be read: {error}."
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in feed.url):
        return "url has spaces or control characters; write them as %20 and so on."
    if parts.scheme not in SCHEMES[feed.door]:
        return f"door {feed.door} needs a url that begins with {known}."
    if parts.password is not None:
        return "url has a password in it: take it out, and name where it stands with secret = env:NAME or file:/path."
    if feed.door == "folder":
        return (
            "" if not parts.netloc and parts.path.startswith("/") else "write url = folder:///srv/drop, three slashes."
        )
    if not parts.hostname:
        return f"url names no host; write {parts.scheme}://host/..."
    if feed.door in LOGIN and not parts.username:
        return f"url names no user; write {parts.scheme}://user@{parts.hostname}{parts.path}."
    return ""


class Change(Struct, frozen=True, kw_only=True):
    """What applying a file does to a feed."""

    feed: str
    what: str
    """``new``, ``changed`` or ``same``."""
    members: dict[str, tuple[Any, Any]] = {}
    """What changes: before and after, as JSON has it; digests are shortened."""


def change_of(before: Feed | None, after: Feed) -> Change:
    """What is different."""
    default = Feed(name=after.name)
    members = {
        name: (_shown(name, getattr(before or default, name)), _shown(name, getattr(after, name)))
        for name in Feed.__struct_fields__
        if getattr(before or default, name) != getattr(after, name)
    }
    what = "new" if before is None else "changed" if members else "same"
    return Change(feed=after.name, what=what, members=members)


def _shown(member: str, value: Any) -> Any:
    plain = msgspec.to_builtins(value)
    return f"{plain[:12]}…" if member == "key_sha256" and plain else plain


def clashes(feeds: Sequence[Feed]) -> str:
    """The names of two feeds with one key, which would make pushes ambiguous; empty if there are none."""
    by_key: dict[str, str] = {}
    for feed in feeds:
        other = by_key.setdefault(feed.key_sha256, feed.name) if feed.key_sha256 else feed.name
        if other != feed.name:
            return f"{other} and {feed.name}"
    return ""
