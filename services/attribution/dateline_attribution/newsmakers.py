"""Agencies that are the news: a text that tells of one does not have its facts from it, unless it says so."""

from __future__ import annotations

import re
from collections import Counter

from dateline_attribution.takings import Finding


def without_newsmakers(found: list[Finding], sources: re.Pattern[str]) -> list[Finding]:
    """The findings without citations of agencies that the headline tells of, or the text as often as it cites them.

    A citation whose words match ``sources`` ("according to") stays: such an agency is the news and its source.
    """
    telling = [finding for finding in found if finding.means == "told"]
    if not telling:
        return found
    told = Counter([finding.agency for finding in telling])
    cited = Counter([finding.agency for finding in found if finding.means == "cited"])
    headed = {finding.agency for finding in telling if finding.place == "headline"}
    news = headed.union(agency for agency in told if told[agency] >= cited[agency])
    kept = [finding for finding in found if finding.means != "told"]
    return [one for one in kept if one.means != "cited" or one.agency not in news or sources.search(one.text)]
