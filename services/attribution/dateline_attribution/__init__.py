"""Whose copy a story is, with evidence: the pure core of the attribution service."""

from __future__ import annotations

from dateline_attribution.tableset import package_tables

RULES: str = package_tables().version
"""Version of the package's rules, ``attribution/4.<8 hex>``; the digits change with the tables, a house's included."""
