"""How right the topics are that words tell: precision, recall, F1 by language and by topic, and every mistake.

    make eval-topics                                       all sets: figures, by language, by topic, then every mistake
    .venv/bin/python tests/topics_eval --set development   one set: development, heldout, wires; may be repeated
    .venv/bin/python tests/topics_eval --quiet             the figures only

Sets: `development` and `heldout` are short news texts of our own in 31 languages, labelled at the first and second
level; one in six or so is a trap, full of the words of another topic. Words and weights may be tuned on `development`
alone, so `--quiet` is the way to look at `heldout`. `wires` are agency files whose sender states topics, which are
hidden and serve as the label at the first level; they lie beside the repository, in ../shared, or where
DATELINE_SHARED says, and are left out where absent.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluating import asked, run

from topics_eval.judging import judge
from topics_eval.labelled import SETS, labelled
from topics_eval.report import print_figures, print_mistakes


def main() -> None:
    """Run it."""
    options = asked("topics_eval", __doc__, SETS, quiet="the figures only")
    judged = {name: tuple(map(judge, labelled(name))) for name in options.set or SETS}
    judged = {name: items for name, items in judged.items() if items}
    print_figures(judged, every=not options.quiet)
    if not options.quiet:
        print_mistakes(judged)


if __name__ == "__main__":
    run(main)
