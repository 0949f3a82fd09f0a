"""What a reader says when a message cannot be read."""

from __future__ import annotations


class Unparseable(ValueError):
    """The message cannot be read as a story. The text says what happened, where, and what to do.

    ``line`` and ``column`` count from 1, ``offset`` is a byte offset from 0, ``path`` an element or JSON path.
    """

    def __init__(
        self,
        reason: str,
        *,
        format: str = "",
        line: int | None = None,
        column: int | None = None,
        offset: int | None = None,
        path: str = "",
        wall: str = "",
    ) -> None:
        """Keep the reason and the place. ``wall``: it is no message at all, but what stands where one should."""
        self.reason = reason
        self.format = format
        self.line = line
        self.column = column
        self.offset = offset
        self.path = path
        self.wall = wall
        super().__init__(self._said())

    def within(self, format: str) -> Unparseable:
        """The same fault, said of a format."""
        return self._with(format, self.path)

    def of(self, part: str) -> Unparseable:
        """The same fault, said of a part of the message: its name goes before the path."""
        path = f"{part}:{self.path}" if self.path else part
        return self._with(self.format, path)

    def _with(self, format: str, path: str) -> Unparseable:
        place = {"line": self.line, "column": self.column, "offset": self.offset}
        return Unparseable(self.reason, format=format, **place, path=path, wall=self.wall)

    def _said(self) -> str:
        places = (
            f"line {self.line}" if self.line is not None else "",
            f"column {self.column}" if self.column is not None else "",
            f"byte {self.offset}" if self.offset is not None else "",
            f"at {self.path}" if self.path else "",
        )
        place = ", ".join(part for part in places if part)
        head = f"{self.format}: " if self.format else ""
        return f"{head}{self.reason}" + (f" ({place})" if place else "")
