"""Outlets, and who of them has taken a kill."""
