"""An outlet's web page: the story in it, and everything the page says about where it comes from."""

from __future__ import annotations

from dateline_ingest.formats.credited import first_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.strings import html_tree
from dateline_ingest.formats.message import Message, bytes_urn, check_story
from dateline_ingest.formats.once import once
from dateline_ingest.formats.page.byline import byline_of
from dateline_ingest.formats.page.charset import page_text
from dateline_ingest.formats.page.data import PageData
from dateline_ingest.formats.page.depth import level_page
from dateline_ingest.formats.page.site import outlet_names, pieces
from dateline_ingest.formats.page.state import PageState, page_state, stated_body
from dateline_ingest.formats.page.statedpictures import with_stated
from dateline_ingest.formats.page.title import headline
from dateline_ingest.formats.page.view import PageView
from dateline_ingest.formats.page.walls import is_cut_short, wall_of
from dateline_ingest.formats.sizes import check_html
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_ingest.formats.values.words import bare, letters, listed, unmarked
from dateline_ingest.instants import rfc3339
from dateline_schemas.story import CreditElement, Link, Story, Subject

NAME = "html"
_UPDATED = listed(
    "article:modified_time article:modified og:updated_time datemodified last-modified lastmod dcterms.modified "
    "dc.date.modified dc.modified revised last-updated last_updated lastupdated moddate article:modified_date "
    "modified_time updated_time article_date_updated rnews:datemodified article.updated"
)
_PUBLISHED = listed(
    "article:published_time article:published og:published_time og:article:published_time datepublished "
    "dcterms.created dcterms.issued dc.date.issued dc.date.created dc.date date pubdate publishdate publish-date "
    "publish_date parsely-pub-date sailthru.date cxenseparse:recs:publishtime article_date_original datecreated "
    "publication_date publication-date pub_date published_time published_at published article_publication_date "
    "article:publish_date article.published og:pubdate og:publish_date bt:pubdate dc.created "
    "dcterms.date mediator_published_time rnews:datepublished creation_date displaydate article.created apub:time"
)
_POOR = 300
"""Letters of a page that may be a frame for a script to fill."""
_HALF = 3
"""How many times as long as the text on show a stated one is at the most where words cannot be counted."""


def read(message: Message) -> tuple[Story, ...]:
    """The one story of the page. Raises Unparseable when there is none."""
    text = page_text(message)
    check_html(text, message.limits, NAME)
    root = html_tree(text)
    if root is None:
        raise Unparseable("the page holds no markup that can be read; have it fetched again", format=NAME)
    if root.xpath("count(//*)") > message.limits.elements:
        raise Unparseable(
            f"the page has more than {message.limits.elements} elements; no story page needs that", format=NAME
        )
    level_page(root, message.limits, NAME)
    data = PageData(root, message.limits)
    base = message.url or data.canonical
    told = headline(root, data, base)
    titles = (told, data.meta("og:title"), data.title)
    page = PageView(root, base, titles, data.language, message.limits.depth, outlet_names(data, told))
    state = page_state(root, (told, data.title), message.limits) if _is_poor(page.body, data) else PageState()
    body = _fuller(page.body, data.body() or state.body, told, message)
    if not body.paragraphs:
        said = "the page holds no story text; it may need a browser or a subscription"
        raise Unparseable(said, format=NAME, wall="a page without text")
    came_out = bool(data.said("datePublished") or data.meta(*_PUBLISHED) or state.published)
    if wall := wall_of(root, (told, data.title), body.paragraphs, article=came_out):
        raise Unparseable(f"the page is {wall.name}, and no story; {wall.advice}", format=NAME, wall=wall.name)
    return (check_story(_story(message, data, told, body, page, state), message.limits, NAME),)


