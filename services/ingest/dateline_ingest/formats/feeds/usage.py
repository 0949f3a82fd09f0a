"""Whether, from when until when and under which licence an item of a feed may be used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from dateline_ingest.formats.feeds.item import FeedItem
from dateline_ingest.formats.feeds.media import licence, restrictions_in, terms_in
from dateline_ingest.formats.feeds.names import APP, MEDIA, PODCAST, PRISM, TERMS, WORDPRESS
from dateline_ingest.formats.feeds.parts import text
from dateline_ingest.formats.feeds.portals import is_deleted
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.status import is_stated
from dateline_ingest.instants import instant
from dateline_schemas.story import Pubstatus, UsageRight

_PERIOD = re.compile(r"(start|end)\s*=\s*([^;]+)", re.IGNORECASE)
_LICENCES = frozenset(
    (
        f"{TERMS}license",
        f"{PODCAST}license",
        "{http://creativecommons.org/ns#}license",
        "{http://web.resource.org/cc/}license",
        "{http://backend.userland.com/creativeCommonsRssModule}license",
    )
)
_EMBARGO = (*(f"{prism}embargoDate" for prism in PRISM), "embargoDate")
_EXPIRES = (*(f"{prism}expirationDate" for prism in PRISM), "expirationDate")
_USE = frozenset((*_EMBARGO, *_EXPIRES, f"{TERMS}available", f"{TERMS}valid"))
_STATES: dict[str, Pubstatus] = {"deleted": "canceled", "blocked": "withheld"}
_UNSEEN = frozenset(("draft", "auto-draft", "pending", "private", "trash"))
"""WordPress's own statuses of what no reader may see. Others are planned, or of a plug-in: nobody has taken it down."""


def embargo(item: FeedItem) -> datetime | None:
    """``dcterms:available`` and the start of ``dcterms:valid`` (DCMI Period), ``prism:embargoDate``."""
    if not item.has(_USE):
        return None
    stated = item.when(*_EMBARGO, f"{TERMS}available")
    return stated or _edge(item.text(f"{TERMS}available"), "start") or _edge(item.text(f"{TERMS}valid"), "start")


def expires(item: FeedItem) -> datetime | None:
    """The end of ``dcterms:valid`` or ``dcterms:available``, ``prism:expirationDate``."""
    if not item.has(_USE):
        return None
    stated = item.when(*_EXPIRES)
    return stated or _edge(item.text(f"{TERMS}valid"), "end") or _edge(item.text(f"{TERMS}available"), "end")


def pubstatus(item: FeedItem) -> Pubstatus:
    """Canceled or withheld by its ``media:status`` (Media RSS 1.5.1) or a portal's element, withheld as a draft."""
    state = _state(item)
    if state not in _STATES and is_deleted(item.element.iterchildren("*")):
        return "canceled"
    return _STATES.get(state) or ("withheld" if _is_withheld(item) else "usable")


def is_pulled(item: FeedItem) -> bool:
    """Whether it says itself that nobody is to see it: ``media:status`` blocked, a draft, a post that is hidden."""
    unseen = _STATES.get(_state(item)) == "withheld" or item.text(f"{WORDPRESS}status") in _UNSEEN
    return unseen or _is_app_draft(item)


def _state(item: FeedItem) -> str:
    found = item.first(f"{MEDIA}status") if item.has_media else None
    return (found.get("state") or found.text or "").strip().lower() if found is not None else ""


def _is_withheld(item: FeedItem) -> bool:
    """Whether it is a draft, not published by WordPress, or under a stated embargo (``prism:embargoDate``) whose
    moment cannot be read.
    """
    if item.text(f"{WORDPRESS}status") not in ("", "publish") or _is_app_draft(item):
        return True
    return any(is_stated(text(one)) for one in item.all(*_EMBARGO)) and embargo(item) is None


def _is_app_draft(item: FeedItem) -> bool:
    """Whether RFC 5023 (section 13.1.1) says that it is not to be made visible."""
    control = item.first(f"{APP}control")
    return control is not None and (control.findtext(f"{APP}draft") or "").strip().lower() == "yes"


def rights(item: FeedItem) -> tuple[UsageRight, ...]:
    """Licences (RFC 4946, Creative Commons, ``dcterms:license``); those of all its files, their terms, and where they
    may be shown.

    Those of one file, which stand in its ``media:content``, are no rights in the text (Media RSS 1.5.1); nor is where
    the files of a group may be shown.
    """
    found = [*item.all(*sorted(_LICENCES))] if item.has(_LICENCES) else []
    said = [one for element in found for one in licence(element)]
    for around in (item.element, *item.all(f"{MEDIA}group")) if item.has_media else ():
        said += terms_in(around)
    restrictions = restrictions_in(item.element) if item.has_media else []
    return once([*(UsageRight(type="license", limitations=one) for one in said if one), *restrictions])


def within(own: Sequence[UsageRight], around: Sequence[UsageRight]) -> tuple[UsageRight, ...]:
    """An item's rights, and its feed's: licences if it states none itself, restrictions if it states none itself."""
    stated = {one.type == "license" for one in own}
    return once([*own, *(one for one in around if (one.type == "license") not in stated)])


def _edge(period: str, which: str) -> datetime | None:
    return next((instant(value) for name, value in _PERIOD.findall(period) if name.lower() == which), None)
