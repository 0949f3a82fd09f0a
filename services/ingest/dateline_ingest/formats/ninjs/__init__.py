"""ninjs, and what providers make of it."""
