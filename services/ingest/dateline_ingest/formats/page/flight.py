"""What React Server Components bring to a page: rows of data in pieces, ``self.__next_f.push([1, "4:{...}\\n"])``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

_PUSHED = re.compile(r"\s*(?:self|window|globalThis)\.__next_f\.push\((?=\[1\s*,)")
_ROW = re.compile(rb"([0-9a-f]{0,8}):(?:T([0-9a-f]{1,8}),)?")
_TO_TEXT = re.compile(r"\$([0-9a-f]{1,8})")
_MOST_ROWS = 5_000
_decoder = msgspec.json.Decoder()
_pushed = msgspec.json.Decoder(tuple[int, str])


def pushed(script: str) -> str:
    """The piece that a script pushes; empty if it pushes none. Raises msgspec.DecodeError for a broken one."""
    begin = _PUSHED.match(script)
    if begin is None:
        return ""
    return _pushed.decode(script[begin.end() :].strip().rstrip(";").rstrip().removesuffix(")"))[1]


def rows_of(text: str) -> Iterator[Any]:
    """The data of the rows in a text of all pieces, with the long texts that they refer to in place.

    A row that is no JSON is left out.
    """
    data, at = text.encode("utf-8", "replace"), 0
    texts: dict[str, str] = {}
    rows: list[bytes] = []
    while (row := _ROW.match(data, at)) is not None and len(rows) + len(texts) < _MOST_ROWS:
        if row[2] is not None:  # a text, which has its length in bytes and ends without a line break
            at = row.end() + int(row[2], 16)
            texts[row[1].decode()] = data[row.end() : at].decode("utf-8", "replace")
            continue
        end = data.find(b"\n", row.end())
        at = end + 1 if end >= 0 else len(data)
        rows.append(data[row.end() : at])
    for one in rows:
        if one[:1] in (b"[", b"{"):
            try:
                decoded = _decoder.decode(one)
            except (msgspec.DecodeError, RecursionError):
                continue
            yield _filled(decoded, texts)


def _filled(data: Any, texts: dict[str, str]) -> Any:
    """The data with texts for what refers to them. Changes it."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(one, (dict, list)):
                waiting.append(one)
            elif isinstance(one, str) and (named := _TO_TEXT.fullmatch(one)):
                value[key] = texts.get(named[1], one)
    return data
