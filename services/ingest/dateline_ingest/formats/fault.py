"""The error of a reader for a message that it cannot read."""

from __future__ import annotations

from typing import Any


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
        digest: str = "",
    ) -> None:
        """Keep the reason and the place.

        ``wall``: it is no message but a page in its way. ``digest``: that of the item, if documents bring the same one
        again and again.
        """
        self.reason = reason
        self.format = format
        self.line = line
        self.column = column
        self.offset = offset
        self.path = path
        self.wall = wall
        self.digest = digest
        super().__init__(self._said())

    def within(self, format: str) -> Unparseable:
        """The same fault, with the name of a format."""
        return self._with(format=format)

    def of(self, part: str) -> Unparseable:
        """The same fault in a part of the message: its name goes before the path."""
        return self._with(path=f"{part}:{self.path}" if self.path else part)

    def of_item(self, number: int, digest: str = "") -> Unparseable:
        """The same fault in an item of the message, counted from 1, unless a path names it already."""
        return self._with(path=self.path or f"item {number}", digest=digest)

    def first_of(self, count: int, digest: str = "") -> Unparseable:
        """The same fault, as that of the first of ``count`` items."""
        return self._with(reason=f"{self.reason}; {count} items cannot be read, this is the first", digest=digest)

    def _with(self, **changes: Any) -> Unparseable:
        return Unparseable(**{**vars(self), **changes})

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
