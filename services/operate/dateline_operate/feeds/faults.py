"""What is wrong with a feed, checked against its door, in sentences for whoever wrote it. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from dateline_schemas.feeds import DoorName, Feed

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
FILES: frozenset[DoorName] = frozenset(("folder", "ftp", "sftp"))
"""Doors that read files."""
FETCHING: frozenset[DoorName] = frozenset(SCHEMES)
MEANT_FOR: dict[str, frozenset[DoorName]] = {
    "secret": FETCHING,
    "every": FETCHING,
    "host_key": frozenset(("sftp",)),
    "pattern": FILES,
    "arrives": FILES,
    "after": FILES | {"imap"},
}
"""Member -> the doors that it has a meaning for. In a feed of another door it would be ignored, so it is a fault."""
SOONEST = 1.0
"""Least seconds between two looks at a source elsewhere: who asks more often is shut out."""
MOST_DAYS = 36_525
"""Most days of a contract's period: a later end is beyond any calendar."""

_SECRET = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|file:/[^\x00-\x1f]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
"""A language tag (BCP 47, section 2.1): a code of ISO 639, and perhaps what narrows it."""
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOST = re.compile(r"(\*\.)?[A-Za-z0-9.:-]{1,253}")
_PUBLIC_KEY = re.compile(r"(ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?")


def faults_of(feed: Feed) -> list[str]:
    """What is wrong with a feed, in sentences that say what to write instead; none if nothing is."""
    checks = _OF_FETCHED if feed.door in SCHEMES else _OF_PUSHED
    return [fault for check in (*checks, *_OF_ALL) if (fault := check(feed))]


def _fault_of_secret(feed: Feed) -> str:
    if feed.secret and not _SECRET.fullmatch(feed.secret):
        return "secret names where the secret stands, env:NAME or file:/path; it is never the secret itself."
    return ""


def _fault_of_language(feed: Feed) -> str:
    if feed.language and not _LANGUAGE.fullmatch(feed.language):
        return f"language {feed.language!r} is no BCP 47 tag; write e.g. fr or de-AT."
    return ""


def _fault_of_contract(feed: Feed) -> str:
    if feed.contract is None:
        return ""
    if wrong := [code for code in feed.contract.territory if not _COUNTRY.fullmatch(code)]:
        return f"territory has {wrong[0]!r}; write ISO 3166-1 codes of two capital letters."
    if feed.contract.days > MOST_DAYS:
        return f"days = {feed.contract.days} is more than a century; 0 is no end."
    return ""


def _fault_of_members(feed: Feed) -> str:
    plain = Feed(name=feed.name)
    for member, doors in MEANT_FOR.items():
        if feed.door not in doors and getattr(feed, member) != getattr(plain, member):
            known = ", ".join(sorted(doors))
            return f"{member} says nothing to door {feed.door}, only to {known}: leave it out."
    return ""


def _fault_of_looks(feed: Feed) -> str:
    if feed.door != "folder" and feed.every < SOONEST:
        return f"every = {feed.every:g} is more often than once a second, which no source bears; 5 is often."
    if 0 < feed.silent_after <= feed.every:
        return (
            f"silent_after = {feed.silent_after} is not longer than every = {feed.every:g}: it would always be silent."
        )
    return ""


def _fault_of_pushed(feed: Feed) -> str:
    if feed.texts is not None:
        return "texts are fetched by doors that fetch; a feed that pushes sends its texts: leave it out."
    if not feed.key_sha256:
        made = f"`dateline feeds add {feed.name}` makes one"
        return f"door {feed.door} is pushed to, so it needs key or key_sha256; {made}."
    return ""


def _fault_of_pushed_url(feed: Feed) -> str:
    if feed.url:
        return f"door {feed.door} is pushed to: leave url out, or name the door that fetches from there."
    return ""


def _fault_of_key(feed: Feed) -> str:
    return f"door {feed.door} fetches: leave key and key_sha256 out." if feed.key_sha256 else ""


def _fault_of_no_secret(feed: Feed) -> str:
    if (feed.door in LOGIN or feed.door == "websub") and not feed.secret and not feed.login:
        return f"door {feed.door} needs a secret; write secret = env:NAME or file:/path."
    return ""


def _fault_of_host_key(feed: Feed) -> str:
    if feed.door == "sftp" and not _PUBLIC_KEY.fullmatch(feed.host_key):
        return 'door sftp needs host_key, the server\'s public key as ssh-keyscan prints it: "ssh-ed25519 AAAA...".'
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
    return _fault_of_login(feed) or _fault_of_listing(feed) or _fault_of_texts(feed)


def _fault_of_listing(feed: Feed) -> str:
    if feed.listing and any("{id}" not in one for one in (feed.listing.fetch, feed.listing.acknowledge) if one):
        return 'listing: fetch and acknowledge have {id} in them, such as acknowledge = "entry/{id}".'
    return ""


def _fault_of_texts(feed: Feed) -> str:
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


Check = Callable[[Feed], str]
_OF_PUSHED: tuple[Check, ...] = (_fault_of_pushed, _fault_of_pushed_url)
_OF_FETCHED: tuple[Check, ...] = (
    *(_fault_of_key, _fault_of_url, _fault_of_no_secret, _fault_of_asking),
    *(_fault_of_host_key, _fault_of_private, _fault_of_looks),
)
_OF_ALL: tuple[Check, ...] = (_fault_of_members, _fault_of_secret, _fault_of_language, _fault_of_contract)
