"""How often each rule is right on other people's copy: ``measured.toml``, which the decision weighs rules by.

Counted are the findings of copy and of citations in `wires` and `pages`. Not counted are our own cases, which were
written for the rules, and pictures: the labels of pages name the pictures that a person saw, not all that a page has.
A wire file is labelled with its sender alone, so that only what credits the sender, or nobody else, can be judged:
another agency's credit counts as wrong only where the sender is missing.

A shape of datelines is right where the message names its place in a field of its own, which is hidden from it. A byline
is right about a person where the message states that person as an author in an element of its own; where it states
logins and agencies there, it is no label. The other ways of signing, and what says that copy was translated or
rewritten, have no label in those sets: nothing states who helped and who edited but those words. They are counted on
lines of our own (signings.toml), whose labels were written before any rule was tried on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from attribution_eval.judging import Judged
from attribution_eval.signings import signings
from dateline_attribution.credits import weigh
from dateline_attribution.datelines import cut_dateline
from dateline_attribution.findings import habits
from dateline_attribution.persons import is_person
from dateline_attribution.spelling import letters
from dateline_attribution.tableset import package_tables

TABLE = Path(__file__).resolve().parents[2] / "services/attribution/dateline_attribution/measured.toml"
_HEAD = """\
# How often each rule was right on labelled copy. Written by `.venv/bin/python tests/attribution_eval --measure`, and
# compared by `--check`; not by hand. The decision weighs these counts against the confidence reasoned in its table,
# which counts as ten findings (measured.py).
"""


def write(judged: Mapping[str, Sequence[Judged]]) -> int:
    """Write the table; the exit status."""
    TABLE.write_text(_table(judged), encoding="utf-8")
    print(f"written: {TABLE.name}")
    return 0


def check(judged: Mapping[str, Sequence[Judged]]) -> int:
    """Compare the table with what would be written; the exit status."""
    if TABLE.read_text("utf-8") == _table(judged):
        print(f"{TABLE.name} is what is measured")
        return 0
    print(f"{TABLE.name} is not what is measured; write it with --measure")
    return 1


def _table(judged: Mapping[str, Sequence[Judged]]) -> str:
    found: list[tuple[str, bool]] = []
    right: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for name in ("wires", "pages"):
        for one in judged.get(name, ()):
            found += chain(_findings(one), _datelines(one), _bylines(one))
    for rule, is_right in (*found, *signings()):
        met[rule] += 1
        right[rule] += is_right
    rows = [f'[rule."{rule}"]\nright = {right[rule]}\nmet = {met[rule]}\n' for rule in sorted(met)]
    return "\n".join((_HEAD, *rows))


def _findings(one: Judged) -> Iterator[tuple[str, bool]]:
    """Each rule once a story and agency, with whether the label bears it out."""
    if one.item.story is None:
        return
    weighing = weigh(one.item.story, None, package_tables())
    for habit in habits(weighing.parts, package_tables().rules):
        yield habit.rule, habit.agency in one.item.agencies
    findings = [finding for finding in weighing.findings if not finding.rule.startswith("habit.")]
    for rule, agency, means in sorted({(item.rule, item.agency, item.means) for item in findings}):
        if one.item.sender and means == "copy":
            alone = not set(one.item.agencies) & set(one.credit.agencies)
            if agency in one.item.agencies or alone:
                yield rule, agency in one.item.agencies
        elif not one.item.sender and means in ("copy", "cited"):
            yield (
                rule,
                agency in (one.item.agencies if means == "copy" else (*one.item.agencies, *(one.item.cited or ()))),
            )


def _datelines(one: Judged) -> Iterator[tuple[str, bool]]:
    """The shape that the text has, with whether the message's own field names the place."""
    story, tables = one.item.story, package_tables()
    if story is None:
        return
    stated, _ = cut_dateline(replace(story, paragraphs=()), tables.book, tables.datelines)
    hidden, _ = cut_dateline(replace(story, dateline=""), tables.book, tables.datelines, one.credit.agencies)
    if stated and stated.place and hidden and hidden.place:
        yield hidden.rule, hidden.place.casefold() in stated.text.casefold()


def _bylines(one: Judged) -> Iterator[tuple[str, bool]]:
    """Persons of the byline, with whether the message states them as its authors."""
    story, words = one.item.story, package_tables().bylines
    said = [item.value for item in story.credits if item.where == "author"] if story else []
    stated = [letters(name) for name in said if is_person(name, words)]
    for author in one.credit.authors if stated else ():
        if author.rule == "bylines.byline":
            yield author.rule, any(letters(author.name) in names for names in stated)
