"""How a polled source is asked: with the feed's secret, or with a token that a login gives for secrets.

A token is used until shortly before it ends. When the source says 401 before that, a new one is got, once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from dateline_ingest.doors.answers import value_at
from dateline_ingest.doors.fetching import SECRET, Fetched, Wanted, fetch
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.secret import secret_at, without
from dateline_schemas.feeds import Feed
from dateline_schemas.interfaces import Login

if TYPE_CHECKING:
    import httpx

Ask = Callable[[Wanted], Awaitable[Fetched]]
"""Fetches, with what the source wants to see. Raises DoorFault."""

EARLY = 60.0
"""Seconds before its end from which a token is not used any more."""
MOST_ANSWER = 64 * 1024


def asking(feed: Feed, http: httpx.AsyncClient) -> Ask:
    """How this feed is asked."""
    return partial(fetch, http) if feed.login is None else LoggedIn(feed, feed.login, http)


class LoggedIn:
    """Asks with a token."""

    def __init__(self, feed: Feed, login: Login, http: httpx.AsyncClient) -> None:
        self._feed, self._login, self._http = feed, login, http
        self._token = ""
        self._until = 0.0

    async def __call__(self, wanted: Wanted) -> Fetched:
        """Fetch with the token; with a new one if it is not taken."""
        fresh = await self._log_in()
        fetched = await fetch(self._http, self._signed(wanted))
        if fetched.status == 401 and not fresh:
            self._until = 0.0
            await self._log_in()
            fetched = await fetch(self._http, self._signed(wanted))
        if fetched.status == 401:
            self._until = 0.0
        return fetched

    def _signed(self, wanted: Wanted) -> Wanted:
        url = wanted.url
        if self._login.query and urlsplit(url).hostname == urlsplit(self._feed.url).hostname:
            url += f"{'&' if urlsplit(url).query else '?'}{self._login.query}={SECRET}"
        return msgspec.structs.replace(wanted, url=url, secret=self._token)

    async def _log_in(self) -> bool:
        """Whether a new token was got. Raises DoorFault."""
        now = asyncio.get_running_loop().time()
        if self._token and now < self._until:
            return False
        login = self._login
        secrets = {name: secret_at(where, self._feed) for name, where in login.secrets.items()}
        basic = secret_at(login.basic, self._feed) if login.basic else ""
        try:
            form = tuple({**login.fields, **secrets}.items())
            asked = Wanted(url=login.url, method=login.method, form=form, basic=basic, most=MOST_ANSWER, hops=0)
            answer = await fetch(self._http, asked)
            if answer.status != 200:
                raise DoorFault(f"{login.url} answered {answer.status} to the login; check its secrets and fields")
            self._token = value_at(answer.data, login.token)
            if not self._token:
                said = f"{login.url}: the answer to the login has no token at {login.token or 'its root'}"
                raise DoorFault(f"{said}; check `token`, and the login's secrets")
        except DoorFault as fault:
            raise DoorFault(without(str(fault), *secrets.values(), *basic.split(":"), basic)) from None
        self._until = now + max(EARLY, _lasts(answer.data, login)) - EARLY
        return True


def _lasts(answer: bytes, login: Login) -> float:
    """Seconds, as the answer says (RFC 6749, 5.1), else as the entry does."""
    stated = value_at(answer, "/expires_in") if answer.lstrip()[:1] == b"{" else ""
    return float(stated) if stated.isdecimal() else login.lasts
