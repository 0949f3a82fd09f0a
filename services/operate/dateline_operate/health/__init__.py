"""How a running Dateline is doing, and whether what it kept is whole."""
