"""Finding the story in a page: the smallest part that holds its paragraphs."""

from __future__ import annotations

import re
from itertools import chain

from dateline_ingest.formats.pageboxes import asking_boxes, named_teasers, teaser_lists
from dateline_ingest.formats.pageparts import is_picture_box, names_of, tells, visible
from dateline_ingest.formats.words import fold, listed
from dateline_ingest.formats.xmltree import Element

_SKIP_TAGS = frozenset(
    listed(
        "script style noscript template svg nav footer aside form button dialog iframe figure figcaption menu select "
        "video audio picture object"
    )
)
_AMP = tuple(
    f"amp-{part}"
    for part in listed(
        "ad analytics auto consent embed facebook iframe instagram lightbox sidebar social sticky twitter user youtube"
    )
)
"""Parts of AMP pages that bring in something else (https://amp.dev/documentation/components)."""
_UNSEEN_TAGS = frozenset(
    listed("script style noscript template svg nav button dialog iframe figure menu select video audio")
)
_PROSE = frozenset(("p", "blockquote", "li", "h2", "h3"))
_NESTED = frozenset(("li", "blockquote"))
"""Prose that may hold prose: then only the inner one counts."""
_LOOSE = frozenset(("div", "section", "article", "td", "span", "font", "center"))
_INLINE = frozenset(("span", "b", "strong", "em", "i", "font"))
_FRAMES = frozenset(("html", "body", "main", "p"))
_LEAST = 40
"""Letters of a paragraph that counts as prose."""
_MOST = 50_000
"""Letters of a paragraph that are weighed: a page whose text is one is read as fast as any other."""
_NO_IDEOGRAPHS = re.compile(r"[^\u3040-\uffef]+")
_HELD = 0.25
"""A part with that share of the page's prose is never taken for noise."""
_FRAME_HELD = 0.7
_STORY = 500
"""Letters of prose from which an article around the headline is taken for the story."""
_DESCEND = 0.8
_PARAGRAPHS = 2
"""Paragraphs that belong to the text, and are no lead set apart."""
_PASSAGE = 150
"""Letters of prose from which a part beside another one is text that goes on."""
_NAMED = 0.8
_SCOPED = 0.4
_LINKED = 0.6
_ITEM_WEIGHT = 0.3
_ABOUT_LONGEST = 300


class Prose:
    """How much prose every part of a page holds."""

    __slots__ = ("_held", "_own", "total")

    def __init__(self, root: Element, dropped: set[Element], weighed: Prose | None = None) -> None:
        """Weigh the page, leaving out ``dropped``. ``weighed`` is the same page, of which more or less was left out."""
        self._held: dict[Element, float] = {}
        self._own: dict[Element, float] = weighed._own if weighed is not None else {}
        held, own = self._held, self._own
        order: list[Element] = []
        stack = [root]
        while stack:
            element = stack.pop()
            if isinstance(element.tag, str) and element.tag not in _UNSEEN_TAGS and element not in dropped:
                order.append(element)
                stack.extend(element)
        for element in reversed(order):
            inner = sum([held[child] for child in element if child in held])
            if inner and element.tag in _NESTED:
                held[element] = inner
                continue
            if (size := own.get(element)) is None:
                size = own[element] = _prose(element)
            held[element] = max(inner, size)
        self.total = held.get(root, 0.0)

    def of(self, element: Element) -> float:
        """Letters of prose in an element."""
        return self._held.get(element, 0.0)


def _prose(element: Element) -> float:
    if element.tag in _PROSE:
        own = fold("".join(element.itertext())[:_MOST])
        size = _size(own)
        if size < _LEAST:
            return 0.0
        linked = sum(len(fold("".join(link.itertext()))) for link in element.iter("a"))
        weight = _ITEM_WEIGHT if element.tag == "li" else 1.0
        return weight * size if linked < len(own) * _LINKED else 0.0
    if element.tag in _LOOSE:
        own = fold(" ".join([element.text or "", *(child.tail or "" for child in element)])[:_MOST])
        size = _size(own)
        return float(size) if size >= 2 * _LEAST else 0.0
    return 0.0


def _size(text: str) -> int:
    """Length in letters; ideographs and kana counted for three as they say as much."""
    return len(text) if text.isascii() else len(text) + 2 * len(_NO_IDEOGRAPHS.sub("", text))


