"""Whose copy a story is, with evidence: the pure core of the attribution service."""

from __future__ import annotations

from dateline_attribution.tables import rules_version

RULES: str = rules_version()
"""Version of the rules that made a credit, ``attribution/1.<8 hex>``; the digits change with the data tables."""
