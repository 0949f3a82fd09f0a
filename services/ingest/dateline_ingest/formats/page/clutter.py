"""What on a page is not its story: noise, and what is about the story."""

from __future__ import annotations

from dateline_ingest.formats.page.asking import asking_boxes
from dateline_ingest.formats.page.boxes import named_teasers, pointing_boxes, teaser_lists
from dateline_ingest.formats.page.captions import unlabelled_captions
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import (
    UNSEEN,
    holds,
    in_sentence,
    is_hidden,
    is_picture_box,
    is_picture_credit,
    lies_in,
    visible,
)
from dateline_ingest.formats.page.phrases import by_name, is_byline
from dateline_ingest.formats.page.prose import Prose
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import listed
from dateline_ingest.formats.xml.tree import Element

_SKIP_TAGS = UNSEEN | set(listed("nav footer aside form dialog figure figcaption menu video audio picture object"))
_AMP = tuple(
    f"amp-{part}"
    for part in listed(
        "ad analytics auto consent embed facebook iframe instagram lightbox sidebar social sticky twitter user youtube"
    )
)
"""Parts of AMP pages that bring in something else (https://amp.dev/documentation/components)."""
_WHOLE = frozenset(("html", "body", "main"))
_NO_FRAMES = _WHOLE | {"p"}
"""Elements that are never taken for a frame of the page, whatever they are called."""
_HELD = 0.25
"""A part with a larger share of the page's prose is never taken for noise."""
_QUOTED = frozenset(("figure", "footer"))
_DIALOGS = frozenset(("dialog", "alertdialog"))
_HIDDEN_HELD = 0.1
_FRAME_HELD = 0.7
_ABOUT_LONGEST = 300
_LONGEST_LINE = 80
_LEAST = 40
"""Characters of a teaser."""


class Clutter:
    """Parts of a page that are not story: noise, and what is about the story (who, when)."""

    __slots__ = ("_spared", "_unlinked", "about", "captions", "feet", "noise", "prose", "teasers")

    def __init__(self, root: Element, title: Element | None) -> None:
        """Judge every part by its tag and its names. Whatever holds a good share of the prose is spared.

        What lies in noise is left unjudged, but in a foot, which may credit the story, and around ``title``.
        """
        self.noise: set[Element] = set()
        self.about: set[Element] = set()
        self.feet: set[Element] = set()
        self._unlinked: list[Element] = []
        self._spared = {
            above for one in root.iter("h1", "article") for above in one.iterancestors("form", "aside", "section")
        }
        whole = Prose(root, set())
        self.noise |= asking_boxes(root, whole)
        named = named_teasers(root, whole)
        self.teasers = teaser_lists(root, whole) | named | pointing_boxes(root, whole)
        self.noise |= self.teasers
        opened = {title, *title.iterancestors()} if title is not None else set()
        shown = self._judge_frames(root, whole, opened)
        weights = Prose(root, self.noise, whole)
        most = _HELD * weights.total
        for element, names in shown.items():
            if names and element.tag not in _WHOLE and weights.of(element) <= most and not in_sentence(element):
                if element.tag != "p":
                    self._judge(element, names)
                elif _is_about_line(element, names) and _is_short(element):
                    self.about.add(element)
        self._judge_teasers()
        self.captions = unlabelled_captions(root, self.noise, weights.total)
        self.about |= self.captions
        self.prose = Prose(root, self.all, whole)

    def _judge_teasers(self) -> None:
        """One teaser without a link is the story's lead; several are a list whose links a script makes."""
        unlinked = set(self._unlinked)
        apart = [
            one for one in self._unlinked if unlinked.isdisjoint(one.iterancestors()) and visible(one, most=_LEAST)
        ]
        self.noise.update(apart if len(apart) > 1 else ())

    def _judge_frames(self, root: Element, weights: Prose, opened: set[Element]) -> dict[Element, str]:
        """Tell the frame of the page; the names of what is left, of what lies in feet and in ``opened``."""
        shown: dict[Element, str] = {}
        stack = [root]
        while stack:
            element = stack.pop()
            if not isinstance(element.tag, str):
                continue
            names = names_of(element)
            if element.tag not in _NO_FRAMES and element not in self._spared:
                self._judge_frame(element, names, weights)
            if element not in self.noise:
                shown[element] = names
            elif element not in self.feet and element not in opened:
                continue
            stack.extend(reversed(element))
        return shown

    def _judge_frame(self, element: Element, names: str, weights: Prose) -> None:
        tag, held, most = element.tag, weights.of(element), _FRAME_HELD * weights.total
        if (tag == "form" and held > most) or (tag in _QUOTED and _is_quoted(element)):
            return
        if is_hidden(element) and held <= _HIDDEN_HELD * weights.total:
            self.noise.add(element)
        elif tag in _SKIP_TAGS or tag.startswith(_AMP) or (tag == "header" and not held) or _is_over(element, names):
            self.noise.add(element)
            if tag == "footer":
                self.feet.add(element)
        elif held <= most and tells(names, "frame"):
            self.noise.add(element)
        elif held <= most and tells(names, "foot") and not holds(element, "h1", "article"):
            self.noise.add(element)
            self.feet.add(element)

    def _judge(self, element: Element, names: str) -> None:
        noisy = tells(names, "noise")
        if not noisy and tells(names, "teaser"):
            noisy = holds(element, "a") or lies_in(element, "a")
            self._unlinked += () if noisy else (element,)
        if noisy or element.get("aria-hidden") == "true":
            self.noise.add(element)
        elif _is_about(element, names) and _is_short(element):
            self.about.add(element)

    @property
    def all(self) -> set[Element]:
        """Noise and what is about the story together."""
        return self.noise | self.about


def _is_quoted(element: Element) -> bool:
    """Whether a figure has a table or a quotation in it, or a footer says who is quoted."""
    if element.tag == "figure":
        return holds(element, "table", "blockquote")
    above = element.getparent()
    return above is not None and above.tag == "blockquote"


def _is_over(element: Element, names: str) -> bool:
    """Whether a part lies over the page by its name, or by its role with no headline in it."""
    return tells(names, "wall") or (element.get("role") in _DIALOGS and not holds(element, "h1", "article"))


def _is_about(element: Element, names: str) -> bool:
    """Whether a part is called one about the story or a picture, and has no headline or lead of the story in it."""
    if not (tells(names, "about") or tells(names, "picture") or is_picture_box(element, names)):
        return False
    return not any(
        one.tag == "h1" or tells(names_of(one), "lead") for one in element.iter("h1", "h2", "h3", "p", "div")
    )


def _is_about_line(element: Element, names: str) -> bool:
    """Whether a paragraph is called a caption or a picture's credit, or one that says when and who, and does."""
    if tells(names, "picture") or is_picture_credit(element, names):
        return True
    return tells(names, "about") and _tells_when_or_who(element)


def _tells_when_or_who(element: Element) -> bool:
    """Whether a paragraph that is called so is a line with a date or a byline; a bare credit is text."""
    text = visible(element, most=_LONGEST_LINE + 1)
    if len(text) > _LONGEST_LINE or is_plain_credit(text):
        return False
    return any(map(str.isdigit, text)) or by_name().match(text) is not None or is_byline(text)


def _is_short(element: Element) -> bool:
    return len(visible(element, most=_ABOUT_LONGEST + 1)) <= _ABOUT_LONGEST
