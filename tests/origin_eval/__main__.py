"""How right origins are: edited copies of agency texts that are found, and other texts that are taken for copies.

    make eval-origin                                  precision and recall, by kind of edit and by share kept
    .venv/bin/python tests/origin_eval --seed 7       the same with another editor
    .venv/bin/python tests/origin_eval --mistakes     every text that was judged wrongly, besides

A seeded editor makes copies of the agency texts in ../shared/wires (or where DATELINE_SHARED says), with sentences of
../shared/pages for the outlet's own reporting. Not to be found: stories with a third or less of the agency's
sentences ("background"), with the same speech in quotation marks, with boilerplate that many stories have, outlets'
pages, and each agency text among those of the others. Exit status 1 when precision is under 0.99 or recall under 0.95,
2 when there is nothing to evaluate.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluating import run

from origin_eval.trying import Tried, tries

PRECISION, RECALL = 0.99, 0.95


def main() -> int:
    """Run it; the exit status."""
    asked = argparse.ArgumentParser(
        prog="origin_eval", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--seed", type=int, default=1, help="of the editor (default %(default)s)")
    asked.add_argument("--mistakes", action="store_true", help="every wrong judgement")
    options = asked.parse_args()
    tried = list(tries(options.seed))
    if not tried:
        print("there are no files in the shared folder; set DATELINE_SHARED to the folder that holds wires and pages")
        return 2
    _print_rows(tried)
    precision, recall = figures(tried)
    print(f"\nprecision {precision:.3f}   recall {recall:.3f}   of {len(tried)} texts, seed {options.seed}")
    if options.mistakes:
        _print_mistakes(tried)
    return 0 if precision >= PRECISION and recall >= RECALL else 1


def figures(tried: Iterable[Tried]) -> tuple[float, float]:
    """Precision and recall: a copy counts as found only with the right origin."""
    found = [one for one in tried if one.origin]
    copies = [one for one in tried if one.is_copy]
    right = sum(one.right and one.is_copy for one in found)
    return right / max(1, len(found)), right / max(1, len(copies))


def _print_rows(tried: Iterable[Tried]) -> None:
    rows: dict[tuple[bool, str, float], list[Tried]] = defaultdict(list)
    for one in tried:
        rows[not one.is_copy, one.kind, -one.kept].append(one)
    print(f"{'':24}{'kept':>6}{'texts':>7}{'found':>7}{'wrong':>7}{'share found':>13}")
    last = None
    for (no_copy, kind, kept), ones in rows.items():
        if no_copy != last:
            print("copies" if not no_copy else "no copies")
            last = no_copy
        found = sum(one.right if one.is_copy else bool(one.origin) for one in ones)
        wrong = sum(bool(one.origin) and not (one.is_copy and one.right) for one in ones)
        share = f"{-kept:.0%}" if kept else "-"
        print(f"  {kind:22}{share:>6}{len(ones):7}{found:7}{wrong:7}{found / len(ones):13.3f}")


def _print_mistakes(tried: Iterable[Tried]) -> None:
    for one in tried:
        if bool(one.origin) != one.is_copy or (one.is_copy and not one.right):
            what = f"taken for a copy of {one.origin} ({one.overlap:.0%})" if one.origin else "not found"
            print(f"{one.kind} {one.kept:.0%} {one.name} ({one.language}): {what}")


if __name__ == "__main__":
    run(main)
