"""Draws the figures of the documentation, for those who would rather look than read."""
