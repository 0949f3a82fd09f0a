"""Finding the story in a page: the smallest part that holds its paragraphs."""

from __future__ import annotations

from itertools import chain, islice

from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import holds
from dateline_ingest.formats.page.prose import LEAST, PROSE, Prose
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element

_STORY = 500
"""Letters of prose that make an article around the headline the story."""
_DESCEND = 0.8
_KEPT = 0.6
"""Share of the story's prose that the smallest part must hold, however many levels down it is."""
_PARAGRAPHS = 2
"""How many paragraphs of its own make a part the text; fewer may be a lead set apart."""
_PASSAGE = 150
"""Letters of prose that make a part beside another one the text's continuation."""
_FOLLOWING = 3
"""Parts behind most of the text among which its last lines are looked for."""
_STATEMENTS = ("div", "p", "span", "time", "a", "ul", "li", "address")
"""Parts in which a story says when or by whom it was written."""
_LISTS = ("ul", "ol")
_HEADLINES = 10
"""Headlines of a page that are looked at."""
_NAMED = 0.8
_SCOPED = 0.4


def container(root: Element, weights: Prose, title: Element | None) -> Element:
    """The smallest part with nearly all prose of the story. ``title`` is the element of its headline, if known."""
    best = _named_body(scope_of(root, weights, title), weights)
    least = _KEPT * weights.of(best)
    while True:
        inner = max(best, key=weights.of, default=None)
        if inner is None or inner.tag in PROSE or not weights.of(inner):
            return best
        if weights.of(inner) < max(least, _DESCEND * weights.of(best)):
            return best
        if _is_text(best, weights) or _goes_on(inner, weights) or _ends_behind(inner, best, weights):
            return best
        best = inner


def _is_text(part: Element, weights: Prose) -> bool:
    """Whether a part has paragraphs of its own beside the part that holds most."""
    return len([child for child in part if child.tag == "p" and weights.of(child) >= LEAST]) >= _PARAGRAPHS


def _ends_behind(part: Element, body: Element, weights: Prose) -> bool:
    """Whether lines follow a part in what is called the story's body: its credit, a short list, or short blocks of its
    kind.
    """
    behind = islice(part.itersiblings(), _FOLLOWING)
    lines = (
        one for one in behind if one.tag == "p" or (one in weights and (_is_plain_list(one) or _is_alike(one, part)))
    )
    return tells(names_of(body), "body") and any(fold("".join(one.itertext())[:LEAST]) for one in lines)


def _is_plain_list(part: Element) -> bool:
    return part.tag in _LISTS and not holds(part, "a", "button")


def _goes_on(part: Element, weights: Prose) -> bool:
    """Whether the text goes on in a part of the same kind beside it, as in a page written in sections."""
    beside = (one for one in chain(part.itersiblings(preceding=True), part.itersiblings()) if one.tag == part.tag)
    alike = (one for one in beside if part.tag == "section" or _is_alike(one, part))
    return any(weights.of(one) >= _PASSAGE for one in alike)


def _is_alike(one: Element, part: Element) -> bool:
    return one.tag == part.tag and one.get("class") is not None and one.get("class") == part.get("class")


def _named_body(scope: Element, weights: Prose) -> Element:
    """The innermost part that is called the story's body, if it holds most of the prose around it; else all."""
    least = max(_NAMED * weights.of(scope), LEAST)
    found = [part for part in scope.iter() if weights.of(part) >= least]
    marked = [one for one in found if one.get("itemprop") == "articleBody"]
    named = marked or [one for one in found if tells(names_of(one), "body")]
    return named[-1] if named else scope


def scope_of(root: Element, weights: Prose, title: Element | None) -> Element:
    """Where the story lies: the one of several parts alike that has its headline; else the article around that; else
    the article, the main part or the part around the headline that holds a good share of the prose; else the body.
    """
    alike = _among_alike(root, title) if title is not None else None
    if alike is not None and weights.of(alike) >= _PASSAGE:
        return alike
    own = next(title.iterancestors("article"), None) if title is not None else None
    if own is not None and weights.of(own) >= _STORY:
        return own
    others = _headed(root, title) if own is not None else ()
    least = _SCOPED * (weights.total - sum(map(weights.of, others)))
    for tag in ("article", "main"):
        best = max((one for one in root.iter(tag) if one not in others), key=weights.of, default=None)
        if best is not None and weights.of(best) > least:
            return best
    for above in title.iterancestors() if title is not None else ():
        if weights.of(above) > least:
            return above
    body = next(root.iter("body"), None)
    return body if body is not None else root


def _among_alike(root: Element, title: Element) -> Element | None:
    """The part around the headline beside which parts of the same kind hold other stories: they have a headline of the
    same rank of their own, and say when or by whom they were written.
    """
    above = {title, *title.iterancestors()}
    said = fold("".join(title.itertext()))
    for heading in islice((one for one in root.iter(title.tag) if one not in above), _HEADLINES):
        other: Element = heading
        around = other.getparent()
        while around is not None and around not in above:
            other, around = around, around.getparent()
        own = next((one for one in around if one in above), None) if around is not None else None
        if own is None or not own.get("class") or (own.tag, own.get("class")) != (other.tag, other.get("class")):
            continue
        if own is not title and fold("".join(heading.itertext())) != said and _is_dated(other):
            return own
    return None


def _is_dated(part: Element) -> bool:
    """Whether a part says of itself when or by whom it was written, or at which address it is."""
    if any(name.startswith("data-") and value.startswith(("http:", "https:", "/")) for name, value in part.items()):
        return True
    return any(one.tag == "time" or tells(names_of(one), "about") for one in part.iter(*_STATEMENTS))


def _headed(root: Element, title: Element | None) -> tuple[Element, ...]:
    """Articles with a headline of their own, as the next story has on a page that scrolls on without end."""
    headings = (one for one in islice(root.iter("h1"), _HEADLINES) if one is not title)
    articles = (next(one.iterancestors("article"), None) for one in headings)
    return tuple(one for one in articles if one is not None and title not in one.iter("h1"))