class Clutter:
    """Parts of a page that are not story: noise, and what is about the story (who, when)."""

    __slots__ = ("_spared", "_unlinked", "about", "feet", "noise", "prose", "teasers")

    def __init__(self, root: Element) -> None:
        """Judge every part by its tag and its names; whatever holds a good share of the prose is spared."""
        self.noise: set[Element] = set()
        self.about: set[Element] = set()
        self.feet: set[Element] = set()
        self._unlinked: list[Element] = []
        self._spared = {
            above for one in root.iter("h1", "article") for above in one.iterancestors("form", "aside", "section")
        }
        whole = Prose(root, set())
        self.noise |= asking_boxes(root, whole.of, whole.total)
        self.teasers = teaser_lists(root, whole.of, whole.total) | named_teasers(root, whole.of, whole.total)
        self.noise |= self.teasers
        self._judge_frames(root, whole)
        weights = Prose(root, self.noise, whole)
        most = _HELD * weights.total
        for element in root.iter():
            tag = element.tag
            if (tag in _FRAMES and tag != "p") or not isinstance(tag, str) or element in self.noise:
                continue
            if weights.of(element) <= most and not _opens_paragraph(element) and (names := names_of(element)):
                if tag != "p":
                    self._judge(element, names)
                elif tells(names, "picture") and _is_short(element):
                    self.about.add(element)
        self._judge_teasers()
        self.prose = Prose(root, self.all, whole)

    def _judge_teasers(self) -> None:
        """A teaser without a link is the story's lead; several are a list whose links a script makes."""
        unlinked = set(self._unlinked)
        apart = [
            one for one in self._unlinked if unlinked.isdisjoint(one.iterancestors()) and visible(one, most=_LEAST)
        ]
        self.noise.update(apart if len(apart) > 1 else ())

    def _judge_frames(self, root: Element, weights: Prose) -> None:
        most = _FRAME_HELD * weights.total
        for element in root.iter():
            tag = element.tag
            if tag in _FRAMES or not isinstance(tag, str) or element in self._spared:
                continue
            if tag == "form" and weights.of(element) > most:
                continue
            if tag == "figure" and next(element.iter("table"), None) is not None:
                continue
            if tag in _SKIP_TAGS or tag.startswith(_AMP) or (tag == "header" and not weights.of(element)):
                self.noise.add(element)
                self._foot(element, tag == "footer")
            elif (names := names_of(element)) and (
                tells(names, "wall") or (tells(names, "frame") and weights.of(element) <= most)
            ):
                self.noise.add(element)

    def _judge(self, element: Element, names: str) -> None:
        noisy = tells(names, "noise")
        if not noisy and tells(names, "teaser"):
            noisy = _is_linked(element)
            self._unlinked += () if noisy else (element,)
        if noisy or element.get("aria-hidden") == "true":
            self.noise.add(element)
            self._foot(element, noisy and "footer" in names.lower())
        elif _is_about(element, names) and _is_short(element):
            self.about.add(element)

    def _foot(self, element: Element, foot: bool) -> None:
        if foot:
            self.feet.add(element)

    @property
    def all(self) -> set[Element]:
        """Noise and what is about the story together."""
        return self.noise | self.about


def _is_about(element: Element, names: str) -> bool:
    """Whether a part is called one about the story or a picture, and has no headline or lead of the story in it."""
    if not (tells(names, "about") or tells(names, "picture") or is_picture_box(element, names)):
        return False
    return not any(one.tag == "h1" or tells(names_of(one), "lead") for one in element.iter("h1", "h2", "h3", "p", "div"))


def _is_linked(element: Element) -> bool:
    """Whether a link stands in it or around it."""
    return any(next(links, None) is not None for links in (element.iter("a"), element.iterancestors("a")))


def _opens_paragraph(element: Element) -> bool:
    """Whether it is the first words of a sentence that goes on behind it, as ``CAIRO —`` is, however it is called."""
    above = element.getparent()
    if element.tag not in _INLINE or above is None or above.tag != "p" or (above.text or "").strip():
        return False
    behind: str = element.tail or ""
    return above[0] is element and len(behind.strip()) >= _LEAST


def _is_short(element: Element) -> bool:
    return len(visible(element, most=_ABOUT_LONGEST + 1)) <= _ABOUT_LONGEST


def container(root: Element, weights: Prose, title: Element | None) -> Element:
    """The smallest part with nearly all prose of the story. ``title`` is the element of its headline, if known."""
    best = _named_body(scope_of(root, weights, title), weights)
    while True:
        inner = max(best, key=weights.of, default=None)
        if inner is None or inner.tag in _PROSE or not weights.of(inner):
            return best
        if weights.of(inner) < _DESCEND * weights.of(best) or _is_text(best, weights) or _goes_on(inner, weights):
            return best
        best = inner


def _is_text(part: Element, weights: Prose) -> bool:
    """Whether a part has paragraphs of its own beside the part that holds most."""
    return len([child for child in part if child.tag == "p" and weights.of(child) >= _LEAST]) >= _PARAGRAPHS


def _goes_on(part: Element, weights: Prose) -> bool:
    """Whether the text goes on in a part of the same kind beside it, as in a page that is written in sections."""
    kind = part.tag, part.get("class")
    beside = chain(part.itersiblings(preceding=True), part.itersiblings())
    if part.tag == "section":
        return any(one.tag == "section" and weights.of(one) >= _PASSAGE for one in beside)
    return kind[1] is not None and any((one.tag, one.get("class")) == kind and weights.of(one) >= _PASSAGE for one in beside)


def _named_body(scope: Element, weights: Prose) -> Element:
    """The innermost part that is called the story's body, if it holds most of the prose around it; else all."""
    least = max(_NAMED * weights.of(scope), _LEAST)
    found = [part for part in scope.iter() if weights.of(part) >= least]
    marked = [one for one in found if one.get("itemprop") == "articleBody"]
    named = marked or [one for one in found if tells(names_of(one), "body")]
    return named[-1] if named else scope


def scope_of(root: Element, weights: Prose, title: Element | None) -> Element:
    """Where the story lies: the article around its headline, else the article, the main part or the part around
    the headline that holds a good share of the page's prose, else the body.
    """
    own = next(title.iterancestors("article"), None) if title is not None else None
    if own is not None and weights.of(own) >= _STORY:
        return own
    for tag in ("article", "main"):
        best = max(root.iter(tag), key=weights.of, default=None)
        if best is not None and weights.of(best) > _SCOPED * weights.total:
            return best
    for above in title.iterancestors() if title is not None else ():
        if weights.of(above) > _SCOPED * weights.total:
            return above
    body = next(root.iter("body"), None)
    return body if body is not None else root
