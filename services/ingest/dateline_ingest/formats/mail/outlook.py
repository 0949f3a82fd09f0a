"""Outlook's files (.msg: MS-OXMSG) as the mails that are kept in them."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.mapi import CONTENT, attachment_of, letter_of
from dateline_ingest.formats.mail.parts import Attachment, Letter
from dateline_ingest.formats.mail.tnef import text_of_bytes
from dateline_ingest.formats.message import Limits

if TYPE_CHECKING:
    import olefile

NAME = "outlook-msg"
SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_IN_DIRECTORY = _PROPERTIES.encode("utf-16-le")
_VALUE, _ATTACHED, _STORAGE = "__substg1.0_", "__attach_version1.0_", "000D"
_DEEPEST = 3
"""Mails within one another."""
_MOST_FILES = 200
_CODEPAGE = 0x3FFD
_HEAD, _HEAD_WITHIN, _HEAD_OF_FILE = 32, 24, 8
"""Bytes before the properties of a message, of one within another, of a file (section 2.4.1)."""
_BROKEN: tuple[type[Exception], ...] = (OSError, struct.error, ValueError, LookupError, TypeError, AttributeError)
_BROKEN += (RecursionError, ArithmeticError, AssertionError)


def is_outlook(data: bytes) -> bool:
    """Whether the bytes are such a file: a compound file with a message's properties in it."""
    return data.startswith(SIGN) and _IN_DIRECTORY in data


def letter_in(data: bytes, limits: Limits) -> Letter:
    """The mail, mails within it too. Raises Unparseable."""
    import olefile  # slow to import, and seldom needed

    try:
        # Strict: it goes round in circles in files that lie about their sectors otherwise.
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as file:
            return _File(file, limits).letter((), 0)
    except Unparseable:
        raise
    except _BROKEN as error:
        said = str(error) or type(error).__name__
        raise Unparseable(f"the Outlook file is broken: {said}; send the mail itself", format=NAME) from error


class _File:
    """A compound file being read."""

    def __init__(self, file: olefile.OleFileIO, limits: Limits) -> None:
        self._file, self._limits = file, limits
        self._left = self._most = 2 * limits.bytes
        self._names: dict[tuple[str, ...], dict[str, None]] = {}
        for path in file.listdir(streams=True, storages=True):
            self._names.setdefault(tuple(path[:-1]), {})[path[-1]] = None

    def letter(self, at: tuple[str, ...], level: int) -> Letter:
        """The message in a storage."""
        files: list[Attachment] = []
        mails: list[bytes | Letter] = []
        names = [name for name in self._names.get(at, ()) if name.startswith(_ATTACHED)]
        if len(names) > _MOST_FILES:
            raise Unparseable(f"the mail has more than {_MOST_FILES} files; have it split", format=NAME)
        for name in names:
            within = (*at, name, f"{_VALUE}{CONTENT:04X}{_STORAGE}")
            if _PROPERTIES not in self._names.get(within, ()):
                files.append(attachment_of(_Storage(self, (*at, name), _HEAD_OF_FILE)))
            elif level < _DEEPEST:
                mails.append(self.letter(within, level + 1))
        said = _Storage(self, at, _HEAD_WITHIN if level else _HEAD)
        return letter_of(said, tuple(files), tuple(mails), self._limits)

    def stream(self, *path: str) -> bytes:
        """A stream; empty if there is none."""
        if path[-1] not in self._names.get(path[:-1], ()):
            return b""
        self._left -= self._file.get_size(list(path))
        if self._left < 0:  # streams may share their sectors, so that a small file holds more than its size
            raise Unparseable(f"the Outlook file holds more than {self._most} bytes; send it in parts", format=NAME)
        data = self._file.openstream(list(path)).read()
        return data if isinstance(data, bytes) else b""


class _Storage:
    """The properties of a message, or of a file of it: those of fixed size in one stream, a stream for each other."""

    def __init__(self, file: _File, at: tuple[str, ...], head: int) -> None:
        self._file, self._at = file, at
        rows = file.stream(*at, _PROPERTIES)[head:]
        self._fixed = {
            struct.unpack_from("<H", rows, row + 2)[0]: rows[row + 8 : row + 16] for row in range(0, len(rows) - 15, 16)
        }

    def bytes(self, number: int) -> bytes:
        """A value as it stands."""
        return self._file.stream(*self._at, f"{_VALUE}{number:04X}0102") or self._fixed.get(number, b"")

    def text(self, number: int) -> str:
        """A text in UTF-16; else in UTF-8 or the message's code page, in which a page of HTML may be, too."""
        name = f"{_VALUE}{number:04X}"
        if wide := self._file.stream(*self._at, f"{name}001F"):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._file.stream(*self._at, f"{name}001E") or self._file.stream(*self._at, f"{name}0102")
        return text_of_bytes(narrow, f"cp{int.from_bytes(self._fixed.get(_CODEPAGE, b'')[:4], 'little')}")
