"""Agencies that are the news: a text that tells of one does not have its facts from it."""

from __future__ import annotations

from collections import Counter

from dateline_attribution.takings import Finding


def without_newsmakers(found: list[Finding]) -> list[Finding]:
    """The findings without citations of agencies that the headline tells of, or the text as often as it cites them."""
    telling = [finding for finding in found if finding.means == "told"]
    if not telling:
        return found
    told = Counter([finding.agency for finding in telling])
    cited = Counter([finding.agency for finding in found if finding.means == "cited"])
    headed = {finding.agency for finding in telling if finding.place == "headline"}
    news = headed.union(agency for agency in told if told[agency] >= cited[agency])
    kept = [finding for finding in found if finding.means != "told"]
    return [finding for finding in kept if finding.means != "cited" or finding.agency not in news]
