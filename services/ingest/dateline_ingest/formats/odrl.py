"""Policies in ODRL as IPTC's RightsML has them: 2.0 and 2.2 in JSON, 2.0 in XML. Each rule of a policy is a right.

JSON of ODRL 2.0 writes ``permissions``, ``prohibitions``, ``duties`` and ``constraints``; 2.2 (JSON-LD) has the
singular, and objects in place of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from dateline_ingest.formats.jsonview import JsonObject, each_of
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, children, local, local_of
from dateline_ingest.instants import instant
from dateline_schemas.story import UsageRight

_RULES = {
    "permission": ("permission", "permissions"),
    "prohibition": ("prohibition", "prohibitions"),
    "obligation": ("obligation", "obligations", "duty", "duties"),
}
_PLACES = ("spatial", "spatialCoordinates", "absoluteSpatialPosition")
_TIMES = ("dateTime", "event", "delayPeriod")
_AFTER, _BEFORE, _NOT = ("gt", "gteq"), ("lt", "lteq"), ("neq", "isNoneOf")
"""Operands that limit where and how long, and comparisons (ODRL 2.2 vocabulary)."""
_VALUES = ("@value", "@id", "rdf:value", "uid", "id", "uri", "name")
"""Members by which an object of JSON-LD says what it stands for, the first counts."""
_LONGEST = 100_000
_MOST = 500
"""Rules of one policy; more say nothing that a person could keep to."""


class _Limit(Struct, frozen=True):
    """A constraint: what it limits, how, and to what."""

    name: str
    sign: str
    value: str


def rights_in_json(text: str) -> list[UsageRight]:
    """The rights of a policy, or of a list of them; none for what is no such JSON."""
    if len(text) > _LONGEST or text.lstrip()[:1] not in ("{", "["):
        return []
    try:
        decoded = msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return []
    return [right for policy in _objects(decoded) for right in _of_policy(policy)][:_MOST]


def rights_in_xml(expression: Element) -> list[UsageRight]:
    """The rights of every policy in an element."""
    rules = expression.iter(*(f"{{*}}{kind}" for kind in _RULES))
    return [_of_element(rule) for rule in rules][:_MOST]


def _of_policy(policy: JsonObject) -> Iterator[UsageRight]:
    for kind, names in _RULES.items():
        for rule in (rule for name in names for rule in _objects(policy.value(name))):
            limits = [
                _Limit(
                    _short(_said(one, "leftoperand", "name", "constraint")),
                    _short(_said(one, "operator")),
                    _said(one, "rightoperand", "value"),
                )
                for one in (*_objects(rule.value("constraint")), *_objects(rule.value("constraints")))
            ]
            actions = [_short(_plain(one)) for name in ("action", "actions") for one in each_of(rule.value(name))]
            holder = _said(rule, "assigner") or _said(policy, "assigner")
            yield _right(kind, actions, limits, holder, _said(rule, "assignee"))


def _of_element(rule: Element) -> UsageRight:
    actions: list[str] = []
    limits: list[_Limit] = []
    parties: dict[str, str] = {}
    for child in children(rule):
        name, said = local_of(child.tag), child.get("name", "") or child.text or ""
        if name == "action":
            actions.append(_short(said))
        elif name == "constraint":
            value = child.get("rightOperand") or child.get("dataValue") or child.text or ""
            limits.append(_Limit(_short(said), _short(child.get("operator", "")), value))
        elif name == "party":
            parties[_short(child.get("function", ""))] = child.get("uid", "")
    return _right(local(rule), actions, limits, parties.get("assigner", ""), parties.get("assignee", ""))


def _right(kind: str, actions: Iterable[str], limits: Iterable[_Limit], holder: str, user: str) -> UsageRight:
    places, others = [], []
    start = end = None
    for one in limits:
        moment = instant(one.value) if one.name in _TIMES else None
        if moment and one.sign in _AFTER:
            start = moment
        elif moment and one.sign in _BEFORE:
            end = moment
        elif one.name in _PLACES:
            places.append(f"not {one.value}" if one.sign in _NOT else one.value)
        else:
            others.append(f"{one.name} {one.sign} {one.value}".strip())
    if user:
        others.append(f"for {user}")
    return UsageRight(
        type=f"{kind}: {', '.join(filter(None, actions))}".rstrip(": "),
        geography=", ".join(map(fold, places)),
        holder=fold(holder),
        limitations="; ".join(map(fold, others)),
        start=start,
        end=end,
    )


def _objects(value: Any) -> list[JsonObject]:
    return [JsonObject(one) for one in each_of(value) if isinstance(one, dict)]


def _said(one: JsonObject, *names: str) -> str:
    """The first of these members that has a value; all values of a list."""
    said = (", ".join(filter(None, map(_plain, each_of(one.value(name))))) for name in names)
    return next(filter(None, said), "")


def _plain(value: Any) -> str:
    """The text of a value of JSON-LD: a string or number, or an object that names it."""
    if isinstance(value, dict):
        value = next((value[key] for key in _VALUES if key in value), "")
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _short(name: str) -> str:
    """The last part of a name: ``http://www.w3.org/ns/odrl/2/distribute`` and ``odrl:distribute``."""
    return name.strip().rstrip("/").replace("#", "/").rpartition("/")[2].rpartition(":")[2]
