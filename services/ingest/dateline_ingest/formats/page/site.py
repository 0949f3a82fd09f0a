"""What a page calls its outlet, and its title without that name."""

from __future__ import annotations

import re

from dateline_ingest.formats.credited import first_of
from dateline_ingest.formats.markup.hrefs import split_href
from dateline_ingest.formats.page.data import PageData
from dateline_ingest.formats.page.phrases import site_sign
from dateline_ingest.formats.values.words import bare, letters

_LONGEST = 1000
_LONGEST_SITE = 25
_SHORTEST = 3
_ADDRESS = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}", re.IGNORECASE)
"""The name of a site that is its address."""


def outlet_names(data: PageData, headline: str) -> tuple[str, ...]:
    """What a page calls its outlet: the publisher that it states, and what its title says beside the headline."""
    stated = (credit.value for credit in data.credits if credit.where == "publisher")
    told = (data.meta("og:site_name"), data.meta("application-name"), *stated)
    last = pieces(data.title)[1:][-1:]
    beside = (piece for piece in last if bare(piece) not in bare(headline))
    return tuple(name for name in dict.fromkeys((*told, *beside)) if letters(name) > _SHORTEST)


def pieces(title: str) -> list[str]:
    """A title in the pieces between the signs that part headline, section and site; a long text is one piece."""
    return site_sign().split(title) if len(title) <= _LONGEST else []


def _site(data: PageData) -> str:
    return bare(data.meta("og:site_name", "application-name") or first_of(data.credits, "publisher"))


def is_site(text: str, data: PageData) -> bool:
    """Whether a heading is the site's name: it says so, or it is the end of ``title`` and none of ``og:title``, and
    shorter than what stands before it.
    """
    own = bare(text)
    if own and own == _site(data):
        return True
    *before, last = map(bare, pieces(data.title) or [""])
    shared = bare(data.meta("og:title") or data.said("headline"))
    return own == last and any(len(own) < len(one) for one in before) and bool(shared) and own not in shared


def without_site(title: str, data: PageData, base: str) -> str:
    """The title without the site's name behind its last bar or dash or before its first one, and without an address."""
    bared = _without_name(title, data, bare(split_href(base).netloc))
    cuts = list(site_sign().finditer(bared)) if len(bared) <= _LONGEST else []
    return bared[: cuts[-1].start()] if cuts and _ADDRESS.fullmatch(bared[cuts[-1].end() :]) else bared


def _without_name(title: str, data: PageData, host: str) -> str:
    """``host`` is the name of the site's server in bare letters: of two short pieces, that in it is the site's."""
    cuts = list(site_sign().finditer(title)) if len(title) <= _LONGEST else []
    if not cuts:
        return title
    site, first, last = _site(data), bare(title[: cuts[0].start()]), bare(title[cuts[-1].end() :])
    if site and first == site:
        return title[cuts[0].end() :]
    if site and (last in site or site in last):
        return title[: cuts[-1].start()]
    if not site and len(first) > _SHORTEST and first in host and last not in host:
        return title[cuts[0].end() :]
    if site or min(len(first), len(last)) > _LONGEST_SITE:
        return title
    return title[cuts[0].end() :] if len(first) <= _LONGEST_SITE < len(last) else title[: cuts[-1].start()]
