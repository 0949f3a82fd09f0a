"""What a reader of releases asks for: as people type it, and as the subjects of TOPICS have it.

The server accepts a filter that no subject ever matches: after a typing error the reader would wait for ever.
"""

from __future__ import annotations

import re
from argparse import Action, ArgumentError, ArgumentParser, Namespace
from typing import Any

from msgspec import Struct

from dateline_operate.console.failure import Failure
from dateline_operate.console.guessing import meant, nearest
from dateline_operate.functions import function, house_tables
from dateline_schemas.subjects import token, topic_filter

NONE = "none"
"""Token in a subject for what is not known."""
UNDETERMINED = "und"
"""The language of a text of which nobody can tell (BCP 47)."""
_CODE = re.compile(r"\d{8}")


class Wanted(Struct, frozen=True):
    """A filter, and what may be wrong with it, as sentences."""

    subject: str
    doubts: tuple[str, ...] = ()


class _Once(Action):
    """A part of the filter. Who says it twice wants both, and a subject has room for one."""

    def __call__(self, parser: ArgumentParser, into: Namespace, value: Any, option: str | None = None) -> None:
        if getattr(into, self.dest) != self.default:
            raise ArgumentError(self, "stands twice; for both take two names, or leave it out and choose from all")
        setattr(into, self.dest, value)


def wanted_arguments(parser: ArgumentParser) -> None:
    """Add the options for it."""
    for option, metavar, said in (
        ("--topic", "CODE", "IPTC media topic of the top level, e.g. 11000000"),
        ("--sub-topic", "CODE", "media topic of the second level"),
        ("--language", "L", "e.g. en"),
        ("--agency", "A", "agency that leads the credit, e.g. AFP"),
    ):
        parser.add_argument(option, action=_Once, metavar=metavar, default="", help=said)


def wanted(topic: str, sub_topic: str, language: str, agency: str) -> Wanted:
    """The filter for these; an empty one matches anything. Raises Failure for what no subject can have.

    What this release does not know is only a doubt: the log may have it by a house's table or an older release.
    """
    doubts: list[str] = []
    parts = (
        _topic("--topic", topic, 1, doubts),
        _topic("--sub-topic", sub_topic, 2, doubts),
        _language(language, doubts),
        _agency(agency, doubts),
    )
    return Wanted(topic_filter(*parts), tuple(doubts))


def _agency(said: str, doubts: list[str]) -> str:
    """Its id, however it was written; also as subjects have it."""
    if not said or said.lower() == NONE:
        return said.lower()
    try:
        known: frozenset[str] = function("agency_ids", "dateline-attribution")(tables=house_tables())
    except Failure:
        return said
    for agency in known:
        if said.lower() in (agency.lower(), token(agency).lower()):
            return agency
    doubts.append(
        f"no agency has the id {said!r}{meant(said, known)}. Unless a file of the house has it, nothing comes."
    )
    return said


def _language(said: str, doubts: list[str]) -> str:
    """Its tag. Raises Failure where it is neither a tag nor a language's English name."""
    if not said or said.lower() in (NONE, UNDETERMINED):
        return said.lower()
    try:
        tag: str = function("language_tag", "dateline-enrichment")(said)
        known: dict[str, str] = function("languages", "dateline-enrichment")()
    except Failure:
        return said
    by_name = {name.lower(): code for code, name in known.items() if name}
    if not (found := by_name.get(said.lower()) or tag):
        fault = f"--language {said!r} is no language's tag or name{meant(said, known.values())}."
        raise Failure(fault, "Languages have tags, as en or pt-BR; English names will do, too.", code=2)
    if found.partition("-")[0] not in known:
        doubts.append(f"no language that Dateline knows has the tag {found!r}: only copy that states it comes.")
    return found


def _topic(option: str, said: str, level: int, doubts: list[str]) -> str:
    """Its code. Raises Failure for what is neither a code nor a name, or a topic of another level."""
    if not said or said.lower() == NONE:
        return said.lower()
    try:
        known: dict[str, tuple[str, tuple[str, ...]]] = function("media_topics", "dateline-enrichment")()
    except Failure:
        known = {}
    named = {name.lower(): code for code, (name, path) in known.items() if len(path) == level}
    code = named.get(said.lower(), said)
    if not _CODE.fullmatch(code):
        within = [one for name, one in named.items() if said.lower() in name]
        near = within or [named[name] for name in nearest(said, named)]
        perhaps = f"; {near[0]} ({known[near[0]][0]}), perhaps" if near else ""
        advice = f"It has eight digits, as in 11000000; {NONE} stands for stories without a topic."
        raise Failure(f"{option} {said!r} is no code or name of a media topic{perhaps}.", advice, code=2)
    if known and code not in known:
        doubts.append(f"no media topic of this release has the code {code}.")
    elif known and len(known[code][1]) != level:
        raise Failure(f"{option} {code} ({known[code][0]}) is of another level.", _instead(known[code][1]), code=2)
    return code


def _instead(path: tuple[str, ...]) -> str:
    """How to ask for what has a topic, as far as subjects tell."""
    return f"Say --topic {path[0]}{f' --sub-topic {path[1]}' if len(path) > 1 else ''}."
