"""How a polled source is asked: with the feed's secret, or with a token that a login gives for secrets.

A token is used until shortly before it ends. When the source says 401 before that, a new one is got, once. A refresh
token that takes the place of the one before is kept at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from dateline_ingest.doors.fetching import SECRET, Fetched, Wanted, fetch
from dateline_ingest.doors.pointers import value_at
from dateline_ingest.doors.renewals import Renewals, TokenStore
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.secret import secret_at, without
from dateline_schemas.feeds import Feed
from dateline_schemas.interfaces import Login

if TYPE_CHECKING:
    import httpx

Ask = Callable[[Wanted], Awaitable[Fetched]]
"""Fetches, with what the source wants to see. Raises DoorFault."""

REFRESH = "refresh_token"
"""Member of the form and of the answer (RFC 6749, 6)."""
EARLY = 60.0
"""Seconds before its end from which a token is not used any more."""
MOST_ANSWER = 64 * 1024


def asking(feed: Feed, http: httpx.AsyncClient, store: TokenStore) -> Ask:
    """How this feed is asked."""
    return partial(fetch, http) if feed.login is None else LoggedIn(feed, Tokens(feed, feed.login, http, store), http)


class Tokens:
    """The token of a login, got when it is needed and kept until shortly before its end."""

    def __init__(self, feed: Feed, login: Login, http: httpx.AsyncClient, store: TokenStore) -> None:
        self._feed, self._login, self._http = feed, login, http
        self._token = ""
        self._until = 0.0
        self._renewals = Renewals(feed, store)

    async def current(self) -> tuple[str, bool]:
        """The token, and whether it is new. Raises DoorFault, Unavailable."""
        now = asyncio.get_running_loop().time()
        if self._token and now < self._until:
            return self._token, False
        secrets = {name: secret_at(where, self._feed) for name, where in self._login.secrets.items()}
        first = secrets.get(REFRESH, "")
        if first:
            secrets[REFRESH] = await self._renewals.newest(first)
        basic = secret_at(self._login.basic, self._feed) if self._login.basic else ""
        try:
            answer = await self._asked({**self._login.fields, **secrets}, basic)
        except DoorFault as fault:
            raise DoorFault(without(str(fault), *secrets.values(), *basic.split(":"), basic)) from None
        self._until = now + max(EARLY, _lasts(answer, self._login)) - EARLY
        renewed = _stated(answer, f"/{REFRESH}") if first else ""
        if renewed and renewed != secrets[REFRESH]:
            await self._renewals.keep(first, renewed)
        return self._token, True

    def refused(self) -> None:
        """It is not taken any more: the next one is new."""
        self._until = 0.0

    async def _asked(self, form: dict[str, str], basic: str) -> bytes:
        login = self._login
        wanted = Wanted(
            url=login.url, method=login.method, form=tuple(form.items()), basic=basic, most=MOST_ANSWER, hops=0
        )
        answer = await fetch(self._http, wanted)
        if answer.status != 200:
            raise DoorFault(f"{login.url} answered {answer.status} to the login; check its secrets and fields")
        self._token = value_at(answer.data, login.token)
        if not self._token:
            said = f"{login.url}: the answer to the login has no token at {login.token or 'its root'}"
            raise DoorFault(f"{said}; check `token`, and the login's secrets")
        return answer.data


class LoggedIn:
    """Asks with a token."""

    def __init__(self, feed: Feed, tokens: Tokens, http: httpx.AsyncClient) -> None:
        self._feed, self._tokens, self._http = feed, tokens, http
        self._query = feed.login.query if feed.login else ""

    async def __call__(self, wanted: Wanted) -> Fetched:
        """Fetch with the token; with a new one if it is not taken."""
        token, fresh = await self._tokens.current()
        fetched = await fetch(self._http, self._signed(wanted, token))
        if fetched.status == 401 and not fresh:
            self._tokens.refused()
            token, _ = await self._tokens.current()
            fetched = await fetch(self._http, self._signed(wanted, token))
        if fetched.status == 401:
            self._tokens.refused()
        return fetched

    def _signed(self, wanted: Wanted, token: str) -> Wanted:
        url = wanted.url
        if self._query and urlsplit(url).hostname == urlsplit(self._feed.url).hostname:
            url += f"{'&' if urlsplit(url).query else '?'}{self._query}={SECRET}"
        return msgspec.structs.replace(wanted, url=url, secret=token)


def _stated(answer: bytes, path: str) -> str:
    return value_at(answer, path) if answer.lstrip()[:1] == b"{" else ""


def _lasts(answer: bytes, login: Login) -> float:
    """Seconds, as the answer says (RFC 6749, 5.1), else as the entry does."""
    stated = _stated(answer, "/expires_in")
    return float(stated) if stated.isdecimal() else login.lasts
