"""Ingest: takes wire copy in by any door and any format, keeps the original, tells versions apart."""

RULES = "ingest/1"
