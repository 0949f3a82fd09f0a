"""One module a command: ``Options`` (the values), ``arguments`` (describes them to the parser), ``run`` (does it)."""
