"""Media RSS 1.5.1 in items and entries: content and thumbnails, alone or in groups, and the credits they bear."""

from __future__ import annotations

from collections.abc import Iterable

from dateline_ingest.formats.feeds.item import FeedItem
from dateline_ingest.formats.feeds.names import MEDIA
from dateline_ingest.formats.feeds.parts import joined, resource, text
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.kinds import item_type, media_type
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import Association, CreditElement, Subject, UsageRight

_PLAYER = f"{MEDIA}player"
_CONTENT, _THUMBNAIL, _GROUP = f"{MEDIA}content", f"{MEDIA}thumbnail", f"{MEDIA}group"
_TITLE, _DESCRIPTION, _CREDIT = f"{MEDIA}title", f"{MEDIA}description", f"{MEDIA}credit"
_LICENSE, _COPYRIGHT, _RESTRICTION = f"{MEDIA}license", f"{MEDIA}copyright", f"{MEDIA}restriction"
_STATED = (_CREDIT, _COPYRIGHT, "{http://schemas.ingestion.microsoft.com/common/}licensorName")
"""Who is credited, whose it is, and who licenses it (MSN)."""
_LONGEST = 12
_AROUND = 4
"""Elements around a file that may speak of it: itself, a group, the item, and one that a feed puts between."""


def media_of(item: FeedItem, base: str) -> tuple[Association, ...]:
    """Every file that the item names, with the title, description and credit that stand nearest to it."""
    if not item.has_media:
        return ()
    found = []
    said: dict[Element, dict[str, str]] = {}
    groups: set[Element] = set()
    for element in item.element.iter(_CONTENT, _THUMBNAIL):
        href = joined(base, element.get("url", "") or _player(element))
        if not href:
            continue
        thumbnail = element.tag == _THUMBNAIL
        mimetype = element.get("type", "")
        found.append(
            Association(
                rel="thumbnail" if thumbnail else "media",
                type="picture" if thumbnail else item_type(element.get("medium", "")) or media_type(mimetype),
                href=href,
                headline=_near(element, item.element, _TITLE, said),
                caption=_near(element, item.element, _DESCRIPTION, said),
                creditline=_near(element, item.element, _CREDIT, said),
                usage_terms=lines_once([*terms_in(element), *_restricted(element, groups)]),
                mimetype=mimetype,
                width=number(element.get("width")),
                height=number(element.get("height")),
                size=number(element.get("fileSize")),
            )
        )
    return once(found)


def terms_in(around: Element) -> list[str]:
    """Licences that stand in an element and addresses of the terms there (``media:license``, ``media:copyright``)."""
    said = [one for license in around.iterchildren(_LICENSE) for one in licence(license)]
    return said + [one.get("url", "").strip() for one in around.iterchildren(_COPYRIGHT)]


def licence(element: Element) -> tuple[str, str]:
    """What a licence is called, and where it is told in full."""
    return text(element), resource(element) or element.get("url", "").strip()


def restrictions_in(around: Element) -> list[UsageRight]:
    """Where, or by whom, what stands in an element may be shown or not (``media:restriction``): ``allow`` or ``deny``.

    Countries and the words ``all`` and ``none`` are the geography (``not de``), distributors the limitations (``not for
    https://mirror.example/``). An empty list allows nobody (Media RSS 1.5.1).
    """
    found = []
    for one in around.iterchildren(_RESTRICTION):
        relation, named = one.get("relationship", "").strip().lower(), text(one).split() or ["none"]
        sign = "not " if relation == "deny" else ""
        if one.get("type", "").strip().lower() == "uri":
            found.append(UsageRight(type=relation, limitations=", ".join([f"{sign}for {name}" for name in named])))
        else:
            found.append(UsageRight(type=relation, geography=", ".join([sign + name for name in named])))
    return found


def _restricted(file: Element, groups: set[Element]) -> list[str]:
    """The restrictions of a file. Those of a group are its first file's, since all are one picture or video."""
    around, group = [file], file.getparent()
    if group is not None and group.tag == _GROUP and group not in groups:
        groups.add(group)
        around.append(group)
    return [f"shown: {one.geography or one.limitations}" for each in around for one in restrictions_in(each)]


def _player(element: Element) -> str:
    """Where a file is played that has no address of its own, as with Vimeo."""
    player = element.find(_PLAYER)
    return "" if player is None else str(player.get("url", ""))


def _near(element: Element, item: Element, tag: str, said: dict[Element, dict[str, str]]) -> str:
    """What is said of a file: in its own element, else in those around it up to the item.

    ``said`` keeps what an element says, as many files may stand in one.
    """
    around: Element | None = element
    for _ in range(_AROUND):
        if around is None:
            break
        if around not in said:
            said[around] = {}
            for child in around.iterchildren(_TITLE, _DESCRIPTION, _CREDIT):
                said[around].setdefault(child.tag, text(child))
        if found := said[around].get(tag):
            return found
        if around is item:
            break
        around = around.getparent()
    return ""


def media_credits(item: FeedItem) -> list[CreditElement]:
    """``media:credit``, ``media:copyright`` and MSN's ``mi:licensorName``, wherever they stand in the item."""
    if not item.has_media:
        return []
    return [
        CreditElement(where="picture", value=said, role=element.get("role", ""))
        for element in item.element.iter(*_STATED)
        if (said := text(element))
    ]


def media_subjects(item: FeedItem) -> list[Subject]:
    """``media:category`` of the item and of its groups."""
    if not item.has_media:
        return []
    found = []
    for element in item.element.iter(f"{MEDIA}category"):
        if said := text(element):
            found.append(Subject(code=said, scheme=element.get("scheme", ""), name=element.get("label", "") or said))
    return found


def media_keywords(item: FeedItem) -> list[str]:
    """``media:keywords``, which commas part."""
    if not item.has_media:
        return []
    return [word for one in item.element.iter(f"{MEDIA}keywords") for word in text(one).split(",")]


def media_text(item: FeedItem, name: str) -> str:
    """``media:title`` or ``media:description`` of the item, of its group or of its only file."""
    if not item.has_media:
        return ""
    return next((said for one in item.element.iter(f"{MEDIA}{name}") if (said := one.text or "")), "")


def enclosure(href: str, mimetype: str, length: str | None, title: str = "") -> Association:
    """An enclosure of RSS 2.0, or an Atom link with that relation."""
    return Association(
        rel="enclosure", type=media_type(mimetype), href=href, headline=title, mimetype=mimetype, size=number(length)
    )


def without_repeats(enclosures: Iterable[Association], media: tuple[Association, ...]) -> tuple[Association, ...]:
    """Enclosures and media together; a file that Media RSS describes is not named a second time."""
    described = {one.href for one in media}
    return (*(one for one in dict.fromkeys(enclosures) if one.href not in described), *media)


def number(said: str | None) -> int:
    """A whole number above 0; 0 where there is none."""
    if not said:
        return 0
    digits = said.strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < _LONGEST else 0