def _story(message: Message, data: PageData, told: str, body: Body, page: PageView, state: PageState) -> Story:
    seen = page.credits
    stated = (*data.credits, *data.made, *(CreditElement(where="author", value=name) for name in state.authors))
    ends = body.end_credits()
    came_out = (data.said("datePublished"), *data.metas(*_PUBLISHED), data.said("dateCreated"), data.video_date)
    came_out += (state.published,)
    changed = (data.said("dateModified"), *data.metas(*_UPDATED), state.updated)
    published = page.times.moment(came_out, changed) or page.times.shown
    updated = page.times.changed(changed, came_out, published)
    canonical = data.canonical
    summary = data.said("description") or data.meta("og:description", "description")
    credits = once([*stated, *seen, *ends])
    byline = byline_of(page.writer, seen, stated)
    deck = _unsaid(page.deck, (*body.paragraphs, *data.taglines), credits)
    return Story(
        guid=canonical or message.url or bytes_urn(message.data),
        version=rfc3339(updated),
        language=data.language,
        headline=told,
        subheadline=_other(data.said("alternativeHeadline"), told) or deck,
        byline=byline,
        dateline=dateline_of(body.paragraphs[0]) or first_of(data.credits, "dateline"),
        summary=summary,
        paragraphs=body.paragraphs,
        body_html=body.html,
        first_created=published,
        version_created=updated,
        subjects=tuple(Subject(code=name, name=name) for name in _sections(data) or page.sections),
        keywords=data.words("keywords") or _commas(data.metas("article:tag", "news_keywords", "keywords")),
        provider=first_of(data.credits, "source") or first_of(data.credits, "publisher"),
        creditline=first_of(data.credits, "creditline"),
        copyright_holder=first_of(data.credits, "copyrightholder"),
        copyright_notice=first_of(data.credits, "copyrightnotice"),
        usage_terms=data.terms,
        ed_note="\n".join(data.corrections),
        credits=credits,
        signals=("paywall",) if is_cut_short(page.root, body.paragraphs, free=data.free) else (),
        associations=with_stated(page.pictures, data.pictures(), (told, summary)),
        links=((Link(href=canonical, rel="canonical"),) if canonical else ()) + page.links,
    )


def _other(text: str, headline: str) -> str:
    return text if bare(text) != bare(headline) else ""


def _unsaid(deck: str, told: tuple[str, ...], credits: tuple[CreditElement, ...]) -> str:
    """The deck, unless it is in what is ``told``: paragraphs of the body, what the site says of itself; unless it names
    an author by more than letters such as ``AP``, or its outlet beside a dash.
    """
    words = bare(deck)
    named = (credit.value for credit in credits if credit.where in ("author", "byline"))
    authors = (bare(name) for name in named if " " in name or not name.isascii())
    outlets = {bare(credit.value) for credit in credits if credit.where == "publisher"}
    said = any(words in bare(text) for text in told) or not outlets.isdisjoint(map(bare, pieces(deck)))
    return "" if said or any(name in words for name in authors) else deck


def _sections(data: PageData) -> tuple[str, ...]:
    return data.words("articleSection") or data.metas("article:section")


def _commas(texts: tuple[str, ...]) -> tuple[str, ...]:
    return once(word.strip() for text in texts for word in text.split(",") if word.strip())[:60]


def _is_poor(body: Body, data: PageData) -> bool:
    """Whether a page shows so little text that a script may have to bring the story, and no ``articleBody`` has it."""
    if sum(map(len, body.paragraphs)) >= _POOR or sum(map(letters, body.paragraphs)) >= _POOR:
        return False
    return not data.body()


def _fuller(shown: Body, stated: str, told: str, message: Message) -> Body:
    """The text that the page shows, unless the one that it states says more than twice as much and can be read.

    Raises Unparseable when it shows none, and what it states cannot be read.
    """
    if shown.words * 2 >= len(stated.split()):
        most = _HALF * sum(map(len, shown.paragraphs))
        if most >= len(stated) or most >= len(unmarked(stated)):
            return shown
    try:
        body = stated_body(stated, told, message.url, message.limits)
    except Unparseable:
        if not shown.paragraphs:
            raise
        return shown
    return body if body.paragraphs else shown
