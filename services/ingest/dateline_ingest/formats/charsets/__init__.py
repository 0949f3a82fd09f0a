"""Bytes of texts into Unicode."""
