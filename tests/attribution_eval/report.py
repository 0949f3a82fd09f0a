"""What an evaluation prints."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from evaluating import figures, head, line

from attribution_eval.judging import KINDS, Judged, score

TARGETS = {"wires": 0.97, "text": 0.9, "pages": 0.95, "cases": 1.0}
"""F1 for agencies that a set has to reach, among the stories that name their agency at all."""

Results = Mapping[str, Sequence[Judged]]


def missed(judged: Results) -> list[str]:
    """The sets that do not reach what they have to."""
    return [name for name, least in TARGETS.items() if name in judged and _reached(judged[name]) < least]


def _reached(items: Sequence[Judged]) -> float:
    return score([one for one in items if one.item.named], "agencies").f1


def print_figures(judged: Results, *, every: bool) -> None:
    """A line a set and kind; by language and by agency too if asked for."""
    print(head())
    for name, items in judged.items():
        unread = sum(one.item.story is None for one in items)
        print(f"{name}: {len(items)} stories, {unread} could not be read, {sum(one.right for one in items)} all right")
        for kind in KINDS:
            if any(one.wanted(kind) is not None for one in items):
                print(line(kind, score(items, kind)))
        named = [one for one in items if one.item.named]
        if 0 < len(named) < len(items):
            print(line("agencies, where they are named", score(named, "agencies")))
        if roles := [one for one in items if one.item.role]:
            print(f"  role right: {sum(one.item.role == one.credit.role for one in roles)} of {len(roles)}")
        if every:
            _print_groups(items)


def _print_groups(items: Sequence[Judged]) -> None:
    print("  agencies by language")
    for language in sorted({one.item.language for one in items}):
        counted = score([one for one in items if one.item.language == language], "agencies")
        print(line(f"    {language or '(not stated)'}", counted))
    print("  agencies by agency")
    for agency in sorted({agency for one in items for agency in (*one.item.agencies, *one.got("agencies"))}):
        print(line(f"    {agency}", score(items, "agencies", agency)))


def print_halves(judged: Results) -> None:
    """F1 for agencies of two halves, by the names of the files."""
    for name, items in judged.items():
        for half in (0, 1):
            print(line(f"{name}, half {half + 1}", score([one for one in items if half_of(one) == half], "agencies")))


def half_of(one: Judged) -> int:
    """0 or 1, the same for a file in every run."""
    return zlib.crc32(one.item.name.encode()) & 1


def print_mistakes(judged: Results) -> None:
    """Every story that is not all right, with the evidence."""
    for name, items in judged.items():
        for one in items:
            if not one.right:
                _print_mistake(name, one)


def _print_mistake(name: str, one: Judged) -> None:
    print(f"\n{name}: {one.item.name}{' (names no agency in what is shown)' if not one.item.named else ''}")
    if one.item.story is None:
        print(f"    not read: {one.item.fault[:160]}")
    for kind in KINDS:
        wanted = one.wanted(kind)
        if wanted is not None and wanted != one.got(kind):
            print(f"    {kind}: {_ids(one.got(kind))}, should be {_ids(wanted)}")
    if one.item.role not in ("", one.credit.role):
        print(f"    role: {one.credit.role}, should be {one.item.role}")
    for item in one.credit.evidence:
        what = f"{item.means:7} {item.agency:12} {item.confidence:.2f} {item.rule:26}"
        print(f"      {what} {item.where}: {item.text[:90]!r}")


def print_json(judged: Results) -> None:
    """The figures, and every mistake, as one document."""
    document = {
        name: {
            "stories": len(items),
            **{kind: figures(score(items, kind)) for kind in KINDS if items[0].wanted(kind) is not None},
            "named": figures(score([one for one in items if one.item.named], "agencies")),
            "languages": {
                language: figures(score([one for one in items if one.item.language == language], "agencies"))
                for language in sorted({one.item.language for one in items})
            },
            "by_agency": {
                agency: figures(score(items, "agencies", agency))
                for agency in sorted({agency for one in items for agency in (*one.item.agencies, *one.got("agencies"))})
            },
            "mistakes": [_mistake(one) for one in items if not one.right],
        }
        for name, items in judged.items()
    }
    print(json.dumps(document, ensure_ascii=False, indent=1))


def _mistake(one: Judged) -> dict[str, Any]:
    kinds = {
        kind: {"found": sorted(one.got(kind)), "right": sorted(wanted)}
        for kind in KINDS
        if (wanted := one.wanted(kind)) is not None and wanted != one.got(kind)
    }
    role = {"found": one.credit.role, "right": one.item.role or one.credit.role}
    return {"name": one.item.name, "fault": one.item.fault, "named": one.item.named, "role": role, **kinds}


def _ids(ids: frozenset[str]) -> str:
    return ", ".join(sorted(ids)) or "nobody"
