from __future__ import annotations

import copy
from typing import Any

import pytest

from dateline_schemas import json_schema
from dateline_schemas.evolution import changes

OLD = json_schema.document()


@pytest.fixture
def new() -> dict[str, Any]:
    """Today's document, to be changed."""
    return copy.deepcopy(OLD)


def _member(document: dict[str, Any], name: str, member: str) -> dict[str, Any]:
    found: dict[str, Any] = document["$defs"][name]["properties"][member]
    return found


def test_nothing_changed_is_no_change(new: dict[str, Any]) -> None:
    """A document compared with itself has nothing to say."""
    assert changes(OLD, new) == []


def test_a_new_member_with_a_default_is_no_change(new: dict[str, Any]) -> None:
    """Old bytes leave it out, and mean the default."""
    new["$defs"]["StoryHeld"]["properties"]["note"] = {"type": "string", "default": ""}
    assert changes(OLD, new) == []


def test_a_wider_member_is_no_change(new: dict[str, Any]) -> None:
    """More allowed values, or another type besides, still take what was written."""
    _member(new, "StoryHeld", "reason")["enum"].append("legal")
    assert changes(OLD, new) == []


def test_another_description_is_no_change(new: dict[str, Any]) -> None:
    """Words about a member may be mended at any time."""
    _member(new, "StoryHeld", "until")["description"] = "otherwise"
    assert changes(OLD, new) == []


def test_another_default_changes_what_old_bytes_mean(new: dict[str, Any]) -> None:
    """A default is left out of the bytes: the golden file stays the same while its meaning moves."""
    _member(new, "StoryReceived", "standing")["default"] = "late"
    (sentence,) = changes(OLD, new)
    assert sentence.startswith('StoryReceived.standing has another default ("current" became "late")')
    assert "raise current_schema of StoryReceived" in sentence


def test_a_member_that_need_not_be_there_and_now_must_is_a_change(new: dict[str, Any]) -> None:
    """Old bytes leave it out."""
    new["$defs"]["StoryHeld"]["required"] = [*OLD_REQUIRED, "until"]
    assert [said.partition(":")[0] for said in changes(OLD, new)] == ["StoryHeld.until lost its default"]


def test_a_new_value_may_have_members_without_a_default(new: dict[str, Any]) -> None:
    """The member that holds it is new as well, and says what old bytes mean."""
    new["$defs"]["Desk"] = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    held = new["$defs"]["StoryHeld"]["properties"]
    held["desk"] = {"anyOf": [{"$ref": "#/$defs/Desk"}, {"type": "null"}], "default": None}
    assert changes(OLD, new) == []
    assert changes(new, new) == []


def test_another_type_of_what_a_member_may_hold_is_a_change(new: dict[str, Any]) -> None:
    """One value in the place of another, one format of text in the place of another."""
    new["$defs"]["Author2"] = new["$defs"]["Author"]
    _member(new, "Credit", "authors")["items"]["$ref"] = "#/$defs/Author2"
    for choice in _member(new, "StoryHeld", "until")["anyOf"]:
        if choice.get("format"):
            choice["format"] = "date"
    said = {sentence.partition(":")[0] for sentence in changes(OLD, new)}
    assert any(one.startswith("StoryHeld.until has another type") for one in said)
    assert any(one.startswith("StoryAttributed.credit.authors has another type") for one in said)


def test_a_lost_member_is_a_change(new: dict[str, Any]) -> None:
    """Also when it is renamed: that is one gone and one new."""
    properties = new["$defs"]["StoryHeld"]["properties"]
    properties["why"] = properties.pop("reason")
    new["$defs"]["StoryHeld"]["required"] = ["why" if name == "reason" else name for name in OLD_REQUIRED]
    first, second = changes(OLD, new)
    assert first.startswith("StoryHeld.reason is gone")
    assert second.startswith("StoryHeld.why is new and has no default")


OLD_REQUIRED: list[str] = OLD["$defs"]["StoryHeld"]["required"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"type": "integer"}, "has another type (string became integer)"),
        ({"enum": ["x"]}, "allows fewer values"),
        ({"pattern": "^x$"}, "has another pattern"),
    ],
)
def test_a_narrower_member_is_a_change(new: dict[str, Any], change: dict[str, Any], sentence: str) -> None:
    """Another type, fewer values, another pattern: what was written may no longer be taken."""
    _member(new, "StoryHeld", "version").update(change)
    (said,) = changes(OLD, new)
    assert said.startswith(f"StoryHeld.version {sentence}")


def test_fewer_choices_are_a_change(new: dict[str, Any]) -> None:
    """A reason that the log holds must stay allowed."""
    _member(new, "StoryHeld", "reason")["enum"].remove("withheld")
    assert [said.partition(":")[0] for said in changes(OLD, new)] == ["StoryHeld.reason allows fewer values"]


def test_a_change_deep_inside_concerns_every_event_that_holds_it(new: dict[str, Any]) -> None:
    """Values have no schema of their own: each event that carries them must be raised."""
    _member(new, "Subject", "scheme")["default"] = "medtop"
    concerned = {sentence.partition(".")[0] for sentence in changes(OLD, new)}
    stories = {"StoryReceived", "StoryCanceled", "StoryAttributed", "StoryEnriched", "StoryReleased"}
    assert concerned == {*stories, "CreditOverridden"}


def test_a_raised_schema_may_mean_something_else(new: dict[str, Any]) -> None:
    """That is what the schema version is for; the upcast step answers for the old bytes."""
    _member(new, "StoryReceived", "standing")["default"] = "late"
    new["$defs"]["StoryReceived"][json_schema.CURRENT_SCHEMA] = 2
    assert changes(OLD, new) == []


def test_an_event_cannot_leave_the_contract(new: dict[str, Any]) -> None:
    """The log holds it for ever."""
    del new["$defs"]["StoryHeld"]
    assert changes(OLD, new) == ["StoryHeld is gone: the log may hold it"]
