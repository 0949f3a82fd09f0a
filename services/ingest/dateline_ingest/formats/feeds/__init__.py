"""Feeds of the web: RSS, Atom, JSON Feed."""
