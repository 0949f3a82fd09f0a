"""Breaking messages: each mutator takes bytes and gives other bytes, by the dice it is handed and nothing else."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

MOST = 192 * 1024
"""Bytes of an ordinary mutant."""
HUGE = 2 * 1024 * 1024
"""Bytes of the few that are blown up."""
_HUGE_SHARE = 0.002
_SHORT_FORM = 24 * 1024

_TOKEN = re.compile(rb"[A-Za-z0-9_.:-]{2,40}")
_NUMBER = re.compile(rb"\d{1,20}")
_TAG = re.compile(rb"<[A-Za-z][^<>]{0,300}>")
_PAIR = re.compile(rb"<([A-Za-z][\w:.-]{0,40})[^<>]{0,300}>[^<>]{0,2000}</\1>")
_STRING = re.compile(rb"\"[^\"\\]{1,60}\"(?=\s*[,}\]])")
_VALUE = re.compile(rb"=\s*\"[^\"<>]{0,300}\"")
_ODD = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B", b"\x16\x16\x01", b"\x02", b"\x03\x04", b"\x0e\x0f", b"&#x110000;",
    b"&#0;", b"&amp;" * 50, b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml?>", b"<", b">", b"\"", b"{", b"}", b"[",
    b"]", b"\\",
    b"\\ud800", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", "\u202e".encode(), "\u2028".encode(), "İ".encode(),
    "ﬃ".encode(), "e\u0301".encode() * 40, b"-1", b"0", b"1e999", b"NaN", b"null", b"true", b"9" * 400, b"-" * 300,
    b"=" * 300,
    b"(" * 300, b" " * 500, b"\t" * 300, b"\r", b"\r\n" * 100, b"a" * 700, b"A " * 400, b"1/2/3",
    b"0000-00-00T00:00:00Z",
    b"9999-12-31T23:59:59-23:59", b"0001-01-01T00:00:00+23:59", b"20260229T240000+9999",
    b"Mon, 99 Foo 99999 99:99:99 +99999",
    b"EMBARGOED until 99:99 GMT Feb 30", b"KILL", b"(c) 2026", b"By ", b"urn:newsml:::::", b"file:///etc/passwd",
    b"://", b"http://[",
    b"javascript:1", b"Content-Type: multipart/mixed; boundary=\"", b"charset=utf-7", b"charset=x", b"=?x?b?////?=",
    b"=?utf-8?q?=ZZ?=",
)  # fmt: skip
_CHARSETS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "cp1252", "cp1251", "koi8-r", "gb18030", "big5",
    "shift_jis",
    "euc-jp", "iso2022_jp", "cp037", "utf-7", "utf-32", "mac-roman",
)  # fmt: skip
_HARD_JSON: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1e308, "", " ", "\ud800", "x" * 5000, [], {}, [[]], [{}], [None], {"": ""},
    {"name": []},
    "0000-00-00", "<p>" * 300, "&#x0;", [1, "a", None, {"code": 1}], {"a": {"b": {"c": [{}]}}},
)  # fmt: skip

Mutator = Callable[[bytes, Random, tuple[bytes, ...]], bytes]


def mutant(seeds: tuple[bytes, ...], seed: int, number: int) -> bytes:
    """The ``number``-th input of a run: always the same for the same seed and seeds."""
    dice = Random(f"{seed}:{number}")
    data = dice.choice(seeds)
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 5))):
        data = dice.choice(_fitting(data))(data, dice, seeds)[:MOST]
    if dice.random() < _HUGE_SHARE:
        data = _blown_up(data, dice)
    return data


def _fitting(data: bytes) -> tuple[Mutator, ...]:
    head = data.lstrip()[:1]
    if head == b"<":
        return (*_ANY, *_MARKUP, *_MARKUP)
    return (*_ANY, *_JSON, *_JSON) if head in (b"{", b"[") else _ANY


def _span(data: bytes, dice: Random, longest: int = 2000) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.randrange(1, longest))


def _flip(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice((1, 2, 8, 64)) if found else 0):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def _scatter(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice((1, 4, 32)) if found else 0):
        found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def _cut(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    return data[: dice.randrange(len(data) + 1)] if dice.random() < 0.7 else data[dice.randrange(len(data) + 1) :]


def _drop(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + data[end:]


def _again(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    start, end = _span(data, dice)
    times = min(dice.choice((1, 2, 10, 100)), 1 + _SHORT_FORM // max(1, end - start))
    return data[:end] + data[start:end] * times + data[end:]


def _spliced(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    other = dice.choice(seeds)
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


def _grafted(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    start, end = _span(other := dice.choice(seeds), dice)
    at = dice.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _odd(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    for _ in range(dice.choice((1, 1, 3))):
        at = dice.randrange(len(data) + 1)
        data = data[:at] + dice.choice(_ODD) + data[at + dice.choice((0, 0, 1, 10)) :]
    return data


def _number(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    hard = dice.choice((b"0", b"-1", b"99", b"1" * 30, b"9" * 5000, b"1e9", b"0x10", b"13", b"00000000"))
    return _replaced(data, dice, _NUMBER, lambda _: hard)


def _swapped(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    found = list(_TOKEN.finditer(data))
    if len(found) < 2:
        return data
    one, two = sorted(dice.sample(found, 2), key=lambda each: each.start())
    return data[: one.start()] + two[0] + data[one.end() : two.start()] + one[0] + data[two.end() :]


def _recoded(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    return data.decode("utf-8", "replace").encode(dice.choice(_CHARSETS), "replace")


def _wrapped(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    kind = dice.randrange(4)
    if kind == 0:
        return gzip.compress(data, 1, mtime=0)
    if kind == 1:
        return b"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)
    return data.replace(b"\n", b"\r\n") if kind == 2 else data.replace(b"\n", b"\r")


def _lines(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    found = data.split(b"\n")
    if dice.random() < 0.5:
        dice.shuffle(found)
    else:
        at = dice.randrange(len(found))
        found[at : at + 1] = [found[at]] * dice.choice((2, 50, 500))
    return b"\n".join(found)


def _nested(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    at, deep = dice.randrange(len(data) + 1), dice.choice((10, 150, 260, 3000))
    opening, closing = dice.choice(
        ((b"<p>", b"</p>"), (b"<x a='1'>", b"</x>"), (b"<b>", b"</b>"), (b"<li>", b"</li>"), (b"<table><tr><td>", b""))
    )
    return data[:at] + opening * deep + b"x" + closing * deep + data[at:]


def _replaced(data: bytes, dice: Random, pattern: re.Pattern[bytes], by: Callable[[bytes], bytes]) -> bytes:
    found = list(pattern.finditer(data))
    for one in sorted(dice.sample(found, min(len(found), dice.choice((1, 1, 3)))), key=lambda each: -each.start()):
        data = data[: one.start()] + by(one[0]) + data[one.end() :]
    return data


def _element(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    times = dice.choice((0, 2, 20, 400))
    return _replaced(data, dice, _PAIR, lambda whole: whole * min(times, 1 + _SHORT_FORM // len(whole)))


def _itself(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    deep = dice.choice((2, 20, 190))

    def nest(whole: bytes) -> bytes:
        opening, closing = whole[: whole.index(b">") + 1], whole[whole.rindex(b"</") :]
        return opening * deep + whole + closing * deep

    return _replaced(data, dice, _PAIR, nest)


def _moved(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    found = list(_PAIR.finditer(data))
    if len(found) < 2:
        return data
    one, two = sorted(dice.sample(found, 2), key=lambda each: each.start())
    if one.end() > two.start():
        return data
    return data[: one.start()] + two[0] + data[one.end() : two.start()] + one[0] + data[two.end() :]


def _tag(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    other = _TAG.findall(dice.choice(seeds)) or [b"<p>"]
    return _replaced(data, dice, _TAG, lambda _: dice.choice((b"", b"<p>", b"</p>", dice.choice(other))))


def _attribute(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    hard = dice.choice(_ODD).replace(b'"', b"").replace(b"<", b"&lt;")
    return _replaced(data, dice, _VALUE, lambda _: b'="' + hard + b'"')


def _declared(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    canary = CANARY.encode()
    entity = dice.choice(
        (
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "%s">]>' % canary,
            b'<!DOCTYPE x [<!ENTITY %% e SYSTEM "%s"> %%e;]>' % canary,
            b'<!DOCTYPE x SYSTEM "%s">' % canary,
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="%s" parse="text"/>' % canary,
            b'<?xml-stylesheet href="%s"?>' % canary,
        )
    )
    start = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    data = data[:start] + entity + data[start:]
    return _replaced(data, dice, _TAG, lambda tag: tag + b"&e;")


CANARY = "canary.txt"
"""Where a message tries to have a file read from: the worker puts the file's full path here."""


