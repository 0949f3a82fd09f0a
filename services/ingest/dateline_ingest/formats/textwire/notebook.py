"""The notebook under a dpa story: notes for editors, links, contacts, and who reported and edited."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_ingest.formats.values.words import fold, fold_all
from dateline_schemas.story import CreditElement, Link

_LINK = re.compile(r"\[([^\]]{1,200})\]\(\s*(https?://[^\s)]{1,500})\s*\)")
_LONGEST = 50_000
"""Characters of a notebook in which links are looked for."""
_LABEL = re.compile(r"-\s*([^:]{3,40}):\s*(.+)")


class Notebook(Struct, frozen=True):
    """What stands in it."""

    note: str = ""
    """Its text, for editors; not for publication."""
    links: tuple[Link, ...] = ()
    credits: tuple[CreditElement, ...] = ()
    closing: str = ""
    """The line of initials under it, as ``dpa abc xyz``."""


def read_notebook(text: str, *, makers: re.Pattern[str], agency: str) -> Notebook:
    """Read the part of a body that begins with the notebook's heading."""
    lines = _items(text)
    closing = ""
    if lines and not lines[-1].startswith(("-", "#", "*")) and _is_closing(lines[-1], agency):
        closing = lines.pop()
    whole = " ".join(lines)[:_LONGEST]
    links = tuple(Link(href=found[2], rel="related", title=fold(found[1])) for found in _LINK.finditer(whole))
    return Notebook("\n".join(lines), links, tuple(_makers(lines, makers)), closing)


def _items(text: str) -> list[str]:
    """Lines, those that go on indented joined to theirs."""
    out: list[str] = []
    blank = True
    raws = text.splitlines()
    for raw, line in zip(raws, fold_all(raws), strict=True):
        if line and out and not blank and raw[:1] == " " and not line.startswith(("-", "#", "*")):
            out[-1] += f" {line}"
        elif line:
            out.append(line)
        blank = not line
    return out


def _is_closing(line: str, agency: str) -> bool:
    words = line.split()
    first = words[0].lower()
    return len(words) <= 8 and len(line) <= 60 and (first == agency.lower() or first in ("dpa", "afp", "kna", "apa"))


def _makers(lines: list[str], makers: re.Pattern[str]) -> list[CreditElement]:
    labels = (_LABEL.fullmatch(line) for line in lines if line[:1] == "-")
    stated = ((label[1].strip(), label[2].strip()) for label in labels if label)
    return [CreditElement(where="contributor", value=who, role=role) for role, who in stated if makers.fullmatch(role)]
