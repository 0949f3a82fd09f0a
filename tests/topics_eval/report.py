"""What the evaluation prints."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from evaluating import Score

from dateline_enrichment.vocabulary import vocabulary
from topics_eval.judging import LEVELS, Judged, language, score

Results = Mapping[str, Sequence[Judged]]


def print_figures(judged: Results, *, every: bool) -> None:
    """A line a set and level; by language and by topic too if asked for."""
    print(f"{'':48}precision recall    F1   right wrong missed")
    for name, items in judged.items():
        silent = sum(not one.codes for one in items)
        print(f"{name}: {len(items)} texts, {silent} without any topic, {sum(one.right for one in items)} all right")
        _print_levels(items, "  level {}")
        _print_levels([one for one in items if one.item.trap], "  traps, level {}")
        if every:
            print("  by language, level 1 and 2")
            for code in sorted({language(one) for one in items}):
                _print_levels([one for one in items if language(one) == code], f"    {code} {{}}")
            print("  by topic")
            for code in sorted(
                {code for one in items for level in LEVELS for code in _concerned(one, level)}, key=_path
            ):
                path = _path(code)
                print(_line(f"{'  ' * len(path)}  {vocabulary().name(code)}", score(items, len(path), code)))


def print_mistakes(judged: Results) -> None:
    """Every text that is not all right, with what is wrong and what is missed."""
    for name, items in judged.items():
        for one in items:
            if not one.right:
                print(f"\n{name}: {one.item.language} {one.item.headline[:90]!r}{' (trap)' if one.item.trap else ''}")
                for level in LEVELS:
                    got, wanted = one.got(level), one.wanted(level)
                    if got != wanted:
                        print(f"    level {level}: wrong {_names(got - wanted)}, missed {_names(wanted - got)}")


def _print_levels(items: Sequence[Judged], title: str) -> None:
    for level in LEVELS:
        if any(one.wanted(level) for one in items):
            print(_line(title.format(level), score(items, level)))


def _line(title: str, of: Score) -> str:
    return f"{title:48}{of.precision:9.3f} {of.recall:6.3f} {of.f1:5.3f}   {of.right:5} {of.wrong:5} {of.missed:6}"


def _concerned(one: Judged, level: int) -> frozenset[str]:
    return one.got(level) | one.wanted(level)


def _path(code: str) -> tuple[str, ...]:
    return vocabulary().path(code)


def _names(codes: Collection[str]) -> str:
    return ", ".join(sorted(vocabulary().name(code) for code in codes)) or "nothing"
