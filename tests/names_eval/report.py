"""What the evaluation prints."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from evaluating import figures, head, line

from dateline_enrichment.gazetteer import atlas
from names_eval.judging import KINDS, Judged, score

Results = Mapping[str, Sequence[Judged]]


def print_figures(judged: Results, *, every: bool) -> None:
    """A line a set and kind, once more for the traps; by language too if asked for."""
    print(head())
    for name, items in judged.items():
        print(f"{name}: {len(items)} passages, {sum(one.right for one in items)} all right")
        _print_kinds(items, "{}")
        _print_kinds([one for one in items if one.item.trap], "traps, {}")
        if every:
            print("  by language")
            for code in languages(items):
                _print_kinds([one for one in items if one.item.language == code], f"  {code} {{}}")


def print_mistakes(judged: Results) -> None:
    """Every passage that is not all right, with what is wrong and what is missed."""
    for name, items in judged.items():
        for one in items:
            if not one.right:
                print(f"\n{name}: {one.item.language} {_title(one)!r}{' (trap)' if one.item.trap else ''}")
                for kind, (wrong, missed) in _mistakes(one).items():
                    print(f"    {kind}: wrong {', '.join(wrong) or 'nothing'}, missed {', '.join(missed) or 'nothing'}")


def print_json(judged: Results, *, mistakes: bool) -> None:
    """The figures, and every mistake if asked for, as one document."""
    document = {name: _set(items, mistakes=mistakes) for name, items in judged.items()}
    print(json.dumps(document, ensure_ascii=False, indent=1))


def languages(items: Sequence[Judged]) -> list[str]:
    """The languages of a set, in order."""
    return sorted({one.item.language for one in items})


def _print_kinds(items: Sequence[Judged], title: str) -> None:
    for kind in KINDS:
        counted = score(items, kind)
        if counted.right + counted.wrong + counted.missed:
            print(line(title.format(kind), counted))


def _set(items: Sequence[Judged], *, mistakes: bool) -> dict[str, Any]:
    found = {
        "passages": len(items),
        "right": sum(one.right for one in items),
        **_kinds(items),
        "traps": _kinds([one for one in items if one.item.trap]),
        "languages": {code: _kinds([one for one in items if one.item.language == code]) for code in languages(items)},
    }
    return found | ({"mistakes": [_mistake(one) for one in items if not one.right]} if mistakes else {})


def _kinds(items: Sequence[Judged]) -> dict[str, dict[str, float]]:
    return {kind: figures(score(items, kind)) for kind in KINDS}


def _mistake(one: Judged) -> dict[str, Any]:
    kinds = {kind: {"wrong": wrong, "missed": missed} for kind, (wrong, missed) in _mistakes(one).items()}
    return {"language": one.item.language, "title": _title(one), "trap": one.item.trap, **kinds}


def _mistakes(one: Judged) -> dict[str, tuple[list[str], list[str]]]:
    """Kind -> (names that are wrong, names that are missed), of the kinds that are not all right."""
    return {
        kind: (_shown(kind, got - wanted), _shown(kind, wanted - got))
        for kind in KINDS
        if (got := one.got(kind)) != (wanted := one.wanted(kind))
    }


def _shown(kind: str, names: Collection[str]) -> list[str]:
    if kind != "places":
        return sorted(names)
    book = atlas()
    rows = [book.places[book.at[name]] for name in names if name in book.at]
    return sorted(f"{row.name} ({row.country}, {row.id})" for row in rows)


def _title(one: Judged) -> str:
    return one.item.headline or one.item.text[:60]
