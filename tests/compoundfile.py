"""Writes compound files (MS-CFB, version 3), and mails in them as Outlook does (MS-OXMSG): for tests alone."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import TypeAlias

Tree: TypeAlias = "Mapping[str, bytes | Tree]"
"""Streams and storages by name."""
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def compound(tree: Tree) -> bytes:
    """The compound file's bytes; at most 100 sectors of its sector table, some 6 MB."""
    return _Writer().file(tree)


def message(
    texts: Mapping[int, str] | None = None,
    values: Mapping[int, bytes] | None = None,
    attached: tuple[Tree, ...] = (),
    fixed: Mapping[int, bytes] | None = None,
    *,
    head: int = 32,
) -> Tree:
    """A message's storage: texts in UTF-16, other values, files (``message`` with ``head=8``), values of fixed size."""
    found: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(head) + _rows(fixed or {})}
    found |= {f"__substg1.0_{number:04X}001F": text.encode("utf-16-le") for number, text in (texts or {}).items()}
    found |= {f"__substg1.0_{number:04X}0102": value for number, value in (values or {}).items()}
    if head == 32:
        found["__nameid_version1.0"] = {f"__substg1.0_000{number}0102": b"" for number in (2, 3, 4)}
    found |= {f"__attach_version1.0_#{number:08X}": one for number, one in enumerate(attached)}
    return found


def filed_message(within: Tree) -> Tree:
    """The storage of a file that is a message (made with ``head=24``)."""
    return {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": within}


def _rows(fixed: Mapping[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HHI8s", 0x40, number, 6, value) for number, value in fixed.items())


class _Writer:
    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.mini = bytearray()
        self.mini_table: list[int] = []
        self.sectors = bytearray()
        self.table: list[int] = []

    def file(self, tree: Tree) -> bytes:
        self.entries.append(b"")
        child = self._storage(tree)
        root = self._chain(bytes(self.mini))
        self.entries[0] = self._entry("Root Entry", 5, child, root, len(self.mini))
        while len(self.entries) % 4:
            self.entries.append(self._entry("", 0, _NONE, 0, 0))
        directory = self._chain(b"".join(self.entries))
        minis = self._chain(struct.pack(f"<{len(self.mini_table)}I", *self.mini_table), fill=b"\xff")
        count = 1
        while (len(self.table) + count) > count * 128:
            count += 1
        own = list(range(len(self.table), len(self.table) + count))
        table = self.table + [_FAT] * count
        table += [_FREE] * (count * 128 - len(table))
        head = struct.pack(
            "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
            0, count, directory, 0, _CUTOFF, minis, -(-len(self.mini_table) // 128), _END, 0,
        )  # fmt: skip
        head += struct.pack("<109I", *(own + [_FREE] * (109 - count)))
        return head + bytes(self.sectors) + struct.pack(f"<{len(table)}I", *table)

    def _chain(self, data: bytes, fill: bytes = b"\0") -> int:
        if not data:
            return _END
        first = len(self.table)
        count = -(-len(data) // _SECTOR)
        self.sectors += data + fill * (count * _SECTOR - len(data))
        self.table += [*range(first + 1, first + count), _END]
        return first

    def _mini_chain(self, data: bytes) -> int:
        if not data:
            return _END
        first = len(self.mini_table)
        count = -(-len(data) // _MINI)
        self.mini += data + b"\0" * (count * _MINI - len(data))
        self.mini_table += [*range(first + 1, first + count), _END]
        return first

    def _storage(self, tree: Tree) -> int:
        """Number of the entry at the top of its tree of names."""
        names = sorted(tree, key=lambda name: (len(name), name.upper()))
        numbers = []
        for name in names:
            numbers.append(len(self.entries))
            self.entries.append(b"")
            what = tree[name]
            if isinstance(what, bytes):
                start = self._chain(what) if len(what) >= _CUTOFF else self._mini_chain(what)
                kept = (name, 2, _NONE, start, len(what))
            else:
                kept = (name, 1, self._storage(what), 0, 0)
            self.entries[numbers[-1]] = self._entry(*kept)
        return self._tree(numbers)

    def _tree(self, numbers: list[int]) -> int:
        """Put entries in order into a balanced tree; its top."""
        if not numbers:
            return _NONE
        half = len(numbers) // 2
        entry = bytearray(self.entries[numbers[half]])
        struct.pack_into("<II", entry, 68, self._tree(numbers[:half]), self._tree(numbers[half + 1 :]))
        self.entries[numbers[half]] = bytes(entry)
        return numbers[half]

    def _entry(self, name: str, kind: int, child: int, start: int, size: int) -> bytes:
        wide = (name + "\0").encode("utf-16-le") if name else b""
        return struct.pack("<64sHBBIII36xIQ", wide, len(wide), kind, 1, _NONE, _NONE, child, start, size)
