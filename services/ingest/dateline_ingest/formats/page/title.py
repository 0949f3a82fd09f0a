"""The headline of a page, without the site's name, and the element that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from operator import is_

from dateline_ingest.formats.page.data import PageData
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import is_hidden, lies_in, visible
from dateline_ingest.formats.page.phrases import by_name, is_title, said_once
from dateline_ingest.formats.page.site import is_site, pieces, without_site
from dateline_ingest.formats.values.words import bare, fold, letters
from dateline_ingest.formats.xml.tree import Element

_MOST = 50
_MOST_BELOW = 200
"""Headings below the first rank that are looked at: menus have many of them."""
_LONGEST_NAME = 80
_MOST_PARTS = 10
_SHORTEST = 3
_SURE = 25
"""Characters from which a heading that nothing else repeats is taken for a headline, not for the site's name."""
_WORD = re.compile(r"[\u1100-\uffef]{2}|[^\W\d_]{4,}")
_PLAIN = ("td", "div", "span", "p", "a", "b", "strong", "font")
_LISTS = frozenset(("ul", "ol", "nav", "select"))


def headline(root: Element, data: PageData, base: str = "") -> str:
    """The headline once and without the site's name, which the page's address ``base`` may tell.

    What the page shows, if JSON-LD, ``og:title`` or ``title`` say it too (``title`` last: it holds the name of the
    section and the site as well, which may stand in an h1): h1, then other headings that are called the headline, then
    any that is a piece of ``title``. Else the only h1, or the only one that is called the headline, if it shares a word
    with JSON-LD; else JSON-LD, ``og:title``, ``title``.
    """
    stated = [text for text in (data.said("headline"), data.meta("og:title", "twitter:title"), data.title) if text]
    said = [(one, _said(one, stated)) for one in _headings(root, "h1")]
    shown = [text for _, text in said if text and not is_site(text, data)]
    called = [visible(one) for one in _headings(root, "h2", "h3", "h4", "div") if tells(names_of(one), "headline")]
    called = [text for text in called if letters(text) > _SURE or text in stated]
    for other in stated:
        if found := next(
            (text for text in (*shown, *called) if _same(text, other) and _is_most(text, data, stated)), ""
        ):
            return _alone(root, found, other)
    parted = {bare(piece) for piece in pieces(data.title) if letters(piece) > _SURE}
    for text in map(visible, islice(root.iter("h2", "h3", "h4"), _MOST_BELOW)):
        if bare(text) in parted:
            return text
    named = {text for one, text in said if tells(names_of(one), "headline")}
    sure = [text for text in shown if text in named] or shown
    if len(sure) == 1 and letters(sure[0]) > _SURE and _is_akin(sure[0], data.said("headline")):
        return sure[0]
    return said_once(without_site(stated[0], data, base)) if stated else next(iter(shown), "")


def _said(heading: Element, titles: Sequence[str]) -> str:
    """What a heading says, once, without a part of it that says who wrote the story and that none of ``titles`` has."""
    signed = {part for part in islice(heading.iterchildren("*"), _MOST_PARTS) if _is_signed(part, titles)}
    return said_once(visible(heading, signed.__contains__))


def _is_signed(part: Element, titles: Sequence[str]) -> bool:
    text = visible(part, most=_LONGEST_NAME)
    signed = tells(names_of(part), "byline") or by_name().fullmatch(text) is not None
    return signed and not any(text in title for title in titles)


def _alone(root: Element, found: str, stated: str) -> str:
    """A lower heading that says just what is stated, where the one that was found has a site's name beside it;
    or what is left of the latter without one of its parts, such as a kicker or a badge.
    """
    wanted = bare(stated)
    if letters(wanted) <= _SURE or len(bare(found)) <= len(wanted):
        return found
    lower = islice(root.iter("h2", "h3", "h4"), _MOST_BELOW)
    if text := next((text for text in map(visible, lower) if bare(text) == wanted), ""):
        return text
    heading = next((one for one in _headings(root, "h1") if _said(one, [found]) == found), None)
    rest = _without_each_part(heading) if heading is not None else iter(())
    return next((text for text in rest if bare(text) == wanted), found)


def _without_each_part(heading: Element) -> Iterator[str]:
    for part in heading.iterchildren("*"):
        yield visible(heading, partial(is_, part))


def _is_akin(heading: str, stated: str) -> bool:
    """Whether a heading shares a word with the headline that the page states for search engines, if it states one.

    A heading that shares none is the name of the site or of a list of stories.
    """
    said = stated.casefold()
    return not said or any(word in said for word in _WORD.findall(heading.casefold()))


def title_element(root: Element, headline: str) -> Element | None:
    """The heading that says the headline, h1 before others; else what else does outside lists; else the first h1."""
    shown = [one for one in _headings(root, "h1") if visible(one)]
    wanted = bare(headline)
    same = [one for one in (*shown, *_headings(root, "h2", "h3", "h4")) if bare(_said(one, [headline])) == wanted]
    if same:
        return next((one for one in same if not _is_hidden(one)), same[0]) if len(same) > 1 else same[0]
    called = (
        one for one in _headings(root, "div") if tells(names_of(one), "headline") and bare(visible(one)) == wanted
    )
    sure = letters(wanted) > _SURE or is_title(headline)
    plain = (one for one in root.iter(*_PLAIN) if sure and _says(one, wanted))
    return next(chain(called, _unlinked_first(plain), shown), None)


def _unlinked_first(parts: Iterable[Element]) -> Iterator[Element]:
    """Parts that are links are the last: menus of the latest stories have them."""
    found = list(islice(parts, _MOST))
    linked = [one for one in found if one.tag == "a" or lies_in(one, "a")]
    yield from (one for one in found if one not in linked)
    yield from linked


def _says(part: Element, wanted: str) -> bool:
    """Whether a part says the headline in letters of its own and is in no list, as pages without headings have it."""
    return (
        bool(part.text)
        and bare(said_once(fold(part.text))) == wanted
        and not any(one.tag in _LISTS for one in part.iterancestors())
    )


def _is_hidden(heading: Element) -> bool:
    """Whether a heading is for programs that share the page, and no reader sees it."""
    return any(map(is_hidden, (heading, *heading.iterancestors())))


def _headings(root: Element, *tags: str) -> list[Element]:
    return list(islice(root.iter(*tags), _MOST))


def _same(text: str, other: str) -> bool:
    one, two = bare(text), bare(other)
    return letters(one) > 8 and (one in two or (letters(two) > 12 and two in one and len(two) * 2 > len(one)))


def _is_most(text: str, data: PageData, stated: list[str]) -> bool:
    """Whether a heading is a good part of what the page calls itself; one or two words of it are a topic."""
    if _SHORTEST * letters(text) >= min(letters(other) for other in stated):
        return True
    return bare(text) == bare(next(iter(pieces(data.title)), ""))
