"""How right the credits are on other people's copy: `python tests/unit/attribution/evaluate_shared.py [-v]`.

Reads $DATELINE_SHARED (default: the folder `shared` beside the repository), prints precision, recall and F1 and every
mistake. Wires: the sender must be among the agencies. Pages: agencies, role, cited and pictures as labelled by hand;
picture agencies that the labels do not know (Getty and the like) are not counted against us.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from dateline_attribution.agencies import load_book
from dateline_attribution.credits import credit
from dateline_ingest.formats import parse
from dateline_schemas.story import Credit, CreditElement, Story

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).resolve().parents[4] / "shared"))
LABEL_IDS = {
    "Superdesk/AAP": "AAP",
    "TT/Solita": "",
    "email sample": "",
    "IPTC example": "",
    "BBC LDRS": "LDRS",
    "AP/Automated Insights (same file as core ap.xml)": "Automated Insights",
}
"""What a label of wires/expected.jsonl means: the id, or nothing where no agency sent the file."""


class Score:
    """Counts of right, wrong and missed ids."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.right = self.wrong = self.missed = 0

    def add(self, got: set[str], wanted: set[str]) -> bool:
        """Count one file; say whether it was all right."""
        self.right += len(got & wanted)
        self.wrong += len(got - wanted)
        self.missed += len(wanted - got)
        return got == wanted

    def __str__(self) -> str:
        """Precision, recall, F1."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({counts})"


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


ELEMENTS = {
    "provider": "provider",
    "distributor": "provider",
    "creditline": "creditline",
    "copyrightline": "copyrightnotice",
    "doc.copyright": "copyrightholder",
    "dateline": "dateline",
    "byline": "byline",
    "source": "source",
}


def from_elements(row: dict[str, Any]) -> tuple[Story, ...]:
    """What a file in a format without a reader states about its origin, from the row's plain XPath reading."""
    credits = tuple(
        CreditElement(where=ELEMENTS[name.lower()], value=value)
        for item in row.get("credits", ())
        for name, values in item.items()
        for value in values
        if name.lower() in ELEMENTS
    )
    return (
        (Story(guid=row.get("guid") or "none", headline=row.get("headline") or "", credits=credits),) if credits else ()
    )


def stories(data: bytes, hint: str = "", url: str = "") -> tuple[Story, ...]:
    """The stories of a file; none if it cannot be parsed, which is then said."""
    try:
        return parse(data, hint=hint, url=url).stories
    except Exception as error:
        if "-v" in sys.argv:
            print(f"    not parsed: {type(error).__name__}: {str(error)[:100]}")
        return ()


def show(name: str, got: Credit, wanted: str) -> None:
    """Print one mistake with its evidence."""
    print(f"  {name}\n    got {got.agencies} {got.role} cited {got.cited} pictures {got.pictures}; wanted {wanted}")
    for item in got.evidence:
        what = f"{item.means:7} {item.agency:10} {item.confidence:.2f} {item.rule:26}"
        print(f"      {what} {item.where}: {item.text[:90]!r}")


def evaluate_wires() -> None:
    """Run over wires/."""
    score, stating, first, review = Score(), Score(), Counter[bool](), 0
    for row in rows(SHARED / "wires" / "expected.jsonl"):
        agency = LABEL_IDS.get(row["agency"], row["agency"])
        found = stories((SHARED / "wires" / row["file"]).read_bytes()) or from_elements(row)
        if not found:
            print(f"  {row['file']} ({row['agency']})")
            continue
        got = credit(found[0])
        review += got.needs_review
        wanted = {agency} & {known.id for known in load_book().agencies} if agency else set()
        sender = set(got.agencies[:1])
        first[sender == wanted] += 1
        if row.get("credits"):
            stating.add(sender, wanted)
        if not score.add(sender, wanted) or (got.needs_review and "-v" in sys.argv):
            show(row["file"], got, f"{agency or 'nobody'} {got.reason}")
    print(f"wires, sender: {score}; {first[True]} of {first.total()} files right; {review} for review")
    print(f"wires that state their origin in metadata: {stating}\n")


def evaluate_pages() -> None:
    """Run over pages/."""
    named, cited, pictures, roles = Score(), Score(), Score(), Counter[bool]()
    others = {known.id for known in load_book().agencies if known.kind == "picture"}
    rules: dict[str, Counter[bool]] = {}
    for row in rows(SHARED / "pages" / "labels.jsonl"):
        found = stories(
            gzip.decompress((SHARED / "pages" / row["file"]).read_bytes()),
            hint="text/html",
            url=f"https://{row['page']}",
        )
        if not found:
            print(f"  {row['file']}")
            continue
        got = credit(found[0])
        right = named.add(set(got.agencies), set(row["agencies"]))
        roles[got.role == row["role"]] += 1
        right &= got.role == row["role"]
        right &= cited.add(set(got.cited), set(row["cited"]))
        right &= pictures.add(set(got.pictures) - others, set(row["pictures"]))
        for item in got.evidence:
            truth = row[{"copy": "agencies", "cited": "cited", "picture": "pictures"}.get(item.means, "cited")]
            rules.setdefault(item.rule, Counter())[item.agency in truth] += 1
        if not right:
            show(row["file"], got, f"{row['agencies']} {row['role']} cited {row['cited']} pictures {row['pictures']}")
    print(f"pages, agencies: {named}\npages, cited:    {cited}\npages, pictures: {pictures}")
    print(f"pages, role: {roles[True]} of {roles.total()} right\n\nrules on pages (right/met):")
    for rule, count in sorted(rules.items()):
        print(f"  {rule:30} {count[True]}/{count.total()}")


if __name__ == "__main__":
    evaluate_wires()
    evaluate_pages()
