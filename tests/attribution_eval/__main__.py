"""How right the credits are: precision, recall, F1 for agencies, cited and pictures, and every mistake.

    make eval-attribution                                  all sets: figures, by language, by agency, then every mistake
    .venv/bin/python tests/attribution_eval --set pages    one set: wires, printed, text, pages, cases; may be repeated
    .venv/bin/python tests/attribution_eval --json         the same as one JSON document
    .venv/bin/python tests/attribution_eval --quiet        the figures only
    .venv/bin/python tests/attribution_eval --halves       figures of two halves of each set apart: rules that fit
                                                           single files would be far better on one of them
    .venv/bin/python tests/attribution_eval --measure      write each rule's precision to measured.toml
    .venv/bin/python tests/attribution_eval --check        fail if measured.toml is not what would be written

Sets: `wires` are agency files as they came. `printed` are the same with everything hidden but what readers see:
headline, byline, dateline, body. `text` hides byline and dateline too, where they are not in the body. A wire file is
labelled with its sender alone, so that the first agency of the credit is compared. `pages` are pages of publishers,
labelled by hand; picture agencies that the labels do not know (Getty and the like) are left out. `cases` are our own,
in tests/unit/attribution/cases.toml.

Other people's copy lies beside the repository, in ../shared, or where DATELINE_SHARED says; a set without files is
left out. Exit status 1 when a set misses what it has to reach (report.py), 2 when there is nothing to evaluate.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluating import asked, run

from attribution_eval.judging import Judged, judge
from attribution_eval.labelled import SETS, labelled
from attribution_eval.measuring import check, write
from attribution_eval.report import missed, print_figures, print_halves, print_json, print_mistakes

FLAGS = ("json", "quiet", "halves", "measure", "check")


def main() -> int:
    """Run it; the exit status."""
    options = asked("attribution_eval", __doc__, SETS, **dict.fromkeys(FLAGS, ""))
    sets = SETS if options.measure or options.check else tuple(options.set) or SETS
    judged = {name: tuple(judge(item) for item in labelled(name)) for name in sets}
    judged = {name: items for name, items in judged.items() if items}
    if not judged:
        print("there are no files in the shared folder; set DATELINE_SHARED to the folder that holds wires and pages")
        return 2
    if options.measure or options.check:
        return (write if options.measure else check)(judged)
    _print(judged, options)
    return 1 if missed(judged) else 0


def _print(judged: dict[str, tuple[Judged, ...]], options: argparse.Namespace) -> None:
    if options.json:
        print_json(judged)
    elif options.halves:
        print_halves(judged)
    else:
        print_figures(judged, every=not options.quiet)
        if not options.quiet:
            print_mistakes(judged)


if __name__ == "__main__":
    run(main)
