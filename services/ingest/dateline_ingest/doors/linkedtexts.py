"""Fetches the texts that a message only links to, before it is taken in: from the hosts that the feed's entry names.

An agency's own interface often delivers like that: the item with all that is known about it, its text as a link that
wants the same key. What is fetched goes with the message as one document (``formats/related.py``), so parsing stays
pure and can be repeated. A text that cannot be had is tried three times, then told of.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import httpx
from msgspec import Struct
from structlog.typing import FilteringBoundLogger

from dateline_ingest.doors.addresses import reach_of
from dateline_ingest.doors.fetching import Wanted, fetch, http_client
from dateline_ingest.doors.reaching import Resolve
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.formats import Unparseable, is_bundle
from dateline_ingest.formats.feeds.parts import joined
from dateline_ingest.formats.linkedtext import text_link
from dateline_ingest.formats.markup.hrefs import split_href
from dateline_ingest.formats.message import DEFAULT_LIMITS
from dateline_ingest.formats.related import Part, pack
from dateline_ingest.reading import understood
from dateline_schemas.feeds import Feed
from dateline_schemas.interfaces import Texts
from dateline_schemas.story import Story

TRIES = 3
PAUSE = 1.0
"""Seconds before the second try; twice as long before the third."""
MOST_SECONDS = 120.0
"""After which the texts of one message that were not asked for yet are not waited for: a host that is down must not
hold up what the message says itself."""
ROOM = 64 * 1024
"""Bytes that the headers of all parts take at most."""
FINAL = {400, 401, 403, 404, 406, 410, 451}
"""Answers that another try would not change."""


class Missing(Struct, frozen=True, kw_only=True):
    """A story whose text cannot be had."""

    guid: str
    href: str
    reason: str
    """What happened and what to do."""


class Whole(Struct, frozen=True, kw_only=True):
    """A message with the texts that could be had."""

    data: bytes
    """The message itself where it links to none."""
    hint: str
    missing: tuple[Missing, ...] = ()


class LinkedTexts:
    """Of one feed. ``key`` is the secret of its ``texts``; empty if none is wanted."""

    def __init__(
        self, feed: Feed, texts: Texts, key: str, log: FilteringBoundLogger, resolve: Resolve | None = None
    ) -> None:
        self._feed, self._texts, self._key, self._log, self._resolve = feed, texts, key, log, resolve

    async def whole(self, data: bytes, hint: str, url: str) -> Whole:
        """The message with its texts. One that cannot be read, or that is an archive, is left as it is."""
        if is_bundle(data):
            return Whole(data=data, hint=hint)
        try:
            parsed = await understood(data, hint=hint or self._feed.format, url=url)
        except Unparseable:
            return Whole(data=data, hint=hint)  # intake says why
        wanted = dict(_wanted(parsed.stories, url))
        if not wanted:
            return Whole(data=data, hint=hint)
        parts, missing = await self._fetch(wanted, DEFAULT_LIMITS.bytes - ROOM - len(data))
        for one in missing:
            self._log.warning("text not fetched", story=one.guid, url=one.href, reason=one.reason)
        if not parts:
            return Whole(data=data, hint=hint, missing=missing)
        message = Part(url, hint or self._feed.format, data)
        return Whole(data=pack([message, *parts]), hint="", missing=missing)

    async def _fetch(self, wanted: dict[str, str], left: int) -> tuple[list[Part], tuple[Missing, ...]]:
        """The texts at these addresses (address to guid), and those that cannot be had; ``left`` bytes in all."""
        parts: list[Part] = []
        missing: list[Missing] = []
        clock = asyncio.get_running_loop().time
        deadline = clock() + MOST_SECONDS
        async with http_client(reach_of(self._feed), self._resolve) as http:
            for nth, (href, guid) in enumerate(wanted.items()):
                try:
                    if nth >= self._texts.most:
                        raise DoorFault(f"the message links to more than {self._texts.most} texts; raise `most`")
                    if nth and clock() > deadline:
                        raise DoorFault(
                            f"the message's texts took more than {MOST_SECONDS:g} s; see whether it answers"
                        )
                    await asyncio.sleep(1 / self._texts.per_second if nth else 0)
                    part = await self._patiently(http, href)
                    if len(part.data) > left:
                        raise DoorFault("message and texts together are too large; ask for fewer items at once")
                except DoorFault as fault:
                    missing.append(Missing(guid=guid, href=href, reason=str(fault)))
                    continue
                left -= len(part.data)
                parts.append(part)
        return parts, tuple(missing)

    async def _patiently(self, http: httpx.AsyncClient, href: str) -> Part:
        address = self._asked(href)
        for nth in range(TRIES):
            last = nth == TRIES - 1
            try:
                async with asyncio.timeout(self._texts.seconds):
                    return await self._text(http, href, address, last=last)
            except TimeoutError as error:
                if last:
                    said = f"{address}: no whole text within {self._texts.seconds:g} s"
                    raise DoorFault(f"{said}; raise `seconds`, or ask the provider") from error
            except _Again:
                pass
            await asyncio.sleep(PAUSE * 2**nth)
        raise AssertionError  # the last try returns or raises

    async def _text(self, http: httpx.AsyncClient, href: str, address: str, *, last: bool) -> Part:
        texts = self._texts
        wanted = Wanted(url=address, secret=self._key, header=texts.header, most=texts.bytes, hops=texts.redirects)
        fetched = await fetch(http, wanted)
        if fetched.status == 200:
            part = Part(href, fetched.media, fetched.data)
            await _check_readable(part)
            return part
        if not last and fetched.status not in FINAL:
            raise _Again
        advice = {
            401: "check the secret of its texts",
            403: "ask the provider whether this key may read texts",
        }.get(fetched.status, "ask the provider")
        raise DoorFault(f"{fetched.url} answered {fetched.status}; {advice}")

    def _asked(self, href: str) -> str:
        """The address to ask for a link. Raises DoorFault for one that the entry does not allow."""
        parts = split_href(href)
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or not any(_is(host, name) for name in self._texts.hosts):
            raise DoorFault(f"{host or href} is not among the hosts of its texts; add it there if it is right")
        if parts.scheme == "http" and self._feed.url.startswith("https://"):
            return parts._replace(scheme="https").geturl()  # links without TLS stand in messages that came with it
        return href


class _Again(Exception):
    """It may be there in a moment."""


def _wanted(stories: Sequence[Story], url: str) -> Iterator[tuple[str, str]]:
    """Address and guid of each story whose text is at a link."""
    for story in stories:
        if (link := text_link(story)) is not None:
            yield joined(url, link.href), story.guid


async def _check_readable(part: Part) -> None:
    """Raises DoorFault for what is no text: a login page must not stand in a story's place."""
    try:
        stories = (await understood(part.data, hint=part.media, url=part.url)).stories
    except Unparseable as error:
        raise DoorFault(f"{part.url}: what is there cannot be read: {error}") from error
    if not any(story.paragraphs for story in stories):
        raise DoorFault(f"{part.url}: there is no text in what is there; ask the provider")


def _is(host: str, name: str) -> bool:
    wild = name.lower().removeprefix("*")
    return host.endswith(wild) if name.startswith("*.") else host == wild
