"""Rights of a NewsML-G2 item: usage terms with a role or a span, and rights expressions in ODRL (RightsML)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from dateline_ingest.formats.jsonview import each_of
from dateline_ingest.formats.newsml_g2.meta import Meta
from dateline_ingest.formats.newsml_g2.properties import attribute, content, named
from dateline_ingest.formats.newsml_g2.table import table
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, children, local, local_of
from dateline_ingest.instants import instant
from dateline_schemas.story import UsageRight

_STATED = frozenset(("usageTerms", "rightsExpressionXML", "rightsExpressionData", "expires", "expired"))
_RULES = ("permission", "prohibition", "duty", "obligation")
_LONGEST = 100_000
_MOST = 500
"""Rules of one expression; more say nothing that a person could keep to."""


class _Constraint(Struct, frozen=True):
    name: str
    operator: str
    value: str


class Rights(Struct, frozen=True):
    """What was found, and after which moment nothing is permitted any more (None: no such moment)."""

    stated: tuple[UsageRight, ...] = ()
    expires: datetime | None = None


def rights_of(meta: Meta) -> Rights:
    """Everything that the item states in parts. What cannot be read as ODRL is kept as text."""
    if not meta.timed and not meta.has(_STATED):
        return Rights()
    found = [right for terms in meta.all("usageTerms") if (right := _terms(terms, meta))]
    found += [_of_section(section, meta) for section in meta.timed if not _has_terms(section)]
    expressions: list[UsageRight] = []
    for element in meta.all("rightsExpressionXML"):
        expressions += _of_xml(element)
    for element in meta.all("rightsExpressionData"):
        expressions += _of_data(element)
    permitted = [right.end for right in expressions if right.type.startswith("permission")]
    ends = [end for end in permitted if end is not None]
    expires = max(ends) if ends and len(ends) == len(permitted) else None
    stated = instant(meta.text("expires") or meta.text("expired"))
    return Rights(once([*found, *expressions]), stated or expires)


def _terms(element: Element, meta: Meta) -> UsageRight | None:
    """Usage terms that are about one use or one time; plain ones are in ``Story.usage_terms``.

    Where they name no time of their own, that of the ``rightsInfo`` that they stand in counts.
    """
    role, text = meta.role(element), content(element)
    start, end = _span(element)
    if meta.timed and not (start or end) and (section := element.getparent()) is not None:
        start, end = _span(section)
    if not (role or start or end) or not text:
        return None
    return UsageRight(type=role, limitations=text, start=start, end=end)


def _of_section(section: Element, meta: Meta) -> UsageRight:
    """A ``rightsInfo`` that counts for a time and has no usage terms: whose rights these are, and when."""
    start, end = _span(section)
    said = {local_of(child.tag): named(child, meta.asserts) for child in children(section)}
    return UsageRight(
        type=attribute(section, "aspect", meta.schemes),
        holder=said.get("copyrightHolder", ""),
        limitations=said.get("copyrightNotice", ""),
        start=start,
        end=end,
    )


def _has_terms(section: Element) -> bool:
    return any(local_of(child.tag) == "usageTerms" for child in children(section))


def _span(element: Element) -> tuple[datetime | None, datetime | None]:
    """From when and until when an element counts (NewsML-G2 2.x, timeValidityAttributes)."""
    return instant(element.get("validfrom", "")), instant(element.get("validto", ""))


def _of_xml(expression: Element) -> list[UsageRight]:
    """ODRL 2 in XML: a right for every permission, prohibition and duty of its policies."""
    found = []
    for rule in expression.iter("{*}permission", "{*}prohibition", "{*}obligation"):
        actions, constraints, holder = [], [], ""
        for child in children(rule):
            name = local_of(child.tag)
            if name == "action":
                actions.append(_short(child.get("name") or content(child)))
            elif name == "constraint":
                operand = child.get("rightOperand") or child.get("dataValue") or content(child)
                constraints.append(
                    _Constraint(_short(child.get("name", "")), _short(child.get("operator", "")), operand)
                )
            elif name == "party" and child.get("function", "").rpartition("/")[2] == "assigner":
                holder = fold(child.get("uid", ""))
        found.append(_right(local(rule), actions, constraints, holder))
    return found[:_MOST] or _as_text(expression)


def _of_data(expression: Element) -> list[UsageRight]:
    """ODRL 2.2 in JSON-LD, as RightsML 2.0 has it."""
    text = expression.text or ""
    if len(text) > _LONGEST:
        return _as_text(expression)
    try:
        policy = msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return _as_text(expression)
    return list(_of_policy(policy))[:_MOST] or _as_text(expression)


def _of_policy(policy: Any) -> Iterator[UsageRight]:
    for one in each_of(policy):
        for kind in _RULES:
            for rule in each_of(one.get(kind)) if isinstance(one, dict) else ():
                if not isinstance(rule, dict):
                    continue
                actions = [_short(_plain(action)) for action in each_of(rule.get("action"))]
                constraints = [
                    _Constraint(
                        _short(_plain(limit.get("leftOperand"))),
                        _short(_plain(limit.get("operator"))),
                        ", ".join(_plain(value) for value in each_of(limit.get("rightOperand"))),
                    )
                    for limit in each_of(rule.get("constraint"))
                    if isinstance(limit, dict)
                ]
                yield _right(kind, actions, constraints, _plain(rule.get("assigner") or one.get("assigner")))


def _right(kind: str, actions: Iterable[str], constraints: Iterable[_Constraint], holder: str) -> UsageRight:
    odrl = table().odrl
    places, limits = [], []
    start = end = None
    for one in constraints:
        moment = instant(one.value) if one.name in odrl.time else None
        if moment and one.operator in odrl.begins:
            start = moment
        elif moment and one.operator in odrl.ends:
            end = moment
        elif one.name in odrl.geography:
            places.append(f"not {one.value}" if one.operator in ("neq", "isNoneOf") else one.value)
        else:
            limits.append(f"{one.name} {one.operator} {one.value}".strip())
    return UsageRight(
        type=f"{kind}: {', '.join(filter(None, actions))}".rstrip(": "),
        geography=", ".join(fold(place) for place in places),
        holder=fold(holder),
        limitations="; ".join(fold(limit) for limit in limits),
        start=start,
        end=end,
    )


def _as_text(expression: Element) -> list[UsageRight]:
    language = fold(expression.get("langid") or expression.get("langurivoc") or local(expression))
    text = content(expression)
    return [UsageRight(type=language, limitations=text)] if text else []


def _plain(value: Any) -> str:
    """The text of a JSON-LD value: a string, or an object that names it."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", "@id", "uid", "rdf:value", "id") if key in value), "")
    return value if isinstance(value, str) else ""


def _short(name: str) -> str:
    """The last part of an ODRL name: ``http://www.w3.org/ns/odrl/2/distribute`` and ``odrl:distribute``."""
    return name.replace("#", "/").rpartition("/")[2].rpartition(":")[2].strip()
