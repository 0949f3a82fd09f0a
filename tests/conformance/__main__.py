"""Read every wire file and tell, format by format and field by field, what is right, wrong, absent.

    make conformance                              all formats: table, then every miss with expected and found
    .venv/bin/python tests/conformance --format nitf [--format newsml-1-x]     only these folders
    .venv/bin/python tests/conformance --json     the same as one JSON document
    .venv/bin/python tests/conformance --quiet    the table only

Exit status 1 when something is wrong or absent that known_misses.toml does not explain, 2 when there are no files.
The files lie beside the repository, in ../shared/wires, or where DATELINE_SHARED names the folder above `wires`.

A guid is right when the story's guid or one of its other identifiers is it. Of a file with several stories, the one
with the guid or the headline is compared, else the first. Credits are looked for in every text of every story of
the file; letters and digits count, spaces, dashes and case do not. Body words may be off by 2 %.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance.report import print_json, print_misses, print_table
from conformance.running import run
from conformance.stated import WIRES


def main() -> int:
    """Run it; the exit status."""
    asked = argparse.ArgumentParser(
        prog="conformance", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--format", action="append", default=[], help="a folder under wires; may be repeated")
    asked.add_argument("--json", action="store_true", help="print one JSON document")
    asked.add_argument("--quiet", action="store_true", help="print the table only")
    options = asked.parse_args()
    if not WIRES.is_dir():
        print(f"there are no wire files in {WIRES}; set DATELINE_SHARED to the folder that holds `wires`")
        return 2
    findings = run(frozenset(options.format))
    if options.json:
        print_json(findings)
    else:
        print_table(findings)
        if not options.quiet:
            print_misses(findings)
    return 1 if any(finding.unexplained for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
