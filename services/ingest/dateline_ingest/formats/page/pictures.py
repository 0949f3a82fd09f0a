"""Pictures of a page's story with their captions, in figures or in boxes of pages that have none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice, takewhile

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.markup.hrefs import safe_href
from dateline_ingest.formats.once import once
from dateline_ingest.formats.page.captions import is_all_caption
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import (
    IMAGES,
    holds,
    images,
    is_label,
    is_picture_box,
    is_picture_credit,
    visible,
    within,
)
from dateline_ingest.formats.page.phrases import by_name
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import bare
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import Association

_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-image", "data-url")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_HIGHEST = 9
"""Levels above an image up to which the part around it and its caption may reach."""
_NEAR = 2
_LARGEST = 60
"""Elements in such a part."""
_LONGEST = 900
_MOST = 50
_MOST_LOOKED = 300
"""Images and figures that are looked at."""
_NEVER = frozenset(("html", "body", "main", "article", "ul", "ol"))


def pictures(
    region: Element, lines: set[Element], elsewhere: Callable[[Element], bool], base: str
) -> tuple[Association, ...]:
    """Images and figures with a caption, in the order of the page; ``base`` makes their addresses whole.

    ``lines`` are captions that are not called one, ``elsewhere`` knows parts that are about other stories.
    """
    found: list[Association] = []
    seen = _galleries(region)
    for one in islice(_shown(region, elsewhere), _MOST_LOOKED):
        if one in seen:
            continue
        if one.tag == "figure":
            seen.update(one.iterdescendants("figure"))  # what they say is said in it
        frame, captions = (one, _captions(one)) if one.tag == "figure" else _framed(one, region, lines)
        if captions and not _is_portrait(frame, captions):
            seen.update(frame.iter(*IMAGES, "figure"))
            found.append(_picture(frame, captions, base))
    return once(found)[:_MOST]


def _shown(region: Element, elsewhere: Callable[[Element], bool]) -> Iterator[Element]:
    """Images and figures that are not in a part about other stories."""
    known: dict[Element, bool] = {region: False}
    for one in region.iter("figure", *IMAGES):
        above = list(takewhile(lambda part: part not in known, chain((one,), one.iterancestors())))
        around = above[-1].getparent() if above else None
        away = known[around] if around is not None else known[one]
        for part in reversed(above):
            away = known[part] = away or elsewhere(part)
        if not away:
            yield one


def _galleries(region: Element) -> set[Element]:
    """Figures that hold others with pictures and captions of their own."""
    captioned = dict.fromkeys(next(one.iterancestors("figure"), None) for one in region.iter("figcaption"))
    found: set[Element] = set()
    for figure in captioned:
        if figure is not None and holds(figure, *IMAGES):
            found.update(takewhile(lambda above: above not in found, figure.iterancestors("figure")))
    return found


def _framed(image: Element, region: Element, lines: set[Element]) -> tuple[Element, list[Element]]:
    """The smallest part around an image that has a caption in it, and the caption's pieces.

    What is called a caption goes before ``lines`` that only look like one, and these before all that a figure says.
    """
    parts = _around(image, region)
    for above in parts:
        if captions := _captions(above) or _beside(above):
            return above, captions
    if lines:
        for above in parts:
            beside = above.getnext()
            if captions := [one for one in above.iter() if one in lines] or [one for one in (beside,) if one in lines]:
                return above, captions
    figure = next((one for one in parts if one.tag == "figure"), None)
    return (figure, [figure]) if figure is not None and is_all_caption(figure) else (image, [])


def _around(image: Element, region: Element) -> list[Element]:
    """An image and the parts around it that are little more than one picture, the smallest first."""
    found: list[Element] = []
    for above in islice(chain((image,), image.iterancestors()), _HIGHEST):
        inside = list(within(above, _LARGEST + 1))
        if (above.tag in _NEVER and not _is_medium(above)) or len(inside) > _LARGEST:
            break
        if len(list(islice(images(above), 2))) > 1 or any(one.tag == "h1" for one in inside):
            break
        found.append(above)
        if above is region:
            break
    return found


def _is_medium(part: Element) -> bool:
    """Whether an article is no story but a picture with what is said of it, as Drupal's entities of media are."""
    return bool(part.tag == "article" and "media" in names_of(part).split())


