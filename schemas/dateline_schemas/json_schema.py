"""The events as JSON Schema 2020-12, with every description taken from the docstrings of the contract."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import lru_cache
from typing import Any

import msgspec

from dateline_schemas.events import EVENTS, Event
from dateline_schemas.feeds import FEED_KINDS
from dateline_schemas.pushes import ANSWERS
from dateline_schemas.quarantine import Quarantined

Json = dict[str, Any]
"""A JSON object of a document that is generated here and written out; it goes nowhere else."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CURRENT_SCHEMA = "x-current-schema"
"""Annotation of an event's definition: the schema version that is written today."""


def document() -> Json:
    """The schema that every event of the log validates against."""
    return {
        "$schema": DIALECT,
        "$id": "urn:dateline:schemas:events",
        "title": "Dateline event",
        "description": "One event of the STORIES stream. Members that are not listed come from a later schema.",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in EVENTS],
        "$defs": definitions("#/$defs/{name}", EVENTS),
    }


def definitions(
    ref_template: str, kinds: tuple[type[msgspec.Struct], ...] = (*EVENTS, Quarantined, *FEED_KINDS, *ANSWERS)
) -> Json:
    """Schemas by name of these kinds and of all values they are made of; ``ref_template`` is where they will stand."""
    _, components = msgspec.json.schema_components(kinds, ref_template=ref_template)
    structs = {kind.__name__: kind for kind in _reachable(kinds)}
    return {name: _described(components[name], structs[name]) for name in components}


def _described(schema: Json, kind: type[msgspec.Struct]) -> Json:
    described = {**schema, "description": inspect.cleandoc(kind.__doc__ or "")}
    if issubclass(kind, Event):
        described[CURRENT_SCHEMA] = kind.current_schema
    docs = member_docs(kind)
    properties = {name: _member(member, docs.get(name, "")) for name, member in schema["properties"].items()}
    return {**described, "properties": properties}


def _member(schema: Json, doc: str) -> Json:
    return {**schema, "description": doc} if doc else schema


def _reachable(kinds: tuple[type[msgspec.Struct], ...]) -> list[type[msgspec.Struct]]:
    """The kinds and every Struct that their members hold, by way of msgspec's own view of the types."""
    found: dict[type[msgspec.Struct], None] = {}
    todo = [msgspec.inspect.type_info(kind) for kind in kinds]
    while todo:
        info = todo.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls not in found:
                found[info.cls] = None
                todo += [field.type for field in info.fields]
        elif isinstance(info, msgspec.inspect.UnionType):
            todo += info.types
        elif isinstance(info, (msgspec.inspect.VarTupleType, msgspec.inspect.ListType)):
            todo.append(info.item_type)
        elif isinstance(info, msgspec.inspect.Metadata):
            todo.append(info.type)
    return list(found)


def member_docs(kind: type) -> dict[str, str]:
    """Docstrings of the members, those of its bases included, by name. They stand in the source only: it is parsed."""
    docs: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        docs |= _module_docs(base.__module__).get(base.__name__, {}) if issubclass(base, msgspec.Struct) else {}
    return docs


@lru_cache(maxsize=32)
def _module_docs(module: str) -> dict[str, dict[str, str]]:
    if not module.startswith("dateline_schemas."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: _class_docs(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _class_docs(node: ast.ClassDef) -> dict[str, str]:
    docs: dict[str, str] = {}
    for member, after in zip(node.body, node.body[1:], strict=False):
        if not (isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name)):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            docs[member.target.id] = " ".join(after.value.value.split())
    return docs
