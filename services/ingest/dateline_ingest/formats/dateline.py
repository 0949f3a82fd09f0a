"""The dateline that opens a wire text: ``NIAMEY, March 26 (AFP) -``, ``London (dpa) -``, ``(ANSA) - ROMA, 1 LUG -``."""

from __future__ import annotations

import re

_PLACE = r"[^\W\d_][\w .,'’\-/]{1,70}?"
_AGENCY = r"[\w .,/&'’–-]{2,40}"
_DASH = r"(?:--|[-–—−_:])"
_FORMS = (
    re.compile(rf"({_PLACE}\s*[,;]?\s*\({_AGENCY}\)\s*{_DASH}+)\s*\S"),
    re.compile(rf"({_PLACE}\s*{_DASH}\s*\({_AGENCY}\)\s*{_DASH}*)\s*\S"),
    re.compile(rf"(\({_AGENCY}\)\s*{_DASH}\s*{_PLACE}(?:,[^-–—]{{1,20}})?\s*[-–—]+)\s+\S"),
    re.compile(r"((?:新华社|新華社|中新社|中新网|中央社)[^，。,]{1,20}?[电電])"),
    re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40}(?:,\s[^-–—(]{2,30})?\s+(?:--|[–—-]))\s+\S"),
)
_REACH = 140


def dateline_of(paragraph: str) -> str:
    """The dateline at the start of a paragraph as written, its dash included; empty if there is none."""
    head = paragraph[:_REACH]
    for form in _FORMS:
        if found := form.match(head):
            return found[1].strip()
    return ""
