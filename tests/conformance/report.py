"""The findings as a table, a list of misses, or JSON."""

from __future__ import annotations

import sys
from collections import Counter

import msgspec
from conformance.compare import FIELDS
from conformance.running import Finding

_WIDEST = 150


def print_table(findings: list[Finding]) -> None:
    """Format x field: right, wrong, absent, and those that the file is to blame for."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for finding in findings:
        outcome = "explained" if finding.reason else finding.check.verdict
        counts.setdefault((finding.format, finding.check.field), Counter())[outcome] += 1
    formats = sorted({finding.format for finding in findings})
    print("right / wrong / absent (+ explained); . is not stated, or the file was not read\n")
    width = max(len(name) for name in FIELDS) + 2
    print(" " * width + "".join(f"{name[:17]:>18}" for name in (*formats, "all")))
    for field in FIELDS:
        cells = [counts.get((name, field), Counter()) for name in formats]
        print(f"{field:<{width}}" + "".join(f"{_cell(cell):>18}" for cell in (*cells, sum(cells, Counter()))))
    print()


def _cell(outcomes: Counter[str]) -> str:
    if not outcomes:
        return "."
    shown = f"{outcomes['right']} / {outcomes['wrong']} / {outcomes['absent']}"
    return shown + (f" (+{outcomes['explained']})" if outcomes["explained"] else "")


def print_misses(findings: list[Finding]) -> None:
    """Each thing that is wrong or absent, and then what the files are at fault for."""
    missed = [finding for finding in findings if finding.unexplained]
    for finding in missed:
        check = finding.check
        print(f"{check.verdict:6} {finding.file}  {check.field}")
        print(f"         expected  {_short(check.expected)}")
        if check.found:
            print(f"         found     {_short(check.found)}")
    for finding in findings:
        if finding.reason:
            print(f"known  {finding.file}  {finding.check.field}: {_short(finding.check.expected)}")
            print(f"         because   {finding.reason}")
    explained = sum(1 for finding in findings if finding.reason)
    print(f"\n{len(findings)} checks, {len(missed)} missed, {explained} explained")


def print_json(findings: list[Finding]) -> None:
    """One object: ``checks`` in all, and ``misses``, explained or not."""
    misses = [msgspec.to_builtins(finding) for finding in findings if finding.check.verdict != "right"]
    document = {"checks": len(findings), "misses": misses}
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document)) + b"\n")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
