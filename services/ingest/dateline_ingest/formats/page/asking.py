"""Boxes that ask the reader for something, known by what is in them, whatever they are called: newsletter sign-ups,
comment forms, log-ins, consent to cookies, donations.
"""

from __future__ import annotations

from itertools import islice

from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import holds, is_larger, visible
from dateline_ingest.formats.page.prose import Prose
from dateline_ingest.formats.page.walls import answers_appeal, answers_consent, asks_consent, asks_for_itself
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element

_FIELDS = frozenset(("email", "password", "tel"))
_MOST_FIELDS = 150
_HIGHEST = 6
"""Levels above a field up to which the box around it may reach."""
_LARGEST = 500
"""Elements of a box."""
_LONGEST = 700
"""Characters of a box that asks: its promise, its buttons, its small print."""
_LONGEST_LABEL = 40
_LONGEST_CONSENT = 3000
_SHARE = 0.1
"""Share of the page's prose that a box may hold."""
_APPEAL_SHARE = 0.45
"""The same of one that asks for money and says at length why."""
_MOST_LINKS = 2000
_NEVER = frozenset(("html", "body", "main", "article"))


def asking_boxes(root: Element, prose: Prose) -> set[Element]:
    """The largest parts around fields for an address, a password or a comment that are not part of the story, and those
    around buttons that answer a question for consent or, alone in their line, one for money.
    """
    found: set[Element] = set()
    for field in islice(root.iter("input", "textarea", "button"), _MOST_FIELDS):
        if field.tag == "button":
            box = _consent_box(field)
        elif field.tag == "textarea" or (field.get("type") or "").lower() in _FIELDS:
            box = _box(field, prose, _SHARE * prose.total)
        else:
            continue
        if box is not None:
            found.add(box)
    appeals = (one for one in islice(root.iter("a", "button"), _MOST_LINKS) if _is_appeal(one))
    found.update(box for one in appeals if (box := _appeal_box(one, prose)) is not None)
    return found


def _is_appeal(link: Element) -> bool:
    """Whether a link or a button answers a question for money, and its line says nothing else."""
    above = link.getparent()
    label = visible(link, most=_LONGEST_LABEL) if len(link) else fold(link.text or "")
    if above is None or len(link) > 1 or not answers_appeal(label):
        return False
    return above.tag != "p" or visible(above, most=_LONGEST_LABEL) == label


def _appeal_box(link: Element, prose: Prose) -> Element | None:
    """The part that asks for money; a small one, unless an outlet speaks of itself in it: stories ask for others."""
    box = _box(link, prose, _APPEAL_SHARE * prose.total)
    if box is None or asks_for_itself(visible(box, most=_LONGEST)):
        return box
    return _box(link, prose, _SHARE * prose.total)


def _box(field: Element, prose: Prose, most: float) -> Element | None:
    box = None
    for above in islice(field.iterancestors(), _HIGHEST):
        if above.tag in _NEVER or tells(names_of(above), "body") or prose.of(above) > most:
            break
        if is_larger(above, _LARGEST):
            break
        if holds(above, "h1", "article") or len(visible(above, most=_LONGEST + 1)) > _LONGEST:
            break
        box = above
    return box


def _consent_box(button: Element) -> Element | None:
    """The largest part around a button such as "Accept all" that asks for consent and has no headline in it, however
    long it is.
    """
    label = fold("".join(button.itertext()))
    if len(label) > _LONGEST_LABEL or not answers_consent(label):
        return None
    box = None
    for above in islice(button.iterancestors(), _HIGHEST):
        if above.tag in _NEVER or holds(above, "h1", "article"):
            break
        box = above
    return box if box is not None and asks_consent(visible(box, most=_LONGEST_CONSENT)) else None
