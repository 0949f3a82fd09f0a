"""The ``dateline`` command: run everything, push, follow, look into, replay, repair."""
