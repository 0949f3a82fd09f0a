"""One module a command: ``Options`` (what can be said), ``arguments`` (how it is said), ``run`` (what is done)."""
