"""What a story is about - language, places, people, organisations, topics: the core of the enrichment service."""

from __future__ import annotations

from dateline_enrichment.tables import rules_version

RULES: str = rules_version()
"""Version of the rules that find facts, ``enrichment/<logic>.<8 hex>``; the digits change with the data tables."""
