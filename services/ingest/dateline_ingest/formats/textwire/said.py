"""What a text wire's message says of itself, and which earlier ones it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, structs

from dateline_ingest.formats.textwire.slugs import Slug, slug_of
from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.status import latest
from dateline_schemas.story import Link, Pubstatus

_NAMED = re.compile(
    r"(?:slugged|slug|keyword|stichwort|mot-cl[ée]|(?P<titled>headlined|headline|intitul[ée]e?|titul(?:ad|at)[ao]|betitelte?))\s*:?\s*"
    r"(?:[\"“«]([^\"“”«»\n]{3,140})[\"”»]|['‘]([^'‘\n]{3,140}|[^‘\n]{3,140}?)['’](?!\w)|([^\s\"”»,.;()'][^\"”»,;()\n]{2,90}))"
    r"|\b((?:BC|AM|PM|AP)-[^\s,;.()]{1,4}--[^,;()\n]{3,80})|\bstory ((?-i:[A-Z])\w+(?:-{1,2}\w+){1,6})",
    re.IGNORECASE,
)
"""What names a story: in quotes, where commas are of the name, or without; a keyword by its form."""
_ENDS_NAME = re.compile(
    r"\s(?:that|which|sent|moved|is|was|has|from|of|at|on|qui|du|vom|die|der|que|de|del|che|in|,)\s.*", re.IGNORECASE
)
_BESIDE = 40
_STOP = re.compile(r"[.!?;]\s")
_URN = re.compile(r"\b(urn:newsml:[\w.:-]+\w|tag:[\w.-]+,\d{4}:[\w.:-]+\w)")


DOUBTED = "kill:doubted"
"""Signal of what may be a kill or news with such a headline: over a story that exists already it is a kill."""


class Said(Struct, frozen=True, kw_only=True):
    """What a message says of itself."""

    slug: Slug
    pubstatus: Pubstatus = "usable"
    embargo: datetime | None = None
    signals: tuple[str, ...] = ()
    urgency: int | None = None
    lead: int = 0
    """Which lead or update; 0 for a first version."""
    take: int = 0
    ed_note: str = ""
    names: str = ""
    """Keyword of the story that a kill or correction is about, where it names one, or its headline."""
    titled: bool = False
    """Whether it names that by its headline; a story and its kill have one keyword."""
    links: tuple[Link, ...] = ()
    """The earlier messages that it names."""
    marks: frozenset[str] = frozenset()
    """Lines and paragraphs that say nothing but such things: no headline, no body."""

    def held_as(self, other: Said) -> Said:
        """The same, held back as another text is that goes for it, too."""
        status = other.pubstatus if self.pubstatus == "usable" and other.pubstatus == "withheld" else self.pubstatus
        notes = "\n".join(filter(None, (self.ed_note, other.ed_note)))
        return structs.replace(self, embargo=latest(self.embargo, other.embargo), pubstatus=status, ed_note=notes)

    def doubted(self) -> Said:
        """The same, which may take its story back: a desk must look."""
        if self.killed:
            return self
        return structs.replace(self, pubstatus="withheld", signals=(*self.signals, DOUBTED))

    @property
    def killed(self) -> bool:
        """Whether it takes its story back, or may."""
        return self.pubstatus == "canceled" or DOUBTED in self.signals

    @property
    def corrects(self) -> bool:
        """Whether it puts its story right."""
        return "sig:correction" in self.signals

    @property
    def name(self) -> str:
        """Keyword of the story that it belongs to."""
        return self.names or self.slug.name


def named_in(texts: Iterable[str]) -> tuple[str, bool]:
    """The keyword that the texts name, or the headline; and whether it is that."""
    for text in texts:
        if found := next((one for one in _NAMED.finditer(text) if not (one["titled"] and _is_instead(one))), None):
            if quoted := found[2] or found[3]:
                return slug_of(quoted.strip().rstrip(",")).name, bool(found["titled"])
            name = re.split(r"\.\s", (found[4] or found[5] or found[6]).strip())[0].rstrip(".")
            return slug_of(_ENDS_NAME.sub("", name)).name, bool(found["titled"])
    return "", False


def quoted_in(texts: Iterable[str]) -> str:
    """The one thing that the texts quote behind a word for copy: ``the item "Ferry runs again"``.

    No headline is in small letters, and none that of the story to use ``instead``: a kill must not hit that.
    """
    found = (one for text in texts for one in marks().quoted.finditer(text) if not _is_instead(one))
    quoted = {slug_of(one[1].strip().rstrip(",")).name for one in found if not one[1][:1].islower()}
    return quoted.pop() if len(quoted) == 1 else ""


def _is_instead(quoted: re.Match[str]) -> bool:
    """Whether words for a story that is to be used stand beside what is quoted, in its sentence."""
    before, after = quoted.string[: quoted.start()][-_BESIDE:], quoted.string[quoted.end() :][:_BESIDE]
    return marks().instead.search(f"{_STOP.split(before)[-1]}\0{_STOP.split(after)[0]}") is not None


def urns_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The identifiers of other messages that the texts name, each once."""
    return tuple(dict.fromkeys(urn[1] for text in texts for urn in _URN.finditer(text)))