def _json(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(dice.choice((1, 2, 6))):
        tree = _changed(tree, dice, 12)
    return json.dumps(tree, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed(node: Any, dice: Random, deepest: int) -> Any:
    if deepest and isinstance(node, dict) and node and dice.random() < 0.85:
        key = dice.choice(list(node))
        node = dict(node)
        if dice.random() < 0.08:
            node[dice.choice((key.upper(), key + "2", "", "uri", "items", "associations"))] = node.pop(key)
        else:
            node[key] = _changed(node[key], dice, deepest - 1)
        return node
    if deepest and isinstance(node, list) and node and dice.random() < 0.85:
        at = dice.randrange(len(node))
        changed = _changed(node[at], dice, deepest - 1)
        # Of what was multiplied further in there is enough: 200 times 200 times 200 is never written out.
        many = dice.choice((0, 1, 1, 1, 2, 200)) if len(json.dumps(changed)) < 500 else 1
        return [*node[:at], *[changed] * many, *node[at + 1 :]]
    return dice.choice((node, [node], {"name": node}, *_HARD_JSON))


def _deep_json(data: bytes, dice: Random, seeds: tuple[bytes, ...]) -> bytes:
    deep = dice.choice((50, 190, 900, 5000))
    mark = dice.choice((b'"x"', b"null", b"{}"))
    return _replaced(
        data, dice, re.compile(rb"\"[^\"\\]{1,60}\"(?=\s*[,}\]])"), lambda _: b"[" * deep + mark + b"]" * deep
    )


def _blown_up(data: bytes, dice: Random) -> bytes:
    start, end = _span(data, dice, 400)
    block = data[start:end] or b"x"
    return (data[:end] + block * (HUGE // len(block)) + data[end:])[: HUGE + MOST]


_ANY: tuple[Mutator, ...] = (
    _flip, _scatter, _cut, _drop, _again, _spliced, _grafted, _odd, _odd, _number, _swapped, _recoded, _wrapped,
    _lines, _nested,
)  # fmt: skip
_MARKUP: tuple[Mutator, ...] = (_element, _itself, _moved, _tag, _attribute, _declared)
_JSON: tuple[Mutator, ...] = (_json, _json, _json, _deep_json)
