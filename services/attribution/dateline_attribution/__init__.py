"""Whose copy a story is, with evidence: the pure core of the attribution service."""
