"""Publishing status and urgency, as every format states them in its own spelling."""

from __future__ import annotations

from datetime import datetime

from dateline_schemas.story import Pubstatus

_STATUS: dict[str, Pubstatus] = {"": "usable", "usable": "usable", "alwaysusable": "usable", "published": "usable"}
_STATUS |= dict.fromkeys(("canceled", "cancelled", "killed", "kill", "recalled", "retracted", "deleted"), "canceled")
_NOTHING = " 0-:./TZ"
"""What a time is made of that is none."""
_NONE = frozenset(("", "false", "no", "none", "null", "nil", "n/a", "undefined", "off", "lifted"))
_NONE |= frozenset(("nein", "non", "nej", "nee", "nei", "nie", "não"))
"""What stands in a field of an embargo where there is none."""
_STRICTEST: tuple[Pubstatus, ...] = ("usable", "withheld", "canceled")


def pubstatus(code: str, *, embargoed: bool = False) -> Pubstatus:
    """IPTC pubstatus from a code, a qcode or a URI.

    Nothing stated means usable (NewsML-G2 and ninjs say so). A status that nobody knows means withheld: better held
    than run by mistake. ``embargoed`` says that the message gives a time: then the status embargoed means usable.
    """
    if code in _STATUS:  # as most are
        return _STATUS[code]
    word = _word(code)
    if word == "embargoed" and embargoed:
        return "usable"
    return _STATUS.get(word, "withheld")


def is_pulled(code: str) -> bool:
    """Whether a code, a qcode or a URI is IPTC's withheld itself, not another status that is treated as withheld."""
    return code not in _STATUS and _word(code) == "withheld"


def _word(code: str) -> str:
    return code.strip().replace("/", ":").rpartition(":")[2].lower()


def embargoed_pubstatus(code: str, stated: str, embargo: datetime | None) -> Pubstatus:
    """The pubstatus of a message that may have an embargo: as it is ``stated``, and as it was read (``embargo``).

    A stated embargo that cannot be read must not leak: usable becomes withheld.
    """
    status = pubstatus(code, embargoed=embargo is not None)
    return "withheld" if status == "usable" and embargo is None and is_stated(stated) else status


def is_stated(embargo: str) -> bool:
    """Whether a field of an embargo has one: not ``false``, ``none``, ``-``, ``0000-00-00``."""
    return embargo.strip(_NOTHING).lower() not in _NONE


def stricter(one: Pubstatus, other: Pubstatus) -> Pubstatus:
    """The stricter of two statuses that both apply to a story."""
    return max(one, other, key=_STRICTEST.index)


def latest(*moments: datetime | None) -> datetime | None:
    """The latest of the stated moments; for embargoes that all apply, the one that ends last."""
    return max(filter(None, moments), default=None)


def urgency(value: str) -> int | None:
    """1 to 9, or None."""
    value = value.strip()
    return int(value) if len(value) == 1 and value in "123456789" else None
