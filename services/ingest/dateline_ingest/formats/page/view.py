"""What a reader of a page sees: the story's text, who wrote it, its pictures, sections and times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, tee

from dateline_ingest.formats.once import once
from dateline_ingest.formats.page.body import container
from dateline_ingest.formats.page.clutter import Clutter
from dateline_ingest.formats.page.credits import openers, visible_credits
from dateline_ingest.formats.page.deck import deck_of
from dateline_ingest.formats.page.head import bar_dates, head_lines
from dateline_ingest.formats.page.headcredits import head_credits
from dateline_ingest.formats.page.opening import says_again
from dateline_ingest.formats.page.others import Others
from dateline_ingest.formats.page.parts import common_part, visible
from dateline_ingest.formats.page.phrases import is_byline, is_source_line
from dateline_ingest.formats.page.pictures import pictures
from dateline_ingest.formats.page.story import page_story
from dateline_ingest.formats.page.times import PageTimes
from dateline_ingest.formats.page.title import title_element
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import CreditElement

_LEAST_BLOCKS = 3
"""A story of no more blocks than that may be nothing but a byline: none is taken out of it."""
_MOST_SECTIONS = 5
_LONGEST = 100
"""Characters of a section's name."""


class PageView:
    """What the visible page holds."""

    __slots__ = ("body", "credits", "deck", "links", "pictures", "root", "sections", "times", "writer")

    def __init__(
        self, root: Element, base: str, titles: tuple[str, ...], language: str, depth: int, outlet: tuple[str, ...]
    ) -> None:
        """``titles`` are what the page has said already, its headline first. Raises Unparseable.

        ``base`` makes addresses whole, ``language`` is the page's BCP 47 tag, ``depth`` how deep a text may be nested,
        ``outlet`` what the page calls its outlet.
        """
        title = title_element(root, titles[0])
        clutter = Clutter(root, title)
        part = container(root, clutter.prose, title)
        region = common_part(title, part) if title is not None else part
        told = titles if title is None else (*titles, visible(title))
        story = page_story(part, title, clutter, told, base, depth, language, outlet)
        byline = story.take_byline() if len(story.blocks) > _LEAST_BLOCKS else ""
        parts = (*openers(region), region)
        others = Others(parts, (part, *((title,) if title is not None else ())), told, clutter)
        seen = [credit for one in parts for credit in visible_credits(one, clutter.captions, others.hold)]
        seen += _lines(byline, story.pictures, story.notes)
        self.root = root
        self.body = story.body
        self.deck = deck_of(title, part, clutter, told, next(iter(self.body.paragraphs), ""))
        """A short line under the headline."""
        self.writer = byline if is_byline(byline) else ""
        """A line of the text itself that says who wrote it."""
        self.links = once(story.links)
        bars: list[Element] = []
        between = head_lines(title, region, self.body.paragraphs, clutter.noise, bars)
        for_credits, head = tee(line for line in between if not says_again(line, titles[0]))
        self.credits = once([*seen, *_besides(seen, head_credits(for_credits, region))])
        self.pictures = once(picture for one in parts for picture in pictures(one, clutter.captions, others.hold, base))
        self.sections = once(_sections(region))
        around = set(title.iterancestors()) if title is not None else set()
        for_times = chain(head, bar_dates(bars))
        self.times = PageTimes(region, clutter.noise - clutter.feet - around, for_times, language)


def _lines(byline: str, of_pictures: Iterable[str], notes: Iterable[str]) -> Iterator[CreditElement]:
    """Credits that were lines of the story's text. Notes of the outlet may say where its copy is from."""
    if byline:
        yield CreditElement(where="source" if is_source_line(byline) else "byline", value=byline)
    yield from (CreditElement(where="picture", value=said) for said in dict.fromkeys(of_pictures))
    yield from (CreditElement(where="endline", value=note) for note in notes)


def _besides(seen: list[CreditElement], said: tuple[CreditElement, ...]) -> Iterator[CreditElement]:
    """Statements of the page's head that no box has said already with a clearer meaning."""
    told = {credit.value for credit in seen if credit.where != "source"}
    return (credit for credit in said if credit.value not in told)


def _sections(region: Element) -> Iterator[str]:
    """The names of the categories that the page links its story to."""
    marked = (one for one in region.iter("a") if "category" in (one.get("rel") or "").split())
    return (text for one in islice(marked, _MOST_SECTIONS) if (text := visible(one, most=_LONGEST)))
