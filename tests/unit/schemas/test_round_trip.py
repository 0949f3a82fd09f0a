from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from examples import tries
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect as types

from dateline_schemas.codec import decode, encode
from dateline_schemas.events import EVENTS, Event
from dateline_schemas.quarantine import Quarantined, decode_quarantined, encode_quarantined

TEXT = st.text(max_size=8)
TIMES = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))
SOME = settings(max_examples=tries(120), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def values(info: types.Type) -> st.SearchStrategy[Any]:
    """Every value that msgspec's view of a type allows. Fails on a type that the contract did not have before."""
    return MAKERS[type(info)](info)


def _text(info: Any) -> st.SearchStrategy[str]:
    return st.from_regex(info.pattern, fullmatch=True).filter(lambda text: "\n" not in text) if info.pattern else TEXT


def _struct(info: Any) -> st.SearchStrategy[Any]:
    return structs(info.cls)


def structs(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Every value of a Struct; a member with a default has it every other time."""
    members = {}
    for field in types.type_info(kind).fields:  # type: ignore[attr-defined]
        some = values(field.type)
        members[field.name] = some if field.required else st.just(field.default) | some
    return st.builds(kind, **members)


MAKERS: dict[type[Any], Callable[[Any], st.SearchStrategy[Any]]] = {
    types.StrType: _text,
    types.IntType: lambda info: st.integers(
        -(2**63) if info.ge is None else info.ge, 2**63 - 1 if info.le is None else info.le
    ),
    types.FloatType: lambda info: st.floats(info.ge, info.le, allow_nan=False, allow_infinity=False),
    types.BoolType: lambda info: st.booleans(),
    types.NoneType: lambda info: st.none(),
    types.DateTimeType: lambda info: TIMES,
    types.DateType: lambda info: st.dates(),
    types.LiteralType: lambda info: st.sampled_from(info.values),
    types.VarTupleType: lambda info: st.lists(values(info.item_type), max_size=2).map(tuple),
    types.UnionType: lambda info: st.one_of(*[values(one) for one in info.types]),
    types.StructType: _struct,
    types.BytesType: lambda info: st.binary(max_size=8),
}

ANY_EVENT: st.SearchStrategy[Event] = st.sampled_from(EVENTS).flatmap(structs)


@SOME
@given(ANY_EVENT.map(lambda event: msgspec.structs.replace(event, schema=event.current_schema)))
def test_every_event_comes_back_as_it_was(event: Event) -> None:
    """Whatever the members hold: the same event, and the same bytes, so that a replay can be compared byte for byte."""
    said = encode(event)
    back = decode(said)
    assert back == event
    assert encode(back) == said


@SOME
@given(structs(Quarantined))
def test_quarantined_things_come_back_as_they_were(what: Quarantined) -> None:
    """The event in it stays the bytes that it was."""
    back = decode_quarantined(encode_quarantined(what))
    assert encode_quarantined(back) == encode_quarantined(what)
    assert bytes(back.event) == bytes(what.event)