def _beside(part: Element) -> list[Element]:
    """The caption that follows a part, if it does, and the credit behind that."""
    above, following = part.getparent(), part.getnext()
    if above is None or is_picture_box(above, names_of(above)):
        return []
    if following is None or not isinstance(following.tag, str) or not tells(names_of(following), "picture"):
        return []
    alone = not holds(following, *IMAGES) and visible(following, most=_LONGEST)
    credit = following.getnext()
    credited = credit is not None and isinstance(credit.tag, str) and is_picture_credit(credit, names_of(credit))
    return [following, *([credit] if credited else [])] if alone else []


def _is_portrait(frame: Element, captions: list[Element]) -> bool:
    """Whether a picture is the portrait beside an author's name."""
    around = (frame, *islice(frame.iterancestors(), _NEAR))
    called = any(tells(names_of(one), "byline") and not tells(names_of(one), "picture") for one in around)
    signed = any(one.tag == "address" for piece in captions for one in within(piece, _LARGEST))
    return called or signed or by_name().fullmatch(visible(captions[0], most=_LONGEST)) is not None


def _captions(frame: Element) -> list[Element]:
    """The pieces of a frame's caption, none of them within another."""
    media = frame.tag == "figure" or is_picture_box(frame, names_of(frame))
    found: list[Element] = []
    stack = list(reversed(frame))
    while stack:
        one = stack.pop()
        if not isinstance(one.tag, str):
            continue
        names = names_of(one)
        called = one.tag == "figcaption" or tells(names, "picture") or (media and tells(names, "media"))
        called = called or is_picture_credit(one, names)
        if called and not holds(one, *IMAGES) and visible(one, most=_LONGEST):
            found.append(_line(one))
        elif one.tag not in ("figure", "noscript") or one.tag == frame.tag:
            stack.extend(reversed(one))
    return found


def _line(piece: Element) -> Element:
    """A piece of a caption, or the paragraph that it ends: ``<p>The boat.<span class="credit">Ann Roe</span></p>``."""
    above = piece.getparent()
    ends = above is not None and above.tag == "p" and piece.tag == "span" and piece.getnext() is None
    return above if above is not None and ends and not holds(above, *IMAGES) else piece


def _picture(frame: Element, captions: list[Element], base: str) -> Association:
    image = next(frame.iter(*IMAGES), None)
    said: dict[str, str] = {}
    length = 0
    for text in map(_shown_text, sorted(captions, key=lambda one: tells(names_of(one), "credit"))):  # credits last
        letters = bare(text)
        if length <= _LONGEST and not any(letters in other for other in said):
            said[letters] = text
            length += len(text) + 1
    caption = " ".join(said.values())[:_LONGEST]
    return Association(
        rel="picture",
        type="picture",
        href=_address(image, base) if image is not None else "",
        caption=caption,
        creditline=_credit(captions, caption),
    )


def _shown_text(piece: Element) -> str:
    """What a piece of a caption says without labels for screen readers, if it says more."""
    return visible(piece, is_label, most=_LONGEST) or visible(piece, most=_LONGEST)


def _credit(captions: list[Element], caption: str) -> str:
    """The piece of a caption that is called a credit, unless it is only the label or the whole caption without a
    credit.
    """
    named = (one for piece in captions for one in within(piece, _LARGEST) if tells(names_of(one), "credit"))
    for text in map(_shown_text, named):
        whole = text == caption and verdict(text, begun=False) != "picture" and not is_plain_credit(text)
        if text and not whole and not tells(text.lower().rstrip(":"), "credit"):
            return text
    return ""


def _address(image: Element, base: str) -> str:
    """Where the image is: pages that load it late have a placeholder in ``src``."""
    stated = [image.get(name) or "" for name in _SOURCES]
    stated += [(image.get(name) or "").strip().partition(" ")[0].rstrip(",") for name in _SETS]
    real = (one for one in stated if one and "{" not in one and "placeholder" not in one)
    return next((href for one in real if (href := safe_href(one, base))), "")
