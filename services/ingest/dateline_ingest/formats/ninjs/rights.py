"""Rights that a ninjs item expresses in a rights language (``rightsinfo.encodedrights``): ODRL as JSON, else as text.

ODRL 2.0 in JSON writes ``permissions``, ``prohibitions``, ``duties`` and ``constraints``; ODRL 2.2 (JSON-LD) has the
singular, ``leftOperand``, ``operator`` and ``rightOperand``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.values.words import fold
from dateline_ingest.instants import instant
from dateline_schemas.story import UsageRight

_RULES = (
    ("permission", ("permission", "permissions")),
    ("prohibition", ("prohibition", "prohibitions")),
    ("obligation", ("obligation", "obligations", "duty", "duties")),
)
_AFTER, _BEFORE = ("gt", "gteq"), ("lt", "lteq")
_decoder = msgspec.json.Decoder()


def rights_of(item: JsonObject) -> tuple[UsageRight, ...]:
    """The rights that the item encodes, a rule each."""
    if not item.has("rightsinfo"):
        return ()
    found: list[UsageRight] = []
    for info in item.objects("rightsinfo"):
        encoded = info.raw("encodedrights")
        if encoded:
            found += _odrl(encoded) or [UsageRight(type=info.text("langid"), limitations=fold(encoded))]
        elif href := info.text("linkedrights"):
            found.append(UsageRight(type=info.text("langid"), limitations=href))
    return tuple(found)


def _odrl(encoded: str) -> list[UsageRight]:
    if not encoded.lstrip().startswith("{"):
        return []
    try:
        policy = _decoder.decode(encoded)
    except (msgspec.DecodeError, RecursionError):
        return []
    if not isinstance(policy, dict):
        return []
    found: list[UsageRight] = []
    for kind, names in _RULES:
        for rule in JsonObject(policy).objects(*names):
            found += [_right(f"{kind}: {action}" if action else kind, rule) for action in _actions(rule)]
    return found


def _actions(rule: JsonObject) -> list[str]:
    names = [_last(text) for text in rule.texts("action", "actions")]
    return names or [_last(one.text("rdf:value", "@id", "name")) for one in rule.objects("action")] or [""]


def _right(type: str, rule: JsonObject) -> UsageRight:
    where: list[str] = []
    more: list[str] = []
    start: datetime | None = None
    end: datetime | None = None
    for limit in rule.objects("constraint", "constraints"):
        left = _last(limit.text("leftoperand", "name", "constraint"))
        sign = _last(limit.text("operator"))
        right = _operand(limit)
        moment = instant(right) if left.lower() in ("datetime", "event") else None
        if left.lower() == "spatial":
            where.append(right if sign in ("", "eq", "isanyof", "ispartof", "isA") else f"{sign} {right}")
        elif moment is not None and sign in _AFTER:
            start = moment
        elif moment is not None and sign in _BEFORE:
            end = moment
        else:
            more.append(" ".join(part for part in (left, sign, right) if part))
    if party := rule.text("assignee"):
        more.append(f"for {party}")
    return UsageRight(
        type=type,
        geography=", ".join(where),
        holder=rule.text("assigner"),
        limitations="; ".join(more),
        start=start,
        end=end,
    )


def _operand(limit: JsonObject) -> str:
    plain = limit.texts("rightoperand", "value")
    if plain:
        return ", ".join(plain)
    return ", ".join(one.text("@id", "@value", "uri") for one in limit.objects("rightoperand"))


def _last(name: Any) -> str:
    """The last part of a URI or a prefixed name."""
    return str(name).rstrip("/").replace("#", "/").replace(":", "/").rpartition("/")[2]
