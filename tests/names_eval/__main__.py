"""How right the people, places and organisations are: precision, recall, F1 by kind and language, and every mistake.

    make eval-names                                       both sets: figures, by language, then every mistake
    .venv/bin/python tests/names_eval --set development   one set: development or heldout
    .venv/bin/python tests/names_eval --json              the same as one JSON document
    .venv/bin/python tests/names_eval --quiet             the figures only

Both sets are short passages of our own in 30 languages; four in ten are traps, with words that look like names of
another kind: people called like towns, towns that bear the same name, clubs, companies, ships and laws. Each goes the
way of a story: credited, then analysed. Rules and tables may be mended on `development` alone, so `--quiet` is the way
to look at `heldout`.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluating import asked, run

from names_eval.judging import judge
from names_eval.labelled import SETS, labelled
from names_eval.report import print_figures, print_json, print_mistakes


def main() -> None:
    """Run it."""
    options = asked("names_eval", __doc__, SETS, json="one JSON document", quiet="the figures only")
    judged = {name: tuple(map(judge, labelled(name))) for name in options.set or SETS}
    if options.json:
        print_json(judged, mistakes=not options.quiet)
        return
    print_figures(judged, every=not options.quiet)
    if not options.quiet:
        print_mistakes(judged)


if __name__ == "__main__":
    run(main)
